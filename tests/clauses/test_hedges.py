import pytest

from contract_audit.chinese.text import fold_text
from contract_audit.clauses.hedges import find


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("甲方依法给予支持", "lawful", "依法"),
        ("按照国家有关规定办理", "lawful", "按照国家有关规定办理"),
        ("在法律、法规允许的范围内给予支持", "lawful", "在法律、法规允许的范围内"),
        ("经县政府常务会议批准后拨付", "approval", "经县政府常务会议批准后"),
        ("报县政府审批后执行", "approval", "报县政府审批后"),
        ("通过公平竞争审查后实施", "approval", "公平竞争审查"),
        ("按《云岭县技改奖励办法》申报", "public_policy", "《云岭县技改奖励办法》"),
        ("面向全县工业企业公开申报", "public_policy", "面向全县工业企业"),
        ("与其他企业一视同仁", "public_policy", "一视同仁"),
        ("价格以成交价为准", "result_external", "以成交价为准"),
        ("结果以审批机关的决定为准", "result_external", "以审批机关的决定为准"),
        ("列入年度财政预算后拨付", "budget", "列入年度财政预算"),
        ("原则上不收取", "principle", "原则上"),
        ("力争年底通车", "best_effort", "力争"),
        ("补助总额不超过500万元", "cap", "总额不超过"),
        ("以届时有效政策为准", "review_clause", "以届时有效政策为准"),
        ("与上位法抵触的部分无效", "review_clause", "与上位法抵触的部分无效"),
        ("法律另有规定的从其规定", "review_clause", "从其规定"),
        ("由双方另行协商", "agreement", "双方另行协商"),
        ("经甲方书面同意", "agreement", "经甲方书面同意"),
    ],
)
def test_what_a_hedge_does(sentence: str, kind: str, words: str) -> None:
    text = fold_text(sentence)
    assert (kind, words) in [(found, text[start:end]) for found, start, end in find(text)]


@pytest.mark.parametrize("sentence", ["甲方给予乙方补助", "乙方应于年底前投产", "县财政按增值税的50%返还"])
def test_a_plain_promise_has_no_hedge(sentence: str) -> None:
    assert find(sentence) == ()
