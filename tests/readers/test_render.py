"""The picture of a page with marked words: the marks lie on those words, the rest of the page is untouched."""

import io
from pathlib import Path

import msgspec
import numpy as np
import pytest
from pdf_file import at, prose, write
from PIL import Image

from contract_audit.errors import DocumentError
from contract_audit.model import Box
from contract_audit.readers import pdf, render
from contract_audit.settings import Settings

TEXT = "甲方应于签约后三十日内将项目用地交付乙方，并完成场地平整和给排水、供电、通信等配套工程，乙方应当配合。"
PAGE = Path(__file__).with_name("page.png")


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("box", [None, (-50, -30, 545, 812)])
def test_the_mark_covers_the_words_and_nothing_else(tmp_path: Path, rotate: int, box: tuple[int, ...] | None) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(write([prose([TEXT])], rotate=rotate, box=box))
    document = pdf.read(path.read_bytes(), "a.pdf", Settings())
    start = document.text.index("三十日内")
    plain = pixels(render.page_picture(path, 1, []))
    marked = pixels(render.page_picture(path, 1, document.boxes(start, start + 4)))
    changed = np.abs(plain - marked).sum(axis=2) > 0
    assert 0 < changed.mean() < 0.01
    rows, columns = np.nonzero(changed)
    inside = plain[rows.min() : rows.max(), columns.min() : columns.max()]
    assert (inside.sum(axis=2) < 384).mean() > 0.05  # ink of the words


def test_marks_of_other_pages_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(write([[at(100, 500, "第一页")], [at(100, 500, "第二页")]]))
    assert render.page_picture(path, 1, [Box(2, 100, 500, 136, 512)]) == render.page_picture(path, 1, [])


def test_a_picture_is_marked_in_its_own_pixels() -> None:
    plain = pixels(render.page_picture(PAGE, 1, []))
    marked = pixels(render.page_picture(PAGE, 1, [Box(1, 100, 200, 300, 240)]))
    rows, columns = np.nonzero(np.abs(plain - marked).sum(axis=2))
    assert (columns.min(), rows.min()) == pytest.approx((98, 198), abs=2)
    assert (columns.max(), rows.max()) == pytest.approx((302, 242), abs=2)


@pytest.mark.parametrize(
    ("page", "limits", "code"),
    [(2, {}, "page_limit"), (0, {}, "page_limit"), (1, {"max_image_pixels": 10}, "too_large")],
)
def test_what_cannot_be_shown_is_told(page: int, limits: dict[str, int], code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        render.page_picture(PAGE, page, [], msgspec.structs.replace(Settings(), **limits))
    assert caught.value.code == code


def test_formats_without_pages_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("甲方应于签约后三十日内交付。", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        render.page_picture(path, 1, [])
    assert caught.value.code == "unsupported"
