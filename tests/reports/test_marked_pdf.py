"""Highlights cover exactly the words of the quote, on turned, shifted, protected and signed files.

The words of the quote are printed in red and all others in black: what a rendering shows under the highlights tells
right from wrong without asking the reader's boxes again.
"""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from contract_audit import readers
from contract_audit.errors import DocumentError
from contract_audit.model import Document
from contract_audit.reports.marked_pdf import mark
from contract_audit.reports.marking import AUTHOR, Note
from contract_audit.settings import Settings

DAY = date(2026, 6, 30)
SIZE = 14
QUOTE = "二零二三年二月一日前交付厂房一万五千六百平方米并承担逾期交付的全部违约责任"
LINES = (
    ("第一条　甲方应于", QUOTE[:25], ""),
    ("", QUOTE[25:], "，双方没有异议，特此约定如上。"),
    ("第二条　乙方应按期完成固定资产投资，并接受甲方的检查。", "", ""),
)


def _font(file: pikepdf.Pdf) -> Any:
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=Name("/STSong-Light"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=4),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/STSong-Light"), Flags=6, FontBBox=Array([-25, -254, 1000, 880]),
            ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=880, StemV=93,
        ),
        DW=1000,
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/STSong-Light"),
        Encoding=Name("/UniGB-UCS2-H"),
        DescendantFonts=Array([file.make_indirect(descendant)]),
    )


def write(rotate: int = 0, shift: int = 0, crop: bool = False, **save: Any) -> bytes:
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(595, 842))
    content, y = [], 760 + shift
    for line in LINES:
        x = 72 + shift
        for text, colour in zip(line, ("0 0 0", "1 0 0", "0 0 0"), strict=True):
            content.append(f"{colour} rg BT /F1 {SIZE} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET")
            x += SIZE * len(text)
        y -= 26
    page.obj.Contents = file.make_stream("\n".join(content).encode())
    page.obj.Resources = Dictionary(Font=Dictionary(F1=_font(file)))
    page.obj.MediaBox = Array([shift, shift, 595 + shift, 842 + shift])
    if crop:
        page.obj.CropBox = Array([shift + 30, shift + 40, 590 + shift, 830 + shift])
    page.obj.Rotate = rotate
    out = BytesIO()
    file.save(out, **save)
    return out.getvalue()


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "协议.pdf"
    path.write_bytes(data)
    (document,) = readers.read(path, Settings())
    return document


def note(document: Document) -> Note:
    start = document.text.index(QUOTE)
    return Note(number=1, start=start, end=start + len(QUOTE), quote=QUOTE, words="【1·高】逾期\n说明", high=True)


def picture(data: bytes, *, annotations: bool) -> Any:
    file = pypdfium2.PdfDocument(data)
    shown = np.asarray(file[0].render(scale=2, draw_annots=annotations).to_pil().convert("RGB")).astype(int)
    file.close()
    return shown


def assert_covers_the_red_words_alone(marked: bytes) -> None:
    plain, shown = picture(marked, annotations=False), picture(marked, annotations=True)
    covered = np.abs(plain - shown).sum(axis=2) > 20
    # White inside a highlight changes; ink does not, so areas are closed row by row and column by column.
    for _ in range(8):
        covered[1:] |= covered[:-1]
        covered[:, 1:] |= covered[:, :-1]
    for _ in range(8):
        covered[:-1] &= covered[1:]
        covered[:, :-1] &= covered[:, 1:]
    red = (plain[:, :, 0] > 180) & (plain[:, :, 1] < 90)
    black = plain.sum(axis=2) < 200
    assert red.sum() > 500 and black.sum() > 500
    assert (covered & red).sum() / red.sum() > 0.97
    assert (covered & black).sum() / black.sum() < 0.02


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize(("shift", "crop"), [(0, False), (-50, False), (120, True)])
def test_the_highlighted_words_are_the_quote(tmp_path: Path, rotate: int, shift: int, crop: bool) -> None:
    data = write(rotate, shift, crop)
    document = read(tmp_path, data)
    marked = mark(data, ((document, (note(document),)),), DAY)
    assert (marked.placed, marked.unplaced, marked.remarks) == (1, (), ())
    assert_covers_the_red_words_alone(marked.content)


def test_a_note_says_who_when_and_what_and_bytes_are_equal(tmp_path: Path) -> None:
    data = write()
    document = read(tmp_path, data)
    marked = mark(data, ((document, (note(document),)),), DAY).content
    assert mark(data, ((document, (note(document),)),), DAY).content == marked
    with pikepdf.open(BytesIO(marked)) as file:
        (annotation,) = file.pages[0].Annots
        assert str(annotation.Contents) == "【1·高】逾期\n说明"
        assert (str(annotation.T), str(annotation.M)) == (AUTHOR, "D:20260630000000Z")
        assert len(list(annotation.QuadPoints)) == 16  # two lines


def test_notes_already_in_the_file_stay(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(write())) as file:
        old = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=b"old")
        file.pages[0].Annots = file.make_indirect(Array([file.make_indirect(old)]))
        out = BytesIO()
        file.save(out)
    document = read(tmp_path, out.getvalue())
    with pikepdf.open(BytesIO(mark(out.getvalue(), ((document, (note(document),)),), DAY).content)) as file:
        assert [str(one.Subtype) for one in file.pages[0].Annots] == ["/Text", "/Highlight"]


def test_a_file_with_restrictions_of_its_owner_is_marked_and_says_so(tmp_path: Path) -> None:
    data = write(
        encryption=pikepdf.Encryption(owner="secret", user="", allow=pikepdf.Permissions(modify_annotation=False))
    )
    document = read(tmp_path, data)
    marked = mark(data, ((document, (note(document),)),), DAY)
    assert_covers_the_red_words_alone(marked.content)
    assert "权限" in marked.remarks[0]
    assert mark(data, ((document, (note(document),)),), DAY).content == marked.content


def signed() -> bytes:
    """A file with a filled signature field (the value itself is no matter here: its bytes must stay)."""
    with pikepdf.open(BytesIO(write())) as file:
        value = Dictionary(
            Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=b"\x30\x80" * 20, ByteRange=Array([0, 10, 20, 30])
        )
        field = Dictionary(FT=Name.Sig, T=b"seal", V=file.make_indirect(value))
        parent = Dictionary(T=b"group", Kids=Array([file.make_indirect(field)]))
        file.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([file.make_indirect(parent)]))
        out = BytesIO()
        file.save(out)
    return out.getvalue()


def test_a_signed_file_keeps_its_bytes_and_gets_an_increment(tmp_path: Path) -> None:
    data = signed()
    document = read(tmp_path, data)
    marked = mark(data, ((document, (note(document),)),), DAY)
    assert marked.content.startswith(data) and len(marked.content) > len(data)
    assert_covers_the_red_words_alone(marked.content)
    assert len(pypdf.PdfReader(BytesIO(marked.content)).pages) == 1
    assert mark(data, ((document, (note(document),)),), DAY).content == marked.content


def test_words_without_a_place_are_named_not_guessed(tmp_path: Path) -> None:
    data = write()
    document = read(tmp_path, data)
    wrong = Note(number=5, start=0, end=4, quote="别的文字", words="说明")
    marked = mark(data, ((document, (wrong,)),), DAY)
    assert (marked.placed, marked.unplaced) == (0, (5,))


def test_what_is_no_pdf_is_refused_with_a_reason(tmp_path: Path) -> None:
    document = read(tmp_path, write())
    with pytest.raises(DocumentError, match="另存"):
        mark(b"%PDF-1.7 broken", ((document, ()),), DAY)
