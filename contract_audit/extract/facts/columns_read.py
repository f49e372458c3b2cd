"""Facts of tables with several figures in a row: those of the column that the paper is about, or of the column of sums."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.model import Block, Document, Fact, Value

_PHASE = re.compile(r"[一二三四五六首]期")
_SUMS = re.compile(r"^(?:小计|合计|总计|共计|总额|合计金额)(?:（[^（）]*）)?$")


def in_column(document: Document, values: tuple[Value, ...], facts: list[Fact], phase: str) -> list[Fact]:
    """The facts, those read in a table moved to the column of `phase`, else to its column of sums; spans of the document."""
    moved = facts
    for column, rows in _tables(document, phase):
        moved = [_moved(fact, rows, column, values) for fact in moved]
    return moved


_OF_INVESTMENT = re.compile(r"投资(?:构成|估算|总额|明细|安排|组成|计划|分项|概算|概况)|总投资|资金(?:构成|用途)")
_NOT_ALL = re.compile(r"固定资产投资(?:构成|估算|明细|组成|分项)|[一二三四首]期|年度|分年|设备|进度|累计")
_STEM_REACH = 120


def total_of_table(document: Document, values: tuple[Value, ...], facts: list[Fact]) -> Iterator[Fact]:
    """The total investment that only the sum row of its table gives: 投资构成如下表 … | 合计 | 16950 |; spans of the document."""
    if any(fact.name == "total_investment_yuan" and fact.confidence != "low" for fact in facts):
        return
    blocks = [block for block in document.blocks if block.table is not None]
    for _table, group in groupby(blocks, key=lambda block: block.table):
        rows = list(group)
        above = fold_text(document.text[max(0, rows[0].start - _STEM_REACH) : rows[0].start]).rstrip()
        stem = above.rsplit("\n", 1)[-1].rsplit("。", 1)[-1]
        last = rows[-1]
        label = fold_text(document.text[last.cells[0].start : last.cells[0].end]).replace(" ", "") if last.cells else ""
        if not _OF_INVESTMENT.search(stem) or _NOT_ALL.search(stem) or not _SUMS.match(label):
            continue
        sums = [value for value in values if value.kind == "money" and last.start <= value.start < last.end]
        if len(sums) == 1 and sums[0].amount is not None:
            yield Fact(
                name="total_investment_yuan", value=sums[0].amount, start=sums[0].start, end=sums[0].end, confidence="medium",
                source="投资构成表",
            )  # fmt: skip
            return


def floors_of_table(document: Document, values: tuple[Value, ...]) -> Iterator[Fact]:
    """The floor area in the sum row of a table with a column of it: | 单体 | 建筑面积（平方米） | … | 合计 | 52,000 |."""
    blocks = [block for block in document.blocks if block.table is not None]
    for _table, group in groupby(blocks, key=lambda block: block.table):
        header, *rows = group
        names = [fold_text(document.text[cell.start : cell.end]).strip() for cell in header.cells]
        columns = [index for index, name in enumerate(names) if "建筑面积" in name]
        if len(columns) != 1 or not rows or columns[0] >= len(rows[-1].cells):
            continue
        first, cell = rows[-1].cells[0], rows[-1].cells[columns[0]]
        total = next((value for value in values if value.kind == "area" and cell.start <= value.start < cell.end), None)
        if _SUMS.match(fold_text(document.text[first.start : first.end]).replace(" ", "")) and total and total.amount:
            yield Fact(
                name="plant_sqm",
                value=total.amount,
                start=total.start,
                end=total.end,
                confidence="high",
                source="面积表",
            )
            return


def _tables(document: Document, phase: str) -> Iterator[tuple[int, list[Block]]]:
    blocks = [block for block in document.blocks if block.table is not None]
    for _table, group in groupby(blocks, key=lambda block: block.table):
        rows = list(group)
        header = [fold_text(document.text[cell.start : cell.end]).strip() for cell in rows[0].cells]
        column = _column(header, phase)
        if column is not None:
            yield column, rows[1:]


def _column(header: list[str], phase: str) -> int | None:
    """The one column of the phase beside those of others; else a last column of sums."""
    phased = [index for index, name in enumerate(header) if _PHASE.search(name)]
    own = [index for index in phased if phase and phase in header[index]]
    if len(own) == 1 and len(phased) > 1:
        return own[0]
    last = len(header) - 1
    return last if last > 1 and _SUMS.match(header[last]) and not phased else None


def _moved(fact: Fact, rows: list[Block], column: int, values: tuple[Value, ...]) -> Fact:
    """The fact of the same row in the wanted column, in the same unit; the fact itself where there is none."""
    row = next((row for row in rows if row.start <= fact.start < row.end and column < len(row.cells)), None)
    if row is None or row.cells[column].start <= fact.start < row.cells[column].end:
        return fact
    cell = row.cells[column]
    old = next((value for value in values if value.start == fact.start), None)
    new = next(
        (value for value in values if cell.start <= value.start < cell.end and old and value.kind == old.kind), None
    )
    if old is None or new is None or not old.amount or new.amount is None or not isinstance(fact.value, Decimal):
        return fact
    size = new.amount * fact.value / old.amount
    size = size.quantize(Decimal(1)) if abs(size - size.to_integral_value()) < Decimal("0.001") else round(size, 4)
    return msgspec.structs.replace(fact, value=size, start=new.start, end=new.end)
