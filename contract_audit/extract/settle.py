"""Statuses of obligations as of a day: 待触发 履行中 按期履行 逾期履行 逾期未履行 变更 终止.

Evidence first dates the anchor events (厂房交付之日起60日内 counts from the hand-over record), then proves duties; later
papers of the project move dates or end the agreement.
"""

from datetime import date

import msgspec

from contract_audit.chinese.workdays import add_months
from contract_audit.extract.anchors import Case, anchor_records, dated
from contract_audit.extract.events import weights
from contract_audit.extract.family import dated_events, ended_on, later_papers, moved_date, told_by
from contract_audit.extract.joining import Joins, Record, has_time, join, records, sought
from contract_audit.model import Context, Evidence, Obligation, ObligationStatus, Understanding

_ROUNDS = 3  # a duty once dated may date the next: 交地 → 开工 → 竣工
_LIMITATION_MONTHS = 36  # 民法典第188条: three years


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
    placed = {id(record.row) for record in (*joins.proofs.values(), *anchor_records(case, duties, joins.proofs))}
    return tuple(row for row in context.evidence if row.done_on is not None and id(row) not in placed)


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
        duties = [dated(case, duties, index, joins.proofs) for index in range(len(duties))]
        joins = join(duties, case.wanted, case.told, case.scale)
    return duties, joins


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
