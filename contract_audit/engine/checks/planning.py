"""Planning indicators that the paper's own areas contradict, or that break the limits of industrial land."""

import re
from collections.abc import Iterator
from decimal import Decimal

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome, reckoned
from contract_audit.engine.checks import indicators, service_land
from contract_audit.engine.checks.dimensions import MU
from contract_audit.rulespec import AgreeCheck

_SERVICE = re.compile(
    r"(?:行政|办公|生活服务|生活配套|宿舍|食堂|厂前区|后勤|非生产)[^，。；\t0-9]{0,24}(?:用地|占地)(?:面积)?(?:约|为|共|合计|不超过|：|\t|[（(][^）)]{0,6}[）)])*$"
)
_BASE = re.compile(r"(?:建筑|建构筑)物?(?:基底总?|占地总|总占地)面积(?:约|为|共|合计|：|\t)*$")
_WORKS = re.compile("车间|厂房|生产(?!性)|仓|研发|住宅|商业")
_GREEN = re.compile(r"(?:绿地|绿化)(?:用地)?(?:总?面积)(?:约|为|共|不少于|不低于|：|\t)*$")
_INDUSTRIAL = re.compile(r"工业用地|用途为工业|一类工业|二类工业|工业项目|生产车间|标准厂房|生产线")
_OTHER_LAND = re.compile(r"(?:商服|商业|居住|住宅|旅游|教育|医疗|文化)用地|光伏电站|养殖|种植|一期用地|二期用地|预留")
_OPEN_AIR = re.compile("堆场")  # what is not under a roof counts for the base area; offices and green are what they are
_SHARES = (
    (re.compile(r"^(?:行政)?办公[^\t]{0,14}(?:占比|比重|比例|用地)"), Decimal("0.07"), "行政办公及生活服务设施用地"),
    (re.compile(r"^绿地率|^绿化率"), Decimal("0.20"), "绿地率"),
)
_SERVICE_MOST, _BASE_LEAST, _GREEN_MOST = Decimal("0.07"), Decimal("0.30"), Decimal("0.20")
_ROUNDED = Decimal("1.03")


def check(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """Outcomes where the land is industrial and one area is told for all of it."""
    text = case.document.text
    industrial = bool(_INDUSTRIAL.search(text)) and not _OTHER_LAND.search(text)
    yield from indicators.check(case, industrial=industrial)
    if not industrial:
        return
    yield from _rows(case)
    land = _land(case)
    found = [*(_parts(case, land) if land is not None else ()), *service_land.check(case, land)]
    yield from {outcome.start: outcome for outcome in reversed(found)}.values()


def _land(case: Case) -> Decimal | None:
    """Square metres of the project's land, where sure."""
    for name, size in (("land_sqm", Decimal(1)), ("land_mu", MU)):
        fact = case.understanding.fact(name)
        if fact is not None and fact.confidence != "low" and isinstance(fact.value, Decimal) and fact.value > 0:
            return fact.value * size
    return None


def _parts(case: Case, land: Decimal) -> Iterator[Outcome]:
    """Land under offices and dormitories, under buildings, under green, against the whole."""
    open_air = bool(_OPEN_AIR.search(case.document.text))
    for value in case.understanding.values:
        if value.kind != "area" or not value.sure or value.amount is None or value.amount >= land:
            continue
        before = fold_text(case.text(max(0, value.start - 44), value.start)).rpartition("。")[2]
        share = value.amount / land
        name = _breach(before, share, open_air=open_air)
        if name:
            arithmetic = f"{case.text(value.start, value.end)}÷用地{land:.0f}平方米＝{share * 100:.1f}%，{name}"
            yield reckoned(value.start, value.end, arithmetic)


def _breach(before: str, share: Decimal, *, open_air: bool) -> str:
    """The limit that the share of a part of the land breaks; empty where it breaks none."""
    service = _SERVICE.search(before)
    if service and not _WORKS.search(service.group()) and share > _SERVICE_MOST * _ROUNDED:
        return "行政办公及生活服务设施用地超过百分之七"
    if not open_air and _BASE.search(before) and share * _ROUNDED < _BASE_LEAST:
        return "建筑系数低于百分之三十"
    if _GREEN.search(before) and share > _GREEN_MOST * _ROUNDED:
        return "绿地率超过百分之二十"
    return ""


def _rows(case: Case) -> Iterator[Outcome]:
    """绿地率 | 30% in a table of indicators."""
    for block in case.document.blocks:
        words = fold_text(case.text(block.start, block.end)) if block.table is not None and block.cells else ""
        limit = next(((most, name) for label, most, name in _SHARES if label.search(words)), None)
        if limit is None:
            continue
        inside = [
            value for value in case.understanding.values_in(block.start, block.end)
            if value.kind == "percent" and value.end <= block.end and value.sure
        ]  # fmt: skip
        stated = (inside[0].low or inside[0].high) if len(inside) == 1 else None
        if stated is not None and stated > limit[0] and "建筑面积" not in words:
            arithmetic = f"{limit[1]}{stated * 100:f}%超过{limit[0] * 100:f}%"
            yield Outcome(
                start=block.start,
                end=block.end,
                values={"arithmetic": arithmetic, "field": limit[1]},
                conditions=(arithmetic,),
            )
