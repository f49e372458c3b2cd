"""Times told twice that do not agree: a term and its ends, steps in the wrong order, days that no calendar has."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, pairwise

from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import work_days
from contract_audit.engine.checks.time_words import iso_days, outcome_of, part_end, part_start
from contract_audit.engine.checks.told_alike import Kinds
from contract_audit.model import Value

# 租期四年，由…起至…止; 自…至…止，共四年: nothing else between the two.
JOINS = re.compile(
    r"[止时)）]?[，、,\s|（(：:]*(?:即|也即|从|由|自|为|计|共计?|合计|总计|(?:租赁|合作|经营|服务|承租)?期限|租期|租赁期|为期|历时|工期|于|时间|是|起|分[年期]|逐年|每年|按年|兑现|拨付|发放|支付|缴纳|执行|享受|给予|计算|[，,])*[：:\s]*"
)
_RUNS = re.compile(r"[至到~～—–-]")
TERM_SLACK = 40  # days by which a term of so many years or months may differ from its ends
_VALID_TO = re.compile(
    r"本?(?:协议|合同)?的?(?:有效期|履行期|合作期|协议期|合同期)限?[^，。；\n]{0,10}$|(?:协议|合同)[^，。；\n]{0,6}期限[^，。；\n]{0,6}$"
)
_VALID_FOR = re.compile(r"(?:协议|合同|本)[^，。；\n]{0,4}有效期限?[^。；\n]{0,12}$")  # 有效期三年，自…至…
_OF_VALIDITY = re.compile("(?:有效|履行|合作)期|协议|合同")  # one of them stands in each match of the two above
_OUTLASTS = re.compile(r"保密|质保|保修|存续|期满|届满|续签|续期|顺延|结算|违约|权属|税|出租|归还|清算|移交资料")
_MEANS = re.compile(r"[^，。；\n0-9]{0,14}[，（(]?(?:即|也即|亦即|也就是|即最迟|换算为|截至|至迟)(?:于|在|至|到)?")
_FROM_SIGNING = re.compile(r"签[订约署字]|生效")
_DAY = re.compile(r"(?:(?P<y>(?:19|20)[0-9]{2})年)?(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]")
_SURE_DAYS = 28  # that every month has


def check(case: Case, kinds: Kinds) -> Iterator[Outcome]:
    """Outcomes for every two times that cannot both hold, and for days that do not exist."""
    yield from _ends(case)
    yield from _from_a_start(case)
    yield from _said_again(case)
    yield from _backwards(case)
    yield from _after_the_end(case)
    yield from _no_such_day(case)
    yield from work_days.check(case, kinds)
    yield from _two_places(case)


def _ends(case: Case) -> Iterator[Outcome]:
    """A term and the days from which to which it runs: 租期四年，自2025年8月1日至2030年7月31日止."""
    for one, two in pairwise(case.understanding.values):
        if (one.kind, two.kind) not in _TERM_AND_ENDS:
            continue
        term, span = (one, two) if one.kind == "duration" else (two, one)
        days = _days(term)
        lasting = _lasting(case, span) if days is not None else None
        if days is None or lasting is None or abs(days - lasting) <= TERM_SLACK:
            continue
        if _RUNS.search(case.text(span.start, span.end)) and JOINS.fullmatch(case.text(one.end, two.start)):
            yield outcome_of(case, one, two)


_TERM_AND_ENDS = (("duration", "date"), ("date", "duration"))


def _from_a_start(case: Case) -> Iterator[Outcome]:
    """A first day, a term and a last day that stand apart: 自2024年4月1日起生效，有效期三年，至2026年12月31日终止."""
    values = case.understanding.values
    for begun, term, ended in zip(values, values[1:], values[2:], strict=False):
        if (begun.kind, term.kind, ended.kind) != ("date", "duration", "date"):
            continue
        days, first, last = _days(term), begun.since, ended.until or ended.since
        if days is None or first is None or last is None:
            continue
        lead, tail = case.text(begun.end, term.start), case.text(term.end, ended.start)
        starts = case.text(begun.start, begun.end) + lead
        if not _STARTS.search(starts) or not _ENDS.fullmatch(tail) or _PART_STOP.search(lead):
            continue
        if abs((last - first).days + 1 - days) > TERM_SLACK:
            yield outcome_of(case, begun, ended)


_STARTS = re.compile(r"起(?:算|计|生效|施行|履行|开始)?|生效|开始")
_ENDS = re.compile(r"[，,、]?(?:届满)?(?:直?至|到|截至|截止到?)?")
_PART_STOP = re.compile(r"[。；;\n]")


def _days(value: Value) -> int | None:
    iso = value.low_iso or ""
    if value.kind != "duration" or not value.sure or not ("Y" in iso or "M" in iso):
        return None
    days = iso_days(iso)
    return None if days is None else round(days)


def _lasting(case: Case, value: Value) -> int | None:
    """Days of a span of dates; 2024年起至2027年止 are four years, both ends included."""
    if value.kind != "date" or value.until is None:
        return None
    years = _YEARS.fullmatch(case.text(value.start, value.end)) if value.since is None else None
    since = date(int(years["first"]), 1, 1) if years is not None else value.since
    days = (value.until - since).days + 1 if since is not None else 0
    return days if days > TERM_SLACK else None


_YEARS = re.compile(r"[自从由]?(?P<first>20[0-9]{2})年?度?起?[,，]?[至到~～—–-]+20[0-9]{2}年度?(?:止|底|末)?")


def _said_again(case: Case) -> Iterator[Outcome]:
    """So long from the signing, that is by a day: 自签订之日起六个月内，即2025年9月1日前."""
    signed = case.signed_on
    for one, two in pairwise(case.understanding.values):
        match = re.fullmatch(r"P([0-9]+)([DMY])", one.offset or "") if one.kind == "deadline" else None
        due = two.until or two.since
        if match is None or signed is None or due is None or not _MEANS.fullmatch(case.text(one.end, two.start)):
            continue
        if not _FROM_SIGNING.search(case.text(max(0, one.start - 12), one.end)):
            continue
        days = int(match[1]) * {"D": 1, "M": 30.44, "Y": 365.25}[match[2]]
        if abs((due - signed).days - days) > max(10, days / 10):
            yield outcome_of(case, one, two)


def _backwards(case: Case) -> Iterator[Outcome]:
    """From a day to an earlier one."""
    for one, two in pairwise(case.understanding.values):
        if one.kind != "date" or two.kind != "date":
            continue
        last = two.until or two.since
        if one.since is None or last is None or last >= one.since:
            continue
        between = case.text(one.end, two.start)
        begins = "起" in case.text(one.start, one.end) or case.text(max(0, one.start - 1), one.start) in _FROM
        if (
            begins
            and re.fullmatch(r"[起，]*[至到]?", between)
            and ("至" in between or "到" in between or case.text(two.start, two.end)[:1] in "至到")
        ):
            yield outcome_of(case, one, two)


_FROM = ("自", "从", "由")


def _after_the_end(case: Case) -> Iterator[Outcome]:
    """A duty that falls due after the agreement has run out."""
    ends = (
        value
        for value in case.understanding.values
        if value.kind == "date"
        and value.until is not None
        and _OF_VALIDITY.search(before := case.text(max(0, value.start - 24), value.start))
        and (_VALID_TO.search(before) or (value.since is not None and _VALID_FOR.search(before)))
    )
    for value in islice(ends, 1):
        assert value.until is not None
        last = value.until + timedelta(days=3)
        for duty in case.understanding.obligations:
            words = case.text(duty.start, duty.end)
            if (
                duty.due is None
                or duty.anchor
                or duty.due <= last
                or duty.due_start < value.end
                or _OUTLASTS.search(words)
            ):
                continue
            yield Outcome(
                start=duty.due_start,
                end=max(duty.due_end, part_end(case, duty.due_end)),
                values={"value": duty.due.isoformat(), "other": case.text(value.start, value.end)},
                related=(case.related("有效期", value.start, value.end),),
            )


def _no_such_day(case: Case) -> Iterator[Outcome]:
    """2026年2月30日, 6月31日."""
    for match in _DAY.finditer(case.folded.text):
        year, month, day = int(match["y"] or 2024), int(match["m"]), int(match["d"])
        if month > 12 or month == 0 or day == 0 or (day > _SURE_DAYS and day > monthrange(year, month)[1]):
            start, end = case.folded.original(*match.span())
            yield Outcome(start=start, end=end, values={"value": case.text(start, end), "other": "日历"})


_HERE = re.compile(r"正文|主文|首部|封面|第[一二三四五六七八九十0-9]+[条款]|前款|本表|协议中")
_THERE = re.compile(
    r"^[^。；\n]{0,14}[，；]?[^。；\n]{0,8}(?:附件|附表|计划表|节点表|第[一二三四五六七八九十0-9]+[条款]|备注|落款|尾部|另处|补充)[^。；\n]{0,20}(?:写|载|列|为|注|标|记|是)[^。；\n]{0,6}$"
)


_WRITES = re.compile("[写载列为注标记是]")  # one of them stands in each match of the above
_BOTH = 90  # characters that tell of both


def _two_places(case: Case) -> Iterator[Outcome]:
    """One thing by two days in two places: 正文载明交付日为…，附件三同一厂房写为…."""
    dates = [value for value in case.understanding.values if value.kind == "date"]
    text = case.document.text
    for one, two in pairwise(dates):
        if two.start - one.end > _BOTH or not _WRITES.search(text, one.end, two.start):
            continue
        if (one.until or one.since) == (two.until or two.since):
            continue
        if not _THERE.match(case.text(one.end, two.start)):
            continue
        start, end = part_start(case, one.start), part_end(case, two.end)
        whole = case.text(start, end)
        if len(whole) > _BOTH or re.search(r"以[^，。；]{1,14}为准|更正|改为|变更|调整|原", whole):
            continue
        if _HERE.search(case.text(start, one.start)):
            yield Outcome(
                start=start,
                end=end,
                values={"value": case.text(one.start, one.end), "other": case.text(two.start, two.end)},
            )
