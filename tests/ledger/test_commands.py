"""The commands as a person types them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from scans import NOW, finding, lines_file

from contract_audit.cli import ledger_changes, ledger_options, ledger_tables, main


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `contract-audit ledger …` on an empty ledger, as 王芳, on a fixed day."""
    monkeypatch.setenv("CONTRACT_AUDIT_LEDGER", place)
    monkeypatch.setenv("CONTRACT_AUDIT_WHO", "王芳")
    for module in (ledger_changes, ledger_options, ledger_tables):
        monkeypatch.setattr(module, "now", _now)

    def call(*arguments: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["contract-audit", "ledger", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        assert isinstance(left.value.code, int)
        captured = capsys.readouterr()
        return Ran(left.value.code, captured.out, captured.err)

    assert call("init", "--start", "2026-01-01").code == 0
    return call


def _now() -> datetime:
    return NOW


@pytest.fixture
def taken(run: Run, tmp_path: Path) -> Run:
    """The ledger with three items."""
    findings = [finding(f"按{share}%返还", text=str(share), rule="TAX003") for share in (50, 60, 70)]
    lines_file(tmp_path, findings)
    assert "新增3，未变0" in run("take", tmp_path / "findings.jsonl").out
    return run


def test_from_finding_to_striking_off(taken: Run, tmp_path: Path) -> None:
    run = taken
    assert run("move", 1, 2, "--to", "确认").out == "第1、2项已转为“确认”\n"
    assert run("move", 1, "--to", "整改中").err == "错误：第1项：进入整改须先明确整改责任单位（--unit）\n"
    assert run("assign", 1, "--unit", "财政局", "--owner", "李强", "--due", "2026-06-01").code == 0
    assert run("move", 1, "--to", "整改中").code == 0
    assert "逾期29天，提醒责任单位" in run("overdue", "--as-of", "2026-06-30").out
    assert run("move", 1, "--to", "待核查", "--feedback", "已签补充协议").code == 0
    paper = tmp_path / "补充协议.pdf"
    paper.write_bytes(b"x")
    assert run("prove", 1, paper, "--date", "2026-06-29").code == 0
    refused = run("move", 1, "--to", "销号")
    assert (refused.code, "第二人" in refused.err) == (2, True)
    assert run("move", 1, "--to", "销号", "--who", "赵六").code == 0
    shown = run("show", 1).out
    for words in ("状态：销号", "凭证：补充协议.pdf", "销号：2026-06-30 赵六", "待核查→销号", "赵六 变更状态"):
        assert words in shown
    assert "王芳 修改（整改责任单位→财政局，责任人→李强，整改时限→2026-06-01）\n" in shown
    assert "整改中→待核查（整改情况→已签补充协议）\n" in shown
    stats = run("stats", "--as-of", "2026-06-30").out
    assert "合计：共3（线索1，确认1，销号1）整改率 50.0%" in stats
    assert "目标 2026-12-31 前 60%：现 50.0%，还差1项" in stats


def test_several_at_once_go_together_or_not_at_all(taken: Run) -> None:
    assert taken("move", 1, 99, "--to", "确认").err == "错误：台账中没有第 99 项\n"
    assert "共3项" in taken("list", "--state", "线索").out


def test_list_search_and_filters(taken: Run) -> None:
    assert taken("search", "60%").out.count("\n") == 2
    assert "共0项" in taken("list", "--source", "审计").out
    wrong = taken("list", "--state", "办结")
    assert (wrong.code, "不在可选值之内：线索、确认" in wrong.err) == (2, True)


def test_export_and_edit_back(taken: Run, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    out = taken("export", "-o", path).out
    anchor = out.partition("校验值 ")[2].strip()
    book = openpyxl.load_workbook(path)
    assert anchor in str(list(book["说明"].iter_rows(values_only=True))[1])
    book["台账"]["B2"].value = "移送"
    book.save(path)
    result = taken("edit-back", path)
    assert (result.code, "接收单位" in result.err) == (1, True)
    assert taken("verify", "--anchor", anchor).code == 0
    assert taken("verify", "--anchor", "99-0123456789abcdef").code == 1


def test_import_shows_its_guess_and_asks(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    path = tmp_path / "投诉.xlsx"
    book = openpyxl.Workbook()
    for row in (("企业", "反映问题", "承办单位", "内部编码"), ("某公司", "欠付工程款", "住建局", "A-1")):
        book.active.append(row)
    book.save(path)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    asked = run("import", path, "--source", "投诉")
    assert "反映问题→存在问题，承办单位→整改责任地区（单位），内部编码→按原列名留存" in asked.out
    assert "没有导入" in asked.out
    assert "新增1项" in run("import", path, "--source", "投诉", "--yes").out
    assert "内部编码：A-1" in run("show", 1).out


def test_merge_note_set_handover(taken: Run, tmp_path: Path) -> None:
    assert taken("merge", 2, 1, "--words", "同一条款").code == 0
    assert "共2项" in taken("list").out
    assert taken("note", 3, "已电话核实").code == 0
    assert "已电话核实" in taken("show", 3).out
    assert taken("assign", 1, "--unit", "招商局", "--owner", "李强", "--promised", "年底兑付").code == 0
    table = tmp_path / "机构沿革.csv"
    table.write_text("原名称,现名称,变更日期,承接单位\n招商局,,2024-01-01,商工局\n", encoding="utf-8")
    settings = ("--milestone", "2026-12-31=60%", "--escalate", "10=约谈", "--renamed-rule", "TAX003=TAX103")
    assert "第1项" in taken("set", *settings, "--institutions", table).out
    assert "整改责任单位：商工局" in taken("show", 1).out
    assert taken("set", "--milestone", "年底").code == 2
    listed = taken("handover", "--unit", "商工局", "-o", tmp_path / "移交.xlsx")
    assert ("未结1项" in listed.out, (tmp_path / "移交.xlsx").is_file()) == (True, True)
    assert "已移交第1项" in taken("handover", "--unit", "商工局", "--to-owner", "孙七").out


def test_backup_drill_restore(taken: Run, tmp_path: Path) -> None:
    assert taken("backup", tmp_path / "备份").code == 0
    drilled = taken("drill", tmp_path / "备份")
    assert (drilled.code, "演练通过" in drilled.out) == (0, True)
    path = next((tmp_path / "备份").glob("*.db"))
    assert taken("restore", path).code == 2  # there is a ledger already
    assert taken("restore", path, "--ledger", tmp_path / "新.db").code == 0
    assert "事项3项" in taken("verify", "--ledger", tmp_path / "新.db").out


def test_without_a_ledger_the_next_step_is_said(run: Run, tmp_path: Path) -> None:
    result = run("list", "--ledger", tmp_path / "无.db")
    assert (result.code, "请先运行 ledger init" in result.err) == (2, True)
