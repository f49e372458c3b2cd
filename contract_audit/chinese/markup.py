"""Mark-up in words of a draft that goes to and fro: what is struck out, what is put in, and what people note beside it.

〔删：2026年底〕〔增：2027年6月底〕前交地。【乙方法务：能否再早？】 agrees only on 2027年6月底前交地; so does an amendment that
quotes the old wording beside the new. What is not agreed is blanked with as many spaces, so that offsets stay and folding
drops it.

    >>> agreed("甲方于〔删：3月〕〔增：5月〕前交地。【乙方：时间再议】")
    '甲方于         5月 前交地。         '
"""

import re
from functools import lru_cache

_OPEN, _CLOSE = "〔［[【（(", "〕］]】）)"
_BRACKET = re.compile(f"[{re.escape(_OPEN + _CLOSE)}]")
_LONGEST = 800  # characters that brackets of mark-up may hold
_ANY = re.compile(r"[〔［\[【（(](?P<head>[^：:〔［\[【（(〕］\]】）)\n]{0,16})(?P<colon>[：:])?")
_STRUCK = re.compile(
    r"(?:本轮|本稿|本次|此处|双方同意|已)?(?:删|删去|删除|删掉|划去|划掉|去掉|原文|原稿|原表述|旧)(?:内容|文字|部分|表述)?$"
)
_PUT_IN = re.compile(
    r"(?:本轮|本稿|本次|此处|双方同意|已|现)?(?:增|加|增加|新增|增补|补入|插入|加入|改|改为|改成|修改为|替换为|新)(?:内容|文字|部分|表述)?$"
)
# Who speaks in a note, or what it is called.
_NOTE = re.compile(
    r"(?:意见|批注|评注|注释|回复|答复|反馈|疑问|问题|提示|提醒|法务|律师|顾问|起草人?|编者)(?:说明|注)?$|[^的]{2,}[注按]$"
)
_SPEAKER = re.compile(
    r"(?:[甲乙丙丁]方|政府方?|企业方?|招商|财政|自规|司法|国资|[局委办处科室部]|公司|分局|中心|[一-龥]{2,8}(?:局|委|办|处|部门))$"
)
_REMARK = re.compile(r"(?:注|说明|备注|按)$")
# Words that speak about the draft instead of agreeing on something.
_TALK = re.compile(
    r"[？?]|建议|希望|请|不?接受|不?同意|不认可|保留|坚持|删|改为|修改|措辞|表述|待|另议|再议|再商|再谈|确认|核实|斟酌|定稿|起草|本稿|上一?稿|写入|未采纳|来函|手填|填写|补充"
)
# A note without a name: only where the paper says that such brackets hold notes.
_TOLD = re.compile(
    r"(?:【】|【\s*】|方头括号|黑括号|方括号|中括号|实心括号)[内中里]?[^，。；]{0,4}(?:为|是|系)[^，。；]{0,10}(?:说明|批注|意见|备注|注释|评注|提示)"
)
_SENTENCE = re.compile(r"[，。；：？！]")
# A line that says of itself that it is gone: 4.1 甲方免收……。（本款本轮删去）
_GONE = re.compile(
    r"[〔［\[【（(](?:本|此|该)(?P<what>[条款项句段])[^：:，。；\n]{0,10}?(?:删除|删去|删掉|划去|不再保留)[^：:，。；\n]{0,6}[〕］\]】）)]"
)
# Wording that a later paper puts other wording in the place of: “验收后30日内付款”改为“验收后180日内付款”。
_REPLACED = re.compile(
    r"[“「『](?P<old>[^“”「」『』\n]{4,160})[”」』][^“”「」『』。；\n]{0,14}?(?:改|换|更改|变更|修改|修订|调整|更正|替换|代)写?(?:为|成|作|以|之以)[^“”「」『』。；\n]{0,8}[“「『]"
)
_LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百0-9]{1,4}[条款项]|[（(]?[一二三四五六七八九十0-9.．]{1,6}[)）、.．]?)?\s*"
)


@lru_cache(maxsize=64)
def agreed(text: str) -> str:
    """The text with struck passages, marks of inserted ones and notes about the draft blanked; of the same length."""
    spans = [*_bracketed(text), *_gone(text), *(match.span("old") for match in _REPLACED.finditer(text))]
    if not spans:
        return text
    chars = list(text)
    for start, end in spans:
        chars[start:end] = [char if char == "\n" else " " for char in chars[start:end]]
    return "".join(chars)


def _bracketed(text: str) -> list[tuple[int, int]]:
    told = _TOLD.search(text)
    found: list[tuple[int, int]] = []
    ends = _closings(text)
    position = 0
    while match := _ANY.search(text, position):
        position = match.start() + 1
        end = ends.get(match.start())
        if end is None or end - match.start() > _LONGEST:
            continue
        head = match["head"].strip()
        inside = text[match.end() if match["colon"] else match.start() + 1 : end - 1]
        if match["colon"] and _STRUCK.match(head):
            found.append((match.start(), end))
            position = end
        elif match["colon"] and _PUT_IN.match(head):
            found += [(match.start(), match.end()), (end - 1, end)]
        elif _is_note(text[match.start()], head, inside, told=told is not None, said=match["colon"] is not None):
            found.append((match.start(), end))
            position = end
    if told:
        found.append(_line_of(text, told.start()))
    return found


def _is_note(bracket: str, head: str, inside: str, *, told: bool, said: bool) -> bool:
    """Whether brackets hold what somebody says about the draft."""
    if bracket in "（(":
        return said and bool(_NOTE.search(head)) and bool(_TALK.search(inside))
    if not said:
        return told and bracket in "【［[" and bool(_SENTENCE.search(inside))
    if _NOTE.search(head) or told:
        return True
    return bool(_SPEAKER.search(head) or _REMARK.search(head)) and bool(_TALK.search(inside))


def _closings(text: str) -> dict[int, int]:
    """Where each bracket that closes ends, by where it opens; a kind of brackets knows nothing of the others."""
    ends: dict[int, int] = {}
    opened: list[list[int]] = [[] for _ in _OPEN]
    for match in _BRACKET.finditer(text):
        opens, closes = _OPEN.find(match.group()), _CLOSE.find(match.group())
        if opens >= 0:
            opened[opens].append(match.start())
        elif opened[closes]:
            ends[opened[closes].pop()] = match.end()
    return ends


def _gone(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in _GONE.finditer(text):
        told, end = match.span()
        start = max(text.rfind("\n", 0, told) + 1, found[-1][1] if found else 0)
        label = _LABEL.match(text, start)
        start = label.end() if label else start
        if match["what"] == "句":
            last = text.rstrip("。").rfind("。", start, told - 1)
            start = last + 1 if last >= 0 else start
        found.append((start, end))
    return found


def _line_of(text: str, place: int) -> tuple[int, int]:
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, end if end >= 0 else len(text)
