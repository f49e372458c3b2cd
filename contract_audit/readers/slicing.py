"""Parts of documents as documents: one of several agreements in a file; pages appended to a text."""

from collections.abc import Sequence

import msgspec

from contract_audit.model import Block, Document, Passage, Piece, Span


def slice_document(document: Document, block_range: tuple[int, int], ordinal: int) -> Document:
    """The agreement in blocks [first, last) of `document`, named `c.pdf#2` for ordinal 2 (1-based).

    Offsets start anew at 0; pages, boxes and pieces stay those of the file, as does `sha256`. Hidden and deleted
    passages go with the text they stand in, and those without a place (from headers and notes) to the agreement that
    opens the file; problems and seals go by page. Comments, footnotes and headers, which have no place, stay with all.
    """
    first, last = block_range
    blocks = document.blocks[first:last]
    if not blocks:
        raise ValueError(f"no blocks in {block_range}")
    start = blocks[0].start
    following = document.blocks[last:]
    begin = start if first else 0
    stop = following[0].start if following else len(document.text) + 1
    tables = _table_range(document, first, last)
    pages = {page for block in blocks for page in _pages(block)}
    return msgspec.structs.replace(
        document,
        name=f"{document.name}#{ordinal}",
        text=document.text[start : blocks[-1].end],
        blocks=shifted(blocks, -start, -tables.start),
        tables=document.tables[tables.start : tables.stop],
        hidden=_passages(document.hidden, begin, stop, start),
        deleted=_passages(document.deleted, begin, stop, start),
        problems=tuple(item for item in document.problems if item.page is None or not pages or item.page in pages),
        seals=tuple(item for item in document.seals if item.page is None or not pages or item.page in pages),
    )


def shifted(blocks: Sequence[Block], offset: int, tables: int) -> tuple[Block, ...]:
    """The blocks with all offsets moved by `offset` and table indices by `tables`."""
    return tuple(
        msgspec.structs.replace(
            block,
            start=block.start + offset,
            end=block.end + offset,
            cells=tuple(Span(cell.start + offset, cell.end + offset) for cell in block.cells),
            table=None if block.table is None else block.table + tables,
            pieces=tuple(_moved(piece, offset) for piece in block.pieces),
        )
        for block in blocks
    )


def _moved(piece: Piece, offset: int) -> Piece:
    return msgspec.structs.replace(piece, start=piece.start + offset, end=piece.end + offset)


def _pages(block: Block) -> set[int]:
    boxes = {piece.box.page for piece in block.pieces if piece.box is not None}
    return boxes or ({block.page} if block.page is not None else set())


def _table_range(document: Document, first: int, last: int) -> range:
    """Indices of the tables in blocks [first, last), with the tables inside their cells, which stand behind them."""
    used = [block.table for block in document.blocks[first:last] if block.table is not None]
    if not used:
        return range(0)
    later = [block.table for block in document.blocks[last:] if block.table is not None]
    return range(min(used), min(later, default=len(document.tables)))


def _passages(passages: Sequence[Passage], begin: int, stop: int, start: int) -> tuple[Passage, ...]:
    found: list[Passage] = []
    offset = 0
    for passage in passages:
        at = passage.at
        if begin <= (at or 0) < stop:
            end = offset + len(passage.text)
            place = None if at is None else max(at - start, 0)
            found.append(msgspec.structs.replace(passage, start=offset, end=end, at=place))
            offset = end + 1
    return tuple(found)
