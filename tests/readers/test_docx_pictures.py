"""Pictures in a docx: seals are recorded, pages of text go to recognition, the rest is left alone."""

import io

import pytest
from docx_file import document, docx, p, r
from PIL import Image, ImageDraw

from contract_audit.errors import DocumentError
from contract_audit.model import Block, Document, Problem, Seal
from contract_audit.readers import ocr, picture
from contract_audit.settings import Settings

CM = 360_000  # EMU


def png(width: int, height: int, *, ring: str | None = None, fill: str = "white") -> bytes:
    image = Image.new("RGB", (width, height), fill)
    if ring:
        ImageDraw.Draw(image).ellipse((4, 4, width - 4, height - 4), outline=ring, width=max(2, width // 20))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def drawing(key: str, width_cm: float, height_cm: float, *, floating: bool) -> str:
    frame = "anchor" if floating else "inline"
    extent = f'<wp:extent cx="{int(width_cm * CM)}" cy="{int(height_cm * CM)}"/>'
    return r(
        f'<w:drawing><wp:{frame}>{extent}<a:graphic><pic:pic><a:blip r:embed="{key}"/></pic:pic></a:graphic></wp:{frame}></w:drawing>'
    )


def read(*drawings: str, pictures: dict[str, bytes], text: str = "甲方（盖章）：某县人民政府") -> Document:
    parts: dict[str, tuple[str, str | bytes]] = {
        key: (f"image/media/{key}.png", data) for key, data in pictures.items()
    }
    return document(docx(p((r(text) if text else "") + "".join(drawings)), parts=parts))


@pytest.mark.parametrize(
    ("width", "height", "floating", "ring", "seals"),
    [
        (4.2, 4.2, True, "red", 1),
        (4.2, 4.2, False, "red", 1),  # pasted in line, but red
        (4.2, 4.2, True, "black", 1),  # floating and of a seal's size: a seal copied without colour
        (4.2, 4.2, False, "black", 0),
        (1.0, 1.0, True, "black", 0),  # a bullet or icon
        (12.0, 4.0, True, "red", 0),  # a banner
        (9.0, 9.0, True, "red", 0),
    ],
)
def test_seals(width: float, height: float, floating: bool, ring: str, seals: int) -> None:
    found = read(drawing("rId1", width, height, floating=floating), pictures={"rId1": png(200, 200, ring=ring)})
    assert len(found.seals) == seals
    assert found.status == "read"


@pytest.mark.parametrize(("place", "seals"), [("position:absolute;", 1), ("", 0)])
def test_seals_in_old_drawings(place: str, seals: int) -> None:
    shape = f'<v:shape style="{place}width:120pt;height:4.2cm"><v:imagedata r:id="rId1"/></v:shape>'
    found = read(r(f"<w:pict>{shape}</w:pict>"), pictures={"rId1": png(100, 100, ring="black")})
    assert len(found.seals) == seals


def test_two_prints_of_one_seal_are_two_seals() -> None:
    seal = drawing("rId1", 4.2, 4.2, floating=True)
    assert len(read(seal, seal, pictures={"rId1": png(100, 100, ring="red")}).seals) == 2


def test_a_broken_or_missing_picture_is_no_seal_and_no_error() -> None:
    found = read(
        drawing("rId1", 4.2, 4.2, floating=False),
        drawing("rId9", 4.2, 4.2, floating=True),
        pictures={"rId1": b"broken"},
    )
    assert (found.seals, found.status) == ((), "read")


def test_a_page_without_recogniser_is_listed_as_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    page = drawing("rId1", 15, 21, floating=False)
    found = read(page, pictures={"rId1": png(900, 1200)})
    assert found.status == "partly_read"
    assert [problem.code for problem in found.problems] == ["needs_ocr"]
    assert found.text == "甲方（盖章）：某县人民政府"


def recognised(text: str) -> Document:
    block = Block(kind="paragraph", start=0, end=len(text), page=1, confidence=0.9)
    return Document(
        name="x", sha256="", format="picture", status="read", pages=1, text=text, blocks=(block,),
        tables=((("a", "b"),),), seals=(Seal(page=1),),
    )  # fmt: skip


def test_what_is_recognised_stands_behind_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "read_pictures", lambda pictures, name, settings: recognised("附件扫描件"))
    found = read(drawing("rId1", 15, 21, floating=False), pictures={"rId1": png(900, 1200)})
    assert found.text == "甲方（盖章）：某县人民政府\n附件扫描件"
    block = found.blocks[-1]
    assert (found.text[block.start : block.end], block.confidence) == ("附件扫描件", 0.9)
    assert (found.status, found.format, len(found.seals)) == ("read", "docx", 1)


def test_a_document_of_pictures_is_what_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def read_pictures(pictures: list[bytes], name: str, settings: Settings) -> Document:
        seen.append(len(pictures))
        return recognised("全文")

    monkeypatch.setattr(picture, "read_pictures", read_pictures)
    pages = [drawing(f"rId{n}", 15, 21, floating=False) for n in (1, 2)]
    found = read(*pages, pictures={"rId1": png(900, 1200), "rId2": png(900, 1201)}, text="")
    assert (found.text, found.pages, seen) == ("全文", 1, [2])
    assert found.blocks[0].start == 0


@pytest.mark.parametrize("error", [DocumentError("ocr_failed", "x"), MemoryError()])
def test_failed_recognition_costs_only_the_pictures(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def read_pictures(pictures: list[bytes], name: str, settings: Settings) -> Document:
        raise error

    monkeypatch.setattr(picture, "read_pictures", read_pictures)
    found = read(drawing("rId1", 15, 21, floating=False), pictures={"rId1": png(900, 1200)})
    assert found.status == "partly_read"
    assert found.text == "甲方（盖章）：某县人民政府"
    assert isinstance(found.problems[0], Problem)


def test_pages_without_writing_are_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_pictures(pictures: list[bytes], name: str, settings: Settings) -> Document:
        raise DocumentError("empty", "x")

    monkeypatch.setattr(picture, "read_pictures", read_pictures)
    found = read(drawing("rId1", 15, 21, floating=False), pictures={"rId1": png(900, 1200)})
    assert (found.status, found.problems) == ("read", ())


def test_small_and_linked_pictures_are_not_pages() -> None:
    small = drawing("rId1", 6, 4, floating=False)
    found = read(small, pictures={"rId1": png(1200, 900)})
    assert (found.status, found.problems) == ("read", ())
