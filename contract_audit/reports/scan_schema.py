"""The published form of the JSON outputs (JSON Schema 2020-12): findings.jsonl line by line, and the whole scan.

Fields are only ever added; what is there keeps its name, type and meaning.
"""

from datetime import date
from typing import Any, Literal

import msgspec

from contract_audit.model import (
    Finding,
    ObligationKind,
    ObligationStatus,
    Party,
    Problem,
    Seal,
    Side,
    Skipped,
    Status,
    Struct,
    Undecided,
)
from contract_audit.reports.summary import Summary

Mode = Literal["signed", "draft"]
NAMES = {"findings": "findings.schema.json", "scan": "scan.schema.json"}


class DutyRow(Struct, frozen=True, kw_only=True):
    """One duty of a document; amounts and dates as text, `due` and `done_on` ISO dates."""

    bearer: Side
    bearer_name: str | None
    kind: ObligationKind
    act: str
    object: str
    quantity: str | None
    quote: str
    due: date | None
    anchor: str | None
    offset: str | None
    workday: bool
    recurrence: str | None
    condition: str | None
    consequence: str | None
    status: ObligationStatus
    done_on: date | None
    days_late: int | None
    proof: str | None
    clause: str | None
    start: int
    end: int


class DocumentRow(Struct, frozen=True, kw_only=True):
    """One document of a scan. Offsets of findings and duties point into `text`."""

    document: str
    sha256: str
    format: str
    status: Status
    problems: tuple[Problem, ...]
    pages: int | None
    secrecy: str | None
    text: str
    hidden: tuple[str, ...]
    deleted: tuple[str, ...]
    comments: tuple[str, ...]
    footnotes: tuple[str, ...]
    headers: tuple[str, ...]
    seals: tuple[Seal, ...]
    facts: dict[str, str | bool]
    parties: tuple[Party, ...]
    obligations: tuple[DutyRow, ...]
    mode: Mode
    mode_reason: str
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]


class BrokenRule(Struct, frozen=True, kw_only=True):
    """A rule file that was not loaded, and why."""

    file: str
    message: str


class ScanFile(Struct, frozen=True, kw_only=True):
    """The result of one scan (`-o x.json`)."""

    as_of: date
    mode: Mode | None
    pack_version: str
    summary: Summary
    documents: tuple[DocumentRow, ...]
    skipped: tuple[Skipped, ...]
    broken_rules: tuple[BrokenRule, ...]
    notes: tuple[str, ...]


def schema(name: str) -> dict[str, Any]:
    """The schema of that name (one of NAMES): findings is one line of findings.jsonl, scan the whole .json."""
    found: dict[str, Any] = msgspec.json.schema({"findings": Finding, "scan": ScanFile}[name])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def render_schema(name: str) -> bytes:
    """The schema as a file."""
    return msgspec.json.format(msgspec.json.encode(schema(name)), indent=1) + b"\n"
