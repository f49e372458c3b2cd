"""What the second reading learns from: wrongs with their sentences, and everything lawful around them."""

import json
from pathlib import Path

import msgspec

from contract_audit.engine import load_rules
from contract_audit.examplespec import Example
from contract_audit.score.learn import agreements, clauses

_GOLD = {
    "id": "a", "as_of": "2026-06-30", "mode": "signed", "facts": {}, "obligations": [], "traps": [], "document_checks": {},
    "flags": [{"category": "illegal.tax_relief", "quote": "乙方免缴契税"}],
}  # fmt: skip


def _labelled(corpus: Path) -> None:
    for folder in ("dev", "review/dev", "marked", "clauses/dev", "benign/ordinary"):
        (corpus / folder).mkdir(parents=True)
    for folder in ("dev", "review/dev"):
        (corpus / folder / "a.txt").write_text("一、落户后乙方免缴契税。乙方按月报送报表。", encoding="utf-8")
        (corpus / folder / "a.gold.json").write_text(json.dumps(_GOLD), encoding="utf-8")


def test_a_flag_shows_its_sentence_and_the_rest_is_lawful(tmp_path: Path) -> None:
    _labelled(tmp_path)
    bank = [
        {"category": "illegal.fee_relief", "flag": True, "text": "基础设施配套费分文不取。", "quote": "配套费分文不取"},
        {"category": "illegal.fee_relief", "flag": False, "text": "配套费按规定缴纳，不予减免。"},
    ]
    lines = "\n".join(json.dumps(line, ensure_ascii=False) for line in bank)
    (tmp_path / "clauses/dev/a.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "benign/ordinary/a.txt").write_text("出租人按月收取租金。", encoding="utf-8")
    (tmp_path / "marked/a.txt").write_text("二、⟦illegal.land_price|地价全免⟧。", encoding="utf-8")
    single = clauses(tmp_path, msgspec.structs.replace(load_rules(), rules=()))
    shown = dict(text for paper in (*single, *agreements(tmp_path)) for text in paper)
    assert shown == {
        "配套费分文不取": {"illegal.fee_relief"},
        "基础设施配套费分文不取。": {"illegal.fee_relief"},
        "配套费按规定缴纳，不予减免。": set(),
        "配套费按规定缴纳": set(),
        "不予减免": set(),
        "乙方免缴契税": {"illegal.tax_relief"},
        "一、落户后乙方免缴契税。": {"illegal.tax_relief"},
        "乙方按月报送报表。": set(),
        "乙方按月报送报表": set(),
        "地价全免": {"illegal.land_price"},
        "二、地价全免。": {"illegal.land_price"},
        "出租人按月收取租金。": set(),
        "出租人按月收取租金": set(),
    }


def test_a_look_alike_that_is_another_wrong_is_not_learned_as_lawful(tmp_path: Path) -> None:
    _labelled(tmp_path)
    pack = load_rules()
    rule = pack.rules[0]
    looks = (
        Example(text="蒸汽价差由甲方补足。", also=("illegal.utility_price",)),
        Example(text="蒸汽按公布的价格结算。"),
    )
    alone = msgspec.structs.replace(rule, examples=msgspec.structs.replace(rule.examples, flag=(), lookalike=looks))
    shown = dict(text for clause in clauses(tmp_path, msgspec.structs.replace(pack, rules=(alone,))) for text in clause)
    assert shown["蒸汽价差由甲方补足。"] == {"illegal.utility_price"}
    assert shown["蒸汽按公布的价格结算。"] == set()
