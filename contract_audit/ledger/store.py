"""Where a ledger lies and how it is opened: a SQLite file (WAL, BEGIN IMMEDIATE) or PostgreSQL by URL.

台账.db                                 a file on a local disk, for one office PC
postgresql://user@host/database         a server, for an office of several PCs
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import msgspec
import sqlalchemy
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from contract_audit.errors import LedgerError
from contract_audit.ledger.schema import head

REVISION = "0004"  # the newest migration
GENESIS = "0" * 64  # what the first link of the history points back to
_WAIT_S = 30.0
_CACHE_KIB = -128 * 1024  # a large intake must not spill the same index pages to disk again and again
_PAGE_BYTES = 16 * 1024  # of a new file; an item's row is longer than a third of the usual page
_WRITES = "ledger_writes"
# A writer may hand its batches to a second thread, one at a time.
_SQLITE_OPTIONS = {"timeout": _WAIT_S, "check_same_thread": False}


class Ledger(msgspec.Struct, frozen=True):
    """An open ledger: `name` is what the user called it."""

    name: str
    engine: sqlalchemy.Engine

    @property
    def sqlite(self) -> bool:
        """True for a file, False for a server."""
        return self.engine.dialect.name == "sqlite"


def create_ledger(place: str) -> Ledger:
    """Make an empty ledger at `place`, or bring an existing one to the newest form. Raises LedgerError."""
    _refuse_foreign_file(place)
    ledger = Ledger(place, _engine(place))
    with _explained(ledger):
        if ledger.sqlite:
            set_journal(ledger, "WAL")
        _upgrade(ledger)
    return ledger


def set_journal(ledger: Ledger, mode: Literal["WAL", "DELETE"]) -> None:
    """The journal of a SQLite file, kept in the file itself: WAL where people work, DELETE for a file to put away."""
    connection = ledger.engine.raw_connection()
    connection.cursor().execute(f"PRAGMA journal_mode={mode}")
    connection.close()


def open_ledger(place: str) -> Ledger:
    """Open the ledger at `place`. Raises LedgerError where there is none, or one of a newer program."""
    if not _is_url(place) and not Path(place).is_file():
        raise LedgerError(f"{place}：没有这个台账，请先运行 ledger init --ledger {place}，或用 --ledger 指明台账文件")
    _refuse_foreign_file(place)
    ledger = Ledger(place, _engine(place))
    with _explained(ledger):
        revision = revision_of(ledger)
        if revision is None:
            raise LedgerError(f"{place}：库中没有台账，请先运行 ledger init")
        if revision > REVISION:
            raise LedgerError(f"{place}：台账由更新版本的程序建立（{revision}），请升级程序后再打开")
        if revision < REVISION:
            _upgrade(ledger)
    return ledger


def revision_of(ledger: Ledger) -> str | None:
    """The migration that the ledger stands at; None in an empty database."""
    with ledger.engine.connect() as connection:
        if not sqlalchemy.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found) if found else None


@contextmanager
def reading(ledger: Ledger) -> Iterator[sqlalchemy.Connection]:
    """One unchanging view of the ledger for all reads inside."""
    with _explained(ledger), ledger.engine.connect() as connection:
        if not ledger.sqlite:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def changing(ledger: Ledger) -> Iterator[sqlalchemy.Connection]:
    """One write transaction; all that is inside is kept, or nothing. Others wait, at most 30 seconds."""
    with (
        _explained(ledger),
        ledger.engine.connect().execution_options(**{_WRITES: True}) as connection,
        connection.begin(),
    ):
        connection.execute(sqlalchemy.select(head.c.seq).with_for_update()).first()
        yield connection


def _is_url(place: str) -> bool:
    return "://" in place


def _refuse_foreign_file(place: str) -> None:
    """A file that is no SQLite database is named, not overwritten and not a riddle."""
    if _is_url(place):
        return
    path = Path(place)
    if path.is_dir():
        raise LedgerError(f"{place}：这是一个文件夹，请写明台账文件名")
    if not path.is_file() or not path.stat().st_size:
        return
    with path.open("rb") as file:
        sqlite = file.read(16).startswith(b"SQLite format 3")
    if not sqlite:
        raise LedgerError(f"{place}：不是台账文件，请检查文件名")


def _engine(place: str) -> sqlalchemy.Engine:
    if not _is_url(place):
        url = sqlalchemy.URL.create("sqlite", database=place)
        engine = sqlalchemy.create_engine(url, poolclass=NullPool, connect_args=_SQLITE_OPTIONS)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if not place.startswith(("postgresql://", "postgres://")):
        raise LedgerError(f"{_without_password(place)}：只支持台账文件和 postgresql:// 地址")
    try:
        return sqlalchemy.create_engine(
            "postgresql+psycopg://" + place.partition("://")[2],
            poolclass=NullPool,
            connect_args={"connect_timeout": 10},
        )
    except ModuleNotFoundError as error:
        raise LedgerError("使用 PostgreSQL 需要另装驱动：pip install 'contract_audit[postgres]'") from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    cursor = connection.cursor()
    for pragma in ("synchronous=FULL", "foreign_keys=ON", f"cache_size={_CACHE_KIB}", f"page_size={_PAGE_BYTES}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sqlalchemy.Connection) -> None:
    """Writers take the lock at once: a read that turns into a write would fail under load however long it waited."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _upgrade(ledger: Ledger) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with ledger.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, REVISION)
        if connection.execute(sqlalchemy.select(head.c.seq)).first() is None:
            connection.execute(head.insert().values(id=1, seq=0, digest=GENESIS))


@contextmanager
def _explained(ledger: Ledger) -> Iterator[None]:
    """What goes wrong in the database, in words for the user."""
    try:
        yield
    except OperationalError as error:
        raise LedgerError(f"{_without_password(ledger.name)}：{_reason(str(error.orig))}") from error
    except DatabaseError as error:
        raise LedgerError(f"{_without_password(ledger.name)}：台账无法读写（{_first_line(error)}）") from error


def _reason(message: str) -> str:
    for sign, words in _REASONS.items():
        if sign in message:
            return words
    return f"台账无法打开或写入（{message.splitlines()[0]}）"


_REASONS = {
    "database is locked": "台账正被他人写入，等候超过30秒，请稍后再试；多人同时使用请改用 PostgreSQL",
    "readonly database": "台账文件只读，请检查文件和文件夹的权限",
    "unable to open": "台账文件无法打开，请检查路径和权限",
    "full": "磁盘空间不足，本次修改没有写入",
    "malformed": "台账文件已损坏，请用 ledger restore 从备份恢复",
    "onnection": "连不上台账数据库，请检查地址、网络和密码",
}


def _first_line(error: DatabaseError) -> str:
    return str(error.orig).splitlines()[0]


def _without_password(place: str) -> str:
    if not _is_url(place):
        return place
    scheme, _, rest = place.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
