"""Planning indicators against the paper's own planning conditions, and against the areas that make them, part by part.

控规要求容积率不低于1.5 … 项目容积率1.1; 建构筑物占地合计15,000平方米, 用地50,000平方米, 建筑系数为45%.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

import msgspec

from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import behind_last
from contract_audit.engine.case import Case, Outcome, reckoned
from contract_audit.engine.checks.scoped import SCOPE, Told, quantities
from contract_audit.engine.checks.tables import tables

_NAMES = (
    ("容积率", re.compile("容积率")),
    ("建筑系数", re.compile("建筑系数")),
    ("建筑密度", re.compile("建筑密度")),
    ("绿地率", re.compile("绿地率|绿化率")),
    ("建筑高度", re.compile("建筑(?:总|檐口)?(?:高度|限高)|限高")),
)
_FIGURE = re.compile(
    r"(?P<name>容积率|建筑系数|建筑密度|绿地率|绿化率|建筑(?:总|檐口)?(?:高度|限高)|限高)(?P<mid>[^，。；、0-9\n]{0,16}?)"
    r"(?P<n>[0-9]{1,3}(?:\.[0-9]+)?|百分之[零一二三四五六七八九十点]{1,5})(?![0-9,]*[0-9])(?P<unit>%|米)?(?P<after>[^，。；、\n]{0,4})"
)
_LEAST = re.compile(r"不(?:得|应|能)?[低小少]于|≥|以上|下限|最低|至少")
_MOST = re.compile(r"不(?:得|应|能)?(?:[高大多]于|超过)|≤|以下|以内|上限|最高|限高|控制在")
_FALLS_SHORT = re.compile("低于|小于|少于|不足|未达|达不到|高于|超过|大于|突破")
_NOT_SHORT = re.compile("不(?:得|应|能|可|宜|许)?(?:低于|小于|少于|高于|超过|大于|突破)")
# Who asks for it: the planning conditions, not the parties.
_ASKED = re.compile(
    r"规划(?:设计)?条件|控规|控制性详细规划|详细规划|出让(?:公告|条件|文件|须知)|挂牌(?:公告|条件)|规划(?:部门)?要求|准入(?:条件|标准|要求)|控制(?:指标|值)(?:要求|为)"
    r"|管控要求|上位规划|地块指标|供地条件|园区(?:规定|要求|标准)"
)
_PLANNED = re.compile(r"设计|方案|本项目|该项目|乙方|项目(?!用地|选址)|实际|拟建|拟|达到|建成后|总平")
_NO_PLAN = re.compile(r"须|应当?|不满足|符合|调整前|原(?!则)|违反|突破|低于上述|视为|以[^，。；]{0,8}为准")
_CHANGED = re.compile("提高|调整|变更|增加|调高|降低|改为")
_FLOORS = re.compile(r"(?:总建筑面积|建筑总面积|计容(?:总)?(?:建筑)?面积|建筑面积合计)")
_COUNTED = re.compile("计容")
_DOUBLED = re.compile("加倍|双倍|[2两二]倍计|层高超过8|超过8米|折算")
_LAND = re.compile(r"(?:用地|宗地|地块|土地|占地)(?:总?面积)?[^，。；\u4e00-\u9fff]*(?:约|为|共|计|合计)*$")
_NO_LAND = re.compile(r"建筑|构筑|办公|生活|宿舍|绿[地化]|道路|代征|预留|另行|车间|厂房|基底|配套|停车|原有|老厂")
_BASE = re.compile(r"建(?:筑|构筑|\(构\)筑)物?(?:总)?(?:基底|占地)|基底(?:总)?面积|建构筑物")
_OPEN_AIR = re.compile("露天|堆场")
_NO_OPEN_AIR = re.compile("(?:不设|无|没有|不含|不建|不设置)[^，。；]{0,16}")
_GREEN = re.compile(r"绿[地化](?:用地)?(?:总)?面积")
_SLACK = Decimal("0.05")
_FAR = Decimal("0.75")  # of a bound: what is planned later may fill what is left
_SENTENCE = "\n。；"
_LIST_LINES = 8
_PERCENT = Decimal("0.01")


class Indicator(NamedTuple):
    """One figure for an indicator: a ratio as a number, shares as fractions, heights in metres; asked for or planned."""

    name: str
    amount: Decimal
    bound: str
    scope: str
    asked: bool
    start: int
    end: int
    lead: str


def check(case: Case, *, industrial: bool) -> Iterator[Outcome]:
    """Outcomes for plans that break what the paper says is asked for, then for those that the areas do not make.

    On land that is not `industrial` only figures told exactly are reckoned: what else is built there need not be listed.
    """
    found = [*_in_prose(case), *_in_tables(case)]
    seen: set[int] = set()
    for outcome in (*_below_what_is_asked(case, found), *_not_made(case, found, industrial=industrial)):
        if outcome.start not in seen:
            seen.add(outcome.start)
            yield outcome


def _number(words: str, unit: str | None) -> Decimal | None:
    if words.startswith("百分之"):
        value = number(words.removeprefix("百分之"))
        return None if value is None else Decimal(value) * _PERCENT
    return Decimal(words) * (_PERCENT if unit == "%" else 1)


def _in_prose(case: Case) -> Iterator[Indicator]:
    text = case.folded.text
    tables = [case.folded.folded(block.start, block.end) for block in case.document.blocks if block.table is not None]
    for match in _FIGURE.finditer(text):
        amount = _number(match["n"], match["unit"])
        if amount is None or any(low <= match.start() < high for low, high in tables):
            continue
        if _FALLS_SHORT.search(_NOT_SHORT.sub("", match["mid"])):
            continue  # 容积率低于1.0的，承担违约责任: what is to happen then
        name = next(name for name, words in _NAMES if words.search(match["name"]))
        if (name == "建筑高度") != (match["unit"] == "米") or (name == "容积率" and match["unit"]):
            continue
        begin = behind_last(_SENTENCE, text, match.start())
        lead = text[begin : match.start()]
        said = match["name"] + match["mid"] + match["after"]
        bound = "most" if _MOST.search(said) else "least" if _LEAST.search(said) else "exact"
        scopes = SCOPE.findall(lead)
        yield Indicator(
            name, amount, bound, str(scopes[-1]).removeprefix("第") if scopes else "", _is_asked(text, begin, lead),
            *case.folded.original(match.start(), match.end("unit") if match["unit"] else match.end("n")), lead,
        )  # fmt: skip


def _is_asked(text: str, begin: int, lead: str) -> bool:
    """Whether the planning conditions ask for it: said in its part of the sentence, or before the list it stands in."""
    asked, planned = _last(_ASKED, lead), _last(_PLANNED, lead)
    if asked >= 0 or planned >= 0:
        return asked > planned
    lines = text[:begin].split("\n")
    for line in reversed(lines[-_LIST_LINES:-1]):
        if line.endswith(("：", ":")):
            return bool(_ASKED.search(line)) and not re.search("乙方|设计方案", line)
    return False


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _in_tables(case: Case) -> Iterator[Indicator]:
    """容积率 | ≥1.5 | 1.1 below a header that tells 规划条件 from 设计."""
    for table in tables(case):
        header = table.cells[0]
        for row, cells in zip(table.rows[1:], table.cells[1:], strict=True):
            name = next((name for name, words in _NAMES if cells and words.search(cells[0])), None)
            for column, cell in enumerate(cells[1:], start=1):
                figure = re.fullmatch(
                    r"(?P<pre>[^0-9]{0,6})(?P<n>[0-9]{1,3}(?:\.[0-9]+)?)(?P<unit>%|米|m)?(?P<post>[^0-9]{0,6})", cell
                )
                if name is None or figure is None:
                    continue
                title = header[column] if column < len(header) else ""
                share = figure["unit"] == "%" or "%" in cells[0] + title
                said = figure["pre"] + figure["post"] + cells[0]
                bound = "most" if _MOST.search(said) else "least" if _LEAST.search(said) else "exact"
                asked = bool(_ASKED.search(title) or re.search("要求|条件|控制值|标准|规定", title))
                amount = Decimal(figure["n"]) * (_PERCENT if share else 1)
                span = row.cells[column]
                scopes = SCOPE.findall(title)
                yield Indicator(
                    name, amount, bound, str(scopes[-1]) if scopes else "", asked, span.start, span.end, title
                )


def _below_what_is_asked(case: Case, found: list[Indicator]) -> Iterator[Outcome]:
    for plan in found:
        if plan.asked or _NO_PLAN.search(plan.lead[-14:]):
            continue
        for asked in found:
            one_part = asked.scope in ("", plan.scope)
            if not asked.asked or asked.name != plan.name or not one_part or asked.bound == "exact":
                continue
            below = asked.bound == "least" and plan.bound != "most" and plan.amount < asked.amount
            above = asked.bound == "most" and plan.bound != "least" and plan.amount > asked.amount
            if below or above:
                told, wanted = case.text(plan.start, plan.end), case.text(asked.start, asked.end)
                yield _outcome(case, plan, f"{plan.name}{told}不符合本文所述的规划要求“{wanted}”")
                break


def _outcome(case: Case, plan: Indicator, arithmetic: str) -> Outcome:
    outcome = reckoned(plan.start, plan.end, arithmetic)
    return msgspec.structs.replace(outcome, values=outcome.values | {"field": plan.name})


def _not_made(case: Case, found: list[Indicator], *, industrial: bool) -> Iterator[Outcome]:
    """The indicator that no area of its kind over any land of the part makes."""
    plans = [
        plan
        for plan in found
        if ((not plan.asked and industrial) or plan.bound == "exact")
        and not _CHANGED.search(case.text(plan.start, plan.end))
    ]
    for plan in plans:
        made = list(_made(case, plan, case.once(quantities)))
        if not made or any(_fits(plan, value) for value, _ in made):
            continue
        value, arithmetic = made[0]
        shown = f"{value:.2f}" if plan.name == "容积率" else f"{value * 100:.1f}%"
        yield _outcome(case, plan, f"{arithmetic}＝{shown}，写为{case.text(plan.start, plan.end)}")


def _fits(plan: Indicator, value: Decimal) -> bool:
    if plan.bound == "least":
        return value >= plan.amount * (_FAR if plan.name == "容积率" else 1 - _SLACK)
    if plan.bound == "most":
        return value <= plan.amount * (1 / _FAR if plan.name == "容积率" else 1 + _SLACK)
    return abs(value - plan.amount) <= plan.amount * (_SLACK * (3 if plan.name == "容积率" else 1))


def _made(case: Case, plan: Indicator, told: Sequence[Told]) -> Iterator[tuple[Decimal, str]]:
    """(value, how it is made) for each area of the indicator's kind over each land of its part."""
    areas = [one for one in told if one.kind == "area" and not one.per and one.amount > 0]
    lands = _of_part([one for one in areas if _is_land(one)], plan.scope)
    if plan.name == "容积率":
        parts = [one for one in areas if _FLOORS.search(one.words)]
        parts = [one for one in parts if _COUNTED.search(one.words)] or (
            [] if _DOUBLED.search(case.document.text) or _open_air(case) else parts
        )
    elif plan.name in ("建筑系数", "建筑密度"):
        parts = [] if plan.name == "建筑系数" and _open_air(case) else _bases(areas)
    elif plan.name == "绿地率":
        parts = [one for one in areas if _GREEN.search(one.words)]
    else:
        return
    for part, land in product(_of_part(parts, plan.scope), lands):
        if part.amount < land.amount * (20 if plan.name == "容积率" else 1):
            yield part.amount / land.amount, f"{case.text(part.start, part.end)}÷{case.text(land.start, land.end)}"


def _open_air(case: Case) -> bool:
    text = _NO_OPEN_AIR.sub("", case.document.text)
    return _OPEN_AIR.search(text) is not None


def _bases(areas: list[Told]) -> list[Told]:
    """The land under all buildings: told as a whole, or as the total of a table of it."""
    prose = [one for one in areas if one.row < 0 and _BASE.search(one.words)]
    listed = [
        one for one in areas
        if one.row >= 0 and _BASE.search(one.words) and (one.total_row or _BASE.search(one.words.split("\x1f")[1]))
    ]  # fmt: skip
    return [*prose, *listed]


def _is_land(one: Told) -> bool:
    if one.row >= 0:
        words = one.words.partition("\x1f")[2]
        return (
            bool(re.search("用地|宗地|地块|土地", words))
            and not _NO_LAND.search(words)
            and not re.search("[^总]占地", words)
        )
    named = one.words.split("\x1f")[0] if one.words.split("\x1f")[0] else one.words
    return bool(_LAND.search(named)) and not _NO_LAND.search(one.words)


def _of_part(found: Sequence[Told], scope: str) -> list[Told]:
    return [one for one in found if one.scope == scope]
