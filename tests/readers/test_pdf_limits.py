"""Broken, locked and hostile PDFs: each refused or partly read, with its reason."""

from collections.abc import Callable

import msgspec
import pytest
from pdf_file import at, placed, prose, write
from PIL import Image

from contract_audit.errors import DocumentError
from contract_audit.model import Document
from contract_audit.readers import ocr, pdf, pdf_page, read_bytes
from contract_audit.settings import Settings

TEXT = "甲方应于签约后三十日内将项目用地交付乙方，并完成场地平整和给排水、供电、通信等配套工程，乙方应当配合。"


OTHER = "乙方应当自取得施工许可证之日起三十日内开工建设，并于开工之日起十八个月内竣工投产，逾期的承担违约责任。"


def read(data: bytes, **limits: int) -> Document:
    return pdf.read(data, "a.pdf", msgspec.structs.replace(Settings(), **limits))


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)


def scan() -> bytes:
    return write([[placed("Im0", 0, 0, 595, 842)]], images={"Im0": Image.new("RGB", (60, 80), "white")})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (write([prose([TEXT])], password="geheim"), "password"),
        (write([prose([TEXT])])[:400], "damaged"),
        (b"%PDF-1.7\n" + b"\x00garbage" * 50, "damaged"),
        (write([[]]), "empty"),
    ],
    ids=["password", "truncated", "garbage", "blank"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(data)
    assert caught.value.code == code
    (document,) = read_bytes(data, "a.pdf", Settings())
    assert (document.status, document.problems[0].code) == ("unreadable", code)


def test_an_owner_password_does_not_stop_reading() -> None:
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(write([prose([TEXT])]))) as file:
        file.save(out, encryption=pikepdf.Encryption(owner="x", user=""))
    assert read(out.getvalue()).text == TEXT


def test_pages_beyond_the_limit_are_listed_as_unread() -> None:
    document = read(write([prose([TEXT]), prose([OTHER]), prose([TEXT]), []]), max_pages=2)
    assert (document.status, document.pages) == ("partly_read", 4)
    assert [(problem.code, problem.page) for problem in document.problems] == [("page_limit", 3)]
    assert "共 4 页" in document.problems[0].message


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    document = read(scan(), max_image_pixels=1_000)
    assert (document.status, document.text) == ("unreadable", "")
    assert [(problem.code, problem.page) for problem in document.problems] == [("too_large", 1)]


def test_a_page_with_more_characters_than_a_page_has_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_page, "MAX_CHARACTERS", 30)
    document = read(write([prose([TEXT])]))
    assert document.status == "partly_read"
    assert document.problems[0].code == "too_large"


@pytest.mark.usefixtures("without_ocr")
def test_without_recognition_a_scanned_page_is_listed_with_what_to_install() -> None:
    (problem,) = read(scan()).problems
    assert (problem.code, problem.page) == ("needs_ocr", 1)
    assert 'pip install "contract_audit[ocr]"' in problem.message


@pytest.mark.usefixtures("without_ocr")
def test_scanned_pages_are_told_page_by_page() -> None:
    images = {"Im0": Image.new("RGB", (60, 80), "white")}
    document = read(write([prose([TEXT]), [placed("Im0", 0, 0, 595, 842)], prose([OTHER])], images=images))
    assert document.status == "partly_read"
    assert [problem.page for problem in document.problems] == [2]
    assert document.text == f"{TEXT}\n{OTHER}"


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize(
    "layer",
    [
        lambda: [placed("Im0", 0, 0, 595, 842), *(item.replace("0 Tr", "3 Tr") for item in prose([TEXT]))],
        lambda: [*prose([TEXT]), placed("Im0", 0, 0, 595, 842)],
    ],
    ids=["invisible", "beneath"],
)
def test_a_foreign_text_layer_is_kept_but_not_trusted(layer: Callable[[], list[str]]) -> None:
    document = read(write([layer()], images={"Im0": Image.new("RGB", (60, 80), "white")}))
    assert document.text == TEXT
    assert [problem.code for problem in document.problems] == ["needs_ocr"]
    assert document.hidden == ()


@pytest.mark.usefixtures("without_ocr")
def test_a_large_picture_beside_text_is_told() -> None:
    images = {"Im0": Image.new("RGB", (60, 60), "white")}
    document = read(write([[*prose([TEXT]), placed("Im0", 100, 100, 400, 400)]], images=images))
    assert (document.status, document.text) == ("partly_read", TEXT)
    assert [problem.code for problem in document.problems] == ["needs_ocr"]


@pytest.mark.usefixtures("without_ocr")
def test_garbled_text_is_not_taken_for_text() -> None:
    jumbled = "".join(chr(0x4E00 + (ord(char) * 7919) % 20_000) for char in TEXT * 2)
    document = read(write([prose([jumbled])]))
    assert (document.status, document.text) == ("unreadable", "")
    assert document.problems[0].code == "needs_ocr"


def test_a_page_of_one_word_is_read() -> None:
    assert read(write([[at(100, 500, "附件")]])).text == "附件"
