"""The obligations calendar (履约台账): every duty of a folder for monthly dispatch, its accounts and the 三率."""

from datetime import date
from decimal import Decimal

from contract_audit.model.document import Struct
from contract_audit.model.facts import Account, ObligationKind, ObligationStatus, Unplaced
from contract_audit.model.structure import Side


class DutyRow(Struct, frozen=True, kw_only=True):
    """One duty of one paper, in the words of the paper. `uid` stays the same while the words do."""

    uid: str
    document: str
    title: str
    project: str
    signed_on: date | None
    clause: str
    bearer: str
    side: Side
    kind: ObligationKind
    act: str
    object: str
    quantity: str
    words: str
    deadline: str  # as written
    anchor: str
    offset: str  # ISO 8601 duration
    workday: bool
    recurrence: str
    condition: str
    consequence: str
    due: date | None
    status: ObligationStatus
    done_on: date | None
    days_late: int | None
    soon: bool  # due within 30 days
    limitation_ends: date | None
    limitation_basis: str
    evidence: str  # 事项 of the row or record that proves it
    proof: str
    chain: tuple[str, ...]
    account: Account | None


class Total(Struct, frozen=True, kw_only=True):
    """Accounts of one agreement and one paying side, or of the folder, in yuan; `unsure` are those without a sure sum."""

    name: str
    side: Side
    accounts: int
    promised: Decimal
    paid: Decimal
    owed: Decimal
    overdue: Decimal  # owed and past its day
    interest: Decimal
    unsure: int


class Project(Struct, frozen=True, kw_only=True):
    """One signed project with what the evidence says of it. `invested` is the highest sum on record, in yuan."""

    document: str
    name: str
    company: str
    signed_on: date | None
    planned: Decimal | None
    started: str  # the evidence, empty where there is none
    invested: Decimal | None
    invested_by: str
    producing: str


class Rate(Struct, frozen=True, kw_only=True):
    """One of the 三率: 开工率, 投资完成率, 投产率. `share` is None where nothing can be divided by."""

    name: str
    numerator: Decimal
    denominator: Decimal
    share: Decimal | None
    note: str


class Calendar(Struct, frozen=True, kw_only=True):
    """The whole table. `unread` are documents not (fully) read with the reason, `notes` doubts about evidence rows."""

    as_of: date
    documents: int
    duties: tuple[DutyRow, ...]
    totals: tuple[Total, ...]
    projects: tuple[Project, ...]
    left_out: tuple[tuple[str, str], ...]  # papers that are no project of their own, and why
    rates: tuple[Rate, ...]
    unplaced: tuple[Unplaced, ...]
    unread: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
