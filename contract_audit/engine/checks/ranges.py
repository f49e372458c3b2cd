"""Measures of building, traffic and supply that no project has: a floor that bears 500吨/平方米, a road 24公里 wide.

Read from the words themselves, because many units (吨/平方米, 兆帕, 吨/小时) are parts of larger ones elsewhere; in a table
the header of the column and the name of the row say what is measured.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case
from contract_audit.engine.checks.dimensions import MU
from contract_audit.engine.checks.sentences import last_stop
from contract_audit.engine.checks.tables import is_in_row, tables
from contract_audit.engine.literals import Telling

_SCALES = {"": Decimal(1), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_LENGTHS = {"毫米": "0.001", "厘米": "0.01", "公分": "0.01", "米": "1", "公里": "1000", "千米": "1000"}
_LOADS = {
    "吨/平方米": "1", "吨每平方米": "1", "t/㎡": "1", "吨/㎡": "1", "千克/平方米": "0.001", "公斤/平方米": "0.001", "千牛/平方米": "0.102",
    "kN/㎡": "0.102", "kN/m²": "0.102", "吨/平方厘米": "10000", "千帕": "0.102", "兆帕": "102", "牛/平方米": "0.000102",
}  # fmt: skip
_POWERS = {"瓦": "0.001", "千瓦": "1", "兆瓦": "1000", "吉瓦": "1000000"}
_VOLTS = {"伏": "1", "千伏": "1000", "kV": "1000", "V": "1"}
_PRESSURES = {"兆帕": "1", "MPa": "1", "千帕": "0.001", "帕": "0.000001", "公斤": "0.1"}
_WEIGHTS = {"公斤": "0.001", "千克": "0.001", "吨": "1"}
_ENERGIES = {"千瓦时": "1", "度": "1", "兆瓦时": "1000", "kWh": "1"}
_VOLUMES = {"立方米": "1", "方": "1", "吨": "1", "升": "0.001"}
_AREAS = {"平方米": "1", "㎡": "1", "亩": str(MU), "公顷": "10000", "平方公里": "1000000"}
_BEFORE = 120  # characters before a figure that may name what it measures: four times what any pattern below takes in
_GAP = r"[^，。；、\n0-9]{0,8}(?:约|为|达|是|：|≥|≤|不[低高大小少]于|不超过)?(?:约|为)?$"


class _Range(NamedTuple):
    """What is measured, the units it may be told in, longest first, with their size, and the least and most there can be."""

    named: str
    words: re.Pattern[str]
    units: dict[str, Decimal]
    least: Decimal
    most: Decimal
    behind: str = ""  # what must stand behind the unit: /小时, /日


def _range(words: str, units: dict[str, str], least: str, most: str, behind: str = "") -> _Range:
    sizes = {unit: Decimal(units[unit]) for unit in sorted(units, key=len, reverse=True)}
    return _Range(words, re.compile(f"(?:{words}){_GAP}"), sizes, Decimal(least), Decimal(most), behind)


_RANGES = (
    _range(r"荷载|承重|承载力|承载能力|载荷|耐压", _LOADS, "0.01", "120"),
    _range(r"层高|净高|净空|檐口?高度?|轨顶标高", _LENGTHS, "1.5", "80"),
    _range(r"柱距|跨度|柱网", _LENGTHS, "1.5", "300"),
    _range(r"(?:道路|路面|路基|红线|车行道|车道|桥面|路)(?:总|净|通行)?宽度?", _LENGTHS, "1", "200"),
    _range(r"(?:厂房|车间|仓库|库房|大棚|温室)(?:总)?(?:长度?|宽度?)", _LENGTHS, "1.5", "3000"),
    _range(r"管径|管道直径|口径|管道内径", _LENGTHS, "0.005", "8"),
    _range(r"水深|池深|塘深|沟深", _LENGTHS, "0.1", "100"),
    _range(r"耕作层|表土(?:剥离)?厚度?|垫层厚度?|路面厚度?|墙体?厚度?|板厚", _LENGTHS, "0.001", "3"),
    _range(r"建筑(?:总)?高度|楼高|塔筒?高度", _LENGTHS, "2", "800"),
    _range(r"行车|吊车|起重机|起重量|起重能力|电梯载重", _WEIGHTS, "0.1", "3000"),
    _range(r"蒸汽[^，。；、0-9]{0,8}|用汽量?|供汽能力", _WEIGHTS, "0.01", "5000", "(?:/|每)(?:小时|时|h)"),
    _range(r"(?:日|每[日天])(?:均|最大|可)?(?:处理|供水|用水|取水|排水|加工|屠宰|生产|产)[^，。；、0-9]{0,10}", _VOLUMES, "0", "3000000"),
    _range(r"(?:(?:允许|可)开采|可采|涌水|出水)(?:水)?量[^，。；、0-9]{0,4}(?:每[日天]|日均?)", _VOLUMES, "0", "500000"),
    _range(r"(?:处理能力|供水能力|供水规模|处理规模|排水量|用水量)[^，。；、0-9]{0,2}每[日天]", _VOLUMES, "0", "3000000"),
    _range(r"综合能[耗源消费]{1,3}[^，。；、0-9]{0,6}|能源消费总量", {"吨标准煤": "1", "吨标煤": "1", "吨": "1"}, "0", "30000000"),
    _range(r"(?:每|单位)[^，。；、0-9]{0,4}(?:产品|吨|件|台)[^，。；、0-9]{0,6}(?:耗电|电耗|用电)量?", _ENERGIES, "0", "1000000"),
    _range(r"(?:供电|接入|进线|配电|供电线路|受电)(?:线路)?(?:电压|等级)?[^，。；、0-9]{0,2}", _VOLTS, "100", "1200000"),
    _range(r"(?:供水|供气|蒸汽|供汽|工作|设计|管网)压力", _PRESSURES, "0.0005", "100"),
    _range(r"(?:单台|单机|整机|电机|电炉|设备)(?:总|额定|装机)?功率", _POWERS, "0.01", "1500000"),
    _range(r"(?:标准|单体|生产)?(?:厂房|车间|仓库|办公楼|宿舍)(?:总)?(?:建筑)?面积", _AREAS, "5", "5000000"),
)  # fmt: skip
_TELLING = Telling("|".join(limits.named for limits in _RANGES))
_BY_UNIT = {
    first: tuple(limits for limits in _RANGES if any(unit[0] == first for unit in limits.units))
    for first in {unit[0] for limits in _RANGES for unit in limits.units}
}
_NUMBER = re.compile(
    r"(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<scale>[百千]?万|亿|[百千](?!瓦|伏|克|米|帕|牛))?(?P<unit>[^\s0-9，。；、：（）()|\t]{1,8})"
)
_LONGER = ("/", "每", "时", "安", "标", "·", "特")  # what makes another unit of one: 千伏安, 千瓦时, 吨/日
_MARKS = "，。；、\n\t|（）()"
_FIGURE_NEXT = re.compile("[^，。；、0-9]{0,60}[0-9]")  # longer than what any pattern takes in behind its word
_SEGMENT = re.compile(f"[^{re.escape(_MARKS)}]*")


def wrong(case: Case) -> Iterator[tuple[int, int]]:
    """Spans of figures with their units that are far from anything the thing measured can be."""
    text = case.document.text
    for start, end in _named(case):
        if not is_in_row(case, start):
            yield from _beyond("", text[start:end], start)
    for table in tables(case):
        header = table.cells[0]
        for row, words in zip(table.rows[1:], table.cells[1:], strict=True):
            label = words[0] if words else ""
            for column, cell in enumerate(row.cells):
                named = (label if column else "") + (header[column] if column < len(header) else "")
                yield from _beyond(named, case.text(cell.start, cell.end), cell.start)


def _named(case: Case) -> Iterator[tuple[int, int]]:
    """The segments of a text in which something stands that is measured, with a figure next in its part of the sentence."""
    text, last = case.document.text, -1
    for start, end in _TELLING.spans(case.folded.text):
        word, _ = case.folded.original(start, end)
        if word >= last and _FIGURE_NEXT.match(case.folded.text, end):
            begin = last_stop(case, _MARKS, word, max(last, 0))
            segment = _SEGMENT.match(text, max(begin, last))
            last = segment.end() if segment else word
            yield begin, last


def _beyond(named: str, words: str, start: int) -> Iterator[tuple[int, int]]:
    """The figures of a stretch that begins at `start`; `named`: what header or row say it is."""
    for figure in _NUMBER.finditer(words):
        measured = _BY_UNIT.get(figure["unit"][0])
        if measured is None:
            continue
        before = words[max(0, figure.start() - _BEFORE) : figure.start()]
        if named and not words[: figure.start()].strip():
            before = f"{named}：{before}"
        before = fold_text(before)
        for limits in measured:
            unit = _unit(limits, figure["unit"])
            if unit is None or not limits.words.search(before):
                continue
            number = Decimal(figure["n"].replace(",", "")) * _scale(figure["scale"])
            size = number * limits.units[unit]
            if size and not limits.least <= size <= limits.most:
                yield start + figure.start(), start + figure.start("unit") + len(unit)


def _unit(limits: _Range, words: str) -> str | None:
    """The longest unit that the words begin with, with what must stand behind it."""
    for unit in limits.units:
        if words.startswith(unit):
            behind = words[len(unit) :]
            if re.match(limits.behind, behind) if limits.behind else not behind.startswith(_LONGER):
                return unit
    return None


def _scale(word: str | None) -> Decimal:
    size = Decimal(1)
    for char in word or "":
        size *= _SCALES[char]
    return size
