"""duties.ics: open duties and ends of limitation periods as all-day events, by RFC 5545.

Lines end with CRLF and are folded at 75 octets; UIDs come from the words of the duty, so that a calendar that reads the
next month's file moves an event instead of doubling it. The stamp is the scan's day: equal input gives equal bytes.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from contract_audit.model.calendar import Calendar, DutyRow
from contract_audit.reports import wording
from contract_audit.rulespec import Pack

_LINE_OCTETS = 75
_OPEN = ("running", "overdue")
_WARN = "-P7D"
_SUMMARY_CHARS = 60


def render(calendar: Calendar, _pack: Pack) -> bytes:
    """The calendar file as UTF-8 bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//contract_audit//obligations//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped('招商引资协议履约日历')}",
        *(line for row in calendar.duties for line in _events(row, calendar.as_of)),
        "END:VCALENDAR",
    ]
    return "".join(folded(line) for line in lines).encode()


def escaped(text: str) -> str:
    r"""Text of a TEXT value (RFC 5545 3.3.11).

    >>> escaped("甲方；a,b;c")
    '甲方；a\\,b\\;c'
    """
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(char for char in text.replace("\r\n", "\n").replace("\n", "\\n") if char >= " ")


def folded(line: str) -> str:
    """A content line with its CRLF, folded at 75 octets without cutting a character (RFC 5545 3.1)."""
    parts, part, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LINE_OCTETS:
            parts.append(part)
            part, size = " ", 1
        part += char
        size += octets
    return "\r\n".join([*parts, part]) + "\r\n"


def _events(row: DutyRow, as_of: date) -> Iterator[str]:
    if row.due is None or row.status not in _OPEN:
        return
    status = wording.OBLIGATION_STATUSES[row.status]
    late = f"{row.days_late}天" if row.days_late else ""
    yield from _event(
        f"{row.uid}-due", row.due, f"【{status}{late}】{_short(row)}", row, as_of, warn=row.status == "running"
    )
    if row.limitation_ends is not None and row.limitation_ends >= as_of:
        title = f"【时效届满】{row.limitation_basis}　{_short(row)}"
        yield from _event(f"{row.uid}-limitation", row.limitation_ends, title, row, as_of, warn=True)


def _short(row: DutyRow) -> str:
    words = row.words if len(row.words) <= _SUMMARY_CHARS else row.words[:_SUMMARY_CHARS] + "……"
    return f"{row.project or row.title}：{words}"


def _event(uid: str, day: date, summary: str, row: DutyRow, as_of: date, *, warn: bool) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@contract-audit"
    yield f"DTSTAMP:{as_of:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(summary)}"
    yield f"DESCRIPTION:{escaped(_description(row))}"
    yield f"CATEGORIES:{escaped(wording.SIDES[row.side])}"
    yield "TRANSP:TRANSPARENT"
    if warn:
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{escaped(summary)}",
            f"TRIGGER:{_WARN}",
            "END:VALARM",
        )
    yield "END:VEVENT"


def _description(row: DutyRow) -> str:
    parts = (
        f"文件：{row.document}",
        f"条款：{row.clause}" if row.clause else "",
        f"义务人：{row.bearer or wording.SIDES[row.side]}",
        f"原文：{row.words}",
        f"条件：{row.condition}" if row.condition else "",
        *row.chain,
    )
    return "\n".join(part for part in parts if part)
