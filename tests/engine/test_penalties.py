"""Penalties reckoned by days, and held against what the paper is about."""

import pytest

from contract_audit import engine, trial
from contract_audit.rulespec import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def found(text: str, pack: Pack) -> list[str]:
    findings = trial.try_text(text, pack).findings
    return [finding.quote for finding in findings if finding.category == "review.excessive_penalty"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("承租人拖欠水费的，每拖延一个小时按欠费的2%计收滞纳金。", "2%"),
        ("迟交月报的，每超过24小时按当季服务费的8%扣收违约金。", "8%"),
        ("运营方迟缴场馆使用费的，按小时计算违约金，每小时为欠缴额的千分之五。", "千分之五"),
        ("欠付租金的，按欠付额日2%计罚息。", "2%"),
        ("| 项目 | 内容 |\n| 年管理费 | 18万元 |\n| 擅自更名 | 违约金60万元 |", "60万元"),
        ("一、工程款共计240万元。\n二、承包人误期的，每日罚款3万元。", "3万元"),
        ("一、月租金1.5万元。\n二、承租人未按时腾空的，每日支付违约金6,000元。", "6,000元"),
        ("承租人中途退租的，以剩余租期的全部租金作为违约金。", "剩余租期的全部租金"),
    ],
)
def test_rates_and_sums_out_of_proportion(text: str, quote: str, pack: Pack) -> None:
    assert any(quote in words for words in found(text, pack))


@pytest.mark.parametrize(
    "text",
    [
        "运营方迟缴场馆使用费的，每日按欠缴额的万分之五支付违约金。",
        "供方迟交的，每周按迟交部分价款的1%支付违约金。",
        "房屋迟交的，每逾期一日减收当日租金的两成。",
        "一、工程款共计2,400万元。\n二、承包人误期的，每日支付违约金3,000元。",
        "一、年管理费18万元。\n二、擅自更名的，支付违约金2万元。",
        "乙方逾期投产的，每逾期一个月支付违约金三万元，总投资一亿元。",
        "就业人数低于承诺数90%的，每少一人支付违约金二百元。",
        "误期的，每逾期一日按误期部分的0.2%支付违约金，最高为该部分的8%。",
        "物业应当在24小时内抢修，未抢修的赔偿直接损失。",
    ],
)
def test_rates_and_sums_in_proportion(text: str, pack: Pack) -> None:
    assert found(text, pack) == []
