"""Known characters and pairs of texts: each once a text, in order, whatever else stands there."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contract_audit.engine.features import FeatureTable

_CHARACTERS = "税收返还甲\0\ud800\U0001f600"
_FEATURES = ("税收", "收", "返还", "还返", "甲", "甲甲", "\U0001f600税")


def _known(text: str) -> set[int]:
    present = {*text, *map("".join, pairwise(text))}
    return {number for number, feature in enumerate(_FEATURES) if feature in present}


@given(st.lists(st.text(_CHARACTERS, max_size=12), max_size=5))
def test_all_known_features_of_each_text_are_found_once(texts: list[str]) -> None:
    numbers, features = FeatureTable(_FEATURES).known(texts)
    found = list(zip(numbers.tolist(), features.tolist(), strict=True))
    assert found == sorted((number, feature) for number, text in enumerate(texts) for feature in _known(text))


def test_a_table_of_nothing_finds_nothing() -> None:
    numbers, features = FeatureTable(()).known(["税收", ""])
    assert len(numbers) == len(features) == 0
