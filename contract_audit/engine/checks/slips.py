"""Figures that do not go together by powers of ten: an agreed sum of parts a hundred times too small, 32万亩 for two workshops."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from contract_audit.engine.case import Case
from contract_audit.engine.checks.dimensions import MU
from contract_audit.engine.checks.listed import size
from contract_audit.engine.checks.sentences import said_before
from contract_audit.model import Fact, Value

_POWERS = tuple(Decimal(10) ** power for power in (1, 2, 3, 4, 5, 8))
_LEAST_PER_MU = Decimal(5000)  # yuan of investment on a mu of land for plants
_LEAST_BUILT = Decimal("0.002")  # of the land for plants that is built on
_BUILT_LAND = re.compile("工业用地|仓储用地|物流用地|标准地|工业项目")
_GROWN_LAND = re.compile("流转|种植|养殖|林地|草[地原场]|水面|水域|荒山|光伏|风电|矿区|农田")
_LEAST_PER_TON = Decimal(2)  # yuan that a ton of anything brings
_MADE_A_YEAR = re.compile(r"年(?:总)?(?:产|产量|产能|加工|生产|处理|屠宰|采收|出栏)[^，。；、0-9]{0,10}$")
_PER_KILOWATT = (Decimal(500), Decimal(100_000))  # yuan of investment for a kilowatt of sun or wind
_POWER_PLANT = re.compile("光伏|风电|风力发电")
_INSTALLED = re.compile(r"(?:装机|建设规模|总容量)[^，。；、0-9]{0,8}$")
_KILOWATTS = {"千瓦": Decimal(1), "兆瓦": Decimal(1000), "吉瓦": Decimal(10) ** 6}
_SAME = re.compile(r"[（(](?:即|合|约|约合|折合|折算为)?")
_YEARS = re.compile(r"P(?P<n>[0-9]{1,3})Y")
_MOST_YEARS = 10  # that one project is under construction
_BUILDING_TIME = re.compile(r"(?:工期|建设周期|施工周期|施工期|建设期)(?:总?(?:约|为|计|共))?[：:]?$")
_NUMERALS = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟一二三四五六七八九十]")
_MEASURES = (
    {"米": Decimal(1), "公里": Decimal(1000), "千米": Decimal(1000)},
    {"千瓦": Decimal(1), "兆瓦": Decimal(1000), "吉瓦": Decimal(10) ** 6},
    {"公斤": Decimal(1), "千克": Decimal(1), "吨": Decimal(1000)},
)


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two figures that should be equal are exactly a power of ten apart: a unit or a 万 is wrong, not the sum."""
    return bool(one and other) and max(one, other) / min(one, other) in _POWERS


def wrong(case: Case) -> Iterator[tuple[int, int]]:
    """Spans of figures that others in the paper show to be of a wrong unit."""
    yield from _land_for_nothing(case)
    yield from _worth_nothing(case)
    yield from _power_at_no_price(case)
    yield from _told_again(case)
    yield from _built_for_ever(case)


def _fact(case: Case, name: str) -> tuple[Fact, Decimal] | None:
    fact = case.understanding.fact(name)
    if fact is None or fact.end <= fact.start or not isinstance(fact.value, Decimal) or not fact.value:
        return None
    return fact, fact.value


def _land_for_nothing(case: Case) -> Iterator[tuple[int, int]]:
    """Industrial land of 32万亩 for an investment of 0.85亿元 and two workshops."""
    land, total, plant = (_fact(case, name) for name in ("land_mu", "total_investment_yuan", "plant_sqm"))
    text = case.document.text
    if land is None or total is None or not _BUILT_LAND.search(text) or _GROWN_LAND.search(text):
        return
    built = plant is None or plant[1] < land[1] * MU * _LEAST_BUILT
    if total[1] < land[1] * _LEAST_PER_MU and built:
        yield land[0].start, land[0].end


def _worth_nothing(case: Case) -> Iterator[tuple[int, int]]:
    """年产鲜菇80亿吨 for a turnover of 5,200万元: less than anything brings a ton."""
    turnover = _fact(case, "output_yuan")
    if turnover is None:
        return
    for value in case.understanding.values:
        made = size(value) if value.kind == "number" and value.unit == "吨" and value.sure else None
        if made and turnover[1] < made * _LEAST_PER_TON and _MADE_A_YEAR.search(_before(case, value)):
            yield value.start, value.end


def _power_at_no_price(case: Case) -> Iterator[tuple[int, int]]:
    """总投资4亿元 for 100千瓦 of solar cells: a kilowatt at 4 million, or at forty yuan."""
    total = _fact(case, "total_investment_yuan")
    names = [fact for name in ("title", "project") if (fact := case.understanding.fact(name)) is not None]
    if total is None or not any(_POWER_PLANT.search(str(name.value)) for name in names):
        return
    for value in case.understanding.values:
        unit = _KILOWATTS.get(value.unit or "")
        known = size(value) if value.kind == "number" and value.sure and unit else None
        if known and unit and _INSTALLED.search(_before(case, value)):
            price = total[1] / (known * unit)
            if not _PER_KILOWATT[0] <= price <= _PER_KILOWATT[1]:
                yield value.start, value.end


def _told_again(case: Case) -> Iterator[tuple[int, int]]:
    """2,300米（23公里）, 50兆瓦（500万千瓦）, 2.3亿元（2,300万元）: the same told again in brackets, powers of ten apart."""
    values = [value for value in case.understanding.values if value.sure and not value.per and size(value)]
    for one, two in pairwise(values):
        if one.kind != two.kind or case.document.text[two.end : two.end + 1] not in ("）", ")"):
            continue
        in_words = _NUMERALS.search(case.text(one.start, two.end))  # capitals and figures are another rule's
        if in_words or not _SAME.fullmatch(case.text(one.end, two.start)):
            continue
        first, second = _in_base(one, two)
        if first and second and is_slip(first, second):
            yield one.start, two.end


def _built_for_ever(case: Case) -> Iterator[tuple[int, int]]:
    """建设工期18年: months told as years."""
    for value in case.understanding.values:
        years = _YEARS.fullmatch(value.low_iso or "") if value.kind == "duration" and value.sure else None
        if years and int(years["n"]) > _MOST_YEARS and _BUILDING_TIME.search(_before(case, value)):
            yield value.start, value.end


def _in_base(one: Value, two: Value) -> tuple[Decimal | None, Decimal | None]:
    """Both sizes in one unit; None where they cannot be compared."""
    sizes = size(one), size(two)
    if one.kind == "money":
        return sizes if one.currency == two.currency else (None, None)
    for units in _MEASURES:
        if one.unit in units and two.unit in units and one.unit != two.unit and sizes[0] and sizes[1]:
            return sizes[0] * units[one.unit or ""], sizes[1] * units[two.unit or ""]
    return None, None


def _before(case: Case, value: Value) -> str:
    """The words of the same part of the sentence right before the value."""
    return said_before(case, "，。；;、\n\t|", value.start, 24)
