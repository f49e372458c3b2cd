"""The nouns of the ledger (台账): items with their sources and proofs, states, history entries, milestones, filters.

An item is one wrong that somebody must deal with: a finding of a scan, or a complaint, an audit remark, a law case that
came in as a table row. What a scan says of it (document, quote, message …) is refreshed by every later scan; what people
decide (state, owner, deadline, their own wording …) is never touched by a scan. Codes are stable; `STATES`, `SOURCES` …
give the Chinese words, in the order in which an office lists them.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec

from contract_audit.model.document import Struct
from contract_audit.model.findings import Severity, Verdict

State = Literal["lead", "confirmed", "rectifying", "checking", "closed", "dismissed", "kept", "referred"]
STATES: dict[State, str] = {
    "lead": "线索",
    "confirmed": "确认",
    "rectifying": "整改中",
    "checking": "待核查",
    "closed": "销号",
    "dismissed": "排除",
    "kept": "存续备案",
    "referred": "移送",
}
OPEN_STATES: tuple[State, ...] = ("lead", "confirmed", "rectifying", "checking")
# The rectification rate (整改率) is what is done of what must be done: leads are not confirmed yet, the rest is not ours.
DONE_STATES: tuple[State, ...] = ("closed", "kept")
UNCOUNTED_STATES: tuple[State, ...] = ("lead", "dismissed", "referred")

SourceKind = Literal["self_check", "complaint", "audit", "inspection", "other"]
SOURCES: dict[SourceKind, str] = {
    "self_check": "自查",
    "complaint": "投诉",
    "audit": "审计",
    "inspection": "巡查",
    "other": "其他",
}

ItemKind = Literal["clause", "dispute", "enforcement", "pending_suit"]
KINDS: dict[ItemKind, str] = {
    "clause": "协议条款",
    "dispute": "政企纠纷",
    "enforcement": "政府作为被执行人尚未执行完毕的案件",
    "pending_suit": "政府作为被告已受理尚未判决的案件",
}

# The five kinds of dispute of 郏信用办〔2021〕13号, part two (二).
DisputeKind = Literal["breach", "overpromise", "policy_change", "unlawful_terms", "no_funds"]
DISPUTES: dict[DisputeKind, str] = {
    "breach": "不履行合约、新官不理旧账",
    "overpromise": "违规乱答应、乱承诺",
    "policy_change": "政策变化、规划调整",
    "unlawful_terms": "优惠政策不合规",
    "no_funds": "财政资金紧张",
}

DismissalReason = Literal["misread_text", "misread_meaning", "cured_elsewhere", "not_applicable", "duplicate"]
DISMISSALS: dict[DismissalReason, str] = {
    "misread_text": "文字识别错误",
    "misread_meaning": "条款含义不符",
    "cured_elsewhere": "他条或补充协议已补正",
    "not_applicable": "不适用本类协议",
    "duplicate": "与他项重复",
}

Action = Literal[
    "create", "rescan", "gone", "return", "move", "edit", "prove", "source", "merge", "note", "take", "setting"
]
ACTIONS: dict[Action, str] = {
    "create": "登记",
    "rescan": "复查更新",
    "gone": "原文未再发现",
    "return": "原文再次发现",
    "move": "变更状态",
    "edit": "修改",
    "prove": "补充凭证",
    "source": "增加来源",
    "merge": "合并",
    "note": "批注",
    "take": "收录扫描结果",
    "setting": "台账设置",
}


class Source(Struct, frozen=True, kw_only=True):
    """Where an item was reported (来源): by a scan, or by a row of a table that came in."""

    kind: SourceKind
    origin: str  # the scan's or table's file name, with the row for a table
    day: date
    words: str = ""  # the problem as that source put it


class Proof(Struct, frozen=True, kw_only=True):
    """One piece of evidence of rectification (整改凭证): the file as it was when somebody vouched for it."""

    name: str
    sha256: str
    size_bytes: int
    day: date  # date of the paper itself
    who: str
    note: str = ""


class LedgerItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One item of the ledger. `number` is its permanent 编号; `version` counts its changes.

    The first part is what the machine knows and refreshes; the second is what people decide.
    `problem` and `measure` are what a paper prints: the words of people where they wrote any, else those of the scan.
    """

    number: int
    version: int = 1
    kind: ItemKind = "clause"
    sources: tuple[Source, ...] = ()
    created_on: date

    document: str | None = None
    rule: str | None = None
    category: str | None = None
    title: str | None = None
    severity: Severity | None = None
    verdict: Verdict | None = None
    clause: str | None = None
    page: int | None = None
    quote: str | None = None
    message: str | None = None
    basis: str | None = None  # one basis a line
    remedy: str | None = None
    departments: str | None = None  # joined by 、
    contract: str | None = None  # title of the agreement
    project: str | None = None
    company: str | None = None
    signed_on: date | None = None
    secrecy: str | None = None  # 密级 as marked on the document
    fingerprint: str | None = None
    clause_hash: str | None = None
    family: str | None = None
    context: str | None = None  # folded text around the quote
    gone_on: date | None = None  # basis day of the scan that no longer showed it; None while it shows
    left_state: State | None = None  # the state before a scan moved the item to 待核查 because its text was gone
    stale: bool = False  # the text changed after somebody had decided: the decision needs a second look

    state: State = "lead"
    state_since: date
    unit: str | None = None  # 地区(单位): whose problem it is
    owner_unit: str | None = None  # 整改责任地区(单位)
    owner: str | None = None  # 责任人
    due: date | None = None  # 整改时限
    own_problem: str | None = None
    own_measure: str | None = None
    feedback: str | None = None  # 整改情况
    promised: str | None = None  # what was promised to the enterprise, by whom and for when
    note: str | None = None
    dispute: DisputeKind | None = None
    amount_yuan: Decimal | None = None
    case_number: str | None = None  # 案号
    court: str | None = None
    proofs: tuple[Proof, ...] = ()
    submitted_by: str | None = None  # who last handed it in for checking
    closed_on: date | None = None
    closed_by: str | None = None
    reason: DismissalReason | None = None
    words: str | None = None  # of the last decision
    approver: str | None = None
    document_number: str | None = None  # 文号
    expires_on: date | None = None
    referred_to: str | None = None
    merged_into: int | None = None
    extra: dict[str, str] = {}  # columns of an imported table that have no place of their own

    @property
    def problem(self) -> str:
        """存在问题, as a paper prints it."""
        return self.own_problem or self.message or ""

    @property
    def measure(self) -> str:
        """整改措施, as a paper prints it."""
        return self.own_measure or self.remedy or ""

    @property
    def source_words(self) -> str:
        """来源 in Chinese, each kind once: 自查、投诉."""
        return "、".join(SOURCES[kind] for kind in dict.fromkeys(source.kind for source in self.sources))

    @property
    def state_words(self) -> str:
        """状态 in Chinese."""
        return STATES[self.state]


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """One link of the append-only history. `changes` maps a field to its values before and after, as text.

    `seal` is the digest of the whole item after the change; `digest` is that of this entry and covers `previous`.
    """

    seq: int
    item: int | None  # None: the ledger itself
    at: datetime
    who: str
    action: Action
    changes: dict[str, tuple[str | None, str | None]]
    words: str
    seal: str
    previous: str
    digest: str


class Anchor(Struct, frozen=True, kw_only=True):
    """Length and end of the history at one moment (防篡改校验值): printed on exports, so that a cut tail shows."""

    seq: int
    digest: str

    def __str__(self) -> str:
        return f"{self.seq}-{self.digest[:16]}"


def is_overdue(item: LedgerItem, as_of: date) -> bool:
    """True if the item is open and its deadline has passed."""
    return item.due is not None and item.due < as_of and item.state in OPEN_STATES


class Milestone(Struct, frozen=True, kw_only=True):
    """A rectification rate to be reached by a day (磐石: 60、90、100 by the end of three years)."""

    by: date
    rate_percent: int


class Institution(Struct, frozen=True, kw_only=True):
    """One line of 机构沿革: an abolished or renamed unit and who takes over its business."""

    former: str
    successor: str
    changed_on: date | None = None


class ItemFilter(Struct, frozen=True, kw_only=True):
    """Which items are asked for; what is None or empty does not restrict. Words must all occur."""

    states: tuple[State, ...] = ()
    sources: tuple[SourceKind, ...] = ()
    kinds: tuple[ItemKind, ...] = ()
    disputes: tuple[DisputeKind, ...] = ()
    severities: tuple[Severity, ...] = ()
    numbers: tuple[int, ...] = ()
    unit: str | None = None
    owner_unit: str | None = None
    owner: str | None = None
    document: str | None = None
    rule: str | None = None
    due_before: date | None = None
    due_after: date | None = None
    gone: bool | None = None
    stale: bool | None = None
    merged: bool = False  # items merged into another are left out unless asked for
    words: str | None = None
