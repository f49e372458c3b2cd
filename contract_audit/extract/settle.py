"""Statuses of obligations as of a day, from evidence: 待触发 履行中 按期履行 逾期履行 逾期未履行 变更 终止.

Evidence first dates the anchor events (厂房交付之日起60日内 counts from the hand-over record), then proves duties. A join
that could be meant for two duties is not made: it is left to a person.
"""

import re
from datetime import date

import msgspec

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.text import fold_text
from contract_audit.chinese.workdays import add_months, shifted
from contract_audit.extract.events import Event, Weights, event, likeness, weights
from contract_audit.model import Context, Evidence, Obligation, ObligationStatus, Understanding

_ENOUGH, _ANCHOR_ENOUGH = 3.5, 2.0  # likeness from which a record proves a duty, dates an anchor
_CLEAR = 0.7  # how much better than the next one a join must be
_NEAR_DAYS = 150
_LIMITATION_MONTHS = 36  # 民法典第188条: three years


class Record(msgspec.Struct, frozen=True):
    """One event told by an evidence row (a row may tell several: 交付到位，企业投产)."""

    row: Evidence
    told: Event
    done_on: date


def settle(understanding: Understanding, context: Context) -> Understanding:
    """The same understanding with due dates from known events, statuses as of `context.as_of`, days late, limitation."""
    duties = list(understanding.obligations)
    sought = [_sought(understanding, duty) for duty in duties]
    scale = weights([wanted for duty, wanted in zip(duties, sought, strict=True) if _has_time(duty)])
    records = _records(context.evidence)
    proofs = _joined(duties, sought, records, scale)
    for index, duty in enumerate(duties):  # in text order: 开工后12个月内投产 counts from the duty before it
        duties[index] = _dated(understanding, duties, index, sought, proofs, records, scale)
    proofs = _joined(duties, sought, records, scale)
    settled = tuple(_settled(duty, proofs.get(index), context.as_of) for index, duty in enumerate(duties))
    return msgspec.structs.replace(understanding, obligations=settled)


def _has_time(duty: Obligation) -> bool:
    return bool(duty.due or duty.anchor or duty.offset or duty.recurrence)


def _records(evidence: tuple[Evidence, ...]) -> list[Record]:
    records = []
    for row in evidence:
        if row.done_on is None:
            continue
        parts = [part for part in re.split(r"[，,；;]", row.matter) if len(part) > 2] or [row.matter]
        records += [Record(row, _with_amount(event(part), row, alone=len(parts) == 1), row.done_on) for part in parts]
    return records


def _with_amount(told: Event, row: Evidence, *, alone: bool) -> Event:
    if row.amount is None or not alone:
        return told
    return msgspec.structs.replace(told, amounts=told.amounts | {("元", row.amount)})


def _sought(understanding: Understanding, duty: Obligation) -> Event:
    """The event that fulfils a duty: its own words without its time, and for a table row the words above the table."""
    text = understanding.document.text
    words = text[duty.start : duty.due_start] + " " + text[max(duty.due_end, duty.start) : duty.end] if duty.due_end else text[duty.start : duty.end]
    provision = understanding.provisions[duty.provision] if duty.provision is not None else None
    own = event(words)
    if provision is None:
        return own
    whole = event(" ".join([*(text[stem.start : stem.end] for stem in provision.stems), text[provision.start : provision.end]]))
    return msgspec.structs.replace(
        own, acts=own.acts or whole.acts, things=own.things or whole.things,
        amounts=own.amounts | {amount for amount in whole.amounts if amount[0] == "元"}, marks=own.marks or whole.marks,
    )  # fmt: skip


def _dated(
    understanding: Understanding, duties: list[Obligation], index: int, sought: list[Event], proofs: dict[int, Record],
    records: list[Record], scale: Weights,
) -> Obligation:  # fmt: skip
    """The duty with its due date, where the event it counts from is a proved duty of this paper or stands in a record."""
    duty = duties[index]
    if duty.due is not None or not duty.anchor or duty.recurrence:
        return duty
    anchor = event(duty.anchor)
    before = _duty_before(understanding, duties, index, anchor, sought, scale)
    record = proofs.get(before) if before is not None else _record_of(anchor, records, scale)
    if record is None:
        return duty
    words = understanding.document.text[duty.due_start : duty.due_end]
    if duty.offset is None:
        due = _in_year_after(words, record.done_on)
    else:
        due = shifted(record.done_on, duty.offset, workday=duty.workday, back=_counts_back(words))
    if due is None:
        return duty
    note = f"起算事件“{duty.anchor}”：{record.done_on.isoformat()}（{record.row.matter}）"
    return msgspec.structs.replace(duty, due=due, chain=(*duty.chain, note))


def _duty_before(
    understanding: Understanding, duties: list[Obligation], index: int, anchor: Event, sought: list[Event], scale: Weights
) -> int | None:
    """The duty right before in the same clause that the anchor speaks of: …领取施工许可证，领证之日起30日内开工."""
    for other in range(index - 1, max(-1, index - 4), -1):
        if duties[other].clause != duties[index].clause:
            return None
        shared = anchor.acts & sought[other].acts
        if shared and (anchor.things & sought[other].things or anchor.pairs & sought[other].pairs or not anchor.things):
            return other
    return None


def _counts_back(words: str) -> bool:
    return words.rstrip().endswith("前") and "满" not in words


def _in_year_after(words: str, day: date) -> date | None:
    """次年3月31日前, read from the day of the event."""
    moments, _ = dates(fold_text(words), Frame(day, day))
    return next((moment.until for moment in reversed(moments) if moment.until is not None), None)


def _record_of(sought: Event, records: list[Record], scale: Weights) -> Record | None:
    """The record of an anchor event; None where none fits, or two of different days fit equally well."""
    if not sought.acts:
        return None
    scored = [(likeness(record.told, sought, scale), record) for record in records if record.told.acts & sought.acts]
    scored = sorted((entry for entry in scored if entry[0] >= _ANCHOR_ENOUGH), key=lambda entry: -entry[0])
    if not scored or any(scored[0][0] - score < _CLEAR and record.done_on != scored[0][1].done_on for score, record in scored[1:]):
        return None
    return scored[0][1]


def _joined(duties: list[Obligation], sought: list[Event], records: list[Record], scale: Weights) -> dict[int, Record]:
    """For each duty the record that proves it; a record goes to its best duty, unless two are equally good."""
    proofs: dict[int, tuple[float, Record]] = {}
    for record in records:
        scored = sorted(
            ((_fit(record, duty, wanted, scale), index) for index, (duty, wanted) in enumerate(zip(duties, sought, strict=True))
             if _has_time(duty) and not duty.recurrence), reverse=True,
        )  # fmt: skip
        if not scored or scored[0][0] < _ENOUGH:
            continue
        score, index = scored[0]
        rivals = [other for rival, other in scored[1:] if score - rival < _CLEAR and not _same_duty(duties[index], duties[other])]
        if not rivals and (index not in proofs or proofs[index][0] < score):
            proofs[index] = (score, record)
    return {index: record for index, (_, record) in proofs.items()}


def _fit(record: Record, duty: Obligation, sought: Event, scale: Weights) -> float:
    """Likeness, with a little for the named bearer and for a day near the due date."""
    score = likeness(record.told, sought, scale)
    named = re.match(r"[甲乙丙]方", record.row.matter)
    if score and named and duty.bearer:
        score += 1.0 if duty.bearer.startswith(named.group()) else -1.0
    if score and duty.due is not None:
        score += 1.0 if abs((record.done_on - duty.due).days) <= _NEAR_DAYS else 0.0
    return score


def _same_duty(one: Obligation, other: Obligation) -> bool:
    return one.due == other.due and one.kind == other.kind


def _settled(duty: Obligation, record: Record | None, as_of: date) -> Obligation:
    if record is not None and record.done_on <= as_of:
        late = (record.done_on - duty.due).days if duty.due is not None else 0
        status: ObligationStatus = "done_late" if late > 0 else "done_on_time"
        return msgspec.structs.replace(
            duty, status=status, done_on=record.done_on, days_late=late if late > 0 else None, proof=record.row.proof,
            paid=record.row.amount,
        )  # fmt: skip
    if duty.due is None:
        return msgspec.structs.replace(duty, status="pending")
    if duty.due >= as_of:
        return msgspec.structs.replace(duty, status="running")
    return msgspec.structs.replace(
        duty, status="overdue", days_late=(as_of - duty.due).days, limitation_ends=add_months(duty.due, _LIMITATION_MONTHS),
    )  # fmt: skip
