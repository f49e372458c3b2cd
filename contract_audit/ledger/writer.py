"""The only way to change a ledger: items and the links of their history, together in one transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from operator import itemgetter
from typing import Any

import msgspec
import sqlalchemy
from sqlalchemy import bindparam, func, insert, select, update

from contract_audit.errors import LedgerError
from contract_audit.ledger.rows import Row, differences, encode_changes, item_of, row_of, sealed
from contract_audit.ledger.schema import head, history, items, settings
from contract_audit.ledger.search import tokens
from contract_audit.ledger.store import Ledger, changing
from contract_audit.model.ledger import Action, Anchor, LedgerItem

_BATCH = 5_000  # rows handed to the driver at once
# The index on SQLite keeps no text of its own: it must be told what it forgets.
_FORGET = "INSERT INTO search(search, rowid, tokens) VALUES ('delete', ?, ?)"
LEARN = "INSERT INTO search(rowid, tokens) VALUES (?, ?)"
_linked = itemgetter("seq", "item", "at", "who", "action", "changes", "words", "seal", "previous")
_NOTHING: Mapping[str, object] = {}
_KEPT = tuple(column.name for column in items.c if column.name != "number")


def entry_digest(row: Row) -> str:
    """The digest of a history row: everything in it but the digest itself, and so also the link back."""
    return sha256(msgspec.json.encode(_linked(row))).hexdigest()


class Writer:
    """A write transaction in hand: creates and changes items, and adds to the history. Made by `writing`."""

    def __init__(self, connection: sqlalchemy.Connection, who: str, now: datetime) -> None:
        self.connection = connection
        self.who = who
        self.now = now
        self._at = now.isoformat(timespec="seconds")
        self._seq, self._digest = connection.execute(select(head.c.seq, head.c.digest)).one()
        self._next = (connection.execute(select(func.max(items.c.number))).scalar() or 0) + 1
        self._entries: list[Row] = []
        self._created: list[Row] = []
        self._changed: list[Row] = []
        self._dropped: list[Row] = []
        self._pending: set[int] = set()

    @property
    def today(self) -> date:
        """The day of this transaction."""
        return self.now.date()

    @property
    def anchor(self) -> Anchor:
        """The end of the history with what is already added here."""
        return Anchor(seq=self._seq, digest=self._digest)

    def item(self, number: int) -> LedgerItem:
        """The item as it stands now. Raises LedgerError if there is none."""
        if number in self._pending:
            self.flush()
        body = self.connection.execute(select(items.c.body).where(items.c.number == number)).scalar()
        if body is None:
            raise LedgerError(f"台账中没有第 {number} 项")
        return item_of(body)

    def create(self, item: LedgerItem, words: str = "", fields: Mapping[str, object] = _NOTHING) -> LedgerItem:
        """Add an item with `fields` put in, under the next free number, which replaces the one it carries."""
        item = msgspec.structs.replace(item, **{**fields, "number": self._next, "version": 1})
        self._next += 1
        body, seal = sealed(item)
        self._created.append(row_of(item, body))
        self._pending.add(item.number)
        self._link(item.number, "create", {}, words, seal)
        return item

    def change(self, before: LedgerItem, after: LedgerItem, action: Action, words: str = "") -> LedgerItem:
        """Put `after` in the place of `before`; refuses if somebody else has changed the item in between."""
        if before.number in self._pending:
            self.flush()
        changes = differences(before, after)
        if not changes and not words:
            return before
        after = msgspec.structs.replace(after, version=before.version + 1)
        body, seal = sealed(after)
        self._changed.append({**row_of(after, body), "known_number": before.number, "known": before.version})
        self._dropped.append(row_of(before, ""))
        self._pending.add(before.number)
        self._link(before.number, action, changes, words, seal)
        return after

    def record(self, action: Action, words: str) -> None:
        """A line of history about the ledger itself."""
        self._link(None, action, {}, words, "")

    def set(self, name: str, value: str, words: str) -> None:
        """Keep a setting (JSON), and that it was set."""
        before = self.connection.execute(select(settings.c.value).where(settings.c.name == name)).scalar()
        if before is None:
            self.connection.execute(insert(settings).values(name=name, value=value))
        else:
            self.connection.execute(update(settings).where(settings.c.name == name).values(value=value))
        self._link(None, "setting", {name: (before, value)}, words, sha256(value.encode()).hexdigest())

    def flush(self) -> None:
        """Hand everything to the database; called at the end, and where a later step must see it."""
        sqlite = self.connection.dialect.name == "sqlite"
        indexed = [_indexed(row) for row in (*self._created, *self._changed)] if sqlite else []
        for row in (*self._created, *self._changed) if sqlite else ():
            row["words"] = None  # the index knows them
        insert_rows(self.connection, items, self._created)
        if self._changed:
            self._update()
        if sqlite:
            self._run(_FORGET, [_indexed(row) for row in self._dropped])
            self._run(LEARN, indexed)
        insert_rows(self.connection, history, self._entries)
        if self._entries:
            self.connection.execute(update(head).values(seq=self._seq, digest=self._digest))
        for rows in (self._created, self._changed, self._dropped, self._entries):
            rows.clear()
        self._pending.clear()

    def _update(self) -> None:
        statement = (
            update(items)
            .where(items.c.number == bindparam("known_number"), items.c.version == bindparam("known"))
            .values({name: bindparam(name) for name in _KEPT})
        )
        touched = self.connection.execute(statement, self._changed).rowcount
        if touched != len(self._changed):
            raise LedgerError("所改的项刚被他人改动，本次修改没有写入，请重新查看后再改")

    def _run(self, statement: str, rows: list[tuple[int, str]]) -> None:
        if rows:
            self.connection.exec_driver_sql(statement, rows)

    def _link(
        self, item: int | None, action: Action, changes: dict[str, tuple[str | None, str | None]], words: str, seal: str
    ) -> None:
        self._seq += 1
        row: Row = {
            "seq": self._seq,
            "item": item,
            "at": self._at,
            "who": self.who,
            "action": action,
            "changes": encode_changes(changes) if changes else "{}",
            "words": words,
            "seal": seal,
            "previous": self._digest,
        }
        self._digest = row["digest"] = entry_digest(row)
        self._entries.append(row)
        if len(self._entries) >= _BATCH:
            self.flush()


@contextmanager
def writing(ledger: Ledger, who: str, now: datetime) -> Iterator[Writer]:
    """A transaction for changes by `who` at `now`: kept whole at the end of the block, or not at all.

    Raises LedgerError, also where nobody is named: a change without a person behind it has no place in the history.
    """
    if not who.strip():
        raise LedgerError("请用 --who 写明经办人姓名：每一次改动都要记录是谁做的")
    with changing(ledger) as connection:
        writer = Writer(connection, who.strip(), now)
        yield writer
        writer.flush()


def insert_rows(connection: sqlalchemy.Connection, table: sqlalchemy.Table, rows: list[Row]) -> None:
    """Insert many rows by the driver's own executemany: statement processing row by row would double the time."""
    if not rows:
        return
    compiled: Any = insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names: list[str] | None = compiled.positiontup
    given: Any = list(map(itemgetter(*names), rows)) if names else rows
    connection.exec_driver_sql(str(compiled), given)


def _indexed(row: Row) -> tuple[int, str]:
    return row["number"], tokens(row["words"])
