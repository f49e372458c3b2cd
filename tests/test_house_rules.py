"""The house rules that no linter sees."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path for folder in ("contract_audit", "benchmarks", "corpus") for path in (ROOT / folder).rglob("*.py")
)
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 50
# Folders of one machine or of one workplace, written so that this file does not name one itself.
MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:" + "|".join(("wo" + "rk", "ho" + "me", "ro" + "ot", "fa" + "rm")) + r")/[a-z]"
)
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "base", "service", "misc"}


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_relative)
def test_modules_and_functions_stay_short_and_are_named_for_what_they_do(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_MODULE_LINES
    assert path.stem not in NAMELESS
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno < MAX_FUNCTION_LINES, node.name


def test_exactly_one_place_catches_everything() -> None:
    places = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and _catches_all(node.type):
                places.append(_relative(path))
    assert places == ["contract_audit/batch/pool.py"]


def _catches_all(kind: ast.expr | None) -> bool:
    names = [kind] if not isinstance(kind, ast.Tuple) else kind.elts
    return any(
        name is None or (isinstance(name, ast.Name) and name.id in ("Exception", "BaseException")) for name in names
    )


@pytest.mark.parametrize("mark", ["no" + "qa", "type: " + "ignore", "pytest.mark.sk" + "ip", "pytest.mark.xf" + "ail"])
def test_no_rule_is_waived_in_place(mark: str) -> None:
    files = (*MODULES, *sorted((ROOT / "tests").rglob("*.py")))
    texts = ((path, path.read_text(encoding="utf-8")) for path in files)
    waived = [_relative(path) for path, text in texts if f"# {mark}" in text or f"@{mark}" in text]
    assert waived == []


def test_nothing_names_a_place_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    named = []
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if not name or not path.is_file() or path.suffix in (".docx", ".pdf", ".png", ".jpg"):
            continue
        if MACHINE_PATH.search(path.read_bytes().decode("utf-8", "replace")):
            named.append(name)
    assert named == []


def test_warnings_are_errors_and_types_are_strict() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert settings["pytest"]["ini_options"]["filterwarnings"][0] == "error"
    assert settings["mypy"]["strict"] is True
    assert settings["ruff"]["lint"]["mccabe"]["max-complexity"] <= 10
    assert settings["importlinter"]["contracts"][0]["exhaustive"] is True
