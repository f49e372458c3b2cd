"""Values near the words that were found: the tests that a rule of one provision puts to them."""

from collections.abc import Iterator
from decimal import Decimal

from contract_audit.engine.case import Case
from contract_audit.engine.checks.lengths import DAYS
from contract_audit.engine.view import View
from contract_audit.model import Value
from contract_audit.rulespec import ValueTest


def value_near(test: ValueTest, case: Case, view: View, start: int, end: int) -> Value | None:
    """The first value near the words that passes the test."""
    return next((value for value in _nearby(test, case, view, start, end) if _passes(test, value)), None)


def may_be_near(tests: tuple[ValueTest, ...], case: Case, view: View) -> bool:
    """Whether the provision has for each test a value that passes it, wherever the words may be found."""
    values = case.understanding.values_in(view.provision.start, view.provision.end)
    return all(any(_is_meant(test, value) and _passes(test, value) for value in values) for test in tests)


def filled(tests: tuple[ValueTest, ...], values: list[Value], case: Case) -> dict[str, str]:
    """The values and their limits for the message; the last test speaks."""
    filled: dict[str, str] = {}
    for test, value in zip(tests, values, strict=True):
        filled["value"] = case.text(value.start, value.end)
        if test.than is not None:
            filled["limit"] = f"{test.than.normalize():f}"
    return filled


def _nearby(test: ValueTest, case: Case, view: View, start: int, end: int) -> Iterator[Value]:
    first, last = view.original(start, end)
    low, high = view.provision.start, view.provision.end
    if not test.across:
        low, high = view.original(*view.segment(start, end))
    for value in case.understanding.values_in(low, high):
        if (
            value.end <= high
            and _is_meant(test, value)
            and value.start - last <= test.near
            and first - value.end <= test.near
        ):
            yield value


def _is_meant(test: ValueTest, value: Value) -> bool:
    """Whether a value is sure and of the kind of the test."""
    return value.sure and (value.kind == test.value or (test.value == "duration" and _is_span(value)))


def _passes(test: ValueTest, value: Value) -> bool:
    if test.per is not None and value.per != test.per:
        return False
    if test.op == "any" or test.than is None:
        return True
    low, high = _bounds(test, value)
    number = low if test.op in ("ge", "gt") else high
    number = number if number is not None else (high if test.op in ("ge", "gt") else low)
    if number is None:
        return False
    return {"ge": number >= test.than, "gt": number > test.than, "le": number <= test.than, "lt": number < test.than}[
        test.op
    ]


def _is_span(value: Value) -> bool:
    """From one day to another (自2026年11月1日起至2048年10月31日止): a duration told by its ends."""
    return value.kind == "date" and value.since is not None and value.until is not None and value.since < value.until


def _bounds(test: ValueTest, value: Value) -> tuple[Decimal | None, Decimal | None]:
    if value.kind == "date" and value.since is not None and value.until is not None:
        lasting = Decimal((value.until - value.since).days)
        length = lasting if test.unit in (None, "day", "workday") else _whole(lasting, test.unit)
        return length, length
    if value.kind == "duration":
        return _days(value.low_iso, test), _days(value.high_iso, test)
    if value.kind == "deadline":
        days = _days(value.offset, test)
        return days, days
    return value.low, value.high


def _days(iso: str | None, test: ValueTest) -> Decimal | None:
    """An ISO duration of one unit as days, or in the test's unit (30 days to the month, 365 to the year)."""
    if not iso or len(iso) < 3 or iso[-1] not in DAYS:
        return None
    try:
        days = Decimal(iso[1:-1]) * DAYS[iso[-1]]
    except ArithmeticError:
        return None
    return days / {"day": 1, "workday": 1, "month": 30, "year": 365}[test.unit or "day"]


def _whole(days: Decimal, unit: str) -> Decimal:
    """Days as months or years of the calendar, to a hundredth: twenty years less a day are no more than twenty."""
    return round(days / (Decimal("365.25") if unit == "year" else Decimal("30.4375")), 2)
