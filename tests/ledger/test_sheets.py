from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from scans import NOW, finding, lines_file, taken, whole_file

from contract_audit.errors import LedgerError
from contract_audit.ledger.edit_back import EditBack, edit_back
from contract_audit.ledger.moves import edit, move
from contract_audit.ledger.queries import anchor_of, every, get, history_of
from contract_audit.ledger.sheet import export
from contract_audit.ledger.states import Decision
from contract_audit.ledger.store import Ledger, reading
from contract_audit.ledger.writer import writing
from contract_audit.model.ledger import LedgerItem


@pytest.fixture
def table(ledger: Ledger, tmp_path: Path) -> Path:
    """An export of five items."""
    findings = [finding(f"按{share}%返还", text=str(share)) for share in range(50, 54)]
    findings.append(finding("联系人电话13812345678", text="phone", message="列明联系人13812345678"))
    taken(ledger, lines_file(tmp_path, findings))
    return exported(ledger, tmp_path / "台账.xlsx")


def exported(ledger: Ledger, path: Path) -> Path:
    with reading(ledger) as connection:
        path.write_bytes(export(every(connection), anchor_of(connection), NOW).content)
    return path


def fill(path: Path, cells: dict[tuple[int, str], Any]) -> None:
    """Write cells by row of the sheet and header, as a person would."""
    book = openpyxl.load_workbook(path)
    sheet = book["台账"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for (row, header), value in cells.items():
        sheet.cell(row, places[header]).value = value
    book.save(path)


def read_back(ledger: Ledger, path: Path, *, prefer_table: bool = False) -> EditBack:
    with writing(ledger, "王芳", NOW) as writer:
        return edit_back(writer, path, prefer_table=prefer_table)


def item(ledger: Ledger, number: int) -> LedgerItem:
    with reading(ledger) as connection:
        return get(connection, number)


def test_an_untouched_table_changes_nothing(ledger: Ledger, table: Path) -> None:
    """Also not where personal numbers were covered."""
    assert "13812345678" not in str(list(openpyxl.load_workbook(table)["台账"].iter_rows(values_only=True)))
    fill(table, {})
    result = read_back(ledger, table)
    assert (result.changed, result.unchanged, result.conflicts, result.refused) == ((), 5, (), ())


def test_edits_and_moves_in_bulk_come_back(ledger: Ledger, table: Path) -> None:
    fill(table, {
        **{(row, "状态"): "确认" for row in (2, 3, 4)},
        **{(row, "整改责任单位"): "财政局" for row in (2, 3, 4)},
        (2, "整改时限"): date(2026, 9, 30), (3, "整改时限"): "2026年10月1日", (4, "备注"): "多行\n备注",
        (5, "状态"): "排除", (5, "排除理由"): "条款含义不符", (5, "办理说明"): "参照条款",
    })  # fmt: skip
    result = read_back(ledger, table)
    assert (result.changed, result.conflicts, result.refused) == ((1, 2, 3, 4), (), ())
    assert [item(ledger, number).state for number in range(1, 6)] == ["confirmed"] * 3 + ["dismissed", "lead"]
    assert (item(ledger, 1).due, item(ledger, 2).due) == (date(2026, 9, 30), date(2026, 10, 1))
    assert (item(ledger, 3).note, item(ledger, 4).reason) == ("多行\n备注", "misread_meaning")
    assert read_back(ledger, table).changed == ()


def test_conflicts_are_shown_and_nothing_is_lost(ledger: Ledger, table: Path) -> None:
    with writing(ledger, "李强", NOW) as writer:
        edit(writer, 1, {"own_measure": "台账所改"})
        edit(writer, 2, {"owner": "李强"})
    fill(table, {(2, "整改措施"): "表格所改", (2, "备注"): "表格备注", (3, "整改措施"): "表格措施"})
    result = read_back(ledger, table)
    conflict = result.conflicts[0]
    assert len(result.conflicts) == 1
    assert (conflict.number, conflict.column, conflict.exported, conflict.table, conflict.ledger) == (
        1, "整改措施", "删除", "表格所改", "台账所改",
    )  # fmt: skip
    assert (item(ledger, 1).own_measure, item(ledger, 1).note) == ("台账所改", "表格备注")
    assert (item(ledger, 2).own_measure, item(ledger, 2).owner) == ("表格措施", "李强")
    with reading(ledger) as connection:
        assert any("表格所改" in entry.words for entry in history_of(connection, 1))
    read_back(ledger, table, prefer_table=True)
    assert item(ledger, 1).own_measure == "表格所改"


def test_a_rescan_between_export_and_reading_back_is_no_edit(ledger: Ledger, table: Path, tmp_path: Path) -> None:
    """The scan words the problem anew; the table still shows the old words, which nobody wrote."""
    newer = [finding(f"按{share}%返还", text=str(share), message="新说明") for share in range(50, 54)]
    taken(ledger, lines_file(tmp_path, newer))
    fill(table, {(2, "备注"): "x"})
    assert read_back(ledger, table).conflicts == ()
    assert (item(ledger, 1).own_problem, item(ledger, 1).problem) == (None, "新说明")


def test_refusals_name_row_and_reason_and_the_rest_is_taken(ledger: Ledger, table: Path) -> None:
    fill(table, {
        (2, "状态"): "销号", (2, "备注"): "先记下", (3, "整改时限"): "年底", (4, "纠纷类别"): "其他类", (5, "办理说明"): "无状态变更",
        (6, "编号"): 88,
    })  # fmt: skip
    result = read_back(ledger, table)
    text = "\n".join(result.refused)
    for part in (
        "第2行：第1项现为“线索”",
        "第3行（第2项）：“整改时限”写作“年底”",
        "第4行（第3项）：“纠纷类别”",
        "状态未变",
        "没有第 88 项",
    ):
        assert part in text
    assert (item(ledger, 1).note, item(ledger, 1).state) == ("先记下", "lead")


def test_rows_added_below_are_registered_and_rows_sorted_or_deleted_do_no_harm(ledger: Ledger, table: Path) -> None:
    book = openpyxl.load_workbook(table)
    sheet = book["台账"]
    sheet.insert_cols(3)
    sheet.cell(1, 3).value = "本单位自用列"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for at, row in enumerate(reversed(rows[1:]), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = value
    sheet.delete_rows(6)
    headers = [cell.value for cell in sheet[1]]
    sheet.cell(6, headers.index("存在问题") + 1).value = "拖欠工程款"
    sheet.cell(6, headers.index("来源") + 1).value = "投诉"
    sheet.cell(2, headers.index("备注") + 1).value = "第五项"
    book.save(table)
    result = read_back(ledger, table)
    assert (result.changed, result.created, result.refused) == ((5,), (6,), ())
    assert item(ledger, 5).note == "第五项"
    assert (item(ledger, 6).problem, item(ledger, 6).source_words) == ("拖欠工程款", "投诉")


def test_the_state_is_a_conflict_too(ledger: Ledger, table: Path) -> None:
    with writing(ledger, "李强", NOW) as writer:
        move(writer, 1, Decision(to="confirmed", who="李强", day=NOW.date()))
    fill(table, {(2, "状态"): "移送", (2, "接收单位"): "区纪委监委"})
    result = read_back(ledger, table)
    assert [conflict.column for conflict in result.conflicts] == ["状态"]
    assert item(ledger, 1).state == "confirmed"


def test_a_table_without_the_version_column_is_refused(ledger: Ledger, table: Path) -> None:
    book = openpyxl.load_workbook(table)
    sheet = book["台账"]
    sheet.delete_cols([cell.value for cell in sheet[1]].index("版本") + 1)
    book.save(table)
    with pytest.raises(LedgerError, match="版本"):
        read_back(ledger, table)


def test_equal_ledgers_give_equal_bytes_and_no_formulas(ledger: Ledger, table: Path, tmp_path: Path) -> None:
    with writing(ledger, "王芳", NOW) as writer:
        edit(writer, 1, {"note": '=HYPERLINK("http://x")'})
    one, two = (exported(ledger, tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert one.read_bytes() == two.read_bytes()
    kinds = {cell.data_type for row in openpyxl.load_workbook(one)["台账"].iter_rows() for cell in row}
    assert "f" not in kinds


def test_documents_with_a_secrecy_mark_are_left_out_and_named(ledger: Ledger, tmp_path: Path) -> None:
    taken(ledger, whole_file(tmp_path, [finding("按50%返还")], {"甲协议.docx": "read"}))
    from msgspec.structs import replace

    with reading(ledger) as connection:
        items = [replace(one, secrecy="机密") for one in every(connection)]
        anchor = anchor_of(connection)
    made = export(items, anchor, NOW)
    assert (made.rows, made.secret) == (0, ("甲协议.docx（机密）",))
    assert export(items, anchor, NOW, secret=True).rows == 1
