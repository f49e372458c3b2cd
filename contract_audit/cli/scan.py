"""`contract-audit scan`: folders and files in, reports out, five lines on the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from contract_audit.cli.chinese_click import Command, at_least, day, one_of

if TYPE_CHECKING:
    from contract_audit.batch import Progress
    from contract_audit.batch.pool import Report
    from contract_audit.model import Scan, Severity
    from contract_audit.rulespec import Pack

_GATES: dict[str, tuple["Severity", ...]] = {
    "high": ("high",),
    "medium": ("high", "medium"),
    "low": ("high", "medium", "low"),
}


_file = partial(click.option, metavar="文件", type=click.Path(path_type=Path))


@click.command(cls=Command, no_args_is_help=True)
@click.argument("paths", metavar="路径…", nargs=-1, required=True, type=click.Path(path_type=Path))
@_file(
    "-o", "--output", "outputs", multiple=True,
    help="输出文件，可重复；按后缀定格式：.xlsx 问题清单，.html 报告，.jsonl 逐条问题，.json 全部结果，.sarif。",
)  # fmt: skip
@click.option("--as-of", metavar="日期", type=day, help="基准日，如 2026-06-30；默认今天。")
@click.option(
    "--mode",
    metavar="signed|draft",
    type=one_of("signed", "draft"),
    help="signed 按已签文本、draft 按送审稿审查；默认逐份判断。",
)
@click.option("--jobs", metavar="数目", type=at_least(1), help="同时处理的进程数；默认等于处理器数。")
@click.option("--fail-on", metavar="high|medium|low", type=one_of(*_GATES), help="有该等级及以上的问题时退出码为 1。")
@_file(
    "--performance", multiple=True, help="履约情况表（csv、xlsx）或其文件夹，可重复：合同,事项,完成日期,凭证[,金额]。"
)
@_file("--institutions", help="机构沿革表：原名称,现名称,变更日期,承接单位。")
@_file("--register", help="项目台账：项目名称,企业名称,…,文件。")
@_file("--local", help="地方参数（yaml），如 投资强度_万元每亩: 300。")
@click.option("--include-secret", is_flag=True, help="标有密级的文件也写入输出；默认不写入，只列出名称。")
@_file("--filters", help="本地过滤（yaml）：不再列出的问题，每项写明规则、理由、批准人、有效期至。")
@_file("--rules", "rules_folder", metavar="目录", help="规则目录；默认用随程序安装的规则。")
@_file("--pack", "packs", metavar="目录", multiple=True, help="省、县加严规则包，可重复，按先省后县的次序。")
def scan(
    paths: tuple[Path, ...], outputs: tuple[Path, ...], as_of: date | None, mode: Literal["signed", "draft"] | None,
    jobs: int | None, fail_on: str | None, performance: tuple[Path, ...], institutions: Path | None, register: Path | None,
    local: Path | None, include_secret: bool, filters: Path | None, rules_folder: Path | None, packs: tuple[Path, ...],
) -> int:  # fmt: skip
    """成批审查文件和文件夹（含子文件夹和 zip），生成问题清单。"""
    from contract_audit import batch, engine
    from contract_audit.casefile import load_companions, load_filters

    _check_outputs(outputs)
    pack = engine.load_rules(rules_folder, packs)
    options = batch.Options(
        as_of=as_of or date.today(),
        mode=mode,
        jobs=jobs or 0,
        companions=load_companions(performance, institutions, register, local),
        filters=load_filters(filters) if filters else (),
    )
    with progress_bar() as report:
        result = batch.scan(paths, pack, options, report)
    unwritten = _write(result, pack, outputs, include_secret)
    _print_result(result)
    return _exit_code(result, unwritten, fail_on)


def _check_outputs(outputs: tuple[Path, ...]) -> None:
    """A wrong suffix is said before hours of reading, not after."""
    from contract_audit.reports import WRITERS

    for path in outputs:
        if path.suffix.lower() not in WRITERS:
            raise click.UsageError(f"-o {path}：不认识的输出格式，可用的后缀：{'、'.join(WRITERS)}")


def _write(result: "Scan", pack: "Pack", outputs: tuple[Path, ...], include_secret: bool) -> int:
    """Write what can be written; returns how many could not."""
    from contract_audit import reports
    from contract_audit.errors import ReportError
    from contract_audit.reports.exported import Release, secret_names

    failures = 0
    for name in secret_names(result) if outputs and not include_secret else ():
        click.echo(f"说明：{name} 标有密级，除 .jsonl 外未写入输出（确需写入请加 --include-secret）", err=True)
    for path in outputs:
        try:
            reports.write(result, pack, path, Release(secret=include_secret))
            click.echo(f"已生成 {path}")
        except ReportError as error:
            failures += 1
            click.echo(f"错误：{error}", err=True)
    return failures


def print_unread(result: "Scan") -> None:
    """Name what was not read, or not fully, on standard error."""
    for item in result.skipped:
        click.echo(f"未能读取 {item.name}：{item.message}", err=True)
    for audit in result.audits:
        document = audit.understanding.document
        for problem in document.problems if document.status != "read" else ():
            page = f"第{problem.page}页：" if problem.page is not None else ""
            click.echo(f"未完整读取 {document.name}：{page}{problem.message}", err=True)


def _print_result(result: "Scan") -> None:
    from contract_audit.reports.summary import summary_lines

    print_unread(result)
    for name, message in result.broken_rules:
        click.echo(f"规则未加载 {name}：{message}", err=True)
    for note in result.notes:
        click.echo(f"说明：{note}", err=True)
    for line in summary_lines(result):
        click.echo(line)


def _exit_code(result: "Scan", unwritten: int, fail_on: str | None) -> int:
    if unwritten or result.broken_rules:
        return 2
    if result.skipped or any(audit.understanding.document.status != "read" for audit in result.audits):
        return 3
    gate = _GATES[fail_on] if fail_on else ()
    findings = (finding for audit in result.audits for finding in audit.findings)
    return int(any(finding.verdict == "fail" and finding.severity in gate for finding in findings))


@contextmanager
def progress_bar() -> "Iterator[Report]":
    """A bar with the file in hand and the time left where a person watches, silence in a pipe."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("剩余"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        stages: dict[str, TaskID] = {}

        def show(progress: "Progress") -> None:
            if progress.stage not in stages:
                stages[progress.stage] = bars.add_task(progress.stage, total=progress.total, name="")
            bars.update(stages[progress.stage], completed=progress.done, total=progress.total, name=progress.name)

        yield show


def _silent(_progress: "Progress") -> None:
    """A pipe is told nothing."""
