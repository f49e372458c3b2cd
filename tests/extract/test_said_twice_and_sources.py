"""Duties with their own beginning, bearer and contract; duties said twice; what dates and proves them, and what does not."""

from datetime import date

import pytest

from contract_audit.extract import settle
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

AS_OF = date(2024, 6, 30)


def owed(understand: Understand, text: str, *rows: tuple[str, str]) -> list[Obligation]:
    evidence = tuple(
        Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof="凭证") for matter, day in rows
    )
    paper = settle(understand(text), Context(as_of=AS_OF, evidence=evidence))
    return [duty for duty in paper.obligations if duty.due_end]


def test_what_money_is_drawn_from_is_no_beginning(understand: Understand) -> None:
    (duty,) = owed(understand, "甲方从产业发展资金中另给乙方装修费100万元，协议签订之日起20日内先给60万元。")
    assert duty.due == date(2023, 4, 4)


def test_a_beginning_may_stand_before_a_comma(understand: Understand) -> None:
    (duty,) = owed(understand, "甲方自本协议签订之日起，20日内支付乙方60万元。")
    assert duty.due == date(2023, 4, 4)


def test_a_duty_before_its_event_stands_apart_from_the_day_that_follows(understand: Understand) -> None:
    first, second = owed(understand, "甲方在设备进场之前预付设备款200万元，2023年年底凭发票付清余款。")
    assert (first.due, second.due) == (None, date(2023, 12, 31))


@pytest.mark.parametrize(
    ("text", "count"),
    [("双方的正式投资合同应在2023年7月31日前签订。", 1), ("本协议于2023年3月15日在云岭县签订。", 0)],
)
def test_a_contract_to_be_signed_later_is_owed_by_the_government(understand: Understand, text: str, count: int) -> None:
    assert [duty.side for duty in owed(understand, text)] == ["government"] * count


def test_the_debtor_pays_and_not_who_built(understand: Understand) -> None:
    text = "1号厂房由乙方承建，云岭城建投资公司所欠的进度款800万元于2023年9月30日前付清。"
    assert [duty.side for duty in owed(understand, text)] == ["government"]


def test_a_duty_said_again_in_a_table_is_done_by_the_same_record(understand: Understand) -> None:
    table = "| 序号 | 任务 | 责任单位 | 时限 |\n| 1 | 2号厂房交付 | 甲方 | 2023年9月20日前 |"
    text = f"2号厂房由甲方于2023年9月20日前竣工验收合格并交付乙方。\n{table}"
    found = owed(understand, text, ("2号厂房竣工验收并交付", "2023-09-18"))
    assert {duty.status for duty in found} == {"done_on_time"}


def test_another_building_due_on_the_same_day_stays_open(understand: Understand) -> None:
    table = "| 序号 | 任务 | 责任单位 | 时限 |\n| 1 | 3号厂房交付 | 甲方 | 2023年9月20日前 |"
    text = f"2号厂房由甲方于2023年9月20日前竣工验收合格并交付乙方。\n{table}"
    found = owed(understand, text, ("2号厂房竣工验收并交付", "2023-09-18"))
    assert {duty.status for duty in found} == {"done_on_time", "overdue"}


@pytest.mark.parametrize(
    ("matter", "status"),
    [("签订国有建设用地使用权出让合同", "overdue"), ("签订首批机床采购合同", "done_on_time")],
)
def test_a_contract_of_one_kind_is_none_of_another(understand: Understand, matter: str, status: str) -> None:
    (duty,) = owed(understand, "乙方应于2023年9月30日前签订首批机床采购合同。", (matter, "2023-09-12"))
    assert duty.status == status


def test_vehicles_are_told_by_what_they_do(understand: Understand) -> None:
    text = "甲方自车辆到货验收合格之日起60日内，支付价款的七成。"
    (duty,) = owed(understand, text, ("20台洒水车到货验收合格", "2023-10-15"))
    assert duty.due == date(2023, 12, 14)


def test_a_bare_delivery_of_what_is_bought_is_not_that_of_the_land(understand: Understand) -> None:
    text = "甲方应于2023年6月30日前完成净地交付。\n县属单位向乙方采购的，自交付之日起三十日内付款。"
    duty = owed(understand, text, ("净地交付100亩", "2023-06-12"))[-1]
    assert duty.due is None
