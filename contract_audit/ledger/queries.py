"""Reading: one item with its history, a filtered page, all items of a filter."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import sqlalchemy
from sqlalchemy import ColumnElement, Integer, Select, column, or_, select, table, text

from contract_audit.errors import LedgerError
from contract_audit.ledger.rows import item_of
from contract_audit.ledger.schema import head, history, items
from contract_audit.ledger.search import holding, matching
from contract_audit.model import Struct
from contract_audit.model.ledger import Anchor, HistoryEntry, ItemFilter, LedgerItem

_BATCH = 2_000
_ALL = ItemFilter()
_SEARCH = table("search", column("rowid", Integer))
COUNTED = 1_000  # a page counts its items up to here: counting on would cost more than the page


class Page(Struct, frozen=True, kw_only=True):
    """Some items of a filter in order of number, and how many there are in all (`COUNTED`: that many or more)."""

    items: tuple[LedgerItem, ...]
    total: int


def get(connection: sqlalchemy.Connection, number: int) -> LedgerItem:
    """One item. Raises LedgerError if there is none."""
    body = connection.execute(select(items.c.body).where(items.c.number == number)).scalar()
    if body is None:
        raise LedgerError(f"台账中没有第 {number} 项")
    return item_of(body)


def page(connection: sqlalchemy.Connection, asked: ItemFilter, limit: int = 50, offset: int = 0) -> Page:
    """A page of the items that the filter asks for."""
    query, number = _select(connection, asked)
    wanted = query.with_only_columns(number).order_by(number).limit(max(COUNTED, offset + limit))
    numbers = connection.execute(wanted).scalars().all()  # once for the page and the count: words cost most
    bodies = select(items.c.body).where(items.c.number.in_(numbers[offset : offset + limit])).order_by(items.c.number)
    return Page(items=tuple(map(item_of, connection.execute(bodies).scalars())), total=min(len(numbers), COUNTED))


def every(connection: sqlalchemy.Connection, asked: ItemFilter = _ALL) -> Iterator[LedgerItem]:
    """All items of a filter in order of number, read in batches."""
    query, number = _select(connection, asked)
    last = -1
    while True:
        batch = query.where(number > last).order_by(number).limit(_BATCH)
        found = [item_of(body) for body in connection.execute(batch).scalars().all()]
        yield from found
        if len(found) < _BATCH:
            return
        last = found[-1].number


def numbers_of(connection: sqlalchemy.Connection, asked: ItemFilter) -> tuple[int, ...]:
    """The numbers of all items of a filter."""
    query, number = _select(connection, asked)
    return tuple(connection.execute(query.with_only_columns(number)).scalars())


def history_of(connection: sqlalchemy.Connection, number: int | None) -> tuple[HistoryEntry, ...]:
    """The history of one item, or of the ledger itself (None), oldest first."""
    where = history.c.item == number if number is not None else history.c.item.is_(None)
    rows = connection.execute(select(history).where(where).order_by(history.c.seq)).mappings()
    return tuple(_entry(dict(row)) for row in rows)


def _entry(row: dict[str, Any]) -> HistoryEntry:
    values = {name: row[name] for name in HistoryEntry.__struct_fields__}
    return msgspec.convert({**values, "changes": msgspec.json.decode(row["changes"])}, HistoryEntry)


def anchor_of(connection: sqlalchemy.Connection) -> Anchor:
    """The end of the history now: what exports print."""
    row = connection.execute(select(head.c.seq, head.c.digest)).one()
    return Anchor(seq=row.seq, digest=row.digest)


def _select(connection: sqlalchemy.Connection, asked: ItemFilter) -> tuple[Select[Any], ColumnElement[int]]:
    """The bodies that the filter asks for, and the column to order them by: that of the index where it leads."""
    query = select(items.c.body).where(*_conditions(asked))
    if not asked.words or not asked.words.strip():
        return query, items.c.number
    if connection.dialect.name != "sqlite":
        return query.where(*holding(asked.words)), items.c.number
    phrases = matching(asked.words)
    joined = query.join(_SEARCH, _SEARCH.c.rowid == items.c.number)
    return joined.where(text("search MATCH :phrases").bindparams(phrases=phrases or '""')), _SEARCH.c.rowid


def _conditions(asked: ItemFilter) -> list[ColumnElement[bool]]:
    """The filter as conditions on the columns of `items`."""
    where: list[ColumnElement[bool]] = []
    for chosen, values in (
        (items.c.state, asked.states),
        (items.c.kind, asked.kinds),
        (items.c.dispute, asked.disputes),
        (items.c.severity, asked.severities),
        (items.c.number, asked.numbers),
    ):
        if values:
            where.append(chosen.in_(values))
    for single, value in (
        (items.c.unit, asked.unit),
        (items.c.owner_unit, asked.owner_unit),
        (items.c.owner, asked.owner),
        (items.c.document, asked.document),
        (items.c.rule, asked.rule),
        (items.c.stale, asked.stale),
    ):
        if value is not None:
            where.append(single == value)
    if asked.sources:
        where.append(or_(*(items.c.sources.contains(f",{kind},", autoescape=True) for kind in asked.sources)))
    if not asked.merged:
        where.append(items.c.merged_into.is_(None))
    return where + _days(asked)


def _days(asked: ItemFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if asked.gone is not None:
        where.append(items.c.gone_on.is_not(None) if asked.gone else items.c.gone_on.is_(None))
    if asked.due_before is not None:
        where.append(items.c.due < asked.due_before.isoformat())
    if asked.due_after is not None:
        where.append(items.c.due > asked.due_after.isoformat())
    return where


def value_at(entries: tuple[HistoryEntry, ...], field: str, version: int, now: str | None) -> str | None:
    """A field's value, as text, at an earlier version of an item; `entries` is its history, `now` the value today."""
    value = now
    for entry in reversed(entries[version:]):
        if field in entry.changes:
            value = entry.changes[field][0]
    return value


def days_overdue(item: LedgerItem, today: date) -> int:
    """Days since the deadline passed; 0 or less while it runs, and for items without one."""
    return (today - item.due).days if item.due is not None else 0
