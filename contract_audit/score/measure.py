"""Run the product on labelled agreements and compare: findings, facts, duties, whole-document defects."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from contract_audit import readers
from contract_audit.audit import judge, understand
from contract_audit.casefile import (
    RegisterRow,
    card,
    families,
    join_evidence,
    load_companions,
    profile,
    resemblances,
)
from contract_audit.chinese.quotes import bare, overlap
from contract_audit.chinese.text import fold_text
from contract_audit.model import Audit, Context, Obligation, Struct, Understanding
from contract_audit.rulespec import Pack
from contract_audit.score.gold import Gold, GoldDuty, Sample
from contract_audit.score.matching import Matched, match
from contract_audit.settings import Settings

# Statuses of the product → those of gold; an obligation without date is unknown there.
_STATUSES = {
    "overdue": "overdue",
    "running": "future",
    "done_on_time": "done",
    "done_late": "done",
    "pending": "unknown",
    "changed": "unknown",
    "ended": "unknown",
}
FACT_NAMES = (
    "party_a", "party_b", "party_c", "signed_on", "project", "total_investment_yuan", "fixed_investment_yuan", "land_mu",
    "land_sqm", "plant_sqm", "registered_capital_yuan", "currency",
)  # fmt: skip


class FactCheck(Struct, frozen=True, kw_only=True):
    """One fact of gold beside what was read; `found` None where nothing was."""

    name: str
    wanted: str
    found: str | None
    right: bool


class DutyCheck(Struct, frozen=True, kw_only=True):
    """One duty of gold beside the duty read at its words; `found` None where none was."""

    wanted: GoldDuty
    found: Obligation | None
    due_right: bool
    status_right: bool


class Measured(Struct, frozen=True, kw_only=True):
    """One agreement measured. `checks`: whole-document category → (present by gold, found)."""

    name: str
    matched: Matched
    facts: tuple[FactCheck, ...]
    invented: tuple[str, ...]  # facts read where the text, by gold, states none
    duties: tuple[DutyCheck, ...]
    checks: dict[str, tuple[bool, bool]]
    mode_right: bool


def measure(samples: tuple[Sample, ...], pack: Pack) -> tuple[Measured, ...]:
    """Measure the agreements of one folder; papers of one project are context for each other, as in a scan."""
    return tuple(
        _compare(sample, paper, judge(paper, pack, context), pack) for sample, paper, context in prepared(samples)
    )


def prepared(samples: tuple[Sample, ...]) -> Iterator[tuple[Sample, Understanding, Context]]:
    """The agreements of one folder, each understood, with its day, evidence, local parameters and family.

    Agreements in a subfolder `earlier` and a project register beside the samples are what the samples are held against.
    """
    papers = [_understood(sample.text) for sample in samples]
    folders = sorted({sample.text.parent for sample in samples})
    papers += [_understood(path) for folder in folders for path in sorted((folder / "earlier").glob("*.txt"))]
    cards = tuple(card(paper) for paper in papers)
    register = tuple(row for folder in folders for row in _register(folder))
    related = families(cards, register)
    likely = resemblances([profile(paper) for paper in papers], register)
    for index, (sample, paper) in enumerate(zip(samples, papers[: len(samples)], strict=True)):
        companions = load_companions((sample.performance,) if sample.performance else (), local=sample.local)
        evidence = join_evidence(companions.evidence, cards).evidence[index]
        context = Context(
            as_of=sample.gold.as_of,
            mode=sample.gold.mode,
            evidence=evidence,
            local=companions.local,
            local_dated=companions.local_dated,
            local_words=companions.local_words,
            resembles=tuple(likeness.resemblance for likeness in likely[index]),
            family=tuple(papers[member] for member in related[index]),
        )
        yield sample, paper, context


def _understood(path: Path) -> Understanding:
    return understand(readers.read(path, Settings())[0])


def _register(folder: Path) -> tuple[RegisterRow, ...]:
    """The rows of the project register that lies beside the agreements, if there is one."""
    found = next((path for name in ("register.csv", "项目台账.csv") if (path := folder / name).is_file()), None)
    return load_companions(register=found).register


def _compare(sample: Sample, paper: Understanding, audit: Audit, pack: Pack) -> Measured:
    gold = sample.gold
    failed = {finding.category for finding in audit.findings if finding.verdict == "fail"}
    return Measured(
        name=sample.text.stem,
        matched=match(audit.findings, gold, pack.taxonomy),
        facts=tuple(_fact(name, wanted, paper) for name, wanted in gold.facts.items() if wanted is not None),
        invented=tuple(_invented(gold, paper)),
        duties=tuple(compared(duty, audit.understanding) for duty in gold.obligations),
        checks={category: (there, category in failed) for category, there in gold.document_checks.items()},
        mode_right=paper.mode == gold.mode,
    )


def _invented(gold: Gold, paper: Understanding) -> Iterable[str]:
    """The currency is left out: labels state it only where it is not plain."""
    return (
        name
        for name in FACT_NAMES
        if name != "currency" and gold.facts.get(name) is None and paper.fact(name) is not None
    )


def _fact(name: str, wanted: str, paper: Understanding) -> FactCheck:
    fact = paper.fact(name)
    if fact is None:
        return FactCheck(name=name, wanted=wanted, found=None, right=False)
    value = fact.value
    right = _same_number(value, wanted) if isinstance(value, Decimal) else _same_words(value, wanted)
    return FactCheck(name=name, wanted=wanted, found=str(value), right=right)


def _same_number(value: Decimal, wanted: str) -> bool:
    try:
        return value == Decimal(wanted)
    except InvalidOperation:
        return False


def _same_words(value: str | date | bool, wanted: str) -> bool:
    return bare(fold_text(str(value))) == bare(fold_text(wanted))


def compared(wanted: GoldDuty, paper: Understanding) -> DutyCheck:
    """The duty read at the words of gold: the one that shares most, of the right side and the shortest where equal."""
    text = paper.document.text
    shared = [(overlap_any(text[duty.start : duty.end], wanted.quote), duty) for duty in paper.obligations]
    ranked = sorted(
        ((size, duty) for size, duty in shared if size),
        key=lambda pair: (-pair[0], pair[1].side != wanted.bearer, pair[1].end - pair[1].start, pair[1].start),
    )
    if not ranked:
        return DutyCheck(wanted=wanted, found=None, due_right=False, status_right=False)
    found = ranked[0][1]
    return DutyCheck(
        wanted=wanted, found=found, due_right=found.due == wanted.due, status_right=_same_status(found, wanted)
    )


def overlap_any(found: str, wanted: str) -> int:
    """As `overlap`, but a duty may be read together with more of its sentence than the label quotes."""
    return len(bare(wanted)) if bare(wanted) and bare(wanted) in bare(found) else overlap(found, wanted)


def _same_status(found: Obligation, wanted: GoldDuty) -> bool:
    status = _STATUSES[found.status]
    if wanted.status == "unknown" and found.due is None and found.status == "running":
        return True  # gold calls everything without a date unknown
    return status == ("future" if wanted.status == "due_soon" else wanted.status)


def labelled(folder: Path) -> bool:
    """True where the folder holds labelled agreements."""
    return any(folder.glob("*.gold.json"))
