"""Paragraphs and tables of a docx part in reading order, with their automatic numbers."""

from collections.abc import Iterator

from contract_audit.model import BlockKind, Stream
from contract_audit.readers.assemble import Aside, plain
from contract_audit.readers.docx_blocks import MAX_COLUMNS, Cell, Item, Table, Text, item_asides
from contract_audit.readers.docx_inline import Inline
from contract_audit.readers.docx_numbering import Numbering
from contract_audit.readers.docx_package import MC, Element, Path, W, first_child, number, value
from contract_audit.readers.docx_styles import ParagraphLook, Styles
from contract_audit.readers.lines import starts_paragraph

_WRAPPERS = frozenset(W + tag for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_REMOVED = frozenset(W + tag for tag in ("del", "moveFrom"))
_PARAGRAPH, _TABLE, _ROW, _CELL = (W + tag for tag in ("p", "tbl", "tr", "tc"))
_PARAGRAPH_PROPERTIES, _ROW_PROPERTIES, _CELL_PROPERTIES = (W + tag for tag in ("pPr", "trPr", "tcPr"))
_SPAN, _CELL_DELETED, _MERGES = W + "gridSpan", W + "cellDel", (W + "vMerge", W + "hMerge")
_ROW_DELETED, _COLUMNS_BEFORE = W + "del", W + "gridBefore"
_OTHER_FILES = frozenset((W + "altChunk", W + "subDoc"))
_ALTERNATIVES, _FORMS = MC + "AlternateContent", (MC + "Choice", MC + "Fallback")
_TITLE_SIZE = 32  # half-points: 三号 and larger
_TITLE_LENGTH = 50
_HEADING_LENGTH = 60
_BODY_LEVEL = 9  # an outline level that says "body text"
_SENTENCE_MARKS = "。；！？"


class Body:
    """Walks one part. Hidden and deleted text comes along as asides of the paragraphs it was met in."""

    def __init__(self, styles: Styles, numbering: Numbering, inline: Inline) -> None:
        self.inline = inline
        self.unread_parts = 0  # w:altChunk, w:subDoc: other files put in place
        self._styles = styles
        self._numbering = numbering
        self._held: Text | None = None  # text of a paragraph whose mark is deleted or hidden: it runs on
        self._in_cell = 0
        self._in_box = 0

    def items(self, parent: Element, path: Path = ()) -> list[Item]:
        """The paragraphs and tables below `parent`."""
        outside, self._held = self._held, None  # a cell's or box's end ends its last paragraph, whatever its mark
        items = [*self._walk(parent, path), *self._flushed()]
        self._held = outside
        return items

    def _walk(self, parent: Element, path: Path) -> Iterator[Item]:
        for index, child in enumerate(parent):
            tag = child.tag
            here = (*path, index)
            if tag == _PARAGRAPH:
                yield from self._paragraph(child, here)
            elif tag == _TABLE:
                yield from self._flushed()
                yield from self._table(child, here)
            elif tag in _WRAPPERS:
                yield from self._walk(child, here)
            elif tag in _REMOVED:
                yield from self._removed(child, here)
            elif tag == _ALTERNATIVES:
                chosen = next((number for number, form in enumerate(child) if form.tag in _FORMS), None)
                if chosen is not None:
                    yield from self._walk(child[chosen], (*here, chosen))
            elif tag in _OTHER_FILES:
                self.unread_parts += 1

    def _flushed(self) -> Iterator[Item]:
        if self._held is not None:
            held, self._held = self._held, None
            yield held

    def _removed(self, element: Element, path: Path, stream: Stream = "deleted") -> Iterator[Item]:
        """Read a region that is not accepted: all of it goes to `stream`, and its paragraphs count for no list."""
        before, self.inline.stream = self.inline.stream, stream
        items = list(self._walk(element, path))
        self.inline.stream = before
        yield _nothing([aside for item in items for aside in item_asides(item)])

    def _paragraph(self, element: Element, path: Path) -> Iterator[Item]:
        look = self._styles.paragraph(first_child(element, _PARAGRAPH_PROPERTIES), self._numbering.style_levels)
        plain_ground = not self._in_cell and not self._in_box
        content = self.inline.paragraph(element, path, look.run, plain_ground=plain_ground)
        for box, box_path in content.boxes:
            self._in_box += 1
            yield from self.items(box, box_path)
            self._in_box -= 1
        asides = content.asides
        if self.inline.stream != "accepted":
            yield _nothing(asides)
            return
        runs = content.runs
        text = plain(runs).strip()
        empty = not text
        if empty and (look.mark_removed or (look.mark_hidden and asides)):
            yield _nothing(asides)
            return
        if look.mark_removed:
            self._held = self._released(Text(runs, "paragraph", None, None, content.page, asides))
            return
        label = None if look.list_id is None else self._numbering.label(look.list_id, look.level)
        kind = "toc" if content.toc or look.toc else _kind(look, text, content.size)
        item = self._released(Text(runs, kind, label, _level(look), content.page, asides))
        if look.mark_hidden and not empty:
            self._held = item
            return
        yield item

    def _released(self, text: Text) -> Text:
        """`text` with what was held back in front of it."""
        held, self._held = self._held, None
        if held is None:
            return text
        return Text(
            held.runs + text.runs,
            text.kind,
            held.label or text.label,
            text.level if held.level is None else held.level,
            held.page,
            held.asides + text.asides,
        )

    # ---- Tables

    def _table(self, element: Element, path: Path) -> Iterator[Item]:
        table = Table([], [])
        self._in_cell += 1
        for row, row_path in _children(element, path, _ROW):
            properties = _by_tag(first_child(row, _ROW_PROPERTIES))
            if _ROW_DELETED in properties:
                for cell, cell_path in _children(row, row_path, _CELL):
                    yield from self._removed(cell, cell_path)
                continue
            page = self.inline.page
            cells = self._row(row, row_path, number(properties.get(_COLUMNS_BEFORE)) or 0)
            table.rows.append(cells)
            table.pages.append(next((item.page for item in _texts(cells)), page))
        self._in_cell -= 1
        if self.inline.stream == "accepted" and _is_frame(table):
            yield from (item for row in table.rows for cell in row for item in cell.items)
        elif any(table.rows):
            yield table

    def _row(self, row: Element, path: Path, before: int) -> list[Cell]:
        cells = [Cell([], 1) for _ in range(min(before, MAX_COLUMNS))]
        for cell, cell_path in _children(row, path, _CELL):
            properties = _by_tag(first_child(cell, _CELL_PROPERTIES))
            if _CELL_DELETED in properties:
                cells.append(Cell(list(self._removed(cell, cell_path)), 1))
                continue
            span = number(properties.get(_SPAN)) or 1
            continued = any(_continues(properties.get(tag)) for tag in _MERGES)
            # What a cell holds that continues the one above or beside it is not shown.
            items = list(self._removed(cell, cell_path, "hidden")) if continued else self.items(cell, cell_path)
            cells.append(Cell(items, min(max(span, 1), MAX_COLUMNS)))
        return cells


def _nothing(asides: list[Aside]) -> Text:
    """A paragraph of which nothing is accepted: no block comes of it, but what it hid has a place."""
    return Text([], "paragraph", None, None, None, asides)


def _children(parent: Element, path: Path, tag: str) -> Iterator[tuple[Element, Path]]:
    """Children with that tag, also those inside content controls and the like."""
    for index, child in enumerate(parent):
        if child.tag == tag:
            yield child, (*path, index)
        elif child.tag in _WRAPPERS:
            yield from _children(child, (*path, index), tag)


def _by_tag(properties: Element | None) -> dict[str, Element]:
    return {} if properties is None else {item.tag: item for item in properties}


def _texts(cells: list[Cell]) -> list[Text]:
    return [item for cell in cells for item in cell.items if isinstance(item, Text) and item.runs]


def _is_frame(table: Table) -> bool:
    """True for what looks like a table but is a frame around running text: one column that holds several paragraphs."""
    single = all(len(row) == 1 for row in table.rows)
    return single and (len(table.rows) == 1 or any(len(_texts(row)) > 1 for row in table.rows))


def _continues(merge: Element | None) -> bool:
    return merge is not None and value(merge) in (None, "continue")


def _kind(look: ParagraphLook, text: str, size: int | None) -> BlockKind:
    """Title, heading or paragraph, as far as the file's own settings say; `size` is that of the first run."""
    if not text or "\n" in text:
        return "paragraph"
    large = look.centred and (size or look.size or 0) >= _TITLE_SIZE
    if (look.title or large) and len(text) <= _TITLE_LENGTH and look.list_id is None and not starts_paragraph(text):
        return "title"
    outlined = look.outline is not None and look.outline < _BODY_LEVEL
    if outlined and len(text) <= _HEADING_LENGTH and not any(mark in text for mark in _SENTENCE_MARKS):
        return "heading"
    return "paragraph"


def _level(look: ParagraphLook) -> int | None:
    return look.level if look.list_id is not None else look.outline
