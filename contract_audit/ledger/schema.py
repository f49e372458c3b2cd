"""The tables of the ledger, the same on SQLite and PostgreSQL.

An item's `body` (JSON of `LedgerItem`) is the truth and is sealed by the history; the other columns are taken from it
so that the database can filter. Days are ISO text: they sort alike everywhere.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import TSVECTOR

metadata = MetaData()

items = Table(
    "items",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("words", Text),  # PostgreSQL: folded text that a search looks into; SQLite has an index of its own instead
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("sources", Text, nullable=False),  # each kind between commas: ,self_check,audit,
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
    Column(
        "grams", Text().with_variant(TSVECTOR(), "postgresql")
    ),  # PostgreSQL: the pieces of the words, for its index
)
Index("items_by_state", items.c.merged_into, items.c.state, items.c.number)
# Most items have no unit and no deadline when a scan brings them in: they stay out of these.
for _name, _columns in (("items_by_unit", (items.c.owner_unit, items.c.number)), ("items_by_due", (items.c.due,))):
    _known = _columns[0].is_not(None)
    Index(_name, *_columns, sqlite_where=_known, postgresql_where=_known)
Index("items_by_document", items.c.document)
Index("items_by_grams", items.c.grams, postgresql_using="gin", sqlite_where=items.c.grams.is_not(None))

history = Table(
    "history",
    metadata,
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
Index("history_by_item", history.c.item, history.c.seq)

# One row: the end of the history. Writers lock it, so that two never append to the same end.
head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)

TABLES = (settings, items, history, head)  # in an order in which a copy can be written
