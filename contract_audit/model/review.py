"""What the joint review of a draft comes to (联合评审): conclusion, lanes, rounds, promised money, open questions."""

from datetime import date
from decimal import Decimal
from typing import Literal

from contract_audit.model.document import Struct
from contract_audit.model.findings import Finding

Conclusion = Literal["通过", "修改后通过", "退回"]
RoundStatus = Literal["solved", "open", "new"]
ChangeKind = Literal["new", "gone", "changed", "moved"]


class ReviewItem(Struct, frozen=True, kw_only=True):
    """One finding before the review group: from which angle (角度), and how it stands against the round before."""

    number: int
    finding: Finding
    angle: str
    status: RoundStatus | None = None  # None: there was no round before


class Lane(Struct, frozen=True, kw_only=True):
    """What one department must answer (部门意见): numbers of the items."""

    department: str
    items: tuple[int, ...]


class ClauseChange(Struct, frozen=True, kw_only=True):
    """One clause that differs from the draft before; `before`/`after` are (place as printed, text), None where absent."""

    kind: ChangeKind
    before: tuple[str, str] | None
    after: tuple[str, str] | None


class Promise(Struct, frozen=True, kw_only=True):
    """Money the government side promises: in which year (None: not known), from `low` to `high` yuan (None: open), on what.

    `remark` says in Chinese how the sum was reckoned, or why it cannot be.
    """

    clause: str
    words: str
    trigger: str
    year: int | None
    low: Decimal | None
    high: Decimal | None
    remark: str


class BudgetYear(Struct, frozen=True, kw_only=True):
    """Promised money of a year against the budget, yuan; `budget` None where no budget was given."""

    year: int | None
    low: Decimal
    high: Decimal | None
    budget: Decimal | None


class Review(Struct, frozen=True, kw_only=True):
    """The review of one draft. `reasons` are Chinese sentences; `unjudged` is what people must still look at."""

    document: str
    title: str
    parties: tuple[str, ...]
    as_of: date
    conclusion: Conclusion
    reasons: tuple[str, ...]
    items: tuple[ReviewItem, ...]
    lanes: tuple[Lane, ...]
    solved: tuple[Finding, ...] = ()  # findings of the round before that are gone
    changes: tuple[ClauseChange, ...] = ()
    previous: str | None = None  # name of the draft before
    promises: tuple[Promise, ...] = ()
    budget: tuple[BudgetYear, ...] = ()
    unjudged: tuple[str, ...] = ()
    corrected_by: date | None = None
