"""The extractor in the form the values scorer calls: `(text, ref_date) -> [{kind, start, end, normal}]`."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from contract_audit.extract import values_in
from contract_audit.model import Value


def extract(text: str, ref_date: str) -> list[dict[str, Any]]:
    """Values of `text` as dictionaries; those found but not readable (no figure at all) are left out."""
    found = []
    for value in values_in(text, date.fromisoformat(ref_date)):
        normal = _NORMAL[value.kind](value)
        if normal is not None:
            found.append({"kind": value.kind, "start": value.start, "end": value.end, "normal": normal})
    return found


def _date(value: Value) -> str | None:
    if value.since is None and value.until is None:
        return None
    edges = (_edge(value.since, value.since_time), _edge(value.until, value.until_time))
    return edges[0] if edges[0] == edges[1] else "/".join(edges)


def _edge(day: date | None, clock: time | None) -> str:
    if day is None:
        return ".."
    return f"{day.isoformat()}T{clock:%H:%M}" if clock else day.isoformat()


def _bounds(value: Value) -> dict[str, str | None] | None:
    if value.low is None and value.high is None:
        return None
    return {"min": _plain(value.low), "max": _plain(value.high)}


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _money(value: Value) -> dict[str, str | None] | None:
    bounds = _bounds(value)
    return bounds and {**bounds, "currency": value.currency, "per": value.per}


def _percent(value: Value) -> dict[str, str | None] | None:
    bounds = _bounds(value)
    return bounds and {**bounds, "per": value.per}


def _number(value: Value) -> dict[str, str | None] | None:
    bounds = _bounds(value)
    return bounds and {**bounds, "unit": value.unit}


def _recurrence(value: Value) -> dict[str, str | None]:
    return {"every": value.every, "at": value.at}


def _duration(value: Value) -> dict[str, str | bool | None]:
    return {"min": value.low_iso, "max": value.high_iso, "workday": value.workday}


def _deadline(value: Value) -> dict[str, str | bool | None]:
    return {"anchor": value.anchor, "offset": value.offset, "direction": value.direction, "workday": value.workday}


_NORMAL: dict[str, Any] = {
    "date": _date,
    "recurrence": _recurrence,
    "duration": _duration,
    "deadline": _deadline,
    "money": _money,
    "area": _bounds,
    "percent": _percent,
    "number": _number,
}
