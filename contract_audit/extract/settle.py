"""Statuses of obligations as of a day, from evidence: 待触发 履行中 按期履行 逾期履行 逾期未履行 变更 终止.

Evidence first dates the anchor events (厂房交付之日起60日内 counts from the hand-over record), then proves duties. A join
that could be meant for two duties is not made: it is left to a person.
"""

import re
from datetime import date
from itertools import takewhile

import msgspec

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.text import fold_text
from contract_audit.chinese.workdays import add_months, shifted
from contract_audit.extract.events import Event, Weights, event, likeness, weights
from contract_audit.model import Context, Evidence, Obligation, ObligationStatus, Understanding

_ENOUGH, _ANCHOR_ENOUGH = 3.5, 2.0  # likeness from which a record proves a duty, dates an anchor
_CLEAR = 0.7  # how much better than the next one a join must be
_SAME_SHARE = 0.5
_NEAR_DAYS, _ROUNDS = 150, 3
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
    for _ in range(_ROUNDS):  # a duty once dated may prove the next: 交地 → 开工 → 竣工
        duties = [_dated(understanding, duties, index, sought, proofs, records, scale) for index in range(len(duties))]
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
    """The event that fulfils a duty: the act of its main phrase, things and numbers of all its words.

    The time words are left out: their event comes before. A table row takes the act from the words above the table.
    """
    text = understanding.document.text
    own = _without_time(text, duty)
    told = event(_REMARK.sub("", own))
    main = event(_REMARK.sub("", _main_phrase(text, duty)))
    provision = understanding.provisions[duty.provision] if duty.provision is not None else None
    stems = event(" ".join(text[stem.start : stem.end] for stem in provision.stems) if provision else "")
    sums = event(text[provision.start : provision.end]).amounts if provision else frozenset()
    remarks = event(own)
    return msgspec.structs.replace(
        told, acts=main.acts or told.acts or stems.acts, things=told.things or stems.things, marks=remarks.marks or stems.marks,
        amounts=remarks.amounts | {amount for amount in sums if amount[0] == "元"},
    )  # fmt: skip


_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_CONDITION = re.compile(r"(?:之?[前后]|时|期间|情况下|以来)$")  # 在4号楼交付之前, 投产后
_ADDED = re.compile(r"并|且|同时|完成|取得|通过|办妥|向|交")
_STOP = re.compile(r"[。；\n]")
_PHRASE = re.compile(r"[，,；;。\n]")


def _without_time(text: str, duty: Obligation) -> str:
    if duty.due_end <= duty.due_start:
        return text[duty.start : duty.end]
    before = "，".join(part for part in _PHRASE.split(text[duty.start : duty.due_start]) if not _CONDITION.search(part))
    return f"{before} {text[max(duty.due_end, duty.start) : duty.end]}"


def _main_phrase(text: str, duty: Obligation) -> str:
    """The words between the commas around the time, or the first phrase after it, with what 并 adds."""
    if duty.due_end <= duty.due_start:
        return text[duty.start : duty.end]
    before = _PHRASE.split(text[duty.start : duty.due_start])[-1]
    after = [part for part in _PHRASE.split(text[duty.due_end : duty.end]) if len(part) > 1]
    joined = list(takewhile(lambda part: _ADDED.match(part), after[1:]))
    return " ".join([before, *after[:1], *joined])


def _dated(
    understanding: Understanding, duties: list[Obligation], index: int, sought: list[Event], proofs: dict[int, Record],
    records: list[Record], scale: Weights,
) -> Obligation:  # fmt: skip
    """The duty with its due date, where the event it counts from is a proved duty of this paper or stands in a record."""
    duty = duties[index]
    if duty.due is not None or not duty.anchor or duty.recurrence:
        return duty
    anchor = event(duty.anchor)
    before = _duty_before(understanding, duties, index, anchor, sought)
    told = [*records, *_reported(understanding)]
    record = proofs.get(before) if before is not None else _record_of(anchor, told, scale)
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


def _reported(understanding: Understanding) -> list[Record]:
    """Events that the paper itself dates before its signing: 2022年7月18日，乙方竞得…地块."""
    text = understanding.document.text
    signed = understanding.fact("signed_on")
    found: list[Record] = []
    if signed is None or not isinstance(signed.value, date):
        return found
    for value in understanding.values:
        day = value.until
        if value.kind != "date" or day is None or day != value.since or day >= signed.value:
            continue
        words = text[value.start : next((match.start() for match in _STOP.finditer(text, value.end)), len(text))][:60]
        row = Evidence(contract="", matter=words, done_on=day, proof="合同记载")
        found.append(Record(row, event(words), day))
    return found


def _duty_before(
    understanding: Understanding, duties: list[Obligation], index: int, anchor: Event, sought: list[Event]
) -> int | None:
    """The duty right before in the same clause that the anchor speaks of: …领取施工许可证，领证之日起30日内开工."""
    for other in range(index - 1, max(-1, index - 4), -1):
        if duties[other].clause != duties[index].clause:
            return None
        named = anchor.pairs & event(_without_time(understanding.document.text, duties[other])).pairs
        if _has_time(duties[other]) and anchor.acts & sought[other].acts and named:
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
    scored = [(likeness(record.told, sought, scale), record) for record in records if record.told.acts]
    scored = sorted((entry for entry in scored if entry[0] >= _ANCHOR_ENOUGH), key=lambda entry: -entry[0])
    if not scored or any(scored[0][0] - score < _CLEAR and record.done_on != scored[0][1].done_on for score, record in scored[1:]):
        return None
    return scored[0][1]


def _joined(duties: list[Obligation], sought: list[Event], records: list[Record], scale: Weights) -> dict[int, Record]:
    """For each duty the record that proves it; a record goes to its best duty, unless two are equally good.

    Clear cases go first: a duty that has its record is no rival any more.
    """
    proofs: dict[int, tuple[float, Record]] = {}
    waiting = records
    for _ in range(_ROUNDS):
        left = [record for record in waiting if not _placed(record, duties, sought, scale, proofs)]
        if len(left) == len(waiting):
            break
        waiting = left
    return {index: record for index, (_, record) in proofs.items()}


def _placed(
    record: Record, duties: list[Obligation], sought: list[Event], scale: Weights, proofs: dict[int, tuple[float, Record]]
) -> bool:
    """Give the record to its duty (and to others that name the same event); False where that is not clear."""
    scored = [(_fit(record, duty, sought[index], scale), index) for index, duty in enumerate(duties) if _provable(duty)]
    scored = sorted((entry for entry in scored if entry[0] >= _ENOUGH and entry[0] > _proved(proofs, entry[1])), reverse=True)
    if not scored:
        return False
    score, index = scored[0]
    same = [other for _, other in scored[1:] if _same_event(sought[index], sought[other])]
    if any(other not in same for rival, other in scored[1:] if score - rival < _CLEAR):
        return False
    for proved in (index, *same):
        proofs[proved] = (score, record)
    return True


def _proved(proofs: dict[int, tuple[float, Record]], index: int) -> float:
    return proofs[index][0] if index in proofs else 0.0


def _fit(record: Record, duty: Obligation, sought: Event, scale: Weights) -> float:
    """Likeness, with a little for the named bearer and for a day near the due date."""
    score = likeness(record.told, sought, scale)
    named = re.match(r"[甲乙丙]方", record.row.matter)
    if score and named and duty.bearer:
        score += 1.0 if duty.bearer.startswith(named.group()) else -1.0
    if score and duty.due is not None:
        score += 1.0 if abs((record.done_on - duty.due).days) <= _NEAR_DAYS else 0.0
    return score


def _provable(duty: Obligation) -> bool:
    return _has_time(duty) and not duty.recurrence


def _same_event(one: Event, other: Event) -> bool:
    """Two duties for one event (in the text and again in a table): the same acts and things, or most words in common."""
    if (one.marks and other.marks and one.marks != other.marks) or (one.amounts and other.amounts and one.amounts != other.amounts):
        return False
    fewer = min(len(one.pairs), len(other.pairs))
    return bool(fewer) and len(one.pairs & other.pairs) / fewer >= _SAME_SHARE and bool(one.acts & other.acts)


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
