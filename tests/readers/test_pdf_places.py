"""Every character leads back to its place on the page, whatever boxes and rotations the file has."""

import io

import numpy as np
import pypdfium2
import pytest
from pdf_file import LEFT, SIZE, at, grid, prose, write
from PIL import Image

from contract_audit.model import Box, Document
from contract_audit.readers import pdf
from contract_audit.settings import Settings

TEXT = "甲方应于签约后三十日内将项目用地交付乙方，并完成场地平整和给排水、供电、通信等配套工程，乙方应当配合。"
MARKED = "配套工程"


def read(data: bytes) -> Document:
    return pdf.read(data, "a.pdf", Settings())


def boxes_of(document: Document, words: str) -> tuple[Box, ...]:
    start = document.text.index(words)
    return document.boxes(start, start + len(words))


def test_boxes_stand_where_the_characters_were_drawn() -> None:
    (box,) = boxes_of(read(write([[at(100, 500, TEXT[:30])]])), "签约后")
    place = TEXT.index("签约后")
    assert box.x0 == pytest.approx(100 + place * SIZE, abs=0.5)
    assert box.x1 == pytest.approx(100 + (place + 3) * SIZE, abs=0.5)
    assert box.y0 < 500 < box.y1


def test_words_over_a_line_end_have_two_boxes() -> None:
    document = read(write([prose([TEXT])]))
    first, second = boxes_of(document, TEXT[32:36])
    assert first.y0 > second.y1
    assert second.x0 == pytest.approx(LEFT, abs=0.5)


@pytest.mark.parametrize("box", [None, (-50, -30, 545, 812)])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", ["1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_the_boxes_of_words_hold_the_ink_of_those_words(turn: str, rotate: int, box: tuple[int, ...] | None) -> None:
    """Only those words are drawn, then the page is rendered: all ink must lie in their box."""
    words = at(300, 400, "配套", turn=turn)
    data = write([[words]], rotate=rotate, box=box)
    found = boxes_of(read(data), "配套")
    ink = _ink(data)
    page = found[0]
    assert ink[0] >= page.x0 - 3 and ink[1] >= page.y0 - 3
    assert ink[2] <= page.x1 + 3 and ink[3] <= page.y1 + 3


def _ink(data: bytes) -> tuple[float, float, float, float]:
    """The box around all dark pixels, in user space, found without the code under test."""
    file = pypdfium2.PdfDocument(data)
    file[0].set_rotation(0)
    page = file[0]
    left, _, _, top = page.get_mediabox()
    image = np.asarray(page.render(scale=2).to_pil().convert("L"))
    rows, columns = np.nonzero(image < 128)
    file.close()
    return left + columns.min() / 2, top - rows.max() / 2, left + columns.max() / 2, top - rows.min() / 2


def test_every_character_of_every_block_has_one_border_on_each_side() -> None:
    page = [*prose([TEXT, TEXT]), *grid((72, 272, 472), (500, 480)), at(76, 485, "甲 方", 10), at(276, 485, "乙", 10)]
    document = read(write([page]))
    for block in document.blocks:
        for piece in block.pieces:
            assert block.start <= piece.start < piece.end <= block.end
            assert len(piece.edges) == piece.end - piece.start + 1
            assert list(piece.edges) == sorted(piece.edges)
    assert document.page_at(document.text.rindex("乙")) == 1


def test_a_picture_has_no_say_in_where_text_stands() -> None:
    ground = Image.new("RGB", (20, 20), "white")
    data = write([["q 595 0 0 842 0 0 cm /Im0 Do Q", *prose([TEXT, TEXT])]], images={"Im0": ground})
    assert io.BytesIO(data).getbuffer().nbytes > 0
    (box,) = boxes_of(read(data), MARKED)
    assert box.page == 1
