"""Days of the steps of works that cannot all hold: a later step before an earlier one, a time of works unlike its two ends."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks.called import built_apart, called_apart, names_a_place
from contract_audit.engine.checks.time_words import iso_days, part_end, part_start
from contract_audit.engine.checks.told_alike import Kinds
from contract_audit.model import Value

_CONDITION = re.compile(r"[^，。；]{0,24}(?:之日起|以后|之后|后|前提|条件|期间)")
_OF_CONDITION = re.compile("之日起|后|前提|条件|期间")  # one of them stands in each match of the above
_REACH = 240
_TOGETHER = 60  # characters up to which both times are quoted
_NEAR = 59  # characters from the time of works to where their first and last day are told
_BEGUN, _DONE = 4, 6
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
    r"路|电|[供排用污]水|气|管|站|桥|宿舍|公寓|绿化|围墙|学校|配套|食堂|办公|研发|展厅|仓库|冷库|中心|安置|酒店|宾馆|民宿|码头|泊位|索道|广场"
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


def check(case: Case, kinds: Kinds) -> Iterator[Outcome]:
    """Outcomes for steps by days, for steps counted from one event, then for the time of works."""
    marks = list(_marks(case))
    yield from _steps(case, marks, kinds)
    yield from _offsets(case)
    yield from _work_time(case, marks)


def _steps(case: Case, marks: list[_Mark], kinds: Kinds) -> Iterator[Outcome]:
    """A later step by a day that is before the day of an earlier one: 达产 before 投产, 设备安装 before 封顶."""
    seen: set[int] = set()
    for one, two in _turned_round(marks, seen):
        said = one.words, two.words
        if kinds.is_full(said):
            seen.add(two.start)
            continue
        if _are_two(case, one, two) or _CHANGED.search(one.words + two.words):
            continue
        seen.add(two.start)
        kinds.add(said)
        start, end = min(one.start, two.start), max(one.end, two.end)
        if end - start > _TOGETHER:
            start, end = two.start, two.end
        yield Outcome(
            start=start,
            end=end,
            values={"value": case.text(two.start, two.end), "other": case.text(one.start, one.end)},
            related=(case.related("对照期限", one.start, one.end),),
        )


def _turned_round(marks: Sequence[_Mark], seen: Set[int]) -> Iterator[tuple[_Mark, _Mark]]:
    """Each mark with those near it in its clause that tell of a later step by an earlier day and are not yet seen."""
    first = last = 0
    latest = max((mark.step for mark in marks), default=0)
    held = [(mark.step, mark.until, mark.clause, mark) for mark in marks]
    for one in marks:
        if one.step == latest:
            continue
        while marks[first].start < one.start - _REACH:
            first += 1
        while last < len(marks) and marks[last].start <= one.start + _REACH:
            last += 1
        day, step, clause = one.since, one.step, one.clause
        for later, until, beside, two in held[first:last]:
            if later <= step or until >= day or beside != clause or two.start in seen:
                continue
            if (step, later) not in _EITHER:
                yield one, two


def _offsets(case: Case) -> Iterator[Outcome]:
    """Counted from one event, a later step sooner than an earlier one: 自交地之日起九个月内开工，六个月内竣工."""
    spans = [value for value in case.understanding.values if value.kind in ("deadline", "duration")]
    for one, two in pairwise(spans):
        between = case.text(one.end, two.start)
        if len(between) > 20 or re.search(r"[。；;\n]|后|之日|起|再", between + case.text(two.start, two.end)):
            continue
        steps = [_step(fold_text(case.text(value.end, part_end(case, value.end)))) for value in (one, two)]
        days = [_offset_days(value) for value in (one, two)]
        if steps[0] is None or steps[1] is None or days[0] is None or days[1] is None or _told_apart(case, one, two):
            continue
        if (steps[0] - steps[1]) * (days[0] - days[1]) < 0 and tuple(sorted((steps[0], steps[1]))) not in _EITHER:
            end = part_end(case, two.end)
            yield Outcome(
                start=part_start(case, one.start),
                end=end,
                values={"value": case.text(one.start, one.end), "other": case.text(two.start, end)},
            )


def _told_apart(case: Case, one: Value, two: Value) -> bool:
    words = case.text(part_start(case, one.start), part_end(case, two.end))
    return bool(_CHANGED.search(words) or len(_PHASE.findall(words)) > 1 or _OTHER_WORK.search(words))


def _offset_days(value: Value) -> float | None:
    return iso_days(value.offset or value.low_iso or value.high_iso or "")


_OF_WORKS = re.compile(r"(?:总?工期|建设期|建设周期|施工期)[^，。；\n]{0,6}$")


def _work_time(case: Case, marks: list[_Mark]) -> Iterator[Outcome]:
    """The time of works and its first and last day: 工期一百二十天，10月1日开工，后年10月1日竣工."""
    starts = [mark.start for mark in marks]
    for value in case.understanding.values:
        if value.kind not in ("duration", "deadline"):
            continue
        days = _offset_days(value)
        if days is None or not _OF_WORKS.search(case.text(max(0, value.start - 12), value.start)):
            continue
        clause = case.understanding.clause_at(value.start)
        around = slice(bisect_left(starts, value.start - _NEAR), bisect_right(starts, value.start + _NEAR))
        near = [mark for mark in marks[around] if mark.clause == clause]
        begun = [mark for mark in near if mark.step == _BEGUN]
        if len(begun) != 1:
            continue
        done = [mark for mark in near if mark.step == _DONE] or [mark for mark in near if mark.step > _DONE]
        if len(done) != 1 or _are_two(case, begun[0], done[0]):
            continue
        longest = (done[0].until - begun[0].since).days + 1
        shortest = (done[0].since - begun[0].until).days + 1 if done[0].step == _DONE else 0
        if days > longest + max(31, days / 10) or days < shortest - max(31, days / 5):
            yield Outcome(
                start=min(value.start, begun[0].start),
                end=max(value.end, done[0].end),
                values={"value": case.text(value.start, value.end), "other": case.text(done[0].start, done[0].end)},
            )


def _are_two(case: Case, one: _Mark, two: _Mark) -> bool:
    """Whether two steps are those of different phases or works; what follows in a sentence goes on of the phase named before."""
    (works, phases), (works_too, phases_too) = _works_and_phases(one.words), _works_and_phases(two.words)
    if works != works_too:
        return True
    if phases != phases_too:
        first, then = (phases, phases_too) if one.start < two.start else (phases_too, phases)
        said = case.text(min(one.start, two.start), max(one.end, two.end))
        if then or not all(map(_PLOT.fullmatch, first)) or re.search(r"[。\n已（(]", said):
            return True
    if one.start > two.start and names_a_place(one.words) and not names_a_place(two.words):
        return True  # 3月31日前投产；次年9月20日前把蚝壳粉车间建成: one more, later
    return called_apart(one.words, two.words) or built_apart(one.words, two.words)


@lru_cache(maxsize=1024)
def _works_and_phases(words: str) -> tuple[frozenset[str], frozenset[str]]:
    """What the words of a mark name; it is held against several nearby."""
    return frozenset(_OTHER_WORK.findall(words)), frozenset(_PHASE.findall(words))


def _marks(case: Case) -> Iterator[_Mark]:
    dates = [value for value in case.understanding.values if value.kind == "date"]
    starts = sorted(value.start for value in dates)
    for value in dates:
        since, until = value.since or value.until, value.until or value.since
        if since is None or until is None or (until - since).days > 370:
            continue
        if value.since is None and value.until is not None:
            since = value.until - timedelta(days=31)  # by a day: what is owed may be done somewhat before it
        start = part_start(case, value.start)
        end = part_end(case, value.end)
        if bisect_left(starts, end) - bisect_left(starts, start) > 1:
            continue  # a row of old and new days
        step, words = _step_told(case.text(start, value.start), case.text(value.end, end))
        if step is not None:
            yield _Mark(step, since, until, start, end, words, case.understanding.clause_at(value.start))


@lru_cache(maxsize=1024)
def _step_told(before: str, after: str) -> tuple[int | None, str]:
    """The step that is told before and after a day, first of all after it, and the words of both, folded."""
    after = fold_text(after)
    before = _LABEL.sub("", fold_text(before))
    before = _CONDITION.sub("", before) if _OF_CONDITION.search(before) else before
    told = _step(after) if len(after) > 1 else None
    return told if told is not None else _step(before), before + after


@lru_cache(maxsize=1024)
def _step(words: str) -> int | None:
    return max((index for index, step in enumerate(_STEPS) if step.search(words)), default=None)
