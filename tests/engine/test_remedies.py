"""What is told to be done: in whose name, of a draft and of a signed paper, of a duty by its state and kind."""

from datetime import date

import msgspec
import pytest

from contract_audit import audit
from contract_audit.engine import load_rules
from contract_audit.examplespec import Example
from contract_audit.model import Evidence, Finding
from contract_audit.readers import txt
from contract_audit.settings import Settings
from contract_audit.trial import judge_example
from tests.engine.conftest import Judge, make_pack, make_rule

REBATE = "{kind: provision, groups: [{any: [返还]}]}"
OVERDUE = "{kind: obligation, test: overdue, side: [government, investor]}"
REDRAFT = "甲方支持乙方平等申报，甲方式不限。"


def rebate(**changes: object) -> object:
    return make_rule(REBATE, remedy=REDRAFT, **changes)


def remedies_of(text: str, *rules: object, mode: str = "draft") -> list[str]:
    document = txt.read(text.encode(), "试验.txt", Settings())
    context = audit.Context(as_of=date(2026, 6, 30), mode=mode)
    return [finding.remedy for finding in audit.judge(audit.understand(document), make_pack(*rules), context).findings]


HEAD = "项目投资协议书\n甲方：{a}\n乙方：{b}\n签订日期：2025年6月16日\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD.format(a="云岭县人民政府", b="恒远制造有限公司") + "一、甲方向乙方返还税款。", "甲方支持乙方"),
        (HEAD.format(a="恒远制造有限公司", b="云岭县人民政府") + "一、乙方向甲方返还税款。", "乙方支持甲方"),
        (
            "项目投资协议书\n甲方：云岭县国有资产经营有限公司\n乙方：恒远制造有限公司\n丙方：云岭县人民政府\n"
            "签订日期：2025年6月16日\n一、丙方向乙方返还税款。",
            "丙方支持乙方",
        ),
        (
            "入驻协议书\n云岭县人民政府（以下称县政府）与恒远制造有限公司（以下称公司）于2025年6月16日订立本协议。\n"
            "县政府在园区为公司服务，公司按期投产。\n县政府向公司返还税款。\n"
            "甲方：云岭县人民政府（盖章）\n乙方：恒远制造有限公司（盖章）",
            "县政府支持公司",
        ),
        ("县政府常务会议纪要\n2025年6月16日\n会议议定：向该企业返还税款。", "支持"),
    ],
)
def test_the_paper_s_own_parties_stand_in_the_redraft(text: str, told: str) -> None:
    (remedy,) = remedies_of(text, rebate())
    assert told in remedy and "甲方式不限" in remedy


def test_words_of_the_contract_in_a_remedy_stay_as_they_are() -> None:
    text = HEAD.format(a="恒远制造有限公司", b="云岭县人民政府") + "一、乙方向甲方返还税款。"
    (remedy,) = remedies_of(text, make_rule(REBATE, remedy="甲方删去“{quote}”。"))
    assert remedy.startswith("乙方删去“") and "甲方" not in remedy.split("“")[0]
    assert "返还税款" in remedy


def with_remedies(*rules: object) -> object:
    return msgspec.structs.replace(load_rules(), rules=rules, likeness=None, recognizer=None)


def findings(text: str, *rules: object, **example: object) -> tuple[Finding, ...]:
    return judge_example(Example(text=text, **example), with_remedies(*rules)).findings


def test_a_draft_gets_the_redraft_alone_and_a_signed_paper_what_is_to_be_done_first() -> None:
    text = "甲方向乙方返还税款。"
    (draft,) = findings(text, rebate(), mode="draft")
    (signed,) = findings(text, rebate(), mode="signed")
    assert draft.remedy == REDRAFT
    assert signed.remedy.startswith("停止执行") and "补充协议" in signed.remedy and signed.remedy.endswith(REDRAFT)


def test_a_rule_may_say_itself_what_is_to_be_done_about_a_signed_paper() -> None:
    (found,) = findings("甲方向乙方返还税款。", rebate(remedy_signed="先核实；{remedy}"), mode="signed")
    assert found.remedy == f"先核实；{REDRAFT}"


def test_nobody_orders_to_stop_an_existing_commitment() -> None:
    text = "甲方向乙方返还税款。"
    (found,) = findings(text, rebate(existing_commitment=True), mode="signed", signed_on=date(2014, 6, 16))
    assert "不径行停止执行" in found.remedy and REDRAFT in found.remedy


def test_a_review_that_did_not_take_place_is_not_written_into_a_signed_contract() -> None:
    rules = [rule for rule in load_rules().rules if rule.category == "ultra_vires.missing_procedure"]
    for rule in rules:
        signed = next(iter(rule.examples.flag))
        told = [item.remedy for item in findings(signed.text, rule, mode="signed", whole=signed.whole)]
        assert all("补做审查并如实载明补做日期" in remedy and rule.remedy not in remedy for remedy in told)


CASES = [
    {"done": True, "remedy": "已经完成。", "departments": ["招商"]},
    {"duties": ["payment", "reward"], "remedy": "立即支付。", "departments": ["财政"]},
    {"duties": ["infrastructure"], "where": ["千伏"], "departments": ["发改"]},
]


@pytest.mark.parametrize(
    ("text", "done", "told", "departments"),
    [
        ("甲方应于2025年9月30日前将标准厂房交付乙方。", "2025-12-01", "已经完成。", ("招商",)),
        ("甲方应于2025年9月30日前退还乙方保证金。", None, "立即支付。", ("财政",)),
        ("甲方应于2025年9月30日前接通10千伏供电专线。", None, "催办。", ("发改",)),
        ("甲方应于2025年9月30日前建成园区道路。", None, "催办。", ("住建",)),
    ],
)
def test_the_case_of_a_duty_decides_what_is_to_be_done(
    judge: Judge, text: str, done: str | None, told: str, departments: tuple[str, ...]
) -> None:
    rule = make_rule(OVERDUE, category="delivery.overdue", remedy="催办。", remedy_cases=CASES, departments=["住建"])
    matter = "标准厂房交付"
    proved = (
        [Evidence(contract="试验", matter=matter, done_on=date.fromisoformat(done), proof="交接单")] if done else []
    )
    (found,) = judge(text, rule, mode="signed", evidence=tuple(proved)).findings
    assert (found.remedy, found.departments) == (told, departments)


def test_what_is_finished_is_not_given_a_new_date() -> None:
    text = "甲方应于2025年9月30日前将标准厂房交付乙方。\n乙方应于2025年9月30日前开工建设。"
    rules = [rule for rule in load_rules().rules if rule.id in ("DLV001", "DLV002")]
    late = (("标准厂房交付", "2025-12-01"), ("开工建设", "2025-12-01"))
    for found in findings(text, *rules, mode="signed", evidence=late):
        assert "已经完成" in found.remedy and "新的" not in found.remedy and "完成日期" not in found.remedy


@pytest.mark.parametrize(("mode", "told"), [("signed", "不作逾期督办"), ("draft", "先按该项修改")])
def test_nobody_is_urged_to_perform_an_unlawful_promise(mode: str, told: str) -> None:
    undated = make_rule(
        "{kind: provision, groups: [{any: [返还, 建成]}]}",
        id="TST002",
        category="delivery.missing_deadline",
        remedy="写明日期。",
    )
    text = "甲方向乙方返还税款。\n甲方建成园区道路。"
    refund, road = (item.remedy for item in findings(text, rebate(), undated, mode=mode) if item.rule == "TST002")
    assert told in refund and "与税收挂钩的返还奖励" in refund
    assert road.endswith("写明日期。")


def test_an_existing_commitment_is_still_to_be_performed() -> None:
    overdue = make_rule(OVERDUE, id="TST002", category="delivery.overdue", remedy="立即支付。")
    text, signed = "甲方应于2014年9月30日前向乙方返还税款。", date(2014, 6, 16)
    found = findings(text, rebate(existing_commitment=True), overdue, mode="signed", signed_on=signed)
    assert [item.remedy for item in found if item.rule == "TST002"] == ["立即支付。"]


def test_what_the_enterprise_owes_beside_an_unlawful_promise_is_still_urged() -> None:
    overdue = make_rule(OVERDUE, id="TST002", category="delivery.overdue", remedy="催告。")
    text = "乙方应于2025年9月30日前投产，投产后甲方按纳税额返还。"
    told = [item.remedy for item in findings(text, rebate(), overdue, mode="signed") if item.rule == "TST002"]
    assert told == ["催告。"]
