"""What a paper says is built or done, use by use, with the class of GB/T 4754 that each use belongs to."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from contract_audit.engine.case import Case
from contract_audit.engine.patterns import places
from contract_audit.engine.view import View
from contract_audit.rulespec import IndustryCheck, IndustryClass

_LEAD = re.compile(r"^.*(?:建设|新建|拟建|建成|包括|其中|配建|设有|以及|及|和|与|用于)(?=.{2})")
_REACH = 24  # characters before an area in which its use is named
_REMARK = re.compile(r"（[^（）\n\t]*）(?=[\t|])")  # behind the name in a table: 卖场（三层，招商入驻） | 58,000
_TOTAL = re.compile(r"合计|共计|总计|总建筑|以上|中$|用地|占地|土地|宗地|地块|总面积|亩|出让|其余")
_ADDED_UP = re.compile("合计|共计|总计|总共")
_SIZE_WORDS = re.compile(
    r"^(?:建筑面积|面积|共|计|约|每层|单层|单体|[0-9一二三四五六七八九十]+[栋幢座层间])*(?:为|约|共|计)?$"
)
_NEUTRAL = re.compile(
    r"(?<!保税)仓库|成品库|原料库|库房|阴凉库|宿舍|倒班|食堂|职工|员工|门卫|配电|泵房|停车|综合楼|办公|绿化|道路|消防"
)
_NOT_BUILT = re.compile(r"不得|禁止|严禁|另行供|另行公开|不含|不建|不涉及|除外")
_NO_NAME = "\x00"
_NAME = re.compile(r"[“「《][^”」》\n]{2,40}[”」》]")
# Behind the word of an industry that names a park, a firm or a list: 食品产业园, 供应链有限公司, 装备制造签约项目库.
_OF_A_NAME = re.compile(
    r"[^，。；：、\n]{0,10}?(?:产业园|园区|工业园|开发区|集聚区|高新区|新区|有限公司|公司|集团|项目库|管委会|管理委员会|研究院有限|产业链|主导产业|产业集群|招商局|协会)"
)
# Goods that are traded, stored, carried or mended and not made: 成品家具的入库, 医药展示交易, 进出库成品家具.
_TRADED = re.compile(
    r"[^，。；、\n]{0,6}?(?:撮合|交易|贸易|买卖|经销|批发|零售|销售|展示|展销|入库|出库|仓储|分拣|配送|转运|维修|养护|租赁|出租|回收|代理|直播|运输|专卖|体验|卖场|门店|档口|摊位|商位|旗舰店)"
)
_HANDLED = re.compile(
    r"(?:进出库|入库|存放|储存|仓储|经销|代理|销售|批发|配送|运输|承运|转运|租赁|出租|维修|回收|代销|采购|收购|外购)(?:各类|各品牌|各种|成品|的)*$"
)


class Built(msgspec.Struct, frozen=True):
    """One use with its floor space (None = named without), the class it belongs to, and its span."""

    words: str
    area: Decimal | None
    kind: IndustryClass
    start: int
    end: int


def named(parameters: IndustryCheck, case: Case) -> Iterator[Built]:
    """Words of the project's name, industry and content; of two that stand together the last says what it is (纺织助剂)."""
    for first, last in _told(case):
        words = case.folded.text[first:last]
        found = [(span, kind) for kind in parameters.classes for span in places(case.source(kind.words), words)]
        for (begin, end), kind in found:
            if any(other.code != kind.code and end == after for (after, _), other in found):
                continue
            start, stop = case.folded.original(first + begin, first + end)
            yield Built(words[begin:end], None, kind, start, stop)


_CONTENT = re.compile(r"(?:建设|项目|生产|主要|主要建设|经营)内容[^，。；\n]{0,6}\n(?P<told>[^\n]+)")


def _told(case: Case) -> Iterator[tuple[int, int]]:
    """Where, in the folded text, the paper tells the project's name, industry and content; else the line below 项目内容."""
    facts = [fact for name in ("industry", "project", "content") if (fact := case.understanding.fact(name)) is not None]
    yield from (case.folded.folded(fact.start, fact.end) for fact in facts)
    below = _CONTENT.search(case.folded.text) if all(fact.name != "content" for fact in facts) else None
    if below is not None:
        yield below.span("told")


def measured(parameters: IndustryCheck, case: Case) -> Iterator[Built]:
    """Every use that the paper names with its floor space."""
    for value in case.understanding.values:
        if value.kind != "area" or not value.sure or value.amount is None or value.per:
            continue
        first, last = case.folded.folded(value.start, value.end)
        lead_in = _REMARK.sub("", case.folded.text[max(0, first - 2 * _REACH) : first])[-_REACH:]
        before = re.split(r"[，。；：、\n\t|）（]", lead_in)
        long = [part for part in reversed(before) if len(part) >= 2]
        if long and _ADDED_UP.match(long[0]):
            continue
        words = next((part for part in long if not _SIZE_WORDS.match(part)), "") if long else ""
        lead = _LEAD.match(words)
        use = words[lead.end() :] if lead else words
        if len(use) < 2 or _TOTAL.search(words) or _NEUTRAL.search(use) or "亩" in case.folded.text[first:last]:
            continue
        kind = _class_of_use(use, parameters.classes, case)
        if kind is not None:
            begin = case.folded.text.rfind(use, max(0, first - 2 * _REACH), first)
            start = case.folded.original(begin, first)[0]
            yield Built(f"{use}{case.folded.text[first:last]}", value.amount, kind, start, value.end)


def _class_of_use(use: str, classes: tuple[IndustryClass, ...], case: Case) -> IndustryClass | None:
    """The class whose word ends last: in 医药展示交易大厅 the hall decides, not the medicine; 裂解车间 is more than 车间."""
    best: tuple[bool, int, int, IndustryClass] | None = None
    for kind in classes:
        for first, last in places(case.source(kind.words), use):
            if best is None or (len(kind.code) > 1 or kind.code != "C", last, last - first) > best[:3]:
                best = (len(kind.code) > 1 or kind.code != "C", last, last - first, kind)
    return best[3] if best else None


def in_words(parameters: IndustryCheck, case: Case, declared: tuple[int, int]) -> Iterator[Built]:
    """Words of the enterprise's statements; what a thing, a park or a firm is called is not what is built."""
    project = case.understanding.fact("project")
    name = project.value if project is not None and isinstance(project.value, str) else _NO_NAME
    maybe = [(kind, case.views_maybe_with(case.source(kind.words))) for kind in parameters.classes]
    for view in case.views:
        provision = view.provision
        if (
            provision.side == "government"
            or provision.force == "prohibition"
            or provision.kind in ("title", "signature")
        ):
            continue
        kinds = [kind for kind, views in maybe if views >> view.number & 1]
        if kinds and not _NOT_BUILT.search(view.text, view.own_start):
            yield from _longest(list(_in_view(kinds, case, view, declared, name)))


def _longest(items: list[Built]) -> list[Built]:
    """Without the words that are part of a longer one (公寓 in 学生公寓): the longer says what it is."""
    return [
        item
        for item in items
        if not any(
            other.start <= item.start and item.end <= other.end and other.end - other.start > item.end - item.start
            for other in items
        )
    ]


def _in_view(
    kinds: Sequence[IndustryClass], case: Case, view: View, declared: tuple[int, int], project: str
) -> Iterator[Built]:
    own = _NAME.sub(lambda name: "　" * len(name.group()), view.text[view.own_start :])
    own = own.replace(project, "　" * len(project))
    for kind in kinds:
        for first, last in places(case.source(kind.words), own):
            traded = kind.code[0] in "AC" and (_TRADED.match(own, last) or _HANDLED.search(own[:first]))
            if traded or _OF_A_NAME.match(own, last):
                continue
            start, end = view.original(view.own_start + first, view.own_start + last)
            if not (declared[0] <= start < declared[1]):
                yield Built(own[first:last], None, kind, start, end)
