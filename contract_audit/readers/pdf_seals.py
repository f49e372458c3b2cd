"""Seals on digital pages: small red pictures, as electronic seals are, and the fields of digital signatures."""

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from contract_audit.model import Box, Seal
from contract_audit.readers.pdf_page import Survey, display_matrix
from contract_audit.readers.pdf_sheet import move_rect
from contract_audit.readers.picture_seals import has_size_of_seal, is_red
from contract_audit.settings import Settings


def seals_on(page: Any, number: int, found: Survey, settings: Settings) -> tuple[Seal, ...]:
    """The seals on a page (`number` 1-based) whose annotations were made part of it."""
    boxes = [picture.rect for picture in found.pictures if has_size_of_seal(picture.rect)]
    if not boxes or max(picture.pixels for picture in found.pictures) > settings.max_image_pixels:
        return ()
    width, height = page.get_size()
    scale = min(1.0, math.sqrt(settings.max_render_pixels / max(1.0, width * height)))
    bitmap = page.render(scale=scale)
    image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    to_pixels = display_matrix(page, found.box)
    seals = []
    for box in boxes:
        x0, y0, x1, y1 = move_rect(to_pixels, box)
        area = tuple(round(scale * value) for value in (x0, height - y1, x1, height - y0))
        if is_red(image.crop(area)):
            seals.append(Seal(page=number, box=Box(number, *box)))
    return tuple(seals)


def signature_seals(page: Any, number: int) -> tuple[Seal, ...]:
    """Digital signatures that show on the page (`number` 1-based)."""
    seals = []
    for annotation in _annotations(page):
        rect = pdfium.FS_RECTF()
        if _text(annotation, b"FT") == "Sig" and pdfium.FPDFAnnot_GetRect(annotation, rect):
            box = Box(number, rect.left, rect.bottom, rect.right, rect.top)
            if box.x1 - box.x0 > 1 and box.y1 - box.y0 > 1:
                seals.append(Seal(page=number, box=box))
    return tuple(seals)


def notes_on(page: Any) -> list[str]:
    """What people wrote into the page's annotations, in order."""
    written = (_text(annotation, b"Contents").strip() for annotation in _annotations(page))
    return [text for text in written if text]


def settle_annotations(page: Any) -> bool:
    """Make form fields, typewritten text and stamps part of the page; True if it must be loaded anew to see them."""
    shown = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
    if not any(pdfium.FPDFAnnot_GetSubtype(annotation) in shown for annotation in _annotations(page)):
        return False
    return bool(pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)


def _annotations(page: Any) -> Iterator[Any]:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            yield annotation
            pdfium.FPDFPage_CloseAnnot(annotation)


def _text(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")
