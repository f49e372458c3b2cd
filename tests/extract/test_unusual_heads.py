"""Parties and sizes of papers with unusual heads: helpers at a deal, letters to a firm and its manager, minutes about one firm."""

from decimal import Decimal

import pytest

from tests.extract.conftest import Understand


def facts(text: str, understand: Understand) -> dict[str, object]:
    paper = understand(text, whole=True)
    return {
        name: fact.value
        for name in ("party_a", "party_b", "party_c", "project", "total_investment_yuan", "fixed_investment_yuan", "land_mu")
        if (fact := paper.fact(name)) is not None
    }  # fmt: skip


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("协助方", "云岭经济开发区管理委员会"),
        ("见证方", "云岭县商务局"),
        ("监督单位", "云岭县国有资产监督管理局"),
        ("担保人", "云岭县城建投资有限公司"),
        ("配合单位", "云岭县云门镇人民政府"),
        ("产权单位", "云岭县产业园运营有限公司"),
    ],
)
def test_the_helper_at_a_lease_is_the_third_party(label: str, name: str, understand: Understand) -> None:
    text = f"厂房租赁协议\n出租人：云岭县开投产业有限公司\n承租人：恒远注塑有限公司\n{label}：{name}\n第一条 另议。\n"
    found = facts(text, understand)
    assert (found["party_a"], found["party_b"], found["party_c"]) == (
        "云岭县开投产业有限公司", "恒远注塑有限公司", name,
    )  # fmt: skip


@pytest.mark.parametrize(
    "addressee",
    [
        "云岭恒丰薯业有限公司、温大顺经理:",
        "云岭恒丰薯业有限公司并何天明董事长：",
        "云岭恒丰薯业有限公司，李老板：",
        "致：云岭恒丰薯业有限公司及赵海先生：",
        "陈天厂长、云岭恒丰薯业有限公司：",
    ],
)
def test_a_letter_to_a_firm_and_its_manager_is_to_the_firm(addressee: str, understand: Understand) -> None:
    text = f"关于支持建厂的承诺书\n{addressee}\n你们要来办厂，镇里欢迎。\n一、修路的事镇里办。\n云岭县云门镇人民政府\n2021年3月9日\n"
    found = facts(text, understand)
    assert (found["party_a"], found["party_b"]) == ("云岭县云门镇人民政府", "云岭恒丰薯业有限公司")


@pytest.mark.parametrize("title", ["承诺书", "关于恒丰薯业落户事宜的复函"])
def test_a_letter_headed_with_the_organ_is_the_organs(title: str, understand: Understand) -> None:
    text = (
        f"云岭县云门镇人民政府{title}\n云岭恒丰薯业有限公司：\n你们要来办厂，镇里欢迎。\n"
        "一、修路的事镇里办。\n镇党委书记（签名）：李明\n2021年3月9日\n"
    )
    found = facts(text, understand)
    assert (found["party_a"], found["party_b"]) == ("云岭县云门镇人民政府", "云岭恒丰薯业有限公司")


@pytest.mark.parametrize(
    "opening",
    [
        "逐项研究恒远电子材料（云岭）有限公司（以下称恒远公司）基板项目的问题",
        "专题协调恒远电子材料（云岭）有限公司（以下简称恒远公司，本县企业）基板项目的问题",
        "集中讨论了恒远电子材料（云岭）有限公司（下称恒远公司）基板项目的问题",
    ],
)
def test_minutes_that_name_a_firm_in_their_title_are_about_it(opening: str, understand: Understand) -> None:
    text = (
        "云岭县人民政府专题会议纪要\n关于解决恒远电子材料公司基板项目遗留问题的专题会议纪要\n"
        f"8月15日，县长主持会议，{opening}。该项目总投资2.6亿元，用地52亩。\n会议议定：\n"
        "一、管网由云岭县城建投资集团有限公司（以下称县城投）发包，宏基市政工程有限公司（以下称宏基公司）承建，10月31日前付清。\n"
        "云岭县人民政府办公室 2025年8月20日印发\n"
    )
    found = facts(text, understand)
    assert found["party_b"] == "恒远电子材料（云岭）有限公司"
    assert (found["total_investment_yuan"], found["land_mu"]) == (Decimal(260_000_000), Decimal(52))


def test_minutes_on_two_firms_of_their_title_have_no_size(understand: Understand) -> None:
    text = (
        "云岭县人民政府专题会议纪要\n关于恒远电子和宏基管桩两家企业有关问题的专题会议纪要\n会议研究了恒远电子材料有限公司（以下称恒远公司）、"
        "宏基管桩制造有限公司（以下称宏基公司）的问题。总投资2.6亿元。\n一、恒远公司10月底前投产。\n2025年8月20日印发\n"
    )
    assert "total_investment_yuan" not in facts(text, understand)


@pytest.mark.parametrize("body", ["云岭市云港区招商服务专班", "云岭县重点项目推进专班", "云岭县产业链招商工作专班"])
def test_a_special_team_is_a_body_set_up_for_the_time(body: str, understand: Understand) -> None:
    paper = understand(f"合作约定\n甲方：{body}\n乙方：恒远供应链有限公司\n第一条 另议。\n", whole=True)
    assert next((party.kind, party.side) for party in paper.parties) == ("temporary_body", "government")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("“云仓通”大宗商品交易总部进驻云港区合作约定", "“云仓通”大宗商品交易总部"),
        ("关于支持温大顺同志回乡办薯粉厂的承诺书", "薯粉厂"),
        ("关于帮助李桂英女士返乡创业办制衣厂的承诺书", "制衣厂"),
        ("数字贸易区域总部落户云岭县合作协议", "数字贸易区域总部"),
    ],
)
def test_the_title_names_the_works_not_who_brings_it_where(title: str, expected: str, understand: Understand) -> None:
    text = f"{title}\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n第一条 双方守信。\n"
    assert facts(text, understand).get("project") == expected


def test_when_they_agreed_is_no_part_of_the_project(understand: Understand) -> None:
    text = (
        "物流合作协议书\n甲方：云岭县人民政府\n乙方：恒远物流有限公司\n甲、乙双方于2018年9月12日就云门港物流园项目（以下称本项目）达成协议：\n"
        "一、另议。\n"
    )
    assert facts(text, understand)["project"] == "云门港物流园项目"


@pytest.mark.parametrize(
    ("words", "yuan"),
    [
        ("分三个车间，固定资产投资依次为3.4亿元、2.6亿元、2.8亿元，合计8.8亿元", 880_000_000),
        ("两个厂区的固定资产投资分别为12000万元和8000万元，共计20000万元", 200_000_000),
        ("固定资产投资各为1.2亿元、1.5亿元，总计2.8亿元", 280_000_000),
        ("项目总投资6.8亿元，其中一期固定资产投资3.2亿元，二期固定资产投资2亿元，铺底流动资金1.6亿元", 520_000_000),
        ("总投资9000万元，首期固投4000万元、二期固投3500万元，其余为流动资金", 75_000_000),
        ("总共投2600万元，里头买设备盖厂房1900万元，剩下700万元是周转钱", 19_000_000),
        ("一共投800万元，建厂房、购设备560万元，其余周转", 5_600_000),
        ("总投资3亿元，其中固定资产投资2亿元；一期固定资产投资1.2亿元，二期固定资产投资0.6亿元", 200_000_000),
    ],
)
def test_the_fixed_investment_is_the_whole_of_its_parts(words: str, yuan: int, understand: Understand) -> None:
    fact = understand(f"{words}，由乙方自筹。").fact("fixed_investment_yuan")
    assert fact is not None
    assert fact.value == yuan


@pytest.mark.parametrize(
    ("stem", "yuan"),
    [
        ("投资构成如下表（单位：万元）：", 169_500_000),
        ("项目投资估算见下表（单位：万元）：", 169_500_000),
        ("本项目分年度投资计划如下（单位：万元）：", None),
        ("设备投资明细如下（单位：万元）：", None),
    ],
)
def test_the_sum_row_of_the_investment_is_the_total(stem: str, yuan: int | None, understand: Understand) -> None:
    table = "| 科目 | 金额 |\n| 装修 | 1800 |\n| 购置 | 12150 |\n| 流动资金 | 3000 |\n| 合计 | 16950 |"
    fact = understand(f"{stem}\n{table}").fact("total_investment_yuan")
    assert (fact.value if fact is not None and fact.confidence != "low" else None) == yuan
