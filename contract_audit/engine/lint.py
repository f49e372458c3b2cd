"""Hygiene of a rule pack: what loads but should not be shipped. Each fault is one Chinese line with file and field."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from contract_audit.engine.law import is_cited
from contract_audit.engine.load import rule_files, word_set_names
from contract_audit.engine.patterns import set_names
from contract_audit.rulespec import Pack, Rule
from contract_audit.settings import rules_dir

MIN_EXAMPLES = 4


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault: the file below the rule folder, the field, and what to do."""

    file: str
    field: str
    message: str


def lint(pack: Pack, as_of: date, root: Path | None = None) -> tuple[Fault, ...]:
    """Faults of the pack as of a day (laws may have been repealed): broken files first, then rule by rule."""
    folder = root or rules_dir()
    files = {path.name.split("_")[0]: path.relative_to(folder).as_posix() for path in rule_files(folder)}
    faults = [Fault(file=name, field="", message=message) for name, message in pack.broken]
    for rule in pack.rules:
        for field, message in _rule_faults(rule, pack, as_of):
            faults.append(Fault(file=files.get(rule.id, rule.id), field=field, message=message))
    faults += _unused_words(pack)
    faults += _uncovered(pack)
    return tuple(faults)


def _rule_faults(rule: Rule, pack: Pack, as_of: date) -> Iterator[tuple[str, str]]:
    examples = rule.examples
    if len(examples.flag) < MIN_EXAMPLES:
        yield "examples.flag", f"应提示的示例只有 {len(examples.flag)} 个，至少写 {MIN_EXAMPLES} 个"
    if len(examples.lookalike) < MIN_EXAMPLES:
        yield "examples.lookalike", f"不应提示的近似示例只有 {len(examples.lookalike)} 个，至少写 {MIN_EXAMPLES} 个"
    if not any(is_cited(ref, pack, as_of) for ref in rule.basis):
        yield "basis", f"所列依据在 {as_of.isoformat()} 均已失效或尚未施行，请补现行依据"
    for index, ref in enumerate(rule.basis):
        article = pack.laws[ref.law].articles.get(ref.article or "")
        if article is not None and not article.verified and pack.laws[ref.law].status == "verified":
            yield (
                f"basis[{index}]",
                f"{pack.laws[ref.law].title}「{ref.article}」尚未核对原文，报告中将印作「条号待核」",
            )
    if "无效" in rule.message:
        yield "message", "不要断言无效：法院对此类条款有支持也有否定，请写合规风险或建议"


def _unused_words(pack: Pack) -> Iterator[Fault]:
    used = {name for rule in pack.rules for name in word_set_names(rule.check)}
    used.update(name for rule in pack.rules for ref in rule.basis for name in set_names((*ref.where, *ref.unless)))
    waiting = list(used)
    while waiting:
        for other in pack.words[waiting.pop()].include:
            if other not in used:
                used.add(other)
                waiting.append(other)
    for name in sorted(set(pack.words) - used):
        yield Fault(file="words", field=name, message=f"词表 {name} 没有规则使用，请删去或使用")


def _uncovered(pack: Pack) -> Iterator[Fault]:
    covered = {rule.category for rule in pack.rules if rule.status != "draft"}
    for category, entry in pack.taxonomy.categories.items():
        if category not in covered:
            yield Fault(file="taxonomy.yaml", field=category, message=f"类别「{entry.name}」还没有规则")
