"""A new rule from a lawyer's answers (`rules new`): number, file and status follow from what was said."""

import re
from collections import Counter
from pathlib import Path

import msgspec

from contract_audit.authoring.plain import yaml_text
from contract_audit.engine import read_rule
from contract_audit.errors import RuleError
from contract_audit.model import Severity, Side, Struct
from contract_audit.rulespec import Pack, Rule
from contract_audit.trial import Failure, run_examples

ENOUGH = 4  # examples of either kind that a rule needs before it is tried on papers

_DENIAL = re.compile("[不无未免禁]|严禁|拒绝")


class Answers(Struct, frozen=True, kw_only=True):
    """What `rules new` asks. `groups`: the words of each group, @ before the name of a word list; `unless`: (label, words).

    `basis`: (law key, article or ""); `flags`: (text, quote or ""); `lookalikes`: (text, why).
    """

    category: str
    title: str
    slug: str
    side: tuple[Side, ...]
    groups: tuple[tuple[str, ...], ...]
    unless: tuple[tuple[str, tuple[str, ...]], ...]
    basis: tuple[tuple[str, str], ...]
    severity: Severity
    grade_reason: str
    message: str
    remedy: str
    departments: tuple[str, ...]
    flags: tuple[tuple[str, str], ...]
    lookalikes: tuple[tuple[str, str], ...]


def write_rule(answers: Answers, pack: Pack, root: Path) -> tuple[Path, tuple[Failure, ...]]:
    """Write the rule's file below `root` and run its examples; what did not hold is returned, and keeps it a draft.

    Raises RuleError, and leaves no file, where the answers make no sound rule.
    """
    number = next_number(answers.category, pack)
    path = root / answers.category.split(".")[0] / f"{number}_{answers.slug}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(answers, number, "trial"), encoding="utf-8")
    try:
        rule = read_rule(path, pack)
    except RuleError:
        path.unlink()
        raise
    failures = _tried(rule, pack)
    if failures or min(len(answers.flags), len(answers.lookalikes)) < ENOUGH:
        path.write_text(_text(answers, number, "draft"), encoding="utf-8")
    return path, failures


def next_number(category: str, pack: Pack) -> str:
    """The first number after all in use, with the letters that the category's rules (or its dimension's) bear."""
    dimension = category.split(".")[0]
    near = [rule.id for rule in pack.rules if rule.category == category]
    near = near or [rule.id for rule in pack.rules if rule.category.startswith(f"{dimension}.")]
    letters = Counter(number[:3] for number in near).most_common(1)[0][0] if near else dimension[:3].upper()
    used = [int(rule.id[3:]) for rule in pack.rules if rule.id.startswith(letters)]
    return f"{letters}{max(used, default=0) + 1:03d}"


def words(line: str) -> tuple[str, ...]:
    """The words of one answer, parted by spaces, commas or 顿号."""
    return tuple(word for word in re.split(r"[\s、，,；;]+", line) if word)


def _tried(rule: Rule, pack: Pack) -> tuple[Failure, ...]:
    return run_examples(msgspec.structs.replace(pack, rules=(*pack.rules, rule)), frozenset({rule.id}))


def _text(answers: Answers, number: str, status: str) -> str:
    # Where the words themselves deny (不再引进), what they deny is the point.
    denies = any(_DENIAL.match(word) for group in answers.groups for word in group)
    check: dict[str, object] = {
        "kind": "provision",
        "side": list(answers.side),
        "groups": [{"any": list(group)} | ({"negated": "within"} if denies else {}) for group in answers.groups],
    }
    if answers.unless:
        check["unless"] = [{"label": label, "any": list(entries)} for label, entries in answers.unless]
    return yaml_text(
        {
            "id": number,
            "category": answers.category,
            "title": answers.title,
            "status": status,
            "severity": answers.severity,
            "grade_reason": answers.grade_reason,
            "basis": [{"law": law} | ({"article": article} if article else {}) for law, article in answers.basis],
            "check": check,
            "message": answers.message,
            "remedy": answers.remedy,
            "departments": list(answers.departments),
            "examples": {
                "flag": [{"text": text} | ({"quote": quote} if quote else {}) for text, quote in answers.flags],
                "lookalike": [{"text": text} | ({"why": why} if why else {}) for text, why in answers.lookalikes],
            },
        }
    )
