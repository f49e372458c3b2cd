from collections.abc import Callable
from datetime import date

import pytest

from contract_audit.casefile import Card, RegisterRow, join_evidence
from contract_audit.model import Evidence

MakeCard = Callable[..., Card]


def _row(contract: str, row: int = 2) -> Evidence:
    return Evidence(contract=contract, matter="交付厂房", done_on=date(2023, 4, 1), proof="", row=row)


@pytest.mark.parametrize(
    "name",
    [
        "主协议",
        "主协议.docx",
        "卷一/主协议.docx",
        "沣招合〔2023〕003号",
        "沣招合[2023]003号",
        "服装生产基地项目",
        "《投资协议书》",
        "投资协议书",
    ],
)
def test_a_row_finds_its_paper(paper: MakeCard, name: str) -> None:
    cards = (
        paper("卷一/主协议.docx", title="投资协议书", number="沣招合〔2023〕003号", project="服装生产基地项目"),
        paper("卷一/别.docx", title="租赁合同"),
    )
    joined = join_evidence((_row(name),), cards)
    assert [len(rows) for rows in joined.evidence] == [1, 0]
    assert joined.notes == ()


def test_a_project_gives_its_rows_to_every_paper_of_it(paper: MakeCard) -> None:
    cards = (paper("主.docx", project="服装生产基地"), paper("补充.docx", project="服装生产基地"))
    assert [len(rows) for rows in join_evidence((_row("服装生产基地"),), cards).evidence] == [1, 1]


def test_one_paper_in_two_formats_gets_the_row_twice(paper: MakeCard) -> None:
    cards = (paper("卷/主.docx", title="甲"), paper("卷/主.pdf", title="乙"))
    assert [len(rows) for rows in join_evidence((_row("主"),), cards).evidence] == [1, 1]


def test_a_stem_that_several_unlike_papers_have_joins_none(paper: MakeCard) -> None:
    cards = (paper("甲县/协议.docx", title="一"), paper("乙县/协议.docx", title="二"))
    joined = join_evidence((_row("协议", 7),), cards)
    assert joined.evidence == ((), ())
    assert "第7行" in joined.notes[0] and "甲县/协议.docx" in joined.notes[0]


def test_a_row_without_paper_is_said_once_with_the_nearest_name(paper: MakeCard) -> None:
    joined = join_evidence(
        (_row("服装生产基池项目"), _row("服装生产基池项目", 3)), (paper("a.docx", project="服装生产基地项目"),)
    )
    assert joined.evidence == ((),)
    assert len(joined.notes) == 1 and "是否指“服装生产基地项目”" in joined.notes[0]


def test_the_register_leads_from_a_project_to_its_files(paper: MakeCard) -> None:
    row = RegisterRow(project="台账里的名字", company="", uscc="", files=("主.docx",), row=2)
    assert [len(rows) for rows in join_evidence((_row("台账里的名字"),), (paper("主.docx"),), (row,)).evidence] == [1]


def test_papers_of_one_family_borrow_each_other_s_rows(paper: MakeCard) -> None:
    main = paper("主.docx", title="投资协议", investors=frozenset({"恒远公司"}), companies=frozenset({"恒远公司"}))
    later = paper(
        "补.docx", title="补充协议", investors=frozenset({"恒远公司"}), companies=frozenset({"恒远公司"}),
        cites=frozenset({"投资协议"}),
    )  # fmt: skip
    stranger = paper("别.docx", title="租赁合同")
    rows = join_evidence((_row("主"),), (main, later, stranger)).evidence
    assert [[row.borrowed for row in own] for own in rows] == [[False], [True], []]
