"""Recognition of a page: turned, skewed, sealed, long, in tables; `page.png` is one page of an agreement."""

import io
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from contract_audit.errors import DocumentError
from contract_audit.model import Document
from contract_audit.readers import ocr_engine, picture
from contract_audit.readers.ocr_page import recognise
from contract_audit.readers.ocr_rules import ruling_lines
from contract_audit.readers.ocr_seal import red_mask, seal_boxes, without_red
from contract_audit.settings import Settings

PAGE = Path(__file__).with_name("page.png")
UNIT = 72 / 171  # points per pixel
LINES = [
    "项目投资协议",
    "甲方：云岭县人民政府",
    "乙方：恒远制造有限公司",
    "统一社会信用代码：91320400MA7X2K9L5Q",
    "第一条甲方应于二〇二四年六月三十日前将项目用地交付乙方，并完成场地平整和给排水、供电等配套工程，逾期交付的承担违约责任。",
]
TABLE = (
    ("期次", "条件", "金额（万元）"),
    ("第一期", "取得施工许可证", "1,200.00"),
    ("第二期", "竣工验收合格", "800.00"),
)


def page() -> Any:
    return cv2.cvtColor(np.asarray(Image.open(PAGE).convert("L")), cv2.COLOR_GRAY2BGR)


def read(pixels: Any) -> Document:
    out = io.BytesIO()
    Image.fromarray(pixels[:, :, ::-1]).save(out, "PNG", dpi=(171, 171))
    return picture.read(out.getvalue(), "a.png", Settings())


def plain(text: str) -> str:
    return text.translate(str.maketrans("()", "（）")).replace(" ", "")


def body(document: Document) -> list[str]:
    return [plain(document.text[block.start : block.end]) for block in document.blocks if block.kind != "table_row"]


def test_a_page_is_read_with_its_tables() -> None:
    document = read(page())
    assert body(document) == LINES
    assert tuple(tuple(plain(cell) for cell in row) for row in document.tables[0]) == TABLE
    assert plain(document.tables[1][0][1]) == "乙方（盖章）：恒远制造有限公司"
    assert all(0.8 < block.confidence < 1 for block in document.blocks)
    assert (document.status, document.pages, document.problems) == ("read", 1, ())


@pytest.mark.parametrize("turn", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE])
def test_a_turned_page_is_turned_back_and_its_boxes_stay_on_it(turn: int) -> None:
    turned = np.ascontiguousarray(cv2.rotate(page()[:430], turn))
    document = read(turned)
    assert body(document)[:4] == LINES[:4]
    assert body(document)[4].startswith("第一条甲方应于")
    assert ink_inside(turned, document, "恒远制造有限公司") > 0.1


def test_a_skewed_page_is_levelled_and_its_boxes_follow_the_lines() -> None:
    height, width = page().shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 2.0, 1)
    skewed = cv2.warpAffine(page(), matrix, (width, height), borderValue=(255, 255, 255))
    document = read(skewed)
    assert body(document) == LINES
    assert tuple(tuple(plain(cell) for cell in row) for row in document.tables[0]) == TABLE
    assert ink_inside(skewed, document, "逾期交付的承担违约责任") > 0.1


def ink_inside(pixels: Any, document: Document, words: str) -> float:
    """Share of dark pixels in the boxes of the words: text has a tenth and more, paper none."""
    start = document.text.index(words)
    boxes = document.boxes(start, start + len(words))
    assert boxes
    shares = [(pixels[int(b.y0) : int(b.y1), int(b.x0) : int(b.x1), 0] < 128).mean() for b in boxes]
    return float(min(shares))


def stamped(pixels: Any, x: int, y: int) -> Any:
    """A red seal of 4.2 cm laid over the words, as ink is: what is dark stays dark."""
    layer = np.full_like(pixels, 255)
    cv2.circle(layer, (x, y), 138, (30, 25, 205), 9)
    cv2.circle(layer, (x, y), 40, (30, 25, 205), -1)
    for angle in range(0, 360, 30):
        end = (int(x + 105 * np.cos(np.radians(angle))), int(y + 105 * np.sin(np.radians(angle))))
        cv2.circle(layer, end, 17, (30, 25, 205), 5)
    return np.minimum(pixels, layer)


def test_words_under_a_seal_are_read_and_the_seal_is_recorded() -> None:
    document = read(stamped(page(), 330, 690))
    (seal,) = document.seals
    assert seal.box is not None
    assert (seal.box.x0, seal.box.x1) == pytest.approx((330 - 142, 330 + 142), abs=8)
    assert plain(document.tables[1][0][0]) == "甲方（盖章）：云岭县人民政府"


def test_red_words_are_no_seal_and_stay() -> None:
    ground = np.full((300, 1000, 3), 255, np.uint8)
    words = page()[40:110, 380:620]
    ground[100:170, 380:620] = np.where(words < 128, np.array([40, 30, 210], np.uint8), 255)
    mask = red_mask(ground)
    assert seal_boxes(mask, UNIT) == []
    assert (without_red(ground, mask, UNIT) == ground)[mask].all()


def test_a_red_ground_is_left_alone() -> None:
    ground = np.full((200, 200, 3), (60, 60, 200), np.uint8)
    assert without_red(ground, red_mask(ground), UNIT) is ground


def test_a_part_of_a_seal_at_the_page_edge_counts() -> None:
    sheet = np.full((900, 700, 3), 255, np.uint8)
    cv2.circle(sheet, (740, 450), 138, (30, 25, 205), 9)
    cv2.circle(sheet, (740, 450), 80, (30, 25, 205), 9)
    (box,) = seal_boxes(red_mask(sheet), UNIT)
    assert box[2] == 700


def test_strokes_of_characters_are_no_rules() -> None:
    gray = np.asarray(page()[:, :, 0])
    top = [rule for rule in ruling_lines(np.ascontiguousarray(gray[:380]), UNIT) if rule[3] < 375]
    assert top == []


def test_a_long_screenshot_is_read_in_parts() -> None:
    long = np.vstack(
        [page()[:420], page()[120:420], page()[120:420], page()[120:420], page()[120:420], page()[120:420]]
    )
    assert long.shape[0] > 1.5 * long.shape[1]
    text = plain(read(cv2.resize(long[:, :700], None, fx=1.0, fy=1.0)).text)
    assert text.count("乙方：恒远制造有限公司") == 6
    assert text.count("91320400MA7X2K9L5Q") == 6


def test_a_lone_character_in_a_cell_is_not_overlooked() -> None:
    sheet = page()
    sheet[494:542, 84:296] = 255  # the cell 第一期
    cv2.line(sheet, (170, 518), (196, 518), (0, 0, 0), 2)  # 一
    assert plain(read(sheet).tables[0][1][0]) in ("一", "—", "-")


def test_a_blank_page_has_no_lines_and_no_doubts() -> None:
    found = recognise(np.full((400, 400, 3), 255, np.uint8), 1, UNIT, 1)
    assert (found.sheet.runs, found.score, found.doubtful, found.has_ink) == ((), 1.0, (), False)


def test_a_page_that_can_hardly_be_read_is_told() -> None:
    small = cv2.resize(page(), None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(0).normal(0, 40, page().shape)
    document = read(np.clip(cv2.resize(small, (1000, 840)) + noise, 0, 255).astype(np.uint8))
    assert [problem.code for problem in document.problems] == ["low_confidence"]
    assert document.problems[0].page == 1
    assert min(block.confidence for block in document.blocks) < 0.9


def test_a_page_on_which_nothing_could_be_read_is_not_taken_for_blank() -> None:
    document = read(cv2.GaussianBlur(page(), (0, 0), 6))
    assert document.status == "unreadable"
    assert [problem.code for problem in document.problems] == ["ocr_failed"]


def test_an_engine_that_fails_is_a_problem_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("out of luck")

    monkeypatch.setattr(ocr_engine, "line_boxes", broken)
    with pytest.raises(DocumentError) as caught:
        ocr_engine.text_lines(page(), 1)
    assert caught.value.code == "ocr_failed"
    document = read(page())
    assert (document.status, document.problems[0].code) == ("unreadable", "ocr_failed")
