import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from contract_audit.authoring.plain import yaml_text
from contract_audit.authoring.sheet import export_rules, import_rules
from contract_audit.engine import load_rules, read_rule
from contract_audit.errors import RulesError
from contract_audit.settings import rules_dir


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped rules that a test may change."""
    return Path(shutil.copytree(rules_dir(), tmp_path / "rules"))


def test_every_shipped_rule_survives_its_own_yaml(tmp_path: Path) -> None:
    pack = load_rules()
    for rule in pack.rules:
        path = tmp_path / rule.category.split(".")[0] / f"{rule.id}_again.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml_text(rule), encoding="utf-8")
        assert read_rule(path, pack) == rule


def test_a_workbook_that_nobody_edited_changes_nothing(folder: Path, tmp_path: Path) -> None:
    pack = load_rules(folder)
    rare = {rule.id for rule in pack.rules if rule.particular or rule.wide or rule.existing_commitment}
    only = frozenset({rule.id for rule in pack.rules[::9]} | set(sorted(rare)[::3]))
    assert export_rules(pack, folder, tmp_path / "rules.xlsx", only) == len(only)
    for path in folder.glob("*/*.yaml"):
        if path.stem[:6] in only:
            path.unlink()
    assert len(import_rules(tmp_path / "rules.xlsx", folder, pack)) == len(only)
    again = load_rules.__wrapped__(folder)
    assert {rule.id: rule for rule in again.rules} == {rule.id: rule for rule in pack.rules}
    assert import_rules(tmp_path / "rules.xlsx", folder, pack) == ()


def test_an_edited_cell_changes_its_rule_and_an_unsound_one_changes_nothing(folder: Path, tmp_path: Path) -> None:
    pack, workbook = load_rules(folder), tmp_path / "rules.xlsx"
    export_rules(pack, folder, workbook, frozenset({"TAX003", "TAX001"}))
    book = load_workbook(workbook)
    sheet = book["规则"]
    titles = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "TAX003")
    row[titles.index("名称")].value = "改过的名称"
    book.save(workbook)
    assert [path.stem[:6] for path in import_rules(workbook, folder, pack)] == ["TAX003"]
    assert next(rule for rule in load_rules.__wrapped__(folder).rules if rule.id == "TAX003").title == "改过的名称"
    row[titles.index("名称")].value = "又改"
    row[titles.index("类别")].value = "illegal.no_such"
    book.save(workbook)
    with pytest.raises(RulesError, match=r"TAX003.*illegal\.no_such"):
        import_rules(workbook, folder, pack)
    assert next(rule for rule in load_rules.__wrapped__(folder).rules if rule.id == "TAX003").title == "改过的名称"


def test_what_is_to_be_done_in_cases_and_about_signed_papers_survives_the_workbook(
    folder: Path, tmp_path: Path
) -> None:
    path = next(folder.glob("delivery/DLV001_*.yaml"))
    text = path.read_text(encoding="utf-8").replace(
        "departments: [招商, 信用办]\n", "remedy_signed: 先核实；{remedy}\ndepartments: [招商]\n"
    )
    path.write_text(text, encoding="utf-8")
    pack = load_rules.__wrapped__(folder)
    rule = next(rule for rule in pack.rules if rule.id == "DLV001")
    assert rule.remedy_signed and rule.remedy_cases
    export_rules(pack, folder, tmp_path / "rules.xlsx", frozenset({"DLV001"}))
    path.unlink()
    import_rules(tmp_path / "rules.xlsx", folder, pack)
    assert next(again for again in load_rules.__wrapped__(folder).rules if again.id == "DLV001") == rule
