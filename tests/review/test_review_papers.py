from datetime import date
from io import BytesIO

import docx
from msgspec.structs import replace

from contract_audit.reports import review_papers as papers
from contract_audit.reports.official_docx import Part, render
from contract_audit.review import load_policy, prepare
from tests.review.conftest import MakeDraft

TAX = "甲方按乙方缴纳增值税地方留成部分的60%给予奖励。"
LAND = "土地出让金由甲方在三个月内全额返还乙方。"


def _text(parts: tuple[Part, ...]) -> str:
    document = docx.Document(BytesIO(render(parts, title="试验", day=date(2026, 6, 30))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_consolidated_sheet_has_conclusion_items_law_redraft_and_room_to_sign(draft: MakeDraft) -> None:
    review = prepare(draft(TAX, LAND), load_policy(), previous=draft(TAX, name="first.txt"))
    text = _text(papers.consolidated(review))
    for item in review.items:
        message = item.finding.message.replace(f"（{item.finding.quote}）", "")
        assert item.finding.remedy in text and message in text
    assert review.conclusion in text and "签字、日期" in text and "本稿新增" in text and "仍未修改" in text
    assert all(lane.department in text for lane in review.lanes)


def test_a_department_gets_only_its_own_items(draft: MakeDraft) -> None:
    review = prepare(draft(TAX, LAND), load_policy())
    lane = next(lane for lane in review.lanes if 0 < len(lane.items) < len(review.items))
    text = _text(papers.department(review, lane))
    for item in review.items:
        assert (item.finding.remedy in text) == (item.number in lane.items)


def test_the_notice_names_clauses_reasons_and_the_day_for_the_corrected_draft(draft: MakeDraft) -> None:
    review = prepare(draft(TAX, LAND), load_policy())
    text = _text(papers.returned(review))
    assert review.corrected_by == date(2026, 7, 14)
    assert "2026年7月14日" in text and review.reasons[0] in text


def test_items_name_the_surest_laws_and_few_of_them(draft: MakeDraft) -> None:
    review = prepare(draft(TAX), load_policy())
    finding = review.items[0].finding
    names = {"一": False, "二": True, "三": True, "四": True, "五": True}  # laws, and whether each article was read
    basis = tuple(replace(finding.basis[0], law=f"第{name}法", certain=certain) for name, certain in names.items())
    cited = replace(review, items=(replace(review.items[0], finding=replace(finding, basis=basis)),))
    line = next(line for line in _text(papers.consolidated(cited)).splitlines() if line.startswith("依据："))
    assert line.endswith("等") and [name for name in names if f"第{name}法" in line] == ["二", "三", "四"]


def test_the_checklist_holds_what_no_program_can_know(draft: MakeDraft) -> None:
    policy = load_policy()
    text = _text(papers.checklist(prepare(draft(TAX), policy)))
    assert all(line in text for line in policy.by_people)
