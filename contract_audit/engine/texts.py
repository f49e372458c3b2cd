"""Texts in which RE2 looks for patterns: in many of them at once, one behind the other."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate

from contract_audit.engine.patterns import compiled
from contract_audit.engine.spelling import Spelled, Speller

Spans = dict[int, tuple[int, int]]  # by the number of a text
_NOWHERE = -1, -1


class Texts:
    """Texts, numbered as they are added, all of them before the first search."""

    def __init__(self, speller: Speller) -> None:
        """None at first."""
        self.written: list[str] = []
        self._speller = speller

    @cached_property
    def _numbered(self) -> list[bytes]:
        return self._speller.numbered(self.written)

    @cached_property
    def _sizes(self) -> list[int]:
        """Characters of each text and its end."""
        return [len(text) + 1 for text in self.written]

    def first(self, pattern: str, numbers: Sequence[int]) -> Spans:
        """Where a pattern is found first in each of the numbered texts that hold it."""
        spelled = self._speller.spelled(pattern)
        if spelled is None or len(numbers) == 1:
            found = {number: self.finder(pattern, number)(0) for number in numbers}
            return {number: span for number, span in found.items() if span != _NOWHERE}
        joined = self._speller.letters(b"".join(map(self._numbered.__getitem__, numbers)), spelled.alphabet)
        begins = [*accumulate(map(self._sizes.__getitem__, numbers), initial=0)]
        look, size, spans, place = spelled.look, len(joined), Spans(), 0
        while begins[place] <= size:
            ((start, end),) = look(joined, begins[place], size)
            if start < 0:
                break
            place = bisect_right(begins, start, place)  # the text behind
            begin = begins[place - 1]
            spans[numbers[place - 1]] = start - begin, end - begin
        return spans

    def finder(self, pattern: str, number: int) -> Callable[[int], tuple[int, int]]:
        """What finds a pattern in a text: from a character on, the first and the last of the next place."""
        spelled = self._speller.spelled(pattern)
        if spelled is None:
            return _unspelled(pattern, self.written[number])
        return _spelled(spelled, self._speller.letters(self._numbered[number], spelled.alphabet))


def finder_in(text: str, pattern: str, speller: Speller) -> Callable[[int], tuple[int, int]]:
    """As `Texts.finder`, in a text that is none of many."""
    spelled = speller.spelled(pattern)
    if spelled is None:
        return _unspelled(pattern, text)
    (numbered,) = speller.numbered([text])
    return _spelled(spelled, speller.letters(numbered, spelled.alphabet))


def _spelled(spelled: Spelled, letters: bytes) -> Callable[[int], tuple[int, int]]:
    look, size = spelled.look, len(letters)
    return lambda position: look(letters, position, size)[0]


def _unspelled(pattern: str, text: str) -> Callable[[int], tuple[int, int]]:
    search = compiled(pattern).search

    def found(position: int) -> tuple[int, int]:
        match = search(text, position)
        return match.span() if match is not None else _NOWHERE

    return found
