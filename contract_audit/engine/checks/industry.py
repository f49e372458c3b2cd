"""Check kind `industry`: what is declared against what is built (鱼目混珠), by classes of GB/T 4754.

What is built is weighed by the floor space of each use (康养公寓56,000平方米); where no areas are given, by words.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from contract_audit.engine.case import Case, Missing, Outcome
from contract_audit.engine.patterns import places
from contract_audit.model import Related
from contract_audit.rulespec import IndustryCheck, IndustryClass

_CODE = re.compile(r"(?<![A-Z0-9])(?P<code>[A-T][0-9]{2})[0-9]{0,2}(?![0-9A-Z])")
_LEAD = re.compile(r"^.*(?:建设|新建|拟建|建成|包括|其中|配建|设有|以及|及|和|与|用于)(?=.{2})")
_REACH = 24  # characters before an area in which its use is named
_REMARK = re.compile(r"（[^（）\n\t]*）(?=[\t|])")  # behind the name in a table: 卖场（三层，招商入驻） | 58,000
_TOTAL = re.compile(r"合计|共计|总计|总建筑|以上|中$|用地|占地|土地|宗地|地块|总面积|亩|出让|其余")
_NEUTRAL = re.compile(
    r"(?<!保税)仓库|成品库|原料库|库房|阴凉库|宿舍|倒班|食堂|职工|员工|门卫|配电|泵房|停车|综合楼|办公|绿化|道路|消防"
)
_NOT_BUILT = re.compile(r"不得|禁止|严禁|另行供|另行公开|不含|不建")
_NO_TRADE = ("C", "M")  # a workshop, a laboratory: any factory has them
_LEAST_WORDS, _LEAST_USES = 2, 2  # one word or one building does not make a project
_TRADES = "FHKLR"  # trade, lodging, real estate, business services, culture: they stand for one another
_TRADED = re.compile(r"[^，。；\n]{0,6}(?:撮合|交易|贸易|买卖|经销|批发|展示|展销|销售展)")  # goods traded, not made
_NAME = re.compile(r"[“「《][^”」》\n]{2,40}[”」》]")
_SHOWN = 5


class Built(msgspec.Struct, frozen=True):
    """One use with its floor space (None = named without), the class it belongs to, and its span."""

    words: str
    area: Decimal | None
    kind: IndustryClass
    start: int
    end: int


def check(parameters: IndustryCheck, case: Case) -> Iterator[Outcome | Missing]:
    """One outcome at the words that declare, where most of what is built belongs elsewhere."""
    if any(case.occurs(exception) for exception in parameters.unless):
        return
    declared = _declared(parameters, case)
    if declared is None:
        return
    start, end, kinds = declared
    built = list(_built(parameters, case, (start, end)))
    outside = [item for item in built if not _is_close(item.kind, kinds, parameters)]
    if all(item.area is None for item in built):
        built = [item for item in built if not _is_unspecific(item.kind, kinds)]
    weight = _outside_share(built, outside, 1 if parameters.weighs == "project" else _LEAST_WORDS)
    if weight is None and parameters.weighs == "built":
        built, outside = _by_name(parameters, case, (start, end), kinds)
        weight = _outside_share(built, outside, 1)
    if weight is None or weight < parameters.share:
        return
    names = "、".join(dict.fromkeys(item.kind.name for item in outside))
    shown = "、".join(dict.fromkeys(item.words for item in outside[:_SHOWN]))
    measured = any(item.area is not None for item in built)
    arithmetic = f"{_sum(outside, built)}，占{weight:.1%}" if measured else "所列内容没有一项属于申报类别"
    yield Outcome(
        start=start,
        end=end,
        values={
            "value": shown,
            "name": "、".join(kind.name for kind in kinds),
            "other": names,
            "arithmetic": arithmetic,
        },
        conditions=(f"申报：{'、'.join(kind.name for kind in kinds)}", f"内容：{shown}（{names}）", arithmetic),
        related=tuple(_related(case, item) for item in outside[:_SHOWN]),
    )


def _by_name(
    parameters: IndustryCheck, case: Case, declared: tuple[int, int], kinds: tuple[IndustryClass, ...]
) -> tuple[list[Built], list[Built]]:
    """What the name of the project and its content say it is, where words of the whole paper say this and that."""
    named = [
        item
        for item in _named(parameters, case, declared)
        if not _is_unspecific(item.kind, kinds)
        and item.kind.code not in _NO_TRADE
        and not declared[0] <= item.start < declared[1]
    ]
    return named, [item for item in named if not _is_close(item.kind, kinds, parameters)]


def _declared(parameters: IndustryCheck, case: Case) -> tuple[int, int, tuple[IndustryClass, ...]] | None:
    """The first words that declare something with a known class; else the local parameter, quoted at the project's name."""
    text = case.folded.text
    for first, last in places(case.source(parameters.declared), text):
        kinds = _classes_of(text[first:last], parameters, case)
        if kinds:
            return (*case.folded.original(first, last), kinds)
    words = case.context.local_words.get(parameters.local or "", "")
    kinds = _classes_of(words, parameters, case)
    if not kinds:
        return None
    project = case.understanding.fact("project")
    return (*((project.start, project.end) if project is not None else case.heading()), kinds)


def _classes_of(words: str, parameters: IndustryCheck, case: Case) -> tuple[IndustryClass, ...]:
    """Classes that the words name by code, else by their words."""
    codes = {match["code"] for match in _CODE.finditer(words)}
    named = tuple(kind for kind in parameters.classes if kind.code in codes)
    if named or not words:
        return named
    found = tuple(kind for kind in parameters.classes if places(case.source(kind.words), words))
    narrow = tuple(kind for kind in found if len(kind.code) > 1)
    return tuple(kind for kind in found if not _is_unspecific(kind, narrow)) if narrow else found


def _built(parameters: IndustryCheck, case: Case, declared: tuple[int, int]) -> Iterator[Built]:
    """Every use the paper names with its floor space; where it names none, words of the enterprise's provisions."""
    if parameters.weighs == "project":
        yield from _named(parameters, case, declared)
        return
    measured = list(_measured(parameters, case))
    if len(measured) >= _LEAST_USES:
        yield from measured
        return
    for view in case.views:
        provision = view.provision
        if (
            provision.side == "government"
            or provision.force == "prohibition"
            or provision.kind in ("title", "signature")
        ):
            continue
        own = view.text[view.own_start :]
        if _NOT_BUILT.search(own):
            continue
        own = _NAME.sub(lambda name: "　" * len(name.group()), own)  # what a thing is called is not what is built
        for kind in parameters.classes:
            for first, last in places(case.source(kind.words), own):
                if kind.code[0] == "C" and _TRADED.match(own, last):
                    continue
                start, end = view.original(view.own_start + first, view.own_start + last)
                if not (declared[0] <= start < declared[1]):
                    yield Built(own[first:last], None, kind, start, end)


def _named(parameters: IndustryCheck, case: Case, declared: tuple[int, int]) -> Iterator[Built]:
    """Words of the project's name, industry and content."""
    for name in ("industry", "project", "content"):
        fact = case.understanding.fact(name)
        if fact is None:
            continue
        first, last = case.folded.folded(fact.start, fact.end)
        words = case.folded.text[first:last]
        for kind in parameters.classes:
            for begin, end in places(case.source(kind.words), words):
                start, stop = case.folded.original(first + begin, first + end)
                yield Built(words[begin:end], None, kind, start, stop)


def _measured(parameters: IndustryCheck, case: Case) -> Iterator[Built]:
    for value in case.understanding.values:
        if value.kind != "area" or not value.sure or value.amount is None:
            continue
        first, last = case.folded.folded(value.start, value.end)
        lead_in = _REMARK.sub("", case.folded.text[max(0, first - 2 * _REACH) : first])[-_REACH:]
        before = re.split(r"[，。；：、\n\t|）（]", lead_in)
        words = next((part for part in reversed(before) if len(part) >= 2), "")
        lead = _LEAD.match(words)
        use = words[lead.end() :] if lead else words
        if len(use) < 2 or _TOTAL.search(words) or _NEUTRAL.search(use) or "亩" in case.folded.text[first:last]:
            continue
        kind = _class_of_use(use, parameters.classes, case)
        if kind is not None:
            start = case.folded.original(first - 1, first)[0]
            yield Built(f"{use}{case.folded.text[first:last]}", value.amount, kind, start, value.end)


def _class_of_use(use: str, classes: tuple[IndustryClass, ...], case: Case) -> IndustryClass | None:
    """The class whose word ends last: in 医药展示交易大厅 the hall decides, not the medicine; 裂解车间 is more than 车间."""
    best: tuple[bool, int, int, IndustryClass] | None = None
    for kind in classes:
        for first, last in places(case.source(kind.words), use):
            if best is None or (len(kind.code) > 1 or kind.code != "C", last, last - first) > best[:3]:
                best = (len(kind.code) > 1 or kind.code != "C", last, last - first, kind)
    return best[3] if best else None


def _is_unspecific(kind: IndustryClass, declared: tuple[IndustryClass, ...]) -> bool:
    """A word of the whole section (厂房, 生产) says nothing where a class of the section is declared."""
    return len(kind.code) == 1 and any(len(other.code) > 1 and other.code[0] == kind.code for other in declared)


def _is_close(kind: IndustryClass, declared: tuple[IndustryClass, ...], parameters: IndustryCheck) -> bool:
    """The same section (or, of manufacturing, the same class), or classes that pass for one another."""
    for other in declared:
        if kind.code == other.code or (kind.code[0] == other.code[0] and min(len(kind.code), len(other.code)) == 1):
            return True
        if any(_go_together(kind, other, group) for group in parameters.close):
            return True
    return False


def _go_together(kind: IndustryClass, other: IndustryClass, group: tuple[str, ...]) -> bool:
    """Both are of the group; a section in it (C) joins its classes to other sections, not to one another."""
    if kind.code[0] == other.code[0]:
        return kind.code in group and other.code in group
    return _is_in(kind, group) and _is_in(other, group)


def _is_in(kind: IndustryClass, group: tuple[str, ...]) -> bool:
    return kind.code in group or kind.code[0] in group


def _outside_share(built: list[Built], outside: list[Built], least_words: int) -> Decimal | None:
    """Share of the floor space outside, else 1 where only words of other classes stand, so many of one; None = unknown."""
    if any(item.area is not None for item in built):
        whole = sum((item.area for item in built if item.area is not None), Decimal(0))
        return sum((item.area for item in outside if item.area is not None), Decimal(0)) / whole if whole else None
    if len(outside) < len(built):
        return None
    words: dict[str, set[str]] = {}
    for item in outside:
        words.setdefault("" if item.kind.code[0] in _TRADES else item.kind.code, set()).add(item.words)
    return Decimal(1) if max(map(len, words.values()), default=0) >= least_words else None


def _sum(outside: list[Built], built: list[Built]) -> str:
    away = sum((item.area for item in outside if item.area is not None), Decimal(0))
    whole = sum((item.area for item in built if item.area is not None), Decimal(0))
    return f"{'＋'.join(item.words for item in outside)}＝{away:,.0f}平方米，所列建筑共{whole:,.0f}平方米"


def _related(case: Case, item: Built) -> Related:
    return case.related(f"内容属{item.kind.name}", item.start, item.end)
