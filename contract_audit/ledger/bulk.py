"""Many rows at once, in the way that each database takes them fastest.

SQLite gets statements of many rows: it works them off without Python, which meanwhile prepares the next ones.
PostgreSQL gets COPY.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import sqlalchemy

from contract_audit.ledger.schema import head, history, items, settings
from contract_audit.ledger.search import item_tokens
from contract_audit.model.ledger import LedgerItem

Values = tuple[Any, ...]

COLUMNS = {table.name: tuple(table.c.keys()) for table in (settings, items, history, head)}
_PARAMETERS = 32_000  # of one statement; SQLite takes 32766
_SEARCH = ("rowid", "tokens")
INDEX_ROWS = 12_000  # the index writes out what it gathered before each statement: few large ones cost it least
# A body comes as the bytes that were sealed; SQLite takes them as the text that they are.
_MARKS = {
    name: f"({', '.join('CAST(? AS TEXT)' if column == 'body' else '?' for column in columns)})"
    for name, columns in COLUMNS.items()
}


def insert_rows(connection: sqlalchemy.Connection, table: sqlalchemy.Table, rows: Sequence[Values]) -> None:
    """Insert rows, each the values of all columns in the order of the table; a body may be text or its bytes."""
    columns = COLUMNS[table.name]
    if connection.dialect.name == "sqlite":
        _insert(connection, table.name, columns, _MARKS[table.name], rows)
    elif rows:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([value.decode() if isinstance(value, bytes) else value for value in row])


def learn(connection: sqlalchemy.Connection, known: Sequence[Values]) -> None:
    """Tell the index of a SQLite ledger the words of items, as `index_rows` gives them."""
    _insert(connection, "search", _SEARCH, "(?, ?)", known)


def forget(connection: sqlalchemy.Connection, known: Sequence[Values]) -> None:
    """Take items out of the index of a SQLite ledger, as they were: it keeps no text, so it must be told."""
    _insert(connection, "search", ("search", *_SEARCH), "('delete', ?, ?)", known)


def index_rows(known: Sequence[LedgerItem]) -> list[Values]:
    """The rows of the index for items."""
    return [(item.number, tokens) for item, tokens in zip(known, item_tokens(known), strict=True)]


def _insert(
    connection: sqlalchemy.Connection, table: str, columns: tuple[str, ...], row: str, rows: Sequence[Values]
) -> None:
    if not rows:
        return
    size = _PARAMETERS // len(rows[0])
    for at in range(0, len(rows), size):
        some = rows[at : at + size]
        connection.exec_driver_sql(_statement(table, columns, row, len(some)), _flat(some))


@lru_cache(maxsize=16)
def _statement(table: str, columns: tuple[str, ...], row: str, count: int) -> str:
    return f"INSERT INTO {table}({', '.join(columns)}) VALUES {', '.join([row] * count)}"


def _flat(rows: Iterable[Values]) -> Values:
    return tuple(chain.from_iterable(rows))
