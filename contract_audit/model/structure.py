"""The structure of an agreement: clauses, cross references, provisions and their hedges."""

from typing import Literal

from contract_audit.model.document import Span, Struct

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
    "request",
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
