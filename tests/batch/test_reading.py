"""Old formats go through LibreOffice many a call. A stand-in for the program counts its calls."""

import os
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from contract_audit.batch.collect import Source
from contract_audit.batch.pool import Pool, Progress
from contract_audit.batch.reading import read_all
from contract_audit.settings import Settings

# Makes a copy of a prepared docx of every file; fails on the whole call where one of several files is marked.
STAND_IN = """#!{python}
import pathlib, sys
home = pathlib.Path({home!r})
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
files = [pathlib.Path(argument) for argument in sys.argv[sys.argv.index("--outdir") + 2:]]
with (home / "calls").open("a") as calls:
    calls.write(str(len(files)) + "\\n")
if any(b"crash" in file.read_bytes() for file in files):
    sys.exit(1)
out.mkdir()
for file in files:
    (out / (file.stem + ".docx")).write_bytes((home / "result.docx").read_bytes())
"""
RTF = rb"{\rtf1 old}"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "soffice"
    program.write_text(STAND_IN.format(python=sys.executable, home=str(tmp_path)), encoding="utf-8")
    program.chmod(0o755)
    result = docx.Document()
    result.add_paragraph("项目投资协议")
    result.save(str(tmp_path / "result.docx"))
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def read(paths: list[Path], spool: Path) -> tuple[list[str], list[int], list[str]]:
    """Names of the papers, files of each call, names of the files that gave no paper."""
    sources = [Source(path=str(path), name=path.name) for path in paths]
    spool.mkdir()

    def ignore(_: Progress) -> None:
        return None

    with Pool(1, 100, 1 << 30) as pool:
        papers, skipped = read_all(sources, pool, Settings(), str(spool), ignore)
    log = spool.parent / "calls"
    counts = [int(line) for line in log.read_text().splitlines()] if log.exists() else []
    return [paper.card.name for paper in papers], sorted(counts), [item.name for item in skipped]


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_files_of_a_folder_and_of_an_archive_are_converted_together(office: Path) -> None:
    paths = [written(office, f"{number}.doc", RTF) for number in range(5)]
    paths.insert(2, written(office, "新.txt", "项目投资协议".encode()))
    archive = office / "包.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for number in range(3):
            packed.writestr(f"{number}.wps", RTF)
    names, calls, skipped = read([*paths, archive], office / "spool")
    assert names == [
        "0.doc",
        "1.doc",
        "新.txt",
        "2.doc",
        "3.doc",
        "4.doc",
        "包.zip/0.wps",
        "包.zip/1.wps",
        "包.zip/2.wps",
    ]
    assert calls == [3, 5]
    assert skipped == []


def test_a_file_that_spoils_the_conversion_costs_only_itself(office: Path) -> None:
    paths = [
        written(office, "好.doc", RTF),
        written(office, "坏.doc", RTF + b"crash"),
        written(office, "也好.doc", RTF),
    ]
    names, _, _ = read(paths, office / "spool")
    assert names == ["好.doc", "坏.doc", "也好.doc"]
    assert (office / "calls").read_text().splitlines()[0] == "3"


def test_a_single_old_file_takes_a_single_call(office: Path) -> None:
    assert read([written(office, "一.doc", RTF)], office / "spool")[:2] == (["一.doc"], [1])
