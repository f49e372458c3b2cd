"""Rates, milestones, deadlines, escalation, successors and hand-over."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from scans import NOW, finding, lines_file, taken

from contract_audit.errors import LedgerError
from contract_audit.ledger.figures import (
    GROUPINGS,
    Grouping,
    Rate,
    due_within,
    expiring,
    overall,
    overdue,
    progress,
    rates,
    tally,
)
from contract_audit.ledger.handover import hand_over, handover, succeed, successors
from contract_audit.ledger.handover_sheet import render
from contract_audit.ledger.moves import add_source, edit, move, prove
from contract_audit.ledger.queries import every, get
from contract_audit.ledger.settings import (
    Escalation,
    default_milestones,
    escalations,
    milestones,
    set_escalations,
    set_institutions,
    set_milestones,
)
from contract_audit.ledger.states import Decision
from contract_audit.ledger.store import Ledger, reading
from contract_audit.ledger.writer import writing
from contract_audit.model.ledger import Institution, LedgerItem, Milestone, Source

TODAY = NOW.date()


@pytest.fixture
def worked(ledger: Ledger, tmp_path: Path) -> Ledger:
    """Ten items: 1 closed, 2 kept, 3 overdue by 40 days, 4 by 1 day, 5 due today, 6 due in 30 days, 7 dismissed, 8-10 leads."""
    taken(ledger, lines_file(tmp_path, [finding(f"按{share}%返还", text=str(share)) for share in range(50, 60)]))
    paper = tmp_path / "凭证.pdf"
    paper.write_bytes(b"proof")
    due = {1: 10, 2: 10, 3: -40, 4: -1, 5: 0, 6: 30}
    with writing(ledger, "王芳", NOW) as writer:
        for number, days in due.items():
            edit(writer, number, {"owner_unit": "住建局" if number < 4 else "财政局", "owner": "李强", "unit": "某县"})
            move(writer, number, Decision(to="confirmed", who="王芳", day=TODAY))
            until = TODAY + timedelta(days=days)
            move(writer, number, Decision(to="rectifying", who="王芳", day=TODAY, due=until))
        move(writer, 1, Decision(to="checking", who="王芳", day=TODAY))
        prove(writer, 1, paper, TODAY)
        kept = Decision(
            to="kept", who="王芳", day=TODAY, approver="刘", document_number="8号", expires_on=date(2026, 7, 15)
        )
        move(writer, 2, kept)
        move(writer, 7, Decision(to="dismissed", who="王芳", day=TODAY, reason="duplicate", words="重复"))
        add_source(writer, 3, Source(kind="audit", origin="审计.xlsx", day=TODAY))
    with writing(ledger, "赵六", NOW) as writer:
        move(writer, 1, Decision(to="closed", who="赵六", day=TODAY))
    return ledger


def _items(ledger: Ledger) -> tuple[LedgerItem, ...]:
    with reading(ledger) as connection:
        return tuple(every(connection))


def _rates(items: tuple[LedgerItem, ...], grouping: Grouping) -> tuple[Rate, ...]:
    return rates(tally(items, grouping, TODAY), grouping)


def test_rates_count_what_is_done_of_what_must_be_done(worked: Ledger) -> None:
    by_unit = {rate.group: rate for rate in _rates(_items(worked), "owner_unit")}
    whole = overall(tally(_items(worked), "kind", TODAY))
    assert (whole.total, whole.duty, whole.done, whole.overdue) == (10, 6, 2, 2)
    assert whole.percent == Decimal("33.3")
    assert (by_unit["住建局"].duty, by_unit["住建局"].percent, by_unit["住建局"].overdue) == (3, Decimal("66.6"), 1)
    assert by_unit["财政局"].percent == Decimal(0)
    assert by_unit["（未填）"].percent is None


def test_an_item_of_two_sources_counts_under_both_and_all_groupings_add_up(worked: Ledger) -> None:
    items = _items(worked)
    assert {rate.group: rate.total for rate in _rates(items, "source")} == {"自查": 10, "审计": 1}
    for grouping in GROUPINGS:
        if grouping != "source":
            assert sum(rate.total for rate in _rates(items, grouping)) == 10
    assert [rate.group for rate in _rates(items, "month")] == ["2026-06"]
    assert [rate.group for rate in _rates(items, "dispute")] == ["优惠政策不合规"]


def test_milestones_say_how_many_are_missing(worked: Ledger) -> None:
    assert [(goal.by.year, goal.rate_percent) for goal in default_milestones(date(2018, 7, 25))] == [
        (2018, 60), (2019, 90), (2020, 100),
    ]  # fmt: skip
    with writing(worked, "王芳", NOW) as writer:
        set_milestones(
            writer, (Milestone(by=date(2026, 12, 31), rate_percent=60), Milestone(by=date(2026, 1, 1), rate_percent=33))
        )
    with reading(worked) as connection:
        goals = milestones(connection)
    early, late = progress(overall(tally(_items(worked), "kind", TODAY)), goals, TODAY)
    assert (early.milestone.rate_percent, early.missing, early.passed) == (33, 0, True)
    assert (late.missing, late.passed) == (2, False)  # 60 % of 6 are 3.6: 4 must be done, 2 are


def test_overdue_items_are_escalated(worked: Ledger) -> None:
    items = _items(worked)
    with reading(worked) as connection:
        steps = escalations(connection)
    assert [(late.item.number, late.days, late.step) for late in overdue(items, steps, TODAY)] == [
        (3, 40, "下达督办单"), (4, 1, "提醒责任单位"),
    ]  # fmt: skip
    with writing(worked, "王芳", NOW) as writer:
        set_escalations(writer, (Escalation(10, "约谈"),))
    with reading(worked) as connection:
        steps = escalations(connection)
    assert [late.step for late in overdue(items, steps, TODAY)] == ["约谈", None]
    assert [item.number for item in due_within(items, TODAY, 0)] == [5]
    assert [item.number for item in due_within(items, TODAY, 30)] == [5, 6]
    assert [item.number for item in expiring(items, TODAY, 14)] == []
    assert [item.number for item in expiring(items, TODAY, 15)] == [2]


def test_successors_are_followed_to_the_end() -> None:
    lines = (
        Institution(former="招商局", successor="商务局"),
        Institution(former="商务局", successor="商工局"),
        Institution(former="经信局", successor="商工局"),
        Institution(former="经信局", successor="科技局"),
    )
    assert successors(lines) == {"招商局": ("商工局",), "商务局": ("商工局",), "经信局": ("商工局", "科技局")}
    with pytest.raises(LedgerError, match="成环"):
        successors((*lines, Institution(former="商工局", successor="招商局")))


def test_abolished_units_hand_on_what_is_open_and_a_split_is_left_to_people(worked: Ledger) -> None:
    lines = (
        Institution(former="住建局", successor="建设局"),
        Institution(former="财政局", successor="甲局"),
        Institution(former="财政局", successor="乙局"),
    )
    with writing(worked, "王芳", NOW) as writer:
        set_institutions(writer, lines)
        result = succeed(writer)
    with reading(worked) as connection:
        assert (get(connection, 3).owner_unit, get(connection, 3).owner, get(connection, 3).unit) == (
            "建设局",
            None,
            "某县",
        )
        assert get(connection, 1).owner_unit == "住建局"  # closed: what was, was
        assert get(connection, 4).owner_unit == "财政局"
    assert (result.changed, result.split) == ((3,), {"财政局": ("甲局", "乙局")})


def test_a_leaving_person_hands_over_what_is_open_promised_and_due(worked: Ledger) -> None:
    with writing(worked, "王芳", NOW) as writer:
        edit(writer, 6, {"promised": "年底前兑付首期"})
    with reading(worked) as connection:
        leaving = handover(connection, TODAY, owner="李强")
    assert [item.number for item in leaving.open_items] == [3, 4, 5, 6]
    assert ([item.number for item in leaving.promised], [item.number for item in leaving.kept]) == ([6], [2])
    content = render(leaving, "孙七")
    assert content == render(leaving, "孙七")
    cells = [
        str(cell) for row in openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True) for cell in row
    ]
    assert any("未结事项4项（其中逾期2项）" in cell for cell in cells)
    assert any(str(leaving.anchor) in cell for cell in cells)
    with writing(worked, "王芳", NOW) as writer:
        assert hand_over(writer, leaving, "孙七", None) == (3, 4, 5, 6)
    with reading(worked) as connection:
        assert handover(connection, TODAY, owner="李强").open_items == ()
        assert len(handover(connection, TODAY, owner="孙七").open_items) == 4
        assert len(handover(connection, TODAY, unit="财政局").open_items) == 3
        with pytest.raises(LedgerError, match="二者选一"):
            handover(connection, TODAY)


def test_proofs_are_real_files_with_a_day_that_has_come(worked: Ledger, tmp_path: Path) -> None:
    empty = tmp_path / "空.pdf"
    empty.touch()
    for path, day, words in (
        (tmp_path / "没有.pdf", TODAY, "无法读取"),
        (empty, TODAY, "是空的"),
        (tmp_path / "凭证.pdf", TODAY + timedelta(days=1), "晚于今天"),
        (tmp_path / "凭证.pdf", TODAY, "已登记过"),
    ):
        with pytest.raises(LedgerError, match=words), writing(worked, "王芳", NOW) as writer:
            prove(writer, 1, path, day)
