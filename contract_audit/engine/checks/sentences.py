"""The sentences of a paper in which figures or words stand: checks go from these to the sentences, not the other way round."""

import re
from collections.abc import Iterable, Iterator

from contract_audit.model import Value


def with_values(text: str, values: Iterable[Value], stops: str) -> Iterator[tuple[int, int, list[Value]]]:
    """The span of each sentence in which some of the values, in text order, begin, with those that also end in it.

    `stops` are the characters that end a sentence; none of them belongs to it.
    """
    start = end = -1
    inside: list[Value] = []
    for value in values:
        if value.start >= end:
            if end >= 0:
                yield start, end, inside
            start = max(end, 0, *(text.rfind(stop, max(end, 0), value.start) + 1 for stop in stops))
            end = len(text)
            for stop in stops:  # a nearer stop bounds the search for the next
                place = text.find(stop, start, end)
                end = place if place >= 0 else end
            inside = []
        if value.end <= end:
            inside.append(value)
    if end >= 0:
        yield start, end, inside


def matches_with(sign: re.Pattern[str], pattern: re.Pattern[str], text: str, stops: str) -> Iterator[re.Match[str]]:
    """All matches of a slow pattern: it is tried in the sentences in which its sign stands, each with the mark that ends it.

    `stops` are the characters that end a sentence; in no match one stands but at its end.
    """
    end = 0
    for found in sign.finditer(text):
        if found.start() >= end:
            start = max(end, *(text.rfind(stop, end, found.start()) + 1 for stop in stops))
            end = len(text)
            for stop in stops:  # a nearer stop bounds the search for the next
                place = text.find(stop, found.end(), end)
                end = place + 1 if place >= 0 else end
            yield from pattern.finditer(text, start, end)
