"""Where the word tests of a rule pack occur in the texts of one paper: decided when asked, and only once."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from itertools import accumulate
from typing import Any

import numpy as np

from contract_audit.engine.index import Held, Masks, PatternIndex
from contract_audit.engine.patterns import bits, compiled

_BETWEEN = "。\n".encode()  # few patterns match over a full stop and a line end
Search = Callable[..., Any]  # of a compiled pattern: text, from where on → the first match
Finder = Callable[[bytes, int], tuple[int, int] | None]  # text, from where on → the first place found


class Sightings:
    """Which sources occur in which of several texts, and where; decided when asked, and only once.

    Sets of texts are bits of a number: bit 0 is the first text.
    """

    def __init__(self, index: PatternIndex) -> None:
        """Texts are added first, all of them before the first question."""
        self._index = index
        self._texts: list[str] = []
        self._words: dict[int, frozenset[int]] = {}  # by text, where asked for
        self._told: dict[str, tuple[int, tuple[tuple[int, int], ...]]] = {}
        self._searched: dict[int, tuple[int, int]] = {}  # by branch: the texts searched, and those where it was found

    def add(self, text: str) -> int:
        """Take a text in; its number."""
        self._texts.append(text)
        return len(self._texts) - 1

    def possible(self, source: str) -> int:
        """The texts that hold one of the source's words, or all that one of its branches requires; none for no source."""
        if not source:
            return 0
        return self._sources.get(self._index.parts(source).number, 0)

    def where(self, source: str, among: int) -> int:
        """Of the texts `among` those in which the source occurs; an empty one never does."""
        if not source or not among:
            return 0
        sure, branches = self._prospects(source)
        found = sure & among
        for number, having in branches:
            left = among & having & ~found
            if left:
                found |= self._found(number, left)
        return found

    def places(self, source: str, number: int) -> tuple[tuple[int, int], ...]:
        """Spans of all matches in a text that are not empty, as `places` finds them: of what begins first, the first."""
        text, data = self._texts[number], self._bytes[number]
        spans = tuple(_merged(self._finders(source, number), data))
        ends = {place for span in spans for place in span}
        if len(data) == len(text):
            return spans
        characters = {place: len(data[:place].decode()) for place in ends}
        return tuple((characters[start], characters[end]) for start, end in spans)

    def _finders(self, source: str, number: int) -> list[Finder]:
        """What finds the alternatives of a source that a text may hold, in their order."""
        index, parts, bit = self._index, self._index.parts(source), 1 << number
        names: list[str | int] = [index.words[word] for word in self._words_in(number) & index.sets[parts.words]]
        names += [branch for branch, having in self._prospects(source)[1] if having & bit]
        return [
            partial(_word_from, name.encode())
            if isinstance(name, str)
            else partial(_match_from, compiled(index.branches[name].pattern))
            for name in sorted(names, key=parts.order.__getitem__)
        ]

    def _words_in(self, number: int) -> frozenset[int]:
        known = self._words.get(number)
        if known is None:
            first, last = self._held.starts[number : number + 2]
            known = self._words[number] = frozenset(self._held.words[first:last].tolist())
        return known

    def _prospects(self, source: str) -> tuple[int, tuple[tuple[int, int], ...]]:
        """The texts that hold the source's words, and the branches that may occur, with the texts where."""
        known = self._told.get(source)
        if known is None:
            parts, having = self._index.parts(source), self._branches
            likely = tuple((number, having[number]) for number in parts.branches if number in having)
            known = self._told[source] = self._sets.get(parts.words, 0), likely
        return known

    @cached_property
    def _held(self) -> Held:
        return self._index.held(self._texts)

    @cached_property
    def _sets(self) -> dict[int, int]:
        return _columns(self._held.sets, len(self._texts))

    @cached_property
    def _branches(self) -> dict[int, int]:
        return _columns(self._held.branches, len(self._texts))

    @cached_property
    def _sources(self) -> dict[int, int]:
        return _columns(self._held.sources, len(self._texts))

    @cached_property
    def _bytes(self) -> tuple[bytes, ...]:
        """RE2 reads bytes: given a str it would encode it anew for each pattern."""
        return tuple(text.encode() for text in self._texts)

    def _found(self, number: int, among: int) -> int:
        """Of the texts `among` those in which a branch occurs."""
        searched, found = self._searched.get(number, (0, 0))
        left = among & ~searched
        if left:
            branch, numbers = self._index.branches[number], list(bits(left))
            search, texts = compiled(branch.pattern).search, [self._bytes[text] for text in numbers]
            for place in _one_by_one(search, texts) if branch.anchored else _together(search, texts):
                found |= 1 << numbers[place]
            self._searched[number] = searched | left, found
        return found & among


def _columns(matrix: Masks, texts: int) -> dict[int, int]:
    """The columns of a matrix that have any bit, by number, each as the bits of one number."""
    if not texts:
        return {}
    filled = np.flatnonzero(matrix.any(axis=0))
    data, width = np.ascontiguousarray(matrix.T[filled], dtype="<u8").tobytes(), matrix.shape[0] * 8
    within = (1 << texts) - 1
    columns = (int.from_bytes(data[place : place + width], "little") for place in range(0, len(data), width))
    return {number: column & within for number, column in zip(filled.tolist(), columns, strict=True)}


def _one_by_one(search: Search, texts: list[bytes]) -> Iterator[int]:
    """The places of the texts in which something is found."""
    return (place for place, text in enumerate(texts) if search(text) is not None)


def _together(search: Search, texts: list[bytes]) -> Iterator[int]:
    """As `_one_by_one`, in all texts at once; where a match runs over the end of a text, that text is searched alone."""
    ends = list(accumulate(len(text) + len(_BETWEEN) for text in texts))
    joined = _BETWEEN.join(texts)
    match = search(joined)
    while match is not None:
        place = bisect_right(ends, match.start())
        if match.end() <= ends[place] - len(_BETWEEN) or search(texts[place]) is not None:
            yield place
        match = search(joined, ends[place]) if ends[place] <= len(joined) else None


def _word_from(word: bytes, text: bytes, start: int) -> tuple[int, int] | None:
    place = text.find(word, start)
    return (place, place + len(word)) if place >= 0 else None


def _match_from(pattern: Any, text: bytes, start: int) -> tuple[int, int] | None:
    match = pattern.search(text, start)
    return match.span() if match is not None else None


def _merged(finders: list[Finder], text: bytes) -> Iterator[tuple[int, int]]:
    """What the finders find together: of what begins first, the first finder's; then on from its end."""
    position = 0
    found = [finder(text, 0) for finder in finders]
    while position <= len(text):
        best: tuple[int, int] | None = None
        for place, span in enumerate(found):
            if span is not None and span[0] < position:
                span = found[place] = finders[place](text, position)
            if span is not None and (best is None or span[0] < best[0]):
                best = span
        if best is None:
            return
        if best[1] > best[0]:
            yield best
            position = best[1]
        else:
            position = _next_character(text, best[0])


def _next_character(text: bytes, place: int) -> int:
    """Where the character behind `place` begins in UTF-8."""
    place += 1
    while place < len(text) and text[place] & 0xC0 == 0x80:
        place += 1
    return place
