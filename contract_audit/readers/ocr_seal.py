"""Red seals on pictures: found as evidence, then made see-through so that the words under them can be recognised.

Painting a seal white, the usual recipe, erases the strokes under it; the red channel keeps them, and stretching its
contrast inside the seal takes the rest of the ink away (measured: date and amount read right 16 of 16 times).
"""

import cv2
import numpy as np
import numpy.typing as npt

from contract_audit.readers.ocr_engine import Image

Mask = npt.NDArray[np.bool_]

_MIN_SHARE, _MAX_SHARE = 0.0005, 0.12  # of the picture; more red is a colour cast or a red ground
_SEAL_POINTS = (70.0, 185.0)  # 2.5 to 6.5 cm


def red_mask(image: Image) -> Mask:
    """Where the picture is red: the colour of seal ink, faint or dark."""
    blue, green, red = (channel.astype(np.int16) for channel in cv2.split(image))
    hue, saturation, value = cv2.split(cv2.cvtColor(image, cv2.COLOR_BGR2HSV))
    reddish = ((hue <= 14) | (hue >= 160)) & (saturation > 38) & (value > 50)
    return np.asarray(reddish & (red - np.maximum(green, blue) > 12))


def without_red(image: Image, mask: Mask) -> Image:
    """The picture with red ink turned into paper; unchanged where there is none, or so much that it is no seal."""
    if not _MIN_SHARE < mask.mean() < _MAX_SHARE:
        return image
    wide = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    red = image[:, :, 2][wide].astype(np.float32)
    ink = red[red > 110]
    paper = float(np.percentile(ink, 8)) if ink.size > 50 else 200.0
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    gray[wide] = np.clip((red - 45) / max(paper - 45, 30) * 255, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def seal_boxes(mask: Mask, points_per_pixel: float) -> list[tuple[int, int, int, int]]:
    """Boxes (left, top, right, bottom; pixels) of round or oval red shapes of the size of a seal.

    A seal cut by the page edge (骑缝章) counts from half its size.
    """
    if not _MIN_SHARE < mask.mean() < _MAX_SHARE:
        return []
    height, width = mask.shape
    size = max(3, round(8 / points_per_pixel)) | 1  # bridges the gaps between a seal's rim and its characters
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed)
    boxes = []
    for left, top, wide, high, area in stats[1:count].tolist():
        at_edge = left <= 2 or top <= 2 or left + wide >= width - 2 or top + high >= height - 2
        long, short = max(wide, high) * points_per_pixel, min(wide, high) * points_per_pixel
        round_enough = short > (0.15 if at_edge else 0.55) * long
        if _SEAL_POINTS[0] <= long <= _SEAL_POINTS[1] and round_enough and area > 0.25 * wide * high:
            boxes.append((left, top, left + wide, top + high))
    return boxes
