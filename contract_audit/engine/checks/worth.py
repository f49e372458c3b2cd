"""Check kind `worth`: what is built and bought cannot cost what the paper says: 叉车6台、3,000万元; 总投资3亿元 for eighty sewing machines.

The most that a thing costs comes from the rule; what the paper counts (number, area, capacity) is multiplied by it.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

import msgspec

from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.engine.case import Case, Outcome, reckoned
from contract_audit.engine.checks import listed
from contract_audit.engine.checks.dimensions import MU
from contract_audit.engine.patterns import compiled, places
from contract_audit.model import Block, Value
from contract_audit.rulespec import Thing, WorthCheck

_AREAS = {"平方米": Decimal(1), "亩": MU}
_LEAD = 14  # characters before a count in which its thing is named
_BEHIND = 8  # characters behind it: 6台叉车
_STOP = re.compile(r"[，。；、：:\n\t|（）()]")
# What may stand between the count of a thing and the money for it.
_FOR_IT = (
    r"(?:设备|购置|采购|购买|安装|及|总价|合价|合计|共计?|计|约|需|为|费用?|金额|价款|价值|造价|概算|预算|资金|款"
    r"|土建|建安|建设|工程|装修|人民币)*"
)
_PAID = re.compile(rf"[（(]?[，,：:]?{_FOR_IT}(?:投资|投入)?(?:额|约|为|计|：)*$")
_PAID_FOR_AREA = re.compile(rf"[（(]?[，,：:]?{_FOR_IT}(?<=[价费额款算资程修建金])(?:投资|投入)?(?:额|约|为|计|：)*$")
_EACH = re.compile(r"(?:每|单价|均价)[^，。；0-9]{0,8}$")
_PRICE_COLUMN = re.compile("单价|价格|[元]/[台套条辆座组]")
_SUM_ROW = re.compile("合计|总计|小计|共计")
_LAND = re.compile("用地|占地|土地|[亩顷]")
_MACHINES = frozenset(["台", "套", "条", "辆", "座", "组", "台套", "台（套）", "部", "架"])
_NOT_BUYING = re.compile(
    "年产|产能|产量|生产(?!线|车间|厂房|设备|用房|区)|加工(?!中心|车间|设备|线|厂|区)|制造(?!车间|厂房|设备)|销售|出租|组装(?!线|车间)"
    "|补助|补贴|奖|租金|押金|保证金|贷款|产值|收入|营收|税|总投资|每年|违约|赔偿"
)
_PLAIN_UNITS = ("台", "辆")  # a machine that the rule does not know; lines, sets and plants may cost anything
_UNKNOWN = Decimal(10_000_000)
_FEWEST = 2  # things, or buildings, that must be listed before a total is held against them


class _Counted(msgspec.Struct, frozen=True):
    """A thing with how many of its unit there are, and where the count stands."""

    thing: Thing
    size: Decimal
    value: Value


def check(parameters: WorthCheck, case: Case) -> Iterator[Outcome]:
    """One outcome, of the worst item, where a thing's price is beyond its most; else one where the total is beyond all."""
    dear = [
        *_listed(parameters, case),
        *_beside(parameters, case),
        *_each(parameters, case),
        *_in_columns(parameters, case),
    ]
    if dear:
        worst = max(dear, key=lambda found: found[0])[1]
        yield worst
        return
    if not any(case.occurs(exception) for exception in parameters.unless):
        yield from _total(parameters, case)


def _most(thing: Thing, case: Case) -> Decimal:
    """The most that one of the thing costs on the day of the paper's law."""
    past = {date.fromisoformat(since): most for since, most in thing.most.items()}
    return past[max((since for since in past if since <= case.law_day), default=min(past))]


def _named(parameters: WorthCheck, case: Case, words: str, unit: str, *, last: bool) -> Thing | None:
    """The thing counted in `unit` whose words stand last (or first) in `words`; of two at one place the longer."""
    any_thing = case.kept((id(parameters.things), unit), partial(_any_thing, parameters, case, unit))
    if not words or any_thing.search(words) is None:
        return None
    found = [
        (end if last else -start, end - start, -index, thing)
        for index, thing in enumerate(parameters.things)
        if unit in thing.per
        for start, end in places(case.source(thing.words), words)
    ]
    return max(found, key=lambda one: one[:3])[3] if found else None


def _any_thing(parameters: WorthCheck, case: Case, unit: str) -> Any:
    """One compiled pattern for all things counted in `unit`."""
    return compiled("|".join(case.source(thing.words) for thing in parameters.things if unit in thing.per))


def _count(parameters: WorthCheck, case: Case, value: Value) -> _Counted | None:
    """The thing that a count or an area is told of: 叉车6台, 6台叉车, 冷库3,000平方米."""
    if not value.sure or value.per or value.low is None or value.kind not in ("number", "area"):
        return None
    units = (value.unit or "",) if value.kind == "number" else tuple(_AREAS)
    before = _STOP.split(case.text(max(0, value.start - _LEAD), value.start))[-1]
    behind = _STOP.split(case.text(value.end, value.end + _BEHIND))[0]
    for unit in units:
        size = value.low / _AREAS[unit] if value.kind == "area" else value.low
        thing = _named(parameters, case, fold_text(before), unit, last=True)
        thing = thing or _named(parameters, case, fold_text(behind), unit, last=False)
        if thing is not None and size > 0:
            return _Counted(thing, size, value)
    return None


def _counts(parameters: WorthCheck, case: Case, start: int, end: int) -> tuple[list[_Counted], list[Value]]:
    """The things counted in a stretch, and the machines counted there that the rule does not know."""
    found: list[_Counted] = []
    unknown: list[Value] = []
    for value in case.understanding.values_in(start, end):
        counted = _count(parameters, case, value)
        if counted is not None:
            found.append(counted)
        elif value.kind == "number" and value.unit in _MACHINES:
            unknown.append(value)
    return found, unknown


def _is_special(parameters: WorthCheck, case: Case, start: int, end: int) -> bool:
    return bool(places(case.source(parameters.special), fold_text(case.text(start, end))))


def _line(case: Case, start: int, end: int) -> tuple[int, int]:
    """The stretch between full stops, semicolons and line ends around a place."""
    text = case.document.text
    first = behind_last("\n。；", text, start)
    ends = [at for mark in "。；\n" if (at := text.find(mark, end)) >= 0]
    return first, min(ends, default=len(text))


def _is_bought(case: Case, start: int, end: int) -> bool:
    """Whether the line is of what is bought or built, not of what is made, rented or granted."""
    return not _NOT_BUYING.search(case.text(start, end))


_Dear = tuple[Decimal, Outcome]


def _dear(parameters: WorthCheck, case: Case, counts: list[_Counted], paid: Value) -> Iterator[_Dear]:
    """The outcome where the sum for the things counted is beyond the most that they cost."""
    most = sum((_most(one.thing, case) * one.size for one in counts), Decimal(0))
    size = listed.size(paid)
    start, end = min(paid.start, counts[0].value.start), paid.end
    if size is None or size <= most or paid.currency not in (None, "CNY"):
        return
    first, last = _line(case, start, end)
    if _is_special(parameters, case, first, last) or not _is_bought(case, start, end):
        return
    terms = "＋".join(_term(case, one) for one in counts)
    arithmetic = f"{terms}＝{_yuan(most)}，所报{case.text(paid.start, paid.end).strip()}（{_yuan(size)}）"
    begin = max(first, start - _LEAD)
    begin += len(case.text(begin, start)) - len(_STOP.split(case.text(begin, start))[-1])
    yield size / most, reckoned(begin, end, arithmetic)


def _term(case: Case, one: _Counted) -> str:
    return (
        f"{one.thing.name}{_plain(one.size)}{one.thing.per[0]}×每{one.thing.per[0]}至多{_yuan(_most(one.thing, case))}"
    )


def _listed(parameters: WorthCheck, case: Case) -> Iterator[_Dear]:
    """Items of lists and rows of tables, each with its count and its sum."""
    for found in (*listed.in_lines(case), *listed.in_tables(case), *listed.in_sentences(case)):
        for part in found.parts:
            counts, unknown = _counts(parameters, case, part.start, part.end)
            if part.value.kind == "money" and counts and not unknown:
                yield from _dear(parameters, case, counts, part.value)


def _beside(parameters: WorthCheck, case: Case) -> Iterator[_Dear]:
    """A sum right behind its count: 叉车6台，购置费3,000万元; 冷库2,000平方米（造价2亿元）."""
    for value, paid in pairwise(case.understanding.values):
        bridge = _PAID if value.kind == "number" else _PAID_FOR_AREA
        if paid.kind != "money" or not paid.sure or paid.per or value.kind not in ("number", "area"):
            continue
        if bridge.match(fold_text(case.text(value.end, paid.start))):
            counted = _count(parameters, case, value)
            yield from _dear(parameters, case, [counted], paid) if counted is not None else ()


def _each(parameters: WorthCheck, case: Case) -> Iterator[_Dear]:
    """A price of one told in words: 普通叉车6台，每台单价500万元; 500万元/台."""
    for value in case.understanding.values:
        if value.kind != "money" or not value.sure or value.currency not in (None, "CNY"):
            continue
        if not value.per and not _EACH.search(case.text(max(0, value.start - _LEAD), value.start)):
            continue
        first, last = _line(case, value.start, value.end)
        if not value.per and not _EACH.search(case.text(max(first, value.start - _LEAD), value.start)):
            continue
        thing = _priced_thing(parameters, case, first, value)
        size = listed.size(value)
        if thing is None or size is None or size <= _most(thing, case):
            continue
        if not _is_special(parameters, case, first, last) and _is_bought(case, first, value.end):
            yield size / _most(thing, case), reckoned(first, value.end, _price(case, thing, value))


def _priced_thing(parameters: WorthCheck, case: Case, first: int, value: Value) -> Thing | None:
    """The thing whose price of one a sum of money is: named last before it, and sold by the unit that the price has."""
    words = fold_text(case.text(first, value.start))
    told = value.per or next((mark for mark in _MACHINES if re.search(f"每{mark}", words[-_LEAD:])), "")
    return _named(parameters, case, words[-40:], told, last=True) if told else None


def _price(case: Case, thing: Thing, value: Value) -> str:
    return (
        f"{thing.name}每{thing.per[0]}{case.text(value.start, value.end).strip()}，一般至多{_yuan(_most(thing, case))}"
    )


def _in_columns(parameters: WorthCheck, case: Case) -> Iterator[_Dear]:
    """Rows of a table with a column of prices."""
    for table in case.tables():
        header = [fold_text(case.text(cell.start, cell.end)) for cell in table[0].cells]
        column = next((index for index, words in enumerate(header) if _PRICE_COLUMN.search(words)), None)
        for row in table[1:] if column is not None else ():
            yield from _row(parameters, case, row, column or 0)


def _row(parameters: WorthCheck, case: Case, row: Block, column: int) -> Iterator[_Dear]:
    if column >= len(row.cells):
        return
    cell = row.cells[column]
    money = [one for one in case.understanding.values_in(cell.start, cell.end) if one.kind == "money" and one.sure]
    size = listed.size(money[0]) if len(money) == 1 else None
    words = "，".join(fold_text(case.text(cell.start, cell.end)) for cell in row.cells[:2])
    if size is None or _SUM_ROW.search(words) or _is_special(parameters, case, row.start, row.end):
        return
    things = [thing for unit in _MACHINES if (thing := _named(parameters, case, words, unit, last=True)) is not None]
    if things and size > _most(things[0], case):
        arithmetic = _price(case, things[0], money[0])
        yield size / _most(things[0], case), reckoned(row.start, row.end, arithmetic)


def _total(parameters: WorthCheck, case: Case) -> Iterator[Outcome]:
    """The total investment where all that the paper lists, at the most it may cost, is far less."""
    total = case.understanding.fact("total_investment_yuan") or case.understanding.fact("fixed_investment_yuan")
    if total is None or total.confidence == "low" or not isinstance(total.value, Decimal):
        return
    terms = _terms(parameters, case) if total.value >= parameters.least else []
    most = sum((size for _, size in terms), Decimal(0))
    if terms and total.value > most * parameters.scale:
        shown = "＋".join(words for words, _ in terms)
        times = f"所报总投资{_yuan(total.value)}为其{_plain(total.value / most)}倍"
        yield reckoned(total.start, total.end, f"{shown}＝{_yuan(most)}，{times}")


def _terms(parameters: WorthCheck, case: Case) -> list[tuple[str, Decimal]]:
    """What the whole paper lists, in words and at the most it costs; nothing where too little is listed to judge by."""
    counts, unknown = _counts(parameters, case, 0, len(case.document.text))
    floor = _floor(case, [one.value for one in counts])
    open_ended = any(value.unit not in _PLAIN_UNITS for value in unknown)
    counted = any(one.value.kind == "number" for one in counts)
    if open_ended or not counted or len(counts) + len(unknown) + (floor is not None) < _FEWEST:
        return []
    terms = [(_term(case, one), _most(one.thing, case) * one.size) for one in counts]
    for area, unit, price in ((floor, "平方米", parameters.sqm), (_known(case, "land_mu"), "亩", parameters.mu)):
        if area is not None:
            terms.append((f"{_plain(area)}{unit}×每{unit}至多{_yuan(price)}", area * price))
    cash = _known(case, "working_capital_yuan")
    if cash is not None:
        terms.append((f"流动资金{_yuan(cash)}", cash))
    if unknown:
        more = sum((value.low or Decimal(0) for value in unknown), Decimal(0))
        terms.append((f"其他设备{_plain(more)}台×每台至多{_yuan(_UNKNOWN)}", more * _UNKNOWN))
    return terms


def _known(case: Case, name: str) -> Decimal | None:
    """The number of a fact, if the paper gives it."""
    fact = case.understanding.fact(name)
    return fact.value if fact is not None and isinstance(fact.value, Decimal) else None


def _floor(case: Case, priced: list[Value]) -> Decimal | None:
    """The floor space in square metres: as read from the paper, else the greatest area that is not land and has no price."""
    areas = [
        value.low
        for value in case.understanding.values
        if value.kind == "area" and value.sure and not value.per and value.low is not None and value not in priced
        and not _LAND.search(case.text(max(0, value.start - _LEAD), value.end))
    ]  # fmt: skip
    return _known(case, "plant_sqm") or max(areas, default=None)


def _yuan(number: Decimal) -> str:
    """A sum of money in 亿元, 万元 or 元."""
    for size, word in ((Decimal(100_000_000), "亿元"), (Decimal(10_000), "万元")):
        if number >= size:
            return f"{_plain(number / size)}{word}"
    return f"{_plain(number)}元"


def _plain(number: Decimal) -> str:
    return f"{number.quantize(Decimal('0.01')).normalize():f}"
