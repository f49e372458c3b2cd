"""Parts of a year that words name: a month, a third of one, quarters, half years, the end of the year, a feast."""

import re
from calendar import monthrange
from datetime import date

from contract_audit.chinese.feasts import feast
from contract_audit.chinese.numerals import number

_SPOKEN = {"元": "1"}


def stretch(year: int, part: re.Match[str]) -> tuple[date, date] | None:
    """First and last day of a month, third of a month, quarter, half year, year's end or feast (None: not in the table).

    `part` is a match of what `dates` reads behind a year.
    """
    if part["m"]:
        return _in_month(year, part)
    if part["half"]:
        months = (1, 6) if part["half"] == "上" else (7, 12)
        return _span(year, *months, last_only=bool(part["hend"]))
    if part["q"]:
        last = 3 * small(part["q"])
        return _span(year, 1 if part["first"] else last - 2, last, last_only=bool(part["qend"] or part["qlast"]))
    if part["quarter"]:
        return _span(year, 3 * int(part["quarter"]) - 2, 3 * int(part["quarter"]), last_only=False)
    if part["feast"]:
        that = feast(year, part["feast"])
        return (that, that) if that else None
    if part["within"]:
        return date(year, 1, 1), date(year, 12, 31)
    if part["yend"] == "初":
        return date(year, 1, 1), date(year, 1, 31)
    if part["yend"] == "中":
        return date(year, 6, 30), date(year, 6, 30)
    return date(year, 12, 31), date(year, 12, 31)


def _in_month(year: int, part: re.Match[str]) -> tuple[date, date]:
    month = small(part["m"])
    last = month_end(year, small(part["m2"] or part["m"]))
    if part["third"]:
        first = {"上": 1, "中": 11, "下": 21}[part["third"]]
        return date(year, month, first), last if first == 21 else date(year, month, first + 9)
    if part["mend"] == "初":
        return date(year, month, 1), date(year, month, 10)
    if part["mend"] == "中":
        return date(year, month, 15), date(year, month, 15)
    return (last, last) if part["mend"] else (date(year, month, 1), last)


def _span(year: int, first: int, last: int, *, last_only: bool) -> tuple[date, date]:
    end = month_end(year, last)
    return (end, end) if last_only else (date(year, first, 1), end)


def month_end(year: int, month: int) -> date:
    """The last day of that month."""
    return date(year, month, monthrange(year, month)[1])


def small(text: str) -> int:
    """A small numeral; 元 is the first month, 廿 and 卅 are twenty and thirty; 0 where it is none."""
    value = number(_SPOKEN.get(text, text.replace("廿", "二十").replace("卅", "三十")))
    return 0 if value is None else int(value)
