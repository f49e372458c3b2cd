import pytest

from tests.engine.conftest import Judge, make_rule

REWARD = "{kind: provision, groups: [{any: [县级留成]}, {any: [奖励]}], gap: 12}"


def quotes(result: object) -> list[str]:
    return [finding.quote for finding in result.findings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲方将增值税县级留成部分奖励乙方。", True),
        ("甲方按县级留成核算后报经财政、税务、审计三部门会商，再行研究奖励事宜。", False),  # too far apart
        ("甲方不得将县级留成部分奖励乙方。", False),  # denied
        ("甲方不承诺将县级留成奖励乙方。", False),
        ("乙方应提交县级留成证明，并自行奖励员工。", False),  # the enterprise's own doing
        ("甲方给予乙方下列奖励：\n（1）增值税县级留成的五成；\n（2）其他。", True),  # word in the lead-in
    ],
)
def test_groups_must_stand_close_and_not_be_denied(judge: Judge, text: str, found: bool) -> None:
    assert bool(quotes(judge(text, make_rule(REWARD)))) is found


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("为支持发展，甲方将增值税县级留成部分奖励乙方，分两年兑付。", "县级留成部分奖励乙方，分两年兑付"),
        ("甲方将县级留成部分奖励乙方。其余另行约定。", "县级留成部分奖励乙方"),
        (
            f"甲方将县级留成奖励乙方，用于{'研发、' * 20}等支出。",
            "甲方将县级留成奖励乙方",
        ),  # the rest would be too long
        # … and none takes in the next wrong of its kind
        (
            "甲方将县级留成部分奖励乙方，每年核定一次，核定表另附，甲方再将县级留成余额奖励乙方。",
            "县级留成部分奖励乙方，每年核定一次，核定表另附",
        ),
    ],
)
def test_the_quote_is_exact_and_ends_with_a_statement(judge: Judge, text: str, quote: str) -> None:
    result = judge(text, make_rule(REWARD))
    finding = result.findings[0]
    assert finding.quote == quote
    assert result.understanding.document.text[finding.start : finding.end] == finding.quote


@pytest.mark.parametrize(
    ("negated", "text", "found"),
    [
        ("allow", "甲方不得收取土地闲置费。", True),
        ("require", "甲方不得收取土地闲置费。", True),
        ("require", "甲方收取土地闲置费。", False),
        ("forbid", "甲方不得收取土地闲置费。", False),
    ],
)
def test_denied_words_count_as_the_rule_says(judge: Judge, negated: str, text: str, found: bool) -> None:
    forces = "[commitment, duty, prohibition, statement]"
    check = f"{{kind: provision, force: {forces}, groups: [{{any: [收取土地闲置费], negated: {negated}}}]}}"
    assert bool(judge(text, make_rule(check)).findings) is found


@pytest.mark.parametrize(("order", "found"), [("true", False), ("false", True)])
def test_order_matters_only_where_asked(judge: Judge, order: str, found: bool) -> None:
    check = f"{{kind: provision, ordered: {order}, groups: [{{any: [返还]}}, {{any: [出让金]}}]}}"
    assert bool(judge("甲方将土地出让金返还乙方。", make_rule(check)).findings) is found


@pytest.mark.parametrize(
    ("within", "text", "found"),
    [
        ("segment", "甲方按公开办法奖励县级留成。", False),
        ("segment", "甲方奖励县级留成，其余按公开办法办理。", True),
        ("provision", "甲方奖励县级留成，其余按公开办法办理。", False),
        ("document", "甲方奖励县级留成。\n其余按公开办法办理。", False),
    ],
)
def test_exceptions_hold_within_their_reach(judge: Judge, within: str, text: str, found: bool) -> None:
    check = f"{{kind: provision, groups: [{{any: [县级留成]}}], unless: [{{label: 公开办法, any: [公开办法], within: {within}}}]}}"
    assert bool(judge(text, make_rule(check)).findings) is found


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("甲方奖励县级留成。", "medium"),
        ("甲方奖励县级留成，最高不超过十万元。", "low"),
        ("甲方无条件奖励县级留成。", "high"),
    ],
)
def test_context_moves_the_grade_by_one(judge: Judge, text: str, grade: str) -> None:
    check = """
kind: provision
groups: [{any: [县级留成]}]
lower: [{label: 有上限, any: [最高不超过]}]
raise: [{label: 无条件, any: [无条件]}]
"""
    assert judge(text, make_rule(check, severity="medium")).findings[0].severity == grade


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("质量保证金为合同价款的百分之五。", True),
        ("质量保证金为合同价款的3%。", False),
        ("质量保证金按规定执行。", False),
    ],
)
def test_values_decide_with_the_words(judge: Judge, text: str, found: bool) -> None:
    check = """
kind: provision
side: [government, investor, both, unknown]
groups: [{any: [质量保证金]}]
values: [{value: percent, op: gt, than: "0.03"}]
"""
    assert bool(judge(text, make_rule(check)).findings) is found


def test_words_of_a_set_count_and_longer_ones_are_quoted(judge: Judge) -> None:
    check = "{kind: provision, groups: [{any: ['@留成']}]}"
    result = judge("甲方安排县级留成部分资金给乙方。", make_rule(check), words={"留成": ("留成", "县级留成部分")})
    assert "「县级留成部分」" in "；".join(result.findings[0].conditions)


FEE = "{kind: provision, groups: [{any: [配套费], place: sentence}, {any: [不向乙方收取], negated: allow}]}"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("配套费由甲方与住建部门协调，不向乙方收取。", "配套费由甲方与住建部门协调，不向乙方收取"),
        ("配套费由乙方缴纳。不向乙方收取的只有会议室使用费。", None),  # another sentence
        ("不向乙方收取服务费，配套费由乙方缴纳。", None),  # named only afterwards
    ],
)
def test_the_thing_may_be_named_earlier_in_the_sentence(judge: Judge, text: str, quote: str | None) -> None:
    assert quotes(judge(text, make_rule(FEE))) == ([quote] if quote else [])


def test_an_exception_in_the_earlier_statement_holds(judge: Judge) -> None:
    check = FEE[:-1] + ", unless: [{label: 国家统一, any: [国家统一]}]}"
    text = "配套费由住建部门按国家统一文件免征，甲方不向乙方收取。"
    assert not quotes(judge(text, make_rule(check)))


EXCUSE = (
    "{kind: provision, side: [government, investor, both, unknown], quote: provision, gap: 80,"
    " groups: [{any: [规划调整]}, {any: [自行撤场, 不退款, 不退], negated: allow}],"
    " unless: [{label: 补偿, any: [给予补偿], within: provision}]}"
)


def test_one_wrong_told_in_two_statements_of_a_sentence_is_one_finding(judge: Judge) -> None:
    text = "遇规划调整的，甲方不退款，乙方自行撤场。"
    assert quotes(judge(text, make_rule(EXCUSE))) == ["遇规划调整的，甲方不退款，乙方自行撤场"]


def test_a_joined_quote_that_would_be_long_leaves_out_the_condition(judge: Judge) -> None:
    condition = "遇规划调整或者有关部门依照各自职权提出其他不同意见致使本项目在约定期限之内无法继续建设和运营的"
    found = quotes(judge(f"{condition}，甲方已收款项不退，乙方自行撤场并承担由此发生的搬迁费用。", make_rule(EXCUSE)))
    assert found == ["甲方已收款项不退，乙方自行撤场并承担由此发生的搬迁费用"]


def test_two_sentences_are_two_wrongs(judge: Judge) -> None:
    text = "遇规划调整的，甲方不退款。遇规划调整的，乙方自行撤场。"
    assert len(quotes(judge(text, make_rule(EXCUSE)))) == 2


def test_an_exception_in_the_statement_that_shares_the_condition_holds(judge: Judge) -> None:
    assert quotes(judge("遇规划调整的，甲方给予补偿，乙方自行撤场。", make_rule(EXCUSE))) == []
