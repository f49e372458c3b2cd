import pytest

from tests.engine.conftest import Judge, make_rule

TERMS = "{kind: agree, what: terms}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("交付时间为2026年9月30日，因故不能按期交付，双方同意顺延至2026年8月31日。", True),
        ("交付时间为2026年9月30日，因故不能按期交付，双方同意顺延至2026年12月31日。", False),
        ("竣工时间由2027年6月30日提前至2027年9月30日。", True),
        ("竣工时间由2027年6月30日提前至2027年3月31日。", False),
        ("双方于2026年10月30日签订补充协议，将交付时间延期至2026年8月31日。", False),  # the first is another day
        ("一期交付时间为2026年9月30日。二期交付时间顺延至2026年8月31日。", False),  # told of two things
    ],
)
def test_a_day_moved_the_wrong_way(judge: Judge, text: str, found: bool) -> None:
    assert bool(judge(text, make_rule(TERMS)).findings) is found
