"""Lists of attachments: what an agreement says is attached, by number or by name (附件：1.红线图；2.设备清单)."""

import re
from collections.abc import Iterator

from contract_audit.chinese.text import Folded, fold
from contract_audit.clauses.numbering import value_of
from contract_audit.model import Clause, Reference

_LEAD = re.compile(
    r"(?:附件(?:清单|目录|名称|材料)?(?:如下|包括|分别[为是]|有|为|是|[：:])[：:]?"
    r"|本(?:协议|合同)(?:后)?附(?:件|有|上|带)?(?:如下|包括|有|为|[：:])[：:]?"
    r"|(?<=[，。；\n])附(?:有)?(?=《)|(?<![\u4e00-\u9fff])附[：:]"
    r"|附件(?:清单|目录)?[：:]?\n(?=[ \u3000]*[0-9]{1,2}[.、．]))"
)
_NUMBER = (
    r"(?:附件)?(?:[0-9]{1,2}[.、．:：]|[（(][0-9一二三四五六七八九十]{1,3}[）)]"
    r"|[一二三四五六七八九十]{1,2}、|(?<![\u4e00-\u9fff])[甲乙丙丁戊己]、)"
)
_NUMBERED = re.compile(
    rf"(?<![0-9.．第])(?P<number>{_NUMBER})\s*(?P<name>[^；;。\n]{{2,40}}?)(?=[；;。，\n]|、?(?<![0-9]){_NUMBER}(?![0-9])|$)"
)
_PLAIN = re.compile(r"[、，]|和|以及|及|与")
_PAPER = re.compile(
    r"(?:图|表|清单|书|方案|计划|明细|目录|证明|说明|办法|细则|规定|协议|合同|条件|要求|标准|摘录|复印件|函|批复|报告|册|名单|意见"
    r"|决议|执照|指标|条款|清册|政策|约定)$"
)
_REMARK = re.compile(r"[（(][^（）()]*[）)]$")
_DIGITS = re.compile(r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己]")
# The list says that its papers are kept with, and not in, this one: （均另附）.
_APART = re.compile(
    r"[（(](?:以上|上述|各|各项)?(?:均|都)(?:另[附册页行]|略|附后|见附页|随(?:正本|文)|单独成册)[^（()）]{0,8}[）)]"
)
_REACH = 400  # characters a list may have


def listed(folded: Folded, clauses: tuple[Clause, ...]) -> Iterator[Reference]:
    """One reference for each paper that a list names; target None where no attachment has its number or its name."""
    attached = [(index, clause) for index, clause in enumerate(clauses) if clause.kind == "attachment"]
    last = folded.folded(attached[0][1].start, 0)[0] if attached else len(folded.text)
    for lead in _LEAD.finditer(folded.text, 0, last):
        if _APART.search(folded.text, lead.end(), _list_end(folded.text, lead.end(), last)):
            continue
        for start, end, number, name in _items(folded.text, lead.end(), last):
            target = next((index for index, clause in attached if _is_named(clause, number, name)), None)
            low, high = folded.original(start, end)
            yield Reference(start=low, end=high, text=folded.text[start:end], kind="attachment", target=target)


def _items(text: str, start: int, stop: int) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, number or empty, name) of the papers named from `start` on."""
    end = _list_end(text, start, stop)
    numbered = list(_NUMBERED.finditer(text, start, end))
    if numbered:
        for match in numbered:
            name = _bare(match["name"])
            digits = _DIGITS.search(match["number"])
            if _PAPER.search(name) and digits:
                yield match.start("number"), match.end("name"), digits[0], name
        return
    position = start
    for part in (*_PLAIN.finditer(text, start, end), None):
        low, high = position, part.start() if part else end
        position = part.end() if part else end
        name = _bare(text[low:high])
        if 3 <= len(name) <= 30 and _PAPER.search(name) and not re.search("[：:]|附件", name):
            yield low, high, "", name


def _list_end(text: str, start: int, stop: int) -> int:
    """Where a list ends that runs on in numbered lines, or with its sentence."""
    lines = re.compile(rf"(?:[ \u3000]*{_NUMBER}[^\n]*\n?)+").match(text, start, min(stop, start + _REACH))
    return lines.end() if lines and lines.end() > text.find("\n", start) > 0 else _end(text, start, stop)


def _end(text: str, start: int, stop: int) -> int:
    found = re.compile(r"[。；;\n]").search(text, start, min(stop, start + _REACH))
    return found.start() if found else min(stop, start + _REACH)


def _bare(name: str) -> str:
    """The name alone, without book marks and remarks in brackets (略, 另册)."""
    return _REMARK.sub("", name.strip(" 　、，")).strip("《》 　")


def _is_named(clause: Clause, number: str, name: str) -> bool:
    heading = fold(clause.heading or "").text
    printed = _DIGITS.search(clause.path[-1] if clause.path else "")
    if number and printed is not None:
        same = printed[0] == number or (value_of(printed[0]) is not None and value_of(printed[0]) == value_of(number))
        return same or name in heading
    bare = re.sub(r"^附[件表录图]?\s*[^\u4e00-\u9fff《]*", "", heading).strip("：:《》 　")
    return name in heading or (len(bare) > 2 and bare in name)
