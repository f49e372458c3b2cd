"""移交清单 as a workbook to be signed: what is open, what was promised, what is kept on record."""

from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO
from typing import Any

from contract_audit.ledger.handover import Handover
from contract_audit.ledger.sheet import covered
from contract_audit.model.ledger import LedgerItem

_FONT = "仿宋_GB2312"
_LINE_HEIGHT, _MAX_HEIGHT = 15.5, 409  # points, at 11 pt; no row can be higher
_Cell = Callable[[LedgerItem], object]
_COLUMNS: tuple[tuple[str, int, _Cell], ...] = (
    ("编号", 6, lambda item: item.number),
    ("状态", 9, lambda item: item.state_words),
    ("存在问题", 48, lambda item: item.problem),
    ("企业或项目", 22, lambda item: item.company or item.project),
    ("整改责任单位", 18, lambda item: item.owner_unit or item.unit),
    ("整改时限", 12, lambda item: item.due),
    ("整改情况", 26, lambda item: item.feedback),
    ("承诺事项", 22, lambda item: item.promised),
    ("文件", 26, lambda item: item.document),
)
_WITHHELD = ("存在问题", "整改情况", "承诺事项", "企业或项目")  # of documents with a 密级 mark


def render(leaving: Handover, receiver: str) -> bytes:
    """The list as xlsx; equal content gives equal bytes. Items of documents with a 密级 mark show their number only."""
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties(
            {"title": "移交清单", "keywords": "contract_audit", "created": datetime.combine(leaving.day, time())}
        )
        sheet = workbook.add_worksheet("移交清单")
        _write(sheet, _formats(workbook), leaving, receiver)
    return buffer.getvalue()


def _formats(workbook: Any) -> dict[str, Any]:
    body = {"font_name": _FONT, "font_size": 11, "text_wrap": True, "valign": "vcenter"}
    return {
        "title": workbook.add_format({"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"}),
        "part": workbook.add_format({**body, "font_name": "黑体", "text_wrap": False}),
        "head": workbook.add_format({**body, "font_name": "黑体", "border": 1, "align": "center"}),
        "cell": workbook.add_format({**body, "border": 1}),
        "line": workbook.add_format({**body, "text_wrap": False}),
    }


def _write(sheet: Any, formats: dict[str, Any], leaving: Handover, receiver: str) -> None:
    last = len(_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, f"{leaving.leaving}移交清单", formats["title"])
    sheet.set_row(0, 34)
    for column, (_name, width, _value) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
    row = 2
    overdue = sum(item.due is not None and item.due < leaving.day for item in leaving.open_items)
    parts = (
        (f"一、未结事项{len(leaving.open_items)}项（其中逾期{overdue}项）", leaving.open_items),
        (f"二、有承诺的事项{len(leaving.promised)}项", leaving.promised),
        (f"三、存续备案{len(leaving.kept)}项", leaving.kept),
    )
    for title, found in parts:
        row = _part(sheet, formats, row, title, found)
    for line in (
        f"移交日期：{leaving.day}　　台账校验值：{leaving.anchor}",
        f"移交人（签字）：　　　　　　　接收人（签字）：{receiver}　　　　　　　监交人（签字）：",
    ):
        sheet.write_string(row, 0, line, formats["line"])
        sheet.set_row(row, 24)
        row += 1
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f'&C&"{_FONT}"&10第 &P 页，共 &N 页')


def _part(sheet: Any, formats: dict[str, Any], row: int, title: str, found: tuple[LedgerItem, ...]) -> int:
    """One of the three lists, or its line alone where it is empty; returns the row after it."""
    sheet.write_string(row, 0, title, formats["part"])
    sheet.set_row(row, 24)
    if not found:
        return row + 1
    for column, (name, _width, _value) in enumerate(_COLUMNS):
        sheet.write_string(row + 1, column, name, formats["head"])
    sheet.set_row(row + 1, 24)
    row += 2
    for item in found:
        lines = 1
        for column, (name, width, value) in enumerate(_COLUMNS):
            text = covered(_text(item, name, value))
            sheet.write_string(row, column, text, formats["cell"])
            lines = max(lines, _lines(text, width))
        # A row as high as its longest cell needs: not every office program fits rows when it opens a file.
        sheet.set_row(row, min(_MAX_HEIGHT, lines * _LINE_HEIGHT + 6))
        row += 1
    return row + 1


def _text(item: LedgerItem, name: str, value: _Cell) -> str:
    if item.secrecy is not None and name in _WITHHELD:
        return f"（{item.secrecy}文件，另行当面移交）" if name == "存在问题" else ""
    found = value(item)
    return "" if found is None else str(found)


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column of `width` half-width characters; Chinese characters take two."""
    return sum(max(1, -(-len(part.encode("gbk", "replace")) // (width - 1))) for part in text.split("\n"))
