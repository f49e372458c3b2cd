"""Joins looked at again by `attribution`: proofs that tell of another duty are taken back, rows left over find theirs."""

from collections import Counter
from collections.abc import Sequence

from contract_audit.deeds import Event, is_less, is_one_of_two, same_event
from contract_audit.extract.performance.anchors import Case
from contract_audit.extract.performance.attribution import Meant, Told, is_other_act
from contract_audit.extract.performance.joining import Joins, Record, fit, is_provable
from contract_audit.model import Obligation

# Probabilities, chosen on the open corpus with the papers that are judged left out of training.
_SURE = 0.6  # from which a row tells of a duty
_CERTAIN = 0.85  # from which a thing of another name is the same
_AHEAD = 0.25  # by how much surer than of the next
_UNLIKELY, _LIKELY = 0.2, 0.4  # below which a proof is taken back, if another duty is as likely as that
_WHOLE = 0.5  # from which it tells of the whole
_PART, _LITTLE = 0.35, 0.2  # below which a proof tells only of a part; one of several events told in a row


def reassigned(case: Case, duties: list[Obligation], joins: Joins, told: Told) -> Joins:
    """The joins without proofs that tell of another duty or of a part, and with left rows that tell of an open one."""
    events = Counter(id(record.row) for record in case.told)
    proofs = {
        index: record
        for index, record in joins.proofs.items()
        if not _is_doubtful(index, record, case, duties, told, several=events[id(record.row)] > 1)
    }
    back = tuple(record for index, record in joins.proofs.items() if index not in proofs)
    placed = {id(record.row) for record in (*proofs.values(), *joins.yearly)}
    left = [*joins.left, *back]
    for record, index in _open(case, duties, proofs, left, told, placed):
        proofs.setdefault(index, record)
    used = {id(record) for record in proofs.values()}
    return Joins(proofs, tuple(record for record in left if id(record) not in used), joins.yearly)


def _is_doubtful(
    index: int, record: Record, case: Case, duties: list[Obligation], told: Told, *, several: bool
) -> bool:
    """Whether the row of a proof tells of another duty or of a part; a row of `several` events may tell of two duties."""
    meant = told.get(id(record.row), ())
    mine = next((one for one in meant if one.duty == index), None)
    if mine is None or record.settles:
        return False
    if several:  # 厂房移交，双电源合闸
        return mine.whole < _LITTLE
    best = meant[0]
    once = duties[best.duty].recurrence is None  # 首场于…举行 stands beside 每半年一场
    other = best.duty != index and once and not same_event(case.wanted[index], case.wanted[best.duty])
    return (mine.about < _UNLIKELY and other and best.about >= _LIKELY) or mine.whole < _PART


def _open(
    case: Case,
    duties: list[Obligation],
    proofs: dict[int, Record],
    left: Sequence[Record],
    told: Told,
    placed: set[int],
) -> list[tuple[Record, int]]:
    """Left records with the open duty that their row surely tells of as a whole, in order of days."""
    found: dict[int, tuple[Record, int, float]] = {}  # by row: of its records the likest
    for record in left:
        meant = told.get(id(record.row), ())
        if not meant or id(record.row) in placed or not _is_sure(meant):
            continue
        best = meant[0]
        if best.duty in proofs or best.whole < _WHOLE or not is_provable(duties[best.duty]):
            continue
        sought = case.wanted[best.duty]
        if _is_another(best, record.told, sought) or is_less(record.told, sought) or is_one_of_two(record.told, sought):
            continue
        likeness = fit(record, duties[best.duty], sought, case.scale, partly=True)
        if likeness > found.get(id(record.row), (record, best.duty, 0.0))[2]:
            found[id(record.row)] = (record, best.duty, likeness)
    return sorted(((record, index) for record, index, _ in found.values()), key=lambda one: one[0].done_on)


def _is_another(best: Meant, told: Event, sought: Event) -> bool:
    """Another act, or a thing of which the duty says nothing, unless all else is for it: 员工食堂试营业 where 投产 is owed."""
    strange = told.things and not told.things & sought.things and not told.content & sought.content
    return (bool(strange) and best.about < _CERTAIN) or is_other_act(told, sought)


def _is_sure(meant: tuple[Meant, ...]) -> bool:
    return (
        meant[0].about >= _SURE and not meant[0].tied and (len(meant) < 2 or meant[0].about - meant[1].about >= _AHEAD)
    )
