"""Whether the words behind a day say that it stands."""

import pytest

from contract_audit.chinese.kept import is_kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("9月30日前建成的消防水池及泵房，日期不作调整，丙方承担责任。", True),
        ("9月30日前交付的二号厂房，该期限维持不变。", True),
        ("9月30日前投用的变电站，时限仍按原约定。", True),
        ("9月30日前通车，期限均不顺延。", True),
        ("9月30日前建成的泵房，日期改为12月31日前。", False),
        ("9月30日前建成泵房。其余日期不作调整。", False),
        ("9月30日前建成泵房，质量标准不变。", False),
    ],
)
def test_a_day_is_kept_by_the_words_behind_it(text: str, kept: bool) -> None:
    assert is_kept(text, len("9月30日前")) is kept
