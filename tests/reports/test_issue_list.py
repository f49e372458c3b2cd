from collections.abc import Iterator
from io import BytesIO
from typing import Any

import msgspec
import openpyxl
import pytest

from contract_audit.model import Scan
from contract_audit.reports import render
from contract_audit.reports.identity import finding_id
from contract_audit.rulespec import Pack

COLUMNS = ["序号", "地区(单位)", "来源", "存在问题", "整改责任地区(单位)", "整改时限", "整改措施"]


def _book(scan: Scan, pack: Pack) -> Any:
    return openpyxl.load_workbook(BytesIO(render(scan, pack, ".xlsx")))


def _cells(sheet: Any) -> Iterator[Any]:
    for row in sheet.iter_rows():
        yield from row


def test_the_first_sheet_is_the_form(scan: Scan, pack: Pack) -> None:
    sheet = _book(scan, pack)["问题清单"]
    assert [sheet.cell(2, column).value for column in range(1, 8)] == COLUMNS
    hidden = [range(size.min, size.max + 1) for size in sheet.column_dimensions.values() if size.hidden]
    assert [column for columns in hidden for column in columns] == [8, 9]
    assert (
        str(
            sheet.merged_cells.ranges[0]
            if isinstance(sheet.merged_cells.ranges, list)
            else next(iter(sheet.merged_cells.ranges))
        )
        == "A1:G1"
    )
    assert sheet.freeze_panes == "A3"
    assert sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) == "9"
    assert sheet.print_title_rows == "$1:$2"
    assert "G" in str(sheet.print_area) and "H" not in str(sheet.print_area)
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"自查,投诉,审计,巡查"' and "C3" in choice.sqref
    cell = sheet["D3"]
    assert cell.font.name == "仿宋_GB2312" and cell.alignment.wrap_text and cell.border.left.style == "thin"


def test_a_row_is_one_wrong_with_clause_quote_and_problem(scan: Scan, pack: Pack) -> None:
    sheet = _book(scan, pack)["问题清单"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert len(rows) == 4  # findings of verdict review are no wrongs
    number, unit, source, issue, duty, term, remedy, identity, fingerprint = rows[1]
    finding = scan.audits[0].findings[1]
    assert (number, unit, source, term) == (2, "云岭县人民政府", "自查", None)
    assert (
        "云岭县招商引资项目投资合同" in issue
        and "第二条" in issue
        and finding.quote in issue
        and finding.message in issue
    )
    assert duty.startswith("云岭县人民政府") and "财政部门、税务部门" in duty
    assert remedy == finding.remedy
    assert (identity, fingerprint) == (finding_id(finding), finding.fingerprint)


def test_the_title_says_how_much_was_not_read(scan: Scan, pack: Pack) -> None:
    title = _book(scan, pack)["问题清单"]["A1"].value
    assert "2024年6月30日" in title and "共3份文件，问题4项，未完整读取2份，未判定2项，待核问题2项" in title
    assert "不能认为没有其他问题" in title


def test_details_and_unfinished_sheets_are_complete(scan: Scan, pack: Pack) -> None:
    book = _book(scan, pack)
    details = list(book["问题明细"].iter_rows(min_row=2, values_only=True))
    assert len(details) == 6
    assert "《公平竞争审查条例》（国务院令第783号）第10条〔2024年8月1日起施行〕" in details[1]
    assert [row[0] for row in details] == [1, 2, 3, 4, 5, 6] and "待核（签订后新规）" in details[4]  # doubts stand last
    unfinished = [row[1:6] for row in book["未读取与未判定"].iter_rows(min_row=2, values_only=True)]
    assert ("坏.docx", "未能读取", None, "文件已损坏，请重新取得原件", "取得可以读取的文件后重新审查") in unfinished
    assert any(row[:4] == ("乙.pdf#2", "部分读取", "第2页", "第2页是图片，需要识别") for row in unfinished)
    assert sum(row[1] == "未判定" for row in unfinished) == 2
    assert sum(row[1] == "待核问题" for row in unfinished) == 2
    assert all(row[4] for row in unfinished)  # of each, what is to be done
    assert sum(row[1] == "规则未加载" for row in unfinished) == 1
    assert sum(row[1] == "资料说明" for row in unfinished) == 1


@pytest.mark.parametrize(
    "payload", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "http://x.cn", "{=1}", "\x0b=1", "123"]
)
def test_no_cell_becomes_a_formula_a_link_or_a_number(scan: Scan, pack: Pack, payload: str) -> None:
    audit = scan.audits[0]
    finding = msgspec.structs.replace(
        audit.findings[1], remedy=payload, quote=payload, message=payload, document=payload
    )
    changed = msgspec.structs.replace(audit, findings=(finding,))
    book = _book(msgspec.structs.replace(scan, audits=(changed,)), pack)
    for sheet in book:
        for cell in _cells(sheet):
            assert cell.data_type != "f" and cell.hyperlink is None
    assert isinstance(book["问题清单"]["G3"].value, str)


def test_text_beyond_the_height_of_a_row_goes_on_in_further_rows(scan: Scan, pack: Pack) -> None:
    audit = scan.audits[0]
    finding = msgspec.structs.replace(audit.findings[1], remedy="".join(map(str, range(8_000))))
    changed = msgspec.structs.replace(audit, findings=(finding,))
    sheet = _book(msgspec.structs.replace(scan, audits=(changed,)), pack)["问题清单"]
    numbers, texts = zip(
        *((row[0].value, row[6].value) for row in sheet.iter_rows(min_row=3) if row[6].value), strict=True
    )
    assert "".join(texts) == finding.remedy and len(texts) > 1
    assert numbers == (1, *[None] * (len(texts) - 1))
    heights = [sheet.row_dimensions[row].height for row in range(3, 3 + len(texts))]
    assert max(heights) <= 409


def test_an_empty_scan_still_makes_the_form(scan: Scan, pack: Pack) -> None:
    empty = msgspec.structs.replace(scan, audits=(), skipped=(), broken_rules=(), notes=())
    book = _book(empty, pack)
    assert [cell.value for cell in book["问题清单"][2]][:7] == COLUMNS
    assert "均完整读取" in book["未读取与未判定"]["E2"].value
