"""What a file is, by its bytes; names play no part."""

import struct

import pytest
from docx_file import docx, p, zipped

from contract_audit.errors import DocumentError
from contract_audit.readers.detect import detect
from contract_audit.settings import Settings

TEXT = "投资协议书\n甲方：某县人民政府\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(p("甲")), "docx"),
        (zipped({"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "xlsx"),
        (zipped({"xl/workbook.bin": "x", "[Content_Types].xml": "<x/>"}), "xlsb"),
        (zipped({"OFD.xml": "<x/>"}), "ofd"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
        (zipped({"合同/a.txt": "甲"}), "zip"),
        (b"{\\rtf1\\ansi x}", "rtf"),
        (b"\xef\xbb\xbf \n{\\rtf1 x}", "rtf"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\n" * 900 + b"%PDF-1.4 ...", "pdf"),
        (b"\xff\xd8\xff\xe0....", "jpg"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"II*\x00....", "tif"),
        (b"MM\x00*....", "tif"),
        (b"BM\x9a\x00\x00\x00\x00\x00\x00\x00", "bmp"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"<html><body>x</body></html>", "html"),
        (b"<!DOCTYPE html>\n<p>x</p>", "html"),
        ("\ufeff<html xmlns:w='urn'><body>甲</body></html>".encode("utf-16-le"), "html"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "mhtml"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "wordxml"),
        (TEXT.encode(), "txt"),
        (TEXT.encode("gb18030"), "txt"),
        (TEXT.encode("utf-16"), "txt"),
        (TEXT.encode("utf-16-le"), "txt"),
        ("甲方 <html> 不是网页".encode(), "txt"),
    ],
)
def test_kinds(data: bytes, kind: str) -> None:
    assert detect(data, Settings()) == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\x00", "empty"),
        (docx(p("甲"))[:-40], "damaged"),
        (zipped({"[Content_Types].xml": "<x/>"}), "damaged"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "unsupported"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.graphics"}), "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "unsupported"),
        (b"\x1f\x8b\x08\x00abc", "unsupported"),
        (b"MZ\x90\x00\x03", "unsupported"),
        (bytes(range(256)) * 8, "unsupported"),
    ],
)
def test_refusals_carry_a_code_and_a_remedy(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        detect(data, Settings())
    assert caught.value.code == code
    assert "请" in caught.value.message


def test_containers_of_old_office() -> None:
    assert detect(ole("WordDocument", b"\xec\xa5" + b"\x00" * 30), Settings()) == "doc"
    assert detect(ole("Workbook", b"\x09\x08"), Settings()) == "xls"
    for name, content in (
        ("EncryptedPackage", b"x"),
        ("WordDocument", b"\xec\xa5" + b"\x00" * 9 + b"\x01" + b"\x00" * 20),
    ):
        with pytest.raises(DocumentError) as caught:
            detect(ole(name, content), Settings())
        assert caught.value.code == "password"
    with pytest.raises(DocumentError, match="演示文稿"):
        detect(ole("PowerPoint Document", b"x"), Settings())


def ole(stream: str, content: bytes) -> bytes:
    """A compound file (MS-CFB) with one stream of at most 4096 bytes, which is padded to that length."""
    free, end, fat_mark, none = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    counts = (0, 1, 1, 0, 4096, end, 0, end, 0)  # sectors of directory and FAT, where they begin, mini stream, DIFAT
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header = struct.pack("<8s16x5H6x9I109I", *head, *counts, 0, *[free] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\x00\x00"
        return struct.pack("<64sHBBIII16xI8x8xIII", raw, len(raw), kind, 1, none, none, child, 0, start, size, 0)

    directory = entry("Root Entry", 5, 1, end, 0) + entry(stream, 2, none, 2, 4096) + b"\x00" * 256
    fat = struct.pack("<128I", fat_mark, end, *range(3, 10), end, *[free] * 118)
    return header + fat + directory + content.ljust(4096, b"\x00")
