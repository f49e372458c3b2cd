"""Tables as checks read them: the rows and, row by row, the folded words of their cells, folded once for all checks."""

from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case
from contract_audit.model import Block


class Table(msgspec.Struct, frozen=True):
    """The rows of a table and, row by row, the folded words of their cells."""

    rows: list[Block]
    cells: list[list[str]]


def tables(case: Case) -> tuple[Table, ...]:
    """The tables of a paper in order."""
    return case.once(_tables)


def is_in_row(case: Case, place: int) -> bool:
    """Whether a row of a table stands at a place of the accepted text."""
    rows = case.once(_rows)
    before = bisect_right(rows, (place, len(case.document.text))) - 1
    return before >= 0 and place < rows[before][1]


def _rows(case: Case) -> Iterator[tuple[int, int]]:
    return ((row.start, row.end) for rows in case.tables() for row in rows)


def _tables(case: Case) -> Iterator[Table]:
    text = case.document.text
    for rows in case.tables():
        yield Table(rows, [[fold_text(text[cell.start : cell.end]).strip() for cell in row.cells] for row in rows])
