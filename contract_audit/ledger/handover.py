"""When units or people go: who takes over (机构沿革), and the list of what is handed over (移交清单)."""

from datetime import date

import msgspec
import sqlalchemy

from contract_audit.errors import LedgerError
from contract_audit.ledger.queries import anchor_of, every
from contract_audit.ledger.settings import institutions
from contract_audit.ledger.writer import Writer
from contract_audit.model import Struct
from contract_audit.model.ledger import OPEN_STATES, Anchor, Institution, ItemFilter, LedgerItem


class Succession(Struct, frozen=True, kw_only=True):
    """What 机构沿革 did: items whose unit was replaced, and units that were split, which a person must assign."""

    changed: tuple[int, ...]
    split: dict[str, tuple[str, ...]]


class Handover(Struct, frozen=True, kw_only=True):
    """What a person or unit leaves behind: open items, promises made to enterprises, and approvals that run out."""

    leaving: str
    day: date
    open_items: tuple[LedgerItem, ...]
    promised: tuple[LedgerItem, ...]
    kept: tuple[LedgerItem, ...]
    anchor: Anchor


def successors(lines: tuple[Institution, ...]) -> dict[str, tuple[str, ...]]:
    """Former unit → the units that hold its business now; chains are followed. Raises LedgerError for a circle."""
    direct: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if line.successor and line.successor != line.former:
            direct[line.former] = tuple(dict.fromkeys((*direct.get(line.former, ()), line.successor)))
    return {former: _ends(former, direct, ()) for former in direct}


def _ends(unit: str, direct: dict[str, tuple[str, ...]], path: tuple[str, ...]) -> tuple[str, ...]:
    if unit in path:
        raise LedgerError(f"机构沿革成环：{'→'.join((*path, unit))}，请改正")
    if unit not in direct:
        return (unit,)
    ends = (end for successor in direct[unit] for end in _ends(successor, direct, (*path, unit)))
    return tuple(dict.fromkeys(ends))


def succeed(writer: Writer) -> Succession:
    """Put the successor in the place of every abolished 整改责任单位 of an open item; 地区(单位) keeps the old name."""
    now = successors(institutions(writer.connection))
    changed: list[int] = []
    split: dict[str, tuple[str, ...]] = {}
    for former, units in sorted(now.items()):
        for item in list(every(writer.connection, ItemFilter(states=OPEN_STATES, owner_unit=former))):
            if len(units) > 1:
                split[former] = units
                continue
            after = msgspec.structs.replace(item, owner_unit=units[0], owner=None)
            writer.change(item, after, "edit", f"机构沿革：{former}由{units[0]}承接")
            changed.append(item.number)
    return Succession(changed=tuple(changed), split=split)


def handover(
    connection: sqlalchemy.Connection, today: date, *, owner: str | None = None, unit: str | None = None
) -> Handover:
    """The hand-over list of a person (`owner`) or a unit; exactly one is given. Raises LedgerError otherwise."""
    if (owner is None) == (unit is None):
        raise LedgerError("移交清单须写明移交的人（--owner）或单位（--unit），二者选一")
    mine = [item for item in every(connection) if (item.owner == owner if owner else unit in _units(item))]
    return Handover(
        leaving=owner or unit or "",
        day=today,
        open_items=tuple(sorted((item for item in mine if item.state in OPEN_STATES), key=_by_due)),
        promised=tuple(item for item in mine if item.promised),
        kept=tuple(item for item in mine if item.state == "kept"),
        anchor=anchor_of(connection),
    )


def hand_over(writer: Writer, leaving: Handover, to_owner: str | None, to_unit: str | None) -> tuple[int, ...]:
    """Give the open items to a person or a unit; returns their numbers."""
    values: dict[str, object] = {"owner": to_owner} if to_unit is None else {"owner_unit": to_unit, "owner": to_owner}
    receiver = to_owner or to_unit or ""
    if not receiver:
        raise LedgerError("请写明接收人（--to-owner）或接收单位（--to-unit）")
    for item in leaving.open_items:
        after = msgspec.structs.replace(item, **values)
        writer.change(item, after, "edit", f"由{leaving.leaving}移交给{receiver}")
    return tuple(item.number for item in leaving.open_items)


def _units(item: LedgerItem) -> tuple[str | None, ...]:
    return (item.owner_unit,) if item.owner_unit else (item.unit,)


def _by_due(item: LedgerItem) -> tuple[bool, date, int]:
    return item.due is None, item.due or date.max, item.number
