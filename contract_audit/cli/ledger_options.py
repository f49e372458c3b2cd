"""Options and words that the ledger's commands share."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from contract_audit.ledger.store import Ledger
    from contract_audit.ledger.writer import Writer
    from contract_audit.model.ledger import ItemFilter, LedgerItem

DEFAULT_LEDGER = "台账.db"
_COLUMN_GAP = "  "
_PROBLEM_WIDTH = 60

_F = TypeVar("_F", bound=Callable[..., Any])


def now() -> datetime:
    """The moment of a change, with its zone."""
    return datetime.now().astimezone().replace(microsecond=0)


def ledger_option(command: _F) -> _F:
    """--ledger: which ledger."""
    return click.option(
        "--ledger",
        "place",
        metavar="台账",
        default=DEFAULT_LEDGER,
        envvar="CONTRACT_AUDIT_LEDGER",
        help=f"台账文件或 postgresql://… 地址；默认 {DEFAULT_LEDGER}，也可设环境变量 CONTRACT_AUDIT_LEDGER。",
    )(command)


def who_option(command: _F) -> _F:
    """--who: the person behind a change."""
    return click.option(
        "--who",
        metavar="姓名",
        default="",
        envvar="CONTRACT_AUDIT_WHO",
        help="经办人姓名，记入历史；也可设环境变量 CONTRACT_AUDIT_WHO。",
    )(command)


def filter_options(command: _F) -> _F:
    """The options by which items are chosen."""
    from contract_audit.model import ledger as words

    chosen = (
        click.option(
            "--state", "states", multiple=True, metavar="状态", type=coded(words.STATES), help="状态，可重复。"
        ),
        click.option(
            "--source", "sources", multiple=True, metavar="来源", type=coded(words.SOURCES), help="来源，可重复。"
        ),
        click.option(
            "--kind", "kinds", multiple=True, metavar="事项", type=coded(words.KINDS), help="事项种类，可重复。"
        ),
        click.option(
            "--dispute",
            "disputes",
            multiple=True,
            metavar="类别",
            type=coded(words.DISPUTES),
            help="纠纷类别，可重复。",
        ),
        click.option("--unit", metavar="单位", help="地区(单位)。"),
        click.option("--owner-unit", metavar="单位", help="整改责任单位。"),
        click.option("--owner", metavar="姓名", help="责任人。"),
        click.option("--document", metavar="文件", help="文件名（与扫描时相同）。"),
        click.option("--gone", is_flag=True, default=None, help="只看原文已不再发现的。"),
        click.option("--stale", is_flag=True, default=None, help="只看原文有变、原结论需复核的。"),
    )
    for option in reversed(chosen):
        command = option(command)
    return command


def item_filter(**given: Any) -> "ItemFilter":
    """The filter that the options of `filter_options` ask for."""
    from contract_audit.model.ledger import ItemFilter

    return ItemFilter(**{name: value for name, value in given.items() if value not in (None, ())})


def coded(words: Mapping[Any, str]) -> Callable[[str], str]:
    """A type of option whose value is one of the Chinese words (or its code); gives the code."""

    def chosen(value: str) -> str:
        for code, word in words.items():
            if value in (code, word):
                return str(code)
        raise click.BadParameter(f"“{value}”不在可选值之内：{'、'.join(words.values())}")

    return chosen


@contextmanager
def changes(place: str, who: str) -> "Iterator[Writer]":
    """A write transaction on the ledger at `place`."""
    from contract_audit.ledger.store import open_ledger
    from contract_audit.ledger.writer import writing

    with writing(open_ledger(place), who, now()) as writer:
        yield writer


def opened(place: str) -> "Ledger":
    """The ledger at `place`, for reading."""
    from contract_audit.ledger.store import open_ledger

    return open_ledger(place)


def item_line(item: "LedgerItem") -> str:
    """One item in one line of a list."""
    due = item.due.isoformat() if item.due else "未定时限"
    marks = "".join(mark for mark, on in (("〔原文不再发现〕", item.gone_on), ("〔原文有变〕", item.stale)) if on)
    unit = item.owner_unit or item.unit or "单位未填"
    place = " ".join(part for part in (item.document, item.clause) if part)
    problem = shortened(item.problem)
    parts = (f"{item.number:>5}", item.state_words, due, unit, problem, place)
    return _COLUMN_GAP.join(part for part in parts if part) + marks


def shortened(text: str) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _PROBLEM_WIDTH else f"{line[: _PROBLEM_WIDTH - 1]}…"


def numbers_words(numbers: tuple[int, ...]) -> str:
    """Item numbers for a message; many are only counted.

    >>> numbers_words((1, 2, 3))
    '第1、2、3项'
    """
    many = 12
    names = "、".join(map(str, numbers[:many]))
    return f"第{names}项" if len(numbers) <= many else f"第{names}等{len(numbers)}项"


def write_output(path: Path, content: bytes) -> None:
    """Put a file in its place, whole or not at all, and say so."""
    from contract_audit.reports.atomic import write_bytes

    write_bytes(path, content)
    click.echo(f"已生成 {path}")
