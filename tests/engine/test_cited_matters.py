"""The bases of the rules as they stand: each is cited for its own matter."""

from datetime import date

import pytest

from contract_audit.engine import load_rules
from contract_audit.trial import try_text

CONSENT = "联合检查乙方的，须经招商局同意后方可进厂。"
EXCEPT = "除安全检查外，各部门到乙方检查的，须经招商局同意后方可进厂。"
FIRM = "乙方贷款到期还不上的，由县城投公司代偿。"


@pytest.mark.parametrize(
    ("text", "rule", "day", "cited", "not_cited"),
    [
        (
            CONSENT,
            "ENF001",
            date(2019, 5, 1),
            "安全生产法（2014修正）62",
            "行政处罚法（1996，2009、2017修正）15",
        ),
        (CONSENT, "ENF001", date(2023, 5, 1), "安全生产法（2021修正）65", "环境保护法（2014修订）24"),
        (EXCEPT, "ENF001", date(2023, 5, 1), "行政处罚法（2021修订）54", "安全生产法（2021修正）65"),
        (FIRM, "DBT003", date(2023, 5, 1), "企业国有资产法30", "预算法（2014、2018修正）35"),
    ],
)
def test_a_basis_is_cited_for_its_own_matter(text: str, rule: str, day: date, cited: str, not_cited: str) -> None:
    findings = try_text(text, load_rules(), signed_on=day).findings
    lines = [f"{basis.law}{basis.article}" for finding in findings if finding.rule == rule for basis in finding.basis]
    assert f"中华人民共和国{cited}" in lines
    assert f"中华人民共和国{not_cited}" not in lines
