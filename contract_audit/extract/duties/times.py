"""Times inside a provision that bind somebody: due dates, deadlines from an event, rhythms, vague words.

A date is not always a due date: 起 opens a period, 签订的 tells of the past, 有效期至 of validity, “2023年6月30日前”变更为 of
what no longer holds.
"""

import re
from datetime import date

import msgspec

from contract_audit.chinese.text import behind_last
from contract_audit.extract.duties.acts import has_act
from contract_audit.extract.duties.back_words import day_then, event_before, is_back_word
from contract_audit.extract.duties.due_words import CHANGE, TERM, THIS_YEAR, due_day, is_due
from contract_audit.extract.duties.ends import counted_ends
from contract_audit.extract.duties.nodes import (
    Columns,
    columns,
    event_in_head,
    is_new,
    is_nothing_due,
    is_old,
    is_term,
    start_cell,
)
from contract_audit.extract.duties.offsets import named_offsets
from contract_audit.extract.duties.time_forms import (
    condition_met,
    counted_behind,
    happens,
    in_parts,
    is_each_of_term,
    is_each_year,
    is_gloss,
    moved_day,
    rhythm_from,
)
from contract_audit.model import Provision, Value


class Time(msgspec.Struct, frozen=True):
    """One time in a provision; a rhythm and an offset may stand together (每季度终了后十五日内)."""

    start: int
    end: int
    due: date | None = None
    anchor: str | None = None
    offset: str | None = None
    before: bool = False
    workday: bool = False
    recurrence: str | None = None
    vague: bool = False
    hanging: bool = False  # 次年3月31日前: the year hangs on an event
    changed: bool = False  # the date that 变更为 gives
    replaces: date | None = None  # the date that stood there before, in a table of changes


_VAGUE = re.compile(
    r"(?:等|待)?(?:20[0-9]{2}年)?(?:开春|入[春夏秋冬]|农闲|上冻|化冻)(?:前后|[之以]?[前后]|时)?(?:抽[时空]间?)?|(?:等|待)[^，。；]{1,20}?再(?![次度三])|"
    r"等[^，。；]{1,14}?了就|(?:[今明]年|20[0-9]{2}年)?(?:入汛|汛期?|雨季)(?:[之以]?前|过[后了]|结束后)|"
    r"尽快|尽早|早日|适时|择机|择期|抓紧|立即|陆续|(?:待|在)?条件(?:许可|成熟|具备|允许)(?:时|后)?|视[^，。；]{2,16}(?:情况|进展|进度)"
    r"|(?:待|等)[^，。；]{2,20}(?:后|时)(?:再|抓紧|予以)|(?:有了眉目|理顺)(?:之后|以后|后)?|[腾抽]得?出[^，。；]{0,6}时|"
    r"(?:时间|期限)(?:另行|再)[说定议]|适当时[候机]|(?:财力|财政状况|资金|时机)(?:许可|允许|成熟|具备|充裕)(?:时|后|的?情况下)|酌情"
)
# Rhythms without a day, which no value states: 按季报送, 逐年核拨, 每学年.
_RHYTHM = re.compile(
    r"(?:按照?(?:自然)?(?:月度?|季度?|年度?|周|半年|批次|学[年期]|旬)|逐[月季年周旬批]|[每各](?:学[年期]|批次?|旬|双月|单月)|定期(?!存))"
    r"(?=[^，。；\n]{0,12}(?:报|付|拨|兑|结|缴|送|提|核|召|返|发|划|退|还|汇|通报|公开|抄|补[足齐差给平]|清[算偿]|交|抵|扣|考核|评|调度|安排|对账))(?![利均租薪息供节0-9])"
)
_AT_ONCE = re.compile(r"(?P<event>[^，,；;。：:\n（）]{2,16}?)(?:时|后)?即(?=[^，。；]{0,4}(?:付|缴|交(?!付)|拨|退))")
_BREAK = re.compile(r"[，；;。：:]|,(?![0-9]{3})")
_CHANGED_TO = re.compile(rf"{CHANGE}[“\"]?$")
_OLD_TERM = re.compile(rf"[”\"]?(?:（[^（）]{{1,24}}）)?[”\"]?(?:的期限)?[，,]?{CHANGE}")
# An event without an offset: 在乙方投产前完成道路, 项目竣工后退还.
_AT_EVENT = re.compile(
    r"(?:(?<![存现所])在|于|待|经|[，,；;：:]|^)(?P<event>[^，,；;。：:\n（）]{2,24}?)(?:(?P<same>(?:之日|"
    r"的|[之以]?后的?(?=次))?(?:当[日天月年]|同[日天]|次[日月]|那[天日月](?!算|起|往))内?|之日(?=[^起前后内，。；]))|(?P<side>之前|以前|前|之后|以后|后|的同时|时))[，,]?(?=[^，,。；]{0,14})"
)
_BREACH = re.compile(r"逾期|违约|未按|未能|迟延|赔偿")
_EVENT_BEFORE = re.compile(
    r"(?:^|[，,；;。：:、.．\s]|[应于在须自]|方)(?P<event>[^，,；;。：:\s应于在须自]{2,16}?)(?:之日|日)?(?:所在|后)?的?$"
)
_COUNTED = re.compile(r"[，,]?(?:从|自)(?P<anchor>[^，。；]{2,30}?)(?:之日|日)?起(?:计算|算|计)")
# 期限为交付日起8个月, 工期：自开工令签发之日起14个月
_COUNTED_BEFORE = re.compile(
    r"(?:时限|工期|(?:建设|完成|办理|整改|施工)?期限|完成时间)(?:为|是|：|定为|约定为)?(?:自|从)?(?P<anchor>[^，。；：自从]{2,30}?)(?:之日|日)?起(?:计算|算|计)?$"
)
_COUNTED_CHARS = 44


def times_in(text: str, provision: Provision, inside: list[Value], signed: date | None) -> list[Time]:
    """The times of the provision in text order; `inside` are its values, `signed` the day the paper was signed."""
    table = columns(text, provision)
    found = [time for value in inside if (time := _time(text, provision, value, signed, table)) is not None]
    found = [time for time in (_in_column(text, table, time, inside) for time in found) if time is not None]
    named = [*_after_named(text, provision, table), *_ends(text, provision)]
    found = [time for time in found if not any(one.start < time.end and time.start < one.end for one in named)] + named
    then = None if found else day_then(text, provision.start)
    if then is not None:
        found.append(Time(then[0], then[1], due=then[2]))
    for low, high in _segments(text, provision):
        if not any(low <= time.start < high for time in found):
            found += _at_events(text, low, high)
    for low, high in _phrases(text, provision):
        if not any(time.start < high and low < time.end for time in found):
            low += len(text[low:high]) - len(text[low:high].lstrip())
            found += [
                time
                for time in _at_events(text, low, high, begins=provision.end)
                if _SAME_DAY.search(text, time.start, time.end) or _owes_before(text, high, time, found)
            ]
    found += [one for one in _soft(text, provision) if not any(_same_segment(text, one, time) for time in found)]
    for match in _VAGUE.finditer(text, provision.start, provision.end):
        if not any(time.start <= match.start() < time.end for time in found):
            found.append(Time(match.start(), match.end(), vague=True))
    return _merged(text, sorted(found, key=lambda time: time.start))


def _soft(text: str, provision: Provision) -> list[Time]:
    """Rhythms without a day, and payments at once (签约即付30%), for parts of a provision that have no other time."""
    rhythms = [
        Time(match.start(), match.end(), recurrence=match.group())
        for match in _RHYTHM.finditer(text, provision.start, provision.end)
    ]
    at_once = [
        Time(match.start("event"), match.end(), anchor=match["event"])
        for match in _AT_ONCE.finditer(text, provision.start, provision.end)
        if happens(match["event"])
    ]
    return rhythms[:1] + at_once


def _same_segment(text: str, one: Time, time: Time) -> bool:
    low, high = min(one.end, time.end), max(one.start, time.start)
    return not _SEMICOLON.search(text, low, high) if low < high else True


def _after_named(text: str, provision: Provision, table: Columns) -> list[Time]:
    """The times that count from a named day: T+30日, D日."""
    return [
        Time(one.start, one.end, anchor=one.event, offset=one.offset, before=one.before, workday=one.workday)
        for one in named_offsets(text, provision, table)
    ]


def _ends(text: str, provision: Provision) -> list[Time]:
    """The times that hang on a counted end: 签约后第二个季末前."""
    return [
        Time(one.start, one.end, anchor=one.event or None, hanging=not one.event)
        for one in counted_ends(text, provision.start, provision.end)
    ]


def _in_column(text: str, table: Columns, time: Time, values: list[Value]) -> Time | None:
    """What the row's columns say of a time: 原期限 no longer holds, 变更后期限 is agreed anew, 起算 is what it counts from."""
    if is_nothing_due(table, time.start):
        return None
    if is_new(table, time.start):
        old = next((value.until for value in values if value.kind == "date" and is_old(table, value.start)), None)
        return msgspec.structs.replace(time, changed=True, replaces=old)
    if time.offset is None or time.anchor:
        return time
    start = start_cell(text, table)
    if start is not None:
        low, high, event = start
        return msgspec.structs.replace(time, start=min(low, time.start), end=max(high, time.end), anchor=event)
    return msgspec.structs.replace(time, anchor=event_in_head(table, time.start))


def _phrases(text: str, provision: Provision) -> list[tuple[int, int]]:
    """The parts of a provision between commas: 移交之日付15万元，安装完成后十日内付20万元 hang on an event each."""
    marks = [match.start() for match in _BREAK.finditer(text, provision.start, provision.end)]
    return list(zip([provision.start, *(mark + 1 for mark in marks)], [*marks, provision.end], strict=True))


_SAME_DAY = re.compile(r"(?:当[日天月年]|同[日天]|次月|之日|那[天日月])$")


def _owes_before(text: str, end: int, time: Time, found: list[Time]) -> bool:
    """于试生产前取得许可证，并自试生产之日起三个月内…: a duty of its own before one that 并 adds with another time.

    So is one before a phrase that opens with its own time: 在模具进场之前付出去，年底凭发票冲账.
    """
    added = re.compile(r"[，,](?:并|且|同时)").match(text, end)
    reach = end + (_ADDED_CHARS if added is not None else 1)
    return text[time.end - 1] == "前" and any(end < other.start <= reach for other in found)


_ADDED_CHARS = 10


def _segments(text: str, provision: Provision) -> list[tuple[int, int]]:
    """The parts of a provision between semicolons; each may hang on an event of its own (余款质保期满后付清)."""
    marks = [match.start() for match in _SEMICOLON.finditer(text, provision.start, provision.end)]
    return list(zip([provision.start, *(mark + 1 for mark in marks)], [*marks, provision.end], strict=True))


_SEMICOLON = re.compile("[；;]")


def _at_events(text: str, start: int, end: int, *, begins: int | None = None) -> list[Time]:
    """The event that a duty without day or offset hangs on: 项目用地交付前. Conditions (…的，) are no such events.

    With `begins` the event may stand first, and what is done before that offset: 协议生效当日，乙方交保证金.
    """
    if _BREACH.search(text, start, end):
        return []
    offset, part = (start, text[start:end]) if begins is not None else (0, text)
    for match in _AT_EVENT.finditer(part, start - offset, end - offset):
        event = _WHO.sub("", match["event"])
        rest = part[match.end() : end - offset] or text[end : begins or end]
        known = happens(event)
        if (match["same"] and not known) or _HAPPENED.match(rest):
            continue
        if known and has_act(rest) and not event.endswith(("的", "目", "当", "以", "今", "此", "先", "事")):
            low, high = match.end("event") - len(event), match.end("same" if match["same"] else "side")
            return [Time(offset + low, offset + high, anchor=event)]
    return []


_WHO = re.compile(
    r"^由?(?:[甲乙丙丁]方|项目公司)(?:应当?|须|必须|需|负责|承诺|保证|确保)?(?:于|在)"
)  # 乙方应于试生产前
# 一期投产后已退还, 签约之日场地仅完成平整: told, not owed
_HAPPENED = re.compile(r"[，,]?[^，,。；\n应须]{0,6}(?:已|曾|业已|仅(?:完成|有)|尚未|刚[刚完])")


def _merged(text: str, found: list[Time]) -> list[Time]:
    """A rhythm and a time without a comma between them are one time: 于每季度终了后十五日内."""
    merged: list[Time] = []
    for time in found:
        last = merged[-1] if merged else None
        if time.hanging and not time.anchor:
            anchor = next((one.anchor for one in reversed(merged) if one.anchor), None)
            time = msgspec.structs.replace(time, anchor=anchor)
        if last is not None and last.offset and time.due and _is_at_latest(text, time):
            merged[-1] = msgspec.structs.replace(last, due=time.due)
        elif (
            last is not None
            and (last.due or last.offset or last.vague)
            and time.due
            and is_gloss(text, last.end, (time.start, time.end))
        ):
            merged[-1] = msgspec.structs.replace(time, start=last.start)  # 8月中旬前（即8月15日前）
        elif last is not None and _is_one(text, last, time):
            merged[-1] = _both(last, time)
        else:
            merged.append(time)
    return merged


def _is_at_latest(text: str, time: Time) -> bool:
    """交楼前六十日书面告知，最迟5月21日: a phrase that is nothing but the last day for what stands before."""
    return bool(
        _LATEST.match(text, time.start) and _BREAK.match(text[time.start - 1]) and _CLOSED.match(text, time.end)
    )


_LATEST = re.compile(r"(?:但|且)?(?:最[迟晚]|至迟|不得?[迟晚]于|不超过)")
_CLOSED = re.compile(r"[。；;，,\n]|$")


def _is_one(text: str, last: Time, time: Time) -> bool:
    if time.start > last.end and _BREAK.search(text, last.end, time.start):
        return False
    return bool(last.recurrence or last.vague or time.recurrence or time.vague or (time.hanging and last.anchor))


def _both(last: Time, time: Time) -> Time:
    rhythm = last.recurrence or time.recurrence
    return Time(
        last.start,
        max(last.end, time.end),
        due=None if rhythm else last.due or time.due,
        anchor=last.anchor or time.anchor,
        offset=last.offset or time.offset,
        before=last.before or time.before,
        workday=last.workday or time.workday,
        recurrence=rhythm,
        hanging=last.hanging or time.hanging,
    )


def _time(text: str, provision: Provision, value: Value, signed: date | None, table: Columns) -> Time | None:
    if value.kind == "recurrence":
        return Time(value.start, value.end, recurrence=text[value.start : value.end])
    if value.kind == "deadline":
        return None if _OLD_TERM.match(text, value.end) else _of_deadline(text, value)
    if value.kind == "duration":
        return _in_term(value, table) or _counted(text, provision, value)
    if value.kind != "date" or not is_due(text, provision, value, signed):
        return None
    return _of_date(text, provision, value, signed) if value.sure else _of_open_date(text, provision, value, signed)


def _of_deadline(text: str, value: Value) -> Time:
    parts = in_parts(text, value.start)
    if parts is not None:
        return Time(value.start, value.end, recurrence=parts)
    back = event_before(text, value.start, value.end) if is_back_word(value.anchor or "") else None
    before = value.direction == "before"
    met = None if value.anchor or before else condition_met(text, value.start)
    within = before and text[value.start : value.end].endswith("内")  # 开工前15日内: at the latest when work begins
    supposed = text.rfind(f"{back}的", max(0, value.start - _CONDITION_CHARS), value.start) if back else -1
    return Time(
        value.start if supposed < 0 else supposed,  # 取得施工许可证的，其后一个月内开工: no part of what is owed
        value.end,
        anchor=back or value.anchor or met or counted_behind(text, value.end),
        offset="P0D" if within else value.offset,
        before=before,
        workday=value.workday,
        recurrence=rhythm_from(text, value.end),
    )


_CONDITION_CHARS = 60


def _of_date(text: str, provision: Provision, value: Value, signed: date | None) -> Time:
    if is_each_year(text, text[value.start : value.end], value.start):
        return Time(value.start, value.end, recurrence=text[value.start : value.end])
    due = due_day(text, value, signed)
    moved = moved_day(text, provision, value.end, due)
    if moved is not None:
        return Time(value.start, value.end, due=moved, changed=True, replaces=due)
    changed = bool(_CHANGED_TO.search(text, max(provision.start, value.start - 8), value.start))
    return Time(value.start, value.end, due=due, changed=changed)


def _of_open_date(text: str, provision: Provision, value: Value, signed: date | None) -> Time:
    """当年底, 次年6月30日前: a day whose year hangs on an event."""
    if is_each_of_term(text, text[value.start : value.end], value.start):
        return Time(value.start, value.end, recurrence=text[value.start : value.end])
    beside = _event_before(text, provision.start, value.start)
    event = beside or _event_of_sentence(text, provision, value)
    start = value.start - len(beside) if beside and text.endswith(beside, 0, value.start) else value.start
    later = text.startswith(("次", "翌"), value.start)
    low = behind_last("\n。；", text, value.start) if later else provision.start
    this_year = THIS_YEAR.match(text, value.start) and not _YEARLY.search(text, low, value.start)
    if event is None and this_year:
        return Time(value.start, value.end, due=_in_that_year(text, value, signed))
    return Time(start, value.end, hanging=True, anchor=event)


def _in_that_year(text: str, value: Value, signed: date | None) -> date | None:
    """次年1月15日前 where nothing else is spoken of: of the year after the signing."""
    due = due_day(text, value, signed)
    if due is None or signed is None or not text.startswith(("次", "翌"), value.start):
        return due
    return due.replace(year=signed.year + 1) if (due.month, due.day) != (2, 29) else due


_YEARLY = re.compile(
    r"每|各|年[度底末]|[0-9二两三四五六七八九十]年|投产|达产|次年|[起后]|税|奖|补|贡献|返|分红|利润|营收|产值|年(?:利用|平均|发电|上网|运行|营业|销售|收[入益]|产[量值]|用[水电气汽]|客流|接待|吞吐|交易|结算)"
)


def _event_before(text: str, low: int, start: int) -> str | None:
    """The event a year or month hangs on, where it stands right before: 签约次年6月30日前."""
    match = _EVENT_BEFORE.search(text, max(low, start - 24), start)
    return match["event"] if match and has_act(match["event"]) else None


def _event_of_sentence(text: str, provision: Provision, value: Value) -> str | None:
    """The event that opens the sentence of a year that hangs on it: 认定通过后，甲方于次年一季度内兑付."""
    if not text.startswith(("次", "翌", "当", "下"), value.start):
        return None
    match = _OPENS.match(text, provision.start, value.start)
    return match["event"] if match and has_act(match["event"]) else None


_OPENS = re.compile(
    r"(?P<event>[^，。；：\n]{4,40}?)(?:之?后|的|之日起)[，](?:[^，。；\n]{0,16}?(?:应当?|须|于|在|将|由))?$"
)


def _in_term(value: Value, table: Columns) -> Time | None:
    """A bare length under 时限; the row says from when."""
    if not is_term(table, value.start):
        return None
    return Time(value.start, value.end, offset=value.high_iso or value.low_iso, workday=value.workday)


def _counted(text: str, provision: Provision, value: Value) -> Time | None:
    """建设期18个月，自房屋交付之日起算."""
    before = _COUNTED_BEFORE.search(text, max(provision.start, value.start - _COUNTED_CHARS), value.start)
    if before is not None:
        anchor, offset = before["anchor"], value.high_iso or value.low_iso
        return Time(before.start("anchor"), value.end, anchor=anchor, offset=offset, workday=value.workday)
    match = _COUNTED.match(text, value.end)
    if match is None or match.end() > provision.end or TERM.search(text, provision.start, value.start):
        return None
    return Time(
        value.start,
        match.end(),
        anchor=match["anchor"],
        offset=value.high_iso or value.low_iso,
        workday=value.workday,
    )
