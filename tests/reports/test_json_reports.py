import json

from contract_audit.model import Scan
from contract_audit.reports import render
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
    assert first["clauses"][0]["label"] == "第一条"
    assert not first["clauses"][0]["text"].startswith("第一条")
    assert whole["documents"][1]["problems"][0]["page"] == 2
    assert whole["skipped"][0]["code"] == "damaged"
    assert whole["summary"]["unread"] == 1


def test_the_five_lines_count_what_was_not_read_and_not_decided(scan: Scan) -> None:
    lines = summary_lines(scan)
    assert len(lines) == 5
    assert "共 3 份，完整读取 1 份" in lines[0]
    assert "2 份（部分读取 1，未能读取 1）" in lines[1]
    assert "4 项（高 4，中 0，低 0）；待核 2 项" in lines[2]
    assert "逾期履行 2 项" in lines[3]
    assert lines[4].startswith("未判定：2 项") and "1 个" in lines[4]
