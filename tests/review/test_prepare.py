from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from contract_audit.errors import RuleError
from contract_audit.review import load_policy, prepare
from contract_audit.review.policy import departments_of
from tests.review.conftest import MakeDraft

TAX = "甲方按乙方缴纳增值税地方留成部分的60%给予奖励。"
LAND = "土地出让金由甲方在三个月内全额返还乙方。"
EXCLUSIVE = "甲方承诺本县范围内不再引进与乙方同类的企业。"
PLAIN = "乙方依法开展生产经营，依法纳税。"


def test_a_few_wrongs_are_to_be_mended_many_grave_ones_send_the_draft_back(draft: MakeDraft) -> None:
    policy = load_policy()
    one = prepare(draft(TAX, PLAIN), policy)
    assert one.conclusion == "修改后通过" and one.corrected_by is not None
    many = prepare(draft(TAX, LAND, EXCLUSIVE), policy)
    assert many.conclusion == "退回"
    assert "3项" in many.reasons[0]


def test_every_item_is_in_the_lane_of_a_member_and_sorted_by_grade(draft: MakeDraft) -> None:
    policy = load_policy()
    review = prepare(draft(TAX, LAND, PLAIN), policy)
    assert {number for lane in review.lanes for number in lane.items} == {item.number for item in review.items}
    grades = [item.finding.severity for item in review.items]
    assert grades == sorted(grades, key=["high", "medium", "low"].index)
    tax = next(item for item in review.items if item.finding.category == "illegal.tax_linked_reward")
    finance = next(lane for lane in review.lanes if lane.department == "财政")
    assert tax.number in finance.items
    land = next(item for item in review.items if item.finding.category == "illegal.land_premium_refund")
    assert (tax.angle, land.angle) == ("合同", "选址")


def test_departments_outside_the_group_go_by_alias_or_to_the_lead(draft: MakeDraft) -> None:
    policy = load_policy()
    finding = draft(TAX).findings[0]
    assert departments_of(policy, msgspec.structs.replace(finding, departments=("税务",))) == ("财政",)
    assert departments_of(policy, msgspec.structs.replace(finding, departments=("文旅",))) == (policy.lead,)


def test_a_draft_not_read_whole_is_never_passed(draft: MakeDraft) -> None:
    whole = draft(PLAIN)
    paper = whole.understanding
    torn = msgspec.structs.replace(
        whole,
        findings=(),
        understanding=msgspec.structs.replace(
            paper, document=msgspec.structs.replace(paper.document, status="partly_read")
        ),
    )
    policy = load_policy()
    assert prepare(msgspec.structs.replace(whole, findings=()), policy).conclusion == "通过"
    assert prepare(torn, policy).conclusion == "退回"


def test_the_second_round_tells_solved_open_and_new(draft: MakeDraft) -> None:
    first = draft(TAX, LAND, PLAIN)
    second = draft(TAX.replace("60%", "50%"), PLAIN, EXCLUSIVE, name="second.txt")
    review = prepare(second, load_policy(), previous=first)
    by_category = {item.finding.category: item.status for item in review.items}
    assert by_category["illegal.tax_linked_reward"] == "open"
    assert by_category["illegal.exclusive_right"] == "new"
    assert "illegal.land_premium_refund" in {finding.category for finding in review.solved}
    kinds = [change.kind for change in review.changes]
    assert kinds.count("changed") == 1 and kinds.count("new") == 1 and kinds.count("gone") == 1
    assert review.previous == "draft.txt"


def test_a_clause_put_in_front_changes_no_other(draft: MakeDraft) -> None:
    first, second = draft(TAX, PLAIN), draft(EXCLUSIVE, TAX, PLAIN)
    assert [change.kind for change in prepare(second, load_policy(), previous=first).changes] == ["new"]
    swapped = prepare(draft(PLAIN, TAX, LAND), load_policy(), previous=draft(TAX, LAND, PLAIN))
    assert [change.kind for change in swapped.changes] == ["moved"]


def test_promised_money_stands_beside_the_budget(draft: MakeDraft) -> None:
    paper = draft(
        "甲方于2026年12月31日前向乙方支付设备补助300万元。",
        "甲方于2027年6月30日前向乙方支付装修补助不超过200万元。",
        TAX,
    )
    review = prepare(paper, load_policy(), budget={2026: Decimal(2_000_000)})
    known = {promise.year: (promise.low, promise.high) for promise in review.promises if promise.year}
    assert known == {2026: (Decimal(3_000_000), Decimal(3_000_000)), 2027: (Decimal(0), Decimal(2_000_000))}
    years = {year.year: year for year in review.budget}
    assert years[2026].budget == Decimal(2_000_000) and years[2027].budget is None


def test_a_deposit_returned_is_no_promised_money(draft: MakeDraft) -> None:
    given = "甲方于2027年6月30日前向乙方支付装修补助80万元。"
    returned = "甲方于2027年3月31日前将履约保证金50万元退还乙方。"
    listed = prepare(draft(given, returned), load_policy()).promises
    assert [promise.high for promise in listed] == [800_000]


def test_a_wrong_policy_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "评审规则.yaml"
    path.write_text(
        "name: 试验\nmembers: [招商]\nlead: 招商\nconclusions:\n  - {conclusion: 否决, reason: 无}\n", encoding="utf-8"
    )
    with pytest.raises(RuleError, match="conclusion"):
        load_policy(path)
