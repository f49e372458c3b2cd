"""What the joining of evidence left over: payments of a part of a sum, and rows that a person must place."""

from decimal import Decimal

import msgspec

from contract_audit.deeds import Event, Weights
from contract_audit.extract.duties.wanted import PAYING
from contract_audit.extract.performance.joining import CLEAR, ENOUGH, Joins, Record, fit, has_time, other_phase
from contract_audit.model import Obligation

_MAYBE = 2.5  # likeness from which a duty is shown to the person who places a row
_SHOWN = 3


def part_payments(
    duties: list[Obligation], wanted: list[Event], joins: Joins, scale: Weights, promised: dict[int, Decimal]
) -> dict[int, tuple[Record, ...]]:
    """Left records of money that pay a part of what one unproved duty promises (yuan, by index), in order of days.

    A record that fits two such duties equally well is none. The record that completes a sum `settles` it.
    """
    found: dict[int, list[Record]] = {}
    for record in sorted(joins.left, key=lambda one: one.done_on):
        index = _duty_paid(record, duties, wanted, scale, promised)
        if index is not None:
            found.setdefault(index, []).append(record)
    for record in sorted(joins.left, key=lambda one: one.done_on):
        if all(record not in records for records in found.values()):
            meant = [index for index, records in found.items() if _makes_up(record, records, promised[index])]
            if len(meant) == 1:
                found[meant[0]].append(record)
    return {index: _completed(records, promised[index]) for index, records in found.items()}


def _makes_up(record: Record, paid: list[Record], promised: Decimal) -> bool:
    """A later payment that is just what is still owed, and says that it is the rest of something: 尾数18万元 after 20 of 38."""
    amount = paid_yuan(record)
    sofar = sum((paid_yuan(one) or Decimal(0) for one in paid), Decimal(0))
    if (
        amount is None
        or amount + sofar != promised
        or record.done_on < paid[-1].done_on
        or not record.told.acts & PAYING
    ):
        return False
    rest = ("期", "余") in record.told.marks or "补" in record.told.words
    return rest and bool(record.told.content & frozenset().union(*(one.told.content for one in paid)))


def _duty_paid(
    record: Record, duties: list[Obligation], wanted: list[Event], scale: Weights, promised: dict[int, Decimal]
) -> int | None:
    amount = paid_yuan(record)
    if amount is None:
        return None
    told = _without_sum(record.told)
    scored = sorted(
        (
            (fit(msgspec.structs.replace(record, told=told), duties[index], _without_sum(wanted[index]), scale), index)
            for index, whole in promised.items()
            if amount < whole
        ),
        reverse=True,
    )
    timed = {duties[index].clause for index in promised if has_time(duties[index])}
    scored = [
        one for one in scored if has_time(duties[one[1]]) or duties[one[1]].clause not in timed
    ]  # the whole of 三笔
    if not scored or scored[0][0] < ENOUGH or (len(scored) > 1 and scored[0][0] - scored[1][0] < CLEAR):
        return None
    return scored[0][1]


def paid_yuan(record: Record) -> Decimal | None:
    """The sum of the row, or the one sum that its words tell as paid."""
    told = {value for unit, value in record.told.amounts if unit == "元"}
    given = "submit" in record.told.acts and "guarantee" in record.told.things  # a letter of guarantee stands for money
    raised = "raise" in record.told.acts and "capital" in record.told.things  # 增资1800万元 is paid in
    if record.row.amount is not None or len(told) != 1 or not (record.told.acts & PAYING or given or raised):
        return record.row.amount
    return told.pop()


def _without_sum(told: Event) -> Event:
    left = frozenset(one for one in told.amounts if one[0] != "元")
    return msgspec.structs.replace(told, amounts=left, first=False, short=False)


def _completed(records: list[Record], promised: Decimal) -> tuple[Record, ...]:
    paid = sum((paid_yuan(record) or Decimal(0) for record in records), Decimal(0))
    if paid < promised:
        return tuple(records)
    return (*records[:-1], msgspec.structs.replace(records[-1], settles=True))


def implied(duties: list[Obligation], wanted: list[Event], joins: Joins, told: list[Record]) -> dict[int, Record]:
    """Unproved duties of the enterprise to start and to build that a record of production proves by the way (由投产推定).

    Only the project's own works, and of the same phase: 投产 says nothing of a second phase or of a road.
    """
    producing = sorted(
        (one for one in told if "produce" in one.told.acts and "试" not in one.told.parts), key=lambda one: one.done_on
    )
    found: dict[int, Record] = {}
    for index, duty in enumerate(duties):
        event = wanted[index] if index < len(wanted) else None
        if event is None or index in joins.proofs:
            continue
        if duty.side == "government":
            cleared = _handed_over(event, told)
            found.update({index: cleared} if cleared is not None else {})
        if duty.side != "investor" or duty.kind not in ("start", "production"):
            continue
        if not event.acts <= _BEFORE_PRODUCTION or not event.things <= _OF_PLANT:
            continue
        record = next(
            (one for one in producing if event.marks <= one.told.marks and not other_phase(one.told, event, wanted)),
            None,
        )
        if record is not None:
            found[index] = record
    return found


def _handed_over(event: Event, told: list[Record]) -> Record | None:
    """The hand-over of the land, which shows that it had been cleared by then."""
    if "clear" not in event.acts or not event.acts <= _CLEARING or "land" not in event.things:
        return None
    given = [one for one in told if one.told.acts == {"hand_over"} and "land" in one.told.things and not one.told.short]
    alike = [one for one in given if not (event.marks and one.told.marks) or event.marks & one.told.marks]
    return alike[0] if len(alike) == 1 else None


_CLEARING = frozenset({"clear", "build", "return", "pay"})
_BEFORE_PRODUCTION = frozenset({"start", "enter", "build", "install"})
_OF_PLANT = frozenset({"plant", "structure", "foundation", "lines", "equipment", "permit"})


def candidates(
    duties: list[Obligation], wanted: list[Event], told: list[Record], scale: Weights
) -> tuple[Obligation, ...]:
    """The duties that a row might be meant for, the likest first; those much less like it than the first are none."""
    if len(wanted) != len(duties):
        return ()
    scored = sorted(
        (
            (max((fit(record, duty, wanted[index], scale, partly=True) for record in told), default=0.0), -index)
            for index, duty in enumerate(duties)
            if has_time(duty)
        ),
        reverse=True,
    )
    least = max(_MAYBE, scored[0][0] - CLEAR) if scored else _MAYBE
    return tuple(duties[-index] for score, index in scored[:_SHOWN] if score >= least)
