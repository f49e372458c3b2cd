"""The days of events that a paper knows by itself (签订, 生效, 本次会议, a feast), and the days that hang on an event's day."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.numerals import CHINESE, RUN, number
from contract_audit.chinese.text import fold_text
from contract_audit.chinese.workdays import add_months, shifted
from contract_audit.extract.duties.ends import counted_end

_PAPER = (
    "(?:本|补充|该|正式|投资|这[份个]?|此)*"
    "(?:约定|合同书?|协议书?|确认书|备忘录|契约|函|承诺书|意向书|文本|纪要|约定书|合约|承诺|字据|保证书|(?<=[本此])[书约])"
)
_BY_ALL = "(?:[甲乙丙丁]|[、，和与及]|方|双|三|各|经|由|共同|在|于|自|法定代表人|授权代表)*"
_SIGNED = (
    "(?:签订|签约|签署|签字|签定|订立|签章|签(?=本?(?:合同|协议))|盖章|回执|画押|出具|公章|签[好完妥下](?:了?字)?"
    "|[写立][下好完]?(?=(?:这|本)[份个张]?)|写[下好完]|立字|立约|印发|[并加、及和])+"
)
_SIGNING = re.compile(f"(?:{_BY_ALL}{_PAPER})?{_BY_ALL}(?:本|正式)?{_SIGNED}(?:生效|完毕|后)?(?:{_PAPER})?")
_EFFECTIVE = re.compile(r"^(?:本|补充)*(?:合同书?|协议书?|确认书|承诺书|备忘录|意向书|契约|函)?生效$")
_SENT = re.compile(r"(?:本|此|该)(?:答复|承诺|通知|复)?(?:函件?|信|纪要|书)(?:发出|送出|寄出|落款)")
_MEETING = re.compile(r"(?:本次|此次|专题|该|本)*会议?(?:召开|结束|议定|研究)?|散会")
_FIRST_YEAR = re.compile(r"^(?:头|首|第一)年的?")  # 头年的签字后十天内


def hanging_day(words: str, day: date) -> date | None:
    """次年3月31日前, 当月底前, 当日 read from the day of the event they hang on; None for 之前 and 之后."""
    end = counted_end(words, day)
    if end is not None:
        return end
    if _FULL_DAY.search(fold_text(words)):
        return day  # 满一年之日: the event's day has been moved on already
    hung = _HUNG.search(words)
    if hung:
        return _HUNG_DAYS[hung.group("which")](day)
    moments, _ = dates(fold_text(words), Frame(day, day))
    return next((moment.until for moment in reversed(moments) if moment.until is not None), None)


def after_full(anchor: str, day: date) -> date | None:
    """The day from which an anchor counts, its event being on `day`: 投产满一年 is a year later than 投产.

    交地次月 counts from the end of the event's month, 交地当月 from the end of the one before.
    """
    following = _FOLLOWING.search(anchor)
    if following is not None:
        return _FOLLOWING_DAYS[following["which"]](day)
    match = _FULL.search(fold_text(anchor))
    if match is None:
        return day
    if match["half"]:
        return add_months(day, 6) if match["unit"][-1] == "年" else day + timedelta(days=15)
    count = number(match["n"]) if match["n"] else None
    months = {"年": 12, "月": 1}.get(match["unit"][-1], 0)
    if count is None or count % 1:
        return None
    return add_months(day, int(count) * months) if months else day + timedelta(days=int(count))


_FULL = re.compile(rf"满(?:(?P<n>{RUN})|(?P<half>半))(?P<unit>周?年|个?月|日|天)(?:之日|之时|时)?$")
_FULL_DAY = re.compile(rf"满(?:{RUN}|半)(?:周?年|个?月|日|天)(?:之日|之时|时)?(?:[之以]?前|[之以]?内)?$")
_HUNG = re.compile(r"(?P<which>[当那][日天月]|当年|同[日天]|次[日月]|之日|即)内?$")
_HUNG_DAYS: dict[str, Callable[[date], date | None]] = {
    **dict.fromkeys(("当日", "当天", "那天", "那日", "同日", "同天", "之日", "即"), lambda day: day),
    "次日": lambda day: day + timedelta(days=1),
    **dict.fromkeys(("当月", "那月"), lambda day: _month_end(day, 0)),
    "次月": lambda day: _month_end(day, 1),
    "当年": lambda day: date(day.year, 12, 31),
}


def counted_on(anchor: str, day: date, offset: str, *, workday: bool, back: bool) -> date | None:
    """The day `offset` after (or before) the anchor's `day`; whole months from 交地次月 end with a month."""
    if not _FOLLOWING.search(anchor) or back:
        return shifted(day, offset, workday=workday, back=back)
    following = shifted(day + timedelta(days=1), offset, workday=workday)
    return following - timedelta(days=1) if following is not None else None


_FOLLOWING = re.compile(r"(?P<which>次月|当月|次年)(?:1日|一日|首日|1月1日|一月一日)?(?:起(?:算|计)?)?$")
_FOLLOWING_DAYS: dict[str, Callable[[date], date | None]] = {
    "次月": lambda day: _month_end(day, 0),
    "当月": lambda day: _month_end(day, -1),
    "次年": lambda day: date(day.year, 12, 31),
}


def counts_back(words: str) -> bool:
    """True for the time words 期满前30日 and 会议召开5日前, not for 开工满12个月前."""
    return bool(_BACK_FROM.search(words)) or (words.rstrip().endswith("前") and not re.search("[满起后]", words))


_BACK_FROM = re.compile(
    rf"前(?:至少|不少于|不得少于|的|第)?[0-9{CHINESE}]+(?:（[0-9]+）)?个?(?:半?[年月日天周季]|工作日|自然日|日历)|^提前"
)


def _month_end(day: date, later: int) -> date | None:
    following = add_months(day.replace(day=1), later + 1)
    return None if following is None else following - timedelta(days=1)


def anchored_day(anchor: str, signing: date | None, effective: date | None, meeting: date | None) -> date | None:
    """The day of an anchor event that the paper itself knows (签订, 生效, 本次会议, a date or feast), or None."""
    words = _FIRST_YEAR.sub("", fold_text(anchor))
    words = _FOLLOWING.sub("", words)
    if _SIGNING.fullmatch(_FULL.sub("", words)) or _SENT.fullmatch(_FULL.sub("", words)):
        return signing
    if _EFFECTIVE.match(_FULL.sub("", words)):
        return effective
    if _MEETING.fullmatch(words):
        return meeting
    moments, _ = dates(f"{words}期间", Frame())
    whole = len(moments) == 1 and moments[0].start == 0 and moments[0].end >= len(words)
    return moments[0].until if whole and moments[0].sure else None
