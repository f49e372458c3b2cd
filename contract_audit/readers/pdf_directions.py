"""Characters of one page to sheets, one for each direction that text runs in; watermarks and hidden text set apart."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from contract_audit.readers.pdf_lines import runs_of
from contract_audit.readers.pdf_sheet import IDENTITY, Affine, Glyph, Rect, Sheet, inverse, move, move_rect, then, turn

_SLANT_DEGREES = 6  # text that is off an axis by more is a watermark

_MUCH_LARGER = 1.8  # times the usual height of the page's text
_MOST_LETTERS = 200  # of watermarks on one page


class Character(NamedTuple):
    """A character in user space: glyph and x of its origin, direction in degrees (None: off the axes)."""

    glyph: Glyph
    x: float
    angle: int | None
    hidden: bool


class PageText(msgspec.Struct, frozen=True, kw_only=True):
    """A page as read: sheets (main reading direction first), and text that is no part of the agreement's body."""

    sheets: tuple[Sheet, ...]
    watermark: str
    hidden: str  # drawn invisibly, or outside the visible page


class _Way(NamedTuple):
    """The way from user space to reading space for one direction of text, and the size of the page there."""

    forward: Affine
    width: float
    height: float


def direction(radians: float) -> int | None:
    """The axis that text at that angle (counter-clockwise) runs along: 0, 90, 180 or 270; None if it is off the axes."""
    degrees = math.degrees(radians) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= _SLANT_DEGREES else None


def is_inside(glyph: Glyph, box: Rect) -> bool:
    """Whether the middle of the glyph lies in the box."""
    return box[0] <= (glyph.x0 + glyph.x1) / 2 <= box[2] and box[1] <= (glyph.y0 + glyph.y1) / 2 <= box[3]


def sheets_of(
    upright: Iterable[Glyph], others: Iterable[Character], box: Rect, number: int, rules: Iterable[Rect]
) -> PageText:
    """The page (`number` 1-based; `box`, its visible part, and `rules`, its lines, in user space) on which they stand.

    `upright` are visible glyphs that run to the right. Text at right angles to the main direction is a further sheet.
    """
    ways = {angle: _way(angle, box) for angle in (0, 90, 180, 270)}
    body, beneath = _parted(list(upright))
    by_angle = {0: [_placed(glyph, glyph.x0, ways[0].forward) for glyph in body]}
    watermark = [glyph.text for glyph in beneath]
    hidden: list[str] = []
    for char in others:
        if char.hidden:
            hidden.append(char.glyph.text)
        elif char.angle is None:
            watermark.append(char.glyph.text)
        else:
            by_angle.setdefault(char.angle, []).append(_placed(char.glyph, char.x, ways[char.angle].forward))
    sheets = [
        _sheet(glyphs, ways[angle], number, rules if rank == 0 else ())
        for rank, (angle, glyphs) in enumerate(sorted(by_angle.items(), key=lambda item: -len(item[1])))
        if glyphs
    ]
    return PageText(sheets=tuple(sheets), watermark="".join(watermark), hidden="".join(hidden))


def _parted(glyphs: list[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """The text of a page, and the letters of a watermark: far larger ones with the text printed over them."""
    heights = [glyph.y1 - glyph.y0 for glyph in glyphs]
    if not heights or max(heights) <= _MUCH_LARGER * min(heights):
        return glyphs, []
    usual = Counter(map(round, heights)).most_common(1)[0][0]
    if max(heights) <= _MUCH_LARGER * usual:
        return glyphs, []
    large = [glyph for glyph in glyphs if glyph.y1 - glyph.y0 > _MUCH_LARGER * usual]
    small = [glyph for glyph in glyphs if glyph.y1 - glyph.y0 <= _MUCH_LARGER * usual]
    if len(large) > _MOST_LETTERS or 2 * sum(_is_printed_over(glyph, small) for glyph in large) < len(large):
        return glyphs, []
    return small, large


def _is_printed_over(large: Glyph, small: Iterable[Glyph]) -> bool:
    return any(is_inside(glyph, large.rect) for glyph in small)


def _way(angle: int, box: Rect) -> _Way:
    forward, width, height = turn(angle, box[2] - box[0], box[3] - box[1])
    return _Way(then((1, 0, 0, 1, -box[0], -box[1]), forward), width, height)


def _placed(glyph: Glyph, x: float, forward: Affine) -> Glyph:
    if forward == IDENTITY:
        return glyph
    return Glyph(*move_rect(forward, glyph.rect), glyph.text, move(forward, x, glyph.base)[1])


def _sheet(glyphs: list[Glyph], way: _Way, number: int, rules: Iterable[Rect]) -> Sheet:
    return Sheet(
        page=number,
        width=way.width,
        height=way.height,
        runs=tuple(runs_of(glyphs)),
        rules=tuple(rules if way.forward == IDENTITY else [move_rect(way.forward, rule) for rule in rules]),
        back=inverse(way.forward),
    )
