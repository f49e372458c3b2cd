"""Characters and pairs of neighbouring characters that something is known of: those of many texts, found in tables at once."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from contract_audit.engine.words import codes_of

Numbers = npt.NDArray[np.int64]

_TEXT_END = "\0"  # parts texts that are read together: what holds it is no feature
_PAIR = 2


class FeatureTable:
    """Finds features, which are characters and pairs of them, numbered as they are given."""

    def __init__(self, features: Sequence[str]) -> None:
        """Prepare distinct features; 0 stands in all tables for what is none of them."""
        self._bits = len(features).bit_length()
        codes = codes_of("".join(features))
        lengths = np.fromiter(map(len, features), dtype=np.int64, count=len(features))
        begins, numbers = np.cumsum(lengths) - lengths, np.arange(1, len(features) + 1)
        alone, beside = begins[lengths < _PAIR], begins[lengths == _PAIR]
        first, second = codes[beside], codes[beside + 1]
        size, small = int(codes.max(initial=0)) + 2, np.min_scalar_type(len(features))
        self._single = np.zeros(size, dtype=small)
        self._single[codes[alone]] = numbers[lengths < _PAIR]
        self._first, self._second = _numbered(first, size), _numbered(second, size)
        self._width = int(self._second.max()) + 1  # of the table of pairs, row behind row
        self._pair = np.zeros((int(self._first.max()) + 1) * self._width, dtype=small)
        self._pair[self._first[first] * self._width + self._second[second]] = numbers[lengths == _PAIR]
        for table in (self._single, self._first, self._second):
            table[ord(_TEXT_END)] = 0

    def known(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Each feature of each text, once: the text's number and the feature's, in the order of both."""
        codes = codes_of(_TEXT_END.join(texts))
        numbers: Numbers = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])[: len(codes)]
        single = self._single.take(codes, mode="clip")  # what lies behind the tables is none, as their last is
        first, second = self._first.take(codes[:-1], mode="clip"), self._second.take(codes[1:], mode="clip")
        pair = self._pair.take(first * self._width + second)
        alone, beside = np.flatnonzero(single), np.flatnonzero(pair)
        places = np.concatenate([alone, beside])
        small = np.int32 if len(texts) << self._bits <= np.iinfo(np.int32).max else np.int64
        features = np.concatenate([single.take(alone), pair.take(beside)]).astype(small) - 1
        found = numbers[places].astype(small) << self._bits | features
        found.sort()
        found = found[np.diff(found, prepend=-1) > 0]
        return found >> self._bits, found & ((1 << self._bits) - 1)


def _numbered(codes: npt.NDArray[np.uint32], size: int) -> npt.NDArray[np.int32]:
    """A number from 1 for each of the characters, by its code; 0 for all others."""
    numbers = np.zeros(size, dtype=np.int32)
    distinct = np.unique(codes)
    numbers[distinct] = np.arange(1, len(distinct) + 1)
    return numbers
