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

# Marks that carry no reading (zero-width, soft hyphen, byte order mark, bidi controls), and white space that is layout;
# line ends and tabs are kept.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
# Written out: `\s` less line ends and tabs is tried at every character by itself, which takes ten times as long.
_KEPT = "\n\t"
WHITE_SPACE = "".join(filter(str.isspace, map(chr, range(0x3001))))
_LAYOUT = _INVISIBLE + "".join(set(WHITE_SPACE) - set(_KEPT))
_DROPPED = re.compile(f"[{_LAYOUT}]+")
_BETWEEN_LATIN = re.compile(rf"[A-Za-z][{_INVISIBLE}]*[^\S\n\t][^A-Za-z]*[A-Za-z]")
# Between digits a comma or colon is part of the number (5,000 and 9:30); elsewhere it is a Chinese mark.
_IN_NUMBER = re.compile(r"[,:，：](?<=\d[,:，：])(?=\d)")
# 1, 250万元: a space that a scan put at the comma of thousands.
_LOOSE_COMMA = re.compile(r"(?<![0-9.,，])([0-9]{1,3} ?)[,，]( ?)(?=[0-9]{3}(?![0-9]))")
_FOLDED_MARKS = {
    ",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！", "[": "【", "]": "】", "{": "｛", "}": "｝",
    "○": "〇", "﹪": "%", "﹣": "-", "–": "-", "‐": "-", "‑": "-", "−": "-", "~": "～", "〜": "～", "∼": "～",
    '"': "”", "「": "“", "」": "”", "『": "“", "』": "”", "﹝": "〔", "﹞": "〕", "\ue000": ",", "\ue001": ":",
}  # fmt: skip
_FORMS = {
    chr(code): _FOLDED_MARKS.get(chr(code - 0xFEE0), chr(code - 0xFEE0)) for code in range(0xFF01, 0xFF5F)
} | _FOLDED_MARKS
_CHANGED_FORMS = re.escape("".join(form for form, folded in _FORMS.items() if form != folded))
_FORM = re.compile(f"[{_CHANGED_FORMS}]")
_CHANGED = re.compile(f"[{_CHANGED_FORMS}{_LAYOUT}]")  # outside numbers: what folding replaces or drops


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


@lru_cache(maxsize=64)
def fold(text: str) -> Folded:
    """Fold `text` (any length, any content); linear in its length. Readers of one document share the result."""
    return _folded(text)


def _in_plain_forms(text: str) -> str:
    """The text, mark by mark, in the forms that folding leaves; as long as it is."""
    marked = _IN_NUMBER.sub(lambda mark: "\ue000" if mark.group() in ",，" else "\ue001", text)
    if ", " in marked or " ," in marked:
        marked = _LOOSE_COMMA.sub("\\1\ue000\\2", marked)
    return _FORM.sub(lambda form: _FORMS[form.group()], marked)


def _folded(text: str) -> Folded:
    half = _in_plain_forms(text)
    if _DROPPED.search(half) is None:
        return Folded(half, tuple(range(len(half))), len(text))
    chars: list[str] = []
    offsets: list[int] = []
    position = 0
    for run in _DROPPED.finditer(half):
        chars.append(half[position : run.start()])
        offsets.extend(range(position, run.start()))
        position = run.end()
        if _is_language(run):
            chars.append(" ")
            offsets.append(run.start())
    chars.append(half[position:])
    offsets.extend(range(position, len(half)))
    return Folded("".join(chars), tuple(offsets), len(text))


def _is_language(run: re.Match[str]) -> bool:
    """Whether what is dropped stays as a space, once: between two Latin letters; elsewhere it is layout, not language."""
    return _BETWEEN_LATIN.fullmatch(run.string, max(0, run.start() - 1), run.end() + 1) is not None


@lru_cache(maxsize=4096)
def fold_text(text: str) -> str:
    """Only the folded text, for comparing short strings."""
    if _CHANGED.search(text) is None and _IN_NUMBER.search(text) is None:
        return text  # as most are
    return _DROPPED.sub(lambda run: " " if _is_language(run) else "", _in_plain_forms(text))


def behind_last(marks: str, text: str, end: int, start: int = 0) -> int:
    """The place behind the last of the marks in [start, end); `start` where none is. The mark that is nearest most often
    comes first: it bounds the search for the others.
    """
    for mark in marks:
        start = text.rfind(mark, start, end) + 1 or start
    return start
