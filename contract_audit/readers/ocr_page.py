"""A picture of a page to a sheet: which way up, how skewed, seals off, lines of text and of tables found."""

import math
from itertools import pairwise

import cv2
import numpy as np

from contract_audit.readers.ocr import Recognised
from contract_audit.readers.ocr_cells import overlooked_cells
from contract_audit.readers.ocr_engine import TextLine
from contract_audit.readers.ocr_models import Image
from contract_audit.readers.ocr_rules import ruling_lines
from contract_audit.readers.ocr_seal import red_mask, seal_boxes, without_red
from contract_audit.readers.ocr_upright import line_size, second_look, turn_matrix, upright_page
from contract_audit.readers.pdf_sheet import Affine, Glyph, Run, Sheet, inverse, move, move_rect, then

DPI = 171  # an A4 page is 2000 pixels high: more does not read better, it only takes longer
_DOUBTFUL = 0.8
_SCRAP = 0.6  # one or two characters less sure than this are what is left of a seal, or dirt
_INK_CONTRAST = 40  # grey levels below the paper's
_MIN_INK = 0.004  # of the page: a line of text is more
_MIN_SKEW = 0.1  # degrees
_FIGURES = frozenset("0123456789.")
_FIGURE_AND_SPACE = 0.7  # em
_LONGEST_LABEL = 9  # characters, the first of the words included
_SPECK = frozenset("·。.、，,'`´‘’:：;；~_ ")


def recognise(picture: Image, page: int, points_per_pixel: float, threads: int) -> Recognised:
    """Recognise a picture of a page (`page` 1-based); `points_per_pixel` says how large the page is on paper.

    Cost: 2 to 3 CPU seconds for an A4 page full of text, twice that if it lies on its side or upside down.
    """
    image, shrunk = _sized(picture, points_per_pixel)
    unit = points_per_pixel / shrunk
    mask = red_mask(image)
    clear = without_red(image, mask, unit)
    upright = upright_page(clear, threads)
    if clear is not image:
        upright = second_look(upright, image, mask, threads)
    skew = _skew(upright.lines)
    height, width = upright.image.shape[:2]
    level = _level_matrix(skew, width, height)
    to_points: Affine = (unit, 0, 0, -unit, 0, height * unit)
    forward = then(level, to_points)
    to_original: Affine = (1 / shrunk, 0, 0, 1 / shrunk, 0, 0)
    gray = _leveled(upright.image, skew, level)
    rules = [move_rect(to_points, rule) for rule in ruling_lines(gray, unit)]
    runs = [_run(line, forward) for line in upright.lines if not _is_speck(line)]
    runs += overlooked_cells(gray, rules, runs, to_points, threads)
    count = sum(len(line.text) for line in upright.lines)
    return Recognised(
        sheet=Sheet(
            page=page,
            width=width * unit,
            height=height * unit,
            runs=tuple(runs),
            rules=tuple(rules),
            back=then(inverse(then(turn_matrix(upright.angle, image), forward)), to_original),
        ),
        seals=tuple(move_rect(to_original, box) for box in seal_boxes(mask, unit)),
        score=sum(line.score * len(line.text) for line in upright.lines) / count if count else 1.0,
        doubtful=tuple(line.text for line in upright.lines if line.score < _DOUBTFUL),
        has_ink=_has_ink(gray),
    )


def _has_ink(gray: Image) -> bool:
    """Whether something stands on the page, its outermost tenth left out: scanners leave shadows there."""
    height, width = gray.shape[:2]
    inner = gray[height // 10 : height - height // 10 : 2, width // 10 : width - width // 10 : 2]
    return inner.size > 0 and bool((inner < float(np.median(inner)) - _INK_CONTRAST).mean() > _MIN_INK)


def _sized(picture: Image, points_per_pixel: float) -> tuple[Image, float]:
    """The picture at the resolution that reads best, and the factor by which it was shrunk (≤ 1)."""
    factor = min(1.0, points_per_pixel / (72 / DPI))
    if factor > 0.95:
        return picture, 1.0
    return np.asarray(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8), factor


def _skew(lines: list[TextLine]) -> float:
    """How many degrees the lines fall to the right: the median of the long ones."""
    angles = [
        math.degrees(math.atan2(*(line.corners[1] - line.corners[0])[::-1]))
        for line in lines
        if line_size(line)[0] > 6 * line_size(line)[1]
    ]
    skew = float(np.median(angles)) if len(angles) >= 3 else 0.0
    return skew if _MIN_SKEW <= abs(skew) <= 10 else 0.0


def _level_matrix(skew: float, width: int, height: int) -> Affine:
    """The turn about the middle of the picture that makes lines falling by `skew` degrees level, y down."""
    cos, sin = math.cos(math.radians(skew)), math.sin(math.radians(skew))
    x, y = width / 2, height / 2
    return cos, -sin, sin, cos, x - cos * x - sin * y, y + sin * x - cos * y


def _leveled(image: Image, skew: float, level: Affine) -> Image:
    """The picture in grey with its lines level."""
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    if skew:
        a, b, c, d, e, f = level
        gray = cv2.warpAffine(gray, np.array([[a, c, e], [b, d, f]]), gray.shape[::-1], borderValue=255)
    return np.asarray(gray, np.uint8)


def _is_speck(line: TextLine) -> bool:
    """Whether the line is dirt read as a mark that never stands alone, or a scrap of a seal read as a character."""
    few = len(line.characters) <= 2
    return not line.characters or (few and (line.score < _SCRAP or _SPECK.issuperset(line.text)))


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
    em = 0.85 * (top - bottom)
    text, label = line.text, _label_end(glyphs, em)
    if label and starts[label] == starts[label - 1] + 1:
        text = f"{text[: starts[label]]} {text[starts[label] :]}"
        starts[label:] = [start + 1 for start in starts[label:]]
    return Run(glyphs[0].x0, bottom, glyphs[-1].x1, top, middle, text, tuple(glyphs), tuple(starts), em)


def _label_end(glyphs: list[Glyph], em: float) -> int:
    """How many glyphs the number at the start has (3.2 before 20千伏), if a space follows it; 0 otherwise.

    The recogniser leaves spaces out; a figure takes half an em, and more only where a space follows.
    """
    for index, (glyph, following) in enumerate(pairwise(glyphs[:_LONGEST_LABEL]), 1):
        if glyph.text not in _FIGURES:
            return 0
        if "." not in (glyph.text, following.text) and following.x0 - glyph.x0 > _FIGURE_AND_SPACE * em:
            return index
    return 0
