"""The JSON outputs satisfy their published schemas, those of today and those of the first release; SARIF satisfies OASIS's."""

import json
from pathlib import Path
from typing import Any

import pytest
from schema_check import faults

from contract_audit.model import Scan
from contract_audit.reports import render
from contract_audit.reports.scan_schema import NAMES, schema
from contract_audit.rulespec import Pack

FOLDER = Path(__file__).parent / "schema"


def frozen(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.v1.schema.json").read_text(encoding="utf-8"))
    return loaded


def sarif_schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("published", [schema, frozen])
def test_the_outputs_satisfy_the_published_schemas(scan: Scan, pack: Pack, published: Any) -> None:
    whole = json.loads(render(scan, pack, ".json"))
    assert list(faults(whole, published("scan"))) == []
    for line in render(scan, pack, ".jsonl").splitlines():
        assert list(faults(json.loads(line), published("findings"))) == []


@pytest.mark.parametrize("name", sorted(NAMES))
def test_what_was_published_is_still_required_and_described(name: str) -> None:
    then, now = frozen(name), schema(name)
    for struct, fields in then["$defs"].items():
        assert set(fields.get("required", ())) <= set(now["$defs"][struct].get("required", ()))
        assert set(fields.get("properties", ())) <= set(now["$defs"][struct].get("properties", ()))


def test_the_log_satisfies_the_sarif_schema(scan: Scan, pack: Pack) -> None:
    assert list(faults(json.loads(render(scan, pack, ".sarif")), sarif_schema())) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), "2.0.0"),
        (("runs", 0, "results", 0, "level"), "fatal"),
        (("runs", 0, "results", 0, "kind"), 3),
        (("runs", 0, "results", 0, "invented"), "x"),
        (("runs", 0, "results", 0, "locations", 0, "physicalLocation", "region", "charOffset"), "12"),
        (("runs", 0, "tool"), {}),
    ],
)
def test_a_wrong_log_is_noticed(scan: Scan, pack: Pack, path: tuple[Any, ...], value: Any) -> None:
    log = json.loads(render(scan, pack, ".sarif"))
    part = log
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert list(faults(log, sarif_schema())) != []


def test_a_missing_or_retyped_field_is_noticed(scan: Scan, pack: Pack) -> None:
    whole = json.loads(render(scan, pack, ".json"))
    del whole["documents"][0]["findings"][0]["quote"]
    whole["documents"][1]["pages"] = "1"
    assert len(list(faults(whole, frozen("scan")))) >= 2
