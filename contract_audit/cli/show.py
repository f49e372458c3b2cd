"""`contract-audit show` and `explain`: one file as the program reads, understands and judges it."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_audit.cli.chinese_click import Command, at_least, day, one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contract_audit.batch import Options
    from contract_audit.model import Understanding

_as_of = click.option("--as-of", metavar="日期", type=day, help="义务状态的基准日；默认今天。")
_performance = click.option(
    "--performance",
    metavar="文件",
    multiple=True,
    type=click.Path(path_type=Path),
    help="履约情况表，可重复，用于义务状态。",
)


@click.command(cls=Command, no_args_is_help=True)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", metavar="text|json", type=one_of("text", "json"), default="text",
    help="text 便于阅读（默认），json 供程序使用。",
)  # fmt: skip
@_as_of
@_performance
@click.option(
    "--page", metavar="页码", type=at_least(1), help="改为输出该页的图（PDF、OFD 转换件、图片），须同时给出 -o。"
)
@click.option("--mark", metavar="起:止", help="在页面图上标出正文的这一段，如 120:156（位置见 json）。")
@click.option("-o", "--output", metavar="文件.png", type=click.Path(path_type=Path), help="页面图写到这里。")
def show(
    file: Path, form: str, as_of: date | None, performance: tuple[Path, ...], page: int | None, mark: str | None,
    output: Path | None,
) -> int:  # fmt: skip
    """显示一份文件读出的条款、主体、事实和义务，或其中一页的图。"""
    options = _options(file, as_of, performance)
    if page is not None or mark is not None or output is not None:
        return _show_page(file, page, mark, output, options)
    from contract_audit.batch import read_alone
    from contract_audit.reports.document_json import render_documents
    from contract_audit.reports.document_text import document_lines

    papers = read_alone(file, options)
    if form == "json":
        click.echo(render_documents(papers).decode(), nl=False)
    else:
        for paper in papers:
            for line in document_lines(paper):
                click.echo(line)
    return 0 if all(paper.document.status == "read" for paper in papers) else 3


def _options(file: Path, as_of: date | None, performance: tuple[Path, ...]) -> "Options":
    if not file.is_file():
        raise click.UsageError(f"{'这是文件夹，请指明其中一份文件' if file.is_dir() else '找不到文件'}：{file}")
    from contract_audit.batch import Options
    from contract_audit.casefile import load_companions

    return Options(as_of=as_of or date.today(), companions=load_companions(performance))


def _show_page(file: Path, page: int | None, mark: str | None, output: Path | None, options: "Options") -> int:
    if page is None or output is None:
        raise click.UsageError("输出页面图须同时给出 --page 和 -o，例如 --page 3 -o 第三页.png")
    from contract_audit.batch import picture_alone
    from contract_audit.model import Skipped
    from contract_audit.reports.atomic import write_bytes

    picture = picture_alone(file, page, _span(mark), options)
    if isinstance(picture, Skipped):
        click.echo(f"错误：{picture.name}：{picture.message}", err=True)
        return 3
    write_bytes(output, picture)
    click.echo(f"已生成 {output}")
    return 0


def _span(mark: str | None) -> tuple[int, int] | None:
    if mark is None:
        return None
    start, colon, end = mark.partition(":")
    if not (colon and start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise click.UsageError(f"--mark “{mark}”应写成 起:止，如 120:156")
    return int(start), int(end)


@click.command(cls=Command, no_args_is_help=True)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--at", "place", metavar="条款", required=True, help="条款号，如 第五条、第五条（二）、3.2。")
@_as_of
@_performance
@click.option(
    "--rules",
    "rules_folder",
    metavar="目录",
    type=click.Path(path_type=Path),
    help="规则目录；默认用随程序安装的规则。",
)
def explain(
    file: Path, place: str, as_of: date | None, performance: tuple[Path, ...], rules_folder: Path | None
) -> int:
    """说明一个条款是怎样理解的，哪些规则命中，接近的规则为什么没有命中。"""
    options = _options(file, as_of, performance)
    from contract_audit import engine
    from contract_audit.batch import read_alone
    from contract_audit.model import Context

    pack = engine.load_rules(rules_folder)
    read = read_alone(file, options)
    papers = [(paper, clauses) for paper in read if (clauses := _clauses_at(paper, place))]
    if not papers:
        raise click.UsageError(
            f"{file.name} 中没有条款“{place}”，条款号{_some_numbers(read)}，全部条款见 contract-audit show"
        )
    for paper, clauses in papers:
        for explained in engine.explain(pack, paper, Context(as_of=options.as_of), clauses):
            click.echo(f"“{' '.join(explained.text.split())}”\n    理解：{explained.understood or '（整份文件）'}")
            for attempt in explained.attempts:
                click.echo(f"    {'命中' if attempt.fired else '未中'} {attempt.rule} {attempt.title}：{attempt.why}")
    return 0


_SHOWN = 8


def _some_numbers(papers: "Sequence[Understanding]") -> str:
    """The first clause numbers of a file, for somebody who wrote one that it does not have."""
    labels = [clause.path[0] for paper in papers for clause in paper.clauses if len(clause.path) == 1]
    return f"如 {'、'.join(labels[:_SHOWN])}" if labels else "一个也没有读出"


def _clauses_at(paper: "Understanding", place: str) -> frozenset[int]:
    """Indices of the clauses with that number, whole or as the end of their path, and of all below them."""
    from contract_audit.chinese.text import fold_text

    wanted = fold_text(place)
    figures = _figures(wanted)
    ends, same = set(), set()  # by the words as printed; by the figures alone (5, 第5条, 五 for 第五条)
    for index, clause in enumerate(paper.clauses):
        paths = {fold_text("".join(clause.path[depth:])) for depth in range(len(clause.path))}
        if wanted in paths or clause.parent in ends:
            ends.add(index)
        if (figures and figures == _figures(fold_text("".join(clause.path)))) or clause.parent in same:
            same.add(index)
    return frozenset(ends or same)


_FIGURE = re.compile(r"附[件表]?|[0-9]+|[〇零一二三四五六七八九十百]+")


def _figures(place: str) -> tuple[str, ...]:
    """The numbers in a clause number whatever they are written in: 第五条（二） → 5, 2; 附件1 → 附, 1."""
    from contract_audit.chinese.numerals import number

    found = _FIGURE.findall(place)
    return tuple(word[0] if word.startswith("附") else str(number(word)) for word in found)
