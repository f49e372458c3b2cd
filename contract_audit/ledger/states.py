"""The one state machine of the ledger, as data: which move is possible, and what it needs.

线索 → 确认 → 整改中 → 待核查 → 销号        排除、存续备案、移送 leave the line; each can be taken up again
"""

from collections.abc import Callable
from datetime import date

import msgspec

from contract_audit.errors import LedgerError
from contract_audit.model import Struct
from contract_audit.model.ledger import DISMISSALS, STATES, DismissalReason, LedgerItem, State


class Decision(Struct, frozen=True, kw_only=True):
    """What is said with a move; fields that are None keep what the item has."""

    to: State
    who: str
    day: date
    words: str | None = None
    owner_unit: str | None = None
    owner: str | None = None
    due: date | None = None
    feedback: str | None = None
    reason: DismissalReason | None = None
    approver: str | None = None
    document_number: str | None = None
    expires_on: date | None = None
    referred_to: str | None = None


Check = Callable[[LedgerItem, Decision], str | None]  # the item with the decision's fields; None: fulfilled


def _has(field: str, sentence: str) -> Check:
    return lambda item, _decision: None if getattr(item, field) else sentence


def _said(sentence: str) -> Check:
    return lambda _item, decision: None if decision.words and decision.words.strip() else sentence


def _second_person(item: LedgerItem, decision: Decision) -> str | None:
    hands = {proof.who for proof in item.proofs} | {item.submitted_by}
    if decision.who in hands:
        return f"销号须由第二人核查：{decision.who} 已提交核查或提供凭证，请换一人办理"
    return None


def _still_to_come(item: LedgerItem, decision: Decision) -> str | None:
    if item.expires_on is not None and item.expires_on <= decision.day:
        return f"备案有效期至 {item.expires_on} 已过，请写晚于今天的日期"
    return None


_OWNER = _has("owner_unit", "进入整改须先明确整改责任单位（--unit）")
_DUE = _has("due", "进入整改须先定整改时限（--due）")
_PROOF = _has("proofs", "销号须有整改凭证，请先用 ledger prove 登记凭证文件")
_REASON = _has("reason", f"排除须从下列理由中选一项（--reason）：{'、'.join(DISMISSALS.values())}")
_REASON_WORDS = _said("排除须用一句话说明（--words）")
_APPROVER = _has("approver", "存续备案须写明批准人（--approver）")
_NUMBER = _has("document_number", "存续备案须写明批准文号（--number）")
_EXPIRY = _has("expires_on", "存续备案须写明有效期（--expires）")
_RECEIVER = _has("referred_to", "移送须写明接收单位（--to-unit）")
_WHY = _said("退回或重新受理须说明原因（--words）")

_DISMISS = (_REASON, _REASON_WORDS)
_KEEP = (_APPROVER, _NUMBER, _EXPIRY, _still_to_come)
_REFER = (_RECEIVER,)

# (from, to): what the move needs. A move that is not listed is impossible.
MOVES: dict[tuple[State, State], tuple[Check, ...]] = {
    ("lead", "confirmed"): (),
    ("lead", "dismissed"): _DISMISS,
    ("lead", "referred"): _REFER,
    ("confirmed", "rectifying"): (_OWNER, _DUE),
    ("confirmed", "dismissed"): _DISMISS,
    ("confirmed", "kept"): _KEEP,
    ("confirmed", "referred"): _REFER,
    ("rectifying", "checking"): (),
    ("rectifying", "dismissed"): _DISMISS,
    ("rectifying", "kept"): _KEEP,
    ("rectifying", "referred"): _REFER,
    ("checking", "closed"): (_PROOF, _second_person),
    ("checking", "confirmed"): (_WHY,),
    ("checking", "rectifying"): (_OWNER, _DUE, _WHY),
    ("checking", "dismissed"): _DISMISS,
    ("checking", "kept"): _KEEP,
    ("checking", "referred"): _REFER,
    ("closed", "rectifying"): (_OWNER, _DUE, _WHY),
    ("dismissed", "lead"): (_WHY,),
    ("kept", "confirmed"): (_WHY,),
    ("referred", "confirmed"): (_WHY,),
    ("referred", "checking"): (_WHY,),
}


def next_states(state: State) -> tuple[State, ...]:
    """Where an item can go from here."""
    return tuple(target for source, target in MOVES if source == state)


def decided(item: LedgerItem, decision: Decision) -> LedgerItem:
    """The item after the decision. Raises LedgerError with one sentence where the move is impossible or lacks something."""
    needs = MOVES.get((item.state, decision.to))
    if item.merged_into is not None:
        raise LedgerError(f"第{item.number}项已并入第{item.merged_into}项，请在该项上办理")
    if needs is None:
        targets = "、".join(STATES[state] for state in next_states(item.state))
        raise LedgerError(
            f"第{item.number}项现为“{STATES[item.state]}”，不能直接转为“{STATES[decision.to]}”；可以转为：{targets}"
        )
    given = {name: value for name in _TAKEN_OVER if (value := getattr(decision, name)) is not None}
    after = msgspec.structs.replace(_cleared(item, decision), **given)
    for need in needs:
        lack = need(after, decision)
        if lack is not None:
            raise LedgerError(f"第{item.number}项：{lack}")
    return after


_TAKEN_OVER = (
    "words", "owner_unit", "owner", "due", "feedback", "reason", "approver", "document_number", "expires_on",
    "referred_to",
)  # fmt: skip


def _cleared(item: LedgerItem, decision: Decision) -> LedgerItem:
    """The item in its new state; what belonged to the decision that is left behind is taken off (the history keeps it)."""
    closed = decision.to == "closed"
    return msgspec.structs.replace(
        item,
        state=decision.to,
        state_since=decision.day,
        left_state=None,
        stale=False,
        words=None,
        reason=None,
        approver=None,
        document_number=None,
        expires_on=None,
        referred_to=item.referred_to if decision.to == "checking" else None,
        submitted_by=decision.who if decision.to == "checking" else item.submitted_by if closed else None,
        closed_on=decision.day if closed else None,
        closed_by=decision.who if closed else None,
    )
