"""What agreements print beside their parties, and the two forms made from it."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import msgspec
import openpyxl
import pytest

from contract_audit.model import Document, Fact, Party, Scan, Understanding
from contract_audit.reports.kinds import make_paper
from contract_audit.reports.material import Material, items_of_scan
from contract_audit.reports.party_details import Details, party_details
from contract_audit.reports.survey import promises
from contract_audit.rulespec import Pack


def understood(text: str) -> Understanding:
    party = {"aliases": (), "start": 0, "end": 0, "level": "none"}
    return Understanding(
        document=Document(name="a.txt", sha256="0" * 64, format="txt", status="read", text=text),
        title=None, kind=None, clauses=(), references=(), provisions=(), values=(), facts=(), obligations=(),
        mode="signed", mode_reason="",
        parties=(
            Party(role="甲方", name="云岭县人民政府", kind="government", side="government", **party),
            Party(role="乙方", name="恒远制造有限公司", kind="enterprise", side="investor", **party),
        ),
    )  # fmt: skip


HEAD = "甲方：云岭县人民政府\n地址：云岭县迎宾路1号\n"
HEAD += "乙方：恒远制造有限公司\n住所地：湫水市工农街59号\n法定代表人：蔺知行\n联系电话：138 1234 5678\n"
SIDE_BY_SIDE = "甲方（盖章）：　　　　　　　乙方（盖章）：\n法定代表人（签字）：张三　　　法定代表人（签字）：李四\n"
COLUMNS = "甲方（盖章）\t乙方（盖章）\n法定代表人：张三\t法定代表人：李四\n电话：0376-5951234\t电话：13812345678"


@pytest.mark.parametrize(
    ("text", "details"),
    [
        (HEAD, Details(address="湫水市工农街59号", legal_person="蔺知行", phone="138 1234 5678")),
        (SIDE_BY_SIDE, Details(legal_person="李四")),
        (COLUMNS, Details(legal_person="李四", phone="13812345678")),
        ("乙方：恒远制造有限公司，住所为衡川市石鼓路316号。", Details(address="衡川市石鼓路316号")),
        ("乙方（印章）恒远制造有限公司 法定代表人：应立峰 （签字）", Details(legal_person="应立峰")),
        ("甲方联系人：贺敏，地址：迎晖路2号；乙方联系人：蔺知行，地址：工农街59号。", Details(contact="蔺知行", address="工农街59号")),
        ("恒远制造有限公司（盖章）\n法定代表人或授权代表（签字）：岑望舒", Details(legal_person="岑望舒（法定代表人或授权代表）")),
        ("乙方：恒远制造有限公司\n" + "甲方应当按期交付厂房并承担逾期责任，" * 5 + "\n地址：与乙方无关的路", Details()),
        ("乙方：恒远制造有限公司\n法定代表人：＿＿＿＿\n地址：", Details()),
    ],
)  # fmt: skip
def test_details_are_found_where_agreements_print_them(text: str, details: Details) -> None:
    assert party_details(understood(text)).get("乙方", Details()) == details


def test_each_party_has_its_own() -> None:
    found = party_details(understood(HEAD + SIDE_BY_SIDE))
    assert found["甲方"].address == "云岭县迎宾路1号" and found["甲方"].legal_person == "张三"
    assert found["乙方"].legal_person == "蔺知行"  # the first that is printed counts


@pytest.fixture
def material(scan: Scan, pack: Pack) -> Material:
    """One agreement with contact details in its head, signed in 2023, and one signed long ago."""
    audit = scan.audits[0]
    document = audit.understanding.document
    text = document.text.replace("甲方：云岭县人民政府", HEAD.strip().replace("138 1234 5678", "13812345678"), 1)
    shifted = msgspec.structs.replace(document, text=text)
    told = msgspec.structs.replace(
        audit, findings=(), understanding=msgspec.structs.replace(audit.understanding, document=shifted, obligations=())
    )
    old = msgspec.structs.replace(
        scan.audits[1].understanding, facts=(Fact(name="signed_on", value=date(2010, 1, 1), start=0, end=0),)
    )
    changed = msgspec.structs.replace(scan, audits=(told, msgspec.structs.replace(scan.audits[1], understanding=old)))
    return Material(as_of=scan.as_of, pack=pack, scan=changed, items=items_of_scan(scan))


def rows(kind: str, material: Material) -> tuple[list[Any], list[list[Any]]]:
    sheet = openpyxl.load_workbook(BytesIO(make_paper(kind, material))).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return cells[1], cells[2:]


def test_the_survey_keeps_five_years_and_prints_the_phone_its_column_asks_for(material: Material) -> None:
    headings, found = rows("摸底表", material)
    row = dict(zip(headings, found[0], strict=True))
    assert (row["企业名称"], row["企业地址"], row["法定代表人"]) == ("恒远制造有限公司", "湫水市工农街59号", "蔺知行")
    assert row["联系电话"] == "13812345678"
    assert (row["签订日期"], row["总投资（万元）"]) == ("2023年1月28日", 18000)
    assert "优惠政策" in row["备注"] and "地址" not in row["备注"].replace("协议未载明", "")
    assert any("另有1份协议签订于五年以前" in str(line[0]) for line in found)


def test_promises_are_whole_sentences_of_the_government(scan: Scan) -> None:
    audit = scan.audits[0]
    finding = msgspec.structs.replace(audit.findings[1], category="illegal.tax_linked_reward")
    clause = msgspec.structs.replace(
        audit.understanding.clauses[0], path=("第二条",), start=finding.start - 11, end=finding.end + 5
    )
    understanding = msgspec.structs.replace(audit.understanding, clauses=(audit.understanding.clauses[0], clause))
    found = list(promises(msgspec.structs.replace(audit, understanding=understanding, findings=(finding,))))
    assert found == [
        ("第一条", "2023年2月1日前交付厂房15600平方米"),
        ("第二条", "第二条 甲方按乙方缴纳增值税的60%给予返还"),
    ]


def test_contacts_are_three_lines_a_unit_to_be_filled_in(material: Material) -> None:
    person = msgspec.structs.replace(material.items[0], owner="王五", owner_unit="云岭县商务局")
    sheet = openpyxl.load_workbook(
        BytesIO(make_paper("联系人表", msgspec.structs.replace(material, items=(person,))))
    ).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0][0] == "附件1"
    assert cells[2] == ["序号", "工作组别", "单位", "姓名", "职务", "联系方式"]
    assert [row[4] for row in cells[3:9]] == ["（分管负责人）", "（科室负责人）", "（联系人）"] * 2
    assert cells[8][3] == "王五"
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"C4:C6", "C7:C9"}


def test_amounts_are_said_as_people_say_them() -> None:
    from contract_audit.reports.wording import fact_value

    fact = Fact(name="land_mu", value=Decimal("62.50"), start=0, end=0)
    assert fact_value(fact) == "62.5亩"
    assert fact_value(msgspec.structs.replace(fact, name="office_share", value=Decimal("0.07"))) == "7%"
    assert fact_value(msgspec.structs.replace(fact, name="term_years", value=Decimal(8))) == "8年"
