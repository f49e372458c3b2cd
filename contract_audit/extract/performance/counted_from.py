"""Rows that tell of the event that a duty counts from or waits for, and not of what is owed then."""

from contract_audit.deeds import Event, Weights, event, likeness
from contract_audit.model import Obligation


def waits_for(told: Event, duty: Obligation) -> bool:
    """Whether a hand-over is what an undated duty waits for: 交付时签署交接单, while the day of the 交付 stands elsewhere."""
    begun = event(duty.anchor).acts if duty.anchor and duty.due is None and duty.offset is None else frozenset()
    return "hand_over" in begun & told.acts


def is_its_event(told: Event, anchor: Event, wanted: Event, scale: Weights, score: float) -> bool:
    """收到供热申请 is what 收到供热申请之日起…出具方案 counts from, and not what is owed then."""
    starts = anchor.acts | {"submit"} if "receive" in anchor.acts else anchor.acts
    if not told.acts & starts - wanted.acts or told.acts & wanted.acts - starts:
        return False
    comes_in = bool(told.acts & {"receive", "submit"}) or "申请" in told.parts
    if comes_in and "receive" in anchor.acts and not told.acts & wanted.acts:
        return True  # 用水申请送达 where 收到申请起7日内答复 is owed
    return likeness(told, anchor, scale) > score
