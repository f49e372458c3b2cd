"""A provision as rules see it: its folded words with its lead-ins in front, and where patterns stand in them.

A view is the folded text of one provision with its lead-ins in front, so that 「给予以下扶持：（1）…」 is read as one
promise; places in the view map back to the original text.
"""

import re
from collections.abc import Sequence

import msgspec

from contract_audit.chinese.text import Folded, behind_last
from contract_audit.engine.sightings import Sightings
from contract_audit.model import Provision, Span

SEGMENT_MARKS = "，；。：！？\n\t\x1f"
_NO_WORD = "〇"
_NOT = "不未无没"
_DENYING = re.compile(f"[{_NOT}免]")
_BEGINS_DENIAL = frozenset(f"{_NOT}免禁严杜绝拒")
_STEM_END = "\x1f"  # parts of a view are divided by a character that no text and no pattern holds


class Hit(msgspec.Struct, frozen=True, order=True):
    """A match in a view: folded offsets in the view, and whether it lies in the provision's own words."""

    start: int
    end: int
    own: bool


class View:
    """A provision as patterns see it: folded lead-ins and own words in one string, with the way back."""

    def __init__(self, provision: Provision, folded: Folded, sightings: Sightings) -> None:
        """Cut the view out of the folded document, and have its words found."""
        self.provision = provision
        self._parts: list[tuple[int, int]] = []  # (start in view, start in folded document)
        texts: list[str] = []
        length = 0
        for span in (*provision.stems, Span(provision.start, provision.end)):
            first, last = folded.folded(span.start, span.end)
            self._parts.append((length, first))
            texts.append(folded.text[first:last])
            length += last - first + 1
        self.text = _STEM_END.join(texts)
        self.own_start = self._parts[-1][0]
        self._folded = folded
        self._sightings, self.number = sightings, sightings.add(self.text)
        self._hits: dict[str, tuple[Hit, ...]] = {}
        self._denied = tuple(map(self._own_span, provision.negations))

    def _own_span(self, span: Span) -> tuple[int, int]:
        first, last = self._folded.folded(span.start, span.end)
        base_view, base_folded = self._parts[-1]
        start, end = first - base_folded + base_view, last - base_folded + base_view
        if start == self.own_start and end == len(self.text) and self.text[start] not in _BEGINS_DENIAL:
            return start - 1, end  # denied by its lead-in: the denying word stands before all own words
        return start, end

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the document text behind [start, end) of the view (within one part)."""
        base_view, base_folded = next(part for part in reversed(self._parts) if part[0] <= start)
        return self._folded.original(start - base_view + base_folded, end - base_view + base_folded)

    def says(self, source: str) -> bool:
        """Whether a pattern occurs in the view."""
        return bool(self._sightings.where(source, 1 << self.number))

    def hits(self, source: str) -> tuple[Hit, ...]:
        """All places of a pattern in the view."""
        known = self._hits.get(source)
        if known is None:
            found = self._sightings.places(source, self.number) if source else ()
            # A match that begins in a lead-in and ends in the own words counts, with its own part, as the provision's.
            own = self.own_start
            known = self._hits[source] = tuple(
                [Hit(max(start, own) if end > own else start, end, end > own) for start, end in found]
            )
        return known

    def is_denied(self, hit: Hit, source: str) -> bool:
        """True where the words of a pattern stand in the scope of a negation that is not part of the words themselves."""
        if not self._denied:
            return not hit.own and self.provision.polarity == "negative"
        return hit.own and any(self._denies(hit, source, *scope) for scope in self._denied)

    def are_denied(self, hits: Sequence[tuple[Hit, str]], *, by_lead: bool) -> bool:
        """True where one of the words found together (with their patterns) is denied by a word that is not among them.

        `by_lead`: a denial in the lead-in counts (it does not where the lead-in's denying word is among those found).
        """
        return any(
            (by_lead or start >= self.own_start)
            and any(self._denies(hit, source, start, end) for hit, source in hits)
            and not any(self._holds(hit, source, start) or self._denies_itself(hit, start, end) for hit, source in hits)
            for start, end in self._denied
        )

    def _denies(self, hit: Hit, source: str, start: int, end: int) -> bool:
        if hit.start <= start < hit.end <= end:
            return not self._holds(hit, source, start)
        return start < hit.start < end and not self._denies_itself(hit, start, end)

    def _denies_itself(self, hit: Hit, start: int, end: int) -> bool:
        """Words inside a denied scope that begin with a denial of their own: 不拦不罚."""
        return self.own_start <= start < hit.start < end and self.text[hit.start] in _NOT

    def _holds(self, hit: Hit, source: str, place: int) -> bool:
        """Whether the denying word at `place` is one of the pattern's words: without it, or without any, nothing is found.

        (单位不指定采购乙方 is found by 单位…采购乙方 over the denial, not by it.)
        """
        if not hit.start <= place < hit.end:
            return False
        words = self.text[hit.start : hit.end]
        alone = f"{self.text[hit.start : place]}{_NO_WORD}{self.text[place + 1 : hit.end]}"
        return any(not self._sightings.is_whole(source, less) for less in (alone, _DENYING.sub(_NO_WORD, words)))

    def segment(self, start: int, end: int) -> tuple[int, int]:
        """The view span between punctuation marks that holds [start, end)."""
        text, last = self.text, len(self.text)
        for mark in SEGMENT_MARKS:  # a nearer mark bounds the search for the next
            found = text.find(mark, end, last)
            last = found if found >= 0 else last
        return behind_last(SEGMENT_MARKS, text, start), last
