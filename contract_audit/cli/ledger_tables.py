"""The commands of the ledger that read and write files: import, export, edit-back, handover, backup, restore, drill."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_audit.cli.chinese_click import Command
from contract_audit.cli.ledger_options import (
    changes,
    coded,
    filter_options,
    item_filter,
    item_line,
    ledger_option,
    now,
    numbers_words,
    opened,
    who_option,
    write_output,
)
from contract_audit.model.ledger import KINDS, SOURCES

if TYPE_CHECKING:
    from contract_audit.ledger.handover import Handover

_path = click.Path(path_type=Path)


@click.command("import", cls=Command, no_args_is_help=True)
@click.argument("path", metavar="表格", type=_path)
@ledger_option
@who_option
@click.option(
    "--source",
    metavar="来源",
    type=coded(SOURCES),
    default="其他",
    help="没有来源列时的来源：自查、投诉、审计、巡查、其他。",
)
@click.option(
    "--kind", metavar="事项", type=coded(KINDS), help=f"事项种类：{'、'.join(KINDS.values())}；默认按表名判断。"
)
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="列名=含义",
    help="指明某列的含义，如 牵头股室=责任单位、内部编码=不用，可重复。",
)
@click.option("--sheet", metavar="工作表", help="只导入这一张工作表。")
@click.option("--yes", is_flag=True, help="不再询问，按显示的对应关系导入。")
def import_table(
    place: str, path: Path, who: str, source: Any, kind: Any, mapping: tuple[str, ...], sheet: str | None, yes: bool
) -> None:
    """导入已有的 xlsx 台账（投诉、审计、案件清单等）：先显示各列的含义，确认后登记。"""
    from contract_audit.ledger.headers import parse_mapping
    from contract_audit.ledger.importing import column_lines, take_tables, understand_tables

    tables = understand_tables(path, parse_mapping(mapping), sheet, kind)
    for line in column_lines(tables):
        click.echo(line)
    if not yes and not click.confirm("按以上对应关系导入？（不对的用 --map 列名=含义 改）", default=True):
        click.echo("没有导入。")
        return
    with changes(place, who) as writer:
        result = take_tables(writer, path.name, tables, source)
    click.echo(f"新增{len(result.new)}项，并入已有事项{len(result.joined)}项，以前已导入{result.known}行")
    for note in result.notes:
        click.echo(f"说明：{note}", err=True)
    for new, old, percent in result.near:
        click.echo(f"第{new}项与第{old}项相近（{percent}%），确是同一问题的用 ledger merge {new} {old} 合并", err=True)


@click.command(cls=Command, no_args_is_help=True)
@click.option("-o", "--output", metavar="文件", type=_path, required=True, help="输出的 xlsx 文件。")
@ledger_option
@filter_options
@click.option("--personal", is_flag=True, help="身份证号、手机号、账号不遮盖。")
@click.option("--include-secret", is_flag=True, help="连同标有密级的文件中的事项一起导出（须经批准）。")
def export(place: str, output: Path, personal: bool, include_secret: bool, **given: Any) -> None:
    """导出为 xlsx，在 Excel、WPS 或 LibreOffice 中修改后用 edit-back 读回。"""
    from contract_audit.ledger.queries import anchor_of, every
    from contract_audit.ledger.sheet import export as make
    from contract_audit.ledger.store import reading

    with reading(opened(place)) as connection:
        rows = every(connection, item_filter(**given))
        made = make(rows, anchor_of(connection), now(), personal=personal, secret=include_secret)
        anchor = anchor_of(connection)
    write_output(output, made.content)
    click.echo(f"共{made.rows}项；校验值 {anchor}")
    for name in made.secret:
        click.echo(f"标有密级，未列入：{name}", err=True)


@click.command("edit-back", cls=Command, no_args_is_help=True)
@click.argument("path", metavar="表格", type=_path)
@ledger_option
@who_option
@click.option("--prefer-table", is_flag=True, help="导出后台账也改过的格，以表格为准（台账原值留在历史中）。")
def edit_back(place: str, path: Path, who: str, prefer_table: bool) -> int:
    """读回修改过的导出表格：逐格对照导出时和现在的值，冲突的列出，不覆盖。有冲突或未采用的，退出码为 1。"""
    from contract_audit.ledger.edit_back import edit_back as read_back

    with changes(place, who) as writer:
        result = read_back(writer, path, prefer_table=prefer_table)
    click.echo(f"已修改{len(result.changed)}项，新增{len(result.created)}项，未变{result.unchanged}项")
    for conflict in result.conflicts:
        click.echo(
            f"冲突：第{conflict.row}行第{conflict.number}项“{conflict.column}”"
            f"导出时“{conflict.exported}”，表格改为“{conflict.table}”，台账已改为“{conflict.ledger}”，保留台账",
            err=True,
        )
    for sentence in result.refused:
        click.echo(f"未采用：{sentence}", err=True)
    return int(bool(result.conflicts or result.refused))


@click.command(cls=Command, no_args_is_help=True)
@ledger_option
@who_option
@click.option("--owner", metavar="姓名", help="移交的人。")
@click.option("--unit", metavar="单位", help="移交的单位。")
@click.option("--to-owner", metavar="姓名", help="接收人；写明后未结事项即改由其负责。")
@click.option("--to-unit", metavar="单位", help="接收单位。")
@click.option("-o", "--output", metavar="文件", type=_path, help="移交清单（xlsx）。")
def handover(
    place: str,
    who: str,
    owner: str | None,
    unit: str | None,
    to_owner: str | None,
    to_unit: str | None,
    output: Path | None,
) -> None:
    """移交清单：一个人或一个单位未结的、承诺的、到期的事项；写明接收方则一并移交。"""
    from contract_audit.ledger.handover import hand_over
    from contract_audit.ledger.handover import handover as listed
    from contract_audit.ledger.handover_sheet import render
    from contract_audit.ledger.store import reading

    with reading(opened(place)) as connection:
        leaving = listed(connection, now().date(), owner=owner, unit=unit)
    _print_handover(leaving)
    if output is not None:
        write_output(output, render(leaving, to_owner or to_unit or ""))
    if to_owner or to_unit:
        with changes(place, who) as writer:
            leaving = listed(writer.connection, writer.today, owner=owner, unit=unit)
            moved = hand_over(writer, leaving, to_owner, to_unit)
        click.echo(f"已移交{numbers_words(moved)}" if moved else "没有未结事项需要移交")


@click.command(cls=Command, no_args_is_help=True)
@click.argument("folder", metavar="目录", type=_path)
@ledger_option
def backup(place: str, folder: Path) -> None:
    """备份到目录：一个可直接打开的台账文件，附清单（校验和、项数、校验值）。"""
    from contract_audit.ledger.backup import backup as make
    from contract_audit.ledger.backup import read_manifest

    path = make(opened(place), folder, now())
    manifest = read_manifest(path)
    click.echo(f"已备份 {path}：{manifest.items}项，历史{manifest.entries}条，校验值 {manifest.anchor}")


@click.command(cls=Command, no_args_is_help=True)
@click.argument("path", metavar="备份文件", type=_path)
@ledger_option
def restore(place: str, path: Path) -> None:
    """把备份恢复成新的台账（--ledger 指明放在哪里，可以是文件，也可以是空的 PostgreSQL 库）；不覆盖已有台账。"""
    from contract_audit.ledger.backup import restore as put_back

    put_back(path, place)
    click.echo(f"已恢复到 {place.rpartition('@')[2]}")


@click.command(cls=Command, no_args_is_help=True)
@click.argument("path", metavar="备份", type=_path)
def drill(path: Path) -> int:
    """恢复演练：把备份（目录则取最新一份）恢复到临时位置，逐项核对能否使用。"""
    from contract_audit.ledger.backup import drill as try_out
    from contract_audit.ledger.backup import newest

    chosen = newest(path) if path.is_dir() else path
    done = try_out(chosen)
    click.echo(f"演练 {chosen}（{done.manifest.made_at:%Y-%m-%d %H:%M}备份）")
    for line in done.lines:
        click.echo(f"  {line}")
    if done.failure is not None:
        click.echo(f"演练未通过：{done.failure}", err=True)
        return 1
    click.echo("演练通过：备份可以恢复")
    return 0


def _print_handover(leaving: "Handover") -> None:
    click.echo(
        f"移交：{leaving.leaving}，未结{len(leaving.open_items)}项，有承诺的{len(leaving.promised)}项，备案{len(leaving.kept)}项"
    )
    for item in leaving.open_items:
        late = "  已逾期" if item.due is not None and item.due < leaving.day else ""
        promised = f"  承诺：{item.promised}" if item.promised else ""
        click.echo(f"{item_line(item)}{promised}{late}")
    click.echo(f"校验值 {leaving.anchor}")
