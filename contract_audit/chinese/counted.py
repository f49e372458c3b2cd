"""Days counted from the ends of a stretch of days: 9月最后一个工作日, 国庆节前的最后一个工作日, 节后首个工作日, 9月第二个星期五."""

import re
from datetime import date, timedelta

from contract_audit.chinese.numerals import RUN, number

_COUNTED = re.compile(
    r"(?:(?P<side>(?:之|以)?前|(?:之|以)?后)的?|的)?"
    rf"(?:(?P<last>(?:最后|最末)的?一?|末|倒数第(?P<back>{RUN}))|(?P<first>首|头一?|最初一?|第(?P<n>{RUN})))个?"
    r"(?P<unit>工作日|(?:星期|礼拜|周)(?P<weekday>[一二三四五六日天])|(?<=[最后末初]一)[日天]|(?<=第一)[日天])"
)
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_LONGEST = 400  # days looked through for the counted one


def counted_day(text: str, end: int, since: date, until: date) -> tuple[int, date | None] | None:
    """Where the counting words right behind a date expression (at `end`, of the days `since` to `until`) stop, and the day.

    None where no such words follow or the stretch has no such day; the day is None beyond the official calendar.
    """
    match = _COUNTED.match(text, end)
    if match is None:
        return None
    side, back = match["side"] or "", bool(match["last"])
    if side.endswith("前") != back and side:
        return None  # 前的第一个, 后的最后一个 are no days
    if not side and since == until and not back:
        return None
    from_end = not side or text[end - 1] in "底末"  # 年底前 is by the last day of the year
    before = until + timedelta(days=1) if from_end else since
    start = before if back else until if side else since - timedelta(days=1)
    count = number(match["back"] or match["n"] or "1")
    if count is None or count % 1:
        return None
    weekday = _WEEKDAYS[match["weekday"]] if match["weekday"] else None
    if match["unit"] in "日天":
        return match.end(), start + timedelta(days=-1 if back else 1)
    try:
        day = _counted(start, int(count), -1 if back else 1, weekday)
    except NotImplementedError:
        return match.end(), None
    return (match.end(), day) if side or since <= day <= until or since == until else None


def _counted(day: date, count: int, sign: int, weekday: int | None) -> date:
    """The day reached by counting; NotImplementedError where the official calendar of working days ends."""
    from chinese_calendar import is_workday

    for _ in range(_LONGEST):
        day += timedelta(days=sign)
        count -= is_workday(day) if weekday is None else day.weekday() == weekday
        if not count:
            break
    return day
