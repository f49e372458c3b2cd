"""`contract-audit show`: one file as the program reads and understands it."""

from datetime import date
from pathlib import Path

import click

from contract_audit.cli.chinese_click import Command, day, one_of


@click.command(cls=Command, no_args_is_help=True)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    metavar="text|json",
    type=one_of("text", "json"),
    default="text",
    help="text 便于阅读（默认），json 供程序使用。",
)
@click.option("--as-of", metavar="日期", type=day, help="义务状态的基准日；默认今天。")
@click.option(
    "--performance",
    metavar="文件",
    multiple=True,
    type=click.Path(path_type=Path),
    help="履约情况表，可重复，用于义务状态。",
)
def show(file: Path, form: str, as_of: date | None, performance: tuple[Path, ...]) -> int:
    """显示一份文件读出的条款、主体、事实和义务。"""
    if not file.is_file():
        raise click.UsageError(f"{'这是文件夹，请指明其中一份文件' if file.is_dir() else '找不到文件'}：{file}")
    from contract_audit.batch import Options, read_alone
    from contract_audit.casefile import load_companions
    from contract_audit.reports.document_json import render_documents
    from contract_audit.reports.document_text import document_lines

    options = Options(as_of=as_of or date.today(), companions=load_companions(performance))
    papers = read_alone(file, options)
    if form == "json":
        click.echo(render_documents(papers).decode(), nl=False)
    else:
        for paper in papers:
            for line in document_lines(paper):
                click.echo(line)
    return 0 if all(paper.document.status == "read" for paper in papers) else 3
