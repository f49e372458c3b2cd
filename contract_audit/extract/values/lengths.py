"""Lengths of time from number runs: 18个月, 1年6个月, 15-30日, 一年半, in ISO 8601."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from contract_audit.extract.values.bounds import amount
from contract_audit.extract.values.units import Token


class Length(NamedTuple):
    """A length of time over one or more tokens (1年6个月, 15-30日)."""

    start: int
    end: int
    low: str | None
    high: str | None
    workday: bool
    first: int  # where its first number starts
    last: int  # where its last unit ends
    used: int


_AND_A_HALF = "half month more"  # 一个半月
_HALF = re.compile(r"零?半(?!数|年|月|个)")


def length_at(text: str, run: list[Token], index: int) -> Length:
    """The length that begins with token `index` of the run of tokens over masked `text`."""
    token = run[index]
    parts = [(token.value or Decimal(0), code(token) if token.unit else "")]
    end, count = token.end, 1
    half = _HALF.match(text, end)
    following = run[index + 1] if index + 1 < len(run) else None
    if half and token.unit is not None and token.unit.code in "YM":
        parts[0] = (parts[0][0] + Decimal("0.5"), parts[0][1])
        end = half.end()
    elif following is not None and _continues(text, token, following):
        parts.append((following.value or Decimal(0), code(following)))
        end, count = following.end, 2
    read = amount(text, run, index)
    if count == 1 and end == token.end and read.used == 2 and following is not None:
        lower, upper = (
            iso([(read.low or Decimal(0), code(token if token.unit else following))], following),
            iso([(read.high or Decimal(0), code(following))], following),
        )
        return Length(read.start, read.end, lower, upper, code(following) == "W", token.start, following.end, 2)
    whole = iso(parts, token)
    low = None if read.low is None and count == 1 else whole
    high = None if read.high is None and count == 1 else whole
    start = read.start
    return Length(
        start, max(end, read.end) if count == 1 else end, low, high, code(token) == "W", token.start, end, count
    )


def _continues(text: str, token: Token, following: Token) -> bool:
    """1年6个月, 2年零3个月, 3个月15天."""
    if token.unit is None or following.unit is None or following.unit.kind != "period" or following.value is None:
        return False
    order = "YMDH"
    if token.unit.code not in order or following.unit.code not in order:
        return False
    gap = text[token.end : following.start]
    return order.index(token.unit.code) < order.index(following.unit.code) and gap in ("", "零", "又")


def code(token: Token) -> str:
    """The designator of the token's unit; days where it has none."""
    return token.unit.code if token.unit else "D"


def iso(parts: list[tuple[Decimal, str]], token: Token) -> str:
    """ISO 8601 duration. Half years and half months are 6 months and 15 days; working days count as days."""
    return _written(tuple(parts), token.unit.factor if token.unit else Decimal(1))


@lru_cache(maxsize=1024)
def _written(parts: tuple[tuple[Decimal, str], ...], factor: Decimal) -> str:
    years = months = days = hours = Decimal(0)
    for value, letter in parts:
        if letter == "Y":
            years += value
        elif letter == "M":
            months += value * factor
        elif letter == _AND_A_HALF:
            months += value + Decimal("0.5")
        elif letter == "H":
            hours += value
        else:
            days += value * (factor if letter == "D" else 1)
    if years % 1:
        months, years = months + years % 1 * 12, years // 1
    if months % 1:
        days, months = days + months % 1 * 30, months // 1
    date_part = "".join(
        f"{_trim(value)}{letter}" for value, letter in ((years, "Y"), (months, "M"), (days, "D")) if value
    )
    return f"P{date_part}" + (f"T{_trim(hours)}H" if hours else "") if date_part or hours else "P0D"


def _trim(value: Decimal) -> str:
    return format(value.normalize(), "f")
