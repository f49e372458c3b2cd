"""Intensity, tax and output by the area against what is invested or paid and the land, phase by phase, in any unit.

一期用地80亩，固定资产投资1.2亿元 … 一期强度260万元/亩; 亩均税收：一期24万元 where the phase pays 900万元 from 50亩.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from contract_audit.engine.case import Case, Outcome, reckoned
from contract_audit.engine.checks.dimensions import MU
from contract_audit.engine.checks.scoped import Told, quantities
from contract_audit.model import DISPUTED
from contract_audit.rulespec import AgreeCheck

_PER = {"亩": MU, "公顷": Decimal(10_000), "平方米": Decimal(1), "㎡": Decimal(1)}
_BY_AREA = re.compile(r"亩均|公顷均|平方米均|每(?:亩|公顷|平方米)|单位(?:用地|土地)?面积|地均")
# What is told by the area, and the sum that it is made of; the first that fits.
_RATIOS = (
    ("taxed", re.compile("税收|纳税|缴税|税金|税额|入库税")),
    ("output", re.compile("产值|销售收入|营业收入|营收|产出")),
    ("invested", re.compile("强度|固定资产投[资入]|固投|投[资入]额?")),
)
_REACHES = r"(?:仍|约|为|达到?|预计|实现|合计|共|计|人民币|不低于|不少于)*$"
_SUMS = (
    ("taxed", re.compile(rf"(?:税收|纳税|缴税|税金)(?:总额|额|收入|贡献|合计)?[^\u4e00-\u9fff]*{_REACHES}")),
    ("output", re.compile(rf"(?:产值|销售收入|营业收入)(?:总额|额|规模)?{_REACHES}")),
    ("invested", re.compile(rf"(?:固定资产(?:总?投[资入])?|固投)(?:总额|额|规模|合计)?{_REACHES}")),
)
_IN_TABLE = (
    ("taxed", re.compile("税收|纳税|税额")),
    ("output", re.compile("产值|销售收入|营业收入")),
    ("invested", re.compile("固定资产|固投")),
)
_OVER_YEARS = re.compile("[两三四五]年")
_NO_SUM = re.compile(r"累计|奖|补贴|返还|流动资金|强度|增长|设备(?!及)|已(?:完成|投入)|首年|第一年|不低于全县")
_LAND = re.compile(
    r"(?:用地|土地|地块|宗地|占地|净地)(?:总?面积|规模)?(?:由[^，。；]{1,12}(?:调整|变更|修改|增加|扩大)[为至到])?(?:仍|约|为|共|计|合计|达|是|：|即)*$|(?:^|\x1f)(?:总|净)?(?:用地|占地|土地)?面积|(?:用地|土地|占地)(?:总?面积)?(?:（[^）]*）)?(?:\x1f|$)"
)
_NO_LAND = re.compile(
    r"代征|道路|绿[地化带]|预留|建筑|厂房|车间|租|流转|种植|老厂|原厂|原有|办公|生活|宿舍|配套|车位|仓库|边角|另行|剩余|周边|收储|选址"
)
_NET = re.compile(r"净(?:用地|地|面积)|出让(?:面积|用地|宗地)|净地")
_NO_RATIO = re.compile("奖|补|价款|单价|起始价|底价|租|地价|出让金|造价|违约|工程|费")
_SUPPOSED = re.compile("举例|例如|假设|假定|如果|若|经审计|审计确认|实际(?:投资)?(?:额|强度)|对[^，。；]{0,8}$|凡")
_OF_ANYBODY = re.compile(r"(?:及?以上)?的?(?:工业)?(?:企业|项目|园区|规上)|的[，；]")
_OF_THE_PROJECT = re.compile("本项目|该项目|乙方|项目|企业|实际|拟|测算")
_CHANGED = re.compile("原(?!协议|料)|调整前|变更前|由$|违约|追回|收回|退还|不足|未达|达不到|核减")
_NEW = re.compile(r"(?:由|从)[^，。；]{1,12}(?:调整|变更|修改|增加|扩大)[为至到]$")
_TO_NEW = re.compile(r"元?[，,]?(?:调整|变更|修改|更改|增加|提高|核减)[^，。；]{0,2}[为至到]")  # what follows counts
_WORKING = re.compile(r"流动资金|铺底|周转")
_PLANNED = re.compile(r"(?:折合|相当于|据此|测算|计算|折算|换算)[^，。；]{0,14}$")
_DEMANDED = re.compile("准入|门槛|要求|公告|标准地|规定|园区(?:标准|下限)|控制(?:值|指标)")
_OF_ALL = re.compile(r"(?:按|以)总投资(?:额|口径)?(?:计算?|口径|测算)?[，,]")  # no intensity of fixed investment
_ABSURD = 20
_SLACK = Decimal("0.03")
_FAR_ABOVE = Decimal("1.08")  # of what is told, from which the areas make plainly more


def check(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """One outcome for each figure by the area that no sum and land of its phase make."""
    if any(fact.source == DISPUTED for fact in case.understanding.facts):
        return
    told = case.once(quantities)
    ratios = [
        (one, *found)
        for one in told
        if (found := _ratio_of(one)) is not None and not _OF_ANYBODY.match(case.text(one.end, one.end + 10))
    ]
    if not ratios:
        return
    lands = [one for one in told if _is_land(one) and not _TO_NEW.match(case.text(one.end, one.end + 10))]
    lands = [one for one in lands if _NEW.search(one.lead)] or lands  # of a land that is changed, the new size counts
    later = re.search(
        "[二三四]期|扩建|增资|扩产", case.understanding.title or ""
    )  # land of an earlier phase is told as well
    sums = [
        (name, one)
        for one in told
        if (name := _sum_of(one)) is not None and not _TO_NEW.match(case.text(one.end, one.end + 10))
    ]
    yield from _below_what_is_demanded(case, ratios)
    for one, name, per in ratios:
        wholes = _of_scope([total for measure, total in sums if measure == name], one.scope)
        wholes = wholes or (_fixed_of_parts(case, told) if name == "invested" and not one.scope else [])
        grounds = lands if later and not one.scope else _grounds(lands, one)
        outcome = _judged(case, one, per, wholes, grounds)
        if outcome is not None:
            yield outcome


def _below_what_is_demanded(case: Case, ratios: list[tuple[Told, str, Decimal]]) -> Iterator[Outcome]:
    """园区准入强度不低于300万元/亩 … 本项目强度为240万元/亩: what the paper itself says is asked for is not reached."""
    for one, name, per in ratios:
        if _is_demanded(one) or _CHANGED.search(one.lead):
            continue
        asked = [
            (other.amount / size, other)
            for other, measure, size in ratios
            if measure == name and other.scope in ("", one.scope) and _is_demanded(other)
        ]
        least = min(asked, key=lambda found: found[0], default=None)
        if least is not None and one.amount / per < least[0] * (1 - _SLACK):
            asked_for = case.text(least[1].start, least[1].end)
            arithmetic = f"{case.text(one.start, one.end)}低于本文所述要求{asked_for}"
            yield reckoned(one.start, one.end, arithmetic)


def _is_demanded(one: Told) -> bool:
    """Whether somebody asks for the figure: said in its own part of the sentence, or before it and nothing of the project since."""
    pieces = re.split("[，；]", one.lead)
    return bool(_DEMANDED.search(pieces[-1]) or (_DEMANDED.search(one.lead) and not _OF_THE_PROJECT.search(pieces[-1])))


def _ratio_of(one: Told) -> tuple[str, Decimal] | None:
    """(what is told by the area, square metres of its unit); None where the figure is none of these."""
    if one.kind != "money" or one.bound == "most":
        return None
    words = one.words if one.row < 0 else one.words.partition("\x1f")[2]  # what a table lists is no measure of a cell
    unit = (one.per or "").split("·")[0]
    if unit not in _PER:
        by_area = _BY_AREA.search(words)
        if one.per not in (None, "年") or by_area is None:
            return None
        unit = by_area.group().strip("每均") if by_area.group()[0] not in "单地" else "亩"
    named = words if one.row >= 0 or any(ratio.search(words) for _, ratio in _RATIOS) else one.lead[-24:]
    if _NO_RATIO.search(named) or _SUPPOSED.search(one.lead) or _OF_ALL.search(one.lead[-30:]):
        return None
    name = next((name for name, ratio in _RATIOS if ratio.search(named)), None)
    return (name, _PER[unit]) if name is not None else None


def _sum_of(one: Told) -> str | None:
    """What a sum of money is told to be, where it is none by the area."""
    if one.kind != "money" or one.per or one.bound == "most" or _NO_SUM.search(one.words) or _BY_AREA.search(one.words):
        return None
    if one.row < 0:
        named = one.words.split("\x1f")
        name = next((name for name, words in _SUMS if words.search(named[0]) or words.search(named[-1])), None)
        return None if name != "invested" and _OVER_YEARS.search(one.words) else name
    caption, label, column = one.words.split("\x1f")
    for source in (label, column):
        name = next((name for name, words in _IN_TABLE if words.search(source)), None)
        if name is not None:
            return name
    return next((name for name, words in _IN_TABLE if one.total_row and words.search(caption)), None)


def _is_land(one: Told) -> bool:
    if one.kind != "area" or one.per or one.amount <= 0:
        return False
    if one.row >= 0:
        words = one.words.partition("\x1f")[2]
        return bool(re.search("用地|土地|占地|宗地|地块", words)) and not _NO_LAND.search(words)
    return bool(_LAND.search(one.words)) and not _NO_LAND.search(one.words)


def _grounds(lands: list[Told], one: Told) -> list[Told]:
    """The lands that a figure may be made on: of its phase, net where it says so; the phases' sum stands for the whole."""
    own = _of_scope(lands, one.scope)
    if re.search("净", one.words + one.lead[-30:]):
        own = [land for land in own if _NET.search(land.words)] or own
    return own


def _of_scope(found: list[Told], scope: str) -> list[Told]:
    """Those told for the part; for the whole, those told for no part, else the sum of all parts."""
    own = [one for one in found if one.scope == scope]
    if own or scope or len({one.scope for one in found}) < 2:
        return own
    parts = {one.scope: one for one in reversed(found)}
    first = min(parts.values(), key=lambda part: part.start)
    added = sum((part.amount for part in parts.values()), Decimal(0))
    return [Told(kind=first.kind, amount=added, start=first.start, end=first.end, words=first.words)]


def _fixed_of_parts(case: Case, told: Sequence[Told]) -> list[Told]:
    """总投资4.2亿元，包括厂房1.1亿元、设备1.9亿元、流动资金1.2亿元: the whole without what is no fixed asset."""
    total = next(
        (
            one
            for one in told
            if one.kind == "money" and not one.per and not one.scope and re.search("总投[资入]|投资总额", one.words)
        ),
        None,
    )
    working = [one for one in told if one.kind == "money" and not one.per and _WORKING.search(one.words)]
    if total is None or len(working) != 1 or working[0].amount >= total.amount:
        return []
    return [
        Told(
            kind="money", amount=total.amount - working[0].amount, start=total.start, end=total.end, words=total.words,
        )
    ]  # fmt: skip


def _judged(case: Case, one: Told, per: Decimal, wholes: list[Told], lands: list[Told]) -> Outcome | None:
    """The outcome where no sum over any land of the part makes the figure; None where one does, or nothing is known."""
    made = [(whole.amount / (land.amount / per), whole, land) for whole, land in product(wholes, lands)]
    if not made:
        return None
    exact = one.bound == "exact" and _PLANNED.search(one.words) and not _DEMANDED.search(one.lead)
    most = one.amount * _FAR_ABOVE if exact else None
    if any(value >= one.amount * (1 - _SLACK) and (most is None or value <= most) for value, _, _ in made):
        return None
    if all(value * _ABSURD < one.amount for value, _, _ in made):
        return None  # a wrong unit, which is another fault
    value, whole, land = max(made, key=lambda found: found[0])
    unit = next(name for name, size in _PER.items() if size == per)
    money, ground = case.text(whole.start, whole.end), case.text(land.start, land.end)
    told = case.text(one.start, one.end)
    arithmetic = f"{money}÷{ground}＝{value / 10000:.1f}万元/{unit}，写为{told}"
    return Outcome(
        start=one.start,
        end=one.end,
        values={"arithmetic": arithmetic},
        conditions=(arithmetic,),
        related=(case.related("用地", land.start, land.end), case.related("金额", whole.start, whole.end)),
    )
