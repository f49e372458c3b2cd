"""findings.jsonl: one finding a line, in the order of the scan; amounts are strings, dates ISO (the stable interface)."""

import msgspec

from contract_audit.model import Scan
from contract_audit.rulespec import Pack


def render(scan: Scan, _pack: Pack) -> bytes:
    """One JSON object a line; no findings, no bytes."""
    encoder = msgspec.json.Encoder(decimal_format="string")
    return b"".join(encoder.encode(finding) + b"\n" for audit in scan.audits for finding in audit.findings)
