"""Ledgers on both databases: PostgreSQL is started once a run in a temporary folder, with a database for each test.

Where no server is installed, the id of every test says so, and SQLite alone is tested.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from contract_audit.ledger.store import Ledger, create_ledger

_NUMBERS = count(1)


def _server_programs() -> Path | None:
    """The folder of initdb and pg_ctl."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = [*packaged[::-1], *(Path(program) for program in [shutil.which("initdb")] if program)]
    return next((path.resolve().parent for path in found if (path.resolve().parent / "pg_ctl").is_file()), None)


PROGRAMS = _server_programs()
DATABASES = ("sqlite", "postgresql") if PROGRAMS else ("sqlite_only_NO_POSTGRESQL_SERVER_HERE",)


def _as_server_user(folder: Path, *command: str) -> None:
    """Run a server program: it refuses root, so root runs it as postgres or nobody."""
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        user = _unprivileged()
        shutil.chown(folder, user)
        prefix = ("runuser", "-u", user, "--")
    subprocess.run([*prefix, *command], cwd=folder, check=True, capture_output=True, timeout=60)


def _unprivileged() -> str:
    names = {line.partition(":")[0] for line in Path("/etc/passwd").read_text(encoding="utf-8").splitlines()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder of the socket of a running PostgreSQL; only asked for where there are programs."""
    assert PROGRAMS is not None
    folder = Path(tempfile.mkdtemp(prefix="ledger-pg-"))
    data = folder / "data"
    user = "tester"
    _as_server_user(
        folder, str(PROGRAMS / "initdb"), "-D", str(data), "-U", user, "-A", "trust", "-E", "UTF8", "--no-locale", "-N"
    )
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    start = ("-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    _as_server_user(folder, str(PROGRAMS / "pg_ctl"), *start)
    yield str(folder)
    _as_server_user(folder, str(PROGRAMS / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger may be made: a file, or an empty database."""
    if request.param != "postgresql":
        return str(tmp_path / "台账.db")
    return new_database(request.getfixturevalue("server"))


def new_database(folder: str) -> str:
    """The URL of an empty database on the server."""
    import psycopg

    name = f"t{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(host=folder, user="tester", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"postgresql://tester@/{name}?host={folder}"


@pytest.fixture
def ledger(place: str) -> Ledger:
    """An empty ledger on each database."""
    return create_ledger(place)


@pytest.fixture
def file_ledger(tmp_path: Path) -> Ledger:
    """An empty ledger in a file, for what concerns files only."""
    return create_ledger(str(tmp_path / "单机.db"))
