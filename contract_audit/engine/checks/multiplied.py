"""Figures made by multiplying: so many times the size of one, and a share of a sum; the product told is another."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import msgspec

from contract_audit.engine.case import Case, Outcome, reckoned
from contract_audit.engine.checks.dimensions import MU
from contract_audit.engine.checks.listed import counted, size
from contract_audit.engine.checks.sentences import with_values
from contract_audit.model import Value

_UNIT = "台套|台|套|条|组|座|架|间|栋|幢|户|人|头|只|株|棵|辆|个|床|亩|吨|颗|盏|艘"
# 单机容量5兆瓦, 每亩流转费700元, 人均工资6万元: how much one has; the words name what is counted.
_EACH = re.compile(
    rf"(?:(?:平均)?(?:每|单)(?P<unit>{_UNIT}|机|机柜|柜|机组|套房|仓|库)|(?P<mean>[人户亩台套株])均)[^，。；、：\n0-9]{{0,8}}$"
)
_OF_ONE = re.compile("[每单均]")  # one of them stands in each match of the above
_COUNTED_BY = {
    "机": "台套组架",
    "机柜": "架台",
    "柜": "架台个组",
    "机组": "台套组",
    "套房": "套间",
    "仓": "座个",
    "库": "座个间",
}
_MADE = re.compile(
    r"(?:合计|共计|总计|总共|总[^，。；、0-9]{1,8}|共需?|即|[全每]?年[^，。；、0-9每均]{2,8}(?:合计|共计?|总[额量计])?)(?:约?[为是计达])?$"
)
_NOT_ONE_PRODUCT = re.compile(
    r"逾期|违约|利息|递增|首年|其余|分别|不等|以上|以内|不低于|不少于|不超过|最高|其中|另|[×*]"
)
_BASES = {
    **dict.fromkeys(("千瓦", "公斤", "千克", "米"), Decimal(1)),
    **dict.fromkeys(("兆瓦", "吨", "公里"), Decimal(1000)),
}
_SAME, _FEWEST = Decimal("0.02"), 3
_LEAST = 3  # figures of which two make the third
_TIMES = tuple(Decimal(count) for count in (*range(1, 21), 24, 30, 36))  # years, months and quarters that may be meant
_MONTHLY, _YEARLY = (
    re.compile(r"月(?:租金|租|费|服务费|物业费)|每月"),
    re.compile(r"[，,]年(?:租金|租|费|总?额|服务费)|每年|全年"),
)
_RUNNING = re.compile(r"(?:[付拨支缴]?至|累计|达到?)[^，。；0-9]{0,3}$")  # 付至80% is what is paid until then
_SHARE_OF = re.compile(
    r"[，,（(]?[^，。；、（(0-9%]{0,10}[，,（(]?(?:即|计|合计?|约|为|共|共计)?(?:人民币)?[^，。；0-9]{0,3}"
)
_SHARE_IS = re.compile(r"[，,（(](?:约?占|为|按)[^，。；、0-9]{0,8}")
_OF = re.compile(r"的?(?:按|以)?")


def check(case: Case) -> Iterator[Outcome]:
    """Outcomes for products, for shares of a sum told beside it, then for the one share of several that fits no common whole."""
    text = case.document.text
    sized = (
        value
        for value in case.understanding.values
        if value.sure and value.kind in ("money", "area", "number", "percent") and size(value) is not None
    )
    for start, end, inside in with_values(text, sized, "。；;\n"):
        if len(inside) >= _LEAST:
            yield from _product(case, text[start:end], start, inside)
            yield from _share(case, inside)
    yield from _odd_share(case)


def _product(case: Case, sentence: str, start: int, inside: list[Value]) -> Iterator[Outcome]:
    """安装单机容量5兆瓦的风机20台，总装机容量120兆瓦: one count, one size of each, and one total that they do not make."""
    if _NOT_ONE_PRODUCT.search(sentence) or not (_OF_ONE.search(sentence) or any(value.per for value in inside)):
        return
    each = [(value, units) for value in inside if (units := _units_of(case, value))]
    if len(each) != 1:
        return
    one, units = each[0]
    counts = [value for value in inside if value is not one and _count(case, value, units) is not None]
    totals = [
        value
        for value in inside
        if value is not one
        and value not in counts
        and value.start > one.end
        and not value.per
        and _are_of_one_kind(value, one)
    ]
    if len(counts) != 1 or len(totals) != 1 or not _MADE.search(case.text(start, totals[0].start)[-16:]):
        return
    total, count = totals[0], _count(case, counts[0], units) or Decimal(0)
    made, told = count * _in_base(one), _in_base(total)
    by_month = _MONTHLY.search(case.text(start, one.end)) and _YEARLY.search(case.text(one.end, total.start))
    times = (Decimal(12),) if by_month else _TIMES if one.kind == "money" else (Decimal(1),)
    if count and not any(abs(made * factor - told) <= told * _SAME for factor in times):
        sums = f"{case.text(counts[0].start, counts[0].end)}×{case.text(one.start, one.end)}"
        yield reckoned(total.start, total.end, f"{sums}得不出{case.text(total.start, total.end)}")


def _units_of(case: Case, value: Value) -> str:
    """The units of what the value is told of one of: 架 or 台 for 单机柜; empty where it is no such value."""
    if value.kind not in ("money", "number", "area"):
        return ""
    led = _EACH.search(case.text(max(0, value.start - 16), value.start + (2 if value.per else 0)))
    if value.kind == "money" and value.per in _UNIT.split("|"):
        return value.per or ""
    unit = (led["unit"] or led["mean"]) if led else ""
    return _COUNTED_BY.get(unit, unit)


def _count(case: Case, value: Value, units: str) -> Decimal | None:
    if value.kind == "area" and units == "亩" and not value.per and "亩" in case.text(value.start, value.end):
        return (size(value) or Decimal(0)) / MU
    return size(value) if value.kind == "number" and value.unit is not None and value.unit in units else None


def _are_of_one_kind(total: Value, one: Value) -> bool:
    if total.kind != one.kind or total.currency != one.currency:
        return False
    return total.unit == one.unit or {total.unit, one.unit} <= _BASES.keys()


def _in_base(value: Value) -> Decimal:
    return (size(value) or Decimal(0)) * _BASES.get(value.unit or "", Decimal(1))


def _share(case: Case, inside: list[Value]) -> Iterator[Outcome]:
    """成交总价2,400万元的30%，即840万元: a share of a sum that is told wrongly right behind it."""
    for whole, share, part in zip(inside, inside[1:], inside[2:], strict=False):
        if (whole.kind, share.kind, part.kind) != ("money", "percent", "money") or whole.per or part.per or share.per:
            continue
        known = size(whole), share.amount, size(part)
        led = _OF.fullmatch(case.text(whole.end, share.start)) and _SHARE_OF.fullmatch(case.text(share.end, part.start))
        if not led or known[0] is None or known[1] is None or known[2] is None:
            continue
        if abs(known[0] * known[1] - known[2]) > known[2] * _SAME and re.search(
            "[即计合为约]|[（(]", case.text(share.end, part.start)
        ):
            made = f"{round(known[0] * known[1] / 10000, 4).normalize():f}万元"
            words = [case.text(one.start, one.end) for one in (whole, share, part)]
            yield reckoned(part.start, part.end, f"{words[0]}×{words[1]}＝{made}，写为{words[2]}")


class _Pair(msgspec.Struct, frozen=True):
    """A share and the sum told for it, and the whole that they imply."""

    share: Value
    part: Value
    whole: Decimal


def _odd_share(case: Case) -> Iterator[Outcome]:
    """支付30%，计460.8万元；…: of several shares with their sums all but one are of the same whole."""
    values = [value for value in case.once(counted) if value.kind in ("money", "percent")]
    run: list[_Pair] = []
    last = 0
    for one, two in pairwise(values):
        pair = _paired(case, one, two)
        if pair is not None:
            if run and case.text(last, one.start).count("\n") > 1:
                yield from _odd(case, run)
                run = []
            run.append(pair)
            last = two.end
    yield from _odd(case, run)


def _paired(case: Case, one: Value, two: Value) -> _Pair | None:
    if one.kind == two.kind:
        return None
    text = case.document.text
    share, part, joins = (one, two, _SHARE_OF) if one.kind == "percent" else (two, one, _SHARE_IS)
    if share is one and _TELLS_A_SUM.search(text, one.end, two.start) is None:
        return None
    if not (joins.fullmatch(text, one.end, two.start) or _NEXT_CELL.fullmatch(text, one.end, two.start)):
        return None
    known = share.amount, size(part)
    if not known[0] or not known[1] or known[0] > 1 or _RUNNING.search(text[max(0, share.start - 6) : share.start]):
        return None
    return _Pair(share, part, known[1] / known[0])


_TELLS_A_SUM = re.compile(r"[即计合为（(\t|]")
_NEXT_CELL = re.compile(r"[\s|]+")


def _odd(case: Case, run: list[_Pair]) -> Iterator[Outcome]:
    """The pair that is of another whole than all the others."""
    if len(run) < _FEWEST:
        return
    wholes = sorted(pair.whole for pair in run)
    for odd in run:
        least, most = wholes[wholes[0] == odd.whole], wholes[-2 if wholes[-1] == odd.whole else -1]  # of the others
        whole = run[1 if odd is run[0] else 0].whole
        if abs((size(odd.part) or Decimal(0)) - whole) <= whole * _SAME:
            continue  # 代建费为概算的1.5%，计627,000元: the whole that the others share out
        if most - least <= most * _SAME and abs(odd.whole - whole) > whole * _SAME:
            start, end = min(odd.share.start, odd.part.start), max(odd.share.end, odd.part.end)
            made = f"{round(whole * (odd.share.amount or Decimal(0)) / 10000, 2).normalize():f}万元"
            yield reckoned(start, end, f"按其余各项推算的总额，{case.text(odd.share.start, odd.share.end)}应为{made}")
            return
