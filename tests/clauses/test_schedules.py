"""Tables of payments: which statement they stand under, and who owes what 前款 names."""

import pytest
from agreement import PARTIES, document

from contract_audit.clauses import parse, provisions

HEAD = ("还款协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "双方经协商，订立本协议。")
TABLE = (
    "| 期次 | 支付期限 | 金额（万元） |",
    "| 第一期 | 2024年12月31日前 | 60 |",
    "| 第二期 | 2025年6月30日前 | 60 |",
)
SIGNED = ("甲方（盖章）：云岭县人民政府", "乙方（盖章）：恒远制造有限公司")
DEBT = "一、双方确认，甲方尚欠乙方地上建筑物补偿款120万元。"


@pytest.mark.parametrize(
    ("lines", "side", "force"),
    [
        ((DEBT, "二、前款按下表支付，资金已列入预算，甲方不得以财力紧张为由延期："), "government", "commitment"),
        ((DEBT, "二、上述补偿款按下表付清："), "government", "commitment"),
        (("一、甲方欠付设备补助款120万元，付款安排如下，甲方不得延期：",), "government", "commitment"),
        (("一、乙方欠缴土地价款120万元。", "二、前款按下表付清："), "investor", None),
        (("一、甲方支持乙方发展。", "二、前款按下表支付："), None, None),
        (("一、甲方不得有下列行为：",), "government", "prohibition"),
    ],
)
def test_whose_the_rows_are_and_how_they_bind(lines: tuple[str, ...], side: str | None, force: str | None) -> None:
    text = document(*HEAD, *lines, *TABLE, *SIGNED)
    rows = [one for one in provisions(text, parse(text), PARTIES) if one.kind == "table_row"]
    assert len(rows) == len(TABLE) - 1
    assert side is None or {one.side for one in rows} == {side}
    assert force is None or {one.force for one in rows} == {force}


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("甲方修建通村道路，建设资金已列入本年度预算。", "commitment"),
        ("建设资金已列入本年度预算。", "report"),
        ("甲方已于2023年建成通村道路，建设资金已列入本年度预算。", "report"),
    ],
)
def test_where_the_money_comes_from_is_told_by_the_way(sentence: str, force: str) -> None:
    text = document(*HEAD, f"一、{sentence}", *SIGNED)
    found = [one for one in provisions(text, parse(text), PARTIES) if one.clause is not None]
    assert [one.force for one in found if one.kind == "sentence" and one.force != "recital"] == [force]
