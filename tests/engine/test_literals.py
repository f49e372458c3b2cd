import pytest

from contract_audit.engine.literals import required


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("先征后返", {"先征后返"}),
        ("(?:收到|取得)[^，。；]{0,8}款项后", {"款项后"}),
        ("(?:县|区)级留成", {"级留成"}),
        ("返(?:还|补)", {"返"}),
        ("免收|免缴", {"免收", "免缴"}),
        ("不?得收取", {"得收取"}),
        ("每年(?:三月)?前", {"每年"}),
        ("每+年度", {"年度"}),
        (r"合\.计", {"合.计"}),
        ("[0-9]{1,3}年", {"年"}),
        ("[0-9]+|年", None),
        ("(?i)abc", None),
        ("(?:约)?[0-9]+", None),
        ("(未闭合", None),
    ],
)
def test_one_of_the_words_stands_in_every_match(pattern: str, words: set[str] | None) -> None:
    assert required(pattern) == (None if words is None else frozenset(words))
