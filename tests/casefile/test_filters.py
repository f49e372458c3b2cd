from datetime import date
from pathlib import Path

import pytest

from contract_audit import trial
from contract_audit.casefile import apply_filters, load_filters
from contract_audit.engine import load_rules
from contract_audit.errors import UsageError
from contract_audit.model import Audit

TODAY = date(2026, 6, 30)
CLAUSE = "甲方按乙方缴纳增值税地方留成部分的60%给予奖励。"


def _audit() -> Audit:
    return trial.try_text(CLAUSE, load_rules(), signed_on=date(2025, 6, 1), as_of=TODAY)


def _written(folder: Path, rule: str, until: str = "2026-12-31", more: str = "") -> Path:
    path = folder / "过滤.yaml"
    path.write_text(f"- {{规则: {rule}, 理由: 省里已备案, 批准人: 张三, 有效期至: {until}{more}}}\n", encoding="utf-8")
    return path


def test_what_a_filter_keeps_out_is_kept_apart_and_told(tmp_path: Path) -> None:
    audit = _audit()
    rule = next(finding.rule for finding in audit.findings if finding.category == "illegal.tax_linked_reward")
    filters = load_filters(_written(tmp_path, rule, more=", 条文: 地方留成"))
    (kept,), notes = apply_filters((audit,), filters, TODAY)
    assert rule not in {finding.rule for finding in kept.findings}
    assert [(item.finding.rule, item.filter.approver) for item in kept.filtered] == [(rule, "张三")]
    assert len(kept.findings) + 1 == len(audit.findings) and notes == ()


@pytest.mark.parametrize(
    ("until", "more", "told"),
    [
        ("2026-06-29", "", "到期"),
        ("2026-12-31", ", 条文: 土地出让金", "没有用到"),
        ("2026-12-31", ", 文件: 别的协议", "没有用到"),
    ],
)
def test_a_filter_that_expired_or_speaks_of_something_else_keeps_nothing_out(
    until: str, more: str, told: str, tmp_path: Path
) -> None:
    audit = _audit()
    filters = load_filters(_written(tmp_path, audit.findings[0].rule, until, more))
    (kept,), notes = apply_filters((audit,), filters, TODAY)
    assert kept.findings == audit.findings and kept.filtered == ()
    assert told in notes[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("规则: TAX001", "列表"),
        ("- {规则: TAX001, 理由: 有}", "缺少批准人、有效期至"),
        ("- {规则: TAX001, 理由: 有, 批准人: 张三, 有效期至: 明年}", "2026-12-31"),
        ("- {规则: TAX001, 理由: 有, 批准人: 张三, 有效期至: 2026-12-31, 编号: 1}", "不认识编号"),
    ],
)
def test_a_wrong_entry_is_named(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "过滤.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        load_filters(path)
