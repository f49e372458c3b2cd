"""What is understood of an agreement: values, parties, facts, duties; and what judging needs besides it."""

from bisect import bisect_left, bisect_right
from datetime import date, time
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Literal

import msgspec

from contract_audit.model.document import Document, Struct
from contract_audit.model.structure import Clause, Provision, Reference, Side

ValueKind = Literal["date", "recurrence", "duration", "deadline", "money", "area", "percent", "number"]


class Value(Struct, frozen=True, kw_only=True):
    """A value found in text. Which fields are set depends on `kind`.

    money: `low`/`high` in whole currency units, `currency`, `per` (denominator of a unit price: 亩, 平方米·月).
    area: `low`/`high` in m². percent: fractions, `per` 日 or 年. number: `unit` is the classifier.
    date: `since`/`until` (closed; None = open; equal = one day). recurrence: `every` ISO duration, `at` truncated date.
    duration: `low_iso`/`high_iso`. deadline: `anchor`, `offset` ISO, `direction`, `workday`.
    `sure` is False where the figure was found but may be misread: never compute with it.
    """

    kind: ValueKind
    start: int
    end: int
    low: Decimal | None = None
    high: Decimal | None = None
    currency: str | None = None
    per: str | None = None
    unit: str | None = None
    since: date | None = None
    until: date | None = None
    since_time: time | None = None
    until_time: time | None = None
    every: str | None = None
    at: str | None = None
    low_iso: str | None = None
    high_iso: str | None = None
    anchor: str | None = None
    offset: str | None = None
    direction: Literal["after", "before"] = "after"
    workday: bool = False
    sure: bool = True

    @property
    def amount(self) -> Decimal | None:
        """The one number, if the value is a single known one."""
        return self.low if self.low == self.high else None


Confidence = Literal["high", "medium", "low"]
PartyKind = Literal[
    "government", "department", "committee", "township", "subdistrict", "temporary_body", "internal_body",
    "platform_company", "enterprise", "institution", "village", "person", "preparatory", "unknown",
]  # fmt: skip
Level = Literal["national", "province", "city", "county", "township", "zone", "none"]


class Party(Struct, frozen=True, kw_only=True):
    """A party: role 甲方/乙方/丙方, full name, further names in the text (管委会, 贵公司, 项目公司), kind, level, side.

    `start`/`end` is the full name in the heading; `authorised` says that a written authorisation is cited.
    """

    role: str
    name: str
    aliases: tuple[str, ...]
    kind: PartyKind
    level: Level
    side: Side
    start: int
    end: int
    uscc: str | None = None
    signed: bool | None = None
    authorised: bool = False


FactValue = str | Decimal | date | bool
_START = attrgetter("start")
DISPUTED = "大小写不一致"  # source of a sum that capitals and figures tell differently: which is meant nobody knows


class Fact(Struct, frozen=True, kw_only=True):
    """A fact of the vocabulary with its place; several candidates for one name are kept, the surest first."""

    name: str
    value: FactValue
    start: int
    end: int
    confidence: Confidence = "high"
    source: str = ""


ObligationKind = Literal[
    "plant", "land", "infrastructure", "permit", "reward", "payment", "registration", "start", "investment",
    "production", "target", "other",
]  # fmt: skip
ObligationStatus = Literal["pending", "running", "done_on_time", "done_late", "overdue", "changed", "ended"]


class Evidence(Struct, frozen=True, kw_only=True):
    """One row of a performance file (履约情况), or a record found in another paper of the family."""

    contract: str
    matter: str
    done_on: date | None
    proof: str
    amount: Decimal | None = None
    row: int | None = None  # 1-based row of the file, header included
    file: str = ""  # name of the performance file
    borrowed: bool = False  # the row names another paper of the family


class Account(Struct, frozen=True, kw_only=True):
    """What a duty to pay comes to, in yuan: promised, paid by the evidence, still owed.

    None where the paper names no sure sum. `interest` is what the law of the day adds up to the scan's day at
    `daily_rate`, by the law `law` (key of laws.yaml) and `article`; `note` says in Chinese how it was reckoned, or why not.
    """

    promised: Decimal | None
    paid: Decimal
    owed: Decimal | None
    daily_rate: Decimal | None = None
    interest: Decimal | None = None
    law: str | None = None
    article: str | None = None
    note: str = ""


class Start(Struct, frozen=True, kw_only=True):
    """What the time of a duty was counted from: the event as told, its day, what shows it, and the day it led to.

    `shown_by` is in Chinese: 履约情况表第5行, 协议写明, or the paper that tells it.
    """

    event: str
    day: date
    shown_by: str
    due: date


class Obligation(Struct, frozen=True, kw_only=True):
    """A duty with its time: bearer, act, object, quantity, deadline or trigger + offset, condition, consequence.

    `status` is as of a given day: pending 待触发, running 履行中, done_on_time 按期履行, done_late 逾期履行, overdue 逾期未履行,
    changed 变更, ended 终止. `days_late` counts from the day after `due`; `limitation_ends` is the end of the limitation
    period (民法典第188条). `chain` tells how the operative date came about where later papers moved it.
    """

    bearer: str | None
    side: Side
    kind: ObligationKind
    act: str
    object: str
    start: int
    end: int
    clause: int | None
    provision: int | None
    quantity: str | None = None
    due: date | None = None
    replaces: date | None = None  # the day that stood there before, where this paper says so in a table of changes
    due_start: int = 0  # span of the time words
    due_end: int = 0
    shared_start: int = 0  # words that several times share: 分别于1月31日、4月30日前，各支付三分之一
    shared_end: int = 0
    part: int | None = None  # which of those equal parts it is, from 1
    anchor: str | None = None
    offset: str | None = None
    workday: bool = False
    recurrence: str | None = None
    condition: str | None = None
    consequence: str | None = None
    status: ObligationStatus = "pending"
    done_on: date | None = None
    days_late: int | None = None
    proof: str | None = None
    proof_matter: str | None = None  # 事项 of the evidence that proves it
    parts: tuple[Evidence, ...] = ()  # rows that tell of a part of it
    paid: Decimal | None = None
    account: Account | None = None  # for duties to pay
    limitation_ends: date | None = None
    limitation_basis: str | None = None  # 民法典第188条（三年） or the law in force before it
    chain: tuple[str, ...] = ()
    counted_from: Start | None = None  # where its day follows from an event
    doubt: str | None = None  # in Chinese, why it is not certain that this overdue duty is late


class Unplaced(Struct, frozen=True, kw_only=True):
    """An evidence row that proves no duty of the paper it was joined to, not even in part, and the duties it might be meant
    for (存疑), each in its words, with what it is already proved by.
    """

    document: str
    evidence: Evidence
    candidates: tuple[str, ...]


class Understanding(Struct, frozen=True, kw_only=True, dict=True):
    """One document with all that was understood of it: what rules see. Facts are keyed by vocabulary names."""

    document: Document
    title: str | None
    kind: str | None  # contract kind: 投资, 入园, 框架, 补充, 厂房租赁, 代建, 回购, 纪要, 承诺书, 采购, …
    clauses: tuple[Clause, ...]
    references: tuple[Reference, ...]
    provisions: tuple[Provision, ...]
    parties: tuple[Party, ...]
    values: tuple[Value, ...]
    facts: tuple[Fact, ...]
    obligations: tuple[Obligation, ...]
    mode: Literal["signed", "draft"]
    mode_reason: str

    def fact(self, name: str) -> Fact | None:
        """The surest fact of that name that is not disputed, or None."""
        return self._first_facts.get(name)

    @cached_property
    def _first_facts(self) -> dict[str, Fact]:
        return {fact.name: fact for fact in reversed(self.facts) if fact.source != DISPUTED}

    def values_in(self, start: int, end: int) -> tuple[Value, ...]:
        """The values that begin in [start, end); values stand in text order."""
        first = bisect_left(self._value_starts, start)
        return self.values[first : bisect_left(self._value_starts, end, lo=first)]

    @cached_property
    def _value_starts(self) -> list[int]:
        return [value.start for value in self.values]

    @cached_property
    def sums(self) -> tuple[Value, ...]:
        """The sure sums in yuan, in text order, none of them by the unit; of 不少于2000万元 the sum that it names."""
        plain = (
            value
            for value in self.values
            if value.kind == "money" and value.sure and value.per is None and value.currency in (None, "CNY")
        )
        named = ((value, value.low if value.high is None else value.amount) for value in plain)
        return tuple(
            msgspec.structs.replace(value, low=amount, high=amount) for value, amount in named if amount is not None
        )

    def clause_at(self, offset: int) -> int | None:
        """Index of the innermost clause whose own text holds `offset`."""
        index = bisect_right(self._clause_starts, offset) - 1
        while index >= 0 and self.clauses[index].end <= offset:
            index -= 1
        return index if index >= 0 else None

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [clause.start for clause in self.clauses]


class SharedFact(Struct, frozen=True, kw_only=True):
    """What a paper has in common with an earlier paper or register row: the words on both sides and their weight.

    `start`/`end` point into the paper's own text, `other_start`/`other_end` into the earlier one's; (0, 0) = not in it.
    """

    name: str  # 企业名称, 法定代表人, 建设地点, 产品, 设备, 相同文字 …
    own: str
    other: str
    points: Decimal
    start: int = 0
    end: int = 0
    other_start: int = 0
    other_end: int = 0


class Resemblance(Struct, frozen=True, kw_only=True):
    """An earlier paper or register row that may be the same project (以旧充新): the sum of points and what makes it up.

    `document` is the earlier paper's name, or 项目台账 第N行. `certain` is False where it may be the paper's own entry.
    """

    document: str
    title: str
    company: str
    signed_on: date | None
    points: Decimal
    facts: tuple[SharedFact, ...]
    passages: tuple[SharedFact, ...] = ()
    certain: bool = True


class Context(Struct, frozen=True, kw_only=True):
    """What judging needs besides the document: the day, companion files, other papers of its family."""

    as_of: date
    mode: Literal["signed", "draft"] | None = None  # None: as detected
    evidence: tuple[Evidence, ...] = ()
    local: dict[str, Decimal] = msgspec.field(default_factory=dict)
    institutions: tuple[tuple[str, str, date | None, str], ...] = ()  # 原名称, 现名称, 变更日期, 承接单位
    family: tuple["Understanding", ...] = ()  # other papers of the same project, in order of date
    resembles: tuple[Resemblance, ...] = ()  # earlier papers and register rows like this one, the likest first
    unequal: tuple[Resemblance, ...] = ()  # papers that promise another firm the same at another rate
    local_dated: dict[str, tuple[tuple[date, Decimal], ...]] = msgspec.field(
        default_factory=dict
    )  # by first day of force
    local_words: dict[str, str] = msgspec.field(default_factory=dict)  # 园区主导产业 and other parameters in words
