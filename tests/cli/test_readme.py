"""The README names every command and every option of `scan`, and its Python lines run."""

import subprocess
import sys
from pathlib import Path

import click

from contract_audit.cli import command

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme() -> None:
    for name, part in command.commands.items():
        assert f"contract-audit {name}" in README
        if isinstance(part, click.Group):
            for child in part.list_commands(click.Context(part)):
                assert f"contract-audit {name} {child}" in README


def test_every_option_of_scan_is_in_the_readme() -> None:
    options = [param for param in command.commands["scan"].params if isinstance(param, click.Option)]
    assert [option.opts for option in options if not any(f"`{name}" in README for name in option.opts)] == []


def test_the_python_lines_work_as_often_as_they_are_run(folder: Path) -> None:
    block = README.partition("## 用作程序库")[2].partition("## ")[0]
    lines = [line[4:] for line in block.splitlines() if line.startswith("    ")]
    program = "\n".join([*lines, *lines]).replace("协议.docx", "投资 协议.txt")
    place = folder / "2023年"
    ran = subprocess.run([sys.executable, "-c", program], cwd=place, capture_output=True, check=False, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("60%") >= 2


def test_the_function_is_found_whatever_was_imported_before() -> None:
    import contract_audit
    import contract_audit.batch.work

    assert callable(contract_audit.audit)
