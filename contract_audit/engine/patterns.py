"""Word groups as RE2 patterns, and an index that tells which of them a text holds.

All patterns run under RE2, so matching is linear in the text whatever an author writes; words are looked for first.
"""

import re
from collections.abc import Iterable, Iterator
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


class WordTest(Protocol):
    """What a group and an exception have in common: words of which one must stand somewhere."""

    @property
    def any(self) -> tuple[str, ...]:
        """Literal words, or @name of a word set."""

    @property
    def pattern(self) -> str | None:
        """An RE2 pattern on folded text."""


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
    try:
        re2.compile(source, _options())
    except re2.error as error:
        return str(error.args[0].decode() if isinstance(error.args[0], bytes) else error.args[0])
    return None


def places(source: str, text: str) -> tuple[tuple[int, int], ...]:
    """Spans of all matches that are not empty."""
    return tuple(match.span() for match in compiled(source).finditer(text) if match.end() > match.start())


class Needs(msgspec.Struct, frozen=True):
    """What tells whether a source occurs: its literal words, and its patterns with what their alternatives require.

    Sets of words stand as numbers of the index: a text holds a set when it holds one of its words.
    """

    words: int
    patterns: tuple[tuple[str, tuple[frozenset[int], ...]], ...]


class PatternIndex:
    """All word tests of a pack behind one Aho-Corasick automaton over their words.

    One pass over a text finds every word; a pattern is run only on texts that hold a word it requires. (One automaton
    of all patterns, an RE2 set, was measured a hundred times slower: bounded gaps multiply its states.)
    """

    def __init__(self, tests: Iterable[WordTest], words: dict[str, WordSet]) -> None:
        """Prepare the distinct `tests` (hashable word tests) under the word sets."""
        self._source: dict[WordTest, str] = {}
        self._needs: dict[str, Needs] = {}
        sets: dict[frozenset[str], int] = {}

        def numbered(some: Iterable[str]) -> int:
            return sets.setdefault(frozenset(some), len(sets))

        for test in tests:
            patterns, literals = _parts(test, words)
            source = self._source[test] = _source(patterns, literals)
            required = tuple(
                (pattern, tuple(frozenset(map(numbered, alternative)) for alternative in branches(pattern)))
                for pattern in patterns
            )
            self._needs[source] = Needs(numbered(literals), required)
        members: dict[str, list[int]] = {}
        for some, number in sets.items():
            for word in some:
                members.setdefault(word, []).append(number)
        self._words = tuple(sorted(members))
        self._sets = {word: frozenset(numbers) for word, numbers in members.items()}
        self._automaton = AhoCorasick(self._words) if self._words else None

    def sets_with(self, word: str) -> frozenset[int]:
        """Numbers of the sets that hold a word."""
        return self._sets[word]

    def source(self, test: WordTest) -> str:
        """The RE2 source of one of the tests the index was made of."""
        return self._source[test]

    def needs(self, source: str) -> Needs:
        """What tells whether a source occurs."""
        return self._needs[source]

    def present(self, text: str) -> "Presence":
        """Which sources occur in `text`, decided one by one when asked."""
        if self._automaton is None:
            return Presence(text, frozenset(), self)
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return Presence(text, frozenset(self._words[index] for index, _, _ in found), self)


class Presence:
    """Membership of sources in one text: `source in presence`."""

    def __init__(self, text: str, found: frozenset[str], index: PatternIndex) -> None:
        """Bind the words found in `text`."""
        self._bytes = text.encode()  # RE2 reads bytes: given a str it would encode it anew for each pattern
        self.found = found
        self._index = index
        self._known: dict[str, bool] = {}

    def __contains__(self, source: str) -> bool:
        known = self._known.get(source)
        if known is None:
            known = self._known[source] = bool(source) and self._occurs(self._index.needs(source))
        return known

    @cached_property
    def _held(self) -> frozenset[int]:
        """Numbers of the sets of which the text holds a word."""
        return frozenset().union(*map(self._index.sets_with, self.found))

    def _occurs(self, needs: Needs) -> bool:
        held = self._held
        if needs.words in held:
            return True
        for pattern, alternatives in needs.patterns:
            if any(map(held.issuperset, alternatives)) and compiled(pattern).search(self._bytes) is not None:
                return True
        return False


def _options() -> Any:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True  # only where a match stands is asked, never its groups
    options.max_mem = _MEMORY
    return options
