"""The ledger as it stood on a day: what was changed later is undone by the history, which keeps every value replaced."""

from collections import defaultdict
from datetime import date, timedelta

import msgspec
import sqlalchemy
from sqlalchemy import select

from contract_audit.ledger.queries import every
from contract_audit.ledger.schema import history
from contract_audit.model import Struct
from contract_audit.model.ledger import ItemFilter, LedgerItem

_TYPES = {field.name: field.type for field in msgspec.structs.fields(LedgerItem)}
# The history keeps these as JSON; text, days and amounts stand there as they are.
_JSON = frozenset(("page", "stale", "merged_into", "sources", "proofs", "extra"))
_WITH_MERGED = ItemFilter(merged=True)

Changes = dict[str, str | None]  # field → its value, as the history keeps it


class Standing(Struct, frozen=True, kw_only=True):
    """The items of a day, merged ones left out, in order of number; `later` were registered only afterwards."""

    items: tuple[LedgerItem, ...]
    later: int


def standing(connection: sqlalchemy.Connection, day: date) -> Standing:
    """Every item as it stood at the end of `day`."""
    before, later = _undone(connection, day)
    if not before and not later:
        return Standing(items=tuple(every(connection)), later=0)
    known = (item for item in every(connection, _WITH_MERGED) if item.number not in later)
    then = (_as_it_was(item, before[item.number]) if item.number in before else item for item in known)
    return Standing(items=tuple(item for item in then if item.merged_into is None), later=len(later))


def standing_of(connection: sqlalchemy.Connection, day: date, asked: ItemFilter) -> Standing:
    """The same of those that are asked for: by their state and deadline of that day, and else by what they say today."""
    then = standing(connection, day)
    found = [item for item in then.items if _is_asked(item, asked)]
    others = msgspec.structs.replace(asked, states=(), due_before=None, due_after=None)
    if others != ItemFilter():
        numbers = {item.number for item in every(connection, others)}
        found = [item for item in found if item.number in numbers]
    return msgspec.structs.replace(then, items=tuple(found))


def _is_asked(item: LedgerItem, asked: ItemFilter) -> bool:
    if asked.states and item.state not in asked.states:
        return False
    if asked.due_before is None and asked.due_after is None:
        return True
    return item.due is not None and (asked.due_after or date.min) < item.due < (asked.due_before or date.max)


def _undone(connection: sqlalchemy.Connection, day: date) -> tuple[dict[int, Changes], frozenset[int]]:
    """What the fields changed after `day` held at its end, by item; second, the items created after it."""
    columns = (history.c.item, history.c.action, history.c.changes)
    after = history.c.at >= (day + timedelta(days=1)).isoformat()
    query = select(*columns).where(after, history.c.item.is_not(None)).order_by(history.c.seq.desc())
    before: dict[int, Changes] = defaultdict(dict)
    later: set[int] = set()
    decode = msgspec.json.Decoder(dict[str, tuple[str | None, str | None]]).decode
    for number, action, changes in connection.execute(query):
        if action == "create":
            later.add(number)
        before[number] |= {name: old for name, (old, _new) in decode(changes).items()}  # the oldest comes last
    return {number: fields for number, fields in before.items() if number not in later}, frozenset(later)


def _as_it_was(item: LedgerItem, fields: Changes) -> LedgerItem:
    return msgspec.structs.replace(item, **{name: field_value(name, text) for name, text in fields.items()})


def field_value(name: str, text: str | None) -> object:
    """The value of a field of `LedgerItem` from the text that the history keeps of it (see `rows.value_text`)."""
    if text is None:
        return None
    if name in _JSON:
        return msgspec.json.decode(text, type=_TYPES[name])
    return msgspec.convert(text, _TYPES[name])
