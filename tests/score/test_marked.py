"""Agreements with their wrongs marked in the text."""

from pathlib import Path

import pytest

from contract_audit.engine import load_rules
from contract_audit.errors import UsageError
from contract_audit.score.marked import read_marked

MARKED = sorted((Path(__file__).parents[2] / "corpus" / "marked").glob("*.txt"))


def test_marks_are_taken_out_and_tell_where_each_wrong_begins(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "一、⟦illegal.tax_relief|乙方免缴契税⟧。\n二、⟦illegal.fee_relief,ultra_vires.open_ended?|各项规费全免⟧。\n",
        "utf-8",
    )
    marked = read_marked(path)
    assert marked.text == "一、乙方免缴契税。\n二、各项规费全免。\n"
    assert [(start, flag.category, flag.optional) for start, flag in marked.flags] == [
        (2, "illegal.tax_relief", False),
        (12, "illegal.fee_relief", False),
        (12, "ultra_vires.open_ended", True),
    ]
    assert all(marked.text.startswith(flag.quote, start) for start, flag in marked.flags)


def test_a_mark_that_does_not_close_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("第一条\n⟦illegal.tax_relief|乙方免缴契税。\n", "utf-8")
    with pytest.raises(UsageError, match="第2行"):
        read_marked(path)


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_marks_of_the_corpus_name_known_categories(path: Path) -> None:
    known = load_rules().taxonomy.categories
    assert {flag.category for _, flag in read_marked(path).flags} <= set(known)
