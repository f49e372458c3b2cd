"""Duties that are told in the same words but for figures: what is found of one, or of two of them, holds of all told so.

1号设备 … 500号设备 due on five hundred days are one duty told again and again; any two of them that share no number are alike.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from contract_audit.chinese.numerals import RUN, number
from contract_audit.deeds import figures_aside
from contract_audit.engine.case import Case, Missing
from contract_audit.engine.checks.deed_words import headed_row, marks_before, names_itself, own_event_of, said_before
from contract_audit.model import Obligation

Told = tuple[object, ...]
_Numbers = dict[tuple[int, int], set[Decimal]]  # the span of each, and what it may be read as

# A number, or several with nothing but white space between: cells are read one by one, and joined.
_RUN = re.compile(rf"{RUN}(?:\s+(?=[0-9]){RUN})*")
_FIGURE = re.compile("[0-9]")
_FIRST = re.compile("[首头]|预付")  # the words for number one
# Figures of which others are made, and equal ones that look unlike: what is told with them is told like nothing else.
_MADE = re.compile(
    r"[0-9](?:号|#)?(?:楼|厂房|车间)?[-—～至到×xX*+＋]|[×xX*+＋百千万亿][0-9]|[0-9]{5,}[号#]|\.[0-9]+[号#]"
    r"|公顷|[一二三四五六七八九]成|[０-９Ⅰ-Ⅻ]|[IV](?=[号回段线期标区路])"
)
_FEW = 8  # duties that a figure which tells them apart stands in; others are words like any
_NUMBERED_DAY = re.compile(r"[号#栋幢期批阶]")  # 15号前 is the number of a thing where the day stands in the words


def told_aside(case: Case) -> dict[int, Told]:
    """By the identity of each duty with a time all that its own roles depend on, figures aside."""
    return case.kept(told_aside, lambda: dict(_told_aside(case)))


def _told_aside(case: Case) -> Iterator[tuple[int, Told]]:
    text = figures_aside(case.document.text)
    return ((id(item), _told_in(case, item, text)) for item in _timed(case))


def _timed(case: Case) -> list[Obligation]:
    return [item for item in case.understanding.obligations if item.due is not None or item.offset]


def _told_in(case: Case, item: Obligation, text: str) -> Told:
    """The words of a duty in `text` with what stands before them, and its place in its table."""
    row = headed_row(case, item)
    low, high, ends = _extent(case, item)
    places = tuple(end - low for end in ends)
    return places, text[low:high], said_before(text, item.start), row.stems[-1] if row else None, bool(item.anchor)


def _extent(case: Case, item: Obligation) -> tuple[int, int, tuple[int, ...]]:
    """From where to where the words of a duty stand, with its row and its day, and where each of these begins and ends."""
    row = headed_row(case, item)
    ends = item.start, item.end, item.due_start, item.due_end, *((row.start, row.end) if row else ())
    return min(ends), max(ends), ends


_Pair = tuple[Obligation, Obligation]


def first_told(case: Case, pairs: Iterable[_Pair]) -> Iterator[_Pair | Missing]:
    """The first pairs that are told in the same words but for figures, then how many more there are: nobody reads hundreds."""
    told = Counter[tuple[str, str]]()
    for first, second in pairs:
        words, words_too = (case.text(item.start, item.end).translate(_NO_FIGURES) for item in (first, second))
        told[words, words_too] += 1
        if told[words, words_too] <= _TOLD:
            yield first, second
    more = sum(max(0, count - _TOLD) for count in told.values())
    if more:
        yield Missing(f"同样写法的期限矛盾每种只列出前 {_TOLD} 处，另有 {more} 处未逐一列出，请人工核对")


_TOLD = 50
_NO_FIGURES = str.maketrans("", "", "0123456789")


class Way(NamedTuple):
    """How a duty is told but for figures that few have, by numbers from 1, with these, its clause and where its line begins;
    0 where figures may tell more.
    """

    number: int
    figures: frozenset[Decimal]
    clause: int | None
    line: int
    is_row: bool


class Found:
    """Whether pairs of duties contradict one another, which holds of all pairs told alike but for figures that few have."""

    def __init__(self, case: Case) -> None:
        """Of a paper's duties with a time pairs will be told; how they are told is worked out when the first is."""
        self._case = case
        self._pairs: dict[tuple[int, int, bool, bool], bool] = {}

    def of(self, first: Obligation, second: Obligation) -> bool | None:
        """What was found of a pair told like this, of which no figure set aside stands in both; None where nothing is known."""
        return self.known(self.way(first), self.way(second))

    def way(self, item: Obligation) -> Way:
        """How a duty with a time is told."""
        return self._ways[id(item)]

    def known(self, one: Way, other: Way) -> bool | None:
        """What was found of a pair told in these two ways."""
        known = self._pairs.get((one.number, other.number, one.clause == other.clause, one.line == other.line))
        return known if known is not None and one.figures.isdisjoint(other.figures) else None

    def add(self, first: Obligation, second: Obligation, *, contradict: bool) -> None:
        """What was found of this pair; if that depends on its words alone, it holds of others told like it.

        What the cell of a row names may stand in the words of no row, be its figures part of other figures there.
        """
        one, other = self.way(first), self.way(second)
        alike = one.is_row == other.is_row and one.figures.isdisjoint(other.figures)
        if one.number and other.number and alike:
            self._pairs[one.number, other.number, one.clause == other.clause, one.line == other.line] = contradict

    def told_by(
        self, contradict: Callable[[Case, Obligation, Obligation], bool], first: Obligation, second: Obligation
    ) -> bool:
        """Whether the two contradict one another, as is known of a pair told like this or is now found out."""
        known = self.of(first, second)
        if known is None:
            known = contradict(self._case, first, second)
            self.add(first, second, contradict=known)
        return known

    @cached_property
    def _ways(self) -> dict[int, Way]:
        return dict(self._case.once(_ways))


def _ways(case: Case) -> Iterator[tuple[int, Way]]:
    """How each duty with a time is told, by its identity."""
    items = _timed(case)
    text = case.document.text
    aside = figures_aside(text)
    numbers = [_numbers(case, item) for item in items]
    having = Counter(value for spans in numbers for value in set().union(*(spans or {}).values()))
    kept = list(text)
    for spans in numbers:
        for (start, end), values in (spans or {}).items():
            if all(having[value] <= _FEW for value in values):
                kept[start:end] = aside[start:end]
    own, known, named = "".join(kept), dict[Told, int](), dict[Told, bool]()
    for item, spans in zip(items, numbers, strict=True):
        words = _told(case, item, own)
        if words not in named:
            named[words] = names_itself(own_event_of(case, item))
        words = words if named[words] else (*words, marks_before(case, item))
        number = 0 if spans is None else known.setdefault(words, len(known) + 1)
        figures = frozenset(value for values in (spans or {}).values() for value in values if having[value] <= _FEW)
        yield id(item), Way(number, figures, item.clause, text.rfind("\n", 0, item.start), _is_row(case, item))


def _is_row(case: Case, item: Obligation) -> bool:
    return item.provision is not None and case.understanding.provisions[item.provision].kind == "table_row"


def _told(case: Case, item: Obligation, text: str) -> Told:
    """All that what is found of a duty and another depends on: its words in `text`, those of its day with figures aside."""
    low, high, _ = _extent(case, item)
    words = text[low : item.due_start], text[item.due_end : high], said_before(text, item.start)
    kind = item.side, item.kind, item.recurrence, _is_row(case, item)
    return *told_aside(case)[id(item)], *words, figures_aside(item.quantity or ""), *kind


def _numbers(case: Case, item: Obligation) -> _Numbers | None:
    """The numbers in a duty's words but for its day, in figures and in characters; None where one may stand for others."""
    text = case.document.text
    low, high, _ = _extent(case, item)
    low -= len(said_before(text, item.start))
    parts = (low, item.due_start), (item.due_end, high)
    words = "\n".join(text[start:end] for start, end in parts)
    if _MADE.search(words) or _NUMBERED_DAY.search(text, item.due_start, item.due_end + 1):
        return None
    found: _Numbers = {(0, 0): {Decimal(1)}} if _FIRST.search(words) else {}
    for start, end in parts:
        for run in _RUN.finditer(text, start, end):
            read = {number(part) for part in (*run.group().split(), "".join(run.group().split()))}
            if None in read and _FIGURE.search(run.group()):
                return None
            found[run.span()] = {value for value in read if value is not None}
    return found
