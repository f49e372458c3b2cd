"""Which spans of a text have characters in common, in time by the number of such pairs."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence


def overlapping(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places in the sequence of each two spans [start, end) that have characters in common, in both orders.

    >>> sorted(overlapping([(5, 9), (0, 3), (2, 6)]))
    [(0, 2), (1, 2), (2, 0), (2, 1)]
    """
    order = sorted(range(len(spans)), key=lambda place: spans[place])
    starts = [spans[place][0] for place in order]
    for turn, place in enumerate(order, start=1):
        for other in order[turn : bisect_left(starts, spans[place][1])]:
            yield from ((place, other), (other, place))
