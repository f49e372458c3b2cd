"""A user's own xlsx form filled as it is: the row of headings is found, rows go under it in the form's own style.

What stands below — totals, notes, signature lines — moves down whole: merged cells, heights, formulas (sums over the
filled rows grow with them), choices and the printed area. Nothing else is touched. openpyxl reads and writes the form.
"""

import re
from collections.abc import Iterable
from copy import copy
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from contract_audit.chinese.text import fold_text
from contract_audit.errors import ContractAuditError
from contract_audit.model import Struct
from contract_audit.reports.own_form_rows import copy_style, insert_rows
from contract_audit.reports.sheets import Sheet, Value, half_widths, released_text
from contract_audit.reports.zip_bytes import same_bytes

_DEPTH = 30  # rows searched for headings: forms carry a title and notes above
_WIDTH, _POINTS, _HEIGHT = 8.43, 11, 15.0  # a column's width, a font's size, a row's height where a form does not say
_ADORNED = re.compile("(?:具体|主要)?(.+?)(?:描述|表述)?")  # 存在问题描述 asks for 存在问题
_LEAST = 2  # headings that must be known before a row counts as the row of headings
# Other names that offices give a column, by the name it has here.
_OTHER_NAMES = {
    "地区": ("单位", "填报单位", "所属单位", "乡镇", "县市区"),
    "存在问题": ("问题描述", "主要问题", "问题内容", "问题事项", "失信事项", "政府失信事项", "问题"),
    "整改责任地区": ("整改责任单位", "责任单位", "牵头单位", "整改单位", "责任部门", "签约单位"),
    "责任人": ("整改责任人", "责任领导"),
    "整改时限": ("完成时限", "办结时限", "整改期限", "时限", "化解时限"),
    "整改措施": ("措施", "整改意见", "整改建议", "处理意见"),
    "整改情况": ("整改进展", "进展情况", "工作进展", "目前进展", "办理情况", "完成情况", "落实情况"),
    "状态": ("整改状态", "办理状态", "是否销号", "是否完成", "是否办结", "是否整改完成", "是否整改到位"),
    "合同名称": ("协议名称", "合同协议名称", "合同"),
    "企业名称": ("涉及企业", "企业", "投资方", "涉事企业", "投资企业"),
    "项目名称": ("项目",),
    "签订日期": ("签订时间", "签约时间", "签约日期"),
    "条款": ("条款位置", "合同条款"),
    "原文": ("条款原文", "条款内容", "原文摘录"),
    "依据": ("法律依据", "政策依据"),
    "问题类别": ("类别", "问题类型", "事项类别"),
    "等级": ("风险等级", "风险级别"),
    "涉及金额": ("金额",),
    "佐证材料": ("凭证", "证明材料"),
    "企业地址": ("地址", "住所", "注册地址"),
    "法定代表人": ("法人", "法人信息", "法人代表"),
    "联系电话": ("电话", "联系方式"),
    "优惠政策及政府承诺事项": ("优惠政策", "承诺事项", "优惠政策内容", "政策内容"),
    "总投资": ("投资额", "投资总额"),
    "备注": ("说明",),
}


class FormError(ContractAuditError):
    """The form cannot be filled; the message says why and what to do."""


class _Place(Struct, frozen=True, kw_only=True):
    """Where a form takes rows: sheet, first row under the headings, and for each of its columns the paper's column."""

    page: Any
    first: int
    columns: dict[int, int]
    unknown: tuple[str, ...]


def fill(form: bytes, sheets: tuple[Sheet, ...], *, day: date) -> tuple[bytes, tuple[str, ...]]:
    """The filled form, and the headings for which nothing is known. Raises FormError."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(BytesIO(form))
    except (BadZipFile, KeyError, ValueError) as error:
        raise FormError("模板不是可读的 xlsx 表格，请用 Excel 或 WPS 另存为 .xlsx 再用") from error
    filled: dict[str, _Place] = {}
    for sheet in sheets:
        places = [place for page in book.worksheets if page.title not in filled and (place := _place(page, sheet))]
        if places:
            best = max(places, key=lambda place: len(place.columns))
            _fill_page(best, sheet)
            filled[best.page.title] = best
    if not filled:
        known = "、".join(column.heading for column in sheets[0].columns if not column.hidden)
        raise FormError(f"模板中没有找到认识的表头（至少{_LEAST}列），可用的列名：{known}")
    stamp = datetime.combine(day, time())
    book.properties.modified = stamp
    book.properties.created = book.properties.created or stamp
    buffer = BytesIO()
    book.save(buffer)
    return same_bytes(buffer.getvalue(), modified=stamp), tuple(
        name for place in filled.values() for name in place.unknown
    )


def column_key(heading: str) -> str:
    """A heading as it is compared: without spaces, line ends and notes in brackets.

    >>> column_key("整改责任 地区(单位)"), column_key("总投资（万元）")
    ('整改责任地区', '总投资')
    """
    return re.sub(r"（[^（）]*）|[\s*＊:：]", "", fold_text(heading)).partition("（")[0]


def _place(page: Any, sheet: Sheet) -> _Place | None:
    """The row of headings with the most known names; None if no row has enough."""
    known = _known(sheet)
    best: _Place | None = None
    for row in range(1, min(page.max_row, _DEPTH) + 1):
        first = _below(page, row)
        named = _headings(page, row, first)
        places = {column: known.get(name, known.get(_plain(name))) for column, name in named.items()}
        columns = {column: place for column, place in places.items() if place is not None}
        columns = {column: place for column, place in columns.items() if list(columns.values()).count(place) == 1}
        if len(columns) >= _LEAST and (best is None or len(columns) > len(best.columns)):
            unknown = tuple(name for column, name in named.items() if column not in columns)
            best = _Place(page=page, first=first, columns=columns, unknown=unknown)
    return best


def _headings(page: Any, row: int, below: int) -> dict[int, str]:
    """Names by column of headings in rows `row` to `below` - 1: under a heading over several columns the lower one."""
    return {
        cell.column: column_key(cell.value)
        for line in page.iter_rows(min_row=row, max_row=below - 1)
        for cell in line
        if isinstance(cell.value, str) and cell.value.strip()
    }


def _known(sheet: Sheet) -> dict[str, int]:
    """Names of the paper's columns, their own first."""
    known: dict[str, int] = {}
    for place, column in enumerate(sheet.columns):
        known.setdefault(column_key(column.heading), place)
    for place, column in enumerate(sheet.columns):
        for other in _OTHER_NAMES.get(column_key(column.heading), ()):
            known.setdefault(other, place)
    return known


def _plain(name: str) -> str:
    found = _ADORNED.fullmatch(name)
    return found[1] if found else name


def _below(page: Any, row: int) -> int:
    """The first row under headings of one or more rows."""
    ends: list[int] = [merged.max_row for merged in page.merged_cells.ranges if merged.min_row <= row <= merged.max_row]
    return max([row, *ends]) + 1


def _fill_page(place: _Place, sheet: Sheet) -> None:
    page, first = place.page, place.first
    room = _free_rows(place)
    styled = max(room, 1)
    missing = len(sheet.rows) - styled
    if missing > 0:
        insert_rows(page, first + styled, missing, first)
    for offset, row in enumerate(sheet.rows):
        if offset >= styled:
            copy_style(page, first + styled - 1, first + offset)
        for column, source in place.columns.items():
            cell = page.cell(first + offset, column)
            if type(cell).__name__ != "MergedCell":
                _set(cell, row[source], sheet, source)
        _make_room(page, first + offset, place.columns)
    for offset in range(len(sheet.rows), room):  # an example row of the form is no row of the list
        for column in place.columns:
            cell = page.cell(first + offset, column)
            if type(cell).__name__ != "MergedCell" and not _is_formula(cell.value):
                cell.value = None


def _free_rows(place: _Place) -> int:
    """Rows under the headings that are there to be filled: up to a total, a note or a merged line."""
    page, row = place.page, place.first
    last: int = page.max_row
    wide = [merged for merged in page.merged_cells.ranges if merged.max_col > merged.min_col]
    while row <= last:
        values = [page.cell(row, column).value for column in range(1, page.max_column + 1)]
        texts = [value for value in values if isinstance(value, str)]
        note = any(
            re.match(r"\s*(备\s*注|注|说明|合\s*计|总\s*计|小\s*计|填\s*表|审\s*核|单位负责人)", text) for text in texts
        )
        if note or any(merged.min_row <= row <= merged.max_row for merged in wide):
            break
        row += 1
    return row - place.first


def _set(cell: Any, value: Value, sheet: Sheet, source: int) -> None:
    """Numbers and dates as such, everything else as text: words never become a formula; a form's formula stays."""
    if _is_formula(cell.value):
        return
    if value is None:
        cell.value = None
    elif isinstance(value, date) and cell.number_format != "General":
        cell.value = value
    elif isinstance(value, str | date):  # a date in a column too narrow for it would show as ###; words wrap
        cell.value = released_text(value, sheet.columns[source])
        if cell.data_type == "f":
            cell.data_type = "s"
        alignment = copy(cell.alignment)
        alignment.wrap_text = True
        cell.alignment = alignment
    else:
        cell.value = value


def _make_room(page: Any, row: int, columns: Iterable[int]) -> None:
    """A row grows where its words need more lines: not every program fits rows by itself when it opens a file."""
    height = page.row_dimensions[row].height or page.sheet_format.defaultRowHeight or _HEIGHT
    needed = 0.0
    for column in columns:
        cell = page.cell(row, column)
        if isinstance(cell.value, str) and cell.data_type != "f":
            width = page.column_dimensions[cell.column_letter].width or _WIDTH
            size = cell.font.size or _POINTS
            room = max(2, int(width * _POINTS / size) - 1)
            lines = sum(max(1, -(-half_widths(part) // room)) for part in cell.value.split("\n"))
            needed = max(needed, lines * size * 1.4 + 4)
    if needed > height:
        page.row_dimensions[row].height = min(409, needed)


def _is_formula(value: object) -> bool:
    return isinstance(value, str) and value.startswith("=")
