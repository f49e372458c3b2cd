"""The recognizer: weights are read as written, windows are parts and sentences, one place is told once, and a rule shows it."""

import re
from datetime import date
from itertools import permutations
from pathlib import Path

import msgspec
import numpy as np
import pytest

from contract_audit import audit
from contract_audit.engine import explain, recognizer
from contract_audit.engine.recognizer import Recognizer
from contract_audit.model import Audit, Context
from contract_audit.readers import txt
from contract_audit.settings import Settings
from tests.engine.conftest import AGREEMENT, make_pack, make_rule, make_weights

_TAX, _SUBSIDY, _RENT = "illegal.tax_linked_reward", "illegal.selective_subsidy", "illegal.rent_preference"
_BIAS = {_TAX: -1.0, _SUBSIDY: -1.0, _RENT: -1.0}
_WEIGHTS = [("留成", {0: 4.0, 1: 3.5}), ("税收", {0: 1.4}), ("租金", {2: 9.0}), ("追缴", {0: -6.0})]
_STEP = 0.05  # weights are stored as whole numbers of steps
_RULE = f"{{kind: wording, like: {_TAX}, bar: 0.5, doubt: 0.1, lower: [{{label: 经批准, hedge: [approval]}}]}}"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "recognizer.npz"
    recognizer.write(path, make_weights(_BIAS, _WEIGHTS))
    return path


@pytest.fixture
def known(table: Path) -> Recognizer:
    return recognizer.read(table)


def test_scores_are_the_mean_of_weights_by_root_of_length_and_the_bias(known: Recognizer) -> None:
    (both, neither) = known.scores(["税收留成", "另行商定"]).tolist()
    assert both[0] == pytest.approx(5.4 / 2**0.5 - 1, abs=_STEP)
    assert neither == [-1.0, -1.0, -1.0]


def test_a_row_is_known_drawn_with_bars_or_told_by_tabs() -> None:
    assert recognizer.features("| 装修 | 进场即付一半 |") == recognizer.features("装修\t进场即付一半")
    assert [span for span in recognizer.windows("室内装修补助\t进场即付一半") if span == (7, 13)]


def test_of_a_long_place_the_part_that_shows_the_wrong_is_told(known: Recognizer) -> None:
    rest = "双方于每年年初共同核对上一年度各项数据并签字确认" * 3
    told = known.recognise(f"{rest}，甲方按税收留成给予补贴", _all_near)
    assert [f"{rest}，甲方按税收留成给予补贴"[one.start : one.end] for one in told] == ["甲方按税收留成给予补贴"]


def test_numbers_and_white_space_make_no_difference() -> None:
    assert recognizer.features("奖 500万元") == recognizer.features("奖１，２００万元")


def test_windows_are_sentences_and_neighbouring_parts() -> None:
    text = "甲方按年核算，乙方按年申报，双方共同确认，另行付款办理。短句。"
    told = [text[start:end] for start, end in recognizer.windows(text)]
    assert "甲方按年核算，乙方按年申报，双方共同确认" in told and "双方共同确认，另行付款办理" in told
    assert "甲方按年核算，乙方按年申报，双方共同确认，另行付款办理" in told  # the sentence, though of four parts
    assert recognizer.windows("11410327MB0X123459") == ()
    assert not recognizer.windows("1,001至5,000\t1.5%")  # a step of a scale
    assert "短句" not in told and not any("。" in window for window in told)


def test_a_place_is_told_once_among_neighbours_and_by_itself_for_others(known: Recognizer) -> None:
    text = "甲方按税收留成给予补贴，租金一概不收。"
    near = {_TAX: frozenset({_TAX, _SUBSIDY}), _SUBSIDY: frozenset({_TAX, _SUBSIDY}), _RENT: frozenset({_RENT})}
    told = known.recognise(text, near.__getitem__)
    assert sorted(place.category for place in told) == [_RENT, _TAX]
    assert next(place for place in told if place.category == _TAX).weightiest == ("留成", "税收")


def test_the_sentence_weighs_in_the_score_of_its_parts(known: Recognizer) -> None:
    part, sentence = "按税收留成给予补贴", "按税收留成给予补贴，租金一概不收"
    told = known.recognise(sentence, _all_near)
    tax = next(place for place in told if place.category == _TAX)
    own, whole = known.scores([part, sentence])[:, 0].tolist()
    assert sentence[tax.start : tax.end] == part and own > whole
    assert tax.score == pytest.approx(0.3 * own + 0.7 * whole, abs=1e-6)


def test_a_part_is_told_only_for_words_of_its_own(known: Recognizer) -> None:
    rent, tax = sorted(known.recognise("按税收留成给予补贴，租金一概不收", _by_itself), key=lambda place: -place.start)[
        :2
    ]
    assert (rent.category, rent.start) == (_RENT, 10) and tax.start == 0


def test_many_weights_of_one_text_are_added_up_as_whole_numbers_of_any_size(tmp_path: Path) -> None:
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]
    recognizer.write(tmp_path / "recognizer.npz", make_weights({_TAX: 0.0}, [(one, {0: 2.0}) for one in characters]))
    known = recognizer.read(tmp_path / "recognizer.npz")
    texts = ["".join(characters), *characters[:40], ""]
    scores = known.scores(texts)[:, 0].tolist()
    assert scores == pytest.approx([2.0 * 400**0.5, *[2.0] * 40, 0.0], abs=1e-4)
    assert [known.scores([text])[0, 0] for text in texts] == scores  # whatever stands beside it


def test_units_of_the_network_speak_for_words_that_stand_together(tmp_path: Path) -> None:
    plain = make_weights({_TAX: -1.0}, [("税收", {}), ("留成", {})])
    joined = msgspec.structs.replace(
        plain,
        hidden=np.array([[1.0], [1.0]], dtype=np.float32),
        threshold=np.array([-1.0], dtype=np.float32),
        out=np.array([[5.0]], dtype=np.float32),
    )
    recognizer.write(tmp_path / "recognizer.npz", joined)
    one, other, both = recognizer.read(tmp_path / "recognizer.npz").scores(["税收", "留成", "税收留成"])[:, 0].tolist()
    assert one == other == -1.0
    assert both == pytest.approx(5.0 * (2**0.5 - 1) - 1, abs=1e-6)


def test_a_broken_file_of_weights_says_so(tmp_path: Path) -> None:
    (tmp_path / "recognizer.npz").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(ValueError, match="读不出"):
        recognizer.read(tmp_path / "recognizer.npz")


def test_every_window_of_a_sentence_that_scores_as_a_whole_is_looked_at(known: Recognizer) -> None:
    pieces = ["按税收留成给予补贴", "已付的依法追缴", "租金一概不收取", "税收全部返还企业", "其余事项另行商定"]
    for order in permutations(pieces, 4):
        sentence = "，".join(order)
        windows = recognizer.windows(sentence)
        alone, whole = known.scores([sentence[start:end] for start, end in windows]), known.scores([sentence])
        scores = 0.3 * alone + 0.7 * whole
        told = known.recognise(sentence, _by_itself)
        for column, category in enumerate(_BIAS):
            best = float(scores[:, column][alone[:, column] > 0].max(initial=0.0)) if (whole > -0.3).any() else 0.0
            found = [place.score for place in told if place.category == category]
            assert max(found, default=0.0) == pytest.approx(max(best, 0.0), abs=1e-6)


def test_sentences_of_a_text_do_not_weigh_in_each_other(known: Recognizer) -> None:
    told = known.recognise("按税收留成给予补贴；已付的依法追缴。短句。", _all_near)
    assert told[0].score == pytest.approx(float(known.scores(["按税收留成给予补贴"])[0, 0]), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("甲方按税收留成给予补贴。", ["fail"]),
        ("甲方按全部税收的情形对乙方给予表彰。", ["review"]),
        ("税务机关对税收留成的差额依法追缴。", []),
        ("关于按税收留成给予补贴的请求", []),  # the title under which a paper answers
    ],
)
def test_above_the_bar_it_is_found_and_between_doubt_and_bar_left_to_a_person(
    table: Path, text: str, verdicts: list[str]
) -> None:
    findings = _judged(text, table).findings
    assert [finding.verdict for finding in findings] == verdicts
    assert all(any("分量最重" in condition for condition in finding.conditions) for finding in findings)
    assert all(finding.confidence == "medium" for finding in findings)


def test_explain_says_how_far_a_provision_is_from_the_bar(table: Path) -> None:
    judged = _judged("甲方按全部税收的情形对乙方给予表彰。", table)
    pack = msgspec.structs.replace(make_pack(make_rule(_RULE.replace("0.1", "0.45"))), recognizer=table)
    clause = judged.understanding.clause_at(judged.findings[0].start)
    assert clause is not None
    explained = explain(pack, judged.understanding, Context(as_of=date(2026, 6, 30)), frozenset({clause}))
    (attempt,) = [attempt for item in explained for attempt in item.attempts]
    assert not attempt.fired and re.search("0.4\\d分，不高于0.45", attempt.why)


def test_a_condition_lowers_the_grade(table: Path) -> None:
    plain, hedged = (
        _judged(f"{words}甲方按税收留成给予补贴。", table).findings[0] for words in ("", "经上级人民政府批准后，")
    )
    assert (plain.severity, hedged.severity) == ("high", "medium")


_NAMED = (
    "{kind: provision, groups: [{any: [税收留成]}], unless: [{label: 另有去向, any: [教育支出], within: provision}]}"
)


@pytest.mark.parametrize(
    ("exception", "excused", "wide", "verdicts"),
    [
        ("依法列支", 9.0, False, []),  # the exception of the rule by words clears it
        ("依法列支", 0.6, False, ["fail"]),  # unless it scores higher than such a place must
        ("依法列支", 9.0, True, ["fail"]),  # nor do the exceptions of a wide rule clear anything
        ("另有类别", 9.0, False, ["fail"]),  # an exception that leaves the words to another rule says nothing for them
    ],
)
def test_an_exception_of_a_rule_by_words_clears_the_statement(
    table: Path, exception: str, excused: float, wide: bool, verdicts: list[str]
) -> None:
    by_words = make_rule(_NAMED.replace("另有去向", exception), id="TST002", category=_TAX, wide=wide)
    by_wording = make_rule(_RULE.replace("bar: 0.5", f"bar: 0.5, excused: {excused}"), category=_TAX)
    pack = msgspec.structs.replace(make_pack(by_wording, by_words), recognizer=table)
    text = AGREEMENT.format(text="甲方按税收留成安排教育支出。", day="2025年6月16日")
    document = txt.read(text.encode(), "试验.txt", Settings())
    findings = audit.judge(audit.understand(document), pack, Context(as_of=date(2026, 6, 30))).findings
    assert [finding.verdict for finding in findings if finding.rule == "TST001"] == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("来函所请按税收留成给予补贴，不予考虑。", []),
        ("| 原条款 | 内容 | 处理 |\n| 第七条 | 按税收留成的七成给予奖励 | 废止 |", []),
        ("甲方不得停止按税收留成给予补贴。", ["fail"]),
        ("甲方按税收留成给予补贴，有关部门的异议不予考虑。", ["fail"]),
    ],
)
def test_what_is_declined_or_struck_out_behind_the_words_is_no_wrong(
    table: Path, text: str, verdicts: list[str]
) -> None:
    assert [finding.verdict for finding in _judged(text, table).findings] == verdicts


def test_a_pack_without_weights_says_that_it_cannot_decide() -> None:
    judged = _judged("甲方按税收留成给予补贴。", None)
    assert not judged.findings and "recognizer.npz" in judged.undecided[0].missing


def _all_near(_own: str) -> frozenset[str]:
    return frozenset(_BIAS)


def _by_itself(own: str) -> frozenset[str]:
    return frozenset({own})


def _judged(text: str, weights: Path | None) -> Audit:
    document = txt.read(AGREEMENT.format(text=text, day="2025年6月16日").encode(), "试验.txt", Settings())
    pack = msgspec.structs.replace(make_pack(make_rule(_RULE)), recognizer=weights)
    return audit.judge(audit.understand(document), pack, Context(as_of=date(2026, 6, 30)))
