"""Hostile and broken Word files are refused with their reason, before they cost time or memory."""

import io
import zipfile
from pathlib import Path

import msgspec
import pytest
from docx_file import NAMESPACES, docx, p, r, read, tbl, tc, tr, zipped

from contract_audit import readers
from contract_audit.model import Document
from contract_audit.readers import read_bytes
from contract_audit.settings import Settings


def refused(data: bytes, **limits: int) -> Document:
    (found,) = read_bytes(data, "a.docx", msgspec.structs.replace(Settings(), **limits))
    assert found.status == "unreadable"
    assert found.text == ""
    return found


def with_document(xml: str | bytes) -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    bomb = with_document(b"<w:document>" + b" " * (300 * 1024 * 1024))
    found = refused(bomb)
    assert found.problems[0].code == "too_large"
    assert "压缩" in found.problems[0].message


def test_a_part_of_extreme_ratio_is_refused() -> None:
    assert refused(with_document(b" " * (5 * 1024 * 1024))).problems[0].code == "too_large"


def test_a_directory_that_lies_about_sizes_is_refused() -> None:
    data = bytearray(with_document(f"<w:document {NAMESPACES}>{'x' * 400_000}</w:document>"))
    at = data.rfind(b"PK\x01\x02")  # the last directory record is the document's
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refused(bytes(data)).problems[0].code == "damaged"


def test_too_many_entries_are_refused() -> None:
    files: dict[str, str | bytes] = {f"word/{n}.xml": "" for n in range(40)}
    assert refused(zipped(files), max_zip_entries=30).problems[0].code == "too_large"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        f"<!--{'x' * 5000}--><!DOCTYPE a [<!ENTITY x 'y'>]>",
    ],
)
def test_declared_entities_are_refused(doctype: str) -> None:
    xml = f'<?xml version="1.0"?>{doctype}<w:document {NAMESPACES}><w:body>{p("&x;")}</w:body></w:document>'
    found = refused(with_document(xml.replace("&amp;", "&")))
    assert found.problems[0].code == "damaged"


def test_deep_nesting_is_refused() -> None:
    body = "<w:sdt><w:sdtContent>" * 3000 + p("甲") + "</w:sdtContent></w:sdt>" * 3000
    assert refused(docx(body)).problems[0].code == "damaged"


def test_nested_tables_within_the_parsers_limit_are_read() -> None:
    body = "底"
    for _ in range(60):
        body = tbl([tc(p("层") + (body if body.startswith("<") else p(body))), "x"])
    assert "底" in read(body).text


def test_spans_beyond_what_word_allows_do_not_fill_the_memory() -> None:
    cells = [tc("a", '<w:gridSpan w:val="1000000"/>'), tc("b", '<w:gridSpan w:val="50"/>')]
    assert read(tbl(tr(cells), tr(["c", "d"]))).tables == ((("a", "b"), ("c", "d")),)


def test_broken_xml_is_damaged() -> None:
    assert refused(with_document(f"<w:document {NAMESPACES}><w:body>")).problems[0].code == "damaged"
    assert refused(with_document(b"\x00\x01")).problems[0].code == "damaged"


def test_a_truncated_file_is_damaged() -> None:
    assert refused(docx(p("甲" * 100))[:-30]).problems[0].code == "damaged"


def test_a_flipped_byte_is_damaged() -> None:
    data = bytearray(docx(p("甲方" * 2000)))
    at = data.find(b"PK", data.find(b"word/document.xml")) - 20
    data[at] ^= 0xFF
    assert refused(bytes(data)).problems[0].code == "damaged"


def test_an_encrypted_entry_asks_for_the_password() -> None:
    data = bytearray(docx(p("甲")))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1  # general purpose flag 0 in the directory: encrypted
        at += 4
    assert refused(bytes(data)).problems[0].code == "password"


def test_a_document_without_any_text_is_empty() -> None:
    assert refused(docx(p())).problems[0].code == "empty"


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(p("甲")))
    (found,) = readers.read(path, msgspec.structs.replace(Settings(), max_file_bytes=10))
    assert (found.status, found.problems[0].code) == ("unreadable", "too_large")


def test_a_broken_part_beside_the_body_is_said_too() -> None:
    data = docx(p(r("正文")), styles="<w:styles")
    assert refused(data).problems[0].code == "damaged"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "word/styles.xml" in archive.namelist()
