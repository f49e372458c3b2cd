"""An index that tells which word tests of a rule pack may hold in which of many texts: words first, for all tests at once."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick

from contract_audit.engine.literals import Alternative, alternatives
from contract_audit.engine.patterns import WordTest, joined, parts_of
from contract_audit.rulespec import WordSet

Masks = npt.NDArray[np.uint64]  # texts × what, 64 texts a number
Numbers = npt.NDArray[np.int64]
_WIDTH = 64
_TEXTS = 512  # looked at together
_ANCHOR = re.compile(r"(?<!\[)\^|\$|\\[AzbB]")
_TEXT_END = "\x00"  # parts texts that are searched together: no word holds it


class Branch(msgspec.Struct, frozen=True):
    """An alternative that is more than a word: its pattern, and the numbers of the sets it requires, the rarest first.

    `anchored`: it may ask where a text begins or ends.
    """

    pattern: str
    required: tuple[int, ...]
    anchored: bool


class Parts(msgspec.Struct, frozen=True):
    """A source taken apart: its number, the number of the set of its words, and the numbers of its branches.

    `order` tells which counts where two begin at one place: words by themselves, branches by their numbers.
    """

    number: int
    words: int
    branches: tuple[int, ...]
    order: dict[str | int, int]


class PatternIndex:
    """All word tests of a pack behind one Aho-Corasick automaton over their words; sets of words and branches are numbered.

    One pass over a text finds every word. Patterns are taken apart into their alternatives: many are words, the others,
    branches, are run only on texts that hold the words they require. (One automaton of all patterns, an RE2 set, was
    measured a hundred times slower: bounded gaps multiply its states.)
    """

    def __init__(self, tests: Iterable[WordTest], words: dict[str, WordSet]) -> None:
        """Prepare the distinct `tests` (hashable word tests) under the word sets."""
        self._source: dict[WordTest, str] = {}
        self._parts: dict[str, Parts] = {}
        self._set_numbers: dict[frozenset[str], int] = {}
        self._branch_numbers: dict[str, int] = {}
        self.branches: list[Branch] = []
        for test in tests:
            if test not in self._source:
                patterns, literals = parts_of(test, words)
                source = self._source[test] = joined(patterns, literals)
                if source not in self._parts:
                    self._parts[source] = self._taken_apart(patterns, literals)
        self.words = tuple(sorted(frozenset().union(*self._set_numbers)))
        numbers = {word: number for number, word in enumerate(self.words)}
        self.sets = tuple(frozenset(numbers[word] for word in words) for words in self._set_numbers)
        self._automaton = AhoCorasick(self.words) if self.words else None
        self._words_of_sets = Lists(self.sets, len(self.words))
        self._sets_of_branches = Lists([branch.required for branch in self.branches], len(self.sets))
        self._branches_of_sources = Lists([parts.branches for parts in self._parts.values()], len(self.branches))
        self._sets_of_sources = np.array([parts.words for parts in self._parts.values()], dtype=np.intp)

    def _taken_apart(self, patterns: tuple[str, ...], literals: tuple[str, ...]) -> Parts:
        order: dict[str | int, int] = {}
        for pattern in patterns:
            for alternative in alternatives(pattern):
                order.setdefault(alternative.word or self._branch(alternative), len(order))
        for word in literals:
            order.setdefault(word, len(order))
        plain = self._set(name for name in order if isinstance(name, str))
        return Parts(len(self._parts), plain, tuple(name for name in order if isinstance(name, int)), order)

    def _branch(self, alternative: Alternative) -> int:
        number = self._branch_numbers.setdefault(alternative.pattern, len(self._branch_numbers))
        if number == len(self.branches):
            required = sorted(alternative.required, key=_commonness)
            anchored = _ANCHOR.search(alternative.pattern) is not None
            self.branches.append(Branch(alternative.pattern, tuple(map(self._set, required)), anchored))
        return number

    def _set(self, words: Iterable[str]) -> int:
        return self._set_numbers.setdefault(frozenset(words), len(self._set_numbers))

    def source(self, test: WordTest) -> str:
        """The RE2 source of one of the tests the index was made of."""
        return self._source[test]

    def parts(self, source: str) -> Parts:
        """The words and branches of a source."""
        return self._parts[source]

    def _found(self, text: str) -> Sequence[tuple[int, int, int]]:
        """Every place of every word: the word's number, start and end."""
        if self._automaton is None:
            return ()
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return found

    def held(self, texts: Sequence[str]) -> "Held":
        """Which texts hold which words, any of each set, all that each branch requires, and what each source requires."""
        found = self._found(_TEXT_END.join(texts))
        places = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found)).reshape(-1, 3)
        numbers = np.searchsorted(np.cumsum([len(text) + 1 for text in texts]), places[:, 2], side="right")
        parts = []
        for first in range(
            0, max(len(texts), 1), _TEXTS
        ):  # a part at a time: memory stays small however long the paper
            some = (numbers >= first) & (numbers < first + _TEXTS)
            size = min(len(texts) - first, _TEXTS)
            parts.append(self._held_by(places[some, 0], numbers[some] - first, size))
        sets, branches, sources = map(np.vstack, zip(*parts, strict=True))
        starts = np.searchsorted(numbers, np.arange(len(texts) + 1))
        return Held(places[:, 0], starts, sets, branches, sources)

    def _held_by(self, words: Numbers, texts: Numbers, size: int) -> tuple[Masks, Masks, Masks]:
        """As `held`, of `size` texts, by the words found and the numbers of the texts that hold them."""
        holding = np.zeros((-(-size // _WIDTH), len(self.words) + 1), dtype=np.uint64)
        np.bitwise_or.at(holding, (texts // _WIDTH, words), np.uint64(1) << (texts % _WIDTH).astype(np.uint64))
        sets = self._words_of_sets.any_of(holding)
        every = np.full((len(holding), 1), ~np.uint64(0))
        branches = self._sets_of_branches.all_of(np.hstack([sets, every]))
        sources = self._branches_of_sources.any_of(np.hstack([branches, ~every]))
        return sets, branches, sources | sets[:, self._sets_of_sources]


class Held(NamedTuple):
    """What texts hold: `words` by number, those of text i from `starts[i]` to `starts[i + 1]`; then sets of texts as bits, a
    column each for sets of words, branches, and sources.
    """

    words: Numbers
    starts: Numbers
    sets: Masks
    branches: Masks
    sources: Masks


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


def _commonness(words: frozenset[str]) -> float:
    """How likely a text holds one of the words, by their lengths: what is rare is looked for first."""
    return sum(0.03 ** len(word) for word in words)
