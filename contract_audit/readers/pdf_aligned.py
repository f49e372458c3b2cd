"""Tables without rules: rows on end whose runs begin at the same places, as in most signature blocks."""

from itertools import pairwise

from contract_audit.readers.pdf_lines import FIELD, Grid, Item, Line, is_full
from contract_audit.readers.pdf_sheet import Run, part_of

_CELL_GAP = 14.0  # points between the text of two cells
_MAX_REST = 2  # rows in one cell below its first

Row = list[Run]
Cells = tuple[tuple[Line, ...], ...]


def aligned_rows(rows: list[Row], start: int) -> tuple[list[Item], int] | None:
    """The table, or the list of fields, that begins at row `start`, with the row after it; None for ordinary lines."""
    columns = _columns(rows, start)
    if len(columns) < 2:
        return None
    block: list[Row] = []
    stop = start
    while stop < len(rows) and (not block or _is_near(rows, stop)):
        row = _row_of_table(rows[stop], columns, block)
        if row is None:
            break
        block.append(row)
        stop += 1
    if sum(len(row) > 1 for row in block) < 2:
        return None
    cells = _joined([_in_columns(row, columns) for row in block])
    if _are_fields(cells):
        return [tuple(line for cell in row for line in cell) for row in cells], stop
    right = max(run.x1 for row in block for run in row)
    return [Grid(tuple(cells), columns[0], block[-1][0].y0, right, block[0][0].y1, ruled=False)], stop


def _columns(rows: list[Row], start: int) -> list[float]:
    """Left edges at which runs begin in at least half of the parted rows from `start` on (two at least)."""
    parted: list[Row] = []
    single = 0
    for index in range(start, len(rows)):
        row = rows[index]
        single = 0 if len(row) > 1 else single + 1
        if single > _MAX_REST or (index > start and not _is_near(rows, index)):
            break
        if not single:
            if parted and _shared(row, [run.x0 for other in parted for run in other]) < 2:
                break
            parted.append(row)
    starts: list[list[float]] = []
    for x, height in sorted((run.x0, run.height) for row in parted for run in row):
        if starts and x - starts[-1][0] <= height:
            starts[-1].append(x)
        else:
            starts.append([x])
    return [group[0] for group in starts if len(group) >= max(2, 0.5 * len(parted))]


def _shared(row: Row, starts: list[float]) -> int:
    """How many runs of the row begin at one of the places."""
    return sum(any(abs(run.x0 - x) <= run.height for x in starts) for run in row)


def _is_near(rows: list[Row], index: int) -> bool:
    above, below = rows[index - 1][0], rows[index][0]
    return above.y0 - below.y1 < 3 * max(above.height, below.height)


def _row_of_table(row: Row, columns: list[float], block: list[Row]) -> Row | None:
    """The row as a row of a table with these columns below `block`; None if it is none."""
    if len(row) > 1:
        return row if _shared(row, columns) > 1 else None
    return _cut_at(row[0], columns) or (row if block and _is_rest(row[0], columns, block[-1]) else None)


def _is_rest(run: Run, columns: list[float], above: Row) -> bool:
    """Whether the run is the rest of what did not fit in the cell above it."""
    place = next((i for i, x in enumerate(columns) if abs(run.x0 - x) < 0.5 * run.height), None)
    if place is None or FIELD.match(run.text) or (place + 1 < len(columns) and run.x1 > columns[place + 1]):
        return False
    over = next((i for i, other in enumerate(above) if abs(other.x0 - run.x0) < 0.5 * run.height), None)
    if over is None:
        return False
    return place > 0 or (len(above) > 1 and columns[1] - above[0].x1 < 2.5 * run.height)


def _cut_at(run: Run, columns: list[float]) -> Row | None:
    """A run that spans all columns, cut at each where a wide gap lies or a field (乙方：…) begins; else None."""
    cuts = [0]
    for column in columns[1:]:
        places = [index for index in range(cuts[-1] + 1, len(run.glyphs)) if _begins(run, index, column)]
        if not places:
            return None
        cuts.append(min(places, key=lambda index: abs(run.glyphs[index].x0 - column)))
    return [part_of(run, start, end) for start, end in pairwise([*cuts, len(run.glyphs)])]


def _begins(run: Run, index: int, column: float) -> bool:
    """Whether a cell begins at glyph `index`, near the left edge of the column."""
    gap, off = run.glyphs[index].x0 - run.glyphs[index - 1].x1, abs(run.glyphs[index].x0 - column)
    if gap > run.height:
        return off < 0.5 * run.height
    return off < run.height and gap > 0 and bool(FIELD.match(run.text, run.starts[index]))


def _in_columns(row: Row, columns: list[float]) -> Cells:
    cells: list[Row] = [[] for _ in columns]
    for run in row:
        place = max((i for i, x in enumerate(columns) if x <= run.x0 + run.height), default=0)
        cells[place].append(run)
    borders = [x - _CELL_GAP for x in columns[1:]]
    return tuple(
        (Line(tuple(cell), cell[0].x0, border),) if cell else ()
        for cell, border in zip(cells, [*borders, None], strict=True)
    )


def _joined(rows: list[Cells]) -> list[Cells]:
    """Rows of cells, where a row that only goes on with full cells of the row above belongs to that row."""
    edge = max((line.x1 for row in rows for line in row[-1]), default=0.0)
    joined: list[Cells] = []
    for row in rows:
        bounded = (*row[:-1], tuple(Line(line.runs, line.left, edge) for line in row[-1]))
        if joined and all(_goes_on(over, cell) for over, cell in zip(joined[-1], bounded, strict=True)):
            joined[-1] = tuple(over + cell for over, cell in zip(joined[-1], bounded, strict=True))
        else:
            joined.append(bounded)
    return joined


def _goes_on(over: tuple[Line, ...], cell: tuple[Line, ...]) -> bool:
    return not cell or (bool(over) and not FIELD.match(cell[0].text) and is_full(over[-1], cell[0], cell[0].em))


def _are_fields(rows: list[Cells]) -> bool:
    """Whether the table is a list of fields with their values in line (甲方：　　某县人民政府): ordinary lines, that is."""
    return all(
        len(row) == 2
        and row[0]
        and row[0][-1].text.endswith(("：", ":"))
        and not (row[1] and FIELD.match(row[1][0].text))
        for row in rows
    )
