"""What is given and hidden from the public, from review or from other firms; and secrecy that is lawful."""

import pytest

from contract_audit import engine, trial
from contract_audit.rulespec import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def found(text: str, pack: Pack) -> list[str]:
    findings = trial.try_text(text, pack).findings
    return [
        finding.quote for finding in findings if finding.category == "review.secret_terms" and finding.verdict == "fail"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "记者问起奖励的，双方一律答复未约定奖励。",
        "乙方取得的补贴在园区年报和网站公示中均不予反映。",
        "乙方不得把甲方减免租金的标准告诉同园区其他承租人。",
        "奖励的发放说明不留书面材料。",
        "本协议的奖补条款按商业秘密处理，不提供给申请人。",
        "地价差额以《往来函》为准，该函不编号、不存档。",
        "本补充约定不报送财政、审计部门，不列入合同台账。",
        "检查时只出示备案版，执行版由双方各自保管。",
        "优惠事项不进入公平竞争审查材料。",
        "补助清单不上墙、不上网。",
    ],
)
def test_support_that_is_hidden(text: str, pack: Pack) -> None:
    assert found(text, pack)


@pytest.mark.parametrize(
    "text",
    [
        "补贴名单在网站公示，申请人的住址和身份证号码不予体现。",
        "公告期不少于二十日，不增加公告以外的条件。",
        "评审期间，评委名单不对外公布。",
        "本协议支持事项不属于商业秘密，依法公开。",
        "乙方的配方、客户名单不得外传。",
        "双方确认无其他书面或者口头约定的优惠。",
        "谈判记录签约前不对外公布，签约后依法公开。",
        "本协议不作为行政许可的依据。",
    ],
)
def test_secrecy_that_is_lawful(text: str, pack: Pack) -> None:
    assert found(text, pack) == []
