"""The second reading: what leans to lawful writing is left to a person or dropped, whatever a wide rule says."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from contract_audit import audit
from contract_audit.engine import explain, likeness, recognizer
from contract_audit.model import Context, Finding, Understanding
from contract_audit.readers import txt
from contract_audit.rulespec import Pack
from contract_audit.settings import Settings
from tests.engine.conftest import AGREEMENT, make_pack, make_rule, make_weights

_CATEGORY = "illegal.tax_linked_reward"
_WRONG = ("甲方按税收留成返还乙方", "甲方将税收留成奖给企业", "按留成部分返还企业", "税收留成全部返还")
_LAWFUL = ("甲方返还乙方保证金", "乙方依法缴纳税收", "甲方按期返还押金", "履约保证金到期返还")
_AS_OF = date(2026, 6, 30)
_RULE = """
kind: provision
groups: [{any: [返还]}]
"""

_NAMED_BEFORE = """
kind: provision
groups: [{any: [税收留成], place: sentence, mark: false}, {any: [返还], place: own}]
"""


@pytest.fixture
def learned() -> likeness.Likeness:
    shows = frozenset({_CATEGORY})
    texts = [(text, shows) for text in _WRONG] + [(text, frozenset[str]()) for text in _LAWFUL]
    return likeness.learn([texts] * 20)


def test_words_lean_to_the_side_that_knows_them(learned: likeness.Likeness) -> None:
    shows = frozenset({_CATEGORY})
    assert (learned.lean("税收留成按年返还", shows) or 0) > 0 > (learned.lean("押金和保证金返还乙方", shows) or 0)


def test_turns_of_one_writer_are_not_learnt() -> None:
    text, shows = "甲方按税收留成返还乙方", frozenset({_CATEGORY})
    assert not likeness.learn([[(text, shows)] * 20]).texts
    assert likeness.learn([[(text, shows)] * 5] * 4).texts["留成"] == 20


def test_nothing_is_said_of_a_category_with_few_texts(learned: likeness.Likeness) -> None:
    assert learned.lean("税收留成返还", frozenset({"illegal.tax_relief"})) is None


def test_a_table_is_read_as_it_was_written(learned: likeness.Likeness, tmp_path: Path) -> None:
    likeness.write(learned, tmp_path / "likeness.tsv")
    again = likeness.read(tmp_path / "likeness.tsv")
    assert (again.texts, again.wrong) == (learned.texts, learned.wrong)


@pytest.mark.parametrize(
    ("text", "verdict", "confidence"),
    [
        ("甲方将税收留成返还乙方。", "fail", "high"),
        ("甲方按期返还留成。", "review", "low"),
    ],
)
def test_what_leans_to_lawful_writing_is_left_to_a_person(
    learned: likeness.Likeness, tmp_path: Path, text: str, verdict: str, confidence: str
) -> None:
    likeness.write(learned, tmp_path / "likeness.tsv")
    (finding,) = _judged(text, tmp_path / "likeness.tsv")
    assert (finding.verdict, finding.confidence) == (verdict, confidence)
    assert any("措辞复核" in condition for condition in finding.conditions) == (verdict == "review")


def test_clearly_lawful_writing_is_no_finding_but_explained(learned: likeness.Likeness, tmp_path: Path) -> None:
    likeness.write(learned, tmp_path / "likeness.tsv")
    text = "甲方到期返还乙方履约保证金。"
    assert not _judged(text, tmp_path / "likeness.tsv")
    paper = _understood(text)
    clauses = frozenset(one.clause for one in paper.provisions if one.clause is not None)
    told = explain(_pack(tmp_path / "likeness.tsv"), paper, Context(as_of=_AS_OF), clauses)
    assert any("措辞复核" in attempt.why and "不提示" in attempt.why for one in told for attempt in one.attempts)


def test_a_rule_of_few_broad_words_needs_clearer_ones(learned: likeness.Likeness, tmp_path: Path) -> None:
    likeness.write(learned, tmp_path / "likeness.tsv")
    text, shows = "甲方将税收返还乙方", frozenset({_CATEGORY})
    assert 10 < (learned.lean(text, shows) or 0) < 15
    verdicts = [_judged(text, tmp_path / "likeness.tsv", wide=wide)[0].verdict for wide in (False, True)]
    assert verdicts == ["fail", "review"]


def test_what_names_the_thing_in_the_statement_before_is_read_with_it(
    learned: likeness.Likeness, tmp_path: Path
) -> None:
    likeness.write(learned, tmp_path / "likeness.tsv")
    table, shows = tmp_path / "likeness.tsv", frozenset({_CATEGORY})
    before, said = "税收留成由财政局按年核定", "甲方到期返还乙方"
    assert (learned.lean(said, shows) or 0) < 0 < (learned.lean(f"{before}，{said}", shows) or 0)
    (finding,) = _judged(f"{before}，{said}。", table, rule=_NAMED_BEFORE)
    assert finding.verdict == "fail"
    assert not _judged(f"{before}。押金到期后{said}。", table, rule=_NAMED_BEFORE)


@pytest.mark.parametrize(
    ("text", "particular", "verdict"),
    [
        ("甲方按税收留成返还乙方。", False, "fail"),  # what the recognizer knows
        ("甲方返还乙方检测样品。", False, "review"),  # neither the words nor their sentence
        ("甲方返还乙方检测样品，另付税收留成。", False, "fail"),  # the sentence
        ("甲方返还乙方检测样品。", True, "fail"),  # not for rules that ask for particular words
    ],
)
def test_words_like_no_known_wording_are_left_to_a_person(
    tmp_path: Path, text: str, particular: bool, verdict: str
) -> None:
    recognizer.write(
        tmp_path / "recognizer.npz", make_weights({_CATEGORY: -1.0}, [("税收", {0: 3.0}), ("留成", {0: 3.0})])
    )
    pack = make_pack(make_rule(_RULE, particular=particular))
    pack = msgspec.structs.replace(pack, recognizer=tmp_path / "recognizer.npz")
    (finding,) = audit.judge(_understood(text), pack, Context(as_of=_AS_OF)).findings
    assert finding.verdict == verdict
    assert any("都不相近" in condition for condition in finding.conditions) == (verdict == "review")


@pytest.mark.parametrize(("score", "verdict"), [(-0.5, "fail"), (-1.0, "review")])
def test_plain_words_of_the_wrong_may_be_less_like_what_is_known(
    learned: likeness.Likeness, tmp_path: Path, score: float, verdict: str
) -> None:
    likeness.write(learned, tmp_path / "likeness.tsv")
    recognizer.write(tmp_path / "recognizer.npz", make_weights({_CATEGORY: score}, [("矿山", {0: 3.0})]))
    pack = msgspec.structs.replace(_pack(tmp_path / "likeness.tsv"), recognizer=tmp_path / "recognizer.npz")
    (finding,) = audit.judge(_understood("甲方将税收留成返还乙方。"), pack, Context(as_of=_AS_OF)).findings
    assert finding.verdict == verdict


def _pack(table: Path, *, wide: bool = False, rule: str = _RULE) -> Pack:
    return msgspec.structs.replace(make_pack(make_rule(rule, wide=wide)), likeness=table)


def _judged(text: str, table: Path, *, wide: bool = False, rule: str = _RULE) -> tuple[Finding, ...]:
    return audit.judge(_understood(text), _pack(table, wide=wide, rule=rule), Context(as_of=_AS_OF)).findings


def _understood(text: str) -> Understanding:
    document = txt.read(AGREEMENT.format(text=text, day="2025年6月16日").encode(), "试验.txt", Settings())
    return audit.understand(document)
