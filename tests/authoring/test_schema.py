import re
from typing import Any

from contract_audit.authoring.schema import rule_schema
from contract_audit.engine import load_rules

_CHINESE = re.compile("[\u4e00-\u9fff]")


def _described(schema: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (name, described.get("description", ""))
        for name, definition in schema["$defs"].items()
        for described in (definition, *definition.get("properties", {}).values())
    ]


def test_every_type_and_field_is_told_in_chinese() -> None:
    told = _described(rule_schema(load_rules()))
    assert len(told) > 100
    assert [name for name, text in told if not _CHINESE.search(text)] == []


def test_categories_and_laws_are_choices() -> None:
    pack = load_rules()
    schema = rule_schema(pack)
    assert schema["$defs"]["Rule"]["properties"]["category"]["enum"] == sorted(pack.taxonomy.categories)
    assert "taxadmin" in schema["$defs"]["BasisRef"]["properties"]["law"]["enum"]
