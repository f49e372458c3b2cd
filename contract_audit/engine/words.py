"""Every place of many words in a text: words of one or two characters by tables, longer ones by an automaton.

Nine in ten places are of one or two characters: tables find them all at once, where an Aho-Corasick automaton tells of each by
itself.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import BytesAhoCorasick

Numbers = npt.NDArray[np.int64]
_CODES = 1 << 16  # characters beyond the basic plane are left to the automaton …
_BEYOND = _CODES - 1  # … and all looked up as its last code, which is no character
_WIDER = (0x80, 0x800, _CODES)  # from here on a character takes a byte more in UTF-8
_NONE = -1


class WordFinder:
    """Finds the places of words, which are numbered as they are given."""

    def __init__(self, words: Sequence[str]) -> None:
        """Prepare distinct words, none of them empty."""
        encoded = [word.encode() for word in words]
        self.lengths = tuple(map(len, encoded))  # in bytes
        plain = {number: tuple(map(ord, word)) for number, word in enumerate(words) if max(map(ord, word)) < _BEYOND}
        singles = {number: codes for number, codes in plain.items() if len(codes) == 1}
        pairs = {number: codes for number, codes in plain.items() if len(codes) == 2}
        self._single = np.full(_CODES, _NONE, dtype=np.int32)
        for number, (code,) in singles.items():
            self._single[code] = number
        self._rows, self._columns = (_numbered(codes[place] for codes in pairs.values()) for place in (0, 1))
        self._pair = np.full((self._rows.max() + 1, self._columns.max() + 1), _NONE, dtype=np.int32)
        for number, (first, second) in pairs.items():
            self._pair[self._rows[first], self._columns[second]] = number
        self._long = np.array(sorted({*range(len(words))} - {*singles, *pairs}), dtype=np.int64)
        self._automaton = BytesAhoCorasick([encoded[number] for number in self._long]) if len(self._long) else None

    def places(self, text: bytes) -> tuple[Numbers, Numbers]:
        """The number of the word and the first byte of each place in a text in UTF-8, in the order of the bytes."""
        codes = np.frombuffer(text.decode().encode("utf-32-le"), dtype="<u4")
        widths = np.ones(len(codes), dtype=np.int64)
        for wider in _WIDER:
            widths += codes >= wider
        begins = np.cumsum(widths) - widths
        codes = np.minimum(codes, _BEYOND)
        single = self._single[codes]
        pair = self._pair[self._rows[codes[:-1]], self._columns[codes[1:]]]
        long = self._long_places(text)
        words = np.concatenate([single[single >= 0], pair[pair >= 0], self._long[long[:, 0]]])
        places = np.concatenate([begins[single >= 0], begins[:-1][pair >= 0], long[:, 1]])
        order = np.argsort(places, kind="stable")
        return words[order], places[order]

    def _long_places(self, text: bytes) -> Numbers:
        """Of each place of a long word: which of these it is, its first byte and the one behind it."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True) if self._automaton is not None else []
        return np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found)).reshape(-1, 3)


def _numbered(codes: Iterable[int]) -> npt.NDArray[np.int32]:
    """A number from 1 for each of the codes; 0 for all others."""
    numbers = np.zeros(_CODES, dtype=np.int32)
    distinct = sorted(set(codes))
    numbers[distinct] = np.arange(1, len(distinct) + 1)
    return numbers
