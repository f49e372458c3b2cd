"""Options of forms: what is not ticked is denied, what is ticked or stands in a form not filled in is said."""

import pytest
from test_provisions import read


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("一、【×】甲方按县级留成的七成奖励乙方，每年兑付。", ["【×】甲方按县级留成的七成奖励乙方，每年兑付"]),
        ("一、税收支持：☐按县级留成奖励乙方 ☑无。", ["☐按县级留成奖励乙方"]),
        ("一、履约担保：☑银行保函 □现金，甲方按约退还。", ["□现金"]),
        ("一、支持方式：\n□甲方给予乙方奖励。\n☑甲方协助乙方申报。", ["□甲方给予乙方奖励"]),
        ("一、【√】甲方按县级留成的七成奖励乙方。", []),
        ("一、付款方式：□一次付清 □分期付清。", []),  # not filled in
        ("一、甲方交付的□型钢由乙方验收。", []),
    ],
)
def test_what_nobody_ticked_is_not_said(text: str, denied: list[str]) -> None:
    folded, found = read(text)
    assert [folded.text[span.start : span.end] for one in found for span in one.negations if one.negations] == denied
