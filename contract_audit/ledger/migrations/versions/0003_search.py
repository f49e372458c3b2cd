"""A search index that takes every character as it is, knows digits by what follows, and is filled in half the time.

Revision ID: 0003
"""

from alembic import op
from sqlalchemy import text

from contract_audit.ledger.bulk import index_rows, tell_index
from contract_audit.ledger.rows import item_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MARKS = "!#$%&()*+,-./:;<=>?@[\\]^_`{|}~"  # tokens too: 60% is not 60; beyond ASCII every character is one
# The texts come folded and parted by spaces: the plainest tokenizer does. Nothing asks for the sizes of columns.
_SEARCH = f"CREATE VIRTUAL TABLE search USING fts5(tokens, content='', columnsize=0, tokenize=\"ascii tokenchars '{_MARKS}'\")"
_BATCH = 5_000
_MEMORY_BYTES = 64 * 1024 * 1024  # what the index gathers before it writes


def upgrade() -> None:
    """Make the search index of a SQLite ledger anew."""
    if op.get_bind().dialect.name != "sqlite":
        return
    connection = op.get_bind()
    connection.exec_driver_sql("DROP TABLE search")
    connection.exec_driver_sql(_SEARCH)
    connection.exec_driver_sql(f"INSERT INTO search(search, rank) VALUES ('hashsize', {_MEMORY_BYTES})")
    last = -1
    while True:
        query = text("SELECT number, body FROM items WHERE number > :last ORDER BY number LIMIT :batch")
        rows = connection.execute(query, {"last": last, "batch": _BATCH}).all()
        tell_index(connection, index_rows([(None, item_of(row.body)) for row in rows]))
        if len(rows) < _BATCH:
            return
        last = rows[-1].number


def downgrade() -> None:
    """The index stays: the older program cannot read it in any case."""
