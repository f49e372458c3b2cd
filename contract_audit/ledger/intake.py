"""Taking in a scan: new, unchanged, moved, changed and gone findings; what people decided stays as it is."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import select

from contract_audit.ledger.collector import collector_paused
from contract_audit.ledger.identity import Pairing, Trace, pair
from contract_audit.ledger.kinds import dispute_of
from contract_audit.ledger.rows import item_of
from contract_audit.ledger.scan_file import About, ScanFile, Told, bases, context_of
from contract_audit.ledger.schema import items
from contract_audit.ledger.search import folded
from contract_audit.ledger.settings import renamed_rules
from contract_audit.ledger.writer import Writer
from contract_audit.model import Basis, Struct
from contract_audit.model.ledger import LedgerItem, Source, SourceKind, State

BasisWords = Callable[[Basis], str]

# Where a finding stands, as against what it says: a change here alone is a move of text.
_PLACE = frozenset({"page", "clause", "context", "clause_hash", "fingerprint", "document", "rule"})
# What a finding says of an item, and what the whole result of a scan says of its document.
_FINDING = (
    "document", "rule", "category", "title", "severity", "verdict", "clause", "page", "quote", "message", "basis",
    "remedy", "departments", "fingerprint", "clause_hash", "family", "context",
)  # fmt: skip
_finding_of = attrgetter(*_FINDING)
_DOCUMENT = ("contract", "project", "company", "signed_on", "secrecy")
_UNKNOWN = About()
_UNDECIDED: tuple[State, ...] = ("lead", "confirmed")  # a change of text puts no decision in doubt
_IN_WORK: tuple[State, ...] = ("lead", "confirmed", "rectifying")


class Options(Struct, frozen=True, kw_only=True):
    """How a scan is taken: under which source, by which words of law, with which rules in force.

    `whole`: the file stands for all documents of the ledger, so that documents without findings count as read.
    `rules`: ids of the rules in force; items of other rules are not called gone. None: all are.
    """

    basis_words: BasisWords
    source: SourceKind = "self_check"
    whole: bool = False
    rules: frozenset[str] | None = None


class Intake(Struct, frozen=True, kw_only=True):
    """What one intake did, by item number; `doubts` maps new items to those that they may be.

    `unjudged` were not seen, but their document or rule was not judged: they are left as they are.
    """

    new: tuple[int, ...]
    unchanged: int
    moved: tuple[int, ...]
    changed: tuple[int, ...]
    gone: tuple[int, ...]
    returned: tuple[int, ...]
    unjudged: tuple[int, ...]
    doubts: Mapping[int, tuple[int, ...]]
    renamed_documents: Mapping[str, str]


def take(writer: Writer, scan: ScanFile, options: Options) -> Intake:
    """Bring the ledger up to date with a scan, in the writer's transaction."""
    with collector_paused(), writer.overlapping():
        result = _taken(writer, scan, options)
        writer.record("take", f"{scan.name}：{intake_words(result)}")
        writer.flush()
    return result


def _taken(writer: Writer, scan: ScanFile, options: Options) -> Intake:
    rules = renamed_rules(writer.connection)
    known = _known(writer)
    if not known:
        return _first(writer, scan, options)
    traces = list(map(_trace, known.values()))
    scanned = scan.documents | (frozenset(trace.document for trace in traces) if options.whole else frozenset())
    pairing = pair(traces, _found(scan), rules, scanned)
    moved, changed, returned = _refresh(writer, scan, options, pairing, known)
    gone, unjudged = _lose(writer, scan, options, pairing, rules, known)
    new = [_create(writer, scan, options, scan.findings[index], pairing.doubts.get(index, ())) for index in pairing.new]
    doubts = {
        number: tuple(sorted(pairing.doubts[index]))
        for index, number in zip(pairing.new, new, strict=True)
        if index in pairing.doubts
    }
    return Intake(
        new=tuple(new),
        unchanged=len(pairing.pairs) - len(moved) - len(changed) - len(returned),
        moved=tuple(moved),
        changed=tuple(changed),
        gone=tuple(gone),
        returned=tuple(returned),
        unjudged=tuple(unjudged),
        doubts=doubts,
        renamed_documents=pairing.renamed_documents,
    )


def _first(writer: Writer, scan: ScanFile, options: Options) -> Intake:
    """A ledger without any finding yet: there is nothing to pair."""
    once = {(finding.document, finding.fingerprint): finding for finding in scan.findings}
    new = tuple([_create(writer, scan, options, finding, ()) for finding in once.values()])
    return Intake(
        new=new, unchanged=0, moved=(), changed=(), gone=(), returned=(), unjudged=(), doubts={}, renamed_documents={}
    )


def intake_words(intake: Intake) -> str:
    """The counts in one Chinese line."""
    parts = {
        "新增": len(intake.new),
        "未变": intake.unchanged,
        "移位": len(intake.moved),
        "变更": len(intake.changed),
        "未再发现（转待核查）": len(intake.gone),
        "再次发现": len(intake.returned),
        "本次未判定": len(intake.unjudged),
        "存疑": len(intake.doubts),
    }
    return "，".join(f"{name}{count}" for name, count in parts.items() if count or name in ("新增", "未变"))


def _known(writer: Writer) -> dict[int, LedgerItem]:
    """The items that findings stand behind, by number."""
    bodies = writer.connection.execute(select(items.c.body).where(items.c.rule.is_not(None)).order_by(items.c.number))
    return {item.number: item for item in map(item_of, bodies.scalars())}


def _trace(item: LedgerItem) -> Trace:
    return Trace(
        key=item.number,
        document=item.document or "",
        rule=item.rule or "",
        fingerprint=item.fingerprint or "",
        quote=folded(item.quote or ""),
        clause=item.clause,
        clause_hash=item.clause_hash or "",
        family=item.family or "",
        context=item.context or "",
    )


def _found(scan: ScanFile) -> list[Trace]:
    """Traces of the findings; a finding that stands twice in a file counts once."""
    traces = {
        (finding.document, finding.fingerprint): Trace(
            key=index,
            document=finding.document,
            rule=finding.rule,
            fingerprint=finding.fingerprint,
            quote=folded(finding.quote),
            clause=finding.clause,
            clause_hash=finding.fingerprint_parts.clause_text or "",
            family=finding.fingerprint_parts.family or "",
            context=context_of(finding),
        )
        for index, finding in enumerate(scan.findings)
    }
    return list(traces.values())


def _refresh(
    writer: Writer, scan: ScanFile, options: Options, pairing: Pairing, known: Mapping[int, LedgerItem]
) -> tuple[list[int], list[int], list[int]]:
    """Bring paired items up to date; returns the moved, the changed and the returned ones."""
    moved: list[int] = []
    changed: list[int] = []
    returned: list[int] = []
    for number, finding in sorted(pairing.pairs):
        before = known[number]
        news = _news(scan, before, _seen(writer, scan, options, scan.findings[finding]))
        if before.gone_on is not None:
            returned.append(before.number)
            _return(writer, scan, before, news)
        elif news:
            (moved if news.keys() <= _PLACE else changed).append(before.number)
            doubtful = "quote" in news and before.state not in _UNDECIDED
            after = msgspec.structs.replace(before, **news, stale=before.stale or doubtful)
            writer.change(before, after, "rescan", scan.name)
    return moved, changed, returned


def _return(writer: Writer, scan: ScanFile, before: LedgerItem, news: dict[str, object]) -> None:
    """The text shows again: the state that a scan had left is taken up; a decision of people is only put in doubt."""
    after = msgspec.structs.replace(before, **news, gone_on=None, left_state=None)
    if before.left_state is not None and before.state == "checking":
        after = msgspec.structs.replace(after, state=before.left_state, state_since=writer.today)
    elif before.state not in _UNDECIDED:
        after = msgspec.structs.replace(after, stale=True)
    writer.change(before, after, "return", scan.name)


def _lose(
    writer: Writer,
    scan: ScanFile,
    options: Options,
    pairing: Pairing,
    rules: Mapping[str, str],
    known: Mapping[int, LedgerItem],
) -> tuple[list[int], list[int]]:
    """Mark items whose text is gone for checking; returns them and those that nothing can be said of."""
    gone: list[int] = []
    unjudged: list[int] = []
    for before in map(known.__getitem__, pairing.missing):
        document = pairing.renamed_documents.get(before.document or "", before.document or "")
        rule = rules.get(before.rule or "", before.rule or "")
        if not _judged(scan, options, document, rule):
            unjudged.append(before.number)
        elif before.gone_on is None:
            gone.append(before.number)
            writer.change(before, _gone(before, scan.as_of or writer.today, writer.today), "gone", scan.name)
    return gone, unjudged


def _gone(before: LedgerItem, day: date, today: date) -> LedgerItem:
    after = msgspec.structs.replace(before, gone_on=day)
    if before.state not in _IN_WORK or before.merged_into is not None:
        return after
    return msgspec.structs.replace(after, state="checking", state_since=today, left_state=before.state)


def _judged(scan: ScanFile, options: Options, document: str, rule: str) -> bool:
    read = document in scan.complete or (options.whole and document not in scan.documents)
    in_force = options.rules is None or rule in options.rules
    return read and in_force and (document, rule) not in scan.undecided


def _create(writer: Writer, scan: ScanFile, options: Options, finding: Told, doubts: tuple[int, ...]) -> int:
    """Add what no item stands for; returns its number."""
    names = "、".join(map(str, sorted(doubts)))
    words = f"与第{names}项相近，未能确定是否同一问题，请核对后用 ledger merge 合并" if doubts else ""
    return writer.create(_seen(writer, scan, options, finding), words).number


def _seen(writer: Writer, scan: ScanFile, options: Options, finding: Told) -> LedgerItem:
    """The finding as a new item."""
    about, parts = scan.about.get(finding.document), finding.fingerprint_parts
    document = about or _UNKNOWN
    return LedgerItem(
        number=writer.next_number,
        sources=_sources(options.source, scan.name, writer.today),
        created_on=writer.today,
        state_since=writer.today,
        unit=document.unit,
        dispute=dispute_of(finding.category),
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
        basis=_basis_text(options.basis_words, bytes(finding.basis)),
        remedy=finding.remedy,
        departments="、".join(finding.departments),
        fingerprint=finding.fingerprint,
        clause_hash=parts.clause_text,
        family=parts.family,
        context=context_of(finding),
        contract=document.contract,
        project=document.project,
        company=document.company,
        signed_on=document.signed_on,
        secrecy=about.secrecy if about is not None else finding.secrecy,
    )


def _news(scan: ScanFile, before: LedgerItem, seen: LedgerItem) -> dict[str, Any]:
    """What the scan says otherwise than the item, by field; what this file does not say is left out."""
    names: tuple[str, ...] = () if _finding_of(seen) == _finding_of(before) else _FINDING
    if seen.document in scan.about:
        names += _DOCUMENT
    elif seen.secrecy is not None:
        names += ("secrecy",)
    return {name: value for name in names if (value := getattr(seen, name)) != getattr(before, name)}


@lru_cache(maxsize=16)
def _sources(kind: SourceKind, origin: str, day: date) -> tuple[Source, ...]:
    return (Source(kind=kind, origin=origin, day=day),)


@lru_cache(maxsize=4_096)
def _basis_text(words: BasisWords, basis: bytes) -> str:
    return "\n".join(map(words, bases(basis)))
