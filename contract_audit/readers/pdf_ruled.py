"""Ruled tables from lines, whatever drew them: paths of a PDF or OFD page, or strokes found on a scan.

Lines that touch form a lattice. Its elementary cells are joined where no wall stands between them, so merged cells keep
the place of their first row and column. Open outer sides (three-line tables, a row cut by the page end) count as walls.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from contract_audit.readers.pdf_lines import Grid, Line, rows_of
from contract_audit.readers.pdf_sheet import Glyph, Rect, Run, part_of

_TOLERANCE = 3.0  # points: lines nearer than this are one line; ends this far apart still touch
_MAX_RULES = 3_000  # per direction on one page; a drawing has more
_MAX_COLUMNS = 60

_PAGE_LINES, _PAGE_POINTS = 12, 400.0  # a cell with that many lines over that height is a page of text

Cell = tuple[int, int]  # row from the top, column from the left


class Lattice(msgspec.Struct, frozen=True):
    """The cells of one table: borders from left to right and top to bottom, and the first cell of each merged region."""

    xs: tuple[float, ...]  # ascending
    ys: tuple[float, ...]  # descending
    region: dict[Cell, Cell]

    @property
    def box(self) -> Rect:
        """The outer border."""
        return self.xs[0], self.ys[-1], self.xs[-1], self.ys[0]

    @property
    def area(self) -> float:
        """Square points inside the outer border."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[0] - self.ys[-1])

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The region that holds the point, by its first cell; None outside."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]):
            return None
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        row = min(bisect_right(self.ys, -y, key=lambda border: -border), len(self.ys) - 1) - 1
        return self.region[row, column]


def lattices(rules: Iterable[Rect]) -> list[Lattice]:
    """All lattices with at least two columns that the lines form, the largest first."""
    across, down = [], []
    for x0, y0, x1, y1 in rules:
        if x1 - x0 >= y1 - y0:
            across.append(((y0 + y1) / 2, x0, x1))
        else:
            down.append(((x0 + x1) / 2, y0, y1))
    if len(across) > _MAX_RULES or len(down) > _MAX_RULES:
        return []
    across, down = _merged(across), _merged(down)
    found = [_lattice(own_across, own_down) for own_across, own_down in _touching(across, down)]
    parted = [part for lattice in found if lattice for part in _part_nested(lattice)]
    return sorted(parted, key=lambda lattice: -lattice.area)


Stroke = tuple[float, float, float]  # place across, start, end


def _merged(strokes: list[Stroke]) -> list[Stroke]:
    """One stroke for pieces that continue or double each other."""
    groups: list[list[Stroke]] = []
    for stroke in sorted(strokes):
        if groups and stroke[0] - groups[-1][-1][0] <= _TOLERANCE:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    merged: list[Stroke] = []
    for group in groups:
        place = sum(stroke[0] for stroke in group) / len(group)
        spans: list[list[float]] = []
        for _, start, end in sorted(group, key=lambda stroke: stroke[1]):
            if spans and start - spans[-1][1] <= _TOLERANCE:
                spans[-1][1] = max(spans[-1][1], end)
            else:
                spans.append([start, end])
        merged.extend((place, start, end) for start, end in spans if end - start > 2 * _TOLERANCE)
    return merged


def _touching(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of strokes that hang together."""
    owner = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(down, len(across)):
            if x0 - _TOLERANCE <= x <= x1 + _TOLERANCE and y0 - _TOLERANCE <= y <= y1 + _TOLERANCE:
                owner[root(j)] = root(i)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for i, stroke in enumerate(across):
        groups[root(i)][0].append(stroke)
    for j, stroke in enumerate(down, len(across)):
        groups[root(j)][1].append(stroke)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _borders(places: Iterable[float]) -> list[float]:
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > _TOLERANCE:
            out.append(place)
    return out


def _lattice(across: list[Stroke], down: list[Stroke]) -> Lattice | None:
    xs = _borders([x for x, _, _ in down] + [min(s[1] for s in across), max(s[2] for s in across)])
    ys = _borders([y for y, _, _ in across] + [min(s[1] for s in down), max(s[2] for s in down)])[::-1]
    if not 3 <= len(xs) <= _MAX_COLUMNS or len(ys) < 2:
        return None
    parent = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}

    def root(cell: Cell) -> Cell:
        while parent[cell] != cell:
            cell = parent[cell]
        return cell

    for row, column in list(parent):
        middle_y, middle_x = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
        if (row, column + 1) in parent and not _wall(down, xs[column + 1], middle_y):
            _join(parent, root((row, column)), root((row, column + 1)))
        if (row + 1, column) in parent and not _wall(across, ys[row + 1], middle_x):
            _join(parent, root((row, column)), root((row + 1, column)))
    return Lattice(tuple(xs), tuple(ys), {cell: root(cell) for cell in parent})


def _part_nested(table: Lattice) -> list[Lattice]:
    """Part off a table set into a cell so tightly that their borders touch.

    Cells part a table into rectangles. A region that is none goes around something: the nested table in its notch.
    """
    shapes: dict[Cell, list[Cell]] = defaultdict(list)
    for cell, first in table.region.items():
        shapes[first].append(cell)
    region = dict(table.region)
    nested: list[Lattice] = []
    for first, cells in shapes.items():
        span = _span(cells)
        notch = [cell for cell in span if table.region[cell] != first]
        within = {table.region[cell] for cell in notch}
        if len(within) > 1 and len(_span(notch)) == len(notch) == sum(len(shapes[other]) for other in within):
            nested.append(_part(table, notch, table.region))
            region.update(dict.fromkeys(span, first))
    return [_part(table, list(region), region), *nested] if nested else [table]


def _span(cells: list[Cell]) -> list[Cell]:
    """All cells of the rectangle around `cells`."""
    if not cells:
        return []
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    return [(r, c) for r in range(min(rows), max(rows) + 1) for c in range(min(columns), max(columns) + 1)]


def _part(table: Lattice, cells: list[Cell], region: dict[Cell, Cell]) -> Lattice:
    """The lattice of a rectangle of cells, without the borders that part nothing in it."""
    rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
    rows = [r for r in rows if r == rows[0] or any(region[r, c] != region[r - 1, c] for c in columns)]
    columns = [c for c in columns if c == columns[0] or any(region[r, c] != region[r, c - 1] for r in rows)]
    bottom, right = max(row for row, _ in cells) + 1, max(column for _, column in cells) + 1
    place: dict[Cell, Cell] = {}
    own: dict[Cell, Cell] = {}
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            own[i, j] = place.setdefault(region[row, column], (i, j))
    xs = (*(table.xs[column] for column in columns), table.xs[right])
    return Lattice(xs, (*(table.ys[row] for row in rows), table.ys[bottom]), own)


def _join(parent: dict[Cell, Cell], one: Cell, other: Cell) -> None:
    parent[max(one, other)] = min(one, other)


def _wall(strokes: list[Stroke], place: float, middle: float) -> bool:
    return any(abs(own - place) <= _TOLERANCE and start <= middle <= end for own, start, end in strokes)


def cut_tables(runs: Sequence[Run], rules: Iterable[Rect]) -> tuple[list[Run], list[Grid]]:
    """Part the runs of a page into those outside tables and the tables; a table inside a cell is nested in its table."""
    tables = lattices(rules)
    if not tables:
        return list(runs), []
    tables = [table for table in tables if _holds_cells(table, runs)]
    free, held = _share_out(runs, tables)
    outer = [_outer_cell(index, tables) for index in range(len(tables))]
    grids: dict[int, Grid] = {}
    for index in reversed(range(len(tables))):  # smallest first: what is nested is ready before the table around it
        nested = tuple(grid for inner, grid in grids.items() if (place := outer[inner]) and place[0] == index)
        grids[index] = _grid(tables[index], held[index], nested[::-1])
        if place := outer[index]:  # the words of a nested table are also words of the cell around it
            held[place[0]][place[1]].extend(run for runs in held[index].values() for run in runs)
    return free, [grids[index] for index in range(len(tables)) if not outer[index]]


def _holds_cells(table: Lattice, runs: Sequence[Run]) -> bool:
    """Whether text stands in the lattice as in a table; a page in a frame with a binding line (装订线) is none."""
    lines: dict[Cell | None, list[float]] = defaultdict(list)
    for run in runs:
        if _crosses(run, table.box):
            ends = {table.cell_at((glyph.x0 + glyph.x1) / 2, run.middle) for glyph in (run.glyphs[0], run.glyphs[-1])}
            for cell in ends - {None}:
                lines[cell].append(run.middle)
    whole_page = any(len(ys) >= _PAGE_LINES and max(ys) - min(ys) > _PAGE_POINTS for ys in lines.values())
    return not whole_page and len(lines) >= (1 if len(table.xs) > 3 else 2)


def _crosses(run: Run, box: Rect) -> bool:
    return run.x0 < box[2] and run.x1 > box[0] and box[1] < run.middle < box[3]


def _outer_cell(index: int, tables: list[Lattice]) -> tuple[int, Cell] | None:
    """The smallest larger table around table `index`, and the region of it."""
    x0, y0, x1, y1 = tables[index].box
    for other in reversed(range(index)):
        corners = {tables[other].cell_at(x, y) for x in (x0, x1) for y in (y0, y1)}
        if len(corners) == 1:
            cell = corners.pop()
            return (other, cell) if cell else None
    return None


def _share_out(runs: Sequence[Run], tables: list[Lattice]) -> tuple[list[Run], list[dict[Cell, list[Run]]]]:
    """Each run, cut where it crosses a border, to the innermost cell that holds it."""
    free: list[Run] = []
    held: list[dict[Cell, list[Run]]] = [defaultdict(list) for _ in tables]
    for run in runs:
        near = [index for index in reversed(range(len(tables))) if _crosses(run, tables[index].box)]
        if not near:
            free.append(run)
            continue
        for place, part in _parts(run, near, tables):
            if place:
                held[place[0]][place[1]].append(part)
            else:
                free.append(part)
    return free, held


def _parts(run: Run, near: list[int], tables: list[Lattice]) -> list[tuple[tuple[int, Cell] | None, Run]]:
    """The run cut where its characters change from one cell to another, each part with its table and cell."""

    def place(glyph: Glyph) -> tuple[int, Cell] | None:
        found = ((index, tables[index].cell_at((glyph.x0 + glyph.x1) / 2, run.middle)) for index in near)
        return next(((index, cell) for index, cell in found if cell), None)

    first = place(run.glyphs[0])
    if (
        len(near) == 1 and first and first == place(run.glyphs[-1])
    ):  # cells have no gaps: all that lies between is there too
        return [(first, run)]
    places = [place(glyph) for glyph in run.glyphs]
    cuts = [i for i in range(1, len(places)) if places[i] != places[i - 1]]
    return [(places[start], part_of(run, start, end)) for start, end in pairwise([0, *cuts, len(places)])]


def _grid(table: Lattice, held: dict[Cell, list[Run]], nested: tuple[Grid, ...]) -> Grid:
    right_edge: dict[Cell, float] = {}
    for (_, column), first in table.region.items():
        right_edge[first] = max(right_edge.get(first, 0.0), table.xs[column + 1])
    rows = []
    for row in range(len(table.ys) - 1):
        cells = []
        for column in range(len(table.xs) - 1):
            cell = (row, column)
            left, right = table.xs[column], right_edge.get(cell, 0.0)
            cells.append(tuple(Line(tuple(line), left, right) for line in rows_of(held.get(cell, []))))
        rows.append(tuple(cells))
    return Grid(tuple(rows), *table.box, nested=nested)
