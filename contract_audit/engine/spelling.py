"""Patterns and texts spelled anew, a byte a character: what a pattern does not tell apart is one letter of its alphabet.

RE2 reads bytes. In UTF-8 a Chinese character is three, and each bounded gap of a pattern multiplies the states of its automaton
by as many. In an alphabet of the pattern's own there are a fifth of the states and a third of the steps, a place in a text is
a place in its spelling, and a letter that no pattern takes ends each text, so that many can be searched as one.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from operator import xor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from contract_audit.engine.patterns import Search, search
from contract_audit.engine.words import codes_of

Alphabet = npt.NDArray[np.uint8]
_LAST = 0x10FFFF
_END = 0x0A  # the letter behind a text: with (?m) ^ and $ stand beside it
_LETTERS = [letter for letter in range(256) if letter != _END]
_TOKEN = re.compile(
    r"(?P<taken>\[\^?\]?(?:\\.|[^\]\\])*\]|\\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|.)|\.)"
    r"|(?P<kept>\((?:\?(?:P?<[^>]+>|:))?|[)|^$]|[*+?]\??|\{\d+(?:,\d*)?\}\??)"
    r"|(?P<letter>.)",
    re.DOTALL,
)
_BY_CODE = re.compile(r"\\x\{([0-9A-Fa-f]+)\}")
_ONE = r"\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\?."
_MEMBER = re.compile(rf"(?P<first>{_ONE})(?:-(?P<last>{_ONE}))?", re.DOTALL)
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
_KINDS = {"d": "0-9", "s": "\t\n\f\r ", "w": "0-9A-Za-z_"}
_ANCHORS = {r"\A": "^", r"\z": "$"}
Ranges = tuple[tuple[int, int], ...]  # the first code of each and the one behind its last


class Spelled(NamedTuple):
    """A pattern in its alphabet: what finds it in a spelling, and the letter of each of the numbers that characters have."""

    look: Search
    alphabet: Alphabet


class Speller:
    """Spells patterns, and numbers the characters of texts: by their numbers each alphabet has their letters."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """What stands in the patterns gets a number of its own, and so does what lies between two of these characters."""
        written = "".join(patterns)
        codes = {*range(256), *map(ord, set(written)), *(int(code, 16) for code in _BY_CODE.findall(written))}
        bounds = sorted({bound for code in codes for bound in (code, code + 1)} - {_LAST + 1})
        self._count = len(bounds) + 1
        numbers = np.arange(1, self._count, dtype=np.min_scalar_type(self._count))
        self._numbers = np.repeat(numbers, np.diff([*bounds, _LAST + 1]))
        self._spelled: dict[str, Spelled | None] = {}

    def numbered(self, texts: list[str]) -> list[bytes]:
        """The numbers of the characters of each text, and 0 for its end."""
        codes = codes_of("".join(f"{text}\0" for text in texts))
        numbers = self._numbers[codes]
        width, ends = numbers.itemsize, np.cumsum([len(text) + 1 for text in texts], dtype=np.intp)
        numbers[ends - 1] = 0
        data = numbers.tobytes()
        places = [0, *(ends * width).tolist()]
        return [data[first:last] for first, last in pairwise(places)]

    def letters(self, numbered: bytes, alphabet: Alphabet) -> bytes:
        """The letters of numbered texts, without the end of the last."""
        numbers = np.frombuffer(numbered, dtype=self._numbers.dtype)
        return alphabet.take(numbers[:-1], mode="clip").tobytes()  # clip: no number is too great

    def spelled(self, pattern: str) -> Spelled | None:
        """A pattern in an alphabet of its own; None where it has something that is not known here, or too many letters."""
        if pattern not in self._spelled:
            try:
                self._spelled[pattern] = self._spell([*_tokens(pattern)])
            except ValueError:
                self._spelled[pattern] = None
        return self._spelled[pattern]

    def _spell(self, tokens: list[tuple[str, str]]) -> Spelled:
        """Raises ValueError where the characters that the tokens tell apart are more than there are letters."""
        taken = {text: _ranges(text) for text in dict.fromkeys([text for kept, text in tokens if not kept])}
        bounds = sorted({0, _LAST + 1, *chain.from_iterable(chain.from_iterable(taken.values()))})
        places = dict(zip(bounds, range(len(bounds)), strict=True))
        stretches = {text: [(places[first], places[behind]) for first, behind in taken[text]] for text in taken}
        letters = _letters(len(bounds) - 1, stretches.values())
        classes = {text: _class_of(letters, spans) for text, spans in stretches.items()}
        written = "".join([kept or classes[text] for kept, text in tokens])
        firsts = self._numbers.take(bounds[:-1]).tolist()
        spelling = np.frombuffer(bytes((_END, *letters)), dtype=np.uint8)
        return Spelled(search(f"(?m:{written})"), np.repeat(spelling, np.diff([0, *firsts, self._count])))


def _letters(count: int, taken: Iterable[list[tuple[int, int]]]) -> bytes:
    """The letters of so many stretches of characters, one for all that the same tokens take, each of them from some on up to
    others. Raises ValueError where they are too many.
    """
    turns = [0] * (count + 1)  # which tokens, as bits, begin or cease to take the stretches from there on
    for number, spans in enumerate(taken):
        for first, behind in spans:
            turns[first] ^= 1 << number
            turns[behind] ^= 1 << number
    kinds = [*accumulate(turns[:-1], xor)]
    letters = dict(zip(dict.fromkeys(kinds), _LETTERS, strict=False))
    if len(letters) == len(_LETTERS) < len(set(kinds)):
        raise ValueError(count)
    return bytes([letters[kind] for kind in kinds])


def _class_of(letters: bytes, spans: list[tuple[int, int]]) -> str:
    """What takes the letters of some stretches."""
    taken = b"".join([letters[first:behind] for first, behind in spans])
    return _WRITTEN[taken[0]] if len(taken) == 1 else f"[{''.join([_WRITTEN[letter] for letter in {*taken}])}]"


_WRITTEN = [f"\\x{letter:02x}" for letter in range(256)]


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    """What a pattern is written of: signs that stay, and between them what takes characters, as it stands there.

    Raises ValueError for what is not known here.
    """
    before = ""
    for taken, kept, letter in _TOKEN.findall(pattern):
        if before == "(" and kept[:1] == "?":
            raise ValueError(pattern)
        if kept:
            yield "(?:" if kept[0] == "(" else kept, ""
        elif taken in _ANCHORS:
            yield _ANCHORS[taken], ""
        else:
            yield "", taken or letter
        before = kept


@lru_cache(maxsize=8192)
def _ranges(text: str) -> Ranges:
    """The characters that a letter, an escape or a class takes."""
    if text == ".":
        return _all_but(((ord("\n"), ord("\n") + 1),))
    if not text.startswith("[") or len(text) == 1:
        return _member(text)
    if "[:" in text[1:]:
        raise ValueError(text)
    barring = text.startswith("[^")
    found: list[tuple[int, int]] = []
    for member in _MEMBER.finditer(text, 1 + barring, len(text) - 1):
        first, last = member["first"], member["last"]
        found += [(_code(first), _code(last) + 1)] if last else _member(first)
    others = _all_but(tuple(sorted(found)))
    return others if barring else _all_but(others)  # of members that overlap, one range


def _member(text: str) -> Ranges:
    """The characters that a letter or an escape takes."""
    if text.startswith("\\") and text[1:].lower() in _KINDS:
        ranges = _ranges(f"[{_KINDS[text[1:].lower()]}]")
        return _all_but(ranges) if text[1:].isupper() else ranges
    code = _code(text)
    return ((code, code + 1),)


def _code(text: str) -> int:
    """The code of a letter or of an escape that is one character; ValueError for other escapes."""
    if len(text) == 1:
        return ord(text)
    escaped = text[1:]
    if escaped.startswith("x"):
        return int(escaped[1:].strip("{}"), 16)
    if escaped.isalnum() and escaped not in _CONTROLS:
        raise ValueError(text)
    return ord(_CONTROLS.get(escaped, escaped))


def _all_but(ranges: Ranges) -> Ranges:
    """All characters but those of the ranges, which are in order."""
    found, first = [], 0
    for low, behind in (*ranges, (_LAST + 1, _LAST + 1)):
        if low > first:
            found.append((first, low))
        first = max(first, behind)
    return tuple(found)
