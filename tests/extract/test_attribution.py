"""Rows weighed against all duties of a paper at once: proofs taken back, rows placed, sums and counts made up of several."""

from datetime import date
from decimal import Decimal

import pytest

from contract_audit.extract import settle
from contract_audit.extract.performance.attribution import ABOUT, STEP, WHOLE, model
from contract_audit.model import Context, Evidence, Obligation
from tests.extract.conftest import Understand

AS_OF = date(2025, 6, 30)
OTHERS = (
    "甲方应于2023年12月31日前建成园区幼儿园并移交。\n乙方应于2024年9月30日前达产。\n"
    "甲方应于2024年12月31日前拨付设备奖励资金80万元。\n甲方应于2024年3月31日前将供热管道接至厂区。"
)
Row = tuple[str, str, str | None]


def first(understand: Understand, text: str, *rows: Row) -> Obligation:
    evidence = tuple(
        Evidence(
            contract="x",
            matter=matter,
            done_on=date.fromisoformat(day),
            proof="回单",
            amount=Decimal(amount) if amount else None,
            row=number,
        )
        for number, (matter, day, amount) in enumerate(rows, start=2)
    )
    paper = settle(understand(f"{text}\n{OTHERS}"), Context(as_of=AS_OF, evidence=evidence))
    return next(duty for duty in paper.obligations if duty.due is not None)


def test_the_weights_name_just_what_is_measured() -> None:
    weighed = model()
    assert tuple(weighed.about.weights) == ABOUT
    assert tuple(weighed.whole.weights) == tuple(weighed.performed.weights) == (*WHOLE, STEP)


@pytest.mark.parametrize(
    ("text", "rows", "status", "done_on"),
    [
        (
            "乙方应于2023年5月31日前提交履约保函，金额共500万元，可以分张开立。",
            [("收恒远保函一张", "2023-04-19", "3000000"), ("收恒远保函第二张", "2023-04-26", "2000000")],
            "done_on_time",
            date(2023, 4, 26),
        ),
        (
            "甲方应于2023年6月30日前支付厂房改造款240万元。",
            [("城投转工程款", "2023-06-16", "1500000"), ("城投再转", "2023-06-28", "900000")],
            "done_on_time",
            date(2023, 6, 28),
        ),
        (
            "甲方应于2023年6月30日前支付厂房改造款240万元。",
            [("城投转工程款", "2023-06-16", "1500000"), ("城投再转", "2023-06-28", "800000")],
            "overdue",
            None,
        ),
        (
            "乙方应于2023年6月30日前付清2022年度租金186万元。",
            [("收恒远22年房租", "2023-06-12", "1000000"), ("收恒远房租（尾数，结清）", "2023-06-29", "860000")],
            "done_on_time",
            date(2023, 6, 29),
        ),
        (
            "甲方应于2023年8月31日前退还履约保函保证金300万元。",
            [("退恒远保证金", "2023-08-10", "1800000"), ("再退恒远保证金", "2023-09-04", "1200000")],
            "done_late",
            date(2023, 9, 4),
        ),
        (
            "甲方应于2023年8月31日前退还履约保函保证金300万元。",
            [("退恒远保证金", "2023-08-10", "1800000"), ("再退恒远保证金", "2023-08-24", "700000")],
            "overdue",
            None,
        ),
        (
            "乙方应于2023年10月31日前安装注塑机18台。",
            [("注塑机就位12台", "2023-10-09", None), ("又装注塑机6台", "2023-10-27", None)],
            "done_on_time",
            date(2023, 10, 27),
        ),
    ],
)
def test_rows_that_together_make_up_what_is_owed_are_done_with_the_last(
    understand: Understand, text: str, rows: list[Row], status: str, done_on: date | None
) -> None:
    duty = first(understand, text, *rows)
    assert (duty.status, duty.done_on) == (status, done_on)


def test_a_row_in_other_words_goes_to_the_duty_that_it_is_far_likeliest_for(understand: Understand) -> None:
    duty = first(
        understand, "甲方应于2023年8月31日前完成员工食堂开餐。", ("综合楼一楼餐厅开伙，证已办", "2023-08-18", None)
    )
    assert (duty.status, duty.done_on) == ("done_on_time", date(2023, 8, 18))


def test_a_step_before_the_end_of_works_is_no_proof(understand: Understand) -> None:
    duty = first(understand, "甲方应于2023年10月31日前将联检楼交付使用。", ("联检楼外墙砖贴完", "2023-10-09", None))
    assert (duty.status, duty.done_on) == ("overdue", None)


def test_a_step_towards_another_duty_proves_nothing(understand: Understand) -> None:
    duty = first(understand, "乙方应于2023年10月31日前开工建设。", ("幼儿园桩基施工", "2023-10-20", None))
    assert (duty.status, duty.done_on) == ("overdue", None)


def test_two_duties_that_differ_by_number_only_leave_a_row_without_it_to_a_person(understand: Understand) -> None:
    text = "甲方应于2023年5月31日前交付1号宿舍。\n甲方应于2023年6月30日前交付2号宿舍。"
    duty = first(understand, text, ("宿舍移交", "2023-05-20", None))
    assert (duty.status, duty.done_on) == ("overdue", None)
