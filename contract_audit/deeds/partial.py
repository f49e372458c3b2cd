"""When what a record tells is only a part of what is owed: fewer, one of two, a first step, what is denied or elsewhere."""

import re
from collections import Counter
from decimal import Decimal
from itertools import takewhile

from contract_audit.deeds.concepts import NEAR_ACTS
from contract_audit.deeds.counts import OFFICES, count_of, deeds, names_fewer, tells_of
from contract_audit.deeds.events import ASKED, NOT_YET, Event
from contract_audit.deeds.others import is_elsewhere

_STEPS_OF_WORK = frozenset({"install", "connect", "open", "build", "accept", "operate", "produce", "start"})
_FINISHED_WORK = frozenset({"build", "connect", "open", "operate", "produce", "full"})
_BY_STEPS = _FINISHED_WORK | {"accept", "hand_over", "record"}
_LACKS = 2
ON_PAPER = frozenset({"submit", "record", "review", "receive", "sign", "publish", "reply"})
PAPERWORK = frozenset({"obtain", "license", "accept", "submit", "record", "review", "register", "receive", "build"})
PAYING = frozenset({"pay", "return"})
BUILT, WORKED = frozenset({"accept", "build", "record"}), frozenset({"build", "open", "connect", "start", "install"})


def is_less(told: Event, sought: Event) -> bool:
    """What is told is a part of what is sought: fewer, 六成, 仅…, a first step (路基), one of several papers, a denied act."""
    pays = bool(PAYING & told.acts & sought.acts)
    on_paper = bool(sought.acts) and sought.acts <= ON_PAPER
    parts = _parts_told(told, sought)
    if any(NOT_YET.match(part) or not (pays or on_paper) for part in parts) or _is_step(told, sought):
        return True
    if _is_one_of_works(told, sought) or _is_first_act(told, sought) or is_elsewhere(told.words, sought.words):
        return True
    if told.undone & _STEPS_OF_WORK and (not sought.acts or sought.acts & _FINISHED_WORK):
        return True
    parted = any(kind == "期" for kind, _ in sought.marks) or any(unit == "%" for unit, _ in sought.amounts)
    if (told.short or (told.first and pays and not parted)) and not told.amounts & sought.amounts:
        return True
    if lacks(told, sought) or (sought.acts <= PAPERWORK and told.papers and sought.papers - told.papers):
        return True
    if told.papers & _SPECIAL - sought.papers and sought.acts & {"accept", "record"} and sought.acts <= BUILT | _GIVEN:
        return True  # 消防验收 is not the acceptance of the whole
    if _BOTH_WAYS.search(sought.words) and _ONE_WAY.search(told.words) and not _BOTH_WAYS.search(told.words):
        return True  # 第一路送电 of 双路供电
    return (
        _falls_short(told.amounts, sought.amounts, pays=pays)
        or _is_fewer(told, sought)
        or names_fewer(told, sought)
        or _is_one_of_many(told, sought)
    )


def lacks(told: Event, sought: Event) -> bool:
    """The record says itself that some of what is owed is not done: 东桥加固完成，西桥暂停; 围挡拆清（绿化待补栽）; 辅房另行移交."""
    if told.undone & sought.acts or len(told.lacking & sought.content) >= _LACKS:
        return True
    if told.missing & told.things & sought.things and not told.undone - sought.acts:
        return True
    return bool(told.missing & sought.things - told.things) and not told.acts & PAYING


def is_unclear(told: Event, sought: Event) -> bool:
    """What the record says of the thing is not understood: no act of it is the duty's, and its words are not the duty's.

    宣传牌图样定了稿 names the board that is to be put up, and tells something else of it; 一季度租金 tells nothing else.
    """
    if told.acts or (any(unit == "元" for unit, _ in told.amounts) and "元" not in told.words):
        return False
    if told.amounts & sought.amounts and len(told.content & sought.content) >= _LACKS:
        return False  # 12名博士子女均已安排学位
    rest = _SAYS_DONE.sub("", _IN_BRACKETS.sub("", told.words))
    return sum("\u4e00" <= char <= "\u9fff" and char not in sought.words for char in rest) >= _UNKNOWN


_UNKNOWN = 4
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_SAYS_DONE = re.compile(
    r"[甲乙丙丁]方|项目|公司|企业|政府|管委会|全部|完成|完毕|完工|到位|办[结妥好理]|结束|落实|就绪|齐全|如期|顺利|已|了|好|完"
    r"|[0-9.,]+(?:年度?|月份?|日|号|期|笔|批|[万亿]?元|季度|平方米|[套台间亩人户名个座条项])?|[一二三四上下本当首][季半期笔批]?(?:季度|年度|月|年)?"
)
_BOTH_WAYS = re.compile(r"双回?路|双电源|两路|两回")
_ONE_WAY = re.compile(
    r"[一二两12]回(?![复函应答路])(?!线路均)|第?[一1][回号]?路|单路|第一[条回]|主供"
    r"|[东西南北]路由?(?=[^，。；路]{0,6}(?:光缆|电缆|电源|线路|管线))"
)


def _parts_told(told: Event, sought: Event) -> frozenset[str]:
    """Parts that the told event names and the sought one does not; an application is owed where the words ask for one."""
    parts = told.parts - sought.parts
    if sought.acts == {"start"} and "start" in told.acts:
        # 基坑开挖, 桩基施工开始 are the start itself.
        parts = frozenset(part for part in parts if not _BEGINS.search(part))
    return parts - {ASKED} if _OF_APPLYING.search(sought.words) else parts


_BEGINS = re.compile(r"[挖坑]|开始|着手|启动")
_OF_APPLYING = re.compile(r"申请|申报|受理|报批|报审|送审|材料|资料|要件")


def _is_step(told: Event, sought: Event) -> bool:
    """冷库钢架立起 where 建成冷库 is owed."""
    return bool(told.steps - sought.steps) and (not sought.acts or bool(sought.acts & _BY_STEPS))


def _is_one_of_works(told: Event, sought: Event) -> bool:
    """给水通水 where 供水管和污水管 are owed."""
    some = told.things & sought.beside
    return bool(some) and some != sought.beside and not _ALL_WORKS.search(told.words)


_ALL_WORKS = re.compile(r"全部|均|一并|各项|同步|配套|管网|[三五七]通|等")


def _is_first_act(told: Event, sought: Event) -> bool:
    """What is to be built and handed over is not handed over by works alone, a runway paved is not yet one with lights."""
    added = sought.acts - sought.lead
    if added & _STEPS_OF_WORK and told.acts & sought.lead & WORKED and not _comes_near(told, added):
        return True
    if added == {"install"} and not _comes_near(told, sought.lead):
        return True
    return {"build", "hand_over"} <= sought.acts and "build" in told.acts and not told.acts & _GIVEN


def _comes_near(told: Event, acts: frozenset[str]) -> bool:
    """Any of the acts, or one that tells of the same fact, or of a later step."""
    near = any(told.acts & group and acts & group for group in NEAR_ACTS)
    return bool(near or told.acts & (acts | _GIVEN))


_GIVEN = frozenset({"hand_over", "accept", "operate", "open", "connect", "produce", "record"})


def is_one_of_two(told: Event, sought: Event) -> bool:
    """The record names the one of two things that are owed together and not the other: 围墙 of 围墙和门卫室."""
    words = _of_phase(told, sought)
    content = [word for word in told.content if len(word) > 1 and word in words]
    for pair in _TWO.finditer(_NUMBERS.sub(_unless_inside, OFFICES.sub("", sought.words))):
        named = [any(word in side for word in content) for side in pair.groups()]
        ends = zip(*(side[::-1] for side in pair.groups()), strict=False)
        same = len(list(takewhile(lambda two: two[0] == two[1], ends)))  # 东庄、西庄 differ in 东 and 西
        strange = [not set(side[: len(side) - same] or side) & set(words) for side in pair.groups()]
        if (named[0] and strange[1]) or (named[1] and strange[0]):
            return not _ALL_WORKS.search(words)
    return sum(tells_of(told, deed) for deed in deeds(sought.words)) == 1


def _of_phase(told: Event, sought: Event) -> str:
    """The words of the record, without the remark of what is there where the phase that is owed was opened: 一期开园（栈道、漂流）."""
    phase = {mark for mark in told.marks & sought.marks if mark[0] == "期"}
    bare = _IN_BRACKETS.sub("", told.words)
    return bare if phase and told.acts & _OPENED and sought.acts & _OPENED and _PHASE.search(bare) else told.words


_OPENED = frozenset({"open", "operate"})
_PHASE = re.compile(r"[一二三四五首两]期")


def _unless_inside(count: re.Match[str]) -> str:
    """Nothing for a number between two names (泵2台和阀6个), a gap for one behind which another word follows (三个村)."""
    before, follows = count.string[: count.start()][-1:], count.string[count.end() : count.end() + 1]
    if before in tuple("、和及与"):
        return ""  # 食堂、2栋宿舍
    return " " if "\u4e00" <= follows <= "\u9fff" and follows not in "和及与以" else ""


_NUMBERS = re.compile(
    r"[0-9.,]+(?:平方米|万?元|千伏安|(?!号)[\u4e00-\u9fff])|[（(][^（）()]*[）)]|[一二两三四五六七八九十]+[台套座栋个间口条处份家场名]|[两二三四五六七八九十](?:片|村|镇|乡|社区|街道|地块|宗|幅|段|路)"
)
_TWO = re.compile(
    r"((?![甲乙丙]方)[\u4e00-\u9fff]{2,4})(?:和|及|与|、|以及)"
    r"(?=((?![甲乙丙]方)(?:[A-Z]{1,4}(?=[\u4e00-\u9fff]))?[\u4e00-\u9fff]{2,5}))"
)


def _is_one_of_many(told: Event, sought: Event) -> bool:
    """1号炉 of 两台."""
    theirs = {mark for mark in sought.marks if mark[0] in _SINGLE}
    there = {value for place in _THERE.finditer(told.words) for value in re.findall("[0-9]+", place.group())}
    ours = {value for kind, value in told.marks if kind in _SINGLE} - there
    if ours and theirs and ours < {value for _, value in theirs}:
        return True  # 1号窑 of 1号窑炉和2号窑炉
    counts = [value for unit, value in sought.amounts if unit in "台座口栋条处" and value <= _NUMBERED_MOST]
    named = max(Counter(kind for kind, value in told.marks if kind in _SINGLE and value in ours).values(), default=0)
    return bool(named) and not theirs and any(value > named for value in counts)


_NUMBERED_MOST = 20
_SINGLE = frozenset({"号", "栋"})  # marks of single things: 1号炉, B栋
_SPECIAL = frozenset({"safety", "fire", "water_soil", "eia", "energy", "discharge", "geology"})
_THERE = re.compile(r"(?:在|于|[进到]入?)[0-9]{1,3}(?:号|#)(?:楼|厂房|车间|库)")  # 在1#楼就位: where, not what


def _falls_short(told: frozenset[tuple[str, Decimal]], sought: frozenset[tuple[str, Decimal]], *, pays: bool) -> bool:
    """8 of 26 lines, 6000 of 15600 m², 六成 of the whole: a part is not the whole. Shares of money are compared as sums."""
    for unit in {unit for unit, _ in sought} - {"%", "层", "米"}:
        ours = [value for other, value in told if other == unit]
        theirs = [value * _MEASURED.get(unit, 1) for other, value in sought if other == unit]
        if ours and max(ours) < (min(theirs) if len(ours) >= len(theirs) or unit in _ALTERNATIVE else sum(theirs)):
            return True  # 申请11件 where 申请10件、授权3件 are owed
    shares = [value for unit, value in told if unit == "%"]
    whole = min((value for unit, value in sought if unit == "%"), default=_ALL)
    return bool(shares) and not pays and max(shares) < whole


def _is_fewer(told: Event, sought: Event) -> bool:
    """钥匙36把 of 60套, 候车亭15座 of 22个: fewer in another classifier."""
    units = {unit for unit, _ in sought.amounts} - {unit for unit, _ in told.amounts}
    needed = [(count_of(told, sought, unit), value) for unit, value in sought.amounts if unit in units]
    return any(count is not None and count < value for count, value in needed)


_ALTERNATIVE = frozenset({"元", "千伏安", "千瓦", "平方米", "亩", "公里"})  # 从250千伏安换成630千伏安: no two things
_MEASURED = {"公里": Decimal("0.98")}  # 1180米 surveyed where 1.2公里 are owed
_ALL = Decimal(100)
