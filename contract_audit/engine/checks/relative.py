"""Deadlines counted from one event that differ in how long: 验房之日起15日内退还押金 … 60日内退还."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import chain
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import event
from contract_audit.engine.case import Case
from contract_audit.engine.checks.apart import differ
from contract_audit.engine.checks.clash import is_twice
from contract_audit.engine.checks.deed_words import event_of, own_event_of
from contract_audit.engine.checks.lengths import days_of
from contract_audit.engine.checks.sequence import reach_of
from contract_audit.engine.checks.told_alike import Found, Way, told_aside
from contract_audit.model import Obligation

_Counted = tuple[str, Obligation]  # the words of the event that a duty counts from, and the duty


def relative_conflicts(case: Case, obligations: list[Obligation]) -> Iterator[tuple[Obligation, Obligation]]:
    """Pairs that count the same deed from the same event and differ in how long, each duty with the first such behind it."""
    chosen = set(map(id, obligations))
    found = Found(case)
    for one, behind in _neighbours(case.once(_counted), found):
        if id(one.item) not in chosen:
            continue
        for other in behind:
            if found.known(one.way, other.way) is False or one.way.line == other.way.line:
                continue
            if one.item.side != other.item.side or not _is_one_event(one.words, other.words):
                continue
            if found.told_by(_is_counted_twice, one.item, other.item):
                yield one.item, other.item
                break


def _is_counted_twice(case: Case, one: Obligation, other: Obligation) -> bool:
    return (is_twice(case, one, other) or _is_bare_again(case, one, other)) and not differ(case, one, other)


class _Lasting(NamedTuple):
    """A duty that counts from an event: its place among them, its days, the words of the event, and how it is told."""

    place: int
    days: int
    words: str
    item: Obligation
    way: Way


def _neighbours(counted: Sequence[_Counted], found: Found) -> Iterator[tuple[_Lasting, list[_Lasting]]]:
    """Each with those within reach behind it that leave more days, or fewer, and whose events end in the same characters: no
    others are one event.
    """
    within = reach_of(len(counted)) or len(counted)
    ends = Counter(words[-_EVENT_CHARS:] for words, _ in counted)
    alike: dict[str, list[_Lasting]] = {end: [] for end, count in ends.items() if count > 1}
    for place, (words, item) in enumerate(counted):
        days = days_of(item.offset or "", workday=item.workday)
        some = alike.get(words[-_EVENT_CHARS:])
        if days is not None and some is not None:
            some.append(_Lasting(place, days, words, item, found.way(item)))
    for one in sorted(chain.from_iterable(alike.values()), key=_PLACE):
        some = alike[one.words[-_EVENT_CHARS:]]
        first = bisect_right(some, one.place, key=_PLACE)
        behind = some[first : bisect_right(some, one.place + within, lo=first, key=_PLACE)]
        low, high = one.days - _AS_LONG_DAYS, one.days + _AS_LONG_DAYS
        yield one, [other for other in behind if other.days < low or other.days > high]


_PLACE = attrgetter("place")


def relative_reach(case: Case) -> int | None:
    """How many of the duties counted from events that follow each is held against; None where all are."""
    return reach_of(len(case.once(_counted)))


def _counted(case: Case) -> Iterator[_Counted]:
    """The duties counted from events that nobody has dated, with the words of the event."""
    return (
        (_ALIKE_EVENT.sub("", fold_text(item.anchor)), item)
        for item in case.understanding.obligations
        if item.offset and item.anchor and item.due is None and not item.recurrence
    )


def _is_one_event(words: str, words_too: str) -> bool:
    """The same words, or most of the shorter at the end of both: 合同终止且乙方腾空房屋 and 乙方腾空房屋."""
    if words == words_too:
        return len(words) > 1
    shorter = min(len(words), len(words_too))
    if shorter < _EVENT_CHARS:
        return False
    most = max(_EVENT_CHARS, ceil(_MOST_OF * shorter))
    return words[-most:] == words_too[-most:]


_MOST_OF = 0.75


# One month and 30 days are as long as each other, 30 days and 30 working days are not.
_AS_LONG_DAYS = 3


def _is_bare_again(case: Case, one: Obligation, other: Obligation) -> bool:
    """One of two that count from one event says only that is paid or returned: 收到账单之日起15日内付款 … 45日内支付电费."""
    told, told_too = event_of(case, one), event_of(case, other)
    bare = any(not (deed.things or deed.marks or deed.amounts) and len(deed.content) == 0 for deed in (told, told_too))
    return bare and bool(told.acts & told_too.acts & _SETTLING) and told.marks == told_too.marks


_SETTLING = frozenset({"pay", "return"})


_ALIKE_EVENT = re.compile(r"[，、。；：\s]|自|从|在|之日起?|后|起|时|[甲乙丙]方")
_EVENT_CHARS = 4


def reckoned_conflicts(case: Case, obligations: list[Obligation]) -> Iterator[tuple[Obligation, Obligation]]:
    """Pairs (the one with a day, the one counted), each day once: 7月31日开工，开工之日起12个月内竣工，竣工日期为后年7月31日."""
    dated, counted = _by_days(case), _by_milestones(obligations)
    limits = [item for item in dated if not _AT_LATEST.search(case.text(item.start, item.due_end))]
    within = reach_of(len(dated) + len(counted)) or len(dated)
    begun_by: dict[frozenset[str], list[Obligation]] = {}
    found, seen = Found(case), set[int]()
    for one in counted:
        acts = event(fold_text(one.anchor or "")).acts & _MILESTONES
        if acts not in begun_by:
            begun_by[acts] = _owing(case, dated, acts) if acts else []
        begun = begun_by[acts]
        days = days_of(one.offset or "", workday=one.workday)
        if len(begun) != 1 or begun[0].due is None or days is None:
            continue
        last = begun[0].due + timedelta(days=days + max(_SLACK_DAYS, days // 10))
        here = bisect_left(limits, one.start, key=_START)
        for item in limits[max(0, here - within) : here + within]:
            if item.due is None or item.due <= last or item is begun[0] or id(item) in seen:
                continue
            if found.told_by(_is_again, item, one):
                seen.add(id(item))
                yield item, one


def _owing(case: Case, dated: list[Obligation], acts: frozenset[str]) -> list[Obligation]:
    """Of the duties with a day those that owe one of the acts: all that are told in the same words, figures aside, owe the same."""
    told = told_aside(case)
    alike = {told[id(item)]: item for item in dated}
    owing = {words for words, item in alike.items() if own_event_of(case, item).acts & acts}
    return [item for item in dated if told[id(item)] in owing]


def _by_days(case: Case) -> list[Obligation]:
    return [item for item in case.understanding.obligations if item.due is not None and not item.anchor]


def _by_milestones(obligations: list[Obligation]) -> list[Obligation]:
    """The duties that are counted in days from an event."""
    return [item for item in obligations if item.offset and item.anchor and not item.recurrence]


def reckoned_reach(case: Case, obligations: list[Obligation]) -> int | None:
    """How many of the days before and behind each duty counted from a milestone is held against; None where all are."""
    return reach_of(len(_by_days(case)) + len(_by_milestones(obligations)))


def _is_again(case: Case, one: Obligation, other: Obligation) -> bool:
    """One deed, or one bare step of the project that neither says more of: 12个月内竣工, 竣工日期为…."""
    told, told_too = event_of(case, one), event_of(case, other)
    bare = not any(deed.things or deed.marks or deed.amounts for deed in (told, told_too))
    same_step = bare and told.acts == told_too.acts and bool(told.acts & _ONE_EACH)
    return (same_step or is_twice(case, one, other)) and not differ(case, one, other)


# What happens once in a project, so that a day of it is the day that others count from.
_MILESTONES = frozenset({"start", "build", "produce", "hand_over"})
_ONE_EACH = _MILESTONES - {"hand_over"}  # many things are handed over
_AT_LATEST = re.compile(r"最[迟晚]|至迟|不[晚迟]于")  # the outer limit beside the counted one
_SLACK_DAYS = 31
_START = attrgetter("start")
