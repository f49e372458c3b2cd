"""Sentences are found from the figures and signs in them, and no others are looked at."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_audit.audit import understand
from contract_audit.chinese.text import behind_last
from contract_audit.engine import load_rules
from contract_audit.engine.case import Case
from contract_audit.engine.checks.sentences import last_stop, matches_with, places_in_lines, with_values
from contract_audit.engine.literals import Telling, each
from contract_audit.engine.patterns import places
from contract_audit.engine.run import index_of
from contract_audit.extract.values.scan import values_in
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings

_TEXT = st.text("甲3万元，。；\n前不得", max_size=60)


@given(_TEXT)
def test_sentences_with_values_are_those_of_a_walk_over_all(text: str) -> None:
    values = values_in(text, None)
    walked = [
        (*match.span(), [one for one in values if match.start() <= one.start and one.end <= match.end()])
        for match in re.finditer("[^。；\n]+", text)
        if any(match.start() <= one.start < match.end() for one in values)
    ]
    assert list(with_values(text, values, "。；\n")) == walked


@given(_TEXT)
def test_matches_with_a_sign_are_all_matches(text: str) -> None:
    pattern = re.compile("[^。；]{1,4}?前?不得[^，。；]{1,3}")
    spans = [match.span() for match in matches_with(re.compile("不得"), pattern, text, "。；")]
    assert spans == [match.span() for match in pattern.finditer(text)]


@pytest.mark.parametrize(
    "pattern", ["以[^。\n]{1,4}业申报|(?:^|[。\n])行业：[^。\n]{1,3}", "[^。\n]{2}", "业(?:申|行)?[。\n]"]
)
@given(st.text("以甲业申报行：。\n", max_size=60))
def test_places_in_lines_are_those_in_the_whole_text(pattern: str, text: str) -> None:
    assert tuple(places_in_lines(pattern, text)) == places(pattern, text)


def test_of_what_a_pattern_requires_a_word_stands_in_every_match() -> None:
    telling = Telling("(?:道路|车道)(?:总|净)?宽度?|层高")
    assert telling.spans("层高6米，车道净宽7米，道路长7米") == [(0, 2), (5, 9)]
    with pytest.raises(ValueError):
        Telling("[^，]+")


def test_each_head_has_the_tail() -> None:
    assert re.fullmatch(each("用 耗", "电量?"), "耗电")


@pytest.mark.parametrize("marks", ["，。；\n", "\n。", "|（）()"])
def test_the_last_stop_before_a_place_is_the_one_that_a_search_finds(marks: str) -> None:
    document = txt.read("，甲方（县政府）；，3万元，\n乙方。。按期付款".encode(), "试验.txt", Settings())
    pack = load_rules()
    case = Case(understand(document), Context(as_of=date(2026, 6, 30)), pack, index_of(pack))
    text = case.document.text
    for end in range(len(text) + 1):
        for start in range(end + 1):
            assert last_stop(case, marks, end, start) == behind_last(marks, text, end, start)
