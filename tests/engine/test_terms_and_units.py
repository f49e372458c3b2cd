import pytest

from tests.engine.conftest import Judge, make_rule

TERMS = "{kind: agree, what: terms}"
UNITS = "{kind: agree, what: unit}"


def quotes(result: object) -> list[str]:
    return [finding.quote for finding in result.findings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("经营期限十年，自2025年10月1日起至2032年9月30日止。", 1),
        ("经营期限七年，自2025年10月1日起至2032年9月30日止。", 0),
        ("乙方于2026年6月31日前开工。", 1),
        ("乙方于2026年12月达产，2027年3月正式生产。", 1),
        ("一期于2027年3月达产，二期于2026年12月开工。", 0),  # two phases
        ("原定2026年3月达产，现改为2027年6月达产，2026年9月投产。", 0),  # a day that was moved
        ("| 事项 | 原期限 | 新期限 |\n| 达产 | 2025年3月 | 2027年3月 |\n| 投产 | 2026年1月 | 2026年12月 |", 0),
    ],
)
def test_times_that_cannot_both_hold(judge: Judge, text: str, found: int) -> None:
    assert len(quotes(judge(text, make_rule(TERMS)))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("逾期付款的，每日按万分之三元计息。", 1),
        ("免租期二十四平方米。", 1),
        ("厂房面积共三十亩。", 1),
        ("供水管口径一百五十米。", 1),
        ("排水干管口径1.5米。", 0),
        ("租期五年，月租金每平方米十二元。", 0),
        ("表头单位由“万元/平方米”更正为“万元/亩”。", 0),  # the paper mends it
    ],
)
def test_units_that_cannot_measure(judge: Judge, text: str, found: int) -> None:
    assert len(quotes(judge(text, make_rule(UNITS)))) == found


def test_thousands_before_a_unit_that_begins_with_them(judge: Judge) -> None:
    assert len(quotes(judge("变压器容量按一千二百千瓦时配置。", make_rule(UNITS)))) == 1
