"""What facts need besides the words right before a sum: its other writing, its currency, the day it is for, the whole of its parts."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

import msgspec

from contract_audit.chinese.text import behind_last
from contract_audit.model import DISPUTED, Confidence, Fact, Value

_TOLD_AGAIN = re.compile(r"[整元正]{0,2}[（(](?:人民币|小写|大写|即|为|[：:￥¥])*")
_ROUNDING = Decimal("0.001")
_CONVERTED = re.compile(r"(?:折合?|约合|合|相当于|等值|折算为?)(?:为|成|约|计)?(?:人民币)?(?:约|为)?$")
_BY_A_DAY = re.compile(
    r"(?:[0-9]{4}年[^，。；\n]{0,8}(?:前|底|末|止|内)|[0-9]{1,2}月(?:[0-9]{1,2}日)?[^，。；\n]{0,2}(?:前|底|末|止)"
    r"|(?:之日起|年内|个月内)[^，。；\n]{0,10})[，,]?[^，。；\n]{0,14}$"
)
_ALL_FIXED = re.compile(
    r"[整元正]{0,2}(?:（[^（）]{0,24}）)?[，,]?(?:全部|均|都)(?:形成|为|是|转为|用于|属于?)固定资产"
)
_SUMMED = re.compile(r"(?:合计|共计|总计|总共|一共|共)(?:建筑面积)?(?:约|为|达)*$")
_FLOOR = re.compile(r"厂房|车间|库|用房|楼|栋|幢|房|中心|单元|卖场|公寓|工坊|设施")
_SENTENCE = re.compile(r"[。\n]")
_ABOVE = re.compile("以上|上述|前述")
_REACH = 60
_LIST = 400  # characters that a list of buildings may have
_FEWEST = 2
_START = attrgetter("start")


def settled(text: str, values: tuple[Value, ...], found: Iterable[Fact]) -> list[Fact]:
    """The facts of folded `text`: disputed ones marked, sums of other currencies in yuan, those for a day last, wholes added."""
    facts = list(found)
    unsure = _contradicted(text, values)
    foreign = {value.start for value in values if value.currency not in (None, "CNY")}
    kept = [_disputed(fact) if fact.start in unsure else fact for fact in facts]
    kept = [fact for fact in kept if not (_in_yuan(fact) and fact.start in foreign)]
    kept += _converted(text, values, [fact for fact in facts if _in_yuan(fact) and fact.start in foreign])
    kept = [_for_a_day(text, fact) for fact in kept]
    kept += _all_fixed(text, kept)
    kept = _listed_whole(text, values, kept)
    kept += _of_phases(text, values, kept)
    return [*kept, *_floors(text, values, kept)]


def _disputed(fact: Fact) -> Fact:
    return msgspec.structs.replace(fact, source=DISPUTED, confidence="low")


def _in_yuan(fact: Fact) -> bool:
    return fact.name.endswith("_yuan")


def _contradicted(text: str, values: tuple[Value, ...]) -> frozenset[int]:
    """Where sums begin that are written twice and differ: 壹亿玖仟捌佰万元（小写18,900万元）. Which is meant nobody knows."""
    money = [value for value in values if value.kind == "money" and value.amount is not None and not value.per]
    differing: set[int] = set()
    for one, two in pairwise(money):
        again = _TOLD_AGAIN.fullmatch(text, one.end, two.start)
        if again is None or one.amount is None or two.amount is None or one.currency != two.currency:
            continue
        if abs(one.amount - two.amount) > max(one.amount, two.amount) * _ROUNDING:
            borne_out = _borne_out(text, money, two)
            differing |= {told.start for told in (one, two) if told.amount not in borne_out}
    return frozenset(differing)


def _borne_out(text: str, money: list[Value], pair_end: Value) -> set[Decimal | None]:
    """The wholes that the sentence of a disputed sum adds up behind it: …（¥502,000,000元），其中…，合计52,000万元."""
    stop = _SENTENCE.search(text, pair_end.end)
    end = stop.start() if stop else len(text)
    first = bisect_left(money, pair_end.end, key=_START)
    behind = money[first : bisect_left(money, end, lo=first, key=_START)]
    return {value.amount for value in behind if _SUMMED.search(text, pair_end.end, value.start)}


def _converted(text: str, values: tuple[Value, ...], foreign: list[Fact]) -> Iterator[Fact]:
    """The same in yuan, where the sentence converts it: 4,800万美元，按…汇率…，折合人民币34,080万元."""
    for fact in foreign:
        stop = _SENTENCE.search(text, fact.end)
        end = min(stop.start() if stop else len(text), fact.end + _REACH)
        for value in values:
            before = text[max(fact.end, value.start - 12) : value.start]
            plain = value.kind == "money" and value.currency in (None, "CNY") and value.amount is not None
            if plain and fact.end < value.start < end and value.amount is not None and _CONVERTED.search(before):
                yield msgspec.structs.replace(fact, value=value.amount, start=value.start, end=value.end)
                break


_WORSE: dict[Confidence, Confidence] = {"high": "low", "medium": "low", "low": "low"}


def _for_a_day(text: str, fact: Fact) -> Fact:
    """What is to be invested by some day (2026年9月末前，固定资产投资不少于900万元) is a step, not the whole."""
    invested = fact.name in ("total_investment_yuan", "fixed_investment_yuan")
    if invested and _BY_A_DAY.search(text[max(0, fact.start - 40) : fact.start]):
        return msgspec.structs.replace(fact, confidence=_WORSE[fact.confidence])
    return fact


def _all_fixed(text: str, facts: list[Fact]) -> Iterator[Fact]:
    """投资壹拾贰亿元整（…），全部形成固定资产: the whole is fixed investment."""
    for fact in facts:
        if fact.name == "total_investment_yuan" and _ALL_FIXED.match(text, fact.end):
            yield msgspec.structs.replace(fact, name="fixed_investment_yuan")
            return


_NEXT_SUM = re.compile(r"[、，,和及与]+(?:(?!合计|共计|总计)[^，。；、\n0-9]){0,6}")
_WHOLE = re.compile(
    r"[，,、；;（(]*(?:三者|各项|几项|[两三四五]期|以上)?(?:合计|共计|总计|总共)(?:约|为|是|共|人民币)*"
)


def _listed_whole(text: str, values: tuple[Value, ...], facts: list[Fact]) -> list[Fact]:
    """固定资产投资依次为3.4亿元、2.6亿元、2.8亿元，合计9.8亿元: the whole that the list ends with is meant, its first is a part.

    The paper's own total stands, whether it adds up or not; the rules on sums look at that.
    """
    money = [value for value in values if value.kind == "money" and not value.per and value.amount is not None]
    settled_facts: list[Fact] = []
    for fact in facts:
        total = _total_behind(text, money, fact) if fact.name == "fixed_investment_yuan" else None
        if total is None or total.amount is None:
            settled_facts.append(fact)
            continue
        settled_facts.append(msgspec.structs.replace(fact, confidence="low"))
        settled_facts.append(msgspec.structs.replace(fact, value=total.amount, start=total.start, end=total.end))
    return settled_facts


def _total_behind(text: str, money: list[Value], fact: Fact) -> Value | None:
    """The sum called 合计 that closes the list of sums beginning with the fact's; None where no such list stands there."""
    at = next((index for index, value in enumerate(money) if value.start == fact.start), None)
    if at is None:
        return None
    for index, (one, two) in enumerate(pairwise(money[at:])):
        if _WHOLE.fullmatch(text, one.end, two.start):
            return two if index else None
        if not _NEXT_SUM.fullmatch(text, one.end, two.start):
            return None
    return None


_PHASE_FIXED = re.compile(
    r"(?P<phase>[一二三四首]期)(?:项目|工程|的)?(?:固定资产投[资入]|固投)(?:额|总额)?(?:约|为|是|计)*$"
)


def _of_phases(text: str, values: tuple[Value, ...], facts: list[Fact]) -> Iterator[Fact]:
    """The fixed investment where a sentence gives it by phases and the paper nowhere as a whole: 一期固定资产投资3亿元，二期…2亿元."""
    if any(fact.name == "fixed_investment_yuan" and fact.confidence != "low" for fact in facts):
        return
    money = [value for value in values if value.kind == "money" and not value.per and value.amount is not None]
    for sentence in re.finditer(r"[^。；\n]+", text) if money else ():
        parts: dict[str, Value] = {}
        first = bisect_left(money, sentence.start(), key=_START)
        for value in money[first : bisect_left(money, sentence.end(), lo=first, key=_START)]:
            phase = _PHASE_FIXED.search(text, sentence.start(), value.start)
            if phase is not None:
                parts.setdefault(phase["phase"], value)
        if len(parts) >= _FEWEST:
            spans = list(parts.values())
            total = sum((value.amount for value in spans if value.amount is not None), Decimal(0))
            yield Fact(
                name="fixed_investment_yuan", value=total, start=spans[0].start, end=spans[-1].end, confidence="medium", source="正文",
            )  # fmt: skip
            return


def _make(sizes: list[Decimal], total: Decimal) -> bool:
    """Whether some of the sizes that follow each other make the total."""
    runs = ((low, high) for low in range(len(sizes)) for high in range(low + _FEWEST, len(sizes) + 1))
    return any(sum(sizes[low:high], Decimal(0)) == total for low, high in runs)


def _floors(text: str, values: tuple[Value, ...], facts: list[Fact]) -> Iterator[Fact]:
    """The sum that a sentence makes of the floors it lists: 高温库14,000平方米、低温库18,000平方米…，合计40,000平方米."""
    areas = [value for value in values if value.kind == "area" and value.amount and not value.per]
    for index, total in enumerate(areas):
        begin = behind_last("\n。", text, total.start)
        if _ABOVE.search(text, begin, total.start):
            begin = max(0, begin - _LIST)
        if total.amount is None or not _SUMMED.search(text, begin, total.start):
            continue
        parts = [part for part in areas[:index] if part.start >= begin and _FLOOR.search(text[begin : part.start])]
        sizes = [part.amount for part in parts if part.amount is not None and "亩" not in text[part.start : part.end]]
        if not _make(sizes, total.amount):
            continue
        known = any(
            fact.name == "plant_sqm" and fact.start == total.start and fact.confidence == "high" for fact in facts
        )
        if not known:
            size = (
                total.amount.quantize(Decimal(1)) if total.amount == total.amount.to_integral_value() else total.amount
            )
            yield Fact(name="plant_sqm", value=size, start=total.start, end=total.end, confidence="high", source="正文")
