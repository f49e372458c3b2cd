"""The recogniser: an image to lines of text with a box for every character. Models lie in the wheel; nothing is fetched.

Lines are read one by one, each only as wide as it is: in batches, short lines would be filled up to the longest. There is
no line classifier: it turned upright signature lines over and lost the parties' names; whole pages are turned instead
(`ocr_upright`).
"""

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import cv2
import numpy as np

from contract_audit.errors import DocumentError
from contract_audit.readers.clean import exchanged
from contract_audit.readers.ocr_boxes import Points, line_boxes
from contract_audit.readers.ocr_models import Image, Logits, Numbers, alphabet, steps
from contract_audit.readers.ocr_text import mended

_MAX_SIDE = 3000  # pixels: what is larger was not made to be read at arm's length, and would take all memory
_FLAT, _LOW = 8, 30  # a picture so many times as wide as high, or so few pixels high, gets paper above and below
_SPECKS = "·'`´_~ "  # what the recogniser takes dirt at either end of a line for
_SUREST = 0.999  # what was read from a picture is never as sure as what was printed
_MIN_SCORE = 0.3  # below this it is no text: specks, edges of seals
_STRIP = 48  # pixels, the height at which lines are read
_GRID = 32  # pixels: strips are as wide as a multiple of this
_MIN_WIDTH = 96  # pixels
_MORE_HEIGHT = 0.08  # of a line's: read a little smaller, lines are as legible and take as much less time
_GROUND = 128  # grey, what the reader takes for nothing
_ON_ITS_SIDE = 1.5  # times as high as wide
_LONGEST_STEP = 5  # steps of the reader from one character to the next of a word
_WIDE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


class TextLine(NamedTuple):
    """One recognised line: its corners clockwise from the top left, its text, 0..1 how sure, and the corners per character.

    `characters` has one entry for each character of `text` that is not a space.
    """

    corners: Points
    text: str
    score: float
    characters: tuple[Points, ...]


class _Reading(NamedTuple):
    """What a line says: its text, 0..1 how sure, at which step of the reader each character stands, and all its steps."""

    text: str
    score: float
    steps: list[int]
    length: float


def text_lines(image: Image, threads: int) -> list[TextLine]:
    """All lines of text found in `image`, in no particular order."""
    with _failing_clearly():
        prepared, added, shrunk = _prepared(image)
        height, width = image.shape[:2]
        lines = []
        for corners in line_boxes(prepared, threads):
            reading = _read(prepared, _upright(corners), threads)
            if reading.text.strip() and reading.score >= _MIN_SCORE:
                original = np.clip((corners - (0, added)) / shrunk, 0, (width, height))
                lines.append(_line(original, reading))
        return lines


def line_text(image: Image, threads: int) -> tuple[str, float]:
    """The text of an image of one upright line, and 0..1 how sure."""
    height, width = image.shape[:2]
    with _failing_clearly():
        reading = _read(image, np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]), threads)
    return reading.text.strip(), min(reading.score, _SUREST)


@contextmanager
def _failing_clearly() -> Iterator[None]:
    try:
        yield
    except (RuntimeError, ValueError, IndexError, ZeroDivisionError, cv2.error) as error:
        raise DocumentError("ocr_failed", "文字识别失败；请核对原件，或提供清晰的扫描件") from error


def _prepared(image: Image) -> tuple[Image, int, float]:
    """The picture not too large and not too flat to be searched, the rows added above it, and by how much it was shrunk."""
    shrunk = min(1.0, _MAX_SIDE / max(image.shape[:2]))
    if shrunk < 1.0:
        image = np.asarray(cv2.resize(image, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA), np.uint8)
    height, width = image.shape[:2]
    if height > _LOW and width <= _FLAT * height:
        return image, 0, shrunk
    added = max(0, math.ceil(max(width / _FLAT, _LOW) - height / 2))
    return np.asarray(cv2.copyMakeBorder(image, added, added, 0, 0, cv2.BORDER_REPLICATE), np.uint8), added, shrunk


def _upright(corners: Points) -> Points:
    """The corners of a line as of a strip that is read to the right: a line on its side begins at its upper end."""
    return np.roll(corners, -1, axis=0) if _is_on_its_side(corners) else corners


def _is_on_its_side(corners: Points) -> bool:
    return bool(np.hypot(*(corners[3] - corners[0])) >= _ON_ITS_SIDE * np.hypot(*(corners[1] - corners[0])))


def _read(image: Image, corners: Points, threads: int) -> _Reading:
    across, down = corners[1] - corners[0], (1 + _MORE_HEIGHT) * (corners[3] - corners[0])
    start = corners[0] - _MORE_HEIGHT / 2 * (corners[3] - corners[0])
    width = max(1, math.ceil(_STRIP * np.hypot(*across) / np.hypot(*down)))
    right, below = across / width, down / _STRIP
    matrix = np.column_stack([right, below, start + (right + below - 1) / 2])
    strip = np.full((_STRIP, max(_MIN_WIDTH, -(-width // _GRID) * _GRID), 3), _GROUND, np.uint8)
    strip[:, :width] = cv2.warpAffine(
        image, matrix, (width, _STRIP), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    return _decoded(*steps(strip, threads), width / strip.shape[1])


def _decoded(count: int, uncertain: Numbers, scores: Logits, share: float) -> _Reading:
    """The best character at each step, without repeats and nothings; `share` of the steps belong to the line."""
    best = np.zeros(count, np.intp)
    best[uncertain] = scores.argmax(axis=1)
    kept = np.flatnonzero((best != 0) & (best != np.concatenate(([0], best[:-1]))))
    chosen = scores[np.searchsorted(uncertain, kept)]
    chances = 1 / np.exp(chosen - chosen.max(axis=1, keepdims=True)).sum(axis=1) if kept.size else np.zeros(1)
    characters = alphabet()
    text = "".join(characters[number] for number in best[kept])
    return _Reading(text, float(chances.mean()), kept.tolist(), count * share)


def _line(corners: Points, reading: _Reading) -> TextLine:
    text = reading.text
    boxes = dict(zip((at for at, char in enumerate(text) if not char.isspace()), _boxes(corners, reading), strict=True))
    start, end = _without_dirt(text)
    kept = mended(exchanged(text[start:end]))
    return TextLine(
        corners,
        "".join(char for _, char in kept),
        min(reading.score, _SUREST),
        tuple(boxes[start + at] for at, _ in kept if start + at in boxes),
    )


def _without_dirt(text: str) -> tuple[int, int]:
    """Start and end of the line without specks read as marks before it, or as a second mark after its full stop."""
    start = len(text) - len(text.lstrip(_SPECKS))
    end = len(text.rstrip(_SPECKS))
    while end - start >= 2 and text[end - 1] in "。，、." and text[end - 2] in "。；：！？":
        end -= 1
    return start, max(start, end)


def _boxes(corners: Points, reading: _Reading) -> Points:
    """The corners of each character that is not a space: characters × 4 × 2, all of one width where they have room."""
    solid = [step for char, step in zip(reading.text, reading.steps, strict=True) if not char.isspace()]
    middles, half = (np.array(solid) + 0.5) / reading.length, _character_steps(reading) / reading.length / 2
    left, right = np.maximum(middles - half, 0), np.minimum(middles + half, 1)
    between = (right[:-1] + left[1:]) / 2
    left[1:], right[:-1] = np.maximum(left[1:], between), np.minimum(right[:-1], between)
    strip = _upright(corners)
    shares = np.column_stack([left, right, right, left])[:, :, np.newaxis]
    starts, ends = strip[[0, 0, 3, 3]], strip[[1, 1, 2, 2]]
    boxes = starts + shares * (ends - starts)
    return np.roll(boxes, 1, axis=1) if _is_on_its_side(corners) else boxes


def _character_steps(reading: _Reading) -> float:
    """How many steps a character takes: the mean over words, which end where the script changes or a space is."""
    words: list[list[int]] = [[]]
    wide = False
    for char, step in zip(reading.text, reading.steps, strict=True):
        before, wide = wide, bool(_WIDE.match(char))
        if words[-1] and (char.isspace() or wide != before or step - words[-1][-1] > _LONGEST_STEP):
            words.append([])
        if not char.isspace():
            words[-1].append(step)
    widths = [(word[-1] - word[0]) / (len(word) - 1) for word in words if len(word) > 1]
    return sum(widths) / len(widths) if widths else reading.length / max(1, len(reading.text))
