"""Indexes without the items that have nothing to find by them; a search index that also knows digits by what follows.

Revision ID: 0002
"""

from alembic import op
from sqlalchemy import text

from contract_audit.ledger.bulk import learn
from contract_audit.ledger.rows import item_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BATCH = 5_000
_MEMORY_BYTES = 64 * 1024 * 1024  # what the search index gathers before it writes


def upgrade() -> None:
    """Make the indexes of unit and deadline partial, and the search index anew."""
    for name in ("items_by_unit", "items_by_due"):
        op.drop_index(name, "items")
    for name, columns, where in (
        ("items_by_unit", ["owner_unit", "number"], "owner_unit IS NOT NULL"),
        ("items_by_due", ["due"], "due IS NOT NULL"),
    ):
        op.create_index(name, "items", columns, sqlite_where=text(where), postgresql_where=text(where))
    if op.get_bind().dialect.name == "sqlite":
        _search_anew()


def _search_anew() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql("INSERT INTO search(search) VALUES ('delete-all')")
    connection.exec_driver_sql(f"INSERT INTO search(search, rank) VALUES ('hashsize', {_MEMORY_BYTES})")
    last = -1
    while True:
        query = text("SELECT number, body FROM items WHERE number > :last ORDER BY number LIMIT :batch")
        rows = connection.execute(query, {"last": last, "batch": _BATCH}).all()
        learn(connection, [item_of(row.body) for row in rows])
        if len(rows) < _BATCH:
            return
        last = rows[-1].number


def downgrade() -> None:
    """Back to whole indexes; the search index stays, as the older program cannot read it in any case."""
    for name, columns in (("items_by_unit", ["owner_unit", "number"]), ("items_by_due", ["due"])):
        op.drop_index(name, "items")
        op.create_index(name, "items", columns)
