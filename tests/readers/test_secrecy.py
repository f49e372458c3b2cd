"""密级 marks."""

import pytest

from contract_audit.readers import read_bytes
from contract_audit.settings import Settings


def mark(text: str) -> str | None:
    (found,) = read_bytes(text.encode(), "a.txt", Settings())
    return found.secrecy


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("机密★10年", "机密"), ("秘密★", "秘密"), ("绝密", "绝密"), ("密级：秘密", "秘密"), ("【机密】", "机密"), ("机 密 ★ 1 年", "机密"),
        ("000123　　秘密★5年", "秘密"), ("秘密 特急", "秘密"), ("机密★长期", "机密"), ("秘密☆6个月", "秘密"),
    ],
)  # fmt: skip
def test_marks_at_the_top(line: str, level: str) -> None:
    assert mark(f"{line}\n投资协议书\n甲方：某县\n") == level


@pytest.mark.parametrize(
    "line",
    ["商业秘密", "保守秘密", "秘密条款", "双方应当保守商业秘密。", "机密信息：指", "本协议属于秘密", "秘密和机密"],
)
def test_words_that_are_no_mark(line: str) -> None:
    assert mark(f"{line}\n投资协议书\n") is None


def test_a_mark_further_down_is_none() -> None:
    assert mark("\n".join(f"第{n}条 内容。" for n in range(1, 9)) + "\n秘密\n") is None
