"""`contract-audit report`: one paper from files, a findings.jsonl or a ledger."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_audit.cli.chinese_click import Command, at_least, day
from contract_audit.cli.scan import print_unread, progress_bar

if TYPE_CHECKING:
    from contract_audit.model import Finding, Scan
    from contract_audit.model.ledger import LedgerItem
    from contract_audit.reports.kinds import Kind
    from contract_audit.reports.material import Material
    from contract_audit.rulespec import Pack

MARKED = "标注原件"
FORMATS = "数据格式"
_SQLITE = b"SQLite format 3"
_file = partial(click.option, metavar="文件", type=click.Path(path_type=Path))


class _Inputs:
    """What the user gave, told apart by content: files to scan, findings.jsonl, ledgers."""

    def __init__(self, given: tuple[str, ...]) -> None:
        self.ledgers = [text for text in given if "://" in text or _is_sqlite(Path(text))]
        rest = [Path(text) for text in given if text not in self.ledgers]
        self.findings = [path for path in rest if path.suffix.lower() == ".jsonl"]
        self.paths = tuple(path for path in rest if path not in self.findings)
        if len(self.ledgers) > 1:
            raise click.UsageError("一次只能用一个台账")
        if self.findings and (self.paths or self.ledgers):
            raise click.UsageError("findings.jsonl 不能与其他来源同时使用")


_KINDS = """\b
种类：问题清单 联系人表 失信事项台账 摸底表 督办单 核查销号表 月调度表
      进展统计 年度总结 合法性审查意见书 招商合同审查意见 标注原件 数据格式"""


@click.command(cls=Command, no_args_is_help=True, epilog=_KINDS)
@click.argument("kind", metavar="种类")
@click.argument("inputs", metavar="来源…", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="文件或文件夹",
    required=True,
    type=click.Path(path_type=Path),
    help="输出位置；每份协议一件的，写文件夹。",
)
@click.option("--as-of", metavar="日期", type=day, help="基准日，如 2026-06-30；默认今天。")
@click.option("--since", metavar="日期", type=day, help="月调度表的起始日；默认基准日所在月的 1 日。")
@click.option("--unit", metavar="单位", help="只列该单位（所属或责任单位）的事项。")
@_file("--template", help="自己的 xlsx 表样：按表头填入，样式、公式、合并单元格不变。")
@click.option("--include-secret", is_flag=True, help="标有密级的文件也列入；默认不列入，只写明名称。")
@click.option("--jobs", metavar="数目", type=at_least(1), help="同时处理的进程数；默认等于处理器数。")
@_file("--performance", multiple=True, help="履约情况表，可重复。")
@_file("--institutions", help="机构沿革表。")
@_file("--register", help="项目台账。")
@_file("--local", help="地方参数（yaml）。")
@_file("--rules", "rules_folder", metavar="目录", help="规则目录；默认用随程序安装的规则。")
def report(
    kind: str, inputs: tuple[str, ...], output: Path, as_of: date | None, since: date | None, unit: str | None,
    template: Path | None, include_secret: bool, jobs: int | None, performance: tuple[Path, ...],
    institutions: Path | None, register: Path | None, local: Path | None, rules_folder: Path | None,
) -> int:  # fmt: skip
    """出具一种表或文书；来源写协议文件（夹）、findings.jsonl 或台账文件。"""
    from contract_audit import batch, engine
    from contract_audit.casefile import load_companions

    if kind == FORMATS:
        return _write_formats(output)
    chosen = _kind(kind)
    given = _Inputs(inputs)
    _check(kind, chosen, given, output, template)
    today = as_of or date.today()
    pack = engine.load_rules(rules_folder)
    options = batch.Options(
        as_of=today, jobs=jobs or 0, companions=load_companions(performance, institutions, register, local)
    )
    scan = _scan(given, pack, options)
    if chosen is None:
        return _write_marked(scan, given, options, output, include_secret)
    material = _material(given, scan, pack, today, since, unit, include_secret)
    for note in material.notes:
        click.echo(f"说明：{note}", err=True)
    _write(kind, chosen, material, output, template)
    return 3 if scan is not None and _is_partly_read(scan) else 0


def _is_partly_read(scan: "Scan") -> bool:
    return bool(scan.skipped) or any(audit.understanding.document.status != "read" for audit in scan.audits)


def _kind(name: str) -> "Kind | None":
    """The kind of that name; None for marked originals, which are no paper of their own."""
    from contract_audit.reports.kinds import KINDS

    if name == MARKED:
        return None
    if name not in KINDS:
        raise click.UsageError(f"没有“{name}”这种文书，可用的有：{'、'.join([*KINDS, MARKED, FORMATS])}")
    return KINDS[name]


def _check(name: str, kind: "Kind | None", given: _Inputs, output: Path, template: Path | None) -> None:
    """Wrong use is said before anything is read."""
    if not (given.paths or given.ledgers or given.findings):
        raise click.UsageError("缺少来源：请写明协议文件（夹）、findings.jsonl 或台账文件")
    if (kind is None or kind.source == "agreements") and not given.paths:
        raise click.UsageError(f"{name}要从协议文件出具，请写明文件或文件夹")
    if kind is not None and kind.source == "items" and not given.ledgers:
        raise click.UsageError(f"{name}要从整改台账出具，请写明台账文件")
    if template is not None and (kind is None or kind.suffix != ".xlsx"):
        raise click.UsageError(f"{name}不是表格，不能用 --template")
    single = kind is not None and not kind.each
    if single and kind is not None and output.suffix.lower() != kind.suffix:
        raise click.UsageError(f"-o {output}：{name}的后缀应为 {kind.suffix}")
    if not single and output.is_file() and (kind is None or output.suffix.lower() != kind.suffix):
        raise click.UsageError(f"-o {output}：每份协议一件，请写文件夹")


def _scan(given: _Inputs, pack: "Pack", options: object) -> "Scan | None":
    from contract_audit import batch

    if not given.paths:
        return None
    assert isinstance(options, batch.Options)
    with progress_bar() as watch:
        result = batch.scan(given.paths, pack, options, watch)
    print_unread(result)
    return result


def _material(
    given: _Inputs, scan: "Scan | None", pack: "Pack", today: date, since: date | None, unit: str | None, secret: bool
) -> "Material":
    from contract_audit.reports.exported import Release, released
    from contract_audit.reports.material import Material, items_of_findings, items_of_scan, without_secret

    shown = released(scan, Release(personal=True, secret=secret)) if scan is not None else None
    if given.ledgers:
        material = _from_ledger(given.ledgers[0], pack, today)
    elif given.findings:
        findings = tuple(finding for path in given.findings for finding in _read_findings(path))
        material = Material(as_of=today, pack=pack, items=items_of_findings(findings, today))
    else:
        material = Material(as_of=today, pack=pack, items=items_of_scan(shown) if shown is not None else ())
    items, left_out = (material.items, ()) if secret else without_secret(material.items)
    notes = (*material.notes, *left_out)
    if scan is not None and shown is not None:
        notes = (*notes, *shown.notes[len(scan.notes) :])
    from msgspec.structs import replace

    return replace(material, scan=shown, items=tuple(_of_unit(items, unit)), notes=notes, since=since)


def _from_ledger(place: str, pack: "Pack", today: date) -> "Material":
    from contract_audit.ledger.as_of import standing
    from contract_audit.ledger.queries import anchor_of
    from contract_audit.ledger.settings import milestones
    from contract_audit.ledger.store import open_ledger, reading
    from contract_audit.reports.material import Material

    with reading(open_ledger(place)) as connection:
        then = standing(connection, today)
        return Material(
            as_of=today,
            pack=pack,
            items=then.items,
            notes=(f"台账另有{then.later}项在基准日以后登记，未列入。",) if then.later else (),
            from_ledger=True,
            milestones=milestones(connection),
            anchor=str(anchor_of(connection)),
        )


def _read_findings(path: Path) -> "tuple[Finding, ...]":
    import msgspec

    from contract_audit.errors import UsageError
    from contract_audit.model import Finding

    decoder = msgspec.json.Decoder(Finding)
    try:
        lines = path.read_bytes().splitlines()
        return tuple(decoder.decode(line) for line in lines if line.strip())
    except OSError as error:
        raise UsageError(f"{path}：无法读取（{error.strerror}），请检查路径") from error
    except msgspec.MsgspecError as error:
        raise UsageError(f"{path}：不是本程序的 findings.jsonl（{error}）") from error


def _of_unit(items: "tuple[LedgerItem, ...]", unit: str | None) -> "Iterator[LedgerItem]":
    return (item for item in items if unit is None or unit in (item.unit, item.owner_unit))


def _write(name: str, kind: "Kind", material: "Material", output: Path, template: Path | None) -> None:
    from contract_audit.reports.atomic import write_bytes
    from contract_audit.reports.kinds import fill_form, make_paper, paper_of_each

    if template is not None:
        content, unknown = fill_form(name, material, _form(template))
        write_bytes(output, content)
        if unknown:
            click.echo(f"说明：表样中这些列没有对应的内容，未填：{'、'.join(unknown)}", err=True)
    elif not kind.each:
        write_bytes(output, make_paper(name, material))
    else:
        audits = paper_of_each(material)
        if output.suffix.lower() == kind.suffix and len(audits) > 1:
            raise click.UsageError(f"-o {output}：共 {len(audits)} 份协议，每份一件，请写文件夹")
        for audit in audits:
            single = output.suffix.lower() == kind.suffix
            path = output if single else output / _file_name(audit.understanding.document.name, f"_{name}{kind.suffix}")
            write_bytes(path, make_paper(name, material, audit))
            click.echo(f"已生成 {path}")
        return
    click.echo(f"已生成 {output}")


def _form(path: Path) -> bytes:
    from contract_audit.errors import UsageError

    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}：表样无法读取（{error.strerror}），请检查路径") from error


def _write_marked(scan: "Scan | None", given: _Inputs, options: object, output: Path, secret: bool) -> int:
    from contract_audit import batch
    from contract_audit.batch.originals import mark_originals
    from contract_audit.model import Skipped
    from contract_audit.reports.atomic import write_bytes
    from contract_audit.reports.exported import Release, released, secret_names

    assert isinstance(options, batch.Options) and scan is not None
    for name in () if secret else secret_names(scan):
        click.echo(f"说明：{name} 标有密级，未加标注（确需标注请加 --include-secret）", err=True)
    shown = released(scan, Release(personal=True, secret=secret))
    complete = not _is_partly_read(scan)
    with progress_bar() as watch:
        originals = mark_originals(shown, given.paths, options.settings, watch, options.jobs or 1)
    for original in originals:
        if isinstance(original.result, Skipped):
            complete = False
            click.echo(f"未标注 {original.name}：{original.result.message}", err=True)
            continue
        place = Path(original.name)
        path = output / place.with_name(f"{place.stem}_标注{place.suffix}")
        write_bytes(path, original.result.content)
        click.echo(f"已生成 {path}（标注 {original.result.placed} 处）")
        for remark in original.result.remarks:
            click.echo(f"说明：{original.name} {remark}", err=True)
        if original.result.unplaced:
            numbers = "、".join(map(str, original.result.unplaced))
            click.echo(
                f"说明：{original.name} 有 {len(original.result.unplaced)} 处不在正文文字上，未标注（第 {numbers} 项）",
                err=True,
            )
    return 0 if complete else 3


def _write_formats(output: Path) -> int:
    """The published schemas of .jsonl and .json, for programs that read them."""
    from contract_audit.reports.atomic import write_bytes
    from contract_audit.reports.scan_schema import NAMES, render_schema

    for name, file in NAMES.items():
        write_bytes(output / file, render_schema(name))
        click.echo(f"已生成 {output / file}")
    return 0


def _file_name(document: str, ending: str) -> str:
    """A flat file name for a document inside folders or archives: 甲/a.zip/b.docx → 甲_a.zip_b_….docx."""
    stem = document.rpartition(".")[0] if "#" not in document else document
    return stem.replace("/", "_").replace("\\", "_") + ending


def _is_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False
