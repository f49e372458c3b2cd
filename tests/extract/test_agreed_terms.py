"""Terms in figures, who signed, and facts that are told of something else."""

from datetime import date
from decimal import Decimal

import pytest

from contract_audit.model import FactValue, Understanding
from tests.extract.conftest import Understand


def value(paper: Understanding, name: str) -> FactValue | None:
    fact = paper.fact(name)
    return None if fact is None else fact.value


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("租金15元/平方米·月，按季支付。", "rent_yuan_per_sqm_month", Decimal(15)),
        ("厂房租金每平方米每年120元。", "rent_yuan_per_sqm_month", Decimal(10)),
        ("物业费3元/㎡/月，参照市场租金。", "rent_yuan_per_sqm_month", None),
        ("出让价款按8.5万元/亩计。", "land_price_yuan_per_mu", Decimal(85000)),
        ("投资强度不低于300万元/亩，用地60亩。", "land_price_yuan_per_mu", None),
        ("租期5年，自2022年7月1日至2027年6月30日。", "term_to", date(2027, 6, 30)),
        ("装修免租期自2022年7月1日至2022年9月30日。", "term_to", None),
        ("租赁期限5年；装修免租期3个月。", "term_years", Decimal(5)),
        ("装修免租期3个月。", "term_years", None),
        ("注册资金：原为6000万元，迁建后增资至1亿元。", "registered_capital_yuan", Decimal(100000000)),
        ("达产后年缴税收1600万元以上，年销售收入5.5亿元。", "own_means_yuan", None),
        ("项目选址云岭县新集镇工业集中区，拟供地面积66700平方米。", "site", "云岭县新集镇工业集中区"),
        ("合作项目：稻虾综合种养产业园，规划面积3000亩。", "project", "稻虾综合种养产业园"),
    ],
)
def test_facts(text: str, name: str, expected: object, understand: Understand) -> None:
    assert value(understand(text), name) == expected


def test_what_is_supposed_is_not_what_is_invested(understand: Understand) -> None:
    fact = understand("投资总额达到12亿元的，给予固定资产投资额8%的补助。").fact("total_investment_yuan")
    assert fact is None or fact.confidence == "low"


def test_the_number_of_another_paper_is_not_its_own(understand: Understand) -> None:
    text = "甲乙双方于2022年12月15日签署《智算中心项目投资框架协议》（编号：YQ-2022-118）。"
    assert value(understand(text), "number") is None


def test_a_number_without_a_colon(understand: Understand) -> None:
    paper = understand(
        "租赁协议\n（协议编号 BH-ZL-2023-0088）\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n租期三年。", whole=True
    )
    assert value(paper, "number") == "BH-ZL-2023-0088"


def test_who_signed_beside_each_other(understand: Understand) -> None:
    paper = understand(
        "厂房租赁合同\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n一、租期三年。\n二、租金每月付。\n"
        "甲方（盖章）：云岭县人民政府      乙方（盖章）：恒远制造有限公司\n"
        "授权代表：孙立群                  授权代表：Lena Hoffmann\n2024年3月1日",
        whole=True,
    )
    assert (value(paper, "signatory_a"), value(paper, "signatory_b")) == ("孙立群", "Lena Hoffmann")


def test_a_firm_with_no_name_of_its_own_acts_for_the_zone_of_its_place(understand: Understand) -> None:
    paper = understand(
        "入园协议\n甲方：沭河经济开发区管理委员会\n乙方：深圳市恒锐精密智造有限公司\n丙方：沭河开发投资集团有限公司\n一、丙方出租厂房。",
        whole=True,
    )
    assert [(party.kind, party.side) for party in paper.parties] == [
        ("committee", "government"),
        ("enterprise", "investor"),
        ("platform_company", "government"),
    ]


def test_brackets_of_either_width_make_one_name(understand: Understand) -> None:
    paper = understand(
        "投资协议\n甲方：云岭县人民政府\n乙方：云帆（云岭）智算中心有限公司\n一、乙方投资1亿元。\n"
        "甲方（盖章）：云岭县人民政府\n乙方（盖章）：云帆(云岭)智算中心有限公司\n2024年3月1日",
        whole=True,
    )
    assert [fact.value for fact in paper.facts if fact.name == "party_b"] == ["云帆（云岭）智算中心有限公司"]


def test_labels_with_names_and_those_present(understand: Understand) -> None:
    named = understand("招商合同\n甲方名称：杏花镇人民政府\n乙方名称：李国庆\n1、投资2600万元。", whole=True)
    assert [party.name for party in named.parties] == ["杏花镇人民政府", "李国庆"]
    met = understand(
        "项目有关事宜的会议备忘录\n参会方：塔林县人民政府（简称县政府）；新疆天池牧业发展股份有限公司（简称天池牧业）\n（一）天池牧业投资3亿元。",
        whole=True,
    )
    assert [party.name for party in met.parties] == ["塔林县人民政府", "新疆天池牧业发展股份有限公司"]
    assert met.parties[0].aliases[0] == "县政府"


@pytest.mark.parametrize(
    ("text", "project"),
    [
        (
            "青桥县人民政府常务会议纪要\n研究广东盈科纸品有限公司（以下简称“盈科纸品”）有关事宜。\n"
            "一、同意盈科纸品投资4.2亿元建设高端纸包装产业园项目。",
            "高端纸包装产业园项目",
        ),
        (
            "承诺书\n致：清溪县经济开发区管理委员会\n我公司就锦程智能制衣项目郑重承诺：\n1. 投资5000万元。",
            "锦程智能制衣项目",
        ),
        (
            "框架协议\n甲方：云梦湖市人民政府\n乙方：国泰新能股份有限公司\n"
            "第一条 投资人拟在云梦湖市布局光储氢一体化产业基地项目，总投资50亿元。",
            "光储氢一体化产业基地项目",
        ),
    ],
)
def test_projects_of_minutes_pledges_and_frameworks(text: str, project: str, understand: Understand) -> None:
    assert value(understand(text, whole=True), "project") == project


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("甲方应于2025年3月1日前15日内完成消防检测。", date(2025, 3, 1)),
        ("甲方应于2025年3月1日前15日完成消防检测。", date(2025, 2, 14)),
    ],
)
def test_within_so_many_days_before_a_day_lasts_to_that_day(text: str, due: date, understand: Understand) -> None:
    assert [duty.due for duty in understand(text).obligations] == [due]


def test_the_code_of_a_company_of_the_government_is_not_the_investor_s(understand: Understand) -> None:
    paper = understand(
        "租赁合同\n甲方：清溪高新区产业投资运营有限公司\n统一社会信用代码：91320582MA1NX8K40Y\n"
        "乙方：清溪飞控电子科技有限公司\n统一社会信用代码：91330683MA2BC7D10G\n一、租期三年。",
        whole=True,
    )
    assert value(paper, "uscc") == "91330683MA2BC7D10G"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("乙方年纳税达到500万元的，给予50万元奖励。", "government"),
        ("乙方首台设备进场后，一次性补贴运费20万元，于30日内拨付。", "government"),
        ("建设周期：自取得国有建设用地交付确认书之日起24个月。", "investor"),
        ("乙方未按期开工的，应于30日内缴纳违约金10万元。", "investor"),
    ],
)
def test_who_owes_what_a_condition_brings(text: str, side: str, understand: Understand) -> None:
    assert {duty.side for duty in understand(text).obligations} == {side}
