"""Picture files: formats, frames, orientation, limits, and what happens without recognition."""

import io
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from contract_audit.errors import DocumentError
from contract_audit.readers import ocr, picture, read_bytes
from contract_audit.settings import Settings

PAGE = Path(__file__).with_name("page.png")
_ORIENTATION = 0x0112  # EXIF tag
_QUARTER_LEFT = 6  # the camera was held on its side


def saved(image: Image.Image, format: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **how)
    return out.getvalue()


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize(("format", "name"), [("PNG", "png"), ("JPEG", "jpg"), ("TIFF", "tif"), ("BMP", "bmp")])
def test_without_recognition_a_picture_is_listed_with_what_to_install(format: str, name: str) -> None:
    (document,) = read_bytes(saved(Image.open(PAGE).convert("RGB"), format), "scan", Settings())
    assert (document.format, document.status) == (name, "unreadable")
    assert [problem.code for problem in document.problems] == ["needs_ocr"]
    assert "pip install" in document.problems[0].message


@pytest.mark.usefixtures("without_ocr")
def test_every_frame_of_a_tiff_is_a_page() -> None:
    frame = Image.open(PAGE).convert("L")
    document = picture.read(saved(frame, "TIFF", save_all=True, append_images=[frame, frame]), "a.tif", Settings())
    assert document.pages == 3
    assert [problem.page for problem in document.problems] == [1, 2, 3]


@pytest.mark.usefixtures("without_ocr")
def test_frames_beyond_the_limit_are_listed() -> None:
    frame = Image.open(PAGE).convert("L")
    limits = msgspec.structs.replace(Settings(), max_pages=1)
    document = picture.read(saved(frame, "TIFF", save_all=True, append_images=[frame]), "a.tif", limits)
    assert [(problem.code, problem.page) for problem in document.problems] == [("needs_ocr", 1), ("page_limit", 2)]


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    limits = msgspec.structs.replace(Settings(), max_image_pixels=1_000)
    (problem,) = picture.read(PAGE.read_bytes(), "a.png", limits).problems
    assert problem.code == "too_large"


def test_a_bomb_of_pixels_is_refused() -> None:
    header = saved(Image.new("1", (1, 1)), "PNG")
    bomb = header[:16] + (60_000).to_bytes(4, "big") * 2 + header[24:]
    with pytest.raises(DocumentError) as caught:
        picture.read(bomb, "a.png", Settings())
    assert caught.value.code in ("too_large", "damaged")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, PAGE.read_bytes()[:2_000]])
def test_a_damaged_picture_is_told(data: bytes) -> None:
    (document,) = read_bytes(data, "a.png", Settings())
    assert (document.status, document.problems[0].code) == ("unreadable", "damaged")


def test_an_empty_picture_is_empty() -> None:
    with pytest.raises(DocumentError) as caught:
        picture.read(saved(Image.new("RGB", (400, 400), "white"), "PNG"), "a.png", Settings())
    assert caught.value.code == "empty"


def test_a_photo_taken_on_its_side_is_read_as_it_is_shown() -> None:
    upright = Image.open(PAGE).convert("RGB")
    exif = Image.Exif()
    exif[_ORIENTATION] = _QUARTER_LEFT
    document = picture.read(saved(upright.rotate(90, expand=True), "JPEG", quality=90, exif=exif), "a.jpg", Settings())
    assert "乙方：恒远制造有限公司" in document.text
    start = document.text.index("恒远")
    (box,) = document.boxes(start, start + 4)
    assert box.x1 < upright.width and box.y1 < upright.height


def test_what_is_transparent_is_paper() -> None:
    page = Image.open(PAGE).convert("L")
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    layer.putalpha(page.point(lambda value: 255 - value))
    assert "云岭县人民政府" in picture.read(saved(layer, "PNG"), "a.png", Settings()).text


def test_pictures_of_one_paper_are_its_pages() -> None:
    page = Image.open(PAGE).convert("L")
    first, second = page.crop((0, 0, 1000, 440)), page.crop((0, 640, 1000, 840))
    document = picture.read_pictures([saved(first, "PNG"), b"no picture", saved(second, "PNG")], "a.docx", Settings())
    assert (document.status, document.pages) == ("partly_read", 3)
    assert [(problem.code, problem.page) for problem in document.problems] == [("damaged", 2)]
    assert [document.page_at(document.text.index(words)) for words in ("统一社会信用代码", "2024年3月18日")] == [1, 3]
