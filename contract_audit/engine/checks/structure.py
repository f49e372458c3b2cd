"""Check kind `structure`: defects of the paper itself: signatures, dates, numbering."""

from collections import Counter
from collections.abc import Callable, Iterator

from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks.signing import defects
from contract_audit.rulespec import StructureCheck


def check(parameters: StructureCheck, case: Case) -> Iterator[Outcome]:
    """Outcomes of the rule's test."""
    yield from _TESTS[parameters.test](case)


def _signing_date(case: Case) -> Iterator[Outcome]:
    """A signed paper without any signing date."""
    if case.signed_on is not None:
        return
    clause = next((item for item in reversed(case.understanding.clauses) if item.kind == "signature"), None)
    if clause is not None:
        yield Outcome(start=clause.start, end=min(clause.end, clause.start + 60))


def _numbering(case: Case) -> Iterator[Outcome]:
    """Two clauses of one parent with the same number."""
    counts = Counter((clause.parent, clause.label) for clause in case.understanding.clauses if clause.kind == "article")
    for clause in case.understanding.clauses:
        if clause.kind == "article" and clause.label and counts[clause.parent, clause.label] > 1:
            counts[clause.parent, clause.label] = 0
            yield Outcome(start=clause.start, end=min(clause.end, clause.start + 30), values={"name": clause.label})


_TESTS: dict[str, Callable[[Case], Iterator[Outcome]]] = {
    "signature": defects,
    "signing_date": _signing_date,
    "numbering": _numbering,
}
