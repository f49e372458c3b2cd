"""The command contract-audit: parse, call one function, print, exit.

Nothing heavy is imported before a command runs: `--help` answers at once.
Exit codes: 0 nothing at or above the gate, 1 findings at or above it, 2 wrong use or broken rules, 3 some documents not
(fully) read; the first of 2, 3, 1 that applies.
"""

import io
import signal
import sys

import click

from contract_audit import __version__
from contract_audit.cli.chinese_click import Group, LateGroup, error_line
from contract_audit.cli.obligations import obligations
from contract_audit.cli.report import report
from contract_audit.cli.review import review
from contract_audit.cli.rules import rules
from contract_audit.cli.scan import scan
from contract_audit.cli.show import explain, show
from contract_audit.errors import ContractAuditError

INTERRUPTED = 130  # the shell's code for a program ended by Ctrl-C


@click.group(cls=Group, context_settings={"max_content_width": 110})
@click.version_option(__version__, "--version", message="contract-audit %(version)s", help="显示版本。")
def command() -> None:
    """招商引资协议合规与履约审查（离线）：成批读取协议，逐条提示违法、越权承诺和逾期义务，生成问题清单。"""


ledger = LateGroup(
    "contract_audit.cli.ledger",
    "ledger",
    "问题整改台账：收录扫描结果和外来台账，确认、交办、整改、核查、销号，一项不漏，改动可查。",
)
for _part in (scan, review, obligations, report, ledger, show, explain, rules):
    command.add_command(_part)


def main() -> None:
    """Run the command; every error that a user can mend is one Chinese line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: what lies in temporary folders is removed
    sys.exit(_code())


def _code() -> int:
    try:
        result = command.main(prog_name="contract-audit", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message)
        return 2
    except click.ClickException as error:
        click.echo(f"错误：{error_line(error)}", err=True)
        return 2
    except ContractAuditError as error:
        click.echo(f"错误：{error}", err=True)
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断，未生成结果。", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    return result if isinstance(result, int) else 0
