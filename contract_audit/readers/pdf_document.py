"""Pages as read to a Document: its one text, its blocks, and the box of every character."""

import hashlib
from collections.abc import Iterator, Sequence

import msgspec

from contract_audit.errors import DocumentError
from contract_audit.model import Block, BlockKind, Box, Document, Passage, Piece, Problem, Seal, Span, Status
from contract_audit.readers.ocr import Recognised
from contract_audit.readers.pdf_joins import Paragraph, could_be_title, joins_in_cell
from contract_audit.readers.pdf_lines import Grid, Line
from contract_audit.readers.pdf_paragraphs import Flow, Table, flow_of
from contract_audit.readers.pdf_sheet import IDENTITY, Affine, Run, Sheet, move_rect, then

Placed = tuple[Sheet, Line]

_TITLE_BLOCKS = 8  # a title is one of the first few, below a number and a secrecy mark
_LEVEL = 1e-3  # slope of a line on the original up to which it is level
_LOW_SCORE = 0.9  # mean of a page below which its reading is to be checked by hand


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of one page of any fixed-layout source."""

    sheets: tuple[Sheet, ...] = ()
    hidden: str = ""
    watermark: str = ""
    notes: tuple[str, ...] = ()
    seals: tuple[Seal, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: bool = False  # some of the page's text was not read


def not_read(code: str, message: str, number: int | None, sheets: tuple[Sheet, ...] = ()) -> Page:
    """A page (`number` 1-based) that was not read, or only what `sheets` hold of it."""
    return Page(sheets=sheets, problems=(Problem(code=code, message=message, page=number),), unread=True)


def recognised_page(found: Recognised, to_space: Affine = IDENTITY) -> Page:
    """A recognised page; `to_space` leads from pixels of the picture to the space that boxes are reported in."""
    number = found.sheet.page
    seals = tuple(Seal(page=number, box=Box(number, *move_rect(to_space, seal))) for seal in found.seals)
    if found.has_ink and not found.sheet.runs:
        message = f"第 {number} 页有内容，但未能识别出文字（图纸、照片，或过于模糊）；请人工核对"
        return msgspec.structs.replace(not_read("ocr_failed", message, number), seals=seals)
    sheet = msgspec.structs.replace(found.sheet, back=then(found.sheet.back, to_space))
    return Page(sheets=(sheet,), seals=seals, problems=_doubts(number, found.score, found.doubtful))


def _doubts(number: int, score: float, lines: Sequence[str]) -> tuple[Problem, ...]:
    """The problem of a recognised page (`number` 1-based) whose mean `score` is low, with its worst lines."""
    if score >= _LOW_SCORE:
        return ()
    shown = "、".join(f"“{line[:20]}”" for line in lines[:3])
    message = f"第 {number} 页识别把握不大（平均 {score:.2f}）{'，如' + shown if shown else ''}；请对照原件核对"
    return (Problem(code="low_confidence", message=message, page=number),)


def document_of(pages: Sequence[Page], *, data: bytes, name: str, format: str, page_count: int) -> Document:
    """The document that the pages make up. Raises DocumentError `empty` if nothing stands on them."""
    flow, furniture = flow_of([sheet for page in pages for sheet in page.sheets])
    written = write(flow)
    unread = any(page.unread for page in pages)
    if not written.text and not unread:
        raise DocumentError("empty", "文件中没有文字，也没有可识别的图片；请向提供方核实文件")
    status: Status = "read" if not unread else "partly_read" if written.text else "unreadable"
    watermarks = dict.fromkeys(page.watermark for page in pages if page.watermark)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=format,
        status=status,
        problems=tuple(problem for page in pages for problem in page.problems),
        pages=page_count,
        text=written.text,
        blocks=written.blocks,
        tables=written.tables,
        hidden=_passages([(page.hidden, number) for number, page in enumerate(pages, 1) if page.hidden]),
        comments=tuple(note for page in pages for note in page.notes),
        headers=(*furniture, *watermarks),
        seals=tuple(seal for page in pages for seal in page.seals),
    )


def _passages(texts: Sequence[tuple[str, int]]) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    start = 0
    for text, number in texts:
        passages.append(Passage(text=text, start=start, end=start + len(text), page=number))
        start += len(text) + 1
    return tuple(passages)


class Written(msgspec.Struct, frozen=True):
    """The accepted text with its blocks and tables."""

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


class _Writer(msgspec.Struct):
    """Text so far, and the pieces of the block being written."""

    parts: list[str] = []
    length: int = 0
    pieces: list[Piece] = []
    scores: list[float] = []

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def put_run(self, sheet: Sheet, run: Run) -> None:
        self.pieces.extend(_pieces(sheet, run, self.length))
        self.scores.append(run.glyphs[0].score)
        self.put(run.text)

    def put_lines(self, lines: Sequence[Placed], *, in_cell: bool = False) -> None:
        before: Line | None = None
        for sheet, line in lines:
            if before is not None:
                self.put(_joint(before, line, in_cell=in_cell))
            for index, run in enumerate(line.runs):
                if index:
                    self.put(line.separator(index))
                self.put_run(sheet, run)
            before = line


def write(flow: Flow) -> Written:
    """Write out a flow; blocks are parted by line ends, cells of a row by tabs."""
    writer = _Writer()
    blocks: list[Block] = []
    tables: list[tuple[tuple[str, ...], ...]] = []
    title_size = _title_size(flow)
    for item in flow:
        if isinstance(item, Paragraph):
            start = _open(writer, bool(blocks))
            writer.put_lines(item.lines)
            blocks.append(_block(writer, _kind(item, len(blocks), title_size), start, item.lines[0][0].page))
        else:
            _write_table(writer, item, blocks, tables)
    return Written("".join(writer.parts), tuple(blocks), tuple(tables))


def _open(writer: _Writer, is_further: bool) -> int:
    if is_further:
        writer.put("\n")
    writer.pieces, writer.scores = [], []
    return writer.length


def _block(
    writer: _Writer, kind: BlockKind, start: int, page: int, cells: tuple[Span, ...] = (), table: int | None = None
) -> Block:
    return Block(
        kind=kind,
        start=start,
        end=writer.length,
        page=page,
        cells=cells,
        table=table,
        confidence=min(writer.scores, default=1.0),
        pieces=tuple(writer.pieces),
    )


def _write_table(writer: _Writer, table: Table, blocks: list[Block], tables: list[tuple[tuple[str, ...], ...]]) -> None:
    grid: list[tuple[str, ...]] = []
    for sheet, cells in table.rows:
        start = _open(writer, bool(blocks))
        spans: list[Span] = []
        texts: list[str] = []
        for index, cell in enumerate(cells):
            if index:
                writer.put("\t")
            first, mark = writer.length, len(writer.parts)
            writer.put_lines(cell, in_cell=True)
            spans.append(Span(first, writer.length))
            texts.append("".join(writer.parts[mark:]))
        page = next((placed[0].page for cell in cells for placed in cell), sheet.page)
        blocks.append(_block(writer, "table_row", start, page, tuple(spans), len(tables)))
        grid.append(tuple(texts))
    tables.append(tuple(grid))
    tables.extend(_nested(sheet, inner) for sheet, inner in table.nested)


def _nested(sheet: Sheet, grid: Grid) -> tuple[tuple[str, ...], ...]:
    """The cells of a table that stands in a cell: its words are in that cell's text already."""
    rows = []
    for row in grid.rows:
        writer = _Writer()
        texts = []
        for cell in row:
            mark = len(writer.parts)
            writer.put_lines([(sheet, line) for line in cell], in_cell=True)
            texts.append("".join(writer.parts[mark:]))
        rows.append(tuple(texts))
    return tuple(rows)


def _joint(before: Line, line: Line, *, in_cell: bool) -> str:
    """What stands between two lines that are read as one."""
    end, start = before.runs[-1].text[-1], line.runs[0].text[0]
    if in_cell and not joins_in_cell(before, line):
        return " "
    return " " if end.isascii() and start.isascii() and end.isalpha() and start.isalpha() else ""


def _pieces(sheet: Sheet, run: Run, start: int) -> Iterator[Piece]:
    """Boxes and character borders of a run in the space of the original; borders follow the reading direction.

    A run on a page that was skewed is cut, so that no box is much higher than its words.
    """
    a, b, _, _, _, _ = sheet.back
    slope = min(abs(a), abs(b)) / max(abs(a), abs(b), 1e-9)
    if slope <= _LEVEL:
        yield _piece(sheet, run, 0, len(run.glyphs), start)
        return
    longest = 0.5 * run.height / slope
    first = 0
    for index in range(1, len(run.glyphs) + 1):
        if index == len(run.glyphs) or run.glyphs[index].x1 - run.glyphs[first].x0 > longest:
            yield _piece(sheet, run, first, index, start)
            first = index


def _piece(sheet: Sheet, run: Run, first: int, last: int, start: int) -> Piece:
    """The piece of glyphs [first, last) of a run whose text begins at `start`."""
    glyphs, offset = run.glyphs[first:last], run.starts[first]
    borders: list[float] = []
    end = glyphs[0].x0
    for glyph, place in zip(glyphs, run.starts[first:last], strict=True):
        spaces = place - offset - len(borders)
        if spaces:  # before this character
            borders += [end] * spaces
        borders.append(glyph.x0)
        end = glyph.x1
    borders.append(end)
    a, b, c, d, e, f = sheet.back
    scale, shift = (a, c * run.middle + e) if abs(a) >= abs(b) else (b, d * run.middle + f)
    box = move_rect(sheet.back, (glyphs[0].x0, run.y0, end, run.y1))
    return Piece(
        start=start + offset,
        end=start + offset + len(borders) - 1,
        box=Box(sheet.page, *(round(value, 2) for value in box)),
        edges=tuple([round(scale * x + shift, 2) for x in borders]),
    )


def _title_size(flow: Flow) -> float:
    """Type size, points, from which a line before the text proper is a title: a sixth above the body's."""
    sizes = sorted(line.em for item in flow if isinstance(item, Paragraph) for _, line in item.lines)
    return 1.15 * sizes[len(sizes) // 2] if sizes else 0.0


def _kind(paragraph: Paragraph, rank: int, title_size: float) -> BlockKind:
    if paragraph.is_toc:
        return "toc"
    sheet, line = paragraph.lines[0]
    first_page = rank < _TITLE_BLOCKS and sheet.page == 1
    centred = abs((line.x0 + line.x1) - sheet.width) < 4 * line.em
    is_title = first_page and centred and line.em >= title_size and could_be_title(paragraph)
    return "title" if is_title else "paragraph"
