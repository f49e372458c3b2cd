"""Facts that need more than the words before a sum: both writings, currency, the day it is for, lists, columns of tables."""

from decimal import Decimal

import pytest

from tests.extract.conftest import Understand

PHASES = "| 事项 | 一期（原合同） | 二期（本协议） |\n| 地块 | N-4，120亩 | N-7，75亩 |\n| 固定资产投资 | 4.1亿元 | 3.15亿元 |"
SUMS = "| 项目 | 承接（万元） | 新增（万元） | 小计（万元） |\n| 设备 | 0 | 3,820 | 3,820 |\n| 固定资产投资合计 | 2,780 | 8,220 | 11,000 |"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "总投资1.2亿元，其中固定资产投资8000万元。\n乙方于2026年9月末前，固定资产投资不少于3000万元。",
            "fixed_investment_yuan",
            "80000000",
        ),
        (
            "到2023年底，固定资产要投进去6,000万元以上。\n总投资1.8亿元，其中固定资产投资1.35亿元。",
            "fixed_investment_yuan",
            "135000000",
        ),
        ("乙方承诺投资壹拾贰亿元整（1,200,000,000元），全部形成固定资产。", "fixed_investment_yuan", "1200000000"),
        ("乙方计划投资3亿元，均为固定资产投资。", "fixed_investment_yuan", "300000000"),
        ("投资总额4,800万美元，按汇率7.10元，折合人民币34,080万元。", "total_investment_yuan", "340800000"),
        ("建设高温库14,000平方米、分拣间6,000平方米、结算用房2,000平方米，合计22,000平方米。", "plant_sqm", "22000"),
        ("| 单体 | 建筑面积（平方米） |\n| 车间 | 21,000 |\n| 仓库 | 6,500 |\n| 合计 | 27,500 |", "plant_sqm", "27500"),
        ("建设公寓56,000平方米、商业街9,500平方米、研发中心1,500平方米，共计67,000平方米。", "plant_sqm", "67000"),
        (
            "粉碎车间7,800平方米、制粒车间5,600平方米。\n成品库9,000平方米。\n以上车间、成品库合计22,400平方米。",
            "plant_sqm",
            "22400",
        ),
        ("设备概算1.65亿元；建筑工程52,000平方米，概算1.05亿元。", "plant_sqm", "52000"),
        ("租用甲方已建成的冷库及加工用房9600平方米。", "plant_sqm", "9600"),
        ("甲方应将二号厂房（12,800平方米）验收合格后移交乙方。", "plant_sqm", "12800"),
        ("厂子要地52亩，由自然资源部门公开挂牌。", "land_mu", "52"),
        ("宗地SY-2026-02，54亩，工业用途，以挂牌方式供应。", "land_mu", "54"),
        ("利用宗地（QY-2021-C03，46亩）内预留空地建设。", "land_mu", "46"),
        ("北临甘查公路、东临园区七路之65亩工业用地由乙方受让。", "land_mu", "65"),
        ("一期约78亩；二期约42亩。\n按一期、二期合计120亩计算强度。", "land_mu", "120"),
        (f"二期指标如下：\n{SUMS}", "fixed_investment_yuan", "110000000"),
    ],
)
def test_a_whole_is_read_as_such(text: str, name: str, expected: str, understand: Understand) -> None:
    fact = understand(text).fact(name)
    assert fact is not None
    assert fact.value == Decimal(expected)


def test_a_paper_about_a_phase_reads_its_column(understand: Understand) -> None:
    text = f"《法兰项目合同》补充协议\n——二期塔筒锻件扩产\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n一、区分如下：\n{PHASES}\n"
    paper = understand(text, whole=True)
    facts = {name: getattr(paper.fact(name), "value", None) for name in ("land_mu", "fixed_investment_yuan")}
    assert facts == {"land_mu": Decimal(75), "fixed_investment_yuan": Decimal(315000000)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("固定资产投资壹亿玖仟捌佰万元（小写18,900万元）。", "fixed_investment_yuan"),
        ("乙方注册资本人民币伍仟万元（￥5,000,000元）。", "registered_capital_yuan"),
        ("乙方向项目公司增加实缴注册资本人民币叁仟万元。", "registered_capital_yuan"),
        ("丙方注册资本由600万美元增至2,000万美元。", "registered_capital_yuan"),
        ("甲方将3号楼6500平方米（2023年已竣工备案）腾给乙方过渡。", "plant_sqm"),
    ],
)
def test_what_is_disputed_foreign_or_of_something_else_is_no_fact(text: str, name: str, understand: Understand) -> None:
    assert understand(text).fact(name) is None


def test_both_writings_that_agree_are_the_fact(understand: Understand) -> None:
    fact = understand("固定资产投资壹亿捌仟玖佰万元（小写18,900万元）。").fact("fixed_investment_yuan")
    assert fact is not None
    assert fact.value == Decimal(189000000)
