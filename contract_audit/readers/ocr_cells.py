"""Cells of a ruled table in which detection overlooked a lone character: 一, a dash, a figure."""

from collections.abc import Sequence

import cv2
import numpy as np

from contract_audit.readers.ocr_engine import line_text
from contract_audit.readers.ocr_models import Image
from contract_audit.readers.pdf_ruled import Lattice, lattices
from contract_audit.readers.pdf_sheet import Affine, Glyph, Rect, Run, inverse, make_run, move_rect

_BORDER_POINTS = 2.5  # inside the cell's borders
_MIN_INK_POINTS = 3.0  # a smaller spot is dirt
_LINE_POINTS = 17.0
_MAX_CELLS = 60  # on one page; a form left blank has no ink in its cells and costs nothing
_MIN_SCORE = 0.6


def overlooked_cells(
    gray: Image, rules: Sequence[Rect], runs: Sequence[Run], to_points: Affine, threads: int
) -> list[Run]:
    """Runs for cells that hold ink but none of `runs`; `gray` is the level page, `rules` and `runs` are in reading space."""
    to_pixels = inverse(to_points)
    found: list[Run] = []
    for table in lattices(rules):
        for cell in _empty_cells(table, runs):
            area = _ink_area(gray, move_rect(to_pixels, cell), to_points[0])
            if area is not None and len(found) < _MAX_CELLS:
                found.extend(_read(gray, area, to_points, threads))
    return found


def _empty_cells(table: Lattice, runs: Sequence[Run]) -> list[Rect]:
    """Boxes of the cells without a character, less their borders; only those of one row, tables have no higher ones."""
    filled = {
        table.cell_at((glyph.x0 + glyph.x1) / 2, run.middle)
        for run in runs
        for glyph in run.glyphs
        if table.box[0] <= run.x1 and run.x0 <= table.box[2]
    }
    cells = []
    for (row, column), first in table.region.items():
        single = (row, column) == first and table.region.get((row + 1, column)) != first
        if single and first not in filled:
            right = max(c for (r, c), other in table.region.items() if other == first) + 1
            box = (table.xs[column], table.ys[row + 1], table.xs[right], table.ys[row])
            cells.append(
                (box[0] + _BORDER_POINTS, box[1] + _BORDER_POINTS, box[2] - _BORDER_POINTS, box[3] - _BORDER_POINTS)
            )
    return cells


def _ink_area(gray: Image, cell: Rect, unit: float) -> tuple[int, int, int, int] | None:
    """Left, top, right, bottom of a line's height of the cell around its ink; None for an empty cell. Pixels of `unit` points."""
    left, top, right, bottom = (max(0, round(value)) for value in cell)
    inside = gray[top:bottom, left:right]
    if inside.size == 0:
        return None
    dark = inside < min(160, float(np.median(inside)) - 60)
    columns, rows = np.flatnonzero(dark.any(axis=0)), np.flatnonzero(dark.any(axis=1))
    if columns.size == 0 or max(columns[-1] - columns[0], rows[-1] - rows[0]) * unit < _MIN_INK_POINTS:
        return None
    reach = round(_LINE_POINTS / 2 / unit)
    middle = top + int(rows[0] + rows[-1]) // 2
    high, low = min(top + int(rows[0]), middle - reach), max(top + int(rows[-1]) + 1, middle + reach)
    return (
        max(left, left + int(columns[0]) - reach),
        max(top, high),
        min(right, left + int(columns[-1]) + reach),
        min(bottom, low),
    )


def _read(gray: Image, area: tuple[int, int, int, int], to_points: Affine, threads: int) -> list[Run]:
    left, top, right, bottom = area
    strip = np.asarray(cv2.cvtColor(gray[top:bottom, left:right], cv2.COLOR_GRAY2BGR), np.uint8)
    text, score = line_text(strip, threads)
    if score < _MIN_SCORE or not text:
        return []
    x0, y0, x1, y1 = move_rect(to_points, (left, top, right, bottom))
    chars = text.split()
    step = (x1 - x0) / sum(map(len, chars))
    glyphs = [
        Glyph(x0 + step * i, y0, x0 + step * (i + 1), y1, char, (y0 + y1) / 2, score)
        for i, char in enumerate("".join(chars))
    ]
    return [make_run(glyphs, y0, y1)]
