from decimal import Decimal

import pytest

from contract_audit.audit import understand
from contract_audit.casefile import Promise, promises, unequal
from contract_audit.readers import txt
from contract_audit.settings import Settings

PAPER = """项目投资协议书
甲方：云岭县人民政府
乙方：{firm}
签订日期：2024年9月1日
一、{clause}
甲方（盖章）：云岭县人民政府
乙方（盖章）：{firm}
2024年9月1日
"""


def _promises(clause: str, firm: str = "恒远制造有限公司", name: str = "a.txt") -> tuple[Promise, ...]:
    return promises(understand(txt.read(PAPER.format(firm=firm, clause=clause).encode(), name, Settings())))


@pytest.mark.parametrize(
    ("clause", "kind", "unit", "rates"),
    [
        ("甲方按乙方设备投资额的10%给予设备补助，最高不超过500万元。", "设备补助", "%", (Decimal("0.1"),)),
        ("甲方对乙方贷款利息给予50%贴息。", "贷款贴息", "%", (Decimal("0.5"),)),
        ("甲方按增值税地方留成前三年60%、后两年40%奖励乙方。", "税收奖励", "%", (Decimal("0.4"), Decimal("0.6"))),
    ],
)
def test_promises_at_a_rate(clause: str, kind: str, unit: str, rates: tuple[Decimal, ...]) -> None:
    (promise,) = _promises(clause)
    assert (promise.kind, promise.unit, promise.rates) == (kind, unit, rates)
    assert promise.firm == "恒远制造有限公司"


@pytest.mark.parametrize(
    "clause",
    [
        "乙方逾期开工的，按设备补助的10%支付违约金。",
        "乙方按公开的办法与其他企业同等申报设备补助，标准为10%。",
        "甲方不给予乙方任何设备补助，也不按10%返还税收。",
        "乙方设备投资占总投资的60%。",
    ],
)
def test_what_is_no_promise_of_its_own(clause: str) -> None:
    assert _promises(clause) == ()


def test_both_papers_name_the_other() -> None:
    one = _promises("甲方按乙方设备投资额的10%给予设备补助。")
    two = _promises("甲方按乙方设备投资额的6%给予设备补助。", "青禾食品有限公司", "b.txt")
    found = unequal((*one, *two))
    assert {name: [paper.company for paper in papers] for name, papers in found.items()} == {
        "a.txt": ["青禾食品有限公司"],
        "b.txt": ["恒远制造有限公司"],
    }
    (fact,) = found["a.txt"][0].facts
    assert (fact.own.partition("：")[0], fact.other.partition("：")[0]) == ("10%", "6%")


def test_equal_rates_and_one_firm_are_fair() -> None:
    one = _promises("甲方按乙方设备投资额的10%给予设备补助。")
    same_rate = _promises("甲方按设备投资的10%给予乙方设备补助。", "青禾食品有限公司", "b.txt")
    same_firm = _promises("甲方按设备投资的6%给予乙方设备补助。", name="c.txt")
    assert unequal((*one, *same_rate)) == {}
    assert unequal((*one, *same_firm)) == {}
