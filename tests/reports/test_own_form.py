"""A user's own form: rows go under its headings, and everything else of it stays as it was."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from contract_audit.reports.own_form import FormError, column_key, fill
from contract_audit.reports.sheets import Column, Sheet

DAY = date(2026, 6, 30)
SHEET = Sheet(
    name="事项",
    columns=tuple(
        Column(name, 10)
        for name in ("序号", "存在问题", "整改责任地区(单位)", "整改时限", "涉及金额（万元）", "联系人")
    ),
    rows=tuple(
        (number, f"=第{number}个问题，电话13812345678", "商务局", date(2026, 7, number), 100 * number, None)
        for number in range(1, 6)
    ),
)


def form(rows_for_data: int = 2) -> Any:
    """Title, two rows of headings, styled rows, a total with a formula, a merged line for signatures."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "本县表样"
    page["A1"] = "某县问题整改表"
    page.merge_cells("A1:F1")
    for column, name in enumerate(("序\n号", "问题描述", "整改", None, "金额（万元）", "分管领导"), start=1):
        page.cell(2, column, name)
    page["C3"], page["D3"] = "责任单位", "完成时限"
    page.merge_cells("C2:D2")
    for column in "ABEF":
        page.merge_cells(f"{column}2:{column}3")
    for row in range(4, 4 + rows_for_data):
        for column in range(1, 7):
            page.cell(row, column).font = Font(name="楷体", size=13)
        page.cell(row, 2).fill = PatternFill("solid", fgColor="FFFF00")
        page.cell(row, 6).value = f"=E{row}*2"
        page.row_dimensions[row].height = 33
    total = 4 + rows_for_data
    page.cell(total, 1, "合计")
    page.cell(total, 5, f"=SUM(E4:E{total - 1})")
    page.cell(total + 1, 1, "审核人：")
    page.merge_cells(start_row=total + 1, end_row=total + 1, start_column=1, end_column=6)
    page.row_dimensions[total + 1].height = 50
    choice = DataValidation(type="list", formula1='"甲,乙"')
    choice.add(f"C4:C{total - 1}")
    page.add_data_validation(choice)
    page.print_area = f"A1:F{total + 1}"
    page.column_dimensions["B"].width = 44
    page.column_dimensions["D"].width = 16  # room for a day in words
    other = book.create_sheet("填表说明")
    other["A1"] = "勿改"
    return book


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def filled(book: Any, sheet: Sheet = SHEET) -> tuple[Any, tuple[str, ...]]:
    content, unknown = fill(saved(book), (sheet,), day=DAY)
    return openpyxl.load_workbook(BytesIO(content)), unknown


def test_rows_stand_under_their_headings_in_the_forms_own_style() -> None:
    book, unknown = filled(form())
    page = book["本县表样"]
    assert [page.cell(row, 1).value for row in range(4, 9)] == [1, 2, 3, 4, 5]
    assert page["B4"].value == "=第1个问题，电话138****5678" and page["B4"].data_type == "s"
    assert [page.cell(8, column).value for column in (3, 5)] == ["商务局", 500]
    assert page["D8"].value == "2026年7月5日"
    for row in range(4, 9):
        assert page.cell(row, 1).font.name == "楷体" and page.cell(row, 2).fill.fgColor.rgb == "00FFFF00"
        assert page.row_dimensions[row].height == 33
    assert unknown == ("分管领导",)


def test_what_stands_below_moves_down_whole() -> None:
    page = filled(form())[0]["本县表样"]
    assert page["A9"].value == "合计" and page["E9"].value == "=SUM(E4:E8)"
    assert [page.cell(row, 6).value for row in (4, 5, 8)] == ["=E4*2", "=E5*2", "=E8*2"]
    assert page["A10"].value == "审核人：" and page.row_dimensions[10].height == 50
    areas = {str(area) for area in page.merged_cells.ranges}
    assert areas == {"A1:F1", "C2:D2", "A2:A3", "B2:B3", "E2:E3", "F2:F3", "A10:F10"}
    (choice,) = page.data_validations.dataValidation
    assert str(choice.sqref) == "C4:C8"
    assert "$F$10" in page.print_area and page.column_dimensions["B"].width == 44


def test_other_sheets_and_title_are_untouched() -> None:
    book = filled(form())[0]
    assert book["填表说明"]["A1"].value == "勿改" and book["本县表样"]["A1"].value == "某县问题整改表"


def test_a_form_with_more_rows_than_needed_keeps_them_empty() -> None:
    page = filled(form(8))[0]["本县表样"]
    assert [page.cell(row, 1).value for row in range(4, 12)] == [1, 2, 3, 4, 5, None, None, None]
    assert page["A12"].value == "合计" and page["E12"].value == "=SUM(E4:E11)"


def test_example_rows_of_a_form_are_replaced_but_formulas_stay() -> None:
    book = form(6)
    book["本县表样"]["B9"] = "（示例）某问题"
    page = filled(book)[0]["本县表样"]
    assert page["B9"].value is None and page["F9"].value == "=E9*2"


def test_a_form_of_one_row_and_a_sum_over_it_grows() -> None:
    page = filled(form(1))[0]["本县表样"]
    assert page["E9"].value == "=SUM(E4:E8)"


def test_dates_keep_the_forms_format_and_long_words_make_room() -> None:
    book = form()
    for row in (4, 5):
        book["本县表样"].cell(row, 4).number_format = "yyyy年m月d日"
    long = Sheet(name="事项", columns=SHEET.columns, rows=((1, "很长的问题" * 40, "商务局", DAY, 1, None),))
    page = filled(book, long)[0]["本县表样"]
    assert page["D4"].value.date() == DAY and page["D4"].number_format == "yyyy年m月d日"
    assert page.row_dimensions[4].height > 150


def test_equal_input_gives_equal_bytes() -> None:
    content = saved(form())
    assert fill(content, (SHEET,), day=DAY) == fill(content, (SHEET,), day=DAY)


@pytest.mark.parametrize("content", [b"not a workbook", saved(openpyxl.Workbook())])
def test_what_is_no_form_is_refused_with_the_names_it_may_use(content: bytes) -> None:
    with pytest.raises(FormError, match=r"另存为|存在问题"):
        fill(content, (SHEET,), day=DAY)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("整改责任 地区(单位)", "整改责任地区"),
        ("*整改时限\n（年月日）", "整改时限"),
        ("总投资（万元）", "总投资"),
        ("序　号", "序号"),
    ],
)
def test_headings_are_compared_without_layout(heading: str, key: str) -> None:
    assert column_key(heading) == key


def test_adorned_headings_are_known_and_rows_without_a_height_grow() -> None:
    book = openpyxl.Workbook()
    for column, name in enumerate(("序号", "存在问题描述", "天气描述"), start=1):
        book.active.cell(1, column, name)
    buffer = BytesIO()
    book.save(buffer)
    content, unknown = fill(buffer.getvalue(), (SHEET,), day=DAY)
    page = openpyxl.load_workbook(BytesIO(content)).active
    assert "第1个问题" in page["B2"].value and unknown == ("天气描述",)
    assert page.row_dimensions[2].height > 30  # several lines in a narrow column
