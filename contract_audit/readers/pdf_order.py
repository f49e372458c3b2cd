"""Rows of a page in the order a reader takes them: columns of prose, tables without rules, plain lines."""

from collections.abc import Sequence
from itertools import pairwise

from contract_audit.readers.pdf_aligned import aligned_rows
from contract_audit.readers.pdf_lines import Item, Line, rows_of
from contract_audit.readers.pdf_sheet import Run

_MIN_COLUMN_ROWS = 6
_MIN_COLUMN_FILL = 0.72  # prose fills its column; signature blocks and lists do not


def reading_order(runs: Sequence[Run], width: float) -> list[Item]:
    """Lines and unruled tables of one page in the order a reader takes them; two columns of prose one after the other."""
    rows = rows_of(runs)
    gutter = _gutter(rows, width)
    out: list[Item] = []
    index = 0
    while index < len(rows):
        stop = index
        if gutter is not None:
            while stop < len(rows) and _leaves_free(rows[stop], gutter):
                stop += 1
        if gutter is not None and _is_prose_in_columns(rows[index:stop], gutter):
            out.extend(_columns(rows[index:stop], gutter))
            index = stop
            continue
        aligned = aligned_rows(rows, index)
        if aligned is not None:
            items, index = aligned
            out.extend(items)
        else:
            out.append(Line(tuple(rows[index])))
            index += 1
    return out


def _gutter(rows: list[list[Run]], width: float) -> float | None:
    """The height line in the middle part of the page that most rows leave free with text on both sides."""
    gaps = [
        (before.x1, after.x0)
        for row in rows
        for before, after in pairwise(row)
        if 0.25 * width < (before.x1 + after.x0) / 2 < 0.75 * width
    ]
    if len(gaps) < _MIN_COLUMN_ROWS // 2:
        return None
    # Most gaps share a point at which one of them begins; ragged left columns make the right edge the surest.
    candidates = sorted({right - 1 for _, right in gaps})
    return max(candidates, key=lambda x: sum(left < x < right for left, right in gaps))


def _leaves_free(row: list[Run], gutter: float) -> bool:
    return all(run.x1 <= gutter + 1 or run.x0 >= gutter - 1 for run in row)


def _is_prose_in_columns(rows: list[list[Run]], gutter: float) -> bool:
    if len(rows) < _MIN_COLUMN_ROWS:
        return False
    left = [(row[0].x0, row[0].x1) for row in rows if row[0].x1 <= gutter + 1]
    right = [(row[-1].x0, row[-1].x1) for row in rows if row[-1].x0 >= gutter - 1]
    both = len(left) + len(right) - len(rows)
    if min(len(left), len(right)) < _MIN_COLUMN_ROWS - 1 or both < 0.4 * len(rows):
        return False
    return all(_fill(spans) >= _MIN_COLUMN_FILL for spans in (left, right))


def _fill(spans: list[tuple[float, float]]) -> float:
    """How much of the column's width its lines take up, in the mean."""
    width = max(end for _, end in spans) - min(start for start, _ in spans)
    return sum(end - start for start, end in spans) / (len(spans) * width) if width > 0 else 0.0


def _columns(rows: list[list[Run]], gutter: float) -> list[Line]:
    lines: list[Line] = []
    for side in (-1, 1):
        own = [tuple(run for run in row if (run.middle_x - gutter) * side > 0) for row in rows]
        own = [row for row in own if row]
        left, right = min(row[0].x0 for row in own), max(row[-1].x1 for row in own)
        lines.extend(Line(row, left, right) for row in own)
    return lines
