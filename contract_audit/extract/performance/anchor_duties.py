"""Which duty of the paper an anchor names: 接到净地 is what 把38亩交乙方进场 owes, 取得批复 what 出具批复 owes.

The event then has the day on which that duty was done, whatever the clerk called it; while the duty is not done, the
event has no day.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, combinations
from typing import NamedTuple

from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.deeds import Event, event, is_less, rarity
from contract_audit.deeds.concepts import NEAR_THINGS
from contract_audit.extract.duties.own_words import without_time
from contract_audit.extract.performance.anchor_fit import is_of_things
from contract_audit.extract.performance.joining import Known, Record, is_provable
from contract_audit.model import Obligation

# What one side gives the other gets: 接地, 收到名单, 取得批复.
_GETS = re.compile(r"接[到收]?(?!通|入|驳|管|电|水|气|口|至)|收到?(?!购|储|回)|取得|领取?|获得?|拿到")
_GIVEN = frozenset({"hand_over", "submit", "pay", "obtain", "license", "arrive", "enter", "reply", "clear", "publish"})
_GRANTED = re.compile(r"取得|获得?|领")  # no thing is handed over then, but a paper
_PLACES_GIVEN = frozenset({"clear", "arrive", "enter"})  # 接收园舍 is no payment for it
_BY_GRANT = _GIVEN - {"hand_over", "arrive", "enter", "clear"}
# What no other act stands for: 竣工验收合格 is not what 竣工 owes.
_OF_ITS_OWN = frozenset({"accept", "expire", "win", "review", "publish"})
_SEVERAL = re.compile(r"[、，,]|并且|而且|[并且](?!网|购|入|联|轨)|同时|以及|[和与及]")
_ALL_LISTED = re.compile(r"全部[^，。；并且]*、")  # 全部接通水、气: one duty of several things
_ALL_OF_IT = re.compile(r"全部|整体|所有|全体|悉数|均|都")
_FIRST = re.compile(r"首|第一|头一|其中|部分|先行")
_COMES = re.compile(r"到[齐场货位]|运到|抵达")
_BROUGHT = frozenset({"arrive", "submit", "hand_over"})
_SAYS_LITTLE = re.compile(
    r"[甲乙丙丁双]方|项目公司|公司|企业|单位|政府|管委会|全部|整体|完毕|完成|完工|正式|如期|开始|之日|手续|合格"
    r"|[的了在于将由并和及与把被经后前且自该本各以之完好齐成毕]|[0-9A-Za-z#]|[^\u4e00-\u9fff]"
)
_ACT, _THING, _PART, _NUMBER, _OTHER_THING = 1.0, 0.7, 0.4, 0.5, 1.0
_ENOUGH, _ALL, _AHEAD, _FEWEST = 1.6, 0.95, 0.3, 2
_LEAST = 0.1


def duties_named(
    text: str, duties: list[Obligation], wanted: list[Event], index: int, said: tuple[str, Event]
) -> tuple[int, ...]:
    """The duty whose being done is the event that duty `index` counts from; `said` are the anchor's words and event.

    Several where the anchor speaks of all of them: 全部土地交付 where two plots are owed by different days.
    """
    if _SEVERAL.search(said[0]) and not _ALL_LISTED.search(said[0]):  # 安装完毕并经甲方确认: one of two
        return ()
    places = [other for other, duty in enumerate(duties) if other != index and is_provable(duty)]
    if _FIRST.search(said[0]):  # 接到首期地块 is no 其余560亩
        places = [other for other in places if not _REST.match(text, duties[other].start)]
    asked = _asked(*said)
    likely = [other for other in places if _may_be(asked, wanted[other])]
    scored: list[tuple[float, int]] = []
    if likely:
        owed = _owed(text, tuple(duties))
        rare = rarity([owed[other] for other in places], least=_LEAST)
        unknown = max(rare.values(), default=1.0)
        telling = {letter: rare.get(letter, unknown) for letter in asked.letters}
        scored = sorted(((_likeness(asked, wanted[one], owed[one], telling), one) for one in likely), reverse=True)
    best = scored[0][0] if scored else 0.0
    if best < _ENOUGH:
        return _first_payment(duties, wanted, places, index) if _FIRST_SUM.search(said[0]) else ()
    named = tuple(other for score, other in scored if best - score < _AHEAD)
    return named if len(named) == 1 or _ALL_OF_IT.search(said[0]) else ()


def _first_payment(duties: list[Obligation], wanted: list[Event], places: list[int], index: int) -> tuple[int, ...]:
    """The payment of the other side that is due first: 收到第一笔款 where the instalments are not numbered."""
    sums = [
        (due, other)
        for other in places
        if "pay" in wanted[other].acts
        and duties[other].side != duties[index].side
        and (due := duties[other].due) is not None
    ]
    return (min(sums)[1],) if sums else ()


_FIRST_SUM = re.compile(r"(?:第一|首|头一?)[笔期批](?:款项?|资金|付款|价款)|首付|首款")
_REST = re.compile(r"(?:其余|余下|剩余|尾款|余款)")


def day_named(
    named: tuple[int, ...], wanted: list[Event], index: int, said: tuple[str, Event], proofs: dict[int, Record]
) -> Record | None:
    """The record of the last of the duties that the anchor of duty `index` names, once each is proved by a row of its own."""
    own_row, whole = proofs[index].row if index in proofs else None, is_of_all(said[0])
    records = [
        proofs[one]
        for one in named
        if one in proofs
        and proofs[one].row is not own_row
        and is_of_things(proofs[one], said[1].things if said[1].things and not whole else wanted[one].things)
    ]
    if not records or len(records) < len(named):
        return None
    return max(records, key=lambda record: record.done_on)


def last_lot(sought: Event, anchor: Event, known: list[Known]) -> Record | None:
    """The last of the rows whose counts make up what the named duty owes: 首批190亩, 余下110亩 of 300亩."""
    units = [unit for unit, _ in sought.amounts]
    for unit, needed in sought.amounts:
        lots = {one.record.row.matter: one for one in known if one.duty is None and _is_lot(one.words, sought, anchor)}
        counts = [(_count(one.words, unit), one.record) for one in lots.values()]
        counted = [(count, record) for count, record in counts if count is not None and count < needed]
        if unit in _NOT_COUNTED or units.count(unit) > 1 or len(counted) > _MOST_LOTS:
            continue
        for size in range(_FEWEST, len(counted) + 1):
            for some in combinations(counted, size):
                if sum(count for count, _ in some) == needed:
                    return max((record for _, record in some), key=lambda record: record.done_on)
    return None


def is_of_all(words: str) -> bool:
    """Whether the words tell of several things that are all done: 全部接通水、气."""
    return bool(_ALL_LISTED.search(words))


def without_lots(sought: Event, known: list[Known], *, whole: bool) -> list[Known]:
    """The records without those that count less than the named duty owes: the first lot is not the whole.

    Where the `whole` is asked for, nor is any other part of it.
    """
    return [
        one
        for one in known
        if not (whole and is_less(one.words, sought))
        and not any(
            unit not in _NOT_COUNTED and (count := _count(one.words, unit)) is not None and count < needed * _NEARLY
            for unit, needed in sought.amounts
        )
    ]


_NEARLY = Decimal("0.95")
_NOT_COUNTED = frozenset({"元", "%", "层", "米", "次", "千伏安", "千伏", "千瓦", "年", "月", "天"})
_MOST_LOTS = 6


def _is_lot(told: Event, sought: Event, anchor: Event) -> bool:
    """Whether the record tells of the act, and of nothing else than what the duty is about."""
    acts, things = sought.acts | anchor.acts, sought.things | anchor.things
    return (
        bool(told.acts & acts)
        and not told.undone & acts
        and (not told.things or not things or bool(told.things & things))
    )


def _count(told: Event, unit: str) -> Decimal | None:
    counts = [value for other, value in told.amounts if other == unit]
    return counts[0] if len(counts) == 1 else None


@lru_cache(maxsize=16)
def _owed(text: str, duties: tuple[Obligation, ...]) -> tuple[frozenset[str], ...]:
    """The telling letters of each duty: of its own words, and of what opens its line, up to the first duty there."""
    timed = sorted((duty.start, duty.due_start) for duty in duties if duty.due_end > duty.due_start)
    firsts = [*accumulate((first for _, first in reversed(timed)), min)][::-1]  # the first time from each duty on
    found = []
    for duty in duties:
        line = text.rfind("\n", 0, duty.start) + 1
        place = bisect_left(timed, (line,))
        first = firsts[place] if place < len(firsts) else line
        topic = text[line : max(line, min(first, duty.start))]
        found.append(_letters(f"{topic}{without_time(text, duty)}"))
    return tuple(found)


def _letters(words: str) -> frozenset[str]:
    return frozenset(_SAYS_LITTLE.sub("", fold_text(words)))


class _Asked(NamedTuple):
    """What an anchor asks for: its event, its telling letters, acts of a duty that would be it, and how much of it."""

    anchor: Event
    letters: frozenset[str]
    acts: frozenset[str]
    whole: bool


def _asked(words: str, anchor: Event) -> _Asked:
    acts = anchor.acts | (_BROUGHT if _COMES.search(words) else frozenset())
    if _GETS.search(words):
        acts |= _BY_GRANT if _GRANTED.search(words) else _GIVEN if anchor.acts != {"hand_over"} else _PLACES_GIVEN
    whole = bool(_ALL_OF_IT.search(words)) and not _FIRST.search(words)
    return _Asked(anchor, _letters(_GETS.sub("", words)), acts, whole)


def _may_be(asked: _Asked, sought: Event) -> bool:
    """Whether a duty may be what is asked for, before its letters are compared."""
    anchor = asked.anchor
    if not asked.acts & sought.acts and (len(asked.letters) < _FEWEST or (anchor.acts and sought.acts)):
        return False
    if any(_clash(anchor, sought)) or (anchor.acts - sought.acts) & _OF_ITS_OWN:
        return False
    return not (asked.whole and _FIRST.search(sought.words))


def _likeness(asked: _Asked, sought: Event, owed: frozenset[str], telling: dict[str, float]) -> float:
    """How much a duty that may be what is asked for is like it, by its letters and what both name."""
    anchor, weight = asked.anchor, sum(telling.values())
    cover = sum(telling[letter] for letter in asked.letters & owed) / weight if weight else 0.0
    if not asked.acts & sought.acts and cover < _ALL:
        return 0.0
    near = any(anchor.things & group and sought.things & group for group in NEAR_THINGS)
    same = anchor.things & sought.things
    score = cover + _ACT + _THING * bool(same) + _PART * bool(anchor.parts & sought.parts)
    score += _NUMBER * bool(anchor.marks & sought.marks)
    return score - _OTHER_THING * bool(anchor.things and sought.things and not same and not near)


def _clash(anchor: Event, sought: Event) -> Iterator[bool]:
    """By kind of number, whether both name one and none is the same."""
    for kind in {mark[0] for mark in anchor.marks} & {mark[0] for mark in sought.marks}:
        yield not {mark for mark in anchor.marks if mark[0] == kind} & sought.marks


def same_event_before(text: str, duties: Sequence[Obligation], index: int, anchor: Event) -> Event | None:
    """The event of the duty right before in the same sentence, where it names the lot that the bare words leave out.

    400万元自第二批验收合格之日起三十日内支付，余款自验收合格之日起…: of that lot too.
    """
    duty, before = duties[index], duties[index - 1] if index else None
    if before is None or not before.anchor or before.clause != duty.clause or not anchor.acts:
        return None
    named = event(before.anchor)
    rest = text[before.end : duty.start]
    return named if named.marks and named.acts == anchor.acts and not _ENDS_SENTENCE.search(rest) else None


_ENDS_SENTENCE = re.compile(r"[。；\n]")


def said_before(text: str, words: str, duty: Obligation) -> str:
    """The phrase right before the duty, where it says in full what the bare anchor says again: 缴清土地价款，自缴清之日起."""
    start = behind_last("\n。；", text, duty.due_start)
    phrase = text[start : duty.due_start].rstrip("，,自从").rpartition("，")[2]
    counted = re.search(rf"{re.escape(words)}(?:之日|日|之)?[起后]", phrase)  # 自收楼之日起30日内接通专线，45日内…
    return phrase if words in phrase and counted is None else ""


def in_full(text: str, duty: Obligation) -> str:
    """The anchor, its thing named as the sentence opens: 定制厂房的电源，在厂房移交后45日内接通 counts from no other plant."""
    words, start = duty.anchor or "", behind_last("\n。；", text, duty.due_start)
    thing = words[:_THING_NAME]
    if len(words) <= _THING_NAME or not thing.isalpha():
        return words
    full = re.search(
        rf"(?:^|[，：:）)])(?P<name>[^，。；：、的）)]{{1,6}}){re.escape(thing)}的", text[start : duty.due_start]
    )
    return words if full is None else f"{full['name']}{words}"


_THING_NAME = 2  # characters of 厂房, 土地, 道路
