"""`contract-audit rules new|export|import|diff|book`: commands that write rules or tell what they changed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from contract_audit.cli.chinese_click import Command, at_least, day

if TYPE_CHECKING:
    from contract_audit.authoring.diff import Change
    from contract_audit.authoring.draft import Answers
    from contract_audit.model import Severity, Side
    from contract_audit.rulespec import Pack

T = TypeVar("T")

_folder = click.option(
    "--rules", "folder", metavar="目录", required=True, type=click.Path(path_type=Path), help="要写入的规则目录。"
)
_SIDES: dict[str, tuple["Side", ...]] = {
    "政府方": ("government", "unknown", "both"),
    "企业方": ("investor", "unknown", "both"),
    "各方": ("government", "investor", "both", "unknown", "third"),
}
_CHOICES_SHOWN = 12
_KINDS = {"new": "新增", "lost": "不再提示", "changed": "有变化"}


@click.command("new", cls=Command)
@_folder
def new_rule(folder: Path) -> int:
    """逐项提问，写出一条新规则及其示例并试运行。"""
    from contract_audit import engine
    from contract_audit.authoring.draft import ENOUGH, write_rule

    pack = engine.load_rules(folder)
    path, failures = write_rule(_ask(pack), pack, folder)
    for failure in failures:
        click.echo(f"{failure.kind}：{failure.message}\n    {failure.text}")
    click.echo(f"已写入 {path}")
    if failures:
        click.echo("示例不符，规则状态为 draft（不运行）；改好后把 status 改为 trial，再运行 rules test")
        return 1
    click.echo(f"应提示和不应提示的示例各满 {ENOUGH} 个且全部相符的为 trial，否则为 draft；用 rules test --deep 复核")
    return 0


def _ask(pack: "Pack") -> "Answers":
    from contract_audit.authoring.draft import Answers, words

    categories = {code: f"{category.name}（{code}）" for code, category in pack.taxonomy.categories.items()}
    category = _choose("问题类别（可输入名称的一部分）", categories)
    title = _text("规则名称")
    slug = _text("文件名（英文小写、下划线）", "new_rule")
    side = _SIDES[_choose("看谁的约定", {name: name for name in _SIDES})]
    groups = tuple(
        words(line) for line in _many("词组（同组的词有一个即可，用顿号分开；@开头为词表；各组都要有；空行结束）", 1)
    )
    unless = tuple((label, words(line)) for label, line in _pairs("例外的说明（空行结束）", "例外的词（用顿号分开）"))
    laws = {key: f"《{law.title}》{law.number or ''}（{law.in_force_from}起）" for key, law in pack.laws.items()}
    basis = [(_choose("依据的法律（可输入名称的一部分）", laws), _text("第几条（只写数字；全文填空）", ""))]
    while click.confirm("还有别的依据吗", default=False):
        basis.append((_choose("依据的法律", laws), _text("第几条", "")))
    grades: dict[Severity, str] = {"high": "高", "medium": "中", "low": "低"}
    return Answers(
        category=category,
        title=title,
        slug=slug,
        side=side,
        groups=groups,
        unless=unless,
        basis=tuple(basis),
        severity=_choose("等级", grades),
        grade_reason=_text("定级理由"),
        message=_text("提示语（一句话，{quote} 代表所引的词）", title + "（{quote}）"),
        remedy=_text("建议改为（可直接替换的条文）"),
        departments=words(_text("会同部门（用顿号分开）", "司法")),
        flags=tuple((line, "") for line in _many("应当提示的例句，一行一句（不少于 4 句，空行结束）", 1)),
        lookalikes=tuple(_pairs("相似而不应提示的例句（不少于 4 句，空行结束）", "不提示的理由", 1)),
    )


def _text(question: str, default: str | None = None) -> str:
    return str(click.prompt(question, default=default, show_default=bool(default))).strip()


def _choose(question: str, choices: dict[T, str]) -> T:
    """The key chosen by number, or by a part of its words that only one has."""
    shown = dict(choices)
    while True:
        keys = list(shown)
        for number, key in enumerate(keys[:_CHOICES_SHOWN], start=1):
            click.echo(f"  {number}. {shown[key]}")
        if len(keys) > _CHOICES_SHOWN:
            click.echo(f"  …共 {len(keys)} 项，请输入名称的一部分")
        answer = _text(question)
        if answer.isdecimal() and 1 <= int(answer) <= min(len(keys), _CHOICES_SHOWN):
            return keys[int(answer) - 1]
        near = {key: words for key, words in choices.items() if answer in words}
        if len(near) == 1:
            return next(iter(near))
        click.echo(f"与“{answer}”相符的有 {len(near)} 项")
        shown = near or dict(choices)


def _many(question: str, least: int) -> list[str]:
    click.echo(question)
    lines: list[str] = []
    while True:
        line = _text(f"  {len(lines) + 1}", "")
        if line:
            lines.append(line)
        elif len(lines) >= least:
            return lines


def _pairs(question: str, second: str, least: int = 0) -> list[tuple[str, str]]:
    click.echo(question)
    pairs: list[tuple[str, str]] = []
    while True:
        line = _text(f"  {len(pairs) + 1}", "")
        if line:
            pairs.append((line, _text(f"  {second}", "")))
        elif len(pairs) >= least:
            return pairs


@click.command("export", cls=Command, no_args_is_help=True)
@click.argument("rule_ids", metavar="[编号]…", nargs=-1)
@click.option(
    "-o", "--output", metavar="文件", required=True, type=click.Path(path_type=Path), help="工作簿（.xlsx）。"
)
@click.option(
    "--rules", "folder", metavar="目录", type=click.Path(path_type=Path), help="规则目录；默认用随程序安装的规则。"
)
def export_workbook(rule_ids: tuple[str, ...], output: Path, folder: Path | None) -> int:
    """把规则写成 Excel 工作簿，供修改后用 rules import 读回。"""
    from contract_audit import engine
    from contract_audit.authoring.sheet import export_rules
    from contract_audit.settings import rules_dir

    pack = engine.load_rules(folder)
    only = frozenset(number.upper() for number in rule_ids)
    unknown = only - {rule.id for rule in pack.rules}
    if unknown:
        raise click.UsageError(f"没有规则 {'、'.join(sorted(unknown))}")
    click.echo(f"已生成 {output}，{export_rules(pack, folder or rules_dir(), output, only)} 条规则")
    return 0


@click.command("import", cls=Command, no_args_is_help=True)
@click.argument("workbook", metavar="文件", type=click.Path(path_type=Path))
@_folder
def import_workbook(workbook: Path, folder: Path) -> int:
    """读回修改过的工作簿：有一条规则不成立就一条也不写。"""
    from contract_audit import engine
    from contract_audit.authoring.sheet import import_rules

    changed = import_rules(workbook, folder, engine.load_rules(folder))
    for path in changed:
        click.echo(f"已改 {path}")
    click.echo(f"改动 {len(changed)} 条规则，请运行 rules test")
    return 0


@click.command("diff", cls=Command, no_args_is_help=True)
@click.argument("old", metavar="旧规则目录", type=click.Path(path_type=Path))
@click.argument("new", metavar="新规则目录", type=click.Path(path_type=Path))
@click.option(
    "--corpus", "papers", metavar="路径", multiple=True, required=True, type=click.Path(path_type=Path),
    help="用来比较的协议文件或文件夹，可重复。",
)  # fmt: skip
@click.option("--as-of", metavar="日期", type=day, help="基准日；默认今天。")
@click.option("--jobs", metavar="数目", type=at_least(1), help="同时处理的进程数；默认等于处理器数。")
def diff(old: Path, new: Path, papers: tuple[Path, ...], as_of: date | None, jobs: int | None) -> int:
    """在同样的协议上比较两套规则：新增、不再提示和有变化的问题；有差别时退出码为 1。"""
    from contract_audit import batch, engine
    from contract_audit.authoring.diff import changes

    options = batch.Options(as_of=as_of or date.today(), jobs=jobs or 0)
    scans = [batch.scan(papers, engine.load_rules(folder), options) for folder in (old, new)]
    found = changes(scans[0], scans[1])
    for change in found:
        click.echo(_change_line(change))
    for scan in scans:
        for item in scan.skipped:
            click.echo(f"未能读取 {item.name}：{item.message}", err=True)
    counts = "，".join(f"{title} {sum(change.kind == kind for change in found)}" for kind, title in _KINDS.items())
    click.echo(f"{len(scans[1].audits)} 份协议：{counts}")
    return 1 if found else 0


def _change_line(change: "Change") -> str:
    finding = change.finding
    place = f"{finding.document} {finding.clause or ''}".strip()
    told = f"（{change.what}）" if change.what else ""
    return f"{_KINDS[change.kind]}　{place}　{finding.rule} {finding.title}　“{' '.join(finding.quote.split())}”{told}"


@click.command("book", cls=Command)
@click.option(
    "-o", "--output", metavar="目录", default="规则手册", type=click.Path(path_type=Path), help="写入的目录。"
)
@click.option(
    "--rules", "folder", metavar="目录", type=click.Path(path_type=Path), help="规则目录；默认用随程序安装的规则。"
)
def book(output: Path, folder: Path | None) -> int:
    """生成规则手册：每条规则一页（含义、依据、示例、例外、误报记录），供法律人员阅读。"""
    from contract_audit import engine
    from contract_audit.authoring.book import write_book

    pages = write_book(engine.load_rules(folder), output)
    click.echo(f"已生成 {output / 'index.html'}，共 {pages} 页")
    return 0
