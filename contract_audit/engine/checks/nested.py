"""Parts of parts: figures of a list of which some are told again by those that follow them."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

_FEWEST = 2  # parts that a part may have
_MOST = 14  # figures that are tried


def makes(sizes: Sequence[Decimal], whole: Decimal, tolerance: Decimal = Decimal(0)) -> bool:
    """Whether the figures, in their order, make the whole where a run of them only says what the one before it is made of.

    种植基地2600万元：新造1500万元、改造1100万元；设备900万元 makes 3500万元. So do the last of the figures alone where they
    divide the whole once more: 其中固定资产5.2亿元，一期3.4亿元，二期2.6亿元 makes 6亿元.
    """
    slack = abs(whole) * tolerance
    ends = [*accumulate(reversed(sizes))]  # what the last makes, the last two, the last three …
    if any(abs(added - whole) <= slack for added in ends[1:] or ends or [Decimal(0)]):
        return True
    return len(sizes) <= _MOST and _rest(tuple(sizes), whole, slack)


def outermost(sizes: Sequence[Decimal]) -> list[int]:
    """Where the figures stand that are no part of one before them.

    固定资产3.3亿元，由矿山0.7亿元、粉体2.1亿元、配套0.5亿元构成，其余流动资金0.9亿元: the first and the last.
    """
    found, place = [], 0
    while place < len(sizes):
        found.append(place)
        ends = [*accumulate(sizes[place + 1 :])]
        inner = next((count for count, added in enumerate(ends, start=1) if added == sizes[place]), 0)
        place += 1 + (inner if inner >= _FEWEST else 0)
    return found


def _rest(sizes: tuple[Decimal, ...], left: Decimal, slack: Decimal) -> bool:
    if not sizes:
        return abs(left) <= slack
    head, following = sizes[0], sizes[1:]
    if head > left + slack:
        return False
    if _rest(following, left - head, slack):
        return True
    added = Decimal(0)
    for count, size in enumerate(following, start=1):
        added += size
        if added > head:
            return False
        if added == head and count >= _FEWEST:
            return _rest(following[count:], left - head, slack)
    return False
