"""Lines to paragraphs and tables over page ends: the order and the joins a reader makes without thinking."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from contract_audit.readers.pdf_furniture import split_furniture
from contract_audit.readers.pdf_joins import CELL_PADDING, Paragraph, Style, continues, style_of
from contract_audit.readers.pdf_lines import Grid, Item, Line, is_full
from contract_audit.readers.pdf_order import reading_order
from contract_audit.readers.pdf_ruled import cut_tables
from contract_audit.readers.pdf_sheet import Sheet

_TOTAL = re.compile(r"[合小总共]\s*计")  # begins a row of its own, however empty the row is
_LEADERS = re.compile(r"[.…·．]{4,}\s*\d{1,3}\s*$|…{2,}\s*\d{1,3}\s*$")


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
    style = style_of([item for _, items in pages for item in items if isinstance(item, Line)])
    flow: Flow = []
    for sheet, items in pages:
        for rank, item in enumerate(items):
            if isinstance(item, Grid):
                _add_table(flow, sheet, item, follows_page_end=rank == 0)
            elif isinstance(item, Line):
                _add_line(flow, sheet, item, style)
            else:
                flow.append(Paragraph([(sheet, line) for line in item], is_closed=True))
    return flow, furniture


def _with_tables(items: list[Item], grids: list[Grid]) -> list[Item]:
    """Set each ruled table before the first line of its column that stands below its top edge."""
    for grid in sorted(grids, key=lambda grid: -grid.y1):
        same_column = [index for index, item in enumerate(items) if _overlaps(item, grid)]
        below = [index for index in same_column or range(len(items)) if _first(items[index]).y1 < grid.y1]
        place = below[0] if below else (same_column[-1] + 1 if same_column else len(items))
        items.insert(place, grid)
    return items


def _first(item: Item) -> Line | Grid:
    return item[0] if isinstance(item, tuple) else item


def _overlaps(item: Item, grid: Grid) -> bool:
    return _first(item).x0 < grid.x1 and grid.x0 < _first(item).x1


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


def _add_line(flow: Flow, sheet: Sheet, line: Line, style: Style) -> None:
    last = flow[-1] if flow else None
    toc = bool(_LEADERS.search(line.text))
    if not toc and isinstance(last, Paragraph) and continues(last, sheet, line, style):
        last.lines.append((sheet, line))
    else:
        flow.append(Paragraph([(sheet, line)], is_toc=toc, is_closed=toc))


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
    """Whether the row goes on with a row that the page end cut: some cells are empty, and others continue full ones."""
    above = table.rows[-1][1]
    if not above[0] or not any(row) or any(cell and _TOTAL.match(cell[0][1].text) for cell in row):
        return False
    goes_on = [
        bool(over) and is_full(over[-1][1], cell[0][1], CELL_PADDING)
        for over, cell in zip(above, row, strict=True)
        if cell
    ]
    if row[0]:
        return all(goes_on) and any(over and not cell for over, cell in zip(above, row, strict=True))
    return any(goes_on) or all(cells[0] for _, cells in table.rows)  # no merged first column that could leave it empty
