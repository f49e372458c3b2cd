"""Ends of quarters, months and years counted from an event: 签约后第二个季末前, 竣工次季度首月15日前, 交付后首个工作日."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from contract_audit.chinese.dates import DAY, MONTH
from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.stretches import month_end
from contract_audit.chinese.text import fold_text
from contract_audit.chinese.workdays import add_months, shifted
from contract_audit.extract.duties.acts import has_act
from contract_audit.extract.duties.defined import defined_days


class CountedEnd(NamedTuple):
    """The span of event and end, and the words of the event (none: 于次季首月)."""

    start: int
    end: int
    event: str


_WHICH = (
    rf"(?:第(?P<n>{RUN})(?P<piece>个)?|(?P<first>[首头]一?个?)|(?P<next>次一?|下一?个?|翌)|(?P<same>所在|当|同|该))"
)
_MONTHS = {"季": 3, "月": 1, "年": 12, "半": 6}
_END = re.compile(
    rf"{_WHICH}(?P<full>完整)?的?(?:自然|日历|会计)?的?(?P<unit>季度?|月份?|年度?|半年度?|工作日)的?(?!起|开始)"
    rf"(?:(?P<stop>月?[底末]|结束|终了|届满)|(?P<opens>首月)的?(?:(?P<first_day>{DAY})[日号])?|(?P<month>{MONTH})月(?:(?P<month_day>{DAY})[日号]|[底末份])?"
    rf"|(?P<day>{DAY})[日号])?(?:之前|以前|前|之内|以内|内)?"
)
_EVENT_BEFORE = re.compile(
    r"(?:^|[，,；;。：:、.．\s\t|]|[应于在须自]|方(?=[^，。；]{0,4}(?:签|交|取|领|竣|投|开)))"
    r"(?P<event>[^，,；;。：:\s\t|应于在须自]{2,24}?)(?:之日|日)?(?P<after>(?:次月|当月|次季|当季|次年|当年)?(?:之?日)?起(?:算|计)?|之后|以后|后|完成|当天|所在)?的?$"
)
_ALONE = re.compile(r"[于在，,；;。：:]$")
_REACH = 40


def counted_ends(text: str, low: int, high: int) -> Iterator[CountedEnd]:
    """The ends in text[low:high] that are counted from an event right before them."""
    for match in _END.finditer(text, low, high):
        before = _EVENT_BEFORE.search(text, max(low - 1, 0, match.start() - _REACH), match.start())
        if match["next"] and before is None and match["unit"][0] == "季" and _ALONE.search(text, low, match.start()):
            yield CountedEnd(match.start(), match.end(), "")  # 于次季首月拨付: from what, other words say
        if before is None or not _is_counted(match, after=bool(before["after"])):
            continue
        if _names_event(text, before["event"]):
            yield CountedEnd(before.start("event"), match.end(), before["event"])


def _names_event(text: str, words: str) -> bool:
    """An act, a signing, or a day that the paper defines: 商运日所在的半年度."""
    if has_act(words) or words.endswith(("日", "生效", "签署", "签约")):
        return True
    return any(words == name.removesuffix("日") for name, _ in defined_days(text))


def _is_counted(match: re.Match[str], *, after: bool) -> bool:
    """Not 每满第二个月, 第一季度; 次月 and 当年 are dates, read with those."""
    unit, exact = match["unit"], match["stop"] or match["opens"] or match["month"] or match["day"]
    if match["same"] == "所在":
        return unit != "工作日"
    if match["next"] or match["same"]:
        return (unit[0] in "季半" and bool(exact)) or (unit == "工作日" and bool(match["next"]))
    if unit == "工作日":
        return bool(match["first"]) and after
    if match["full"] and after and unit[0] == "年":
        return True
    if not after or not (exact or (match.group().endswith("内") and unit[0] in "季半")):
        return False
    return unit[0] == "年" or bool(match["piece"] or match["first"])


def counted_end(words: str, day: date) -> date | None:
    """The day of the counted end that `words` close with, the event being on `day`; None where they name none."""
    folded = fold_text(words)
    match = next((one for one in _END.finditer(folded) if one.end() == len(folded)), None)
    if match is None or not _is_counted(match, after=True):
        return None
    count = number(match["n"]) if match["n"] else 1
    if count is None or count % 1 or count < 1:
        return None
    if match["unit"] == "工作日":
        return shifted(day, f"P{count:f}D", workday=True)
    size = _MONTHS[match["unit"][0]]
    from_next = _FROM_NEXT.search(folded, 0, match.start()) is not None
    last = _unit_end(day, size, int(count) if from_next else _units_later(match, day, int(count)))
    return _inside(match, last, size) if last is not None else None


_FROM_NEXT = re.compile(r"次[月季年](?:之?日)?起(?:算|计)?的?$")  # 投产次月起算的第六个月末


def _units_later(match: re.Match[str], day: date, count: int) -> int:
    """How many units after its own the event's end lies; an event on the last day of its unit counts from the next."""
    if match["same"]:
        return 0
    if match["next"]:
        return 1
    if match["full"]:
        return count - (day == day.replace(month=1, day=1))  # the year of the event is none, unless it began with it
    if match["day"] and match["unit"][0] == "月":
        return count  # 第3个月的20日: the third month after
    return count - 1 + (day == _unit_end(day, _MONTHS[match["unit"][0]], 0))


def _unit_end(day: date, size: int, later: int) -> date | None:
    """The last day of the unit of `size` months that is `later` units after that of `day`."""
    first = add_months(date(day.year, (day.month - 1) // size * size + 1, 1), size * (later + 1) - 1)
    return month_end(first.year, first.month) if first is not None else None


def _inside(match: re.Match[str], last: date, size: int) -> date | None:
    """The day named inside the unit that ends on `last`, else its last day."""
    month, day = last.month, match["first_day"] or match["month_day"] or match["day"]
    if match["opens"]:
        month = last.month - size + 1
    elif match["month"]:
        month = int(number(match["month"]) or last.month)
    end = month_end(last.year, month)
    count = number(day) if day else None
    return end if count is None or count > end.day else end.replace(day=int(count))
