"""Word groups as RE2 patterns, and an index that tells which of them a text holds.

All patterns run under RE2, so matching is linear in the text whatever an author writes; words are looked for first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, Protocol

import msgspec
import re2
from ahocorasick_rs import AhoCorasick

from contract_audit.chinese.text import fold_text
from contract_audit.engine.literals import branches
from contract_audit.errors import RuleError
from contract_audit.rulespec import WordSet
from contract_audit.settings import rules_dir

_MEMORY = (
    64 * 1024 * 1024
)  # bytes that the automaton of a large word set may take; with less RE2 falls back to a slow one
_SURELY_FITS = 500  # characters of a pattern whose automaton cannot be too large, so that reading it shows all faults


class WordTest(Protocol):
    """What a group and an exception have in common: words of which one must stand somewhere."""

    @property
    def any(self) -> tuple[str, ...]:
        """Literal words, or @name of a word set."""

    @property
    def pattern(self) -> str | None:
        """An RE2 pattern on folded text."""


def set_names(entries: Iterable[str]) -> Iterator[str]:
    """The word sets among entries of which those beginning with @ name one."""
    return (entry[1:] for entry in entries if entry.startswith("@"))


def expression(test: WordTest, words: dict[str, WordSet]) -> str:
    """The RE2 source of a word test; longer words come first, so that the longest reading is quoted."""
    return _source(*_parts(test, words))


def _parts(test: WordTest, words: dict[str, WordSet]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The patterns and the folded literal words of a test, word sets resolved."""
    literals: list[str] = []
    patterns: list[str] = [test.pattern] if test.pattern else []
    for entry in test.any:
        if entry.startswith("@"):
            for word_set in _with_included(entry[1:], words, ()):
                literals.extend(word_set.words)
                patterns.extend(word_set.patterns)
        else:
            literals.append(entry)
    ordered = sorted({fold_text(word) for word in literals}, key=lambda word: (-len(word), word))
    return tuple(patterns), tuple(ordered)


def _source(patterns: tuple[str, ...], literals: tuple[str, ...]) -> str:
    return "|".join([*patterns, *(re.escape(word) for word in literals)])


def _with_included(name: str, words: dict[str, WordSet], seen: tuple[str, ...]) -> Iterator[WordSet]:
    if name in seen:
        raise RuleError(rules_dir() / "words", 1, name, f"词表 {name} 循环引用了自己")
    word_set = words[name]
    yield word_set
    for other in word_set.include:
        yield from _with_included(other, words, (*seen, name))


@lru_cache(maxsize=8192)
def compiled(source: str) -> Any:
    """The compiled RE2 pattern; raises re2.error where RE2 refuses it (look-around, back-references)."""
    return re2.compile(source, _options())


def pattern_fault(source: str) -> str | None:
    """What RE2 has against a pattern, or None."""
    if len(source) <= _SURELY_FITS and _is_read(source):
        return None
    try:
        re2.compile(source, _options())
    except re2.error as error:
        return str(error.args[0].decode() if isinstance(error.args[0], bytes) else error.args[0])
    return None


def _is_read(source: str) -> bool:
    """Whether RE2 can read a pattern: a set of patterns reads what is added to it, and compiles nothing yet."""
    try:
        re2.Set.SearchSet(_options()).Add(source)
    except re2.error:
        return False
    return True


def places(source: str, text: str) -> tuple[tuple[int, int], ...]:
    """Spans of all matches that are not empty."""
    return tuple(match.span() for match in compiled(source).finditer(text) if match.end() > match.start())


class Needs(msgspec.Struct, frozen=True):
    """What tells whether a source occurs: the number of the set of its literal words, and the numbers of its patterns."""

    words: int
    patterns: tuple[int, ...]


class PatternIndex:
    """All word tests of a pack behind one Aho-Corasick automaton over their words; sets of words and patterns are numbered.

    One pass over a text finds every word; a pattern is run only on texts that hold a word it requires. (One automaton
    of all patterns, an RE2 set, was measured a hundred times slower: bounded gaps multiply its states.)
    """

    def __init__(self, tests: Iterable[WordTest], words: dict[str, WordSet]) -> None:
        """Prepare the distinct `tests` (hashable word tests) under the word sets."""
        self._source: dict[WordTest, str] = {}
        self._needs: dict[str, Needs] = {}
        sets: dict[frozenset[str], int] = {}
        patterns: dict[str, int] = {}

        def numbered(some: Iterable[str]) -> int:
            return sets.setdefault(frozenset(some), len(sets))

        for test in tests:
            sources, literals = _parts(test, words)
            source = self._source[test] = _source(sources, literals)
            numbers = tuple(patterns.setdefault(pattern, len(patterns)) for pattern in sources)
            self._needs[source] = Needs(numbered(literals), numbers)
        self.patterns = tuple(patterns)
        self.unbound: list[int] = []
        self._led_by: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
        for pattern, number in patterns.items():
            for alternative in branches(pattern):
                if not alternative:
                    self.unbound.append(number)
                    continue
                rarest, *others = sorted(alternative, key=_commonness)
                for word in rarest:
                    self._led_by.setdefault(word, []).append((number, tuple(map(numbered, others))))
        self.sets = tuple(sets)
        self._words = tuple(sorted(frozenset(self._led_by).union(*sets)))
        self._automaton = AhoCorasick(self._words) if self._words else None

    def source(self, test: WordTest) -> str:
        """The RE2 source of one of the tests the index was made of."""
        return self._source[test]

    def needs(self, source: str) -> Needs:
        """What tells whether a source occurs."""
        return self._needs[source]

    def led_by(self, word: str) -> Sequence[tuple[int, tuple[int, ...]]]:
        """The patterns with an alternative that a word makes possible, each with the sets that it requires besides.

        Of all sets that an alternative requires the word is one of the rarest. `unbound` patterns require nothing.
        """
        return self._led_by.get(word, ())

    def words_in(self, text: str) -> set[str]:
        """The words of all tests that stand in a text."""
        if self._automaton is None:
            return set()
        words = self._words
        return {words[index] for index, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}


class Sightings:
    """Which sources occur in which of several texts, told by the number of the text; decided when asked, and only once.

    Sets of texts are bits of a number: bit 0 is the first text.
    """

    def __init__(self, index: PatternIndex) -> None:
        """Texts are added first, all of them before the first question."""
        self._index = index
        self._bytes: list[bytes] = []  # RE2 reads bytes: given a str it would encode it anew for each pattern
        self._with_word: dict[str, int] = {}
        self._with_set: dict[int, int] = {}
        self._searched: dict[int, tuple[int, int]] = {}  # by pattern: the texts searched, and those where it was found
        self._possible: dict[str, tuple[int, int, tuple[int, ...]]] = {}

    def add(self, text: str) -> int:
        """Find the words in a text; its number."""
        number = len(self._bytes)
        self._bytes.append(text.encode())
        for word in self._index.words_in(text):
            self._with_word[word] = self._with_word.get(word, 0) | 1 << number
        return number

    def possible(self, source: str) -> int:
        """The texts that hold one of the source's words, or all that one of its patterns requires; none for no source."""
        return self._told(source)[1] if source else 0

    def holds(self, source: str, number: int) -> bool:
        """Whether the source occurs in a text; an empty one never does."""
        if not source:
            return False
        sure, possible, patterns = self._told(source)
        bit = 1 << number
        if sure & bit:
            return True
        return bool(possible & bit) and any(self._found(pattern, number, bit) for pattern in patterns)

    def _told(self, source: str) -> tuple[int, int, tuple[int, ...]]:
        """The texts that hold the source's words, those that may hold it, and the patterns that may occur anywhere."""
        known = self._possible.get(source)
        if known is None:
            needs, having = self._index.needs(source), self._having_required
            sure = possible = self._holding(needs.words)
            patterns = tuple(pattern for pattern in needs.patterns if pattern in having)
            for pattern in patterns:
                possible |= having[pattern]
            known = self._possible[source] = sure, possible, patterns
        return known

    @cached_property
    def _having_required(self) -> dict[int, int]:
        """By pattern that may occur: the texts that hold all that one of its alternatives requires."""
        having = dict.fromkeys(self._index.unbound, (1 << len(self._bytes)) - 1)
        with_set = self._with_set
        for word, texts in self._with_word.items():
            for pattern, others in self._index.led_by(word):
                left = texts
                for number in others:
                    holding = with_set.get(number)
                    left &= self._holding(number) if holding is None else holding
                    if not left:
                        break
                else:
                    having[pattern] = having.get(pattern, 0) | left
        return having

    def _holding(self, number: int) -> int:
        """The texts that hold a word of a set, remembered."""
        known = 0
        for word in self._index.sets[number] & self._with_word.keys():
            known |= self._with_word[word]
        self._with_set[number] = known
        return known

    def _found(self, pattern: int, number: int, bit: int) -> bool:
        if not self._having_required[pattern] & bit:
            return False
        searched, found = self._searched.get(pattern, (0, 0))
        if not searched & bit:
            if compiled(self._index.patterns[pattern]).search(self._bytes[number]) is not None:
                found |= bit
            self._searched[pattern] = searched | bit, found
        return bool(found & bit)


def _commonness(words: frozenset[str]) -> float:
    """How likely a text holds one of the words, by their lengths: what is rare is looked for first."""
    return sum(0.03 ** len(word) for word in words)


def _options() -> Any:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True  # only where a match stands is asked, never its groups
    options.max_mem = _MEMORY
    return options
