"""What the paper itself puts first: 未经竣工验收不得投料, 试运营前设备须调试合格, 取得许可证后方可开工; and days that break it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event, event, marks_of
from contract_audit.engine.case import Case
from contract_audit.engine.checks.deed_words import event_of
from contract_audit.engine.checks.sentences import matches_with
from contract_audit.model import Obligation

_WHO = r"(?:[甲乙丙]方|项目公司|企业|双方|其|均|一律|方)?"
# 首 is what must come first, 后 what may follow only then.
_STATED = (
    re.compile(
        rf"(?:未经|未完成|未通过|未取得|没有|未)(?P<first>[^，。；未不]{{2,16}}?)(?:的|之?前|以前|而)?[，,]?{_WHO}不得(?P<then>[^，。；]{{2,16}})"
    ),
    re.compile(
        rf"(?P<first>[^，。；：]{{2,16}}?)未(?:经|完成|通过|合格|取得)[^，。；]{{0,6}}?(?:的|之?前)?[，,]?{_WHO}不得(?P<then>[^，。；]{{2,16}})"
    ),
    re.compile(
        rf"(?P<first>[^，。；：]{{2,20}}?)(?:之?后|以后)[，,]?{_WHO}(?:方可|才可|方能|才能|再行|方得)(?P<then>[^，。；]{{2,16}})"
    ),
    re.compile(
        r"(?P<then>[^，。；：]{2,10}?)(?:之前|以前|前)[，,](?P<first>[^，。；前]{2,24}?(?:须|应|必须|要)[^，。；前]{2,20})"
    ),
    re.compile(
        r"(?P<first>[^，。；：]{2,12}?)(?:之前|以前|前)(?:[甲乙丙]方|项目公司|企业)?不得(?P<then>[^，。；]{2,16})"
    ),
)
# What stands in every match of each; no match crosses the end of a sentence.
_SIGNS = tuple(map(re.compile, ("不得", "不得", "方可|才可|方能|才能|再行|方得", "前[，,]", "不得")))
_SENTENCE_ENDS = "。；"
# The steps of a project, of which there is one each; and those of them that wait for others.
_STEPS = frozenset({"start", "build", "accept", "install", "produce", "operate", "open", "hand_over", "enter"})
_THEN = frozenset({"start", "produce", "operate", "open", "hand_over", "enter", "install"})
_ALSO = re.compile(r"、|以及|[和与及并]")
_HAS_DAY = re.compile(r"[0-9]+(?:月|日|天|年)|之日起|个月")


# What of an event tells of which orders a duty is: acts, things, papers, and whether it is a trial.
_Deed = tuple[frozenset[str], frozenset[str], frozenset[str], bool]


def _deed(told: Event) -> _Deed:
    return told.acts, told.things, told.papers, "试" in told.parts


class _Owed(NamedTuple):
    """A duty with its place among those of the paper and the event that it owes."""

    place: int
    item: Obligation
    told: Event


class Order(msgspec.Struct, frozen=True):
    """Two deeds of which the one must be done before the other, and the words that say so."""

    first: Event
    then: Event
    start: int
    end: int


def orders(case: Case) -> tuple[Order, ...]:
    """Every order that the paper states in words, without days of its own."""
    return tuple(_orders(case))


def _orders(case: Case) -> Iterator[Order]:
    text = case.folded.text
    for sign, pattern in zip(_SIGNS, _STATED, strict=True):
        for match in matches_with(sign, pattern, text, _SENTENCE_ENDS):
            if _HAS_DAY.search(match.group()):
                continue
            then, span = event(match["then"]), case.folded.original(*match.span())
            for words in _ALSO.split(match["first"]):  # 竣工验收、消防验收合格后方可移交: after each of the two
                first = event(words)
                # 设备须调试合格 before 试运营: to be tried and to be run are told by like words
                own = first.acts - then.acts
                if own and then.acts & _THEN:
                    yield Order(msgspec.structs.replace(first, acts=own), then, *span)


def broken(case: Case, dated: list[Obligation]) -> Iterator[tuple[Obligation, Obligation]]:
    """Pairs (due first, due later) of which the paper wants the later one done before the first, each duty with the first such.

    Orders and duties of like deeds are looked at together.
    """
    stated: dict[tuple[_Deed, _Deed], list[Order]] = {}
    for order in case.once(orders) if len(dated) > 1 else ():
        stated.setdefault((_deed(order.first), _deed(order.then)), []).append(order)
    duties: dict[_Deed, list[_Owed]] = {}
    for place, item in enumerate(dated if stated else ()):
        told = event_of(case, item)
        duties.setdefault(_deed(told), []).append(_Owed(place, item, told))
    for alike in stated.values():
        wanted, waiting = (
            sorted(owed for some in duties.values() if _is_of(some[0].told, deed) for owed in some)
            for deed in (alike[0].first, alike[0].then)
        )
        yield from _broken(case, alike, wanted, waiting)


def _broken(
    case: Case, stated: list[Order], wanted: list[_Owed], waiting: list[_Owed]
) -> Iterator[tuple[Obligation, Obligation]]:
    """The pairs by orders of one kind: those `waiting`, due before one that is `wanted` first and lies as they do outside the order."""
    find = _first_due_behind(case, wanted)
    left = [one for one in waiting if find(one) is not None]
    for order in stated:
        if not left:
            return
        outside = _first_due_behind(case, [one for one in wanted if not _lies_in(one.item, order)])
        pairs = [(one, None if _lies_in(one.item, order) else outside(one)) for one in left]
        yield from ((one.item, before) for one, before in pairs if before is not None)
        left = [one for one, before in pairs if before is None]


def _first_due_behind(case: Case, wanted: list[_Owed]) -> Callable[[_Owed], Obligation | None]:
    """What finds for a duty the first of those wanted that is due later and of no other phase or number."""
    by_marks: dict[frozenset[tuple[str, str]] | None, list[Obligation]] = {None: []}
    for one in wanted:
        for marks in (None, marks_of(fold_text(case.text(one.item.start, one.item.end)))):
            by_marks.setdefault(marks, []).append(one.item)
    latest = {marks: [*accumulate(map(_DUE, items), max)] for marks, items in by_marks.items()}

    def find(one: _Owed) -> Obligation | None:
        alike = (frozenset[tuple[str, str]](), one.told.marks) if one.told.marks else (None,)
        found = [(bisect_right(latest.get(marks, []), _DUE(one.item)), by_marks.get(marks, [])) for marks in alike]
        return min((items[place] for place, items in found if place < len(items)), key=_START, default=None)

    return find


_DUE, _START = attrgetter("due"), attrgetter("start")


def _is_of(told: Event, deed: Event) -> bool:
    """The duty is the deed that an order speaks of: an act, and the paper or the thing that it names, in common."""
    if ("试" in told.parts) != ("试" in deed.parts) or ("submit" in told.acts) != ("submit" in deed.acts):
        return False
    if not told.acts & deed.acts:
        return False
    if deed.papers:
        return bool(told.papers & deed.papers)
    if deed.things and told.things:
        return bool(told.things & deed.things)
    if (
        "hand_over" in deed.acts and "land" in told.things
    ):  # 验收合格后方可移交 speaks of what is built, not of its ground
        return False
    return bool(told.acts & deed.acts & _STEPS)


def _lies_in(item: Obligation, order: Order) -> bool:
    return item.start < order.end and order.start < item.end
