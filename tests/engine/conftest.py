"""Small packs and agreements: one rule, one clause, the shipped laws and taxonomy."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import pytest
import yaml

from contract_audit import audit
from contract_audit.engine import load_rules
from contract_audit.engine.recognizer import Weights
from contract_audit.model import Audit, Context
from contract_audit.readers import txt
from contract_audit.rulespec import Pack, Rule, WordSet
from contract_audit.settings import Settings

RULE = """
id: TST001
category: illegal.tax_linked_reward
title: 试验规则
severity: high
grade_reason: 试验
basis: [{law: taxadmin, article: "3"}]
message: 「{quote}」
remedy: 删去。
departments: [财政]
examples: {flag: [{text: 一}], lookalike: [{text: 二}]}
"""

AGREEMENT = """项目投资协议书
甲方：云岭县人民政府
乙方：恒远制造有限公司
签订日期：{day}
一、协议事项
{text}
二、其他
本协议一式四份。
甲方（盖章）：云岭县人民政府
授权代表（签字）：李明
乙方（盖章）：恒远制造有限公司
法定代表人（签字）：王强
{day}
"""


def make_rule(check: str, **changes: object) -> Rule:
    """The test rule with a check in YAML and other fields changed."""
    fields = yaml.safe_load(RULE) | {"check": yaml.safe_load(check)} | changes
    return msgspec.convert(fields, Rule, strict=False)


def make_pack(*rules: Rule, words: dict[str, tuple[str, ...]] | None = None) -> Pack:
    """A pack of the rules over the shipped laws, taxonomy and dates, without a second reading or weights of wording."""
    shipped = load_rules()
    sets = {name: WordSet(title=name, words=entries) for name, entries in (words or {}).items()}
    return msgspec.structs.replace(shipped, rules=rules, words=sets, broken=(), likeness=None, recognizer=None)


def make_weights(bias: dict[str, float], weights: list[tuple[str, dict[int, float]]]) -> Weights:
    """Weights of a recognizer without a network: for each feature those of its categories (by number) that are not 0."""
    linear = np.zeros((len(weights), len(bias)), dtype=np.float32)
    for row, (_, of_feature) in enumerate(weights):
        for column, weight in of_feature.items():
            linear[row, column] = weight
    return Weights(
        categories=tuple(bias),
        features=tuple(feature for feature, _ in weights),
        linear=linear,
        bias=np.array(list(bias.values()), dtype=np.float32),
        hidden=np.zeros((len(weights), 0), dtype=np.float32),
        threshold=np.zeros(0, dtype=np.float32),
        out=np.zeros((0, len(bias)), dtype=np.float32),
    )


Judge = Callable[..., Audit]


@pytest.fixture
def judge() -> Judge:
    """Judge a clause (or several lines) set into a small agreement by the rules given."""

    def run(
        text: str,
        *rules: Rule,
        day: str = "2025年6月16日",
        words: dict[str, tuple[str, ...]] | None = None,
        **context: object,
    ) -> Audit:
        document = txt.read(AGREEMENT.format(text=text, day=day).encode(), "试验.txt", Settings())
        given = {"as_of": date(2026, 6, 30)} | context
        return audit.judge(audit.understand(document), make_pack(*rules, words=words), Context(**given))

    return run


@pytest.fixture
def rules_copy(tmp_path: Path) -> Path:
    """A rule folder of its own with the shipped shared files and one rule."""
    from contract_audit.settings import rules_dir

    for name in ("pack.yaml", "laws.yaml", "taxonomy.yaml"):
        (tmp_path / name).write_bytes((rules_dir() / name).read_bytes())
    (tmp_path / "words").mkdir()
    (tmp_path / "illegal").mkdir()
    (tmp_path / "illegal" / "TST001_trial.yaml").write_text(
        RULE + "check: {kind: provision, groups: [{any: [返还]}]}\n", encoding="utf-8"
    )
    return tmp_path
