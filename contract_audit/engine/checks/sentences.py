"""The sentences of a paper in which figures or words stand: checks go from these to the sentences, not the other way round."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np

from contract_audit.chinese.text import behind_last
from contract_audit.engine.case import Case
from contract_audit.engine.literals import Telling
from contract_audit.engine.patterns import places
from contract_audit.engine.words import codes_of
from contract_audit.model import Value


def last_stop(case: Case, marks: str, end: int, start: int) -> int:
    """As `behind_last`, for what is asked of very many places: where the marks stand is looked up once for the paper."""
    stops = case.kept((last_stop, marks), lambda: _stops(marks, case.document.text))
    place = bisect_right(stops, end)
    return max(stops[place - 1], start) if place else start


def said_before(case: Case, marks: str, place: int, reach: int) -> str:
    """The words of the same part of a sentence right before a place, at most so many characters of them."""
    return case.text(behind_last(marks, case.document.text, place, max(0, place - reach)), place)


def _stops(marks: str, text: str) -> list[int]:
    """The place behind each of the marks in a text, in order, as if one stood behind the text."""
    marked: list[int] = np.flatnonzero(np.isin(codes_of(text), codes_of(marks))).tolist()
    return [place + 1 for place in (*marked, len(text))]


def with_values(text: str, values: Iterable[Value], stops: str) -> Iterator[tuple[int, int, list[Value]]]:
    """The span of each sentence in which some of the values, in text order, begin, with those that also end in it.

    `stops` are the characters that end a sentence; none of them belongs to it.
    """
    behind: list[int] = []
    start, end, place = -1, -1, 0
    inside: list[Value] = []
    for value in values:
        if value.start >= end:
            if end >= 0:
                yield start, end, inside
            behind = behind or _stops(stops, text)
            place = bisect_right(behind, value.start, place)
            start, end = behind[place - 1] if place else 0, behind[place] - 1
            inside = []
        if value.end <= end:
            inside.append(value)
    if end >= 0:
        yield start, end, inside


def matches_with(sign: re.Pattern[str], pattern: re.Pattern[str], text: str, stops: str) -> Iterator[re.Match[str]]:
    """All matches of a slow pattern: it is tried in the sentences in which its sign stands, each with the mark that ends it.

    `stops` are the characters that end a sentence; in no match one stands but at its end.
    """
    stop = re.compile(f"[{stops}]")
    end = 0
    for found in sign.finditer(text):
        if found.start() >= end:
            start = behind_last(stops, text, found.start(), end)
            stopped = stop.search(text, found.end())
            end = stopped.end() if stopped else len(text)
            yield from pattern.finditer(text, start, end)


def places_in_lines(source: str, text: str) -> Iterator[tuple[int, int]]:
    """The places of a pattern, tried in the lines, with the ends that they lie between, in which a word stands that any match
    holds; in all of the text where a match needs no word.
    """
    telling, behind = _telling(source), 0
    if telling is None:
        yield from places(source, text)
        return
    for start, _ in telling.spans(text):
        if start >= behind:
            begin = max(text.rfind("\n", 0, start), 0)
            behind = text.find("\n", start) + 1 or len(text)
            yield from ((begin + first, begin + last) for first, last in places(source, text[begin:behind]))


@lru_cache(maxsize=64)
def _telling(source: str) -> Telling | None:
    try:
        return Telling(source)
    except ValueError:
        return None
