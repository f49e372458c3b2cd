"""The ledger as it stood on a day: what was changed later is undone by the history, which keeps every value replaced."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

import msgspec
import sqlalchemy
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from contract_audit.ledger.figures import Grouping, Tally, groups, tally
from contract_audit.ledger.queries import numbers_of
from contract_audit.ledger.rows import item_of
from contract_audit.ledger.schema import history, items
from contract_audit.model import Struct
from contract_audit.model.ledger import OPEN_STATES, ItemFilter, LedgerItem

_TYPES = {field.name: field.type for field in msgspec.structs.fields(LedgerItem)}
# The history keeps these as JSON; text, days and amounts stand there as they are.
_JSON = frozenset(("page", "stale", "merged_into", "sources", "proofs", "extra"))
_BATCH = 2_000
# Where the code of a group stands in another column than its own.
_CODES: dict[Grouping, ColumnElement[Any]] = {"source": items.c.sources, "month": func.substr(items.c.created_on, 1, 7)}

Changes = dict[str, str | None]  # field → its value, as the history keeps it


class Standing(Struct, frozen=True, kw_only=True):
    """The items of a day, merged ones left out, in order of number; `later` were registered only afterwards."""

    items: tuple[LedgerItem, ...]
    later: int


class Counted(Struct, frozen=True, kw_only=True):
    """The items of a day counted; `later` were registered only afterwards."""

    tally: Tally
    later: int


def standing(connection: sqlalchemy.Connection, day: date) -> Standing:
    """Every item as it stood at the end of `day`."""
    return _standing(connection, day)


def pressing(connection: sqlalchemy.Connection, day: date, days: int, asked: ItemFilter) -> Standing:
    """The items asked for that were overdue on `day`, due in the next `days` days or kept on record.

    Asked for by their state and deadline of that day, and else by what they say today. Others may stand among them.
    """
    until = (day + timedelta(days=days)).isoformat()
    due = and_(items.c.due <= until, items.c.state.in_(OPEN_STATES))
    then = _standing(connection, day, or_(due, items.c.state == "kept"))
    found = [item for item in then.items if _is_asked(item, asked)]
    others = msgspec.structs.replace(asked, states=(), due_before=None, due_after=None)
    if others != ItemFilter():
        numbers = frozenset(numbers_of(connection, others))
        found = [item for item in found if item.number in numbers]
    return msgspec.structs.replace(then, items=tuple(found))


def counted(connection: sqlalchemy.Connection, day: date, grouping: Grouping) -> Counted:
    """The items of the end of `day` by group: the database counts those that were not changed since."""
    late = case((and_(items.c.due < day.isoformat(), items.c.state.in_(OPEN_STATES)), 1), else_=0)
    columns = (_CODES[grouping] if grouping in _CODES else items.c[grouping], items.c.state, late)
    same = (items.c.merged_into.is_(None), items.c.number.not_in(_changed(day)))
    found: Tally = Counter()
    for code, state, is_late, count in connection.execute(
        select(*columns, func.count()).where(*same).group_by(*columns)
    ):
        for group in groups(code, grouping):
            found[group, state, bool(is_late)] += count
    found += tally(_as_they_were(connection, day), grouping, day)
    return Counted(tally=found, later=_later_count(connection, day))


def _standing(connection: sqlalchemy.Connection, day: date, *where: ColumnElement[bool]) -> Standing:
    """As `standing`; of the items that were not changed since, only those that the conditions hold for."""
    same = _read(connection, items.c.merged_into.is_(None), items.c.number.not_in(_changed(day)), *where)
    found = sorted((*same, *_as_they_were(connection, day)), key=attrgetter("number"))
    return Standing(items=tuple(found), later=_later_count(connection, day))


def _as_they_were(connection: sqlalchemy.Connection, day: date) -> Iterator[LedgerItem]:
    """The items that were changed after `day` as they stood at its end, those merged by then left out."""
    before = _undone(connection, day)
    known = (items.c.number.in_(_changed(day)), items.c.number.not_in(_later(day)))
    then = (_as_it_was(item, before[item.number]) for item in _read(connection, *known))
    return (item for item in then if item.merged_into is None)


def _read(connection: sqlalchemy.Connection, *where: ColumnElement[bool]) -> Iterator[LedgerItem]:
    query = select(items.c.body).where(*where).order_by(items.c.number).execution_options(yield_per=_BATCH)
    return map(item_of, connection.execute(query).scalars())


def _is_asked(item: LedgerItem, asked: ItemFilter) -> bool:
    if asked.states and item.state not in asked.states:
        return False
    if asked.due_before is None and asked.due_after is None:
        return True
    return item.due is not None and (asked.due_after or date.min) < item.due < (asked.due_before or date.max)


def _after(day: date) -> ColumnElement[bool]:
    return history.c.at >= (day + timedelta(days=1)).isoformat()


def _changed(day: date) -> Select[Any]:
    """The numbers of the items that have entries after `day`."""
    return select(history.c.item).where(_after(day), history.c.item.is_not(None))


def _later(day: date) -> Select[Any]:
    """The numbers of the items that were registered after `day`."""
    return _changed(day).where(history.c.action == "create")


def _later_count(connection: sqlalchemy.Connection, day: date) -> int:
    return connection.execute(_later(day).with_only_columns(func.count())).scalar() or 0


def _undone(connection: sqlalchemy.Connection, day: date) -> dict[int, Changes]:
    """What the fields changed after `day` held at its end, by item."""
    query = _changed(day).add_columns(history.c.changes).where(history.c.item.not_in(_later(day)))
    before: dict[int, Changes] = defaultdict(dict)
    decode = msgspec.json.Decoder(dict[str, tuple[str | None, str | None]]).decode
    for number, changes in connection.execute(query.order_by(history.c.seq.desc())):
        before[number] |= {name: old for name, (old, _new) in decode(changes).items()}  # the oldest comes last
    return before


def _as_it_was(item: LedgerItem, fields: Changes) -> LedgerItem:
    return msgspec.structs.replace(item, **{name: field_value(name, text) for name, text in fields.items()})


def field_value(name: str, text: str | None) -> object:
    """The value of a field of `LedgerItem` from the text that the history keeps of it (see `rows.value_text`)."""
    if text is None:
        return None
    if name in _JSON:
        return msgspec.json.decode(text, type=_TYPES[name])
    return msgspec.convert(text, _TYPES[name])
