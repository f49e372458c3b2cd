from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_audit.chinese.numerals import number

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_SMALL = "〇一二三四五六七八九"


def written(value: int, digits: str, tens: str) -> str:
    """A number up to 9,999 in words, as a clerk writes it."""
    words, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            words += (digits[0] if gap and words else "") + digits[digit] + ("" if power == 0 else tens[power - 1])
        gap = not digit
    return words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5,000", "5000"), ("1,250,000.00", "1250000.00"), ("150075", "150075"), ("二〇二三", "2023"), ("二0一六", "2016"),
        ("十", "10"), ("十五", "15"), ("一百零五", "105"), ("三万五", "35000"), ("三亿五千万", "350000000"),
        ("一点二亿", "120000000"), ("二十二点五", "22.5"),
        ("2亿3000万", "230000000"), ("4.6亿", "460000000"), ("1.5千万", "15000000"), ("1万亿", "1000000000000"),
        ("壹仟零伍万叁仟陆佰", "10053600"), ("叁仟伍佰万", "35000000"), ("两亿三千万", "230000000"), ("一百二", "120"),
    ],
)  # fmt: skip
def test_numerals_are_read_exactly(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["1,72", "12,5000", "三五", "二三十", "3.2.1", "6.8亿万", "2亿3000", "万亿", "百万", "亿万"]
)
def test_what_can_be_read_in_two_ways_is_not_read(text: str) -> None:
    assert number(text) is None


@given(st.integers(1, 9999), st.integers(0, 9999), st.sampled_from([(_SMALL, "十百千"), (_CAPITALS, "拾佰仟")]))
def test_written_numbers_come_back(high: int, low: int, alphabet: tuple[str, str]) -> None:
    digits, tens = alphabet
    rest = "" if not low else ("零" if low < 1000 else "") + written(low, digits, tens)
    assert number(f"{written(high, digits, tens)}万{rest}") == high * 10000 + low


@given(st.text("0123456789,.一二三十百千万亿壹贰拾佰零〇", min_size=1, max_size=30))
def test_any_run_gives_a_number_or_none(text: str) -> None:
    value = number(text)
    assert value is None or value >= 0
