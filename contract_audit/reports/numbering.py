"""The one number that a finding bears in every paper of a scan, and what it counts as.

A wrong (问题) is counted. A duty that will soon fall due (近期到期) is a reminder: nobody has done wrong yet. A doubt (待核)
is for a person to decide. The 问题清单 lists wrongs, then reminders; doubts come after them, so that its last number of a
wrong is the count of wrongs. Opinion, details and page take their numbers from here.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from contract_audit.model import Audit, Finding, Scan, Struct, Verdict

Standing = Literal["wrong", "reminder", "doubt"]
_ORDER: tuple[Standing, ...] = ("wrong", "reminder", "doubt")
Numbers = Mapping[tuple[str, str], int]
_REMINDERS = "delivery.due_soon"
_LATE = "delivery.overdue"


class Numbered(Struct, frozen=True, kw_only=True):
    """A finding with its number in all papers of the scan, from 1, and the audit that it belongs to."""

    number: int
    audit: Audit
    finding: Finding

    @property
    def standing(self) -> Standing:
        """What it counts as."""
        return standing(self.finding)


def standing(finding: Finding) -> Standing:
    """What a finding counts as."""
    return standing_of(finding.verdict, finding.category)


def standing_of(verdict: Verdict | None, category: str | None) -> Standing:
    """What a finding of that verdict and category counts as, for items that keep no more of it."""
    if verdict == "review":
        return "doubt"
    return "reminder" if category == _REMINDERS else "wrong"


def numbered(scan: Scan) -> tuple[Numbered, ...]:
    """All findings of the scan by their numbers: wrongs, reminders, doubts, each in the order of papers and text."""
    found = [(audit, finding) for audit in scan.audits for finding in audit.findings]
    ordered = sorted(found, key=lambda pair: _ORDER.index(standing(pair[1])))
    return tuple(
        Numbered(number=number, audit=audit, finding=finding)
        for number, (audit, finding) in enumerate(ordered, start=1)
    )


def numbers(scan: Scan) -> Numbers:
    """The number of every finding, by its document and fingerprint: those of copies with covered words as well."""
    return {(one.finding.document, one.finding.fingerprint): one.number for one in numbered(scan)}


def listed(scan: Scan) -> tuple[Numbered, ...]:
    """What the 问题清单 has rows for: wrongs and reminders."""
    return tuple(one for one in numbered(scan) if one.standing != "doubt")


def wrongs(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are counted as wrongs."""
    return tuple(finding for finding in findings if standing(finding) == "wrong")


def is_late(finding: Finding) -> bool:
    """Whether it is about a duty not done in time (履行逾期), and not about the words of a clause."""
    return finding.category == _LATE


def is_done_late(finding: Finding) -> bool:
    """Whether what was late has been done since (已完成，迟延)."""
    return is_late(finding) and bool(finding.facts.get("done_on"))
