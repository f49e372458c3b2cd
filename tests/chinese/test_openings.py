import re

import pytest

from contract_audit.chinese import openings
from contract_audit.clauses import hedges, lexicon

TABLES = [name for name in dir(lexicon) if name.isupper()]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("甲方|乙方", "甲乙"),
        ("(?:应|须)当", "应须"),
        ("(?:对)?全部", "对全"),
        ("(?<![许认])可以", "可"),
        ("[省市]级?财政|县里", "省市县"),
        ("给{0,1}予", "给予"),
        ("[A-C一-]座", "ABC一-"),
        (r"\ue001指", "\ue001"),
        ("(?P<duty>应)|(?P<deny>不[得予]|未)", "应不未"),
    ],
)
def test_first_characters(pattern: str, expected: str) -> None:
    assert openings.first_characters(pattern) == set(expected)


@pytest.mark.parametrize("pattern", ["甲?", "[^，]{1,3}方", "[一-龥]方", "甲|", r"\d年", ".方", "^甲", "$"])
def test_patterns_without_a_short_list_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        openings.first_characters(pattern)


def test_a_table_finds_the_names_that_each_pattern_by_itself_finds() -> None:
    patterns = {"pay": "支付|付(?=清)", "number": "[0-9]+号", "any": "[^，]方", "digits": r"\d年", "none": "无此"}
    table = openings.Table(patterns)
    for text in ("甲方付清", "3号楼", "2025年支付", "", "无"):
        named = {name for name, pattern in patterns.items() if re.search(pattern, text)}
        assert table.names_in(text) == named
        for names in ((), ("none",), ("pay", "number"), ("none", "any", "digits")):
            assert table.has_any(names, text) == (not named.isdisjoint(names))


def test_the_quick_search_finds_what_the_plain_one_finds() -> None:
    text = "甲方应给予乙方优惠，县财政不得拒绝拨付；经县政府批准后，按《技改办法》申报，以成交价为准。" * 3
    for table in (
        lexicon.BENEFIT,
        lexicon.GIVE,
        lexicon.DUTY,
        lexicon.DENY,
        lexicon.GOVERNMENT,
        lexicon.GOVERNMENT_ACT,
    ):
        plain = [match.span() for match in re.finditer(table, text)]
        assert [match.span() for match in openings.compiled(table).finditer(text)] == plain
    assert hedges.find(text)


def test_few_lines_are_tried_for_a_slow_pattern_and_the_same_is_found() -> None:
    pattern, sign = re.compile("[^，\n]{1,4}附后"), re.compile("附")
    text = "清单附后，图纸附后\n第二行没有\n附表、名单附后"
    found = [match.span() for match in openings.in_lines_with(sign, pattern, text)]
    assert found == [match.span() for match in pattern.finditer(text)]
    assert [match.span() for match in openings.in_lines_with(sign, pattern, text, 5)] == found[:1]
