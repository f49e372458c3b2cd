import os
from pathlib import Path

import pytest
import xlsxwriter

from contract_audit.batch import collect
from contract_audit.batch.collect import display_name
from contract_audit.errors import UsageError
from contract_audit.reports.identity import GENERATOR


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_a_folder_is_read_with_everything_below_in_fixed_order(tmp_path: Path) -> None:
    _touch(tmp_path, "b 协议.docx", "子 目录/附件.PDF", "子 目录/扫描.jpg", "a.txt", "卷.zip", "无后缀")
    names = [source.name for source in collect((tmp_path,)).sources]
    assert names == ["a.txt", "b 协议.docx", "卷.zip", "无后缀", "子 目录/扫描.jpg", "子 目录/附件.PDF"]


def test_companions_locks_and_hidden_files_are_left_aside(tmp_path: Path) -> None:
    _touch(
        tmp_path, "a.docx", "a.performance.csv", "a.local.yaml", "a.gold.json", "~$a.docx", ".~lock.a.docx#", ".git/x.docx",
        "Thumbs.db", "findings.jsonl", "x.sarif",
    )  # fmt: skip
    collected = collect((tmp_path,))
    assert [source.name for source in collected.sources] == ["a.docx"]
    assert collected.notes == ()


def test_other_files_are_counted_in_a_note(tmp_path: Path) -> None:
    _touch(tmp_path, "a.docx", "片.mp4", "图.dwg", "二.dwg")
    assert collect((tmp_path,)).notes == ("文件夹中另有不是文书的文件未读取：.dwg 2 个、.mp4 1 个",)


def test_our_own_reports_are_known_by_their_mark_not_their_name(tmp_path: Path) -> None:
    for name, keywords in (("清单.xlsx", GENERATOR), ("附件一览.xlsx", "")):
        with xlsxwriter.Workbook(tmp_path / name) as book:
            book.set_properties({"keywords": keywords})
            book.add_worksheet()
    (tmp_path / "报告.html").write_text(f'<meta name="generator" content="{GENERATOR}">', encoding="utf-8")
    (tmp_path / "网页合同.html").write_text("<p>合同</p>", encoding="utf-8")
    assert [source.name for source in collect((tmp_path,)).sources] == ["网页合同.html", "附件一览.xlsx"]


def test_a_file_given_by_name_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    _touch(tmp_path, "合同.bak")
    assert [source.name for source in collect((tmp_path / "合同.bak",)).sources] == ["合同.bak"]


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    _touch(tmp_path, "外/秘密.docx", "卷/a.docx")
    (tmp_path / "卷" / "链接.docx").symlink_to(tmp_path / "外" / "秘密.docx")
    collected = collect((tmp_path / "卷",))
    assert [source.name for source in collected.sources] == ["a.docx"]
    assert [(item.name, item.code) for item in collected.skipped] == [("链接.docx", "link")]


def test_pipes_loops_and_dead_links_are_refused_not_opened(tmp_path: Path) -> None:
    _touch(tmp_path, "a.docx")
    os.mkfifo(tmp_path / "管道.docx")
    os.mkfifo(tmp_path / "管道.xlsx")
    (tmp_path / "环").symlink_to("环")
    (tmp_path / "断.docx").symlink_to("没有.docx")
    collected = collect((tmp_path,))
    assert [source.name for source in collected.sources] == ["a.docx"]
    assert {item.name for item in collected.skipped} == {"管道.docx", "管道.xlsx", "环", "断.docx"}
    with pytest.raises(UsageError, match="不是普通文件"):
        collect((tmp_path / "管道.docx",))


def test_several_roots_keep_names_apart_and_files_single(tmp_path: Path) -> None:
    _touch(tmp_path, "甲县/协议.docx", "乙县/协议.docx")
    roots = (tmp_path / "甲县", tmp_path / "乙县", tmp_path / "甲县" / "协议.docx")
    assert [source.name for source in collect(roots).sources] == ["甲县/协议.docx", "乙县/协议.docx"]


def test_names_in_gbk_are_shown_as_text() -> None:
    assert display_name(os.fsdecode("协议.docx".encode("gbk"))) == "协议.docx"


def test_missing_paths_and_empty_folders_are_errors_of_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="找不到"):
        collect((tmp_path / "没有",))
    with pytest.raises(UsageError, match="没有可审查的文件"):
        collect((tmp_path,))
