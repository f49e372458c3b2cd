"""Obligations from provisions: who owes what by when, with the anchor where the day is counted from an event.

A provision with several times is several obligations; each takes the words from the comma before its time to the comma
before the next. A time that is no due date (起, 签订的, years of reports) makes none.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.text import fold_text
from contract_audit.chinese.workdays import shifted
from contract_audit.extract.acts import act_of, kind_of_act
from contract_audit.model import Clause, Document, Fact, Obligation, Party, Provision, Value


class Time(msgspec.Struct, frozen=True):
    """One time in a provision: a due date, a deadline from an event, a rhythm, or vague words; may be two of these."""

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


_VAGUE = re.compile(
    r"尽快|尽早|早日|适时|择机|抓紧|立即|(?:待|在)?条件(?:许可|成熟|具备|允许)(?:时|后)?|视[^，。；]{2,16}(?:情况|进展|进度)|有了眉目|腾得?出[^，。；]{0,6}时|择期|陆续"
)
_CHANGED = re.compile(r"(?:变更|调整|改|修改|延长|延期|推迟|顺延|延后)(?:为|至|到)[“\"]?$")
_DUTY_FORCES = frozenset({"commitment", "duty", "effort", "statement", "permission", "condition", "recital"})
_NOT_DUE_AFTER = re.compile(
    r"(?:的|已|起|签订|签署|签定|竞得|通过|修订|印发|公布|施行|以来|开始|度|下发|以前签|之前签|届满|期满|终止|止)"
)
_DUE_AFTER = re.compile(
    r"(?:内|底|末|之内|以内|，?[^，。；\n]{0,14}(?:完成|建成|竣工|投产|开工|动工|交付|移交|达到|投入|通车|拨|付|兑|支付|退还|报送|提供|办妥|具备|使|将|达产|运营))"
)
_DUE_BEFORE = re.compile(r"(?:于|在|时间为|日期为|期限为|时限为|至|变更为|调整为|延长至|改为|延期至|顺延至)[“\"]?$")
_OLD_DATE = re.compile(r"[”\"]?(?:变更|调整|改|修改|延长|延期|推迟|顺延)(?:为|至|到)")
_TERM = re.compile(r"有效期|服务期|租期|租赁期|合作期|经营期|质保期|年限")
_REMARK_PAST = re.compile(r"[（(][^（）()]{0,30}$")
_REPORTED = re.compile(r"已|曾|现状|签约时|原")
_BREAK = re.compile(r"[，,；;。：:]")
_ACCOUNTED = re.compile(r"起(?:计算|算|计)|之日起算")
_BREACH = re.compile(r"违约|逾期|迟延|延期|不可抗力|未按|未能|赔偿")
_OTHER_PAPER = re.compile(r"(?:出让|租赁|购销|采购|施工|承包|供用|供电|借款|劳动|投资|服务|监理)(?:合同|协议)")
_SIGNING = re.compile(
    r"^(?:[甲乙丙]方|双方|三方|各方|在|于|自)*(?:本|补充|该)*(?:合同|协议|协议书|合同书|函|承诺书|意向书)?(?:正式)?(?:签订|签约|签署|签字|签定|订立|签章|签字盖章|出具)(?:生效|盖章)?(?:本?(?:合同|协议))?$"
)
_EFFECTIVE = re.compile(r"^(?:本|补充)*(?:合同|协议|协议书|合同书)?生效$")
_ON_SIGNING = re.compile(r"(?:签字|盖章|签订|签署|签章)[^。；\n]{0,20}(?:之日起|后|时|起)?[^。；\n]{0,6}生效")
_MEETING = re.compile(r"会议|本次会")


def obligations(
    document: Document,
    clauses: tuple[Clause, ...],
    provisions: tuple[Provision, ...],
    values: tuple[Value, ...],
    parties: tuple[Party, ...],
    facts: tuple[Fact, ...],
) -> tuple[Obligation, ...]:
    """Every duty with a time, and major duties without one, in text order; due dates only from days the paper knows."""
    signed = next((fact.value for fact in facts if fact.name == "signed_on" and isinstance(fact.value, date)), None)
    known = _known_days(document, signed)
    found: list[Obligation] = []
    index = 0
    ordered = sorted(values, key=lambda value: value.start)
    for number, provision in enumerate(provisions):
        if provision.kind in ("title", "signature"):
            continue
        while index < len(ordered) and ordered[index].end <= provision.start:
            index += 1
        inside = [value for value in _until(ordered, index, provision.end) if value.end > provision.start]
        found += _of_provision(document.text, provision, number, inside, known, signed)
    return tuple(found)


def _until(ordered: list[Value], index: int, end: int) -> Iterator[Value]:
    while index < len(ordered) and ordered[index].start < end:
        yield ordered[index]
        index += 1


def _known_days(document: Document, signed: date | None) -> dict[str, date]:
    """Days of events the paper itself fixes: signing, entry into force on signing, the meeting it records."""
    known: dict[str, date] = {}
    if signed is not None:
        known["signing"] = signed
        if _ON_SIGNING.search(document.text):
            known["effective"] = signed
    head = fold_text(document.text[:600])
    if "会议" in head:
        days = [moment.until for moment in dates(head, Frame())[0] if moment.full and moment.until]
        if days:
            known["meeting"] = days[0]
    return known


def anchored_day(anchor: str, known: dict[str, date]) -> date | None:
    """The day of an anchor event that the paper itself knows, or None."""
    words = fold_text(anchor)
    if _SIGNING.match(words):
        return known.get("signing")
    if _EFFECTIVE.match(words):
        return known.get("effective")
    if _MEETING.search(words) and len(words) <= 6:
        return known.get("meeting")
    return None


def _of_provision(
    text: str, provision: Provision, number: int, inside: list[Value], known: dict[str, date], signed: date | None
) -> Iterator[Obligation]:
    times = _times(text, provision, inside, signed)
    if not times:
        plain = _untimed(text, provision, number)
        if plain is not None:
            yield plain
        return
    for index, time in enumerate(times):
        start = provision.start if index == 0 else _cut(text, times[index - 1].end, time.start)
        end = provision.end if index + 1 == len(times) else _cut(text, time.end, times[index + 1].start)
        if not _is_duty(text, provision, start, end, time):
            continue
        amounts = [
            value
            for value in inside
            if start <= value.start < end and value.kind in ("money", "area", "number", "percent")
        ]
        yield _obligation(text, provision, number, (start, end), time, amounts, known)


def _is_duty(text: str, provision: Provision, start: int, end: int, time: Time) -> bool:
    """Reports and definitions bind nobody, unless they move a date; a permission may still hold a duty in a later phrase."""
    if time.changed:
        return True
    if provision.force not in _DUTY_FORCES:
        return False
    own = _phrase(text, start, end, time)
    if provision.force in ("permission", "condition", "recital"):
        return bool(time.due or time.offset) and not re.search(r"有权|可以|可向|可自", own)
    return not (provision.polarity == "negative" and re.search(r"不得|不再|不予|严禁|禁止", own))


def _phrase(text: str, start: int, end: int, time: Time) -> str:
    """The words around the time, from the comma before it to the end of the first phrase after it."""
    low = _cut(text, start, time.start) if _BREAK.search(text, start, time.start) else start
    after = next((match.start() for match in _BREAK.finditer(text, time.end, end) if match.start() - time.end > 1), end)
    return text[low:after]


def _cut(text: str, low: int, high: int) -> int:
    """Where the next time's words begin: after the last comma between the two, else at the next time itself."""
    last = None
    for match in _BREAK.finditer(text, low, high):
        last = match.end()
    return high if last is None else last


def _times(text: str, provision: Provision, inside: list[Value], signed: date | None) -> list[Time]:
    found: list[Time] = []
    for value in inside:
        time = _time(text, provision, value, signed)
        if time is not None:
            found.append(time)
    for match in _VAGUE.finditer(text, provision.start, provision.end):
        if not any(time.start <= match.start() < time.end for time in found):
            found.append(Time(match.start(), match.end(), vague=True))
    found.sort(key=lambda time: time.start)
    return _merged(text, found)


def _merged(text: str, found: list[Time]) -> list[Time]:
    """A rhythm and a time without a comma between them are one time: 于每季度终了后十五日内."""
    merged: list[Time] = []
    for time in found:
        last = merged[-1] if merged else None
        if time.hanging and not time.anchor:
            time = msgspec.structs.replace(
                time, anchor=next((one.anchor for one in reversed(merged) if one.anchor), None)
            )
        near = last is not None and (time.start <= last.end or not _BREAK.search(text, last.end, time.start))
        if (
            last is not None
            and near
            and (last.recurrence or last.vague or time.recurrence or time.vague or _hangs(last, time))
        ):
            merged[-1] = Time(
                last.start, max(last.end, time.end), due=None if last.recurrence or time.recurrence else last.due or time.due,
                anchor=last.anchor or time.anchor, offset=last.offset or time.offset, before=last.before or time.before,
                workday=last.workday or time.workday, recurrence=last.recurrence or time.recurrence,
                hanging=last.hanging or time.hanging,
            )  # fmt: skip
        else:
            merged.append(time)
    return merged


def _hangs(last: Time, time: Time) -> bool:
    return time.hanging and last.anchor is not None


def _time(text: str, provision: Provision, value: Value, signed: date | None) -> Time | None:
    if value.kind == "recurrence":
        return Time(value.start, value.end, recurrence=text[value.start : value.end])
    if value.kind == "deadline":
        return Time(
            value.start, value.end, anchor=value.anchor, offset=value.offset, before=value.direction == "before",
            workday=value.workday,
        )  # fmt: skip
    if value.kind == "date" and _is_due(text, provision, value, signed):
        if not value.sure:
            return Time(value.start, value.end, hanging=True)
        changed = bool(_CHANGED.search(text, max(provision.start, value.start - 8), value.start))
        return Time(value.start, value.end, due=_due(text, value, signed), changed=changed)
    if value.kind == "duration" and (counted := _counted(text, provision, value)):
        return counted
    return None


_COUNTED = re.compile(r"[，,]?(?:从|自)(?P<anchor>[^，。；]{2,30}?)(?:之日|日)?起(?:计算|算|计)")


def _counted(text: str, provision: Provision, value: Value) -> Time | None:
    """建设期18个月，自房屋交付之日起算."""
    match = _COUNTED.match(text, value.end)
    if match is None or match.end() > provision.end or _TERM.search(text, provision.start, value.start):
        return None
    return Time(
        value.start, match.end(), anchor=match["anchor"], offset=value.high_iso or value.low_iso, workday=value.workday
    )


def _due(text: str, value: Value, signed: date | None) -> date | None:
    """The last day. A date without a year that falls before a signing late in the year means the next year."""
    due = value.until
    yearless = not re.search(r"年", text[value.start : value.end]) and not re.search(
        r"(?:19|20)\d\d", text[value.start : value.end]
    )
    if due is not None and signed is not None and yearless and due < signed and signed.month >= 10 and due.month <= 6:
        return due.replace(year=due.year + 1)
    return due


def _is_due(text: str, provision: Provision, value: Value, signed: date | None) -> bool:
    if value.until is None and value.sure:
        return False
    before, after = text[max(provision.start, value.start - 34) : value.start], text[value.end : provision.end]
    if _OLD_DATE.match(after.lstrip('”"')) or _TERM.search(before[-14:]):
        return False
    remark = _REMARK_PAST.search(before)
    if remark and _REPORTED.search(before[remark.start() :] + after[:12]):
        return False
    if re.search(r"已(?:经)?(?:于|在)?$|未能(?:在|于)?[^，。；]{0,16}$|原(?:合同|协议)[^，。；]{0,10}$", before):
        return False
    if value.since is None and value.sure:
        return True
    if _NOT_DUE_AFTER.match(after) or (signed is not None and value.until is not None and value.until < signed):
        return False
    alone = (
        provision.kind == "table_row" and before[-1:] in "\t| " and after[:2].strip("内")[:1] in ("", "\t", "|", " ")
    )
    return bool(_DUE_BEFORE.search(before) or _DUE_AFTER.match(after) or alone)


def _untimed(text: str, provision: Provision, number: int) -> Obligation | None:
    """A major duty without any time: the rules on missing deadlines look at these."""
    if provision.force not in ("commitment", "duty") or provision.polarity == "negative" or provision.side == "unknown":
        return None
    words = text[provision.start : provision.end]
    kind = kind_of_act(words, provision.side)
    if kind == "other" or _BREACH.search(_BREAK.split(words, maxsplit=1)[0]):
        return None
    return _obligation(text, provision, number, (provision.start, provision.end), None, [], {})


def _obligation(
    text: str, provision: Provision, number: int, span: tuple[int, int], time: Time | None, amounts: list[Value],
    known: dict[str, date],
) -> Obligation:  # fmt: skip
    start, end = _trimmed(text, *span)
    words = text[start:end]
    after_time = text[time.end : end] if time is not None and time.end < end else words
    act, thing = act_of(after_time if act_of(after_time)[0] else words)
    due = time.due if time else None
    if time is not None and due is None and time.anchor and time.offset and not time.recurrence:
        day = _anchored(text, provision, time, known)
        due = shifted(day, time.offset, workday=time.workday, back=time.before) if day else None
    return Obligation(
        bearer=provision.bearer, side=provision.side, kind=kind_of_act(words, provision.side), act=act, object=thing,
        start=start, end=end, clause=provision.clause, provision=number,
        quantity="、".join(text[value.start : value.end] for value in amounts) or None, due=due,
        due_start=time.start if time else 0, due_end=time.end if time else 0, anchor=(time.anchor or None) if time else None,
        offset=time.offset if time else None, workday=bool(time and time.workday), recurrence=time.recurrence if time else None,
        condition=_words(text, provision.condition), status="pending" if due is None else "running",
    )  # fmt: skip


def _anchored(text: str, provision: Provision, time: Time, known: dict[str, date]) -> date | None:
    """The anchor's day; 合同签订 after 出让合同 in the same sentence is that other paper's signing, which is not known."""
    anchor = time.anchor or ""
    sentence = text.rfind("\n", 0, provision.start) + 1
    if (
        not re.search(r"本|该|补充", anchor)
        and re.search(r"合同|协议", anchor)
        and _OTHER_PAPER.search(text, sentence, time.start)
    ):
        return None
    return anchored_day(anchor, known)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in "，,；;。、：: \t\n|　":
        start += 1
    while end > start and text[end - 1] in "，,；;。、：: \t\n|　":
        end -= 1
    return start, end


def _words(text: str, span: object) -> str | None:
    from contract_audit.model import Span

    return text[span.start : span.end] if isinstance(span, Span) else None
