"""report.html: one self-contained page: what was not read first, then each document's findings beside its text.

The page loads nothing and runs only its own script, named by hash in its content policy, so contract text cannot act.
"""

from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

import jinja2
from markupsafe import Markup

from contract_audit.model import Audit, Finding, Scan, Severity, Struct, Verdict
from contract_audit.reports import wording
from contract_audit.reports.charts import charts
from contract_audit.reports.identity import GENERATOR
from contract_audit.reports.marked_text import Mark, Paragraph, paragraphs
from contract_audit.reports.numbering import Numbered, is_late, numbered, wrongs
from contract_audit.reports.still_open import unfinished
from contract_audit.reports.summary import summarise, summary_lines
from contract_audit.rulespec import Pack, Taxonomy


class Card(Struct, frozen=True, kw_only=True):
    """One finding as the page shows it, everything in words."""

    number: int
    severity: Severity
    verdict: Verdict
    standing: str
    dimension: str
    category: str
    place: str
    finding: Finding
    quote: str
    message: str
    basis: tuple[str, ...]
    related: tuple[str, ...]
    conditions: tuple[str, ...]
    facts: tuple[str, ...]
    on_text: bool


class Sheet(Struct, frozen=True, kw_only=True):
    """One document as the page shows it."""

    number: int
    audit: Audit
    title: str
    parties: tuple[tuple[str, str], ...]
    signed: str
    unit: str
    status: str
    mode_reason: str
    counts: dict[Severity, int]
    cards: tuple[Card, ...]
    duties: tuple[dict[str, str], ...]
    marks: tuple[Mark, ...]

    @property
    def text(self) -> tuple[Paragraph, ...]:
        """The document's text with the findings marked: made as it is written, not for all documents at once."""
        return paragraphs(self.audit.understanding.document, self.marks)


def render(scan: Scan, pack: Pack) -> bytes:
    """The page in UTF-8."""
    script = _asset("report.js")
    page = _template().generate(
        scan=scan,
        generator=GENERATOR,
        summary=summarise(scan),
        lines=summary_lines(scan),
        unfinished=unfinished(scan),
        sheets=tuple(_sheets(scan, pack.taxonomy)),
        charts=charts(scan, pack.taxonomy),
        dimensions={code: dimension.name for code, dimension in pack.taxonomy.dimensions.items()},
        severities=wording.SEVERITIES,
        verdicts=wording.VERDICTS,
        day=wording.chinese_date(scan.as_of),
        style=Markup(_asset("report.css")),
        script=Markup(script),
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
    )
    written = BytesIO()
    for piece in page:
        written.write(piece.encode())
    return written.getvalue()


def _asset(name: str) -> str:
    return files("contract_audit.reports").joinpath("page", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_asset("report.html"))


def _sheets(scan: Scan, taxonomy: Taxonomy) -> Iterator[Sheet]:
    own: dict[int, list[Card]] = {}
    for one in numbered(scan):
        own.setdefault(id(one.audit), []).append(_card(one, taxonomy))
    for index, audit in enumerate(scan.audits, start=1):
        yield _sheet(index, audit, tuple(own.get(id(audit), ())))


def _sheet(index: int, audit: Audit, cards: tuple[Card, ...]) -> Sheet:
    understanding = audit.understanding
    signed = wording.signing_date(understanding)
    government = wording.government_party(understanding)
    marks = tuple(
        Mark(number=card.number, start=card.finding.start, end=card.finding.end) for card in cards if card.on_text
    )
    fails = [finding.severity for finding in wrongs(audit.findings)]
    return Sheet(
        number=index,
        audit=audit,
        title=wording.contract_title(understanding),
        parties=tuple((party.role, f"{party.name}（{wording.SIDES[party.side]}）") for party in understanding.parties),
        signed=wording.chinese_date(signed) if signed else "未读到",
        unit=government.name if government else "",
        status=wording.READ_STATUSES[understanding.document.status],
        mode_reason=wording.official_days(understanding.mode_reason),
        counts={severity: fails.count(severity) for severity in wording.SEVERITIES},
        cards=cards,
        duties=tuple(_duties(cards)),
        marks=marks,
    )


def _card(one: Numbered, taxonomy: Taxonomy) -> Card:
    finding = one.finding
    category = taxonomy.categories.get(finding.category)
    return Card(
        number=one.number,
        severity=finding.severity,
        verdict=finding.verdict,
        standing=wording.STANDINGS[one.standing],
        dimension=finding.category.partition(".")[0],
        category=category.name if category else finding.category,
        place=wording.place(finding),
        finding=finding,
        basis=tuple(wording.basis_line(basis) for basis in finding.basis),
        quote=wording.one_line(finding.quote),
        message=wording.official_days(wording.one_line(finding.message)),
        related=tuple(f"{item.role}：{wording.quoted(item.quote)}" for item in finding.related),
        conditions=wording.condition_words(finding),
        facts=wording.fact_words(finding),
        on_text=finding.stream == "accepted",
    )


def _duties(cards: tuple[Card, ...]) -> Iterator[dict[str, str]]:
    """The duties that the wrongs call late: what the counts count."""
    for card in cards:
        facts = card.finding.facts
        if card.verdict != "fail" or not is_late(card.finding):
            continue
        done = f"{facts['done_on']}完成，" if facts.get("done_on") else ""
        status = "已完成（迟延）" if done else "未完成"
        yield {
            "number": str(card.number),
            "place": card.place,
            "quote": card.quote,
            "due": wording.official_days(facts.get("due", "")),
            "status": wording.official_days(f"{status}，{done}逾期{facts.get('days', '')}天"),
        }
