from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from contract_audit import trial
from contract_audit.authoring.book import write_book
from contract_audit.authoring.diff import changes
from contract_audit.authoring.wording import meaning
from contract_audit.engine import load_rules
from contract_audit.model import Audit, Scan
from contract_audit.rulespec import (
    AgreeCheck,
    ObligationCheck,
    Pack,
    PartyCheck,
    ReferenceCheck,
    RelationCheck,
    StructureCheck,
)

CLAUSE = "甲方将乙方缴纳土地出让金的50%返还乙方。\n甲方按乙方缴纳增值税地方留成部分的60%给予奖励。"


def _scan(pack: Pack) -> Scan:
    audit: Audit = trial.try_text(CLAUSE, pack, signed_on=date(2025, 6, 1))
    return Scan(audits=(audit,), skipped=(), as_of=audit.as_of, mode=None, pack_version="", broken_rules=(), notes=())


def test_a_rule_taken_away_made_milder_or_added_is_told() -> None:
    pack = load_rules()
    before = _scan(pack)
    tax, land = (
        next(finding.rule for finding in before.audits[0].findings if finding.category == category)
        for category in ("illegal.tax_linked_reward", "illegal.land_premium_refund")
    )
    fewer = tuple(
        msgspec.structs.replace(rule, severity="low") if rule.category == "illegal.tax_linked_reward" else rule
        for rule in pack.rules
        if rule.category != "illegal.land_premium_refund"
    )
    after = _scan(msgspec.structs.replace(pack, rules=fewer))
    told = {(change.kind, change.finding.rule) for change in changes(before, after)}
    assert ("lost", land) in told and ("changed", tax) in told
    assert ("new", land) in {(change.kind, change.finding.rule) for change in changes(after, before)}
    assert changes(before, before) == ()


def test_every_rule_and_every_word_that_decides_a_check_has_its_meaning() -> None:
    pack = load_rules()
    assert all(meaning(rule.check, pack) for rule in pack.rules)
    kinds: tuple[tuple[type, str, Callable[[Any], Any]], ...] = (
        (AgreeCheck, "what", lambda word: AgreeCheck(what=word)),
        (ReferenceCheck, "what", lambda word: ReferenceCheck(what=word)),
        (StructureCheck, "test", lambda word: StructureCheck(test=word)),
        (RelationCheck, "test", lambda word: RelationCheck(test=word)),
        (PartyCheck, "test", lambda word: PartyCheck(test=word)),
        (ObligationCheck, "test", lambda word: ObligationCheck(test=word)),
    )
    for kind, field, made in kinds:
        for word in get_args(get_type_hints(kind)[field]):
            assert meaning(made(word), pack), (kind, word)


def test_the_book_has_a_page_a_rule_with_law_examples_and_quote(tmp_path: Path) -> None:
    pack = load_rules()
    few = msgspec.structs.replace(pack, rules=pack.rules[:40])
    assert write_book(few, tmp_path) == 41
    page = (tmp_path / f"{few.rules[0].id}.html").read_text(encoding="utf-8")
    rule = few.rules[0]
    assert rule.remedy in page and pack.laws[rule.basis[0].law].title in page
    quoted = [example.quote for example in rule.examples.flag if example.quote and example.quote in example.text]
    assert all(f"<mark>{quote}</mark>" in page for quote in quoted)
    assert "src=" not in page and "http" not in page
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{rule.id}.html"' in index for rule in few.rules)
