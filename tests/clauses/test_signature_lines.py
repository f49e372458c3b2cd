import pytest
from agreement import document

from contract_audit.clauses.lines import classify

HEAD = ["投资协议书", "甲方：云岭县人民政府", "乙方：恒远制造有限公司", "第一条 乙方投资建厂。"]
SIGNED = ["甲方（盖章）：云岭县人民政府", "乙方（盖章）：恒远制造有限公司", "2023年3月15日"]


@pytest.mark.parametrize("inside", ["申请表（加盖公章）", "营业执照复印件（盖章）", "双方代表在交接单上签字盖章"])
def test_a_line_that_speaks_of_seals_between_articles_signs_nothing(inside: str) -> None:
    lines = classify(document(*HEAD, "第二条 乙方应提交：", inside, "第三条 甲方审核。", *SIGNED))
    assert [line.text for line in lines if line.role == "signature"] == SIGNED


def test_numbers_of_an_attachment_do_not_unsign_the_paper() -> None:
    lines = classify(document(*HEAD, "第二条 甲方交地。", *SIGNED, "附件一：清单", "一、道路。", "二、管网。"))
    assert [line.text for line in lines if line.role == "signature"] == SIGNED
