"""What papers are made from: a scan, ledger items, or both, with the day and what the office configured."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

import msgspec

from contract_audit.model import Audit, Finding, Scan, Struct
from contract_audit.model.ledger import OPEN_STATES, LedgerItem, Milestone, Source
from contract_audit.reports import wording
from contract_audit.reports.exported import secret_note
from contract_audit.reports.numbering import Numbers, listed, numbers, standing
from contract_audit.rulespec import Pack, Taxonomy


class Material(Struct, frozen=True, kw_only=True, dict=True):
    """Input of every paper. `items` are the wrongs, from the ledger or else from the scan, secret ones left out.

    `since` is the first day of the period that a paper reports on; `notes` name what was left out; `anchor` is the
    ledger's check value; `from_ledger` says that states and deadlines are people's, not a scan's.
    """

    as_of: date
    pack: Pack
    scan: Scan | None = None
    items: tuple[LedgerItem, ...] = ()
    from_ledger: bool = False
    since: date | None = None
    milestones: tuple[Milestone, ...] = ()
    anchor: str | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of the scan's findings, worked out once for the papers of all its documents."""
        return numbers(self.scan) if self.scan is not None else {}

    @property
    def begins(self) -> date:
        """First day of the period: as given, else the first of the month."""
        return self.since or self.as_of.replace(day=1)


def items_of_scan(scan: Scan) -> tuple[LedgerItem, ...]:
    """Every row of the 问题清单 as an item that nobody has dealt with yet, under the same number."""
    return tuple(_with_parties(_item(one.number, one.finding, scan.as_of), one.audit) for one in listed(scan))


def items_of_findings(findings: tuple[Finding, ...], as_of: date) -> tuple[LedgerItem, ...]:
    """The rows that a findings.jsonl gives the 问题清单 as items, wrongs first; parties and titles it does not know."""
    rows = sorted((one for one in findings if standing(one) != "doubt"), key=lambda one: standing(one) == "reminder")
    return tuple(_item(number, finding, as_of) for number, finding in enumerate(rows, start=1))


def without_secret(items: tuple[LedgerItem, ...]) -> tuple[tuple[LedgerItem, ...], tuple[str, ...]]:
    """The items of documents without 密级, and a note on each document left out."""
    kept = tuple(item for item in items if not item.secrecy)
    marked = {item.document or f"编号{item.number}": item.secrecy for item in items if item.secrecy}
    return kept, tuple(secret_note(name, mark) for name, mark in marked.items())


def problem_sentence(item: LedgerItem) -> str:
    """存在问题: people's own words where they wrote any, else agreement, clause, quote and message in one sentence."""
    if item.own_problem:
        return item.own_problem
    title = contract_name(item)
    contract = wording.in_title_marks(title) if title else ""
    signing = f"（{wording.chinese_date(item.signed_on)}签订）" if item.signed_on else ""
    page = f"（第{item.page}页）" if item.page is not None else ""
    problem = wording.quoted_problem(item.quote or "", item.message or item.title or "")
    sentence = f"{contract}{signing}{wording.cited(item.clause)}{page}{problem}".lstrip("：")
    return sentence if not sentence or sentence.endswith("。") else f"{sentence}。"


def contract_name(item: LedgerItem) -> str:
    """What the agreement is called: its title, else the file's name; empty for an item of no agreement."""
    return item.contract or PurePosixPath(item.document or "").stem


def category_name(category: str | None, taxonomy: Taxonomy) -> str:
    """The category's name; what the taxonomy does not know stays as it is."""
    known = taxonomy.categories.get(category or "")
    return known.name if known else category or ""


def dimension_name(category: str | None, taxonomy: Taxonomy) -> str:
    """The name of the dimension that a category belongs to."""
    known = taxonomy.dimensions.get((category or "").partition(".")[0])
    return known.name if known else "其他"


def _item(number: int, finding: Finding, as_of: date) -> LedgerItem:
    return LedgerItem(
        number=number,
        sources=(Source(kind="self_check", origin=finding.document, day=as_of),),
        created_on=as_of,
        document=finding.document,
        rule=finding.rule,
        category=finding.category,
        title=finding.title,
        severity=finding.severity,
        verdict=finding.verdict,
        clause=finding.clause,
        page=finding.page,
        quote=finding.quote,
        message=finding.message,
        basis="\n".join(wording.basis_line(basis) for basis in finding.basis),
        remedy=finding.remedy,
        departments="、".join(finding.departments),
        secrecy=finding.secrecy,
        fingerprint=finding.fingerprint,
        state="lead",
        state_since=as_of,
    )


def _with_parties(item: LedgerItem, audit: Audit) -> LedgerItem:
    understanding = audit.understanding
    government = wording.government_party(understanding)
    company = wording.investor_party(understanding)
    project = understanding.fact("project")
    return msgspec.structs.replace(
        item,
        contract=wording.contract_title(understanding),
        project=str(project.value) if project else None,
        company=company.name if company else None,
        signed_on=wording.signing_date(understanding),
        secrecy=understanding.document.secrecy,
        unit=government.name if government else None,
        owner_unit=government.name if government else None,
    )


def open_items(items: tuple[LedgerItem, ...]) -> Iterator[LedgerItem]:
    """Items that somebody still has to deal with."""
    return (item for item in items if item.state in OPEN_STATES)
