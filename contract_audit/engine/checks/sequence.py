"""Dates that contradict: a later step before an earlier one, one duty on two days, a day before the signing."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Set
from itertools import accumulate

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case
from contract_audit.engine.checks.apart import PHASE, THING, differ
from contract_audit.engine.checks.clash import (
    NOBODY,
    Roles,
    amounts,
    clash,
    is_before_its_building,
    is_once,
    roles,
)
from contract_audit.engine.checks.deed_words import words_of
from contract_audit.engine.checks.order import (
    Given,
    equipped_first,
    fire_first,
    first_given,
    may_be_given,
    may_need,
    may_wait,
    needs_first,
)
from contract_audit.engine.checks.precedence import broken
from contract_audit.engine.checks.stages import comes_late
from contract_audit.engine.checks.told_alike import Found, KindsOfDuties, told_aside
from contract_audit.model import Obligation

# What moves a day, up to the first word behind which the new day may stand.
_MOVED = re.compile(r"(?=((?:调整|变更|修改|修订|推迟|延期|延长|顺延|提前)[^，。；]{0,4}?[为至到]|改为|改至|延至))")


def conflicts(
    case: Case, obligations: list[Obligation], kinds: KindsOfDuties
) -> Iterator[tuple[Obligation, Obligation]]:
    """Pairs (the one due first, the other) that cannot both hold; each duty once, held against those within `reach`, as long
    as not enough is told of their kind.
    """
    dated = _dated(case, obligations)
    seen: set[int] = set()
    found, given_on = Found(case), first_given(case, dated)
    before_steps = {id(item) for item in dated if _step_after(case, item) is not None}
    for first, second in _left(_pairs(case, dated), seen, before_steps, kinds):
        done = id(first) in seen
        known = found.of(first, second)
        if known is False or _is_told_again(case, first, second):
            continue
        meant = id(second) in before_steps and _is_meant_before(case, second, first)
        if meant and id(second) not in seen:
            seen.add(id(second))
            yield second, first
            continue
        crossed = len({first.side, second.side} - NOBODY) > 1
        if done or (not crossed and _is_moved(case, first, second)):
            continue
        contradict = known or _clash(case, first, second, given_on if crossed else None)
        if contradict:
            seen.add(id(first))
            later = not crossed and (fire_first(case, first, second) or comes_late(case, first, second))
            yield (second, first) if later else (first, second)
        # when places are handed over, and what waits for them, other duties tell
        if known is None and not (meant or (crossed and (contradict or may_wait(case, first, second)))):
            found.add(first, second, contradict=contradict)
    for early, wanted in broken(case, dated):
        if id(early) not in seen:
            seen.add(id(early))
            yield early, wanted


def _left(
    pairs: Iterator[tuple[Obligation, Obligation]], seen: set[int], before_steps: Set[int], kinds: KindsOfDuties
) -> Iterator[tuple[Obligation, Obligation]]:
    """The pairs that are still to be held against each other: not those of which both are told, or the first is and only it
    could be, nor those of a kind of which enough is told.
    """
    for first, second in pairs:
        if id(first) in seen and (id(second) in seen or id(second) not in before_steps):
            continue
        if kinds.is_full(kinds.of(first, second)):
            seen.add(id(first))
        else:
            yield first, second


def _clash(case: Case, first: Obligation, second: Obligation, given_on: Given | None) -> bool:
    """Whether the first cannot be due before the second; `given_on`: when places are handed over, where two sides owe them."""
    if given_on is not None:
        unfinished = is_before_its_building(case, first, second) or equipped_first(case, first, second)
        return unfinished or needs_first(case, first, second, given_on)
    named = bool({first.side, second.side} - NOBODY)  # 项目…达产 twice, nobody named
    return (named or is_once(case, first, second)) and clash(case, first, second)


def _is_told_again(case: Case, one: Obligation, other: Obligation) -> bool:
    """One day told without its year in two places, which was read as of two years: 11月20日前 and 11月20日前."""
    if one.anchor or other.anchor or "年" in case.text(one.due_start, one.due_end):
        return False
    words, words_too = (fold_text(case.text(item.due_start, item.due_end)) for item in (one, other))
    return bool(words) and words == words_too


def _pairs(case: Case, dated: list[Obligation]) -> Iterator[tuple[Obligation, Obligation]]:
    """Each duty with those within reach behind it, the one due first in front, where by their roles they may contradict."""
    within = reach_of(len(dated)) or len(dated)
    held = list(_held(case, dated))
    for place, (day, one, first, second) in enumerate(held, start=1):
        for day_too, other, first_too, second_too in held[place : place + within]:
            if day < day_too:
                if first & second_too:
                    yield one, other
            elif day > day_too and first_too & second:
                yield other, one


def _held(case: Case, dated: list[Obligation]) -> Iterator[tuple[int, Obligation, int, int]]:
    """The day of each duty, the duty, and as the bits of a number what it may be as the first and as the second of a pair."""
    bits: dict[str, int] = {}
    known: dict[frozenset[str], int] = {}
    for item, own in zip(dated, _roles(case, dated), strict=True):
        for names in own[:2]:
            if names not in known:
                known[names] = sum(bits.setdefault(name, 1 << len(bits)) for name in names)
        assert item.due is not None
        yield item.due.toordinal(), item, known[own.first], known[own.second]


def _roles(case: Case, dated: list[Obligation]) -> list[Roles]:
    """What each duty may be in a contradiction, of whatever kind: but for its amounts the same for all that are told in the
    same words, figures aside.
    """
    told = told_aside(case)
    words = [told[id(item)] for item in dated]
    known = {said: _roles_in_words(case, item) for said, item in dict(zip(words, dated, strict=True)).items()}
    found = [known[said] for said in words]
    counting = [place for place, own in enumerate(found) if own.counts]
    for place, much in zip(counting, amounts(case, [dated[place] for place in counting]), strict=True):
        found[place] = Roles(found[place].first | much, found[place].second | much, counts=True)
    return found


def _roles_in_words(case: Case, item: Obligation) -> Roles:
    first, second, counts = roles(case, item)
    if may_need(case, item):
        first |= {"given"}
    if may_be_given(case, item):
        second |= {"given"}
    step = _step_after(case, item)
    if step is not None:
        second |= {step}
    return Roles(first | _steps_of(case, item), second, counts)


def _is_moved(case: Case, one: Obligation, other: Obligation) -> bool:
    """Whether between the begin of the two, of one clause, and their end a day is moved: 由…调整为…, the old day and the new."""
    if one.clause != other.clause:
        return False
    start, end = min(one.start, other.start), max(one.end, other.end)
    moves = case.once(_moves)
    place = bisect_left(moves, (start, 0))
    return place < len(moves) and moves[place][1] <= end


def _moves(case: Case) -> Iterator[tuple[int, int]]:
    """Where words begin that move a day, in order, with the first place where such words, begun there or later, end."""
    found = [(match.start(), match.end(1)) for match in _MOVED.finditer(case.document.text)]
    ends = [*accumulate((end for _, end in reversed(found)), min)]
    return ((start, end) for (start, _), end in zip(found, reversed(ends), strict=True))


def reach(case: Case, obligations: list[Obligation]) -> int | None:
    """How many of the duties that follow each is held against, where there are too many for all; None where all are."""
    return reach_of(len(_dated(case, obligations)))


def reach_of(count: int) -> int | None:
    """How many that follow each of `count` duties is held against; None where all are."""
    return None if count * (count - 1) // 2 <= _MOST_PAIRS else max(1, _MOST_PAIRS // count)


_MOST_PAIRS = 20_000  # two hundred dated duties, each against each other: a paper of some forty thousand characters


def _dated(case: Case, obligations: list[Obligation]) -> list[Obligation]:
    """The duties, and those of nobody, that are owed by a day, in text order."""
    chosen = tuple(map(id, obligations))
    return case.kept((_dated, chosen), lambda: _with_days(case, obligations, set(chosen)))


def _with_days(case: Case, obligations: list[Obligation], chosen: set[int]) -> list[Obligation]:
    nobody = [item for item in case.understanding.obligations if item.side in NOBODY and id(item) not in chosen]
    return [
        item
        for item in sorted((*obligations, *nobody), key=lambda item: item.start)
        if item.due is not None and item.status not in ("changed", "ended") and not _is_told(case, item)
    ]


# 该线投产之前的整线联动调试，乙方应于7月31日前完成: what it says of itself cannot be due after that production.
_STEPS = "投产|试生产|试产|开工|动工|封顶|竣工验收|竣工|移交|交付|开业|开园|通车"
_STEP = re.compile(_STEPS)
_BEFORE_STEP = re.compile(rf"(?P<step>{_STEPS})(?:之前|以前|前)的?(?P<deed>[^，。；\n0-9]{{2,20}})[，,]?")


def _is_meant_before(case: Case, late: Obligation, early: Obligation) -> bool:
    """The later duty calls itself one that comes before the very step that the earlier one of its clause owes."""
    if late.clause != early.clause or early.anchor:
        return False
    step = _step_after(case, late)
    if step is None or step not in _steps_of(case, early):
        return False
    own = words_of(case, late)
    named = PHASE.search(own) or THING.search(own)  # else it is of what the clause spoke of
    return not (named and differ(case, early, late))


def _step_after(case: Case, item: Obligation) -> str | None:
    """The step before which the duty, by its own words, comes; None for other duties."""
    if item.anchor or item.due_start <= item.start:
        return None
    match = _BEFORE_STEP.search(fold_text(case.text(item.start, item.due_start)))
    return match["step"] if match is not None else None


def _steps_of(case: Case, item: Obligation) -> frozenset[str]:
    """The steps that a duty's words name, unless they say that something comes before one."""
    words = fold_text(case.text(item.start, item.end))
    if _STEP.search(words) is None or _BEFORE_STEP.search(words) is not None:
        return frozenset()
    return frozenset(step for step in _STEPS.split("|") if step in words)


def _is_told(case: Case, item: Obligation) -> bool:
    """What minutes tell as done on a day (2025年10月14日，9号楼移交完毕), no duty: a bare day and no word that binds."""
    provision = case.understanding.provisions[item.provision] if item.provision is not None else None
    if provision is None or provision.kind == "table_row" or item.anchor or item.due_start != item.start:
        return False
    words = case.text(item.start, item.end)
    return bool(_BARE_DAY.match(words)) and not _BINDS.search(words)


_BARE_DAY = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[，,]")
_BINDS = re.compile(r"应|须|必须|负责|承诺|保证|确保|将(?!于)|要|不得|前")
