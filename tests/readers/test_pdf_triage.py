"""Whether a text layer is trusted."""

import pytest

from contract_audit.readers.triage import judge_layer

PROSE = "乙方应当自取得施工许可证之日起三十日内开工建设，并于开工之日起十八个月内竣工投产，逾期的承担违约责任。" * 2
EQUIPMENT = (
    "激光切割机焊接机器人喷涂流水线数控车床空气压缩机变压器冷却塔叉车起重机液压机注塑机检测仪器电子显微镜打印机服务器路由器"
    * 2
)
SHUFFLED = "".join(sorted(PROSE, key=lambda char: (ord(char) * 7919) % 104729))


@pytest.mark.parametrize(
    ("text", "share", "paths", "covered", "verdict"),
    [
        (PROSE, 0.0, 0, False, "text"),
        (EQUIPMENT, 0.0, 0, False, "text"),  # no function words, yet words
        ("This Agreement is made between Party A and Party B. " * 5, 0.0, 0, False, "text"),
        ("", 0.0, 0, False, "blank"),
        ("", 0.95, 0, False, "picture"),
        ("第 1 页", 0.95, 0, False, "picture"),
        ("", 0.0, 400, False, "picture"),  # text turned into curves
        ("附件", 0.0, 10, False, "text"),
        (SHUFFLED, 0.0, 0, False, "garbled"),
        ("\ue001\ue002\ue003合同" * 10, 0.0, 0, False, "garbled"),
        ("ĀāĂăĄąĆćĈĉĊċ" * 5, 0.0, 0, False, "garbled"),
        (PROSE, 1.0, 0, True, "foreign"),
        (PROSE, 1.0, 0, False, "text"),  # text on a coloured ground
        (PROSE, 0.2, 0, True, "text"),
    ],
)
def test_verdicts(text: str, share: float, paths: int, covered: bool, verdict: str) -> None:
    assert judge_layer(text, share, paths, covered=covered) == verdict
