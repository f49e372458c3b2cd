"""The words that a finding quotes are the words marked in the original: characters inside its boxes, and no others."""

import importlib
import io
import sys
from datetime import date
from functools import lru_cache
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from contract_audit import engine, readers
from contract_audit.audit import judge, understand
from contract_audit.model import Box, Context, Document, Finding
from contract_audit.settings import Settings, rules_dir

CORPUS = Path(__file__).parent.parent / "corpus"
NAMES = ("a07_hq_tax_deal_2017", "b13_storage_node_table")


@lru_cache(maxsize=4)
def pdf(name: str) -> bytes:
    sys.path.insert(0, str(CORPUS))
    lines = importlib.import_module("render").read_lines(CORPUS / "dev" / f"{name}.txt")
    written: bytes = importlib.import_module("pdf_writer").pdf_bytes(lines)
    sys.path.remove(str(CORPUS))
    return written


def turned(data: bytes, rotate: int, path: Path) -> Path:
    """The file with its pages turned, and shifted for good measure."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        for page in opened.pages:
            page.obj.Rotate = rotate
            page.obj.MediaBox = pikepdf.Array([-40, -25, 600, 850])
        opened.save(path)
    return path


def audited(path: Path) -> tuple[Document, tuple[Finding, ...]]:
    (document,) = readers.read(path, Settings())
    found = judge(understand(document), engine.load_rules(rules_dir()), Context(as_of=date(2026, 6, 30)))
    return document, found.findings


def characters_inside(path: Path, boxes: tuple[Box, ...]) -> str:
    """What stands in the boxes, box by box, in the order in which the file draws it."""
    words = []
    opened = pypdfium2.PdfDocument(path)
    for box in boxes:
        page = opened[box.page - 1]
        text = page.get_textpage()
        for index in range(pdfium.FPDFText_CountChars(text.raw)):
            left, bottom, right, top = text.get_charbox(index, loose=True)
            inside = box.x0 < (left + right) / 2 < box.x1 and box.y0 < (bottom + top) / 2 < box.y1
            if inside:
                words.append(chr(pdfium.FPDFText_GetUnicode(text.raw, index)))
        text.close()
        page.close()
    opened.close()
    return "".join("".join(words).split())


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("name", NAMES)
def test_the_marked_words_are_the_quoted_ones(name: str, rotate: int, tmp_path: Path) -> None:
    path = turned(pdf(name), rotate, tmp_path / "a.pdf")
    document, findings = audited(path)
    accepted = [finding for finding in findings if finding.stream == "accepted"]
    assert len(accepted) > 5
    for finding in accepted:
        assert document.text[finding.start : finding.end] == finding.quote
        boxes = document.boxes(finding.start, finding.end)
        assert finding.page == min(box.page for box in boxes)
        assert characters_inside(path, boxes) == "".join(finding.quote.split())
