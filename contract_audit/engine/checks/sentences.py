"""The sentences of a paper in which figures stand: checks go from the figures to their sentences, not the other way round."""

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
