"""The front door: paths in, documents out, never an exception for bad content."""

from pathlib import Path

import pytest
from docx_file import docx, p
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_audit import readers
from contract_audit.settings import Settings

WORD = docx(p("甲方应当按照约定交付土地。"), p("乙方应当按期开工。"))


def test_name_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "投资 协议.docx"
    path.write_bytes(WORD)
    (found,) = readers.read(path, Settings())
    assert found.name == "投资 协议.docx"
    assert len(found.sha256) == 64
    assert readers.read(path, Settings(), name="子目录/投资 协议.docx")[0].name == "子目录/投资 协议.docx"


def test_content_decides_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(WORD)
    (found,) = readers.read(path, Settings())
    assert (found.format, found.status) == ("docx", "read")


def test_a_missing_file_is_an_unreadable_document(tmp_path: Path) -> None:
    (found,) = readers.read(tmp_path / "无.docx", Settings())
    assert (found.status, found.problems[0].code) == ("unreadable", "unreachable")


@pytest.mark.parametrize("data", [b"Rar!\x1a\x07\x01\x00x", b"7z\xbc\xaf\x27\x1c\x00\x04"])
def test_archives_that_cannot_be_opened_name_the_remedy(data: bytes) -> None:
    (found,) = readers.read_bytes(data, "a.rar", Settings())
    assert found.problems[0].code == "unsupported"
    assert "解压" in found.problems[0].message


def test_every_format_has_a_reader_module() -> None:
    folder = Path(readers.__file__).parent
    assert {module for module in readers.FORMATS.values() if not (folder / f"{module}.py").is_file()} == set()


@given(st.integers(0, len(WORD) - 1), st.integers(0, 255), st.integers(0, len(WORD)))
@settings(max_examples=300, deadline=None)
def test_damage_never_escapes_as_an_exception(at: int, byte: int, cut: int) -> None:
    flipped = bytearray(WORD)
    flipped[at] = byte
    for data in (bytes(flipped), WORD[:cut]):
        (found,) = readers.read_bytes(data, "a.docx", Settings())
        assert found.status == "read" or found.problems


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_document(data: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"):
        (found,) = readers.read_bytes(head + data, "a", Settings())
        assert found.status == "read" or found.problems
