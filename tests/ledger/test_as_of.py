from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from contract_audit.ledger.as_of import Standing, counted, field_value, pressing, standing
from contract_audit.ledger.figures import GROUPINGS, overdue, tally
from contract_audit.ledger.moves import add_source, edit, merge, move
from contract_audit.ledger.queries import every
from contract_audit.ledger.rows import value_text
from contract_audit.ledger.states import Decision
from contract_audit.ledger.store import Ledger, reading
from contract_audit.ledger.writer import writing
from contract_audit.model.ledger import ItemFilter, LedgerItem, Proof, Source

FULL = LedgerItem(
    number=1,
    kind="dispute",
    sources=(Source(kind="audit", origin="审计.xlsx 第2行", day=date(2026, 1, 2)),),
    created_on=date(2026, 1, 2),
    severity="high",
    page=3,
    signed_on=date(2020, 5, 1),
    stale=True,
    state="checking",
    left_state="rectifying",
    state_since=date(2026, 2, 1),
    amount_yuan=Decimal("1200.50"),
    dispute="breach",
    proofs=(Proof(name="a.pdf", sha256="0" * 64, size_bytes=1, day=date(2026, 1, 3), who="李"),),
    merged_into=7,
    extra={"原编号": "12"},
)


@pytest.mark.parametrize("name", LedgerItem.__struct_fields__)
def test_every_field_comes_back_from_the_text_that_the_history_keeps(name: str) -> None:
    value = getattr(FULL, name)
    if name not in ("number", "version"):  # the history never says that they change
        assert field_value(name, value_text(value)) == value


def _at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 23, 59, tzinfo=UTC)


def _register(ledger: Ledger, when: datetime, count: int) -> None:
    with writing(ledger, "王芳", when) as writer:
        for _ in range(count):
            writer.create(LedgerItem(number=1, created_on=when.date(), state_since=when.date(), own_problem="欠款"))


def _decide(ledger: Ledger, when: datetime, number: int, decision: Decision) -> None:
    with writing(ledger, "王芳", when) as writer:
        move(writer, number, decision)


def test_a_past_day_shows_the_states_deadlines_and_items_of_that_day(ledger: Ledger) -> None:
    _register(ledger, _at(1, 10), 3)
    _decide(ledger, _at(2, 1), 1, Decision(to="confirmed", who="王芳", day=date(2026, 2, 1)))
    wanted = Decision(to="rectifying", who="王芳", day=date(2026, 3, 1), owner_unit="财政局", due=date(2026, 9, 30))
    _decide(ledger, _at(3, 1), 1, wanted)
    with writing(ledger, "王芳", _at(4, 1)) as writer:
        edit(writer, 1, {"due": date(2026, 12, 31), "amount_yuan": Decimal("5.5")})
        merge(writer, 3, 2)
    _register(ledger, _at(5, 1), 1)
    with reading(ledger) as connection:
        assert standing(connection, date(2026, 1, 9)) == Standing(items=(), later=4)
        winter = standing(connection, date(2026, 1, 10))
        assert [item.state for item in winter.items] == ["lead", "lead", "lead"] and winter.later == 1
        assert [item.state for item in standing(connection, date(2026, 2, 28)).items] == ["confirmed", "lead", "lead"]
        first = standing(connection, date(2026, 3, 31)).items[0]
        assert (first.state, first.owner_unit, first.due) == ("rectifying", "财政局", date(2026, 9, 30))
        assert first.state_since == date(2026, 3, 1) and first.amount_yuan is None
        assert [item.number for item in standing(connection, date(2026, 4, 1)).items] == [1, 2]
        assert standing(connection, date(2026, 5, 1)).items == tuple(every(connection))


def test_a_filter_looks_at_the_states_and_deadlines_of_the_day(ledger: Ledger) -> None:
    _register(ledger, _at(1, 10), 2)
    _decide(ledger, _at(2, 1), 1, Decision(to="confirmed", who="王芳", day=date(2026, 2, 1)))
    wanted = Decision(to="rectifying", who="王芳", day=date(2026, 3, 1), owner_unit="财政局", due=date(2026, 4, 30))
    _decide(ledger, _at(3, 1), 1, wanted)
    with writing(ledger, "王芳", _at(6, 1)) as writer:
        edit(writer, 1, {"due": date(2026, 12, 31)})
    with reading(ledger) as connection:
        may, july = date(2026, 5, 31), date(2026, 7, 1)
        assert [late.item.number for late in overdue(standing(connection, may).items, (), may)] == [1]
        assert overdue(standing(connection, july).items, (), july) == ()
        soon = ItemFilter(states=("rectifying",), owner_unit="财政局", due_before=date(2026, 6, 1))
        assert [item.number for item in pressing(connection, may, 30, soon).items] == [1]
        assert pressing(connection, july, 30, soon).items == ()
        assert pressing(connection, date(2026, 2, 15), 30, soon).items == ()
        assert pressing(connection, may, 30, ItemFilter(owner_unit="住建局")).items == ()


def test_the_database_counts_as_the_items_of_the_day_are_counted(ledger: Ledger) -> None:
    _register(ledger, _at(1, 10), 5)
    _decide(ledger, _at(2, 1), 1, Decision(to="confirmed", who="王芳", day=date(2026, 2, 1)))
    wanted = Decision(to="rectifying", who="王芳", day=date(2026, 3, 1), owner_unit="财政局", due=date(2026, 4, 30))
    _decide(ledger, _at(3, 1), 1, wanted)
    with writing(ledger, "王芳", _at(4, 1)) as writer:
        edit(writer, 2, {"unit": "某县", "owner": "李强", "dispute": "breach", "due": date(2026, 3, 20)})
        add_source(writer, 2, Source(kind="audit", origin="审计.xlsx", day=date(2026, 4, 1)))
        merge(writer, 4, 3)
    _register(ledger, _at(5, 1), 2)
    with reading(ledger) as connection:
        for day in (date(2026, 1, 9), date(2026, 1, 31), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 2)):
            then = standing(connection, day)
            for grouping in GROUPINGS:
                found = counted(connection, day, grouping)
                assert (found.tally, found.later) == (tally(then.items, grouping, day), then.later), (day, grouping)
        assert counted(connection, date(2026, 5, 2), "kind").tally.total() == 6
