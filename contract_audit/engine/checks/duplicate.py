"""Check kind `duplicate`: the project may be an earlier one of the folder or the register (以旧充新).

The comparison itself is made where the folder is known (casefile); here its result becomes a finding with the matching
facts and passages of both papers side by side.
"""

from collections.abc import Iterator

from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Related, Resemblance, SharedFact
from contract_audit.rulespec import DuplicateCheck

_SHOWN = 60  # characters of a fact in the message


def check(parameters: DuplicateCheck, case: Case) -> Iterator[Outcome]:
    """One outcome at the project's name, for the likest earlier paper; further ones are named in the message.

    Undecided where the register row may be the project's own entry.
    """
    likely = [item for item in case.context.resembles if item.points >= parameters.least]
    if not likely:
        return
    best = next((item for item in likely if item.certain), likely[0])
    project = case.understanding.fact("project")
    start, end = (project.start, project.end) if project is not None and project.end > project.start else case.heading()
    others = "、".join(_named(item) for item in likely if item is not best)
    yield Outcome(
        start=start,
        end=end,
        values={
            "name": _named(best),
            "value": f"{best.points}",
            "arithmetic": "；".join(_line(fact) for fact in best.facts),
            "other": f"；另与{others}相近" if others else "",
        },
        conditions=tuple(_line(fact) for fact in best.facts),
        related=tuple(_related(best)),
        verdict="fail" if best.certain else "review",
    )


def _named(earlier: Resemblance) -> str:
    day = f"{earlier.signed_on.isoformat()}签订的" if earlier.signed_on is not None else ""
    firm = f"{earlier.company}" if earlier.company else ""
    title = f"《{earlier.title}》" if earlier.title else ""
    return f"{day}{firm}{title}（{earlier.document}）"


def _line(fact: SharedFact) -> str:
    own, other = _cut(fact.own), _cut(fact.other)
    words = own if own == other else f"本件“{own}”，前件“{other}”"
    return f"{fact.name}：{words}，计{fact.points}分"


def _cut(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _related(earlier: Resemblance) -> Iterator[Related]:
    """Each fact and passage twice: as it stands here and as it stands there."""
    for fact in (*earlier.facts, *earlier.passages):
        if fact.end > fact.start:
            yield Related(role=f"本件{fact.name}", start=fact.start, end=fact.end, quote=fact.own)
        yield Related(
            role=f"前件{fact.name}",
            start=fact.other_start,
            end=fact.other_end,
            quote=fact.other,
            document=earlier.document,
        )
