from datetime import date

import pytest

from contract_audit.model import Basis
from contract_audit.reports.wording import basis_line


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
