"""Check kind `relation`: what provisions say of one another: only one side answers for breach."""

from collections.abc import Iterator

from contract_audit.engine.case import Case, Outcome
from contract_audit.rulespec import RelationCheck


def check(parameters: RelationCheck, case: Case) -> Iterator[Outcome]:
    """One outcome where liability for breach is stated for the other side only.

    Looked at are the clauses whose heading has one of `words` (违约责任); a provision of `side`, of both, or of any
    party answers for it.
    """
    wanted = {*parameters.side, "both"}
    headed: set[int] = set()
    first: int | None = None
    for index, clause in enumerate(case.understanding.clauses):
        if any(word in (clause.heading or "") for word in parameters.words) or clause.parent in headed:
            headed.add(index)
            first = index if first is None else first
    if first is None:
        return
    liable = [
        provision
        for provision in case.understanding.provisions
        if provision.clause in headed and provision.kind != "title"
    ]
    sides = {provision.side for provision in liable}
    excused = any(case.occurs(exception) for exception in parameters.unless)
    if not liable or excused or sides & wanted or "investor" not in sides:
        return
    clause = case.understanding.clauses[first]
    start = case.document.text.find(clause.heading or "", clause.start)
    yield Outcome(start=start, end=start + len(clause.heading or ""))
