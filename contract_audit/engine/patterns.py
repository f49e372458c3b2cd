"""Word groups as RE2 patterns, and one RE2 set that tells at once which groups a text can hold.

All patterns run under RE2, so matching is linear in the text whatever an author writes. The set is the filter; only
patterns that it names are run for their places.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Protocol

import re2

from contract_audit.chinese.text import fold_text
from contract_audit.errors import RuleError
from contract_audit.rulespec import WordSet
from contract_audit.settings import rules_dir


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
    literals: list[str] = []
    patterns: list[str] = [test.pattern] if test.pattern else []
    for entry in test.any:
        if entry.startswith("@"):
            for word_set in _with_included(entry[1:], words, ()):
                literals.extend(word_set.words)
                patterns.extend(word_set.patterns)
        else:
            literals.append(entry)
    literals = sorted({fold_text(word) for word in literals}, key=lambda word: (-len(word), word))
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
    return re2.compile(source)


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


class PatternIndex:
    """All word tests of a pack in one RE2 set: `present(text)` names those that occur, in one pass over the text."""

    def __init__(self, tests: Iterable[WordTest], words: dict[str, WordSet]) -> None:
        """Compile the distinct patterns of `tests` (hashable word tests) under the word sets."""
        self._source = {test: expression(test, words) for test in tests}
        self.sources = tuple(dict.fromkeys(source for source in self._source.values() if source))
        self._set = re2.Set.SearchSet(_options())
        for source in self.sources:
            self._set.Add(source)
        if self.sources:
            self._set.Compile()

    def source(self, test: WordTest) -> str:
        """The RE2 source of one of the tests the index was made of."""
        return self._source[test]

    def present(self, text: str) -> frozenset[str]:
        """The sources that match somewhere in `text`."""
        if not self.sources or not text:
            return frozenset()
        return frozenset(self.sources[index] for index in self._set.Match(text) or ())


def _options() -> Any:
    options = re2.Options()
    options.log_errors = False
    # One automaton for all rules of a large pack; the default 8 MB would make RE2 fall back to its slow engine.
    options.max_mem = 256 << 20
    return options
