"""What may be a mark, told before the words are folded and read."""

import pytest

from contract_audit.deeds import marks_of


@pytest.mark.parametrize(
    "words",
    [
        "二期竣工",
        "1＃厂房移交",
        "Ａ区交付",
        "首付款支付",
        "支付余款",
        "三车间投产",
        "老旧管网改造",
        "临电接通",
    ],
)
def test_marks_are_read_in_whatever_forms_they_are_written(words: str) -> None:
    assert marks_of(words)


def test_a_time_of_works_is_no_mark() -> None:
    assert not marks_of("工期120天，2026年1月1日开工")
