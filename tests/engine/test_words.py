from random import Random

from contract_audit.engine.words import WordFinder


def naive(words: list[str], text: str) -> list[tuple[int, int]]:
    """Byte and number of each place of each word, in order."""
    data = text.encode()
    places = []
    for number, word in enumerate(words):
        at = data.find(word.encode())
        while at >= 0:
            places.append((at, number))
            at = data.find(word.encode(), at + 1)
    return sorted(places)


def found(words: list[str], text: str) -> list[tuple[int, int]]:
    numbers, begins = WordFinder(words).places(text.encode())
    assert begins.tolist() == sorted(begins.tolist())
    return sorted(zip(begins.tolist(), numbers.tolist(), strict=True))


def test_words_of_any_length_and_of_any_characters_are_found_where_they_stand() -> None:
    random = Random(7)
    letters = "税收留成ab é𠮷\x00"
    for _ in range(200):
        words = list({"".join(random.choices(letters, k=random.randint(1, 4))) for _ in range(12)})
        text = "".join(random.choices(letters, k=random.randint(0, 60)))
        assert found(words, text) == naive(words, text)


def test_no_words_and_no_text_have_no_places() -> None:
    assert found([], "税收") == []
    assert found(["税收", "税", "税收留"], "") == []


def test_words_are_measured_in_bytes() -> None:
    assert WordFinder(["税", "ab", "税a收"]).lengths == (3, 2, 7)
