"""What every fixed-layout source (PDF, OFD, recognised picture) is turned into before text is built from it.

A `Sheet` is one page, or one reading direction of a page, in *reading space*: points, origin bottom left, text upright
and running to the right. `back` leads from there to the space in which boxes are reported.
"""

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

# a, b, c, d, e, f as in PDF: x' = a·x + c·y + e, y' = b·x + d·y + f
Affine = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]  # x0, y0, x1, y1 with x0 ≤ x1 and y0 ≤ y1

_LABEL = re.compile(r"第[零〇一二三四五六七八九十百千\d.]+[编篇章节条款项]|附[件表录图][一二三四五六七八九十\d]+")
_LEFT_OUT = 1.5  # em: from here on a gap may be a blank to be filled in
_MOST_SPACES = 16
_SPACE, _WIDE_SPACE = 0.25, 0.6  # of the line's height: gaps that may be, and that are, spaces
_LONGEST_LABEL = 10  # characters
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Glyph(msgspec.Struct, frozen=True, gc=False):
    """One character with its box and the height of its baseline.

    Fonts lie about how high their characters reach, never about the baseline: lines are found by it. `score` is below 1
    only where the character was recognised from a picture.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    base: float
    score: float = 1.0

    @property
    def rect(self) -> Rect:
        """Its box."""
        return self.x0, self.y0, self.x1, self.y1


class Run(NamedTuple):
    """Characters of one line without a wide gap between them, left to right; spaces are in `text` but not in `glyphs`.

    `y0` and `y1` are those of the whole line; `starts` gives for each glyph its offset in `text`.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    text: str
    glyphs: tuple[Glyph, ...]
    starts: tuple[int, ...]
    em: float  # width of a Chinese character

    @property
    def height(self) -> float:
        """Height of the line, points: the measure for all gaps."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Height of the centre line above the page's bottom edge."""
        return (self.y0 + self.y1) / 2

    @property
    def middle_x(self) -> float:
        """Distance of the run's middle from the page's left edge."""
        return (self.x0 + self.x1) / 2


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One page in reading space: its runs of text, its ruling lines (axis-parallel, as thin boxes), and the way back."""

    page: int  # 1-based
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rect, ...] = ()
    back: Affine = IDENTITY


def make_run(glyphs: Sequence[Glyph], y0: float, y1: float) -> Run:
    """A run from glyphs sorted left to right (at least one) of a line reaching from `y0` to `y1`.

    Gaps become a space where a reader would see one, and several where a word could stand.
    """
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    height = y1 - y0
    widths = sorted([glyph.x1 - glyph.x0 for glyph in glyphs if glyph.text > "\x7f"])
    em = widths[len(widths) // 2] if widths else 0.8 * height
    label = _label_end(glyphs)
    visible = _SPACE * height
    end, after = math.inf, ""
    for index, glyph in enumerate(glyphs):
        gap, text = glyph.x0 - end, glyph.text
        if gap > visible and (
            gap > _WIDE_SPACE * height
            or text.isascii()
            or after.isascii()
            or index == label
            or _stands_out(gap, glyphs, height)
        ):
            parts.append(spaces(gap, em))
            length += len(parts[-1])
        starts.append(length)
        parts.append(text)
        length += len(text)
        end, after = glyph.x1, text
    right = max(glyphs[-1].x1, glyphs[0].x1)
    return Run(glyphs[0].x0, y0, right, y1, glyphs[0].base, "".join(parts), tuple(glyphs), tuple(starts), em)


def spaces(gap: float, em: float) -> str:
    """What stands for a gap of `gap` points in type of `em` points: one space, or half-width ones where a word is left out."""
    return " " if gap < _LEFT_OUT * em else " " * min(_MOST_SPACES, round(2 * gap / em))


def _label_end(glyphs: Sequence[Glyph]) -> int:
    """How many glyphs the number at the start has (第三条, 附件一), which a half space parts from the words; 0 without one."""
    match = _LABEL.match("".join(glyph.text[:1] for glyph in glyphs[:_LONGEST_LABEL]))
    return match.end() if match else 0


def _stands_out(gap: float, glyphs: Sequence[Glyph], height: float) -> bool:
    """Whether a gap between Chinese characters is a space: in a letter-spaced line all are wide and none is.

    Recognition places characters too roughly to tell.
    """
    if glyphs[0].score < 1:
        return False
    gaps = sorted(right.x0 - left.x1 for left, right in pairwise(glyphs))
    return gap > 2 * max(0.0, gaps[len(gaps) // 2]) + 0.1 * height


def part_of(run: Run, start: int, end: int) -> Run:
    """Glyphs [start, end) of a run as a run of their own."""
    return run if (start, end) == (0, len(run.glyphs)) else make_run(run.glyphs[start:end], run.y0, run.y1)


def then(first: Affine, second: Affine) -> Affine:
    """The transform that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def inverse(matrix: Affine) -> Affine:
    """The transform that undoes `matrix`; a flat matrix (nothing can be seen through it) gives the identity."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if abs(area) < 1e-12:
        return IDENTITY
    return (
        d / area,
        -b / area,
        -c / area,
        a / area,
        (c * f - d * e) / area,
        (b * e - a * f) / area,
    )


def move(matrix: Affine, x: float, y: float) -> tuple[float, float]:
    """The point (x, y) under `matrix`."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def move_rect(matrix: Affine, rect: Rect) -> Rect:
    """The upright box around `rect` under `matrix`."""
    corners = [move(matrix, x, y) for x in (rect[0], rect[2]) for y in (rect[1], rect[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def turn(angle: int, width: float, height: float) -> tuple[Affine, float, float]:
    """The transform that makes text running at `angle` (0, 90, 180, 270, counter-clockwise) upright, with the new size."""
    if angle == 90:
        return (0.0, -1.0, 1.0, 0.0, 0.0, width), height, width
    if angle == 180:
        return (-1.0, 0.0, 0.0, -1.0, width, height), width, height
    if angle == 270:
        return (0.0, 1.0, -1.0, 0.0, height, 0.0), height, width
    return IDENTITY, width, height
