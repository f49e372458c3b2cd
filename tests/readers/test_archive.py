"""Zip archives of documents."""

import io
import zipfile

import msgspec
from docx_file import docx, p, zipped

from contract_audit.model import Document
from contract_audit.readers import read_bytes
from contract_audit.settings import Settings

TEXT = "投资协议书\n甲方：某县人民政府\n".encode()


def read(data: bytes, **limits: int) -> list[Document]:
    return list(read_bytes(data, "a.zip", msgspec.structs.replace(Settings(), **limits)))


def test_members_are_documents_in_name_order() -> None:
    found = read(zipped({"合同/b.docx": docx(p("乙")), "a.txt": TEXT, "合同/": b""}))
    assert [(document.name, document.format) for document in found] == [
        ("a.zip/a.txt", "txt"),
        ("a.zip/合同/b.docx", "docx"),
    ]


def test_names_without_the_utf8_flag_are_gbk() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("X" * 13 + ".txt", TEXT)
    raw = "投资协议.txt".encode("gbk")
    data = buffer.getvalue().replace(b"X" * 13 + b".txt", raw.rjust(17, b"_"))
    assert [document.name for document in read(data)] == ["a.zip/_____投资协议.txt"]


def test_what_is_no_document_is_left_out() -> None:
    found = read(zipped({"a.txt": TEXT, "~$b.docx": b"x", "__MACOSX/a.txt": TEXT, ".c.txt": TEXT, "d.exe": b"MZ"}))
    assert [document.name for document in found] == ["a.zip/a.txt"]


def test_one_archive_inside_another_but_no_deeper() -> None:
    deepest = zipped({"c.txt": TEXT})
    found = read(zipped({"x.zip": zipped({"b.txt": TEXT, "y.zip": deepest})}))
    assert [(document.name, document.status) for document in found] == [
        ("a.zip/x.zip/b.txt", "read"),
        ("a.zip/x.zip/y.zip", "unreadable"),
    ]
    assert "解压" in found[1].problems[0].message


def test_a_bad_member_costs_only_itself() -> None:
    found = read(zipped({"a.docx": b"PK\x03\x04garbage", "b.txt": TEXT, "c.zip": zipped({"d.txt": TEXT})[:-10]}))
    assert [document.status for document in found] == ["unreadable", "read", "unreadable"]
    assert {problem.code for document in found for problem in document.problems} == {"damaged"}


def test_an_archive_without_documents_says_so() -> None:
    (found,) = read(zipped({"a.exe": b"MZ"}))
    assert (found.name, found.problems[0].code) == ("a.zip", "empty")


def test_limits_hold_for_archives() -> None:
    data = zipped({f"{n}.txt": TEXT for n in range(20)})
    assert read(data, max_zip_entries=10)[0].problems[0].code == "too_large"
    assert read(data, max_zip_bytes=100)[0].problems[0].code == "too_large"


def test_a_name_that_leads_out_of_the_archive_or_has_no_suffix_is_read_all_the_same() -> None:
    found = read(zipped({"../../b.txt": TEXT, "协议": TEXT}))
    assert [(document.name, document.status) for document in found] == [("a.zip/b.txt", "read"), ("a.zip/协议", "read")]
