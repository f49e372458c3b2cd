"""Folding: the one normal form that patterns are matched on, with a map back to the original offsets.

Folded text has half-width letters and digits, full-width Chinese punctuation, and no white space except single spaces
between Latin words: 「返 还 5，０００ 万元(含税)」 becomes 「返还5,000万元（含税）」. Line ends and tabs stay: they part
paragraphs and table cells, and no pattern may cross them unawares (readers have joined lines that layout broke).

    >>> folded = fold("返 还 60％")
    >>> folded.text, folded.original(0, 2)
    ('返还60%', (0, 3))
"""

import re
from bisect import bisect_left
from functools import lru_cache

import msgspec

# Characters that carry no reading: zero-width marks, soft hyphen, byte order mark, bidi controls.
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Half-width punctuation that stands for a Chinese mark; commas and colons between digits stay (5,000 and 9:30).
_TO_CHINESE = {
    ",": "，",
    ";": "；",
    ":": "：",
    "(": "（",
    ")": "）",
    "?": "？",
    "!": "！",
    "[": "【",
    "]": "】",
    "{": "｛",
    "}": "｝",
}
_BETWEEN_DIGITS = frozenset(",:")
_SAME = {
    "○": "〇",
    "﹪": "%",
    "㎡": "㎡",
    "﹣": "-",
    "—": "—",
    "–": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "~": "～",
    "〜": "～",
    "∼": "～",
}
_QUOTES = {'"': "”", "「": "“", "」": "”", "『": "“", "』": "”", "〔": "〔", "﹝": "〔", "﹞": "〕"}


class Folded(msgspec.Struct, frozen=True):
    """Folded text and, for each of its characters, the offset of the original character it came from."""

    text: str
    offsets: tuple[int, ...]
    length: int  # of the original text

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that the folded span [start, end) came from; empty spans stay empty."""
        if start >= len(self.offsets):
            return self.length, self.length
        if end <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1

    def folded(self, start: int, end: int) -> tuple[int, int]:
        """The folded span of the original span [start, end)."""
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)


def fold(text: str) -> Folded:
    """Fold `text` (any length, any content); linear in its length."""
    half = [_WIDE.get(ord(char), char) for char in text]
    chars: list[str] = []
    offsets: list[int] = []
    last = len(half)
    for index, char in enumerate(half):
        if char in _INVISIBLE:
            continue
        if char.isspace() and char not in "\n\t":
            if not _keeps_space(half, index, chars, last):
                continue
            char = " "
        elif char in _TO_CHINESE:
            char = char if char in _BETWEEN_DIGITS and _between_digits(half, index, last) else _TO_CHINESE[char]
        else:
            char = _SAME.get(char) or _QUOTES.get(char, char)
        chars.append(char)
        offsets.append(index)
    return Folded("".join(chars), tuple(offsets), len(text))


@lru_cache(maxsize=4096)
def fold_text(text: str) -> str:
    """Only the folded text, for comparing short strings."""
    return fold(text).text


def _between_digits(half: list[str], index: int, last: int) -> bool:
    return 0 < index < last - 1 and half[index - 1].isdigit() and half[index + 1].isdigit()


def _keeps_space(half: list[str], index: int, chars: list[str], last: int) -> bool:
    """A space is kept, once, only between two Latin characters: elsewhere it is layout, not language."""
    if not chars or not _is_latin(chars[-1]):
        return False
    following = index + 1
    while following < last and (half[following].isspace() or half[following] in _INVISIBLE):
        following += 1
    return following < last and _is_latin(half[following])


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


_SENTENCE_END = re.compile(r"[。！？；\n]")


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence(s) around the span, cut at 。！？； and line ends, the end mark left out."""
    before = 0
    for match in _SENTENCE_END.finditer(text, 0, start):
        before = match.end()
    after = _SENTENCE_END.search(text, end)
    return before, after.start() if after else len(text)
