import gc
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from contract_audit import audit, engine
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings
from tests.engine.conftest import AGREEMENT, Judge, make_pack, make_rule

WIDE = "{kind: provision, groups: [{any: [县级留成]}]}"


def test_one_wrong_is_one_finding_and_the_graver_rule_stays(judge: Judge) -> None:
    mild = make_rule(WIDE, id="TST001", severity="low")
    grave = make_rule("{kind: provision, groups: [{any: [奖励]}]}", id="TST002")
    assert [finding.rule for finding in judge("甲方奖励县级留成。", mild, grave).findings] == ["TST002"]


def test_one_wrong_found_by_two_rules_is_quoted_whole_where_it_is_short(judge: Judge) -> None:
    narrow = make_rule("{kind: provision, groups: [{pattern: 甲方奖励乙方全部税收}]}", id="TST001")
    wide = make_rule("{kind: provision, groups: [{pattern: 奖励乙方全部税收的县级留成部分}]}", id="TST002")
    found = judge("甲方奖励乙方全部税收的县级留成部分。", narrow, wide).findings
    assert [(finding.rule, finding.quote) for finding in found] == [("TST001", "甲方奖励乙方全部税收的县级留成部分")]
    assert found[0].quote in found[0].message


def test_a_message_sets_the_words_in_marks_and_the_cells_of_a_row_apart(judge: Judge) -> None:
    rule = make_rule("{kind: provision, groups: [{pattern: 奖励“甲类”企业}]}", message="约定“{quote}”，有风险（{due}）")
    (found,) = judge("甲方奖励“甲类”企业。", rule).findings
    assert found.message == "约定“奖励‘甲类’企业”，有风险（）" and found.quote == "奖励“甲类”企业"
    row = make_rule("{kind: provision, groups: [{pattern: '设备\\s+奖励'}]}", message="列明“{quote}”")
    (found,) = judge("甲方支持下列事项：\n1\t设备\t奖励20万元", row).findings
    assert found.message == "列明“设备｜奖励20万元”"


def test_two_categories_on_the_same_words_are_two_findings_unless_one_yields(judge: Judge) -> None:
    tax = make_rule(WIDE, id="TST001")
    other = make_rule(WIDE, id="TST002", category="illegal.selective_subsidy")
    yielding = make_rule(
        WIDE, id="TST003", category="illegal.selective_subsidy", yields_to=["illegal.tax_linked_reward"]
    )
    assert len(judge("甲方奖励县级留成。", tax, other).findings) == 2
    assert [finding.rule for finding in judge("甲方奖励县级留成。", tax, yielding).findings] == ["TST001"]


def test_a_category_gives_way_to_another_whatever_the_rule() -> None:
    tax = make_rule(WIDE, id="TST001")
    subsidy = make_rule(WIDE, id="TST002", category="illegal.selective_subsidy")
    pack = make_pack(tax, subsidy)
    winning = {"illegal.selective_subsidy": ("illegal.tax_linked_reward",)}
    pack = msgspec.structs.replace(pack, info=msgspec.structs.replace(pack.info, yields_to=winning))
    document = txt.read(
        AGREEMENT.format(text="甲方奖励县级留成。", day="2025年6月16日").encode(), "试验.txt", Settings()
    )
    found = audit.judge(audit.understand(document), pack, Context(as_of=date(2026, 6, 30))).findings
    assert [finding.rule for finding in found] == ["TST001"]


def test_of_two_that_yield_to_one_another_the_narrower_stays(judge: Judge) -> None:
    broad = make_rule(WIDE, id="TST001", wide=True, yields_to=["illegal.selective_subsidy"])
    narrow = make_rule(WIDE, id="TST002", category="illegal.selective_subsidy", yields_to=["illegal.tax_linked_reward"])
    assert [finding.rule for finding in judge("甲方奖励县级留成。", broad, narrow).findings] == ["TST002"]


def test_fingerprints_survive_layout_and_moving_and_tell_equals_apart(judge: Judge) -> None:
    rule = make_rule(WIDE)
    first = judge("甲方奖励县级留成。", rule).findings[0]
    spaced = judge("甲方奖励县 级 留成。", rule).findings[0]
    moved = judge("另有约定。\n甲方奖励县级留成。", rule).findings[0]
    twice = judge("甲方奖励县级留成。\n甲方奖励县级留成。", rule).findings
    assert first.fingerprint == spaced.fingerprint
    assert first.fingerprint_parts["quote"] == moved.fingerprint_parts["quote"]
    assert len({finding.fingerprint for finding in twice}) == 2


def test_equal_input_gives_equal_findings(judge: Judge) -> None:
    rule = make_rule(WIDE)
    assert judge("甲方奖励县级留成。", rule).findings == judge("甲方奖励县级留成。", rule).findings


def test_draft_rules_and_rules_for_other_papers_keep_silent(judge: Judge) -> None:
    assert not judge("甲方奖励县级留成。", make_rule(WIDE, status="draft")).findings
    assert not judge("甲方奖励县级留成。", make_rule(WIDE, applies={"mode": "draft"})).findings
    assert not judge("甲方奖励县级留成。", make_rule(WIDE, applies={"signed_from": "2026-01-01"})).findings
    assert judge("甲方奖励县级留成。", make_rule(WIDE, applies={"signed_from": "2025-01-01"})).findings


def test_what_a_rule_on_trial_finds_is_left_to_a_person(judge: Judge) -> None:
    active, trial = (
        judge("甲方奖励县级留成。", make_rule(WIDE, status=status)).findings for status in ("active", "trial")
    )
    assert [finding.verdict for finding in active] == ["fail"]
    assert [(finding.verdict, finding.conditions[-1][:4]) for finding in trial] == [("review", "规则试行")]


def test_statutes_and_policies_are_told_apart_from_agreements_and_said_so() -> None:
    rule = make_rule(WIDE)
    policy = "云岭县促进工业发展若干规定\n第一条 为促进工业发展，制定本规定。\n第二条 县财政奖励企业县级留成。"
    letter = "关于恒远项目落户的意见\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n一、甲方奖励乙方县级留成。"
    for text, fails, undecided in ((policy, 0, ["不是协议"]), (letter, 1, [])):
        document = txt.read(text.encode(), "a.txt", Settings())
        result = audit.judge(audit.understand(document), make_pack(rule), Context(as_of=date(2026, 6, 30)))
        assert len(result.findings) == fails
        assert [item.title for item in result.undecided] == undecided


def test_contracts_between_firms_are_told_apart_from_those_of_an_office() -> None:
    rule = make_rule(WIDE)
    firms = "合作合同\n甲方：恒远制造有限公司\n乙方：明测电子科技有限公司\n一、甲方奖励乙方县级留成。"
    for text, fails, undecided in (
        (firms, 0, ["不是政府方的协议"]),
        (firms + "\n二、本合同报云岭县人民政府备案。", 0, []),
        (firms.replace("恒远制造", "云岭县城市建设投资"), 1, []),
    ):
        document = txt.read(text.encode(), "a.txt", Settings())
        result = audit.judge(audit.understand(document), make_pack(rule), Context(as_of=date(2026, 6, 30)))
        assert [item.title for item in result.undecided] == undecided
        assert len(result.findings) == fails


@pytest.mark.parametrize(
    ("mode", "undecided"), [("draft", []), ("signed", ["不是政府方的协议"]), (None, ["不是政府方的协议"])]
)
def test_a_contract_between_firms_is_judged_where_it_is_handed_in_for_joint_review(
    mode: Literal["draft", "signed"] | None, undecided: list[str]
) -> None:
    firms = "合作合同\n甲方：恒远制造有限公司\n乙方：明测电子科技有限公司\n一、甲方奖励乙方县级留成。"
    paper = audit.understand(txt.read(firms.encode(), "a.txt", Settings()))
    result = audit.judge(paper, make_pack(make_rule(WIDE)), Context(as_of=date(2026, 6, 30), mode=mode))
    assert [item.title for item in result.undecided] == undecided


def test_what_is_made_of_a_paper_goes_with_it_and_leaves_nothing_to_the_collector() -> None:
    """A ring (what a case keeps holds the case) leaves whole papers in memory, until the collector has gone through all there is."""
    pack = engine.load_rules()
    written = (Path(__file__).parents[2] / "corpus" / "dev" / "a01_xixian_plant.txt").read_bytes()

    def judged() -> int:
        paper = audit.understand(txt.read(written, "试验.txt", Settings()))
        return len(audit.judge(paper, pack, Context(as_of=date(2026, 6, 30))).findings)

    judged()  # what is loaded and compiled once has rings of its own
    gc.collect()
    gc.disable()
    try:
        assert judged() and gc.collect() == 0
    finally:
        gc.enable()
