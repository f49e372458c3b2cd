"""A picture of a page to a sheet: which way up, how skewed, seals off, lines of text and of tables found."""

import math
from typing import NamedTuple

import cv2
import msgspec
import numpy as np

from contract_audit.readers.ocr_engine import Image, TextLine, line_text, text_lines
from contract_audit.readers.ocr_rules import ruling_lines
from contract_audit.readers.ocr_seal import Mask, red_mask, seal_boxes, without_red
from contract_audit.readers.pdf_sheet import Affine, Glyph, Rect, Run, Sheet, inverse, move, move_rect, then

DPI = 171  # an A4 page is 2000 pixels high: more does not read better, it only takes longer
_SURE = 0.9  # mean score of the longest lines from which a page is surely upright
_PROBE_LINES = 6
_DOUBTFUL = 0.8
_UNDER_SEAL = 0.85  # a line under a seal that scores less is also read with the seal on
_TILE_ASPECT = 2.0  # a picture higher than this many widths is cut at blank rows
_TILE_HEIGHT = 1.4
_MIN_SKEW = 0.1  # degrees
_SPECK = frozenset("·。.、，,'`´‘’:：;；~_ ")
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """A recognised page: the sheet (its `back` leads to pixels of the picture, y down), seals in pixels, how sure."""

    sheet: Sheet
    seals: tuple[Rect, ...]
    score: float  # mean over all characters; 1 for a page without text
    doubtful: tuple[str, ...]  # lines that were hardly readable


class _Page(NamedTuple):
    """A page the right way up."""

    image: Image
    lines: list[TextLine]
    angle: int  # degrees clockwise that the picture was turned


def recognise(picture: Image, page: int, points_per_pixel: float, threads: int) -> Recognised:
    """Recognise a picture of a page (`page` 1-based); `points_per_pixel` says how large the page is on paper.

    Cost: 2 to 3 CPU seconds for an A4 page, twice that if it lies on its side or upside down.
    """
    image, shrunk = _sized(picture, points_per_pixel)
    unit = points_per_pixel / shrunk
    mask = red_mask(image)
    clear = without_red(image, mask, unit)
    upright = _upright(clear, threads)
    if clear is not image:
        upright = _second_look(upright, image, mask, threads)
    skew = _skew(upright.lines)
    height, width = upright.image.shape[:2]
    level = _level(skew, width, height)
    forward = then(level, (unit, 0, 0, -unit, 0, height * unit))
    to_original = then(inverse(then(_turn_matrix(upright.angle, image), forward)), (1 / shrunk, 0, 0, 1 / shrunk, 0, 0))
    runs = tuple(_run(line, forward) for line in upright.lines if not _is_speck(line))
    count = sum(len(run.glyphs) for run in runs)
    return Recognised(
        sheet=Sheet(
            page=page,
            width=width * unit,
            height=height * unit,
            runs=runs,
            rules=tuple(_rules(upright.image, skew, level, unit)),
            back=to_original,
        ),
        seals=tuple(move_rect((1 / shrunk, 0, 0, 1 / shrunk, 0, 0), box) for box in seal_boxes(mask, unit)),
        score=sum(run.glyphs[0].score * len(run.glyphs) for run in runs) / count if count else 1.0,
        doubtful=tuple(run.text for run in runs if run.glyphs[0].score < _DOUBTFUL),
    )


def _sized(picture: Image, points_per_pixel: float) -> tuple[Image, float]:
    """The picture at the resolution that reads best, and the factor by which it was shrunk (≤ 1)."""
    factor = min(1.0, 72 / DPI / points_per_pixel)
    if factor > 0.95:
        return picture, 1.0
    return np.asarray(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8), factor


def _upright(image: Image, threads: int) -> _Page:
    """Recognise a picture after turning it so that its text runs to the right."""
    lines = _lines(image, threads)
    longest = sorted(lines, key=lambda line: -max(_size(line)))[:_PROBE_LINES]
    tall = sum(_size(line)[1] > 1.5 * _size(line)[0] for line in longest) > len(longest) / 2
    if len(lines) < 3 or (not tall and sum(line.score for line in longest) >= _SURE * len(longest)):
        return _Page(image, lines, 0)
    angle = max((90, 270) if tall else (0, 180), key=lambda angle: _legibility(image, longest, angle, threads))
    if angle == 0:
        return _Page(image, lines, 0)
    turned = _turned(image, angle)
    return _Page(turned, _lines(turned, threads), angle)


def _legibility(image: Image, lines: list[TextLine], angle: int, threads: int) -> float:
    """How well the lines read when the picture is turned by `angle`; short readings count less."""
    total = 0.0
    for line in lines:
        text, score = line_text(_turned(_cut_out(image, line), angle), threads)
        total += score * min(1.0, len(text) / 10)
    return total


def _turned(image: Image, angle: int) -> Image:
    return np.asarray(cv2.rotate(image, _TURNS[angle]), np.uint8) if angle else image


def _turn_matrix(angle: int, image: Image) -> Affine:
    """The transform from pixels of `image` to pixels of the image turned clockwise, y down in both."""
    height, width = image.shape[:2]
    if angle == 90:
        return 0, 1, -1, 0, height, 0
    if angle == 180:
        return -1, 0, 0, -1, width, height
    if angle == 270:
        return 0, -1, 1, 0, 0, width
    return 1, 0, 0, 1, 0, 0


def _lines(image: Image, threads: int) -> list[TextLine]:
    """Lines of a picture of any length: a long screenshot is read in parts cut at blank rows."""
    height, width = image.shape[:2]
    if height <= _TILE_ASPECT * width:
        return text_lines(image, threads)
    lines: list[TextLine] = []
    top = 0
    while top < height:
        bottom = _blank_row(image, top, width)
        for line in text_lines(np.ascontiguousarray(image[top:bottom]), threads):
            down = np.array([0.0, top])
            lines.append(
                line._replace(corners=line.corners + down, characters=tuple(box + down for box in line.characters))
            )
        top = bottom
    return lines


def _blank_row(image: Image, top: int, width: int) -> int:
    """Where to cut below `top`: the emptiest row in the last two fifths of a tile."""
    height: int = image.shape[0]
    last = top + int(_TILE_HEIGHT * width)
    if last >= height:
        return height
    first = top + int(0.6 * _TILE_HEIGHT * width)
    contrast = image[first:last].max(axis=2).astype(np.int16).std(axis=1)
    return first + len(contrast) - 1 - int(np.argmin(contrast[::-1]))


def _size(line: TextLine) -> tuple[float, float]:
    """Width and height of a line, pixels."""
    top_left, top_right, _, bottom_left = line.corners
    return float(np.hypot(*(top_right - top_left))), float(np.hypot(*(bottom_left - top_left)))


def _cut_out(image: Image, line: TextLine) -> Image:
    left, top = np.floor(line.corners.min(axis=0)).astype(int)
    right, bottom = np.ceil(line.corners.max(axis=0)).astype(int)
    return np.ascontiguousarray(image[max(0, top) : bottom + 1, max(0, left) : right + 1])


def _second_look(page: _Page, image: Image, mask: Mask, threads: int) -> _Page:
    """Read lines that came out badly under a seal again with the seal on, and keep the better reading."""
    original = _turned(image, page.angle)
    red = _turned(mask.astype(np.uint8), page.angle)
    lines = []
    for line in page.lines:
        if line.score < _UNDER_SEAL and _cut_out(red, line).any():
            text, score = line_text(_cut_out(original, line), threads)
            if score > line.score and len(text) == len(line.text):
                line = line._replace(text=text, score=score)
        lines.append(line)
    return page._replace(lines=lines)


def _skew(lines: list[TextLine]) -> float:
    """How many degrees the lines fall to the right: the median of the long ones."""
    angles = [
        math.degrees(math.atan2(*(line.corners[1] - line.corners[0])[::-1]))
        for line in lines
        if _size(line)[0] > 6 * _size(line)[1]
    ]
    skew = float(np.median(angles)) if len(angles) >= 3 else 0.0
    return skew if _MIN_SKEW <= abs(skew) <= 10 else 0.0


def _level(skew: float, width: int, height: int) -> Affine:
    """The turn about the middle of the picture that makes lines falling by `skew` degrees level, y down."""
    cos, sin = math.cos(math.radians(skew)), math.sin(math.radians(skew))
    x, y = width / 2, height / 2
    return cos, -sin, sin, cos, x - cos * x - sin * y, y + sin * x - cos * y


def _rules(image: Image, skew: float, level: Affine, unit: float) -> list[Rect]:
    height, width = image.shape[:2]
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    if skew:
        a, b, c, d, e, f = level
        gray = cv2.warpAffine(gray, np.array([[a, c, e], [b, d, f]]), (width, height), borderValue=255)
    rules = ruling_lines(np.asarray(gray, np.uint8), unit)
    return [move_rect((unit, 0, 0, -unit, 0, height * unit), rule) for rule in rules]


def _is_speck(line: TextLine) -> bool:
    """Whether the line is dirt read as a mark that never stands alone."""
    return not line.characters or (len(line.characters) <= 2 and _SPECK.issuperset(line.text))


def _run(line: TextLine, forward: Affine) -> Run:
    """The line in reading space: all its characters on one height, spaces as the recogniser saw them."""
    corners = [move(forward, x, y) for x, y in line.corners.tolist()]
    top, bottom = (corners[0][1] + corners[1][1]) / 2, (corners[2][1] + corners[3][1]) / 2
    middle = (top + bottom) / 2  # boxes reach differently far down; their middle lines agree
    glyphs: list[Glyph] = []
    starts: list[int] = []
    boxes = iter(line.characters)
    for offset, char in enumerate(line.text):
        if char.isspace():
            continue
        (x0, _), (x1, _), (x2, _), (x3, _) = (move(forward, x, y) for x, y in next(boxes).tolist())
        left, right = (x0 + x3) / 2, (x1 + x2) / 2
        glyphs.append(Glyph(left, bottom, max(right, left), top, char, middle, line.score))
        starts.append(offset)
    return Run(glyphs[0].x0, bottom, glyphs[-1].x1, top, middle, line.text, tuple(glyphs), tuple(starts))
