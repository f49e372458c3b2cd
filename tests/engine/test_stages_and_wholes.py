"""Stages in the wrong order, works of different names, wholes made in the next sentence."""

from datetime import date

import pytest

from contract_audit import engine, trial
from contract_audit.rulespec import Pack

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def stage_pack() -> Pack:
    return engine.load_rules()


def _found(text: str, pack: Pack, category: str) -> list[str]:
    findings = trial.try_text(text, pack, as_of=AS_OF).findings
    return [one.quote for one in findings if one.category == category and one.verdict == "fail"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("乙方应于2027年3月31日前完成全部工程竣工。\n乙方一期产线应于2027年9月30日前试运行。", True),
        ("乙方应于2028年3月31日前完成全部工程竣工。\n乙方一期产线应于2027年9月30日前试运行。", False),
        ("乙方全线于2026年9月30日前满产。\n乙方主要机组应于2026年12月31日前到货。", True),
        ("乙方首批产线于2026年9月30日前达产。\n乙方其余机组应于2026年12月31日前到货。", False),
        ("乙方首台机组2026年10月底前并网发电，2026年12月1日前主体开工。", True),
        ("乙方应于2027年12月1日前建成码头并投入运营，应于2028年10月31日前建成冷链酒店。", False),
    ],
)
def test_stages_of_one_project_come_in_their_order(stage_pack: Pack, text: str, wrong: bool) -> None:
    assert bool(_found(text, stage_pack, "delivery.conflicting_dates")) is wrong


@pytest.mark.parametrize(
    ("parts", "wrong"), [("厂房2亿元、设备1.5亿元、管网0.2亿元", True), ("厂房2亿元、设备1.5亿元、管网0.5亿元", False)]
)
def test_a_whole_is_held_against_the_parts_of_the_next_sentence(stage_pack: Pack, parts: str, wrong: bool) -> None:
    text = f"项目总投资6亿元，其中建设投资4亿元。建设投资由{parts}组成。"
    assert bool(_found(text, stage_pack, "review.sum_mismatch")) is wrong
