"""Old formats through LibreOffice. A stand-in for the program shows how it is called, timed and killed."""

import base64
import io
import os
import shutil
import sys
import time
import zipfile
from pathlib import Path

import msgspec
import pytest
from docx_file import docx, level, lines, num, numbering, p, r, zipped
from test_detect import ole

from contract_audit import readers
from contract_audit.errors import DocumentError
from contract_audit.model import Block, Document
from contract_audit.readers import office, office_numbers, read_bytes
from contract_audit.settings import Settings

RTF = rb"{\rtf1\ansi\ansicpg936 \u25237?\u36164?\u21327?\u35758?\par \u30002?\u26041?\par}"

# Behaves as told by the content of the files: copies a prepared docx, hangs, or fails on the whole call.
STAND_IN = """#!{python}
import pathlib, sys, time
arguments = sys.argv[1:]
home = pathlib.Path({home!r})
with (home / "calls").open("a") as calls:
    calls.write(" ".join(arguments) + "\\n")
out = pathlib.Path(arguments[arguments.index("--outdir") + 1])
files = [pathlib.Path(argument) for argument in arguments[arguments.index("--outdir") + 2:]]
contents = [file.read_bytes() for file in files]
if any(b"hang" in content for content in contents):
    import subprocess
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (home / "child").write_text(str(child.pid))
    time.sleep(60)
if len(files) > 1 and any(b"crash" in content for content in contents):
    sys.exit(1)
out.mkdir()
for file, content in zip(files, contents):
    if b"crash" not in content:
        (out / (file.stem + ".docx")).write_bytes((home / "result.docx").read_bytes())
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose `soffice` comes first on the path; `calls` lists its calls."""
    program = tmp_path / "soffice"
    program.write_text(STAND_IN.format(python=sys.executable, home=str(tmp_path)), encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "result.docx").write_bytes(docx(p("转换结果")))
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def calls(folder: Path) -> list[str]:
    return (folder / "calls").read_text(encoding="utf-8").splitlines()


def test_a_converted_file_is_read_as_what_it_was(stand_in: Path) -> None:
    (found,) = read_bytes(RTF, "a.doc", Settings())
    assert (found.text, found.format, found.name, found.status) == ("转换结果", "rtf", "a.doc", "read")
    (call,) = calls(stand_in)
    assert "--headless" in call
    assert "-env:UserInstallation=file://" in call


def test_many_files_share_a_call_and_kinds_with_other_filters_do_not(stand_in: Path) -> None:
    files = [("rtf", RTF)] * 40 + [("html", b"<html>x</html>")]
    results = office.convert(files, Settings())
    assert all(isinstance(result, bytes) for result in results)
    assert [call.count(".rtf") for call in calls(stand_in)] == [30, 10, 0]
    assert "HTML (StarWriter)" in calls(stand_in)[-1]


def test_after_a_failed_batch_files_are_tried_one_by_one(stand_in: Path) -> None:
    results = office.convert([("rtf", RTF), ("rtf", b"{\\rtf crash}"), ("rtf", RTF)], Settings())
    assert [isinstance(result, bytes) for result in results] == [True, False, True]
    assert isinstance(results[1], DocumentError)
    assert results[1].code == "damaged"
    assert len(calls(stand_in)) == 4


def test_a_hanging_program_is_killed_with_its_children(stand_in: Path) -> None:
    settings = msgspec.structs.replace(Settings(), office_timeout_s=1.5)
    (found,) = read_bytes(b"{\\rtf hang}", "a.rtf", settings)
    assert found.problems[0].code == "timeout"
    child = int((stand_in / "child").read_text())
    assert is_gone(child)


def is_gone(process: int) -> bool:
    """True once the process has ended (or waits, dead, for whoever reaps orphans)."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_without_the_program_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_PLACES", ())
    (found,) = read_bytes(RTF, "a.wps", Settings())
    assert (found.status, found.problems[0].code) == ("unreadable", "needs_office")
    assert "LibreOffice" in found.problems[0].message


def test_conversion_ahead_of_reading(stand_in: Path, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.doc", "b.docx", "c.doc")]
    for path, data in zip(paths, (RTF, docx(p("本来就是")), ole("EncryptedPackage", b"x")), strict=True):
        path.write_bytes(data)
    folder = tmp_path / "converted"
    folder.mkdir()
    converted = readers.convert(paths, folder, Settings())
    assert list(converted) == [paths[0]]
    (found,) = readers.read(paths[0], Settings(), converted=converted[paths[0]])
    assert (found.text, found.format, found.name) == ("转换结果", "rtf", "a.doc")
    assert len(calls(stand_in)) == 1
    assert found.sha256 == read_bytes(RTF, "a.doc", Settings())[0].sha256


def test_numbers_that_the_conversion_garbles(stand_in: Path) -> None:
    def converted(*body: str, **parts: str) -> Document:
        (stand_in / "result.docx").write_bytes(docx(*body, **parts))
        return read_bytes(RTF, "a.rtf", Settings())[0]

    second = level(1, "%1.%2")
    mixed = numbering(level(0, "%1、", "chineseCounting", start=12), second)
    found = converted(p("x", num(0)), p("y", num(1)), numbering=mixed)
    assert lines(found) == ["十二、x", "12.1y"]
    assert [problem.code for problem in found.problems] == ["conversion_numbers"]
    lost = numbering(level(0, "?%1?", "chineseCounting"))
    assert lines(converted(p("x", num(0)), p("y", num(0)), numbering=lost)) == ["第一条x", "第二条y"]


@pytest.mark.parametrize(
    ("label", "mended"),
    [
        ("二.1", "2.1"),
        ("十二.1.3", "12.1.3"),
        ("柒.２.1", "7.2.1"),
        ("贰拾壹.1", "21.1"),
        ("1.2", "1.2"),
        ("第二条", "第二条"),
        ("（二）", "（二）"),
    ],
)
def test_series_of_numbers_are_arabic(label: str, mended: str) -> None:
    block = Block(kind="paragraph", start=0, end=1, label=label)
    found = office_numbers.mended(Document(name="a", sha256="", format="doc", status="read", text="x", blocks=(block,)))
    assert found.blocks[0].label == mended
    assert bool(found.problems) == (label != mended)


def test_input_fields_of_an_odt_are_plain_text_before_conversion(stand_in: Path) -> None:
    fields = '<text:p>crash<text:text-input text:description="">甲方</text:text-input></text:p>'
    files: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": fields}
    prepared = zipfile.ZipFile(io.BytesIO(office.prepared("odt", zipped(files))))
    assert prepared.read("content.xml").decode() == "<text:p>crash甲方</text:p>"
    assert prepared.infolist()[0].filename == "mimetype"


@pytest.mark.parametrize(("numeral", "third"), [("chineseCounting", "第三条"), ("decimal", "第3条")])
def test_articles_that_restart_after_a_chapter_run_on_and_are_doubted(stand_in: Path, numeral: str, third: str) -> None:
    chapters = numbering(level(0, "第%1章", "chineseCounting"), level(1, "第%2条", numeral))
    body = [p("x", num(index)) for index in (0, 1, 1, 0, 1)]
    (stand_in / "result.docx").write_bytes(docx(*body, numbering=chapters))
    (found,) = read_bytes(RTF, "a.rtf", Settings())
    assert [block.label for block in found.blocks][-2:] == ["第二章", third]
    assert [problem.code for problem in found.problems] == ["conversion_numbers"]
    assert found.status == "read"


def test_numbers_lost_on_several_levels_are_doubted(stand_in: Path) -> None:
    lost = numbering(level(0, "?%1?", "chineseCounting"), level(1, "?%2?", "chineseCounting"))
    (stand_in / "result.docx").write_bytes(docx(p("x", num(0)), p("y", num(1)), numbering=lost))
    (found,) = read_bytes(RTF, "a.rtf", Settings())
    assert [block.label for block in found.blocks] == ["?一?", "?一?"]
    assert [problem.code for problem in found.problems] == ["conversion_numbers"]


def test_input_fields_that_libreoffice_repeats_are_said(stand_in: Path) -> None:
    field = r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText> FILLIN x</w:instrText>")
    field += r('<w:fldChar w:fldCharType="separate"/>') + r("甲") + r('<w:fldChar w:fldCharType="end"/>')
    (stand_in / "result.docx").write_bytes(docx(p(field)))
    (found,) = read_bytes(RTF, "a.rtf", Settings())
    assert [problem.code for problem in found.problems] == ["conversion_fields"]


def test_a_web_archive_is_unpacked_first(stand_in: Path) -> None:
    page = "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n{}\n"
    body = base64.b64encode("<html><p>crash 网页</p></html>".encode("gb2312")).decode()
    data = f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\n{page.format(body)}--B--\n".encode()
    (found,) = read_bytes(data, "a.doc", Settings())
    assert found.problems[0].code == "damaged"  # the stand-in saw the decoded page and failed as told


def test_the_real_program_reads_rtf_or_its_absence_is_said() -> None:
    (found,) = read_bytes(RTF, "a.doc", Settings())
    if office.installed():
        assert lines(found) == ["投资协议", "甲方"]
    else:
        assert found.problems[0].code == "needs_office"


def test_an_old_file_is_read_where_the_program_is_and_its_remedy_named_where_not() -> None:
    (document,) = read_bytes(RTF, "旧.doc", Settings())
    if shutil.which("soffice") or shutil.which("libreoffice"):
        assert (document.status, document.format, document.text) == ("read", "rtf", "投资协议\n甲方")
    else:
        assert [problem.code for problem in document.problems] == ["needs_office"]
