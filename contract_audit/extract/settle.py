"""Statuses of obligations as of a day: 待触发 履行中 按期履行 逾期履行 逾期未履行 变更 终止.

Evidence first dates the anchor events (厂房交付之日起60日内 counts from the hand-over record), then proves duties; later
papers of the project move dates or end the agreement.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from contract_audit.chinese.numerals import CHINESE
from contract_audit.chinese.workdays import add_months, shifted
from contract_audit.extract.events import Event, Weights, event, weights
from contract_audit.extract.family import dated_events, ended_on, later_papers, moved_date, told_by
from contract_audit.extract.joining import (
    Joins,
    Record,
    has_time,
    is_provable,
    join,
    record_of,
    records,
    sought,
    without_time,
)
from contract_audit.extract.obligations import hanging_day
from contract_audit.model import Context, Evidence, Obligation, ObligationStatus, Understanding

_ROUNDS = 3  # a duty once dated may date the next: 交地 → 开工 → 竣工
_BACK = 4  # how many duties before may be meant by an anchor
_LIMITATION_MONTHS = 36  # 民法典第188条: three years


class Case(msgspec.Struct, frozen=True):
    """What settling one paper works on; `wanted` are the fulfilling events, one for each duty."""

    paper: Understanding
    wanted: list[Event]
    scale: Weights
    told: list[Record]  # evidence and reports: they prove
    dated: list[Record]  # events the paper dates itself: they only date anchors


def settle(understanding: Understanding, context: Context) -> Understanding:
    """The same understanding with due dates from known events, statuses as of `context.as_of`, days late, limitation."""
    case = _case(understanding, context)
    duties, joins = _joined(case)
    later = later_papers(understanding, context.family)
    end = ended_on(later)
    draft = (context.mode or understanding.mode) == "draft"
    settled = []
    for index, duty in enumerate(duties):
        moved = moved_date(duty, case.wanted[index], later, case.scale) if later else None
        done = _settled(_moved(duty, moved), joins.proofs.get(index), context.as_of)
        settled.append(_closed(done, moved, end, draft=draft))
    return msgspec.structs.replace(understanding, obligations=tuple(settled))


def unplaced(understanding: Understanding, context: Context) -> tuple[Evidence, ...]:
    """Evidence rows that prove no duty of this paper: none fits, or several fit equally well (存疑, for a person)."""
    case = _case(understanding, context)
    duties, joins = _joined(case)
    placed = {id(record.row) for record in (*joins.proofs.values(), *_anchors(case, duties, joins.proofs))}
    return tuple(row for row in context.evidence if row.done_on is not None and id(row) not in placed)


def _anchors(case: Case, duties: list[Obligation], proofs: dict[int, Record]) -> Iterator[Record]:
    """The records that duties count from."""
    for index, duty in enumerate(duties):
        if duty.anchor and duty.due is not None:
            record = _record_of(case, index, _anchor_event(case.paper.document.text, duty), proofs)
            if record is not None:
                yield record


def _case(understanding: Understanding, context: Context) -> Case:
    told = [*records(context.evidence, context.as_of), *told_by(understanding, context.family, context.as_of)]
    dated = (
        dated_events(understanding) if any(duty.anchor and not duty.due for duty in understanding.obligations) else []
    )
    if not (told or dated or context.family):  # nothing to compare the duties with
        return Case(understanding, [], weights([]), [], [])
    wanted = [sought(understanding, duty) for duty in understanding.obligations]
    timed = [one for duty, one in zip(understanding.obligations, wanted, strict=True) if has_time(duty)]
    return Case(understanding, wanted, weights(timed), told, dated)


def _joined(case: Case) -> tuple[list[Obligation], Joins]:
    duties = list(case.paper.obligations)
    if not (case.told or case.dated):
        return duties, Joins({}, ())
    joins = join(duties, case.wanted, case.told, case.scale)
    for _ in range(_ROUNDS):
        duties = [_dated(case, duties, index, joins.proofs) for index in range(len(duties))]
        joins = join(duties, case.wanted, case.told, case.scale)
    return duties, joins


def _dated(case: Case, duties: list[Obligation], index: int, proofs: dict[int, Record]) -> Obligation:
    """The duty with its due date, where the event it counts from is a proved duty of this paper or stands in a record."""
    duty = duties[index]
    if duty.due is not None or not duty.anchor or duty.recurrence:
        return duty
    anchor = _anchor_event(case.paper.document.text, duty)
    before = _duty_before(case, duties, index, anchor)
    record = proofs.get(before) if before is not None else _record_of(case, index, anchor, proofs)
    if record is None:
        return duty
    words = case.paper.document.text[duty.due_start : duty.due_end]
    if duty.offset is None:
        due = hanging_day(words, record.done_on)
    else:
        due = shifted(record.done_on, duty.offset, workday=duty.workday, back=_counts_back(words))
    if due is None:
        return duty
    note = f"起算事件“{duty.anchor}”：{record.done_on.isoformat()}（{record.row.matter}）"
    return msgspec.structs.replace(duty, due=due, chain=(*duty.chain, note))


def _anchor_event(text: str, duty: Obligation) -> Event:
    """The event a duty counts from; a bare one (交付之日) is of the thing right before it: 3号厂房自交付之日起."""
    anchor = event(duty.anchor or "")
    if anchor.things or anchor.marks:
        return anchor
    before = event(_PHRASE_HEAD.split(text[duty.start : max(duty.start, duty.due_start)])[-1])
    return msgspec.structs.replace(anchor, things=before.things, marks=before.marks - {("期", "余")})


_PHRASE_HEAD = re.compile(r"[，,；;。：:]")


def _record_of(case: Case, index: int, anchor: Event, proofs: dict[int, Record]) -> Record | None:
    proved = [(case.wanted[other], record) for other, record in proofs.items() if other != index]
    return record_of(anchor, [*case.told, *case.dated], proved, case.scale)


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


_BACK_FROM = re.compile(
    rf"前(?:至少|不少于|不得少于|的)?[0-9{CHINESE}]+个?(?:半?[年月日天周季]|工作日|自然日|日历)|^提前"
)


def _counts_back(words: str) -> bool:
    """True for 期满前30日 and 会议召开5日前, not for 开工满12个月前."""
    return bool(_BACK_FROM.search(words)) or (words.rstrip().endswith("前") and "满" not in words)


def _settled(duty: Obligation, record: Record | None, as_of: date) -> Obligation:
    if record is not None and duty.due is None:  # done, but nobody can say whether in time
        return msgspec.structs.replace(
            duty, status="pending", done_on=record.done_on, proof=record.row.proof, paid=record.row.amount
        )
    if record is not None and duty.due is not None:
        late = (record.done_on - duty.due).days
        status: ObligationStatus = "done_late" if late > 0 else "done_on_time"
        return msgspec.structs.replace(
            duty,
            status=status,
            done_on=record.done_on,
            days_late=late if late > 0 else None,
            proof=record.row.proof,
            paid=record.row.amount,
        )
    if duty.due is None:
        return msgspec.structs.replace(duty, status="pending")
    if duty.due >= as_of:
        return msgspec.structs.replace(duty, status="running")
    return msgspec.structs.replace(
        duty,
        status="overdue",
        days_late=(as_of - duty.due).days,
        limitation_ends=add_months(duty.due, _LIMITATION_MONTHS),
    )


def _moved(duty: Obligation, moved: tuple[date, str] | None) -> Obligation:
    """The duty with the date that a later paper gave it; the chain tells how it came about."""
    if moved is None:
        return duty
    first = () if duty.due is None else (f"原约定 {duty.due.isoformat()}",)
    return msgspec.structs.replace(duty, due=moved[0], chain=(*duty.chain, *first, moved[1]))


def _closed(
    duty: Obligation, moved: tuple[date, str] | None, end: tuple[date, str] | None, *, draft: bool
) -> Obligation:
    """What is not held against anybody here: dates moved by a later paper (its own duty stands there), what fell due after
    the end of the agreement, drafts, and rights that lapse by their own words (逾期未提出的视为合格).
    """
    if duty.status in ("done_on_time", "done_late"):
        return duty
    if moved is not None:
        return _without_delay(duty, "changed", ())
    if end is not None and (duty.due is None or duty.due >= end[0]):
        return _without_delay(duty, "ended", (end[1],))
    if duty.status != "overdue":
        return duty
    if draft:
        return _without_delay(duty, "running", ())
    if duty.consequence and "视为" in duty.consequence:
        return _without_delay(duty, "ended", (duty.consequence,))
    return duty


def _without_delay(duty: Obligation, status: ObligationStatus, notes: tuple[str, ...]) -> Obligation:
    return msgspec.structs.replace(
        duty, status=status, days_late=None, limitation_ends=None, chain=(*duty.chain, *notes)
    )
