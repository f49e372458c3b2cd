import json
import shutil
import zipfile
from pathlib import Path

import pytest

from contract_audit.reports import WRITERS
from contract_audit.settings import rules_dir


def _findings(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_folder_becomes_reports_and_five_lines(run, folder: Path, tmp_path: Path) -> None:
    outputs = [tmp_path / "输出" / f"结果{suffix}" for suffix in WRITERS]
    options = [part for path in outputs for part in ("-o", path)]
    ran = run("scan", folder, *options, "--as-of", "2024-06-30", "--jobs", "2")
    assert ran.code == 0, ran.err
    assert all(path.stat().st_size for path in outputs)
    lines = ran.out.splitlines()[-5:]
    assert [line.partition("：")[0] for line in lines] == [
        "文件",
        "未完整读取",
        "问题",
        "逾期义务（已计入问题）",
        "未判定",
    ]
    assert "2024年6月30日" in lines[0]
    findings = _findings(tmp_path / "输出" / "结果.jsonl")
    assert {"illegal.tax_linked_reward", "delivery.overdue"} <= {finding["category"] for finding in findings}
    assert {finding["document"] for finding in findings} == {"2023年/投资 协议.txt"}


def test_the_same_scan_gives_the_same_bytes_for_any_number_of_jobs(run, folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "2023年" / "投资 协议.txt", folder / "另一份.txt")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 damaged")
    results = []
    for jobs in ("1", "2"):
        outputs = [tmp_path / jobs / f"结果{suffix}" for suffix in WRITERS]
        run(
            "scan",
            folder,
            *[part for path in outputs for part in ("-o", path)],
            "--as-of",
            "2024-06-30",
            "--jobs",
            jobs,
        )
        results.append([path.read_bytes() for path in outputs])
    assert results[0] == results[1]


@pytest.mark.parametrize(("gate", "code"), [("high", 1), ("low", 1), (None, 0)])
def test_the_gate_decides_the_exit_code(run, folder: Path, gate: str | None, code: int) -> None:
    assert run("scan", folder, "--as-of", "2024-06-30", *(("--fail-on", gate) if gate else ())).code == code


def test_evidence_settles_a_duty(run, folder: Path, tmp_path: Path) -> None:
    evidence = tmp_path / "履约.csv"
    rows = (
        "合同,事项,完成日期,凭证",
        "投资 协议,标准厂房15600平方米交付,2023-04-01,交接单",
        "无此合同,某事,2023-04-01,",
    )
    evidence.write_text("\n".join(rows), encoding="utf-8")
    ran = run("scan", folder, "--as-of", "2024-06-30", "--performance", evidence, "-o", tmp_path / "f.jsonl")
    (late,) = [finding for finding in _findings(tmp_path / "f.jsonl") if finding["category"] == "delivery.overdue"]
    assert "59" in str(late["message"])
    assert "已完成（迟延）1 项" in ran.out
    assert "无此合同" in ran.err


def test_bad_files_are_named_and_the_rest_is_done(run, folder: Path, tmp_path: Path) -> None:
    (folder / "空.docx").write_bytes(b"")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7\n garbage")
    with zipfile.ZipFile(folder / "卷.zip", "w") as archive:
        archive.write(folder / "2023年" / "投资 协议.txt", "协议.txt")
        archive.writestr("坏.docx", b"PK\x03\x04 damaged")
    ran = run("scan", folder, "-o", tmp_path / "f.jsonl", "--as-of", "2024-06-30", "--fail-on", "high")
    assert ran.code == 3
    for name in ("空.docx", "坏.pdf", "卷.zip/坏.docx"):
        assert any(name in line and "：" in line for line in ran.err.splitlines()), name
    assert {finding["document"] for finding in _findings(tmp_path / "f.jsonl")} == {
        "2023年/投资 协议.txt",
        "卷.zip/协议.txt",
    }
    assert "未完整读取：3 份" in ran.out


def test_one_output_that_cannot_be_written_does_not_cost_the_other(run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "占位").write_bytes(b"")
    ran = run("scan", folder, "-o", tmp_path / "占位" / "a.xlsx", "-o", tmp_path / "b.jsonl")
    assert ran.code == 2
    assert "a.xlsx" in ran.err
    assert _findings(tmp_path / "b.jsonl")


def test_a_broken_rule_is_named_and_the_others_still_run(run, folder: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(rules_dir(), rules)
    broken = sorted(rules.glob("delivery/*.yaml"))[-1]
    broken.write_text(broken.read_text(encoding="utf-8") + "\nsevereness: high\n", encoding="utf-8")
    ran = run("scan", folder, "--rules", rules, "-o", tmp_path / "f.jsonl", "--as-of", "2024-06-30")
    assert ran.code == 2
    assert broken.name in ran.err and "severeness" in ran.err
    assert _findings(tmp_path / "f.jsonl")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("没有这个文件夹",), "找不到"),
        ((".", "-o", "结果.docm"), "不认识的输出格式"),
        ((".", "--as-of", "去年"), "2026-06-30"),
        ((".", "--jobs", "0"), "不小于 1"),
        ((".", "--mode", "final"), "signed、draft"),
        ((".", "--fail-on", "critical"), "high、medium、low"),
        ((".", "--outputs", "x"), "没有选项 --outputs，是否指 --output"),
        ((".", "-o"), "-o"),
        ((".", "--performance", "没有.csv"), "没有.csv"),
        ((".", "--local", "没有.yaml"), "没有.yaml"),
        ((".", "--rules", "没有规则"), "pack.yaml"),
    ],
)
def test_wrong_use_is_one_chinese_line(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("scan", *arguments)
    assert ran.code == 2 and ran.out == ""
    assert words in ran.err and len(ran.err.strip().splitlines()) == 1


def test_a_folder_without_documents_says_so(run, tmp_path: Path) -> None:
    ran = run("scan", tmp_path)
    assert ran.code == 2 and "没有可审查的文件" in ran.err


def test_two_agreements_in_one_file_are_two_documents(run, folder: Path, tmp_path: Path) -> None:
    text = (folder / "2023年" / "投资 协议.txt").read_text(encoding="utf-8")
    other = text.replace("恒远制造", "启明电子").replace("云岭县产业项目投资协议书", "标准厂房租赁合同")
    both = tmp_path / "两份.txt"
    both.write_text(text + other, encoding="utf-8")
    run("scan", both, "-o", tmp_path / "f.jsonl", "--as-of", "2024-06-30")
    assert {finding["document"] for finding in _findings(tmp_path / "f.jsonl")} == {"两份.txt#1", "两份.txt#2"}
