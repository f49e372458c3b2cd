"""Seals on digital pages, and what annotations put there."""

import io
from collections.abc import Sequence

import pikepdf
import pytest
from pdf_file import placed, prose, save, write
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from contract_audit.model import Document
from contract_audit.readers import pdf
from contract_audit.settings import Settings

TEXT = "甲方应于签约后三十日内将项目用地交付乙方，并完成场地平整和给排水、供电、通信等配套工程，乙方应当配合。"


def read(data: bytes) -> Document:
    return pdf.read(data, "a.pdf", Settings())


def ring(colour: str) -> Image.Image:
    picture = Image.new("RGB", (120, 120), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((4, 4, 116, 116), outline=colour, width=6)
    pen.polygon([(60, 40), (75, 80), (45, 80)], fill=colour)
    return picture


@pytest.mark.parametrize(
    ("colour", "size", "seals"),
    [("#c8191e", 119, 1), ("#c8191e", 300, 0), ("#c8191e", 20, 0), ("#2040a0", 119, 0), ("#303030", 119, 0)],
    ids=["seal", "large red picture", "small red mark", "blue logo", "black stamp"],
)
def test_small_red_pictures_are_seals(colour: str, size: int, seals: int) -> None:
    data = write([[*prose([TEXT]), placed("Im0", 300, 400, size, size)]], images={"Im0": ring(colour)})
    found = read(data).seals
    assert len(found) == seals
    for seal in found:
        assert seal.page == 1
        assert seal.box is not None
        assert (seal.box.x0, seal.box.y0, seal.box.x1, seal.box.y1) == pytest.approx((300, 400, 419, 519), abs=0.5)


def annotated(annotations: Sequence[dict[str, object]]) -> bytes:
    with pikepdf.open(io.BytesIO(write([prose([TEXT])]))) as file:
        page = file.pages[0]
        made = [file.make_indirect(Dictionary(Type=Name.Annot, **each)) for each in annotations]
        file.Root.AcroForm = Dictionary(Fields=Array(made))
        page.obj.Annots = Array(made)
        return save(file)


def test_a_signature_field_is_a_seal() -> None:
    field = {"Subtype": Name.Widget, "FT": Name.Sig, "T": "s1", "Rect": Array([300, 400, 420, 520])}
    (seal,) = read(annotated([field])).seals
    assert seal.box is not None
    assert (seal.page, round(seal.box.x0), round(seal.box.y1)) == (1, 300, 520)


def test_an_invisible_signature_is_no_seal() -> None:
    field = {"Subtype": Name.Widget, "FT": Name.Sig, "T": "s1", "Rect": Array([0, 0, 0, 0])}
    assert read(annotated([field])).seals == ()


def test_notes_are_listed() -> None:
    note = {"Subtype": Name.Text, "Rect": Array([10, 10, 30, 30]), "Contents": "此处需法制办复核"}
    document = read(annotated([note]))
    assert document.comments == ("此处需法制办复核",)
    assert document.text == TEXT


def test_words_that_a_form_field_shows_are_text() -> None:
    with pikepdf.open(io.BytesIO(write([prose([TEXT])]))) as file:
        page = file.pages[0]
        appearance = file.make_stream(
            b"BT /F1 12 Tf 2 5 Td <" + "投资总额三亿元".encode("utf-16-be").hex().encode() + b"> Tj ET",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 200, 20]),
            Resources=page.obj.Resources,
        )
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="total",
            F=4,
            Rect=Array([100, 300, 300, 320]),
            AP=Dictionary(N=appearance),
        )
        made = file.make_indirect(field)
        file.Root.AcroForm = Dictionary(Fields=Array([made]))
        page.obj.Annots = Array([made])
        data = save(file)
    assert read(data).text == TEXT + "\n投资总额三亿元"
