"""Every place of many words in a text: a tree of their beginnings, walked from all characters of the text at once.

Each step takes in one more character behind every place that is still the beginning of a word: some ten steps of whole arrays,
however many words there are. (An Aho-Corasick automaton, which tells of each place by itself, takes half as long again.)
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
_CODES = 0x110000
_NONE = -1
_DENSE = 1 << 23  # steps that are looked up in a table of all that could be
_BLOOM = 63  # of a letter's number what is kept beside each beginning
_ONE = np.uint64(1)


class _Step(NamedTuple):
    """From beginnings of one length to those one letter longer, both numbered: beginning × letters + letter → the longer one.

    `keys` has the numbers on the left in order; `table`, where they are not too many, all that could be; else `followers` has
    for each beginning a bit for each remainder of the letters that follow it: most steps lead nowhere. `words` has the
    word that each longer beginning is.
    """

    keys: npt.NDArray[np.int64]
    table: Numbers | None
    followers: npt.NDArray[np.uint64]
    words: Numbers


class WordFinder:
    """Finds the places of words, which are numbered as they are given."""

    def __init__(self, words: Sequence[str]) -> None:
        """Prepare distinct words, none of them empty."""
        self.lengths = tuple(map(len, words))
        distinct, spelled = np.unique(codes_of("".join(words)), return_inverse=True)
        self._letters = np.zeros(_CODES, dtype=np.int32)  # 0: a letter of no word
        self._letters[distinct] = np.arange(1, len(distinct) + 1)
        self._size = len(distinct) + 1
        self._steps: list[_Step] = []
        lengths = np.array(self.lengths, dtype=np.int64)
        firsts, left = np.cumsum(lengths) - lengths, np.arange(len(words))
        beginnings, count = np.zeros(len(words), dtype=np.int64), 1
        while len(left):
            wanted = beginnings * self._size + spelled[firsts[left] + len(self._steps)] + 1
            keys, longer = np.unique(wanted, return_inverse=True)
            ended = lengths[left] == len(self._steps) + 1
            whole = np.full(len(keys), _NONE, dtype=np.int32)
            whole[longer[ended]] = left[ended]
            self._steps.append(self._step(keys, count, whole))
            left, beginnings, count = left[~ended], longer[~ended], len(keys)

    def _step(self, keys: npt.NDArray[np.int64], count: int, words: Numbers) -> _Step:
        """The step from `count` beginnings."""
        followers = np.zeros(count, dtype=np.uint64)
        if count * self._size > _DENSE:
            np.bitwise_or.at(followers, keys // self._size, _ONE << (keys % self._size & _BLOOM).astype(np.uint64))
            return _Step(np.append(keys, np.iinfo(np.int64).max), None, followers, words)
        table = np.full(count * self._size, _NONE, dtype=np.int32)
        table[keys] = np.arange(len(keys))
        return _Step(keys, table, followers, words)

    def places(self, text: str) -> tuple[Numbers, Numbers]:
        """The number of the word and the first character of each place in a text, in the order of the characters."""
        codes = codes_of(text)
        letters = np.zeros(len(codes) + len(self._steps), dtype=np.int32)
        letters[: len(codes)] = self._letters.take(codes)
        begins = np.flatnonzero(letters)
        beginnings = np.zeros(len(begins), dtype=np.int32)
        words, places = [beginnings[:0]], [begins[:0]]
        for length, step in enumerate(self._steps):
            going, beginnings = self._longer(step, beginnings, letters.take(begins + length))
            begins = begins.take(going)
            whole = step.words.take(beginnings)
            found = np.flatnonzero(whole >= 0)
            words.append(whole.take(found))
            places.append(begins.take(found))
            if not len(begins):
                break
        joined = np.concatenate(places).astype(np.int32)
        order = np.argsort(joined, kind="stable")
        return np.concatenate(words).take(order), joined.take(order)

    def _longer(self, step: _Step, beginnings: Numbers, letters: Numbers) -> tuple[npt.NDArray[np.intp], Numbers]:
        """Which beginnings some letters lead on from, and where to."""
        if step.table is not None:
            longer = step.table.take(beginnings * self._size + letters, mode="clip")  # clip: none is out of bounds
            going = np.flatnonzero(longer >= 0)
            return going, longer.take(going)
        likely = np.flatnonzero(step.followers.take(beginnings) >> (letters & _BLOOM).astype(np.uint64) & _ONE)
        wanted = beginnings.take(likely).astype(np.int64) * self._size + letters.take(likely)
        places = np.searchsorted(step.keys, wanted)
        known = np.flatnonzero(step.keys.take(places) == wanted)
        return likely.take(known), places.take(known).astype(np.int32)


def codes_of(text: str) -> npt.NDArray[np.uint32]:
    """The code of each character, of halves of pairs that stand alone too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
