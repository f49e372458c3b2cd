"""What a check sees: one understood document with its folded views, and the outcomes it may give."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, groupby, islice
from typing import Any, Literal, TypeVar

import msgspec

from contract_audit.chinese.markup import agreed
from contract_audit.chinese.stops import with_stops
from contract_audit.chinese.text import Folded, fold
from contract_audit.engine import recognizer
from contract_audit.engine.candidates import candidates_of
from contract_audit.engine.defined import with_meanings
from contract_audit.engine.index import Columns, PatternIndex
from contract_audit.engine.recognizer import Recognised
from contract_audit.engine.sightings import Sightings
from contract_audit.engine.spoken import spoken
from contract_audit.engine.view import View
from contract_audit.model import Block, Context, HedgeKind, Obligation, Related, Side, Span, Stream, Understanding
from contract_audit.rulespec import Group, Pack, ProvisionCheck, Rule, Unless

T = TypeVar("T")
SIDES: dict[str, str] = {
    "government": "政府方",
    "investor": "企业方",
    "both": "双方",
    "third": "第三方",
    "unknown": "不明",
}
FORCES: dict[str, str] = {
    "commitment": "承诺", "duty": "义务", "effort": "协助", "permission": "许可", "prohibition": "禁止", "condition": "条件",
    "definition": "定义", "recital": "鉴于", "citation": "引用", "report": "既往陈述", "request": "请求",
    "statement": "陈述",
}  # fmt: skip
_FOR_ANOTHER = re.compile("另有(?:类别|规则)")  # how the labels of exceptions end that are another rule's matter


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found: the quoted span, values for the message, conditions that held, and shifts of the grade.

    `shift`: +1 raises, -1 lowers the grade; `verdict` review = found but undecided; `named_at`: where a statement before
    begins that names the thing, if the quoted words do not; `due`: the day on which the duty found falls due; `side`: who owes it;
    `duty`: the duty itself, where its status was looked at.
    """

    start: int
    end: int
    stream: Stream = "accepted"
    values: dict[str, str] = {}
    conditions: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    shift: int = 0
    verdict: Literal["fail", "review"] = "fail"
    provision: int | None = None
    named_at: int | None = None
    due: date | None = None
    side: Side | None = None
    duty: Obligation | None = None


def reckoned(start: int, end: int, arithmetic: str) -> Outcome:
    """An outcome that its arithmetic shows."""
    return Outcome(start=start, end=end, values={"arithmetic": arithmetic}, conditions=(arithmetic,))


class Missing(msgspec.Struct, frozen=True):
    """The check applies but a fact or parameter is missing; `what` names it in Chinese.

    `parameter` is the key of a local parameter that an office can give (--local).
    """

    what: str
    parameter: str = ""


class Excepted(str):
    """Why there is no outcome: an exception holds; in Chinese, with its label."""

    __slots__ = ()

    @property
    def clears(self) -> bool:
        """Whether the exception says that the words are lawful, and not that another rule is for them."""
        return not _FOR_ANOTHER.search(self)


class Case:
    """One document before the rules: understanding, context, the pack's words and index, views made once."""

    def __init__(self, understanding: Understanding, context: Context, pack: Pack, index: PatternIndex) -> None:
        """Bind a document to a pack; views are cut when first asked for."""
        self.understanding = understanding
        self.context = context
        self.pack = pack
        self.index = index
        written = understanding.document
        self.document = msgspec.structs.replace(written, text=with_stops(agreed(written.text)))
        self._sightings = Sightings(index)
        self._worked_out: dict[object, Any] = {}
        self._excepting: dict[Unless, tuple[int, int]] = {}  # the views that may hold its words, and those hedged so
        self._closures: dict[int, int] = {}  # of sets of views: the views that stand in one clause with any
        self._spans: dict[int | None, tuple[list[int], list[int], list[View]]] = {}
        self.charged: dict[str, set[int]] = {}  # provisions in which a rule found its wrong, by category
        self.found: set[str] = set()  # categories found so far, for rules that ask what else was found

    @cached_property
    def folded(self) -> Folded:
        """The accepted text, folded."""
        return fold(self.document.text)

    @cached_property
    def views(self) -> tuple[View, ...]:
        """One view a provision, in the order of `understanding.provisions`."""
        text = spoken(self.folded, self.understanding.parties)
        told = with_meanings(self.understanding.provisions, text)
        return tuple(View(provision, text, self._sightings) for provision in told)

    @cached_property
    def recognised(self) -> tuple[Recognised, ...] | None:
        """What of the folded text is worded like a known wrong, best first; None where the pack has no weights."""
        if self.pack.recognizer is None:
            return None
        weights = recognizer.read(self.pack.recognizer)
        return weights.recognise(self.folded.text, self.pack.told_once)

    @cached_property
    def all_views(self) -> int:
        """All views, as bits."""
        return (1 << len(self.views)) - 1

    def views_maybe_with(self, source: str, among: int = -1) -> int:
        """Of the views `among`, all as bits, those in which a pattern may occur: they hold the words that it requires."""
        return self._sightings.possible(source) & among if self.views else 0

    def views_with(self, source: str, among: int | None = None) -> int:
        """The views, as bits, in which a pattern occurs: of all, or of those `among`."""
        return self._sightings.where(source, self.all_views if among is None else among)

    def clauses_of(self, views: int) -> int:
        """The views, as bits, that stand in one clause with any of `views`."""
        known = self._closures.get(views)
        if known is None:
            found, left = 0, views
            while left:
                neighbours = self._neighbours[left.bit_length() - 1]
                found |= neighbours
                left &= ~neighbours
            known = self._closures[views] = found
        return known

    @cached_property
    def _neighbours(self) -> tuple[int, ...]:
        """For each view, as bits, the views of its clause."""
        grouped: dict[int | None, int] = {}
        for index, provision in enumerate(self.understanding.provisions):
            grouped[provision.clause] = grouped.get(provision.clause, 0) | 1 << index
        return tuple(grouped[provision.clause] for provision in self.understanding.provisions)

    def candidates(self, check: ProvisionCheck) -> int:
        """The views, as bits, in which a rule of the pack may find something, as far as words, bearers and hedges tell."""
        if not self.views:
            return 0
        return self._candidates[candidates_of(self.pack, self.index).number(check)]

    @cached_property
    def _candidates(self) -> Columns:
        return candidates_of(self.pack, self.index).told(self.understanding.provisions, self._sightings.held)

    def occurs(self, test: Group | Unless) -> bool:
        """True if the words stand anywhere in the document's provisions."""
        return bool(self.views_with(self.source(test)))

    @cached_property
    def signed_on(self) -> date | None:
        """The signing date, if known."""
        fact = self.understanding.fact("signed_on")
        return fact.value if fact is not None and isinstance(fact.value, date) else None

    @cached_property
    def mode(self) -> Literal["signed", "draft"]:
        """Signed or draft: as the user said, else as detected."""
        return self.context.mode or self.understanding.mode

    @cached_property
    def law_day(self) -> date:
        """The day whose law decides: the signing date; for drafts and undated papers the day of review."""
        return self.context.as_of if self.mode == "draft" else self.signed_on or self.context.as_of

    def source(self, test: Group | Unless) -> str:
        """The RE2 source of a word test under this pack's word sets."""
        return self.index.source(test)

    def holds(
        self, exceptions: Sequence[Unless], view: View, start: int, end: int, *, alone: bool = False
    ) -> Unless | None:
        """The first exception that holds around the quoted view span [start, end); `alone`: of the clause this view only."""
        for exception in exceptions:
            if self._may_hold(exception, view) and self._holds(exception, view, start, end, alone=alone):
                return exception
        return None

    def _may_hold(self, exception: Unless, view: View) -> bool:
        """Whether what an exception asks for may stand as near a view as it asks for it."""
        known = self._excepting.get(exception)
        if known is None:
            known = self.views_maybe_with(self.source(exception)), self._hedged(exception.hedge)
            self._excepting[exception] = known
        maybe, hedged = known
        own = 1 << view.number
        if exception.within == "document":
            return bool(maybe or hedged & own)
        near = own if exception.within == "segment" else self._neighbours[view.number]
        return bool(maybe & near or hedged & own)

    def _hedged(self, kinds: Sequence[HedgeKind]) -> int:
        """The views, as bits, that are hedged in one of the ways."""
        views = 0
        for kind in kinds:
            views |= self._hedges.get(kind, 0)
        return views

    @cached_property
    def _hedges(self) -> dict[HedgeKind, int]:
        """The views, as bits, by the ways they are hedged in."""
        grouped: dict[HedgeKind, int] = {}
        for view in self.views:
            for hedge in view.provision.hedges:
                grouped[hedge.kind] = grouped.get(hedge.kind, 0) | 1 << view.number
        return grouped

    def _holds(self, exception: Unless, view: View, start: int, end: int, *, alone: bool) -> bool:
        if exception.hedge and any(hedge.kind in exception.hedge for hedge in view.provision.hedges):
            return True
        source = self.source(exception)
        if not source:
            return False
        if alone and exception.within == "clause":
            return any(hit.start >= view.own_start for hit in view.hits(source))
        if exception.within == "provision":
            return view.says(source) or any(other.says(source) for other in self._sharing(view))
        if exception.within == "segment":
            first, last = view.segment(start, end)
            return any(hit.start < last and first < hit.end for hit in view.hits(source))
        if exception.within == "document":
            return bool(self.views_with(source))
        return any(other.says(source) for other in self.clause_views(view.provision.clause))

    def _sharing(self, view: View) -> tuple[View, ...]:
        """The views before this one in its sentence whose opening condition it shares."""
        own = view.provision
        holding = {other.number for stem in own.stems for other in self._holding(own.clause, stem)}
        found = []
        for other in (self.views[number] for number in sorted(holding)):
            before = other.provision
            if before.end <= own.start:
                between = self.text(before.end, own.start)
                found += [other] if not any(mark in between for mark in "。；\n") else []
        return tuple(found)

    def _holding(self, clause: int | None, stem: Span) -> Iterator[View]:
        """The views of a clause in whose own words a lead-in of others stands."""
        begins, ends, views = self._spans_of(clause)
        for place in range(bisect_right(begins, stem.start) - 1, -1, -1):
            if ends[place] <= stem.end:
                return  # none of those before reaches so far
            if stem.end < views[place].provision.end:
                yield views[place]

    def _spans_of(self, clause: int | None) -> tuple[list[int], list[int], list[View]]:
        """The views of a clause by where they begin, and the furthest end of each and those before it."""
        known = self._spans.get(clause)
        if known is None:
            views = sorted(self.clause_views(clause), key=lambda view: view.provision.start)
            ends = accumulate((view.provision.end for view in views), max)
            known = self._spans[clause] = [view.provision.start for view in views], [*ends], views
        return known

    def views_before(self, view: View) -> Iterator[View]:
        """The views of its clause that end where a view begins or before, the nearest first."""
        own = view.provision
        begins, _, views = self._spans_of(own.clause)
        before = islice(reversed(views), len(views) - bisect_right(begins, own.start), None)
        return (other for other in before if other.provision.end <= own.start)

    def clause_views(self, clause: int | None) -> tuple[View, ...]:
        """The views of one clause, in order."""
        return self._by_clause.get(clause, ())

    @cached_property
    def _by_clause(self) -> dict[int | None, tuple[View, ...]]:
        grouped: dict[int | None, list[View]] = {}
        for view in self.views:
            grouped.setdefault(view.provision.clause, []).append(view)
        return {clause: tuple(views) for clause, views in grouped.items()}

    def once(self, work: Callable[["Case"], Iterable[T]]) -> tuple[T, ...]:
        """What `work` finds in this case: worked out for the first rule that asks, and kept for the others."""
        if work not in self._worked_out:
            self._worked_out[work] = tuple(work(self))
        known: tuple[T, ...] = self._worked_out[work]
        return known

    def kept(self, key: object, work: Callable[[], T]) -> T:
        """What `work` makes, kept for whoever asks in this case by the same key."""
        if key not in self._worked_out:
            self._worked_out[key] = work()
        known: T = self._worked_out[key]
        return known

    def tables(self) -> Iterator[list[Block]]:
        """The rows of each table, table by table."""
        rows = (block for block in self.document.blocks if block.table is not None)
        return (list(group) for _, group in groupby(rows, key=lambda block: block.table))

    def text(self, start: int, end: int) -> str:
        """The original words of a span of the accepted text."""
        return self.document.text[start:end]

    def related(self, role: str, start: int, end: int) -> Related:
        """Another place of the accepted text that belongs to an outcome."""
        return Related(role=role, start=start, end=end, quote=self.document.text[start:end])

    def heading(self) -> tuple[int, int]:
        """The span that whole-document findings quote: the title, else the first line."""
        fact = self.understanding.fact("title")
        if fact is not None and fact.end > fact.start:
            return fact.start, fact.end
        first = self.document.text.find("\n")
        return 0, first if first > 0 else min(len(self.document.text), 40)


def applies(rule: Rule, case: Case) -> bool:
    """True if the rule looks at documents of this kind, mode and signing date."""
    scope, kind = rule.applies, case.understanding.kind or ""
    if scope.kinds and kind not in scope.kinds:
        return False
    if kind in scope.not_kinds:
        return False
    parties = case.understanding.parties
    if scope.parties and parties and not any(party.kind in (*scope.parties, "unknown") for party in parties):
        return False
    if scope.mode not in ("any", case.mode):
        return False
    day = case.law_day
    if scope.signed_from and day < scope.signed_from:
        return False
    return not (scope.signed_to and day > scope.signed_to)
