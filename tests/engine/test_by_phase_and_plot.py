"""What is told by the area, reckoned for each phase or plot, and planning indicators against conditions and areas."""

from datetime import date

import pytest

from contract_audit import engine, trial
from contract_audit.examplespec import Example
from contract_audit.rulespec import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def quotes(text: str, category: str, pack: Pack) -> list[str]:
    findings = trial.judge_example(Example(text=text, as_of=date(2026, 6, 30)), pack).findings
    return [item.quote for item in findings if item.category == f"review.{category}"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("甲地块25亩，固定资产投资5000万元；乙地块35亩，固定资产投资1.4亿元。甲地块强度350万元/亩，乙地块强度400万元/亩。", "350万元/亩"),
        ("项目用地3公顷，固定资产投资1.2亿元。投资强度为每公顷5200万元。", "每公顷5200万元"),
        ("固定资产投资明细（万元）"
         "\n| 类别 | 金额 |\n| 冷库 | 5,400 |\n| 制冷机组 | 3,600 |\n| 合计 | 9,000 |\n项目用地45亩，投资强度260万元/亩。", "260万元/亩"),
        ("项目总投资1.6亿元，包括厂房7000万元、设备5000万元、流动资金4000万元，用地40亩，固定资产投资强度400万元/亩。", "400万元/亩"),
        ("年税收1500万元，其中首期500万元、二期1000万元；"
         "用地100亩，其中首期50亩、二期50亩。亩均税收：首期15万元，二期20万元。", "首期15万元"),
        ("工业园准入投资强度不低于350万元/亩，本项目投资强度280万元/亩。", "280万元/亩"),
        ("项目用地50亩，固定资产投资2亿元，据此测算投资强度为300万元/亩。", "300万元/亩"),
    ],
)  # fmt: skip
def test_a_figure_that_no_sum_and_land_make(text: str, quoted: str, pack: Pack) -> None:
    found = quotes(text, "low_intensity", pack)
    assert len(found) == 1 and quoted.removeprefix("首期") in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "甲地块25亩，固定资产投资8750万元；乙地块35亩，固定资产投资1.4亿元。甲地块投资强度350万元/亩，乙地块投资强度400万元/亩。",
        "项目用地3公顷，固定资产投资1.2亿元。投资强度为每公顷4000万元。",
        "选址范围70亩，其中代征绿带10亩，项目净用地60亩，固定资产投资1.8亿元，按净用地计算投资强度为300万元/亩。",
        "总投资1.6亿元，其中流动资金4000万元，用地40亩，固定资产投资强度300万元/亩。",
        "项目用地60亩，年税收900万元。对亩均税收达到25万元的企业给予评优。",
        "项目用地50亩，固定资产投资2亿元，投资强度不低于300万元/亩。",
    ],
)  # fmt: skip
def test_a_figure_that_some_sum_and_land_make(text: str, pack: Pack) -> None:
    assert quotes(text, "low_intensity", pack) == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("该宗工业用地规划条件：\n1．容积率不低于1.3；\n2．建筑密度不低于35%。\n乙方报送的设计方案容积率1.05，建筑密度41%。", "容积率1.05"),
        ("| 指标 | 规划条件 | 设计方案 |\n| 容积率 | ≥1.5 | 1.3 |\n| 绿地率 | ≤15% | 12% |", "1.3"),
        ("工业用地30000平方米，各建筑物占地："
         "\n| 名称 | 占地面积（平方米） |\n| 一号车间 | 7,000 |\n| 仓库 | 3,500 |\n| 合计 | 10,500 |\n建筑系数为48%。", "建筑系数为48%"),
        ("东区用地20000平方米，计容建筑面积16000平方米；"
         "西区用地30000平方米，计容建筑面积45000平方米。东区容积率1.4，西区容积率1.5。", "容积率1.4"),
        ("工业用地80亩，乙方可用其中9亩用于建设研发人员公寓和食堂。", ""),
        ("工业用地80亩，准许将一成二的土地用于建设接待中心和职工宿舍。", ""),
    ],
)  # fmt: skip
def test_an_indicator_that_is_not_met_or_not_made(text: str, quoted: str, pack: Pack) -> None:
    found = quotes(text, "planning_indicator", pack)
    assert found and (not quoted or found == [quoted])


@pytest.mark.parametrize(
    "text",
    [
        "该宗工业用地规划条件：\n1．容积率不低于1.0；\n2．建筑密度不低于35%。\n乙方报送的设计方案容积率1.05，建筑密度41%。",
        "工业用地规划条件要求容积率不低于1.3。乙方建成的容积率低于1.0的，甲方有权要求整改。",
        "| 指标 | 规划条件 | 设计方案 |\n| 容积率 | ≥1.2 | 1.3 |\n| 绿地率 | ≤15% | 12% |",
        "工业用地30000平方米，设露天堆场，建筑物基底面积9500平方米，建筑系数48%。",
        "工业用地80亩，其中5亩用于建设食堂和职工宿舍。",
        "| 功能 | 用地（亩） |\n| 厂房 | 60 |\n| 办公及宿舍 | 5 |\n| 绿化 | 15 |\n| 合计 | 80 |",
        "教育用地30亩，绿地率不低于35%，建筑密度不高于25%，行政办公用地占比15%。",
    ],
)
def test_an_indicator_that_is_met_or_for_other_land(text: str, pack: Pack) -> None:
    assert quotes(text, "planning_indicator", pack) == []
