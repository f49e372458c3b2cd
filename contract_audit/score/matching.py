"""Which finding answers which flag.

A finding answers a flag of its category, or of a neighbouring one, where the quotes overlap; one finding answers one flag.
Whole-document defects are answered by category alone. What answers nothing is a repeat (of a flag already answered), a
look-alike hit, nothing (where the defect is present but not to be flagged by the law of the day), or a false alarm.
"""

from collections.abc import Iterable

from contract_audit.chinese.quotes import overlap
from contract_audit.model import Finding, Struct
from contract_audit.rulespec import Taxonomy
from contract_audit.score.gold import Gold, Label


class Matched(Struct, frozen=True, kw_only=True):
    """The outcome for one document. `answered` and `missed` are the flags that are not optional."""

    answered: tuple[tuple[Label, Finding], ...]
    missed: tuple[Label, ...]
    tolerated: tuple[Finding, ...]
    repeats: tuple[Finding, ...]
    lookalikes: tuple[tuple[Label, Finding], ...]
    alarms: tuple[Finding, ...]


def match(findings: Iterable[Finding], gold: Gold, taxonomy: Taxonomy) -> Matched:
    """Match the findings that count (verdict fail on the accepted text) with the labels of one document."""
    counted = [finding for finding in findings if finding.verdict == "fail" and finding.stream == "accepted"]
    flags = sorted(gold.flags, key=lambda flag: flag.optional)
    edges = _edges(flags, counted, gold, taxonomy)
    pairs = _assign([_of_category(flag, found, counted) for flag, found in zip(flags, edges, strict=True)], {})
    pairs = _assign(_without(edges, pairs), pairs)
    reachable = {finding for found in edges for finding in found}
    rest = sorted(set(range(len(counted))) - set(pairs.values()))
    trapped = {index: trap for index in rest if (trap := _trap(counted[index], gold)) is not None}
    present = {category for category, there in gold.document_checks.items() if there}
    repeats = [index for index in rest if index in reachable]
    lookalikes = [index for index in rest if index not in reachable and index in trapped]
    others = [index for index in rest if index not in reachable and index not in trapped]
    return Matched(
        answered=tuple(
            (flags[flag], counted[finding]) for flag, finding in sorted(pairs.items()) if not flags[flag].optional
        ),
        missed=tuple(flag for index, flag in enumerate(flags) if index not in pairs and not flag.optional),
        tolerated=tuple(
            [counted[finding] for flag, finding in pairs.items() if flags[flag].optional]
            + [counted[index] for index in others if counted[index].category in present]
        ),
        repeats=tuple(counted[index] for index in repeats),
        lookalikes=tuple((trapped[index], counted[index]) for index in lookalikes),
        alarms=tuple(counted[index] for index in others if counted[index].category not in present),
    )


Edges = list[dict[int, int]]  # for each flag the findings that may answer it, with how much they share


def _edges(flags: list[Label], findings: list[Finding], gold: Gold, taxonomy: Taxonomy) -> Edges:
    edges: Edges = []
    for flag in flags:
        categories = taxonomy.near(flag.category)
        shared = {
            index: overlap(finding.quote, flag.quote)
            for index, finding in enumerate(findings)
            if finding.category in categories
        }
        whole = flag.category in gold.document_checks
        edges.append(
            {
                index: size
                for index, size in shared.items()
                if size or (whole and findings[index].category == flag.category)
            }
        )
    return edges


def _of_category(flag: Label, found: dict[int, int], findings: list[Finding]) -> dict[int, int]:
    return {index: size for index, size in found.items() if findings[index].category == flag.category}


def _without(edges: Edges, pairs: dict[int, int]) -> Edges:
    taken = set(pairs.values())
    return [
        {} if flag in pairs else {finding: size for finding, size in found.items() if finding not in taken}
        for flag, found in enumerate(edges)
    ]


def _assign(edges: Edges, pairs: dict[int, int]) -> dict[int, int]:
    """As many flags answered as can be, earlier flags first; each by the finding that shares most where there is choice."""
    owner: dict[int, int] = {}

    def place(flag: int, tried: set[int]) -> bool:
        for finding in sorted(edges[flag], key=lambda index: (-edges[flag][index], index)):
            if finding in tried:
                continue
            tried.add(finding)
            if finding not in owner or place(owner[finding], tried):
                owner[finding] = flag
                return True
        return False

    for flag in range(len(edges)):
        place(flag, set())
    return pairs | {flag: finding for finding, flag in owner.items()}


def _trap(finding: Finding, gold: Gold) -> Label | None:
    return next(
        (trap for trap in gold.traps if trap.category == finding.category and overlap(finding.quote, trap.quote)), None
    )
