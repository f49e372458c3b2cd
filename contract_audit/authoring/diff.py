"""Two rule packs on the same papers: which findings are new, lost or changed (`rules diff`)."""

from collections.abc import Iterator
from typing import Literal

from contract_audit.model import Finding, Scan, Struct

Kind = Literal["new", "lost", "changed"]


class Change(Struct, frozen=True, kw_only=True):
    """One difference: `before` is None for a new finding, `after` for a lost one; `what` tells a change in Chinese."""

    kind: Kind
    before: Finding | None
    after: Finding | None
    what: str = ""

    @property
    def finding(self) -> Finding:
        """The finding as it is now, or as it was."""
        found = self.after or self.before
        assert found is not None  # a change has at least one side
        return found


def changes(before: Scan, after: Scan) -> tuple[Change, ...]:
    """Differences between two scans of the same papers, by document and place.

    Findings are the same where rule and words are; where only the category is and the words overlap, the finding changed.
    """
    found: list[Change] = []
    old = {audit.understanding.document.name: audit.findings for audit in before.audits}
    new = {audit.understanding.document.name: audit.findings for audit in after.audits}
    for name in sorted({*old, *new}):
        found += _of_document(old.get(name, ()), new.get(name, ()))
    return tuple(found)


def _of_document(old: tuple[Finding, ...], new: tuple[Finding, ...]) -> Iterator[Change]:
    left = list(old)
    pending: list[Finding] = []
    for finding in new:
        twin = next((item for item in left if _same_place(item, finding) and item.rule == finding.rule), None)
        if twin is None:
            pending.append(finding)
            continue
        left.remove(twin)
        if told := _told(twin, finding):
            yield Change(kind="changed", before=twin, after=finding, what=told)
    for finding in pending:
        near = next((item for item in left if item.category == finding.category and _overlap(item, finding)), None)
        if near is None:
            yield Change(kind="new", before=None, after=finding)
            continue
        left.remove(near)
        yield Change(kind="changed", before=near, after=finding, what=_told(near, finding))
    for finding in left:
        yield Change(kind="lost", before=finding, after=None)


def _same_place(one: Finding, other: Finding) -> bool:
    return (one.stream, one.start, one.end) == (other.stream, other.start, other.end)


def _overlap(one: Finding, other: Finding) -> bool:
    return one.stream == other.stream and one.start < other.end and other.start < one.end


def _told(before: Finding, after: Finding) -> str:
    """What a reader would see changed."""
    parts = []
    if before.rule != after.rule:
        parts.append(f"规则 {before.rule}→{after.rule}")
    if before.severity != after.severity:
        parts.append(f"等级 {before.severity}→{after.severity}")
    if before.verdict != after.verdict:
        parts.append(f"判定 {before.verdict}→{after.verdict}")
    if before.quote != after.quote:
        parts.append(f"引文 “{before.quote}”→“{after.quote}”")
    if before.basis != after.basis:
        parts.append("依据不同")
    if before.remedy != after.remedy:
        parts.append("建议不同")
    return "；".join(parts)
