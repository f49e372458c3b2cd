from datetime import date
from decimal import Decimal

import pytest

from contract_audit import audit
from contract_audit.casefile import calendar
from contract_audit.extract import settle_all
from contract_audit.model import Audit, Context, Evidence, Scan
from contract_audit.model.calendar import Calendar, DutyRow, Total
from contract_audit.readers import txt
from contract_audit.settings import Settings

AS_OF = date(2024, 6, 30)
MAIN = """{title}
甲方：云岭县人民政府
乙方：{company}
第一条 项目总投资2亿元。
第二条 甲方应于2023年9月30日前交付标准厂房。
第三条 甲方给予装修补助100万元：厂房交付之日起30日内支付60%，余款在乙方投产后30日内付清。
第四条 乙方应于2024年1月31日前开工，2024年7月20日前投产。
第五条 乙方应于2024年12月31日前完成固定资产投资1亿元。
甲方（盖章）：云岭县人民政府
授权代表（签字）：李明
乙方（盖章）：{company}
法定代表人（签字）：王强
{day}
"""


def evidence(matter: str, day: str, amount: int | None = None, number: int = 2) -> Evidence:
    return Evidence(
        contract="x",
        matter=matter,
        done_on=date.fromisoformat(day),
        proof="凭证",
        amount=None if amount is None else Decimal(amount),
        row=number,
    )


def one(company: str, *rows: Evidence, title: str = "轴承项目投资协议", day: str = "2023年3月15日") -> Audit:
    text = MAIN.format(title=title, company=company, day=day)
    paper = audit.understand(txt.read(text.encode(), f"{company}{title}.txt", Settings()))
    settled, left = settle_all(paper, Context(as_of=AS_OF, evidence=rows))
    return Audit(understanding=settled, as_of=AS_OF, findings=(), undecided=(), pack_version="1", unplaced=left)


def table(*audits: Audit) -> Calendar:
    return calendar(Scan(audits=audits, skipped=(), as_of=AS_OF, mode=None, pack_version="1"))


def duty(found: Calendar, words: str) -> DutyRow:
    return next(row for row in found.duties if words in row.words)


def test_a_duty_has_all_that_dispatch_asks_for() -> None:
    found = table(one("恒远制造有限公司", evidence("标准厂房移交", "2023-10-10")))
    plant, soon = duty(found, "交付标准厂房"), duty(found, "投产")
    assert (plant.clause, plant.side, plant.kind, plant.due, plant.status, plant.days_late, plant.evidence) == (
        "第二条", "government", "plant", date(2023, 9, 30), "done_late", 10, "标准厂房移交",
    )  # fmt: skip
    assert (soon.soon, soon.due) == (True, date(2024, 7, 20))
    late = duty(found, "开工")
    assert (late.status, late.days_late, late.limitation_ends, late.limitation_basis) == (
        "overdue", 151, date(2027, 1, 31), "民法典第188条（三年）",
    )  # fmt: skip


def test_what_is_owed_adds_up_by_paper_and_folder() -> None:
    paid = evidence("支付装修补助首笔", "2023-11-01", 600000)
    found = table(one("恒远制造有限公司", evidence("标准厂房移交", "2023-10-10"), paid), one("明泰照明有限公司"))
    accounts = [row.account for row in found.duties if row.account is not None]
    assert [(one.promised, one.paid, one.owed) for one in accounts] == [
        (Decimal(600000), Decimal(600000), Decimal(0)), (Decimal(400000), Decimal(0), Decimal(400000)),
        (Decimal(600000), Decimal(0), Decimal(600000)), (Decimal(400000), Decimal(0), Decimal(400000)),
    ]  # fmt: skip
    folder = next(total for total in found.totals if total.name == "合计")
    assert folder == Total(
        name="合计", side="government", accounts=4, promised=Decimal(2000000), paid=Decimal(600000),
        owed=Decimal(1400000), overdue=Decimal(0), interest=Decimal(0), unsure=0,
    )  # fmt: skip


def test_the_three_rates_and_the_list_behind_them() -> None:
    started = (evidence("项目动工", "2024-01-20"), evidence("累计完成固定资产投资5000万元", "2024-05-31"))
    found = table(
        one("恒远制造有限公司", *started),
        one("明泰照明有限公司", evidence("试生产", "2024-06-01"), evidence("道路通车", "2024-06-02")),
    )
    assert [(rate.name, rate.numerator, rate.denominator, rate.share) for rate in found.rates] == [
        ("开工率", Decimal(1), Decimal(2), Decimal("0.500")),
        ("投资完成率", Decimal(50000000), Decimal(400000000), Decimal("0.125")),
        ("投产率", Decimal(0), Decimal(2), Decimal("0.000")),
    ]
    assert [project.started for project in found.projects] == ["2024-01-20 项目动工（凭证）", ""]


def test_drafts_and_supplements_are_no_projects_and_are_named() -> None:
    found = table(one("恒远制造有限公司", title="轴承项目投资协议补充协议"), one("明泰照明有限公司", day="年  月  日"))
    assert found.projects == ()
    assert [why for _, why in found.left_out][:1] == ["补充，不是单独的签约项目"]
    assert found.rates[0].share is None


def test_rows_without_a_place_are_listed_with_what_they_may_be_meant_for() -> None:
    found = table(one("恒远制造有限公司", evidence("县里组织慰问", "2024-01-20", number=7)))
    assert [(item.evidence.row, item.candidates) for item in found.unplaced] == [(7, ())]


def test_a_duty_keeps_its_uid_when_its_day_comes() -> None:
    before = table(one("恒远制造有限公司"))
    after = table(one("恒远制造有限公司", evidence("标准厂房移交", "2023-10-10")))
    assert {row.uid for row in before.duties} == {row.uid for row in after.duties}
    assert len({row.uid for row in before.duties}) == len(before.duties)


@pytest.mark.parametrize("matter", ["支付装修补助100万元", "项目公司注册资本5000万元到位"])
def test_payments_and_capital_are_no_investment(matter: str) -> None:
    found = table(one("恒远制造有限公司", evidence(matter, "2024-01-20")))
    assert found.projects[0].invested is None
