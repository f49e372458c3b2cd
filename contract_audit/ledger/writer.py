"""The only way to change a ledger: items and the links of their history, together in one transaction."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec
import sqlalchemy
from sqlalchemy import bindparam, func, insert, select, update

from contract_audit.errors import LedgerError
from contract_audit.ledger.bulk import COLUMNS, INDEX_ROWS, Values, after_many_rows, index_rows, insert_rows, tell_index
from contract_audit.ledger.rows import Row, differences, encode_changes, item_of, row_of, sealed
from contract_audit.ledger.schema import head, history, items, settings
from contract_audit.ledger.search import grams, searchable
from contract_audit.ledger.store import Ledger, changing
from contract_audit.model.ledger import Action, Anchor, LedgerItem

_BATCH = 3_000  # links of the history that are handed to the database at once
_encode_link = msgspec.json.Encoder().encode
_KEPT = tuple(column.name for column in items.c if column.name != "number")


def link_digest(link: tuple[Any, ...]) -> str:
    """The digest of a history row: the values of all columns before the digest, and so also the link back."""
    return sha256(_encode_link(link)).hexdigest()


class _Batch(msgspec.Struct):
    """What goes to the database together, and where the history then ends."""

    created: list[Row] = []
    changed: list[Row] = []
    words: list[tuple[LedgerItem | None, LedgerItem]] = []  # before and after: for the index of SQLite
    links: list[tuple[Any, ...]] = []
    end: Anchor | None = None


class Writer:
    """A write transaction in hand: creates and changes items, and adds to the history. Made by `writing`."""

    def __init__(self, connection: sqlalchemy.Connection, who: str, now: datetime) -> None:
        self._connection = connection
        self.who = who
        self.now = now
        self.today = now.date()
        self._at = now.isoformat(timespec="seconds")
        self._sqlite = connection.dialect.name == "sqlite"
        self._seq, self._digest = connection.execute(select(head.c.seq, head.c.digest)).one()
        self._next = (connection.execute(select(func.max(items.c.number))).scalar() or 0) + 1
        self._batch = _Batch()
        self._pending: set[int] = set()  # items that the database does not know as they stand
        self._unlearnt: list[Values] = []  # written, but not yet in the index
        self._pool: ThreadPoolExecutor | None = None
        self._handed: Future[None] | None = None

    @property
    def connection(self) -> sqlalchemy.Connection:
        """The connection, with all batches that were handed over written."""
        self._settle()
        self._learn()
        return self._connection

    @property
    def anchor(self) -> Anchor:
        """The end of the history with what is already added here."""
        return Anchor(seq=self._seq, digest=self._digest)

    @property
    def next_number(self) -> int:
        """The number that the next item will get."""
        return self._next

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
        if item.number != self._next or item.version != 1:
            item = msgspec.structs.replace(item, number=self._next, version=1)
        self._next += 1
        body, seal = sealed(item)
        self._batch.created.append(self._row(None, item, body))
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
        self._batch.changed.append(self._row(before, after, body))
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
        self._hand_over()
        self._settle()
        self._learn()

    @contextmanager
    def overlapping(self) -> Iterator[None]:
        """Inside, full batches are written by a second thread while the next ones are prepared.

        Worth it for very many rows: a database needs no Python. `connection` still waits for all that was handed over.
        """
        with ThreadPoolExecutor(max_workers=1) as pool:
            self._pool = pool
            try:
                yield
                self.flush()
                after_many_rows(self._connection)
            finally:
                self._pool = None

    def _row(self, before: LedgerItem | None, after: LedgerItem, body: bytes) -> Row:
        """The columns of an item; its words go into the index on SQLite, else into their columns."""
        if not self._sqlite:
            words = searchable(after)
            return row_of(after, body, words, grams(words))
        self._batch.words.append((before, after))
        return row_of(after, body)

    def _hand_over(self) -> None:
        batch, self._batch = self._batch, _Batch()
        batch.end = self.anchor
        self._unlearnt += index_rows(batch.words)
        self._settle()
        self._pending.clear()
        if len(self._unlearnt) >= INDEX_ROWS:
            self._learn()
        if self._pool is None:
            self._write(batch)
        else:
            self._handed = self._pool.submit(self._write, batch)

    def _settle(self) -> None:
        handed, self._handed = self._handed, None
        if handed is not None:
            handed.result()

    def _write(self, batch: _Batch) -> None:
        insert_rows(self._connection, items, batch.created)
        if batch.changed:
            self._update(batch.changed)
        insert_rows(self._connection, history, batch.links)
        if batch.links and batch.end is not None:
            self._connection.execute(update(head).values(seq=batch.end.seq, digest=batch.end.digest))

    def _learn(self) -> None:
        known, self._unlearnt = self._unlearnt, []
        tell_index(self._connection, known)

    def _update(self, rows: list[Row]) -> None:
        statement = (
            update(items)
            .where(items.c.number == bindparam("known_number"), items.c.version == bindparam("known"))
            .values({name: bindparam(name) for name in _KEPT})
        )
        given = [dict(zip(COLUMNS["items"], row, strict=True)) for row in rows]
        for row in given:
            row |= {"known_number": row.pop("number"), "known": row["version"] - 1, "body": row["body"].decode()}
        if self._connection.execute(statement, given).rowcount != len(rows):
            raise LedgerError("所改的项刚被他人改动，本次修改没有写入，请重新查看后再改")

    def _link(
        self, item: int | None, action: Action, changes: dict[str, tuple[str | None, str | None]], words: str, seal: str
    ) -> None:
        self._seq += 1
        said = encode_changes(changes) if changes else "{}"
        link = (self._seq, item, self._at, self.who, action, said, words, seal, self._digest)
        self._digest = link_digest(link)
        self._batch.links.append((*link, self._digest))
        if len(self._batch.links) >= _BATCH:
            self._hand_over()


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
