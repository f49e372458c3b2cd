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
    if (one.things and other.things and not one.things & other.things) or siblings(one.words, other.words):
        return False
    words, words_too = (_named(event.content) for event in (one, other))
    if min(len(words), len(words_too)) < _FEW:  # 注册资本实缴: hardly more than the act itself
        words, words_too = (_named(event.pairs) for event in (one, other))
    fewer = min(len(words), len(words_too))
    common = words & words_too
    if fewer >= _FEW:
        return len(common) >= _FEW and len(common) >= _SHARE * fewer
    return bool(one.things) and one.things == other.things


def siblings(words: str, words_too: str) -> bool:
    """Two of one kind told apart by their names: 小学部 and 高中部, 东段 and 西段, 研发楼 and 综合楼."""
    ours, theirs = (_kin(text) for text in (words, words_too))
    return any(not ours[kind] & theirs[kind] for kind in ours.keys() & theirs.keys())


def _kin(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in _KIN.finditer(text):
        found.setdefault(match["kind"], set()).add(match["name"])
    return found


_KIN = re.compile(
    r"(?P<name>小学|初中|高中|幼儿|中学|[东南西北中前后上下]|研发|综合|办公|宿舍|食堂|门卫|检测|实验|展示|住宅|商业|[一二三四五]|主|副|左|右)"
    r"(?P<kind>部|段|楼|馆|单元|标段|支路|侧|岸|线(?=贯通|通车|施工|路|游|步|栈|景|管|段))"
)


def _named(words: frozenset[str]) -> set[str]:
    return {pair for pair in words if len(pair) > 1 and not _SAYS_LITTLE.search(pair)}


_SAYS_LITTLE = re.compile(
    r"到位|[万亿]元|全部|整体|[首一二三四五六]期|项目|工程|面积|方米|平方|完成|不少|不低|于[\u4e00-\u9fff]"
)


_REST = ("期", "余")


def same_event(one: Event, other: Event) -> bool:
    """Two duties for one event (in the text and again in a table): no mark or number differs, most words in common."""
    marks, marks_too = (frozenset(mark for mark in event.marks if mark[0][0] != "第") for event in (one, other))
    if (one.marks and other.marks and marks != marks_too) or (
        one.amounts and other.amounts and one.amounts != other.amounts
    ):
        return False
    if _REST in one.marks ^ other.marks:
        return False  # 退还50%，…退还剩余50%
    fewer = min(len(one.pairs), len(other.pairs))
    share = _SHARE / 2 if one.marks and one.marks == other.marks else _SHARE  # 2号冷库 names it
    return bool(fewer) and len(one.pairs & other.pairs) / fewer >= share and bool(one.acts & other.acts)


def tells_both(told: Event, one: Event, other: Event) -> bool:
    """水厂投产供水 tells of two duties: the works in use, and the water delivered."""
    if one.acts & other.acts or len(told.acts) < len((one, other)):
        return False
    return all(
        (told.acts & wanted.acts or (told.acts & {"produce", "operate"} and "build" in wanted.acts))
        and told.things & wanted.things
        and (told.content & wanted.content or wanted.things - {"land"})
        for wanted in (one, other)
    )
