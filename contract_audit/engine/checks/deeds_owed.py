"""What a duty's words owe by its day, deed by deed, for holding one duty against another of the same paper."""

import re
from collections.abc import Iterator

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event, event
from contract_audit.engine.case import Case
from contract_audit.engine.checks.deed_words import REMARK
from contract_audit.model import Obligation

_PHRASE = re.compile(r"[，。；\n\t]")
_BEARER = re.compile(r"[甲乙丙丁]方|[县市区镇]政府|管委会|第[0-9一二三四五六七八九十]+[条款项]")
# 逾期的每日付…, 移交时应已取得…, 满足乙方用电: what is added and is no deed of its own.
_NO_DEED = re.compile(
    r"逾期|否则|未|不|如|若|[时的]$|^(?:满足|用于|以便|保证|达到|由此|费用|标准)|移交时|交付时|为止|用到|期间|[之以]前$|之日"
)


# 接通到厂区调压箱: to where, and not what.
_GOAL = re.compile(
    r"(?:[到至入进]|(?<=[接通达]))(?=[^，。；]{0,6}(?:厂[区界房内外]|红线|地块|宗地|围墙|园区|车间|项目|企业|用地|门口))[^，。；]*"
)


def added_deeds(case: Case, item: Obligation) -> Iterator[Event]:
    """The deeds of the phrases after the first: 完成清理，并把净地交到乙方手里 owes the hand-over by the same day."""
    phrases = _PHRASE.split(fold_text(case.text(max(item.due_end, item.start), item.end)))
    for phrase in [part for part in phrases if len(part) > 1][1:]:
        bare = _BEARER.sub("", REMARK.sub("", phrase))
        if _NO_DEED.search(bare):
            return
        found = event(bare)
        if found.acts and (found.things or found.marks):
            yield found


def with_topic(case: Case, item: Obligation, told: Event) -> Event:
    """The event with what its words spoke of before, where its own phrase names nothing: …用地征用，务必于12月20日前移交."""
    named_too = event(_GOAL.sub(" ", told.words)).things if told.things else told.things
    if named_too or not told.acts:
        return told
    said = fold_text(case.text(item.start, max(item.start, item.due_start)))
    for phrase in reversed(_PHRASE.split(said)[:-1]):
        bare = _BEARER.sub("", REMARK.sub("", phrase))
        if bare.endswith(("前", "后", "时")):  # 一期投产前，乙方…: when, not what
            continue
        named = event(bare)
        if named.things or named.marks:
            return event(f"{bare} {told.words}")
    return told
