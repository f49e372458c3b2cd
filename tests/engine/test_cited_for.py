"""Clauses cited for what another settles, parts that are not there, and annexes that are named and not attached."""

from datetime import date

import pytest

from contract_audit import engine
from contract_audit.audit import judge, understand
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.rulespec import Pack
from contract_audit.settings import Settings

HEAD = "冷库投资协议\n甲方：青溪县人民政府\n乙方：安丰冷链有限公司\n"
PAPER = """第一条 乙方投资建设冷库，固定资产投资五千万元。
第二条 甲方于年底前腾空并移交旧粮库。
第三条 乙方自接收之日起八个月内投产。
第四条 年租金四十万元，每年年初支付。
第五条 {sentence}
第六条 一方违约的，赔偿对方的直接损失。
第七条 双方对对方的商业秘密保密。
第八条 争议由人民法院管辖。
第九条 本协议自双方签字盖章之日起生效。
甲方（盖章）：
乙方（盖章）：
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def quotes(text: str, category: str, pack: Pack) -> list[str]:
    paper = understand(txt.read((HEAD + text).encode(), "试验.txt", Settings()))
    found = judge(paper, pack, Context(as_of=date(2026, 6, 30), mode="draft")).findings
    return [item.quote for item in found if item.category == f"review.{category}"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("乙方未按第二条支付租金的，甲方可以催告。", "乙方未按第四条支付租金的，甲方可以催告。"),
        ("甲方违反第四条逾期移交的，租金免收。", "甲方违反第二条逾期移交的，租金免收。"),
        ("争议解决适用第七条。", "争议解决适用第八条。"),
        ("违反第八条（保密）的，赔偿损失。", "违反第七条（保密）的，赔偿损失。"),
        ("违约责任按第三条执行。", "违约责任按第六条执行。"),
        ("有第三条第（四）项情形的除外。", "有第三条情形的除外。"),
        ("前条第三款不适用于本次扩建。", "前条不适用于本次扩建。"),
        ("甲方没有按第18条修好道路的，工期顺延。", "甲方没有按第2条腾空库房的，工期顺延。"),
    ],
)
def test_what_a_clause_is_cited_for(wrong: str, right: str, pack: Pack) -> None:
    assert len(quotes(PAPER.format(sentence=wrong), "broken_reference", pack)) == 1
    assert quotes(PAPER.format(sentence=right), "broken_reference", pack) == []


def test_how_many_articles_an_earlier_agreement_is_said_to_have(pack: Pack) -> None:
    text = (
        "双方于2022年签订《冷库投资协议》（以下简称原协议，正文共{n}条）。\n一、原协议第九条、第十四条继续有效。\n"
        "二、原协议第三条的期限顺延一年。\n"
    )
    assert quotes(text.format(n="十二"), "broken_reference", pack) == ["第十四条"]
    assert quotes(text.format(n="十五"), "broken_reference", pack) == []


def test_articles_in_figures_are_not_missed(pack: Pack) -> None:
    text = (
        "1 指标\n投资强度每亩三百万元。\n2 期限\n2.1 半年内开工。\n2.2 两年内竣工。\n3 配套\n道路接至红线。\n"
        "4 责任\n甲方不履行第三条的，赔偿损失。\n"
    )
    assert quotes(text, "broken_reference", pack) == []


ANNEXES = "附件一：移交标准\n库房腾空，水电畅通，屋面不漏。\n附件二：设备清单\n制冷机组两套、货架三百组。\n"


@pytest.mark.parametrize(
    ("sentence", "quoted"),
    [
        ("涉及的承租户以《原承租户登记册》（附后）为准。", "《原承租户登记册》"),
        ("改造范围详见所附总平面图。", "总平面图"),
        ("验收按附件一至三执行。", "附件一至三"),
        ("样品库的布局以后附的《分区示意图》为准。", "后附的《分区示意图》"),
        ("乙方股东会决议附后。", "乙方股东会决议"),
    ],
)
def test_an_annex_that_is_not_here(sentence: str, quoted: str, pack: Pack) -> None:
    assert quotes(PAPER.format(sentence=sentence) + ANNEXES, "missing_attachment", pack) == [quoted]


@pytest.mark.parametrize(
    "sentence",
    [
        "设备以附件二为准，移交按附件一执行。",
        "测绘图、勘察报告作为本协议附件，另册装订并已由双方签收。",
        "乙方申请核查时应附审计报告。",
        "改造图纸经双方确认后作为本协议附件。",
        "验收按附件一一次办结。",
    ],
)
def test_an_annex_that_is_here_or_elsewhere(sentence: str, pack: Pack) -> None:
    assert quotes(PAPER.format(sentence=sentence) + ANNEXES, "missing_attachment", pack) == []


def test_an_annex_of_which_only_the_heading_is_here(pack: Pack) -> None:
    heading = "附件三：管线接入位置表（签订后由甲方补充）"
    text = PAPER.format(sentence="管线接入按附件三执行。") + ANNEXES + heading + "\n"
    assert quotes(text, "missing_attachment", pack) == [heading]
    assert quotes(text + "供水接口位于北门，供电接口位于配电房。\n", "missing_attachment", pack) == []


def test_a_list_of_annexes_by_page(pack: Pack) -> None:
    text = PAPER.format(sentence="布局见附件1。") + "附件目录\n附件1：布局图（第3页）\n附件2：执照复印件（第4页）\n"
    assert quotes(text, "missing_attachment", pack) == []
