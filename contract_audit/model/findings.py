"""What judging gives: legal bases, findings, undecided rules, the result for one document and for a whole scan."""

from datetime import date
from typing import Literal

from contract_audit.model.document import Stream, Struct
from contract_audit.model.facts import Confidence, Understanding, Unplaced

Severity = Literal["high", "medium", "low"]
Verdict = Literal["fail", "review"]
SCORED = "〔计分："  # how a condition of a finding begins to tell a score, up to 〕: for those who tune rules, not for papers


class Basis(Struct, frozen=True, kw_only=True):
    """A legal basis as cited: full title, document number, article, dates of force. `certain` False: article unverified.

    `scope`: whom or what it governs (适用于…), where that decides whether it applies and no paper says it.
    """

    law: str
    number: str | None
    article: str | None
    in_force_from: date | None
    in_force_to: date | None
    certain: bool = True
    scope: str = ""


class Related(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another place that belongs to a finding, with its role (the clause it contradicts, the repeated promise …).

    `document` names the paper or register row that the place is in where it is not the finding's own.
    """

    role: str
    start: int
    end: int
    quote: str
    document: str | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """One wrong, with all that a report needs. Stable interface: see the README for the JSON form."""

    document: str
    rule: str
    category: str
    title: str
    stream: Stream
    severity: Severity
    verdict: Verdict
    in_force: bool
    confidence: Confidence
    confidence_reason: str
    clause: str | None
    page: int | None
    start: int
    end: int
    quote: str
    message: str
    basis: tuple[Basis, ...]
    remedy: str
    departments: tuple[str, ...]
    related: tuple[Related, ...]
    facts: dict[str, str]
    conditions: tuple[str, ...]  # the rule's conditions that held, in Chinese, for checking by hand
    fingerprint: str
    fingerprint_parts: dict[str, str]
    secrecy: str | None = None  # 密级 as marked on the document


class Undecided(Struct, frozen=True, kw_only=True):
    """A rule that applies but could not decide: the missing fact or parameter is named, in Chinese.

    `action` says what to obtain from whom and where to enter it, where that is known.
    """

    rule: str
    category: str
    title: str
    missing: str
    action: str = ""


class LocalFilter(Struct, frozen=True, kw_only=True):
    """A finding that an office has decided not to be shown (本地过滤): a rule, and where; why, on whose word, until when.

    `document` and `words` narrow it to documents whose name holds the one and clauses or quotes that hold the other.
    """

    rule: str
    reason: str
    approver: str
    until: date
    document: str = ""
    words: str = ""


class Filtered(Struct, frozen=True, kw_only=True):
    """A finding kept out of the findings by a local filter."""

    finding: Finding
    filter: LocalFilter


class Audit(Struct, frozen=True, kw_only=True):
    """The result for one document: findings in text order, undecided rules, and the document it speaks of."""

    understanding: Understanding
    as_of: date
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    pack_version: str
    filtered: tuple[Filtered, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()  # evidence rows given for this paper that prove none of its duties


class Skipped(Struct, frozen=True, kw_only=True):
    """A file that gave no document at all, with the reason and the remedy in Chinese."""

    name: str
    code: str
    message: str


class Scan(Struct, frozen=True, kw_only=True):
    """The result of one scan: what reports are written from. Equal input gives equal bytes: no clock, no host names."""

    audits: tuple[Audit, ...]
    skipped: tuple[Skipped, ...]
    as_of: date
    mode: Literal["signed", "draft"] | None
    pack_version: str
    broken_rules: tuple[tuple[str, str], ...] = ()
    unplaced: tuple[Unplaced, ...] = ()  # evidence rows that found a place in no paper they were given to
    notes: tuple[str, ...] = ()  # doubtful joins of evidence, companion rows that matched nothing, …
