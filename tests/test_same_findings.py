"""One agreement, whatever file it comes in: the findings are the same.

`scans/` holds agreements of the corpus as black-and-white scans; where their text has changed, render them again:
`python corpus/render.py OUTPUT --form scan --half dev`.
"""

import importlib.util
import sys
from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest

from contract_audit import engine, readers
from contract_audit.audit import agreements, judge, understand
from contract_audit.chinese.text import fold_text
from contract_audit.model import Context
from contract_audit.readers import ocr
from contract_audit.rulespec import Pack
from contract_audit.settings import Settings, rules_dir

CORPUS = Path(__file__).parent.parent / "corpus"
SCANS = Path(__file__).parent / "scans"
AGREEMENTS = (
    "a01_xixian_plant", "b03_herb_slices_main", "b15_standard_land_chain", "c11_coldchain_park", "c13_soe_purchase",
)  # fmt: skip
FORMS = ("docx", "numbered", "pdf")
Findings = Counter[tuple[str, str, str, str | None]]


@lru_cache(maxsize=1)
def pack() -> Pack:
    return engine.load_rules(rules_dir())


def renderer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("render", CORPUS / "render.py")
    assert spec is not None and spec.loader is not None
    sys.path.insert(0, str(CORPUS))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path.remove(str(CORPUS))
    return module


@lru_cache(maxsize=8)
def findings(path: Path) -> Findings:
    """Rule, category, quote and clause of every finding in a file; white space and width of characters do not count."""
    context = Context(as_of=date(2026, 6, 30))
    papers = [paper for document in readers.read(path, Settings()) for paper in agreements(document)]
    assert papers and all(paper.status == "read" for paper in papers)
    return Counter(
        (found.rule, found.category, "".join(fold_text(found.quote).split()), found.clause)
        for paper in papers
        for found in judge(understand(paper), pack(), context).findings
    )


def share_equal(pairs: list[tuple[Findings, Findings]]) -> float:
    """Findings that both of a pair have, as a share of those that either has."""
    return sum((one & other).total() for one, other in pairs) / sum((one | other).total() for one, other in pairs)


def text_of(name: str) -> Path:
    return CORPUS / "dev" / f"{name}.txt"


@pytest.mark.parametrize("form", FORMS)
def test_word_files_and_pdfs_give_the_findings_of_the_text(form: str, tmp_path: Path) -> None:
    render = renderer()
    suffix, write = render.FORMS[form]
    pairs = []
    for name in AGREEMENTS:
        file = tmp_path / f"{name}{suffix}"
        write(render.read_lines(text_of(name)), file)
        pairs.append((findings(text_of(name)), findings(file)))
    assert sum(one.total() for one, _ in pairs) > 30
    assert share_equal(pairs) >= 0.99


def test_broken_lines_give_the_findings_of_the_text(tmp_path: Path) -> None:
    pairs = []
    for name in AGREEMENTS:
        file = tmp_path / f"{name}.txt"
        file.write_text(_broken(text_of(name).read_text(encoding="utf-8"), 32), encoding="utf-8")
        pairs.append((findings(text_of(name)), findings(file)))
    assert share_equal(pairs) >= 0.95


def _broken(text: str, width: int) -> str:
    lines = [
        [line] if line.startswith("|") else [line[start : start + width] for start in range(0, len(line), width)]
        for line in text.splitlines()
    ]
    return "\n".join("\n".join(parts) for parts in lines)


def test_scans_give_the_findings_of_the_text() -> None:
    assert ocr.installed(), "文字识别组件未安装：make setup 会安装"
    scans = sorted(SCANS.glob("*.tif"))
    assert scans
    assert share_equal([(findings(text_of(scan.stem)), findings(scan)) for scan in scans]) >= 0.95
