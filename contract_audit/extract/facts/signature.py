"""Who signed and when: the signature block, the dates of signing, and whether the paper is signed or a draft."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice, takewhile
from typing import Literal

import msgspec

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.masks import mask
from contract_audit.chinese.text import fold
from contract_audit.model import Clause, Document


class SigningDay(msgspec.Struct, frozen=True):
    """A date of signing and its place: a label in the head, the signature block, the printer's line, a sentence."""

    day: date
    start: int
    end: int
    source: Literal["head", "signature", "issue", "body"]


_SEAL_WORD = r"(?:盖章|公章|签章|印章|签字|签名|章|未盖章|单位盖章|按印)"
_SIGN_LINE = re.compile(
    rf"\s*(?:[甲乙丙丁]\s*方\s*[^\n：:。，]{{0,6}}[(（][^\n()（）]{{0,8}}{_SEAL_WORD}[^\n()（）]{{0,8}}[)）]"
    rf"|[甲乙丙丁]\s*方\s*[：:][^\n。]{{0,40}}[(（][^\n()（）]{{0,6}}{_SEAL_WORD}[)）]"
    r"|(?:法定代表人|授权代表|委托代理人|代\s*表\s*人?|负责人|签字|签名|盖章)[^\n：:。，]{0,16}[：:]"
    rf"|[^\n。，：:]{{4,36}}[(（]{_SEAL_WORD}[)）]\s*(?:$|\n))"
)
# What was done after the signing, kept behind the signatures.
_RECORDS = re.compile(
    r"\s*(?:后附|附后)?[：:]?(?:履[行约]|交接|执行)?(?:情况)?记录[一二三四五六七八九十0-9]{0,2}\s*[：:（(]"
)
_ATTACHMENT = re.compile(r"\s*附\s*[件表录]?\s*[一二三四五六七八九十0-9]{0,3}\s*(?:$|\n|[：:、《])")
_LABELLED = re.compile(
    r"(?:签订|签定|签署|订立|签约|立约|签字|签章|盖章)(?:(?:日期|时间|日)[）)]?(?:[：:　 \t]+|[为是])|[）)]?[：:][　 \t]*(?=[12一二贰]))"
    r"[^\n；;，。]{6,24}"
    r"|(?:签订|签定|签署|订立|签约|立约)(?:日期|时间|日)(?=[12一二])[^\n；;，。（）()]{6,24}"
    r"|(?:盖章|签字|签章|签署|签订)之日[，（(]?(?:即|为|是)[^\n；;，。]{6,20}"
    r"|(?:^|\n)\s*(?:会议|开会|召开|发文|成文|出具)?(?:日\s*期|时\s*间)\s*[：:][^\n]{6,24}"
)
_DAY_ONLY = re.compile(r"\s*(?:日期|时间|公元)?[：:\s]*[^\n，。；：、（）]{6,20}日\s*$")
_ISSUED = re.compile(
    r"[^\n，。]{8,20}(?:印发|签发)|印发(?:日期|时间)[：:][^\n，。]{8,20}"
    r"|(?:办公室|政府|委员会|管委会|指挥部|领导小组|专班)[ \u3000\t]+[^\n，。]{8,16}日(?=\s*(?:\n|$))"
)
_DAY_IN_HEAD = re.compile(
    r"(?:[^\n]{0,30}[ \u3000\t]{2,})?\s*[（(]?[^\n，。；：、（）]{6,20}日[）)]?\s*(?:[签订]?于[^\n，。；]{2,14})?$"
    r"|[^\n]{4,40}[（(][^\n（）()]{8,16}(?:签|立|订)[订署约立]?[）)]$",
    re.MULTILINE,
)
_TODAY = re.compile(r"(?:今天是|今日[是为]?|本日[是为]?)\s*[^\n，。；]{8,20}")
# 双方于2023年3月15日订立本协议; not 双方于2022年6月8日签订《…》（以下称原合同）.
_CONCLUDED = re.compile(
    r"[^\n，。；]{6,40}(?:签订|订立|签署|签定|签约|达成|[再另]行约定|补充约定)(?!《|的|了|“|〈|过)"
    r"|(?:^|\n)[ \t\u3000]*本?(?:合同|协议)书?(?:签订|订立|签署|签约)于[^\n，。；]{8,16}"
    r"|[^\n，。；]{8,20}[，,][^\n。]{0,60}(?:订立|签订|签署|达成)本[^\n，。；]{0,8}(?:合同|协议)|^[^\n，。；]{8,16}[，,][^\n。]{4,80}(?:约定|协议|议定|商定|合意|达成)[^\n。，]{0,6}如下|[^\n，。；]{8,20}[，,][^\n。；]{0,40}(?:谈妥|(?:订立|签订|达成)(?:合同|协议)?如下|写成以下)|[^\n，。；]{8,20}[，,][^\n。；]{0,40}(?:达成|约定|议定|商定)以下"
)
_IN_FORCE = re.compile(r"自(?P<day>[^\n，。；]{8,16}?)起(?:执行|施行|实施|生效)")
_DRAFT_WORD = re.compile(
    r"送审稿|征求意见稿|讨论稿|谈判文本|谈判稿|评审稿|审查稿|修改稿|草案|草稿|初稿|第[一二三四五六七八九0-9]+稿|拟签(?:订|署)?文本|待签|拟于[^\n，。）]{2,14}签[订署]"
)
_BLANK_DAY = re.compile(r"年[\s_＿—\-xX*/]+月[\s_＿—\-xX*/]+日|年\s*月\s*日")
_LETTER_ZERO = re.compile(r"(?<=[一二三四五六七八九〇零])[Oo](?=[一二三四五六七八九〇零Oo])")
_HEAD_CHARS, _TITLE_LINES, _TITLE_CHARS, _LINE_CHARS = 600, 6, 50, 120


def signature_lines(document: Document, clauses: tuple[Clause, ...]) -> tuple[tuple[int, int], ...]:
    """Spans of the lines of the signature block (签署栏), attachments after it left out; empty if there is none."""
    start = next((clause.start for clause in clauses if clause.kind == "signature"), None)
    if start is None:
        return tuple(_block(document.text[: _second_paper(document.text)]))
    end = next(
        (clause.start for clause in clauses if clause.kind == "attachment" and clause.start > start), len(document.text)
    )
    end = min(end, _second_paper(document.text) or end)
    lines = takewhile(lambda line: not _RECORDS.match(document.text, *line), _lines(document.text, start, end))
    return tuple(line for line in lines if line[1] - line[0] <= _LINE_CHARS)


# 《…投资协议》补充协议（一）: a line behind signatures that is the title of a further paper.
_FURTHER = re.compile(
    r"^[ \t\u3000]*(?:《[^》\n]{4,60}》[^\n，。；：|]{0,6}|[^\n，。；：|《》]{0,40}?)"
    r"(?:补充|变更)(?:协议|合同)书?[ \u3000]*(?:[（(]?之?[一二三四五六七八九十0-9]{1,3}[）)]?)?[ \t\u3000]*$",
    re.MULTILINE,
)


@lru_cache(maxsize=16)
def _second_paper(text: str) -> int | None:
    """Where a supplement begins that stands behind the signatures of the agreement in the same file; None where none does."""
    signed = next(
        (start for start, end in _lines(text, len(text) // 3, len(text)) if _SIGN_LINE.match(text, start, end)), None
    )
    found = _FURTHER.search(text, signed) if signed is not None else None
    return None if found is None else found.start()


def _own_end(text: str, block: tuple[tuple[int, int], ...]) -> int | None:
    """Where what follows the signatures is another paper with days of its own: a supplement, or attached minutes."""
    dated = block[-1][1] if any(_all(text, *line) for line in block) else None
    attached = _ATTACHED_PAPER.search(text, dated) if dated is not None else None
    ends = [end for end in (_second_paper(text), attached.start() if attached else None) if end is not None]
    return min(ends, default=None)


_ATTACHED_PAPER = re.compile(
    r"^[ \t\u3000]*附\s*(?:件|录)?\s*[一二三四五六七八九十0-9]{0,3}\s*[：:]?[^\n。；]{0,40}"
    r"(?:纪要|复函|批复|通知|意见|决定|记录)》?[ \t\u3000]*$",
    re.MULTILINE,
)


def supplement(document: Document) -> tuple[int, date] | None:
    """Where a supplement in the same file begins, and the day it was signed; None where there is none or no such day."""
    start = _second_paper(document.text)
    if start is None:
        return None
    days = [
        day
        for low, high in _lines(document.text, start, len(document.text))
        if _dates_a_paper(document.text, low, high)
        for day in _all(document.text, low, high)
    ]
    return (start, days[0].day) if days else None


def _dates_a_paper(text: str, start: int, end: int) -> bool:
    return bool(
        _LABELLED.search(text, max(0, start - 1), end)
        or _SIGN_LINE.match(text, start, end)
        or _DAY_ONLY.match(text, start, end)
    )


def _block(text: str) -> Iterator[tuple[int, int]]:
    begun = False
    for start, end in _lines(text, len(text) // 3, len(text)):
        begun = begun or _SIGN_LINE.match(text, start, end) is not None
        if begun and _ATTACHMENT.match(text, start, end):
            return
        if begun and end - start <= _LINE_CHARS:
            yield start, end


def _lines(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    start = text.rfind("\n", 0, start) + 1
    while start < stop:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


def signing_days(document: Document, clauses: tuple[Clause, ...]) -> tuple[SigningDay, ...]:
    """Every date of signing that the paper gives, the surest first; a day given twice counts once per place."""
    return _signing_days(document.text, signature_lines(document, clauses))


@lru_cache(maxsize=16)
def _signing_days(whole: str, block: tuple[tuple[int, int], ...]) -> tuple[SigningDay, ...]:
    """As `signing_days`, by the text of the whole paper and the lines of its signature block."""
    text = whole[: _own_end(whole, block)]
    begin = block[0][0] if block else len(text)
    found = [
        _first(text, *match.span(), "head" if match.start() < begin else "signature")
        for match in _LABELLED.finditer(text)
    ]
    found += [day for start, end in block for day in _all(text, start, end)]
    if not found:
        found += [
            _first(text, start, end, "signature") for start, end in _lines(text, len(text) // 2, len(text))
            if _DAY_ONLY.match(text, start, end)
        ]  # fmt: skip
    if not any(found):
        found += [
            _first(text, start, end, "head") for start, end in _lines(text, 0, min(_HEAD_CHARS, begin))
            if _DAY_IN_HEAD.match(text, start, end) and not _DRAFT_WORD.search(text, start, end)
        ]  # fmt: skip
    found += [_first(text, *match.span(), "issue") for match in _ISSUED.finditer(text) if not _in_table(text, match)]
    if not any(found):
        found += [_first(text, *match.span(), "head") for match in _TODAY.finditer(text, 0, _HEAD_CHARS)]
    if not any(found):
        found += [_first(text, *match.span(), "body") for match in _CONCLUDED.finditer(text, 0, _HEAD_CHARS * 2)]
    if not any(found):
        found += [_first(text, *match.span("day"), "body") for match in _IN_FORCE.finditer(text, 0, _HEAD_CHARS)]
    if not any(found):
        found += [
            _first(text, start, end, "signature")
            for start, end in _closing(text)
            if not _OF_A_CLAUSE.search(text, start, end)
        ]
    unique = {(day.day, day.start): day for day in found if day is not None}
    return _not_after_the_duties(text, tuple(unique.values()), begin)


def _in_table(text: str, match: re.Match[str]) -> bool:
    """Whether the match stands in a row of cells: 变压器增容 | 园区管委会 | 2021年1月25日 is a task and its day."""
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    return text.count("\t", start, len(text) if end < 0 else end) > 1


_MANY = 3  # deadlines before a day from which it can hardly be that of the signing


# A paper that goes on from an earlier one tells its days again, and has been signed after them.
_SUPPLEMENTS = re.compile(
    r"(?:补充|变更)(?:协议|合同)|原(?:投资|入园|租赁|服务|采购|运营)?(?:协议|合同)|调整[^，。\n]{0,12}(?:协议|期限)"
)


def _not_after_the_duties(text: str, days: tuple[SigningDay, ...], begin: int) -> tuple[SigningDay, ...]:
    """The days without those that lie after most of what is promised (filed, copied, received later), if others are left."""
    if not days or _SUPPLEMENTS.search(text, 0, _HEAD_CHARS):
        return days
    folded = fold(text).text
    moments, _ = dates(mask(folded), Frame())
    due = [
        moment.until
        for moment in moments
        if moment.until is not None
        and moment.sure
        and not moment.yearless  # its year is taken from a day before, which may be no day of this paper
        and (moment.since is None or folded[moment.start - 1 : moment.start] in ("\t", "|"))
    ]
    if not any(_is_late(day.day, due) for day in days):
        return days
    spans = [*_lines(text, 0, min(_HEAD_CHARS, begin)), *_closing(text)]
    others = [
        day for start, end in spans if not _OF_A_CLAUSE.search(text, start, end) for day in _all(text, start, end)
    ]
    others += [
        day for match in _CONCLUDED.finditer(text, 0, _HEAD_CHARS * 2) for day in _all(text, *match.span(), "body")
    ]
    left = tuple(day for day in days if not _is_late(day.day, due)) or tuple(
        day for day in others if not _is_late(day.day, due)
    )
    return left or days


def _is_late(day: date, due: list[date]) -> bool:
    past = sum(one < day for one in due)
    return past >= _MANY and past * 2 > len(due)


# A day near the end that says nothing of a duty: 2024.3.5, 今立此约，2024年3月5日, 自2024年3月5日签字盖章之日起生效.
_OF_A_CLAUSE = re.compile(r"应当?|须|支付|完成|交付|竣工|投产|期限|有效期|有效|前[^言]|内|至|原合同|《")
_CLOSING_LINES, _CLOSING_CHARS = 8, 50


def _closing(text: str) -> list[tuple[int, int]]:
    """The short lines that end the paper, attachments left out."""
    attached = next(
        (start for start, end in _lines(text, len(text) // 2, len(text)) if _ATTACHMENT.match(text, start, end)), None
    )
    lines = list(_lines(text, len(text) // 3, len(text) if attached is None else attached))[-_CLOSING_LINES:]
    # a row of a table (设备进场 | 2023.05.31) is a date of the bargain, not of its signing
    return [(start, end) for start, end in lines if end - start <= _CLOSING_CHARS and "\t" not in text[start:end]]


def _first(text: str, start: int, end: int, source: Literal["head", "signature", "issue", "body"]) -> SigningDay | None:
    return next(iter(_all(text, start, end, source)), None)


def _all(
    text: str, start: int, end: int, source: Literal["head", "signature", "issue", "body"] = "signature"
) -> list[SigningDay]:
    folded = fold(text[start:end])
    days = []
    for moment in dates(mask(_LETTER_ZERO.sub("〇", folded.text)), Frame())[0]:
        if moment.full and moment.since is not None and moment.since == moment.until:
            low, high = folded.original(moment.start, moment.end)
            days.append(SigningDay(moment.since, start + low, start + high, source))
    return days


def signed_on(document: Document, clauses: tuple[Clause, ...]) -> date | None:
    """The day the paper was signed: the latest day in the signature block, else the label's, else the issue's."""
    days = signing_days(document, clauses)
    for source in ("signature", "head", "issue", "body"):
        of_source = [day.day for day in days if day.source == source]
        if of_source:
            return max(of_source)
    return None


def mode(document: Document, clauses: tuple[Clause, ...]) -> tuple[Literal["signed", "draft"], str]:
    """Signed or draft, and why in Chinese: draft words in the head, seals, names and dates or blanks in the block."""
    text = document.text
    if word := _in_title(text, _DRAFT_WORD):
        return "draft", f"标题或首部载有“{word}”"
    if document.seals:
        return "signed", f"识别到印章 {len(document.seals)} 处"
    block = signature_lines(document, clauses)
    days = [
        day for day in signing_days(document, clauses) if day.source != "body" or _CONCLUDED_THEN.match(text, day.end)
    ]
    if days:
        return "signed", f"载有签订日期 {days[0].day.isoformat()}"
    if word := _in_title(text, _FORM_WORD):
        return "draft", f"标题或首部载有“{word}”"
    words = "\n".join(text[start:end] for start, end in block)
    if _BLANK_DAY.search(words):
        return "draft", "签署栏日期空白"
    if _names_signed(words):
        return "signed", "签署栏有签字人姓名"
    return ("draft", "签署栏空白") if block else ("draft", "未见签署栏和签订日期")


def _in_title(text: str, pattern: re.Pattern[str]) -> str | None:
    """What the pattern finds in the short lines at the head of a paper."""
    for start, end in islice(_lines(text, 0, len(text)), _TITLE_LINES):
        titled = end - start <= _TITLE_CHARS and not text[start:end].rstrip().endswith("。")
        if titled and (word := pattern.search(text, start, end)):
            return word.group()
    return None


_FORM_WORD = re.compile("范本|示范文本")  # a paper made after it is signed like any other: its days decide
_CONCLUDED_THEN = re.compile(r"(?:在|于)?[^\n，。；拟将]{0,16}(?:签订|订立|签署|签定|达成)|[，,][^\n。]{4,80}如下")
_SIGNED_NAME = re.compile(r"(?:签字|签名|代\s*表\s*人?|负责人)[）)]?\s*[：:]\s*[\u4e00-\u9fff·]{2,8}(?![：:（(])")


def _names_signed(words: str) -> bool:
    return bool(_SIGNED_NAME.search(words))
