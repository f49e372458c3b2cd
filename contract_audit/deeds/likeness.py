"""How much a record looks like what is owed: acts, things, numbers and words weighed; parts and other papers are nothing like it."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal
from itertools import chain
from math import log

import msgspec

from contract_audit.deeds.concepts import CONTRACTS, NEAR_ACTS, NEAR_THINGS, SHOWN_BY, WORKS
from contract_audit.deeds.events import NOT_YET, Event
from contract_audit.deeds.others import is_other_thing
from contract_audit.deeds.partial import BUILT, ON_PAPER, PAPERWORK, PAYING, WORKED, is_less


class Weights(msgspec.Struct, frozen=True):
    """How telling pairs, acts and things are among the events at hand: rare ones (疏港, 保税) say more than common ones."""

    of: dict[str, float]

    def total(self, marks: Iterable[str], unknown: float = 0.0) -> float:
        """The summed weight, `unknown` for each that none of the events has."""
        return sum(self.of.get(mark, unknown) for mark in marks)


def weights(events: list[Event]) -> Weights:
    """Weights by how many of the events have a mark."""
    return Weights(rarity([(*one.pairs, *one.acts, *one.things) for one in events], least=0.0))


SINGLE = 0.4  # weight of a single character beside a pair


def rarity(marks: Collection[Iterable[str]], *, least: float) -> dict[str, float]:
    """How telling each mark is among texts that are given by their marks: rare ones say more, none less than `least`
    (inverse document frequency, at most 1; single characters `SINGLE` of it).
    """
    counts = Counter(chain.from_iterable(marks))
    size = len(marks) + 1
    telling = {count: max(log(size / (count + 0.5)) / log(2 * size), least) for count in set(counts.values())}
    return {mark: telling[count] * (SINGLE if len(mark) == 1 else 1.0) for mark, count in counts.items()}


def likeness(told: Event, sought: Event, scale: Weights, *, partly: bool = False) -> float:
    """How much the told event (evidence) looks like the sought one (duty, anchor): 0 = another event, from 4 the same.

    What is told of a part only is nothing like the whole, unless `partly` is asked for.
    """
    if partly and sought.acts & told.acts - {"full"}:  # 1线、2线投产 is a part of 四条线全部投产
        sought = msgspec.structs.replace(sought, acts=sought.acts - {"full"}, lead=sought.lead - {"full"})
    acts = _acts_score(told, sought, scale)
    if acts is None or _is_other_works(told, sought) or _marks_clash(told, sought) or _is_other_paper(told, sought):
        return 0.0
    if _is_mere_money(told, sought):
        return 0.0
    pays = bool(PAYING & told.acts & sought.acts)
    if not partly and is_less(told, sought):
        return 0.0
    if "design" in told.things - sought.things and not sought.acts <= ON_PAPER:
        return 0.0  # drawings of a pipe are no pipe
    common = told.things & sought.things
    score = acts + len(common) + scale.total(common, 0.5) + min(scale.total(told.pairs & sought.pairs), 4.0)
    score += min(_SHORT_FORM * abbreviated(told, sought), 2 * _SHORT_FORM)
    score += len(told.papers & sought.papers) + _SAME_STEP * len(told.parts & sought.parts)
    if sought.acts <= _HANDED_IN and any(not _PAPER_WORDS.search(pair) for pair in told.content & sought.content):
        score += len(told.documents & sought.documents)
    score += 1.5 * len(told.marks & sought.marks) + _amount_score(told.amounts, sought.amounts)
    score -= sum(
        not NOT_YET.match(part) for part in sought.parts - told.parts
    )  # 完成改造方案 is not done by the works alone
    score -= _OTHER_MONEY * (pays and _is_other_sum(told.amounts, sought.amounts))
    score -= pays and _is_instalment(told) and not (_is_instalment(sought) or told.amounts & sought.amounts)
    score -= _OTHER_MONEY * _is_other_purpose(told.purposes, sought.purposes)
    if sought.things and told.things:
        near = any(told.things & group and sought.things & group for group in NEAR_THINGS)
        score -= 0.3 * len(sought.things ^ told.things) if common else 0.0 if near else 2.0
    elif not sought.things and told.acts & sought.acts & _SPEAKING:
        score += 1.0
    if _ends_the_project(told, sought):
        score += 2.5
    return max(score, 0.0)


def _is_mere_money(told: Event, sought: Event) -> bool:
    """A payment, where what is owed is a deed without a sum: 付工程款 is no hand-over of the drawings of the works."""
    paid = told.acts & _MONEY_MOVES
    if not paid or told.acts - _MONEY_MOVES or not any(unit == "元" for unit, _ in told.amounts):
        return False
    handed_in = sought.acts & {"submit", "receive"}  # 提交保证金, but an application for a subsidy is no payment
    of_money = sought.acts & (_MONEY_MOVES | _COSTS) - handed_in or sought.things & (
        {"guarantee"} if handed_in else _FOR_MONEY
    )
    return bool(sought.acts) and not (of_money or any(unit in "元%" for unit, _ in sought.amounts))


_COSTS = frozenset({"buy", "win", "sign", "raise", "recruit"})  # what a payment may show
_FOR_MONEY = frozenset({"subsidy", "rent", "price", "guarantee", "damages", "wages", "capital", "fixed", "loan", "tax"})


def _ends_the_project(told: Event, sought: Event) -> bool:
    """厂房竣工验收合格 where 竣工 alone is owed: of the project, and nothing beside it."""
    alone = not (sought.things or sought.parts or sought.marks) and len(sought.content) < _NAMED
    ends = bool(sought.acts) and sought.acts <= _ENDED <= told.acts
    return alone and ends and told.things <= _OF_PROJECT


_SAME_STEP = 0.5
_ENDED = frozenset({"build", "accept"})
_OF_PROJECT = frozenset({"plant", "structure"})
_SHORT_FORM = 0.6


def abbreviated(told: Event, sought: Event) -> int:
    """Words that one of the two shortens: 修规 for 修建性详细规划, 固投 for 固定资产投资."""
    return sum(
        any(one.words.find(pair[1], place + 2, place + _SPREAD) >= 0 for place in _places(one.words, pair[0]))
        for other, one in ((told, sought), (sought, told))
        for pair in other.content - one.pairs
    )


_SPREAD = 7


def _places(text: str, char: str) -> list[int]:
    return [index for index, one in enumerate(text) if one == char]


# Acts that say by themselves what was done: 开工, 投产, 注册 need no object.
_SPEAKING = frozenset({"start", "produce", "register", "win", "license", "operate"})
# An act that governs its phrase: 收到验收申请 tells of receiving, not of acceptance.
_GOVERNING = frozenset({"return", "reduce", "receive", "sign", "expire", "submit", "publish", "move"})


# What ends a work is not proved by its earlier steps: a road is open when traffic runs, not when it is built.
_FINAL = {
    "open": frozenset({"open", "connect", "accept", "operate", "hand_over"}),
    "produce": frozenset({"produce", "operate"}),
    "full": frozenset({"full"}),
    "win": frozenset({"win", "sign"}),
}


_OTHER_MONEY = 1.5  # off the likeness of two payments of different sums, and of different purposes (物流补贴, 设备奖补)


def _is_other_sum(told: frozenset[tuple[str, Decimal]], sought: frozenset[tuple[str, Decimal]]) -> bool:
    ours, theirs = ({value for unit, value in amounts if unit == "元"} for amounts in (told, sought))
    return bool(ours and theirs) and not ours & theirs


def _is_instalment(one: Event) -> bool:
    return any(kind == "期" for kind, _ in one.marks)


def _is_other_purpose(told: frozenset[str], sought: frozenset[str]) -> bool:
    """Both say what the money is for, and no character of the one is in the other."""
    return bool(told and sought) and set("".join(told)).isdisjoint("".join(sought))


def is_near(told: Event, sought: Event) -> bool:
    """Acts that tell of one fact, or no act on one of the two sides."""
    if not told.acts or not sought.acts or _is_shown(told, sought):
        return True
    return any(told.acts & near and sought.acts & near for near in NEAR_ACTS)


def is_apart(told: Event, sought: Event) -> bool:
    """Certainly not one event: other numbers, another paper, other sums, an act that governs the one and not the other."""
    if _is_other_works(told, sought) or _marks_clash(told, sought):
        return True
    if _is_other_paper(told, sought) or _is_other_sum(told.amounts, sought.amounts):
        return True
    if told.acts and sought.acts and not told.acts & sought.acts and not is_near(told, sought):
        return True
    if "design" in told.things - sought.things and not sought.acts <= ON_PAPER:
        return True
    return bool(told.acts) and _is_other_act(told.acts, sought.acts, sought.lead)


_NAMED = 2  # pairs of characters from which the same thing is named


def _is_other_works(told: Event, sought: Event) -> bool:
    """A school is no sewage works, a water main no road."""
    ours, theirs = told.things & _FACILITIES, sought.things & _FACILITIES
    near = any(ours & group and theirs & group for group in _LIKE_WORKS)
    return bool(ours and theirs) and not (ours & theirs or near) and not told.papers & sought.papers


_FACILITIES = WORKS | {"school"}
_LIKE_WORKS = tuple(
    frozenset(group.split())
    for group in ("canal sewage water", "road canal_bridge parking lamp green", "power lamp network", "rail road")
)


def _is_other_paper(told: Event, sought: Event) -> bool:
    """环评批复 is no 施工许可证, where papers are what is owed; nor is a contract of one kind one of another kind."""
    ours, theirs = told.things & CONTRACTS, sought.things & CONTRACTS
    if "sign" in told.acts & sought.acts and ours and theirs and not ours & theirs:
        return True
    if sought.acts <= _HANDED_IN and told.documents and sought.documents and not told.documents & sought.documents:
        return True
    return sought.acts <= PAPERWORK and bool(told.papers and sought.papers) and not told.papers & sought.papers


_PAPER_WORDS = re.compile(r"报告|告书|报表|方案|预案|名单|清单|图纸|计划|划书|合同|协议|发票|材料|资料")
_HANDED_IN = frozenset({"submit", "record", "reply", "receive"})


def _acts_score(told: Event, sought: Event, scale: Weights) -> float | None:
    """Points for the acts; None where they are different acts. What is told without a verb (第一期补助) may be any."""
    ours = told.acts | {"full"} if told.acts and _is_last(told, sought) else told.acts
    theirs = sought.acts
    if ours and _is_other_act(ours, theirs, sought.lead):
        return None
    shared = bool(told.things & sought.things) or _same_content(told, sought)
    if ours & theirs:
        other = ours & theirs <= (_OF_THINGS if _is_foreign(told, sought) else _OF_ANYTHING) and not (
            shared or told.papers & sought.papers
        )
        points = 1.5 + 2.0 * min(scale.total(ours & theirs, 0.5), 1.0)
        return points - (_OTHER_OBJECT if other and told.content and sought.content else 0.0)
    named = told.papers or told.amounts & sought.amounts or len(told.content & sought.content) >= _NAMED
    if not ours and not named:
        return 0.0  # nothing says that it was done: 供水管道冲洗
    if not ours or not theirs:
        return 1.0 if shared else 1.0 - _OTHER_OBJECT
    if _is_shown(told, sought):
        return 1.5
    return 1.0 if any(ours & near and theirs & near for near in NEAR_ACTS) else None


def _is_other_act(ours: frozenset[str], theirs: frozenset[str], lead: frozenset[str]) -> bool:
    governing = lead & _GOVERNING
    if governing and not governing & ours and not any(governing & near and ours & near for near in NEAR_ACTS):
        return True
    if "pay" in theirs and not theirs & _WORKS and not ours & _MONEY_MOVES:
        return True  # 按进场设备发票金额支付: the money is what is owed
    if any(act in theirs and not proofs & ours for act, proofs in _FINAL.items()):
        return True
    return bool(theirs & {"accept", "record"}) and theirs <= BUILT and ours <= WORKED


def _is_shown(told: Event, sought: Event) -> bool:
    """What is told shows an earlier act: a plot that was won had been put up, a plant handed over had been built."""
    shown = {act for act in sought.acts if told.acts & SHOWN_BY.get(act, frozenset())}
    common = told.things & sought.things
    if shown != {"build"}:
        return bool(shown)
    if "accept" in told.acts and not (told.things or sought.things or sought.parts):
        return True  # 一期验收通过: the project has been completed
    if "accept" in told.acts and common and told.things <= sought.things:
        return True  # 洁净室装修验收 shows that it was fitted out
    if "accept" in told.acts and told.content & sought.content:
        return True  # 承台验收完毕 shows that they were built
    if common and told.acts & _IN_USE:
        return True  # lines that run have been built
    if told.acts & (_IN_USE | {"hand_over", "accept"}) and told.marks == sought.marks and _names_it(told, sought):
        return True  # 渲染中心一期上线 shows that 渲染机房一期 was built
    return bool(common & _BUILDINGS) and sought.things <= told.things | _BUILDINGS | {"jobs"}


_WORKS = frozenset({"clear", "hand_over", "build", "sign", "register", "win", "reach"})
_MONEY_MOVES = frozenset({"pay", "return", "reduce", "receive", "submit", "reach"})
# Acts that say little without their object: 取得, 提交, 签订.
_OF_ANYTHING = frozenset(
    {"obtain", "receive", "submit", "license", "sign", "accept", "review", "hold", "publish", "reach"}
)
_OTHER_OBJECT = 2.0
_OF_THINGS = _OF_ANYTHING | {"build", "clear", "install", "connect"}  # acts that many things undergo


def _is_foreign(told: Event, sought: Event) -> bool:
    """Both name what is acted on, and have not a character of it in common."""
    ours, theirs = ({char for pair in event.content for char in pair} for event in (told, sought))
    return bool(ours and theirs) and not ours & theirs and not told.parts & sought.parts


def _same_content(told: Event, sought: Event) -> bool:
    common = {pair for pair in told.content & sought.content if not _PHASED.fullmatch(pair)}
    return bool(common or told.amounts & sought.amounts or abbreviated(told, sought))


def _names_it(told: Event, sought: Event) -> bool:
    """A word of the object, beside its number, stands in both."""
    words = {pair for pair in told.content & sought.content if not _PHASED.fullmatch(pair)}
    return len(words) >= (1 if told.marks else _NAMED)


_IN_USE = frozenset({"produce", "operate", "open"})
_BUILDINGS = frozenset({"plant", "rooms", "dormitory", "warehouse", "parking", "canteen", "school", "structure"})
_PHASED = re.compile(r"[一二三四五首两]期|期[\u4e00-\u9fff]|项目|工程|公司|企业|完成|全部")


def _is_last(told: Event, sought: Event) -> bool:
    """第七条 of seven, or as many as are sought: all of them."""
    counts = {(unit, value) for unit, value in sought.amounts if unit not in ("元", "%", "平方米", "亩")}
    return bool(told.amounts & counts)


_REST, _FIRST_PART = ("期", "余"), frozenset({("期", "1")})  # 第二笔 may be the rest, 首笔 is none


def _marks_clash(told: Event, sought: Event) -> bool:
    kinds = {kind for kind, _ in sought.marks if kind[0] == "第"}
    for kind in ("号", "期", "区", "年", "栋", "旧", "层", "侧", "暂", *sorted(kinds)):
        ours, theirs = ({mark for mark in event.marks if mark[0] == kind} for event in (told, sought))
        if ours and theirs and not ours & theirs and not (_REST in ours ^ theirs and not _FIRST_PART & (ours | theirs)):
            return True
    if is_other_thing(told.words, sought.words):
        return True
    if "land" not in told.things & sought.things:
        return False
    places, phases = ({value for kind, value in event.marks if kind in "号期"} for event in (told, sought))
    return bool(places and phases) and not places & phases  # 1号宗地 is the plot of 一期


def _amount_score(told: frozenset[tuple[str, Decimal]], sought: frozenset[tuple[str, Decimal]]) -> float:
    score = 0.0
    for unit, value in sought:
        others = [amount for other, amount in told if other == unit]
        if value in others:
            score += 2.0 if unit == "元" else 1.5  # sums are the most telling
    return score
