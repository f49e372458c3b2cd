"""Whether two phrases speak of one and the same object, whatever is done with it: numbers, papers and names agree."""

import re

from contract_audit.deeds.events import Event

_SHARE = 0.5  # of the words of the one that stand in the other
_FEW = 2
_KINDS = ("号", "期", "区", "年", "栋", "旧")


def alike(one: Event, other: Event) -> bool:
    """True where nothing speaks against one object: phases, numbers, quantities, papers and parts do not differ."""
    for kind in {*_KINDS, *(kind for kind, _ in (*one.marks, *other.marks) if kind[0] == "第")}:
        ours, theirs = ({mark for mark in event.marks if mark[0] == kind} for event in (one, other))
        if ours != theirs:
            return False
    for unit in {unit for unit, _ in one.amounts} & {unit for unit, _ in other.amounts}:
        ours_too, theirs_too = ({value for name, value in event.amounts if name == unit} for event in (one, other))
        if ours_too != theirs_too:
            return False
    return one.papers == other.papers and one.parts == other.parts


def same_object(one: Event, other: Event) -> bool:
    """True where the things are the same and most words of the shorter name stand in the longer."""
    if one.things and other.things and not one.things & other.things:
        return False
    words, words_too = (_named(event.content) for event in (one, other))
    if min(len(words), len(words_too)) < _FEW:  # 注册资本实缴: hardly more than the act itself
        words, words_too = (_named(event.pairs) for event in (one, other))
    fewer = min(len(words), len(words_too))
    common = words & words_too
    if fewer >= _FEW:
        return len(common) >= _FEW and len(common) >= _SHARE * fewer
    return bool(one.things) and one.things == other.things


def _named(words: frozenset[str]) -> set[str]:
    return {pair for pair in words if len(pair) > 1 and not _SAYS_LITTLE.search(pair)}


_SAYS_LITTLE = re.compile(
    r"到位|[万亿]元|全部|整体|[首一二三四五六]期|项目|工程|面积|方米|平方|完成|不少|不低|于[\u4e00-\u9fff]"
)
