"""Items, history, head and settings; a history that refuses to be changed; full-text search on SQLite.

Revision ID: 0001
"""

from alembic import op
from sqlalchemy import Boolean, Column, ForeignKey, Integer, Text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MARKS = "%《》（），。、；：？！“”‘’—…〔〕【】〈〉·-+/.=&@#*￥¥×~"  # tokens too: 60% is not 60
_SQLITE = (
    f"CREATE VIRTUAL TABLE search USING fts5(tokens, content='', tokenize=\"unicode61 remove_diacritics 0 tokenchars "
    f"'{_MARKS}'\")",
    *(
        f"CREATE TRIGGER history_no_{verb} BEFORE {verb} ON history "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
        for verb in ("update", "delete")
    ),
)
_POSTGRESQL = (
    "CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$",
    "CREATE TRIGGER history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change()",
)


def upgrade() -> None:
    """Create everything."""
    _items()
    op.create_table(
        "history",
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("item", Integer, ForeignKey("items.number", deferrable=True, initially="DEFERRED")),
        Column("at", Text, nullable=False),
        Column("who", Text, nullable=False),
        Column("action", Text, nullable=False),
        Column("changes", Text, nullable=False),
        Column("words", Text, nullable=False),
        Column("seal", Text, nullable=False),
        Column("previous", Text, nullable=False),
        Column("digest", Text, nullable=False),
    )
    op.create_index("history_by_item", "history", ["item", "seq"])
    op.create_table(
        "head",
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("seq", Integer, nullable=False),
        Column("digest", Text, nullable=False),
    )
    op.create_table("settings", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def _items() -> None:
    op.create_table(
        "items",
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("version", Integer, nullable=False),
        Column("body", Text, nullable=False),
        Column("words", Text),
        Column("kind", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("sources", Text, nullable=False),
        Column("unit", Text),
        Column("owner_unit", Text),
        Column("owner", Text),
        Column("document", Text),
        Column("rule", Text),
        Column("category", Text),
        Column("severity", Text),
        Column("dispute", Text),
        Column("due", Text),
        Column("created_on", Text, nullable=False),
        Column("closed_on", Text),
        Column("gone_on", Text),
        Column("stale", Boolean, nullable=False),
        Column("merged_into", Integer),
    )
    op.create_index("items_by_state", "items", ["merged_into", "state", "number"])
    op.create_index("items_by_unit", "items", ["owner_unit", "number"])
    op.create_index("items_by_due", "items", ["due"])
    op.create_index("items_by_document", "items", ["document"])


def downgrade() -> None:
    """Drop everything."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        op.execute("DROP TABLE search")
    for name in ("history", "head", "settings", "items"):
        op.drop_table(name)
    if not sqlite:
        op.execute("DROP FUNCTION refuse_history_change()")
