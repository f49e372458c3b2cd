"""Check kind `unequal`: the same government promises another firm the same thing at another rate (公平竞争).

The comparison is made where the folder is known (casefile.fairness); here each promise becomes a finding that names both.
"""

from collections.abc import Iterator

from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Related, Resemblance, SharedFact
from contract_audit.rulespec import UnequalCheck

_NAMED = 3  # other firms in the message; all are in the related places


def check(_: UnequalCheck, case: Case) -> Iterator[Outcome]:
    """One outcome a promise, with the other firms and their rates; always for a person to decide."""
    by_place: dict[tuple[int, int], list[tuple[Resemblance, SharedFact]]] = {}
    for paper in case.context.unequal:
        for fact in paper.facts:
            by_place.setdefault((fact.start, fact.end), []).append((paper, fact))
    for (start, end), others in sorted(by_place.items()):
        fact = others[0][1]
        named = "；".join(
            f"{paper.company}（{paper.document}）为{_rate(found.other)}" for paper, found in others[:_NAMED]
        )
        yield Outcome(
            start=start,
            end=end,
            values={
                "name": fact.name,
                "value": _rate(fact.own),
                "other": named,
                "arithmetic": f"{fact.name}对本企业为{_rate(fact.own)}，{named}",
            },
            conditions=tuple(f"{paper.company}：{found.other}" for paper, found in others),
            related=tuple(_related(paper, found) for paper, found in others),
            verdict="review",
        )


def _rate(words: str) -> str:
    return words.partition("：")[0]


def _related(paper: Resemblance, fact: SharedFact) -> Related:
    return Related(
        role=f"对{paper.company}的{fact.name}",
        start=fact.other_start,
        end=fact.other_end,
        quote=fact.other.partition("：")[2],
        document=paper.document,
    )
