"""Many writers at once, and writers that die at any moment."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from scans import NOW, finding, lines_file, taken

from contract_audit.errors import LedgerError
from contract_audit.ledger.queries import get, history_of
from contract_audit.ledger.store import Ledger, open_ledger, reading
from contract_audit.ledger.verify import verify
from contract_audit.ledger.writer import writing

PROGRAM = Path(__file__).with_name("writing.py")
WRITERS, TURNS = 8, 12


def start(place: str, who: str, turns: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), place, who, str(turns)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_eight_writers_lose_no_update(ledger: Ledger, place: str, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [finding("按60%返还")]))
    processes = [start(place, f"w{number}", TURNS) for number in range(WRITERS)]
    for process in processes:
        _out, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    with reading(ledger) as connection:
        item, entries, found = get(connection, 1), history_of(connection, 1), verify(connection)
    assert item.version == 1 + WRITERS * TURNS == len(entries)
    written = [part for part in (item.note or "").split(";") if part]
    assert sorted(written) == sorted(f"w{number}{turn}" for number in range(WRITERS) for turn in range(TURNS))
    assert found.broken is None


def test_a_change_based_on_an_old_view_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [finding("按60%返还")]))
    with reading(ledger) as connection:
        seen = get(connection, 1)
    with writing(ledger, "李强", NOW) as writer:
        writer.change(seen, msgspec.structs.replace(seen, owner="李强"), "edit")
    with pytest.raises(LedgerError, match="刚被他人改动"), writing(ledger, "王芳", NOW) as writer:
        writer.change(seen, msgspec.structs.replace(seen, owner="王芳"), "edit")
    with reading(ledger) as connection:
        assert get(connection, 1).owner == "李强"


def test_kill_9_at_any_moment_leaves_a_whole_ledger(ledger: Ledger, place: str, tmp_path: Path) -> None:
    """What was acknowledged is there, what was not is there whole or not at all, and the next writer goes on."""
    taken(ledger, lines_file(tmp_path, [finding("按60%返还")]))
    chance = random.Random(20260630)
    version = 1
    for turn in range(6):
        process = start(place, f"k{turn}", 100_000)
        assert process.stdout is not None
        acknowledged = int(process.stdout.readline())
        time.sleep(chance.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        rest, _errors = process.communicate(timeout=30)
        acknowledged = int((rest.split("\n")[:-1] or [str(acknowledged)])[-1])
        with reading(open_ledger(place)) as connection:
            item, found = get(connection, 1), verify(connection)
        assert found.broken is None
        assert acknowledged <= item.version <= acknowledged + 1
        assert item.version > version
        version = item.version
        assert (item.note or "").count(";") == version - 1


def test_kill_9_during_a_large_intake_leaves_all_or_nothing(ledger: Ledger, place: str, tmp_path: Path) -> None:
    scan = tmp_path / "many.jsonl"
    many = [finding(f"按{number}返还", document=f"{number % 40}.docx", text=str(number)) for number in range(3000)]
    scan.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in many))
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[3]); import scans; "
        "from contract_audit.ledger.store import open_ledger; from contract_audit.ledger.scan_file import read_scan; "
        "scan = read_scan(Path(sys.argv[2])); print('go', flush=True); scans.taken(open_ledger(sys.argv[1]), scan)"
    )
    seen = set()
    for delay in (0.0, 0.05, 0.15, 0.4):
        process = subprocess.Popen(
            [sys.executable, "-c", program, place, str(scan), str(PROGRAM.parent)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.kill()
        process.communicate(timeout=30)
        with reading(open_ledger(place)) as connection:
            found = verify(connection)
        assert found.broken is None
        seen.add(found.items)
    assert seen <= {0, 3000}
    subprocess.run(
        [sys.executable, "-c", program, place, str(scan), str(PROGRAM.parent)], check=True, capture_output=True
    )
    with reading(open_ledger(place)) as connection:
        assert (verify(connection).items, verify(connection).broken) == (3000, None)


def test_a_failure_in_the_second_thread_is_raised_and_leaves_nothing(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, lines_file(tmp_path, [finding("按60%返还")]))
    with reading(ledger) as connection:
        seen, before = get(connection, 1), verify(connection)
    with writing(ledger, "李强", NOW) as writer:
        changed = writer.change(seen, msgspec.structs.replace(seen, owner="李强"), "edit")
    with (
        pytest.raises(LedgerError, match="刚被他人改动"),
        writing(ledger, "王芳", NOW) as writer,
        writer.overlapping(),
    ):
        writer.change(seen, msgspec.structs.replace(seen, owner="王芳"), "edit")
        writer.create(msgspec.structs.replace(seen, rule="TAX002"))
    with reading(ledger) as connection:
        after = verify(connection)
        assert (get(connection, 1), after.broken) == (changed, None)
    assert (after.items, after.entries) == (before.items, before.entries + 1)
