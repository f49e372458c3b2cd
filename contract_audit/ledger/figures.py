"""Deadlines and rates: what is overdue and what follows, what falls due soon, how far rectification is."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, get_args

import msgspec
import sqlalchemy
from sqlalchemy import Integer, cast, func, select

from contract_audit.ledger.queries import every
from contract_audit.ledger.schema import items
from contract_audit.ledger.settings import escalations, milestones
from contract_audit.model import Struct
from contract_audit.model.ledger import (
    DISPUTES,
    DONE_STATES,
    KINDS,
    OPEN_STATES,
    SOURCES,
    UNCOUNTED_STATES,
    ItemFilter,
    LedgerItem,
    Milestone,
    State,
)

Grouping = Literal["unit", "owner_unit", "owner", "source", "kind", "dispute", "category", "severity", "month"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
_UNSET = "（未填）"
_WORDS: dict[Grouping, dict[str, str]] = {
    "source": {str(code): words for code, words in SOURCES.items()},
    "kind": {str(code): words for code, words in KINDS.items()},
    "dispute": {str(code): words for code, words in DISPUTES.items()},
    "severity": {"high": "高", "medium": "中", "low": "低"},
}


class Rate(Struct, frozen=True, kw_only=True):
    """Counts of one group by state; `overdue` are open items past their deadline.

    `percent` is done (销号、存续备案) of what must be done (all but 线索、排除、移送); None where nothing must be done.
    """

    group: str
    counts: dict[State, int]
    overdue: int

    @property
    def total(self) -> int:
        """All items of the group, merged ones left out."""
        return sum(self.counts.values())

    @property
    def duty(self) -> int:
        """Items that must be rectified."""
        return sum(count for state, count in self.counts.items() if state not in UNCOUNTED_STATES)

    @property
    def done(self) -> int:
        """Items struck off or kept on record."""
        return sum(self.counts.get(state, 0) for state in DONE_STATES)

    @property
    def percent(self) -> Decimal | None:
        """The rectification rate to a tenth of a percent, rounded down: 99.96 % is not yet 100 %."""
        return Decimal(self.done * 1000 // self.duty).scaleb(-1) if self.duty else None


class Late(Struct, frozen=True, kw_only=True):
    """An open item past its deadline, with the step of escalation that this calls for (None: none yet)."""

    item: LedgerItem
    days: int
    step: str | None


class Progress(Struct, frozen=True, kw_only=True):
    """A milestone against what is reached; `missing` items are still to be done for it."""

    milestone: Milestone
    percent: Decimal | None
    missing: int
    passed: bool  # its day is over


def rates(connection: sqlalchemy.Connection, grouping: Grouping, today: date) -> tuple[Rate, ...]:
    """Rates by group, largest group first (months in order); an item of several sources counts under each of them."""
    month = func.substr(items.c.created_on, 1, 7)
    column = {"source": items.c.sources, "month": month}.get(grouping)
    column = items.c[grouping] if column is None else column
    late = cast((items.c.due < today.isoformat()) & items.c.state.in_(OPEN_STATES), Integer)
    query = (
        select(column.label("group"), items.c.state, func.count(), func.sum(func.coalesce(late, 0)))
        .where(items.c.merged_into.is_(None))
        .group_by(column, items.c.state)
    )
    counts: dict[str, dict[State, int]] = defaultdict(lambda: defaultdict(int))
    overdue: dict[str, int] = defaultdict(int)
    for group, state, count, behind in connection.execute(query):
        for name in _names(grouping, group):
            counts[name][state] += count
            overdue[name] += int(behind or 0)
    found = [Rate(group=name, counts=dict(by_state), overdue=overdue[name]) for name, by_state in counts.items()]
    return tuple(sorted(found, key=lambda rate: ("" if grouping != "month" else rate.group, -rate.total, rate.group)))


def overall(connection: sqlalchemy.Connection, today: date) -> Rate:
    """All items together."""
    groups = rates(connection, "kind", today)
    counts: dict[State, int] = defaultdict(int)
    for group in groups:
        for state, count in group.counts.items():
            counts[state] += count
    return Rate(group="合计", counts=dict(counts), overdue=sum(group.overdue for group in groups))


def progress(connection: sqlalchemy.Connection, today: date) -> tuple[Progress, ...]:
    """What is reached of each milestone."""
    whole = overall(connection, today)
    return tuple(
        Progress(
            milestone=milestone,
            percent=whole.percent,
            missing=max(0, -(-whole.duty * milestone.rate_percent // 100) - whole.done),
            passed=milestone.by < today,
        )
        for milestone in milestones(connection)
    )


def overdue(connection: sqlalchemy.Connection, today: date, asked: ItemFilter | None = None) -> tuple[Late, ...]:
    """Open items past their deadline, longest first, with the step that is due."""
    steps = escalations(connection)
    found = []
    for item in _dated(connection, asked, before=today):
        days = (today - item.due).days if item.due is not None else 0
        reached = [step.step for step in steps if step.from_days <= days]
        found.append(Late(item=item, days=days, step=reached[-1] if reached else None))
    return tuple(sorted(found, key=lambda late: (-late.days, late.item.number)))


def due_within(
    connection: sqlalchemy.Connection, today: date, days: int, asked: ItemFilter | None = None
) -> tuple[LedgerItem, ...]:
    """Open items whose deadline is today or in the next `days` days, nearest first."""
    found = _dated(connection, asked, before=today + timedelta(days=days + 1), after=today - timedelta(days=1))
    return tuple(sorted(found, key=lambda item: (item.due or today, item.number)))


def expiring(connection: sqlalchemy.Connection, today: date, days: int) -> tuple[LedgerItem, ...]:
    """Items kept on record (存续备案) whose approval ends within `days` days or has ended, nearest first."""
    until = today + timedelta(days=days)
    kept = every(connection, ItemFilter(states=("kept",)))
    found = [item for item in kept if item.expires_on is not None and item.expires_on <= until]
    return tuple(sorted(found, key=lambda item: (item.expires_on or today, item.number)))


def _dated(
    connection: sqlalchemy.Connection, asked: ItemFilter | None, before: date, after: date | None = None
) -> Iterable[LedgerItem]:
    wanted = msgspec.structs.replace(asked or ItemFilter(), due_before=before, due_after=after)
    states = tuple(state for state in OPEN_STATES if not wanted.states or state in wanted.states)
    return every(connection, msgspec.structs.replace(wanted, states=states)) if states else ()


def _names(grouping: Grouping, group: str | None) -> tuple[str, ...]:
    words = _WORDS.get(grouping, {})
    if grouping == "source":
        return tuple(words[code] for code in (group or "").strip(",").split(",") if code) or (_UNSET,)
    return (words.get(group or "", group or _UNSET),)
