"""Quantities told in a unit that cannot measure them: a lease of five mu, a pipe of 300 metres across, a rate in yuan."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from contract_audit.engine.case import Case
from contract_audit.engine.checks.sentences import said_before
from contract_audit.engine.literals import Telling, each
from contract_audit.model import Value

MU = Decimal(10000) / 15  # square metres of a mu
_FILL = (
    r"(?:（[^（）]{0,8}）)?(?:的|总)?(?:额|量|值|要求|标准|指标)?"
    r"(?:约|为|达到?|共|计|是|按|不?[低少高多]于|不?超过|至少|设计|核定|控制在?|确定|统一|[：:\s|≥≤<>=])*$"
)
_PHYSICAL = frozenset(
    ("吨", "米", "公里", "千米", "千瓦", "千瓦时", "千伏", "千伏安", "兆瓦", "立方米", "公斤", "人", "台", "套", "栋")
)
_CONTEXT = 30
_STOPS = "，。；;、\n"
# 附表单位由“万元/平方米”更正为“万元/亩”; 误写为…
_MENDED_AFTER = re.compile(r"[”\"』」]?[^，。；\n]{0,8}(?:更正|改[为作成]|修正|勘误|订正|应为|系笔误)")
_MENDED_BEFORE = re.compile(r"(?:误写|误作|误为|错写|笔误|原(?:写|载|文)|更正前)[^，。；\n]{0,10}$")
_RATE_IN_MONEY = re.compile(
    each("百 千 万", r"分之[0-9零〇一二三四五六七八九十点.]{1,6}(?:元|万元)")
    + "|"
    + each("%(?<=[0-9.]%) ‰(?<=[0-9.]‰)", "(?:元|万元)")
)
_FIGURE = re.compile(r"[0-9.]*$")


class _Measure(NamedTuple):
    """What is measured, and the kinds and units in which it never is; `most` in metres."""

    named: str
    words: re.Pattern[str]
    kinds: frozenset[str]
    units: frozenset[str]
    in_mu: bool = False
    most: Decimal | None = None


def _measure(words: str, kinds: str, units: str = "", *, in_mu: bool = False, most: str = "") -> _Measure:
    never = _PHYSICAL if units == "*" else frozenset(units.split())
    named = re.compile(f"(?:{words}){_FILL}")
    return _Measure(words, named, frozenset(kinds.split()), never, in_mu, Decimal(most) if most else None)


_MEASURES = (
    _measure(r"总投资|固定资产投资|注册资本|年产值|年销售收入|年营业收入|年税收|年纳税|合同总价|货款总额", "area", "*"),
    _measure(r"(?:用地|占地|建筑|厂房|仓库|租赁|承租|绿化|车间|宗地)面积", "money duration", "*"),
    _measure(r"(?:总?建筑|厂房|车间)面积", "", in_mu=True),
    _measure(r"工期|租期|租赁期限?|缺陷责任期|保修期|质保期|免租期|建设周期|宽限期", "money area percent", "*"),
    _measure(r"(?:供水|工作|供气|蒸汽|出厂|设计)压力", "money area percent", "吨 千瓦 千瓦时 千伏 千伏安 兆瓦 立方米 公里 人"),
    _measure(r"(?:变压器|装机|供电|用电|配电|报装)[^，。；0-9]{0,4}容量", "money area percent", "千瓦时 吨 立方米 千伏 米 公里 人"),
    _measure(r"(?:用|耗)电量", "area", "千伏安 千瓦 兆瓦 千伏 吨 立方米 米 公里 人"),
    _measure(
        r"(?:供水|用水|取水|排水|污水(?:处理|排放)?)(?:量|能力|规模)?", "area percent", "千瓦 千瓦时 千伏安 兆瓦 千伏 米 公里 人"
    ),
    _measure(r"(?:供气|用气|天然气用)(?:量|能力)?", "area percent", "千瓦 千瓦时 千伏安 兆瓦 千伏 米 公里 人"),
    _measure(r"(?:带动|新增|吸纳|解决)就业(?:岗位)?|用工(?:人数|规模)?|招工", "area money", "吨 米 公里 千瓦 千瓦时 千伏安 立方米"),
    _measure(r"管径|口径|管道直径", "area money percent", "公里 千米 吨 千瓦 立方米", most="6"),
    _measure(r"(?:道路|路面|路基|红线|车行道|车道)(?:总|净|通行)?宽度?|路宽", "area money", "公里 千米 吨 千瓦 立方米", most="200"),
    _measure(r"层高|净高|檐高|檐口高度|吊顶高度|柱距", "area money percent", "公里 千米 吨 千瓦 立方米", most="100"),
    _measure(r"(?:道路|管线|管道|线路|围墙|全线)(?:全|总)?长度?|全长|总长", "area money percent", "吨 千瓦 千瓦时 千伏安 立方米"),
    _measure(r"容积率|建筑密度|绿地率|绿化率|建筑系数", "money area duration", "*"),
    _measure(r"利率|费率|税率|比率|占比|持股比例|出资比例|返还比例", "area money", "*"),
    _measure(r"供[汽热]量", "area money percent", "千伏安 千伏 米 公里 人"),
    _measure(r"库温|室温|水温|温度(?:零[上下])?|零[上下]", "area money percent", "米 公里 千米 吨 千瓦 千瓦时 立方米"),
    _measure(r"(?:供电|接入|线路|进线)电压", "area money percent", "千瓦 千瓦时 千伏安 吨 米 公里"),
    _measure(r"(?:总|有效|设计)?(?:库容|容积|罐容|蓄水量|储水量)", "area money percent", "米 公里 人 千瓦 千瓦时 千伏安"),
    _measure(r"(?:起重|起吊|吊车|载重)(?:能力|重量|量)", "area money percent", "米 公里 千瓦 千伏安 千瓦时"),
)  # fmt: skip


_ANY_MEASURE = re.compile("|".join(measure.words.pattern for measure in _MEASURES))
_TELLING = Telling("|".join(measure.named for measure in _MEASURES))


def wrong(case: Case) -> Iterator[tuple[int, int]]:
    """Spans of quantities whose unit cannot measure what the words before them name, and of rates told in money."""
    text = case.document.text
    for match in _RATE_IN_MONEY.finditer(text):
        figure = _FIGURE.search(text, max(0, match.start() - _CONTEXT), match.start())
        yield figure.start() if figure and match.group()[0] in "%‰" else match.start(), match.end()
    measured: dict[str, bool] = {}  # whether words, which many values have before them, name a measure
    for value in values_behind(_TELLING, _CONTEXT, case):
        doubted = _doubted(value.kind, value.unit) if value.sure else ()
        if not doubted:
            continue
        words = _before(case, value)
        if words not in measured:
            measured[words] = _ANY_MEASURE.search(words) is not None
        if measured[words] and any(_cannot_be(measure, value, words, case) for measure in doubted):
            yield value.start, value.end


@lru_cache(maxsize=256)
def _doubted(kind: str, unit: str | None) -> tuple[_Measure, ...]:
    """What is perhaps not measured in a unit of a kind."""
    return tuple(
        measure
        for measure in _MEASURES
        if kind in measure.kinds
        or (kind == "area" and measure.in_mu)
        or (kind == "number" and (unit in measure.units or (unit == "米" and measure.most is not None)))
    )


def values_behind(words: Telling, reach: int, case: Case) -> Iterator[Value]:
    """The values before which, at most so many characters ahead, one of the words stands, in order, and some others."""
    done = 0
    for start, end in words.spans(case.document.text):
        yield from case.understanding.values_in(max(done, start), end + reach + 1)
        done = max(done, end + reach + 1)


def is_mended(case: Case, start: int, end: int) -> bool:
    """Whether the paper itself corrects these words: 由“万元/平方米”更正为“万元/亩”."""
    text = case.document.text
    return bool(_MENDED_AFTER.match(text, end) or _MENDED_BEFORE.search(text, max(0, start - 16), start))


def _cannot_be(measure: _Measure, value: Value, words: str, case: Case) -> bool:
    if not measure.words.search(words):
        return False
    if measure.in_mu and value.kind == "area":
        return "亩" in case.text(value.start, value.end)
    if value.kind in measure.kinds and not value.per:
        return value.kind != "percent" or not words.endswith("的")  # 用水量的三成 is a part of it
    if value.kind != "number":
        return False
    return value.unit in measure.units or bool(
        measure.most is not None and value.unit == "米" and value.low is not None and value.low > measure.most
    )


def _before(case: Case, value: Value) -> str:
    """The words of the same part of the sentence, or of the row, right before the value."""
    return said_before(case, _STOPS, value.start, _CONTEXT)
