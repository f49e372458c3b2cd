"""How many days a deadline counted from an event lasts."""

import re

_OFFSET = re.compile(r"P(?P<number>[0-9]+)(?P<unit>[DWMY])")
DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}


def days_of(offset: str, *, workday: bool = False) -> int | None:
    """Calendar days of an ISO duration of one unit, working days at five of seven; None for other texts."""
    match = _OFFSET.fullmatch(offset)
    if match is None:
        return None
    days = int(match["number"]) * DAYS[match["unit"]]
    return days * 7 // 5 if workday else days
