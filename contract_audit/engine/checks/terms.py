"""Times told twice that do not agree: a term and its ends, steps in the wrong order, days that no calendar has."""

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise, permutations
from typing import NamedTuple

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks.called import called_apart
from contract_audit.model import Value

_ISO = re.compile(r"P(?:(?P<y>[0-9.]+)Y)?(?:(?P<m>[0-9.]+)M)?(?:(?P<d>[0-9.]+)D)?")
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
_OUTLASTS = re.compile(r"保密|质保|保修|存续|期满|届满|续签|续期|顺延|结算|违约|权属|税|出租|归还|清算|移交资料")
_MEANS = re.compile(r"[^，。；\n0-9]{0,14}[，（(]?(?:即|也即|亦即|也就是|即最迟|换算为|截至|至迟)(?:于|在|至|到)?")
_FROM_SIGNING = re.compile(r"签[订约署字]|生效")
_DAY = re.compile(r"(?:(?P<y>(?:19|20)[0-9]{2})年)?(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]")
_SURE_DAYS = 28  # that every month has
_STOPS = "，。；;\n"
_PART = re.compile(f"[{_STOPS}]")
_CONDITION = re.compile(r"[^，。；]{0,24}(?:之日起|以后|之后|后|前提|条件|期间)")
_REACH = 240
_TOGETHER = 60  # characters up to which both times are quoted

# The steps of a project in the order in which they must come.
_STEPS = tuple(
    re.compile(words)
    for words in (
        r"征收[^，。；\t]{0,4}公告|征地[^，。；\t]{0,4}公告|启动征收|(?:土地|宗地|地块)?(?:报批|组卷)",
        r"迁坟|征收(?:拆迁)?(?:完|结束)|拆迁|腾空(?![^，。；\t]?[移交])|清表",
        r"净地|交地|供地|土地移交|移交(?:土地|用地)",
        r"施工许可|规划许可|招标|中标|施工图|初步设计|总平面?图|环评批复",
        r"开工|动工|奠基|破土|基[坑础][^，。；\t]{0,2}(?:开挖|施工)|打桩|桩基|进场施工",
        r"封顶|主体(?:结构)?(?:完工|完成)",
        r"竣工|完工|建成(?!后)",
        r"(?:厂房|车间|楼|房屋|钥匙)[^，。；\t]{0,8}(?:交付|移交|交给|交)|(?:交付|移交|交)[^，。；\t]{0,8}(?:厂房|车间|楼|房屋|钥匙)|交房|交钥匙|完成(?:整体|全部)?移交(?![^，。；]{0,4}(?:资料|档案|手续))",
        r"装修(?!期)",
        r"(?:设备|产线|生产线|机组|主机)[^，。；\t]{0,14}(?:进场|安装|调试|联调|就位)|安装调试",
        r"试生产|试产|试运行|投料",
        r"正式生产|(?<!试)投产|(?<!试)投入运营|(?<!试)开业|开张|开市|开园|正式运营|开门迎客",
        r"达产|满产",
    )
)
# Pairs that may come either way: machines before the building is accepted, trial runs before completion is.
_EITHER = frozenset(
    {(0, 1), (0, 3), (1, 3), (1, 4), (2, 3), (3, 5), (6, 8), (6, 9), (6, 10), (7, 9), (8, 9), (8, 10), (8, 11)}
)
_PHASE = re.compile(
    r"[一二三四五六首两](?:[期阶](?!限|间)|批(?![一二三四五六七八九十0-9]*[家户个名]|产品|成品))|第[一二三四五六0-9]+(?:[期阶条台套座]|批(?!产品|成品))|首[条台套座]|[甲乙丙丁A-H东西南北][区栋座幢块]|[0-9一二三四五六七八九十]+(?:号|#|＃|栋|幢|标段)"
)
_PLOT = re.compile(r"[甲乙丙丁A-H东西南北][区栋座幢块]")
_OTHER_WORK = re.compile(
    r"路|电|[供排用污]水|气|管|站|桥|宿舍|公寓|绿化|围墙|学校|配套|食堂|办公|研发|展厅|仓库|冷库|中心|安置"
)
_LABEL = re.compile(r"^第[一二三四五六七八九十百0-9]+条(?!产线|生产线|线)")  # of a clause, not the third line
_CHANGED = re.compile(r"改为|改至|调整为|变更为|延至|顺延|提前至|原定|曾")


class _Mark(NamedTuple):
    step: int
    since: date
    until: date
    start: int
    end: int
    words: str
    clause: int | None


def check(case: Case) -> Iterator[Outcome]:
    """Outcomes for every two times that cannot both hold, and for days that do not exist."""
    yield from _ends(case)
    yield from _from_a_start(case)
    yield from _said_again(case)
    yield from _backwards(case)
    yield from _after_the_end(case)
    yield from _no_such_day(case)
    marks = list(_marks(case))
    yield from _steps(case, marks)
    yield from _offsets(case)
    yield from _work_time(case, marks)
    yield from _two_places(case)


def _ends(case: Case) -> Iterator[Outcome]:
    """A term and the days from which to which it runs: 租期四年，自2025年8月1日至2030年7月31日止."""
    for one, two in pairwise(case.understanding.values):
        if not JOINS.fullmatch(case.text(one.end, two.start)):
            continue
        for term, span in ((one, two), (two, one)):
            days = _days(term)
            lasting = _lasting(case, span) if days is not None else None
            if (
                days is not None
                and lasting is not None
                and _RUNS.search(case.text(span.start, span.end))
                and abs(days - lasting) > TERM_SLACK
            ):
                yield outcome_of(case, one, two)


def _from_a_start(case: Case) -> Iterator[Outcome]:
    """A first day, a term and a last day that stand apart: 自2024年4月1日起生效，有效期三年，至2026年12月31日终止."""
    values = case.understanding.values
    for begun, term, ended in zip(values, values[1:], values[2:], strict=False):
        days, first, last = _days(term), begun.since, ended.until or ended.since
        if days is None or begun.kind != "date" or ended.kind != "date" or first is None or last is None:
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


def iso_days(iso: str) -> float | None:
    """An ISO duration of years, months and days as days."""
    match = _ISO.fullmatch(iso)
    if match is None or not (match["y"] or match["m"] or match["d"]):
        return None
    return float(match["y"] or 0) * 365.25 + float(match["m"] or 0) * 30.44 + float(match["d"] or 0)


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
        if one.kind != "date" or two.kind != "date" or one.since is None:
            continue
        between = case.text(one.end, two.start)
        begins = "起" in case.text(one.start, one.end) or re.search(
            r"[自从由]$", case.text(max(0, one.start - 1), one.start)
        )
        last = two.until or two.since
        if (
            begins
            and re.fullmatch(r"[起，]*[至到]?", between)
            and last is not None
            and last < one.since
            and ("至" in between or "到" in between or case.text(two.start, two.end)[:1] in "至到")
        ):
            yield outcome_of(case, one, two)


def _after_the_end(case: Case) -> Iterator[Outcome]:
    """A duty that falls due after the agreement has run out."""
    ends = [
        value
        for value in case.understanding.values
        if value.kind == "date"
        and value.until is not None
        and "期" in (before := case.text(max(0, value.start - 24), value.start))
        and (_VALID_TO.search(before) or (value.since is not None and _VALID_FOR.search(before)))
    ]
    for value in ends[:1]:
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
                end=max(duty.due_end, _part_end(case, duty.due_end)),
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


def _steps(case: Case, marks: list[_Mark]) -> Iterator[Outcome]:
    """A later step by a day that is before the day of an earlier one: 达产 before 投产, 设备安装 before 封顶."""
    seen: set[int] = set()
    for one, two in permutations(marks, 2):
        if one.clause != two.clause or one.step >= two.step or (one.step, two.step) in _EITHER:
            continue
        if two.until >= one.since or abs(one.start - two.start) > _REACH or two.start in seen:
            continue
        if _are_two(case, one, two) or _CHANGED.search(one.words + two.words):
            continue
        seen.add(two.start)
        start, end = min(one.start, two.start), max(one.end, two.end)
        if end - start > _TOGETHER:
            start, end = two.start, two.end
        yield Outcome(
            start=start,
            end=end,
            values={"value": case.text(two.start, two.end), "other": case.text(one.start, one.end)},
            related=(case.related("对照期限", one.start, one.end),),
        )


def _offsets(case: Case) -> Iterator[Outcome]:
    """Counted from one event, a later step sooner than an earlier one: 自交地之日起九个月内开工，六个月内竣工."""
    spans = [value for value in case.understanding.values if value.kind in ("deadline", "duration")]
    for one, two in pairwise(spans):
        between = case.text(one.end, two.start)
        if len(between) > 20 or re.search(r"[。；;\n]|后|之日|起|再", between + case.text(two.start, two.end)):
            continue
        steps = [_step(fold_text(case.text(value.end, _part_end(case, value.end)))) for value in (one, two)]
        days = [_offset_days(value) for value in (one, two)]
        if steps[0] is None or steps[1] is None or days[0] is None or days[1] is None or _told_apart(case, one, two):
            continue
        if (steps[0] - steps[1]) * (days[0] - days[1]) < 0 and tuple(sorted((steps[0], steps[1]))) not in _EITHER:
            end = _part_end(case, two.end)
            yield Outcome(
                start=_part_start(case, one.start),
                end=end,
                values={"value": case.text(one.start, one.end), "other": case.text(two.start, end)},
            )


def _told_apart(case: Case, one: Value, two: Value) -> bool:
    words = case.text(_part_start(case, one.start), _part_end(case, two.end))
    return bool(_CHANGED.search(words) or len(_PHASE.findall(words)) > 1 or _OTHER_WORK.search(words))


def _offset_days(value: Value) -> float | None:
    return iso_days(value.offset or value.low_iso or value.high_iso or "")


def _work_time(case: Case, marks: list[_Mark]) -> Iterator[Outcome]:
    """The time of works and its first and last day: 工期一百二十天，10月1日开工，后年10月1日竣工."""
    for value in case.understanding.values:
        days = _offset_days(value) if value.kind in ("duration", "deadline") else None
        if days is None or not re.search(
            r"(?:总?工期|建设期|建设周期|施工期)[^，。；\n]{0,6}$", case.text(max(0, value.start - 12), value.start)
        ):
            continue
        near = [
            mark
            for mark in marks
            if mark.clause == case.understanding.clause_at(value.start) and abs(mark.start - value.start) < 60
        ]
        begun = [mark for mark in near if mark.step == _BEGUN]
        done = [mark for mark in near if mark.step == _DONE] or [mark for mark in near if mark.step > _DONE]
        if len(begun) != 1 or len(done) != 1 or _are_two(case, begun[0], done[0]):
            continue
        longest = (done[0].until - begun[0].since).days + 1
        shortest = (done[0].since - begun[0].until).days + 1 if done[0].step == _DONE else 0
        if days > longest + max(31, days / 10) or days < shortest - max(31, days / 5):
            yield Outcome(
                start=min(value.start, begun[0].start),
                end=max(value.end, done[0].end),
                values={"value": case.text(value.start, value.end), "other": case.text(done[0].start, done[0].end)},
            )


_BEGUN, _DONE = 4, 6
_HERE = re.compile(r"正文|主文|首部|封面|第[一二三四五六七八九十0-9]+[条款]|前款|本表|协议中")
_THERE = re.compile(
    r"^[^。；\n]{0,14}[，；]?[^。；\n]{0,8}(?:附件|附表|计划表|节点表|第[一二三四五六七八九十0-9]+[条款]|备注|落款|尾部|另处|补充)[^。；\n]{0,20}(?:写|载|列|为|注|标|记|是)[^。；\n]{0,6}$"
)


_BOTH = 90  # characters that tell of both


def _two_places(case: Case) -> Iterator[Outcome]:
    """One thing by two days in two places: 正文载明交付日为…，附件三同一厂房写为…."""
    dates = [value for value in case.understanding.values if value.kind == "date"]
    for one, two in pairwise(dates):
        days = [value.until or value.since for value in (one, two)]
        if days[0] == days[1] or two.start - one.end > _BOTH or not _THERE.match(case.text(one.end, two.start)):
            continue
        start, end = _part_start(case, one.start), _part_end(case, two.end)
        whole = case.text(start, end)
        if len(whole) > _BOTH or re.search(r"以[^，。；]{1,14}为准|更正|改为|变更|调整|原", whole):
            continue
        if _HERE.search(case.text(start, one.start)):
            yield Outcome(
                start=start,
                end=end,
                values={"value": case.text(one.start, one.end), "other": case.text(two.start, two.end)},
            )


def _are_two(case: Case, one: _Mark, two: _Mark) -> bool:
    """Whether two steps are those of different phases or works; what follows in a sentence goes on of the phase named before."""
    works, works_too = (set(_OTHER_WORK.findall(mark.words)) for mark in (one, two))
    phases, phases_too = (set(_PHASE.findall(mark.words)) for mark in (one, two))
    first, then = (phases, phases_too) if one.start < two.start else (phases_too, phases)
    said = case.text(min(one.start, two.start), max(one.end, two.end))
    goes_on = not then and all(map(_PLOT.fullmatch, first)) and not re.search(r"[。\n已（(]", said)
    return works != works_too or (phases != phases_too and not goes_on) or called_apart(one.words, two.words)


def _marks(case: Case) -> Iterator[_Mark]:
    dates = [value for value in case.understanding.values if value.kind == "date"]
    starts = sorted(value.start for value in dates)
    for value in dates:
        since, until = value.since or value.until, value.until or value.since
        if since is None or until is None or (until - since).days > 370:
            continue
        if value.since is None and value.until is not None:
            since = value.until - timedelta(days=31)  # by a day: what is owed may be done somewhat before it
        start = _part_start(case, value.start)
        end = _part_end(case, value.end)
        if bisect_left(starts, end) - bisect_left(starts, start) > 1:
            continue  # a row of old and new days
        after = fold_text(case.text(value.end, end))
        before = _CONDITION.sub("", _LABEL.sub("", fold_text(case.text(start, value.start))))
        told = _step(after) if len(after) > 1 else None
        step = told if told is not None else _step(before)
        if step is not None:
            yield _Mark(step, since, until, start, end, before + after, case.understanding.clause_at(value.start))


@lru_cache(maxsize=1024)
def _step(words: str) -> int | None:
    return max((index for index, step in enumerate(_STEPS) if step.search(words)), default=None)


def _part_start(case: Case, position: int) -> int:
    low = max(0, position - 60)
    return low + max(map(case.text(low, position).rfind, _STOPS)) + 1


def _part_end(case: Case, position: int) -> int:
    match = _PART.search(case.text(position, position + 60))
    return position + (match.start() if match else min(60, len(case.document.text) - position))


def outcome_of(case: Case, one: Value, two: Value) -> Outcome:
    """An outcome on the words of the two values and what leads in to the first."""
    start = one.start
    return Outcome(
        start=max(_part_start(case, start), start - 8),
        end=two.end,
        values={"value": case.text(one.start, one.end), "other": case.text(two.start, two.end)},
    )
