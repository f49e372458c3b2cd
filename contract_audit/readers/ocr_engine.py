"""The recogniser: an image to lines of text with a box for every character. Models lie in the wheel; nothing is fetched.

RapidOCR 3.10 with PP-OCRv6 small on OpenVINO, which takes half of onnxruntime's time for the same text. Its line classifier
stays off: it turned upright signature lines over and lost the parties' names; whole pages are turned instead (`ocr_page`).
"""

import sys
from functools import lru_cache
from typing import Any, NamedTuple, cast

import cv2
import numpy as np
import numpy.typing as npt
from rapidocr import EngineType, RapidOCR

from contract_audit.errors import DocumentError
from contract_audit.readers.clean import exchanged
from contract_audit.readers.ocr_text import mended

Image = npt.NDArray[np.uint8]  # height × width × 3, blue-green-red
Points = npt.NDArray[np.float64]  # n × 2, pixels, y down

_MAX_SIDE = 3000  # pixels: what is larger was not made to be read at arm's length, and would take all memory
# Lines are found as surely at seven tenths of the size at which they read best, in a third less time.
_DETECTION_SHARE = 0.7
_DETECTION_SIDES = (1408, 2112)
_SMALL = 1500  # pixels
_SPECKS = "·'`´_~ "  # what the recogniser takes dirt at either end of a line for
_SUREST = 0.999  # what was read from a picture is never as sure as what was printed
_MIN_SCORE = 0.3  # below this it is no text: specks, edges of seals


class TextLine(NamedTuple):
    """One recognised line: its corners clockwise from the top left, its text, 0..1 how sure, and the corners per character.

    `characters` has one entry for each character of `text` that is not a space.
    """

    corners: Points
    text: str
    score: float
    characters: tuple[Points, ...]


@lru_cache(maxsize=3)
def _engine(threads: int, side: int | None) -> Any:
    # OpenVINO does without its usage statistics where that package is absent; nothing here may ever speak to a network.
    sys.modules["openvino_telemetry"] = cast(Any, None)
    detection = {"Det.limit_type": "max", "Det.limit_side_len": side} if side else {}
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.text_score": _MIN_SCORE,
            "Global.max_side_len": _MAX_SIDE,
            "Det.engine_type": EngineType.OPENVINO,
            "Rec.engine_type": EngineType.OPENVINO,
            "EngineConfig.openvino.inference_num_threads": threads,
            # Pinned, the workers of a scan would all sit on the first processor.
            "EngineConfig.openvino.enable_cpu_pinning": False,
            **detection,
        }
    )


def _detection_side(image: Image) -> int | None:
    """The side to which a picture is shrunk for finding lines; None: as the engine has it, which enlarges small ones."""
    longest = max(image.shape[:2])
    if longest <= _SMALL:
        return None
    return next((side for side in _DETECTION_SIDES if longest <= side / _DETECTION_SHARE), _DETECTION_SIDES[-1])


def text_lines(image: Image, threads: int) -> list[TextLine]:
    """All lines of text found in `image`, in no particular order."""
    found = _run(image, threads, use_det=True)
    if found.boxes is None:
        return []
    characters = found.word_results if len(found.word_results) == len(found.txts) else [()] * len(found.txts)
    return [
        _line(np.asarray(box, dtype=np.float64), text.strip(), min(float(score), _SUREST), words)
        for box, text, score, words in zip(found.boxes, found.txts, found.scores, characters, strict=True)
    ]


def line_text(image: Image, threads: int) -> tuple[str, float]:
    """The text of an image of one upright line, and 0..1 how sure."""
    found = _run(image, threads, use_det=False)
    return (found.txts[0].strip(), min(float(found.scores[0]), _SUREST)) if found.txts else ("", 0.0)


def _run(image: Image, threads: int, *, use_det: bool) -> Any:
    # The engine keeps the options of the last call: all are given each time.
    options = {"use_det": use_det, "use_cls": False, "use_rec": True}
    try:
        return _engine(threads, _detection_side(image) if use_det else _DETECTION_SIDES[0])(
            image, **options, return_word_box=use_det, return_single_char_box=use_det
        )
    except (RuntimeError, ValueError, IndexError, ZeroDivisionError, cv2.error) as error:
        raise DocumentError("ocr_failed", "文字识别失败；请核对原件，或提供清晰的扫描件") from error


def _line(corners: Points, text: str, score: float, words: Any) -> TextLine:
    boxes = tuple(np.asarray(box, dtype=np.float64) for _, _, box in words)
    if "".join(word for word, _, _ in words) != "".join(text.split()):
        boxes = _evenly(corners, len("".join(text.split())))
    start, end = _without_dirt(text)
    before = len("".join(text[:start].split()))
    places = [index for index, char in enumerate(text[start:end]) if not char.isspace()]
    box_of = {index: boxes[before + place] for place, index in enumerate(places)}
    kept = mended(exchanged(text[start:end]))
    return TextLine(
        corners, "".join(char for _, char in kept), score, tuple(box_of[index] for index, _ in kept if index in box_of)
    )


def _without_dirt(text: str) -> tuple[int, int]:
    """Start and end of the line without specks read as marks before it, or as a second mark after its full stop."""
    start = len(text) - len(text.lstrip(_SPECKS))
    end = len(text.rstrip(_SPECKS))
    while end - start >= 2 and text[end - 1] in "。，、." and text[end - 2] in "。；：！？":
        end -= 1
    return start, max(start, end)


def _evenly(corners: Points, count: int) -> tuple[Points, ...]:
    """Corners cut into `count` equal parts from left to right."""
    top_left, top_right, bottom_right, bottom_left = corners
    cuts = np.linspace(0.0, 1.0, count + 1)
    tops = [top_left + (top_right - top_left) * cut for cut in cuts]
    bottoms = [bottom_left + (bottom_right - bottom_left) * cut for cut in cuts]
    return tuple(np.array([tops[i], tops[i + 1], bottoms[i + 1], bottoms[i]]) for i in range(count))
