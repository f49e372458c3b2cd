"""Is the ledger what its history says? Every link, every item, and with an anchor on paper also the end."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

import msgspec
import sqlalchemy
from sqlalchemy import select

from contract_audit.errors import LedgerError
from contract_audit.ledger.bulk import COLUMNS
from contract_audit.ledger.rows import item_of, row_of, seal_of
from contract_audit.ledger.schema import head, history, items, settings
from contract_audit.ledger.store import GENESIS
from contract_audit.ledger.writer import link_digest
from contract_audit.model import Struct
from contract_audit.model.ledger import Anchor

_BATCH = 2_000
_linked = itemgetter(*COLUMNS["history"][:-1])
Row = dict[str, Any]


class Verification(Struct, frozen=True, kw_only=True):
    """What was checked, and the first thing that is wrong, in one Chinese sentence (None: all is right)."""

    entries: int
    items: int
    anchor: Anchor
    broken: str | None


def parse_anchor(text: str) -> tuple[int, str]:
    """The printed form of an anchor: 1234-0f3a…; raises LedgerError."""
    seq, _, digest = text.strip().partition("-")
    if not seq.isdecimal() or len(digest) < 8:
        raise LedgerError(f"“{text}”不是校验值，应像 1234-0f3a5b7c9d1e2f30（印在导出的表格和移交清单上）")
    return int(seq), digest.lower()


def verify(connection: sqlalchemy.Connection, anchors: tuple[str, ...] = ()) -> Verification:
    """Walk the history from its first link; then hold items, settings and the printed anchors against it."""
    wanted = dict(map(parse_anchor, anchors))
    seals: dict[int, str] = {}
    set_seals: dict[str, str] = {}
    digests: dict[int, str] = {}
    seq, previous, broken = 0, GENESIS, None
    for row in _rows(connection, history, history.c.seq):
        broken = _broken_link(row, seq, previous)
        if broken:
            break
        seq, previous = row["seq"], row["digest"]
        if row["item"] is not None:
            seals[row["item"]] = row["seal"]
        elif row["action"] == "setting":
            set_seals |= dict.fromkeys(msgspec.json.decode(row["changes"]), row["seal"])
        if seq in wanted:
            digests[seq] = previous
    count = connection.execute(select(sqlalchemy.func.count()).select_from(items)).scalar() or 0
    broken = (
        broken
        or _broken_end(connection, seq, previous)
        or _broken_anchor(wanted, digests, seq)
        or _broken_item(connection, seals)
        or _broken_setting(connection, set_seals)
    )
    return Verification(entries=seq, items=count, anchor=Anchor(seq=seq, digest=previous), broken=broken)


def _broken_link(row: Row, seq: int, previous: str) -> str | None:
    if row["seq"] != seq + 1:
        return f"历史记录缺第{seq + 1}条（之后是第{row['seq']}条）"
    if row["previous"] != previous or row["digest"] != link_digest(_linked(row)):
        about = f"第{row['item']}项" if row["item"] is not None else "台账设置"
        return f"历史记录第{row['seq']}条（{about}，{row['at']}，{row['who']}）被改动过"
    return None


def _broken_end(connection: sqlalchemy.Connection, seq: int, digest: str) -> str | None:
    end = connection.execute(select(head.c.seq, head.c.digest)).first()
    if end is None or (end.seq, end.digest) != (seq, digest):
        kept = end.seq if end is not None else 0
        return f"历史记录应有{kept}条，实有{seq}条：末尾被截去或添加过"
    return None


def _broken_anchor(wanted: dict[int, str], digests: dict[int, str], seq: int) -> str | None:
    for at, digest in sorted(wanted.items()):
        if at > seq:
            return f"校验值表明历史记录曾有{at}条，现只有{seq}条：末尾被截去"
        if at and not digests[at].startswith(digest):
            return f"历史记录第{at}条与校验值不符：该条或之前的记录被整体改写过"
    return None


def _broken_item(connection: sqlalchemy.Connection, seals: dict[int, str]) -> str | None:
    for row in _rows(connection, items, items.c.number):
        number = row["number"]
        if seals.pop(number, None) != seal_of(row["body"]):
            return f"第{number}项的内容与历史记录不符：绕过台账程序改动过"
        expected = zip(COLUMNS["items"], row_of(item_of(row["body"]), row["body"]), strict=True)
        if any(row[name] != value for name, value in expected if name not in ("words", "grams")):
            return f"第{number}项用于查询的列与其内容不符：绕过台账程序改动过"
    if seals:
        return f"第{min(seals)}项已不在台账中，而历史记录中有：绕过台账程序删除过"
    return None


def _broken_setting(connection: sqlalchemy.Connection, seals: dict[str, str]) -> str | None:
    kept = {row.name: seal_of(row.value) for row in connection.execute(select(settings.c.name, settings.c.value))}
    for name in sorted(kept.keys() | seals.keys()):
        if kept.get(name) != seals.get(name):
            return f"台账设置 {name} 与历史记录不符：绕过台账程序改动过"
    return None


def _rows(connection: sqlalchemy.Connection, table: sqlalchemy.Table, key: Any) -> Iterator[Row]:
    """All rows in order, a batch at a time, so that a large ledger needs little memory."""
    last = -1
    while True:
        rows = connection.execute(select(table).where(key > last).order_by(key).limit(_BATCH)).mappings().all()
        for row in rows:
            yield dict(row)
        if len(rows) < _BATCH:
            return
        last = rows[-1][key.name]
