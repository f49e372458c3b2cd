"""What the paper itself puts first: 未经竣工验收不得投料, 试运营前设备须调试合格, 取得许可证后方可开工; and days that break it."""

import re
from collections.abc import Iterator

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event, event
from contract_audit.engine.case import Case
from contract_audit.engine.checks.deed_words import event_of
from contract_audit.engine.checks.sentences import matches_with
from contract_audit.model import Obligation

_WHO = r"(?:[甲乙丙]方|项目公司|企业|双方|其|均|一律|方)?"
# 首 is what must come first, 后 what may follow only then.
_STATED = (
    re.compile(
        rf"(?:未经|未完成|未通过|未取得|没有|未)(?P<first>[^，。；未不]{{2,16}}?)(?:的|之?前|以前|而)?[，,]?{_WHO}不得(?P<then>[^，。；]{{2,16}})"
    ),
    re.compile(
        rf"(?P<first>[^，。；：]{{2,16}}?)未(?:经|完成|通过|合格|取得)[^，。；]{{0,6}}?(?:的|之?前)?[，,]?{_WHO}不得(?P<then>[^，。；]{{2,16}})"
    ),
    re.compile(
        rf"(?P<first>[^，。；：]{{2,20}}?)(?:之?后|以后)[，,]?{_WHO}(?:方可|才可|方能|才能|再行|方得)(?P<then>[^，。；]{{2,16}})"
    ),
    re.compile(
        r"(?P<then>[^，。；：]{2,10}?)(?:之前|以前|前)[，,](?P<first>[^，。；前]{2,24}?(?:须|应|必须|要)[^，。；前]{2,20})"
    ),
    re.compile(
        r"(?P<first>[^，。；：]{2,12}?)(?:之前|以前|前)(?:[甲乙丙]方|项目公司|企业)?不得(?P<then>[^，。；]{2,16})"
    ),
)
# What stands in every match of each; no match crosses the end of a sentence.
_SIGNS = tuple(map(re.compile, ("不得", "不得", "方可|才可|方能|才能|再行|方得", "前[，,]", "不得")))
_SENTENCE_ENDS = "。；"
# The steps of a project, of which there is one each; and those of them that wait for others.
_STEPS = frozenset({"start", "build", "accept", "install", "produce", "operate", "open", "hand_over", "enter"})
_THEN = frozenset({"start", "produce", "operate", "open", "hand_over", "enter", "install"})
_ALSO = re.compile(r"、|以及|[和与及并]")
_HAS_DAY = re.compile(r"[0-9]+(?:月|日|天|年)|之日起|个月")


class Order(msgspec.Struct, frozen=True):
    """Two deeds of which the one must be done before the other, and the words that say so."""

    first: Event
    then: Event
    start: int
    end: int


def orders(case: Case) -> tuple[Order, ...]:
    """Every order that the paper states in words, without days of its own."""
    return tuple(_orders(case))


def _orders(case: Case) -> Iterator[Order]:
    text = case.folded.text
    for sign, pattern in zip(_SIGNS, _STATED, strict=True):
        for match in matches_with(sign, pattern, text, _SENTENCE_ENDS):
            if _HAS_DAY.search(match.group()):
                continue
            then, span = event(match["then"]), case.folded.original(*match.span())
            for words in _ALSO.split(match["first"]):  # 竣工验收、消防验收合格后方可移交: after each of the two
                first = event(words)
                # 设备须调试合格 before 试运营: to be tried and to be run are told by like words
                own = first.acts - then.acts
                if own and then.acts & _THEN:
                    yield Order(msgspec.structs.replace(first, acts=own), then, *span)


def broken(case: Case, dated: list[Obligation]) -> Iterator[tuple[Obligation, Obligation]]:
    """Pairs (due first, due later) of which the paper wants the later one done before the first."""
    stated = case.once(orders) if len(dated) > 1 else ()
    told_of = [(item, event_of(case, item)) for item in dated] if stated else []
    for order in stated:
        earlier = [item for item, told in told_of if _is_of(told, order.first) and not _lies_in(item, order)]
        later = [(item, told) for item, told in told_of if _is_of(told, order.then) and not _lies_in(item, order)]
        for item, told in later:
            for before in earlier:
                if item.due is None or before.due is None or item.due >= before.due:
                    continue
                if alike_phases(told, event(fold_text(case.text(before.start, before.end)))):
                    yield item, before


def alike_phases(one: Event, other: Event) -> bool:
    """Neither is of another phase or number than the other."""
    return not one.marks or not other.marks or one.marks == other.marks


def _is_of(told: Event, deed: Event) -> bool:
    """The duty is the deed that an order speaks of: an act, and the paper or the thing that it names, in common."""
    if ("试" in told.parts) != ("试" in deed.parts) or ("submit" in told.acts) != ("submit" in deed.acts):
        return False
    if not told.acts & deed.acts:
        return False
    if deed.papers:
        return bool(told.papers & deed.papers)
    if deed.things and told.things:
        return bool(told.things & deed.things)
    if (
        "hand_over" in deed.acts and "land" in told.things
    ):  # 验收合格后方可移交 speaks of what is built, not of its ground
        return False
    return bool(told.acts & deed.acts & _STEPS)


def _lies_in(item: Obligation, order: Order) -> bool:
    return item.start < order.end and order.start < item.end
