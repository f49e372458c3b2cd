"""Which way up a picture of a page is, and the lines of text on it, seals or not, however long it is."""

from typing import NamedTuple

import cv2
import numpy as np

from contract_audit.readers.ocr_engine import TextLine, line_text, text_lines
from contract_audit.readers.ocr_models import Image
from contract_audit.readers.ocr_seal import Mask
from contract_audit.readers.pdf_sheet import Affine

_SURE = 0.9  # mean score of the longest lines from which a page is surely upright
_PROBE_LINES = 6
_UNDER_SEAL = 0.85  # a line under a seal that scores less is also read with the seal on
_TILE_ASPECT = 2.0  # a picture higher than this many widths is cut at blank rows
_TILE_HEIGHT = 1.4
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


class Upright(NamedTuple):
    """A page the right way up."""

    image: Image
    lines: list[TextLine]
    angle: int  # degrees clockwise that the picture was turned


def upright_page(image: Image, threads: int) -> Upright:
    """Recognise a picture after turning it so that its text runs to the right."""
    lines = _lines(image, threads)
    longest = sorted(lines, key=lambda line: -max(line_size(line)))[:_PROBE_LINES]
    tall = sum(line_size(line)[1] > 1.5 * line_size(line)[0] for line in longest) > len(longest) / 2
    if len(lines) < 3 or (not tall and sum(line.score for line in longest) >= _SURE * len(longest)):
        return Upright(image, lines, 0)
    angle = max((90, 270) if tall else (0, 180), key=lambda angle: _legibility(image, longest, angle, threads))
    if angle == 0:
        return Upright(image, lines, 0)
    turned = _turned(image, angle)
    return Upright(turned, _lines(turned, threads), angle)


def _legibility(image: Image, lines: list[TextLine], angle: int, threads: int) -> float:
    """How well the lines read when the picture is turned by `angle`; short readings count less."""
    total = 0.0
    for line in lines:
        text, score = line_text(_turned(_cut_out(image, line), angle), threads)
        total += score * min(1.0, len(text) / 10)
    return total


def _turned(image: Image, angle: int) -> Image:
    return np.asarray(cv2.rotate(image, _TURNS[angle]), np.uint8) if angle else image


def turn_matrix(angle: int, image: Image) -> Affine:
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


def line_size(line: TextLine) -> tuple[float, float]:
    """Width and height of a line, pixels."""
    top_left, top_right, _, bottom_left = line.corners
    return float(np.hypot(*(top_right - top_left))), float(np.hypot(*(bottom_left - top_left)))


def _cut_out(image: Image, line: TextLine) -> Image:
    left, top = np.floor(line.corners.min(axis=0)).astype(int)
    right, bottom = np.ceil(line.corners.max(axis=0)).astype(int)
    return np.ascontiguousarray(image[max(0, top) : bottom + 1, max(0, left) : right + 1])


def second_look(page: Upright, image: Image, mask: Mask, threads: int) -> Upright:
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
