"""Whether a duty without a time has its time after all, in another place of the paper."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event, alike, event, same_object, shares
from contract_audit.engine.case import Case
from contract_audit.model import Obligation

# 上述事项均于…前完成, 本协议约定由甲方实施的配套工程，最迟…
_ALL_OF_THEM = re.compile(
    r"(?:上述|以上|前述|前款|本(?:协议|合同|条)[^，。；]{0,6}(?:约定|所列|载明)|各项|全部|所有|均|[甲乙]方(?:的)?义务)[^，。；]{0,16}"
    r"(?:工程|设施|事项|义务|工作|配套|条件|内容|各项)|(?:工程|设施|事项|义务|工作|配套)[^，。；]{0,6}(?:均|全部|统一|一并)"
)
# 第二条所列土地，甲方于7月31日前移交: another clause names the thing and gives it a day.
_REFERS = re.compile(r"第[0-9一二三四五六七八九十.]+[条款项](?:所列|约定|所述|载明)?的?|上述|前述|该(?!项目)|前款|本条")
_OF_WORKS = frozenset({"plant", "land", "infrastructure", "other"})
_CLEARING = frozenset({"clear", "move"})


def timed_elsewhere(case: Case, timed: Sequence[Obligation], duty: Obligation) -> bool:
    """Whether a duty with a time speaks of the same deed, names its clause or all duties, or needs it done before."""
    own = event(_told(case, duty).words)
    others = [(other, told) for other in timed if not (told := _told(case, other)).of_papers]
    if duty.kind in _OF_WORKS and any(told.of_all for _, told in others):
        return True
    return any(_times(told, own, beside=other.clause == duty.clause) for other, told in others)


class _Told(NamedTuple):
    """What a duty tells: the words of its event, and whether it is of papers, of all that is owed, of what another clause names."""

    words: str
    of_papers: bool
    of_all: bool
    refers: bool


def _told(case: Case, duty: Obligation) -> _Told:
    return case.kept((_told, duty.start, duty.end, duty.due_start, duty.due_end), lambda: _read(case, duty))


def _read(case: Case, duty: Obligation) -> _Told:
    words = case.text(duty.start, duty.end)
    signs = (pattern.search(words) is not None for pattern in (_PAPER, _ALL_OF_THEM, _REFERS))
    return _Told(_of_event(case, duty), *signs)


def _times(told: _Told, own: Event, *, beside: bool) -> bool:
    """Whether what is told with a time is the event itself, what must come after it, or what happens to a thing of it.

    Most words have nothing in common with the event: what they tell need not be read.
    """
    if not (beside or _clears(own) or shares(own, told.words)):
        return False
    other = event(told.words)
    return _is_same(own, other, beside=beside) or _needs(own, other) or (told.refers and _is_referred_to(own, other))


_PAPER = re.compile(
    r"(?:图|资料|材料|电子版|复印件|清单|手续)[^，。；]{0,6}(?:提供|移交|交付|交给)"
    r"|(?:提供|移交|交付|交给)[^，。；]{0,16}(?:图|资料|材料|电子版|复印件|清单)"
)


# What ends works: 新建10千伏专线 above, 专线于10月31日送电 below.
_FINISHING = frozenset({"build", "hand_over", "connect", "operate", "open", "accept", "install"})


def _is_same(own: Event, other: Event, *, beside: bool) -> bool:
    """One deed, or the works of the one finished in the other; `beside`: in its clause, where 甲方于6月30日前交付 will do."""
    if not other.marks:  # 8号厂房 above, 厂房改造自签约之日起五个月内完成 below
        other = msgspec.structs.replace(other, marks=own.marks)
    if not alike(msgspec.structs.replace(own, parts=other.parts), other):  # 主体已封顶 is how far it has come
        return False
    if same_object(own, other) or (own.acts & other.acts and own.things and own.things == other.things):
        return True
    ended = bool(own.acts & _FINISHING and other.acts & _FINISHING) and "submit" not in other.acts
    return ended and bool((own.things & other.things and own.content & other.content) or (beside and not other.things))


def _needs(own: Event, other: Event) -> bool:
    """Land is handed over cleared: what stands on it goes before the day of the hand-over."""
    return _clears(own) and "hand_over" in other.acts and "land" in other.things


def _clears(own: Event) -> bool:
    return bool(own.acts & _CLEARING and _STANDS_ON_IT.search(own.words))


_STANDS_ON_IT = re.compile(r"坟|户|附着物|地[上面]物|建筑|圈舍|鱼塘|树|苗|窑|杆|房屋|村民|违[章法]|障碍")


def _is_referred_to(own: Event, told: Event) -> bool:
    """Whether a thing of the duty is what the other, which names it by its clause, does something to."""
    does = own.acts & told.acts or own.acts & _FINISHING & told.acts
    return bool(own.things & told.things and does) and "submit" not in told.acts


def _of_event(case: Case, duty: Obligation) -> str:
    text = case.document.text
    label = _LABEL.search(text[text.rfind("\n", 0, duty.start) + 1 : duty.start])
    before = text[duty.start : max(duty.start, duty.due_start)]
    words = f"{label.group() if label else ''}{before} {text[max(duty.due_end, duty.start) : duty.end]}"
    return _BEARER.sub("", fold_text(words))


_BEARER = re.compile(r"[甲乙丙丁]方")
_LABEL = re.compile(r"[^，。；：:\n]{1,24}[：:]$")
