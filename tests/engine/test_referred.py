"""References that lead to a clause about something else, past the end of the earlier agreement, or to another annex."""

from datetime import date

import pytest

from contract_audit import engine
from contract_audit.audit import judge, understand
from contract_audit.model import Context, Understanding
from contract_audit.readers import txt
from contract_audit.rulespec import Pack
from contract_audit.settings import Settings

PAPER = """{title}
甲方：云岭县人民政府
乙方：恒远制造有限公司
第一条 项目
乙方建设轴承项目，投资强度不低于三百万元每亩。
第二条 用地
用地按出让合同取得。
第三条 违约责任
违约方赔偿对方的直接损失。
第四条 争议解决
协商不成的，向人民法院起诉。
第五条 其他
{sentence}
附件一：项目用地红线图
附件二：主要设备清单
甲方（盖章）：云岭县人民政府
乙方（盖章）：恒远制造有限公司
附件一：项目用地红线图
四至见图。
附件二：主要设备清单
车床四台。
"""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def read(sentence: str, title: str = "轴承项目投资协议") -> Understanding:
    return understand(txt.read(PAPER.format(title=title, sentence=sentence).encode(), "试验.txt", Settings()))


def quotes(paper: Understanding, pack: Pack, family: tuple[Understanding, ...] = ()) -> list[str]:
    context = Context(as_of=date(2026, 6, 30), mode="draft", family=family)
    found = judge(paper, pack, context).findings
    return [finding.quote for finding in found if finding.category == "review.broken_reference"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("违约责任按照第四条（违约责任）执行。", "违约责任按照第三条（违约责任）执行。"),
        ("达不到第二条约定的投资强度的，退还土地。", "达不到第一条约定的投资强度的，退还土地。"),
        ("依照第四条承担违约责任。", "依照第三条承担违约责任。"),
        ("按第二条的方式解决争议。", "按第四条的方式解决争议。"),
        ("违反第二条关于投资强度的约定的，退还土地。", "违反第一条关于投资强度的约定的，退还土地。"),
        ("乙方违反第四条有关轴承项目的约定的，赔偿损失。", "乙方违反第一条有关轴承项目的约定的，赔偿损失。"),
        ("乙方另付第二条约定的违约责任以外的费用。", "乙方另付第三条约定的违约责任以外的费用。"),
        ("设备以附件一《主要设备清单》为准。", "设备以附件二《主要设备清单》为准。"),
    ],
)
def test_what_is_cited_for_something_it_does_not_say(wrong: str, right: str, pack: Pack) -> None:
    assert quotes(read(wrong), pack)
    assert not quotes(read(right), pack)


@pytest.mark.parametrize(
    "sentence",
    [
        "按照第二条约定的时间移交。",
        "第三条项下的义务继续履行。",
        "第四条不受影响。",
        "争议按第二条约定的途径请求调整。",
        "违反第三条关于开工时间的约定的，顺延。",
    ],
)
def test_words_that_any_clause_may_be_cited_for(sentence: str, pack: Pack) -> None:
    assert not quotes(read(sentence), pack)


def test_an_article_that_the_original_agreement_does_not_have(pack: Pack) -> None:
    original = read("无。")
    title = "轴承项目补充协议"
    beyond = read("原协议第八条继续有效。", title)
    assert quotes(beyond, pack, (original,)) == ["原协议第八条"]
    assert not quotes(beyond, pack)
    assert not quotes(read("原协议第四条继续有效。", title), pack, (original,))
