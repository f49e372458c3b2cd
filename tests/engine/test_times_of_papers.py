"""Small papers with one defect of time, each beside a like paper without it (times_told_twice.jsonl)."""

import json
from datetime import date
from pathlib import Path

import pytest

from contract_audit import audit, engine
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings

PAIRS = [
    json.loads(line) for line in Path(__file__).with_name("times_told_twice.jsonl").read_text("utf-8").splitlines()
]


def _categories(text: str, pair: dict[str, str]) -> set[str]:
    paper = audit.understand(txt.read(f"{text}\n".encode(), "协议.txt", Settings()))
    context = Context(as_of=date.fromisoformat(pair["as_of"]), mode="draft" if pair["mode"] == "draft" else "signed")
    told = audit.judge(paper, engine.load_rules(), context).findings
    return {found.category for found in told if found.verdict == "fail" or found.conditions[-1].startswith("规则试行")}


@pytest.mark.parametrize(
    "pair", PAIRS, ids=[pair["wrong"].split("\n", 1)[0] + str(at) for at, pair in enumerate(PAIRS)]
)
def test_the_defect_is_found_and_its_like_is_not(pair: dict[str, str]) -> None:
    assert pair["category"] in _categories(pair["wrong"], pair)
    assert pair["category"] not in _categories(pair["right"], pair)
