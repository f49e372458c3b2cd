"""Offsets from a day that the paper names by a letter: T日为交地之日 … T+30日, T+2~4个月, T-10日, T日."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from contract_audit.chinese.numerals import RUN, number
from contract_audit.extract.duties.defined import defined_days
from contract_audit.extract.duties.nodes import Columns
from contract_audit.model import Provision


class NamedOffset(NamedTuple):
    """A span, the event of the named day, and how long after (or before) it."""

    start: int
    end: int
    event: str
    offset: str
    before: bool
    workday: bool


_UNIT = r"个?工作日|个?自然日|个?自然月|个?月|个?季度|个?星期|周|日历[天日]|[日天年]"
_LINK = r"\s*[-~～—至到]{1,2}\s*"
_PLUS = re.compile(
    rf"(?P<name>(?<![A-Za-z])[A-Z]0?)\s*日?\s*(?P<sign>[+＋加]|[-－−–减])\s*(?P<n>{RUN})(?:\s*(?P<unit>{_UNIT}))?"
    rf"(?:{_LINK}(?:[A-Z]0?\s*日?\s*[+＋])?(?P<n2>{RUN})\s*(?P<unit2>{_UNIT})?)?(?![0-9])"
    r"(?P<half>零?半)?(?:之内|以内|内|之前|以前|前|止)?"
)
_ON_THE_DAY = re.compile(r"(?P<name>[A-Z]0?)\s*日?(?:当[日天])?")
_HEADS = re.compile(r"\s*[：:，,]\s*")  # T+30日内：甲方交付土地
_IN_HEAD = re.compile(r"[（(](?:单位[：:])?(?P<unit>工作日|[日天月周年])[）)]")
_SAYS_UNIT = r"{name}\s*日?\s*[+＋]\s*[A-Za-z]\s*(?P<unit>{units})"
_DAYS = {"周": 7, "期": 7}
_MONTHS = {"月": 1, "度": 3, "年": 12}


def named_offsets(text: str, provision: Provision, table: Columns) -> Iterator[NamedOffset]:
    """The offsets in the provision, or right before it at the head of its line, from days that the text defines."""
    days = {name: event for name, event in defined_days(text) if name.isascii()}
    if not days:
        return
    line = text.rfind("\n", 0, provision.start) + 1
    heads = (
        one for one in _PLUS.finditer(text, line, provision.start) if _HEADS.fullmatch(text, one.end(), provision.start)
    )
    start = next((one.start() for one in heads), provision.start)
    for match in _PLUS.finditer(text, start, provision.end):
        offset = _offset(text, match, table)
        if match["name"] in days and offset is not None:
            before, workday = match["sign"] not in "+＋加", "工作" in (_unit(text, match, table) or "")
            yield NamedOffset(match.start(), match.end(), days[match["name"]], offset, before, workday)
    for low, high in table.cells:
        bare = _ON_THE_DAY.fullmatch(text[low:high].strip())
        if bare is not None and bare["name"] in days and table.is_time(low):
            yield NamedOffset(low, high, days[bare["name"]], "P0D", before=False, workday=False)


def _unit(text: str, match: re.Match[str], table: Columns) -> str | None:
    """The unit as written, as the head of the column gives it, or as T+N个月指… does."""
    if match["unit2"] or match["unit"]:
        return match["unit2"] or match["unit"]
    head = _IN_HEAD.search(table.head(match.start())) if table.heads else None
    said = head or re.search(_SAYS_UNIT.format(name=match["name"], units=_UNIT), text)
    return said["unit"] if said else None


def _offset(text: str, match: re.Match[str], table: Columns) -> str | None:
    unit, count = _unit(text, match, table), number(match["n2"] or match["n"])
    if unit is None or count is None:
        return None
    count += Decimal("0.5") if match["half"] else 0
    months = _MONTHS.get(unit[-1])
    if months is None:
        return f"P{count * _DAYS.get(unit[-1], 1):f}D"
    whole, rest = divmod(count * months, 1)
    return f"P{whole:f}M" + (f"{rest * 30:.0f}D" if rest else "")
