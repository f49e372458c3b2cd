"""The papers on items and agreements: columns, counts, sums and what is left for people."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import msgspec
import openpyxl
import pytest

from contract_audit.engine import load_rules
from contract_audit.model import Scan
from contract_audit.model.ledger import LedgerItem, Milestone, Proof, Source
from contract_audit.reports.issue_list import render as issue_list
from contract_audit.reports.kinds import KINDS, make_paper
from contract_audit.reports.material import Material, items_of_findings, items_of_scan, problem_sentence, without_secret
from contract_audit.reports.progress import Rate, rate
from contract_audit.reports.year import year_of
from contract_audit.rulespec import ObligationCheck, Pack

DAY = date(2026, 6, 30)
SOURCES = {
    "self_check": Source(kind="self_check", origin="扫描", day=DAY),
    "audit": Source(kind="audit", origin="审计.xlsx 第2行", day=DAY),
}


def item(number: int, **changes: Any) -> LedgerItem:
    """An item of 云岭县 that is being rectified."""
    fields: dict[str, Any] = {
        "number": number,
        "created_on": date(2026, 3, 1),
        "state": "rectifying",
        "state_since": date(2026, 4, 1),
        "sources": (SOURCES["self_check"],),
        "unit": "云岭县人民政府",
        "owner_unit": "云岭县商务局",
        "contract": "投资合同",
        "clause": "第二条",
        "quote": "返还60%",
        "message": f"第{number}个问题",
        "remedy": "删去该款",
        "category": "illegal.tax_linked_reward",
    }
    return LedgerItem(**(fields | changes))


ITEMS = (
    item(1, state="closed", closed_on=date(2026, 6, 10), state_since=date(2026, 6, 10), closed_by="李四", submitted_by="张三",
         proofs=(Proof(name="补充协议.pdf", sha256="ab" * 32, size_bytes=9, day=date(2026, 6, 1), who="张三"),), words="属实"),
    item(2, due=date(2026, 6, 1), owner="王五"),
    item(3, due=date(2026, 7, 15), sources=(SOURCES["self_check"], SOURCES["audit"])),
    item(4, state="lead", created_on=date(2026, 6, 20), owner_unit=None, unit="云岭县某镇"),
    item(5, state="dismissed", state_since=date(2026, 6, 5)),
    item(6, state="kept", state_since=date(2026, 5, 5)),
    item(7, kind="enforcement", category=None, case_number="（2025）云01执9号", court="云岭县人民法院", amount_yuan=Decimal(1250000)),
)  # fmt: skip


@pytest.fixture
def ledger(pack: Pack) -> Material:
    return Material(
        as_of=DAY, pack=pack, items=ITEMS, from_ledger=True, anchor="172-d566",
        milestones=(Milestone(by=date(2026, 12, 31), rate_percent=60), Milestone(by=date(2026, 1, 1), rate_percent=30)),
    )  # fmt: skip


@pytest.fixture
def scanned(scan: Scan, pack: Pack) -> Material:
    return Material(as_of=scan.as_of, pack=pack, scan=scan, items=items_of_scan(scan))


def book(kind: str, material: Material) -> Any:
    return openpyxl.load_workbook(BytesIO(make_paper(kind, material)))


def table(sheet: Any, first: int = 2) -> list[dict[str, Any]]:
    """Rows under the headings in row `first`, until the first row without a value in its second column."""
    rows = [list(row) for row in sheet.iter_rows(min_row=first, values_only=True)]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[1] is not None]


def words(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_issue_list_of_a_ledger_has_the_seven_columns_and_peoples_words(ledger: Material) -> None:
    sheet = book("问题清单", ledger).worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    assert headings[:7] == ["序号", "地区(单位)", "来源", "存在问题", "整改责任地区(单位)", "整改时限", "整改措施"]
    rows = table(sheet)
    assert rows[0]["存在问题"] == "《投资合同》第二条“返还60%”：第1个问题。"
    assert rows[1]["整改时限"] == "2026年6月1日" and rows[2]["来源"] == "自查、审计"
    assert [row["编号"] for row in rows] == ["1", "2", "3", "4", "6", "7"]  # the dismissed one is no problem
    assert "另有1项经核实已排除，未列入。" in [row[0].value for row in sheet.iter_rows()]


def test_a_scan_gives_the_same_issue_list_here_as_by_suffix(scanned: Material, scan: Scan, pack: Pack) -> None:
    def cells(content: bytes) -> list[Any]:
        return [row for sheet in openpyxl.load_workbook(BytesIO(content)) for row in sheet.iter_rows(values_only=True)]

    assert cells(make_paper("问题清单", scanned)) == cells(issue_list(scan, pack))


def test_the_register_of_breaches_parts_agreements_from_law_cases(ledger: Material) -> None:
    whole = book("失信事项台账", ledger)
    assert whole.sheetnames == ["失信事项", "被执行案件", "被诉案件"]
    assert [row["序号"] for row in table(whole["失信事项"])] == [1, 2, 3, 4, 5]
    assert table(whole["失信事项"])[0]["事项类别"] == "拟：优惠政策不合规"
    assert table(whole["失信事项"])[1]["状态"] == "整改中\n（逾期）"
    (case,) = table(whole["被执行案件"])
    assert (case["案号"], case["受理法院"], case["涉及金额（万元）"]) == ("（2025）云01执9号", "云岭县人民法院", 125)


def test_doubts_on_the_text_alone_are_no_breach_of_faith(ledger: Material) -> None:
    material = msgspec.structs.replace(ledger, items=(item(1, category="review.missing_clause"), item(2)))
    assert len(table(book("失信事项台账", material)["失信事项"])) == 1


def test_an_enterprise_that_is_late_is_no_breach_of_the_governments(ledger: Material) -> None:
    pack = load_rules()
    late = tuple(
        item(number, rule=rule.id, category=rule.category)
        for number, rule in enumerate(pack.rules, start=1)
        if isinstance(rule.check, ObligationCheck) and rule.check.test == "overdue"
    )
    material = msgspec.structs.replace(ledger, pack=pack, items=late)
    shown = {row["序号"]: row for row in table(book("失信事项台账", material)["失信事项"])}
    of_government = [one for one in late if one.rule == "DLV001"]
    assert len(shown) == len(late) - sum(one.rule == "DLV002" for one in late) >= len(of_government) == 1


def test_the_check_list_names_proof_and_both_persons(ledger: Material) -> None:
    rows = table(book("核查销号表", ledger).worksheets[0])
    assert [row["编号"] for row in rows] == [1, 2, 3, 6, 7]  # leads and the dismissed one need no check
    assert "补充协议.pdf（2026年6月1日，abababababab）" in rows[0]["佐证材料"]
    assert (rows[0]["提交人"], rows[0]["核查人"], rows[0]["销号日期"]) == ("张三", "李四", "2026年6月10日")
    assert (rows[1]["责任单位及责任人"], rows[1]["核查人"]) == ("云岭县商务局\n王五", None)


def test_the_month_adds_up(ledger: Material) -> None:
    whole = book("月调度表", ledger)
    rows = {row["地区(单位)"]: row for row in table(whole["月调度表"])}
    total = rows["合计"]
    assert [
        total[name] for name in ("本期新增", "本期销号", "本期其他办结", "期末未办结", "其中逾期", "30日内到期")
    ] == [1, 1, 1, 4, 1, 1]
    assert total["上期末未办结"] + total["本期新增"] == total["本期销号"] + total["本期其他办结"] + total["期末未办结"]
    for name in ("上期末未办结", "本期新增", "期末未办结"):
        assert sum(row[name] for unit, row in rows.items() if unit != "合计") == total[name]
    assert [row["编号"] for row in table(whole["本期新增"])] == [4]
    assert [row["编号"] for row in table(whole["本期销号"])] == [1]
    assert [(row["编号"], row["逾期天数"]) for row in table(whole["逾期未办结"])] == [(2, 29)]
    assert [row["编号"] for row in table(whole["即将到期"])] == [3]


def test_the_period_may_begin_earlier(ledger: Material) -> None:
    whole = book("月调度表", msgspec.structs.replace(ledger, since=date(2026, 1, 1)))
    assert len(table(whole["本期新增"])) == 7


def test_rates_count_what_must_be_done_and_are_rounded_down(ledger: Material) -> None:
    assert rate(ITEMS) == Rate(due=5, done=2)
    assert rate(ITEMS).share == Decimal("0.4")
    assert Rate(due=3000, done=2999).share == Decimal("0.999")
    assert rate((item(1, state="lead"),)).share is None


def test_statistics_by_source_count_under_each_and_compare_with_milestones(ledger: Material) -> None:
    whole = book("进展统计", ledger)
    rows = {row["项目"]: row for row in table(whole["按来源"])}
    assert (rows["自查"]["总数"], rows["审计"]["总数"], rows["合计"]["总数"]) == (7, 1, 7)
    assert rows["合计"]["整改率"] == 0.4
    notes = "\n".join(str(row[0]) for row in whole["按单位"].iter_rows(values_only=True))
    assert "2026年12月31日前整改率达到60%；目前40.0%，还有184天，尚差1项" in notes
    assert "2026年1月1日前整改率达到30%；目前40.0%，已达到" in notes
    assert "台账校验值：172-d566" in notes


def test_orders_are_one_a_unit_without_leads(ledger: Material) -> None:
    text = words(make_paper("督办单", ledger))
    assert text.count("招商引资履约问题督办单") == 1  # the one unit with confirmed items
    assert "第2个问题" in text and "（已逾期\n29天）" in text
    assert "第4个问题" not in text and "第1个问题" not in text


def test_a_year_counts_projects_once_and_says_what_it_left_out(scan: Scan, pack: Pack) -> None:
    material = Material(as_of=date(2023, 12, 31), pack=pack, scan=scan, items=items_of_scan(scan))
    year = year_of(material)
    # Both papers are of one company, but nothing says that they are one project.
    assert (len(year.projects), year.invested) == (2, Decimal(360_000_000))
    assert len(year.above(Decimal(100_000_000))) == 2 and not year.above(Decimal(1_000_000_000))
    audit = scan.audits[0]
    named = msgspec.structs.replace(
        audit.understanding,
        facts=(
            *audit.understanding.facts,
            msgspec.structs.replace(audit.understanding.facts[0], name="project", value="厂房"),
        ),
    )
    twice = tuple(msgspec.structs.replace(audit, understanding=named) for _ in range(2))
    once = year_of(msgspec.structs.replace(material, scan=msgspec.structs.replace(scan, audits=twice)))
    assert (len(once.projects), once.left_out[0][1]) == (1, "与甲/投资 合同.docx为同一项目")
    text = words(make_paper("年度总结", material))
    assert "共签约招商引资项目2个，总投资3.60亿元" in text and "1亿元以上项目2个" in text
    assert "恒远制造有限公司" in text and "18000" in text
    other_year = year_of(msgspec.structs.replace(material, as_of=DAY))
    assert other_year.projects == () and {reason for _, reason in other_year.left_out} == {"2023年签订"}
    none = words(make_paper("年度总结", msgspec.structs.replace(material, as_of=DAY)))
    assert f"所查文件中没有{DAY.year}年签约的招商引资项目" in none and "亿元" not in none and "附表1" not in none


def test_words_of_the_agreement_are_printed_once_and_days_in_chinese() -> None:
    quote = "甲方应于2023-02-01前交付厂房"
    twice = item(1, contract="甲合同", quote=quote, message=f"约定含糊（{quote}）")
    assert problem_sentence(twice) == f"《甲合同》第二条：约定含糊（{quote}）。"
    late = item(1, contract="甲合同", clause="第五条", quote=quote, message="政府方应于2023-02-01前交付")
    assert problem_sentence(late) == f"《甲合同》第五条“{quote}”：政府方应于2023年2月1日前交付。"


def test_opinions_say_place_problem_law_and_redraft_and_leave_room(scanned: Material, scan: Scan) -> None:
    finding = scan.audits[0].findings[1]
    for kind in ("合法性审查意见书", "招商合同审查意见"):
        text = words(make_paper(kind, scanned, scan.audits[0]))
        assert "条款位置：第二条（第1页）：“增值税的60%给予返还”" in text
        assert finding.message in text and finding.remedy in text and "《公平竞争审查条例》" in text
        assert "投资强度：未能判定" in text  # what was not decided is said
        assert "隐藏文字1处" in text
    signed = words(make_paper("合法性审查意见书", scanned, scan.audits[0]))
    assert "□ 可以继续履行。" in signed and "提请审议" not in signed
    draft = msgspec.structs.replace(
        scan.audits[0], understanding=msgspec.structs.replace(scan.audits[0].understanding, mode="draft")
    )
    assert "□ 不合法，不得签订。" in words(make_paper("合法性审查意见书", scanned, draft))
    assert "审查人（签字）" in words(make_paper("合法性审查意见书", scanned, scan.audits[0]))
    assert "财政部门" in text  # the departments that must be heard have rows of their own


def test_items_of_findings_and_of_scans_are_the_same_wrongs(scan: Scan) -> None:
    findings = tuple(finding for audit in scan.audits for finding in audit.findings)
    from_scan, from_findings = items_of_scan(scan), items_of_findings(findings, scan.as_of)
    assert [one.fingerprint for one in from_scan] == [one.fingerprint for one in from_findings]
    assert from_scan[0].company == "恒远制造有限公司" and from_findings[0].company is None
    assert problem_sentence(from_findings[1]).startswith("《投资 合同》第二条（第1页）")


def test_secret_items_are_left_out_and_named_once() -> None:
    kept, notes = without_secret(
        (item(1, document="a.docx", secrecy="机密"), item(2), item(3, document="a.docx", secrecy="机密"))
    )
    assert [one.number for one in kept] == [2]
    assert len(notes) == 1 and notes[0].startswith("a.docx：标有密级“机密”")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_equal_material_gives_equal_bytes_without_personal_numbers(kind: str, scan: Scan, pack: Pack) -> None:
    secret = item(1, owner="张三13812345678", own_problem="联系13812345678催办", feedback="身份证11010519491231002X")
    material = Material(as_of=DAY, pack=pack, scan=scan, items=(secret, *ITEMS), from_ledger=True)
    audit = scan.audits[0] if KINDS[kind].each else None
    first = make_paper(kind, material, audit)
    assert make_paper(kind, material, audit) == first
    if KINDS[kind].suffix == ".docx":
        text = words(first)
    else:
        text = str(
            [row for sheet in openpyxl.load_workbook(BytesIO(first)) for row in sheet.iter_rows(values_only=True)]
        )
    assert "13812345678" not in text and "11010519491231002X" not in text


def test_a_month_leaves_out_what_was_registered_after_it_and_says_so(ledger: Material) -> None:
    late = tuple(msgspec.structs.replace(one, created_on=date(2030, 1, 1)) for one in ledger.items[:2])
    sheet = book("月调度表", msgspec.structs.replace(ledger, items=(*late, *ledger.items[2:])))["月调度表"]
    assert "另有2项在本期结束后登记，未列入。" in [row[0].value for row in sheet.iter_rows()]
    whole = {row["地区(单位)"]: row for row in table(book("月调度表", ledger)["月调度表"])}["合计"]
    total = {row["地区(单位)"]: row for row in table(sheet)}["合计"]
    counted = ("本期销号", "本期其他办结", "期末未办结", "上期末未办结")
    assert sum(total[name] for name in counted) < sum(whole[name] for name in counted)
