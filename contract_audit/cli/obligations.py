"""`contract-audit obligations`: all duties of a folder for monthly dispatch, with accounts and the 三率."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from contract_audit.cli.chinese_click import Command, at_least, day, one_of
from contract_audit.cli.scan import progress_bar

if TYPE_CHECKING:
    from contract_audit.model.calendar import Calendar
    from contract_audit.rulespec import Pack

_path = click.Path(path_type=Path)


@click.command(cls=Command, no_args_is_help=True)
@click.argument("paths", metavar="路径…", nargs=-1, required=True, type=_path)
@click.option(
    "-o", "--output", "outputs", metavar="文件", multiple=True, type=_path,
    help="输出文件，可重复；.xlsx 履约台账，.ics 日历，.json 供程序使用。",
)  # fmt: skip
@click.option("--as-of", metavar="日期", type=day, help="基准日，如 2026-06-30；默认今天。")
@click.option(
    "--format", "form", metavar="text|json", type=one_of("text", "json"), default="text",
    help="屏幕输出：text 摘要（默认），json 全部内容。",
)  # fmt: skip
@click.option(
    "--performance", metavar="文件", multiple=True, type=_path,
    help="履约情况表（csv、xlsx）或其文件夹，可重复：合同,事项,完成日期,凭证[,金额]。",
)  # fmt: skip
@click.option("--register", metavar="文件", type=_path, help="项目台账：项目名称,企业名称,…,文件。")
@click.option(
    "--mode", metavar="signed|draft", type=one_of("signed", "draft"), help="按已签文本或送审稿；默认逐份判断。"
)
@click.option("--jobs", metavar="数目", type=at_least(1), help="同时处理的进程数；默认等于处理器数。")
@click.option("--include-secret", is_flag=True, help="标有密级的文件也列入；默认不列入，只列出名称。")
def obligations(
    paths: tuple[Path, ...], outputs: tuple[Path, ...], as_of: date | None, form: str, performance: tuple[Path, ...],
    register: Path | None, mode: Literal["signed", "draft"] | None, jobs: int | None, include_secret: bool,
) -> int:  # fmt: skip
    """列出协议的全部义务：到期日、状态、逾期天数、时效，兑付台账和三率，供月度调度。"""
    from contract_audit import batch, engine
    from contract_audit.casefile import calendar, load_companions
    from contract_audit.reports.exported import Release, released
    from contract_audit.reports.obligations import CALENDAR_WRITERS, write_calendar

    for path in outputs:
        if path.suffix.lower() not in CALENDAR_WRITERS:
            raise click.UsageError(f"-o {path}：不认识的输出格式，可用的后缀：{'、'.join(CALENDAR_WRITERS)}")
    pack = engine.load_rules()
    companions = load_companions(performance, register=register)
    options = batch.Options(as_of=as_of or date.today(), mode=mode, jobs=jobs or 0, companions=companions)
    with progress_bar() as report:
        scan = batch.scan(paths, pack, options, report)
    table = calendar(released(scan, Release(personal=True, secret=include_secret)), companions.register)
    for path in outputs:
        write_calendar(table, pack, path)
        click.echo(f"已生成 {path}", err=form == "json")
    _print(table, pack, form)
    return 3 if table.unread else 0


def _print(table: "Calendar", pack: "Pack", form: str) -> None:
    from contract_audit.reports import wording
    from contract_audit.reports.exported import covered
    from contract_audit.reports.obligations import render

    if form == "json":
        click.echo(render(covered(table), pack).decode(), nl=False)
        return
    click.echo(
        f"未完整读取：{len(table.unread)} 份（共 {table.documents} 份，基准日 {wording.chinese_date(table.as_of)}）"
    )
    counts = {name: sum(row.status == name for row in table.duties) for name in wording.OBLIGATION_STATUSES}
    states = "，".join(f"{words} {counts[name]}" for name, words in wording.OBLIGATION_STATUSES.items())
    click.echo(f"义务：{len(table.duties)} 项（{states}）；30 日内到期 {sum(row.soon for row in table.duties)} 项")
    for total in table.totals:
        if total.name == "合计":
            click.echo(
                f"兑付（{wording.SIDES[total.side]}应付）：承诺 {total.promised:f} 元，已付 {total.paid:f} 元，"
                f"尚欠 {total.owed:f} 元（已到期 {total.overdue:f} 元），逾期利息 {total.interest:f} 元；"
                f"金额不明 {total.unsure} 笔"
            )
    for rate in table.rates:
        share = "不计" if rate.share is None else f"{rate.share * 100:.1f}%"
        click.echo(f"{rate.name}：{share}（{rate.numerator:f}÷{rate.denominator:f}）")
    click.echo(f"待核凭证：{len(table.unplaced)} 行（没有对应到义务，须人工核对）")
