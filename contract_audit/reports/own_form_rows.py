"""Rows put into a worksheet as a spreadsheet program would: everything below moves, and what refers to it follows."""

import re
from copy import copy
from typing import Any

_REFERENCE = re.compile(
    r"(?P<sheet>'[^']+'!|[A-Za-z0-9_\u4e00-\u9fff]+!)?(?P<column>\$?[A-Z]{1,3})(?P<fixed>\$?)(?P<row>\d+)(?![\d(])"
)
_QUOTED = re.compile(r'"[^"]*"')


def insert_rows(page: Any, at: int, count: int, first: int) -> None:
    """Put `count` empty rows before row `at`; rows `first` to `at` - 1 are the list that grows.

    Ranges that end in the list's last row grow with it.
    """
    merged = [str(found) for found in page.merged_cells.ranges if found.min_row >= at]
    for area in merged:
        page.unmerge_cells(area)
    heights = {row: size.height for row, size in page.row_dimensions.items() if row >= at and size.height is not None}
    styles = [(row, column) for row in range(at, page.max_row + 1) for column in range(1, page.max_column + 1)]
    for row, column in reversed(styles):
        _move(page, row, column, count)
    for area in merged:
        page.merge_cells(shifted(area, at, count, first))
    for row in heights:
        page.row_dimensions[row].height = None
    for row, height in heights.items():
        page.row_dimensions[row + count].height = height
    _follow(page, at, count, first)


def copy_style(page: Any, source: int, target: int) -> None:
    """Give a row the looks, height and relative formulas of another."""
    from openpyxl.formula.translate import Translator

    page.row_dimensions[target].height = page.row_dimensions[source].height
    for column in range(1, page.max_column + 1):
        old, new = page.cell(source, column), page.cell(target, column)
        if type(new).__name__ == "MergedCell":
            continue
        new._style = copy(old._style)
        if isinstance(old.value, str) and old.value.startswith("="):
            new.value = Translator(old.value, origin=old.coordinate).translate_formula(new.coordinate)


def shifted(formula: str, at: int, count: int, first: int) -> str:
    """References to rows from `at` on move down; a range that ends in the list's last row reaches its new end.

    >>> shifted("SUM(F4:F5)+F9", 6, 10, 4), shifted('IF(A9="A9",1,2)', 6, 10, 4)
    ('SUM(F4:F15)+F19', 'IF(A19="A9",1,2)')
    """

    def move(match: re.Match[str]) -> str:
        if match["sheet"] is not None:
            return match[0]
        row = int(match["row"])
        ends_range = match.start() > 0 and match.string[match.start() - 1] == ":"
        grows = ends_range and row == at - 1 >= first
        row += count if row >= at or grows else 0
        return f"{match['column']}{match['fixed']}{row}"

    pieces, position = [], 0
    for quoted in _QUOTED.finditer(formula):
        pieces += [_REFERENCE.sub(move, formula[position : quoted.start()]), quoted[0]]
        position = quoted.end()
    return "".join([*pieces, _REFERENCE.sub(move, formula[position:])])


def _move(page: Any, row: int, column: int, count: int) -> None:
    old, new = page.cell(row, column), page.cell(row + count, column)
    new.value, new._style = old.value, copy(old._style)
    if old.hyperlink:
        new.hyperlink = copy(old.hyperlink)
        new.hyperlink.ref = new.coordinate
        old.hyperlink = None
    if old.comment:
        new.comment, old.comment = copy(old.comment), None
    old.value = None


def _follow(page: Any, at: int, count: int, first: int) -> None:
    """Formulas, choices, conditional looks, filter and printed area after rows were put in."""
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = shifted(cell.value, at, count, first)
    for choice in page.data_validations.dataValidation:
        areas = [_grown(str(area), at, count, first) for area in choice.sqref.ranges]
        choice.sqref = type(choice.sqref)(" ".join(areas))
    if page.auto_filter.ref:
        page.auto_filter.ref = _grown(page.auto_filter.ref, at, count, first)
    if page.print_area:
        areas = page.print_area if isinstance(page.print_area, list) else [page.print_area]
        page.print_area = [_grown(area.rpartition("!")[2].replace("$", ""), at, count, first) for area in areas]


def _grown(area: str, at: int, count: int, first: int) -> str:
    """An area; a single cell of the list's last row becomes the column of the longer list."""
    if ":" not in area:
        area = f"{area}:{area}"
    return shifted(area, at, count, first)
