from collections.abc import Callable

import pytest

from contract_audit.chinese.quotes import bare, overlap
from contract_audit.model import Finding
from contract_audit.rulespec import Taxonomy
from contract_audit.score.gold import Gold
from contract_audit.score.matching import match

MakeFinding = Callable[..., Finding]
MakeGold = Callable[..., Gold]

LONG = "甲方按照乙方当年实际缴纳的增值税和企业所得税地方留存部分的百分之六十给予乙方返还并在次年三月底前拨付到位"


@pytest.mark.parametrize(
    ("found", "wanted", "same"),
    [
        # one contains the other
        ("返还60%", "按增值税的60%返还60%", True),
        (LONG[:30], LONG[10:14], True),  # at most 60 characters
        (LONG + LONG, LONG[10:14], False),  # longer than 60 and than three times
        (LONG + LONG, LONG[:40], True),  # at most three times as long
        # white space, width and punctuation do not count
        ("厂房装修补助\t180\t2025年8月", "厂房装修补助 | 180 | 2025年8月", True),
        ("（含税）５００ 万元，", "含税500万元", True),
        # a run of 12, or 60 % of the shorter
        ("甲乙丙" + LONG[:12], LONG[:12] + "丁戊己", True),
        ("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑", "一二三四五六七八九十地玄黄宇宙洪荒日月盈昃", False),
        ("给予返还六成", "返还六成奖励", True),  # 4 of 6
        ("给予奖励三成", "返还六成奖励", False),
        # a blank counts as one character
        ("投资____万元", "投资（　）万元", True),
        ("________", "____", True),
        ("____", "返还", False),
        ("", "返还", False),
        ("，。", "，。", False),
    ],
)
def test_when_quotes_are_the_same(found: str, wanted: str, same: bool) -> None:
    assert bool(overlap(found, wanted)) is same


def test_blanks_of_any_length_are_one_character() -> None:
    assert len(bare("自____年__月起")) == 6
    assert len(bare("××路××号")) == 4


def test_one_finding_answers_one_flag_and_more_are_repeats(
    finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy
) -> None:
    labels = gold([("x.tax", "返还增值税的60%"), ("x.tax", "返还所得税的40%")])
    result = match([finding("x.tax", "返还增值税的60%"), finding("x.tax", "返还增值税")], labels, taxonomy)
    assert [flag.quote for flag, _ in result.answered] == ["返还增值税的60%"]
    assert [flag.quote for flag in result.missed] == ["返还所得税的40%"]
    assert [item.quote for item in result.repeats] == ["返还增值税"]


def test_equal_phrases_flagged_twice_need_two_findings(
    finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy
) -> None:
    labels = gold([("x.tax", "返还60%"), ("x.tax", "返还60%")])
    assert len(match([finding("x.tax", "返还60%")], labels, taxonomy).missed) == 1
    assert match([finding("x.tax", "返还60%")] * 2, labels, taxonomy).missed == ()


def test_a_better_assignment_is_found_over_a_greedy_one(
    finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy
) -> None:
    # The first finding could answer both flags, the second only the first flag.
    labels = gold([("x.tax", "甲乙丙丁戊己"), ("x.tax", "戊己庚辛壬癸")])
    result = match([finding("x.tax", "甲乙丙丁戊己庚辛壬癸"), finding("x.tax", "甲乙丙丁")], labels, taxonomy)
    assert result.missed == () and result.repeats == ()


def test_neighbours_answer_only_what_the_category_itself_left(
    finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy
) -> None:
    labels = gold([("x.subsidy", "奖励一百万元")])
    near = finding("x.tax", "奖励一百万元")
    assert match([near], labels, taxonomy).missed == ()
    both = match([near, finding("x.subsidy", "奖励一百万元")], labels, taxonomy)
    assert both.answered[0][1].category == "x.subsidy"
    assert [item.category for item in both.repeats] == ["x.tax"]
    far = match([finding("x.early", "返还增值税")], gold([("x.tax", "返还增值税")]), taxonomy)
    assert len(far.missed) == 1 and len(far.alarms) == 1  # neighbours of neighbours are strangers


def test_flags_come_before_traps_and_traps_before_alarms(
    finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy
) -> None:
    labels = gold([("x.tax", "返还增值税")], [("x.tax", "返还增值税"), ("x.tax", "依法享受研发费用优惠")])
    result = match(
        [finding("x.tax", "返还增值税"), finding("x.tax", "享受研发费用优惠"), finding("x.tax", "另一句话在别处")],
        labels,
        taxonomy,
    )
    assert len(result.answered) == 1
    assert [trap.quote for trap, _ in result.lookalikes] == ["依法享受研发费用优惠"]
    assert [item.quote for item in result.alarms] == ["另一句话在别处"]


def test_a_trap_is_hit_only_with_its_own_category(finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy) -> None:
    result = match([finding("y.date", "依法返还")], gold([], [("x.tax", "依法返还")]), taxonomy)
    assert result.lookalikes == () and len(result.alarms) == 1


def test_optional_flags_are_neither_missed_nor_alarms(finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy) -> None:
    labels = gold([("x.tax", "返还增值税", "optional")])
    assert match([], labels, taxonomy).missed == ()
    found = match([finding("x.tax", "返还增值税")], labels, taxonomy)
    assert found.answered == () and found.alarms == () and len(found.tolerated) == 1


def test_a_finding_prefers_the_flag_that_must_be_found(
    finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy
) -> None:
    labels = gold([("x.tax", "返还增值税", "optional"), ("x.tax", "返还增值税的六成")])
    assert match([finding("x.tax", "返还增值税")], labels, taxonomy).missed == ()


def test_whole_document_defects_match_by_category_alone(
    finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy
) -> None:
    labels = gold([("y.clause", "投资合同书")], checks={"y.clause": True})
    assert match([finding("y.clause", "第九条")], labels, taxonomy).missed == ()
    assert len(match([finding("x.tax", "投资合同书")], labels, taxonomy).missed) == 1


def test_a_defect_that_is_there_but_not_to_be_flagged_is_no_alarm(
    finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy
) -> None:
    there = match([finding("y.clause", "第九条")], gold([], checks={"y.clause": True}), taxonomy)
    assert there.alarms == () and len(there.tolerated) == 1
    absent = match([finding("y.clause", "第九条")], gold([], checks={"y.clause": False}), taxonomy)
    assert len(absent.alarms) == 1


@pytest.mark.parametrize("changes", [{"verdict": "review"}, {"stream": "hidden"}])
def test_questions_and_hidden_text_neither_hit_nor_alarm(
    finding: MakeFinding, gold: MakeGold, taxonomy: Taxonomy, changes: dict[str, object]
) -> None:
    result = match([finding("x.tax", "返还增值税", **changes)], gold([("x.tax", "返还增值税")]), taxonomy)
    assert len(result.missed) == 1 and result.alarms == ()
