"""Text recognition, as far as it can be spoken of without loading it: whether it is installed, and what to do if not."""

from functools import cache
from importlib.util import find_spec

INSTALL = 'pip install "contract_audit[ocr]"'


@cache
def installed() -> bool:
    """Whether the extra `ocr` is there: recogniser, its runtime, and what prepares pictures for it."""
    return all(find_spec(module) is not None for module in ("rapidocr", "onnxruntime", "cv2", "numpy"))
