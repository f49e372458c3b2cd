"""Backup, restore and the drill that shows a backup can be restored.

A backup is a ledger file of its own (SQLite, whatever the ledger lies in) with a manifest beside it. So it can be
looked into with every command, and a ledger moves from a file to a server by restoring its backup there.
"""

import shutil
import tempfile
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

import msgspec
import sqlalchemy
from sqlalchemy import func, select, update

from contract_audit.errors import LedgerError
from contract_audit.ledger.bulk import COLUMNS, Values, after_many_rows, index_rows, insert_rows, tell_index
from contract_audit.ledger.queries import anchor_of
from contract_audit.ledger.rows import item_of
from contract_audit.ledger.schema import TABLES, head, items
from contract_audit.ledger.search import grams, searchable
from contract_audit.ledger.store import REVISION, Ledger, changing, create_ledger, open_ledger, reading, set_journal
from contract_audit.ledger.verify import verify
from contract_audit.model import Struct
from contract_audit.model.ledger import Anchor

_BATCH = 5_000
MANIFEST_SUFFIX = ".manifest.json"


class Manifest(Struct, frozen=True, kw_only=True):
    """What stands beside a backup: its file, digest and size, what it holds, and where its history ended."""

    file: str
    sha256: str
    size_bytes: int
    made_at: datetime
    revision: str
    items: int
    entries: int
    anchor: Anchor


class Drill(Struct, frozen=True, kw_only=True):
    """A restore tried out: what was checked, line by line, and the first failure (None: the backup is good)."""

    manifest: Manifest
    lines: tuple[str, ...]
    failure: str | None


def backup(ledger: Ledger, folder: Path, now: datetime) -> Path:
    """Copy the ledger as it is at one moment into a dated file in `folder`; returns the file. Raises LedgerError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"台账备份-{now:%Y%m%d-%H%M%S}.db"
    if path.exists():
        raise LedgerError(f"{path}：同一时刻的备份已存在")
    with tempfile.TemporaryDirectory(prefix=".备份-", dir=folder) as work:
        part = Path(work) / "台账.db"
        with reading(ledger) as source:
            copy = create_ledger(str(part))
            _copy(source, copy)
            anchor = anchor_of(source)
            count = source.execute(select(func.count()).select_from(items)).scalar() or 0
        _settle(copy)
        part.replace(path)
    manifest = Manifest(
        file=path.name,
        sha256=_digest(path),
        size_bytes=path.stat().st_size,
        made_at=now,
        revision=REVISION,
        items=count,
        entries=anchor.seq,
        anchor=anchor,
    )
    path.with_name(path.name + MANIFEST_SUFFIX).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
    return path


def restore(path: Path, place: str) -> Ledger:
    """Put a backup into a new ledger at `place`, after checking it. Raises LedgerError if the backup is not whole."""
    done = drill(path)
    if done.failure is not None:
        raise LedgerError(f"{path}：{done.failure}，没有恢复")
    if "://" not in place and Path(place).exists():
        raise LedgerError(f"{place}：已有台账，为防覆盖请先移走，或恢复到另一个文件名")
    target = create_ledger(place)
    with reading(target) as connection:
        if anchor_of(connection).seq:
            raise LedgerError(f"{place}：库中已有台账，为防覆盖请恢复到空库")
    source = open_ledger(str(path))
    with reading(source) as connection:
        _copy(connection, target)
    return target


def drill(path: Path) -> Drill:
    """Restore a backup into a temporary folder and check all of it: the file, the database, the history, the counts."""
    manifest = read_manifest(path)
    lines: list[str] = []
    if _digest(path) != manifest.sha256:
        return Drill(manifest=manifest, lines=(), failure="备份文件与清单的校验和不符，备份后被改动或损坏")
    lines.append(f"文件校验和一致（{manifest.size_bytes}字节）")
    with tempfile.TemporaryDirectory(prefix="台账演练-") as work:
        copied = Path(work) / "台账.db"
        shutil.copyfile(path, copied)
        tried = open_ledger(str(copied))
        failure = _tried(tried, manifest, lines)
    return Drill(manifest=manifest, lines=tuple(lines), failure=failure)


def newest(folder: Path) -> Path:
    """The newest backup of a folder that has a manifest. Raises LedgerError if there is none."""
    found = sorted(path for path in folder.glob("*.db") if path.with_name(path.name + MANIFEST_SUFFIX).is_file())
    if not found:
        raise LedgerError(f"{folder}：没有备份，请先运行 ledger backup")
    return found[-1]


def read_manifest(path: Path) -> Manifest:
    """The manifest of a backup. Raises LedgerError where it is missing or wrong."""
    beside = path.with_name(path.name + MANIFEST_SUFFIX)
    try:
        return msgspec.json.decode(beside.read_bytes(), type=Manifest)
    except OSError as error:
        raise LedgerError(f"{beside}：缺少备份清单，无法确认备份是否完整") from error
    except msgspec.DecodeError as error:
        raise LedgerError(f"{beside}：备份清单已损坏") from error


def _tried(ledger: Ledger, manifest: Manifest, lines: list[str]) -> str | None:
    with reading(ledger) as connection:
        sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
        if sound != "ok":
            return f"数据库完整性检查未通过（{sound}）"
        lines.append("数据库完整性检查通过")
        found = verify(connection, (f"{manifest.anchor.seq}-{manifest.anchor.digest}",) if manifest.entries else ())
        if found.broken is not None:
            return found.broken
        lines.append(f"历史记录{found.entries}条、事项{found.items}项逐条核对一致，校验值 {found.anchor}")
        if (found.items, found.entries) != (manifest.items, manifest.entries):
            return f"清单记{manifest.items}项、历史{manifest.entries}条，实有{found.items}项、{found.entries}条"
        lines.append("项数、历史条数与清单一致")
    return None


def _copy(source: sqlalchemy.Connection, target: Ledger) -> None:
    """All rows, table by table, into an empty ledger; the search index is built anew."""
    with changing(target) as connection:
        for table in TABLES:
            if table is head:
                end = source.execute(select(head.c.seq, head.c.digest)).one()
                connection.execute(update(head).values(seq=end.seq, digest=end.digest))
                continue
            rows = source.execute(select(table).execution_options(yield_per=_BATCH))
            for batch in rows.partitions(_BATCH):
                found = [tuple(row) for row in batch]
                insert_rows(connection, table, _indexed(connection, found, target) if table is items else found)
        after_many_rows(connection)


_BODY, _WORDS, _GRAMS = map(COLUMNS["items"].index, ("body", "words", "grams"))


def _indexed(connection: sqlalchemy.Connection, rows: list[Values], target: Ledger) -> list[Values]:
    """The rows as the target keeps their words: in its index, or in their columns."""
    copied = [item_of(row[_BODY]) for row in rows]
    if target.sqlite:
        tell_index(connection, index_rows([(None, item) for item in copied]))
    words = [None if target.sqlite else searchable(item) for item in copied]
    kept = [list(row) for row in rows]
    for row, found in zip(kept, words, strict=True):
        row[_WORDS], row[_GRAMS] = found, found and grams(found)
    return list(map(tuple, kept))


def _settle(copy: Ledger) -> None:
    """Everything into the one file: no write-ahead log is left beside a backup, and reading it does not change it."""
    set_journal(copy, "DELETE")


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise LedgerError(f"{path}：备份文件无法读取（{error.strerror}）") from error
