"""Duties done piece by piece: 25 machines and then 15, the permit and then the approval, well no. 1 and well no. 2.

Each record tells of a part; the duty is done on the day of the record that completes it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from contract_audit.deeds import (
    Event,
    Item,
    Weights,
    count_of,
    covers,
    deeds,
    event,
    is_less,
    is_one_of_two,
    likeness,
    listed,
    tells_of,
)
from contract_audit.extract.performance.joining import CLEAR, ENOUGH, Joins, Record, fit, has_time
from contract_audit.model import Obligation

_NOT_COUNTED = frozenset({"元", "%", "层", "米", "次", "千伏安", "千瓦"})
_IN_ALL = re.compile(r"累计|总计|合计|共计|总共")


def pieces(
    duties: list[Obligation], wanted: list[Event], joins: Joins, scale: Weights
) -> dict[int, tuple[Record, ...]]:
    """Left records that tell a part of one unproved duty (by index), in order of days; the last `settles` a whole."""
    if not joins.left:
        return {}
    open_duties = [index for index, duty in enumerate(duties) if has_time(duty) and index not in joins.proofs]
    found: dict[int, list[Record]] = {}
    for record in sorted(joins.left, key=lambda one: one.done_on):
        index = _duty_of(record, duties, wanted, scale, open_duties)
        if index is not None:
            found.setdefault(index, []).append(record)
    whole = {index: _surely(tuple(_settled(records, wanted[index])), wanted[index]) for index, records in found.items()}
    in_turn = {
        index: records
        for index in open_duties
        if not (whole.get(index) and whole[index][-1].settles)
        and (records := _each_of(wanted[index], joins.left, scale))
    }
    return {**{index: records for index, records in whole.items() if records}, **in_turn}


def _surely(records: tuple[Record, ...], wanted: Event) -> tuple[Record, ...]:
    """The records that make up the whole, else those that are certainly a part: of 围墙和门卫室 one alone is left open."""
    return records if records[-1].settles else tuple(one for one in records if is_less(one.told, wanted))


_SEVERAL = re.compile(r"[^，。；\s|（）()]{2,}(?:、[^，。；\s|（）()]{2,})+")
_NEXT = re.compile(r"、|以及|[和及与]")
_LEAST = 3.0  # likeness from which a record tells of one of the things that are listed


def _each_of(wanted: Event, left: tuple[Record, ...], scale: Weights) -> tuple[Record, ...]:
    """The records of 公司注册、项目备案、环评报批, one for each in order of days; none unless each has its own."""
    several = _SEVERAL.search(wanted.words)
    parts = [event(part) for part in _NEXT.split(several.group())] if several else []
    if len(parts) < _FEWEST_PARTS or not all(part.acts for part in parts):
        return ()
    found: list[Record] = []
    for part in parts:
        scored = [(likeness(one.told, part, scale), one) for one in left if not one.told.short and one not in found]
        best = max((score for score, _ in scored), default=0.0)
        if best < _LEAST:
            return ()
        found.append(next(one for score, one in scored if score == best))
    found.sort(key=lambda one: one.done_on)
    return (*found[:-1], msgspec.structs.replace(found[-1], settles=True))


_FEWEST_PARTS = 2


def _duty_of(
    record: Record, duties: list[Obligation], wanted: list[Event], scale: Weights, open_duties: list[int]
) -> int | None:
    """The one open duty that the record tells a part of; None where none or two fit."""
    scored = sorted(
        (
            (_with_unit(fit(record, duties[index], wanted[index], scale, partly=True), record, wanted, index), index)
            for index in open_duties
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < ENOUGH or (len(scored) > 1 and scored[0][0] - scored[1][0] < CLEAR):
        return None
    index = scored[0][1]
    told = record.told
    if told.short or told.parts - wanted[index].parts or told.steps - wanted[index].steps:
        return None
    return index if is_less(told, wanted[index]) or is_one_of_two(told, wanted[index]) else None


def _with_unit(score: float, record: Record, wanted: list[Event], index: int) -> float:
    """The likeness, higher where no other duty counts in the unit of the record: 尾, 亩, 吨."""
    units = {unit for unit, _ in record.told.amounts} - _ANY_UNIT
    own = {unit for unit, _ in wanted[index].amounts} & units
    others = {unit for place, one in enumerate(wanted) if place != index for unit, _ in one.amounts}
    return score + _OWN_UNIT if score and own - others else score


def _count(told: Event, wanted: Event, unit: str) -> Decimal:
    """How many the record tells of: 25台; 第2场 is one."""
    if any(kind == f"第{unit}" for kind, _ in told.marks):
        return Decimal(1)
    return count_of(told, wanted, unit) or Decimal(0)


_ANY_UNIT = _NOT_COUNTED | {"台", "套", "人", "个", "场", "份", "家", "件", "批", "项", "处", "平方米"}
_OWN_UNIT = 1.5


def _settled(records: list[Record], wanted: Event) -> Iterator[Record]:
    """The records up to the one that completes the whole; that one settles it."""
    for place, record in enumerate(records):
        if any(_is_whole(records[: place + 1], wanted)):
            yield msgspec.structs.replace(record, settles=True)
            return
        yield record


_BOTH_WAYS = re.compile(r"双回?路|双电源|两路|两回")
_WAY = re.compile(r"第?([一二])(?:回路?|路)(?![复函应答])")


def _is_whole(records: list[Record], wanted: Event) -> Iterator[bool]:
    told = [record.told for record in records]
    if any(
        one.undone & wanted.acts or one.missing & wanted.things or len(one.lacking & wanted.content) > 1
        for one in told[-1:]
    ):
        return
    if len(wanted.papers) > 1:
        yield wanted.papers <= frozenset().union(*(one.papers for one in told))
    numbers = {mark for mark in wanted.marks if mark[0] == "号"}
    if len(numbers) > 1:
        yield numbers <= {mark for one in told for mark in one.marks}
    if _BOTH_WAYS.search(wanted.words):
        yield {way for one in told for way in _WAY.findall(one.words)} >= {"一", "二"}
    if wanted.beside:
        yield wanted.beside <= frozenset().union(*(one.things for one in told))
    items = listed(wanted.words)
    yield from _is_all_of(told, items, deeds(wanted.words))
    if not any(item.number for item in items):  # of 泵2台、阀6个 each by itself
        yield from _is_counted(told, wanted)


def _is_all_of(told: list[Event], items: tuple[Item, ...], both: tuple[Event, ...]) -> Iterator[bool]:
    """Whether the events tell of each of the things that are listed, or of each of two deeds owed together."""
    if both:
        yield all(any(tells_of(one, deed) for one in told) for deed in both)
    if len(items) > 1:
        yield covers(told, items)


def _is_counted(told: list[Event], wanted: Event) -> Iterator[bool]:
    """Whether the numbers told come to what is owed, or as many are named."""
    for unit, needed in wanted.amounts:
        if unit in _NOT_COUNTED or needed != max(value for other, value in wanted.amounts if other == unit):
            continue
        several = sum(other == unit for other, _ in wanted.amounts) > 1  # 10台和3台: which of them, no sum tells
        counts = [_count(one, wanted, unit) for one in told]
        yield (
            not several and all(counts) and not any(_IN_ALL.search(one.words) for one in told) and sum(counts) >= needed
        )
        named = {mark for one in told for mark in one.marks if mark[0] in ("号", "栋", f"第{unit}")}
        yield len(named) >= needed > 1 and len(told) > 1
