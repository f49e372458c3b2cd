"""Whose statement a sentence is where the enterprise is only spoken of, where a heading tells, where a word only looks like a denial."""

import pytest
from agreement import party
from test_provisions import read, words

SWAPPED = (
    party("甲方", "恒远制造有限公司", "investor"),
    party("乙方", "云岭县人民政府", "government"),
)

BEARERS = [
    # what the enterprise gets is promised by the other side
    ("乙方员工宿舍的物业费由县财政承担。", "government"),
    ("乙方每新增一条生产线，奖励100万元。", "government"),
    ("乙方每招用一名本县劳动者奖励三千元。", "government"),
    ("项目公司注册后即兑现落户奖500万元。", "government"),
    ("乙方摘牌后即拨付首笔扶持资金。", "government"),
    ("企业投产当年奖200万元。", "government"),
    # … and what it pays or does itself is not
    ("乙方每延误一日支付违约金一万元。", "investor"),
    ("乙方应奖励招工人员每人三百元。", "investor"),
    ("乙方应当按期兑现全部投资。", "investor"),
    ("项目建设所需一切资金由企业自筹。", "investor"),
    # a thing named before the comma is what the one behind it does something about
    ("乙方应缴增值税的地方部分，由甲方按年补给乙方。", "government"),
    ("乙方设备搬迁运费，由招商局凭票报销。", "government"),
    ("乙方应当缴纳的土地使用税，县里全额兑付给企业。", "government"),
    ("遇城市建设需要，乙方应无条件腾退。", "investor"),
    # … but who is named with 由 behind it already does something about it
    ("乙方因本项目所发生的全部不利后果由甲方承担，并于当月结清。", "government"),
    # offices and companies of the government in common speech
    ("县交投公司出资收购乙方库存。", "government"),
    ("园区将安排专项资金补贴乙方用工。", "government"),
    ("三年内环保部门不进厂检查。", "government"),
    ("建设用地按每亩三万元供给。", "government"),
]


@pytest.mark.parametrize(("sentence", "side"), BEARERS)
def test_bearer(sentence: str, side: str) -> None:
    _, found = read(f"一、{sentence}")
    assert [provision.side for provision in found] == [side]


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("甲方三年内免缴厂房租金。", "government"),
        ("乙方按甲方设备投资的一成给予补助。", "government"),
        ("由甲方承担红线内管网费用。", "investor"),
        ("甲方所需贷款由乙方负责解决。", "government"),
    ],
)
def test_bearer_with_swapped_roles(sentence: str, side: str) -> None:
    _, found = read(f"一、{sentence}", parties=SWAPPED)
    assert [provision.side for provision in found] == [side]


NOT_DENIED = [
    "甲方每年采购量不得少于五千套。",
    "年收益收不抵支的，由甲方补足。",
    "乙方还不上贷款的，由县财政代偿。",
    "乙方销不出去的产品由甲方包销。",
    "乙方资金周转不开时，平台公司借给周转金。",
    "镇里保证企业用地一分不少。",
]


@pytest.mark.parametrize("sentence", NOT_DENIED)
def test_words_with_bu_that_deny_nothing(sentence: str) -> None:
    _, found = read(f"一、{sentence}")
    assert [(provision.polarity, provision.negations) for provision in found] == [("positive", ())] * len(found)


@pytest.mark.parametrize(
    ("sentence", "free"),
    [
        ("管委会不收取任何租金，并补贴水电费。", "补贴水电费"),
        ("甲方不得擅自收费，并对已收费用全额返还。", "全额返还"),
        ("甲方不收取管理费，另按年产值2%奖励乙方。", "奖励乙方"),
    ],
)
def test_a_denial_ends_with_its_clause(sentence: str, free: str) -> None:
    text, found = read(f"一、{sentence}")
    place = text.text.index(free)
    assert not any(span.start <= place < span.end for provision in found for span in provision.negations)


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("征地协调费由甲方承担。", "commitment"),
        ("甲方支付代办服务费二十万元。", "commitment"),
        ("我局将为贵司争取到省级补助三百万元。", "commitment"),
        ("甲方积极协调银行给予授信支持。", "effort"),
        ("甲方协助办理手续并给予三十万元补助。", "commitment"),
    ],
)
def test_effort(sentence: str, force: str) -> None:
    _, found = read(f"一、{sentence}")
    assert [provision.force for provision in found] == [force]


def test_a_line_with_a_party_names_the_bearer_of_the_list_below() -> None:
    text, found = read(
        "三、双方分工", "甲方责任：", "1.六月底前完成场地平整", "2.组织招工", "乙方的权利和义务", "1.按期开工建设", "2.自行筹集资金",
        "四、其他约定", "（一）遇城市建设需要，双方协商；", "（二）本协议一式四份。",
    )  # fmt: skip
    sides = {words(text, provision): provision.side for provision in found}
    assert sides["六月底前完成场地平整"] == sides["组织招工"] == "government"
    assert sides["按期开工建设"] == sides["自行筹集资金"] == "investor"
    assert sides["本协议一式四份"] == "unknown"


def test_a_numbered_line_without_mark_and_children_states_something() -> None:
    text, found = read("三、项目概况", "1.建设地点", "云岭县开发区。", "2.甲方提供净地五十亩", "3.用地红线图")
    assert "甲方提供净地五十亩" in [words(text, provision) for provision in found]
    assert "建设地点" not in [words(text, provision) for provision in found]


def test_what_the_enterprise_wants_in_a_list_of_support_is_given_by_the_government() -> None:
    _, found = read("一、甲方提供的支持包括：", "1.招工服务；", "2.乙方认为需要的其他任何支持。")
    assert found[-1].side == "government"
