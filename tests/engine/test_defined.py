"""A sum that the paper defines under a name of its own is read with its definition where it is promised."""

import pytest

from contract_audit import audit
from contract_audit.chinese.text import fold
from contract_audit.engine.defined import with_meanings
from contract_audit.readers import txt
from contract_audit.settings import Settings

_HEAD = "投资协议\n甲方：云岭县人民政府\n乙方：恒远制造有限公司\n"


@pytest.mark.parametrize(
    ("definition", "use", "told"),
    [
        ("“K值”指乙方入库税款减除上划部分后的余额。", "甲方按K值的七成给付乙方。", True),
        ("“景气系数”是指乙方当年入库税收归属本区的数额。", "甲方按景气系数的七成给付乙方。", True),
        ("“净地”指拆迁完毕的土地，不含税金总额。", "甲方按期交付净地。", False),  # no figure, though one is spoken of
        ("“K值”指乙方入库税款减除上划部分后的余额。", "甲方协助乙方办理手续。", False),
    ],
)
def test_a_promise_of_a_defined_sum_has_its_definition_in_front(definition: str, use: str, told: bool) -> None:
    text = f"{_HEAD}第一条 {definition}\n第二条 {use}\n"
    paper = audit.understand(txt.read(text.encode(), "试验.txt", Settings()))
    own = next(one for one in paper.provisions if use[:6] in text[one.start : one.end])
    read = with_meanings(paper.provisions, fold(text))[paper.provisions.index(own)]
    added = [text[span.start : span.end] for span in read.stems if span not in own.stems]
    assert added == ([definition.rstrip("。")] if told else [])
