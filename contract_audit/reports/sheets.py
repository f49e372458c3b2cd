"""Tables as an office files them: a paper is a tuple of sheets, `render` makes the workbook.

A4 landscape, one page wide, title in 黑体, cells in 仿宋, heading rows repeated on every page, page numbers at the foot.
Every cell is written as text or number: words of an agreement never become a formula. Personal numbers are covered in
all columns but those that ask for them. Equal sheets and day give equal bytes.
"""

from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any, Literal

import xlsxwriter
from msgspec.structs import replace

from contract_audit.chinese.personal import mask_personal
from contract_audit.model import Struct
from contract_audit.reports.identity import GENERATOR
from contract_audit.reports.wording import chinese_date

FONT = "仿宋_GB2312"
_CELL_LIMIT = 32_767  # characters in one cell; beyond it XlsxWriter drops the text and only returns a code
_CUT_MARK = "……（超出单元格上限，全文见 findings.jsonl）"
_LINE_HEIGHT = 15.5  # points, at 11 pt
_MAX_HEIGHT = 409  # the most that a row may have
_MAX_LINES = int((_MAX_HEIGHT - 6) / _LINE_HEIGHT)
_ROOM_BELOW = 200  # rows that people add below get the choices as well

Value = str | int | Decimal | date | None
Align = Literal["left", "centre"]
Written = Any  # xlsxwriter has no type information


class Column(Struct, frozen=True):
    """A column: heading, width in half-width characters, how its cells stand; `personal` columns ask for full numbers.

    `choices` are offered as a list; `hidden` columns are keys by which an edited sheet is read back.
    """

    heading: str
    width: float
    align: Align = "left"
    choices: tuple[str, ...] = ()
    hidden: bool = False
    personal: bool = False
    percent: bool = False


class Sheet(Struct, frozen=True, kw_only=True):
    """One sheet: the form's title (none: the heading row stands first), a line under it, columns, rows, notes below.

    A row is numbered in its first column by whoever makes it. `wide` is the number of pages side by side; `merged`
    columns join equal neighbouring cells; `total` rows at the end are set in 黑体.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    wide: int = 1
    filtered: bool = False
    merged: tuple[int, ...] = ()
    totals: int = 0
    annex: str = ""  # 附件1, left above the title


def render(sheets: tuple[Sheet, ...], *, title: str, day: date) -> bytes:
    """The workbook as bytes; `day` is the date in the file's properties."""
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": title, "keywords": GENERATOR, "created": datetime.combine(day, time())})
        formats = _formats(workbook)
        for sheet in sheets:
            _write(workbook.add_worksheet(sheet.name), formats, sheet)
    return buffer.getvalue()


def cell_text(value: Value) -> str:
    """A value as it is printed: dates 2023年1月28日, amounts without trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, date):
        return chinese_date(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def released_text(value: Value, column: Column) -> str:
    """What that column may show of a value."""
    return cell_text(value) if column.personal or column.hidden else mask_personal(cell_text(value))


def _formats(workbook: Written) -> dict[str, Written]:
    make = partial(workbook.add_format)
    body = {"font_name": FONT, "font_size": 11, "border": 1, "text_wrap": True, "valign": "vcenter"}
    heading = {"font_name": "黑体", "align": "center", "valign": "vcenter", "text_wrap": True}
    return {
        "annex": make({"font_name": "黑体", "font_size": 14}),
        "title": make({**heading, "font_size": 18}),
        "large": make({"font_name": "黑体", "font_size": 18}),
        "small": make({"font_name": FONT, "font_size": 11}),
        "header": make({**body, "font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"}),
        "left": make({**body, "align": "left"}),
        "centre": make({**body, "align": "center"}),
        "percent": make({**body, "align": "center", "num_format": "0.0%"}),
        "total": make({**body, "font_name": "黑体", "align": "center"}),
        "total_percent": make({**body, "font_name": "黑体", "align": "center", "num_format": "0.0%"}),
        "note": make({"font_name": FONT, "font_size": 11, "text_wrap": True, "valign": "top"}),
        "key": make({"font_name": "Consolas", "font_size": 9}),
    }


def _write(page: Written, formats: dict[str, Written], sheet: Sheet) -> None:
    sheet = replace(sheet, rows=tuple(part for row in sheet.rows for part in _parted(row, sheet.columns)))
    shown = tuple(column for column in sheet.columns if not column.hidden)
    top = _titles(page, formats, sheet, len(shown) - 1)
    for place, column in enumerate(sheet.columns):
        page.write_string(top, place, column.heading, formats["key" if column.hidden else "header"])
        page.set_column(place, place, None if column.hidden else column.width, None, {"hidden": column.hidden})
    lines = max(_lines(column.heading, column.width) for column in shown)
    page.set_row(top, max(30, lines * _LINE_HEIGHT + 6))
    for offset, row in enumerate(sheet.rows, start=1):
        total = offset > len(sheet.rows) - sheet.totals
        _row(page, formats, top + offset, sheet.columns, row, total=total)
    last = top + max(len(sheet.rows), 1)
    _merge(page, formats, sheet, top + 1)
    _choices(page, sheet, top + 1, last)
    after = _notes(page, formats, sheet, last + 1, len(shown) - 1)
    if sheet.filtered:
        page.autofilter(top, 0, last, len(shown) - 1)
    _page(page, sheet, top, after, len(shown) - 1)


def _titles(page: Written, formats: dict[str, Written], sheet: Sheet, last: int) -> int:
    """Annex mark, title and the line under it; returns the row of the headings."""
    row = 0
    if sheet.annex:
        page.write_string(row, 0, sheet.annex, formats["annex"])
        page.set_row(row, 22)
        row += 1
    if not sheet.title:
        return row
    if last:
        page.merge_range(row, 0, row, last, "", formats["title"])
    if sheet.subtitle:
        parts = (formats["large"], sheet.title + "\n", formats["small"], sheet.subtitle)
        page.write_rich_string(row, 0, *parts, formats["title"])
    else:
        page.write_string(row, 0, sheet.title, formats["title"])
    room = sum(column.width for column in sheet.columns if not column.hidden)
    page.set_row(row, 34 + 18 * _lines(sheet.subtitle, room) if sheet.subtitle else 40)
    return row + 1


def _row(
    page: Written,
    formats: dict[str, Written],
    row: int,
    columns: tuple[Column, ...],
    values: tuple[Value, ...],
    *,
    total: bool,
) -> None:
    """A row as high as its longest cell needs: not every office program fits rows when it opens a file."""
    lines = 1
    for place, (column, value) in enumerate(zip(columns, values, strict=True)):
        style: str = "percent" if column.percent else column.align
        if total:
            style = "total_percent" if column.percent else "total"
        text = released_text(value, column)
        if column.hidden:
            page.write_string(row, place, text, formats["key"])
        elif isinstance(value, int | Decimal):
            page.write_number(row, place, value, formats[style])
        else:
            write_text(page, row, place, text, formats[style])
            lines = max(lines, _lines(text, column.width))
    page.set_row(row, lines * _LINE_HEIGHT + 6)


def _parted(row: tuple[Value, ...], columns: tuple[Column, ...]) -> list[tuple[Value, ...]]:
    """A row whose text needs more height than a row can have goes on in further rows: nothing is cut on paper."""
    texts = [
        "" if column.hidden or isinstance(value, int | Decimal) else released_text(value, column)
        for value, column in zip(row, columns, strict=True)
    ]
    if all(_lines(text, column.width) <= _MAX_LINES for text, column in zip(texts, columns, strict=True)):
        return [row]
    pieces = [_pieces(text, column.width) for text, column in zip(texts, columns, strict=True)]
    parts: list[tuple[Value, ...]] = []
    for number in range(max(map(len, pieces))):
        cells = zip(row, pieces, strict=True)
        parts.append(tuple(_piece(value, found, number) for value, found in cells))
    return parts


def _piece(value: Value, pieces: list[str], number: int) -> Value:
    if len(pieces) > 1:
        return pieces[number] if number < len(pieces) else None
    return value if number == 0 else None


def _pieces(text: str, width: float) -> list[str]:
    """The text in pieces that a row has room for, parted at line ends, and within a line only where it is too long."""
    room = max(1, int(width) // 2 - 1) * _MAX_LINES
    pieces: list[str] = []
    for line in text.split("\n"):
        for at in range(0, max(1, len(line)), room):
            part = line[at : at + room]
            if pieces and at == 0 and _lines(f"{pieces[-1]}\n{part}", width) <= _MAX_LINES:
                pieces[-1] += f"\n{part}"
            else:
                pieces.append(part)
    return pieces


def write_text(page: Written, row: int, place: int, text: str, style: Written) -> None:
    """A cell of text, cut where a cell ends."""
    if not text:
        page.write_blank(row, place, None, style)
        return
    if len(text) > _CELL_LIMIT:
        text = text[: _CELL_LIMIT - len(_CUT_MARK)] + _CUT_MARK
    page.write_string(row, place, text, style)


def _merge(page: Written, formats: dict[str, Written], sheet: Sheet, first: int) -> None:
    for place in sheet.merged:
        start = 0
        for end in range(1, len(sheet.rows) + 1):
            if end < len(sheet.rows) and sheet.rows[end][place] == sheet.rows[start][place]:
                continue
            if end - start > 1 and sheet.rows[start][place] is not None:
                text = released_text(sheet.rows[start][place], sheet.columns[place])
                page.merge_range(first + start, place, first + end - 1, place, text, formats["centre"])
            start = end


def _choices(page: Written, sheet: Sheet, first: int, last: int) -> None:
    for place, column in enumerate(sheet.columns):
        if column.choices:
            page.data_validation(
                first,
                place,
                last + _ROOM_BELOW,
                place,
                {
                    "validate": "list",
                    "source": list(column.choices),
                    "error_type": "warning",
                    "error_title": column.heading,
                    "error_message": f"通常填写{'、'.join(column.choices)}之一，确需另填请选“是”。",
                },
            )


def _notes(page: Written, formats: dict[str, Written], sheet: Sheet, row: int, last: int) -> int:
    """Notes under the table; returns the last row that is printed."""
    room = sum(column.width for column in sheet.columns if not column.hidden)
    for note in sheet.notes:
        text = mask_personal(note)
        if last:
            page.merge_range(row, 0, row, last, text, formats["note"])
        else:
            page.write_string(row, 0, text, formats["note"])
        page.set_row(row, _lines(text, room) * _LINE_HEIGHT + 6)
        row += 1
    return row - 1


def _lines(text: str, width: float) -> int:
    """Lines that `text` takes in a column of `width` half-width characters; Chinese characters take two."""
    room = max(2, int(width) - 1)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, -(-half_widths(part) // room)) for part in text.split("\n"))


def half_widths(text: str) -> int:
    """In GBK a Chinese character takes two bytes and a Latin one takes one: the widths in which they are printed."""
    return len(text.encode("gbk", "replace"))


def _page(page: Written, sheet: Sheet, top: int, last_row: int, last: int) -> None:
    page.set_landscape()
    page.center_horizontally()
    page.set_paper(9)
    page.fit_to_pages(sheet.wide, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.repeat_rows(0 if not sheet.annex else 1, top)
    page.freeze_panes(top + 1, 0)
    page.set_footer(f'&C&"{FONT}"&10第 &P 页，共 &N 页')
    if sheet.title:
        page.print_area(0, 0, last_row, last)
    if sheet.wide > 1:
        page.repeat_columns(0, 1)
