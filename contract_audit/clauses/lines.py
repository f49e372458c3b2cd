"""What each line of an agreement is before its clauses are nested: title, party, numbered, plain, table row, signature …

The regions of an agreement follow one another: head (title, parties, recitals), body, signature page, attachments. A line is
judged by its own form and by the region it stands in.
"""

import re
from itertools import islice, pairwise
from typing import Literal

import msgspec

from contract_audit.clauses.inline import line_breaks
from contract_audit.clauses.numbering import STRUCTURAL, Label, automatic, label_at
from contract_audit.model import Block, Document

Role = Literal["title", "head", "numbered", "heading", "plain", "row", "signature", "attachment", "note", "toc"]


class Line(msgspec.Struct, frozen=True):
    """One block, or a part of a block that holds several numbered lines, with what it is.

    `text` stands at `start` in the document; `body` is the offset where the wording begins.
    """

    role: Role
    block: Block
    text: str
    start: int
    body: int
    label: Label | None = None

    @property
    def end(self) -> int:
        """Where the text ends in the document."""
        return self.start + len(self.text)

    @property
    def rest(self) -> str:
        """The text without a typed number, trimmed."""
        return self.text[self.body - self.start :].strip()


SENTENCE_MARK = re.compile(r"[。；;！？，,：:]")
_FINISHED = re.compile(r"[。；;：:！？!?…）)”’】\]》]\s*$")
PARTY = re.compile(
    r"\s*(?:[（(]?[甲乙丙丁戊]\s*方[)）]?\s*\d?|出租方|承租方|委托方|受托方|投资方|招商方|[一二三四]方)"
    r"(?:\s*[（(][^（）()]{0,20}[)）])?\s*[：:]"
)
_FIELD = re.compile(
    r"\s*(?:合同编号|协议编号|编\s*号|签[订约署定]\s*(?:地点|时间|日期)|住\s*所(?:地)?|[通注]?[信册]?地\s*址"
    r"|法定代表人|授权代表|委托代理人|负责人|联系[人电方]"
    r"|电\s*话|传\s*真|邮\s*编|邮政编码|统一社会信用代码|信用代码|身份证号码?|开户[银行]行?|账\s*号|致|抄送"
    r"|主送)[^，。；]{0,12}?[：:]"
)
_SIGN_MARK = r"(?:盖章|签章|公章|签字|签名|印章|签署页|签字页|盖印|章)"
SIGN = re.compile(
    r"\s*[（(]?(?:以下|本页|此页|下)[^。]{0,12}(?:无正文|签署[页栏]|签字页|签署栏)"
    r"|\s*[（(]?(?:签[署字章]|盖章)页[)）]?\s*$"
    r"|\s*(?:此函|此复|此致|特此[^，；]{1,6})[。：:！]?\s*$"
    rf"|[^。；]{{0,60}}[（(](?:[^（）()]{{0,8}}{_SIGN_MARK}[^（）()]{{0,6}}|[公钤盖]?\s?印)[)）]"
    rf"|\s*[甲乙丙丁]\s*方[^。；，]{{0,20}}{_SIGN_MARK}"
    rf"|\s*(?:法定代表人|授权代表|委托代理人|代表人?|负责人)[^。；，]{{0,16}}{_SIGN_MARK}"
)
_SIGN_WEAK = re.compile(
    r"\s*(?:[（(]?[甲乙丙丁]\s*方|[^。；，：:\n]{2,14}[（(][甲乙丙丁戊]\s*方[)）]\s*[：:]|法定代表人|授权(?:代表|签字人|签署人)|委托代理人|代表人?|负责人|经办人|见证方|鉴证方|见证人"
    r"|签\s*[字名章]\s*[：:]|盖\s*章\s*[：:]|(?:合同|协议)?签[订约署定]\s*(?:地点|时间|日期|日)\s*[：:]?|日\s*期"
    r"|时\s*间|地\s*址|住\s*所|电\s*话|开户|账\s*号|年\s*月\s*日)"
)
# Labels with nothing behind them: 甲方代表：        乙方代表：; the place of signing may be known.
_EMPTY_LABELS = re.compile(
    r"(?:\s*(?:签[订约署]地点?\s*[：:]\s*[\u4e00-\u9fff]{2,10}|[^：:。；，\s]{1,14}\s*[：:])[\s_＿年月日]*){1,4}$"
)
# Several of them side by side, far apart: 市政府：            投资人：
_SIDE_BY_SIDE = re.compile(
    r"\s*(?:[^：:。；，\s]{1,14}\s*[：:][\s_＿]{4,}){1,3}[^：:。；，\s]{1,14}\s*[：:][\s_＿年月日]*$"
)
_LAST_LINES = 4  # of a paper, in which such a line is where the parties sign
_DATE_ONLY = re.compile(
    r"\s*(?:签[订约署定](?:日期|时间)[：:])?\s*(?:[12１２][0-9０-９]{3}|二[〇○零Oo0一二三四五六七八九]{3}|20[×Xx*]{2}"
    r"|[_＿ \u3000]*)\s*年"
    r"[\s_＿0-9０-９一二三四五六七八九十×Xx*]*月[\s_＿0-9０-９一二三四五六七八九十×Xx*]*日?\s*(?:印发)?\s*$"
)
_ATTACHED_AS = r"(?P<kind>附\s?件|附\s?表|附录|附\s?图|附)"
_ATTACHMENT = re.compile(
    rf"\s*[【\[（(]?{_ATTACHED_AS}"
    r"\s*(?:[（(](?=[一二三四五六七八九十0-9]{1,3}[)）]))?(?P<n>[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}"
    r"|[A-ZＡ-Ｚ](?![a-z]))?"
    r"\s*[】\]）)]?(?P<mark>[：:、.．\s\u3000]+|(?=[《“])|$"
    r"|(?<=[一二三四五六七八九十0-9）)])(?=[^，。；：、]{2,28}$)(?![的中所和与及或至到按列规约第]))"
    r"(?P<title>.*)$"
)
# A remark that says where the attachment itself is: 附件一 红线图（另页）.
_STANDS_FOR = re.compile(
    r"[（(][^（）()]{0,12}(?:另[页附册行]|略|附后|见附页|后附|随(?:正本|文|本)|另册|单独(?:成册|装订)|复印件|原件|存档|扫描件|[另单]装)[^（）()]{0,8}[）)]\s*$"
)
_NOTE = re.compile(r"\s*[（(【]?\s*(?:备\s*注|注|批注|说明|起草说明|填写说明|填表说明)\s*[0-9]?\s*[：:]")
_TOC_LINE = re.compile(r"^.{1,50}?(?:…{1,}|\.{3,}|．{3,}|·{3,}|\t+|\s{3,})\s*[0-9]{1,3}\s*$")
_TOC_HEAD = re.compile(r"\s*目\s*录\s*$")
# How titles of papers and of tables end: such a line after the signatures opens something new.
_PAPER = re.compile(
    r"(?:合同书?|协议书?|备忘录|承诺书|意向书|纪要|清单|明细|[览细划]表|方案|标准|文件索引"
    r"|函)(?:[（(][^（）()]{1,20}[)）])?$"
)
# The 密级 mark and the urgency that stand above a title (GB/T 9704).
_SECRECY = re.compile(
    r"\s*(?:密\s*级\s*[：:]\s*)?(?:绝\s*密|机\s*密|秘\s*密)\s*(?:[★☆*＊].{0,12})?(?:特急|加急|急件)?\s*$"
)
_BRACKET_HEADING = re.compile(r"\s*(?:【[^】]{2,24}】|〖[^〗]{2,24}〗|[◆■●※▲★]\s*[^。；，：:]{2,20})\s*$")
_WHY = re.compile(
    r"^为|鉴于|根据|依据|经.{0,8}协商|本着|收悉|(?:订立|签订|达成)(?:如下|本|以下)|(?:如下|以下)(?:协议|条款|承诺"
    r"|纪要)?[：:。]\s*$"
)
_STATEMENT = re.compile(r"[。；]\s*$")  # a short line that is a sentence and no field of the head
_RECITAL = re.compile(r"\s*鉴\s*于\s*[：:]?\s*$")


# After the signatures an attachment may be told in one line: 【附件一】位置图：一号车间9,600平方米。
_ATTACHED_INLINE = re.compile(
    rf"\s*[【\[（(]?{_ATTACHED_AS}"
    r"\s*[（(]?(?P<n>[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}|[甲乙丙丁戊己]|[A-ZＡ-Ｚ](?![A-Za-z]))"
    r"\s*[】\]）)]?[：:、.．\s\u3000—－-]*(?P<title>《[^》]{2,40}》|[（(][^（()）]{2,30}[）)](?=[：:])|[^，。；：:、\s]{2,30})?"
    r"(?=[：:。]|\s{2,}|[\u3000—]|$|(?<=》)[，,、\s（(]|[（(][^（()）]*[）)]\s*$)"
)


def told_attachment(text: str) -> re.Match[str] | None:
    """The label and title of a line after the signatures that names an attachment and tells what is in it."""
    return _ATTACHED_INLINE.match(text)


def attachment_match(text: str) -> re.Match[str] | None:
    """The parts (kind, n, title) of a line that names an attachment and nothing more."""
    match = _ATTACHMENT.match(text)
    if not match or len(text) > 70 or re.search(r"[。；;]", text):
        return None
    if match["kind"] == "附" and not (match["n"] or "：" in match["mark"] or ":" in match["mark"]):
        return None
    return match


def is_recital_head(line: Line) -> bool:
    """Whether a line is 鉴于：, after which a list of recitals follows."""
    return bool(_RECITAL.match(line.text))


def finished(text: str) -> bool:
    """Whether a line ends as a sentence or lead-in does; if not, the next line may be its continuation."""
    return bool(_FINISHED.search(text))


def classify(document: Document) -> tuple[Line, ...]:
    """Every non-empty block of the document with its role, in order."""
    raw = [line for block in document.blocks for line in _raw(document, block)]
    believed = _believe(raw)
    head = _head_end(believed)
    return tuple(_regions(believed, head))


def _raw(document: Document, block: Block) -> list[Line]:
    text = document.text[block.start : block.end]
    start = block.start
    if not text.strip():
        return []
    if block.kind == "table_row":
        return [Line("row", block, text, start, start)]
    if block.kind == "toc" or _TOC_LINE.match(text):
        return [Line("toc", block, text, start, start)]
    if block.label and any(char.isalnum() for char in block.label):
        return [Line("numbered", block, text, start, start, automatic(block.label, block.level))]
    if block.kind == "title":
        return [Line("title", block, text, start, start)]
    bounds = [0, *line_breaks(text), len(text)]
    return [_typed(block, text[low:high], start + low) for low, high in pairwise(bounds)]


def _typed(block: Block, text: str, start: int) -> Line:
    label = label_at(text)
    if label:
        return Line("numbered", block, text, start, start + label.end, label)
    heads = block.kind == "heading" or _BRACKET_HEADING.match(text)
    return Line("heading" if heads else "plain", block, text, start, start)


def _believe(lines: list[Line]) -> list[Line]:
    """Take back numbers that are only a figure and a space and do not continue a sequence."""
    seen: dict[str, int] = {}
    kept = []
    for line in lines:
        label = line.label
        if label and label.bare and not (label.value == seen.get(label.style, 0) + 1 and _short(line.rest)):
            kept.append(Line("plain", line.block, line.text, line.start, line.start))
            continue
        if label and not label.prefix:
            seen[label.style] = label.value
        kept.append(line)
    return kept


def _short(text: str) -> bool:
    return len(text) <= 40 and not SENTENCE_MARK.search(text)


def _head_end(lines: list[Line]) -> int:
    """Index of the first line of the body: the first number or heading that is no recital, else after the first paragraph.

    A number that comes long after the first paragraph, or after signatures, belongs to a list or an attachment.
    """
    plain = _first_paragraph(lines)
    recital = False
    for index, line in enumerate(lines):
        if index > plain + 12 or (index and SIGN.match(line.text) and not line.label):
            break
        if is_recital_head(line):
            recital = True
        elif (line.role == "heading" and index) or (
            line.role == "numbered" and not (recital and not _restarts(lines, index))
        ):
            return index
        elif line.role == "plain" and recital and len(line.text) > 8:
            recital = False
    return plain


def _restarts(lines: list[Line], index: int) -> bool:
    """Whether the number at `index` opens the body after a list of recitals: another style, or the same from 1 again."""
    label, before = lines[index].label, lines[index - 1].label
    if label is None or before is None:
        return False
    return label.style in STRUCTURAL or label.value == 1


def _first_paragraph(lines: list[Line]) -> int:
    """In an agreement without numbers the body begins after the parties and the words that say why it is made."""
    signed = next((index for index, line in enumerate(lines) if SIGN.match(line.text)), len(lines))
    parties = [index for index, line in enumerate(lines[:signed]) if PARTY.match(line.text)]
    start = parties[min(len(parties), 3) - 1] + 1 if parties else 0
    for index in range(start, len(lines)):
        text = lines[index].text
        says = len(text) > 30 or (index and _STATEMENT.search(text))
        if lines[index].role == "row" or (says and not _FIELD.match(text)):
            return min(index + bool(_WHY.search(text)), len(lines) - 1)
    return len(lines)


def _regions(lines: list[Line], head: int) -> list[Line]:
    out = [_head_line(line, index, lines) for index, line in enumerate(lines[:head])]
    signed = in_toc = False
    ended = any(line.role == "signature" for line in out)
    last = _last_article(lines, head)
    for index in range(head, len(lines)):
        line = lines[index]
        in_toc = bool(_TOC_HEAD.match(line.text)) or (in_toc and bool(_TOC_LINE.match(line.text)))
        role = "toc" if in_toc else _body_role(lines, index, signed, ended)
        role = line.role if role == "signature" and index < last else role
        ended = ended or role == "signature"
        signed = role == "signature" or (signed and role in ("row", "title")) or (signed and role == "note")
        out.append(_as(line, role))
    return out


def _last_article(lines: list[Line], head: int) -> int:
    """Index of the last line that continues the numbers of the body: no signature page stands before it.

    A list of papers to hand in (申请表（加盖公章）) looks like one.
    """
    labels = [(index, line.label) for index, line in enumerate(lines) if index >= head and line.label]
    if not labels:
        return head
    (last, top), *others = labels
    value = top.value
    for index, label in others:
        if label.style == top.style and label.value == value + 1:
            last, value = index, label.value
        elif label.style == top.style and label.value <= 1:
            break
    return last


def _head_line(line: Line, index: int, lines: list[Line]) -> Line:
    if line.role in ("title", "toc", "numbered"):
        return line
    if line.role == "row":
        return _as(line, "head")
    if _TOC_HEAD.match(line.text) or _TOC_LINE.match(line.text):
        return _as(line, "toc")
    text = line.text.strip()
    if _SECRECY.match(text):
        return _as(line, "note")
    after_party = any(PARTY.match(other.text) for other in lines[:index])
    plain = not PARTY.match(text) and not _FIELD.match(text) and not re.search(r"[。；，：:]", text)
    if plain and not after_party and len(text) <= 60 and not _DATE_ONLY.match(text):
        return _as(line, "title")
    return _as(line, "note" if _NOTE.match(text) else "head")


def _body_role(lines: list[Line], index: int, signed: bool, ended: bool) -> Role:
    """`signed`: right after a signature line; `ended`: after the signature page."""
    line = lines[index]
    text = line.text.strip()
    if line.role in ("toc", "title"):
        return line.role
    if line.role == "row":
        return "signature" if SIGN.match(text) or (signed and _SIGN_WEAK.match(text)) else "row"
    if line.label is None and _is_attachment(lines, index, signed, ended):
        return "attachment"
    if line.label is None and _is_signature(lines, index, signed):
        return "signature"
    if _NOTE.match(text) and line.label is None:
        return "note"
    return line.role


def _is_signature(lines: list[Line], index: int, signed: bool) -> bool:
    text = lines[index].text.strip()
    if len(text) > 160 or "。" in text.rstrip("。"):
        return False
    if SIGN.match(text) or (len(lines) - index <= _LAST_LINES and _SIDE_BY_SIDE.match(text)):
        return True
    if signed and (_SIGN_WEAK.match(text) or _DATE_ONLY.match(text)):
        return True
    if signed:
        return len(text) <= 30 and not SENTENCE_MARK.search(text) and not _PAPER.search(text)
    closing = _DATE_ONLY.match(text) or re.search(r"[0-9一二三四五六七八九十]日\s*印发$", text)
    followed = index + 1 < len(lines) and (SIGN.match(lines[index + 1].text) or _DATE_ONLY.match(lines[index + 1].text))
    weak = _SIGN_WEAK.match(text) and not text.endswith(("。", "；"))  # a sentence is a clause, whoever it begins with
    unsigned = index + 1 < len(lines) and all(_is_unsigned(line.text) for line in lines[index : index + 2])
    last = closing and all(_DATE_ONLY.match(line.text) or _short(line.text) for line in islice(lines, index + 1, None))
    return bool(last) or bool(weak and followed and len(text) <= 60) or unsigned


def _is_unsigned(text: str) -> bool:
    return bool(_SIGN_WEAK.match(text) and _EMPTY_LABELS.match(text))


def _is_attachment(lines: list[Line], index: int, signed: bool, ended: bool) -> bool:
    """Whether a line opens an attachment that is there: not one line of a list of attachments, not the last words.

    After the signature page a line for each attachment (附件一 红线图（另页）) stands for the attachment itself.
    """
    match = attachment_match(lines[index].text)
    if not match:
        return ended and told_attachment(lines[index].text) is not None
    named = bool(match["n"] or match["title"].strip())
    if label_at(match["title"].strip()):  # 附件：1.红线图
        return False
    following = lines[index + 1] if index + 1 < len(lines) else None
    if ended and match["n"] and match["title"].strip():
        return True
    if following is None:
        return signed
    if attachment_match(following.text) and following.role != "numbered" and not _STANDS_FOR.search(match["title"]):
        return False
    if attachment_match(lines[index - 1].text) and lines[index - 1].role == "plain" and SIGN.match(following.text):
        return False
    return named or signed


def _as(line: Line, role: Role) -> Line:
    return line if line.role == role else Line(role, line.block, line.text, line.start, line.body, line.label)
