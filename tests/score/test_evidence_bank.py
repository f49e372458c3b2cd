"""Records joined to duties by wording alone: the right duty, none where two are alike, and the shares that are printed."""

import json
import sys
from pathlib import Path

import pytest

from contract_audit.score import evidence
from contract_audit.score.evidence import Noted, join

_NOTED = (
    Noted("甲方于3月底前将标准厂房交付乙方", ("标准厂房移交", "食堂开伙")),
    Noted("甲方负责修通厂区东侧道路", ("厂区东侧道路修通",)),
    Noted("乙方注册项目公司", ("项目公司注册完成",)),
)


def test_each_record_goes_to_the_duty_it_names() -> None:
    found = {one.row: one.found for one in join(_NOTED)}
    assert found["标准厂房移交"] == _NOTED[0].duty
    assert found["厂区东侧道路修通"] == _NOTED[1].duty
    assert found["项目公司注册完成"] == _NOTED[2].duty
    assert found["食堂开伙"] is None


def test_two_duties_alike_leave_the_record_to_a_person() -> None:
    twice = (Noted("甲方交付厂房", ("厂房交付",)), Noted("甲方交付厂房", ("厂房交付",)))
    assert {one.found for one in join(twice)} == {None}


def test_the_files_are_dealt_out_in_turn_and_the_shares_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, noted in (("a", _NOTED[:2]), ("b", _NOTED[2:])):
        lines = [json.dumps({"duty": one.duty, "rows": one.rows}, ensure_ascii=False) for one in noted]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [one.duty for one in evidence.read_pairs(tmp_path)] == [_NOTED[0].duty, _NOTED[2].duty, _NOTED[1].duty]
    monkeypatch.setattr(sys, "argv", ["evidence", str(tmp_path), "--errors", str(tmp_path / "errors.txt")])
    evidence.main()
    assert "履约记录 4 条：归对 75.0%，归错 0.0%，未归 25.0%" in capsys.readouterr().out
    assert (tmp_path / "errors.txt").read_text(encoding="utf-8").startswith("未归 食堂开伙")
