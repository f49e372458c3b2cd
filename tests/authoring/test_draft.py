from pathlib import Path

import msgspec
import pytest
import yaml

from contract_audit.authoring.draft import Answers, next_number, words, write_rule
from contract_audit.engine import load_rules, read_rule
from contract_audit.errors import RuleError

ANSWERS = Answers(
    category="illegal.exclusive_right",
    title="承诺不再引进同行",
    slug="no_rivals",
    side=("government", "unknown"),
    groups=(("不再引进", "不另引进"), ("同行", "同类企业")),
    unless=(("依规划总量控制", ("总量控制",)),),
    basis=(("fcr", "10"),),
    severity="high",
    grade_reason="排除竞争",
    message="承诺不引进同类企业（{quote}）",
    remedy="各类经营者依法平等进入本县市场。",
    departments=("市监",),
    flags=(
        ("甲方不再引进同类企业。", "不再引进同类企业"),
        ("五年内甲方不另引进同行。", ""),
        ("我县不再引进与乙方同行的项目。", ""),
        ("甲方保证不再引进同类企业入园。", ""),
    ),
    lookalikes=(
        ("乙方不再引进同类企业的设备。", "企业的义务"),
        ("因总量控制，甲方不再引进同类企业。", "依规划"),
        ("甲方积极引进同类企业。", "没有排除"),
        ("甲方不再引进高耗能项目。", "不是同行"),
    ),
)


def test_answers_become_a_rule_on_trial_whose_examples_hold(tmp_path: Path) -> None:
    pack = load_rules()
    path, failures = write_rule(ANSWERS, pack, tmp_path)
    rule = read_rule(path, pack)
    assert failures == ()
    assert (rule.status, rule.severity, rule.examples.flag[0].quote) == ("trial", "high", "不再引进同类企业")
    assert rule.id not in {other.id for other in pack.rules}


def test_examples_that_do_not_hold_or_are_few_keep_it_a_draft(tmp_path: Path) -> None:
    pack = load_rules()
    wrong = msgspec.structs.replace(ANSWERS, lookalikes=(*ANSWERS.lookalikes[:3], ("甲方不再引进同行。", "错的例子")))
    path, failures = write_rule(wrong, pack, tmp_path / "wrong")
    assert [failure.kind for failure in failures] == ["lookalike"]
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["status"] == "draft"
    few = msgspec.structs.replace(ANSWERS, flags=ANSWERS.flags[:2])
    path, failures = write_rule(few, pack, tmp_path / "few")
    assert failures == ()
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["status"] == "draft"


def test_an_unsound_answer_leaves_no_file(tmp_path: Path) -> None:
    pack = load_rules()
    with pytest.raises(RuleError, match="no_such_law"):
        write_rule(msgspec.structs.replace(ANSWERS, basis=(("no_such_law", ""),)), pack, tmp_path)
    assert not list(tmp_path.rglob("*.yaml"))


def test_numbers_follow_those_in_use_and_words_are_parted() -> None:
    pack = load_rules()
    number = next_number("illegal.exclusive_right", pack)
    assert int(number[3:]) == 1 + max(int(rule.id[3:]) for rule in pack.rules if rule.id[:3] == number[:3])
    assert words("不再引进、不另引进， @同行") == ("不再引进", "不另引进", "@同行")
