"""Where the lines of text are on a picture: a map of text made of it, and the rectangles around what stands out there.

As for networks with differentiable binarization (Liao et al. 2020): they draw the core of each line, and the line is
that much larger on all sides as its core's area is to its circumference.
"""

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from contract_audit.readers.ocr_models import Image, Logits, text_map

Points = npt.NDArray[np.float64]  # n × 2, pixels, y down

# Lines are found as surely at seven tenths of the size at which they read best, in half of the time.
_SHARE = 0.7
_SIDE = 1408  # pixels, the longer side: less is not gone down to
_SMALLEST = 736  # pixels, the shorter side: less is enlarged
_GRID = 32  # pixels: what the network's strides divide
_SIZES = 128  # pixels: every size met for the first time costs time
_BLOCK = 8  # pixels: strokes and dots are seen in the mean of so many by so many, grain of the paper is not
_UNEVEN = 4  # grey levels between neighbouring blocks
_MARGIN = 40  # pixels around what is written
_GAP = 50  # blocks
_CORE = 0.3  # probability from which a pixel is of a line's core
_MIN_SCORE = 0.5  # mean probability of a line's core
_GROWTH = 1.6
_MIN_CORE, _MIN_SIDE = 3, 5  # pixels of the map
_MOST = 1000  # lines


def line_boxes(image: Image, threads: int) -> list[Points]:
    """The corners of each line, clockwise from the top left, in no particular order."""
    height, width = image.shape[:2]
    limit = np.array([width - 1, height - 1])
    factor = _factor(height, width)
    boxes = []
    for left, top, right, bottom in _written(image, factor):
        size = [max(_GRID, round(side * factor / _GRID) * _GRID) for side in (right - left, bottom - top)]
        found = text_map(np.asarray(cv2.resize(image[top:bottom, left:right], size), np.uint8), threads)
        start = np.array([left, top])
        scale = np.array([(right - left) / size[0], (bottom - top) / size[1]])
        for corners in _rectangles(found):
            boxes.append(np.clip(np.round(_ordered(corners) * scale) + start, 0, limit))
    return [box for box in boxes if min(np.hypot(*(box[1] - box[0])), np.hypot(*(box[3] - box[0]))) > 3]


def _factor(height: int, width: int) -> float:
    """By how much a picture is resized before it is searched."""
    if max(height, width) <= _SIDE:
        return max(1.0, _SMALLEST / min(height, width))
    return max(_SHARE, _SIDE / max(height, width))


def _written(image: Image, factor: float) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of what is not plain paper: margins, and wide gaps between lines, need no search."""
    height, width = image.shape[:2]
    small = cv2.resize(image, (-(-width // _BLOCK), -(-height // _BLOCK)), interpolation=cv2.INTER_AREA)
    around = np.ones((3, 3), np.uint8)
    contrast = np.asarray(cv2.subtract(cv2.dilate(small, around), cv2.erode(small, around)), np.uint8)
    uneven = contrast.max(axis=2) > _UNEVEN
    columns, rows = np.flatnonzero(uneven.any(axis=0)), np.flatnonzero(uneven.any(axis=1))
    if not rows.size:
        return [(0, 0, width, height)]
    left, right = _widened(int(columns[0]), int(columns[-1]) + 1, width, factor)
    parts = np.split(rows, np.flatnonzero(np.diff(rows) > _GAP) + 1)
    spans = [_widened(int(part[0]), int(part[-1]) + 1, height, factor) for part in parts]
    return [(left, top, right, bottom) for top, bottom in spans]


def _widened(first: int, last: int, whole: int, factor: float) -> tuple[int, int]:
    """The pixels from block `first` to before block `last` with a margin, as many as make one of few sizes."""
    step = _SIZES / factor
    length = math.ceil(math.ceil(((last - first) * _BLOCK + 2 * _MARGIN) / step) * step)
    start = max(0, min(whole - length, ((first + last) * _BLOCK - length) // 2))
    return start, min(whole, start + length)


def _rectangles(found: Logits) -> Iterator[Points]:
    """The corners of each line on the map of text."""
    core = (found > np.log(_CORE / (1 - _CORE))).astype(np.uint8)
    core = np.asarray(cv2.dilate(core, np.ones((2, 2), np.uint8)), np.uint8)
    for outline in cv2.findContours(core, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0][:_MOST]:
        centre, (width, height), angle = cv2.minAreaRect(outline)
        if min(width, height) < _MIN_CORE or _score(found, _corners(centre, width, height, angle)) < _MIN_SCORE:
            continue
        added = _GROWTH * width * height / (width + height)  # at both ends together; the circumference has two of each
        if min(width, height) + added >= _MIN_SIDE:
            yield _corners(centre, width + added, height + added, angle)


def _corners(centre: Sequence[float], width: float, height: float, angle: float) -> Points:
    return np.asarray(cv2.boxPoints((centre, (width, height), angle)), np.float64)


def _score(found: Logits, corners: Points) -> float:
    """Mean probability inside the corners."""
    height, width = found.shape
    left, top = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, (width - 1, height - 1))
    right, bottom = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, (width - 1, height - 1))
    inside = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    cv2.fillPoly(inside, [(corners - (left, top)).astype(np.int32)], 1)
    chances = 1 / (1 + np.exp(-found[top : bottom + 1, left : right + 1]))
    return float(cv2.mean(chances, inside)[0])


def _ordered(corners: Points) -> Points:
    """Clockwise from the top left; a line on its side has its upper end first."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = (half[np.argsort(half[:, 1], kind="stable")] for half in (by_x[:2], by_x[2:]))
    return np.array([left[0], right[0], right[1], left[1]])
