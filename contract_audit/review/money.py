"""Can it be kept: the money a draft promises, by year and trigger, against the budget an office gives."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from contract_audit.casefile.tables import read_rows
from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.text import behind_last
from contract_audit.errors import UsageError
from contract_audit.model import BudgetYear, Obligation, Promise, Understanding, Value

_TENTHOUSAND = Decimal(10_000)
_MONEY_KINDS = ("reward", "payment")
_YEARLY = re.compile(r"每年|每年度|按年|逐年|年度|每个?自然年")
_TIMES = re.compile(rf"(?:连续|为期|期限|共|累计|前|满)?(?P<count>{RUN}|[0-9]+)个?(?:年|年度)(?!月|[0-9]|\d*日)")
_SHARE = re.compile(r"[0-9.]+%|百分之|[一二三四五六七八九]成|万分之")
_CAP = re.compile(r"不超过|最高|上限|封顶|至多|以内")
_NO_PROMISE = re.compile(r"追缴|追回|收回|扣除|扣减|没收|追偿|不予(?:支付|兑付|奖励|补助)|停止(?:支付|兑付|拨付)")
# What the firm itself has put down and gets back is nobody's expense.
_OWN_MONEY = re.compile(
    r"(?:退还|返还|退回|退付)[^，。；]{0,12}(?:保证金|押金|定金|质保金|诚意金)"
    r"|(?:保证金|押金|定金|质保金|诚意金)[^，。；]{0,20}(?:退还|返还|退回|退付)"
)
_MOST_YEARS = 30


def promises(paper: Understanding) -> tuple[Promise, ...]:
    """What the government side is to pay, one row a year where it is paid yearly; sums in yuan.

    What is held back or taken back, and a deposit returned, are no promises. A sum that a cap bounds runs from 0 to
    the cap; one that hangs on tax, price or area is open, and its words say why.
    """
    rows: list[Promise] = []
    for duty in paper.obligations:
        words = " ".join(paper.document.text[duty.start : duty.end].split())
        promised = not _NO_PROMISE.search(words) and not _OWN_MONEY.search(words)
        if duty.side in ("government", "both") and duty.kind in _MONEY_KINDS and promised:
            rows += _rows(paper, duty, words)
    return tuple(dict.fromkeys(rows))


def _rows(paper: Understanding, duty: Obligation, words: str) -> Iterator[Promise]:
    around = _sentence(paper.document.text, duty.start, duty.end)
    low, high, remark = _sum(paper, duty, words)
    first = duty.due.year if duty.due else None
    years = _years(around) if duty.recurrence or _YEARLY.search(words) else 1
    place = paper.clauses[duty.clause].place if duty.clause is not None else None
    trigger = _trigger(duty)
    if years > 1:
        remark = "；".join(filter(None, (remark, f"每年一次，共{years}年")))
    for step in range(years):
        yield Promise(
            clause=place or "",
            words=words,
            trigger=trigger if years == 1 else f"{trigger}（第{step + 1}年）",
            year=None if first is None else first + step,
            low=low,
            high=high,
            remark=remark,
        )


def _sum(paper: Understanding, duty: Obligation, words: str) -> tuple[Decimal | None, Decimal | None, str]:
    """Least and most yuan, and how they were reckoned."""
    promised = duty.account.promised if duty.account else None
    if promised is not None:
        return (Decimal(0), promised, "约定上限") if _CAP.search(words) else (promised, promised, "")
    sums = [
        value
        for value in paper.values
        if value.kind == "money" and value.sure and value.per is None and duty.start <= value.start < duty.end
    ]
    if sums and not _SHARE.search(words):
        low, high = _bounds(sums[-1])
        return (Decimal(0), high, "约定上限") if _CAP.search(words) else (low, high, "")
    if sums and _CAP.search(words):
        return Decimal(0), _bounds(sums[-1])[1], "按比例计算，以约定上限计"
    return None, None, "按税收、价款、面积或者比例计算，金额不定，请财政部门测算"


def _bounds(value: Value) -> tuple[Decimal | None, Decimal | None]:
    if value.amount is not None:
        return value.amount, value.amount
    return value.low, value.high


def _sentence(text: str, start: int, end: int) -> str:
    first = behind_last("\n。；", text, start)
    stops = [found for mark in "。；\n" if (found := text.find(mark, end)) >= 0]
    return text[first : min(stops, default=len(text))]


def _years(words: str) -> int:
    counts = [number(match["count"]) for match in _TIMES.finditer(words)]
    known = [int(count) for count in counts if count is not None and 1 < count <= _MOST_YEARS]
    return known[-1] if known else 1


def _trigger(duty: Obligation) -> str:
    if duty.due:
        return duty.due.isoformat()
    return duty.anchor or duty.condition or "未约定"


def read_budget(path: Path) -> dict[int, Decimal]:
    """Year → yuan, of a table with the columns 年度 and 预算 (in 万元 unless its heading or cell names a unit).

    Raises UsageError naming the row that is wrong.
    """
    budget: dict[int, Decimal] = {}
    for row in read_rows(path, ("年度", "预算"), "预算文件"):
        year, amount = re.sub(r"\D", "", row.cells.get("年度", "")), row.cells.get("预算", "").replace(",", "")
        match = re.fullmatch(r"(?P<number>[0-9.]+)\s*(?P<unit>亿元|万元|元)?", amount)
        if len(year) != 4 or match is None:
            raise UsageError(f"{path}：第{row.number}行的年度或者预算不是数字")
        unit = {"亿元": _TENTHOUSAND**2, "元": Decimal(1)}.get(match["unit"] or "", _TENTHOUSAND)
        budget[int(year)] = budget.get(int(year), Decimal(0)) + Decimal(match["number"]) * unit
    return budget


def by_year(listed: tuple[Promise, ...], budget: dict[int, Decimal]) -> tuple[BudgetYear, ...]:
    """Totals of each year beside the budget, years that are not known last; `high` None where a sum of it is open."""
    years: defaultdict[int | None, list[Promise]] = defaultdict(list)
    for promise in listed:
        years[promise.year].append(promise)
    for year in budget:
        years[year]  # a year with a budget and no promise is shown too
    return tuple(
        BudgetYear(
            year=year,
            low=sum((promise.low for promise in years[year] if promise.low is not None), Decimal(0)),
            high=_most(years[year]),
            budget=budget.get(year) if year is not None else None,
        )
        for year in sorted(years, key=lambda year: (year is None, year or 0))
    )


def _most(listed: list[Promise]) -> Decimal | None:
    if any(promise.high is None for promise in listed):
        return None
    return sum((promise.high for promise in listed if promise.high is not None), Decimal(0))
