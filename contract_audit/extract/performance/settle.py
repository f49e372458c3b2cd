"""Statuses of obligations as of a day: 待触发 履行中 按期履行 逾期履行 逾期未履行 变更 终止.

Evidence first dates the anchor events (厂房交付之日起60日内 counts from the hand-over record), then proves duties; later
papers of the project move dates or end the agreement.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from contract_audit.chinese.workdays import or_next_workday
from contract_audit.deeds import weights
from contract_audit.extract.duties.compared import compared
from contract_audit.extract.duties.inherited import in_own_words
from contract_audit.extract.duties.shares import promised_yuan
from contract_audit.extract.duties.wanted import sought
from contract_audit.extract.performance import second_look
from contract_audit.extract.performance.accounts import with_account
from contract_audit.extract.performance.anchor_rows import likely_anchors
from contract_audit.extract.performance.anchors import Case, anchor_records, dated, dated_by
from contract_audit.extract.performance.attribution import Told, attribution
from contract_audit.extract.performance.conditions import averted
from contract_audit.extract.performance.debts import only_sum
from contract_audit.extract.performance.family import (
    dated_events,
    ended_on,
    later_papers,
    moved_dates,
    own_supplement,
    referring,
    told_by,
)
from contract_audit.extract.performance.joining import Joins, Record, has_time, join, records
from contract_audit.extract.performance.leftover import candidates, implied, paid_yuan, part_payments
from contract_audit.extract.performance.limitation import limitation
from contract_audit.extract.performance.lots import lots
from contract_audit.extract.performance.made_up import made_up
from contract_audit.extract.performance.meanings import by_meaning, meanings
from contract_audit.extract.performance.piecewise import pieces
from contract_audit.extract.performance.reassigned import alike_pairs, performed, reassigned
from contract_audit.extract.performance.said_twice import said_twice
from contract_audit.extract.performance.stretched import moves_days, stretched, tells_new_day
from contract_audit.extract.performance.told_by_anchor import paid_after, paid_short, paid_up_to
from contract_audit.model import Context, Evidence, Obligation, ObligationStatus, Understanding, Unplaced

_ROUNDS = 3  # a duty once dated may date the next: 交地 → 开工 → 竣工


def settle(understanding: Understanding, context: Context) -> Understanding:
    """The same understanding with due dates from known events, statuses as of `context.as_of`, days late, limitation,
    accounts of what is to be paid.
    """
    return settle_all(understanding, context)[0]


def unplaced(understanding: Understanding, context: Context) -> tuple[Unplaced, ...]:
    """Evidence rows that prove and date nothing in this paper: none fits, or several fit equally well (存疑, for a person)."""
    return settle_all(understanding, context)[1]


class Joined(msgspec.Struct, frozen=True):
    """The duties with their days, what proves them, and by the index of the duty: several records that together prove it,
    what rows may tell of it, the rows that most likely date what it counts from.
    """

    duties: list[Obligation]
    joins: Joins
    sums: dict[int, tuple[Record, ...]]
    told: Told
    anchors: dict[int, Record]


def settle_all(understanding: Understanding, context: Context) -> tuple[Understanding, tuple[Unplaced, ...]]:
    """The settled understanding, and the evidence rows that found no place in it."""
    case = case_of(understanding, context)
    joined = joined_by(case, context)
    duties, joins, sums, told = joined.duties, joined.joins, joined.sums, joined.told
    duties = stretched(case, duties, joins, context.evidence, context.as_of)
    parts = part_payments(duties, case.wanted, joins, case.scale, _promises(case, duties, joins))
    bits = performed(pieces(duties, case.wanted, joins, case.scale), told)
    by_the_way = _by_the_way(case, duties, joins)
    in_other_ways = frozenset({*parts, *bits, *by_the_way})
    short = paid_short(case, duties, joins)
    joins = msgspec.structs.replace(
        joins, proofs={index: one for index, one in joins.proofs.items() if index not in short}
    )
    spared = averted(case, duties, joins)
    maybe = second_look.doubtful(case, duties, joins, context.evidence, in_other_ways, told)
    later = later_papers(understanding, context.family)
    changing = [*later, *own_supplement(understanding)]
    changes = moved_dates(understanding, case.wanted, changing, case.scale) if changing and case.wanted else {}
    end = ended_on(later)
    draft = (context.mode or understanding.mode) == "draft"
    settled, last_days = [], _last_days(duties)
    for index, duty in enumerate(duties):
        moved = changes.get(index)
        paid = (short[index][1],) if index in short else parts.get(index, ())
        record = joins.proofs.get(index) or _completed(paid, bits.get(index, ())) or by_the_way.get(index)
        duty = _owing(duty, *short[index]) if index in short else duty
        duty = _with_parts(duty, bits.get(index, ()) if record is None else sums.get(index, ())[:-1])
        done = _settled(_moved(duty, moved), record, context.as_of, _last_day(duty, last_days, paid))
        closed = _spared(_closed(done, moved, end, draft=draft), spared.get(index))
        closed = _doubted(closed, maybe.get(index), joined.anchors.get(index))
        money = paid or sums.get(index) or ((joins.proofs[index],) if index in joins.proofs else ())
        settled.append(with_account(understanding, closed, money, context.as_of))
    used = [*joins.proofs.values(), *joins.yearly]
    used += [record for records in (*parts.values(), *sums.values()) for record in records]
    used += [record for records in bits.values() for record in records]
    used += [*by_the_way.values(), *(record for _, record in short.values())]
    used += [*anchor_records(case, duties, joins.proofs), *joined.anchors.values()]
    left = _left(context, used)
    return (
        msgspec.structs.replace(understanding, obligations=tuple(_counted_once(settled))),
        tuple(_unplaced(case, settled, row, context.as_of) for row in left),
    )


def _by_the_way(case: Case, duties: list[Obligation], joins: Joins) -> dict[int, Record]:
    """What shows unproved duties (by index) done without telling of them in their own words."""
    again = referring(case.paper) if joins.proofs else {}  # one duty on the day that the supplement gives it
    return {
        **implied(duties, case.wanted, joins, case.told),
        **paid_after(case, duties, joins),
        **paid_up_to(case, duties, joins),
        **{index: joins.proofs[other] for index, other in again.items() if other in joins.proofs},
        **said_twice(duties, case.wanted, joins),
    }


def _left(context: Context, used: list[Record]) -> list[Evidence]:
    """The rows of evidence up to the day of the audit that nothing `used`."""
    placed = {id(record.row) for record in used}
    return [
        row
        for row in context.evidence
        if row.done_on is not None and row.done_on <= context.as_of and id(row) not in placed and not row.borrowed
    ]


def _counted_once(duties: list[Obligation]) -> Iterator[Obligation]:
    """A sum promised without a time has no account where its clause says when it is paid: 给予补助100万元：投产后付60%…"""
    timed = {(duty.clause, duty.side) for duty in duties if duty.account is not None and has_time(duty)}
    for duty in duties:
        twice = duty.account is not None and not has_time(duty) and (duty.clause, duty.side) in timed
        yield msgspec.structs.replace(duty, account=None) if twice else duty


def _promises(case: Case, duties: list[Obligation], joins: Joins) -> dict[int, Decimal]:
    """What unproved duties promise in money, by index; only asked for where records of money are left."""
    if not any(paid_yuan(record) is not None for record in joins.left):
        return {}
    sums = {
        index: promised_yuan(case.paper, duty) or only_sum(case.wanted[index])
        for index, duty in enumerate(duties)
        if index not in joins.proofs
    }
    return {index: promised for index, promised in sums.items() if promised is not None}


def _completed(payments: tuple[Record, ...], bits: tuple[Record, ...]) -> Record | None:
    """The last of the part payments that together make up the sum, or of the parts that make up the whole; else None."""
    return next((records[-1] for records in (payments, bits) if records and records[-1].settles), None)


def _with_parts(duty: Obligation, bits: tuple[Record, ...]) -> Obligation:
    """The duty with the records that tell of a part of it, which do not fulfil it."""
    notes = tuple(f"部分履行：{record.done_on.isoformat()} {record.row.matter}" for record in bits)
    rows = tuple(record.row for record in bits)
    return msgspec.structs.replace(duty, chain=(*duty.chain, *notes), parts=rows) if notes else duty


def _owing(duty: Obligation, owed: Decimal, record: Record) -> Obligation:
    """The duty with the sum that its share comes to and the record that pays less."""
    note = f"应付{owed.normalize():f}元，{record.done_on.isoformat()} {record.row.matter}"
    return msgspec.structs.replace(duty, chain=(*duty.chain, note))


def _last_days(duties: list[Obligation]) -> dict[int, date]:
    """The last day of the parts of each debt, by where the words begin that the parts share."""
    last: dict[int, date] = {}
    for duty in duties:
        if duty.due is not None:
            last[duty.shared_start] = max(duty.due, last.get(duty.shared_start, duty.due))
    return last


def _last_day(duty: Obligation, last_days: dict[int, date], payments: tuple[Record, ...]) -> date | None:
    """From when the limitation period runs: the last of the parts of one debt (民法典第189条), the last payment (第195条)."""
    days = [duty.due, *(payment.done_on for payment in payments)]
    if duty.part is not None:
        days.append(last_days.get(duty.shared_start))
    return max((day for day in days if day is not None), default=None)


def _unplaced(case: Case, duties: list[Obligation], row: Evidence, as_of: date) -> Unplaced:
    text = case.paper.document.text
    meant = candidates(duties, case.wanted, records((row,), as_of), case.scale)
    words = tuple(f"{' '.join(text[duty.start : duty.end].split())}{_already_done(duty)}" for duty in meant)
    return Unplaced(document=case.paper.document.name, evidence=row, candidates=words)


def _already_done(duty: Obligation) -> str:
    """That another row proves the duty: this one may be an earlier step of it."""
    return f"（已按“{duty.proof_matter}”认定于{duty.done_on}完成）" if duty.proof_matter and duty.done_on else ""


def case_of(understanding: Understanding, context: Context) -> Case:
    """What settling this paper works on: its duties as events, and the records that prove or date something."""
    terms = meanings(understanding.document.text)
    rows = [one for one in records(context.evidence, context.as_of) if not tells_new_day(one.row)]
    rows = [msgspec.structs.replace(one, told=by_meaning(one.told, terms)) for one in rows] if terms else rows
    told = [*rows, *told_by(understanding, context.family, context.as_of)]
    dated = (
        dated_events(understanding) if any(duty.anchor and not duty.due for duty in understanding.obligations) else []
    )
    moving = moves_days(understanding.document.text, context.evidence)
    if not (
        told or dated or moving or context.family or own_supplement(understanding)
    ):  # nothing to hold duties against
        return Case(understanding, [], weights([]), [], [])
    wanted = [sought(understanding, duty) for duty in understanding.obligations]
    for index, other in referring(understanding).items():
        wanted[index] = wanted[other]
    timed = [one for duty, one in zip(understanding.obligations, wanted, strict=True) if has_time(duty)]
    return Case(understanding, wanted, weights(timed), told, dated)


def first_joins(understanding: Understanding, context: Context) -> tuple[Case, list[Obligation], Joins]:
    """The duties with the days that their clear records give; what is less clear is weighed against it (`attribution`)."""
    case = case_of(understanding, context)
    return case, *_clear_joins(case)


def _clear_joins(case: Case) -> tuple[list[Obligation], Joins]:
    duties = list(case.paper.obligations)
    for index, other in referring(case.paper).items():
        duties[index] = msgspec.structs.replace(
            in_own_words(duties[index]), side=duties[other].side, bearer=duties[other].bearer
        )
    if not (case.told or case.dated):
        return duties, Joins({}, ())
    joins = join(duties, case.wanted, case.told, case.scale)
    for _ in range(_ROUNDS):
        before, proofs = duties, {**_made_up(case, duties, joins), **joins.proofs}
        duties = _dated(case, duties, proofs)
        if duties == before:  # nor would another round date any
            break
        joins = join(duties, case.wanted, case.told, case.scale)
    return duties, joins


def joined_by(case: Case, context: Context, *, likely: bool = True) -> Joined:
    """Who owes what by when, and what proves it; `likely`: also by rows that only most likely date what duties count from."""
    duties, joins = _clear_joins(case)
    alike = alike_pairs(joins)
    heard = {id(record.row) for record in case.told}
    own = tuple(row for row in context.evidence if id(row) in heard and not row.borrowed)
    joined = Joined(duties, joins, {}, {}, {})
    for _ in range(_ROUNDS if own else 0):
        told = attribution(case, joined.duties, own, context.as_of)
        again = reassigned(case, joined.duties, joined.joins, told, alike)
        whole = made_up(joined.duties, case.wanted, again, told, _promises(case, joined.duties, again))
        whole |= lots(joined.duties, case.wanted, again, case.scale)
        joins = _with_sums(again, whole)
        duties = _dated(case, joined.duties, joins.proofs)
        anchors = likely_anchors(case, duties, joins, told, own) if likely else {}
        duties = [
            dated_by(case, duty, index, anchors[index]) if index in anchors else duty
            for index, duty in enumerate(duties)
        ]
        before = joined
        joined = Joined(duties, joins, {**before.sums, **whole}, told, {**before.anchors, **anchors})
        if again.proofs == before.joins.proofs and not whole and not anchors:
            break
    return joined


def _with_sums(joins: Joins, sums: dict[int, tuple[Record, ...]]) -> Joins:
    """The joins with the duties that are done by several records together, proved by the last of them."""
    used = {id(record.row) for records in sums.values() for record in records}
    left = tuple(record for record in joins.left if id(record.row) not in used)
    return Joins({**joins.proofs, **{index: records[-1] for index, records in sums.items()}}, left, joins.yearly)


def _dated(case: Case, duties: list[Obligation], proofs: dict[int, Record]) -> list[Obligation]:
    """The duties with days counted from records, and then from what other duties are due."""
    return compared(case.paper.document.text, [dated(case, duties, index, proofs) for index in range(len(duties))])


def _made_up(case: Case, duties: list[Obligation], joins: Joins) -> dict[int, Record]:
    """The last records of duties that were done piece by piece: they date events as a single record does."""
    found = pieces(duties, case.wanted, joins, case.scale)
    return {index: records[-1] for index, records in found.items() if records[-1].settles}


def _settled(duty: Obligation, record: Record | None, as_of: date, claim_day: date | None) -> Obligation:
    if record is not None:
        row = record.row
        duty = msgspec.structs.replace(
            duty, done_on=record.done_on, proof=row.proof, proof_matter=row.matter, paid=row.amount
        )
    if duty.due is None:  # done or not, nobody can say whether in time
        return msgspec.structs.replace(duty, status="pending")
    last = or_next_workday(duty.due) if duty.offset is not None else duty.due
    late = ((record.done_on if record is not None else as_of) - last).days
    if late > 0 and last != duty.due:
        duty = msgspec.structs.replace(duty, chain=(*duty.chain, f"期限末日为休息日，顺延至{last.isoformat()}"))
    if record is not None:
        status: ObligationStatus = "done_late" if late > 0 else "done_on_time"
        return msgspec.structs.replace(duty, status=status, days_late=late if late > 0 else None)
    if late <= 0:
        return msgspec.structs.replace(duty, status="running")
    ends, basis = limitation(max(claim_day or last, last))
    return msgspec.structs.replace(duty, status="overdue", days_late=late, limitation_ends=ends, limitation_basis=basis)


def _moved(duty: Obligation, moved: tuple[date | None, str] | None) -> Obligation:
    """The duty with the date that a later paper gave it (none yet: an event decides); the chain tells how it came about."""
    if moved is None:
        return duty
    first = () if duty.due is None else (f"原约定 {duty.due.isoformat()}",)
    return msgspec.structs.replace(duty, due=moved[0], chain=(*duty.chain, *first, moved[1]))


def _closed(
    duty: Obligation, moved: tuple[date | None, str] | None, end: tuple[date, str] | None, *, draft: bool
) -> Obligation:
    """What is not held against anybody here: dates moved by a later paper (its own duty stands there), what fell due after
    the end of the agreement, drafts, and rights that lapse by their own words (逾期未提出的视为合格).
    """
    if duty.status == "done_on_time" or (duty.status == "done_late" and moved is None):
        return duty
    if moved is not None:
        return _without_delay(duty, "changed", ())
    if end is not None and (duty.due is None or duty.due >= end[0]):
        return _without_delay(duty, "ended", (end[1],))
    if duty.status != "overdue":
        return duty
    if draft:
        return _without_delay(duty, "running", ())
    if duty.consequence and ("视为" in duty.consequence or "视同" in duty.consequence):
        return _without_delay(duty, "ended", (duty.consequence,))
    return duty


def _doubted(duty: Obligation, proof: second_look.Maybe | None, anchor: Record | None) -> Obligation:
    """An overdue duty that a left-over row might prove, or whose day follows from a row that only likely is the event it
    counts from, and one done late whose proof tells of more time: whether it is late is for a person to say.
    """
    if duty.status == "done_late" and _MORE_TIME.search(f"{duty.proof_matter or ''}{duty.proof or ''}"):
        return msgspec.structs.replace(duty, doubt="履行凭证写有顺延、展期，期限可能已经变更")
    if duty.status != "overdue":
        return duty
    if proof is not None:
        named = f"{_named_row(proof.record)}可能是其履行凭证"
        if duty.due is not None and proof.record.done_on > duty.due and not proof.reported:
            return msgspec.structs.replace(duty, chain=(*duty.chain, f"{named}；即使是，也已逾期"))
        return msgspec.structs.replace(duty, doubt=f"{named}，但不能确定")
    if anchor is not None:
        return msgspec.structs.replace(duty, doubt=f"起算日按{_named_row(anchor)}推定，不能确定")
    return duty


_MORE_TIME = re.compile("顺延|展期|延期(?!交付|付款|支付|竣工|完工|投产)|宽限")


def _named_row(record: Record) -> str:
    place = f"第{record.row.row}行" if record.row.row is not None else ""
    return f"履行情况{place}“{record.row.matter}”（{record.done_on.isoformat()}）"


def _spared(duty: Obligation, record: Record | None) -> Obligation:
    """A duty that is owed only if something fails, where it did not fail: 待触发."""
    if record is None or duty.status not in ("overdue", "running"):
        return duty
    return _without_delay(duty, "pending", (f"条件未成就：{record.done_on.isoformat()} {record.row.matter}",))


def _without_delay(duty: Obligation, status: ObligationStatus, notes: tuple[str, ...]) -> Obligation:
    return msgspec.structs.replace(
        duty, status=status, days_late=None, limitation_ends=None, limitation_basis=None, chain=(*duty.chain, *notes)
    )
