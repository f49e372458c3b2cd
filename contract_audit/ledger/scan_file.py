"""What a scan leaves behind, read for the ledger: findings.jsonl, or the whole result as .json (`scan -o 结果.json`).

The whole result says more: which documents were read to the end, which rules could not decide, who the parties are.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from contract_audit.errors import LedgerError
from contract_audit.ledger.collector import collector_paused
from contract_audit.model import Basis, Severity, Struct, Verdict


class FingerprintParts(Struct, frozen=True, gc=False):
    """What the ledger keeps of the parts of a fingerprint; None where the scan did not keep it."""

    clause_text: str | None = None
    family: str | None = None
    before: str | None = None
    after: str | None = None


class Told(Struct, frozen=True, kw_only=True, gc=False):
    """A finding as far as the ledger keeps it. `basis` stays JSON, as `bases` reads it: many findings share a few."""

    document: str
    rule: str
    category: str
    title: str
    severity: Severity
    verdict: Verdict
    clause: str | None
    page: int | None
    quote: str
    message: str
    basis: msgspec.Raw
    remedy: str
    departments: tuple[str, ...]
    fingerprint: str
    fingerprint_parts: FingerprintParts
    secrecy: str | None = None


class About(Struct, frozen=True, kw_only=True):
    """What the ledger keeps of a document."""

    contract: str | None = None
    project: str | None = None
    company: str | None = None
    unit: str | None = None  # the first party on the government's side
    signed_on: date | None = None
    secrecy: str | None = None


class ScanFile(Struct, frozen=True, kw_only=True):
    """The findings of a scan, and what is known of the documents.

    `complete` are documents whose silence means something: read to the end and judged. `undecided` are (document, rule) that
    could not decide. `about` is empty for findings.jsonl.
    """

    name: str
    as_of: date | None
    findings: tuple[Told, ...]
    about: dict[str, About]
    documents: frozenset[str]
    complete: frozenset[str]
    undecided: frozenset[tuple[str, str]]


class _Party(msgspec.Struct):
    name: str
    side: str


class _Undecided(msgspec.Struct):
    rule: str
    category: str  # empty: the document was not judged at all


class _Document(msgspec.Struct):
    document: str
    status: str
    findings: tuple[Told, ...]
    undecided: tuple[_Undecided, ...] = ()
    facts: dict[str, Any] = {}
    parties: tuple[_Party, ...] = ()
    secrecy: str | None = None


class _Result(msgspec.Struct):
    as_of: date
    documents: tuple[_Document, ...]
    broken_rules: tuple[Any, ...] = ()


def read_scan(path: Path) -> ScanFile:
    """Read a .jsonl or .json file of `contract-audit scan`. Raises LedgerError that names the file and the line."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LedgerError(f"{path}：扫描结果无法读取（{error.strerror}），请检查路径和权限") from error
    with collector_paused():
        return _lines(path.name, data) if path.suffix.lower() == ".jsonl" else _whole(path.name, data)


def context_of(finding: Told) -> str:
    """The folded text before and after the quote, one a line; empty where the scan did not keep it."""
    parts = finding.fingerprint_parts
    return f"{parts.before}\n{parts.after}" if parts.before is not None else ""


_decode_bases = msgspec.json.Decoder(tuple[Basis, ...]).decode


def bases(basis: bytes) -> tuple[Basis, ...]:
    """The legal bases of a finding, from its `basis`. Raises msgspec.DecodeError, which `read_scan` has ruled out."""
    return _decode_bases(basis)


def _lines(name: str, data: bytes) -> ScanFile:
    decoder = msgspec.json.Decoder(Told)
    try:
        findings = decoder.decode_lines(data)
        _check_bases(findings)
    except msgspec.DecodeError as error:
        number, reason = _first_broken(decoder, data) or (0, str(error))
        raise LedgerError(
            f"{name} 第{number}行不是问题记录（{reason}），请用 scan -o findings.jsonl 重新生成"
        ) from error
    documents = frozenset(finding.document for finding in findings)
    return ScanFile(
        name=name,
        as_of=None,
        findings=tuple(findings),
        about={},
        documents=documents,
        complete=documents,
        undecided=frozenset(),
    )


def _check_bases(findings: Iterable[Told]) -> None:
    for basis in {bytes(finding.basis) for finding in findings}:
        _decode_bases(basis)


def _first_broken(decoder: msgspec.json.Decoder[Told], data: bytes) -> tuple[int, str] | None:
    """The first line that is no finding, from 1, and what is wrong with it."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            if line.strip():
                _decode_bases(decoder.decode(line).basis)
        except msgspec.DecodeError as error:
            return number, str(error)
    return None


def _whole(name: str, data: bytes) -> ScanFile:
    try:
        result = msgspec.json.decode(data, type=_Result)
        _check_bases(finding for document in result.documents for finding in document.findings)
    except msgspec.DecodeError as error:
        raise LedgerError(f"{name}：不是扫描结果（{error}），请用 scan -o 结果.json 或 findings.jsonl") from error
    if result.broken_rules:
        raise LedgerError(f"{name}：这次扫描有规则未加载，收录会把未查的问题误作已消失；请先修好规则再扫描")
    return ScanFile(
        name=name,
        as_of=result.as_of,
        findings=tuple(finding for document in result.documents for finding in document.findings),
        about={document.document: _about(document) for document in result.documents},
        documents=frozenset(document.document for document in result.documents),
        complete=frozenset(document.document for document in result.documents if _judged(document)),
        undecided=frozenset(
            (document.document, rule.rule) for document in result.documents for rule in document.undecided
        ),
    )


def _judged(document: _Document) -> bool:
    return document.status == "read" and all(rule.category for rule in document.undecided)


def _about(document: _Document) -> About:
    facts = document.facts
    signed = facts.get("signed_on")
    return About(
        contract=facts.get("title"),
        project=facts.get("project"),
        company=next((party.name for party in document.parties if party.side == "investor"), None),
        unit=next((party.name for party in document.parties if party.side == "government"), None),
        signed_on=date.fromisoformat(signed) if isinstance(signed, str) else None,
        secrecy=document.secrecy,
    )
