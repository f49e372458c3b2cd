"""One count and one number a finding in all papers; reminders are no wrongs; what is open is never passed over."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import msgspec
import openpyxl
import pytest

from contract_audit.model import Audit, Evidence, Scan, Undecided, Unplaced
from contract_audit.reports import render
from contract_audit.reports.kinds import make_paper
from contract_audit.reports.material import Material, items_of_scan
from contract_audit.reports.numbering import numbered, numbers
from contract_audit.reports.still_open import unfinished, unfinished_of
from contract_audit.reports.summary import summarise, summary_lines
from contract_audit.rulespec import Pack
from tests.reports.conftest import make_audit, make_document, make_finding

DOCUMENT = make_document("甲.docx")
HANDOVER, PROMISE = "2023年2月1日前交付厂房15600平方米", "增值税的60%给予返还"


def found(quote: str, **changes: Any) -> Any:
    return make_finding(DOCUMENT, quote, **changes)


@pytest.fixture
def judged() -> Scan:
    """A signed paper: a reminder, one duty undone, one done late, a promise, a doubt, a row without a place."""
    findings = (
        found("交付厂房", category="delivery.due_soon", severity="low", fingerprint="1", facts={"days": "9"}),
        found(HANDOVER, category="delivery.overdue", fingerprint="2", facts={"due": "2023-02-01", "days": "514"}),
        found("厂房15600平方米", category="delivery.overdue", fingerprint="3",
              facts={"due": "2023-02-01", "done_on": "2023-02-08", "days": "7"}),
        found(PROMISE, fingerprint="4"),
        found("60%", verdict="review", fingerprint="5", clause="4.1", page=None),
    )  # fmt: skip
    row = Evidence(
        contract="甲", matter="水管打压", done_on=date(2023, 3, 1), proof="记录", row=9, file="甲.performance.csv"
    )
    audit = msgspec.structs.replace(make_audit(DOCUMENT), findings=findings, undecided=())
    left = Unplaced(document="甲.docx", evidence=row, candidates=("接通供水",))
    return Scan(audits=(audit,), skipped=(), as_of=date(2024, 6, 30), mode=None, pack_version="1", unplaced=(left,))


def opinion(scan: Scan, pack: Pack, audit: Audit | None = None) -> list[str]:
    material = Material(as_of=scan.as_of, pack=pack, scan=scan, items=items_of_scan(scan))
    paper = make_paper("合法性审查意见书", material, audit or scan.audits[0])
    return [paragraph.text for paragraph in docx.Document(BytesIO(paper)).paragraphs]


def rows(scan: Scan, pack: Pack, sheet: str, first: int) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(BytesIO(render(scan, pack, ".xlsx")))
    return list(book[sheet].iter_rows(min_row=first, values_only=True))


def test_wrongs_are_counted_and_numbered_before_reminders_and_doubts(judged: Scan, pack: Pack) -> None:
    assert [(one.number, one.finding.fingerprint) for one in numbered(judged)] == [
        (1, "2"), (2, "3"), (3, "4"), (4, "1"), (5, "5"),
    ]  # fmt: skip
    assert "问题：3 项" in summary_lines(judged)[2] and "近期到期提示1项（不计入问题）" in summary_lines(judged)[2]
    assert (summarise(judged).overdue, summarise(judged).done_late) == (1, 1)
    book = openpyxl.load_workbook(BytesIO(render(judged, pack, ".xlsx")))
    assert "问题3项，另列近期到期提示1项（不计入问题）" in book["问题清单"]["A1"].value
    listed = {row[8]: row[0] for row in rows(judged, pack, "问题清单", 3)}
    detailed = {row[21]: row[0] for row in rows(judged, pack, "问题明细", 2)}
    assert listed == {"2": 1, "3": 2, "4": 3, "1": 4} and listed.items() <= detailed.items()
    assert [item.number for item in items_of_scan(judged)] == [1, 2, 3, 4]


def test_the_opinion_on_a_signed_paper_parts_clauses_delays_and_reminders(judged: Scan, pack: Pack) -> None:
    text = opinion(judged, pack)
    heads = [
        line for line in text if line.startswith(("（", "1.", "2.")) and len(line) < 40 and not line.endswith("：")
    ]
    assert heads[:8] == [
        "（一）合法性和条款问题", "（3）与税收挂钩的返还奖励（应当整改）", "（二）履约情况", "1.未完成",
        "（1）履约逾期（应当整改）", "2.已完成（迟延）", "（2）履约逾期（应当整改）", "（三）近期到期事项（提醒，不计入问题）",
    ]  # fmt: skip
    assert any("问题3项" in line and "未完成1项、已完成但迟延1项" in line and "到期事项1项" in line for line in text)
    assert not any("送审" in line or "应当修改" in line for line in text)
    draft = msgspec.structs.replace(judged, mode="draft")
    assert any("应当修改3项" in line for line in opinion(draft, pack))


def test_the_opinion_lists_all_that_is_open_and_what_to_do(judged: Scan, pack: Pack) -> None:
    text = opinion(judged, pack)
    doubt = next(line for line in text if "第4.1款" in line)
    assert doubt.split("：")[0].split(". ")[1] == "第4.1款" and "处理办法：" in doubt
    (row,) = (line for line in text if "水管打压" in line)
    for words in ("甲.performance.csv 第9行", "2023年3月1日", "接通供水", "处理办法："):
        assert words in row
    assert not any("没有待核" in line for line in text)


def test_nothing_open_is_said_only_where_nothing_is(judged: Scan, pack: Pack) -> None:
    document = msgspec.structs.replace(DOCUMENT, hidden=())
    paper = msgspec.structs.replace(judged.audits[0].understanding, document=document)
    whole = msgspec.structs.replace(judged.audits[0], understanding=paper, findings=judged.audits[0].findings[:4])
    clean = msgspec.structs.replace(judged, audits=(whole,), unplaced=())
    assert unfinished(clean) == () and any("没有待核的问题和凭证" in line for line in opinion(clean, pack))
    lacking = Undecided(rule="R", category="c", title="强度", missing="参数", action="向发改部门取得")
    short = msgspec.structs.replace(whole, undecided=(lacking,))
    (open_one,) = unfinished(msgspec.structs.replace(clean, audits=(short,)))
    assert (open_one.kind, open_one.action) == ("未判定", "向发改部门取得")


def test_an_opinion_names_no_other_papers_troubles(judged: Scan) -> None:
    noted = msgspec.structs.replace(
        judged,
        audits=(*judged.audits, make_audit(make_document("丙.docx"))),
        notes=("乙.docx：标有密级“机密”，未列入本件", "履约情况 第3行：合同“丁”没有对应的文件"),
    )
    assert all(row.kind != "资料说明" for row in unfinished_of(noted, noted.audits[0], numbers(noted)))
