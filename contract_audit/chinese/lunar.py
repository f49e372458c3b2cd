"""Days of the lunar calendar (农历) that villages sign by: 二〇二三年正月初十, 腊月廿三, 农历八月十六.

A month begins on the day of its new moon in Beijing; which month it is, the days of the feasts tell.
"""

from datetime import date, timedelta
from math import floor, radians, sin

from contract_audit.chinese.feasts import feast

_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_DIGITS = {char: index for index, char in enumerate("一二三四五六七八九十", 1)}
# The feast that stands on a day of the month.
_FEASTS = {1: ("春节", 1), 5: ("端午", 5), 8: ("中秋", 15), 9: ("重阳", 9)}
_LUNATION = 29.530588861
_LONGEST = 30


def lunar_day(year: int, month: str, day: str) -> date | None:
    """The day of the lunar date in figures of Chinese; None for months that no feast fixes, and for days that are none.

    `year` is the lunar year: 腊月 lies mostly in January of the year after.
    """
    if day in ("底", "末"):  # a month has 29 or 30 days
        return lunar_day(year, month, "三十") or lunar_day(year, month, "二十九")
    number, count = _MONTHS.get(month) or _DIGITS.get(month), _count(day)
    if number is None or not 1 <= count <= _LONGEST:
        return None
    if number in _FEASTS:
        name, place = _FEASTS[number]
        known = feast(year, name)
        return None if known is None else known + timedelta(days=count - place)
    following = feast(year + 1, "春节")
    if number not in (11, 12) or following is None:
        return None
    start = _new_moon_before(following)
    if number == 11:
        start, following = _new_moon_before(start), start
    found = start + timedelta(days=count - 1)
    return found if found < following else None


def _count(day: str) -> int:
    """初十 is the tenth, 廿三 the twenty-third."""
    if day.startswith("初"):
        return _DIGITS.get(day[1:], 0)
    tens = {"十": 10, "廿": 20, "二十": 20, "三十": 30}
    head = next(word for word in ("二十", "三十", "廿", "十") if day.startswith(word))
    return tens[head] + _DIGITS.get(day[len(head) :], 0)


def _new_moon_before(day: date) -> date:
    """The day of the last new moon before `day` in Beijing (Meeus, Astronomical Algorithms, ch. 49, main terms)."""
    months = floor((day.year + day.timetuple().tm_yday / 365.25 - 2000) * 12.3685) + 1
    while (found := _new_moon(months)) >= day:
        months -= 1
    return found


def _new_moon(months: int) -> date:
    """The day of the new moon that many lunations after that of 6 January 2000."""
    sun, moon = radians(2.5534 + 29.1053567 * months), radians(201.5643 + 385.81693528 * months)
    node = radians(160.7108 + 390.67050284 * months)
    moment = 2451550.09766 + _LUNATION * months
    moment += -0.4072 * sin(moon) + 0.17241 * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node)
    moment += 0.00739 * sin(moon - sun) - 0.00514 * sin(moon + sun) + 0.00208 * sin(2 * sun)
    return date(2000, 1, 1) + timedelta(days=floor(moment - 2451544.5 + 8 / 24 - 0.0008))
