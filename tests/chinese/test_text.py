import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_audit.chinese.text import behind_last, fold, fold_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("返 还 5，０００ 万元(含税)", "返还5,000万元（含税）"),
        ("乙方:恒远 公司;甲方", "乙方：恒远公司；甲方"),
        ("上午９：３０至１１:００", "上午9:30至11:00"),
        ("GB 50016 标准 ABC Def", "GB50016标准ABC Def"),
        ("土地\u200b款\u00ad返还", "土地款返还"),
        ("一\n二\t三", "一\n二\t三"),
        ("二○二三年", "二〇二三年"),
    ],
)
def test_fold_gives_the_normal_form(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_spans_find_their_way_back() -> None:
    text = "甲方 返 还 ６０％ 税款"
    folded = fold(text)
    start = folded.text.index("返还60%")
    assert text[slice(*folded.original(start, start + 5))] == "返 还 ６０％"
    assert folded.folded(*folded.original(start, start + 5)) == (start, start + 5)


@given(st.text(alphabet="甲方返还 ５5,:()（）\u200b\n\tab\u3000", max_size=40))
def test_every_folded_character_comes_from_one_original_character_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.offsets)
    assert list(folded.offsets) == sorted(set(folded.offsets))
    assert all(offset < len(text) for offset in folded.offsets)


@given(st.text(alphabet="甲方 ５5,，:：()（）\u200b\n\tab\u3000~", max_size=12))
def test_a_short_text_is_folded_as_a_paper_is(text: str) -> None:
    assert fold_text(text) == fold(text).text


@given(st.text("甲。；\n", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_behind_the_last_mark_is_where_the_last_of_all_marks_ends(text: str, start: int, end: int) -> None:
    end = min(end, len(text))
    start = min(start, end)
    places = [place + 1 for place in range(start, end) if text[place] in "\n。；"]
    assert behind_last("\n。；", text, end, start) == max(places, default=start)
