"""What the due day of a duty was counted from, in words that a reader can reckon again by hand."""

from contract_audit.chinese.workdays import offset_words
from contract_audit.model import Obligation


def started(duty: Obligation) -> str:
    """2021-02-09 交地确认书签署（履约情况表第5行）＋4个月＝2021-06-09; empty where the day is written in the agreement."""
    start = duty.counted_from
    if start is None or duty.due is None:
        return ""
    length = offset_words(duty.offset or "", workday=duty.workday)
    sign = "－" if start.due < start.day else "＋"
    counted = f"{sign}{length}＝{start.due}" if length else f"，期限至{start.due}"
    moved = f"，后改为{duty.due}" if duty.due != start.due else ""
    return f"{start.day} {start.event}（{start.shown_by}）{counted}{moved}"
