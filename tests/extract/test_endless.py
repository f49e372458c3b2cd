from tests.extract.conftest import Understand


def test_a_sentence_without_end_is_read_in_parts_and_told(understand: Understand) -> None:
    paper = understand("第一条 甲方应在2026年12月31日前交付厂房，" * 60)
    assert [problem.code for problem in paper.document.problems] == ["endless"]
    assert paper.document.status == "partly_read"
    assert len(paper.obligations) > 1
    assert not understand("第一条 甲方应在2026年12月31日前交付厂房。\n" * 60).document.problems
