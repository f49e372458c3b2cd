"""Units and magnitudes that cannot be meant: 亿万元, 万元每平方米, a cold store for thirty million tons."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import dimensions, priced, ranges, slips, sums
from contract_audit.engine.checks.sentences import said_before
from contract_audit.engine.checks.tables import tables
from contract_audit.engine.literals import each
from contract_audit.model import Value
from contract_audit.rulespec import AgreeCheck

# Every alternative begins with a character: `each`.
_WRONG_UNIT = re.compile(
    "|".join(
        (
            r"亿万元|万亿元|万万元|亿亿|亩平方米|公顷亩|平方(?:米|公里)亩|千伏安时|亿元(?:/|每)亩",
            each("亿 万", r"元(?:/|每)平方米"),
            r"每平方米(?:[为按的]{0,2}[0-9]{2,}(?:[.][0-9]+)?|每[年月日天][为按的]{0,2}[0-9.,]*)[万亿]元|每亩[为按的]{0,2}[0-9.,]*亿元",
            r"每平方米[^，。；、0-9]{1,6}[0-9]{2,}(?:[.][0-9]+)?[万亿]元",
            r"建筑面积[为约达共]{0,2}[0-9.,]*(?:万亩|公顷|平方公里|平方千米)",
            each("用 耗", r"电量?[^，。；0-9]{0,4}[0-9.,]+万?千瓦(?!时|·时|小时)"),
            r"容量[^，。；0-9]{0,4}[0-9.,]+万?千瓦时",
            each("层高 净高 跨度 柱距", r"[为约达共不低于少]{0,4}[0-9.]+(?:厘米|公分|毫米|公里)"),
            r"荷载[为约达不低于少]{0,4}[0-9.]+(?:万吨|公斤每吨)",
            each("万亿 亿万 万万", r"(?:吨|度|千瓦时|千瓦|平方米|立方米|人|台|套|件|亩|米|斤|公斤)"),
            each("每 /", r"(?:千?瓦时?|度)(?:电|储能|装机)?[为约按计的]{0,2}[0-9][0-9.,]*亿元"),
            r"每瓦时?(?:电|储能|装机)?[为约按计的]{0,2}[0-9][0-9.,]*万元|每度电?[为约按计的]{0,2}[0-9][0-9.,]*万元",
            r"万元(?:/|每)(?:瓦时?(?!·)|度)|亿元(?:/|每)(?:千?瓦时?|度)",
            each("万(?<=[0-9]万) 亿(?<=[0-9]亿)", r"(?:立方米|吨|千瓦时|度|人|台|套)(?:/|每)(?:平方米|亩|人)(?!次)"),
        )
    )
)
_CONVERTED = re.compile(r"[，,]?[（(]?(?:折合|约合|合|即|折算为|相当于|约)+[（(]?|[（(]")
_CONTEXT = 24  # characters before a value that say what it measures
_STOPS = "，。；;、\n\t|"


class _Bound(NamedTuple):
    """The most (or least) of a measure, where the words before it say what is measured."""

    kind: str
    words: re.Pattern[str]
    most: Decimal | None
    unit: str = ""
    per: str = ""
    least: Decimal | None = None


def _bound(kind: str, words: str, most: str = "", unit: str = "", per: str = "", least: str = "") -> _Bound:
    top, low = (Decimal(number) if number else None for number in (most, least))
    return _Bound(kind, re.compile(words), top, unit, per, low)


# Far beyond what any one project has; areas in square metres.
_BOUNDS = (
    _bound("number", r"库容|冷库|仓储|日(?:吞吐|产|处理|供|加工|消耗)", "2000000", "吨"),
    _bound(
        "number", r"日(?:均|最大)?[^，。；]{0,6}(?:用水|新鲜水|取水|耗水|需水|排水|废水|污水|排放)", "2000000", "立方米"
    ),
    _bound("number", r"标准煤|标煤", "10000000", "吨"),
    _bound("number", r"", "300000000", "吨"),
    _bound("number", r"", "100000", "兆瓦"),
    _bound("number", r"负荷|报装|变压器|配电|受电|供电容量", "3000000", "千伏安"),
    _bound("number", r"", "10000000", "千伏安"),
    _bound("number", r"", "300000000", "千瓦"),
    _bound("number", r"(?:用|耗|购)电|电耗|电量消耗", "20000000000", "千瓦时"),
    _bound("number", r"", "200000000000", "千瓦时"),
    _bound("number", r"就业|用工|员工|职工|岗位|从业", "200000", "人"),
    _bound("number", r"", "200", "层"),
    _bound("area", r"(?:项目|工业)?(?:用地|占地|供地|宗地)", "20000000"),
    _bound("area", r"建筑面积|厂房|车间|仓库", "10000000"),
    _bound(
        "money", r"(?:出让|起始|挂牌|评估|土地|成交|竞买)[^，。；]{0,6}(?:价|款)", "50000000", per="亩", least="2000"
    ),
    _bound(
        "money", r"亩均(?:年)?(?:税收|纳税|缴税|入库税)|投资强度|亩均投[资入]", "1000000000", per="亩", least="1000"
    ),
    _bound("money", r"租金|租价|月租", "1000", per="平方米·月"),
    _bound("money", r"电价|电费|每?(?:千瓦时|度)电?", "10", per="千瓦时"),
    _bound("money", r"电价|电费|每度", "10", per="度"),
    _bound("money", r"水价|水费|供水|用水|污水", "100", per="吨"),
    _bound("money", r"蒸汽|供汽|汽价", "5000", per="吨"),
    _bound("money", r"人均(?:年)?(?:产值|工资|收入|薪酬|税收)", "1000000000"),
    _bound("money", r"亩均(?:年)?(?:税收|纳税|产值|投[资入])", "1000000000"),
    _bound("area", r"水库|水面|水域|池塘|鱼塘", "20000000"),
    _bound("money", r"水价|水费|供水|用水|气价|燃气|天然气|污水", "100", per="立方米"),
    _bound("money", r"租金|物业费|租价", "10000", per="平方米"),
    _bound("percent", r"占(?:比|总|项目|全部)|持股|股权比例|出资比例", "1"),
)
_MOST_FACTS = {
    "total_investment_yuan": Decimal(300_000_000_000),
    "fixed_investment_yuan": Decimal(300_000_000_000),
    "output_yuan": Decimal(1_000_000_000_000),
    "tax_yuan": Decimal(100_000_000_000),
    "registered_capital_yuan": Decimal(300_000_000_000),
}
_FLOORS = 20  # no works have so many times the floor space of their land
_LEAST_FACTS = {
    "total_investment_yuan": Decimal(100_000),
    "fixed_investment_yuan": Decimal(100_000),
    "output_yuan": Decimal(100_000),
    "tax_yuan": Decimal(3_000),
    "registered_capital_yuan": Decimal(10_000),
}


def check(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """Wrong units, areas that are not the same in two units, and magnitudes out of all measure."""
    seen: set[int] = set()
    for outcome in (
        *_units(case),
        *_conversions(case),
        *_exchanged(case),
        *_lengths(case),
        *_magnitudes(case),
        *_dropped(case),
        *_told_twice(case),
        *(_outcome(case, _led(case, value), value.end) for value in priced.wrong(case)),
        *_built_on_nothing(case),
        *_a_day_beyond_a_year(case),
        *_in_tables(case),
        *_dimensions(case),
        *(_outcome(case, start, end) for start, end in slips.wrong(case)),
        *(outcome for outcome, slip in sums.in_words(parameters, case) if slip),
    ):
        if outcome.end not in seen and not dimensions.is_mended(case, outcome.start, outcome.end):
            seen.add(outcome.end)
            yield outcome


def _dimensions(case: Case) -> Iterator[Outcome]:
    for start, end in (*dimensions.wrong(case), *ranges.wrong(case)):
        words = _said_before(case, start)
        yield _outcome(case, start - min(len(words), 8), end)


def _units(case: Case) -> Iterator[Outcome]:
    text = case.document.text
    for match in _WRONG_UNIT.finditer(text):
        start = match.start()
        while start > 0 and (text[start - 1].isdigit() or text[start - 1] in ".,，"):
            start -= 1
        yield _outcome(case, start, match.end())


def _conversions(case: Case) -> Iterator[Outcome]:
    """An area given twice in different units that is not the same area: 120亩（约合8000公顷）."""
    areas = [value for value in case.understanding.values if value.kind == "area" and value.sure and not value.per]
    for one, two in pairwise(areas):
        if not one.amount or not two.amount or not _CONVERTED.fullmatch(case.text(one.end, two.start)):
            continue
        if case.text(two.start, two.end).startswith("每"):
            continue  # 22000平方米（每栋11000平方米）: each of its parts, not the whole again
        if not Decimal("0.5") < two.amount / one.amount < Decimal(2):
            yield _outcome(case, one.start, two.end)


# Yuan that one of a foreign currency has been worth, widely taken.
_RATES = {
    currency: (Decimal(least), Decimal(most))
    for currency, least, most in (
        ("USD", "4", "10"), ("EUR", "5", "13"), ("GBP", "6", "16"), ("HKD", "0.5", "1.5"), ("JPY", "0.02", "0.15"),
        ("SGD", "3", "8"), ("AUD", "3", "8"), ("KRW", "0.003", "0.012"),
    )
}  # fmt: skip
_IN_YUAN = re.compile(r"[，,]?[（(]?(?:(?:折合|约合|合|折算为|折)(?:成|为)?)(?:人民币)?(?:约|为)?(?:人民币)?(?:约|为)?")


def _exchanged(case: Case) -> Iterator[Outcome]:
    """2,000万美元（折合人民币约1.43万元）: no rate of exchange makes the one of the other."""
    money = [value for value in case.understanding.values if value.kind == "money" and value.sure and not value.per]
    for one, two in pairwise(money):
        rates = _RATES.get(one.currency or "")
        if rates is None or two.currency not in (None, "CNY") or not one.amount or not two.amount:
            continue
        if _IN_YUAN.fullmatch(case.text(one.end, two.start)) and not rates[0] < two.amount / one.amount < rates[1]:
            yield _outcome(case, two.start, two.end)


_SCALED = {
    **dict.fromkeys(("米", "千瓦", "公斤", "千克", "千伏安"), Decimal(1)),
    **dict.fromkeys(("公里", "千米", "兆瓦", "吨", "兆伏安"), Decimal(1000)),
}
_SAME_MEASURE = (frozenset({"米", "公里", "千米"}), frozenset({"千瓦", "兆瓦"}), frozenset({"公斤", "千克", "吨"}))


def _lengths(case: Case) -> Iterator[Outcome]:
    """A length, power or weight given twice that is not the same: 三公里（即三百米）."""
    numbers = [value for value in case.understanding.values if value.kind == "number" and value.sure]
    for one, two in pairwise(numbers):
        units = {one.unit, two.unit}
        if len(units) < 2 or not any(units <= measure for measure in _SAME_MEASURE) or not one.low or not two.low:
            continue
        first, second = (value.low * _SCALED[value.unit or ""] for value in (one, two) if value.low is not None)
        told = _CONVERTED.fullmatch(case.text(one.end, two.start))
        if told and told.group() != "（" and not Decimal("0.5") < second / first < Decimal(2):
            yield _outcome(case, one.start, two.end)


def _magnitudes(case: Case) -> Iterator[Outcome]:
    for value in case.understanding.values:
        low = value.low
        if low is None or not value.sure:
            continue
        beyond = [bound.words for bound in _bounds_of(value.kind, value.unit, value.per) if _is_beyond(bound, low)]
        said = _before(case, value) + case.text(value.end, value.end + 4) if beyond else ""
        if any(words.search(said) for words in beyond):
            yield _outcome(case, _led(case, value), value.end)


def _led(case: Case, value: Value) -> int:
    """Where the few words begin by which a value is quoted."""
    words = _before(case, value)[-8:]
    return value.start - len(words.lstrip("：: "))


@lru_cache(maxsize=256)
def _bounds_of(kind: str, unit: str | None, per: str | None) -> tuple[_Bound, ...]:
    """The bounds of what is told in a unit, by the `per` of a unit price."""
    return tuple(one for one in _BOUNDS if one.kind == kind and one.unit in ("", unit) and one.per == (per or ""))


def _is_beyond(bound: _Bound, low: Decimal) -> bool:
    return (bound.most is not None and low > bound.most) or (bound.least is not None and 0 < low < bound.least)


def _before(case: Case, value: Value) -> str:
    """The words of the same comma part right before the value."""
    return _said_before(case, value.start)


def _said_before(case: Case, place: int) -> str:
    return said_before(case, _STOPS, place, _CONTEXT)


def _dropped(case: Case) -> Iterator[Outcome]:
    """An investment, output or tax of a few thousand yuan: the 万 is missing; or one that no single project has."""
    for name, least in _LEAST_FACTS.items():
        fact = case.understanding.fact(name)
        if fact is None or not isinstance(fact.value, Decimal) or fact.end <= fact.start:
            continue
        words = _said_before(case, fact.start)
        if "每" in words or "单位" in words:
            continue  # 每千瓦时投资1,200元 is no total
        if 0 < fact.value < least or fact.value > _MOST_FACTS[name]:
            yield _outcome(case, fact.start, fact.end)


_SAME_SUM = re.compile(r"[，,]?[（(]?(?:即|合|折合|折算为|也就是)(?:人民币)?[:：]?")
_POWERS = tuple(Decimal(10) ** power for power in (1, 2, 3, 4, -1, -2, -3, -4))


def _told_twice(case: Case) -> Iterator[Outcome]:
    """A sum told twice in figures whose two units are powers of ten apart: 3.6亿元（即3600万元）."""
    money = [value for value in case.understanding.values if value.kind == "money" and value.sure]
    for one, two in pairwise(money):
        if not one.amount or not two.amount or one.per != two.per or one.currency != two.currency:
            continue
        if _SAME_SUM.fullmatch(case.text(one.end, two.start)) and two.amount / one.amount in _POWERS:
            yield _outcome(case, one.start, two.end)


def _built_on_nothing(case: Case) -> Iterator[Outcome]:
    """用地80平方米 under a plant of 56,000 square metres."""
    land = case.understanding.fact("land_sqm") or case.understanding.fact("land_mu")
    plant = case.understanding.fact("plant_sqm")
    if land is None or plant is None or not isinstance(land.value, Decimal) or not isinstance(plant.value, Decimal):
        return
    square_metres = land.value if land.name == "land_sqm" else land.value * dimensions.MU
    if 0 < square_metres * _FLOORS < plant.value and not re.search("[0-9十百]亩", case.document.text):
        yield _outcome(case, land.start, land.end)


_DOES = "(?:最大|均|平均)?(?:可|能)?(?:处理|加工|生产|产|屠宰|消耗|供应|供|周转|吞吐|发送|分拣)"
_A_DAY, _A_YEAR = (re.compile(rf"{time}{_DOES}[^，。；0-9]{{0,10}}$") for time in ("(?:每[日天]|日)", "(?:每年|年)"))
_ANY_DAY = re.compile(f"[日天]{_DOES}")


def _a_day_beyond_a_year(case: Case) -> Iterator[Outcome]:
    """日处理60万吨 where a whole year makes 15,000 tons of everything."""
    if _ANY_DAY.search(case.document.text) is None:
        return
    numbers = [value for value in case.understanding.values if value.kind == "number" and value.sure and value.low]
    for value in numbers:
        if not value.unit or not _A_DAY.search(_before(case, value)):
            continue
        years = [
            other.low
            for other in numbers
            if other.unit == value.unit and other.low is not None and _A_YEAR.search(_before(case, other))
        ]
        if years and value.low is not None and value.low > sum(years, Decimal(0)):
            yield _outcome(case, _led(case, value), value.end)


_ROW_LIMITS = (
    (re.compile("投资|产值|收入|营收|税收"), "亿元", Decimal(3000)),
    (re.compile("用地|占地|土地"), "平方公里", Decimal(20)),
    (re.compile("用地|占地|土地"), "平方千米", Decimal(20)),
    (re.compile("建筑面积|厂房|车间"), "亩", Decimal(0)),
    (re.compile("建筑面积|厂房|车间"), "平方公里", Decimal(0)),
)
_FIGURE = re.compile(r"约?(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?)")


def _in_tables(case: Case) -> Iterator[Outcome]:
    """Rows whose unit stands in a cell or a header of its own: 总投资 | 亿元 | 36000."""
    for table in tables(case):
        header = fold_text(case.text(table.rows[0].start, table.rows[0].end))
        for row, cells in zip(table.rows[1:], table.cells[1:], strict=True):
            figures = [found for cell in cells[1:] if (found := _FIGURE.fullmatch(cell)) is not None]
            for words, unit, most in _ROW_LIMITS:
                told = unit in cells[1:] or f"（{unit}）" in header
                if told and cells and words.search(cells[0]) and any(_is_more(found, most) for found in figures):
                    yield _outcome(case, row.start, row.end)
                    break


def _is_more(found: re.Match[str], most: Decimal) -> bool:
    return Decimal(found["n"].replace(",", "")) > most


def _outcome(case: Case, start: int, end: int) -> Outcome:
    return Outcome(start=start, end=end, values={"value": case.text(start, end)})
