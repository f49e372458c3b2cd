"""Lease terms (租赁期限) that exceed twenty years only when what is told in several places is added up (民法典第七百零五条)."""

import re
from collections.abc import Iterator

from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Block, Value
from contract_audit.rulespec import AgreeCheck

_MOST = 240  # months
# 租期 | 自2026年6月1日起三十年: a row of a table that is nothing but the term.
_ROW = re.compile(
    r"^(?:租期|租赁期限?|承租期限?|租用期限?|租赁年限)\t[^\t]{0,24}?"
    r"(?P<count>[0-9]{2,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)年(?!度|租)"
)
_COUNT = r"[0-9]+|[一二三四五六七八九十百两]+"
_SPAN = rf"(?:{_COUNT})(?:年半?|个?月)"
_TIME = re.compile(rf"(?P<count>{_COUNT})(?P<unit>年半?|个?月)")
_LEASE = re.compile("租")
_OTHER_RIGHT = re.compile(r"出让|承包|特许经营|使用权(?:年限|期限)")
_SENTENCE = re.compile(r"[^。\n]+")
_BASE = re.compile(
    rf"(?:(?<!免)租赁?期限?|租用期限?|承租期限?|首租期|首期|初始期限|期限)(?:为|共|是|：|定为|暂定|约定|自[^，。；]{{2,24}}起|\t)*(?P<span>{_SPAN})"
)
_RENEWED = (
    re.compile(
        rf"(?:自动|无条件|当然|直接|视为|自行)[^。；]{{0,14}}?(?:续|顺延|延长|延续|展期)[^。；]{{0,10}}?(?P<span>{_SPAN})"
    ),
    re.compile(
        rf"(?:续|顺延|延长|延续|展期)[^。；]{{0,10}}?(?P<span>{_SPAN})[^。；]{{0,24}}?(?:无[须需]|不再|不另|不得拒绝|应当同意|无条件|必须同意)"
    ),
)
_BESIDE = re.compile(
    rf"(?:免租|装修|建设|过渡|筹备)期?(?:限)?[^。；]{{0,8}}?(?P<span>{_SPAN})[^。；]{{0,10}}?(?:不计入|不计|不含|不包括|不算|另计|之外)"
)
_NEW_CONTRACT = re.compile(
    r"(?<![无不][须需再必])(?<!不)另行(?:签|订|协商|约定|招租)|重新(?:签|订|评估|招租|公开)|届时(?:协商|评估)|可以?(?:协商|申请)|优先|公开招租|不(?:得)?超过"
)
_FIRST_AND_LAST = re.compile(rf"前(?P<one>{_SPAN})[^。]{{0,60}}?(?<!以)后(?P<two>{_SPAN})")
_STAGE = re.compile(
    rf"(?:第(?:[一二三四五1-5]|[首末次])?(?:个)?(?:段|期|阶段)|[首末次]段)[^，。；0-9一二三四五六七八九十]{{0,4}}(?P<span>{_SPAN})"
)
_LATER_YEARS = re.compile(rf"第(?:{_COUNT})(?:个?(?:租赁)?年度?)?[至到~—-]第?(?P<last>{_COUNT})(?:个?(?:租赁)?年度?)")
_BEGINS = re.compile(r"起租|计租|(?:租赁|租期)[^\t]{0,4}(?:开始|起始|起)|开始日|起始日|起算日")
_ENDS = re.compile(
    r"止租|(?:租赁|租期)[^\t]{0,4}(?:终止|到期|截止|届满|结束|止)|到期日|终止日|截止日|届满日|期满日|结束日"
)
_TERM_UNTIL = re.compile(r"(?:租期|租赁期限?|租用期限?|承租期限?|租赁)[^。；\n]*(?:起|，|为)?[至到]?$")
_HANDED = re.compile(r"移交|交付|交房|接收|腾空|起租")
_NAMED = 36  # characters around a day in which it is said what happens then
_CLOSE, _LATE_START = 0.1, 1.0  # years that the first day may be later than what is known
_TOGETHER = 80  # characters up to which the places added up are quoted together


def check(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """Outcomes for terms with renewals, rent-free time and stages, and for first and last days in a table."""
    text = case.folded.text
    for block in case.document.blocks:
        row = _ROW.match(fold_text(case.text(block.start, block.end))) if block.table is not None else None
        years = number(row["count"]) if row else None
        if row is not None and years is not None and years * 12 > _MOST:
            told = f"租期{years}年，超过二十年"
            yield Outcome(start=block.start, end=block.end, values={"arithmetic": told}, conditions=(told,))
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()
        if _LEASE.search(words) and not _OTHER_RIGHT.search(words):
            for start, end, months, how in _sums(words):
                if months > _MOST:
                    first, last = case.folded.original(sentence.start() + start, sentence.start() + end)
                    yield _outcome(first, last, f"{how}，合计{months / 12:g}年")
    for rows in case.tables():
        yield from _days(case, rows)
    yield from _ends(case)


def _sums(words: str) -> Iterator[tuple[int, int, int, str]]:
    """Places of a sentence whose times add up: start, end, months, and in Chinese what is added."""
    base = _BASE.search(words)
    renewed = next((match for pattern in _RENEWED if (match := pattern.search(words))), None)
    if base and renewed and renewed.start() >= base.end() and not _NEW_CONTRACT.search(words[base.end() :]):
        yield _added(words, base, renewed, "租期加自动续期")
    beside = _BESIDE.search(words)
    if base and beside:
        yield _added(words, base, beside, "租期加不计入租期的时间")
    halves = _FIRST_AND_LAST.search(words)
    if halves:
        months = _months(halves["one"]) + _months(halves["two"])
        yield *_short(halves.start(), halves.end()), months, "前后两段租期"
    stages = list(_STAGE.finditer(words))
    if len(stages) > 1:
        yield *_short(stages[0].start(), stages[-1].end()), sum(_months(stage["span"]) for stage in stages), "各段租期"
    for match in _LATER_YEARS.finditer(words):
        yield match.start(), match.end(), _months(f"{match['last']}年"), "租金约定到的年份"


def _added(words: str, base: re.Match[str], other: re.Match[str], how: str) -> tuple[int, int, int, str]:
    start, end = _short(min(base.start(), other.start()), max(base.end(), other.end()))
    return start, end, _months(base["span"]) + _months(other["span"]), how


def _short(start: int, end: int) -> tuple[int, int]:
    return max(start, end - _TOGETHER), end


def _months(span: str) -> int:
    """A time in months; 0 where it cannot be read."""
    match = _TIME.fullmatch(span)
    count = number(match["count"]) if match else None
    if match is None or count is None:
        return 0
    return int(count * 12) + (6 if "半" in match["unit"] else 0) if "年" in match["unit"] else int(count)


def _days(case: Case, rows: list[Block]) -> Iterator[Outcome]:
    """The first and the last day of a lease in two rows of a table."""
    told: dict[str, Block] = {}
    for row in rows:
        label = fold_text(case.text(row.start, row.end)).partition("\t")[0]
        for name, pattern in (("first", _BEGINS), ("last", _ENDS)):
            if pattern.search(label):
                told.setdefault(name, row)
    if len(told) < 2 or not _LEASE.search(case.folded.text):
        return
    dates = {
        name: next((value for value in case.understanding.values_in(row.start, row.end) if value.kind == "date"), None)
        for name, row in told.items()
    }
    first, last = dates["first"], dates["last"]
    if first is None or last is None or first.since is None or last.until is None:
        return
    years = (last.until - first.since).days / 365.25
    if years > _MOST / 12 + 0.01:
        row = told["last"]
        yield _outcome(row.start, row.end, f"{first.since}至{last.until}，约{years:.1f}年")


def _ends(case: Case) -> Iterator[Outcome]:
    """A lease that tells its last day and for the first one an event: measured from the handing over, else from the signing."""
    text, values = case.document.text, case.understanding.values
    handed = [
        day
        for value in values
        if value.kind == "date" and (day := value.until or value.since) and _HANDED.search(_around(text, value))
    ]
    for value in values:
        if value.kind != "date" or value.until is None or value.since is not None:
            continue
        before = text[max(0, value.start - _NAMED) : value.start].rpartition("。")[2].rpartition("\n")[2]
        if not _TERM_UNTIL.search(before) or _OTHER_RIGHT.search(before):
            continue
        earlier = [day for day in handed if day < value.until]
        first = max(earlier, default=case.signed_on or case.law_day)
        years = (value.until - first).days / 365.25
        if years > _MOST / 12 + (_CLOSE if earlier else _LATE_START):
            yield _outcome(value.start, value.end, f"{first}至{value.until}，约{years:.1f}年")


def _around(text: str, value: Value) -> str:
    return re.split(r"[。；;\n]", text[value.end : value.end + _NAMED])[0]


def _outcome(start: int, end: int, arithmetic: str) -> Outcome:
    return Outcome(start=start, end=end, values={"arithmetic": arithmetic}, conditions=(arithmetic,))
