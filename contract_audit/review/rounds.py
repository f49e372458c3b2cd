"""The second round: which findings are solved, open or new, and clause by clause what changed."""

from bisect import bisect_left

from rapidfuzz import fuzz

from contract_audit.chinese.text import fold_text
from contract_audit.model import Clause, ClauseChange, Finding, RoundStatus, Understanding

_SAME_WORDS = 60.0  # likeness of quotes, of 100, above which two findings of a category are the same wrong
_SAME_CLAUSE = 55.0  # … and two texts the same clause, changed
_WHOLE_DOCUMENT = ("title", "preamble", "signature")


def statuses(
    before: tuple[Finding, ...], after: tuple[Finding, ...]
) -> tuple[dict[str, RoundStatus], tuple[Finding, ...]]:
    """Fingerprint of each finding now → open or new; and the findings of the round before that are gone (solved)."""
    left = list(before)
    known: dict[str, RoundStatus] = {}
    for finding in after:
        twin = _twin(finding, left)
        known[finding.fingerprint] = "new" if twin is None else "open"
        if twin is not None:
            left.remove(twin)
    return known, tuple(left)


def _twin(finding: Finding, others: list[Finding]) -> Finding | None:
    scored = [
        (fuzz.ratio(fold_text(other.quote), fold_text(finding.quote)), -place, other)
        for place, other in enumerate(others)
        if other.category == finding.category
    ]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] >= _SAME_WORDS else None


def changes(before: Understanding, after: Understanding) -> tuple[ClauseChange, ...]:
    """Clauses that are new, gone, changed or moved: those of the new text in its order, then those that are gone.

    A clause that only bears another number because one was put in before it did not change.
    """
    old, new = _clauses(before), _clauses(after)
    pairs = _paired([fold_text(text) for _, text in old], [fold_text(text) for _, text in new])
    steady = _in_order(pairs)
    found: list[ClauseChange] = []
    for index, clause in enumerate(new):
        if index not in pairs:
            found.append(ClauseChange(kind="new", before=None, after=clause))
        elif fold_text(old[pairs[index]][1]) != fold_text(clause[1]):
            found.append(ClauseChange(kind="changed", before=old[pairs[index]], after=clause))
        elif index not in steady:
            found.append(ClauseChange(kind="moved", before=old[pairs[index]], after=clause))
    gone = set(range(len(old))) - set(pairs.values())
    return (*found, *(ClauseChange(kind="gone", before=old[index], after=None) for index in sorted(gone)))


def _clauses(paper: Understanding) -> list[tuple[str, str]]:
    """(place as printed, text without its number) of every clause with words of its own."""
    listed = (
        (clause.place or "", _words(paper, clause)) for clause in paper.clauses if clause.kind not in _WHOLE_DOCUMENT
    )
    return [(place, words) for place, words in listed if words]


def _words(paper: Understanding, clause: Clause) -> str:
    text = " ".join(paper.document.text[clause.start : clause.end].split())
    return text.removeprefix(clause.label or "").strip()


def _paired(old: list[str], new: list[str]) -> dict[int, int]:
    """Index in the new text → index in the old: equal texts first, in order; then the likest of the others."""
    pairs: dict[int, int] = {}
    free = dict.fromkeys(range(len(old)))
    for index, text in enumerate(new):
        twin = next((other for other in free if old[other] == text), None)
        if twin is not None:
            pairs[index] = twin
            del free[twin]
    scored = sorted(
        (-score, index, other)
        for index, text in enumerate(new)
        if index not in pairs
        for other in free
        if (score := fuzz.ratio(old[other], text, score_cutoff=_SAME_CLAUSE)) > 0
    )
    for _, index, other in scored:
        if index not in pairs and other in free:
            pairs[index] = other
            del free[other]
    return pairs


def _in_order(pairs: dict[int, int]) -> set[int]:
    """New indices of a longest run of pairs that kept their order; the others were moved."""
    ordered = sorted(pairs)
    ends: list[int] = []  # old index that ends the best run of each length
    members: list[int] = []  # position in `ordered` of that end
    before: dict[int, int | None] = {}
    for place, index in enumerate(ordered):
        length = bisect_left(ends, pairs[index])
        before[place] = members[length - 1] if length else None
        ends[length : length + 1] = [pairs[index]]
        members[length : length + 1] = [place]
    steady: set[int] = set()
    last = members[-1] if members else None
    while last is not None:
        steady.add(ordered[last])
        last = before[last]
    return steady
