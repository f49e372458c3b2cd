"""What messages call a duty: a reader must not need the contract to know what is owed."""

from datetime import date

import pytest

from tests.engine.conftest import Judge, make_rule

OVERDUE = "{kind: obligation, test: overdue, side: [government, investor, third, unknown, both]}"


def told(judge: Judge, text: str) -> list[str]:
    rule = make_rule(OVERDUE, message="“{act}”")
    return [finding.message.strip("“”") for finding in judge(text, rule, as_of=date(2026, 12, 31)).findings]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("机耕路从村口修到厂门，750米，4米宽，由甲方在2026年4月1日前硬化完毕。", "机耕路硬化完毕"),
        ("园区西门道路（长1.6公里，二级公路）由甲方于2026年6月30日前建成通车。", "园区西门道路建成通车"),
        ("（六）员工公寓。甲方负责装修，2026年10月30日前移交乙方。", "员工公寓移交乙方"),
        ("乙方已缴存履约保证金200万元，甲方于2026年10月30日前无息退还。", "履约保证金无息退还"),
        ("甲方应于2026年10月30日前将1号厂房移交乙方。", "1号厂房移交乙方"),
        ("乙方应于2026年10月30日前在云麓区设立项目公司。", "在云麓区设立项目公司"),
        ("项目分两期建设，二期于2026年10月30日前开工。", "二期开工"),
        ("乙方投资每满1亿元，甲方给予落地支持400万元，于2026年10月30日前拨付。", "落地支持400万元拨付"),
        ("余款由甲方于2026年10月30日前付清。", "余款付清"),
        ("2号厂房交付的时间调整为2026年11月30日前，标准不变。", "2号厂房交付"),
    ],
)
def test_the_thing_is_named_with_what_is_done_to_it(judge: Judge, text: str, act: str) -> None:
    assert told(judge, text) == [act]


def test_no_step_with_a_day_of_its_own_and_no_bearer_stands_for_the_thing(judge: Judge) -> None:
    assert told(judge, "乙方应于2025年9月1日前开工，2026年10月31日前竣工。") == ["开工", "竣工"]


def test_of_a_row_the_cells_are_told_that_say_what_is_owed(judge: Judge) -> None:
    rows = "序号\t事项\t责任方\t完成时间\t完成标志\n1\t1号厂房主体封顶\t甲方\t2026年10月31日前\t监理签认"
    paid = "期次\t金额（万元）\t支付时间\n第一期\t640\t2026年7月31日前"
    assert told(judge, f"甲方按下表完成：\n{rows}") == ["1号厂房主体封顶"]
    assert told(judge, f"甲方按下表向乙方支付货款：\n{paid}") == ["第一期，金额（万元）640"]


def test_long_words_are_cut_visibly(judge: Judge) -> None:
    thing = "、".join(f"{number}号厂房的消防改造" for number in range(1, 9))
    (words,) = told(judge, f"甲方应于2026年10月30日前完成{thing}。")
    assert len(words) == 40 and words.endswith("…")


@pytest.mark.parametrize(
    ("text", "bearer"),
    [
        ("乙方应于2026年10月30日前开工。", "乙方"),
        ("县财政局应于2026年10月30日前付清余款。", "县财政局"),
        ("我县承诺于2026年10月30日前移交1号厂房。", "云岭县人民政府"),
        ("贵公司承诺于2026年10月30日前开工。", "恒远制造有限公司"),
        ("镇里2026年10月30日前把路修通。", "政府方"),
        ("1号厂房应于2026年10月30日前建成移交。", ""),
    ],
)
def test_who_owes_is_told_by_a_name_that_a_reader_of_the_list_knows(judge: Judge, text: str, bearer: str) -> None:
    (finding,) = judge(text, make_rule(OVERDUE, message="（{bearer}）"), as_of=date(2026, 12, 31)).findings
    assert finding.message == f"（{bearer}）"


def test_what_is_to_be_completed_is_not_told_twice(judge: Judge) -> None:
    assert told(judge, "甲方应于2026年10月30日前完成2号货梯改造。") == ["2号货梯改造"]
    assert told(judge, "2号货梯改造应于2026年10月30日前完成。") == ["2号货梯改造"]
