"""Findings made for tests: a few words each, with the fingerprint that the engine would give."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.ledger.intake import Intake, Options, take
from contract_audit.ledger.scan_file import ScanFile, read_scan
from contract_audit.ledger.store import Ledger
from contract_audit.ledger.writer import writing
from contract_audit.model import Basis, Finding

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


def basis_words(basis: Basis) -> str:
    return f"《{basis.law}》"


def finding(
    quote: str,
    *,
    document: str = "甲协议.docx",
    rule: str = "TAX001",
    clause: str = "第一条",
    text: str = "",
    before: str = "",
    after: str = "",
    family: str = "某项目／某公司",
    ordinal: int = 1,
    message: str = "涉嫌税收返还",
    category: str = "illegal.tax_relief",
) -> Finding:
    clause_hash = sha256((text or before + quote + after).encode()).hexdigest()[:16]
    key = (rule, fold_text(quote), clause_hash, family)
    return Finding(
        document=document,
        rule=rule,
        category=category,
        title="税收返还",
        stream="accepted",
        severity="high",
        verdict="fail",
        in_force=True,
        confidence="high",
        confidence_reason="原文写明",
        clause=clause,
        page=1,
        start=0,
        end=len(quote),
        quote=quote,
        message=message,
        basis=(Basis(law="某办法", number=None, article="三", in_force_from=None, in_force_to=None),),
        remedy="删除",
        departments=("财政",),
        related=(),
        facts={},
        conditions=(),
        fingerprint=sha256("\x1f".join((*key, str(ordinal))).encode()).hexdigest()[:32],
        fingerprint_parts={
            "rule": rule,
            "quote": key[1],
            "clause_text": clause_hash,
            "family": family,
            "ordinal": str(ordinal),
            "before": before,
            "after": after,
        },
    )


def lines_file(folder: Path, findings: list[Finding], name: str = "findings.jsonl") -> ScanFile:
    """The findings through a real file, as `take` gets them."""
    path = folder / name
    path.write_bytes(b"".join(msgspec.json.encode(item) + b"\n" for item in findings))
    return read_scan(path)


def whole_file(
    folder: Path,
    findings: list[Finding],
    documents: dict[str, str],
    undecided: dict[str, list[str]] | None = None,
    name: str = "结果.json",
) -> ScanFile:
    """A whole result: `documents` maps names to read statuses; `undecided` names rules by document."""
    content = {
        "as_of": "2026-06-30",
        "documents": [
            {
                "document": document,
                "status": status,
                "findings": [item for item in findings if item.document == document],
                "undecided": [{"rule": rule, "category": "x"} for rule in (undecided or {}).get(document, [])],
                "facts": {"title": "某项目投资协议", "project": "某项目", "signed_on": "2023-01-28"},
                "parties": [{"name": "某县人民政府", "side": "government"}, {"name": "某公司", "side": "investor"}],
            }
            for document, status in documents.items()
        ],
    }
    path = folder / name
    path.write_bytes(msgspec.json.encode(content))
    return read_scan(path)


def taken(ledger: Ledger, scan: ScanFile, *, whole: bool = False, who: str = "王芳") -> Intake:
    with writing(ledger, who, NOW) as writer:
        return take(writer, scan, Options(basis_words=basis_words, whole=whole))
