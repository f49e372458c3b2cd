"""The obligations calendar to files: .xlsx for dispatch, .ics for calendars, .json for programs."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import msgspec

from contract_audit.errors import ReportError
from contract_audit.model.calendar import Calendar
from contract_audit.reports.atomic import write_bytes
from contract_audit.reports.exported import covered
from contract_audit.rulespec import Pack

Writer = Callable[[Calendar, Pack], bytes]

# Suffix → module, imported when first used.
CALENDAR_WRITERS: dict[str, str] = {
    ".xlsx": "contract_audit.reports.obligations_xlsx",
    ".ics": "contract_audit.reports.obligations_ics",
    ".json": "contract_audit.reports.obligations",
}


def render(calendar: Calendar, _pack: Pack) -> bytes:
    """The calendar as one JSON object; amounts are strings, dates ISO."""
    return msgspec.json.format(msgspec.json.Encoder(decimal_format="string").encode(calendar), indent=1) + b"\n"


def write_calendar(calendar: Calendar, pack: Pack, path: Path) -> None:
    """Write the calendar in the form that the suffix of `path` names, personal numbers covered.

    Raises ReportError where the suffix is unknown or the place cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in CALENDAR_WRITERS:
        raise ReportError(path, f"不认识的输出格式，可用的后缀：{'、'.join(CALENDAR_WRITERS)}")
    writer: Writer = import_module(CALENDAR_WRITERS[suffix]).render
    write_bytes(path, writer(covered(calendar), pack))
