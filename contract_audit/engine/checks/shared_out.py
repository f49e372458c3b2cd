"""A whole told in one sentence and shared out in the next ones: 总投资6.6亿元…。一期投资3.4亿元，二期投资2.6亿元."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter

from contract_audit.engine.case import Case
from contract_audit.model import Value

_LEAD = 24  # characters before a figure that say whose it is
_END = attrgetter("end")
_REACH = 200  # characters behind the whole in which its shares stand
# What is shared out, its last words, and by what the shares are named, one after another.
_SHARED = (
    ("投资", re.compile(r"(?:总投资|投资总额|总投资额)[^，。；0-9]{0,8}$"), "一二三四", r"期[^，。；0-9]{0,10}$"),
    (
        "注册资本",
        re.compile(r"注册资本[^，。；0-9]{0,8}$"),
        "甲乙丙丁",
        r"方[^，。；0-9]{0,4}(?:认缴|出资|投入|缴付)[^，。；0-9]{0,6}$",
    ),
)


def shared_out(case: Case, sums: Sequence[Value]) -> Iterator[tuple[Value, list[Value]]]:
    """Each whole with the shares named after it in its line, of the first, the second and so on; two at least."""
    text = case.document.text
    for word, whole, names, behind in _SHARED:
        for place, total in enumerate(sums):
            lead = text[max(0, total.start - _LEAD) : total.start]
            if word not in lead or whole.search(lead) is None:
                continue
            line_end = text.find("\n", total.end)
            reach = min(total.end + _REACH, line_end if line_end >= 0 else len(text))
            following = sums[place + 1 : bisect_right(sums, reach, key=_END)]
            shares = _shares(case, following, names, behind)
            # 一期…，二期…，铺底流动资金1.6亿元
            if shares and all(total.amount != added_up([*shares, value]) for value in following):
                between = [value for value in following if value.end <= shares[0].start]
                yield _whole(text, total, between, added_up(shares)), shares


def _whole(text: str, total: Value, between: list[Value], added: Decimal) -> Value:
    """The total, or the fixed part of it that is told before the shares, where they may be shares of that."""
    for value in between:
        fixed = _FIXED.search(text, max(0, value.start - _LEAD), value.start)
        if fixed and value.amount is not None and added <= value.amount:
            return value
    return total


_FIXED = re.compile(r"固定资产[^，。；0-9]{0,10}$")


def _shares(case: Case, following: Sequence[Value], names: str, behind: str) -> list[Value]:
    """The first figure of each name, two at least, as long as they follow one another; none where a name has another figure."""
    text, found = case.document.text, list[Value]()
    for name in names:
        own = re.compile(f"{name}{behind}")
        named = [value for value in following if own.search(text, max(0, value.start - _LEAD), value.start)]
        if len({value.amount for value in named}) != 1:
            break
        found.append(named[0])
    return found if len(found) > 1 and not set(case.once(_named)) & set(names[len(found) :]) else []


def _named(case: Case) -> Iterator[str]:
    """The names of shares that stand in the paper."""
    text = case.document.text
    names = {name for _, _, names, _ in _SHARED for name in names}
    return (name for name in names if any(f"{name}{mark}" in text for mark in "期方"))


def added_up(shares: Sequence[Value]) -> Decimal:
    """What the shares make together."""
    return sum((share.amount for share in shares if share.amount is not None), Decimal(0))
