"""Units that stand apart from their numbers: in a table's header or caption, in 建筑面积（㎡）：15600."""

import re

from contract_audit.extract.values.units import RUN_START, Given, unit_named
from contract_audit.model import Span

Units = dict[int, Given]  # start of a bare number → its unit

_NOTE = re.compile(r"（(?:单位[:：])?(?P<unit>[^（）\n]{1,12})）")
_LABELLED = re.compile(
    r"（(?:单位[:：])?(?P<unit>[^（）\n]{1,8})）(?:[:：为]|约)?[:：]?(?=[0-9〇零一壹二贰三叁四肆五伍六陆七柒八捌九玖十拾])"
)
_CAPTION = re.compile(r"单位[:：](?P<units>[^）\n\t|]{1,20})")
_UNITLESS = re.compile(r"序号|编号|年份|年度$|期次|数量|台数|备注|时间|日期|期限|比例|占比|名称|事项|电话|楼层|份额")
_BARE = re.compile(r"^[^0-9]{0,6}[0-9][0-9,.]*(?:[（）含以上下内不超过至到~～—-]|[0-9][0-9,.]*)*$")


def labelled(text: str) -> Units:
    """Units given in brackets right before a number: 绿地率（%）：15."""
    given: Units = {}
    for match in _LABELLED.finditer(text):
        named = unit_named(match["unit"])
        if named is not None:
            given[match.end()] = named
    return given


def in_table(text: str, rows: list[list[Span]], caption: str) -> Units:
    """Units for the bare numbers of a table: `rows` of cell spans into `text`, header row first."""
    given: Units = {}
    if not rows:
        return given
    columns = [_unit_of(text[cell.start : cell.end]) for cell in rows[0]]
    corner = columns[0] if columns and not any(columns[1:]) else None  # 指标（万元） | 2025年 | 2026年
    whole = _caption_unit(caption + "\n" + text[rows[0][0].start : rows[0][-1].end])
    for row in rows[1:]:
        first = _unit_of(text[row[0].start : row[0].end]) or _unit_in_row(text, rows[0], row)
        for column, cell in enumerate(row):
            words = text[cell.start : cell.end]
            if not _BARE.match(words):
                continue
            header = text[rows[0][column].start : rows[0][column].end] if column < len(rows[0]) else ""
            own = columns[column] if column < len(columns) else None
            unit = (
                own
                or (first or corner if column else None)
                or (whole if column and not _UNITLESS.search(header) else None)
            )
            if unit is not None:
                given.update((cell.start + run.start(), unit) for run in RUN_START.finditer(words))
    return given


def _unit_in_row(text: str, header: list[Span], row: list[Span]) -> Given | None:
    """The unit that a column of its own gives for the row: 厂房 | 3000 | 平方米."""
    for column, cell in zip(header, row, strict=False):
        if text[column.start : column.end].strip() in ("单位", "计量单位"):
            return unit_named(text[cell.start : cell.end])
    return None


def _unit_of(words: str) -> Given | None:
    for match in _NOTE.finditer(words):
        named = unit_named(match["unit"])
        if named is not None:
            return named
    return None


def _caption_unit(words: str) -> Given | None:
    """单位：万元. Two units in one caption (万元、亩) leave it open which column has which."""
    match = _CAPTION.search(words)
    return unit_named(match["units"]) if match else None
