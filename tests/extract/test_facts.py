from datetime import date
from decimal import Decimal

import pytest

from contract_audit.extract.facts.titles import kind_of_paper
from contract_audit.model import FactValue, Understanding
from tests.extract.conftest import Understand


def value(paper: Understanding, name: str) -> FactValue | None:
    fact = paper.fact(name)
    return None if fact is None else fact.value


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("项目总投资2.2亿元，其中固定资产投资1.6亿元（厂房6800万元）。", "total_investment_yuan", Decimal(220000000)),
        ("项目总投资2.2亿元，其中固定资产投资1.6亿元（厂房6800万元）。", "fixed_investment_yuan", Decimal(160000000)),
        ("总投资:人民币叁亿陆仟万元整(¥360,000,000.00元)。", "total_investment_yuan", Decimal(360000000)),
        ("乙方投资9.6亿元（固定资产投资7.2亿元）建设。", "total_investment_yuan", Decimal(960000000)),
        ("项目公司注册资本5000万元。", "registered_capital_yuan", Decimal(50000000)),
        ("项目用地约105.8亩（以实测为准）。", "land_mu", Decimal("105.8")),
        ("意向用地86亩（折合57,333平方米，约5.73公顷）。", "land_sqm", Decimal(57333)),
        ("生产车间38,600平方米，总建筑面积57,500平方米。", "plant_sqm", Decimal(57500)),
        ("租用二期标准厂房4号楼，面积7800平方米。", "plant_sqm", Decimal(7800)),
        ("固定资产投资强度不低于每亩133万元。", "intensity_yuan_per_mu", Decimal(1330000)),
        ("容积率不低于1.2，建筑系数不低于40%。", "plot_ratio", Decimal("1.2")),
        ("容积率不低于1.2，建筑系数不低于40%。", "building_density", Decimal("0.4")),
        ("行政办公及生活服务设施用地占比不超过百分之七。", "office_share", Decimal("0.07")),
        ("解决就业420人左右。", "jobs", Decimal(420)),
        ("自交付之日起租期五年。", "term_years", Decimal(5)),
        ("项目名称：年产2万吨精密铸件项目。", "project", "年产2万吨精密铸件项目"),
        ("达产后年产值9亿元。", "output_yuan", Decimal(900000000)),
        ("乙方注册成立项目公司，认缴出资2000万元。", "registered_capital_yuan", Decimal(20000000)),
        ("乙方将在云岭县出资5000万元设立全资子公司。", "registered_capital_yuan", Decimal(50000000)),
        ("乙方注册资本由3,000万元增至11,250万元。", "registered_capital_yuan", Decimal(112500000)),
        ("乙方预计投入资金叁仟陆佰万元。", "total_investment_yuan", Decimal(36000000)),
        ("总投资6亿元，现调减至4.2亿元。", "total_investment_yuan", Decimal(420000000)),
        ("第一期投资1500万元，第二期投资2500万元，合计4000万元。", "total_investment_yuan", Decimal(40000000)),
        ("一期总投资12亿元。", "total_investment_yuan", Decimal(1200000000)),
        ("用地50亩核减至38亩。", "land_mu", Decimal(38)),
        ("由乙方全额投资，总额4.05亿元。", "total_investment_yuan", Decimal(405000000)),
        ("固定资产投资总额不低于20,076万元。", "fixed_investment_yuan", Decimal(200760000)),
        (
            "京曜股份有限公司（注册资本3.6亿元）设立项目公司，注册资本1.2亿元。",
            "registered_capital_yuan",
            Decimal(120000000),
        ),
        ("项目选址于通洛大道北侧，约50亩，公开出让。", "land_mu", Decimal(50)),
        ("老厂区（占地33亩）整体搬迁，新厂址占地70亩。", "land_mu", Decimal(70)),
        ("基地落户A5栋，面积9,600平方米。", "plant_sqm", Decimal(9600)),
        ("丙方将C3栋第二层4,600平方米标准厂房出租给乙方。", "plant_sqm", Decimal(4600)),
        ("使用两宗地：东地块40亩，作生产用；西地块25亩，作仓储用。两宗用地合计65亩。", "land_mu", Decimal(65)),
        ("用地60亩（折合40,000平方米）。乙方在用地南侧建设职工公寓9,000平方米。", "land_sqm", Decimal(40000)),
        ("厂房面积由8,000平方米调整为9,500平方米。", "plant_sqm", Decimal(9500)),
        (
            "新建装配车间8,400平方米、成品库2,600平方米、配电站400平方米，新增建筑面积11,400平方米。",
            "plant_sqm",
            Decimal(11400),
        ),
    ],
)
def test_facts_are_read_from_their_words(text: str, name: str, expected: FactValue, understand: Understand) -> None:
    assert value(understand(text), name) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("带动种植基地15万亩。", "land_mu"),
        ("乙方应于2023年10月31日前累计完成固定资产投资1亿元。", "fixed_investment_yuan"),
        ("一期固定资产投资4亿元。", "fixed_investment_yuan"),
        ("租用办公用房800平方米。", "plant_sqm"),
        ("每亩补偿3万元。", "total_investment_yuan"),
        ("一期总投资4亿元，二期总投资3亿元。", "total_investment_yuan"),
        ("厂房建筑占地面积48,000平方米。", "land_sqm"),
        ("公共停车场用地8亩由甲方提供。", "land_mu"),
    ],
)
def test_what_is_not_stated_is_absent(text: str, name: str, understand: Understand) -> None:
    assert value(understand(text), name) is None


def test_a_paper_on_a_later_phase_has_the_sizes_of_that_phase(understand: Understand) -> None:
    text = (
        "轴承项目（二期）投资协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n第一条 一期项目用地60亩。\n"
        "第二条 二期项目选址于湖滨路，用地45亩。两期合计用地105亩。\n甲方（盖章）：\n乙方（盖章）：\n"
    )
    paper = understand(text, whole=True)
    assert value(paper, "land_mu") == Decimal(45)


def test_amounts_that_disagree_stay_beside_each_other(understand: Understand) -> None:
    paper = understand("固定资产投资：人民币贰亿捌仟伍佰万元整（小写：25,800万元）。")
    found = [(fact.value, fact.confidence) for fact in paper.facts if fact.name == "fixed_investment_yuan"]
    assert found == [(Decimal(285000000), "low"), (Decimal(258000000), "low")]
    assert paper.fact("fixed_investment_yuan") is None  # which is meant nobody knows


def test_every_fact_points_at_its_words(understand: Understand) -> None:
    paper = understand("项目 总投资 2.2 亿元，用地(约)60亩。")
    total = paper.fact("total_investment_yuan")
    assert total is not None
    assert paper.document.text[total.start : total.end] == "2.2 亿元"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("云岭县招商引资项目投资合同", "投资"), ("《轴承项目合同书》补充协议（一）", "补充"), ("专题会议纪要", "纪要"),
        ("关于有关事项的答复函", "函"), ("入园协议", "入园"), ("厂房租赁合同", "厂房租赁"), ("能源管理系统采购与运维合同", "采购"),
        ("标准厂房委托建设与移交协议", "代建"), ("战略合作框架协议", "框架"), ("诚信履约承诺书", "承诺书"),
    ],
)  # fmt: skip
def test_the_kind_is_read_from_the_title(title: str, kind: str) -> None:
    assert kind_of_paper(title) == kind


def test_a_title_over_two_lines_is_one_title(understand: Understand) -> None:
    paper = understand("云岭县\n轴承项目投资合同书\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n", whole=True)
    assert value(paper, "title") == "云岭县轴承项目投资合同书"
    named = understand("恒远制造有限公司\n战略合作框架协议\n甲方：云岭县人民政府\n", whole=True)
    assert value(named, "title") == "战略合作框架协议"


@pytest.mark.parametrize(
    ("head", "block"),
    [
        ("签订日期：2023年3月15日\n", ""),
        ("", "二〇二三年三月十五日\n"),
        ("", "签署日期：2023.3.15\n"),
        ("", "二O二三年三月十五日\n"),
        ("2023年3月15日\n", ""),
        ("签约时间　2023年3月15日\n", ""),
        ("2023年3月15日  签于云岭县\n", ""),
        ("双方于2023年3月15日在云岭县签订本协议。\n", ""),
    ],
)
def test_the_day_of_signing_is_found_where_it_stands(head: str, block: str, understand: Understand) -> None:
    text = (
        f"投资协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n{head}第一条 双方于2021年6月8日签订《框架协议》。\n"
        f"甲方（盖章）：云岭县人民政府\n乙方（盖章）：恒远制造有限公司\n{block}"
    )
    assert value(understand(text, whole=True), "signed_on") == date(2023, 3, 15)


def test_days_of_signing_that_disagree_are_not_of_high_confidence(understand: Understand) -> None:
    text = (
        "投资协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n签订日期：2023年3月15日\n第一条 略。\n"
        "甲方（盖章）：云岭县人民政府\n2023年3月20日\n乙方（盖章）：恒远制造有限公司\n2023年3月20日\n"
    )
    found = [fact for fact in understand(text, whole=True).facts if fact.name == "signed_on"]
    assert found[0].value == date(2023, 3, 20)
    assert {fact.confidence for fact in found} == {"medium", "low"}


@pytest.mark.parametrize(
    ("title", "day", "mode"),
    [
        ("投资协议", "2023年3月15日", "signed"),
        ("投资协议（送审稿）", "2023年3月15日", "draft"),
        ("投资协议", "年  月  日", "draft"),
        ("投资协议（2025年示范文本）", "2023年3月15日", "signed"),
        ("投资协议（2025年示范文本）", "年  月  日", "draft"),
    ],
)
def test_signed_or_draft(title: str, day: str, mode: str, understand: Understand) -> None:
    text = f"{title}\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n第一条 本协议草案经审查。\n甲方（盖章）：\n乙方（盖章）：\n{day}\n"
    paper = understand(text, whole=True)
    assert paper.mode == mode
    assert paper.mode_reason


def test_minutes_on_several_firms_state_no_size_of_one_project(understand: Understand) -> None:
    text = (
        "云岭县人民政府专题会议纪要\n恒远制造有限公司（以下简称恒远公司）、宏图机械有限公司（以下简称宏图公司）负责人参加会议。\n会议议定：\n"
        "一、会议听取恒远制造有限公司汇报，向恒远公司交付标准厂房6000平方米。\n云岭县人民政府办公室 2022年5月13日印发\n"
    )
    paper = understand(text, whole=True)
    assert paper.fact("plant_sqm") is None
    alone = understand(text.replace("、宏图机械有限公司（以下简称宏图公司）", ""), whole=True)
    assert value(alone, "plant_sqm") == Decimal(6000)


def test_a_contract_closed_in_a_schedule_is_not_this_one(understand: Understand) -> None:
    text = (
        "代建协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n第一条 乙方代建厂房。\n"
        "甲方（盖章）：云岭县人民政府\n乙方（盖章）：恒远制造有限公司\n"
        "2024年10月22日\n附件一 进度表\n| 事项 | 期限 | 完成 |\n| 监理招标并签约 | 2025年2月28日前 | 2025年2月14日 |\n"
    )
    assert value(understand(text, whole=True), "signed_on") == date(2024, 10, 22)


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("阀门项目（二期）投资协议", "二期总投资1.9亿元。", ("阀门项目（二期）", Decimal(190000000))),
        ("药瓶项目二期投资协议", "二期总投资2亿元。", ("药瓶项目二期", Decimal(200000000))),
        ("铜管产业园项目投资协议", "建设“铜管产业园”，投资总额1亿元。", ("铜管产业园", Decimal(100000000))),
    ],
)
def test_a_later_phase_is_a_project_of_its_own(
    title: str, body: str, expected: tuple[FactValue, FactValue], understand: Understand
) -> None:
    text = f"{title}\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n第一条 {body}\n甲方（盖章）：\n乙方（盖章）：\n"
    paper = understand(text, whole=True)
    assert (value(paper, "project"), value(paper, "total_investment_yuan")) == expected


def test_parties_stand_behind_the_order_in_which_they_conclude(understand: Understand) -> None:
    text = (
        "合作合同\n立约方一（政府方）：云岭县人民政府\n立约方二（投资方）：恒远管材有限公司（筹建中，暂无执照）\n"
        "第一条 双方合作建设铜管项目。\n"
    )
    paper = understand(text, whole=True)
    assert (value(paper, "party_a"), value(paper, "party_b")) == ("云岭县人民政府", "恒远管材有限公司")
