"""Plants told by the halls they are, sums that were changed or told twice, projects by what is built, firms of minutes."""

import pytest

from tests.extract.conftest import Understand

MINUTES = "云岭县人民政府\n关于轴承项目问题的会议纪要\n9月3日，县长李明带队到恒远轴承（云岭）有限公司（以下简称恒远公司）现场办公。\n"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("摄影棚三座，合计9000平方米，由甲方建设。", "plant_sqm", "9000"),
        ("厂房由乙方自己盖，约12000平方米。", "plant_sqm", "12000"),
        ("项目使用甲方2号、3号库房（已建成，8,000平方米），评估后招租。", "plant_sqm", "8000"),
        ("原粮站仓库2600平方米，甲方在入冬前腾空交给乙方。", "plant_sqm", "2600"),
        ("厂房、展厅、办公用房合计建筑面积26000平方米左右。", "plant_sqm", "26000"),
        ("用地40亩。\n甲方将闲置冷库1800平方米移交乙方试产。", "plant_sqm", None),
        ("二期厂房（1.2万平方米），由平台公司收购。", "plant_sqm", None),
        ("厂房盖在18亩地上。", "plant_sqm", None),
        ("原协议约定总投资6亿元。\n总投资调整为4亿元，其中已完成1亿元。", "total_investment_yuan", "400000000"),
        ("首期注册资本1.2亿元。", "registered_capital_yuan", "120000000"),
        (
            "总投资：人民币叁亿元整（¥310,000,000元），其中一期1亿元、二期2亿元，合计30,000万元。",
            "total_investment_yuan",
            "300000000",
        ),
        ("总投资：人民币叁亿元整（¥310,000,000元），其中一期1亿元、二期2亿元。", "total_investment_yuan", None),
    ],
)
def test_halls_changed_sums_and_sums_borne_out(
    understand: Understand, text: str, name: str, expected: str | None
) -> None:
    fact = understand(text).fact(name)
    assert (None if fact is None else str(fact.value)) == expected


@pytest.mark.parametrize(
    ("title", "body", "project"),
    [
        (
            "关于恒远制造有限公司来函事项的复函",
            "恒远制造有限公司：\n贵公司《关于高速轴承项目若干诉求的函》收悉。",
            "高速轴承项目",
        ),
        ("恒远高速轴承生产基地项目合作协议", "乙方拟在云岭县建设高速轴承生产基地，占地80亩。", "高速轴承生产基地"),
        ("高速轴承生产基地项目合作协议", "乙方拟在云岭县建设高速轴承生产基地，占地80亩。", "高速轴承生产基地项目"),
        ("云岭县家居产业园项目进园合同", "乙方在园区兴办实木门生产项目，总投资2亿元。", "实木门生产项目"),
        ("轴承及保持架项目投资协议之变更协议", "双方曾签订《轴承项目投资协议》。", "轴承及保持架项目"),
        ("青峰山天然泉水开发合同", "乙方在云岭县建设天然泉水瓶装厂，总投资9000万元。", "天然泉水瓶装厂"),
        ("厂房租赁暨到期回购合同", "甲方将厂房租给乙方。", None),
    ],
)
def test_projects_by_what_the_body_builds(understand: Understand, title: str, body: str, project: str | None) -> None:
    parties = "" if "复函" in title else "甲方：云岭县人民政府\n乙方：恒远制造有限公司\n"
    fact = understand(f"{title}\n{parties}{body}\n", whole=True).fact("project")
    assert (None if fact is None else fact.value) == project


def test_a_firm_of_minutes_is_named_without_who_led_whom_there(understand: Understand) -> None:
    paper = understand(MINUTES, whole=True)
    assert [party.name for party in paper.parties if party.role == "企业"] == ["恒远轴承（云岭）有限公司"]


def test_a_firm_of_minutes_that_builds_for_another_is_no_investor(understand: Understand) -> None:
    firm = "财政局和恒筑建设集团有限公司（以下简称恒筑公司）参加。\n"
    text = f"{MINUTES}{firm}一、1号厂房由恒筑公司经公开招标承建。\n"
    sides = {party.name: party.side for party in understand(text, whole=True).parties}
    assert (sides["恒筑建设集团有限公司"], sides["恒远轴承（云岭）有限公司"]) == ("third", "investor")
