"""Lawful and ordinary papers stay silent: what is still found of grade high is listed with its reason, and nothing else."""

from datetime import date
from pathlib import Path

import yaml

from contract_audit import audit
from contract_audit.engine import load_rules
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings

BENIGN = Path(__file__).parent.parent / "corpus" / "benign"
AS_OF = date(2026, 6, 30)


def test_findings_of_grade_high_on_lawful_papers_are_those_known() -> None:
    """Judged on the day they were signed: what was done later is not in them."""
    pack = load_rules()
    found = set()
    for path in sorted(BENIGN.glob("*/*.txt")):
        paper = audit.understand(txt.read(path.read_bytes(), path.name, Settings()))
        signed = paper.fact("signed_on")
        day = signed.value if signed is not None and isinstance(signed.value, date) else AS_OF
        for finding in audit.judge(paper, pack, Context(as_of=day)).findings:
            if finding.severity == "high" and finding.verdict == "fail":
                found.add((path.relative_to(BENIGN).as_posix(), finding.rule))
    known = yaml.safe_load((BENIGN / "known.yaml").read_text(encoding="utf-8"))
    assert found == {(entry["file"], entry["rule"]) for entry in known}
    assert all(entry["reason"] for entry in known)


def test_there_is_enough_of_it_and_government_papers_among_it() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8")) for path in BENIGN.glob("*/*.txt")}
    government = sum(size for path, size in sizes.items() if path.parent.name == "government")
    assert government > 150_000 and sum(sizes.values()) > 200_000
