"""Bytes of a text file to characters: the encodings that Chinese offices produce."""

import codecs
import re
from contextlib import suppress

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_HANZI = re.compile("[\u4e00-\u9fff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


def decode(data: bytes, *, cut: bool = False) -> tuple[str, bool]:
    """The text of `data` and whether every byte of it had a meaning in the encoding found.

    Byte order marks decide; without one UTF-8, then UTF-16 (recognised by the zero bytes of line ends and ASCII), then
    GB 18030, the superset of GBK and GB 2312. `cut`: `data` is the beginning of more and may end inside a character.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding, cut)
    wide = _unmarked_utf16(data[:_SAMPLE])
    for encoding in filter(None, ("utf-8", wide, "gb18030")):
        with suppress(UnicodeDecodeError):
            return _decoder(encoding, "strict").decode(data, not cut), True
    return _lenient(data, wide or "gb18030", cut)


def is_text(data: bytes) -> bool:
    """True if `data` reads as text: hardly any control characters or undecodable bytes in the first 64 KiB.

    A text of Chinese characters may hold more of them: what a damaged export has left between the words.
    """
    text, sound = decode(data[:_SAMPLE], cut=len(data) > _SAMPLE)
    strange = len(_CONTROL.findall(text))
    chinese = sound and "\0" not in text and 3 * len(_HANZI.findall(text)) >= len(text)
    return bool(text.strip()) and strange * (20 if chinese else 200) <= len(text)


def _decoder(encoding: str, errors: str) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(encoding)(errors)


def _lenient(data: bytes, encoding: str, cut: bool) -> tuple[str, bool]:
    text = _decoder(encoding, "replace").decode(data, not cut)
    return text, "\ufffd" not in text


def _unmarked_utf16(sample: bytes) -> str | None:
    half = len(sample) // 2
    low, high = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if max(low, high) * 100 < half or low == high:
        return None
    return "utf-16-le" if high > low else "utf-16-be"
