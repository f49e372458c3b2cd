"""Units that cannot be meant, sums beside the price and the quantity that make them, columns told in several units."""

import pytest

from contract_audit import engine, trial
from contract_audit.rulespec import Pack

MIXED = (
    "投资构成：\n| 项目 | 金额 |\n| 厂房 | 8,520万元 |\n| 设备 | 1.118亿元 |\n| 信息化 | 300万元 |\n"
    "| 土地 | 3,000万元 |\n| 流动资金 | 0.6亿元 |\n| 合计 | {total} |"
)
LAND = "用地：\n| 地块 | 面积 |\n| A | 2公顷 |\n| B | 30亩 |\n| 合计 | {total}亩 |"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def found(text: str, category: str, pack: Pack) -> list[str]:
    return [item.quote for item in trial.try_text(text, pack).findings if item.category == f"review.{category}"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("新增用电负荷4,800万千伏安，由乙方自建。", "新增用电负荷4,800千伏安，由乙方自建。"),
        ("变压器总容量2,000万千伏安。", "园区新建220千伏变电站，容量36万千伏安。"),
        ("储能系统造价为每瓦时0.92万元。", "储能系统造价为每瓦时0.92元。"),
        ("储能电站单位造价1.2亿元/千瓦时。", "储能电站每千瓦时投资1,200元。"),
        ("光伏组件单价为3.2万元/瓦。", "光伏组件单价为3.2元/瓦。"),
        ("秸秆款每年不少于3,600亿元，按每吨300元、每年12万吨算。", "秸秆款每年不少于3,600万元，按每吨300元、每年12万吨算。"),
        ("土地流转120亩，每亩900元，年流转费10.8亿元。", "土地流转120亩，每亩900元，十年流转费108万元。"),
        ("承租厂房12,000平方米，租金每平方米15元，月租金18亿元。", "厂房1万平方米，租金每平方米10元，月租金10万元，保证金100万元。"),
        ("蒸汽用量每年8万吨，单价200元/吨，年费用1,600亿元。", "设备100台，每台30万元，设备总价3000万元，项目总投资3亿元。"),
    ],
)  # fmt: skip
def test_a_unit_or_a_power_of_ten_too_many(wrong: str, right: str, pack: Pack) -> None:
    assert found(wrong, "unit_error", pack)
    assert found(right, "unit_error", pack) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (MIXED.format(total="3.2亿元"), MIXED.format(total="2.9亿元")),
        (MIXED.format(total="32,000万元"), MIXED.format(total="29,000万元")),
        (LAND.format(total=70), LAND.format(total=60)),
    ],
)
def test_a_column_is_added_in_one_unit(wrong: str, right: str, pack: Pack) -> None:
    assert found(wrong, "sum_mismatch", pack)
    assert found(right, "sum_mismatch", pack) == []


def test_of_endless_wrong_totals_the_first_are_reckoned_and_the_rest_told_to_be_left(pack: Pack) -> None:
    def rows(count: int) -> str:
        return "".join(f"| 第{row}项 | {row + 1000} |\n| 小计 | 7 |\n" for row in range(count))

    few, many = (trial.try_text(f"| 项目 | 金额 |\n{rows(count)}", pack) for count in (20, 600))
    left_out = [[item.missing.split("，")[0] for item in result.undecided] for result in (few, many)]
    assert "表格里的合计过多" in left_out[1]
    assert "表格里的合计过多" not in left_out[0]
    assert [item.quote for item in many.findings if item.category == "review.sum_mismatch"]
