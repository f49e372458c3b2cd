from datetime import date

import pytest

from contract_audit import audit, engine
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings

PAPER = """厂房建设协议
甲方：云岭县人民政府
乙方：恒远制造有限公司
第一条 {text}
甲方（盖章）：云岭县人民政府
法定代表人（签字）：李明
乙方（盖章）：恒远制造有限公司
法定代表人（签字）：王强
2023年1月15日
"""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("甲方应于2023年3月31日前交付厂房，2023年6月30日前交付宿舍。", 2),
        ("甲方应于2023年3月31日前交付1号厂房、2023年6月30日前交付2号厂房。", 2),
        ("甲方应于2023年3月31日前交付厂房。", 1),
    ],
)
def test_two_days_in_one_clause_are_two_overdue_duties(text: str, count: int) -> None:
    paper = audit.understand(txt.read(PAPER.format(text=text).encode(), "协议.txt", Settings()))
    result = audit.judge(paper, engine.load_rules(), Context(as_of=date(2024, 6, 30)))
    assert [finding.category for finding in result.findings].count("delivery.overdue") == count


@pytest.mark.parametrize(
    ("text", "wanted", "gone"),
    [
        (
            "合作期内因停电、灾害、行情下跌或者客户违约形成的亏损，不论原因，经乙方申报由甲方全部弥补。",
            "ultra_vires.unlimited_indemnity",
            "illegal.return_guarantee",
        ),
        (
            "乙方项目投产后年收益率低于百分之八的，亏损由甲方补足，保证乙方不亏本。",
            "illegal.return_guarantee",
            "ultra_vires.unlimited_indemnity",
        ),
    ],
)
def test_the_same_words_are_told_for_the_category_that_they_read_like(text: str, wanted: str, gone: str) -> None:
    paper = audit.understand(txt.read(PAPER.format(text=text).encode(), "协议.txt", Settings()))
    result = audit.judge(paper, engine.load_rules(), Context(as_of=date(2024, 6, 30)))
    told = [finding for finding in result.findings if finding.verdict == "fail" and finding.quote in text]
    assert wanted in {finding.category for finding in told}
    assert gone not in {finding.category for finding in told}


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        (
            "甲方应当自货物验收合格之日起一百八十日内支付货款，结算金额以县审计局出具的审计结论为准。",
            {"payment.term_too_long", "payment.audit_condition"},
        ),
        ("甲方应当在县审计局出具审计结论后支付货款。", {"payment.audit_condition"}),
    ],
)
def test_two_statements_of_one_sentence_are_two_wrongs_though_quoted_together(text: str, categories: set[str]) -> None:
    paper = audit.understand(txt.read(PAPER.format(text=text).encode(), "协议.txt", Settings()))
    result = audit.judge(paper, engine.load_rules(), Context(as_of=date(2024, 6, 30)))
    told = {finding.category for finding in result.findings if finding.verdict == "fail" and finding.quote in text}
    assert {category for category in told if category.startswith("payment.")} == categories


def test_what_is_known_by_wording_alone_wins_over_a_rule_only_where_the_words_read_more_like_it() -> None:
    text = "今后无论国家、省市出台何种清理规范文件，本协议所列比例、年限一概照旧，由甲方另想办法消化。"
    paper = audit.understand(txt.read(PAPER.format(text=text).encode(), "协议.txt", Settings()))
    result = audit.judge(paper, engine.load_rules(), Context(as_of=date(2024, 6, 30)))
    told = {finding.category for finding in result.findings if finding.verdict == "fail" and finding.quote in text}
    assert "ultra_vires.policy_freeze" in told
    assert "ultra_vires.open_ended" not in told


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("甲方迟延付清工程款的，不另计迟延利息，乙方亦不得停工。", "甲方迟延付清工程款的，不另计迟延利息，乙方亦不得停工"),
        ("恒筑公司完成的剩余工程款，等县审计局把账审完再结，恒筑公司代表表示困难较大。", "等县审计局把账审完再结"),
    ],
)  # fmt: skip
def test_a_quote_holds_the_condition_before_it_and_not_what_somebody_said_of_it(text: str, quote: str) -> None:
    paper = audit.understand(txt.read(PAPER.format(text=text).encode(), "协议.txt", Settings()))
    result = audit.judge(paper, engine.load_rules(), Context(as_of=date(2024, 6, 30)))
    assert quote in [finding.quote for finding in result.findings if finding.category.startswith("payment.")]


def test_a_reward_and_its_payment_ahead_of_time_are_two_wrongs() -> None:
    text = "甲方按乙方设备发票额的百分之十五给予购机补助，订货合同签妥即先支付一半，设备没有到厂也照付。"
    paper = audit.understand(txt.read(PAPER.format(text=text).encode(), "协议.txt", Settings()))
    result = audit.judge(paper, engine.load_rules(), Context(as_of=date(2024, 6, 30)))
    told = {finding.category for finding in result.findings if finding.verdict == "fail"}
    assert {"illegal.selective_subsidy", "illegal.premature_payment"} <= told


@pytest.mark.parametrize("called", ["", "（以下称“城发集团”）", "（下称城发集团）"])
def test_a_name_given_in_passing_changes_nothing_of_how_the_words_read(called: str) -> None:
    text = f"乙方的竞买保证金由区属云岭城市发展集团有限公司{called}先行出借，乙方在成交后三个月内归还。"
    paper = audit.understand(txt.read(PAPER.format(text=text).encode(), "协议.txt", Settings()))
    result = audit.judge(paper, engine.load_rules(), Context(as_of=date(2024, 6, 30)))
    assert "illegal.land_funding" in {finding.category for finding in result.findings if finding.verdict == "fail"}
