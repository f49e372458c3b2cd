"""An item as a row and back: the JSON body that is sealed, and the columns taken from it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec

from contract_audit.model.ledger import LedgerItem, Source

Row = tuple[Any, ...]  # the values of `items` in the order of its columns

_encoder = msgspec.json.Encoder(decimal_format="string", order="deterministic")
_decoder = msgspec.json.Decoder(LedgerItem)
FIELDS = LedgerItem.__struct_fields__


def sealed(item: LedgerItem) -> tuple[bytes, str]:
    """The item as JSON, without what is at its default, and its seal."""
    body = _encoder.encode(item)
    return body, sha256(body).hexdigest()


def seal_of(body: str) -> str:
    """The digest that the history keeps of an item."""
    return sha256(body.encode()).hexdigest()


def item_of(body: str) -> LedgerItem:
    """The item that a body holds."""
    return _decoder.decode(body)


def row_of(item: LedgerItem, body: bytes | str, words: str | None = None, grams: str | None = None) -> Row:
    """The values of all columns of `items`."""
    return (
        item.number,
        item.version,
        body,
        words,
        item.kind,
        item.state,
        _kinds(item.sources),
        item.unit,
        item.owner_unit,
        item.owner,
        item.document,
        item.rule,
        item.category,
        item.severity,
        item.dispute,
        _iso(item.due),
        _iso(item.created_on),
        _iso(item.closed_on),
        _iso(item.gone_on),
        item.stale,
        item.merged_into,
        grams,
    )


def differences(before: LedgerItem, after: LedgerItem) -> dict[str, tuple[str | None, str | None]]:
    """Field by field what a change changes, as text; the version goes without saying."""
    found = {}
    for name in FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new and name != "version":
            found[name] = (value_text(old), value_text(new))
    return found


def value_text(value: object) -> str | None:
    """A field's value as the history keeps it: text as it is, days as ISO, the rest as JSON.

    >>> value_text(date(2026, 6, 30)), value_text("确认"), value_text(None), value_text(True)
    ('2026-06-30', '确认', None, 'true')
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return _encoder.encode(value).decode()


def encode_changes(changes: Mapping[str, tuple[str | None, str | None]]) -> str:
    """The changes of one history entry as JSON, keys in a fixed order."""
    return _encoder.encode(changes).decode()


@lru_cache(maxsize=256)
def _kinds(sources: tuple[Source, ...]) -> str:
    return f",{','.join(dict.fromkeys(source.kind for source in sources))},"


@lru_cache(maxsize=4_096)
def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
