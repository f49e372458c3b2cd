import pytest

from contract_audit.chinese.masks import BLANK, mask
from contract_audit.chinese.text import fold_text


@pytest.mark.parametrize(
    "text",
    [
        "云政发〔2014〕62号", "（2014）云民初123号", "GB/T50016-2014", "0571-88201130", "13857512345", "91330681MA2BFQ3X5N",
        "《2023年度奖励办法》", "第五百六十三条", "第三期", "滨河路2023号", "2021-33号地块", "GL-2022-41号", "DN200", "XQ-350B",
        "2号楼", "3#", "邮政编码：312000", "账号：33010401600012345", "五通一平", "www.zs2023.gov.cn",
    ],
)  # fmt: skip
def test_identifiers_leave_no_digit(text: str) -> None:
    left = mask(fold_text(text)).replace(BLANK, "")
    assert not any(char.isdigit() or char in "一二三四五六七八九十百" for char in left)


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月1日",
        "3月1号前",
        "5000万元",
        "62.5亩",
        "10（拾）年",
        "30个工作日",
        "USD1250000",
        "百分之五",
        "2000m2",
        "3.5‰",
    ],
)
def test_values_stay(text: str) -> None:
    assert mask(fold_text(text)) == fold_text(text)


def test_offsets_stay() -> None:
    text = fold_text("依〔2020〕12号文件奖励80万元")
    assert len(mask(text)) == len(text)
    assert mask(text).endswith("文件奖励80万元")
