from pathlib import Path

import pytest
import yaml

from contract_audit.engine import load_rules
from contract_audit.errors import RulesError
from contract_audit.rulespec import Rule

INFO = {"name": "云岭县", "version": "1", "jurisdiction": "云岭县"}
RULE = """
id: LOC001
category: illegal.exclusive_right
title: 县里不许写的话
severity: high
grade_reason: 县里通报过
basis: [{law: yunling1, article: "2"}]
check: {kind: provision, groups: [{any: ["@县里的词"]}]}
message: 有（{quote}）
remedy: 删去。
departments: [市监]
examples: {flag: [{text: 甲方独家包圆乙方业务。}], lookalike: [{text: 甲方依法办理。}]}
"""
LAWS = """
yunling1:
  {title: 云岭县招商规定, number: 云政〔2024〕1号, issuer: 云岭县人民政府, in_force_from: 2024-01-01, in_force_to: null,
   replaces: null, status: from_memory, source: 试验, articles: {"2": {about: 不许包圆, verified: false}}}
"""


def _mildest() -> Rule:
    return next(rule for rule in load_rules().rules if rule.severity == "medium")


def _pack(folder: Path, **files: str) -> Path:
    (folder / "words").mkdir(parents=True)
    (folder / "illegal").mkdir()
    (folder / "pack.yaml").write_text(yaml.safe_dump(INFO, allow_unicode=True), encoding="utf-8")
    for name, text in files.items():
        target = folder / (name.replace("__", "/") + ".yaml")
        target.write_text(text, encoding="utf-8")
    return folder


def test_a_county_pack_adds_laws_words_and_rules_and_raises_grades(tmp_path: Path) -> None:
    mild = _mildest()
    folder = _pack(
        tmp_path / "县",
        laws=LAWS,
        words__own="县里的词: {title: 县里的词, words: [包圆]}",
        illegal__LOC001_own=RULE,
        adjust=f"{mild.id}: {{reason: 县里从严, severity: high, departments: [纪检], remedy: 另写。}}",
    )
    pack = load_rules(None, (folder,))
    rules = {rule.id: rule for rule in pack.rules}
    assert not pack.broken and "LOC001" in rules
    assert len(rules) == len(load_rules().rules) + 1
    raised = rules[mild.id]
    assert (raised.severity, raised.remedy, raised.departments[-1]) == ("high", "另写。", "纪检")
    assert raised.grade_reason.endswith("县里从严")
    assert "云岭县" in pack.info.version and pack.info.jurisdiction == "全国、云岭县"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"adjust": "{id}: {{reason: 从宽, severity: low}}"}, "不得降为 low"),
        ({"adjust": "XXX999: {{reason: 没有, severity: high}}"}, "没有规则 XXX999"),
        ({"adjust": "{id}: {{reason: 停用, status: draft}}"}, "status"),
        ({"words__own": "{words}: {{title: 改写, words: [什么都算例外]}}"}, "不得改写"),
        ({"laws": LAWS.replace("{", "{{").replace("}", "}}").replace("yunling1", "taxadmin")}, "不得改写"),
    ],
)
def test_a_pack_that_would_loosen_is_refused(files: dict[str, str], told: str, tmp_path: Path) -> None:
    names = {"id": _mildest().id, "words": next(iter(load_rules().words))}
    folder = _pack(tmp_path / "县", **{name: text.format(**names) for name, text in files.items()})
    with pytest.raises(RulesError, match=told):
        load_rules(None, (folder,))


def test_a_rule_number_taken_above_is_refused(tmp_path: Path) -> None:
    taken = RULE.replace("LOC001", _mildest().id)
    folder = _pack(tmp_path / "县", laws=LAWS, words__own="县里的词: {title: 县里的词, words: [包圆]}")
    (folder / "illegal" / f"{_mildest().id}_again.yaml").write_text(taken, encoding="utf-8")
    pack = load_rules(None, (folder,))
    assert "已被另一条规则使用" in pack.broken[0][1]
