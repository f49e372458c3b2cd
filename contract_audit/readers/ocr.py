"""Text recognition, as far as it can be spoken of without loading it: whether it is installed, and what to do if not."""

from functools import cache
from importlib.util import find_spec

import msgspec

from contract_audit.readers.pdf_sheet import Rect, Sheet

INSTALL = 'pip install "contract_audit[ocr]"'


@cache
def installed() -> bool:
    """Whether the extra `ocr` is there: recogniser, its runtime, and what prepares pictures for it."""
    return all(find_spec(module) is not None for module in ("rapidocr", "openvino", "cv2", "numpy"))


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """A recognised page: the sheet (its `back` leads to pixels of the picture, y down), seals in pixels, how sure."""

    sheet: Sheet
    seals: tuple[Rect, ...]
    score: float  # mean over all characters; 1 for a page without text
    doubtful: tuple[str, ...]  # lines that were hardly readable
    has_ink: bool  # something stands on the page, be it text or not
