"""Check kind `reference`: references to clauses or attachments that do not exist."""

from collections.abc import Iterator

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.rulespec import ReferenceCheck


def check(parameters: ReferenceCheck, case: Case) -> Iterator[Outcome]:
    """One outcome for each thing referred to in vain, at its first mention."""
    seen: set[str] = set()
    for reference in case.understanding.references:
        if reference.kind != parameters.what or reference.target is not None:
            continue
        name = fold_text(reference.text)
        if name not in seen:
            seen.add(name)
            yield Outcome(start=reference.start, end=reference.end, values={"name": reference.text})
