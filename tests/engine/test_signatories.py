"""Who signs and is not who the heading names."""

from datetime import date

import pytest

from contract_audit import engine
from contract_audit.audit import judge, understand
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.rulespec import Pack
from contract_audit.settings import Settings

PAPER = """轴承项目投资协议
甲方：云岭县人民政府
法定代表人：周正平
乙方：{head}
法定代表人：顾启明
第一条 乙方建设轴承项目，总投资2亿元。
第二条 违约方赔偿对方的直接损失。
第三条 协商不成的，向人民法院起诉。
第四条 本协议自盖章之日起生效。
甲方（盖章）：云岭县人民政府
法定代表人：周正平
乙方（盖章）：{signed}
法定代表人：{person}
"""
FIRM = "浙江恒远制造有限公司"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


@pytest.mark.parametrize(
    ("head", "signed", "person", "quotes"),
    [
        (FIRM, FIRM, "顾启明", []),
        (FIRM, FIRM, "王立", []),  # somebody else may sign
        (FIRM, FIRM, "顾启民", ["顾启民"]),
        (FIRM, "恒远制造有限公司", "顾启明", ["恒远制造有限公司"]),
        (f"{FIRM}（以登记机关核准的名称为准）", FIRM, "顾启明", [f"{FIRM}（以登记机关核准的名称为准）"]),
        (f"{FIRM}云岭项目部", f"{FIRM}云岭项目部", "顾启明", [f"{FIRM}云岭项目部"]),
    ],
)
def test_who_signs(head: str, signed: str, person: str, quotes: list[str], pack: Pack) -> None:
    text = PAPER.format(head=head, signed=signed, person=person)
    paper = understand(txt.read(text.encode(), "试验.txt", Settings()))
    found = judge(paper, pack, Context(as_of=date(2026, 6, 30), mode="draft")).findings
    assert [item.quote for item in found if item.category == "review.party_inconsistency"] == quotes


SERVICES = (
    "甲方在职权范围内提供政策咨询和帮办服务，双方各指定一名联络员，每季度通报一次进展，重大事项由双方会商确定。\n"
)


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("丙方对乙方的投资承担保证责任。", ["丙方对乙方的投资承担保证责任"]),
        ("县城投公司（以下简称“丙方”）代建。丙方按图施工。", []),
        ("丙方云岭城投公司参与签署。", []),
        ("除甲、乙、丙方另有约定外，按本协议执行。" * 5, []),  # told too often to be a slip
    ],
)
def test_a_role_that_nobody_holds(sentence: str, quotes: list[str], pack: Pack) -> None:
    text = PAPER.format(head=FIRM, signed=FIRM, person="顾启明")
    text = text.replace("第二条", SERVICES * 10 + sentence + "\n第二条")
    paper = understand(txt.read(text.encode(), "试验.txt", Settings()))
    found = judge(paper, pack, Context(as_of=date(2026, 6, 30), mode="draft")).findings
    assert [item.quote for item in found if item.category == "review.party_inconsistency"] == quotes


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("乙方法定代表人李立新个人承担连带责任。", ["李立新"]),
        ("乙方法定代表人顾启明个人承担连带责任。", []),
        ("甲方法定代表人周正平，乙方法定代表人签字后生效。", []),
        ("乙方法定代表人变更为李立新的，应当通知甲方。", []),
        ("乙方收款账户如下，户名：浙江恒远置业有限公司，账号另告。", ["浙江恒远置业有限公司"]),
        (f"乙方收款账户如下，户名：{FIRM}，账号另告。", []),
        ("甲方账户由云岭县财政局另告。", []),
    ],
)
def test_persons_and_accounts_in_the_body(sentence: str, quotes: list[str], pack: Pack) -> None:
    text = PAPER.format(head=FIRM, signed=FIRM, person="顾启明").replace("第三条 ", f"第三条 {sentence}")
    paper = understand(txt.read(text.encode(), "试验.txt", Settings()))
    found = judge(paper, pack, Context(as_of=date(2026, 6, 30), mode="draft")).findings
    assert [item.quote for item in found if item.category == "review.party_inconsistency"] == quotes
