import json
from pathlib import Path

ROWS = "合同,事项,完成日期,凭证\n投资 协议,标准厂房移交,2023-04-08,交接单\n投资 协议,县里组织慰问,2023-05-01,照片\n"


def test_obligations_are_written_and_summed_up(run, folder: Path, tmp_path: Path) -> None:
    rows = tmp_path / "履约情况.csv"
    rows.write_text(ROWS, encoding="utf-8")
    arguments = ("obligations", folder, "--as-of", "2024-06-30", "--performance", rows)
    first = run(*arguments, "-o", tmp_path / "一" / "duties.xlsx", "-o", tmp_path / "一" / "duties.ics")
    assert first.code == 0
    for words in ("未完整读取：0 份", "逾期履行 1", "开工率：0.0%（0÷1）", "待核凭证：1 行"):
        assert words in first.out
    run(*arguments, "-o", tmp_path / "二" / "duties.xlsx", "-o", tmp_path / "二" / "duties.ics")
    for name in ("duties.xlsx", "duties.ics"):
        assert (tmp_path / "一" / name).read_bytes() == (tmp_path / "二" / name).read_bytes()


def test_json_goes_to_the_screen_alone(run, folder: Path, tmp_path: Path) -> None:
    ran = run("obligations", folder, "--as-of", "2024-06-30", "--format", "json", "-o", tmp_path / "duties.ics")
    shown = json.loads(ran.out)
    assert [(duty["due"], duty["status"], duty["days_late"]) for duty in shown["duties"] if duty["due"]] == [
        ("2023-02-01", "overdue", 515)
    ]


def test_what_was_not_read_is_said_first_and_is_the_exit_code(run, folder: Path) -> None:
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 damaged")
    ran = run("obligations", folder, "--as-of", "2024-06-30")
    assert ran.code == 3
    assert ran.out.startswith("未完整读取：1 份")


def test_a_wrong_suffix_is_said_before_reading(run, folder: Path) -> None:
    ran = run("obligations", folder, "-o", "duties.pdf")
    assert ran.code == 2
    assert ".ics" in ran.err


def test_a_scan_says_which_evidence_found_no_place(run, folder: Path, tmp_path: Path) -> None:
    rows = tmp_path / "履约情况.csv"
    rows.write_text(ROWS, encoding="utf-8")
    ran = run("scan", folder, "--as-of", "2024-06-30", "--performance", rows, "-o", tmp_path / "全部.json")
    assert "履约凭证 1 行未对应到义务，须人工核对" in ran.out
    assert json.loads((tmp_path / "全部.json").read_text(encoding="utf-8"))["summary"]["unplaced"] == 1
