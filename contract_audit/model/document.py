"""Documents and where their words stand: spans, blocks, pieces, streams, problems."""

from bisect import bisect_right
from operator import attrgetter
from typing import Literal

import msgspec


class Struct(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all data types here: immutable, keyword-only."""


Stream = Literal["accepted", "hidden", "deleted"]
Status = Literal["read", "partly_read", "unreadable"]
_START = attrgetter("start")
BlockKind = Literal["title", "paragraph", "heading", "table_row", "note", "toc"]


class Span(msgspec.Struct, frozen=True, order=True):
    """Half-open character offsets into one text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """True if the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """True if `other` lies inside."""
        return self.start <= other.start and other.end <= self.end


class Box(msgspec.Struct, frozen=True):
    """A rectangle on a page in PDF user space (points, origin bottom left), or in pixels on a picture; page is 1-based."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Piece(Struct, frozen=True, kw_only=True):
    """Where characters [start, end) of the document text stand in the original.

    docx: `part` and `path` name the w:t element (child indices from the part's root), `offset` is the first character
    inside it. PDF, OFD, picture: `box` is the rectangle of the run and `edges` its character borders along the reading
    direction (len = end - start + 1). Text files: `offset` in the decoded file.
    """

    start: int
    end: int
    box: Box | None = None
    edges: tuple[float, ...] = ()
    part: str | None = None
    path: tuple[int, ...] = ()
    offset: int = 0


class Block(Struct, frozen=True, kw_only=True):
    """One paragraph or one table row of the accepted text, in reading order.

    `label` is an automatic number (第一条, （一）) that is not part of the text; a typed number stays in the text.
    `confidence` is below 1 only where the characters were recognised from a picture.
    """

    kind: BlockKind
    start: int
    end: int
    label: str | None = None
    page: int | None = None
    level: int | None = None  # outline or numbering level as the file states it, 0-based
    cells: tuple[Span, ...] = ()
    table: int | None = None  # index into Document.tables
    confidence: float = 1.0
    pieces: tuple[Piece, ...] = ()


class Passage(Struct, frozen=True, kw_only=True):
    """One run of hidden or deleted text, and the offsets in its own stream's text (passages joined by line ends).

    `at` is the offset in the accepted text of the block in which, or before which, it stands; None outside the body.
    """

    text: str
    start: int
    end: int
    page: int | None = None
    at: int | None = None


class Problem(Struct, frozen=True, kw_only=True):
    """Something about a document that a person must know: what was not read, and what to do. `message` is Chinese."""

    code: str
    message: str
    page: int | None = None


class Seal(Struct, frozen=True, kw_only=True):
    """A seal (印章) seen on a page or as a floating picture; the box is absent where the file gives no position."""

    page: int | None = None
    box: Box | None = None


class Document(Struct, frozen=True, kw_only=True):
    """One document as read. `status` is unreadable where `text` could not be had at all; `problems` say why."""

    name: str
    sha256: str
    format: str
    status: Status
    problems: tuple[Problem, ...] = ()
    pages: int | None = None
    text: str = ""
    blocks: tuple[Block, ...] = ()
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    hidden: tuple[Passage, ...] = ()
    deleted: tuple[Passage, ...] = ()
    comments: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    seals: tuple[Seal, ...] = ()
    secrecy: str | None = None  # 密级 mark: 秘密, 机密, 绝密

    def stream_text(self, stream: Stream) -> str:
        """The text that offsets of that stream point into."""
        if stream == "accepted":
            return self.text
        return "\n".join(passage.text for passage in (self.hidden if stream == "hidden" else self.deleted))

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where characters [start, end) of the accepted text stand on the pages: one box per line they touch.

        Empty where the format has no boxes (docx, txt). Space as in `Box`.
        """
        found = []
        first = max(0, bisect_right(self.blocks, start, key=_START) - 1)
        for block in self.blocks[first:]:
            if block.start >= end:
                break
            found += [part_box(piece, start, end) for piece in block.pieces if piece.start < end and start < piece.end]
        return tuple(box for box in found if box is not None)

    def page_at(self, offset: int) -> int | None:
        """The page of the character at `offset` of the accepted text, if the format has pages."""
        index = bisect_right(self.blocks, offset, key=_START) - 1
        if index < 0:
            return None
        block = self.blocks[index]
        for piece in block.pieces:
            if piece.start <= offset < piece.end and piece.box is not None:
                return piece.box.page
        return block.page


def part_box(piece: Piece, start: int, end: int) -> Box | None:
    """The box of those characters of the piece that lie in [start, end) of the document text.

    The borders in `edges` run along x or y, up or down, as the text runs on the page.
    """
    box = piece.box
    if box is None or len(piece.edges) != piece.end - piece.start + 1:
        return box
    one = piece.edges[max(start, piece.start) - piece.start]
    other = piece.edges[min(end, piece.end) - piece.start]
    low, high = min(one, other), max(one, other)
    left, right = min(piece.edges), max(piece.edges)
    if abs(left - box.x0) + abs(right - box.x1) <= abs(left - box.y0) + abs(right - box.y1):
        return Box(box.page, low, box.y0, high, box.y1)
    return Box(box.page, box.x0, low, box.x1, high)
