from random import Random

import pytest

from contract_audit.engine import load_rules
from contract_audit.engine.index import PatternIndex
from contract_audit.engine.load import word_tests
from contract_audit.engine.patterns import bits, compiled, places
from contract_audit.engine.sightings import Sightings
from contract_audit.rulespec import Group, WordSet

WORDS = {"税": WordSet(title="税", words=("税收留成", "税收", "增值税"), patterns=("(?:甲|乙)方[^，。；]{0,6}税",))}
TEXTS = ("甲方返还税收留成", "", "乙方缴税，增值税、税收另计", "abc免税", "年年返税税")


def seen(texts: tuple[str, ...], *tests: Group) -> tuple[PatternIndex, Sightings]:
    index = PatternIndex(tests, WORDS)
    sightings = Sightings(index)
    for text in texts:
        sightings.add(text)
    return index, sightings


@pytest.mark.parametrize(
    "test",
    [
        Group(any=("@税",)),
        Group(any=("返还", "还税", "税")),
        Group(pattern="返?"),
        Group(pattern="^年|税$"),
        Group(pattern="[^，。；]{0,3}税|返还", any=("税收",)),
        Group(pattern="(?i)ABC|免税"),
        Group(pattern="(?s)成.{0,9}税"),
        Group(pattern=r"[\s\S]{0,40}免"),
        Group(pattern="无此词", any=("也无此词",)),
        Group(pattern="(?:返还?|还)?税收?|[乙甲]方[缴返]", any=("还税",)),
        Group(pattern="返[^，。]{0,3}税|税[^，。]{0,3}税"),
    ],
)
def test_what_is_found_is_what_the_whole_source_finds(test: Group) -> None:
    index, sightings = seen(TEXTS, test)
    source = index.source(test)
    everywhere = (1 << len(TEXTS)) - 1
    found = sightings.where(source, everywhere)
    assert list(bits(found)) == [number for number, text in enumerate(TEXTS) if compiled(source).search(text)]
    assert found & ~sightings.possible(source) == 0
    for number, text in enumerate(TEXTS):
        assert sightings.places(source, number) == places(source, text)
        assert index.may_occur(source, text) or not places(source, text)
        assert sightings.where(source, 1 << number) == found & 1 << number
        for part in (text, text[1:], text[:3], text.replace("税", "〇")):
            assert sightings.is_whole(source, part) == ((0, len(part)) in places(source, part))


@pytest.mark.parametrize("pattern", ["税?", "[^税]税|年$", r"\b[a-c]+", "(?:年|)", "^甲", "返还税收留成"])
def test_places_are_told_in_characters(pattern: str) -> None:
    for text in (*TEXTS, "\U0001f600税ab\n甲税年"):
        found = [match.span() for match in compiled(pattern).finditer(text)]
        assert places(pattern, text) == tuple((start, end) for start, end in found if end > start)


@pytest.mark.parametrize("positions", [[], [0], [700], [0, 700], [3, 4, 5000]])
def test_the_bits_that_are_set_are_told_lowest_first(positions: list[int]) -> None:
    assert bits(sum(1 << position for position in positions)) == positions


def test_more_texts_than_are_looked_at_together() -> None:
    texts = tuple("税收" if number % 7 == 0 else "其他" for number in range(1200))
    index, sightings = seen(texts, Group(any=("税收",)))
    assert list(bits(sightings.where(index.source(Group(any=("税收",))), (1 << 1200) - 1))) == list(range(0, 1200, 7))


def test_no_texts_and_no_words_hold_nothing() -> None:
    index, sightings = seen((), Group(any=("税收",)), Group())
    assert sightings.where(index.source(Group(any=("税收",))), 1) == 0
    assert sightings.possible("") == 0


def test_the_shipped_rules_find_in_their_examples_what_their_sources_find() -> None:
    pack = load_rules()
    tests = sorted({test for rule in pack.rules for test in word_tests(rule.check)}, key=repr)
    index = PatternIndex(tests, pack.words)
    examples = sorted({example.text for rule in pack.rules for example in rule.examples.flag})
    texts = Random(7).sample(examples, 30)
    sightings = Sightings(index)
    for text in texts:
        sightings.add(text)
    for test in Random(8).sample(tests, 60):
        source = index.source(test)
        if source:
            assert [sightings.places(source, number) for number in range(30)] == [
                places(source, text) for text in texts
            ]
