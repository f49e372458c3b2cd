"""The only way to change a ledger: items and the links of their history, together in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec
import sqlalchemy
from sqlalchemy import bindparam, func, insert, select, text, update

from contract_audit.errors import LedgerError
from contract_audit.ledger.rows import Row, body_of, differences, encode_changes, item_of, row_of, seal_of
from contract_audit.ledger.schema import head, history, items, settings
from contract_audit.ledger.search import tokens
from contract_audit.ledger.store import Ledger, changing
from contract_audit.model.ledger import Action, Anchor, LedgerItem

_BATCH = 5_000  # rows handed to the driver at once
_KEPT = tuple(column.name for column in items.c if column.name != "number")


def entry_digest(row: Row) -> str:
    """The digest of a history row: everything in it but the digest itself, and so also the link back."""
    parts = (row[name] for name in ("seq", "item", "at", "who", "action", "changes", "words", "seal", "previous"))
    return sha256(msgspec.json.encode(list(parts))).hexdigest()


class Writer:
    """A write transaction in hand: creates and changes items, and adds to the history. Made by `writing`."""

    def __init__(self, connection: sqlalchemy.Connection, who: str, now: datetime) -> None:
        self.connection = connection
        self.who = who
        self.now = now
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

    def create(self, item: LedgerItem, words: str = "") -> LedgerItem:
        """Add an item under the next free number, which replaces the one it carries."""
        item = msgspec.structs.replace(item, number=self._next, version=1)
        self._next += 1
        body = body_of(item)
        self._created.append(row_of(item, body))
        self._pending.add(item.number)
        self._link(item.number, "create", {}, words, seal_of(body))
        return item

    def change(self, before: LedgerItem, after: LedgerItem, action: Action, words: str = "") -> LedgerItem:
        """Put `after` in the place of `before`; refuses if somebody else has changed the item in between."""
        if before.number in self._pending:
            self.flush()
        changes = differences(before, after)
        if not changes and not words:
            return before
        after = msgspec.structs.replace(after, version=before.version + 1)
        body = body_of(after)
        self._changed.append({**row_of(after, body), "known_number": before.number, "known": before.version})
        self._dropped.append(row_of(before, ""))
        self._pending.add(before.number)
        self._link(before.number, action, changes, words, seal_of(body))
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
        self._run(insert(items), self._created)
        if self._changed:
            self._update()
        if sqlite:
            self._index()
        self._run(insert(history), self._entries)
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
        touched = sum(
            self.connection.execute(statement, self._changed[at : at + _BATCH]).rowcount
            for at in range(0, len(self._changed), _BATCH)
        )
        if touched != len(self._changed):
            raise LedgerError("所改的项刚被他人改动，本次修改没有写入，请重新查看后再改")

    def _index(self) -> None:
        """Keep the search index in step; an index without its own text is told what it forgets."""
        forget = text("INSERT INTO search(search, rowid, tokens) VALUES ('delete', :number, :tokens)")
        learn = text("INSERT INTO search(rowid, tokens) VALUES (:number, :tokens)")
        self._run(forget, [_indexed(row) for row in self._dropped])
        self._run(learn, [_indexed(row) for row in (*self._created, *self._changed)])

    def _run(self, statement: Any, rows: list[Row]) -> None:
        for at in range(0, len(rows), _BATCH):
            self.connection.execute(statement, rows[at : at + _BATCH])

    def _link(
        self, item: int | None, action: Action, changes: dict[str, tuple[str | None, str | None]], words: str, seal: str
    ) -> None:
        self._seq += 1
        row: Row = {
            "seq": self._seq,
            "item": item,
            "at": self.now.isoformat(timespec="seconds"),
            "who": self.who,
            "action": action,
            "changes": encode_changes(changes) if changes else "{}",
            "words": words,
            "seal": seal,
            "previous": self._digest,
        }
        self._digest = row["digest"] = entry_digest(row)
        self._entries.append(row)


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


def _indexed(row: Row) -> Row:
    return {"number": row["number"], "tokens": tokens(row["words"])}
