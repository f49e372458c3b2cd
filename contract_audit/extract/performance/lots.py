"""What was handed over or done lot by lot: a first lot in time, and what remained (第二批, 剩余60亩) later.

The row of the first lot alone looks like the whole where the duty names no quantity; the row of the rest says that it was none.
"""

import msgspec

from contract_audit.deeds import Event, Weights
from contract_audit.extract.duties.wanted import PAYING
from contract_audit.extract.performance.joining import ENOUGH, Joins, Record, fit, is_provable
from contract_audit.model import Obligation

_LOT, _REST = "期", ("期", "余")


def lots(duties: list[Obligation], wanted: list[Event], joins: Joins, scale: Weights) -> dict[int, tuple[Record, ...]]:
    """The lots of duties (by index) that a row of one lot seems to prove, in order of days; the last `settles` the whole."""
    found: dict[int, tuple[Record, ...]] = {}
    for index, proof in joins.proofs.items():
        sought = wanted[index]
        if proof.settles or _lots_of(sought) or not is_provable(duties[index]):
            continue
        later = [
            record
            for record in joins.left
            if record.done_on > proof.done_on
            and _is_next(proof.told, record.told)
            and fit(record, duties[index], sought, scale, partly=True) >= ENOUGH
        ]
        if later:
            *before, last = sorted(later, key=lambda record: record.done_on)
            found[index] = (proof, *before, msgspec.structs.replace(last, settles=True))
    return found


def _is_next(one: Event, other: Event) -> bool:
    """Whether the other event is of a later lot, or of the rest, of what the one tells of."""
    if (one.acts | other.acts) & PAYING:
        return False  # the rest of a rent is none of the house
    again = bool(one.acts & other.acts) and (bool(one.things & other.things) or bool(one.content & other.content))
    rest = _REST in other.marks - one.marks
    return again and (rest or (bool(_lots_of(one)) and bool(_lots_of(other) - _lots_of(one))))


def _lots_of(told: Event) -> set[tuple[str, str]]:
    return {mark for mark in told.marks if mark[0] == _LOT}
