"""Packs of a province or county over the national rules (加严规则包): they may tighten, never loosen.

A pack is a folder with `pack.yaml` (name, version, jurisdiction) and, as needed: `laws.yaml` with laws of its own,
`words/*.yaml` with word lists of its own, further rules in the folders of the dimensions, and `adjust.yaml`, which gives
rules above a graver grade, further bases and departments, or another redraft.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from contract_audit.engine.patterns import set_names
from contract_audit.engine.yaml_source import Source, convert
from contract_audit.errors import RuleError
from contract_audit.model import Severity
from contract_audit.remedyspec import RemedyCase
from contract_audit.rulespec import BasisRef, Pack, Rule, Strict

_GRADES: tuple[Severity, ...] = ("low", "medium", "high")


class OverlayInfo(Strict, frozen=True, kw_only=True):
    """pack.yaml of a pack that tightens (加严规则包)."""

    name: str
    version: str
    jurisdiction: str


class Adjustment(Strict, frozen=True, kw_only=True):
    """What a pack changes in a rule above it (加严): why, and what."""

    reason: str
    severity: Severity | None = None
    basis: tuple[BasisRef, ...] = ()
    departments: tuple[str, ...] = ()
    remedy: str | None = None


def adjusted(pack: Pack, path: Path) -> tuple[Rule, ...]:
    """The pack's rules after `adjust.yaml`; raises RuleError for an unknown rule or a grade below that of the rule."""
    if not path.is_file():
        return pack.rules
    source = Source(path)
    changes = convert(source, dict[str, Adjustment])
    known = {rule.id for rule in pack.rules}
    for number, change in changes.items():
        if number not in known:
            raise source.error(number, f"没有规则 {number}，加严规则包只能调整已有的规则")
        for index, ref in enumerate(change.basis):
            if ref.law not in pack.laws:
                raise source.error(f"{number}.basis[{index}].law", f"法律键 {ref.law} 不在 laws.yaml 中")
            for name in set_names((*ref.where, *ref.unless)):
                if name not in pack.words:
                    raise source.error(f"{number}.basis[{index}].where", f"词表 {name} 不存在")
    return tuple(_tightened(rule, changes[rule.id], source) if rule.id in changes else rule for rule in pack.rules)


def _tightened(rule: Rule, change: Adjustment, source: Source) -> Rule:
    grade = change.severity or rule.severity
    if _GRADES.index(grade) < _GRADES.index(rule.severity):
        raise source.error(
            f"{rule.id}.severity", f"规则 {rule.id} 的等级为 {rule.severity}，加严规则包不得降为 {grade}"
        )
    return msgspec.structs.replace(
        rule,
        severity=grade,
        grade_reason=f"{rule.grade_reason}；{change.reason}",
        basis=(*rule.basis, *change.basis),
        departments=tuple(dict.fromkeys((*rule.departments, *change.departments))),
        remedy=change.remedy or rule.remedy,
        remedy_signed=None if change.remedy else rule.remedy_signed,  # another redraft is meant for all cases
        remedy_cases=() if change.remedy else tuple(_joined(one, change.departments) for one in rule.remedy_cases),
    )


def _joined(one: RemedyCase, departments: tuple[str, ...]) -> RemedyCase:
    """The case with the pack's departments beside its own, if it has any."""
    both = tuple(dict.fromkeys((*one.departments, *departments))) if one.departments else ()
    return msgspec.structs.replace(one, departments=both)


def without_clashes(above: Mapping[str, object], own: Mapping[str, object], path: Path, what: str) -> None:
    """Raise RuleError where a pack redefines what a pack above it holds: that could loosen a rule unseen."""
    for name in own:
        if name in above:
            raise RuleError(path, 1, name, f"{what} {name} 在上级规则包里已有，加严规则包不得改写，请另取名称")
