"""PostgreSQL: the pieces of each item's words as a column with an index, so that a search compares few items.

Revision ID: 0004
"""

from alembic import op
from sqlalchemy import Column, Connection, Text, text
from sqlalchemy.dialects.postgresql import TSVECTOR

from contract_audit.ledger.rows import item_of
from contract_audit.ledger.search import grams, searchable

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BATCH = 5_000
_ROW_BYTES = 8_160  # the most there is: packing rows that are longer takes several times as long as writing them


def upgrade() -> None:
    """Add the column and fill it and the words anew; on SQLite both stay empty."""
    connection = op.get_bind()
    op.add_column("items", Column("grams", Text().with_variant(TSVECTOR(), "postgresql")))
    if connection.dialect.name != "sqlite":
        op.execute(f"ALTER TABLE items SET (toast_tuple_target = {_ROW_BYTES})")
        _fill(connection)
    op.create_index(
        "items_by_grams",
        "items",
        ["grams"],
        postgresql_using="gin",
        sqlite_where=text("grams IS NOT NULL"),
    )


def _fill(connection: Connection) -> None:
    last = -1
    while True:
        query = text("SELECT number, body FROM items WHERE number > :last ORDER BY number LIMIT :batch")
        rows = connection.execute(query, {"last": last, "batch": _BATCH}).all()
        words = {row.number: searchable(item_of(row.body)) for row in rows}
        given = [{"number": number, "words": found, "grams": grams(found)} for number, found in words.items()]
        if given:
            fill = text("UPDATE items SET words = :words, grams = CAST(:grams AS tsvector) WHERE number = :number")
            connection.execute(fill, given)
        if len(rows) < _BATCH:
            return
        last = rows[-1].number


def downgrade() -> None:
    """Drop it."""
    op.drop_index("items_by_grams", "items")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE items RESET (toast_tuple_target)")
    op.drop_column("items", "grams")
