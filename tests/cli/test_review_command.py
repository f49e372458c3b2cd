import json
from pathlib import Path

from click.testing import CliRunner

from contract_audit.cli import command

DRAFT = """云岭县项目投资协议书（送审稿）
甲方：云岭县人民政府
乙方：恒远制造有限公司
一、{clause}
二、乙方依法开展生产经营。
甲方（盖章）：云岭县人民政府
乙方（盖章）：恒远制造有限公司
签订日期：    年  月  日
"""
TAX = "甲方按乙方缴纳增值税地方留成部分的60%给予奖励。"


def _write(folder: Path, name: str, clause: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(DRAFT.format(clause=clause), encoding="utf-8")
    return path


def test_a_draft_gets_its_folder_of_papers_and_the_gate_its_exit_code(tmp_path: Path) -> None:
    draft = _write(tmp_path / "送审", "甲.txt", TAX)
    _write(tmp_path / "送审", "乙.txt", "甲方协助乙方办理手续。")
    arguments = [
        "review",
        str(draft),
        "--earlier",
        str(draft.parent),
        "--as-of",
        "2026-06-30",
        "--jobs",
        "1",
        "-o",
        str(tmp_path / "评审"),
    ]
    result = CliRunner().invoke(command, [*arguments, "--fail-on", "修改"], standalone_mode=False)
    assert result.return_value == 1
    assert [path.name for path in (tmp_path / "评审").iterdir()] == ["甲"]
    names = {path.name for path in (tmp_path / "评审" / "甲").iterdir()}
    assert {"联合评审意见表.docx", "人工核实清单.docx", "修改通知.docx", "评审意见单_财政.docx"} <= names
    gate = CliRunner().invoke(command, [*arguments, "--fail-on", "退回"], standalone_mode=False)
    assert gate.return_value == 0


def test_earlier_papers_are_compared_but_not_reviewed_and_rounds_go_by_name(tmp_path: Path) -> None:
    _write(tmp_path / "送审", "甲.txt", TAX)
    _write(tmp_path / "送审", "乙.txt", "甲方协助乙方办理手续。")
    _write(tmp_path / "以前", "旧.txt", TAX)
    _write(tmp_path / "上一稿", "甲.txt", "甲方将土地出让金全额返还乙方。")
    _write(tmp_path / "上一稿", "乙.txt", "甲方协助乙方办理手续。")
    arguments = ["review", str(tmp_path / "送审"), "--earlier", str(tmp_path / "以前"), "--as-of", "2026-06-30"]
    result = CliRunner().invoke(
        command,
        [*arguments, "--previous", str(tmp_path / "上一稿"), "--format", "json", "--jobs", "1"],
        standalone_mode=False,
    )
    reviews = {Path(review["document"]).name: review for review in json.loads(result.stdout)}
    assert set(reviews) == {"甲.txt", "乙.txt"}
    assert [change["kind"] for change in reviews["甲.txt"]["changes"]] == ["new", "gone"]
    assert reviews["乙.txt"]["changes"] == []
    assert [finding["category"] for finding in reviews["甲.txt"]["solved"]] == ["illegal.land_premium_refund"]


def test_sums_of_the_promises_reach_the_papers(tmp_path: Path) -> None:
    draft = _write(tmp_path / "送审", "甲.txt", "乙方装修后，甲方按每户1,000元给予补助，累计不超过200万元。")
    arguments = ["review", str(draft), "--as-of", "2026-06-30", "--jobs", "1", "--format", "json"]
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    (promise,) = json.loads(result.stdout)[0]["promises"]
    assert (promise["low"], promise["high"]) == ("0", "2000000")
