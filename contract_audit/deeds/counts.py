"""How many of the things owed a phrase tells of: also in another classifier, by name, and item by item of a list.

钥匙36把 are keys to 36 of 60套, 候车亭15座 are 15 of 22个, 石窑村 is one of 四个村; 发药机3台、补药机1台 are two items.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import msgspec

from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.openings import Table
from contract_audit.deeds.concepts import ACTS
from contract_audit.deeds.events import Event, event
from contract_audit.deeds.portions import UNITS, quantities

# Classifiers by which the same things are counted.
_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "个 座 处 所", "个 台 件 只 套 部", "台 辆", "套 间", "根 个 盏 杆 基", "条 根", "头 口 只", "口 眼", "棵 株 根 丛",
        "场 次", "艘 条 只", "间 个", "栋 座",
    )
)  # fmt: skip
# One for each of what is owed: 钥匙 for rooms, 合同 for men and households, 证 for homes.
_ONE_EACH = (
    (re.compile(r"钥匙|门卡|房卡"), frozenset({"把", "张", "份"}), frozenset({"套", "间"})),
    (re.compile(r"合同|协议"), frozenset({"份"}), frozenset({"人", "套", "家"})),
    (re.compile(r"证"), frozenset({"本", "张", "份"}), frozenset({"套", "家", "个"})),
)
_DISCRETE = frozenset("个座处所台件只套辆间根盏条头口眼孔樘块组部棵株丛场次艘栋人家份")
_PLACE = re.compile(rf"{RUN}(?:个|座|处|所)(?P<noun>社区|小区|街道|[村镇乡])")
_CJK = "\u4e00-\u9fff"


def count_of(told: Event, sought: Event, unit: str) -> Decimal | None:
    """How many things the told event tells of, in the unit in which the sought event counts them; None where it says none."""
    own = [value for other, value in told.amounts if other == unit]
    if own:
        return max(own)
    if sum(other in _DISCRETE for other, _ in sought.amounts) != 1:
        return None
    counts = {value for other, value, noun in _counts(told.words) if _is_same(other, unit, noun, told, sought)}
    return counts.pop() if len(counts) == 1 else _named(told, sought) if not counts else None


def _counts(words: str) -> Iterator[tuple[str, Decimal, str]]:
    """Unit, number and surroundings of each count of single things: its noun stands before or behind it."""
    for unit, value, match in quantities(words):
        if unit in _DISCRETE or unit in "把张本杆基":
            before = words[max(0, match.start() - _NOUN_CHARS) : match.start()]
            yield unit, value, f"{before} {words[match.end() : match.end() + _NOUN_CHARS]}"


_NOUN_CHARS = 3


def _is_same(unit: str, other: str, noun: str, told: Event, sought: Event) -> bool:
    """Whether what is counted in the one unit is what the other counts."""
    if any(names.search(told.words) and unit in ours and other in theirs for names, ours, theirs in _ONE_EACH):
        return True
    alike = any(unit in group and other in group for group in _ALIKE)
    return alike and any(one + two in sought.words for one, two in pairwise(noun))


def _named(told: Event, sought: Event) -> Decimal | None:
    """How many places of the kind that is counted are named: 石窑村 where 四个村 are owed."""
    place = _PLACE.search(sought.words)
    if place is None:
        return None
    noun = place["noun"]
    names = set(re.findall(rf"[{_CJK}]{{2}}(?={noun})", told.words))
    return Decimal(len(names)) if names else None


_TOTAL = re.compile(
    rf"(?:总?共计?|[合总]计){RUN}(?:{UNITS})|(?:[路面墙管孔]|平均|净)*[宽高厚深长径]度?(?:为|约)?{RUN}(?:厘?米|公分)"
)


def is_total(words: str) -> bool:
    """Whether the words are nothing but how many there are in all, or of what size: 共50个, 合计291人, 路面宽7米."""
    return bool(_TOTAL.fullmatch(words.strip()))


def is_size(before: Event, now: Event) -> bool:
    """Whether `now` says only how much there is of what was done `before`, by a name that tells of no act: 投用，库容2.6万吨."""
    if now.acts or now.things or now.marks or now.parts or not before.acts:
        return False
    units = {unit for unit, _ in now.amounts}
    return bool(units) and units <= _SIZES and not units & {unit for unit, _ in before.amounts}


_SIZES = frozenset({"吨", "平方米", "立方米", "公里", "千瓦", "千伏安", "亩"})
_AND_THEN = re.compile(r"[，,]?(?:并且?|同时|且)(?![网购行联轨线入])")
_BY_ITSELF = frozenset(
    {"hand_over", "license", "obtain", "record", "register", "pay", "submit", "clear", "build", "arrive"}
)
_ENDS = frozenset({"accept", "operate", "open", "produce", "connect"})  # 建成冷库并投用: the second shows the first


def deeds(words: str) -> tuple[Event, ...]:
    """Two deeds that are owed together, each with an object of its own: 办妥施工许可证，并移交场地; else none."""
    parts = [event(part) for part in _AND_THEN.split(words)]
    if len(parts) != len(("one", "other")):
        return ()
    objects = [part.things | part.papers for part in parts]
    apart = all(objects) and not objects[0] & objects[1]
    own = all(part.acts & _BY_ITSELF and not (part.acts & _ENDS or part.parts) for part in parts)
    return tuple(parts) if apart and own else ()


def tells_of(told: Event, deed: Event) -> bool:
    """Whether the told event is a deed of this kind with this object, and of no smaller sum than is owed."""
    paid, owed = ([value for unit, value in one.amounts if unit == "元"] for one in (told, deed))
    if paid and owed and max(paid) < max(owed):
        return False
    return bool(told.acts & deed.acts and (told.things | told.papers) & (deed.things | deed.papers))


class Item(msgspec.Struct, frozen=True):
    """One thing of a list, and how many of it; None where no number stands with it."""

    name: str
    number: Decimal | None = None


_CHUNK = re.compile(r"[^，。；：:\s（）()]+")
_SEPARATOR = re.compile(r"、|以及|和(?![平谐睦])|及(?![时格其])|与(?!会)")
_NUMBER_OF = re.compile(rf"(?P<ordinal>第)?(?P<n>{RUN})(?:{UNITS})")
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_ACTS = Table(ACTS)
_LONGEST, _SHORTEST = 6, 2  # characters of a name


# One office each, though its name joins two things: 人力资源和社会保障局.
OFFICES = re.compile(
    r"(?:[省市县区])?(?:人力资源和社会保障|住房和城乡建设|自然资源和规划|工业和信息化|文化和旅游|发展和改革|卫生和计划生育|教育和体育)(?:局|委员会|委|厅|部)"
    r"(?:负责|于|应)?"
)


_NAMES = re.compile(
    rf"(?P<names>[{_CJK}]{{2,8}}?(?:[、和与及][{_CJK}]{{2,6}}?)+?)(?P<n>[两二三四五六七八九十])个?"
    r"(?:片区?|[村镇乡]|街道|社区|小区|地块|宗|标段|[条栋幢座台处家户段所路])"
)
_EACH = re.compile(r"全部|均|都|所有|各|[两二三四五六七八九十]个?(?:片|[村镇乡条栋幢座台处家户段所路宗])")


def names_fewer(told: Event, sought: Event) -> bool:
    """Whether several are owed by name and number (青杨岭、黑石山两片区) and some of the names are told, not all."""
    several = _NAMES.search(_IN_BRACKETS.sub("", sought.words))
    if several is None or _EACH.search(told.words):
        return False
    first, *others = re.split("[、和与及]", several["names"])
    items = [Item(re.sub(r"\s", "", name)[-_LONGEST:]) for name in (_without_acts(first), *others)]
    named = [any(pair in told.words for pair in _own_pairs(item, items)) for item in items]
    return len(items) == number(several["n"].replace("两", "二")) and any(named) and not all(named)


def listed(words: str) -> tuple[Item, ...]:
    """The things of the first list (A、B和C) of folded `words`; none where it is open (A、B等) or a name is not clear."""
    for chunk in _CHUNK.findall(OFFICES.sub("", _IN_BRACKETS.sub("", words))):
        parts = _SEPARATOR.split(chunk)
        if len(parts) < _SHORTEST or "等" in parts[-1]:
            continue
        items = tuple(_item(part, first=not place, last=place == len(parts) - 1) for place, part in enumerate(parts))
        if items[-1].number == len(items) and not any(item.number for item in items[:-1]):
            items = (*items[:-1], Item(items[-1].name))  # 双塘、柏树、河湾三个村
        if all(len(item.name) >= _SHORTEST and _own_pairs(item, items) for item in items):
            return items
    return ()


# 青杨岭、黑石山两片区林权…: how many of what kind the names are, which is no part of the last.
_OF_PLACES = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})[两二三四五六七八九十]个?(?:片区?|[村镇乡]|街道|社区|小区|地块|宗地?|幅|段|标段|园区).*$"
)


def _item(part: str, *, first: bool, last: bool) -> Item:
    """The name and number of one part of a list; before the first and behind the last stand words that are no name."""
    part = part if first else _OF_PLACES.sub("", part) or part
    counts = list(_NUMBER_OF.finditer(part))
    count = (counts[0] if last else counts[-1]) if counts else None
    if count is not None and not count.start() and not first:
        bare, owed = part[count.end() :], number(count["n"])  # 食堂、2栋宿舍
    elif count is not None and count.start() and (last or count.end() == len(part)):
        bare, owed = part[: count.start()], None if count["ordinal"] else number(count["n"])
    else:
        bare, owed = _NUMBER_OF.sub(" ", part), None
    runs = re.findall(rf"[{_CJK}0-9A-Za-z#]+", _without_acts(bare) if first or last else bare)
    runs = [run for run in map(_bare, runs) if len(run) >= _SHORTEST] or [bare.strip()]
    return Item(runs[-1][-_LONGEST:] if first else runs[0][:_LONGEST], owed)


def _bare(run: str) -> str:
    return re.sub(r"^(?:将|把|由|对|在|购齐|完成)|(?:并|的|全套|等)+$", "", run)


def _without_acts(words: str) -> str:
    for _, pattern in _ACTS.possible(words):
        words = pattern.sub(" ", words)
    return words


def _own_pairs(item: Item, items: Sequence[Item]) -> set[str]:
    """Pairs of characters that stand in the name of this item alone."""
    others = {pair for one in items if one is not item for pair in _pairs(one.name)}
    return _pairs(item.name) - others


def _pairs(name: str) -> set[str]:
    return {one + two for one, two in pairwise(name)}


def covers(told: Sequence[Event], items: Sequence[Item]) -> bool:
    """Whether the told events together name every item, and where a number is owed, as many of it."""
    return all(_is_covered(item, _own_pairs(item, items), told) for item in items)


def _is_covered(item: Item, pairs: set[str], told: Sequence[Event]) -> bool:
    so_far = Decimal(0)
    for one in told:
        if one.undone or one.lacking or one.missing or one.short:
            continue
        places = [one.words.find(pair) for pair in pairs if pair in one.words]
        if not places:
            continue
        if item.number is None:
            return True
        behind = _NUMBER_OF.search(one.words, min(places))
        between = one.words[min(places) : behind.start()] if behind else ""
        told_number = number(behind["n"]) if behind and not _SEPARATOR.search(between) else None
        if told_number is None:  # 补药机运到: all of it
            told_number = item.number
        so_far = max(so_far, told_number) if behind and behind["ordinal"] else so_far + told_number
    return item.number is not None and so_far >= item.number
