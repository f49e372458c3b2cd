"""Investments made to look bigger: prices beyond reason, totals beyond all that is listed, other people's money, one sum twice."""

from datetime import date

import pytest

from contract_audit import engine, trial
from contract_audit.rulespec import Pack

AS_OF = date(2026, 6, 30)
INFLATED = "review.inflated_investment"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def messages(text: str, pack: Pack) -> list[str]:
    found = trial.try_text(text, pack, as_of=AS_OF).findings
    return [finding.message for finding in found if finding.category == INFLATED]


ROWS = "设备投资如下：\n| 设备 | 数量 | 单价（万元） | 金额（万元） |\n| 吹膜机 | 4台 | {one} | {both} |\n| 叉车 | 2台 | 12 | 24 |"
SHOP = "总投资{total}，租用门面180平方米，购置面包车8辆、货车3辆，从事同城配送。"
STOCK = "建设肉牛养殖场，存栏肉牛{heads}头，建牛舍5,000平方米，总投资6亿元。"
OTHERS = "项目总投资20亿元，系集团全国投资计划总额，其中在本县投资{own}。"
BOOKED = "整线设备款{paid}（同类整线市场价约400万元）。"
TWICE = "同一条生产线的投资，两地{how}。"
MEANS = "乙方2025年营业收入{turnover}。项目总投资9亿元。"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (ROWS.format(one="6,800", both="27,200"), ROWS.format(one="68", both="272")),
        (SHOP.format(total="4亿元"), SHOP.format(total="480万元")),
        (STOCK.format(heads="260"), STOCK.format(heads="26,000")),
        (OTHERS.format(own="5,000万元"), OTHERS.format(own="16亿元")),
        (BOOKED.format(paid="1.9亿元"), BOOKED.format(paid="420万元")),
        (TWICE.format(how="分别统计"), TWICE.format(how="不得重复统计")),
        (MEANS.format(turnover="260万元"), MEANS.format(turnover="7亿元")),
        ("新建仓库4,000平方米，土建造价3亿元。", "新建仓库4,000平方米，土建造价1,200万元。"),
        ("项目总投资7亿元。其中设备2,000万元，其余6.8亿元为商标估值。", "项目总投资7亿元。其中设备4亿元，其余3亿元为厂房。"),
    ],
)  # fmt: skip
def test_the_same_words_are_found_with_figures_beyond_reason_and_not_with_plain_ones(
    wrong: str, right: str, pack: Pack
) -> None:
    assert messages(wrong, pack)
    assert not messages(right, pack)


def test_a_finding_shows_what_it_was_reckoned_from(pack: Pack) -> None:
    (message,) = messages("乙方购置叉车6台，购置费3,000万元。", pack)
    assert "6台×每台至多60万元＝360万元" in message and "3,000万元" in message


def test_prices_that_fell_are_those_of_the_day(pack: Pack) -> None:
    text = "建设屋顶光伏2兆瓦，造价5,000万元。"
    early = trial.try_text(text, pack, signed_on=date(2013, 3, 1), as_of=AS_OF).findings
    assert not [finding for finding in early if finding.rule == "REV121"]
    assert messages(text, pack)


def test_machines_out_of_the_ordinary_are_not_held_against_ordinary_prices(pack: Pack) -> None:
    assert not messages("购置进口五轴龙门加工中心3台，每台单价2,400万元。", pack)
