"""Odd and long input: nothing is lost, nothing hangs, spans stay inside the text."""

import pytest
from agreement import PARTIES, document

from contract_audit.clauses import parse, provisions, references

ODD = {
    "没有换行和句号": "甲方给予乙方优惠，乙方按期投产，" * 800,
    "只有标点": "，；：（（“《" * 2000,
    "只有数字": "1、" * 3000,
    "不配对的括号": "甲方（应（给予" * 2000,
    "重复的由": "由甲方由乙方" * 2000,
    "重复的除外": "除甲方外，乙方除外，" * 1500,
    "一个字": "甲" * 20000,
    "空白": " \u3000\t" * 3000,
    "编号连排": "（一）甲。（二）乙。①丙；②丁。" * 500,
}


@pytest.mark.parametrize("text", list(ODD.values()), ids=list(ODD))
def test_odd_texts_are_read_to_the_end(text: str) -> None:
    read = document("协议", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "一、内容如下：", text, "甲方（盖章）：")
    clauses = parse(read)
    found = provisions(read, clauses, PARTIES)
    assert references(read, clauses) is not None
    for one in found:
        assert 0 <= one.start < one.end <= len(read.text)
        assert one.clause is not None and clauses[one.clause].start <= one.start
        for scope in (*one.negations, *one.stems):
            assert 0 <= scope.start < scope.end <= len(read.text)


def test_a_contract_without_line_ends_still_has_its_clauses() -> None:
    text = "一、项目概况。1、名称为甲项目。2、规模为五万吨。二、扶持政策。1、甲方给予补助。2、乙方依法纳税。"
    read = document("协议", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", text)
    clauses = parse(read)
    assert [clause.place for clause in clauses if clause.label] == [
        "一、",
        "一、1、",
        "一、2、",
        "二、",
        "二、1、",
        "二、2、",
    ]
    sides = [one.side for one in provisions(read, clauses, PARTIES)]
    assert {"government", "investor"} <= set(sides)
