"""click in Chinese: help pages, and one clear line for every wrong use."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import click

_HELP = "显示本帮助。"


class _ChineseHelp(click.Command):
    """The parts of a help page that a command and a group share."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """用法 instead of Usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Options stand as [选项]."""
        return [piece.replace("[OPTIONS]", "[选项]") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """选项 instead of Options."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help with a Chinese line."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Arguments that nobody asked for are named in Chinese."""
        rest = super().parse_args(ctx, args)
        if ctx.args and not isinstance(self, click.Group):
            raise click.UsageError(f"多余的参数：{' '.join(ctx.args)}", ctx)
        return rest


class Command(_ChineseHelp):
    """A command with a Chinese help page; arguments beyond the known ones are named."""

    allow_extra_args = True


class Group(_ChineseHelp, click.Group):
    """A group of commands with a Chinese help page; unknown commands are answered with the nearest."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then 命令 instead of Commands."""
        super().format_options(ctx, formatter)
        commands = [(name, command) for name in self.list_commands(ctx) if (command := self.get_command(ctx, name))]
        with formatter.section("命令"):
            formatter.write_dl([(name, command.get_short_help_str(limit=80)) for name, command in commands])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Commands stand as 命令 [参数]…."""
        return ["[选项]", "命令", "[参数]…"]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were added: the common ones first."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Unknown names are an error of use in Chinese."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(f"没有命令 {args[0]}{_nearest(args[0], self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)


class LateGroup(Group):
    """A group whose commands are imported when they are asked for: `module` holds them as COMMANDS."""

    def __init__(self, module: str, name: str, about: str) -> None:
        """`about` is the help text of the group."""
        super().__init__(name=name, help=about)
        self._module = module

    def list_commands(self, ctx: click.Context) -> list[str]:
        """As the module lists them."""
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, if there is one."""
        self._load()
        return super().get_command(ctx, cmd_name)

    def _load(self) -> None:
        if not self.commands:
            for part in import_module(self._module).COMMANDS:
                self.add_command(part)


def day(value: str) -> date:
    """An option's value as a date; the error shows the form."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"“{value}”不是日期，请写成 2026-06-30") from None


def one_of(*words: str) -> Callable[[str], str]:
    """A type of option whose value is one of `words`."""

    def chosen(value: str) -> str:
        if value not in words:
            raise click.BadParameter(f"“{value}”不在可选值之内：{'、'.join(words)}")
        return value

    return chosen


def at_least(least: int) -> Callable[[str], int]:
    """A type of option whose value is a whole number of at least `least`."""

    def whole(value: str) -> int:
        if not value.isascii() or not value.isdecimal() or int(value) < least:
            raise click.BadParameter(f"“{value}”不是不小于 {least} 的整数")
        return int(value)

    return whole


def error_line(error: click.ClickException) -> str:
    """A wrong use in one Chinese line, with the command that shows the help."""
    context = getattr(error, "ctx", None)
    message = _message(error)
    return f"{message}（用法见 {context.command_path} --help）" if context is not None else message


def _message(error: click.ClickException) -> str:
    for kind, words in _MESSAGES.items():
        if isinstance(error, kind):
            return words(error)
    return error.message


def _nearest(name: str, names: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, names, n=1)
    return f"，是否指 {near[0]}" if near else f"，可用的有：{'、'.join(names)}"


def _option_name(error: Any) -> str:
    return str(error.option_name)


def _parameter_name(error: Any) -> str:
    if error.param is None:
        return ""
    return error.param.opts[0] if isinstance(error.param, click.Option) else error.param.make_metavar(error.ctx)


def _no_such_option(error: Any) -> str:
    near = f"，是否指 {error.possibilities[0]}" if error.possibilities else ""
    return f"没有选项 {_option_name(error)}{near}"


# Most special first: a missing parameter is also a bad one.
_MESSAGES: dict[type[click.ClickException], Callable[[Any], str]] = {
    click.NoSuchOption: _no_such_option,
    click.BadOptionUsage: lambda error: f"选项 {_option_name(error)} 的写法不对，请检查其后是否缺少值或多写了值",
    click.MissingParameter: lambda error: f"缺少 {_parameter_name(error)}",
    click.BadParameter: lambda error: f"{_parameter_name(error)}：{error.message}",
}
