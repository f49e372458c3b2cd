"""Duties that are told in the same words but for figures: what is found of one, or of two of them, holds of all told so.

1号设备 … 500号设备 due on five hundred days are one duty told again and again; any two of them that share no number are alike.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from contract_audit.chinese.numerals import RUN, number
from contract_audit.deeds import figures_aside
from contract_audit.engine.case import Case, Missing
from contract_audit.engine.checks.deed_words import headed_row, marks_before, names_itself, own_event_of, said_before
from contract_audit.model import Obligation, Span

Told = tuple[object, ...]

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


def _aside(case: Case) -> str:
    return case.kept(_aside, lambda: figures_aside(case.document.text))


def _told_aside(case: Case) -> Iterator[tuple[int, Told]]:
    text = _aside(case)
    for item, at in case.once(_timed):
        said = at.said and said_before(text, item.start)
        yield id(item), (at.places, text[at.low : at.high], said, at.heads, bool(item.anchor))


class _Stands(NamedTuple):
    """From where to where the words of a duty stand, with its row and its day, and where, from there on, each of these begins
    and ends; the words before that belong to it; and the heads of its table.
    """

    low: int
    high: int
    places: tuple[int, ...]
    said: str
    heads: Span | None


def _timed(case: Case) -> Iterator[tuple[Obligation, _Stands]]:
    """The duties with a time, and where their words stand."""
    text = case.document.text
    for item in case.understanding.obligations:
        if item.due is not None or item.offset:
            row = headed_row(case, item)
            ends = item.start, item.end, item.due_start, item.due_end, *((row.start, row.end) if row else ())
            low = min(ends)
            places, said = tuple([end - low for end in ends]), said_before(text, item.start)
            yield item, _Stands(low, max(ends), places, said, row.stems[-1] if row else None)


class Kinds:
    """Contradictions by the words of the two, figures aside: of each kind some are told, for nobody reads hundreds."""

    def __init__(self, what: str = "期限") -> None:
        """Nothing is told of the paper yet; `what` contradicts, in Chinese."""
        self._what = what
        self._told = Counter[tuple[str, str]]()
        self._left = 0

    def add(self, kind: tuple[str, str]) -> None:
        """One more is told of this kind."""
        self._told[kind] += 1

    def is_full(self, kind: tuple[str, str]) -> bool:
        """Whether enough is told of this kind: nobody looks at the two any further, and they are counted as left out."""
        full = self._told[kind] >= _TOLD
        self._left += full
        return full

    def left_out(self) -> Iterator[Missing]:
        """What a reader is told of those that were not looked at any further."""
        if self._left:
            yield Missing(
                f"同样写法的{self._what}矛盾每种只列出前 {_TOLD} 处，"
                f"另有 {self._left} 项同样写法的{self._what}未逐一核对，请人工核对"
            )


class KindsOfDuties(Kinds):
    """Contradictions between duties by the words of the two."""

    def __init__(self, case: Case) -> None:
        """Nothing is told of the paper's duties yet."""
        super().__init__()
        self._case = case
        self._words: dict[int, str] = {}

    def of(self, first: Obligation, second: Obligation) -> tuple[str, str]:
        """The kind of two duties."""
        known = self._words
        return known.get(id(first)) or self._without_figures(first), known.get(id(second)) or self._without_figures(
            second
        )

    def _without_figures(self, item: Obligation) -> str:
        words = self._words[id(item)] = without_figures(self._case.text(item.start, item.end))
        return words


def without_figures(words: str) -> str:
    """The words by which a kind is told."""
    return words.translate(_NO_FIGURES)


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

    @cached_property
    def _ways(self) -> "_Ways":
        return self._case.kept(_Ways, lambda: _Ways(self._case))

    def way(self, item: Obligation) -> Way:
        """How a duty with a time is told."""
        return self._ways.known.get(id(item)) or self._ways.read(self._case, item)

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


class _Ways:
    """How the duties of a paper with a time are told; each is looked at when it is first asked for.

    The case keeps them, so that they do not hold it: else both would stay until the collector finds the ring.
    """

    def __init__(self, case: Case) -> None:
        self._aside = _aside(case)
        self._stands = {id(item): at for item, at in case.once(_timed)}
        self.known: dict[int, Way] = {}  # by the identity of the duty
        self._having = Counter[Decimal]()  # how many of the duties looked at have a figure
        self._named: dict[Told, bool] = {}
        self._numbers: dict[Told, int] = {}

    def read(self, case: Case, item: Obligation) -> Way:
        """How a duty is told that was not looked at before."""
        text, at = case.document.text, self._stands[id(item)]
        before = self._set_aside(text, max(0, at.low - len(at.said)), item.due_start)
        behind = self._set_aside(text, item.due_end, at.high)
        number, figures = 0, frozenset[Decimal]()
        if before and behind and not _NUMBERED_DAY.search(text, item.due_start, item.due_end + 1):
            number = self._number(case, item, (before[0], behind[0], at.said if at.low < item.start else ""))
            figures = before[1] | behind[1]
        line = text.rfind("\n", 0, item.start)
        way = self.known[id(item)] = Way(number, figures, item.clause, line, _is_row(case, item))
        return way

    def _set_aside(self, text: str, start: int, end: int) -> tuple[str, frozenset[Decimal]] | None:
        """The words of a span with the figures aside that few duties have, and these; None where some may stand for others."""
        words = text[start:end]
        runs = _runs(words)
        if runs is None:
            return None
        few = set[Decimal]()
        for begin, stop, values in runs:
            self._having.update(values)
            own = {value for value in values if self._having[value] <= _FEW}
            few |= own
            if own == values:
                words = words[:begin] + self._aside[start + begin : start + stop] + words[stop:]
        return words, frozenset(few)

    def _number(self, case: Case, item: Obligation, words: tuple[str, ...]) -> int:
        """The number of all told like a duty: by its words and all else that what is found of it and another depends on."""
        much = figures_aside(item.quantity) if item.quantity else ""
        kind = much, item.side, item.kind, item.recurrence, _is_row(case, item)
        told: Told = (*told_aside(case)[id(item)], *words, *kind)
        if told not in self._named:
            self._named[told] = names_itself(own_event_of(case, item))
        if not self._named[told]:
            told = (*told, marks_before(case, item))
        return self._numbers.setdefault(told, len(self._numbers) + 1)


def _is_row(case: Case, item: Obligation) -> bool:
    return item.provision is not None and case.understanding.provisions[item.provision].kind == "table_row"


@lru_cache(maxsize=1024)
def _runs(words: str) -> tuple[tuple[int, int, frozenset[Decimal]], ...] | None:
    """Where numbers stand in the words of duties, which are told over and over, in figures and in characters, and what each may
    be read as; None where one may stand for others.
    """
    if _MADE.search(words):
        return None
    found = [(0, 0, frozenset({Decimal(1)}))] if _FIRST.search(words) else []
    for run in _RUN.finditer(words):
        read = {number(part) for part in (*run.group().split(), "".join(run.group().split()))}
        if None in read and _FIGURE.search(run.group()):
            return None
        found.append((*run.span(), frozenset(value for value in read if value is not None)))
    return tuple(found)
