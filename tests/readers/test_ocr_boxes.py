"""Where lines are found on a picture, and where on a line its characters are."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from contract_audit.readers import ocr_boxes, ocr_models
from contract_audit.readers.ocr_boxes import line_boxes
from contract_audit.readers.ocr_engine import TextLine, line_text, text_lines
from contract_audit.readers.ocr_page import DPI, recognise

PIECE = np.asarray(Image.open(Path(__file__).with_name("page.png")).convert("RGB"))
TITLE = PIECE[40:110]


def sheet(*tops: int, ink: float = 1.0) -> Any:
    """A page with the title at each of these heights."""
    page = np.full((2000, 1415, 3), 255, np.uint8)
    for top in tops:
        page[top : top + 70, 200:1200] = 255 - (ink * (255 - TITLE)).astype(np.uint8)
    return page


def searched(page: Any, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Height and width of what was looked through."""
    sizes = []

    def noting(image: Any, threads: int) -> Any:
        sizes.append(image.shape[:2])
        return ocr_models.text_map(image, threads)

    monkeypatch.setattr(ocr_boxes, "text_map", noting)
    assert line_boxes(page, 1)
    return sizes


def middles(page: Any) -> list[float]:
    return sorted(float(box[:, 1].mean()) for box in line_boxes(page, 1))


@pytest.mark.parametrize("ink", [1.0, 0.2])
def test_lines_are_found_wherever_they_stand(ink: float) -> None:
    page = sheet(5, 700, 1920, ink=ink)
    assert middles(page) == pytest.approx([40, 735, 1955], abs=12)


def test_margins_and_the_empty_rest_of_a_page_are_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = searched(sheet(300, 1900), monkeypatch)
    assert len(sizes) == 2
    assert all(height * width < 2000 * 1415 * 0.7**2 / 8 for height, width in sizes)


def test_a_page_full_of_grain_is_searched_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    page = np.clip(sheet(300) + np.random.default_rng(0).normal(0, 40, (2000, 1415, 1)), 0, 255).astype(np.uint8)
    assert searched(page, monkeypatch) == [(1408, 992)]


def test_the_box_of_a_line_on_its_side_starts_at_its_upper_left() -> None:
    page = np.ascontiguousarray(np.rot90(sheet(700), -1))
    (box,) = line_boxes(page, 1)
    across, down = box[1] - box[0], box[3] - box[0]
    assert down[1] > 3 * across[0] > 0


def ink_of(page: Any, quad: Any) -> float:
    left, top = np.floor(quad.min(axis=0)).astype(int)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int)
    return float((page[top:bottom, left:right, 0] < 128).mean())


def only_line(page: Any) -> TextLine:
    (line,) = text_lines(page, 1)
    return line


@pytest.mark.parametrize("size", [(2000, 1415), (3600, 1415)])
def test_each_character_lies_in_its_own_box(size: tuple[int, int]) -> None:
    page = np.full((*size, 3), 255, np.uint8)
    page[700:770, 200:1200] = TITLE
    line = only_line(page)
    assert line.text == "项目投资协议"
    assert len(line.characters) == 6
    assert min(ink_of(page, quad) for quad in line.characters) > 0.1
    starts = [float(quad[0, 0]) for quad in line.characters]
    assert starts == sorted(starts)
    assert np.ptp(np.diff(starts)) < 0.3 * np.mean(np.diff(starts))


def test_a_picture_of_a_single_flat_line_is_read() -> None:
    strip = np.ascontiguousarray(TITLE[:, 100:900])
    line = only_line(strip)
    assert line.text == "项目投资协议"
    assert (line.corners[:, 1] <= 70).all()
    assert line_text(strip, 1)[0] == "项目投资协议"


def test_blank_paper_holds_no_characters() -> None:
    assert line_text(np.full((48, 300, 3), 255, np.uint8), 1) == ("", 0.0)


def test_a_scan_is_read_at_the_resolution_that_reads_best(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def noting(image: Any, _threads: int) -> list[Any]:
        seen.append(image.shape[0])
        return []

    monkeypatch.setattr("contract_audit.readers.ocr_upright.text_lines", noting)
    for dpi in (110, DPI, 2 * DPI):
        page = cv2.resize(sheet(700), None, fx=dpi / DPI, fy=dpi / DPI)
        recognise(np.asarray(page, np.uint8), 1, 72 / dpi, 1)
    assert seen == [pytest.approx(2000 * 110 / DPI, abs=1), 2000, 2000]
