"""Runs of original text become the one text of a document, with blocks, cells and the way back of every character."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from contract_audit.model import Block, BlockKind, Passage, Piece, Span, Stream
from contract_audit.readers.clean import cleaned, kept

_MAX_FILLED = 256  # columns: rows of wider tables are not filled up, lest a hostile file fills the memory


class Run(NamedTuple):
    """Characters that stand together in the original: docx `part` and `path` of the element, `offset` of the first one.

    `offset` is None for characters that the layout shows but no text of the original holds (an automatic number inside
    a table cell, the line end between two paragraphs of a cell): they get no Piece.
    """

    text: str
    part: str | None = None
    path: tuple[int, ...] = ()
    offset: int | None = 0


def shown(text: str) -> Run:
    """A run that the layout shows without a source."""
    return Run(text, offset=None)


def clean_runs(runs: Iterable[Run]) -> list[Run]:
    """The runs cut at characters that are dropped, without white space at either end of the whole."""
    clean: list[Run] = []
    for run in runs:
        text, part, path, offset = run
        for skip, stretch in kept(text):
            clean.append(Run(stretch, part, path, None if offset is None else offset + skip))
    return _stripped(clean)


def plain(runs: Iterable[Run]) -> str:
    """The characters of the runs."""
    return "".join(run.text for run in runs)


def split_lines(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs cut at line ends; the line ends themselves are left out."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        skip = 0
        for number, part in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(run._replace(text=part, offset=None if run.offset is None else run.offset + skip))
            skip += len(part) + 1
    return lines


def _stripped(runs: list[Run]) -> list[Run]:
    while runs and not runs[-1].text.rstrip():
        runs.pop()
    while runs and not runs[0].text.lstrip():
        runs.pop(0)
    if runs and runs[0].text[0].isspace():
        text, part, path, offset = runs[0]
        rest = text.lstrip()
        runs[0] = Run(rest, part, path, None if offset is None else offset + len(text) - len(rest))
    if runs and runs[-1].text[-1].isspace():
        text, part, path, offset = runs[-1]
        runs[-1] = Run(text.rstrip(), part, path, offset)
    return runs


def _without_tabs(run: Run) -> Run:
    text, part, path, offset = run
    return Run(text.replace("\t", " "), part, path, offset) if "\t" in text else run


class Aside(NamedTuple):
    """Text of the document that is not accepted text; `at` as in Passage."""

    stream: Stream
    text: str
    page: int | None
    at: int | None = None


class Assembler:
    """Collects blocks in reading order. Block texts are joined by line ends; `text`, `blocks`, `grids` are the result."""

    __slots__ = ("_asides", "_length", "_parts", "blocks", "grids")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._asides: list[Aside] = []
        self.blocks: list[Block] = []
        self.grids: list[tuple[tuple[str, ...], ...]] = []

    @property
    def text(self) -> str:
        """The text of all blocks so far."""
        return "\n".join(self._parts)

    def paragraph(
        self,
        runs: Iterable[Run],
        *,
        kind: BlockKind = "paragraph",
        label: str | None = None,
        level: int | None = None,
        page: int | None = None,
    ) -> None:
        """Add one paragraph; one without characters and without automatic number is no block."""
        clean = clean_runs(runs)
        if not clean and not label:
            return
        start = self._open()
        pieces = _pieces(clean, start)
        end = self._close(plain(clean))
        self.blocks.append(
            Block(kind=kind, start=start, end=end, label=label, page=page, level=level, pieces=tuple(pieces))
        )

    def table(self, rows: Sequence[Sequence[Iterable[Run]]], pages: Sequence[int | None]) -> None:
        """Add a table: the grid of its cells (merged ones empty after the first), and a block for every row with text.

        The cells of a row are joined by tabs; tabs inside a cell become spaces.
        """
        clean = [[[_without_tabs(run) for run in clean_runs(cell)] for cell in row] for row in rows]
        grid = [[plain(cell) for cell in row] for row in clean]
        index = self.grid(grid)
        for cells, texts, page in zip(clean, grid, pages, strict=True):
            if any(texts):
                self._row(cells, texts, index, page)

    def grid(self, grid: Sequence[Sequence[str]]) -> int:
        """Add only the grid of a table, its rows filled up to one width, and give its index."""
        width = min(max(map(len, grid), default=0), _MAX_FILLED)
        self.grids.append(tuple((*row, *[""] * (width - len(row))) for row in grid))
        return len(self.grids) - 1

    def _row(self, cells: Sequence[list[Run]], texts: Sequence[str], table: int, page: int | None) -> None:
        start = offset = self._open()
        spans: list[Span] = []
        pieces: list[Piece] = []
        for cell, text in zip(cells, texts, strict=True):
            pieces += _pieces(cell, offset)
            spans.append(Span(offset, offset + len(text)))
            offset += len(text) + 1
        end = self._close("\t".join(texts))
        self.blocks.append(
            Block(
                kind="table_row",
                start=start,
                end=end,
                page=page,
                cells=tuple(spans),
                table=table,
                pieces=tuple(pieces),
            )
        )

    def aside(self, aside: Aside, *, in_body: bool = True) -> None:
        """Note hidden or deleted text that stands in or before the block to be added next."""
        self._asides.append(aside._replace(at=self._open() if in_body else None))

    def passages(self, stream: Stream) -> tuple[Passage, ...]:
        """The hidden or the deleted passages so far, with their offsets in their own stream."""
        found = []
        start = 0
        for aside in self._asides:
            text = cleaned(aside.text).strip()
            if aside.stream == stream and text:
                at = None if aside.at is None else min(aside.at, self._length)
                found.append(Passage(text=text, start=start, end=start + len(text), page=aside.page, at=at))
                start += len(text) + 1
        return tuple(found)

    def _open(self) -> int:
        return self._length + 1 if self._parts else 0

    def _close(self, text: str) -> int:
        self._length = self._open() + len(text)
        self._parts.append(text)
        return self._length


def _pieces(runs: list[Run], start: int) -> list[Piece]:
    pieces = []
    for run in runs:
        end = start + len(run.text)
        if run.offset is not None:
            pieces.append(Piece(start=start, end=end, part=run.part, path=run.path, offset=run.offset))
        start = end
    return pieces
