"""The weights of the recognizer tell a wrong that is written in few ways from lawful writing with the same words."""

from pathlib import Path

from contract_audit.engine import recognizer
from contract_audit.score.train import train
from tests.engine.conftest import make_pack, make_rule

_CATEGORY = "illegal.tax_linked_reward"
_WRONG = ("甲方按税收留成返还乙方", "甲方将税收留成奖给企业", "按留成部分返还企业", "税收留成全部返还给公司")
_LAWFUL = ("甲方返还乙方保证金", "乙方依法缴纳税收", "甲方按期返还押金", "履约保证金到期全部返还公司")


def test_weights_tell_wrong_from_lawful_and_only_for_categories_of_rules(tmp_path: Path) -> None:
    shown = [(f"{text}第{mark}项", frozenset({_CATEGORY})) for text in _WRONG for mark in "甲乙丙丁戊"]
    shown += [(f"{text}第{mark}项", frozenset[str]()) for text in _LAWFUL for mark in "甲乙丙丁戊"]
    pack = make_pack(make_rule(f"{{kind: wording, like: {_CATEGORY}}}"))
    assert train([shown], [], pack, tmp_path / "recognizer.npz") > 20
    known = recognizer.read(tmp_path / "recognizer.npz")
    assert known.categories == (_CATEGORY,)
    wrong, lawful = known.scores(["把税收留成返还公司", "把保证金返还公司"])[:, 0]
    assert wrong > 0 > lawful


def test_what_stands_in_papers_weighs_more(tmp_path: Path) -> None:
    wrong, lawful = frozenset({_CATEGORY}), frozenset[str]()
    here = [(f"甲方按税收留成返还乙方第{mark}项", wrong) for mark in "甲乙丙丁戊己庚辛壬癸"]
    there = [(f"甲方按税收留成返还乙方第{mark}项", lawful) for mark in "子丑寅卯辰巳午未申酉"]
    pack = make_pack(make_rule(f"{{kind: wording, like: {_CATEGORY}}}"))
    scores = []
    for clauses, papers in ((here, there), (there, here)):
        train([clauses], [papers], pack, tmp_path / "recognizer.npz")
        recognizer.read.cache_clear()
        scores.append(float(recognizer.read(tmp_path / "recognizer.npz").scores(["甲方按税收留成返还乙方"])[0, 0]))
    assert scores[0] < scores[1]
