import re

import pytest

from contract_audit.engine import load_rules
from contract_audit.engine.literals import Telling, alternatives
from contract_audit.engine.load import word_tests


def _required(pattern: str) -> list[tuple[frozenset[str], ...]]:
    return [alternative.required for alternative in alternatives(pattern)]


@pytest.mark.parametrize(
    ("pattern", "alternatives"),
    [
        ("先征后返", [[{"先征后返"}]]),
        ("(?:收到|取得)[^，。；]{0,8}款项后", [[{"收到", "取得"}, {"款项后"}]]),
        ("(?:县|区)级留成[^0-9]", [[{"县级留成", "区级留成"}]]),
        ("返(?:还|补)", [[{"返还", "返补"}]]),
        ("免收|免缴", [[{"免收"}], [{"免缴"}]]),
        ("不?得收取[^，]", [[{"得收取"}]]),
        ("每年(?:三月)?前[^，]", [[{"每年三月前", "每年前"}]]),
        ("每+年度", [[{"每年度"}]]),
        ("每{2,}[^，]年{2}", [[{"每每"}, {"年年"}]]),
        (r"合\.计", [[{"合.计"}]]),
        ("[0-2]{1,3}年", [[{"0年", "1年", "2年"}]]),
        ("[12]+|[:：]|年", [[{"1", "2"}], [{":", "："}], [{"年"}]]),
        ("[一-龥]|[^年]|年", [[], [], [{"年"}]]),
        ("(?:甲(?:付|给)|乙[^，]收)款", [[{"甲付", "甲给", "乙"}, {"款"}]]),
        ("(?i)abc", [[]]),
        ("(?i:abc)|减", [[]]),
        ("[[:alpha:]]年|减", [[]]),
        (r"\x{4e00}|减", [[]]),
        ("(?:约)?[12]+", [[{"1", "2"}]]),
        ("(未闭合", [[]]),
    ],
)
def test_every_match_holds_a_word_of_every_set(pattern: str, alternatives: list[list[set[str]]]) -> None:
    found = [sorted(sorted(some) for some in required) for required in _required(pattern)]
    assert found == [sorted(sorted(some) for some in required) for required in alternatives]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("免收|不?缴|先(?:征)返|先返", [("免收",), ("不缴", "缴"), ("先征返",), ("先返",)]),
        (r"合\.计|年+|", [("合.计",), (), ()]),
        ("(?:甲|乙丙?)方[收取]", [("甲方收", "甲方取", "乙丙方收", "乙丙方取", "乙方收", "乙方取")]),
        ("返?|[0-2]年|[^甲]方|甲{2}|收??|(?:甲|)", [(), ("0年", "1年", "2年"), (), ("甲甲",), (), ()]),
        ("[甲乙丙丁戊己庚辛][甲乙丙丁戊己庚辛][甲乙丙]", [()]),
        ("甲|(?i)乙", [()]),
    ],
)
def test_alternatives_that_are_few_words_are_told_in_the_order_they_are_tried(
    pattern: str, words: list[tuple[str, ...]]
) -> None:
    found = alternatives(pattern)
    assert [alternative.words for alternative in found] == words
    assert "|".join(alternative.pattern for alternative in found) == pattern


@pytest.mark.parametrize(
    ("pattern", "core"),
    [
        ("不(?:得|予)(?:再|另)?[^，。；]{0,8}", {"不得", "不予"}),
        ("(?:另行)?[0-1]{1,3}年", {"0年", "1年"}),
        ("年+", {"年"}),
        ("年{2,5}", {"年年"}),
        ("不得[^，]", set()),
        ("^不得[^，]?", set()),
        ("不[^，]?得[^，]?", set()),
        ("(?:不|得)?", set()),
    ],
)
def test_what_may_be_missing_at_the_ends_does_not_keep_an_alternative_from_being_words(
    pattern: str, core: set[str]
) -> None:
    (alternative,) = alternatives(pattern)
    assert alternative.core == core


def test_a_letter_tells_more_than_a_mark_or_a_numeral() -> None:
    telling = Telling("[^）]{2,16}（[^）]{0,16}[A-F][0-9]{2,4}）")
    assert telling.spans("（C12）、（12）") == [(1, 2)]


def test_no_quoted_example_is_ruled_out_by_the_words_looked_for_first() -> None:
    """Whatever a shipped pattern matches in the examples must pass its own requirements."""
    pack = load_rules()
    texts = [example.text for rule in pack.rules for example in (*rule.examples.flag, *rule.examples.lookalike)]
    whole = "\n".join(texts)
    patterns = {test.pattern for rule in pack.rules for test in word_tests(rule.check) if test.pattern}
    matches = [(pattern, match.group()) for pattern in sorted(patterns) for match in re.finditer(pattern, whole)]
    assert len(matches) > 1000
    ruled_out = [
        (pattern, words)
        for pattern, words in matches
        if not any(all(any(word in words for word in some) for some in required) for required in _required(pattern))
    ]
    assert ruled_out == []
