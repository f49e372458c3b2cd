"""`contract-audit ledger`: the ledger of problems from finding to 销号. Here the commands that only read, and the list of all."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from contract_audit.cli.chinese_click import Command, at_least, day, one_of
from contract_audit.cli.ledger_changes import assign, init, merge, move, note, prove, set_up, take
from contract_audit.cli.ledger_options import (
    filter_options,
    item_filter,
    item_line,
    ledger_option,
    opened,
    shortened,
)
from contract_audit.cli.ledger_tables import backup, drill, edit_back, export, handover, import_table, restore

if TYPE_CHECKING:
    from contract_audit.ledger.figures import Grouping, Rate
    from contract_audit.model.ledger import HistoryEntry, LedgerItem

_GROUPINGS: dict[str, "Grouping"] = {
    "单位": "unit", "责任单位": "owner_unit", "责任人": "owner", "来源": "source", "事项": "kind",
    "纠纷类别": "dispute", "问题类别": "category", "等级": "severity", "月份": "month",
}  # fmt: skip


@click.command("list", cls=Command)
@ledger_option
@filter_options
@click.option("--words", metavar="词", help="只看含这些词的（同 search）。")
@click.option("--limit", metavar="数目", type=at_least(1), default="50", help="最多列出多少项；默认 50。")
@click.option("--offset", metavar="数目", type=at_least(0), default="0", help="跳过前面多少项。")
def list_items(place: str, limit: int, offset: int, **given: Any) -> None:
    """按状态、来源、单位等列出事项。"""
    _print_page(place, item_filter(**given), limit, offset)


@click.command(cls=Command, no_args_is_help=True)
@click.argument("words", metavar="词…", nargs=-1, required=True)
@ledger_option
@filter_options
@click.option("--limit", metavar="数目", type=at_least(1), default="50", help="最多列出多少项；默认 50。")
def search(place: str, words: tuple[str, ...], limit: int, **given: Any) -> None:
    """按词查找（一个字、两个字也可以；几个词须同时出现）。"""
    _print_page(place, item_filter(words=" ".join(words), **given), limit, 0)


@click.command(cls=Command, no_args_is_help=True)
@click.argument("number", metavar="编号", type=at_least(1))
@ledger_option
def show(place: str, number: int) -> None:
    """一项的全部内容和历史。"""
    from contract_audit.ledger.queries import get, history_of
    from contract_audit.ledger.store import reading

    with reading(opened(place)) as connection:
        item, entries = get(connection, number), history_of(connection, number)
    for name, value in _details(item):
        click.echo(f"{name}：{value}")
    click.echo("历史：")
    for entry in entries:
        click.echo(f"  {_entry_line(entry)}")


@click.command(cls=Command)
@ledger_option
@click.option(
    "--by",
    "grouping",
    metavar="分组",
    type=one_of(*_GROUPINGS),
    default="单位",
    help=f"按什么分组：{'、'.join(_GROUPINGS)}。",
)
@click.option("--as-of", metavar="日期", type=day, help="统计日；默认今天。")
def stats(place: str, grouping: str, as_of: date | None) -> None:
    """整改率：按单位、来源、月份等分组，并与 60/90/100 等目标对照。"""
    from contract_audit.ledger.as_of import counted
    from contract_audit.ledger.figures import overall, progress, rates
    from contract_audit.ledger.settings import milestones
    from contract_audit.ledger.store import reading

    today = as_of or date.today()
    with reading(opened(place)) as connection:
        by_kind, then = counted(connection, today, "kind"), counted(connection, today, _GROUPINGS[grouping])
        set_goals = milestones(connection)
    whole = overall(by_kind.tally)
    goals = progress(whole, set_goals, today)
    _say_later(then.later)
    for row in (*rates(then.tally, _GROUPINGS[grouping]), whole):
        click.echo(_rate_line(row))
    click.echo("整改率＝（销号＋存续备案）÷（总数－线索－排除－移送）")
    for goal in goals:
        reached = (
            f"还差{goal.missing}项" if goal.missing else "已达到" if goal.percent is not None else "尚无应整改事项"
        )
        late = "（已过期限）" if goal.passed and goal.missing else ""
        click.echo(
            f"目标 {goal.milestone.by} 前 {goal.milestone.rate_percent}%：现 {_percent(goal.percent)}，{reached}{late}"
        )


@click.command(cls=Command)
@ledger_option
@filter_options
@click.option("--within", metavar="天数", type=at_least(0), default="30", help="同时列出几天内到期的；默认 30。")
@click.option("--as-of", metavar="日期", type=day, help="基准日；默认今天。")
def overdue(place: str, within: int, as_of: date | None, **given: Any) -> None:
    """逾期未办结的（附督办层级）、即将到期的、备案将失效的。"""
    from contract_audit.ledger.as_of import pressing
    from contract_audit.ledger.figures import due_within, expiring
    from contract_audit.ledger.figures import overdue as overdue_items
    from contract_audit.ledger.settings import escalations
    from contract_audit.ledger.store import reading

    today = as_of or date.today()
    with reading(opened(place)) as connection:
        then, steps = pressing(connection, today, within, item_filter(**given)), escalations(connection)
    late = overdue_items(then.items, steps, today)
    soon, ending = due_within(then.items, today, within), expiring(then.items, today, within)
    _say_later(then.later)
    click.echo(f"逾期 {len(late)} 项")
    for one in late:
        click.echo(f"{item_line(one.item)}  逾期{one.days}天{f'，{one.step}' if one.step else ''}")
    click.echo(f"{within} 天内到期 {len(soon)} 项")
    for item in soon:
        click.echo(item_line(item))
    if ending:
        click.echo(f"备案 {within} 天内失效或已失效 {len(ending)} 项")
    for item in ending:
        click.echo(f"{item_line(item)}  有效期至 {item.expires_on}")


def _say_later(count: int) -> None:
    if count:
        click.echo(f"另有 {count} 项在基准日以后登记，未计入")


@click.command(cls=Command)
@ledger_option
@click.option("--anchor", "anchors", multiple=True, metavar="校验值", help="印在导出表格和移交清单上的校验值，可重复。")
def verify(place: str, anchors: tuple[str, ...]) -> int:
    """核对台账有没有被绕过程序改动：逐条查历史；给出校验值，还能查末尾有没有被截去。"""
    from contract_audit.ledger.store import reading
    from contract_audit.ledger.verify import verify as check

    with reading(opened(place)) as connection:
        found = check(connection, anchors)
    if found.broken is not None:
        click.echo(f"不一致：{found.broken}", err=True)
        return 1
    click.echo(f"一致：历史记录{found.entries}条、事项{found.items}项；当前校验值 {found.anchor}")
    return 0


def _print_page(place: str, asked: Any, limit: int, offset: int) -> None:
    from contract_audit.ledger.queries import COUNTED, page
    from contract_audit.ledger.store import reading

    with reading(opened(place)) as connection:
        found = page(connection, asked, limit, offset)
    for item in found.items:
        click.echo(item_line(item))
    many = f"{COUNTED}项以上" if found.total >= COUNTED else f"{found.total}项"
    click.echo(f"共{many}" + (f"，已列出{len(found.items)}项" if len(found.items) < found.total else ""))


def _details(item: "LedgerItem") -> list[tuple[str, str]]:
    from contract_audit.model.ledger import DISMISSALS, DISPUTES, KINDS

    pairs = (
        ("编号", str(item.number)), ("状态", f"{item.state_words}（{item.state_since}起）"), ("事项", KINDS[item.kind]),
        ("来源", "；".join(f"{source.origin}（{source.day}）" for source in item.sources)), ("来源种类", item.source_words),
        ("文件", item.document), ("条款", item.clause), ("原文", item.quote), ("存在问题", item.problem),
        ("依据", item.basis), ("整改措施", item.measure), ("企业", item.company), ("项目", item.project),
        ("地区(单位)", item.unit), ("整改责任单位", item.owner_unit), ("责任人", item.owner), ("整改时限", item.due),
        ("整改情况", item.feedback), ("承诺事项", item.promised), ("金额（元）", item.amount_yuan), ("案号", item.case_number),
        ("法院", item.court), ("纠纷类别", DISPUTES[item.dispute] if item.dispute else None),
        ("排除理由", DISMISSALS[item.reason] if item.reason else None), ("办理说明", item.words), ("批准人", item.approver),
        ("文号", item.document_number), ("有效期", item.expires_on), ("接收单位", item.referred_to), ("备注", item.note),
        ("凭证", "；".join(f"{proof.name}（{proof.day}，{proof.who}，SHA-256 {proof.sha256[:16]}…）" for proof in item.proofs)),
        ("提交核查", item.submitted_by), ("销号", f"{item.closed_on} {item.closed_by}" if item.closed_on else None),
        ("原文不再发现", item.gone_on), ("需复核", "原文有变，原结论需复核" if item.stale else None),
        ("已并入", f"第{item.merged_into}项" if item.merged_into else None), *item.extra.items(),
    )  # fmt: skip
    return [(name, str(value)) for name, value in pairs if value not in (None, "")]


def _entry_line(entry: "HistoryEntry") -> str:
    from contract_audit.model.ledger import ACTIONS, STATES

    moved = entry.changes.get("state")
    states: dict[str, str] = {str(code): words for code, words in STATES.items()}
    arrow = f" {states[moved[0] or '']}→{states[moved[1] or '']}" if moved else ""
    words = f"：{shortened(entry.words)}" if entry.words else ""
    return f"{entry.at:%Y-%m-%d %H:%M} {entry.who} {ACTIONS[entry.action]}{arrow}{_changed(entry)}{words}"


def _changed(entry: "HistoryEntry") -> str:
    """The fields that a person fills, with what they became."""
    from contract_audit.ledger.sheet import CODES, COLUMNS

    found = []
    for column in COLUMNS:
        if column.field in entry.changes and column.editable and column.field not in ("state", "words"):
            value = entry.changes[column.field][1]
            words = {code: words for words, code in CODES.get(column.field, {}).items()}
            found.append(f"{column.header}→{shortened(words.get(value or '', value or '（空）'))}")
    return f"（{'，'.join(found)}）" if found else ""


def _rate_line(rate: "Rate") -> str:
    from contract_audit.model.ledger import STATES

    counts = "，".join(f"{words}{rate.counts[state]}" for state, words in STATES.items() if rate.counts.get(state))
    late = f"，逾期{rate.overdue}" if rate.overdue else ""
    return f"{rate.group}：共{rate.total}（{counts}{late}）整改率 {_percent(rate.percent)}"


def _percent(value: Any) -> str:
    return "—" if value is None else f"{value}%"


COMMANDS = (
    init, take, list_items, show, search, assign, move, prove, note, merge, import_table, export, edit_back, stats,
    overdue, handover, set_up, verify, backup, restore, drill,
)  # fmt: skip
