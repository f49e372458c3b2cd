"""Days given by comparison with what another duty of the paper is due: 二号车间比一号车间晚三个月封顶."""

import re
from collections.abc import Sequence

import msgspec

from contract_audit.chinese.workdays import shifted
from contract_audit.deeds import event
from contract_audit.extract.duties.own_words import without_time
from contract_audit.model import Obligation

_THAN = re.compile(r"[比较]")
_REALLY = re.compile(r"实际|之日")  # 比实际开工之日晚16个月: what happens counts, not what is agreed
_EARLIER = re.compile(r"[早前]")


def is_compared(text: str, duty: Obligation) -> bool:
    """True where the day is given by comparison with an agreed one: 比设备进场晚4个月."""
    if not duty.anchor or not duty.offset or not _THAN.match(text, duty.due_start):
        return False
    return not _REALLY.search(text, duty.due_start, duty.due_end)


def compared(text: str, duties: Sequence[Obligation]) -> list[Obligation]:
    """The duties, those that are compared with an earlier one dated by the day that is agreed for it."""
    dated: list[Obligation] = []
    for duty in duties:
        open_still = duty.due is None and is_compared(text, duty)
        dated.append(_dated(text, duty, dated) if open_still else duty)
    return dated


def _dated(text: str, duty: Obligation, before: list[Obligation]) -> Obligation:
    other = _named(text, duty, before)
    if other is None or other.due is None:
        return duty
    back = bool(_EARLIER.search(text, duty.due_start, duty.due_end))
    due = shifted(other.due, duty.offset or "", workday=duty.workday, back=back)
    return msgspec.structs.replace(duty, due=due, status="running" if due else "pending")


def _named(text: str, duty: Obligation, before: list[Obligation]) -> Obligation | None:
    """The nearest duty before that the comparison names; a thing alone (比一号车间) is of the same act."""
    words = duty.anchor or ""
    named = event(words) if event(words).acts else event(f"{words}{text[duty.due_end : duty.end]}")
    for other in reversed(before):
        met = event(without_time(text, other))
        if named.acts & met.acts and named.marks <= met.marks and named.things <= met.things:
            return other
    return None
