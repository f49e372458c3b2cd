"""Times inside a provision that bind somebody: due dates, deadlines from an event, rhythms, vague words.

A date is not always a due date: 起 opens a period, 签订的 tells of the past, 有效期至 of validity, “2023年6月30日前”变更为 of
what no longer holds.
"""

import re
from datetime import date

import msgspec

from contract_audit.chinese.numerals import RUN, number
from contract_audit.deeds import event as deed
from contract_audit.extract.acts import has_act
from contract_audit.extract.nodes import (
    Columns,
    columns,
    event_in_head,
    is_new,
    is_old,
    is_start,
    is_term,
    start_cell,
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
    r"尽快|尽早|早日|适时|择机|择期|抓紧|立即|陆续|(?:待|在)?条件(?:许可|成熟|具备|允许)(?:时|后)?|视[^，。；]{2,16}(?:情况|进展|进度)"
    r"|(?:待|等)[^，。；]{2,20}(?:后|时)(?:再|抓紧|予以)|(?:有了眉目|理顺)(?:之后|以后|后)?|[腾抽]得?出[^，。；]{0,6}时|"
    r"(?:时间|期限)(?:另行|再)[说定议]"
)
_BREAK = re.compile(r"[，,；;。：:]")
_CHANGE = r"(?:变更|调整|改|修改|延长|延期|推迟|顺延|延后|提前)(?:为|至|到)"
_CHANGED_TO = re.compile(rf"{_CHANGE}[“\"]?$")
_MOVED = re.compile(r"(?:变更|调整|修改|延长|延期|推迟|顺延|延后|展期|宽限|延)(?:为|至|到)[“\"]?[至到]?$")
_OLD = re.compile(rf"[”\"]?{_CHANGE}")
# “2024年9月底前投产”，现延长到…: the quoted words no longer hold.
_OLD_WORDS = re.compile(
    rf"[^“”。；\n]{{0,60}}”(?:的约定)?[，,]?(?:[^“”。；\n]{{0,24}}[，,])?(?:[甲乙丙双三各]方)?(?:现|同意|协商|一致|统一|将其)*{_CHANGE}"
)
_QUOTED_CHARS = 60
_OLD_TERM = re.compile(rf"[”\"]?(?:（[^（）]{{1,24}}）)?[”\"]?(?:的期限)?[，,]?{_CHANGE}")
_PAST_BEFORE = re.compile(
    r"已(?:经)?(?:于|在)?$|未能(?:在|于|按)?[^，。；]{0,16}$|原(?:合同|协议)[^，。；]{0,12}$|截[至止]到?$"
)
_TERM = re.compile(r"有效期|服务期|租期|租赁期|合作期|经营期|质保期|年限|期限为?自")
_NO_DUE_AFTER = re.compile(
    r"的|已|起(?!草)|签[订署定]|订立|竞得|修订|印发|公布施行|施行|以来|开始|度|下发|届满|期满|终止|止|前签|立项|批准|成交|注册资本"
)
_DUE_BEFORE = re.compile(
    rf"(?:(?<!基)(?<!由)于|在|(?:时间|日期|期限|时限|节点|期)(?:定|约定)?(?:为|是|：|:)?|{_CHANGE}|至|应|须|确保|力争|计划|争取)[“\"]?$"
)
_AT_HEAD = re.compile(r"(?:^|[，,；;。：:、）)\t|\n ])$")
_OPEN_REMARK = re.compile(r"[（(][^（）()]{0,40}$")
_YEARLY_TARGET = re.compile(r"[，,]?[^，。；的]{0,10}(?:不低于|不少于|达到|完成|实现|超过)")
# An event without an offset: 在乙方投产前完成道路, 项目竣工后退还.
_AT_EVENT = re.compile(
    r"(?:(?<![存现所])在|于|待|经|[，,；;：:]|^)(?P<event>[^，,；;。：:\n（）]{2,24}?)(?:(?P<same>(?:之日|"
    r"的)?(?:当[日天月年]|同[日天]|次[日月])内?|之日(?=[^起前后内，。；]))|(?P<side>之前|以前|前|之后|以后|后|的同时|时))[，,]?(?=[^，,。；]{0,14})"
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
_LATE_DAYS = 20  # days before signing from which a date without a year means the next year


def times_in(text: str, provision: Provision, inside: list[Value], signed: date | None) -> list[Time]:
    """The times of the provision in text order; `inside` are its values, `signed` the day the paper was signed."""
    table = columns(text, provision)
    found = [time for value in inside if (time := _time(text, provision, value, signed, table)) is not None]
    found = [time for time in (_in_column(text, table, time, inside) for time in found) if time is not None]
    found += _after_t(text, provision)
    for low, high in _segments(text, provision):
        if not any(low <= time.start < high for time in found):
            found += _at_events(text, low, high)
    for low, high in _phrases(text, provision):
        if not any(time.start < high and low < time.end for time in found):
            low += len(text[low:high]) - len(text[low:high].lstrip())
            found += [
                time
                for time in _at_events(text, low, high, begins=True)
                if _SAME_DAY.search(text, time.start, time.end)
            ]
    for match in _VAGUE.finditer(text, provision.start, provision.end):
        if not any(time.start <= match.start() < time.end for time in found):
            found.append(Time(match.start(), match.end(), vague=True))
    return _merged(text, sorted(found, key=lambda time: time.start))


# T日为出让合同签订日；T+30日内交地: the day T is defined once, the offsets are counted from it.
_T_PLUS = re.compile(
    rf"(?P<letter>[TDX])\s*(?:日)?\s*[+＋]\s*(?P<n>{RUN})\s*(?P<unit>个?工作日|个?月|日|天|年)(?:之?内|前)?"
)
_T_DAY = r"[“\"]?{letter}日?[”\"]?\s*(?:为|指|系|是|＝|=|：|:|即)\s*(?P<event>[^，。；\n]{{2,40}}?)(?:之日|日|当日)?(?=[，。；\n])"
_HEADS = re.compile(r"\s*[：:，,]\s*")  # T+30日内：甲方交付土地
_T_UNITS = {"月": "M", "年": "Y"}


def _after_t(text: str, provision: Provision) -> list[Time]:
    found = []
    line = text.rfind("\n", 0, provision.start) + 1
    head = next(
        (
            one.start()
            for one in _T_PLUS.finditer(text, line, provision.start)
            if _HEADS.fullmatch(text, one.end(), provision.start)
        ),
        None,
    )
    for match in _T_PLUS.finditer(text, provision.start if head is None else head, provision.end):
        defined = re.search(_T_DAY.format(letter=match["letter"]), text)
        count = number(match["n"])
        if defined is not None and count is not None:
            offset = f"P{count:f}{_T_UNITS.get(match['unit'][-1], 'D')}"
            anchor = re.sub(r"[《》]", "", defined["event"])
            found.append(
                Time(match.start(), match.end(), anchor=anchor, offset=offset, workday="工作" in match["unit"])
            )
    return found


def _in_column(text: str, table: Columns, time: Time, values: list[Value]) -> Time | None:
    """What the row's columns say of a time: 原期限 no longer holds, 变更后期限 is agreed anew, 起算 is what it counts from."""
    if is_old(table, time.start) or is_start(table, time.start):
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


_SAME_DAY = re.compile(r"(?:当[日天]|同[日天]|之日)$")


def _segments(text: str, provision: Provision) -> list[tuple[int, int]]:
    """The parts of a provision between semicolons; each may hang on an event of its own (余款质保期满后付清)."""
    marks = [match.start() for match in _SEMICOLON.finditer(text, provision.start, provision.end)]
    return list(zip([provision.start, *(mark + 1 for mark in marks)], [*marks, provision.end], strict=True))


_SEMICOLON = re.compile("[；;]")


def _at_events(text: str, start: int, end: int, *, begins: bool = False) -> list[Time]:
    """The event that a duty without day or offset hangs on: 项目用地交付前. Conditions (…的，) are no such events."""
    if _BREACH.search(text, start, end):
        return []
    offset, part = (start, text[start:end]) if begins else (0, text)  # `begins`: the event may stand first
    for match in _AT_EVENT.finditer(part, start - offset, end - offset):
        event = match["event"]
        rest = part[match.end() : end - offset]
        happens = has_act(event) or bool(deed(event).acts)
        if (match["same"] and not happens) or _HAPPENED.match(rest):
            continue
        if happens and has_act(rest) and not event.endswith(("的", "目", "当", "以", "今", "此", "先", "事")):
            low, high = match.start("event"), match.end("same" if match["same"] else "side")
            return [Time(offset + low, offset + high, anchor=event)]
    return []


_HAPPENED = re.compile(r"[，,]?(?:已|曾|业已)")  # 一期投产后已退还: told, not owed


def _merged(text: str, found: list[Time]) -> list[Time]:
    """A rhythm and a time without a comma between them are one time: 于每季度终了后十五日内."""
    merged: list[Time] = []
    for time in found:
        last = merged[-1] if merged else None
        if time.hanging and not time.anchor:
            anchor = next((one.anchor for one in reversed(merged) if one.anchor), None)
            time = msgspec.structs.replace(time, anchor=anchor)
        if last is not None and last.due and time.due and _is_gloss(text, last, time):
            merged[-1] = msgspec.structs.replace(time, start=last.start)  # 8月中旬前（即8月15日前）
        elif last is not None and _is_one(text, last, time):
            merged[-1] = _both(last, time)
        else:
            merged.append(time)
    return merged


def _is_gloss(text: str, last: Time, time: Time) -> bool:
    """8月中旬前（即8月15日前）, 春节前（1月28日）: the second says the first more exactly."""
    if _GLOSS.fullmatch(text, last.end, time.start):
        return True
    return text[last.end : time.start] in ("（", "(") and text[time.end : time.end + 1] in ("）", ")")


_GLOSS = re.compile(r"[（(]?(?:即|也就是|亦即|具体为|以下称)+")


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
    if value.kind == "deadline" and _OLD_TERM.match(text, value.end):
        return None
    if value.kind == "deadline":
        return Time(
            value.start,
            value.end,
            anchor=value.anchor,
            offset=value.offset,
            before=value.direction == "before",
            workday=value.workday,
        )
    if value.kind == "duration":
        return _in_term(value, table) or _counted(text, provision, value)
    if value.kind != "date" or not _is_due(text, provision, value, signed):
        return None
    if not value.sure:
        event = _event_before(text, provision.start, value.start)
        if (
            event is None
            and _THIS_YEAR.match(text, value.start)
            and not _YEARLY.search(text, provision.start, value.start)
        ):
            return Time(value.start, value.end, due=_due(text, value, signed))
        return Time(value.start, value.end, hanging=True, anchor=event)
    changed = bool(_CHANGED_TO.search(text, max(provision.start, value.start - 8), value.start))
    return Time(value.start, value.end, due=_due(text, value, signed), changed=changed)


_THIS_YEAR = re.compile(r"当年|本年")
_YEARLY = re.compile(r"每|各|年度|投产|达产|次年|[起后]")


def _event_before(text: str, low: int, start: int) -> str | None:
    """The event a year or month hangs on, where it stands right before: 签约次年6月30日前."""
    match = _EVENT_BEFORE.search(text, max(low, start - 24), start)
    return match["event"] if match and has_act(match["event"]) else None


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
    if match is None or match.end() > provision.end or _TERM.search(text, provision.start, value.start):
        return None
    return Time(
        value.start,
        match.end(),
        anchor=match["anchor"],
        offset=value.high_iso or value.low_iso,
        workday=value.workday,
    )


def _due(text: str, value: Value, signed: date | None) -> date | None:
    """The last day. A date without a year long before the signing means the year after it."""
    due = value.until
    words = text[value.start : value.end]
    if due is None or signed is None or "年" in words or re.search(r"(?:19|20)\d\d", words):
        return due
    return due.replace(year=due.year + 1) if (signed - due).days > _LATE_DAYS and due.month != 2 else due


_NAMED_DAY = re.compile(r".*(?:前（）|（）[之以]?前)")
_END_OF = re.compile(r"(?:月|年|季度?)[底末]$|旬$")
_GOES_ON = re.compile(r"[\u4e00-\u9fff](?<![，的之为是至到较比与和及])")
# 2025年3月1日以前提出的意向, 2024年底前投产的，奖励…: what the date belongs to is named or supposed, not owed.
_ATTRIBUTE = re.compile(
    r"(?:[甲乙丙]方|已|所|依法|实际)*(?:[提作]出|[提递上]交|签[订署约]|订立|形成|取得|发生|[完建落]成|购[置买]|登记|存续|产生|入驻|缴[纳清]|"
    r"申[报请]|立项|实现|[竣开]工|投产|引进|招用|注册|[设成]立|移交|交付|报送|[拨支]付|[公发]布|印发|出台|执行|享受)的(?!同时|基础)"
)
_VOID = re.compile(
    r"[^，。；\n]{0,12}[”\"]?[^，。；\n]{0,10}(?:不再(?:执行|适用|有效|作数|算数)|作废|废止|失效|取消|停止执行)"
)
_SUPPOSED = re.compile(
    r"(?:(?<![假比例])如(?!期|实|下|数|约|上|有|何)果?|若|倘若?|假如|凡是?|一旦)[^，。；：:\n]{0,14}$"
)
_OTHERWISE = re.compile(r"[，,]?[^，。；\n]{0,40}的[，,](?!由|应|须)")
_OWED_THEN = re.compile(
    r"(?:余额|累计|合计|共计|金额|数额)?[为是计共]|[，,]?[^，。；\n累]{0,16}(?:欠|应付|未付|尚|已|付[甲乙丙]方)"
)  # 截至4月30日，尚欠…: a state of accounts


def _is_due(text: str, provision: Provision, value: Value, signed: date | None) -> bool:
    if (value.until is None and value.sure) or _is_told(text, value):
        return False
    before, after = text[max(provision.start, value.start - 40) : value.start], text[value.end : provision.end]
    if _MOVED.search(before + text[value.start : value.start + 1]):
        return not _OLD.match(after)
    if _OLD.match(after) or _TERM.search(before[-14:]) or _PAST_BEFORE.search(before):
        return False
    if _VOID.match(after) or _OTHERWISE.match(after) or _ATTRIBUTE.match(after) or _SUPPOSED.search(before):
        return False
    if before.endswith("（") and _NAMED_DAY.match(before[-8:] + after[:3]):  # 麦收前（6月5日）, 小满（5月21日）以前
        return True
    if value.since is None and (value.sure or _THIS_YEAR.match(text, value.start)):
        return not (_OPEN_REMARK.search(before) and re.search(r"已|曾|现状|原", before[-40:] + after[:8]))
    if _OPEN_REMARK.search(before) or _NO_DUE_AFTER.match(after) or not _is_future(value, signed):
        return False
    if _is_year(value) and after.startswith("内"):
        return True
    if _is_year(value) and not _YEARLY_TARGET.match(after):
        return False
    lead = (
        "".join(text[stem.start : stem.end] for stem in provision.stems[-1:])
        if value.start - provision.start < 2
        else ""
    )
    return _stands_for_due(provision, text[value.start : value.end], lead + before, after)


def _is_told(text: str, value: Value) -> bool:
    """截至4月30日，尚欠… tells a state of accounts; “9月底前投产”，现延长到… quotes what no longer holds."""
    if text.startswith("截", value.start) and _OWED_THEN.match(text, value.end):
        return True
    return bool(_OLD_WORDS.match(text, value.end)) and "“" in text[max(0, value.start - _QUOTED_CHARS) : value.start]


def _is_year(value: Value) -> bool:
    """A whole year (2025年度新增设备) names a period rather than a day, unless 内 follows."""
    since, until = value.since, value.until
    return since is not None and until is not None and (since.month, since.day) == (1, 1) and (until - since).days > 363


def _is_future(value: Value, signed: date | None) -> bool:
    return signed is None or value.until is None or value.until > signed


def _stands_for_due(provision: Provision, words: str, before: str, after: str) -> bool:
    """A date without 前: a cell of its own, after 于 or a label, or at the head of a phrase that does something."""
    if provision.kind == "table_row" and _AT_HEAD.search(before) and after[:1] in ("", "\t", "|", " ", "内"):
        return True
    if _DUE_BEFORE.search(before) or before.endswith("其中") or (_END_OF.search(words) and _GOES_ON.match(after)):
        return True
    phrase = re.split(r"[。；]", after, maxsplit=1)[0][:28].lstrip("，,内")
    return has_act(phrase) and not before.endswith(("自", "从", "以", "按", "至", "视", "据", "照", "对", "较", "比"))
