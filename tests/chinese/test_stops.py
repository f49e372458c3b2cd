import pytest

from contract_audit.chinese.stops import LONGEST, with_stops


@pytest.mark.parametrize("words", ["甲", "甲方供地，", "甲方供地；乙方建厂，", "1.1.", "设备\t万元\t"])
def test_an_endless_sentence_is_parted_and_keeps_its_length(words: str) -> None:
    text = f"第一条\n{words * 2000}"
    read = with_stops(text)
    assert len(read) == len(text)
    assert max(map(len, read.replace("\n", "。").split("。"))) <= LONGEST
    changed = {before for before, after in zip(text, read, strict=True) if before != after}
    assert changed <= set("；" if "；" in words else "，" if "，" in words else words)


def test_what_has_stops_stays_as_it_is() -> None:
    text = "甲方应在三十日内付清全部价款，逾期每日按万分之五支付违约金。\n" * 200
    assert with_stops(text) is text or with_stops(text) == text
