"""The ledger as a table to work in: exported to xlsx, edited in Excel, WPS or LibreOffice, and read back.

The first columns say which item it is, the next are for people to fill, the last are for looking up. Personal numbers
are covered unless asked for; what is covered and untouched counts as unchanged when the table is read back.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from operator import attrgetter
from typing import Any

from contract_audit.chinese.personal import mask_personal
from contract_audit.ledger.collector import collector_paused
from contract_audit.model import Struct
from contract_audit.model.ledger import DISMISSALS, DISPUTES, SOURCES, STATES, Anchor, LedgerItem

SHEET_NAME = "台账"
NUMBER, VERSION = "编号", "版本"
_CELL_LIMIT = 32_767
_FONT = "仿宋_GB2312"
_ROW_HEIGHT = 48  # points: three lines; not every office program fits rows when it opens a file
_LINES, _MAX_HEIGHT = 3, 409  # lines that such a row shows; points that no row can exceed
_OFTEN_LONG = ("own_problem", "own_measure", "feedback", "quote")  # by these a row is made higher
_EXTRA_ROWS = 200  # below the table, choices are offered too: people add rows


class Column(Struct, frozen=True, kw_only=True):
    """A column: its header, the field behind it, its width in half-width characters, and the words one may choose."""

    header: str
    field: str
    width: int = 12
    editable: bool = False
    choices: tuple[str, ...] = ()


COLUMNS = (
    Column(header=NUMBER, field="number", width=6),
    Column(header="状态", field="state", width=8, editable=True, choices=tuple(STATES.values())),
    Column(header="地区(单位)", field="unit", width=16, editable=True),
    Column(header="来源", field="source_words", width=8),
    Column(header="存在问题", field="own_problem", width=48, editable=True),
    Column(header="整改责任单位", field="owner_unit", width=16, editable=True),
    Column(header="责任人", field="owner", width=9, editable=True),
    Column(header="整改时限", field="due", width=11, editable=True),
    Column(header="整改措施", field="own_measure", width=36, editable=True),
    Column(header="整改情况", field="feedback", width=24, editable=True),
    Column(header="承诺事项", field="promised", width=16, editable=True),
    Column(header="纠纷类别", field="dispute", width=14, editable=True, choices=tuple(DISPUTES.values())),
    Column(header="备注", field="note", width=14, editable=True),
    Column(header="办理说明", field="words", width=16, editable=True),
    Column(header="排除理由", field="reason", width=12, editable=True, choices=tuple(DISMISSALS.values())),
    Column(header="批准人", field="approver", width=8, editable=True),
    Column(header="文号", field="document_number", width=14, editable=True),
    Column(header="有效期", field="expires_on", width=11, editable=True),
    Column(header="接收单位", field="referred_to", width=12, editable=True),
    Column(header="文件", field="document", width=24),
    Column(header="条款", field="clause", width=12),
    Column(header="原文", field="quote", width=30),
    Column(header=VERSION, field="version", width=6),
)
BY_HEADER = {column.header: column for column in COLUMNS}

# What a cell shows where it is not the field itself; codes are shown in Chinese.
_SHOWN: dict[str, Callable[[LedgerItem], Any]] = {
    "own_problem": lambda item: item.problem,
    "own_measure": lambda item: item.measure,
    "state": lambda item: STATES[item.state],
    "dispute": lambda item: DISPUTES[item.dispute] if item.dispute else None,
    "reason": lambda item: DISMISSALS[item.reason] if item.reason else None,
}
CODES: dict[str, dict[str, str]] = {
    "state": {words: code for code, words in STATES.items()},
    "dispute": {words: code for code, words in DISPUTES.items()},
    "reason": {words: code for code, words in DISMISSALS.items()},
    "source_words": {words: code for code, words in SOURCES.items()},
}


class Export(Struct, frozen=True, kw_only=True):
    """An exported table: its bytes, how many rows, and the documents with a 密级 mark that were left out."""

    content: bytes
    rows: int
    secret: tuple[str, ...]


def cell_text(item: LedgerItem, column: Column) -> str:
    """What the cell of an item shows, before personal numbers are covered."""
    shown = _SHOWN.get(column.field)
    value = shown(item) if shown else getattr(item, column.field)
    return "" if value is None else str(value)


@lru_cache(maxsize=4_096)
def covered(text: str) -> str:
    """The text with personal numbers covered, as tables show it by default."""
    return mask_personal(text)


def export(
    items: Iterable[LedgerItem], anchor: Anchor, now: datetime, *, personal: bool = False, secret: bool = False
) -> Export:
    """The items as a workbook; equal items, anchor and time give equal bytes.

    `personal` shows personal numbers in full; `secret` takes in items of documents with a 密级 mark.
    """
    import xlsxwriter

    buffer = BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    left_out: dict[str, None] = {}
    row = 0
    with collector_paused(), xlsxwriter.Workbook(buffer, options) as workbook:
        # The time without its zone: a workbook knows none.
        workbook.set_properties(
            {"title": "问题整改台账", "keywords": "contract_audit", "created": now.replace(tzinfo=None)}
        )
        sheet = workbook.add_worksheet(SHEET_NAME)
        formats = _formats(workbook)
        for item in items:
            if item.secrecy and not secret:
                left_out[f"{item.document}（{item.secrecy}）"] = None
                continue
            row += 1
            _row(sheet, row, item, formats, personal=personal)
        _frame(sheet, row, formats)
        _notes(workbook.add_worksheet("说明"), anchor, now, row, tuple(left_out), formats)
    return Export(content=buffer.getvalue(), rows=row, secret=tuple(left_out))


def _formats(workbook: Any) -> dict[bool | None, Any]:
    body = {"font_name": _FONT, "font_size": 11, "text_wrap": True, "valign": "top", "border": 1}
    return {
        True: workbook.add_format(body),
        False: workbook.add_format({**body, "bg_color": "#F2F2F2"}),
        None: workbook.add_format({**body, "font_name": "黑体", "align": "center", "bg_color": "#D9E2F3"}),
    }


_PLAIN = attrgetter(*(column.field for column in COLUMNS))
_WORDED = tuple((index, _SHOWN[column.field]) for index, column in enumerate(COLUMNS) if column.field in _SHOWN)
_LONG = tuple((index, COLUMNS[index].width) for index, column in enumerate(COLUMNS) if column.field in _OFTEN_LONG)


def _row(sheet: Any, row: int, item: LedgerItem, formats: dict[bool | None, Any], *, personal: bool) -> None:
    values = list(_PLAIN(item))
    for index, shown in _WORDED:
        values[index] = shown(item)
    for index, value in enumerate(values):
        if value is None or value == "":
            continue  # the column's own format shows
        style = formats[COLUMNS[index].editable]
        if isinstance(value, int):
            sheet.write_number(row, index, value, style)
        else:
            text = str(value)
            sheet.write_string(row, index, (text if personal else covered(text))[:_CELL_LIMIT], style)
    lines = max(2 * len(values[index] or "") // (width - 2) + 1 for index, width in _LONG)
    if lines > _LINES:
        sheet.set_row(row, min(_MAX_HEIGHT, lines * _ROW_HEIGHT / _LINES))


def _frame(sheet: Any, rows: int, formats: dict[bool | None, Any]) -> None:
    last = len(COLUMNS) - 1
    for index, column in enumerate(COLUMNS):
        sheet.write_string(0, index, column.header, formats[None])
        sheet.set_column(index, index, column.width, formats[column.editable], {"hidden": column.header == VERSION})
        if column.choices:
            sheet.data_validation(
                1, index, rows + _EXTRA_ROWS, index, {"validate": "list", "source": list(column.choices)}
            )
    sheet.set_default_row(_ROW_HEIGHT)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(rows, 1), last)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f'&C&"{_FONT}"&10第 &P 页，共 &N 页')


def _notes(
    sheet: Any, anchor: Anchor, now: datetime, rows: int, secret: tuple[str, ...], formats: dict[bool | None, Any]
) -> None:
    lines = (
        f"导出时间：{now:%Y-%m-%d %H:%M}　共{rows}项",
        f"校验值：{anchor}（日后可用 ledger verify --anchor {anchor} 核对台账历史是否被截去或改写）",
        "白底各列可以修改，灰底各列供查阅；改后用 ledger edit-back 读回。请勿改动“编号”和隐藏的“版本”列，可以排序、筛选、增删列。",
        "批量办理：筛选后成批填写“状态”等列即可；销号须先用 ledger prove 登记凭证。下方新增的行（不填编号）作为新的事项登记。",
        *(f"标有密级，未列入：{name}" for name in secret),
    )
    sheet.set_column(0, 0, 120)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, formats[True])
