"""PDF to Document: pages to sheets (text layer or recognition), sheets to text."""

import hashlib
from typing import Any

import pypdfium2

from contract_audit.errors import DocumentError
from contract_audit.model import Document, Passage, Problem, Seal
from contract_audit.readers.pdf_document import write
from contract_audit.readers.pdf_page import PageText, page_rect, page_text, survey
from contract_audit.readers.pdf_paragraphs import flow_of
from contract_audit.readers.pdf_sheet import Sheet
from contract_audit.settings import Settings


def read(data: bytes, name: str, settings: Settings) -> Document:
    doc = pypdfium2.PdfDocument(data)
    sheets = []
    for i in range(min(len(doc), settings.max_pages)):
        page = doc[i]
        found = survey(page)
        t = page_text(page, i + 1, found)
        sheets.extend(t.sheets)
        page.close()
    flow, furniture = flow_of(sheets)
    w = write(flow)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="pdf",
        status="read",
        pages=len(doc),
        text=w.text,
        blocks=w.blocks,
        tables=w.tables,
        headers=tuple(furniture),
    )
