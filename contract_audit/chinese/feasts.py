"""Days of public feasts that contracts name instead of a date: 国庆节前, 春节前, 正月十五以前, 中秋节."""

import re
from datetime import date, timedelta

# First day of the lunar year (春节), from the national calendar.
_NEW_YEAR = {
    2004: (1, 22), 2005: (2, 9), 2006: (1, 29), 2007: (2, 18), 2008: (2, 7), 2009: (1, 26), 2010: (2, 14), 2011: (2, 3),
    2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5),
    2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6),
    2028: (1, 26), 2029: (2, 13), 2030: (2, 3), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
}  # fmt: skip
# Fifteenth day of the eighth lunar month (中秋节).
_MID_AUTUMN = {
    2010: (9, 22), 2011: (9, 12), 2012: (9, 30), 2013: (9, 19), 2014: (9, 8), 2015: (9, 27), 2016: (9, 15), 2017: (10, 4),
    2018: (9, 24), 2019: (9, 13), 2020: (10, 1), 2021: (9, 21), 2022: (9, 10), 2023: (9, 29), 2024: (9, 17), 2025: (10, 6),
    2026: (9, 25), 2027: (9, 15), 2028: (10, 3), 2029: (9, 22), 2030: (9, 12),
}  # fmt: skip
# Fifth day of the fifth lunar month (端午节).
_DRAGON_BOAT = {
    2010: (6, 16), 2011: (6, 6), 2012: (6, 23), 2013: (6, 12), 2014: (6, 2), 2015: (6, 20), 2016: (6, 9), 2017: (5, 30),
    2018: (6, 18), 2019: (6, 7), 2020: (6, 25), 2021: (6, 14), 2022: (6, 3), 2023: (6, 22), 2024: (6, 10), 2025: (5, 31),
    2026: (6, 19), 2027: (6, 9), 2028: (5, 28), 2029: (6, 16), 2030: (6, 5),
}  # fmt: skip
# Ninth day of the ninth lunar month (重阳节).
_DOUBLE_NINTH = {
    2020: (10, 25), 2021: (10, 14), 2022: (10, 4), 2023: (10, 23), 2024: (10, 11), 2025: (10, 29), 2026: (10, 18),
    2027: (10, 8), 2028: (10, 26), 2029: (10, 16), 2030: (10, 5),
}  # fmt: skip
_LUNAR = {"中秋": _MID_AUTUMN, "端午": _DRAGON_BOAT, "重阳": _DOUBLE_NINTH}
_FIXED = {
    "双十一": (11, 11), "元旦": (1, 1), "妇女节": (3, 8), "五一": (5, 1), "劳动": (5, 1), "六一": (6, 1), "儿童节": (6, 1),
    "七一": (7, 1), "建党": (7, 1), "八一": (8, 1), "建军节": (8, 1), "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1),
}  # fmt: skip
# Solar terms: the month, and the constant of the usual reckoning for this century (day = ⌊0.2422y + c⌋ − ⌊y/4⌋).
_TERMS = {
    "惊蛰": (3, 5.63), "春分": (3, 20.646), "清明": (4, 4.81), "谷雨": (4, 20.1), "立夏": (5, 5.52), "小满": (5, 21.04),
    "芒种": (6, 5.678), "夏至": (6, 21.37), "小暑": (7, 7.108), "大暑": (7, 22.83), "立秋": (8, 7.5), "处暑": (8, 23.13),
    "白露": (9, 7.646), "秋分": (9, 23.042), "寒露": (10, 8.318), "霜降": (10, 23.438), "立冬": (11, 7.438),
    "冬至": (12, 21.94),
}  # fmt: skip
_FROM_NEW_YEAR = {"农历新年": 0, "年关": 0, "春节": 0, "春": 0, "除夕": -1, "元宵": 14, "正月十五": 14}

_NAMES = "|".join([*_FIXED, *_TERMS, *_LUNAR, *sorted(_FROM_NEW_YEAR, key=len, reverse=True)])
_NAMES = re.sub("春$", "(?<!开)春", _NAMES)  # 开春前 is no day
WORDS = rf"(?:农历|传统)?(?:{_NAMES})(?:国际劳动|国际)?节?"
# The days off around a feast; their end is another day than the feast.
HOLIDAY = r"(?:小?长假|黄金周|(?:放假|假期)(?:期间)?)?(?:(?:结束|过)(?=[之以]?后|期间))?"
_WORD = re.compile(_NAMES)
_OVER = re.compile(r"(?:结束|过)$")
_MOST_DAYS_OFF = 12


def feast(year: int, words: str) -> date | None:
    """The day of the feast in that year, the last day off where the words name the end of its holiday (国庆长假).

    None for lunar feasts outside the tables' years (2004-2035; 中秋, 端午 2010-2030, 重阳 2020-2030).
    """
    match = _WORD.search(words)
    if match is None:
        return None
    day = _day(year, match.group())
    return _holiday_end(day) if day is not None and _OVER.search(words) else day


def _day(year: int, word: str) -> date | None:
    if word in _FIXED:
        return date(year, *_FIXED[word])
    if word in _TERMS:
        month, constant = _TERMS[word]
        return date(year, month, int(0.2422 * (year % 100) + constant) - year % 100 // 4)
    if word in _LUNAR:
        return date(year, *_LUNAR[word][year]) if year in _LUNAR[word] else None
    if year not in _NEW_YEAR:
        return None
    return date(year, *_NEW_YEAR[year]) + timedelta(days=_FROM_NEW_YEAR[word])


def _holiday_end(day: date) -> date | None:
    """The last of the days off from `day` on; None beyond the official calendar."""
    from chinese_calendar import is_workday

    try:
        return next(
            day + timedelta(days=past) for past in range(_MOST_DAYS_OFF) if is_workday(day + timedelta(days=past + 1))
        )
    except NotImplementedError:
        return None
