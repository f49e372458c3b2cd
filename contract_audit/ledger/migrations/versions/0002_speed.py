"""Indexes without the items that have nothing to find by them.

Revision ID: 0002
"""

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes of unit and deadline partial."""
    for name in ("items_by_unit", "items_by_due"):
        op.drop_index(name, "items")
    for name, columns, where in (
        ("items_by_unit", ["owner_unit", "number"], "owner_unit IS NOT NULL"),
        ("items_by_due", ["due"], "due IS NOT NULL"),
    ):
        op.create_index(name, "items", columns, sqlite_where=text(where), postgresql_where=text(where))


def downgrade() -> None:
    """Back to whole indexes."""
    for name, columns in (("items_by_unit", ["owner_unit", "number"]), ("items_by_due", ["due"])):
        op.drop_index(name, "items")
        op.create_index(name, "items", columns)
