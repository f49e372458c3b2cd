"""Pairs of a wrong and its lawful neighbour: tables with subtotals, phases, counts, blanks of other forms, foreign names."""

from datetime import date

import pytest

from contract_audit import engine, trial
from contract_audit.rulespec import Pack

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def categories(text: str, pack: Pack) -> set[str]:
    found = trial.try_text(text, pack, as_of=AS_OF).findings
    return {finding.category for finding in found if finding.verdict == "fail"}


SUBTOTALS = (
    "投资如下：\n| 类别 | 明细 | 万元 |\n| 工程 | 厂房 | 620 |\n| | 道路 | 90 |\n| | 小计 | 710 |\n"
    "| 设备 | 机床 | 640 |\n| | 量具 | 185 |\n| | 小计 | 825 |\n| 其他 | 设计 | 225 |\n| 合计 | | {total} |"
)
YEARS = "分年投资：\n| 项目 | 2027年 | 2028年 | 合计 |\n| 土建 | 300 | 200 | 500 |\n| 设备 | 100 | 400 | {total} |"


def test_where_a_subtotal_is_wrong_the_total_that_takes_the_true_figures_is_not(pack: Pack) -> None:
    found = trial.try_text(SUBTOTALS.format(total=1760).replace("825", "845"), pack, as_of=AS_OF).findings
    assert [item.quote for item in found if item.category == "review.sum_mismatch"] == ["小计\t845"]


@pytest.mark.parametrize(
    ("wrong", "right", "category"),
    [
        (SUBTOTALS.format(total=1860), SUBTOTALS.format(total=1760), "review.sum_mismatch"),
        (YEARS.format(total=600), YEARS.format(total=500), "review.sum_mismatch"),
        ("用工400人，其中操作300人、技术70人、管理20人。", "用工400人，其中大学生100人、退役军人30人。", "review.sum_mismatch"),
        ("年产值2亿元，其中甲线1亿元、乙线6000万元、丙线3000万元。", "年产值由1.9亿元增至3.4亿元，年税收由780万元增至1500万元。",
         "review.sum_mismatch"),
        ("一期项目用地60亩。二期用地45亩。两期合计用地104亩。", "一期项目用地60亩。二期用地45亩。两期合计用地105亩。",
         "review.sum_mismatch"),
        ("购置设备120台，每台6万元，计780万元。", "购置设备120台，每台6万元，计720万元。", "review.sum_mismatch"),
        ("一期用地50亩，二期用地40亩，总用地80亩。", "一期用地50亩，二期用地40亩，总用地90亩。", "review.sum_mismatch"),
        ("（六）第一年投资1000万元，第二年2000万元，合计3500万元。", "（六）第一年投资1000万元，第二年2000万元，合计3000万元。",
         "review.sum_mismatch"),
        ("保证金共300万元，首次缴纳100万元，剩余150万元于开工前缴清。", "保证金共300万元，首次缴纳100万元，剩余200万元于开工前缴清。",
         "review.sum_mismatch"),
        ("奖励分三年兑付，比例为40%、40%、30%。", "奖励分三年兑付，比例为40%、30%、30%。", "review.sum_mismatch"),
        ("租金分三回付清：签字后付四成，开门那天付三成五，年底付三成五，合起来正好付完。",
         "租金分三回付清：签字后付四成，开门那天付三成五，年底付二成五，合起来正好付完。", "review.sum_mismatch"),
        ("| 固定资产投资 | 5.4亿元 |\n固定资产投资分三期：一期1.8亿元，二期2.2亿元，三期1.6亿元。",
         "| 固定资产投资 | 5.4亿元 |\n固定资产投资分三期：一期1.8亿元，二期2.2亿元，三期1.4亿元。", "review.sum_mismatch"),
        ("出资比例：恒远公司占60%、云岭公司占50%。", "出资比例：恒远公司占60%、云岭公司占40%。", "review.sum_mismatch"),
        ("1#、2#厂房各14000平方米，3#厂房11000平方米，4#宿舍9600平方米，建筑面积合计46600平方米。",
         "1#、2#厂房各14000平方米，3#厂房11000平方米，4#宿舍9600平方米，建筑面积合计48600平方米。", "review.sum_mismatch"),
        ("厂房共5栋，其中一期3栋、二期3栋。", "厂房共5栋，其中一期3栋、二期2栋。", "review.sum_mismatch"),
        ("车间三栋，每栋12000平方米，合计39000平方米。", "车间三栋，每栋12000平方米，合计36000平方米。", "review.sum_mismatch"),
        ("项目总投资3亿元。其中固定资产投资2.8亿元。\n乙方自备流动资金5000万元。",
         "项目总投资3亿元。其中固定资产投资2.5亿元。\n乙方自备流动资金5000万元。", "review.sum_mismatch"),
        ("| 设备 | 数量 | 单价（万元） | 金额（万元） |\n| 机床 | 40 | 26 | 1240 |\n| 合计 | | | 1240 |",
         "| 设备 | 数量 | 单价（元） | 金额（万元） |\n| 机床 | 40 | 260000 | 1040 |\n| 合计 | | | 1040 |", "review.sum_mismatch"),
        ("乙方取得土地后XX个月内开工。", "设备型号为XX-200型。", "review.blank_field"),
        ("甲方自交地之日起 日内接通水电。", "甲方自交地之日起30日内接通水电。", "review.blank_field"),
        ("乙方取得土地后〔 〕个月内开工。", "依据云政发〔2026〕3号文件执行。", "review.blank_field"),
        ("宗地编号：（此处由自然资源部门补填）。", "宗地编号：2026-3（此处由自然资源部门编制）。", "review.blank_field"),
        ("| 项目 | 内容 |\n| 项目代码 | |\n| 用地 | 80亩 |\n| 投资 | 3亿元 |",
         "| 项目 | 内容 |\n| 备注 | |\n| 用地 | 80亩 |\n| 投资 | 3亿元 |",
         "review.blank_field"),
        ("保证金人民币三百万元整（￥350万元）。", "保证金人民币三百万元整（￥300万元）。", "review.amount_mismatch"),
        ("每吨服务费人民币贰拾捌元（82元）。", "每吨服务费人民币贰拾捌元（28元）。", "review.amount_mismatch"),
        ("履约保函捌拾万元整（小写：88000）。", "履约保函捌拾万元整（小写：800000）。", "review.amount_mismatch"),
        ("标段价（大写）叁佰万元整，不含税，（小写）3,300,000元。", "标段价（大写）叁佰万元整，不含税，（小写）3,000,000元。",
         "review.amount_mismatch"),
        ("设备款贰佰零叁万陆仟元整（¥203.5万元）。", "设备款贰佰零叁万陆仟元整（约203.5万元）。", "review.amount_mismatch"),
        ("保证金大写人民币贰佰万元整；小写人民币2,200,000元。", "保证金大写人民币贰佰万元整；小写人民币2,000,000元。",
         "review.amount_mismatch"),
        ("总投资3.6亿元（即3600万元）。", "总投资3.6亿元（即36000万元）。", "review.unit_error"),
        ("项目总投资36000亿元。", "项目总投资360亿元。", "review.unit_error"),
        ("项目用地80平方米，总建筑面积56000平方米。", "项目用地8000平方米，总建筑面积56000平方米。", "review.unit_error"),
        ("| 指标 | 单位 | 数值 |\n| 总投资 | 亿元 | 36000 |", "| 指标 | 单位 | 数值 |\n| 总投资 | 万元 | 36000 |", "review.unit_error"),
        ("蒸汽价格每吨220万元。", "蒸汽价格每吨220元。", "review.unit_error"),
        ("厂房每平方米月租金12万元。", "住宅每平方米售价1.2万元。", "review.unit_error"),
        ("基地面积△△亩。", "评分为☆☆☆☆级。", "review.blank_field"),
        ("保证金（金额另定）万元。", "二期用地（面积另行商定），不在本协议范围。", "review.blank_field"),
        ("自2027年  月起供汽。", "本协议由双方于    年  月  日在云岭县签订。", "review.blank_field"),
        ("云岑县人民政府负责征收土地。", "云山市人民政府批准后，云岭县人民政府负责征收土地。", "review.party_inconsistency"),
        ("乙方（恒远智能股份有限公司）应自筹资金。", "乙方（恒远制造有限公司）应自筹资金。", "review.party_inconsistency"),
        ("岚丰竹业应于每月10日前报送用工情况。", "燃气公司应于每月10日前报送用气情况。", "review.party_inconsistency"),
        ("逾期交货的，每日按货款的3%支付违约金。", "逾期缴款的，每日按欠款的0.03%支付违约金。", "review.excessive_penalty"),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_found_and_its_lawful_neighbour_is_not(
    wrong: str, right: str, category: str, pack: Pack
) -> None:
    assert category in categories(wrong, pack)
    assert category not in categories(right, pack)


def test_a_rule_of_thumb_gives_a_doubt_not_a_finding(pack: Pack) -> None:
    text = "乙方受让工业用地八十亩，固定资产投资四千万元。"
    found = [
        item for item in trial.try_text(text, pack, as_of=AS_OF).findings if item.category == "review.low_intensity"
    ]
    assert [item.verdict for item in found] == ["review"]


def test_dollars_are_not_set_against_yuan(pack: Pack) -> None:
    found = trial.try_text("总投资3000万美元，其中流动资金5400万元人民币。", pack, as_of=AS_OF).findings
    assert "REV048" not in {item.rule for item in found}
