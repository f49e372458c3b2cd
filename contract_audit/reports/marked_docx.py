"""A copy of a docx with a comment at the exact words of every finding; runs are split at the borders, nothing is lost."""

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime, time
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import BadZipFile

from contract_audit.errors import DocumentError
from contract_audit.model import Document, Piece
from contract_audit.reports.marking import AUTHOR, Marked, Note, standing
from contract_audit.reports.zip_bytes import same_bytes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
_INITIALS = "审"

Element = Any


def mark(data: bytes, documents: tuple[tuple[Document, tuple[Note, ...]], ...], day: date) -> Marked:
    """`data` is the file that the documents (one, or several agreements of one file) were read from.

    Raises DocumentError where the file cannot take comments.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        book = docx.Document(BytesIO(data))
    except (PackageNotFoundError, BadZipFile, ValueError, KeyError) as error:
        raise DocumentError("unsupported", "不是普通的 .docx 文件，不能加批注；请另存为 .docx 后再试") from error
    marks = _Marks(book.part._element)
    placed = [
        (note, span)
        for document, notes in documents
        for given in notes
        if (note := standing(document, given)) is not None and (span := marks.span(document, note)) is not None
    ]
    marks.cut()
    stamp = datetime.combine(day, time())
    for note, (first, last) in placed:
        _comment(book, marks.run_from(*first), marks.run_to(*last), note, stamp)
    buffer = BytesIO()
    book.save(buffer)
    known = {note.number for note, _ in placed}
    unplaced = tuple(note.number for _, notes in documents for note in notes if note.number not in known)
    return Marked(content=same_bytes(buffer.getvalue()), placed=len(placed), unplaced=unplaced)


Point = tuple[Element, int]  # an element inside a run (w:t, w:tab …) and a character border in it


class _Marks:
    """Borders of notes inside the runs of a document: found first, cut once, then asked for."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._borders: dict[Element, set[int]] = defaultdict(set)
        self._parts: dict[Element, list[tuple[int, int, Element]]] = {}

    def span(self, document: Document, note: Note) -> tuple[Point, Point] | None:
        """First and last point of the note's words; None where they do not stand in the main text of the file."""
        points: list[tuple[Element, int, int]] = []
        for piece in _pieces(document, note):
            element = self._element(piece)
            start, end = max(note.start, piece.start), min(note.end, piece.end)
            begin = piece.offset + start - piece.start
            if element is None or not _agrees(element, begin, document.text[start:end]):
                return None
            points.append((element, begin, begin + end - start))
        if not points:
            return None
        first, last = (points[0][0], points[0][1]), (points[-1][0], points[-1][2])
        for element, border in (first, last):
            self._borders[element].add(border)
        return first, last

    def cut(self) -> None:
        """Split runs so that every border lies between two runs."""
        for element, borders in self._borders.items():
            self._parts[element] = list(_split(element, sorted(borders)))

    def run_from(self, element: Element, border: int) -> Element:
        """The run that begins at the border."""
        return next(run for start, _, run in self._parts[element] if start == border)

    def run_to(self, element: Element, border: int) -> Element:
        """The run that ends at the border."""
        return next(run for _, end, run in self._parts[element] if end == border)

    def _element(self, piece: Piece) -> Element | None:
        if piece.part != _MAIN:
            return None
        element = self._root
        for index in piece.path:
            if index >= len(element):
                return None
            element = element[index]
        return element if element.getparent().tag == f"{_W}r" else None


def _pieces(document: Document, note: Note) -> Iterator[Piece]:
    for block in document.blocks:
        if block.start < note.end and note.start < block.end:
            for piece in block.pieces:
                if piece.start < note.end and note.start < piece.end:
                    yield piece


def _agrees(element: Element, begin: int, words: str) -> bool:
    """True if the file has at that place what the document says: the two trees are the same."""
    if element.tag != f"{_W}t":
        return begin == 0
    text = (element.text or "").replace("\n", " ").replace("\t", " ")
    return text[begin : begin + len(words)] == words


def _split(element: Element, borders: list[int]) -> Iterator[tuple[int, int, Element]]:
    """The runs that hold the element's characters, after cutting at the borders: (start, end, run)."""
    length = len(element.text or "") if element.tag == f"{_W}t" else 1
    cuts = [0, *(border for border in borders if 0 < border < length), length]
    _part_before(element)
    _part_after(element)
    run = element.getparent()
    if len(cuts) == 2:
        yield 0, length, run
        return
    text = element.text
    for start, end in pairwise(cuts):
        if start:
            following = deepcopy(run)
            run.addnext(following)
            run = following
            element = next(child for child in run if child.tag == f"{_W}t")
        element.text = text[start:end]
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        yield start, end, run


def _part_before(element: Element) -> None:
    """What stands before the element in its run gets a run of its own, with the same looks."""
    run = element.getparent()
    before = [child for child in run if child.tag != f"{_W}rPr"]
    before = before[: before.index(element)]
    if before:
        run.addprevious(_emptied(run, before))


def _part_after(element: Element) -> None:
    run = element.getparent()
    after = list(element.itersiblings())
    if after:
        run.addnext(_emptied(run, after))


def _emptied(run: Element, children: list[Element]) -> Element:
    """A run with the looks of `run` that takes over `children`."""
    taken = run.makeelement(run.tag, dict(run.attrib))
    looks = run.find(f"{_W}rPr")
    if looks is not None:
        taken.append(deepcopy(looks))
    taken.extend(children)
    return taken


def _comment(book: Any, first: Element, last: Element, note: Note, stamp: datetime) -> None:
    from docx.text.run import Run

    comment = book.add_comment([Run(first, book), Run(last, book)], text=note.words, author=AUTHOR, initials=_INITIALS)
    comment._comment_elm.date = stamp
