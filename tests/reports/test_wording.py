from datetime import date

import pytest

from contract_audit.model import SCORED, Basis
from contract_audit.reports.wording import basis_line, condition_words, fact_words
from tests.reports.conftest import make_document, make_finding


@pytest.mark.parametrize(
    ("last", "printed"),
    [
        (date(2025, 5, 31), "〔2020年9月1日起施行，有效至2025年5月31日〕"),
        (None, "〔2020年9月1日起施行〕"),
    ],
)
def test_the_last_day_of_a_law_is_printed_as_a_day_in_force(last: date | None, printed: str) -> None:
    basis = Basis(law="某条例", number=None, article="8", in_force_from=date(2020, 9, 1), in_force_to=last)
    assert basis_line(basis) == f"《某条例》第8条{printed}"


def test_whom_a_law_governs_is_printed_where_it_decides() -> None:
    basis = Basis(law="某条例", number=None, article="9", in_force_from=None, in_force_to=None, scope="适用于大型企业")
    assert basis_line(basis) == "《某条例》第9条（适用于大型企业）"


def test_facts_have_chinese_names_and_days_and_say_nothing_twice() -> None:
    facts = {
        "act": "交付厂房", "anchor": "交地", "days": "7", "done_on": "2021-06-16", "due": "2021-06-09",
        "limit": "实际于2021-06-16完成，逾期7天", "start": "2021-02-09 交地（履约情况表第5行）＋4个月＝2021-06-09",
    }  # fmt: skip
    late = make_finding(make_document(), "厂房", category="delivery.overdue", facts=facts)
    assert fact_words(late) == (
        "事项 交付厂房",
        "起算 2021年2月9日 交地（履约情况表第5行）＋4个月＝2021年6月9日",
        "期限 2021年6月9日",
        "完成日期 2021年6月16日",
        "逾期天数 7",
    )
    named = make_finding(make_document(), "厂房", facts={"field": "tax_yuan_per_mu", "unheard_of": "x"})
    assert fact_words(named) == ("指标 亩均税收",)


def test_scores_are_left_to_those_who_tune_rules() -> None:
    told = f"按措辞识别，与该类违规写法相近{SCORED}1.58分；分量最重的字对：外迁、〕，〕"
    finding = make_finding(make_document(), "厂房", conditions=(told,))
    assert condition_words(finding) == ("按措辞识别，与该类违规写法相近",)
