"""Duties that were not found, or were another's: recipients, plans of steps, rows without a time, places that are no object."""

from datetime import date

import pytest

from contract_audit.extract import settle
from contract_audit.extract.duties.wanted import owed_words
from contract_audit.model import Context, Evidence
from tests.extract.conftest import Understand


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("押金于期满后30日内退乙方。", "government"),
        ("厂房钥匙于2027年5月1日前交乙方。", "government"),
        ("甲方协调流转的600亩土地，于2027年6月30日前交乙方经营。", "government"),
        ("协议终止时，乙方履约押金在使用期届满、乙方搬离之日起60日内由甲方退还。", "government"),
        ("押金2027年5月1日前交甲方。", "investor"),
        ("乙方设备款于2027年5月1日前由乙方付清。", "investor"),
    ],
)
def test_who_receives_does_not_owe(text: str, side: str, understand: Understand) -> None:
    assert [duty.side for duty in understand(text).obligations if duty.due_end > duty.due_start] == [side]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "节点计划\n1、主体封顶：2027年3月31日；\n2、全部房源交付：2027年6月30日。",
            [date(2027, 3, 31), date(2027, 6, 30)],
        ),
        ("节点计划：主体封顶2027年3月31日；3号楼交付2027年6月30日。", [date(2027, 3, 31), date(2027, 6, 30)]),
        (
            "配套进度\n（1）双回路送电：2027年6月底\n（2）土地移交 2027年12月31日",
            [date(2027, 6, 30), date(2027, 12, 31)],
        ),
        ("时间表：蒸汽供汽 2027年8月底；雨水管接通 2027年9月底。", [date(2027, 8, 31), date(2027, 9, 30)]),
    ],
)
def test_a_step_and_its_day_are_a_duty(text: str, days: list[date], understand: Understand) -> None:
    assert [duty.due for duty in understand(text).obligations if duty.due is not None] == days


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("蒸汽管线由甲方铺到乙方车间外，压力0.8兆帕。", "infrastructure"),
        ("甲方向乙方交付位于工业大道南侧的净地66亩。", "land"),
        ("红线内的12户养殖户由甲方搬走。", "land"),
        ("甲方为乙方提供会议中心一处。", "other"),
        ("区政府把厂北那条土路修成水泥路，约1.3公里。", "infrastructure"),
        ("| 序号 | 事项 | 责任方 | 时限 |\n| 1 | 红线内高压线迁改 | 甲方 | — |", "infrastructure"),
    ],
)
def test_what_the_government_owes_without_a_time_is_a_duty(text: str, kind: str, understand: Understand) -> None:
    duties = [duty for duty in understand(text).obligations if duty.side == "government"]
    assert [(duty.kind, duty.due) for duty in duties] == [(kind, None)]


def test_a_table_at_the_end_is_no_signature(understand: Understand) -> None:
    paper = understand(
        "协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n第一条 乙方租用6号厂房。\n"
        "附件 进度表\n| 事项 | 截止日 |\n| 设备进场 | 2023.05.31 |\n",
        whole=True,
    )
    assert paper.fact("signed_on") is None


@pytest.mark.parametrize("lead", ["办好下面三件", "做好以下几桩事", "完成三项", "把这几件办妥，办好下列事情"])
def test_items_take_the_time_of_their_lead(lead: str, understand: Understand) -> None:
    text = (
        "投资协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n一、甲方要办的事\n"
        f"（一）甲方在2027年3月31日以前，{lead}：\n1.把50亩净地交给乙方，双方在交地单上画押；\n2.装好大门外的消防取水口。\n"
    )
    duties = [duty for duty in understand(text, whole=True).obligations if duty.due]
    assert [duty.due for duty in duties] == [date(2027, 3, 31)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "乙方自取得施工许可证之日起三个月内仍未实质施工的，甲方可以收回场地。",
        "甲方自签订之日起三十日内没有移交场地的，工期相应顺延。",
    ],
)
def test_what_follows_if_nothing_was_done_is_no_duty(text: str, understand: Understand) -> None:
    assert not [duty for duty in understand(text).obligations if duty.due or duty.offset]


@pytest.mark.parametrize(
    ("owed", "done", "status"),
    [
        ("人畜饮水机井4眼", "机井3眼出水", "overdue"),
        ("人畜饮水机井4眼", "4眼机井全部出水", "done_on_time"),
        ("电梯2部", "电梯装好1部", "overdue"),
    ],
)
def test_things_are_counted_in_their_classifiers(owed: str, done: str, status: str, understand: Understand) -> None:
    paper = understand(
        f"甲方应于2024年6月30日前建成{owed}。\n乙方应于2024年12月31日前投产。\n乙方应于2024年9月30日前封顶。"
    )
    row = Evidence(contract="协议", matter=done, done_on=date(2024, 6, 1), proof="验收单")
    settled = settle(paper, Context(as_of=date(2024, 8, 1), evidence=(row,)))
    assert settled.obligations[0].status == status


def test_what_follows_if_nothing_was_done_is_still_owed(understand: Understand) -> None:
    text = "项目公司在出资后五年内未能上市的，由乙方按投资本金加6%回购基金所持股权。"
    assert [(duty.side, duty.due) for duty in understand(text).obligations] == [("investor", None)]


@pytest.mark.parametrize(
    "text",
    [
        "本协议签订之日起六个月内，甲方不就同一选址方案另与其他企业签约。",
        "乙方在2027年12月31日前不转让所持项目公司股权。",
    ],
)
def test_what_is_not_to_be_done_is_never_late(text: str, understand: Understand) -> None:
    assert not understand(text).obligations


_LOTS = """甲方欠付乙方货款1180万元，按下表偿还：
| 期次 | 金额（万元） | 偿还时间 |
| --- | --- | --- |
| 1 | 300 | 2026年6月底前 |
| 2 | 280 | 2026年8月底前 |
"""
_NODES = """各期节点如下：
| 期次 | 楼号 | 主体封顶 | 竣工验收 |
| --- | --- | --- | --- |
| 一期 | 1号楼 | 2026年12月31日前 | 2027年4月30日前 |
"""


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (_LOTS, 1, ("第2期", "280")),
        (_NODES, 0, ("一期", "1号楼", "主体封顶")),
        (_NODES, 1, ("一期", "1号楼", "竣工验收")),
    ],
)
def test_a_row_of_a_table_is_named_by_its_lot_and_its_column(
    text: str, place: int, words: tuple[str, ...], understand: Understand
) -> None:
    understanding = understand(text)
    dated = [duty for duty in understanding.obligations if duty.due_end > duty.due_start]
    assert all(word in owed_words(understanding, dated[place]) for word in words)


def test_what_a_receipt_stands_for_is_not_owed(understand: Understand) -> None:
    assert not understand("乙方签收《交地确认书》即为交付。").obligations


def test_repairs_are_not_counted_from_works(understand: Understand) -> None:
    paper = understand(
        "乙方自本协议签订之日起，对制冷机组继续提供保修服务，接到报修后24小时内到场。\n甲方应于2024年6月30日前移交厂房。\n乙方应于2024年12月31日前投产。"
    )
    rows = tuple(
        Evidence(contract="x", matter=matter, done_on=day, proof="单据", amount=None, row=number)
        for number, (matter, day) in enumerate(
            [("厂房移交", date(2024, 6, 20)), ("3号库机组调完，三家到场签字", date(2024, 11, 11))], start=2
        )
    )
    settled = settle(paper, Context(as_of=date(2025, 6, 30), evidence=rows))
    assert not [duty for duty in settled.obligations if duty.due == date(2024, 11, 12)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("雨水管42.8万元由管委会于2024年5月31日前归还，资金已列入2024年预算。", [date(2024, 5, 31)]),
        ("园区污水管网改造由县住建局实施，资金已列入年初预算，2027年11月底前完工。", [date(2027, 11, 30)]),
        ("涉纠纷的账户，由市里协调法院在2024年底前不予冻结。", []),
    ],
)
def test_what_is_paid_for_already_is_still_owed(text: str, days: list[date], understand: Understand) -> None:
    assert [duty.due for duty in understand(text).obligations if duty.due is not None] == days


def test_how_things_are_is_no_duty(understand: Understand) -> None:
    text = (
        "柑橘分选厂协议\n甲方：云岭县梨坪镇人民政府\n乙方：恒远果业有限公司\n"
        "梨坪镇种柑橘两万三千亩，一到霜降前后果子挤成堆，卖不起价。双方商定如下：\n"
        "1、甲方于2016年6月1日前交地。\n2、乙方于2016年9月1日前开工。\n2016年3月18日"
    )
    days = [duty.due for duty in understand(text, whole=True).obligations if duty.due is not None]
    assert days == [date(2016, 6, 1), date(2016, 9, 1)]


def test_the_last_day_of_a_list_of_tasks_is_no_day_of_signing(understand: Understand) -> None:
    text = (
        "云岭县人民政府专题会议纪要\n2020年9月17日，县长主持召开协调会，专题研究锦澜纺织（云岭）有限公司复产。\n"
        "一、锦澜公司于9月30日前把工资发放到位。\n附：任务清单\n| 序号 | 任务 | 责任单位 | 时限 |\n"
        "| 1 | 2号变压器增容 | 工业园区管委会 | 2021年1月25日 |\n云岭县人民政府办公室　2020年9月21日印发\n"
    )
    paper = understand(text, whole=True)
    assert [fact.value for fact in paper.facts if fact.name == "signed_on"] == [date(2020, 9, 21)]
    assert paper.obligations[0].due == date(2020, 9, 30)
