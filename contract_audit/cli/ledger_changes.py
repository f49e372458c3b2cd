"""The commands that change a ledger item by item: init, take, assign, move, prove, note, merge, set."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_audit.cli.chinese_click import Command, at_least, day
from contract_audit.cli.ledger_options import changes, coded, ledger_option, now, numbers_words, who_option
from contract_audit.model.ledger import DISMISSALS, DISPUTES, SOURCES, STATES

if TYPE_CHECKING:
    from contract_audit.ledger.intake import Intake
    from contract_audit.ledger.writer import Writer

_numbers = click.argument("numbers", metavar="编号…", nargs=-1, required=True, type=at_least(1))


@click.command(cls=Command)
@ledger_option
@who_option
@click.option(
    "--start", metavar="日期", type=day, help="专项行动开始日；当年底、次年底、第三年底的目标为 60%、90%、100%。"
)
def init(place: str, who: str, start: date | None) -> None:
    """建立一本空台账（已有的升级到当前版本）。"""
    from contract_audit.ledger.settings import default_milestones, milestones, set_milestones
    from contract_audit.ledger.store import create_ledger
    from contract_audit.ledger.writer import writing

    with writing(create_ledger(place), who, now()) as writer:
        if start is not None or not milestones(writer.connection):
            set_milestones(writer, default_milestones(start or writer.today))
    click.echo(f"台账已就绪：{place.rpartition('@')[2]}")


@click.command(cls=Command, no_args_is_help=True)
@click.argument("path", metavar="扫描结果", type=click.Path(path_type=Path))
@ledger_option
@who_option
@click.option(
    "--source",
    metavar="来源",
    type=coded(SOURCES),
    default="自查",
    help="自查、投诉、审计、巡查、其他；默认自查。",
)
@click.option("--whole", is_flag=True, help="本次扫描包括台账中的全部协议：未出现的协议按没有问题处理。")
@click.option(
    "--rules",
    "rules_folder",
    metavar="目录",
    type=click.Path(path_type=Path),
    help="扫描所用的规则目录；默认用随程序安装的规则。",
)
def take(place: str, path: Path, who: str, source: Any, whole: bool, rules_folder: Path | None) -> None:
    """收录一次扫描的结果（scan -o 结果.json 或 findings.jsonl）：登记新的，认出旧的，原文已不再发现的转待核查。"""
    from functools import lru_cache

    from contract_audit.engine import load_rules
    from contract_audit.ledger.intake import Options, intake_words
    from contract_audit.ledger.intake import take as take_in
    from contract_audit.ledger.scan_file import read_scan
    from contract_audit.reports.wording import basis_line

    scan = read_scan(path)
    rules = frozenset(rule.id for rule in load_rules(rules_folder).rules)
    basis_words = lru_cache(maxsize=None)(basis_line)
    with changes(place, who) as writer:
        result = take_in(writer, scan, Options(basis_words=basis_words, source=source, whole=whole, rules=rules))
    click.echo(intake_words(result))
    _explain(result)


@click.command(cls=Command, no_args_is_help=True)
@_numbers
@ledger_option
@who_option
@click.option("--unit", "owner_unit", metavar="单位", help="整改责任单位。")
@click.option("--owner", metavar="姓名", help="责任人。")
@click.option("--due", metavar="日期", type=day, help="整改时限，如 2026-06-30。")
@click.option("--problem", "own_problem", metavar="文字", help="存在问题（用自己的表述）。")
@click.option("--measure", "own_measure", metavar="文字", help="整改措施。")
@click.option("--feedback", metavar="文字", help="整改情况。")
@click.option("--promised", metavar="文字", help="对企业的承诺事项。")
@click.option("--dispute", metavar="类别", type=coded(DISPUTES), help="纠纷类别。")
@click.option("--region", "unit", metavar="单位", help="地区(单位)。")
@click.option("--words", metavar="文字", default="", help="说明，记入历史。")
def assign(place: str, numbers: tuple[int, ...], who: str, words: str, **values: Any) -> None:
    """交办：定责任单位、责任人、时限，填写措施、情况等。"""
    from contract_audit.ledger.moves import edit

    given = {name: value for name, value in values.items() if value is not None}
    if not given:
        raise click.UsageError("请至少填写一项，如 --unit、--owner、--due")
    with changes(place, who) as writer:
        for number in numbers:
            edit(writer, number, given, words)
    click.echo(f"已修改{numbers_words(numbers)}")


@click.command(cls=Command, no_args_is_help=True)
@_numbers
@ledger_option
@who_option
@click.option(
    "--to",
    metavar="状态",
    required=True,
    type=coded(STATES),
    help="线索、确认、整改中、待核查、销号、排除、存续备案、移送。",
)
@click.option("--words", metavar="文字", help="说明。")
@click.option("--unit", "owner_unit", metavar="单位", help="整改责任单位（转整改中）。")
@click.option("--owner", metavar="姓名", help="责任人。")
@click.option("--due", metavar="日期", type=day, help="整改时限（转整改中）。")
@click.option("--feedback", metavar="文字", help="整改情况（转待核查）。")
@click.option("--reason", metavar="理由", type=coded(DISMISSALS), help=f"排除理由：{'、'.join(DISMISSALS.values())}。")
@click.option("--approver", metavar="姓名", help="批准人（存续备案）。")
@click.option("--number", "document_number", metavar="文号", help="批准或移送文号。")
@click.option("--expires", "expires_on", metavar="日期", type=day, help="有效期（存续备案）。")
@click.option("--to-unit", "referred_to", metavar="单位", help="接收单位（移送）。")
def move(place: str, numbers: tuple[int, ...], who: str, **given: Any) -> None:
    """变更状态；不合规矩的变更会被拒绝并说明原因，几项一起办理时有一项不行就都不办。"""
    from contract_audit.ledger.moves import move as move_item
    from contract_audit.ledger.states import Decision

    with changes(place, who) as writer:
        decision = Decision(who=writer.who, day=writer.today, **given)
        for number in numbers:
            move_item(writer, number, decision)
    click.echo(f"{numbers_words(numbers)}已转为“{STATES[decision.to]}”")


@click.command(cls=Command, no_args_is_help=True)
@click.argument("number", metavar="编号", type=at_least(1))
@click.argument("path", metavar="凭证文件", type=click.Path(path_type=Path))
@ledger_option
@who_option
@click.option("--date", "paper_day", metavar="日期", type=day, required=True, help="凭证的日期。")
@click.option("--words", metavar="文字", default="", help="说明。")
def prove(place: str, number: int, path: Path, who: str, paper_day: date, words: str) -> None:
    """登记整改凭证：记下文件名、SHA-256、日期和登记人（文件本身请另行归档）。"""
    from contract_audit.ledger.moves import prove as register

    with changes(place, who) as writer:
        item = register(writer, number, path, paper_day, words)
    click.echo(f"第{number}项已登记凭证 {path.name}（SHA-256 {item.proofs[-1].sha256}）")


@click.command(cls=Command, no_args_is_help=True)
@click.argument("number", metavar="编号", type=at_least(1))
@click.argument("words", metavar="文字")
@ledger_option
@who_option
def note(place: str, number: int, words: str, who: str) -> None:
    """在一项的历史中留一句批注。"""
    from contract_audit.ledger.moves import note as remark

    with changes(place, who) as writer:
        remark(writer, number, words)
    click.echo(f"第{number}项已批注")


@click.command(cls=Command, no_args_is_help=True)
@click.argument("number", metavar="编号", type=at_least(1))
@click.argument("into", metavar="并入编号", type=at_least(1))
@ledger_option
@who_option
@click.option("--words", metavar="文字", default="", help="说明。")
def merge(place: str, number: int, into: int, who: str, words: str) -> None:
    """把同一问题的两项并为一项：来源、凭证都归到后一项。"""
    from contract_audit.ledger.moves import merge as merge_items

    with changes(place, who) as writer:
        item = merge_items(writer, number, into, words)
    click.echo(f"第{number}项已并入第{into}项，来源：{item.source_words}")


@click.command("set", cls=Command, no_args_is_help=True)
@ledger_option
@who_option
@click.option(
    "--milestone",
    "goals",
    multiple=True,
    metavar="日期=百分数",
    help="整改率目标，如 2026-12-31=60，可重复；整体替换。",
)
@click.option(
    "--escalate",
    "steps",
    multiple=True,
    metavar="天数=措施",
    help="逾期几天采取什么措施，如 30=下达督办单，可重复；整体替换。",
)
@click.option("--renamed-rule", "renamed", multiple=True, metavar="旧=新", help="规则更名，如 TAX003=TAX103，可重复。")
@click.option(
    "--institutions",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="机构沿革表：原名称,现名称,变更日期,承接单位。",
)
def set_up(
    place: str,
    who: str,
    goals: tuple[str, ...],
    steps: tuple[str, ...],
    renamed: tuple[str, ...],
    institutions: Path | None,
) -> None:
    """台账设置：整改率目标、督办层级、规则更名、机构沿革。"""
    from contract_audit.ledger import settings
    from contract_audit.model.ledger import Milestone

    with changes(place, who) as writer:
        if goals:
            given = (_pair("--milestone", goal) for goal in goals)
            settings.set_milestones(
                writer, tuple(Milestone(by=day(by), rate_percent=_number("--milestone", rate)) for by, rate in given)
            )
        if steps:
            pairs = (_pair("--escalate", step) for step in steps)
            settings.set_escalations(
                writer, tuple(settings.Escalation(_number("--escalate", days), words) for days, words in pairs)
            )
        if renamed:
            settings.rename_rules(writer, dict(_pair("--renamed-rule", pair) for pair in renamed))
        if institutions is not None:
            _succeed(writer, institutions)
    click.echo("设置已保存")


def _succeed(writer: "Writer", path: Path) -> None:
    from contract_audit.casefile import load_companions
    from contract_audit.ledger.handover import succeed
    from contract_audit.ledger.settings import set_institutions
    from contract_audit.model.ledger import Institution

    companions = load_companions(institutions=path)
    for remark in companions.notes:
        click.echo(f"说明：{remark}", err=True)
    lines = (
        Institution(former=former, successor=receiver or present, changed_on=changed)
        for former, present, changed, receiver in companions.institutions
    )
    set_institutions(writer, tuple(line for line in lines if line.successor))
    result = succeed(writer)
    if result.changed:
        click.echo(f"责任单位已改为承接单位：{numbers_words(result.changed)}（责任人待重新明确）")
    for former, units in result.split.items():
        click.echo(f"{former} 的业务由 {'、'.join(units)} 分别承接，请逐项用 ledger assign 明确", err=True)


def _explain(result: "Intake") -> None:
    for old, new in result.renamed_documents.items():
        click.echo(f"文件更名：{old} → {new}")
    for numbers, words in (
        (result.gone, "原文不再发现，已转待核查（未销号）"),
        (result.returned, "原文再次发现"),
        (result.unjudged, "本次未读全、未判定或规则已停用，保持原状"),
    ):
        if numbers:
            click.echo(f"{numbers_words(numbers)}：{words}")
    for number, may_be in result.doubts.items():
        click.echo(f"第{number}项可能就是{numbers_words(may_be)}，请核对；确是同一问题的用 ledger merge 合并", err=True)


def _pair(option: str, text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not equals or not left.strip() or not right.strip():
        raise click.BadParameter(f"“{text}”应写成 左=右", param_hint=option)
    return left.strip(), right.strip()


def _number(option: str, text: str) -> int:
    digits = text.strip().rstrip("%％天")
    if not digits.isdecimal():
        raise click.BadParameter(f"“{text}”不是整数", param_hint=option)
    return int(digits)
