"""`contract-audit review`: drafts in, the papers of the joint review out."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_audit.cli.chinese_click import Command, at_least, day, one_of

if TYPE_CHECKING:
    from contract_audit.batch import Options
    from contract_audit.model import Audit, Review, Scan
    from contract_audit.rulespec import Pack

_AT_A_TIME = 8  # drafts whose papers are written side by side
_GATES = {"退回": ("退回",), "修改": ("退回", "修改后通过")}
_file = partial(click.option, metavar="文件", type=click.Path(path_type=Path))


@click.command(cls=Command, no_args_is_help=True)
@click.argument("drafts", metavar="送审稿…", nargs=-1, required=True, type=click.Path(path_type=Path))
@_file("-o", "--output", metavar="目录", help="评审文书写入的文件夹，每份送审稿一个子文件夹；不写只显示结论。")
@_file("--earlier", metavar="路径", multiple=True, help="以前签订的协议文件或者文件夹，用于核对以旧充新，可重复。")
@_file("--previous", help="上一稿（文件；送审稿为文件夹时写上一轮的文件夹，按文件名对应）。")
@_file("--register", help="项目台账：项目名称,企业名称,…,文件。")
@_file("--local", help="地方参数（yaml），如 投资强度_万元每亩: 300。")
@_file("--budget", help="预算文件（csv、xlsx）：年度,预算（万元）。")
@_file("--policy", help="评审规则（yaml）；默认用随程序安装的 joint_review.yaml。")
@click.option("--as-of", metavar="日期", type=day, help="基准日，如 2026-06-30；默认今天。")
@click.option("--jobs", metavar="数目", type=at_least(1), help="同时处理的进程数；默认等于处理器数。")
@click.option("--format", "form", metavar="text|json", type=one_of("text", "json"), default="text", help="显示的格式。")
@click.option("--fail-on", metavar="退回|修改", type=one_of(*_GATES), help="有该结论的送审稿时退出码为 1。")
@_file("--rules", "rules_folder", metavar="目录", help="规则目录；默认用随程序安装的规则。")
@_file("--pack", "packs", metavar="目录", multiple=True, help="省、县加严规则包，可重复，按先省后县的次序。")
def review(
    drafts: tuple[Path, ...], output: Path | None, earlier: tuple[Path, ...], previous: Path | None, register: Path | None,
    local: Path | None, budget: Path | None, policy: Path | None, as_of: date | None, jobs: int | None, form: str,
    fail_on: str | None, rules_folder: Path | None, packs: tuple[Path, ...],
) -> int:  # fmt: skip
    """签约前联合评审：审查送审稿，核对以旧充新，提出通过、修改后通过或者退回的建议和评审文书。"""
    from contract_audit import batch, engine
    from contract_audit.casefile import load_companions
    from contract_audit.review import load_policy, prepare, read_budget

    pack, rule = engine.load_rules(rules_folder, packs), load_policy(policy)
    money = read_budget(budget) if budget else {}
    options = batch.Options(
        as_of=as_of or date.today(),
        mode="draft",
        jobs=jobs or 0,
        companions=load_companions(register=register, local=local),
    )
    scan = batch.scan((*drafts, *earlier), pack, options)
    names = batch.names_below((*drafts, *earlier), drafts, earlier)
    before = _before(previous, pack, options) if previous else {}
    audits = [audit for audit in scan.audits if _is_below(audit, names)]
    reviews = [prepare(audit, rule, previous=_twin(audit, before, len(audits)), budget=money) for audit in audits]
    if output:
        _write_all(reviews, output)
    _show(reviews, form)
    return _exit_code(scan, reviews, names, fail_on)


def _is_below(audit: "Audit", names: frozenset[str]) -> bool:
    """Also papers inside archives and further agreements of one file."""
    name = audit.understanding.document.name
    return name in names or name.partition("#")[0] in names or any(name.startswith(f"{one}/") for one in names)


def _before(previous: Path, pack: "Pack", options: "Options") -> "dict[str, Audit]":
    """The drafts of the round before, by file name; an only one stands for any."""
    from contract_audit import batch

    scan = batch.scan((previous,), pack, options)
    for item in scan.skipped:
        click.echo(f"上一稿未能读取 {item.name}：{item.message}", err=True)
    return {Path(audit.understanding.document.name).name: audit for audit in scan.audits}


def _twin(audit: "Audit", before: "dict[str, Audit]", drafts: int) -> "Audit | None":
    if drafts == 1 and len(before) == 1:
        return next(iter(before.values()))
    return before.get(Path(audit.understanding.document.name).name)


def _write_all(reviews: "list[Review]", output: Path) -> None:
    """The papers of several drafts at a time: most of the time of writing is waiting for the disk."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        for folder, made in pool.map(partial(_write, output=output), reviews):
            click.echo(f"已生成 {folder}（{made} 件）", err=True)


def _write(one: "Review", output: Path) -> tuple[Path, int]:
    """Write the papers of one draft into its folder; the folder and how many there are."""
    from contract_audit.reports import review_papers as papers
    from contract_audit.reports.atomic import write_bytes
    from contract_audit.reports.official_docx import render

    folder = output / one.document.rpartition(".")[0].replace("/", "_")
    made = {papers.CONSOLIDATED: papers.consolidated(one), papers.CHECKLIST: papers.checklist(one)}
    made |= {f"{papers.DEPARTMENT}_{lane.department}": papers.department(one, lane) for lane in one.lanes}
    if one.conclusion != "通过":
        made[papers.RETURNED if one.conclusion == "退回" else "修改通知"] = papers.returned(one)
    for name, parts in made.items():
        write_bytes(folder / f"{name}.docx", render(parts, title=name, day=one.as_of))
    return folder, len(made)


def _show(reviews: "list[Review]", form: str) -> None:
    if form == "json":
        import msgspec

        encoded = msgspec.json.Encoder(decimal_format="string").encode(reviews)
        click.echo(msgspec.json.format(encoded, indent=1).decode())
        return
    for one in reviews:
        click.echo(f"{one.conclusion}　{one.document}　问题 {len(one.items)} 项：{'；'.join(one.reasons)}")


def _exit_code(scan: "Scan", reviews: "list[Review]", names: frozenset[str], fail_on: str | None) -> int:
    for item in scan.skipped:
        click.echo(f"未能读取 {item.name}：{item.message}", err=True)
    if scan.broken_rules:
        return 2
    if scan.skipped or any(audit.understanding.document.status != "read" for audit in scan.audits):
        return 3
    return int(bool(fail_on) and any(one.conclusion in _GATES[fail_on or "退回"] for one in reviews))
