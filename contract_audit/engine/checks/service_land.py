"""Land of an industrial project under offices, dormitories and canteens: in tables of uses, or told by what it is for."""

import re
from collections.abc import Iterator
from decimal import Decimal

from contract_audit.engine.case import Case, Outcome, reckoned
from contract_audit.engine.checks.columns import number_in
from contract_audit.engine.checks.tables import Table, tables

_SERVICE = "行政|办公|生活|宿舍|食堂|公寓|接待|招待所|培训中心|厂前区|后勤|活动中心"
_LABEL = re.compile(rf"^(?:其中[：:]?)?(?:综合|职工|员工|倒班|行政)?(?:{_SERVICE})")
_WORKS = re.compile("车间|厂房|生产|加工|制造|装配|成品|仓|商业|住宅|道路|绿")
_LAND_TABLE = re.compile("用地|占地|土地")
_FLOOR_TABLE = re.compile("建筑面积|计容|投资|金额|万元")
_AREA_UNIT = re.compile("亩|平方米|㎡|公顷")
_TOTAL = re.compile(r"^(?:合\s?计|总\s?计|共计|总用地|用地合计)")
_ALL_PARTS = re.compile("小计|合计|总计|面积|亩")
# 12亩用于建设办公楼、职工宿舍; 9亩建食堂.
_FOR_SERVICE = re.compile(
    rf"^(?:的?(?:土地|用地|地块))?[，,]?(?:专门|单独|全部)?(?:用于|用作|作为|规划为?|安排|布置|建设|修建|建)(?:建设|修建|布置|安排)?[^，。；、0-9]{{0,6}}?(?:{_SERVICE})[^，。；\n]{{0,24}}"
)
_REACH = 48
_MOST, _ROUNDED = Decimal("0.07"), Decimal("1.03")


def check(case: Case, land: Decimal | None) -> Iterator[Outcome]:
    """Outcomes for such land beyond seven hundredths of all; `land` is the project's in square metres, if known."""
    for table in tables(case):
        yield from _in_table(case, table)
    yield from _shares(case)
    if land is None:
        return
    for value in case.understanding.values:
        if value.kind != "area" or not value.sure or value.amount is None or value.amount >= land:
            continue
        use = _FOR_SERVICE.match(_after(case, value.end))
        in_mu = any(unit in case.text(value.start, value.end) for unit in ("亩", "公顷"))
        if (
            use
            and (in_mu or "用地" in use.group())
            and not _WORKS.search(use.group())
            and value.amount > land * _MOST * _ROUNDED
        ):
            yield _beyond(case, value.start, value.end, value.amount / land)


# 15%的土地用于建设办公楼、员工公寓; told as floor space it is another share.
_SHARE_OF_LAND = re.compile(
    rf"^[以左]?[内右]?的?(?:项目|厂区|总|上述|该宗)?(?:土地|用地|地块|用地面积|面积)[^，。；、0-9]{{0,4}}?(?:用于|用作|作为|规划为?|安排|布置|建设|修建|建)"
    rf"[^，。；、0-9]{{0,8}}?(?:{_SERVICE})[^，。；\n]{{0,24}}"
)


def _shares(case: Case) -> Iterator[Outcome]:
    """A share of the land that is for such buildings."""
    for value in case.understanding.values:
        share = value.low if value.low is not None else value.high
        if value.kind != "percent" or not value.sure or share is None or share <= _MOST:
            continue
        use = _SHARE_OF_LAND.match(_after(case, value.end))
        if use and not _WORKS.search(use.group()) and "建筑面积" not in use.group():
            told = case.text(value.start, value.end)
            end = value.end + len(use.group())
            yield reckoned(value.start, end, f"{told}的用地用于办公、生活服务，行政办公及生活服务设施用地超过百分之七")


def _after(case: Case, end: int) -> str:
    """What the line says right behind a value."""
    return case.text(end, end + _REACH).split("\n")[0]


def _beyond(case: Case, start: int, end: int, share: Decimal) -> Outcome:
    told = case.text(start, end).replace("\t", " | ")
    return reckoned(start, end, f"{told}占用地的{share * 100:.1f}%，行政办公及生活服务设施用地超过百分之七")


def _in_table(case: Case, table: Table) -> Iterator[Outcome]:
    """A row of offices and the like in a table of how the land is used, against the row that sums it up."""
    cells, first = table.cells, table.rows[0].start
    above = case.text(max(0, first - 60), first).rstrip("\n |\t")
    named = above[above.rfind("\n") + 1 :] + " ".join(cells[0])
    total = next((row for row in cells if row and _TOTAL.match(row[0])), None)
    is_of_land = _LAND_TABLE.search(named) or (total is not None and _LAND_TABLE.search(" ".join(total)))
    if total is None or _FLOOR_TABLE.search(named) or not (is_of_land or _AREA_UNIT.search(named)):
        return
    column = next(
        (index for index, name in reversed(list(enumerate(cells[0]))) if index and _ALL_PARTS.search(name)),
        len(cells[0]) - 1,
    )
    whole = number_in(total[column]) if column < len(total) else None
    for row, words in zip(table.rows[1:], cells[1:], strict=True):
        part = number_in(words[column]) if column < len(words) else None
        label = words[0] if words else ""
        if part is None or not whole or not _LABEL.search(label) or _WORKS.search(label):
            continue
        if part > whole * _MOST * _ROUNDED:
            yield _beyond(case, row.start, row.end, part / whole)
