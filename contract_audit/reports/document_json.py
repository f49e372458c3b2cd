"""One document as read and understood, in the stable JSON form of `contract-audit show --format json`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from contract_audit.model import Block, Clause, Document, Fact, FactValue, Obligation, Provision, Understanding

JsonObject = Mapping[str, object]


def document_object(understanding: Understanding) -> dict[str, object]:
    """The document, its structure, facts, obligations and provisions as plain values, keys in a fixed order."""
    document = understanding.document
    return {
        "document": document.name,
        "sha256": document.sha256,
        "format": document.format,
        "status": document.status,
        "problems": document.problems,
        "pages": document.pages,
        "secrecy": document.secrecy,
        "text": document.text,
        "blocks": [_block(document, block) for block in document.blocks],
        "clauses": [_clause(document, clause) for clause in understanding.clauses],
        "tables": document.tables,
        "hidden": [passage.text for passage in document.hidden],
        "deleted": [passage.text for passage in document.deleted],
        "comments": document.comments,
        "footnotes": document.footnotes,
        "headers": document.headers,
        "seals": [{"page": seal.page, "box": seal.box} for seal in document.seals],
        "facts": plain_facts(understanding),
        "facts_detail": _facts_detail(understanding),
        "parties": understanding.parties,
        "obligations": [_obligation(understanding, duty) for duty in understanding.obligations],
        "provisions": [_provision(understanding, provision) for provision in understanding.provisions],
    }


def render_documents(papers: tuple[Understanding, ...]) -> bytes:
    """Indented JSON: one object for the one document of a file, an array where a file holds several."""
    objects = [document_object(paper) for paper in papers]
    encoded = msgspec.json.Encoder(decimal_format="string").encode(objects[0] if len(objects) == 1 else objects)
    return msgspec.json.format(encoded, indent=1) + b"\n"


def plain_facts(understanding: Understanding) -> dict[str, str | bool]:
    """The surest value of each fact as a plain value: amounts as decimal strings without trailing zeros, dates ISO."""
    found: dict[str, str | bool] = {}
    for fact in understanding.facts:
        found.setdefault(fact.name, plain(fact.value))
    return found


def plain(value: FactValue) -> str | bool:
    """One fact value as JSON keeps it.

    >>> plain(Decimal("180000000.00")), plain(date(2023, 1, 28))
    ('180000000', '2023-01-28')
    """
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value.isoformat() if isinstance(value, date) else value


def _block(document: Document, block: Block) -> JsonObject:
    return {
        "kind": block.kind,
        "label": block.label,
        "text": document.text[block.start : block.end],
        "page": block.page,
        "start": block.start,
        "end": block.end,
    }


def _clause(document: Document, clause: Clause) -> JsonObject:
    text = document.text[clause.start : clause.end]
    if clause.label and text.lstrip().startswith(clause.label):
        text = text.lstrip()[
            len(clause.label) :
        ].lstrip()  # a typed number stands in the text, an automatic one does not
    return {
        "path": clause.path,
        "label": clause.label,
        "heading": clause.heading,
        "text": text,
        "page": clause.page,
        "start": clause.start,
        "end": clause.end,
    }


def _facts_detail(understanding: Understanding) -> dict[str, list[JsonObject]]:
    detail: dict[str, list[JsonObject]] = {}
    for fact in understanding.facts:
        detail.setdefault(fact.name, []).append(_fact(fact))
    return detail


def _fact(fact: Fact) -> JsonObject:
    return {
        "value": plain(fact.value),
        "start": fact.start,
        "end": fact.end,
        "confidence": fact.confidence,
        "source": fact.source,
    }


def _place(understanding: Understanding, clause: int | None) -> str | None:
    return understanding.clauses[clause].place if clause is not None else None


def _obligation(understanding: Understanding, duty: Obligation) -> JsonObject:
    return {
        "bearer": duty.side,
        "bearer_name": duty.bearer,
        "kind": duty.kind,
        "act": duty.act,
        "object": duty.object,
        "quantity": duty.quantity,
        "quote": understanding.document.text[duty.start : duty.end],
        "due": duty.due,
        "anchor": duty.anchor,
        "offset": duty.offset,
        "workday": duty.workday,
        "recurrence": duty.recurrence,
        "condition": duty.condition,
        "consequence": duty.consequence,
        "status": duty.status,
        "done_on": duty.done_on,
        "days_late": duty.days_late,
        "proof": duty.proof,
        "clause": _place(understanding, duty.clause),
        "start": duty.start,
        "end": duty.end,
    }


def _provision(understanding: Understanding, provision: Provision) -> JsonObject:
    return {
        "bearer": provision.bearer,
        "side": provision.side,
        "force": provision.force,
        "polarity": provision.polarity,
        "hedges": [hedge.kind for hedge in provision.hedges],
        "clause": _place(understanding, provision.clause),
        "start": provision.start,
        "end": provision.end,
    }
