"""Counting forward from a day: calendar months, days and official working days (国务院办公厅放假安排).

The day of the event is not counted (民法典第201条); months run to the same day of the month or its last day (第202条).
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

_ISO = re.compile(r"P(?:(?P<y>[0-9.]+)Y)?(?:(?P<m>[0-9.]+)M)?(?:(?P<d>[0-9.]+)D)?(?:T(?P<h>[0-9.]+)H)?")


def shifted(day: date, offset: str, *, workday: bool = False, back: bool = False) -> date | None:
    """The day `offset` (ISO 8601 duration) after `day`, or before it; None where the offset cannot be counted.

    Working days need the official calendar, which ends with the last published year: beyond it the result is None.
    """
    match = _ISO.fullmatch(offset)
    if match is None:
        return None
    sign = -1 if back else 1
    months, days = Decimal(match["y"] or 0) * 12 + Decimal(match["m"] or 0), Decimal(match["d"] or 0)
    days += Decimal(match["h"] or 0) / 24
    if months % 1 or days % 1:
        return None
    if workday:
        return _working_days(day, int(days), sign)
    moved = add_months(day, sign * int(months))
    return None if moved is None else moved + timedelta(days=sign * int(days))


def add_months(day: date, months: int) -> date | None:
    """The same day of the month `months` later, or the month's last day; None outside the years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def or_next_workday(day: date) -> date:
    """The day, or where it is a day of rest the next working day: to it runs a term that ends on a day of rest (民法典第203条).

    Outside the years of the official calendar Saturdays and Sundays are days of rest.
    """
    while _is_rest(day):
        day += timedelta(days=1)
    return day


def _is_rest(day: date) -> bool:
    from chinese_calendar import is_workday

    try:
        return not is_workday(day)
    except NotImplementedError:
        return day.weekday() >= _SATURDAY


_SATURDAY = 5


def _working_days(day: date, count: int, sign: int) -> date | None:
    from chinese_calendar import is_workday

    left = count
    while left:
        day += timedelta(days=sign)
        try:
            left -= is_workday(day)
        except NotImplementedError:
            return None
    return day


def offset_words(offset: str, *, workday: bool = False) -> str:
    """An ISO duration in words.

    >>> offset_words("P30D", workday=True), offset_words("P1Y6M"), offset_words("")
    ('30个工作日', '1年6个月', '')
    """
    match = _ISO.fullmatch(offset)
    if match is None:
        return ""
    days = "个工作日" if workday else "日"
    parts = ((match["y"], "年"), (match["m"], "个月"), (match["d"], days), (match["h"], "小时"))
    return "".join(f"{count}{unit}" for count, unit in parts if count)
