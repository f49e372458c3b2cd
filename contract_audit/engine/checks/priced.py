"""A sum beside the price and the quantity that it is made of, thousands of times what they make: 12万吨，每吨300元，共3,600亿元."""

from collections.abc import Iterator
from decimal import Decimal

from contract_audit.engine.case import Case
from contract_audit.engine.checks.dimensions import MU
from contract_audit.engine.checks.sentences import with_values
from contract_audit.model import Value

# 千, 万 and 亿 are what is written too often or too seldom; ten or a hundred times may be ten years or a hundred households.
_SLIPS = tuple(Decimal(10) ** power for power in (3, 4, 5, 8, -3, -4, -5, -8))
_SAME = Decimal("0.01")
_TIMES = ("年", "月", "日")  # a sum of each year is a sum
_AREAS = {"亩": MU, "平方米": Decimal(1), "㎡": Decimal(1)}


def wrong(case: Case) -> Iterator[Value]:
    """The sums that miss the product of the price and the quantity told in their sentence by a thousand, 万 or 亿."""
    text, values = case.document.text, case.understanding.values
    prices = (value for value in values if value.kind == "money" and value.per)
    for start, end, _ in with_values(text, prices, "。；;\n"):
        within = case.understanding.values_in(start, end)
        inside = [value for value in within if value.sure and value.low and value.end <= end]
        sums = [value for value in inside if value.kind == "money" and value.per in (None, *_TIMES)]
        products = [product for price in inside for product in _made(price, inside)]
        if not products or any(_fits(one, product) for one in sums for product in products):
            continue
        dear = [price for price in inside if _is_dear(price)]
        if dear:  # 28万元/平方米·月: the price, and not the sums that agree with one another
            yield from (
                price for price in dear if any(_slips(one, made) for one in sums for made in _made(price, inside))
            )
            continue
        yield from (one for one in sums if any(_slips(one, product) for product in products))


def _is_dear(price: Value) -> bool:
    """A rent of ten thousand yuan and more for the square metre and the month or day."""
    unit, _, time = (price.per or "").partition("·")
    return price.kind == "money" and _AREAS.get(unit) == 1 and bool(time) and (price.low or 0) >= _DEAR


_DEAR = 10_000


def _made(price: Value, inside: list[Value]) -> Iterator[Decimal]:
    """What the price makes with each quantity in its unit."""
    if price.kind != "money" or not price.per or price.low is None:
        return
    size = _AREAS.get(price.per.partition("·")[0])
    for value in inside:
        if value.low is None:
            continue
        if value.kind == "number" and value.unit == price.per:
            yield price.low * value.low
        elif value.kind == "area" and size is not None and not value.per:
            yield price.low * value.low / size


def _fits(one: Value, product: Decimal) -> bool:
    return one.low is not None and abs(one.low - product) <= product * _SAME


def _slips(one: Value, product: Decimal) -> bool:
    return any(_fits(one, product * slip) for slip in _SLIPS)
