import pytest

from contract_audit.engine.patterns import compiled
from contract_audit.engine.spelling import Speller
from contract_audit.engine.texts import Texts

TEXTS = (
    "甲方返还税收留成",
    "",
    "乙方缴税，\n增值税、税收另计",
    "abc免税 9-1\t年",
    "年年返税税",
    "𠮷年[返]\x1f税\\方",
    "二\n",
    "返",
)
KNOWN = (
    "[^，。；]{0,3}税|返还",
    "^年|税$",
    "^$",
    "^|年",
    ".{2,4}税",
    r"[\s\S]{0,40}免",
    r"\A甲方|税\z",
    r"[\d\-]+\D|\w\W",
    r"[^\d]年",
    r"\[返\]|\\",
    r"[\x1f\t][税年]|\x{20bb7}",
    "[]返]+|[^]返]税",
    "[:：]|[一-九]",
    "(?P<甲>年)?(返)+?税{1,2}",
    "𠮷.|[𠀀-𠯿]",
    "[税税一-龥]收|[^税税年-]方",
    "(?:)税|(?:年|)返",
)
UNKNOWN = ("(?i)ABC|免税", "(?s)成.{0,9}税", r"\b年", "[[:alpha:]]年", r"\p{Han}{2}年")


@pytest.mark.parametrize("pattern", [*KNOWN, *UNKNOWN])
def test_a_spelled_pattern_finds_what_it_finds_as_it_is_written(pattern: str) -> None:
    texts = Texts(Speller([pattern]))
    texts.written += TEXTS
    found = texts.first(pattern, range(len(TEXTS)))
    for number, text in enumerate(TEXTS):
        match = compiled(pattern).search(text)
        assert found.get(number) == (match.span() if match is not None else None)
        look = texts.finder(pattern, number)
        for place in range(len(text) + 1):
            match = compiled(pattern).search(text, place)
            assert look(place) == (match.span() if match is not None else (-1, -1))


def test_what_is_not_known_and_what_has_too_many_letters_is_not_spelled() -> None:
    speller = Speller([*KNOWN, *UNKNOWN])
    assert all(speller.spelled(pattern) is not None for pattern in KNOWN)
    assert all(speller.spelled(pattern) is None for pattern in UNKNOWN)
    many = "".join(chr(0x4E00 + 2 * place) for place in range(253))
    assert speller.spelled(f"返{many}") is not None
    assert speller.spelled(f"返{many}甲") is None


def test_texts_are_searched_one_by_one_and_together_alike() -> None:
    texts = Texts(Speller(["方.{0,20}税"]))
    texts.written += [TEXTS[0], "方", "税", TEXTS[2]]
    assert texts.first("方.{0,20}税", [1, 2]) == {}
    assert texts.first("方.{0,20}税", [0, 1, 2, 3]) == {0: (1, 5), 3: (1, 4)}
