import json

from contract_audit.model import Scan
from contract_audit.reports import render
from contract_audit.reports.document_json import render_documents
from contract_audit.reports.summary import summary_lines
from contract_audit.rulespec import Pack


def test_jsonl_has_one_finding_a_line_whose_quote_stands_at_its_offsets(scan: Scan, pack: Pack) -> None:
    lines = render(scan, pack, ".jsonl").decode().splitlines()
    assert len(lines) == 6
    for line, finding in zip(lines, [f for audit in scan.audits for f in audit.findings], strict=True):
        row = json.loads(line)
        text = scan.audits[0].understanding.document.text
        assert text[row["start"] : row["end"]] == row["quote"] == finding.quote
        assert row["basis"][0]["in_force_from"] == "2024-08-01"


def test_json_holds_documents_facts_duties_and_what_was_not_done(scan: Scan, pack: Pack) -> None:
    whole = json.loads(render(scan, pack, ".json"))
    first = whole["documents"][0]
    assert first["facts"] == {"signed_on": "2023-01-28", "total_investment_yuan": "180000000"}
    assert first["obligations"][0]["status"] == "done_late"
    assert first["obligations"][0]["days_late"] == 59
    assert whole["documents"][1]["problems"][0]["page"] == 2
    assert whole["skipped"][0]["code"] == "damaged"
    assert whole["summary"]["unread"] == 1


def test_the_five_lines_count_what_was_not_read_and_not_decided(scan: Scan) -> None:
    lines = summary_lines(scan)
    assert len(lines) == 5
    assert "共 3 份，完整读取 1 份" in lines[0]
    assert "2 份（部分读取 1，未能读取 1）" in lines[1]
    assert "4 项（高 4，中 0，低 0）；待核 2 项" in lines[2]
    assert "未完成 2 项，已完成（迟延）0 项" in lines[3]
    assert lines[4].startswith("未判定：2 项") and "1 个" in lines[4]


def test_a_document_as_shown_keeps_numbers_apart_and_offsets_true(scan: Scan) -> None:
    shown = json.loads(render_documents((scan.audits[0].understanding,)))
    clause = shown["clauses"][0]
    assert clause["label"] == "第一条" and clause["text"].startswith("甲方应于")
    for part in (*shown["blocks"], *shown["obligations"]):
        assert shown["text"][part["start"] : part["end"]] == part.get("text", part.get("quote"))
    assert shown["blocks"][4]["text"].split("\t") == ["=SUM(A1)", "<script>alert(1)</script>"]
    assert shown["hidden"] == ["隐藏的承诺"]
    assert shown["facts_detail"]["signed_on"][0]["confidence"] == "high"
    assert shown["obligations"][0]["bearer"] == "government" and shown["obligations"][0]["clause"] == "第一条"
