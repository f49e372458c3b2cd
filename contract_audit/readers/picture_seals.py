"""What makes a small picture on a digital page a seal: its size, and that its ink is red."""

from typing import Any

from contract_audit.readers.pdf_sheet import Rect

_SIDE_POINTS = (56.0, 190.0)  # 2 to 6.7 cm
_MAX_ASPECT = 1.8
_SAMPLES = 48  # pixels a side: enough to tell the colour
_PAPER = 225  # lightest channel value of ink
_MIN_INK = 0.03  # of the picture
_MIN_RED = 0.5  # of the ink


def has_size_of_seal(rect: Rect) -> bool:
    """Whether a box, points, is as large as official and private seals are."""
    short, long = sorted((rect[2] - rect[0], rect[3] - rect[1]))
    return _SIDE_POINTS[0] <= long <= _SIDE_POINTS[1] and long <= _MAX_ASPECT * short


def is_red(picture: Any) -> bool:
    """Whether most of the ink of a Pillow picture in RGB, on white, is red."""
    channels = picture.resize((_SAMPLES, _SAMPLES)).split()
    pixels = list(zip(*(channel.tobytes() for channel in channels), strict=True))
    ink = [pixel for pixel in pixels if min(pixel) < _PAPER]
    reds = sum(red - max(green, blue) > 25 for red, green, blue in ink)
    return len(ink) > _MIN_INK * len(pixels) and reds > _MIN_RED * len(ink)
