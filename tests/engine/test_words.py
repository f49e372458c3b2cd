from random import Random

import pytest

from contract_audit.engine import words as module
from contract_audit.engine.words import WordFinder


def naive(words: list[str], text: str) -> list[tuple[int, int]]:
    """First character and number of each place of each word, in order."""
    return sorted(
        (at, number) for number, word in enumerate(words) for at in range(len(text)) if text.startswith(word, at)
    )


def found(words: list[str], text: str) -> list[tuple[int, int]]:
    numbers, begins = WordFinder(words).places(text)
    assert begins.tolist() == sorted(begins.tolist())
    return sorted(zip(begins.tolist(), numbers.tolist(), strict=True))


@pytest.mark.parametrize("dense", [0, 20, module._DENSE])
def test_words_of_any_length_and_of_any_characters_are_found_where_they_stand(
    dense: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_DENSE", dense)
    random = Random(7)
    letters = "税收留成ab é𠮷\x00"
    for _ in range(200):
        words = list({"".join(random.choices(letters, k=random.randint(1, 4))) for _ in range(12)})
        text = "".join(random.choices(letters, k=random.randint(0, 60)))
        assert found(words, text) == naive(words, text)


def test_no_words_and_no_text_have_no_places() -> None:
    assert found([], "税收") == []
    assert found(["税收", "税", "税收留"], "") == []


def test_words_are_measured_in_characters() -> None:
    assert WordFinder(["税", "ab", "税a收𠮷"]).lengths == (1, 2, 4)
