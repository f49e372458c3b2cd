"""An index that tells which word tests of a rule pack may hold in which of many texts: words first, for all tests at once."""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from contract_audit.engine.literals import Alternative, alternatives, commonness
from contract_audit.engine.patterns import WordTest, joined, parts_of
from contract_audit.engine.spelling import Speller
from contract_audit.engine.words import Numbers, WordFinder
from contract_audit.rulespec import WordSet

Masks = npt.NDArray[np.uint64]  # texts × what, 64 texts a number
_WIDTH = 64
_TEXTS = 512  # looked at together
_TEXT_END = "\x00"  # parts texts that are searched together: no word holds it


class Branch(msgspec.Struct, frozen=True):
    """An alternative that is more than a word: its pattern, and the numbers of the sets it requires, the rarest first."""

    pattern: str
    required: tuple[int, ...]


class Parts(msgspec.Struct, frozen=True):
    """A source taken apart: its number, the number of the set of words one of which is enough for it to occur, its words, and
    its branches, by number.

    Each word and branch comes with its turn: which counts where two begin at one place.
    """

    number: int
    set: int
    words: dict[int, int]
    branches: dict[int, int]


class PatternIndex:
    """All word tests of a pack behind one finder of their words; words, sets of them and branches are numbered.

    One pass over a text finds every word. Patterns are taken apart into their alternatives: many are words, the others,
    branches, are run only on texts that hold the words they require, each in an alphabet of its own. (One automaton of
    all patterns, an RE2 set, was measured a hundred times slower: bounded gaps multiply its states.)
    """

    def __init__(self, tests: Iterable[WordTest], words: dict[str, WordSet]) -> None:
        """Prepare the distinct `tests` (hashable word tests) under the word sets."""
        self._source: dict[WordTest, str] = {}
        self._parts: dict[str, Parts] = {}
        self._word_numbers: dict[str, int] = {}
        self._set_numbers: dict[frozenset[int], int] = {}
        self._branch_numbers: dict[str, int] = {}
        self.branches: list[Branch] = []
        for test in tests:
            if test not in self._source:
                patterns, literals = parts_of(test, words)
                source = self._source[test] = joined(patterns, literals)
                if source not in self._parts:
                    self._parts[source] = self._taken_apart(patterns, literals)
        self.speller = Speller(self._branch_numbers)
        self.words = tuple(self._word_numbers)
        self._finder = WordFinder(self.words)
        self.lengths = self._finder.lengths  # of the words, in characters
        self._sets = tuple(self._set_numbers)
        self.set_count = len(self._sets)
        self._words_of_sets = Lists(self._set_numbers, len(self._word_numbers))
        self._sets_of_branches = Lists([branch.required for branch in self.branches], len(self._set_numbers))
        self._branches_of_sources = Lists([parts.branches for parts in self._parts.values()], len(self.branches))
        self._asked = np.zeros(len(self._word_numbers), dtype=bool)  # words of which is asked where they stand
        self._asked[[word for parts in self._parts.values() for word in parts.words]] = True
        self._sets_of_sources = np.array([parts.set for parts in self._parts.values()], dtype=np.intp)

    def _taken_apart(self, patterns: tuple[str, ...], literals: tuple[str, ...]) -> Parts:
        turns: dict[str | int, int] = {}
        enough = set(literals)
        for pattern in patterns:
            for alternative in alternatives(pattern):
                enough.update(alternative.words or alternative.core)
                for name in alternative.words or (self._branch(alternative),):
                    turns.setdefault(name, len(turns))
        for word in literals:
            turns.setdefault(word, len(turns))
        words = {self._word(name): turn for name, turn in turns.items() if isinstance(name, str)}
        branches = {name: turn for name, turn in turns.items() if isinstance(name, int)}
        return Parts(len(self._parts), self._set(map(self._word, enough)), words, branches)

    def _branch(self, alternative: Alternative) -> int:
        number = self._branch_numbers.setdefault(alternative.pattern, len(self._branch_numbers))
        if number == len(self.branches):
            required = [map(self._word, words) for words in sorted(alternative.required, key=commonness)]
            self.branches.append(Branch(alternative.pattern, tuple(map(self._set, required))))
        return number

    def _word(self, word: str) -> int:
        return self._word_numbers.setdefault(word, len(self._word_numbers))

    def _set(self, words: Iterable[int]) -> int:
        return self._set_numbers.setdefault(frozenset(words), len(self._set_numbers))

    def source(self, test: WordTest) -> str:
        """The RE2 source of one of the tests the index was made of."""
        return self._source[test]

    def parts(self, source: str) -> Parts:
        """The words and branches of a source."""
        return self._parts[source]

    def may_hold(self, branch: int, text: str) -> bool:
        """Whether a short text has all that a branch requires."""
        required = (self._sets[number] for number in self.branches[branch].required)
        return all(any(self.words[word] in text for word in words) for words in required)

    def may_occur(self, source: str, text: str) -> bool:
        """Whether a text, which may be none of those that are held, has a word of a source or all that a branch requires."""
        parts = self._parts[source]
        return any(self.words[word] in text for word in parts.words) or any(
            self.may_hold(branch, text) for branch in parts.branches
        )

    def held(self, texts: Sequence[str]) -> "Held":
        """What texts hold."""
        words, begins = self._finder.places(_TEXT_END.join(texts))
        sizes = np.fromiter(map(len, texts), dtype=np.int32, count=len(texts)) + 1
        firsts = np.cumsum(sizes, dtype=np.int32) - sizes
        numbers = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)[begins]
        counts = len(self._set_numbers), len(self.branches), len(self._parts)
        sets, branches, sources = (Columns(count, len(texts)) for count in counts)
        cuts = np.arange(0, len(texts) + _TEXTS, _TEXTS, dtype=np.int32)
        for first, (begin, end) in zip(cuts.tolist(), pairwise(np.searchsorted(numbers, cuts).tolist()), strict=False):
            # some at a time: memory stays small however long the paper
            size = min(len(texts) - first, _TEXTS)
            masks = self._held_by(words[begin:end], numbers[begin:end] - first, size)
            for columns, mask in zip((sets, branches, sources), masks, strict=True):
                columns.set(first, mask)
        asked = self._asked[words]
        return Held(Places(words[asked], begins[asked], firsts), sets, branches, sources)

    def _held_by(self, words: Numbers, texts: Numbers, size: int) -> tuple[Masks, Masks, Masks]:
        """Sets, branches and sources of `size` texts, by the words found and the numbers of the texts that hold them."""
        holding = np.zeros((-(-size // _WIDTH), len(self._word_numbers) + 1), dtype=np.uint64)
        every = np.packbits(np.arange(len(holding) * _WIDTH) < size, bitorder="little").view("<u8")[:, None]
        np.bitwise_or.at(holding, (texts // _WIDTH, words), np.uint64(1) << (texts % _WIDTH).astype(np.uint64))
        sets = self._words_of_sets.any_of(holding)
        branches = self._sets_of_branches.all_of(np.hstack([sets, every]))
        sources = self._branches_of_sources.any_of(np.hstack([branches, np.zeros_like(every)]))
        return sets, branches, sources | sets[:, self._sets_of_sources]


class Columns:
    """Sets of texts as bits, bit 0 being the first text: those of each column of a matrix, told when asked."""

    def __init__(self, count: int, size: int) -> None:
        """So many columns of bits for so many texts."""
        self.matrix = np.zeros((count, -(-size // _WIDTH)), dtype="<u8")
        self._width = self.matrix.shape[1] * (_WIDTH // 8)

    def set(self, first: int, masks: Masks) -> None:
        """Put in the texts from the `first` on, the number of which can be divided by 64."""
        place = first // _WIDTH
        self.matrix[:, place : place + len(masks)] = masks.T

    @cached_property
    def _data(self) -> bytes:
        return self.matrix.tobytes()

    @cached_property
    def anywhere(self) -> list[bool]:
        """Of each column whether it has any text."""
        told: list[bool] = np.any(self.matrix, axis=1).tolist()
        return told

    def __getitem__(self, number: int) -> int:
        return int.from_bytes(self._data[number * self._width : (number + 1) * self._width], "little")


class Places:
    """Where words stand in texts, told text by text."""

    def __init__(self, words: Numbers, begins: Numbers, firsts: Numbers) -> None:
        """The word and the first character of each place in the texts one behind the other, in order, and of each text."""
        self._words, self._begins, self._firsts = words, begins, firsts
        self._ends = [*np.searchsorted(begins, firsts).tolist(), len(begins)]

    def in_text(self, number: int) -> list[tuple[int, int]]:
        """Where in a text words begin, in order, and which."""
        some = slice(self._ends[number], self._ends[number + 1])
        begins = self._begins[some] - self._firsts[number]
        return list(zip(begins.tolist(), self._words[some].tolist(), strict=True))


class Held(NamedTuple):
    """What texts hold: where words stand; the texts that hold any of a set of words, all that a branch requires, what a
    source requires.
    """

    places: Places
    sets: Columns
    branches: Columns
    sources: Columns


class Lists:
    """Lists of numbers, joined all at once: of a matrix with a column a number, the columns of each list together."""

    def __init__(self, lists: Collection[Collection[int]], nothing: int) -> None:
        """An empty list stands for the column `nothing`."""
        filled = [tuple(numbers) or (nothing,) for numbers in lists]
        self._numbers = np.fromiter(chain.from_iterable(filled), dtype=np.intp)
        self._starts = np.cumsum([0, *map(len, filled)], dtype=np.intp)[:-1]

    def any_of(self, matrix: Masks) -> Masks:
        """The bits that any column of a list has."""
        return np.bitwise_or.reduceat(np.take(matrix, self._numbers, axis=1), self._starts, axis=1)

    def all_of(self, matrix: Masks) -> Masks:
        """The bits that all columns of a list have."""
        return np.bitwise_and.reduceat(np.take(matrix, self._numbers, axis=1), self._starts, axis=1)
