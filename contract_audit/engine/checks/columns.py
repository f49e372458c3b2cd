"""Tables whose total is not what its column, or its row, adds up to; subtotals stand for the rows they sum."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

import msgspec

from contract_audit.engine.case import Case, Missing, Outcome, reckoned
from contract_audit.engine.checks.dimensions import MU
from contract_audit.engine.checks.tables import Table, tables
from contract_audit.model import Block
from contract_audit.rulespec import AgreeCheck

_TOTAL = re.compile(
    r"^[^，。；0-9]{0,12}(?:合计|总计|共计|总和|总分|总得分|总数|总额|小计)(?:金额|面积|（[^）]*）)?$|^[合总]\s*计$"
)
_LEFT_OUT = re.compile(r"不含第?([0-9]{1,2})项")
_LEFT_OUT_BY_NAME = re.compile(r"不(?:含|计|包括|包含)([\u4e00-\u9fff、]{2,20})")
_WITHIN = re.compile(r"^(?:其中|内含|含|[①-⑩]|[（(][0-9]{1,2}[)）]|[0-9]{1,2}\.[0-9]{1,2})")
# Columns whose figures are not to be added: prices, rates, running totals.
_NOT_ADDED = re.compile(r"单价|均价|平均|容积率|强度|系数|[税利费]率|增[长速]|累计|序号|编号|层数|年限|期限|亩均|比率")
_OF_A_TIME = re.compile(
    r"(?:(?:19|20)[0-9]{2}年?度?|第?[0-9一二三四五六七八九十首]{1,3}(?:年度?|[期批]|季度?|月))(?:（[^）]*）)?$"
)
_ALL_TIMES = re.compile(r"^(?:合计|总计|共计|小计|总额|总投资|三年合计|各[期年]合计)(?:（[^）]*）)?$")
_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")


class _Row(msgspec.Struct, frozen=True):
    """One row: its figures by column (None = no figure), its name, whether it is a part of the row above, whether a total."""

    numbers: tuple[Decimal | None, ...]
    label: str = ""
    within: bool = False
    sums_up: bool = False


def check(parameters: AgreeCheck, case: Case) -> Iterator[Outcome | Missing]:
    """Outcomes for totals of columns, then of rows, table by table; what was left out where totals are too many."""
    looks = _Looks(_MANY_LOOKS + _LOOKS_A_CELL * sum(len(cells) for table in tables(case) for cells in table.cells))
    for table in tables(case):
        yield from _down(parameters, table, looks)
        yield from _across(parameters, table)
        yield from _by_price(table)
    if looks.left < 0:
        yield Missing("表格里的合计过多，后面的合计未逐项相加，请人工核对")


class _Looks:
    """How many figures may still be looked at to add up totals: each total may take in all rows above it."""

    def __init__(self, left: int) -> None:
        self.left = left

    def allow(self, count: int) -> bool:
        """Whether so many more may be."""
        self.left -= max(count, 0)
        return self.left >= 0


_MANY_LOOKS, _LOOKS_A_CELL = 30_000, 2  # sixty wrong subtotals of eight columns; the totals of tables of any length


def _down(parameters: AgreeCheck, table: Table, looks: _Looks) -> Iterator[Outcome]:
    """A row 合计 or 小计 whose figure in a column is not the sum of the figures above it in that column."""
    totals = [next((index for index, cell in enumerate(row) if _TOTAL.match(cell)), None) for row in table.cells]
    if all(total is None for total in totals):
        return
    above: list[_Row] = []
    details = _Details()
    units = _units(table)
    width = len(table.cells[0])
    for block, cells, total_at in zip(table.rows, table.cells, totals, strict=True):
        merged = max(width - len(cells), 0) if total_at == 0 else 0  # the total stands under 序号 too
        numbers = (None,) * merged + tuple(
            _in_unit(cell, units.get(column)) for column, cell in enumerate(cells, start=merged)
        )
        if total_at is None:
            label = next((cell for cell in cells if cell), "")
            above.append(_Row(numbers, label, within=bool(_WITHIN.match(label))))
            details.add(numbers)
            continue
        if not looks.allow(len(above) * (len(cells) - total_at)):
            return
        counted = _without(above, " ".join(cells))  # 合计 | 不含第4项 | … | 4850
        summed = 0  # how many of the rows just above the total takes together
        for column in range(total_at + merged, len(numbers)):
            total, terms = numbers[column], _terms(counted, column, len(numbers))
            if total is None or terms is None or _is_not_added(table, column):
                continue
            first = _first_added(terms, total, parameters.tolerance)
            if first is not None:
                summed = summed or len(terms) - first
            elif not (
                _adds_up_without_parts(counted, column, total, parameters.tolerance)
                or details.add_up(column, total, parameters.tolerance)
            ):
                yield _outcome(block, total_at, column - merged, terms, total)
        kept = above[: len(above) - summed] if summed else [row for row in above if row.sums_up]
        above = [*kept, _Row(numbers, sums_up=True)]


class _Details:
    """What the rows that sum up nothing make together, column by column."""

    def __init__(self) -> None:
        self._sums: dict[int, Decimal] = {}
        self._counts: Counter[int] = Counter()

    def add(self, numbers: tuple[Decimal | None, ...]) -> None:
        """One more row."""
        for column, figure in enumerate(numbers):
            self._sums[column] = self._sums.get(column, Decimal(0)) + (figure or Decimal(0))
        self._counts.update(range(len(numbers)))

    def add_up(self, column: int, total: Decimal, tolerance: Decimal) -> bool:
        """Whether all of them make the total: then it is a subtotal among them that is wrong."""
        return self._counts[column] > 1 and abs(self._sums[column] - total) <= abs(total) * tolerance


def _terms(rows: list[_Row], column: int, width: int) -> list[Decimal] | None:
    """The figures of a column below its header; None where they are fewer than two or one of them is missing."""
    parts = [row.numbers[column] for row in rows if len(row.numbers) == width]
    terms = [part for part in parts if part is not None]
    return terms if len(terms) >= 2 and None not in parts[-len(terms) :] else None


def _first_added(terms: list[Decimal], total: Decimal, tolerance: Decimal) -> int | None:
    """Index of the figure from which on the figures make the total (a subtotal may stand among them); None if none does."""
    sums = [*accumulate(reversed(terms))]  # of the last, of the last two, of the last three …
    near = abs(total) * tolerance
    return next((first for first in range(len(terms) - 1) if abs(sums[-1 - first] - total) <= near), None)


def _adds_up_without_parts(rows: list[_Row], column: int, total: Decimal, tolerance: Decimal) -> bool:
    """Whether the rows that are no parts of a row above (其中…, （1）…) make the total."""
    if not any(row.within for row in rows):
        return False
    whole = [row.numbers[column] or Decimal(0) for row in rows if not row.within and column < len(row.numbers)]
    return abs(sum(whole, Decimal(0)) - total) <= abs(total) * tolerance


def _is_not_added(table: Table, column: int) -> bool:
    header = table.cells[0]
    return column < len(header) and bool(_NOT_ADDED.search(header[column]))


def _across(parameters: AgreeCheck, table: Table) -> Iterator[Outcome]:
    """A last column 合计 behind columns of years or phases whose figure is not what stands before it in the row."""
    header = table.cells[0]
    last = next((index for index, cell in enumerate(header) if _ALL_TIMES.match(cell)), 0)
    times = [index for index, cell in enumerate(header[:last]) if _OF_A_TIME.match(cell)]
    if len(times) < 2 or times != list(range(times[0], last)):
        times = _that_add(table, last)
    if not times:
        return
    for block, cells in zip(table.rows[1:], table.cells[1:], strict=True):
        numbers = [number_in(cell) for cell in cells]
        if len(numbers) != len(header) or any(_NOT_ADDED.search(cell) for cell in cells[: times[0]]):
            continue
        terms, total = [numbers[index] for index in times], numbers[last]
        known = [term for term in terms if term is not None]
        added = sum(known, Decimal(0))
        if total is None or len(known) != len(terms) or abs(added - total) <= abs(total) * parameters.tolerance:
            continue
        yield _outcome(block, times[0], last, known, total)


_SUBTOTAL = re.compile(r"^(?:小计|合计|总计|共计)(?:（[^）]*）)?$")


def _that_add(table: Table, last: int) -> list[int]:
    """The columns of figures before a column 小计, where some row shows that they make it: 设备 | 土建 | 小计."""
    header = table.cells[0]
    if not last or not _SUBTOTAL.match(header[last]):
        return []
    rows = [[number_in(cell) for cell in cells] for cells in table.cells[1:]]
    rows = [row for row in rows if len(row) == len(header) and row[last] is not None]
    first = next(
        (at for at in range(last) if not _IN_FRONT.search(header[at]) and all(row[at] is not None for row in rows)),
        last,
    )
    columns = list(range(first, last))
    if len(columns) < 2 or any(_NOT_ADDED.search(header[at]) for at in columns):
        return []
    made = [sum((row[at] or Decimal(0) for at in columns), Decimal(0)) == row[last] for row in rows]
    return columns if any(made) else []


_IN_FRONT = re.compile(r"年|期|序号|编号|月|季|名称|项目|类别")
_QUANTITY = re.compile(r"^(?:数量|台数|套数|面积|工程量|采购量)(?:（[^）]*）)?$")
_PRICE = re.compile(r"^(?:含税)?(?:单价|综合单价|均价|造价)(?:（(?P<unit>[^）]*)）)?$")
_AMOUNT = re.compile(r"^(?:金额|合价|总价|小计|价款|投资额?|总额|合计)(?:（(?P<unit>[^）]*)）)?$")
_ROUNDING = Decimal("0.01")


def _by_price(table: Table) -> Iterator[Outcome]:
    """A row whose amount is not its quantity times its unit price; powers of ten between the units count as none."""
    header = table.cells[0]
    at = [
        next((index for index, cell in enumerate(header) if kind.match(cell)), -1)
        for kind in (_QUANTITY, _PRICE, _AMOUNT)
    ]
    if min(at) < 0 or at[2] <= at[1]:
        return
    for block, cells in zip(table.rows[1:], table.cells[1:], strict=True):
        numbers = [number_in(cell) for cell in cells]
        if len(numbers) != len(header):
            continue
        count, price, amount = (numbers[index] for index in at)
        if not count or not price or not amount:
            continue
        made = count * price
        if all(abs(made * scale - amount) > amount * _ROUNDING for scale in _POWERS):
            arithmetic = f"{count:f}×{price:f}＝{made.normalize():f}，金额写为{amount:f}"
            start, end = block.cells[at[2]].start, block.cells[at[2]].end
            yield reckoned(start, end, arithmetic)


_POWERS = tuple(Decimal(10) ** power for power in (0, -4, 4, -8))


def _outcome(row: Block, first: int, last: int, terms: list[Decimal], total: Decimal) -> Outcome:
    shown, added, said = (
        [f"{figure.normalize():f}" for figure in figures] for figures in (terms, [sum(terms, Decimal(0))], [total])
    )
    arithmetic = f"{'＋'.join(shown)}＝{added[0]}，合计写为{said[0]}"
    return reckoned(row.cells[first].start, row.cells[last].end, arithmetic)


def _without(rows: list[_Row], label: str) -> list[_Row]:
    """The rows without those that the label leaves out by number or name: 合计（不含第3项）, 合计（不含预留）."""
    left_out = {Decimal(number) for number in _LEFT_OUT.findall(label)}
    named = [name for names in _LEFT_OUT_BY_NAME.findall(label) for name in re.split("[、和及与]", names) if name]
    if not left_out and not named:
        return rows
    return [
        row
        for row in rows
        if not (row.numbers and row.numbers[0] is not None and row.numbers[0] in left_out)
        and not any(name in row.label for name in named)
    ]


_UNIT = re.compile(r"[0-9]\s*(?P<unit>万元|亿元|元|平方米|㎡|亩|公顷)$")
_SIZES = {
    "元": Decimal(1), "万元": Decimal(10) ** 4, "亿元": Decimal(10) ** 8,
    "平方米": Decimal(1), "㎡": Decimal(1), "亩": MU, "公顷": Decimal(10) ** 4,
}  # fmt: skip


def _units(table: Table) -> dict[int, str]:
    """The unit in which a column is added whose cells bear different ones (8,520万元, 1.118亿元): the most frequent."""
    told: dict[int, Counter[str]] = {}
    for cells in table.cells:
        for column, cell in enumerate(cells):
            if unit := _UNIT.search(cell):
                told.setdefault(column, Counter())[unit["unit"]] += 1
    return {column: units.most_common(1)[0][0] for column, units in told.items() if len(units) > 1}


def _in_unit(cell: str, unit: str | None) -> Decimal | None:
    """The cell's figure, turned from its own unit into that of its column where the column has several."""
    figure = number_in(cell)
    own = _UNIT.search(cell) if figure is not None and unit is not None else None
    if figure is None or unit is None or own is None:
        return figure
    return figure if own["unit"] == unit else figure * _SIZES[own["unit"]] / _SIZES[unit]


def number_in(cell: str) -> Decimal | None:
    """The cell's figure where the cell is one, with or without its unit; a year or a number in words is none."""
    match = _FIGURE.fullmatch(cell)
    return Decimal(match.group(1).replace(",", "")) if match else None


_FIGURE = re.compile(rf"约?({_NUMBER.pattern})(?:万元|亿元|元|亩|平方米|㎡|公顷|%|人|台|套|[条座只辆栋处])?")
