"""Due dates counted from events: which record dates the anchor of a duty, and what day follows from it.

An anchor may be the duty right before it (领证之日起30日内), a record told in its own words, or an event known by the duty
that its record proves. Two records of different days that fit equally well date nothing.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from contract_audit.chinese.numerals import CHINESE
from contract_audit.chinese.workdays import shifted
from contract_audit.extract.events import Event, Weights, event
from contract_audit.extract.joining import Known, Record, is_provable, record_of, without_time
from contract_audit.extract.obligations import after_full, hanging_day
from contract_audit.model import Obligation, Understanding

_BACK = 4  # how many duties before may be meant by an anchor
_PHRASE_HEAD = re.compile(r"[，,；;。：:]")
_DOER = re.compile(
    r"由|协调|负责|委托|督促|[甲乙丙]方"
)  # what stands before the time is who acts, not what is handed over
_EACH = re.compile(r"每|各[批次期]|逐[批次]")  # 每批货物交付之日: as many days as there are lots
_BACK_FROM = re.compile(
    rf"前(?:至少|不少于|不得少于|的)?[0-9{CHINESE}]+个?(?:半?[年月日天周季]|工作日|自然日|日历)|^提前"
)


class Case(msgspec.Struct, frozen=True):
    """What settling one paper works on; `wanted` are the fulfilling events, one for each duty."""

    paper: Understanding
    wanted: list[Event]
    scale: Weights
    told: list[Record]  # evidence and reports: they prove
    dated: list[Record]  # events the paper dates itself: they only date anchors


def dated(case: Case, duties: list[Obligation], index: int, proofs: dict[int, Record]) -> Obligation:
    """The duty with its due date, where the event it counts from is a proved duty of this paper or stands in a record."""
    duty = duties[index]
    if duty.due is not None or not duty.anchor or duty.recurrence or _EACH.search(duty.anchor):
        return duty
    record = _record(case, duties, index, proofs)
    day = after_full(duty.anchor, record.done_on) if record is not None else None
    if record is None or day is None:
        return duty
    due = _due(case.paper.document.text[duty.due_start : duty.due_end], duty, day)
    if due is None:
        return duty
    note = f"起算事件“{duty.anchor}”：{record.done_on.isoformat()}（{record.row.matter}）"
    return msgspec.structs.replace(duty, due=due, chain=(*duty.chain, note))


def anchor_records(case: Case, duties: list[Obligation], proofs: dict[int, Record]) -> Iterator[Record]:
    """The records that duties count from."""
    for index, duty in enumerate(duties):
        if duty.anchor and duty.due is not None:
            record = _record(case, duties, index, proofs)
            if record is not None:
                yield record


def _due(words: str, duty: Obligation, day: date) -> date | None:
    if duty.offset is None:
        return hanging_day(words, day)
    return shifted(day, duty.offset, workday=duty.workday, back=_counts_back(words))


def _counts_back(words: str) -> bool:
    """True for 期满前30日 and 会议召开5日前, not for 开工满12个月前."""
    return bool(_BACK_FROM.search(words)) or (words.rstrip().endswith("前") and "满" not in words)


def _record(case: Case, duties: list[Obligation], index: int, proofs: dict[int, Record]) -> Record | None:
    if not (case.told or case.dated):
        return None
    anchor = _anchor_event(case.paper.document.text, duties[index])
    before = _duty_before(case, duties, index, anchor)
    if before is not None and before in proofs:
        return proofs[before]
    known = [Known(record.told, record) for record in (*case.told, *case.dated) if record.told.pairs]
    known += [Known(case.wanted[other], record, duty=other) for other, record in proofs.items() if other != index]
    return record_of(anchor, known, case.scale, index)


def _anchor_event(text: str, duty: Obligation) -> Event:
    """The event a duty counts from; a bare one (交付之日) is of the thing right before it: 3号厂房自交付之日起."""
    anchor = event(duty.anchor or "")
    if anchor.things or anchor.marks:
        return anchor
    phrase = _PHRASE_HEAD.split(text[duty.start : max(duty.start, duty.due_start)])[-1]
    if _DOER.search(phrase):
        return anchor
    before = event(phrase)
    return msgspec.structs.replace(anchor, things=before.things, marks=before.marks - {("期", "余")})


def _duty_before(case: Case, duties: list[Obligation], index: int, anchor: Event) -> int | None:
    """The duty right before in the same clause that the anchor speaks of: …领取施工许可证，领证之日起30日内开工."""
    text = case.paper.document.text
    for other in range(index - 1, max(-1, index - _BACK), -1):
        if duties[other].clause != duties[index].clause:
            return None
        named = anchor.pairs & event(without_time(text, duties[other])).pairs
        if is_provable(duties[other]) and anchor.acts & case.wanted[other].acts and named:
            return other
    return None
