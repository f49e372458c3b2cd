"""Characters put right at reading."""

import pytest

from contract_audit.readers.clean import cleaned, exchanged, kept


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("合\u00ad同", "合同"),
        ("甲\u200b方\ufeff", "甲方"),
        ("甲\x00\x07乙\x7f", "甲乙"),
        ("\u202e反\u202c", "反"),
        ("甲\u00a0乙\u2003丙", "甲 乙 丙"),
        ("⼄⽅", "乙方"),
        ("\uf0fe是\uf0a8否", "☑是□否"),
        ("行\n列\t格", "行\n列\t格"),
        ("全角　空格", "全角　空格"),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert cleaned(raw) == clean


def test_exchange_keeps_every_offset() -> None:
    raw = "⼄\u00a0\u00ad\uf0fe"
    assert len(exchanged(raw)) == len(raw)


def test_kept_stretches_know_where_they_stood() -> None:
    assert kept("\ufeff甲\u00ad\u00ad乙丙") == [(1, "甲"), (4, "乙丙")]
    assert kept("\u200b") == []
