"""How far rectification is: 月调度表 (change in a period, with the lists behind it) and 进展统计 (rates against milestones).

The rate (整改率) is what is done — 销号 and 存续备案 — of what must be done: every item but leads that nobody has
confirmed yet, and those dismissed or referred. The definition is printed under every table.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from contract_audit.model import Struct
from contract_audit.model.ledger import (
    DISPUTES,
    DONE_STATES,
    KINDS,
    OPEN_STATES,
    SOURCES,
    STATES,
    UNCOUNTED_STATES,
    LedgerItem,
    Milestone,
    is_overdue,
)
from contract_audit.reports import wording
from contract_audit.reports.issue_list import NO_UNIT
from contract_audit.reports.material import Material, category_name, dimension_name, problem_sentence
from contract_audit.reports.sheets import Column, Sheet, Value

DISPATCH = "问题整改月调度表"
STATISTICS = "问题整改进展统计表"
_RATE_NOTE = "整改率＝（销号＋存续备案）÷（总数－线索－排除－移送）；没有应整改事项的，不计整改率。"

_DISPATCH_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("地区(单位)", 26, "centre"),
    Column("上期末未办结", 12, "centre"),
    Column("本期新增", 10, "centre"),
    Column("本期销号", 10, "centre"),
    Column("本期其他办结", 12, "centre"),
    Column("期末未办结", 12, "centre"),
    Column("其中逾期", 10, "centre"),
    Column("30日内到期", 12, "centre"),
    Column("整改率", 10, "centre", percent=True),
)
_LIST_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("编号", 6, "centre"),
    Column("地区(单位)", 18, "centre"),
    Column("问题", 60),
    Column("责任单位", 18, "centre"),
    Column("责任人", 10, "centre"),
    Column("整改时限", 11, "centre"),
    Column("日期", 11, "centre"),
    Column("状态", 9, "centre"),
    Column("逾期天数", 9, "centre"),
)
_STATISTICS_COLUMNS = (
    Column("项目", 30, "centre"),
    Column("总数", 7, "centre"),
    *(Column(words, 8, "centre") for words in STATES.values()),
    Column("逾期", 7, "centre"),
    Column("整改率", 9, "centre", percent=True),
)
_SOON_DAYS = 30
Way = Callable[[LedgerItem], tuple[str, ...]]  # the groups that an item counts under


class Rate(Struct, frozen=True, kw_only=True):
    """Rectification of some items: how many must be done, how many are; the share is None where nothing must be done."""

    due: int
    done: int

    @property
    def share(self) -> Decimal | None:
        """To a tenth of a percent, rounded down: 99.96 % is not yet 100 %."""
        return None if not self.due else Decimal(self.done * 1000 // self.due) / 1000


def rate(items: Iterable[LedgerItem]) -> Rate:
    """The rectification rate of `items`."""
    counted = [item for item in items if item.state not in UNCOUNTED_STATES]
    return Rate(due=len(counted), done=sum(item.state in DONE_STATES for item in counted))


def dispatch(material: Material) -> tuple[Sheet, ...]:
    """月调度表: per unit what was open before, came, was closed, is open and overdue; then each list."""
    begins = material.begins
    items = tuple(item for item in material.items if item.created_on <= material.as_of)
    later = len(material.items) - len(items)
    units = list(dict.fromkeys(_unit(item) for item in items))
    rows = [
        (number, unit, *_change(tuple(item for item in items if _unit(item) == unit), material))
        for number, unit in enumerate(units, start=1)
    ]
    rows.append((None, "合计", *_change(items, material)))
    period = f"{wording.chinese_date(begins)}至{wording.chinese_date(material.as_of)}"
    overdue = tuple(item for item in items if is_overdue(item, material.as_of))
    lists = (
        ("本期新增", tuple(item for item in items if item.created_on >= begins), "登记日期"),
        ("本期销号", tuple(item for item in items if _closed_in_period(item, material)), "销号日期"),
        ("逾期未办结", overdue, "状态日期"),
        ("即将到期", tuple(item for item in items if _is_soon(item, material)), "状态日期"),
    )
    return (
        Sheet(
            name="月调度表",
            title=DISPATCH,
            subtitle=period,
            columns=_DISPATCH_COLUMNS,
            rows=tuple(rows),
            totals=1,
            notes=(
                _RATE_NOTE,
                "“本期其他办结”为排除、存续备案、移送。",
                *([f"另有{later}项在本期结束后登记，未列入。"] if later else []),
                *_remarks(material),
            ),
        ),
        *(_list(name, chosen, heading, period, material) for name, chosen, heading in lists),
    )


def statistics(material: Material) -> tuple[Sheet, ...]:
    """进展统计: one sheet a way of sorting, each with its total and the milestones."""
    taxonomy = material.pack.taxonomy
    ways: tuple[tuple[str, Way], ...] = (
        ("按单位", lambda item: (_unit(item),)),
        ("按来源", _sources),
        ("按事项", lambda item: (KINDS[item.kind],)),
        ("按失信类别", lambda item: (DISPUTES[item.dispute] if item.dispute else "未认定",)),
        ("按问题维度", lambda item: (dimension_name(item.category, taxonomy),)),
        ("按问题类别", lambda item: (category_name(item.category, taxonomy) or "其他",)),
        ("按登记月份", lambda item: (f"{item.created_on.year}年{item.created_on.month:02}月",)),
    )
    return tuple(_sorted_sheet(name, way, material) for name, way in ways)


def _sorted_sheet(name: str, way: Way, material: Material) -> Sheet:
    groups: dict[str, list[LedgerItem]] = {}
    for item in material.items:
        for group in way(item):
            groups.setdefault(group, []).append(item)
    order = sorted(groups) if name == "按登记月份" else sorted(groups, key=lambda group: (-len(groups[group]), group))
    rows = [(group, *_counts(groups[group], material)) for group in order]
    rows.append(("合计", *_counts(material.items, material)))
    return Sheet(
        name=name,
        title=STATISTICS,
        subtitle=f"{name}　截至{wording.chinese_date(material.as_of)}",
        columns=_STATISTICS_COLUMNS,
        rows=tuple(rows),
        totals=1,
        notes=(
            _RATE_NOTE,
            *(("一项有几个来源的，在各来源下分别计数，合计不重复。",) if name == "按来源" else ()),
            *_milestones(material),
            *_remarks(material),
        ),
    )


def _counts(items: Iterable[LedgerItem], material: Material) -> tuple[Value, ...]:
    chosen = tuple(items)
    return (
        len(chosen),
        *(sum(item.state == state for item in chosen) for state in STATES),
        sum(is_overdue(item, material.as_of) for item in chosen),
        rate(chosen).share,
    )


def _change(items: tuple[LedgerItem, ...], material: Material) -> tuple[Value, ...]:
    begins = material.begins
    new = sum(item.created_on >= begins for item in items)
    closed = sum(_closed_in_period(item, material) for item in items)
    settled = sum(_is_settled(item) and item.state != "closed" and item.state_since >= begins for item in items)
    now = sum(item.state in OPEN_STATES for item in items)
    return (
        now - new + closed + settled,
        new,
        closed,
        settled,
        now,
        sum(is_overdue(item, material.as_of) for item in items),
        sum(_is_soon(item, material) for item in items),
        rate(items).share,
    )


def _list(name: str, items: tuple[LedgerItem, ...], heading: str, period: str, material: Material) -> Sheet:
    columns = tuple(Column(heading, 11, "centre") if column.heading == "日期" else column for column in _LIST_COLUMNS)
    return Sheet(
        name=name,
        title=f"{name}事项清单",
        subtitle=f"{period}　共{len(items)}项",
        columns=columns,
        rows=tuple(
            (
                number,
                item.number,
                _unit(item),
                problem_sentence(item),
                item.owner_unit or item.unit,
                item.owner,
                item.due,
                {"登记日期": item.created_on, "销号日期": _closed_on(item)}.get(heading, item.state_since),
                item.state_words,
                (material.as_of - item.due).days if item.due and is_overdue(item, material.as_of) else None,
            )
            for number, item in enumerate(items, start=1)
        ),
    )


def _sources(item: LedgerItem) -> tuple[str, ...]:
    """An item of several sources counts under each of them."""
    return tuple(dict.fromkeys(SOURCES[source.kind] for source in item.sources)) or ("未注明",)


def _unit(item: LedgerItem) -> str:
    return item.owner_unit or item.unit or NO_UNIT


def _is_settled(item: LedgerItem) -> bool:
    return item.state not in OPEN_STATES


def _closed_on(item: LedgerItem) -> Value:
    return item.closed_on or (item.state_since if item.state == "closed" else None)


def _closed_in_period(item: LedgerItem, material: Material) -> bool:
    return item.state == "closed" and (item.closed_on or item.state_since) >= material.begins


def _is_soon(item: LedgerItem, material: Material) -> bool:
    return item.due is not None and item.state in OPEN_STATES and 0 <= (item.due - material.as_of).days <= _SOON_DAYS


def _milestones(material: Material) -> tuple[str, ...]:
    reached = rate(material.items).share
    return tuple(_milestone(milestone, reached, material) for milestone in material.milestones)


def _milestone(milestone: Milestone, reached: Decimal | None, material: Material) -> str:
    goal = f"阶段目标：{wording.chinese_date(milestone.by)}前整改率达到{milestone.rate_percent}%"
    if reached is None:
        return f"{goal}；目前没有应整改事项。"
    now = f"目前{reached * 100:.1f}%"
    if reached * 100 >= milestone.rate_percent:
        return f"{goal}；{now}，已达到。"
    days = (milestone.by - material.as_of).days
    missing = _still_to_do(material, milestone)
    return f"{goal}；{now}，{f'还有{days}天' if days >= 0 else f'已超过{-days}天'}，尚差{missing}项。"


def _still_to_do(material: Material, milestone: Milestone) -> int:
    """Items that must still be done to reach the goal."""
    now = rate(material.items)
    return -(-now.due * milestone.rate_percent // 100) - now.done


def _remarks(material: Material) -> tuple[str, ...]:
    return (*material.notes, *((f"台账校验值：{material.anchor}",) if material.anchor else ()))
