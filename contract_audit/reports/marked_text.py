"""The text of a document cut into runs, so that a page can show which findings stand on which words."""

from bisect import bisect_left
from itertools import pairwise

from contract_audit.model import Block, Document, Span, Struct


class Mark(Struct, frozen=True, kw_only=True):
    """A finding's place in the accepted text; `number` is its number on the page."""

    number: int
    start: int
    end: int


class Run(Struct, frozen=True, kw_only=True):
    """Words that carry the same findings; no numbers, no finding."""

    text: str
    numbers: tuple[int, ...] = ()


class Paragraph(Struct, frozen=True, kw_only=True):
    """One block as it is shown: a table row has several cells, everything else one."""

    kind: str
    label: str | None
    page: int | None
    cells: tuple[tuple[Run, ...], ...]


def paragraphs(document: Document, marks: tuple[Mark, ...]) -> tuple[Paragraph, ...]:
    """The blocks in reading order, with the words of every mark in runs of their own."""
    ordered = sorted((mark for mark in marks if mark.end > mark.start), key=lambda mark: mark.start)
    longest = max((mark.end - mark.start for mark in ordered), default=0)
    starts = [mark.start for mark in ordered]

    def near(span: Span) -> list[Mark]:
        first = bisect_left(starts, span.start - longest)
        return [mark for mark in ordered[first : bisect_left(starts, span.end)] if mark.end > span.start]

    return tuple(
        Paragraph(
            kind=block.kind,
            label=block.label,
            page=block.page,
            cells=tuple(_runs(document.text, cell, near(cell)) for cell in _cells(block)),
        )
        for block in document.blocks
    )


def _cells(block: Block) -> tuple[Span, ...]:
    return block.cells or (Span(block.start, block.end),)


def _runs(text: str, span: Span, marks: list[Mark]) -> tuple[Run, ...]:
    borders = {span.start, span.end}
    for mark in marks:
        borders |= {max(mark.start, span.start), min(mark.end, span.end)}
    ordered = sorted(borders)
    return tuple(
        Run(
            text=text[start:end],
            numbers=tuple(mark.number for mark in marks if mark.start <= start and end <= mark.end),
        )
        for start, end in pairwise(ordered)
    )
