"""Ruling lines on a picture of a page, as thin boxes for `pdf_ruled`."""

import cv2
import numpy as np

from contract_audit.readers.ocr_models import Image
from contract_audit.readers.pdf_sheet import Rect

_ACROSS_POINTS = 24.0  # shortest line that can be a table's; longer than any stroke of a character
_DOWN_POINTS = 11.0  # a row is at least a line of text high
_NEAR_POINTS = 2.0  # a column's border ends on a line; strokes of characters end a little before it


def ruling_lines(gray: Image, points_per_pixel: float) -> list[Rect]:
    """Horizontal and vertical lines of a deskewed grey picture: (left, top, right, bottom) in pixels, y down."""
    ink = np.asarray(
        cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12), np.uint8
    )
    across = _strokes(ink, round(_ACROSS_POINTS / points_per_pixel), horizontal=True)
    if not across:
        return []
    down = _strokes(ink, round(_DOWN_POINTS / points_per_pixel), horizontal=False)
    near = _NEAR_POINTS / points_per_pixel
    return across + [stroke for stroke in down if all(_meets(stroke, end, across, near) for end in (1, 3))]


def _strokes(ink: Image, length: int, *, horizontal: bool) -> list[Rect]:
    size = max(12, length)
    kernel = np.ones((1, size) if horizontal else (size, 1), np.uint8)
    mask = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
    bridge = np.ones((3, 9) if horizontal else (9, 3), np.uint8)  # a scanned line wavers and breaks
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(mask, bridge))
    along, across = (4, 1) if horizontal else (1, 4)  # what bridging has added at the ends
    return [
        (float(left + along), float(top + across), float(left + wide - along), float(top + high - across))
        for left, top, wide, high, _ in stats[1:count].tolist()
        if (wide > 4 * high if horizontal else high > 2 * wide)
    ]


def _meets(stroke: Rect, end: int, across: list[Rect], near: float) -> bool:
    """Whether a vertical stroke ends (1: at the top, 3: at the bottom) on a horizontal line, as strokes of characters do not."""
    x = (stroke[0] + stroke[2]) / 2
    return any(
        line[0] - near <= x <= line[2] + near and abs((line[1] + line[3]) / 2 - stroke[end]) <= near for line in across
    )
