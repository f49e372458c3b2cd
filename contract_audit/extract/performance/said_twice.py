"""A duty that the paper says twice (in an article and again in its table) is done by what does it once."""

from contract_audit.deeds import Event, alike, is_near, same_event, same_object
from contract_audit.extract.duties.wanted import PAYING
from contract_audit.extract.performance.joining import Joins, Record, is_provable
from contract_audit.model import Obligation


def said_twice(duties: list[Obligation], wanted: list[Event], joins: Joins) -> dict[int, Record]:
    """The proofs of proved duties for the unproved ones (by index) that owe the same by the same day."""
    found: dict[int, Record] = {}
    for index, duty in enumerate(duties):
        if index in joins.proofs or duty.due is None or not is_provable(duty):
            continue
        again = (
            joins.proofs[other]
            for other in joins.proofs
            if duties[other].due == duty.due
            and duties[other].side == duty.side
            and _is_same(wanted[index], wanted[other])
        )
        record = next(again, None)
        if record is not None:
            found[index] = record
    return found


def _is_same(one: Event, other: Event) -> bool:
    """The same named by number or phase, by all its things, or by a name that no list of things knows: 测风塔.

    Sums are told apart elsewhere.
    """
    if (one.acts | other.acts) & PAYING or one.parts != other.parts or one.things != other.things:
        return False
    if (one.marks or one.things) and one.marks == other.marks:
        return same_event(one, other)
    if one.things or not alike(one, other) or not is_near(one, other):
        return False
    names = sorted((one.content, other.content), key=len)
    whole = bool(one.acts & other.acts and names[0]) and names[0] <= names[1]  # 标牌树立 and 竖起导向标牌6块
    return whole or same_object(one, other)
