"""Texts as sets of hashed phrases, and the passages that two texts have in common.

A phrase is a run of `LENGTH` Chinese characters or letters; digits, marks and white space are left out, because a
re-filed agreement changes its numbers first. One phrase in `KEEP` is kept, chosen by its own hash, so that the same
phrase is kept in every text (sampling modulo p; Broder, "On the resemblance and containment of documents", 1997).
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from zlib import crc32

import msgspec

from contract_audit.chinese.text import fold

LENGTH, KEEP = 7, 3
_OTHER = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")
_LONGEST = 60  # characters of a passage shown
_SHORTEST = 10


def phrases(folded: str) -> bytes:
    """The sampled phrase hashes of a folded text, sorted, as the bytes of unsigned 32-bit numbers."""
    return array("I", sorted({code for code, _place in _sampled(_OTHER.sub("", folded))})).tobytes()


def codes(kept: bytes) -> "array[int]":
    """The numbers in what `phrases` returned."""
    found: array[int] = array("I")
    found.frombytes(kept)
    return found


def _sampled(bare: str) -> Iterator[tuple[int, int]]:
    data = memoryview(bare.encode("utf-16-le"))
    for offset in range(0, len(data) - 2 * LENGTH + 2, 2):
        code = crc32(data[offset : offset + 2 * LENGTH])
        if not code % KEEP:
            yield code, offset // 2


class Common(msgspec.Struct, frozen=True):
    """A passage of one text and the like passage of another: spans in both original texts."""

    start: int
    end: int
    other_start: int
    other_end: int


class _Bare:
    """A text without digits, marks and white space, with the way back to its original offsets."""

    def __init__(self, text: str) -> None:
        folded = fold(text)
        self._folded = folded
        self._offsets = [index for index, char in enumerate(folded.text) if not _OTHER.match(char)]
        self.text = "".join(folded.text[index] for index in self._offsets)

    def original(self, start: int, end: int) -> tuple[int, int]:
        return self._folded.original(self._offsets[start], self._offsets[end - 1] + 1)


def common_passages(text: str, other: str, shared: Iterable[int], most: int = 5) -> tuple[Common, ...]:
    """The longest passages around the phrases in `shared` (hashes) that stand in both texts, in the order of `text`.

    Passages that differ only in numbers, marks or white space are alike.
    """
    wanted = frozenset(shared)
    one, two = _Bare(text), _Bare(other)
    places: dict[int, int] = {}
    for code, place in _sampled(two.text):
        places.setdefault(code, place)
    found: dict[int, tuple[int, int, int]] = {}
    for code, place in _sampled(one.text):
        if code in wanted and code in places:
            start, end, shift = _stretched(one.text, two.text, place, places[code])
            if end - start >= _SHORTEST:
                found[start] = (start, end, shift)
    chosen: list[tuple[int, int, int]] = []
    for start, end, shift in sorted(found.values(), key=lambda run: (run[0] - run[1], run[0])):
        if all(end <= other_start or other_end <= start for other_start, other_end, _ in chosen):
            chosen.append((start, end, shift))
    best = sorted(chosen[:most])
    return tuple(
        Common(*one.original(start, end), *two.original(start + shift, end + shift)) for start, end, shift in best
    )


def _stretched(one: str, two: str, place: int, other: int) -> tuple[int, int, int]:
    """The longest run around the two places that reads the same in both, at most `_LONGEST` characters."""
    start, end, shift = place, place + LENGTH, other - place
    if one[start:end] != two[start + shift : end + shift]:
        return start, start, shift
    while start > 0 and start + shift > 0 and end - start < _LONGEST and one[start - 1] == two[start + shift - 1]:
        start -= 1
    while end < len(one) and end + shift < len(two) and end - start < _LONGEST and one[end] == two[end + shift]:
        end += 1
    return start, end, shift
