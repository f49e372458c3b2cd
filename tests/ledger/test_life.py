"""The life of more than fifty items on both databases: scanned, decided, edited, re-scanned, proved, struck off, backed up."""

import re
from datetime import date, timedelta
from pathlib import Path

import msgspec
import openpyxl
import pytest
from scans import NOW

from contract_audit import __version__
from contract_audit.audit import audit
from contract_audit.engine import load_rules
from contract_audit.ledger.backup import backup, drill
from contract_audit.ledger.edit_back import edit_back
from contract_audit.ledger.figures import overall, overdue, tally
from contract_audit.ledger.intake import Intake, Options, take
from contract_audit.ledger.moves import edit, move, prove
from contract_audit.ledger.queries import anchor_of, every, history_of
from contract_audit.ledger.scan_file import read_scan
from contract_audit.ledger.sheet import export
from contract_audit.ledger.states import Decision
from contract_audit.ledger.store import Ledger, reading
from contract_audit.ledger.verify import verify
from contract_audit.ledger.writer import writing
from contract_audit.model import Scan
from contract_audit.model.ledger import LedgerItem
from contract_audit.reports import scan_json
from contract_audit.reports.wording import basis_line

DEV = Path(__file__).parents[2] / "corpus" / "dev"
NAMES = ("a01_xixian_plant.txt", "a05_shoe_factory_2009.txt", "a07_hq_tax_deal_2017.txt", "b01_fastener_land.txt")
AS_OF = date(2026, 6, 30)
NEXT_MONTH = NOW + timedelta(days=31)


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The results of two scans: the agreements as they are, and as a lawyer has mended them."""
    folder = tmp_path_factory.mktemp("scans")
    return _scan(folder / "一", lambda text: text), _scan(folder / "二", _mended)


def _mended(text: str) -> str:
    """Another first paragraph, a clause edited, and the tax clauses taken out."""
    lines = text.split("\n")
    lines.insert(6, "为明确权利义务，经协商一致，订立本协议。")
    kept = [line for line in lines if not re.search(r"增值税|企业所得税", line)]
    return "\n".join(kept).replace("应于", "应当于")


def _scan(folder: Path, change: object) -> Path:
    assert callable(change)
    folder.mkdir()
    audits = []
    for name in NAMES:
        path = folder / name
        path.write_text(change((DEV / name).read_text(encoding="utf-8")), encoding="utf-8")
        result = audit(path, load_rules(), as_of=AS_OF)
        document = msgspec.structs.replace(result.understanding.document, name=name)
        audits.append(
            msgspec.structs.replace(
                result,
                understanding=msgspec.structs.replace(result.understanding, document=document),
                findings=tuple(msgspec.structs.replace(one, document=name) for one in result.findings),
            )
        )
    scan = Scan(audits=tuple(audits), skipped=(), as_of=AS_OF, mode=None, pack_version=__version__)
    path = folder / "结果.json"
    path.write_bytes(scan_json.render(scan, load_rules()))
    return path


def _taken(ledger: Ledger, path: Path) -> Intake:
    with writing(ledger, "王芳", NOW) as writer:
        return take(writer, read_scan(path), Options(basis_words=basis_line))


def _items(ledger: Ledger) -> dict[int, LedgerItem]:
    with reading(ledger) as connection:
        return {item.number: item for item in every(connection)}


def test_the_life_of_fifty_items(ledger: Ledger, scans: tuple[Path, Path], tmp_path: Path) -> None:
    first = _taken(ledger, scans[0])
    numbers = first.new
    assert len(numbers) >= 50
    assert all(item.state == "lead" and item.unit for item in _items(ledger).values())

    _confirm_in_bulk(ledger, tmp_path)
    assert {item.state for item in _items(ledger).values()} == {"rectifying", "dismissed"}

    decided = _items(ledger)
    second = _taken(ledger, scans[1])
    now = _items(ledger)
    assert second.gone
    assert second.changed or second.moved
    for number in numbers:
        old, new = decided[number], now[number]
        assert (new.own_measure, new.owner_unit, new.owner, new.due) == (
            old.own_measure,
            old.owner_unit,
            old.owner,
            old.due,
        )
        gone = number in second.gone
        assert new.state == ("checking" if gone and old.state == "rectifying" else old.state)
        assert new.closed_on is None

    third = _taken(ledger, scans[0])
    assert set(third.returned) == set(second.gone)
    assert set(third.gone) <= set(second.new)  # what the mending brought in waits for somebody to check
    assert {number: item.state for number, item in _items(ledger).items() if number in numbers} == {
        number: item.state for number, item in decided.items()
    }

    _rectify_and_close(ledger, tmp_path)
    _the_books_are_right(ledger, tmp_path)


def _confirm_in_bulk(ledger: Ledger, tmp_path: Path) -> None:
    """In the spreadsheet: every fifth is dismissed, the rest confirmed with owner and deadline, then set to work."""
    path = tmp_path / "台账.xlsx"
    for states in (("确认", "排除"), ("整改中", "排除")):
        with reading(ledger) as connection:
            path.write_bytes(export(every(connection), anchor_of(connection), NOW).content)
        book = openpyxl.load_workbook(path)
        sheet = book["台账"]
        places = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            number = sheet.cell(row, places["编号"]).value
            dismissed = number % 5 == 0
            cells = {"状态": states[dismissed]}
            if dismissed and states[0] == "确认":
                cells |= {"排除理由": "条款含义不符", "办理说明": "经集体研究"}
            if not dismissed:
                cells |= {
                    "整改责任单位": "住建局",
                    "责任人": "李强",
                    "整改时限": "2026-07-15",
                    "整改措施": f"措施{number}",
                }
            for header, value in cells.items():
                sheet.cell(row, places[header]).value = value
        book.save(path)
        with writing(ledger, "王芳", NOW) as writer:
            result = edit_back(writer, path)
        assert (result.conflicts, result.refused) == ((), ())


def _rectify_and_close(ledger: Ledger, tmp_path: Path) -> None:
    """One person hands in and proves, another strikes off; every seventh is not done in time."""
    for number, item in _items(ledger).items():
        if item.state != "rectifying" or number % 7 == 0:
            continue
        paper = tmp_path / f"凭证{number}.txt"
        paper.write_text(f"第{number}项已整改", encoding="utf-8")
        with writing(ledger, "李强", NOW) as writer:
            edit(writer, number, {"feedback": "已签补充协议"})
            move(writer, number, Decision(to="checking", who="李强", day=NOW.date()))
            prove(writer, number, paper, NOW.date())
        with writing(ledger, "赵六", NOW) as writer:
            move(writer, number, Decision(to="closed", who="赵六", day=NOW.date()))


def _the_books_are_right(ledger: Ledger, tmp_path: Path) -> None:
    items = _items(ledger)
    late = {number for number, item in items.items() if item.state == "rectifying"}
    with reading(ledger) as connection:
        standing = tuple(every(connection))
        whole = overall(tally(standing, "kind", NEXT_MONTH.date()))
        assert {one.item.number for one in overdue(standing, (), NEXT_MONTH.date())} == late
        closed = [item for item in items.values() if item.state == "closed"]
        assert all(item.proofs and item.closed_by != item.submitted_by for item in closed)
        assert whole.done == len(closed)
        waiting = [item for item in items.values() if item.state == "checking"]
        assert all(item.gone_on and item.left_state == "lead" for item in waiting)
        assert whole.duty == len(closed) + len(late) + len(waiting)
        for number, item in items.items():
            assert len(history_of(connection, number)) == item.version
        found = verify(connection)
    assert (found.broken, found.items) == (None, len(items))
    assert drill(backup(ledger, tmp_path / "备份", NOW)).failure is None
