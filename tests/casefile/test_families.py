from collections.abc import Callable
from datetime import date

from contract_audit.casefile import Card, RegisterRow, families

MakeCard = Callable[..., Card]


def test_papers_of_one_project_and_enterprise_are_ordered_by_date(paper: MakeCard) -> None:
    cards = (
        paper("补充.docx", project="服装生产基地", signed_on=date(2024, 1, 1)),
        paper("无日期.docx", project="服装生产基地", signed_on=None),
        paper("主.docx", project="服装生产基地", signed_on=date(2023, 1, 1)),
        paper("别家.docx", project="服装生产基地", investors=frozenset({"另一家有限公司"})),
    )
    assert families(cards) == ((2, 1), (2, 0), (0, 1), ())


def test_a_supplement_that_cites_the_title_belongs_to_it(paper: MakeCard) -> None:
    cards = (
        paper("主.docx", title="服装生产基地项目投资协议书"),
        paper("补充.docx", title="补充协议", cites=frozenset({"服装生产基地项目投资协议书"})),
        paper(
            "别.docx",
            title="补充协议二",
            cites=frozenset({"服装生产基地项目投资协议书"}),
            investors=frozenset({"别家有限公司"}),
        ),
    )
    assert families(cards) == ((1,), (0,), ())


def test_minutes_without_parties_join_by_the_enterprise_in_their_text(paper: MakeCard) -> None:
    cards = (
        paper("主.docx", title="服装生产基地项目投资协议书"),
        paper(
            "纪要.docx",
            title="专题会议纪要",
            investors=frozenset(),
            cites=frozenset({"服装生产基地项目投资协议书"}),
            companies=frozenset({"会议同意恒远制造有限公司"}),
        ),
    )
    assert families(cards) == ((1,), (0,))


def test_a_copy_in_another_format_is_no_further_paper(paper: MakeCard) -> None:
    cards = (
        paper("主.docx", title="投资协议书", project="服装生产基地"),
        paper("主.pdf", title="投资协议书", project="服装生产基地"),
        paper("补充.docx", title="补充协议", project="服装生产基地", signed_on=date(2024, 1, 1)),
    )
    assert families(cards) == ((2,), (2,), (0,))


def test_nameless_projects_join_nothing(paper: MakeCard) -> None:
    assert families((paper("a.docx", project="本项目"), paper("b.docx", project="本项目"))) == ((), ())


def test_the_register_joins_the_files_it_lists(paper: MakeCard) -> None:
    cards = (paper("卷/主.docx"), paper("卷/函.pdf", investors=frozenset()), paper("卷/它.pdf"))
    row = RegisterRow(project="服装生产基地", company="", uscc="", files=("主.docx", "函"), row=2)
    assert families(cards, (row,)) == ((1,), (0,), ())
