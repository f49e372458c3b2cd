"""Two columns of prose: the gutter between them, and the rows that it parts."""

from collections.abc import Sequence
from itertools import pairwise

from contract_audit.readers.pdf_lines import Line
from contract_audit.readers.pdf_sheet import Run, part_of

_MIDDLE = (0.3, 0.7)  # of the page's width: where a gutter may lie
_MIN_GAP = 0.8  # line heights; letter-spaced words are closer
_MIN_FULL = 3  # lines on each side that reach their column's right edge: prose does, signature blocks and lists do not
_SHORTEST = 8  # characters of a full line of prose; a field that waits for its value is none
_RAGGED = 2.0  # line heights by which a full line may fall short, or a first line be set in


def gutter_of(runs: Sequence[Run], width: float) -> float | None:
    """The x in the middle of the page at which most text to its left ends and most to its right begins; None for one column."""
    edges = [edge for run in runs for edge in _edges(run, width)]
    ends = [(x, height) for x, _, height in edges if x is not None]
    starts = sorted((x, height) for _, x, height in edges if x is not None)
    best, most = None, _MIN_FULL - 1
    for place, _ in starts:
        begin = sum(0 <= x - place < _RAGGED * height for x, height in starts)
        end = sum(0 < place - x < 2 * _RAGGED * height for x, height in ends)
        if min(begin, end) > most:
            best, most = place - 1, min(begin, end)
    return best


def _edges(run: Run, width: float) -> list[tuple[float | None, float | None, float]]:
    """Where text ends and begins in the middle of the page: (end, start, line height), one or both."""
    low, high = _MIDDLE[0] * width, _MIDDLE[1] * width
    if run.x1 < low or run.x0 > high:
        return []
    if run.x1 <= high:
        return [(run.x1, None, run.height)]
    if run.x0 >= low:
        return [(None, run.x0, run.height)]
    wide = _MIN_GAP * run.height
    return [
        (a.x1, b.x0, run.height) for a, b in pairwise(run.glyphs) if b.x0 - a.x1 > wide and low < a.x1 and b.x0 < high
    ]


def cut_at_gutter(runs: Sequence[Run], gutter: float) -> list[Run]:
    """The runs, those that have a gap at the gutter cut there."""
    cut: list[Run] = []
    for run in runs:
        place = next((i for i in range(1, len(run.glyphs)) if run.glyphs[i].x0 > gutter), len(run.glyphs))
        gap = place < len(run.glyphs) and run.glyphs[place].x0 - run.glyphs[place - 1].x1 > _MIN_GAP * run.height
        if gap and run.glyphs[place - 1].x1 < gutter:
            cut += [part_of(run, 0, place), part_of(run, place, len(run.glyphs))]
        else:
            cut.append(run)
    return cut


def rows_in_columns(rows: Sequence[list[Run]], gutter: float) -> int:
    """How many rows from the first on stand in two columns of prose parted by the gutter; 0 for none."""
    stop = 0
    while stop < len(rows) and all(run.x1 <= gutter + 1 or run.x0 >= gutter - 1 for run in rows[stop]):
        stop += 1
    runs = [run for row in rows[:stop] for run in row]
    left = [run for run in runs if run.x1 <= gutter + 1]
    right = [run for run in runs if run.x0 >= gutter - 1]
    if not left or not right or min(_full(left), _full(right)) < _MIN_FULL:
        return 0
    side_by_side = min(left[0].base, right[0].base) - max(left[-1].base, right[-1].base)
    reaches = max(run.x1 for run in left) > gutter - 3 * _RAGGED * left[0].height
    return stop if reaches and side_by_side > _MIN_FULL * left[0].height else 0


def _full(side: list[Run]) -> int:
    edge = max(run.x1 for run in side)
    prose = (run for run in side if len(run.glyphs) >= _SHORTEST and not run.text.endswith(("：", ":")))
    return sum(run.x1 > edge - _RAGGED * run.height for run in prose)


def in_columns(rows: Sequence[list[Run]], gutter: float) -> list[Line]:
    """The lines of the left column, then those of the right, with the bounds of their column."""
    lines: list[Line] = []
    for side in (-1, 1):
        own = [tuple(run for run in row if (run.middle_x - gutter) * side > 0) for row in rows]
        own = [row for row in own if row]
        left, right = min(row[0].x0 for row in own), max(row[-1].x1 for row in own)
        lines.extend(Line(row, left, right) for row in own)
    return lines
