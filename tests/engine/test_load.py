from datetime import date
from pathlib import Path

import pytest

from contract_audit.engine import lint, load_rules
from contract_audit.errors import RulesError

BAD_RULES = [
    (
        "category: illegal.tax_linked_reward",
        "category: illegal.tax_linked_rewrad",
        "category",
        "illegal.tax_linked_reward",
    ),
    ('article: "3"', 'article: "999"', "basis[0].article", "laws.yaml"),
    ("law: taxadmin", "law: taxadnim", "basis[0].law", "laws.yaml"),
    ("any: [返还]", "any: ['@没有这个词表']", "check", "词表"),
    ("any: [返还]", "pattern: '(?=返)还'", "check", "不被支持"),
    ("any: [返还]", "nay: [返还]", "nay", "any"),
    ("message: 「{quote}」", "message: 「{qoute}」", "message", "quote"),
    ("severity: high", "severity: hihg", "severity", "取值"),
    ("remedy: 删去。", "remedy: 删去。\nyields_to: [illegal.tax_rebate]", "yields_to", "illegal.tax_rebate"),
    (
        "{kind: provision, groups: [{any: [返还]}]}",
        "{kind: absence, missing: [{any: [返还]}], given_categories: [illegal.tax_rebate]}",
        "check",
        "illegal.tax_rebate",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "field", "hint"), BAD_RULES)
def test_a_broken_rule_is_quarantined_and_named_with_its_field(
    rules_copy: Path, right: str, wrong: str, field: str, hint: str
) -> None:
    path = rules_copy / "illegal" / "TST001_trial.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    (rules_copy / "illegal" / "TST002_other.yaml").write_text(text.replace("TST001", "TST002"), encoding="utf-8")
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    pack = load_rules(rules_copy)
    assert [rule.id for rule in pack.rules] == ["TST002"]
    assert [name for name, _ in pack.broken] == ["illegal/TST001_trial.yaml"]
    assert field in pack.broken[0][1] and hint in pack.broken[0][1]


def test_a_broken_shared_file_stops_the_load_with_all_its_errors(rules_copy: Path) -> None:
    (rules_copy / "words" / "bad.yaml").write_text("甲: {title: 甲, patterns: ['(?<!不)返还']}\n", encoding="utf-8")
    (rules_copy / "pack.yaml").write_text("name: 甲\n", encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_rules(rules_copy)
    assert len(caught.value.errors) == 2


def test_a_folder_that_holds_no_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"pack\.yaml"):
        load_rules(tmp_path)


def test_lint_names_missing_examples_and_laws_past_repeal(rules_copy: Path) -> None:
    path = rules_copy / "illegal" / "TST001_trial.yaml"
    text = path.read_text(encoding="utf-8").replace('law: taxadmin, article: "3"', 'law: guaranty, article: "8"')
    path.write_text(text, encoding="utf-8")
    faults = [
        fault
        for fault in lint(load_rules(rules_copy), date(2026, 1, 1), rules_copy)
        if fault.file.startswith("illegal/")
    ]
    assert {fault.field for fault in faults} == {"examples.flag", "examples.lookalike", "basis"}
    assert not [fault for fault in lint(load_rules(rules_copy), date(2019, 1, 1), rules_copy) if fault.field == "basis"]
