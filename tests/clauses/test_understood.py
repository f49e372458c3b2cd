"""Denied twice, told of the past, asked for by the other side, spoken of before it is dealt with, tables by party."""

import pytest
from agreement import GOVERNMENT, PARTIES, document
from test_provisions import read, words

from contract_audit.clauses import parse, provisions


@pytest.mark.parametrize(
    ("sentence", "free"),
    [
        ("甲方不予拒绝乙方的补贴申请。", "补贴申请"),
        ("甲方并非不能调整上述标准。", "调整"),
        ("甲方没有任何理由不按期交付标准厂房。", "交付"),
        ("甲方不会不支持乙方的用地需求。", "用地需求"),
        ("甲方绝不会因换届拒付工程款。", "工程款"),
        ("甲方不停止对乙方的税收奖励。", "税收奖励"),
        ("甲方不因乙方未达产而停发贡献奖励。", "贡献奖励"),
        ("不排除甲方给予乙方奖励的可能。", "奖励"),
        ("调解不了的损失由甲方赔。", "损失"),
        ("甲方断无克扣乙方工程款之理。", "工程款"),
        ("甲方没有不兑现的道理。", "兑现"),
        ("甲方并未排除给予地价补差的安排。", "补差"),
        ("甲方不得随意中止兑付贡献奖。", "兑付"),
    ],
)
def test_what_is_denied_twice_is_said(sentence: str, free: str) -> None:
    text, found = read(f"一、{sentence}")
    place = text.text.index(free)
    assert {provision.polarity for provision in found} == {"positive"}
    assert not any(span.start <= place < span.end for provision in found for span in provision.negations)


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("甲方绝无可能给予乙方土地价款返还。", "价款返还"),
        ("甲方不能不经乙方同意解除本协议。", "解除"),
        ("甲方不排除其他企业报名。", "报名"),
        ("至于乙方希望减免的房产税，我县爱莫能助。", "房产税"),
        ("此前双方口头说定的电价优惠一笔勾销。", "电价优惠"),
        ("原协议第5.2条约定的税收贡献奖励自明年起不再适用。", "贡献奖励"),
        ("原协议第九条“不得引进同类企业”的约定自始不产生效力。", "引进"),
        ("关于代缴社保一事，我县无权决定。", "代缴社保"),
        ("至于贵公司免征契税的诉求，我县难以满足。", "免征契税"),
    ],
)
def test_what_is_denied_once_is_not(sentence: str, denied: str) -> None:
    text, found = read(f"一、{sentence}")
    place = text.text.index(denied)
    assert any(span.start <= place < span.end for provision in found for span in provision.negations)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("已经兑现的奖励资金200万元，乙方应于三月底前退还甲方。", [("investor", "duty")]),
        ("甲方已超付的奖励30万元，由乙方于三月底前缴回县财政。", [("investor", "commitment")]),
        ("甲方已于2022年拨给乙方的启动资金80万元，乙方在6月底前交回。", [("investor", "commitment")]),
        ("乙方表示其母公司曾被外地许诺免费用地。", [("investor", "request")]),
        ("乙方逾期的，按同期LPR计付利息，甲方有权追索。", [("investor", "commitment"), ("government", "permission")]),
        ("乙方投产后前三年，甲方按约定给予补助。", [("government", "commitment")]),
        ("乙方每引进一家企业，甲方奖励十万元。", [("government", "commitment")]),
        ("在法律、法规允许的范围内，甲方协助乙方申报。", [("government", "effort")]),
        ("项目公司不迁离本县，否则退回全部已享受资金。", [("investor", "commitment")]),
        ("双方确认，2015年至2019年，甲方已按原协议累计向乙方返还税款860万元。", [("government", "report")]),
        ("乙方提出由甲方兜底其银行贷款。", [("government", "request")]),
        ("已缴罚款年底由县财政以扶持形式退还给乙方。", [("government", "commitment")]),
        ("乙方在建设期提出的要求由管委会一概照办。", [("government", "commitment")]),
        ("乙方提出书面申请，甲方在十日内拨付。", [("investor", "commitment"), ("government", "commitment")]),
        ("原协议第六条关于电价的约定，改为由甲方按用电量每千瓦时补助0.06元。", [("government", "commitment")]),
        (
            "原协议第六条停止执行，改由甲方按实缴税收的三成给予奖励。",
            [("unknown", "report"), ("government", "commitment")],
        ),
        ("原协议第八条关于仲裁的约定，改为向人民法院起诉。", [("unknown", "report")]),
        ("本协议所称“净地”，指完成拆迁补偿的土地。", [("unknown", "definition")]),
    ],
)
def test_bearer_and_force(sentence: str, expected: list[tuple[str, str]]) -> None:
    _, found = read(f"一、{sentence}")
    assert [(provision.side, provision.force) for provision in found] == expected


def test_whom_an_office_brings_to_act_does_not_bear_it() -> None:
    _, found = read("一、甲方的义务", "1.负责协调供电部门将专线接至厂区围墙外；", "2.（一）指派专人服务。")
    assert {(provision.bearer, provision.side) for provision in found} == {("甲方", "government")}
    assert "definition" not in {provision.force for provision in found}


def test_what_a_list_item_says_of_the_payer_of_a_fee_is_no_duty_of_his() -> None:
    _, found = read("一、下列费用由甲方解决：", "1.高低压配电工程费；", "2.应由乙方缴纳的供电费。")
    assert [provision.side for provision in found[1:]] == ["government", "government"]


def test_otherwise_leans_on_the_statement_before() -> None:
    text, found = read("一、乙方不得污染水源，否则甲方有权叫停。")
    assert [text.text[stem.start : stem.end] for stem in found[-1].stems] == ["乙方不得污染水源"]


def test_a_row_of_a_table_by_party_is_borne_by_the_one_who_has_to_act() -> None:
    _, found = read(
        "一、双方分工如下：", "| 事项 | 甲方 | 乙方 |", "| 场地平整 | 9月30日前完成 | 配合 |", "| 设备进场 | —— | 3月1日前 |",
        "| 资料报送 | 9月底前备齐 | 9月1日前提供 |",
    )  # fmt: skip
    rows = [(provision.side, provision.force) for provision in found if provision.kind == "table_row"]
    assert [side for side, _ in rows] == ["government", "investor", "both"]
    assert rows[0][1] == "commitment"


def test_headers_that_name_the_duties_of_each_side_tell_whose_a_cell_is() -> None:
    _, found = read(
        "一、双方义务对照：", "| 序号 | 县政府责任 | 企业责任 |", "| 1 | 7月31日前供水到厂 | —— |", "| 2 | 无 | 10月1日前封顶 |",
    )  # fmt: skip
    assert [provision.side for provision in found if provision.kind == "table_row"] == ["government", "investor"]


def test_a_reply_to_an_enterprise_binds_the_office_that_writes_it() -> None:
    text = document(
        "答复函", "恒远制造有限公司：", "来函收悉。就贵司所提请求答复如下：", "1.保证让贵司拿到南侧那块地。",
        "云岭县人民政府", "2022年6月30日",
    )  # fmt: skip
    found = provisions(text, parse(text), PARTIES)
    assert "government" in {item.side for item in found if "保证" in words(text, item)}


def test_the_article_before_is_where_the_words_come_from() -> None:
    text, found = read("第一条 乙方年纳税不低于三千万元。", "第二条 乙方达到前条标准的，甲方将其中一半用于支持乙方。")
    assert [text.text[stem.start : stem.end] for stem in found[-1].stems] == ["乙方年纳税不低于三千万元"]


def test_a_reference_at_the_start_of_a_line_is_no_number() -> None:
    text, found = read("第六条 本条第二款所称费用，由乙方承担。", "第一款以外的费用由甲方承担。")
    assert words(text, found[-1]) == "第一款以外的费用由甲方承担"


def test_short_sentences_without_numbers_are_the_body() -> None:
    text = document(
        "合作意向书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "双方达成以下意向。", "甲方不再引进第二家。",
        "甲方将门票收入交由乙方收取。",
    )  # fmt: skip
    found = provisions(text, parse(text), PARTIES)
    said = [provision for provision in found if provision.side == GOVERNMENT.side]
    assert [provision.force for provision in said] == ["commitment", "commitment"]


def test_a_day_in_full_width_figures_at_the_end_states_nothing() -> None:
    text = document(
        "意向书",
        "甲方：云岭县人民政府",
        "乙方：恒远制造有限公司",
        "双方达成以下意向。",
        "甲方协助办理手续。",
        "２０２５年３月３日",
    )
    found = provisions(text, parse(text), PARTIES)
    assert found[-1].kind == "signature"
