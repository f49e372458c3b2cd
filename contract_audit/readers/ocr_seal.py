"""Red seals on pictures: found as evidence, then made see-through so that the words under them can be recognised.

Painting a seal white, the usual recipe, erases the strokes under it; the red channel keeps them, and stretching its
contrast inside the seal takes the rest of the ink away (measured: date and amount read right 16 of 16 times).
Red words, as in the heads of official papers (红头), stay as they are.
"""

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from contract_audit.readers.ocr_models import Image

Mask = npt.NDArray[np.bool_]
Pixels = tuple[int, int, int, int]  # left, top, right, bottom

_MIN_SHARE, _MAX_SHARE = 0.0005, 0.12  # of the picture; more red is a colour cast or a red ground
_SEAL_POINTS = (50.0, 190.0)  # 1.8 to 6.7 cm: from name seals to the large oval ones
_ROUND = 0.6  # a seal's hull fills its box: 0.79 a circle, 1 a square
_BRIDGE_POINTS = 8.0  # between the rim of a seal and its characters
_WORDS_ASPECT, _WORDS_POINTS = 2.5, 75.0  # red that is wider and less high than this is a line of words, or a rule


def red_mask(image: Image) -> Mask:
    """Where the picture is red: the colour of seal ink, faint or dark."""
    blue, green, red = cv2.split(image)
    redder = cv2.subtract(red, cv2.max(green, blue)) > 12
    if not redder.any():
        return np.asarray(redder)
    hue, saturation, value = cv2.split(cv2.cvtColor(image, cv2.COLOR_BGR2HSV))
    return np.asarray(redder & ((hue <= 14) | (hue >= 160)) & (saturation > 38) & (value > 50))


def without_red(image: Image, mask: Mask, points_per_pixel: float) -> Image:
    """The picture with red ink turned into paper; unchanged where there is none, or so much that it is no seal."""
    if not _is_ink(mask):
        return image
    seals = mask.copy()
    for left, top, right, bottom in _shapes(mask, points_per_pixel):
        if right - left > _WORDS_ASPECT * (bottom - top) and (bottom - top) * points_per_pixel < _WORDS_POINTS:
            seals[top:bottom, left:right] = False
    if not seals.any():
        return image
    wide = cv2.dilate(seals.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    red = image[:, :, 2][wide].astype(np.float32)
    ink = red[red > 110]
    paper = float(np.percentile(ink, 8)) if ink.size > 50 else 200.0
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    out = image.copy()
    out[wide] = np.clip((red - 45) / max(paper - 45, 30) * 255, 0, 255).astype(np.uint8)[:, None]
    out[~mask & ~wide] = gray[~mask & ~wide][:, None]
    return out


def seal_boxes(mask: Mask, points_per_pixel: float) -> list[Pixels]:
    """Boxes of round, oval or square red shapes of the size of a seal; one cut by the page edge (骑缝章) may be narrow."""
    if not _is_ink(mask):
        return []
    height, width = mask.shape
    boxes = []
    for left, top, right, bottom in _shapes(mask, points_per_pixel, _ROUND):
        at_edge = left <= 2 or top <= 2 or right >= width - 2 or bottom >= height - 2
        short, long = sorted((right - left, bottom - top))
        if _SEAL_POINTS[0] <= long * points_per_pixel <= _SEAL_POINTS[1] and short > (0.15 if at_edge else 0.55) * long:
            boxes.append((left, top, right, bottom))
    return [box for box in boxes if not any(_lies_in(box, other) for other in boxes)]


def _lies_in(box: Pixels, other: Pixels) -> bool:
    return box != other and box[0] >= other[0] and box[1] >= other[1] and box[2] <= other[2] and box[3] <= other[3]


def _is_ink(mask: Mask) -> bool:
    return bool(_MIN_SHARE < mask.mean() < _MAX_SHARE)


def _shapes(mask: Mask, points_per_pixel: float, fill: float = 0.0) -> Iterator[Pixels]:
    """Boxes of the connected red shapes whose hull fills at least that share of its box."""
    size = max(3, round(_BRIDGE_POINTS / points_per_pixel)) | 1
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    for outline in cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        left, top, width, height = (int(value) for value in cv2.boundingRect(outline))
        if cv2.contourArea(cv2.convexHull(outline)) >= fill * width * height:
            yield left, top, left + width, top + height
