"""The office's rules of the joint review as data (rules/joint_review.yaml): members, angles, conclusions."""

from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from contract_audit.chinese.workdays import shifted
from contract_audit.engine import read_yaml
from contract_audit.model import Audit, Conclusion, Finding, Severity
from contract_audit.rulespec import Strict
from contract_audit.settings import rules_dir


class Angle(Strict, frozen=True, kw_only=True):
    """One angle of the review (角度) and the categories seen from it."""

    angle: str
    categories: tuple[str, ...]


class Verdict(Strict, frozen=True, kw_only=True):
    """A conclusion and what makes it (结论): at least so many findings of the categories, dimensions and severities.

    What is left empty does not narrow.
    """

    conclusion: Conclusion
    reason: str
    categories: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    at_least: Annotated[int, msgspec.Meta(ge=1)] = 1


class Policy(Strict, frozen=True, kw_only=True):
    """How the review group works (联合评审规则)."""

    name: str
    members: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    lead: str
    aliases: dict[str, str] = msgspec.field(default_factory=dict)
    angles: tuple[Angle, ...] = ()
    conclusions: Annotated[tuple[Verdict, ...], msgspec.Meta(min_length=1)]
    correction_workdays: Annotated[int, msgspec.Meta(ge=1)] = 10
    by_people: tuple[str, ...] = ()


def load_policy(path: Path | None = None) -> Policy:
    """The policy in `path` (default: the shipped one); raises RuleError with the wrong line and field."""
    return read_yaml(path or rules_dir() / "joint_review.yaml", Policy)


def angle_of(policy: Policy, finding: Finding) -> str:
    """From which angle the group looks at a finding; 合同 where no other is named."""
    return next((angle.angle for angle in policy.angles if finding.category in angle.categories), "合同")


def departments_of(policy: Policy, finding: Finding) -> tuple[str, ...]:
    """The members that must answer a finding, in the order of the policy; the lead where none of them is concerned."""
    concerned = {policy.aliases.get(name, name) for name in finding.departments}
    return tuple(member for member in policy.members if member in concerned) or (policy.lead,)


def conclude(policy: Policy, audit: Audit, fails: tuple[Finding, ...]) -> tuple[Conclusion, tuple[str, ...]]:
    """The conclusion and its reasons; a text that was not read whole is never passed."""
    unread = audit.understanding.document.status != "read"
    for verdict in policy.conclusions:
        counted = [finding for finding in fails if _counts(verdict, finding)]
        if len(counted) >= verdict.at_least:
            titles = "、".join(dict.fromkeys(finding.title for finding in counted))
            reasons = [f"{verdict.reason}（{len(counted)}项：{titles}）"]
            return verdict.conclusion, (*reasons, *(_UNREAD if unread else ()))
    if unread:
        return "退回", _UNREAD
    return "通过", ("在已读取的文字和已判定的事项范围内，没有需要退回或者修改的问题",)


_UNREAD = ("送审文本没有完整读取，请重新报送可以完整读取的文本",)


def _counts(verdict: Verdict, finding: Finding) -> bool:
    return (
        (not verdict.categories or finding.category in verdict.categories)
        and (not verdict.dimensions or finding.category.split(".")[0] in verdict.dimensions)
        and (not verdict.severities or finding.severity in verdict.severities)
    )


def corrected_by(policy: Policy, as_of: date) -> date | None:
    """The day by which a corrected draft is asked for, in working days of the official calendar."""
    return shifted(as_of, f"P{policy.correction_workdays}D", workday=True)
