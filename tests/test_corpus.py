"""The corpus as an office would have it: every rendered form gives back the text of the agreement."""

import subprocess
import sys
from pathlib import Path

import pytest

from contract_audit.readers import read
from contract_audit.settings import Settings

ROOT = Path(__file__).parent.parent
NAMES = sorted(path.stem for path in (ROOT / "corpus" / "dev").glob("*.txt"))


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("rendered")
    subprocess.run(
        [sys.executable, ROOT / "corpus" / "render.py", output, "--half", "dev"], check=True, capture_output=True
    )
    return output


def _letters(path: Path) -> tuple[str, int]:
    (document,) = read(path, Settings())
    parts = [(block.label or "") + document.text[block.start : block.end] for block in document.blocks]
    return "".join("".join(parts).split()), sum(block.label is not None for block in document.blocks)


def test_the_corpus_is_there() -> None:
    assert len(NAMES) >= 12
    assert len(list((ROOT / "corpus" / "check").glob("*.gold.json"))) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_every_form_reads_back_as_the_same_text(rendered: Path, name: str) -> None:
    wanted, _ = _letters(ROOT / "corpus" / "dev" / f"{name}.txt")
    for form, suffix in (("docx", ".docx"), ("numbered", ".docx"), ("pdf", ".pdf")):
        letters, _ = _letters(rendered / form / "dev" / f"{name}{suffix}")
        assert letters == wanted, form


def test_numbers_are_automatic_where_they_are_said_to_be(rendered: Path) -> None:
    automatic = sum(_letters(path)[1] for path in (rendered / "numbered").rglob("*.docx"))
    typed = sum(_letters(path)[1] for path in (rendered / "docx").rglob("*.docx"))
    assert automatic > 10 * len(NAMES) and typed == 0
