"""SARIF 2.1.0: for code-scanning tools that already track findings. Rules without findings are declared as well."""

from urllib.parse import quote

import msgspec

from contract_audit.model import Audit, Finding, Scan, Skipped
from contract_audit.reports.identity import finding_id
from contract_audit.reports.wording import basis_line
from contract_audit.rulespec import Pack, Rule

LEVELS = {"high": "error", "medium": "warning", "low": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
Json = dict[str, object]


def render(scan: Scan, pack: Pack) -> bytes:
    """One run; offsets count Unicode code points of the text as read, which is what findings point into."""
    rules = tuple(rule for rule in pack.rules if rule.status != "draft")
    places = {rule.id: index for index, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "contract_audit",
                "semanticVersion": pack.info.version,
                "language": "zh-CN",
                "rules": [_rule(rule, pack) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not scan.skipped and not scan.broken_rules,
                "toolExecutionNotifications": [
                    *(_skipped(item) for item in scan.skipped),
                    *(notice for audit in scan.audits for notice in _problems(audit)),
                ],
            }
        ],
        "artifacts": [_artifact(audit) for audit in scan.audits],
        "results": [_result(finding, places) for audit in scan.audits for finding in audit.findings],
        "properties": {"asOf": scan.as_of.isoformat(), "packVersion": scan.pack_version},
    }
    return (
        msgspec.json.format(msgspec.json.encode({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}), indent=1)
        + b"\n"
    )


def _rule(rule: Rule, pack: Pack) -> Json:
    category = pack.taxonomy.categories.get(rule.category)
    return {
        "id": rule.id,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"category": rule.category, "tags": [category.name] if category else []},
    }


def _result(finding: Finding, places: dict[str, int]) -> Json:
    result: Json = {"ruleId": finding.rule}
    if finding.rule in places:
        result["ruleIndex"] = places[finding.rule]
    return {
        **result,
        "kind": finding.verdict,
        # SARIF 3.27.10: a result that is not a fail has level none.
        "level": LEVELS[finding.severity] if finding.verdict == "fail" else "none",
        "message": {"text": finding.message},
        "locations": [_location(finding)],
        "relatedLocations": [
            {
                "message": {"text": related.role},
                "physicalLocation": _region(
                    related.document or finding.document, related.start, related.end, related.quote
                ),
            }
            for related in finding.related
        ],
        "partialFingerprints": {"contractAudit/v1": finding.fingerprint},
        "properties": {
            "id": finding_id(finding),
            "category": finding.category,
            "stream": finding.stream,
            "inForce": finding.in_force,
            "confidence": finding.confidence,
            "basis": [basis_line(basis) for basis in finding.basis],
            "remedy": finding.remedy,
        },
    }


def _location(finding: Finding) -> Json:
    location: Json = {"physicalLocation": _region(finding.document, finding.start, finding.end, finding.quote)}
    if finding.clause:
        location["logicalLocations"] = [{"name": finding.clause, "kind": "clause"}]
    return location


def _region(document: str, start: int, end: int, snippet: str) -> Json:
    return {
        "artifactLocation": {"uri": _uri(document)},
        "region": {"charOffset": start, "charLength": end - start, "snippet": {"text": snippet}},
    }


def _artifact(audit: Audit) -> Json:
    document = audit.understanding.document
    return {"location": {"uri": _uri(document.name)}, "hashes": {"sha-256": document.sha256}}


def _skipped(item: Skipped) -> Json:
    return _notice(item.name, item.code, item.message)


def _problems(audit: Audit) -> list[Json]:
    document = audit.understanding.document
    return [_notice(document.name, problem.code, problem.message) for problem in document.problems]


def _notice(name: str, code: str, message: str) -> Json:
    return {
        "level": "warning",
        "descriptor": {"id": code},
        "message": {"text": f"{name}：{message}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(name)}}}],
    }


def _uri(name: str) -> str:
    """A relative reference: Chinese, spaces and the # before a second agreement are escaped."""
    return quote(name, safe="/")
