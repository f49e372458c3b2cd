"""What recognition takes dirt and half-width marks for."""

import pytest

from contract_audit.readers.ocr_text import mended


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("(一)项目公司(下称乙方)", "（一）项目公司（下称乙方）"),
        ("甲方:某县人民政府", "甲方：某县人民政府"),
        ("前三年,逾期不退;", "前三年，逾期不退；"),
        ("总额1,200.50万元,时间9:30", "总额1,200.50万元，时间9:30"),
        (".6、变压器", "6、变压器"),
        ("8、.GL地块", "8、GL地块"),
        ("前完.成6座", "前完成6座"),
        ("四、乙方义务.", "四、乙方义务"),
        ("于2O24年l2月3l日前投资l.5亿元", "于2024年12月31日前投资1.5亿元"),
        ("统一社会信用代码:9l32O4OOMA7X2K9L5Q", "统一社会信用代码：91320400MA7X2K9L5Q"),
        ("采用Oracle和ISO9001标准，A1栋", "采用Oracle和ISO9001标准，A1栋"),
        ("3.2条和2.5%", "3.2条和2.5%"),
        ("WL-CG.2025,a:b", "WL-CG.2025,a:b"),
        ("用途：A.办公", "用途：A.办公"),
        ("4 . 行政办公用地", "4. 行政办公用地"),
        ("统—社会信用代码、第—期、（—）沪—昆", "统一社会信用代码、第一期、（一）沪—昆"),
    ],
)
def test_a_recognised_line_is_mended(read: str, printed: str) -> None:
    kept = mended(read)
    assert "".join(char for _, char in kept) == printed
    offsets = [offset for offset, _ in kept]
    assert offsets == sorted(set(offsets))
    assert all(read[offset] in (char, "—") for offset, char in kept if "\u4e00" <= char <= "\u9fff")
