"""Lines to paragraphs and tables over page ends: the order and the joins a reader makes without thinking."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from contract_audit.readers.pdf_furniture import split_furniture
from contract_audit.readers.pdf_lines import Grid, Item, Line, is_full
from contract_audit.readers.pdf_order import reading_order
from contract_audit.readers.pdf_ruled import cut_tables
from contract_audit.readers.pdf_sheet import Sheet

_LABEL = re.compile(
    r"\s*(第[零〇一二三四五六七八九十百\d]+[编章节条款]|[零〇一二三四五六七八九十]+[、．.]|[（(][零〇一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}([.．]\d{1,2})+(?!\d|[万亿%％])|\d{1,2}\s*[.．、)）](?!\d)|[①-⑳•●]|[壹贰叁肆伍陆柒捌玖拾]+、|[A-Za-z][).、]|附[件表录]|[甲乙丙丁]方[：:（(])"
)
_TERMINAL = tuple("。；：;:.！？!?")
_LEADERS = re.compile(r"[.…·．]{4,}\s*\d{1,3}\s*$|…{2,}\s*\d{1,3}\s*$")
_CELL_PADDING = 8.0  # points between text and border


class Paragraph(msgspec.Struct):
    """Lines that a reader takes as one paragraph, each with the sheet it stands on."""

    lines: list[tuple[Sheet, Line]]
    is_toc: bool = False
    is_closed: bool = False  # known to be complete


class Table(msgspec.Struct):
    """A table with its rows, each with the sheet it stands on; parts on several pages are one table."""

    rows: list[tuple[Sheet, list[list[tuple[Sheet, Line]]]]]
    ruled: bool
    nested: list[tuple[Sheet, Grid]]


Flow = list[Paragraph | Table]


def flow_of(sheets: Sequence[Sheet]) -> tuple[Flow, list[str]]:
    """The whole text of a file in reading order, and its headers and footers."""
    cut = [cut_tables(sheet.runs, sheet.rules) for sheet in sheets]
    bodies, furniture = split_furniture([(free, sheet.height) for sheet, (free, _) in zip(sheets, cut, strict=True)])
    pages = [
        (sheet, _with_tables(reading_order(body, sheet.width), grids))
        for sheet, body, (_, grids) in zip(sheets, bodies, cut, strict=True)
    ]
    pages = list(_with_bounds(pages))
    indented = _is_indented([item for _, items in pages for item in items if isinstance(item, Line)])
    flow: Flow = []
    for sheet, items in pages:
        for rank, item in enumerate(items):
            if isinstance(item, Grid):
                _add_table(flow, sheet, item, follows_page_end=rank == 0)
            elif isinstance(item, Line):
                _add_line(flow, sheet, item, indented=indented)
            else:
                flow.append(Paragraph([(sheet, line) for line in item], is_closed=True))
    return flow, furniture


def _is_indented(lines: list[Line]) -> bool:
    """Whether the file marks a new paragraph by setting its first line in, as Chinese papers do."""
    inset = sum(1.2 * line.em < line.x0 - (line.left or 0.0) < 3 * line.em for line in lines)
    return inset >= 0.15 * len(lines)


def _with_tables(items: list[Item], grids: list[Grid]) -> list[Item]:
    """Set each ruled table before the first line that stands below its top edge."""
    for grid in sorted(grids, key=lambda grid: -grid.y1):
        place = next((index for index, item in enumerate(items) if _top(item) < grid.y1), len(items))
        items.insert(place, grid)
    return items


def _top(item: Item) -> float:
    return item[0].y1 if isinstance(item, tuple) else item.y1


def _with_bounds(
    pages: list[tuple[Sheet, list[Item]]],
) -> Iterator[tuple[Sheet, list[Item]]]:
    """Give each line of the full width the text margins of its page; short pages take those of the whole file."""
    by_size: dict[tuple[int, int], list[Line]] = {}
    for sheet, items in pages:
        by_size.setdefault(_size(sheet), []).extend(_plain(items))
    for sheet, items in pages:
        own = _plain(items)
        left, right = _margins(own if len(own) >= 10 else by_size[_size(sheet)], sheet)
        yield (
            sheet,
            [Line(item.runs, left, right) if isinstance(item, Line) and item.right is None else item for item in items],
        )


def _size(sheet: Sheet) -> tuple[int, int]:
    return round(sheet.width / 10), round(sheet.height / 10)


def _plain(items: list[Item]) -> list[Line]:
    return [item for item in items if isinstance(item, Line) and item.right is None]


def _margins(lines: list[Line], sheet: Sheet) -> tuple[float, float]:
    if not lines:
        return 0.0, sheet.width
    lefts = sorted(line.x0 for line in lines)
    rights = sorted(line.x1 for line in lines if line.x1 - line.x0 > 0.5 * sheet.width) or [sheet.width]
    return lefts[len(lefts) // 20], rights[len(rights) - 1 - len(rights) // 20]


def _add_line(flow: Flow, sheet: Sheet, line: Line, *, indented: bool) -> None:
    last = flow[-1] if flow else None
    toc = bool(_LEADERS.search(line.text))
    if not toc and isinstance(last, Paragraph) and _continues(last, sheet, line, indented=indented):
        last.lines.append((sheet, line))
    else:
        flow.append(Paragraph([(sheet, line)], is_toc=toc, is_closed=toc))


def _continues(paragraph: Paragraph, sheet: Sheet, line: Line, *, indented: bool) -> bool:
    """Whether `line` goes on where the paragraph's last line had to break."""
    before_sheet, before = paragraph.lines[-1]
    if paragraph.is_closed or abs(before.em - line.em) > 0.2 * line.em or not is_full(before, line):
        return False
    if before_sheet is sheet and before.y0 > line.y1 and before.y0 - line.y1 > 2.5 * line.height:
        return False
    if not _hangs(paragraph, line):
        return False
    if not before.text.endswith(_TERMINAL):
        return True
    return indented and not _LABEL.match(line.text)


def _hangs(paragraph: Paragraph, line: Line) -> bool:
    """Whether the line begins where a second line of the paragraph would: at the margin, or in line with the one above."""
    left = line.left or 0.0
    em = line.em
    if line.x0 <= left + 0.8 * em:
        return True
    first = paragraph.lines[0][1]
    if len(paragraph.lines) > 1:
        return abs(line.x0 - paragraph.lines[-1][1].x0) < 0.5 * em
    if line.x0 < first.x0 - 0.8 * em:  # the paragraph as a whole is set in, its first line more
        return True
    hang = line.x0 - first.x0  # the second line begins under the words after the label
    label = _LABEL.match(first.text)
    return (
        bool(label)
        and 0.8 * em < hang < 5 * em
        and any(abs(glyph.x0 - line.x0) < 0.3 * em for glyph in first.runs[0].glyphs)
    )


def _add_table(flow: Flow, sheet: Sheet, grid: Grid, *, follows_page_end: bool) -> None:
    rows = [(sheet, [[(sheet, line) for line in cell] for cell in row]) for row in grid.rows]
    last = flow[-1] if flow else None
    nested = [(sheet, inner) for inner in grid.nested]
    if not (
        isinstance(last, Table)
        and follows_page_end
        and last.rows[-1][0] is not sheet
        and last.ruled
        and grid.ruled
        and len(last.rows[0][1]) == len(grid.rows[0])
    ):
        flow.append(Table(rows, grid.ruled, nested))
        return
    repeated = 0
    while repeated < min(len(rows), len(last.rows)) and _words(rows[repeated]) == _words(last.rows[repeated]) != "":
        repeated += 1
    rows = rows[repeated:]
    if rows and _is_split_row(last, rows[0][1]):
        for cell, rest in zip(last.rows[-1][1], rows[0][1], strict=True):
            cell.extend(rest)
        rows = rows[1:]
    last.rows.extend(rows)
    last.nested.extend(nested)


def _words(row: tuple[Sheet, list[list[tuple[Sheet, Line]]]]) -> str:
    return "\t".join("".join(line.text for _, line in cell) for cell in row[1]).strip("\t")


def _is_split_row(table: Table, row: list[list[tuple[Sheet, Line]]]) -> bool:
    """Whether the row goes on with a row that the page end cut: its first cell is empty and another one continues."""
    above = table.rows[-1][1]
    if row[0] or not above[0] or not any(row):
        return False
    if any(
        cell and over and is_full(over[-1][1], cell[0][1], _CELL_PADDING) for over, cell in zip(above, row, strict=True)
    ):
        return True
    return all(cells[0] for _, cells in table.rows)  # no merged first column that could leave it empty


def joins_in_cell(before: Line, line: Line) -> bool:
    """Whether two lines of one table cell are one paragraph."""
    return is_full(before, line, _CELL_PADDING) and not before.text.endswith(_TERMINAL)
