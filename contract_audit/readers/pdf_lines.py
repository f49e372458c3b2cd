"""Characters to runs, runs to rows, rows to reading order: columns of prose, tables without rules, plain lines."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from contract_audit.readers.pdf_sheet import Glyph, Run, make_run

# A number followed by a tab is the label of its line, not a column of its own.
_BARE_LABEL = re.compile(
    r"(第[零〇一二三四五六七八九十百\d]+[编章节条款]|[零〇一二三四五六七八九十]+[、．.]?|[（(][零〇一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d+([.．]\d+)*[.．、]?|[①-⑳•●])"
)
_FIELD = re.compile(r"[^：:\s]{1,20}[：:]")
_WIDE_GAP = 1.6  # line heights between characters: from here on they are separate runs
_TAB_GAP = 5.0  # a label and its text may stand this far apart
_MIN_COLUMN_ROWS = 6
_MIN_COLUMN_FILL = 0.72  # prose fills its column; signature blocks and lists do not


class Line(msgspec.Struct, frozen=True):
    """One line of running text with the bounds of its column, all in reading space; `cells` > 1 where gaps part it."""

    runs: tuple[Run, ...]
    left: float | None = None  # bounds of a narrow column; None: the page's own margins hold
    right: float | None = None

    @property
    def x0(self) -> float:
        """Left edge of the first character."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """Right edge of the last character."""
        return self.runs[-1].x1

    @property
    def y0(self) -> float:
        """Bottom edge."""
        return min(run.y0 for run in self.runs)

    @property
    def y1(self) -> float:
        """Top edge."""
        return max(run.y1 for run in self.runs)

    @property
    def height(self) -> float:
        """Height of the tallest run."""
        return max(run.height for run in self.runs)

    @property
    def em(self) -> float:
        """Width of a Chinese character in this line, points: boxes are up to half as high again as the type is big."""
        widths = [glyph.x1 - glyph.x0 for run in self.runs for glyph in run.glyphs if not glyph.text.isascii()]
        return median(widths) if widths else 0.8 * self.height

    def separator(self, index: int) -> str:
        """What stands before run `index` > 0: a tab where it begins a field of its own (乙方：…), else one space."""
        return "\t" if _FIELD.match(self.runs[index].text) else " "

    @property
    def text(self) -> str:
        """The words of the line."""
        first, *others = self.runs
        return first.text + "".join(self.separator(i) + run.text for i, run in enumerate(others, 1))


class Grid(msgspec.Struct, frozen=True):
    """A table: cells by row and column, each a tuple of lines from top to bottom; empty where nothing stands."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    y1: float  # top edge
    y0: float
    ruled: bool = True
    nested: tuple["Grid", ...] = ()


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """Runs from the characters of one page in one direction, top to bottom, left to right."""
    runs: list[Run] = []
    for row in _glyph_rows(glyphs):
        row.sort(key=lambda glyph: glyph.x0)
        runs.extend(make_run(part) for part in _split_at_gaps(_without_doubles(row)))
    return runs


def _glyph_rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    rows: list[tuple[float, float, list[Glyph]]] = []  # centre, height, characters
    for glyph in sorted(glyphs, key=lambda glyph: (-(glyph.y0 + glyph.y1), glyph.x0)):
        centre, height = (glyph.y0 + glyph.y1) / 2, max(1.0, glyph.y1 - glyph.y0)
        for row in rows[:-4:-1]:
            if abs(row[0] - centre) < 0.5 * min(height, row[1]):
                row[2].append(glyph)
                break
        else:
            rows.append((centre, height, [glyph]))
    return [row[2] for row in rows]


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """Drop the second of two equal characters on one spot: how some exporters print bold."""
    kept = row[:1]
    for glyph in row[1:]:
        last = kept[-1]
        if glyph.text != last.text or glyph.x0 - last.x0 > 0.3 * (last.x1 - last.x0):
            kept.append(glyph)
    return kept


def _split_at_gaps(row: list[Glyph]) -> list[list[Glyph]]:
    parts = [row[:1]]
    for before, glyph in pairwise(row):
        gap, height = glyph.x0 - before.x1, max(glyph.y1 - glyph.y0, 4.0)
        if gap > _WIDE_GAP * height and not (gap < _TAB_GAP * height and _is_label(parts[-1])):
            parts.append([glyph])
        else:
            parts[-1].append(glyph)
    return parts


def _is_label(part: list[Glyph]) -> bool:
    return len(part) <= 9 and bool(_BARE_LABEL.fullmatch("".join(glyph.text for glyph in part)))


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs on one height, left to right; rows top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        if rows and abs(rows[-1][0].middle - run.middle) < 0.5 * min(run.height, rows[-1][0].height):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.x0)
    return rows


def reading_order(runs: Sequence[Run], width: float) -> list[Line | Grid]:
    """Lines and unruled tables of one page in the order a reader takes them; two columns of prose one after the other."""
    rows = rows_of(runs)
    gutter = _gutter(rows, width)
    out: list[Line | Grid] = []
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
        grid = _aligned_rows(rows, index)
        if grid is not None:
            out.append(grid)
            index += len(grid.rows)
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


def _aligned_rows(rows: list[list[Run]], start: int) -> Grid | None:
    """A table without rules: at least two rows on end, each with several runs that begin at the same places."""
    stop = start
    while stop < len(rows) and len(rows[stop]) > 1 and _near(rows, start, stop):
        stop += 1
    block = rows[start:stop]
    if len(block) < 2:
        return None
    columns = _column_starts(block)
    if len(columns) < 2:
        return None
    grid = []
    for row in block:
        cells: list[list[Run]] = [[] for _ in columns]
        for run in row:
            place = max((i for i, x in enumerate(columns) if x <= run.x0 + run.height), default=0)
            cells[place].append(run)
        grid.append(tuple((Line(tuple(cell)),) if cell else () for cell in cells))
    return Grid(tuple(grid), block[0][0].y1, block[-1][0].y0, ruled=False)


def _near(rows: list[list[Run]], start: int, index: int) -> bool:
    if index == start:
        return True
    above, below = rows[index - 1][0], rows[index][0]
    return above.y0 - below.y1 < 3 * max(above.height, below.height)


def _column_starts(block: list[list[Run]]) -> list[float]:
    """Left edges at which runs begin in at least half of the rows."""
    starts: list[list[float]] = []
    for x, height in sorted((run.x0, run.height) for row in block for run in row):
        if starts and x - starts[-1][0] <= height:
            starts[-1].append(x)
        else:
            starts.append([x])
    return [group[0] for group in starts if len(group) >= max(2, 0.5 * len(block))]
