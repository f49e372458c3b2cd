"""`contract-audit rules …`: for those who write rules."""

from datetime import date
from pathlib import Path

import click

from contract_audit.cli.chinese_click import Command, Group, day
from contract_audit.cli.rule_writing import book, diff, export_workbook, import_workbook, new_rule

_folder = click.option(
    "--rules", "folder", metavar="目录", type=click.Path(path_type=Path), help="规则目录；默认用随程序安装的规则。"
)


@click.group(cls=Group)
def rules() -> None:
    """查看、检查和试运行规则。"""


for _part in (new_rule, export_workbook, import_workbook, diff, book):
    rules.add_command(_part)


@rules.command("list", cls=Command)
@_folder
def list_rules(folder: Path | None) -> int:
    """列出全部规则：编号、等级、类别、名称。"""
    from contract_audit import engine
    from contract_audit.reports.wording import SEVERITIES

    pack = engine.load_rules(folder)
    for rule in pack.rules:
        category = pack.taxonomy.categories[rule.category].name
        click.echo(f"{rule.id}  {SEVERITIES[rule.severity]}  {category}  {rule.title}")
    click.echo(f"共 {len(pack.rules)} 条，规则版本 {pack.info.version}")
    return _broken(pack.broken)


@rules.command("show", cls=Command, no_args_is_help=True)
@click.argument("rule_id", metavar="编号")
@_folder
def show_rule(rule_id: str, folder: Path | None) -> int:
    """显示一条规则：依据、条件、文字和示例。"""
    from contract_audit import engine
    from contract_audit.cli.rule_text import rule_lines

    pack = engine.load_rules(folder)
    rule = next((rule for rule in pack.rules if rule.id == rule_id.upper()), None)
    if rule is None:
        from difflib import get_close_matches

        near = get_close_matches(rule_id.upper(), [rule.id for rule in pack.rules], n=3)
        raise click.UsageError(f"没有规则 {rule_id}" + (f"，相近的有 {'、'.join(near)}" if near else ""))
    for line in rule_lines(rule, pack):
        click.echo(line)
    return 0


@rules.command("test", cls=Command)
@click.argument("rule_ids", metavar="[编号]…", nargs=-1)
@click.option("--deep", is_flag=True, help="另作变形试验：改写标点数字等之后结果应不变，查找不起作用的条件。")
@_folder
def test_rules(rule_ids: tuple[str, ...], deep: bool, folder: Path | None) -> int:
    """运行规则自带的示例：应提示的要提示，相似而合法的不得提示。"""
    from contract_audit import engine, trial

    pack = engine.load_rules(folder)
    only = frozenset(rule_id.upper() for rule_id in rule_ids)
    unknown = only - {rule.id for rule in pack.rules}
    if unknown:
        raise click.UsageError(f"没有规则 {'、'.join(sorted(unknown))}")
    failures = trial.run_examples(pack, only) + (trial.run_deep(pack, only) if deep else ())
    for failure in failures:
        click.echo(f"{failure.rule} {failure.kind}：{failure.message}\n    {failure.text}")
    tried = [rule for rule in pack.rules if not only or rule.id in only]
    examples = sum(len(getattr(rule.examples, kind)) for rule in tried for kind in rule.examples.__struct_fields__)
    click.echo(f"{len(tried)} 条规则，{examples} 个示例，{len(failures)} 处不符")
    return 1 if failures else _broken(pack.broken)


@rules.command("try", cls=Command, no_args_is_help=True)
@click.argument("text", metavar="条文")
@click.option("--signed-on", metavar="日期", type=day, help="假定的签订日期。")
@click.option("--as-of", metavar="日期", type=day, help="假定的基准日。")
@_folder
def try_text(text: str, signed_on: date | None, as_of: date | None, folder: Path | None) -> int:
    """把一段条文当作县政府与企业协议中的一条来审查。"""
    from contract_audit import engine, trial
    from contract_audit.reports.wording import SEVERITIES, VERDICTS

    if not text.strip():
        raise click.UsageError("条文是空的")
    audit = trial.try_text(text, engine.load_rules(folder), signed_on=signed_on, as_of=as_of)
    start = audit.understanding.document.text.find(text.strip())
    own = [finding for finding in audit.findings if start <= finding.start < start + len(text.strip())]
    for finding in own:
        head = f"{finding.rule} {SEVERITIES[finding.severity]} {VERDICTS[finding.verdict]} {finding.title}"
        click.echo(f"{head}\n    “{finding.quote}”：{finding.message}\n    建议：{finding.remedy}")
    whole = len(audit.findings) - len(own)
    click.echo(
        f"共 {len(own)} 项" + (f"；另有 {whole} 项针对整份协议（如缺少程序、缺少条款），此处不列" if whole else "")
    )
    return 0


@rules.command("lint", cls=Command)
@click.option("--as-of", metavar="日期", type=day, help="按哪一天检查依据是否仍在施行；默认今天。")
@_folder
def lint_rules(as_of: date | None, folder: Path | None) -> int:
    """检查规则文件：格式、引用、依据是否失效、示例是否齐全。"""
    from contract_audit import engine

    pack = engine.load_rules(folder)
    faults = engine.lint(pack, as_of or date.today(), folder)
    for fault in faults:
        click.echo(f"{fault.file}：{f'{fault.field}：' if fault.field else ''}{fault.message}")
    click.echo(f"{len(pack.rules)} 条规则，{len(faults)} 处问题")
    return 2 if faults else 0


@rules.command("schema", cls=Command)
@_folder
def schema(folder: Path | None) -> int:
    """输出规则文件的 JSON Schema（带中文说明），供编辑器提示和校验。"""
    import msgspec

    from contract_audit import engine
    from contract_audit.authoring.schema import rule_schema

    encoded = msgspec.json.encode(rule_schema(engine.load_rules(folder)))
    click.echo(msgspec.json.format(encoded, indent=2).decode())
    return 0


def _broken(broken: tuple[tuple[str, str], ...]) -> int:
    for name, message in broken:
        click.echo(f"规则未加载 {name}：{message}", err=True)
    return 2 if broken else 0
