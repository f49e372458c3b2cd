"""The whole scan as one JSON object: summary, documents with facts and duties, findings, what was not read or decided."""

import msgspec

from contract_audit.model import Scan, Understanding
from contract_audit.reports.document_json import document_object
from contract_audit.reports.summary import summarise
from contract_audit.rulespec import Pack


def render(scan: Scan, _pack: Pack) -> bytes:
    """Indented JSON; amounts are strings, dates ISO."""
    content = {
        "as_of": scan.as_of,
        "mode": scan.mode,
        "pack_version": scan.pack_version,
        "summary": summarise(scan),
        "documents": [
            {
                **_document(audit.understanding),
                "mode": scan.mode or audit.understanding.mode,
                "mode_reason": audit.understanding.mode_reason,
                "findings": audit.findings,
                "undecided": audit.undecided,
                "filtered": audit.filtered,
            }
            for audit in scan.audits
        ],
        "skipped": scan.skipped,
        "broken_rules": [{"file": name, "message": message} for name, message in scan.broken_rules],
        "notes": scan.notes,
    }
    return msgspec.json.format(msgspec.json.Encoder(decimal_format="string").encode(content), indent=1) + b"\n"


# How a document is built up is what `contract-audit show FILE --format json` prints; here stands what findings need.
_LEFT_OUT = frozenset({"blocks", "clauses", "tables", "provisions", "facts_detail"})


def _document(understanding: Understanding) -> dict[str, object]:
    return {name: value for name, value in document_object(understanding).items() if name not in _LEFT_OUT}
