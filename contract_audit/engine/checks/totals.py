"""Totals of lists: the items of a list against the whole that its lead-in tells or its last line sums up."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate
from operator import attrgetter

import msgspec

from contract_audit.chinese.text import behind_last
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import listed, nested
from contract_audit.engine.checks.dimensions import MU
from contract_audit.engine.checks.listed import Listed
from contract_audit.model import Value

_ALL = re.compile(r"构成|组成|分为|分[0-9两二三四五六]{1,2}[期批块项类宗]|如下|分别|明细|各[项期年地]")
_BY_PHASE = re.compile(r"(?:一期|首期).*二期|第一年.*第二年|自有.*(?:贷款|借款)|固定资产.*流动资金")
_SOME = re.compile(r"主要|部分|重点|等|以下简称|不低于|不少于|超过")
_REST = re.compile(r"(?:其余|剩余|余下|余款|尾款)[^，。；0-9]{0,12}$")
_NAMED_BY = 3  # characters between the name of a sum and its figure
_REST_OF = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8})(?:中)?的(?:其余|剩余)[^，。；0-9]{0,8}$")
_NOT_LEFT = re.compile(r"每|累计|利息|违约|罚|或者?|不低于|不少于|超过|[以]上|以下|增[至加]|减|调整")
_WITHIN = re.compile(r"其中|[（(][0-9一二三四五]{1,2}[)）]|[0-9]{1,2}\.[0-9]")
_OF_ONE_PART = re.compile(
    r"其中[^，。；\n0-9]{0,16}(?:构成|组成|明细|分项|如下)"
)  # 总投资1.86亿元，其中固定资产投资构成如下
_FEWEST = 2
_START = attrgetter("start")
_LEFT_OVER, _MANY = Decimal("0.05"), 3  # so many parts that leave so little are meant to be all


Mismatch = tuple[Outcome, Decimal, Value]  # with what the parts make and the total


def check(case: Case, tolerance: Decimal) -> Iterator[Mismatch]:
    """One outcome for each list that does not make its whole, and each whole whose rest is not what is left; quoted is the whole."""
    for found in listed.in_lines(case):
        if found.total is not None and not fits(found, tolerance) and _is_all(found) and not _is_of_two(found):
            yield _outcome(case, found)
    yield from _of_tables(case, tolerance)
    yield from _below_tables(case, tolerance)
    yield from _of_rests(case, tolerance)


def _of_tables(case: Case, tolerance: Decimal) -> Iterator[Mismatch]:
    """Rows against the one figure in the line above their table: 下列三栋厂房，总面积21,000平方米：."""
    columns = listed.in_tables(case)
    for found in columns:
        if found.named and not fits(found, tolerance) and not _has_parts_of_parts(found):
            yield _outcome(case, found)
        alike = [
            one
            for one in columns
            if one.start == found.start and listed.are_like(one.parts[0].value, found.parts[0].value)
        ]
        told = [value for value in listed.above(case, found) if listed.are_like(value, found.parts[0].value)]
        if len(alike) > 1 or len(told) != 1 or _SOME.search(found.lead) or _has_parts_of_parts(found):
            continue
        if found.total is not None and listed.size(found.total) == listed.size(told[0]):
            continue  # the row that sums up says the same, and is held against its column
        if _OF_ONE_PART.search(case.document.text, told[0].end, found.parts[0].start):
            continue
        before = case.text(max(0, told[0].start - 30), told[0].start)
        whole = msgspec.structs.replace(found, total=told[0])
        if (listed.SUMS_UP.search(before) or _ALL.search(found.lead)) and not fits(whole, tolerance):
            yield _outcome(case, whole)


def _below_tables(case: Case, tolerance: Decimal) -> Iterator[Mismatch]:
    """以上三处年租金总额为1,080,000元 in the line below a table: no column of it makes that sum."""
    text = case.document.text
    columns: dict[int, list[Listed]] = {}
    for found in listed.in_tables(case):
        columns.setdefault(found.start, []).append(found)
    for alike in columns.values():
        stop = max(part.end for one in alike for part in one.parts)
        begin = text.find("\n", stop) + 1
        end = text.find("\n", begin) if begin else -1
        told = _ABOVE.search(text, begin, end if end > 0 else len(text)) if begin else None
        if told is None:
            continue
        total = next((one for one in case.understanding.values if told.end() <= one.start <= told.end() + _NEXT), None)
        sums = [one for one in alike if total is not None and listed.are_like(one.parts[0].value, total)]
        named = [one for one in sums if any(word in one.lead.rpartition("\n")[2] for word in told["what"].split())]
        if total is None or not sums or any(part.start <= total.start < part.end for one in sums for part in one.parts):
            continue
        wholes = [msgspec.structs.replace(one, total=total) for one in (named or sums)]
        if not any(fits(one, tolerance) for one in (msgspec.structs.replace(one, total=total) for one in sums)):
            yield _outcome(case, wholes[0])


# The sum of what stands above, with the measure that it is of.
_ABOVE = re.compile(
    r"(?:以上|上述|上列|上表|前述)[^。；，\n0-9]{0,10}(?P<what>[\u4e00-\u9fff]{2,8}?)(?:总额|合计|共计|总计|总和)(?:为|约|是|计|人民币|：)*"
)
_NEXT = 2  # characters between the word of sum and its figure


def _is_of_two(found: Listed) -> bool:
    """Whether some of the parts are registered capital and others are not, which nobody adds up."""
    return len({"注册资" in part.words for part in found.parts}) > 1


def _has_parts_of_parts(found: Listed) -> bool:
    return any(_WITHIN.match(part.words) for part in found.parts)


def _of_rests(case: Case, tolerance: Decimal) -> Iterator[Mismatch]:
    """设备9,000万元，厂房6,000万元，其余2,000万元 of 1.8亿元: no run of figures before the rest has it for its rest."""
    values = case.once(listed.counted)
    for index, rest in enumerate(values):
        if rest.kind == "percent" or not _REST.search(case.document.text, max(0, rest.start - 16), rest.start):
            continue
        begin = behind_last("\n。", case.document.text, rest.start)
        if not _REST.search(case.text(max(begin, rest.start - 16), rest.start)):
            continue
        first = bisect_left(values, begin, hi=index, key=_START)
        before = [value for value in values[first:index] if listed.are_like(value, rest)]
        sizes = [listed.size(value) or Decimal(0) for value in [*before, rest]]
        if (
            len(before) < _FEWEST
            or _NOT_LEFT.search(case.text(begin, rest.end))
            or "（" in case.text(before[0].start, rest.start)
        ):
            continue
        named = _REST_OF.search(case.text(begin, rest.start))
        near = case.text(max(begin, before[0].start - len(named["name"]) - _NAMED_BY), before[0].start) if named else ""
        if named and named["name"] not in near:
            continue  # 固定资产投资的其余0.8亿元: the rest of a whole told elsewhere
        behind = [*accumulate(reversed(sizes))]  # what the last make, the last two, the last three …
        if any(abs(whole - left) <= whole * tolerance for whole, left in zip(sizes[-3::-1], behind[1:], strict=False)):
            continue
        if sizes[0] > max(sizes[1:]):
            parts = tuple(
                listed.Part("", one.start, one.end, listed.size(one) or Decimal(0), one) for one in [*before[1:], rest]
            )
            yield _outcome(case, Listed(before[0], parts, ""))


def fits(found: Listed, tolerance: Decimal) -> bool:
    """Whether the parts make the whole, all of them or the last of them (what stands before may be another thing)."""
    whole = listed.size(found.total) if found.total is not None else None
    if whole is None:
        return True
    sizes = [part.size for part in found.parts]
    if sizes[0] == whole:
        return True  # the whole told again
    last = len(sizes)
    runs = [(first, last) for first in range(last - 1)] if found.closing else [(0, last)]
    if found.start >= 0:  # rows of a table: the line above may tell the first of them together, as fixed investment
        runs += [(0, stop) for stop in range(2, last)]
    return any(nested.makes(sizes[first:stop], whole, tolerance) for first, stop in runs)


def _is_all(found: Listed) -> bool:
    """Whether the list is meant to be all of the whole: it ends in a sum, says so, or makes more or nearly all of it."""
    whole = (listed.size(found.total) if found.total is not None else None) or Decimal(0)
    if found.closing:
        return True
    added = sum((part.size for part in found.parts), Decimal(0))
    left = whole - added
    if _SOME.search(found.lead):
        return False
    told = _ALL.search(found.lead) or _BY_PHASE.search("".join(part.words for part in found.parts))
    whole_list = told or (re.search("[：:]$", found.lead) and "其中" not in found.lead)
    return left < 0 or bool(whole_list) or (len(found.parts) >= _MANY and left <= whole * _LEFT_OVER)


def _outcome(case: Case, found: Listed) -> Mismatch:
    assert found.total is not None
    start = _led(case, found.total)
    terms = "＋".join(case.text(part.value.start, part.value.end) for part in found.parts)
    added = sum((part.size for part in found.parts), Decimal(0))
    arithmetic = f"{terms}＝{shown(case, added, found.total)}，写为{case.text(found.total.start, found.total.end)}"
    outcome = Outcome(
        start=start,
        end=found.total.end,
        values={"arithmetic": arithmetic},
        related=tuple(case.related("分项", part.value.start, part.value.end) for part in found.parts),
        conditions=(arithmetic,),
    )
    return outcome, added, found.total


def _led(case: Case, total: Value) -> int:
    """Where the word of sum begins by which the total is quoted."""
    begin = max(0, total.start - 30)
    told = listed.SUMS_UP.search(case.text(begin, total.start))
    return begin + told.start() if told else total.start


def shown(case: Case, number: Decimal, like: Value) -> str:
    """The number in the unit of a value: 18500万元, 190亩, 49100平方米, 108兆瓦, 95%."""
    if like.kind == "money":
        return f"{(number / 10000).normalize():f}万元"
    if like.kind == "area" and "亩" in case.text(like.start, like.end):
        return f"{round(number / MU, 2).normalize():f}亩"
    if like.kind == "area":
        return f"{number.normalize():f}平方米"
    if like.kind == "percent":
        return f"{(number * 100).normalize():f}%"
    return f"{number.normalize():f}{like.unit or ''}"
