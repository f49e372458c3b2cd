"""Dates in folded text as Chinese papers write them, to closed intervals of days.

    2023年2月1日 · 二〇二三年二月 · 2023.2.1 · 2024年上半年 · 三季度末 · 5月底前 · 次年6月30日前 · “十四五”期间

What a reader takes from the sentence is taken here too: a date without a year has the year of the nearest full date
before it, else that of the reference day; 前 leaves the start open, 起 the end. A day that does not exist is unsure.
"""

import re
from calendar import monthrange
from datetime import date, time, timedelta

import msgspec

from contract_audit.chinese.counted import counted_day
from contract_audit.chinese.feasts import HOLIDAY, WORDS
from contract_audit.chinese.lunar import lunar_day
from contract_audit.chinese.numerals import CHINESE
from contract_audit.chinese.stretches import month_end, small, stretch


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A date expression: closed interval of days (None = open or unknown), clock times where given.

    `yearless`: the year comes from context; `full`: one day with its year in the words; `sure` False: cannot be fixed.
    """

    start: int
    end: int
    since: date | None
    until: date | None
    since_time: time | None = None
    until_time: time | None = None
    yearless: bool = False
    full: bool = False
    sure: bool = True


class Frame(msgspec.Struct, frozen=True):
    """What words like 6月底前 or 次年 are read against: the paper's reference day, the last full date before.

    `far`: that date stands paragraphs away, so that only 同年 looks back to it.
    """

    today: date | None = None
    last: date | None = None
    far: bool = False

    @property
    def year_from(self) -> date | None:
        """The day whose year a date without one has."""
        return self.today if self.far and self.today else self.last or self.today

    @property
    def aged(self) -> "Frame":
        """The frame of a paragraph further on."""
        return Frame(self.today, self.last, far=True)


YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][〇零0九][〇零0-9一二三四五六七八九]{2}|贰[零〇][零〇壹贰叁肆伍陆柒捌玖]{2})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元(?=月)|壹?拾[壹贰]?|零?[壹贰叁肆伍陆柒捌玖])"
DAY = (
    r"(?:[12][0-9]|3[01]|0?[1-9]|二十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?|卅一?|十[一二三四五六七八九]?|[一二三四五六七八九]"
    r"|贰拾[壹贰叁肆伍陆柒捌玖]?|叁拾壹?|壹?拾[壹贰叁肆伍陆柒捌玖]?|零?[壹贰叁肆伍陆柒捌玖])"
)
LINK = r"(?:起?(?:-|—{1,2}|～|~|至|到))"
_LUNAR_DAY = (
    r"(?:初[一二三四五六七八九十]|[廿十][一二三四五六七八九]?|二十[一二三四五六七八九]?|三十|[底末])(?:日(?!内))?"
)
LUNAR = (
    rf"(?:(?:农历|阴历|旧历)(?P<lm>[正腊冬一二三四五六七八九十])月(?P<ld>{_LUNAR_DAY})"
    rf"|(?P<lm2>正(?!月十五)|[腊冬])月(?P<ld2>{_LUNAR_DAY}))"
)
FEASTS = (
    rf"(?:(?:“{WORDS}”|{WORDS}){HOLIDAY}(?=[前后]|[之以][前后]|期间|[、和及]“?{WORDS}”?[之以]?前)"  # 中秋、国庆前
    rf"|(?<=[迟晚]于){WORDS}|(?<=超过){WORDS})"
)

_REST = (
    rf"(?P<m>{MONTH})(?:月?{LINK}(?P<m2>{MONTH}))?月份?(?:(?P<d>{DAY})(?:[日号]|(?=(?:[之以]|或)?前(?![后期述款0-9])))|(?P<third>[上中下])旬|月?(?P<mend>[底末初](?!个)|中(?=[之以]?前)))?"
    r"|年?(?P<half>[上下])半年(?P<hend>[底末])?"
    r"|(?P<first>前)?(?:第(?=.个?季))?(?P<q>[一二三四1-4])(?:(?<=第.)个)?季(?:度(?P<qend>[底末])?|(?P<qlast>[底末]))"
    r"|Q(?P<quarter>[1-4])(?![0-9])"
    rf"|年?(?P<yend>[底末初](?!期|端|级|次|位|个)|中(?=[之以]?前))|(?P<feast>{FEASTS})|(?P<within>(?<![首头])年内)"
)
# 23年6月底, 24年底 is 2023, 2024; without month and day it would be a length of 23 years.
_SHORT_YEAR = (
    rf"[1-3][0-9](?=年(?:{MONTH}月(?:{DAY}[日号]|[底末份前上中下])|年?[底末](?!期)|[上下]半年|第?[一二三四]季))"
)
_INSIDE = re.compile(_REST)
_BARE = re.sub(r"\?P<\w+>", "?:", _REST)
_ATOM = re.compile(
    rf"(?=[0-9一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾零农阴旧腊今去明本同次翌来当后上下前第年元劳七国春正中除端清谷立夏冬小芒惊大处白秋寒霜六八妇儿教建双年农重“])(?:"
    r"(?:(?<![0-9.,-])|(?<=[./][0-9]-)|(?<=[./][0-9]{2}-))"
    r"(?P<ny>(?:19|20)[0-9]{2})(?P<sep>[-./])(?P<nm>1[0-2]|0?[1-9])"
    r"(?:(?P=sep)(?P<nd>[12][0-9]|3[01]|0?[1-9])日?)?(?![0-9]|[.,/][0-9]|-(?!(?:19|20)[0-9]{2}[./])[0-9]|[万亿元亩%平米公吨倍])"
    r"|(?:(?<=[日期间])|(?<=[日期间]：))(?P<sy>[12][0-9])(?P<ssep>[-./])(?P<sm>1[0-2]|0?[1-9])"
    r"(?P=ssep)(?P<sd>[12][0-9]|3[01]|0?[1-9])(?![0-9]|[.,/-][0-9])"
    r"|(?<![0-9.,/-])(?P<dm>1[0-2]|0?[1-9])\.(?P<dd>3[01]|[12][0-9]|0?[1-9])(?=日?(?:[之以]前|前))日?"
    r"|(?<![0-9.,-])(?P<solid>(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))"
    r"(?:(?=[前起止至到]|之前|以前|日)日?|(?:(?<=[日期间][0-9]{8})|(?<=[日期间]：[0-9]{8}))(?![0-9A-Za-z.,/-]))"
    rf"|(?P<mw>[本当同次下])个?月(?:(?P<md>{DAY})[日号]|(?P<mlast>月?[底末])|(?=内))"
    rf"|(?:(?P<ly>{YEAR})年|(?P<lw>[今去明当])年)?{LUNAR}"
    rf"|(?<![0-9,{CHINESE}])(?<![^A-Za-z]\.)(?P<y>{YEAR}|{_SHORT_YEAR})(?:年?度?{LINK}(?P<y2>{YEAR}))?年(?![月号])度?(?P<rest>{_BARE})?"
    rf"|(?P<w>[今去明本同次翌来当]|(?:(?<![\u4e00-\u9fff])|(?<=[到至在于过]))后)年度?的?(?P<wrest>{_BARE})?"
    rf"|(?:(?<=[最至]晚)|(?<![0-9.,个每满年月误延拖隔晚早期半几多{CHINESE}]))(?P<own>{_BARE})(?![薪息租供收])"
    r"|(?<![0-9.,])(?P<listed>(?:19|20)[0-9]{2})(?=(?:[、和与及](?:19|20)[0-9]{2})*[、和与及](?:19|20)[0-9]{2}年(?:年?[底末]|内))"
    r"|“?(?P<plan>十[一二三四五六]?)五”?(?:规划)?(?P<pend>期末|末期?|期间|时期)"
    r")"
)
_CLOCK = re.compile(r"(?P<noon>[上下]午|早上|晚上)?(?P<h>[01]?[0-9]|2[0-4])(?:[:：]|[时点])(?P<mi>[0-5]?[0-9])?分?")
_LINKED_DAY = re.compile(rf"{LINK}(?P<d>{DAY})[日号]")
_LINK = re.compile(LINK)
_BEFORE = re.compile(
    r"(?:（(?:星期|周)[一二三四五六日天]）|（不?含(?:当日|本日)?）|或|(?<=[月度年])(?:结束|终了)|(?<=季)(?:结束|终了))?"
    r"(?:(?:之|以)前|前(?!后|期|述|款|[0-9一二两三四五六七八九十]{1,2}个?[年月季])|止|为止|截止)"
)
_AFTER = re.compile(
    r"(?:（不?含(?:当日|本日)?）)?之?日?起(?!草|诉|步)|(?:以|之)后|以来|后(?!期|续|年|半|勤|[0-9一二两三四五六七八九十])|开始"
)
_BY = re.compile(
    r"(?:(?:最[迟晚]|至迟)?(?:应当?|必?须|要)?不(?:得|能|应|可)?(?:[迟晚]于|超过)|最[迟晚]不过"
    r"|(?:[最至][迟晚])(?:应当?|必?须|要)?[到于在]?|截[至止]到?|(?<![0-9日月年起])[至到])$"
)
_FROM_TODAY = "今去明本来后"
_FEAST = re.compile(FEASTS)
_SENTENCE = re.compile(r"[。\n]")


def dates(text: str, frame: Frame) -> tuple[list[Moment], Frame]:
    """All date expressions of folded `text` in order, and the frame for the text that follows."""
    found: list[Moment] = []
    position = 0
    while match := _ATOM.search(text, position):
        moment, frame = _moment(text, match, frame, found)
        position = match.end()
        if moment is not None:
            found.append(moment)
            position = max(position, moment.end)
    return found, frame


def _moment(text: str, match: re.Match[str], frame: Frame, found: list[Moment]) -> tuple[Moment | None, Frame]:
    """The expression that starts with this atom: its range, clock times and 前/起, and the frame after it."""
    first = _atom(match, frame, _near(text, found, match.start()))
    if first is None:
        return None, frame
    frame = _after(first, frame)
    first = _with_clock(text, first)
    second = _range_end(text, first, frame)
    if second is not None:
        frame = _after(second, frame)
        first = msgspec.structs.replace(
            first, end=second.end, until=second.until, until_time=second.until_time, full=False,
            sure=first.sure and second.sure,
        )  # fmt: skip
    counted = counted_day(text, first.end, first.since, first.until) if first.since and first.until else None
    if counted is not None:
        end, day = counted
        first = msgspec.structs.replace(
            first, end=end, since=day, until=day, full=False, sure=first.sure and day is not None
        )
        return _bounded(text, first, single=True, feast=False), frame
    is_feast = bool(_FEAST.search(text, first.start, first.end + 1))
    return _bounded(text, first, single=second is None, feast=is_feast), frame


def _near(text: str, found: list[Moment], start: int) -> date | None:
    """The last day named with its year in the same sentence: what 同年 and 次年 look back to."""
    for moment in reversed(found[-3:]):
        day = moment.until or moment.since
        if day is not None and not moment.yearless:
            return None if _SENTENCE.search(text, moment.end, start) else day
    return None


def _after(moment: Moment, frame: Frame) -> Frame:
    return Frame(frame.today, moment.since) if moment.full and moment.sure else frame


def _atom(match: re.Match[str], frame: Frame, near: date | None) -> Moment | None:
    start, end = match.span()
    if match["ny"] or match["sy"] or match["solid"]:
        return _in_figures(match)
    if match["dm"]:
        today = near or frame.year_from
        year = today.year if today else None
        return _day(start, end, year, int(match["dm"]), int(match["dd"]), full=False) if year else None
    if match["mw"]:
        return _relative_month(match, frame, near)
    if match["lm"] or match["lm2"]:
        return _lunar(match, near or frame.year_from)
    if match["y"]:
        year = _full_year(match["y"])
        return _in_year(match, "rest", year, full=True, last_year=_full_year(match["y2"] or match["y"]))
    if match["listed"]:  # 2024、2025、2026年底
        last = date(int(match["listed"]), 12, 31)
        return Moment(start=start, end=end, since=last, until=last)
    if match["plan"]:
        return _plan(start, end, match["plan"], match["pend"])
    if match["w"]:
        return _relative(match, frame, near)
    return _own(match, frame, near)


def _in_figures(match: re.Match[str]) -> Moment:
    """2023.2.1, 2023/02, 20230201; behind a label 23.2.1 too."""
    start, end = match.span()
    if match["solid"]:
        words = match["solid"]
        return _plain(start, end, int(words[:4]), int(words[4:6]), int(words[6:]))
    if match["sy"]:
        return _plain(start, end, _full_year(match["sy"]), int(match["sm"]), int(match["sd"]))
    return _plain(start, end, int(match["ny"]), int(match["nm"]), int(match["nd"]) if match["nd"] else None)


def _own(match: re.Match[str], frame: Frame, near: date | None) -> Moment:
    """A date without a year; a feast named after a later day of the sentence is the next (国庆前交30套，其余元旦前交)."""
    today = near or (frame.today if match["own"] == "年内" else None) or frame.year_from
    own = _in_year(match, "own", today.year if today else None, full=False)
    if near is not None and own.until is not None and own.until < near and _FEAST.match(match.string, match.start()):
        return _in_year(match, "own", near.year + 1, full=False)
    return own


def _lunar(match: re.Match[str], today: date | None) -> Moment:
    """二〇二三年正月初十; without a year that of the day from which others take theirs."""
    start, end = match.span()
    year = _full_year(match["ly"]) if match["ly"] else today.year + _SPOKEN_YEARS.get(match["lw"], 0) if today else None
    month, day = match["lm"] or match["lm2"], match["ld"] or match["ld2"]
    that = lunar_day(year, month, day.removesuffix("日")) if year is not None else None
    return Moment(
        start=start,
        end=end,
        since=that,
        until=that,
        full=bool(match["ly"]),
        yearless=not match["ly"],
        sure=that is not None,
    )


_SPOKEN_YEARS = {"去": -1, "明": 1}


def _full_year(words: str) -> int:
    year = small(words)
    return year + 2000 if year < 100 else year


def _relative(match: re.Match[str], frame: Frame, near: date | None) -> Moment | None:
    """今年, 去年, 明年 are read from the reference day, where that is unknown from the date before that gives years to dates
    without one; 次年, 当年 from a date before, sure only within its sentence.
    """
    word, rest = match["w"], match["wrest"]
    today = frame.today or frame.year_from if word in _FROM_TODAY else near or frame.last or frame.today
    if rest is None and word not in "今去明" and not (word == "本" and match.string.startswith("内", match.end())):
        return None
    if today is None:
        return Moment(start=match.start(), end=match.end(), since=None, until=None, yearless=True, sure=False)
    year = today.year + {"去": -1, "明": 1, "来": 1, "次": 1, "翌": 1, "后": 2}.get(word, 0)
    moment = _in_year(match, "wrest", year, full=False)
    known = near is not None or word in _FROM_TODAY or (word == "同" and frame.last is not None)
    return msgspec.structs.replace(moment, sure=moment.sure and known, yearless=not known)


def _relative_month(match: re.Match[str], frame: Frame, near: date | None) -> Moment:
    """本月 and 下月 are read from the reference day; 当月, 次月 from a date before, sure only within its sentence."""
    start, end = match.span()
    spoken = match["mw"] in "本下"
    today = frame.today if spoken else near or frame.last or frame.today
    if today is None:
        return Moment(start=start, end=end, since=None, until=None, yearless=True, sure=False)
    index = today.year * 12 + today.month - 1 + (1 if match["mw"] in "次下" else 0)
    year, month = index // 12, index % 12 + 1
    if match["md"]:
        moment = _day(start, end, year, month, small(match["md"]), full=False)
    else:
        last = month_end(year, month)
        moment = Moment(start=start, end=end, since=last if match["mlast"] else date(year, month, 1), until=last)
    known = spoken or near is not None
    return msgspec.structs.replace(moment, sure=moment.sure and known, yearless=not known)


def _plan(start: int, end: int, plan: str, stop: str) -> Moment:
    last = 2005 + 5 * (("十", "十一", "十二", "十三", "十四", "十五", "十六").index(plan))
    if stop.startswith(("末", "期末")):
        return Moment(start=start, end=end, since=date(last, 12, 31), until=date(last, 12, 31))
    return Moment(start=start, end=end, since=date(last - 4, 1, 1), until=date(last, 12, 31))


def _plain(start: int, end: int, year: int, month: int, day: int | None) -> Moment:
    if day is None:
        return Moment(start=start, end=end, since=date(year, month, 1), until=month_end(year, month))
    return _day(start, end, year, month, day, full=True)


def _day(start: int, end: int, year: int, month: int, day: int, *, full: bool) -> Moment:
    if day > monthrange(year, month)[1]:
        return Moment(start=start, end=end, since=None, until=None, sure=False)
    that = date(year, month, day)
    return Moment(start=start, end=end, since=that, until=that, full=full, yearless=not full)


def _in_year(match: re.Match[str], group: str, year: int | None, *, full: bool, last_year: int | None = None) -> Moment:
    start, end = match.span()
    if year is None:
        return Moment(start=start, end=end, since=None, until=None, yearless=True, sure=False)
    part = _INSIDE.match(match.string, match.start(group)) if match[group] else None
    if part is None:
        return Moment(start=start, end=end, since=date(year, 1, 1), until=date(last_year or year, 12, 31))
    if part["m"] and part["d"]:
        return _day(start, end, year, small(part["m"]), small(part["d"]), full=full)
    period = stretch(year, part)
    if period is None:
        return Moment(start=start, end=end, since=None, until=None, yearless=not full, sure=False)
    since, until = period
    return Moment(start=start, end=end, since=since, until=until, yearless=not full)


def _with_clock(text: str, moment: Moment) -> Moment:
    match = _CLOCK.match(text, moment.end) if moment.since == moment.until else None
    if match is None:
        return moment
    hour = int(match["h"]) + (12 if match["noon"] in ("下午", "晚上") and int(match["h"]) < 12 else 0)
    if hour > 23:
        return moment
    clock = time(hour, int(match["mi"] or 0))
    return msgspec.structs.replace(moment, end=match.end(), since_time=clock, until_time=clock)


def _range_end(text: str, first: Moment, frame: Frame) -> Moment | None:
    """The second date of 5月8日至5月12日, 5月8日-12日, 2026年1月至12月."""
    if first.since is None:
        return None
    if first.since == first.until and (day := _LINKED_DAY.match(text, first.end)):
        return _with_clock(
            text, _day(day.start(), day.end(), first.since.year, first.since.month, small(day["d"]), full=False)
        )
    link = _LINK.match(text, first.end)
    atom = _ATOM.match(text, link.end()) if link else None
    if atom is None:
        return None
    second = _atom(atom, Frame(first.since, first.since), first.since)
    if second is None or second.until is None or second.until < first.since:
        return None
    return _with_clock(text, second)


def _bounded(text: str, moment: Moment, *, single: bool, feast: bool) -> Moment:
    """前 and 不迟于 leave the start open, 起 the end; 8月前 is read as by the end of August, the reading least severe."""
    by = _BY.search(text, max(0, moment.start - 8), moment.start) if single else None
    before = _BEFORE.match(text, moment.end) if single else None
    after = _AFTER.match(text, moment.end) if single and not before else None
    if before and moment.since is not None and feast:
        day = moment.since - timedelta(days=1)
        return msgspec.structs.replace(moment, since=None, until=day, end=before.end())
    if before or by:
        return msgspec.structs.replace(
            moment, start=by.start() if by else moment.start, end=before.end() if before else moment.end,
            since=None, since_time=None,
        )  # fmt: skip
    if after:
        return msgspec.structs.replace(moment, end=after.end(), until=None, until_time=None)
    return moment
