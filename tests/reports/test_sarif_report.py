import json

from contract_audit.model import Scan
from contract_audit.reports import render
from contract_audit.rulespec import Pack


def test_results_point_into_documents_with_fingerprints_and_kinds(scan: Scan, pack: Pack) -> None:
    log = json.loads(render(scan, pack, ".sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == 6
    second, third = run["results"][1:3]
    assert second["kind"] == "fail" and second["level"] == "error"
    assert third["kind"] == "review" and third["level"] == "none"
    region = second["locations"][0]["physicalLocation"]
    finding = scan.audits[0].findings[1]
    assert region["region"]["charOffset"] == finding.start
    assert region["region"]["charLength"] == len(finding.quote)
    assert second["partialFingerprints"]["contractAudit/v1"] == finding.fingerprint


def test_uris_are_relative_and_escaped(scan: Scan, pack: Pack) -> None:
    (run,) = json.loads(render(scan, pack, ".sarif"))["runs"]
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert uris == ["%E7%94%B2/%E6%8A%95%E8%B5%84%20%E5%90%88%E5%90%8C.docx", "%E4%B9%99.pdf%232"]


def test_files_that_were_not_read_are_notifications_and_the_run_is_not_successful(scan: Scan, pack: Pack) -> None:
    (run,) = json.loads(render(scan, pack, ".sarif"))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [notice["descriptor"]["id"] for notice in invocation["toolExecutionNotifications"]] == [
        "damaged",
        "needs_ocr",
    ]
