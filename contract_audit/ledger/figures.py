"""Deadlines and rates: what is overdue and what follows, what falls due soon, how far rectification is.

All count the items given, merged ones left out: those of a past day (`as_of.standing`) show that day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, get_args

from contract_audit.ledger.settings import Escalation
from contract_audit.model import Struct
from contract_audit.model.ledger import (
    DISPUTES,
    DONE_STATES,
    KINDS,
    OPEN_STATES,
    SOURCES,
    UNCOUNTED_STATES,
    LedgerItem,
    Milestone,
    State,
    is_overdue,
)

Grouping = Literal["unit", "owner_unit", "owner", "source", "kind", "dispute", "category", "severity", "month"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
Tally = Counter[tuple[str, State, bool]]  # how many items by group, state, and whether they are overdue
_UNSET = "（未填）"
_WORDS: dict[Grouping, dict[str, str]] = {
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


def tally(items: Iterable[LedgerItem], grouping: Grouping, today: date) -> Tally:
    """Items counted by group, state and whether they are overdue; one of several sources counts under each of them."""
    return Counter(
        (group, item.state, is_overdue(item, today))
        for item in items
        for group in groups(_code(item, grouping), grouping)
    )


def rates(counts: Tally, grouping: Grouping) -> tuple[Rate, ...]:
    """Rates by group, largest group first (months in order)."""
    names = dict.fromkeys(group for group, _, _ in counts)
    found = [_rate(name, {key: count for key, count in counts.items() if key[0] == name}) for name in names]
    return tuple(sorted(found, key=lambda rate: ("" if grouping != "month" else rate.group, -rate.total, rate.group)))


def overall(counts: Tally) -> Rate:
    """All items together; of a grouping that counts each item once, which all but that by source do."""
    return _rate("合计", counts)


def _rate(group: str, counts: Mapping[tuple[str, State, bool], int]) -> Rate:
    by_state: Counter[State] = Counter()
    for (_, state, _), count in counts.items():
        by_state[state] += count
    overdue = sum(count for (_, _, late), count in counts.items() if late)
    return Rate(group=group, counts=dict(by_state), overdue=overdue)


def progress(whole: Rate, goals: Iterable[Milestone], today: date) -> tuple[Progress, ...]:
    """What is reached of each milestone."""
    return tuple(
        Progress(
            milestone=milestone,
            percent=whole.percent,
            missing=max(0, -(-whole.duty * milestone.rate_percent // 100) - whole.done),
            passed=milestone.by < today,
        )
        for milestone in goals
    )


def overdue(items: Iterable[LedgerItem], steps: Sequence[Escalation], today: date) -> tuple[Late, ...]:
    """Open items past their deadline, longest first, with the step that is due."""
    found = []
    for item in items:
        if item.due is not None and is_overdue(item, today):
            days = (today - item.due).days
            reached = [step.step for step in steps if step.from_days <= days]
            found.append(Late(item=item, days=days, step=reached[-1] if reached else None))
    return tuple(sorted(found, key=lambda late: (-late.days, late.item.number)))


def due_within(items: Iterable[LedgerItem], today: date, days: int) -> tuple[LedgerItem, ...]:
    """Open items whose deadline is today or in the next `days` days, nearest first."""
    until = today + timedelta(days=days)
    found = [item for item in items if item.due and today <= item.due <= until and item.state in OPEN_STATES]
    return tuple(sorted(found, key=lambda item: (item.due or today, item.number)))


def expiring(items: Iterable[LedgerItem], today: date, days: int) -> tuple[LedgerItem, ...]:
    """Items kept on record (存续备案) whose approval ends within `days` days or has ended, nearest first."""
    until = today + timedelta(days=days)
    found = [item for item in items if item.state == "kept" and item.expires_on and item.expires_on <= until]
    return tuple(sorted(found, key=lambda item: (item.expires_on or today, item.number)))


def groups(code: str | None, grouping: Grouping) -> tuple[str, ...]:
    """The names of the groups that a code stands for; that of the sources lists several between commas.

    >>> groups(",self_check,audit,", "source"), groups(None, "owner"), groups("2026-06", "month")
    (('自查', '审计'), ('（未填）',), ('2026-06',))
    """
    if grouping == "source":
        return tuple(words for kind, words in SOURCES.items() if f",{kind}," in (code or "")) or (_UNSET,)
    return (_WORDS.get(grouping, {}).get(code or "", code or _UNSET),)


def _code(item: LedgerItem, grouping: Grouping) -> str | None:
    if grouping == "source":
        return f",{','.join(source.kind for source in item.sources)},"
    if grouping == "month":
        return item.created_on.isoformat()[:7]
    code: str | None = getattr(item, grouping)
    return code
