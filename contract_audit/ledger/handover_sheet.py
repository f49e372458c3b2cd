"""移交清单 as a workbook to be signed: what is open, what was promised, what is kept on record."""

from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO
from typing import Any

from contract_audit.ledger.handover import Handover
from contract_audit.ledger.sheet import covered
from contract_audit.model.ledger import LedgerItem

_FONT = "仿宋_GB2312"
_Cell = Callable[[LedgerItem], object]
_COLUMNS: tuple[tuple[str, int, _Cell], ...] = (
    ("编号", 6, lambda item: item.number),
    ("状态", 9, lambda item: item.state_words),
    ("存在问题", 50, lambda item: item.problem),
    ("企业或项目", 22, lambda item: item.company or item.project),
    ("整改责任单位", 18, lambda item: item.owner_unit or item.unit),
    ("整改时限", 12, lambda item: item.due),
    ("整改情况", 26, lambda item: item.feedback),
    ("承诺事项", 22, lambda item: item.promised),
    ("文件", 26, lambda item: item.document),
)


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
        "title": workbook.add_format({"font_name": "黑体", "font_size": 18, "align": "center"}),
        "part": workbook.add_format({**body, "font_name": "黑体"}),
        "head": workbook.add_format({**body, "font_name": "黑体", "border": 1, "align": "center"}),
        "cell": workbook.add_format({**body, "border": 1}),
        "line": workbook.add_format({**body, "text_wrap": False}),
    }


def _write(sheet: Any, formats: dict[str, Any], leaving: Handover, receiver: str) -> None:
    last = len(_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, f"{leaving.leaving}移交清单", formats["title"])
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
        row += 2
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _part(sheet: Any, formats: dict[str, Any], row: int, title: str, found: tuple[LedgerItem, ...]) -> int:
    sheet.write_string(row, 0, title, formats["line"])
    for column, (name, _width, _value) in enumerate(_COLUMNS):
        sheet.write_string(row + 1, column, name, formats["head"])
    row += 2
    for item in found:
        for column, (name, _width, value) in enumerate(_COLUMNS):
            hidden = item.secrecy is not None and name in ("存在问题", "整改情况", "承诺事项", "企业或项目")
            text = (
                f"（{item.secrecy}文件，另行当面移交）"
                if hidden and name == "存在问题"
                else ""
                if hidden
                else value(item)
            )
            sheet.write_string(row, column, "" if text is None else covered(str(text)), formats["cell"])
        row += 1
    return row + 1
