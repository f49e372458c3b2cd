"""Many rows at once, in the way that each database takes them fastest.

SQLite gets statements of many rows: it works them off without Python, which meanwhile prepares the next ones.
PostgreSQL gets COPY.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

import sqlalchemy

from contract_audit.ledger.schema import head, history, items, settings
from contract_audit.ledger.search import item_tokens
from contract_audit.model.ledger import LedgerItem

Values = tuple[Any, ...]

COLUMNS = {table.name: tuple(table.c.keys()) for table in (settings, items, history, head)}
# Only the owner may; for others the server does it in its own time.
_SORT_IN = """
SELECT gin_clean_pending_list(oid) FROM pg_class
WHERE oid = 'items_by_grams'::regclass AND pg_has_role(relowner, 'USAGE')
"""
_PARAMETERS = 32_000  # of one statement; SQLite takes 32766
# A row at a time: before a statement of many rows the index writes out all that it has gathered.
_INDEX = "INSERT INTO search(search, rowid, tokens) VALUES (?, ?, ?)"
INDEX_ROWS = 100_000  # told at once, while no other statement comes between


def insert_rows(connection: sqlalchemy.Connection, table: sqlalchemy.Table, rows: Sequence[Values]) -> None:
    """Insert rows, each the values of all columns in the order of the table; a body may be text or its bytes."""
    columns = COLUMNS[table.name]
    if connection.dialect.name == "sqlite":
        _insert(connection, table.name, columns, rows)
    elif rows:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([value.decode() if isinstance(value, bytes) else value for value in row])


def after_many_rows(connection: sqlalchemy.Connection) -> None:
    """PostgreSQL sorts the last words into its index and counts anew, else it reads whole tables for a page."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(_SORT_IN)
        for name in ("items", "history"):
            connection.exec_driver_sql(f"ANALYZE {name}")


def tell_index(connection: sqlalchemy.Connection, known: list[Values]) -> None:
    """Tell the index of a SQLite ledger what `index_rows` gives."""
    if known:
        connection.exec_driver_sql(_INDEX, known)


def index_rows(changes: Sequence[tuple[LedgerItem | None, LedgerItem]]) -> list[Values]:
    """What the index must know of items before (None: it is new) and after a change.

    It keeps no text: words that go must be told as they were. Nothing is told of items whose words stay.
    """
    before = [item for item, _ in changes if item is not None]
    known = dict(zip(map(id, before), item_tokens(before), strict=True))
    rows: list[Values] = []
    for (old, new), now in zip(changes, item_tokens([item for _, item in changes]), strict=True):
        then = known[id(old)] if old is not None else None
        if then is not None and then != now:
            rows.append(("delete", new.number, then))
        if then != now:
            rows.append((None, new.number, now))
    return rows


def _insert(connection: sqlalchemy.Connection, table: str, columns: tuple[str, ...], rows: Sequence[Values]) -> None:
    """Columns that no row fills stay out of the statement: for the driver a None is more work than a text."""
    size = _PARAMETERS // len(columns)
    for at in range(0, len(rows), size):
        some = rows[at : at + size]
        filled = [place for place in range(len(columns)) if any(row[place] is not None for row in some)]
        given = some if len(filled) == len(columns) else map(itemgetter(*filled), some)
        names = itemgetter(*filled)(columns)
        connection.exec_driver_sql(_statement(table, names, len(some)), tuple(chain.from_iterable(given)))


@lru_cache(maxsize=64)
def _statement(table: str, columns: tuple[str, ...], count: int) -> str:
    """A body comes as the bytes that were sealed; SQLite takes them as the text that they are."""
    row = f"({', '.join('CAST(? AS TEXT)' if name == 'body' else '?' for name in columns)})"
    return f"INSERT INTO {table}({', '.join(columns)}) VALUES {', '.join([row] * count)}"
