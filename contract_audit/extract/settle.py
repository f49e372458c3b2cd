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
from contract_audit.extract.events import Event, event, likeness
from contract_audit.model import Context, Evidence, Obligation, ObligationStatus, Understanding

_ENOUGH = 4.0  # likeness from which two phrases tell of one event
_CLEAR = 1.0  # how much better than the next one a join must be
_LIMITATION_MONTHS = 36  # 民法典第188条: three years


class Record(msgspec.Struct, frozen=True):
    """One event told by an evidence row (a row may tell several: 交付到位，企业投产)."""

    row: Evidence
    told: Event
    done_on: date


def settle(understanding: Understanding, context: Context) -> Understanding:
    """The same understanding with due dates from known events, statuses as of `context.as_of`, days late, limitation."""
    text = understanding.document.text
    records = _records(context.evidence)
    dated = [_dated(text, duty, records) for duty in understanding.obligations]
    proofs = _joined(text, dated, records, understanding)
    settled = tuple(_settled(duty, proofs.get(index), context.as_of) for index, duty in enumerate(dated))
    return msgspec.structs.replace(understanding, obligations=settled)


def _records(evidence: tuple[Evidence, ...]) -> list[Record]:
    records = []
    for row in evidence:
        if row.done_on is None:
            continue
        parts = [part for part in re.split(r"[，,；;]", row.matter) if len(part) > 2]
        records += [Record(row, event(part), row.done_on) for part in parts or [row.matter]]
    return records


def _dated(text: str, duty: Obligation, records: list[Record]) -> Obligation:
    """The due date counted from an anchor event that evidence dates."""
    if duty.due is not None or not duty.anchor or duty.recurrence:
        return duty
    record = _record_of(event(duty.anchor), records)
    if record is None:
        return duty
    if duty.offset is None:
        due = _in_year_after(text[duty.due_start : duty.due_end], record.done_on)
    else:
        before = text[duty.due_start : duty.due_end].rstrip().endswith("前") and "满" not in text[duty.due_start : duty.due_end]
        due = shifted(record.done_on, duty.offset, workday=duty.workday, back=before)
    if due is None:
        return duty
    note = f"起算事件“{duty.anchor}”：{record.done_on.isoformat()}（{record.row.matter}）"
    return msgspec.structs.replace(duty, due=due, chain=(*duty.chain, note))


def _in_year_after(words: str, day: date) -> date | None:
    """次年3月31日前, read from the day of the event."""
    moments, _ = dates(fold_text(words), Frame(day, day))
    return next((moment.until for moment in reversed(moments) if moment.until is not None), None)


def _record_of(sought: Event, records: list[Record]) -> Record | None:
    scored = sorted(((likeness(record.told, sought), record.done_on, index) for index, record in enumerate(records)), reverse=True)
    scored = [entry for entry in scored if entry[0] >= _ENOUGH - 1]
    if not scored:
        return None
    best = scored[0]
    rivals = [entry for entry in scored[1:] if best[0] - entry[0] < _CLEAR and entry[1] != best[1]]
    return None if rivals else records[best[2]]


def _joined(text: str, duties: list[Obligation], records: list[Record], understanding: Understanding) -> dict[int, Record]:
    """For each duty the record that proves it; each record goes to its best duty, unless two are equally good."""
    sought = [_sought(text, duty, understanding) for duty in duties]
    proofs: dict[int, tuple[float, Record]] = {}
    for record in records:
        scored = sorted(
            ((likeness(record.told, wanted) + _side_score(record, duty), index)
             for index, (duty, wanted) in enumerate(zip(duties, sought, strict=True)) if not duty.recurrence),
            reverse=True,
        )  # fmt: skip
        if not scored or scored[0][0] < _ENOUGH:
            continue
        score, index = scored[0]
        if len(scored) > 1 and score - scored[1][0] < _CLEAR and not _same_duty(duties[index], duties[scored[1][1]]):
            continue
        if index not in proofs or proofs[index][0] < score:
            proofs[index] = (score, record)
    return {index: record for index, (_, record) in proofs.items()}


def _sought(text: str, duty: Obligation, understanding: Understanding) -> Event:
    return event(text[duty.start : duty.end])


def _side_score(record: Record, duty: Obligation) -> float:
    named = re.match(r"[甲乙丙]方", record.row.matter)
    if named is None or duty.bearer is None:
        return 0.0
    return 1.0 if duty.bearer.startswith(named.group()) else -1.0


def _same_duty(one: Obligation, other: Obligation) -> bool:
    return one.due == other.due and one.kind == other.kind


def _settled(duty: Obligation, record: Record | None, as_of: date) -> Obligation:
    if duty.status in ("changed", "ended"):
        return duty
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
