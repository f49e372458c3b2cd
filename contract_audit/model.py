"""The nouns of the product: frozen data without behaviour beyond look-ups.

Everything that points at text is a half-open `Span(start, end)` into one text: `Document.text` (the accepted stream),
or the text of the hidden or deleted stream. Money and rates are `Decimal`, dates `date`, sequences tuples; what is
absent is None or empty, never 0.
"""

from bisect import bisect_right
from datetime import date, time
from decimal import Decimal
from typing import Literal

import msgspec


class Struct(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all data types here: immutable, keyword-only."""


# ---- Documents ------------------------------------------------------------------------------------------------

Stream = Literal["accepted", "hidden", "deleted"]
Status = Literal["read", "partly_read", "unreadable"]
BlockKind = Literal["title", "paragraph", "heading", "table_row", "note", "toc"]


class Span(msgspec.Struct, frozen=True, order=True):
    """Half-open character offsets into one text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """True if the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """True if `other` lies inside."""
        return self.start <= other.start and other.end <= self.end


class Box(msgspec.Struct, frozen=True):
    """A rectangle on a page in PDF user space (points, origin bottom left), or in pixels on a picture; page is 1-based."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Piece(Struct, frozen=True, kw_only=True):
    """Where characters [start, end) of the document text stand in the original.

    docx: `part` and `path` name the w:t element (child indices from the part's root), `offset` is the first character
    inside it. PDF, OFD, picture: `box` is the rectangle of the run and `edges` its character borders along the reading
    direction (len = end - start + 1). Text files: `offset` in the decoded file.
    """

    start: int
    end: int
    box: Box | None = None
    edges: tuple[float, ...] = ()
    part: str | None = None
    path: tuple[int, ...] = ()
    offset: int = 0


class Block(Struct, frozen=True, kw_only=True):
    """One paragraph or one table row of the accepted text, in reading order.

    `label` is an automatic number (第一条, （一）) that is not part of the text; a typed number stays in the text.
    `confidence` is below 1 only where the characters were recognised from a picture.
    """

    kind: BlockKind
    start: int
    end: int
    label: str | None = None
    page: int | None = None
    level: int | None = None  # outline or numbering level as the file states it, 0-based
    cells: tuple[Span, ...] = ()
    table: int | None = None  # index into Document.tables
    confidence: float = 1.0
    pieces: tuple[Piece, ...] = ()


class Passage(Struct, frozen=True, kw_only=True):
    """One run of hidden or deleted text, and the offsets in its own stream's text (passages joined by line ends).

    `at` is the offset in the accepted text of the block in which, or before which, it stands; None outside the body.
    """

    text: str
    start: int
    end: int
    page: int | None = None
    at: int | None = None


class Problem(Struct, frozen=True, kw_only=True):
    """Something about a document that a person must know: what was not read, and what to do. `message` is Chinese."""

    code: str
    message: str
    page: int | None = None


class Seal(Struct, frozen=True, kw_only=True):
    """A seal (印章) seen on a page or as a floating picture; the box is absent where the file gives no position."""

    page: int | None = None
    box: Box | None = None


class Document(Struct, frozen=True, kw_only=True):
    """One document as read. `status` is unreadable where `text` could not be had at all; `problems` say why."""

    name: str
    sha256: str
    format: str
    status: Status
    problems: tuple[Problem, ...] = ()
    pages: int | None = None
    text: str = ""
    blocks: tuple[Block, ...] = ()
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    hidden: tuple[Passage, ...] = ()
    deleted: tuple[Passage, ...] = ()
    comments: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    seals: tuple[Seal, ...] = ()
    secrecy: str | None = None  # 密级 mark: 秘密, 机密, 绝密

    def stream_text(self, stream: Stream) -> str:
        """The text that offsets of that stream point into."""
        if stream == "accepted":
            return self.text
        return "\n".join(passage.text for passage in (self.hidden if stream == "hidden" else self.deleted))

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where characters [start, end) of the accepted text stand on the pages: one box per line they touch.

        Empty where the format has no boxes (docx, txt). Space as in `Box`.
        """
        found = []
        first = max(0, bisect_right(self.blocks, start, key=lambda block: block.start) - 1)
        for block in self.blocks[first:]:
            if block.start >= end:
                break
            found += [part_box(piece, start, end) for piece in block.pieces if piece.start < end and start < piece.end]
        return tuple(box for box in found if box is not None)

    def page_at(self, offset: int) -> int | None:
        """The page of the character at `offset` of the accepted text, if the format has pages."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        if index < 0:
            return None
        block = self.blocks[index]
        for piece in block.pieces:
            if piece.start <= offset < piece.end and piece.box is not None:
                return piece.box.page
        return block.page


def part_box(piece: Piece, start: int, end: int) -> Box | None:
    """The box of those characters of the piece that lie in [start, end) of the document text.

    The borders in `edges` run along x or y, up or down, as the text runs on the page.
    """
    box = piece.box
    if box is None or len(piece.edges) != piece.end - piece.start + 1:
        return box
    one = piece.edges[max(start, piece.start) - piece.start]
    other = piece.edges[min(end, piece.end) - piece.start]
    low, high = min(one, other), max(one, other)
    left, right = min(piece.edges), max(piece.edges)
    if abs(left - box.x0) + abs(right - box.x1) <= abs(left - box.y0) + abs(right - box.y1):
        return Box(box.page, low, box.y0, high, box.y1)
    return Box(box.page, box.x0, low, box.x1, high)


# ---- Structure ------------------------------------------------------------------------------------------------

ClauseKind = Literal[
    "title", "preamble", "part", "chapter", "article", "clause", "item", "attachment", "signature", "note", "toc"
]


class Clause(Struct, frozen=True, kw_only=True):
    """One node of the clause tree, in document order: 编 章 条 款 项 目, attachment, signature page.

    `path` holds the labels from the outermost numbered ancestor to this clause, as printed; `start`/`end` cover the
    clause's own lines (label included where typed), `stop` the end of its last descendant.
    """

    kind: ClauseKind
    label: str | None
    heading: str | None
    level: int
    path: tuple[str, ...]
    start: int
    end: int
    stop: int
    page: int | None = None
    parent: int | None = None  # index in the tuple of clauses

    @property
    def place(self) -> str | None:
        """The clause as a reader looks it up: 第五条（二）1."""
        return "".join(self.path) or None


class Reference(Struct, frozen=True, kw_only=True):
    """A cross reference in the text (第三条第二款, 前款, 附件二) and the clause it means; target None = not found."""

    start: int
    end: int
    text: str
    kind: Literal["clause", "attachment", "relative", "external"]
    target: int | None


Side = Literal["government", "investor", "both", "third", "unknown"]
KnownBy = Literal["said", "inherited", "heading", "default"]
Force = Literal[
    "commitment",
    "duty",
    "effort",
    "permission",
    "prohibition",
    "condition",
    "definition",
    "recital",
    "citation",
    "report",
    "statement",
]
HedgeKind = Literal[
    "lawful",
    "approval",
    "public_policy",
    "result_external",
    "budget",
    "principle",
    "best_effort",
    "cap",
    "review_clause",
    "agreement",
]


class Hedge(Struct, frozen=True, kw_only=True):
    """Words that weaken or condition a provision, and what they do.

    lawful 依法; approval 经批准后, 履行程序后; public_policy 按公开普惠政策; result_external 以成交价/批复/评审结果为准;
    budget 列入预算后; principle 原则上; best_effort 争取, 力争; cap 最高不超过; review_clause 以届时有效政策为准, 抵触无效;
    agreement 协商一致, 书面同意.
    """

    kind: HedgeKind
    start: int
    end: int


class Provision(Struct, frozen=True, kw_only=True):
    """One normative statement of one bearer, cut out of a sentence, list item or table row (规范性陈述).

    `stems` are the lead-ins it inherits subject, verb and condition from (outermost first); `negations` are scopes
    inside which words are denied (不得…, 不承诺…); `condition` and `exception` are parts of its own text.
    """

    start: int
    end: int
    clause: int | None
    bearer: str | None  # as said: 甲方, 县财政, 项目公司
    side: Side
    known_by: KnownBy
    force: Force
    polarity: Literal["positive", "negative"]
    hedges: tuple[Hedge, ...] = ()
    stems: tuple[Span, ...] = ()
    negations: tuple[Span, ...] = ()
    condition: Span | None = None
    exception: Span | None = None
    kind: Literal["sentence", "item", "table_row", "title", "signature"] = "sentence"


# ---- Values and facts -----------------------------------------------------------------------------------------

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
    due_start: int = 0  # span of the time words
    due_end: int = 0
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
    paid: Decimal | None = None
    limitation_ends: date | None = None
    chain: tuple[str, ...] = ()


class Understanding(Struct, frozen=True, kw_only=True):
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
        """The surest fact of that name, or None."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def clause_at(self, offset: int) -> int | None:
        """Index of the innermost clause whose own text holds `offset`."""
        found = None
        for index, clause in enumerate(self.clauses):
            if clause.start > offset:
                break
            if offset < clause.end:
                found = index
        return found


class Context(Struct, frozen=True, kw_only=True):
    """What judging needs besides the document: the day, companion files, other papers of its family."""

    as_of: date
    mode: Literal["signed", "draft"] | None = None  # None: as detected
    evidence: tuple[Evidence, ...] = ()
    local: dict[str, Decimal] = {}
    institutions: tuple[tuple[str, str, date | None, str], ...] = ()  # 原名称, 现名称, 变更日期, 承接单位
    family: tuple["Understanding", ...] = ()  # other papers of the same project, in order of date


# ---- Law and findings -----------------------------------------------------------------------------------------

Severity = Literal["high", "medium", "low"]
Verdict = Literal["fail", "review"]


class Basis(Struct, frozen=True, kw_only=True):
    """A legal basis as cited: full title, document number, article, dates of force. `certain` False: article unverified."""

    law: str
    number: str | None
    article: str | None
    in_force_from: date | None
    in_force_to: date | None
    certain: bool = True


class Related(Struct, frozen=True, kw_only=True):
    """Another place that belongs to a finding, with its role (the clause it contradicts, the repeated promise …)."""

    role: str
    start: int
    end: int
    quote: str


class Finding(Struct, frozen=True, kw_only=True):
    """One wrong, with all that a report needs. Stable interface: see the README for the JSON form."""

    document: str
    rule: str
    category: str
    title: str
    stream: Stream
    severity: Severity
    verdict: Verdict
    in_force: bool
    confidence: Confidence
    confidence_reason: str
    clause: str | None
    page: int | None
    start: int
    end: int
    quote: str
    message: str
    basis: tuple[Basis, ...]
    remedy: str
    departments: tuple[str, ...]
    related: tuple[Related, ...]
    facts: dict[str, str]
    conditions: tuple[str, ...]  # the rule's conditions that held, in Chinese, for checking by hand
    fingerprint: str
    fingerprint_parts: dict[str, str]


class Undecided(Struct, frozen=True, kw_only=True):
    """A rule that applies but could not decide: the missing fact or parameter is named, in Chinese."""

    rule: str
    category: str
    title: str
    missing: str


class Audit(Struct, frozen=True, kw_only=True):
    """The result for one document: findings in text order, undecided rules, and the document it speaks of."""

    understanding: Understanding
    as_of: date
    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    pack_version: str


# ---- A scan of many documents ---------------------------------------------------------------------------------


class Skipped(Struct, frozen=True, kw_only=True):
    """A file that gave no document at all, with the reason and the remedy in Chinese."""

    name: str
    code: str
    message: str


class Scan(Struct, frozen=True, kw_only=True):
    """The result of one scan: what reports are written from. Equal input gives equal bytes: no clock, no host names."""

    audits: tuple[Audit, ...]
    skipped: tuple[Skipped, ...]
    as_of: date
    mode: Literal["signed", "draft"] | None
    pack_version: str
    broken_rules: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()  # doubtful joins of evidence, companion rows that matched nothing, …
