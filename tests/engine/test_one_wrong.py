from datetime import date

import pytest

from contract_audit import audit, engine
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings

PAPER = """厂房建设协议
甲方：云岭县人民政府
乙方：恒远制造有限公司
第一条 {text}
甲方（盖章）：云岭县人民政府
法定代表人（签字）：李明
乙方（盖章）：恒远制造有限公司
法定代表人（签字）：王强
2023年1月15日
"""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("甲方应于2023年3月31日前交付厂房，2023年6月30日前交付宿舍。", 2),
        ("甲方应于2023年3月31日前交付1号厂房、2023年6月30日前交付2号厂房。", 2),
        ("甲方应于2023年3月31日前交付厂房。", 1),
    ],
)
def test_two_days_in_one_clause_are_two_overdue_duties(text: str, count: int) -> None:
    paper = audit.understand(txt.read(PAPER.format(text=text).encode(), "协议.txt", Settings()))
    result = audit.judge(paper, engine.load_rules(), Context(as_of=date(2024, 6, 30)))
    assert [finding.category for finding in result.findings].count("delivery.overdue") == count
