"""Packages put together from compressed parts are those that the standard library writes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from contract_audit.reports.zip_bytes import deflated, joined, same_bytes

PARTS = {"[Content_Types].xml": b"<Types/>", "word/正文.xml": "甲方".encode() * 5000, "空.xml": b""}


def test_a_package_has_the_bytes_of_the_standard_library_and_keeps_its_order() -> None:
    written = BytesIO()
    with ZipFile(written, "w") as package:
        for name, content in PARTS.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = ZIP_DEFLATED, 0
            package.writestr(info, content)
    made = joined(deflated(name, content) for name, content in PARTS.items())
    assert made == written.getvalue()
    with ZipFile(BytesIO(made)) as package:
        assert package.testzip() is None
        assert {entry.filename: package.read(entry) for entry in package.infolist()} == PARTS
    assert same_bytes(made) == made
