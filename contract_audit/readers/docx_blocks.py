"""Paragraphs and tables as read from a docx, and the blocks they become."""

from typing import NamedTuple

import msgspec

from contract_audit.model import BlockKind
from contract_audit.readers.assemble import Aside, Assembler, Run, plain, shown, split_lines
from contract_audit.readers.clean import cleaned
from contract_audit.readers.lines import group_lines

MAX_COLUMNS = 64  # Word allows 63


class Text(msgspec.Struct):
    """One paragraph: runs of accepted text and what it is."""

    runs: list[Run]
    kind: BlockKind
    label: str | None
    level: int | None
    page: int | None
    asides: list[Aside] = []


class Cell(NamedTuple):
    """One table cell: its content in order, and the columns it covers."""

    items: list["Item"]
    span: int


class Table(msgspec.Struct):
    """A table: rows of cells, each row with its page."""

    rows: list[list[Cell]]
    pages: list[int | None]


Item = Text | Table


def assemble(items: list[Item], assembler: Assembler) -> None:
    """Add the blocks of `items` to `assembler`."""
    for item in items:
        for aside in item_asides(item):
            assembler.aside(aside)
        if isinstance(item, Table):
            _add_table(item, assembler)
        else:
            _add_text(item, assembler)


def item_asides(item: Item) -> list[Aside]:
    """Hidden and deleted text of a paragraph, or of all cells of a table."""
    if isinstance(item, Text):
        return item.asides
    return [aside for row in item.rows for cell in row for inner in cell.items for aside in item_asides(inner)]


def cell_runs(cell: Cell) -> list[Run]:
    """The text of a cell: paragraphs one a line with their numbers, rows of inner tables one a line."""
    lines: list[list[Run]] = []
    for item in cell.items:
        if isinstance(item, Table):
            lines += [_spaced([cell_runs(inner) for inner in row]) for row in item.rows]
        else:
            lines.append(([shown(item.label)] if item.label else []) + item.runs)
    runs: list[Run] = []
    for line in lines:
        if plain(line).strip():
            runs += [shown("\n"), *line] if runs else line
    return runs


def _add_text(item: Text, assembler: Assembler) -> None:
    """One block, or several where manual line breaks part lines that are paragraphs of their own."""
    if "\n" not in plain(item.runs):
        assembler.paragraph(item.runs, kind=item.kind, label=item.label, level=item.level, page=item.page)
        return
    lines = split_lines(item.runs)
    label = item.label
    for group in group_lines([plain(line) for line in lines]):
        runs = [run for index in group for run in lines[index]]
        assembler.paragraph(runs, kind=item.kind, label=label, level=item.level if label else None, page=item.page)
        label = None
    if label:
        assembler.paragraph([], kind=item.kind, label=label, level=item.level, page=item.page)


def _add_table(table: Table, assembler: Assembler) -> None:
    assembler.table([_columns(row) for row in table.rows], table.pages)
    for cells in table.rows:
        for cell in cells:
            for item in cell.items:
                if isinstance(item, Table):
                    _add_inner_grid(item, assembler)


def _add_inner_grid(table: Table, assembler: Assembler) -> None:
    """The grid of a table inside a cell; its text already stands in the outer row."""
    assembler.grid([[cleaned(plain(cell)).strip() for cell in _columns(row)] for row in table.rows])
    for row in table.rows:
        for cell in row:
            for item in cell.items:
                if isinstance(item, Table):
                    _add_inner_grid(item, assembler)


def _columns(row: list[Cell]) -> list[list[Run]]:
    """The runs of a row by grid column: merged columns are empty after the first, continued cells empty."""
    columns: list[list[Run]] = []
    spread = sum(cell.span for cell in row) <= MAX_COLUMNS
    for cell in row:
        columns.append(cell_runs(cell))
        columns.extend([] for _ in range(cell.span - 1 if spread else 0))
    return columns


def _spaced(cells: list[list[Run]]) -> list[Run]:
    runs: list[Run] = []
    for cell in cells:
        if plain(cell).strip():
            runs += [shown(" "), *cell] if runs else cell
    return runs
