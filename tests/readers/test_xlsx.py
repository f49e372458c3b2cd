"""Workbooks as annexes."""

import datetime
import io
from collections.abc import Sequence

import openpyxl
import pytest
from docx_file import zipped

from contract_audit.model import Document
from contract_audit.readers import read_bytes, xlsx
from contract_audit.settings import Settings


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title.startswith("隐"):
            sheet.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes) -> Document:
    (found,) = read_bytes(data, "a.xlsx", Settings())
    return found


def test_sheets_are_tables_with_a_heading() -> None:
    found = read(workbook(支付计划=[["年度", "金额"], ["第一年", 1200.5], [None, None], ["合计", 3000]], 空=[]))
    assert found.tables == ((("年度", "金额"), ("第一年", "1200.5"), ("合计", "3000")),)
    assert found.text == "支付计划\n年度\t金额\n第一年\t1200.5\n合计\t3000"
    assert [block.kind for block in found.blocks] == ["heading", *["table_row"] * 3]


def test_hidden_sheets_are_hidden_text() -> None:
    found = read(workbook(公开=[["甲"]], 隐藏=[["土地款返还", "60%"]]))
    assert "返还" not in found.text
    assert [passage.text for passage in found.hidden] == ["土地款返还\t60%"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (datetime.datetime(2026, 6, 30), "2026年6月30日"),
        (datetime.datetime(2026, 6, 30, 9, 30), "2026-06-30 09:30"),
        (12.0, "12"),
        (126800000, "126800000"),
        (0.1 + 0.2, "0.3"),
        ("甲\u00ad方\n乙", "甲方\n乙"),
    ],
)
def test_values_are_written_as_a_reader_sees_them(value: object, shown: str) -> None:
    assert read(workbook(表=[["项", value]])).tables[0][0][1] == shown


def test_percentages_are_written_as_such() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B2"] = 0.4
    sheet["B2"].number_format = "0.0%"
    buffer = io.BytesIO()
    book.save(buffer)
    assert read(buffer.getvalue()).tables == ((("40%",),),)


def test_rows_beyond_the_limit_are_said_to_be_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MAX_ROWS", 3)
    found = read(workbook(表=[[n] for n in range(3)]))
    assert found.status == "read"
    found = read(workbook(甲=[[n] for n in range(2)], 乙=[[n] for n in range(5)]))
    assert found.status == "partly_read"
    assert found.problems[0].code == "page_limit"
    assert sum(map(len, found.tables)) == 3


def test_broken_and_hostile_workbooks_are_refused() -> None:
    found = read(zipped({"xl/workbook.xml": "<workbook", "[Content_Types].xml": "<Types/>"}))
    assert (found.status, found.problems[0].code) == ("unreadable", "damaged")
    bomb = '<!DOCTYPE a [<!ENTITY a "x">]><workbook/>'
    found = read(zipped({"xl/workbook.xml": bomb, "[Content_Types].xml": "<Types/>"}))
    assert "DOCTYPE" in found.problems[0].message
