"""A deed due by a day that rests on what comes only later: on a permit, on papers handed over, on water that is not yet laid on."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from contract_audit.chinese.text import behind_last
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.overlaps import overlapping
from contract_audit.model import Value

# 2019年2月20日（须在核准批复取得之后）: the paper itself says what must come first.
_AFTER = re.compile(
    r"(?:之?前|以前)?[，（(]\s*(?:须|应当?|必须)?(?:在|于|待)?(?P<first>[^，。；（）()\t\n]{3,20}?)"
    r"(?:取得|完成|通过|到位|办结|验收合格|下达|批准)?(?:之后|以后|后)(?:进行|实施|方可|为之)?[）)，。；]"
)
# 登记以甲方8月31日移交的资料为依据
_RESTS_BEFORE = re.compile(r"(?:以|依据|根据|凭|按照?)[^，。；\n]{0,10}$")
_RESTS_AFTER = re.compile(
    r"(?:之?前|以前)?[^，。；\n]{0,6}(?:移交|提供|交付|出具|提交|报送|作出|下达|核发)的[^，。；\n]{1,12}(?:为(?:依据|准|前提|基础|条件)|办理|进行|完成)"
)
# What must be laid on before it is used, by the word for it.
_SUPPLIED = {
    thing: (re.compile(rf"{thing}[^，。；\n]{{0,6}}(?:管|线路|站|网|工程|改造|接入|增容)"), re.compile(used))
    for thing, used in (
        ("水", r"用水(?!量|计划|指标|协议|合同)"),
        ("电", r"用电(?!量|计划|指标|协议|合同)|通电投产"),
        ("气", r"用气(?!量|计划|指标|协议|合同)|点火"),
        ("汽", r"用汽(?!量|计划|指标|协议|合同)"),
    )
}
_OF_SUPPLY = re.compile(r"水|电|气|汽|点火")  # without any of them nothing is supplied or used
_MADE_DO = re.compile(r"临时|过渡|自备|自行解决|自打井|水车|发电机|二期|扩容")
_REACH = 120


def check(case: Case) -> Iterator[Outcome]:
    """One outcome for every day by which a thing is due whose ground comes later."""
    dates = [value for value in case.understanding.values if value.kind == "date" and _last(value) is not None]
    yield from _told_first(case, dates)
    yield from _on_papers(case, dates)
    yield from _on_supply(case, dates)


def _told_first(case: Case, dates: list[Value]) -> Iterator[Outcome]:
    for value in dates:
        match = _AFTER.match(case.text(value.end, value.end + _REACH))
        if match is None:
            continue
        for other in dates:
            if other is not value and match["first"] in _part(case, other) and _is_before(value, other):
                yield _outcome(case, value.start, value.end + match.end(), value, other)
                break


def _on_papers(case: Case, dates: list[Value]) -> Iterator[Outcome]:
    for one, two in pairwise(dates):
        between = case.text(one.end, two.start)
        rests = _RESTS_BEFORE.search(between) and _RESTS_AFTER.match(case.text(two.end, two.end + _REACH))
        if rests and len(between) < _REACH and not re.search(r"[。；;\n]", between) and _is_before(one, two):
            yield _outcome(case, _start(case, one), _end(case, two), one, two)


def _on_supply(case: Case, dates: list[Value]) -> Iterator[Outcome]:
    if _OF_SUPPLY.search(case.document.text) is None:
        return
    parts = {id(value): _part(case, value) for value in dates}
    told = [value for value in dates if _OF_SUPPLY.search(parts[id(value)])]
    for place, other in overlapping([(value.start, value.start + _REACH) for value in told]):
        one, two = told[place], told[other]
        early, late = parts[id(one)], parts[id(two)]
        supplied = any(laid.search(late) and used.search(early) for laid, used in _SUPPLIED.values())
        if not supplied or not _is_before(one, two) or "\n" in case.text(*sorted((one.start, two.start))):
            continue
        if not _MADE_DO.search(early + late):
            start, end = min(_start(case, one), _start(case, two)), max(_end(case, one), _end(case, two))
            yield _outcome(case, start, end, one, two)


def _is_before(one: Value, other: Value) -> bool:
    """The whole of the one day or month lies before the other begins."""
    last, first = _last(one), other.since or other.until
    return last is not None and first is not None and last < first


def _last(value: Value) -> date | None:
    return value.until or value.since


def _part(case: Case, value: Value) -> str:
    return case.text(_start(case, value), _end(case, value))


def _start(case: Case, value: Value) -> int:
    low = max(0, value.start - _REACH)
    return behind_last(_STOPS, case.document.text, value.start, low)


def _end(case: Case, value: Value) -> int:
    match = _STOP.search(case.text(value.end, value.end + _REACH))
    return value.end + (match.start() if match else 0)


_STOPS = "，。；;\n"
_STOP = re.compile(f"[{_STOPS}]")


def _outcome(case: Case, start: int, end: int, value: Value, other: Value) -> Outcome:
    return Outcome(
        start=start,
        end=end,
        values={"value": case.text(value.start, value.end), "other": case.text(other.start, other.end)},
        related=(case.related("对照期限", other.start, other.end),),
    )
