"""Duties done by several rows that together make up just what is owed: 70万元 and 50万元 of 120万元, 12台 and 6台 of 18台."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

import msgspec

from contract_audit.deeds import Event, count_of, listed
from contract_audit.extract.performance.attribution import Told, meant_of
from contract_audit.extract.performance.debts import are_instalments, is_bill, only_sum
from contract_audit.extract.performance.joining import Joins, Record, is_provable
from contract_audit.extract.performance.leftover import paid_yuan
from contract_audit.extract.performance.running_total import reached
from contract_audit.model import Obligation

# A sum that comes out to the last yuan says more than words: rows that only may tell of the duty will do.
_MAYBE, _LIKELY, _ALONE = 0.1, 0.3, 0.4  # probability for each row, for one of them, and for a single one
_MOST_ROWS, _MOST_CANDIDATES = 4, 8
_NOT_COUNTED = frozenset({"元", "%", "层", "米", "平方米", "次", "千伏安", "千伏", "千瓦", "年", "月", "天"})

_Measure = Callable[[Record], Decimal | None]


class Whole(msgspec.Struct, frozen=True):
    """Records that make up what a duty (its index) owes, in order of days, the last of which settles it."""

    duty: int
    records: tuple[Record, ...]
    surety: float  # of the least likely row


def made_up(
    duties: list[Obligation], wanted: list[Event], joins: Joins, told: Told, promised: dict[int, Decimal]
) -> dict[int, tuple[Record, ...]]:
    """For open duties (by index) the left records whose sums or counts make up just what is owed; `promised` in yuan.

    A record serves one duty: the one whose records are surest.
    """
    found: list[Whole] = []
    for index, duty in enumerate(duties):
        if _is_proved(index, joins, told) or duty.due is None or not is_provable(duty):
            continue
        done = [one for one in joins.left if not (one.told.undone & wanted[index].acts or is_bill(one.told))]
        likely = _likely(index, done, told)
        for needed, measure, fewest in _needs(wanted[index], promised.get(index)):
            found.extend(_wholes(index, likely, needed, measure, fewest))
            if measure is not paid_yuan and fewest > 1 and _AT_LEAST.search(wanted[index].words):
                found.extend(_at_least(index, likely, needed, measure))
        found.extend(_targets(index, wanted[index], promised.get(index), [*done, *joins.proofs.values()], told))
    chosen = _in_turn(duties, wanted, joins, told)
    used = {id(record) for records in chosen.values() for record in records}
    for whole in sorted(found, key=lambda one: (-one.surety, len(one.records))):
        if whole.duty not in chosen and not used & {id(record) for record in whole.records}:
            chosen[whole.duty] = whole.records
            used |= {id(record) for record in whole.records}
    return chosen


def _in_turn(duties: list[Obligation], wanted: list[Event], joins: Joins, told: Told) -> dict[int, tuple[Record, ...]]:
    """Equal debts of one clause, one of them paid in parts: all payments in order of days, each for the debt due next.

    Only the debts that another payment serves than before.
    """
    groups: dict[tuple[int | None, Decimal], list[int]] = {}
    for index, duty in enumerate(duties):
        owed = only_sum(wanted[index])
        if owed is not None and duty.due is not None and is_provable(duty):
            groups.setdefault((duty.clause, owed), []).append(index)
    chosen: dict[int, tuple[Record, ...]] = {}
    for (_, owed), debts in groups.items():
        if len(debts) < _SEVERAL or not are_instalments(debts, duties, wanted) or joins.proofs.keys() >= set(debts):
            continue
        pairs = sorted((one for debt in debts for one in _likely(debt, joins.left, told)), key=lambda one: one[0])
        likely = {id(record): (about, record) for about, record in pairs}  # each as it is likest for any of them
        wholes = _wholes(debts[0], list(likely.values()), owed, lambda record: record.row.amount, _SEVERAL)
        whole = next(wholes, None)
        if whole is None:
            continue
        payments = [*((joins.proofs[debt],) for debt in debts if debt in joins.proofs), whole.records]
        payments.sort(key=lambda records: records[-1].done_on)
        in_order = sorted(debts, key=lambda debt: duties[debt].due or date.max)
        chosen |= {
            debt: records
            for debt, records in zip(in_order, payments, strict=False)
            if joins.proofs.get(debt) is not records[-1]
        }
    return chosen


_SEVERAL = 2


def _is_proved(index: int, joins: Joins, told: Told) -> bool:
    """Whether a record proves the duty, and its row does not rather tell of something else."""
    proof = joins.proofs.get(index)
    if proof is None:
        return False
    meant = meant_of(told, proof.row, index)
    return proof.settles or meant is None or meant.about >= _MAYBE


def _likely(index: int, left: Iterable[Record], told: Told) -> list[tuple[float, Record]]:
    """Left records whose row may tell of the duty, the likeliest first."""
    known = ((meant_of(told, record.row, index), record) for record in left)
    found = [(meant.about, record) for meant, record in known if meant is not None and meant.about >= _MAYBE]
    return sorted(found, key=lambda one: -one[0])[:_MOST_CANDIDATES]


def _needs(wanted: Event, promised: Decimal | None) -> Iterator[tuple[Decimal, _Measure, int]]:
    """What is owed, how much of it a record tells of, and from how many rows on: yuan, and things counted in a unit that
    the duty names once (of one row the words tell, not the count: 基础完成20座).
    """
    if promised is not None:
        yield promised, lambda record: record.row.amount, 1
        yield promised, paid_yuan, 2
    units = [unit for unit, _ in wanted.amounts if unit not in _NOT_COUNTED]
    if any(item.number for item in listed(wanted.words)):
        return  # 泵2台、阀6个: each by itself
    for unit, needed in wanted.amounts:
        if units.count(unit) == 1:
            yield needed, _counting(unit, wanted), 2


def _targets(
    index: int, wanted: Event, promised: Decimal | None, records: Sequence[Record], told: Told
) -> Iterator[Whole]:
    """The likely records with which a least sum is reached; a row may count for several such targets."""
    sums = [value for unit, value in wanted.amounts if unit == "元"]
    needed = promised if promised is not None or len(sums) != 1 else sums[0]
    likely = _likely(index, records, told)
    rows = reached(wanted, needed, [record for _, record in likely]) if needed is not None else ()
    surety = {id(record.row): about for about, record in likely}
    if rows and max(surety[id(record.row)] for record in rows) >= _LIKELY:
        yield Whole(index, rows, min(surety[id(record.row)] for record in rows))


def _counting(unit: str, wanted: Event) -> _Measure:
    """How many of this unit a record tells of; None where it names none or several numbers."""

    def count(record: Record) -> Decimal | None:
        several = sum(other == unit for other, _ in record.told.amounts) > 1
        return None if several else count_of(record.told, wanted, unit)

    return count


_AT_LEAST = re.compile(r"不[少低]于|至少|以上")


def _at_least(
    index: int, likely: Sequence[tuple[float, Record]], needed: Decimal, measure: _Measure
) -> Iterator[Whole]:
    """The surely meant records in order of days up to the one with which they come to at least what is needed."""
    known = sorted((one for one in likely if one[0] >= _LIKELY), key=lambda one: one[1].done_on)
    total, told = Decimal(0), list[Record]()
    for _, record in known:
        if record.row.amount is not None or _IN_ALL.search(record.row.matter) or (count := measure(record)) is None:
            continue
        total += count
        told.append(record)
        if total >= needed:
            if len(told) > 1:
                last = msgspec.structs.replace(record, settles=True)
                yield Whole(index, (*told[:-1], last), min(about for about, _ in known))
            return


_IN_ALL = re.compile(r"累计|总计|合计|共计|总共")


def _wholes(
    index: int, likely: Sequence[tuple[float, Record]], needed: Decimal, measure: _Measure, fewest: int
) -> Iterator[Whole]:
    """All ways in which likely records make up just what is needed."""
    known = [(about, record, value) for about, record in likely if (value := measure(record)) is not None and value > 0]
    for size in range(fewest, min(_MOST_ROWS, len(known)) + 1):
        for rows in combinations(known, size):
            apart = len({id(record.row) for _, record, _ in rows}) == size
            makes_up = sum(value for _, _, value in rows) == needed
            if apart and makes_up and max(about for about, _, _ in rows) >= (_LIKELY if size > 1 else _ALONE):
                *before, last = sorted((record for _, record, _ in rows), key=lambda record: record.done_on)
                settled = (*before, msgspec.structs.replace(last, settles=True))
                yield Whole(index, settled, min(about for about, _, _ in rows))
