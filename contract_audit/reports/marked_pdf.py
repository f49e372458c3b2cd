"""A copy of a PDF with a highlight and a note at the exact words of every finding.

Boxes are those the words were read from, in the page's own space, so turned, shifted and scanned pages need nothing.
A signed file is saved incrementally: its first bytes stay the original's, and the signature holds for them.
"""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from contract_audit.errors import DocumentError
from contract_audit.model import Box, Document
from contract_audit.reports.marking import AUTHOR, Marked, Note, day_stamp, standing

_HIGH, _OTHER = (1.0, 0.78, 0.25), (1.0, 0.95, 0.4)
_PRINTED = 4  # annotation flag: the highlight is printed


def mark(data: bytes, documents: tuple[tuple[Document, tuple[Note, ...]], ...], day: date) -> Marked:
    """`data` is the file that the documents (one, or several agreements of one file) were read from.

    Raises DocumentError where the file cannot be written.
    """
    import pikepdf

    placed: list[tuple[Note, int, list[Box]]] = []
    known: set[int] = set()
    for document, notes in documents:
        for given in notes:
            note = standing(document, given)
            if note is None:
                continue
            boxes = _by_page(document, note)
            placed += [(note, page, found) for page, found in boxes.items()]
            known |= {note.number} if boxes else set()
    unplaced = tuple(note.number for _, notes in documents for note in notes if note.number not in known)
    try:
        with pikepdf.open(BytesIO(data)) as file:
            signed, encrypted = _is_signed(file), file.is_encrypted
            content = b"" if signed else _annotated(file, placed, day)
        if signed:
            content = _appended(data, placed, day)
    except (pikepdf.PdfError, ValueError) as error:
        raise DocumentError("unsupported", "PDF 受保护或已损坏，不能加标注；请另存一份后再试") from error
    remarks = ("原件设有权限限制，标注本不带该限制",) if encrypted and not signed else ()
    return Marked(content=content, placed=len(known), unplaced=unplaced, remarks=remarks)


def _by_page(document: Document, note: Note) -> dict[int, list[Box]]:
    pages: dict[int, list[Box]] = {}
    for box in document.boxes(note.start, note.end):
        if box.x1 > box.x0 and box.y1 > box.y0:
            pages.setdefault(box.page, []).append(box)
    return pages


def _is_signed(file: Any) -> bool:
    """True if some signature field holds a signature."""
    form = file.Root.get("/AcroForm")
    return form is not None and any(_holds_signature(field) for field in _fields(form.get("/Fields", [])))


def _fields(fields: Any, depth: int = 0) -> Iterator[Any]:
    for field in fields:
        yield field
        if depth < 20 and "/Kids" in field:
            yield from _fields(field.Kids, depth + 1)


def _holds_signature(field: Any) -> bool:
    return str(field.get("/FT", "")) == "/Sig" and "/V" in field


def _annotated(file: Any, placed: list[tuple[Note, int, list[Box]]], day: date) -> bytes:
    from pikepdf import Array, Dictionary, Name, String

    for note, number, boxes in placed:
        page = file.pages[number - 1]
        rect = _around(boxes)
        look = file.make_stream(_drawing(boxes, note), Type=Name.XObject, Subtype=Name.Form, BBox=Array(rect))
        look.Resources = Dictionary(ExtGState=Dictionary(G0=Dictionary(Type=Name.ExtGState, BM=Name.Multiply)))
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Highlight,
            Rect=Array(rect),
            QuadPoints=Array(_quads(boxes)),
            C=Array(list(_HIGH if note.high else _OTHER)),
            F=_PRINTED,
            T=String(AUTHOR),
            Contents=String(note.words),
            M=String(day_stamp(day)),
            CreationDate=String(day_stamp(day)),
            NM=String(_name(note, number)),
            AP=Dictionary(N=look),
        )
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(file.make_indirect(annotation))
    buffer = BytesIO()
    file.save(buffer, deterministic_id=True, encryption=False)
    return buffer.getvalue()


def _appended(data: bytes, placed: list[tuple[Note, int, list[Box]]], day: date) -> bytes:
    """The original's bytes with an increment that holds the highlights."""
    from pypdf import PdfWriter
    from pypdf.annotations import Highlight
    from pypdf.errors import PyPdfError
    from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, TextStringObject

    try:
        writer = PdfWriter(fileobj=BytesIO(data), incremental=True)
        for note, number, boxes in placed:
            left, bottom, right, top = _around(boxes)
            quads = ArrayObject([FloatObject(value) for value in _quads(boxes)])
            colour = "".join(f"{round(part * 255):02x}" for part in (_HIGH if note.high else _OTHER))
            highlight = Highlight(
                rect=(left, bottom, right, top), quad_points=quads, highlight_color=colour, printing=True
            )
            highlight.update(
                {
                    NameObject("/F"): NumberObject(_PRINTED),
                    NameObject("/T"): TextStringObject(AUTHOR),
                    NameObject("/Contents"): TextStringObject(note.words),
                    NameObject("/M"): TextStringObject(day_stamp(day)),
                    NameObject("/NM"): TextStringObject(_name(note, number)),
                }
            )
            writer.add_annotation(number - 1, highlight)
        buffer = BytesIO()
        writer.write(buffer)
    except PyPdfError as error:
        raise DocumentError("unsupported", "带签名的 PDF 不能追加标注；请用未加密的原件再试") from error
    return buffer.getvalue()


def _name(note: Note, page: int) -> str:
    return f"contract-audit-{note.number}-{page}"


def _around(boxes: list[Box]) -> list[float]:
    return [
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    ]


def _quads(boxes: list[Box]) -> list[float]:
    """Corners of each box in the order that programs agree on: upper left, upper right, lower left, lower right."""
    return [value for box in boxes for value in (box.x0, box.y1, box.x1, box.y1, box.x0, box.y0, box.x1, box.y0)]


def _drawing(boxes: list[Box], note: Note) -> bytes:
    colour = " ".join(f"{part:g}" for part in (_HIGH if note.high else _OTHER))
    areas = " ".join(f"{box.x0:.2f} {box.y0:.2f} {box.x1 - box.x0:.2f} {box.y1 - box.y0:.2f} re" for box in boxes)
    return f"/G0 gs {colour} rg {areas} f".encode()
