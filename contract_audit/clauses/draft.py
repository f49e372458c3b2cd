"""What reading one document gathers: lead-ins, headings, the flow from sentence to sentence, finished provisions."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from contract_audit.chinese.text import Folded
from contract_audit.clauses.bearers import Bearer
from contract_audit.clauses.force import Polarity, Scope
from contract_audit.clauses.options import unticked
from contract_audit.clauses.parts import Segment
from contract_audit.clauses.scan import Scan
from contract_audit.model import Block, Clause, Document, Force, Hedge, HedgeKind, Party, Provision, Span

Kind = Literal["sentence", "item", "table_row", "title", "signature"]

_EXCEPTION = re.compile(r"除(?!外)[^，。；\n]{1,60}?外")


class Reading(msgspec.Struct, frozen=True):
    """What was read off one segment; `denied` are scopes of folded text."""

    bearer: Bearer
    force: Force
    polarity: Polarity
    denied: tuple[Scope, ...]


class LeadIn(msgspec.Struct, frozen=True):
    """What a lead-in gives to the items below it.

    `denies`: it denies every one of them, whatever their own words are; `asks`: what follows is a question.
    """

    span: Scope
    bearer: Bearer
    force: Force | None
    polarity: Polarity
    denies: bool = False
    asks: bool = False


@dataclass(slots=True)
class Draft:
    """What reading one document needs and gathers."""

    document: Document
    clauses: tuple[Clause, ...]
    parties: tuple[Party, ...]
    folded: Folded
    scanned: Scan
    hedges: tuple[tuple[HedgeKind, int, int], ...]
    hedge_starts: list[int]
    headers: dict[int, Block]
    leads: dict[int, LeadIn] = field(default_factory=dict)
    headings: dict[int, Bearer | None] = field(default_factory=dict)
    opening: LeadIn | None = None  # 我们承诺：, 会议议定： before the first clause
    out: list[Provision] = field(default_factory=list)


@dataclass(slots=True)
class Flow:
    """What passes from sentence to sentence inside one clause."""

    clause: int
    stems: tuple[Scope, ...]
    lead: LeadIn | None
    heading: Bearer | None
    topic: Bearer | None = None
    before: Scope | None = None  # the provision before, for sentences that refer back
    label_stem: Scope | None = None
    opening: Scope | None = None  # the condition at the start of the sentence, for its later statements
    recital: bool = False


def finish(draft: Draft, clause: int, segment: Segment, kind: Kind, reading: Reading, stems: tuple[Scope, ...]) -> None:
    """Add a provision, every offset mapped back to the document's text, marks at its ends left out."""
    start, end = trim(draft.folded.text, segment.start, segment.end)
    condition = [part for part in segment.parts if part.kind == "condition"]
    exception = _exception(draft.folded.text, start, end)
    span = original(draft, start, end)
    left_out = unticked(draft.folded.text, start, end)
    provision = Provision(
        start=span.start,
        end=span.end,
        clause=clause,
        bearer=reading.bearer.name,
        side=reading.bearer.side,
        known_by=reading.bearer.known_by,
        force=reading.force,
        polarity="negative" if left_out[:1] == ((start, end),) else reading.polarity,
        hedges=_hedges(draft, start, end),
        stems=tuple(original(draft, *stem) for stem in stems),
        negations=tuple(original(draft, *scope) for scope in (*reading.denied, *left_out)),
        condition=original(draft, condition[0].start, condition[-1].end) if condition else None,
        exception=original(draft, *exception) if exception else None,
        kind=kind,
    )
    draft.out.append(provision)


def _exception(text: str, start: int, end: int) -> Scope | None:
    """除…外, or the comma part that ends with 除外."""
    place = text.find("除外", start, end)
    if place >= 0:
        return max(start, text.rfind("，", start, place) + 1), place + 2
    match = _EXCEPTION.search(text, start, end)
    return match.span() if match else None


def original(draft: Draft, start: int, end: int) -> Span:
    """The span in the document's text of a span of folded text."""
    return Span(*draft.folded.original(start, end))


def trim(text: str, start: int, end: int) -> Scope:
    """The span without marks and white space at its ends."""
    while start < end and text[start] in "，。；：、 \t\n":
        start += 1
    while end > start and text[end - 1] in "，。；、 \t\n":
        end -= 1
    return start, end


def _hedges(draft: Draft, start: int, end: int) -> tuple[Hedge, ...]:
    first = bisect_left(draft.hedge_starts, start)
    last = bisect_left(draft.hedge_starts, end)
    found = []
    for kind, low, high in draft.hedges[first:last]:
        span = original(draft, low, min(high, end))
        found.append(Hedge(kind=kind, start=span.start, end=span.end))
    return tuple(found)


def emit_plain(draft: Draft, clause: int, start: int, end: int, kind: Literal["title", "signature"]) -> None:
    """A title, heading, party line or signature line: no statement of anybody."""
    low, high = trim(draft.folded.text, start, end)
    if low >= high:
        return
    span = original(draft, low, high)
    draft.out.append(
        Provision(
            start=span.start,
            end=span.end,
            clause=clause,
            bearer=None,
            side="unknown",
            known_by="default",
            force="statement",
            polarity="positive",
            kind=kind,
        )
    )
