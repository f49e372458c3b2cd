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
_CLOSING = frozenset("，。、；：！？）》”’】〕」』,.;:!?)]}%％℃")
_OPENING = frozenset("（《“‘【〔「『([{￥¥")
_WIDE_GAP = 1.6  # line heights between characters: from here on they are separate runs
_TAB_GAP = 5.0  # a label and its text may stand this far apart
_CELL_GAP = 14.0  # points between the text of two cells without a rule between them
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
        aligned = _aligned_rows(rows, index)
        if aligned is not None:
            grid, index = aligned
            out.append(grid)
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


def _aligned_rows(rows: list[list[Run]], start: int) -> tuple[Grid, int] | None:
    """A table without rules, and the row after it: at least two rows whose runs begin at the same places."""
    first = start if len(rows[start]) > 1 else start + 1  # the row above may be so full that its cells nearly touch
    stop = first
    while stop < len(rows) and _near(rows, first, stop) and (len(rows[stop]) > 1 or _is_rest(rows, first, stop)):
        stop += 1
    if stop - first < 2:
        return None
    block = rows[first:stop]
    columns = _column_starts([row for row in block if len(row) > 1])
    if len(columns) < 2:
        return None
    if first > start:
        above = _cut_at(rows[start], columns)
        if above is None or not _near(rows, start, first):
            return None
        block.insert(0, above)
    while stop < len(rows) and _near(rows, first, stop) and (below := _cut_at(rows[stop], columns)):
        block.append(below)
        stop += 1
    cells = _joined([_in_columns(row, columns) for row in block])
    return Grid(tuple(cells), block[0][0].y1, block[-1][0].y0, ruled=False), stop


def _is_rest(rows: list[list[Run]], first: int, index: int) -> bool:
    """Whether the one run of a row begins under a later cell of the row above: the rest of what did not fit there."""
    if index == first or len(rows[index]) != 1:
        return False
    run = rows[index][0]
    return any(abs(over.x0 - run.x0) < 0.5 * run.height for over in rows[index - 1][1:])


def _in_columns(row: list[Run], columns: list[float]) -> tuple[tuple[Line, ...], ...]:
    cells: list[list[Run]] = [[] for _ in columns]
    for run in row:
        place = max((i for i, x in enumerate(columns) if x <= run.x0 + run.height), default=0)
        cells[place].append(run)
    borders = [x - _CELL_GAP for x in columns[1:]]
    return tuple(
        (Line(tuple(cell), cell[0].x0, border),) if cell else ()
        for cell, border in zip(cells, [*borders, None], strict=True)
    )


def _joined(rows: list[tuple[tuple[Line, ...], ...]]) -> list[tuple[tuple[Line, ...], ...]]:
    """Rows of cells, where a row that only goes on with full cells of the row above belongs to that row."""
    edge = max(line.x1 for row in rows for line in row[-1])
    joined: list[tuple[tuple[Line, ...], ...]] = []
    for row in rows:
        bounded = (*row[:-1], tuple(Line(line.runs, line.left, edge) for line in row[-1]))
        if joined and all(_goes_on(over, cell) for over, cell in zip(joined[-1], bounded, strict=True)):
            joined[-1] = tuple(over + cell for over, cell in zip(joined[-1], bounded, strict=True))
        else:
            joined.append(bounded)
    return joined


def _goes_on(over: tuple[Line, ...], cell: tuple[Line, ...]) -> bool:
    return not cell or (bool(over) and not _FIELD.match(cell[0].text) and is_full(over[-1], cell[0]))


def _cut_at(row: list[Run], columns: list[float]) -> list[Run] | None:
    """The one run of a row cut at every column, if a gap lies there and a character begins at it; else None."""
    if len(row) != 1:
        return None
    run = row[0]
    parts: list[list[Glyph]] = [[run.glyphs[0]]]
    for before, glyph in pairwise(run.glyphs):
        gap = glyph.x0 - before.x1
        if gap > 0.3 * run.height and any(abs(glyph.x0 - x) < 0.5 * run.height for x in columns):
            parts.append([])
        parts[-1].append(glyph)
    return [make_run(part) for part in parts] if len(parts) == len(columns) else None


def _near(rows: list[list[Run]], start: int, index: int) -> bool:
    if index == start:
        return True
    above, below = rows[index - 1][0], rows[index][0]
    return above.y0 - below.y1 < 3 * max(above.height, below.height)


def _column_starts(block: list[list[Run]]) -> list[float]:
    """Left edges at which runs begin in at least half of the rows (two at least)."""
    starts: list[list[float]] = []
    for x, height in sorted((run.x0, run.height) for row in block for run in row):
        if starts and x - starts[-1][0] <= height:
            starts[-1].append(x)
        else:
            starts.append([x])
    return [group[0] for group in starts if len(group) >= max(2, 0.5 * len(block))]


def is_full(before: Line, line: Line, padding: float = 0.0) -> bool:
    """Whether the first word of `line` would not have fitted at the end of `before`."""
    room = (before.right if before.right is not None else before.x1) - before.x1 - padding
    return room < _first_word_width(line) + 0.5 * line.em


def _first_word_width(line: Line) -> float:
    """Width of what cannot be parted at the start of a line: a number or Latin word, a character with its marks."""
    glyphs = line.runs[0].glyphs
    stop = 1
    while stop < len(glyphs):
        before, glyph = glyphs[stop - 1].text, glyphs[stop].text
        glued = glyph in _CLOSING or before in _OPENING or (_is_wordlike(before) and _is_wordlike(glyph))
        if not glued:
            break
        stop += 1
    return glyphs[stop - 1].x1 - glyphs[0].x0


def _is_wordlike(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in ".,%-/@_")
