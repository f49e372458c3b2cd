"""The obligations calendar of a scan: duties, accounts, 三率, and what a person must place or read."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from contract_audit.casefile.progress import groups, projects, rates
from contract_audit.casefile.register import RegisterRow
from contract_audit.chinese.text import fold_text
from contract_audit.model import Audit, Obligation, Scan, Side, Understanding, Unplaced
from contract_audit.model.calendar import Calendar, DutyRow, Total

_SOON = timedelta(days=30)
_NOTHING = Decimal(0)
_OPEN_SIDES: tuple[Side, ...] = ("government", "investor", "both", "third", "unknown")


def calendar(scan: Scan, register: tuple[RegisterRow, ...] = ()) -> Calendar:
    """Everything for the month's dispatch; duties by paper in the order of the scan, then by day and place."""
    grouped = groups(scan.audits, register)
    once = sorted({index for members in grouped for index in members})
    drafts = frozenset(
        index for index, audit in enumerate(scan.audits) if (scan.mode or audit.understanding.mode) == "draft"
    )
    listed, left_out = projects(scan.audits, grouped, drafts)
    duties = tuple(row for index in once for row in _duties(scan.audits[index], scan.as_of))
    return Calendar(
        as_of=scan.as_of,
        documents=len(scan.audits) + len(scan.skipped),
        duties=duties,
        totals=tuple(_totals(duties)),
        projects=listed,
        left_out=left_out,
        rates=rates(listed),
        unplaced=unplaced(scan.audits),
        unread=tuple(_unread(scan)),
        notes=scan.notes,
    )


def unplaced(audits: Iterable[Audit]) -> tuple[Unplaced, ...]:
    """Evidence rows that found a place in none of the papers they were given to, once each."""
    left: dict[object, Unplaced] = {}
    for audit in audits:
        for item in audit.unplaced:
            row = item.evidence
            key = (row.contract, row.matter, row.done_on, row.row)
            if key not in left or len(item.candidates) > len(left[key].candidates):
                left[key] = item
    proved = {
        (duty.proof_matter, duty.done_on)
        for audit in audits
        for duty in audit.understanding.obligations
        if duty.proof_matter
    } | {
        (row.matter, row.done_on) for audit in audits for duty in audit.understanding.obligations for row in duty.parts
    }
    return tuple(item for item in left.values() if (item.evidence.matter, item.evidence.done_on) not in proved)


def _unread(scan: Scan) -> Iterable[tuple[str, str]]:
    for audit in scan.audits:
        document = audit.understanding.document
        if document.status != "read":
            reasons = "；".join(problem.message for problem in document.problems) or "未完整读取"
            yield document.name, reasons
    yield from ((item.name, item.message) for item in scan.skipped)


def _duties(audit: Audit, as_of: date) -> list[DutyRow]:
    understanding = audit.understanding
    seen: dict[str, int] = {}
    rows = [_row(understanding, duty, as_of, seen) for duty in understanding.obligations]
    order = {id(row): place for place, row in enumerate(rows)}
    return sorted(rows, key=lambda row: (row.due or date.max, order[id(row)]))


def _row(understanding: Understanding, duty: Obligation, as_of: date, seen: dict[str, int]) -> DutyRow:
    text = understanding.document.text
    words = _line(text[duty.start : duty.end])
    if duty.part is not None:
        words = f"{words}……{_line(text[duty.shared_start : duty.shared_end])}"
    signed, project = understanding.fact("signed_on"), understanding.fact("project")
    return DutyRow(
        uid=_uid(understanding, words, seen),
        document=understanding.document.name,
        title=understanding.title or understanding.document.name,
        project=str(project.value) if project else "",
        signed_on=signed.value if signed is not None and isinstance(signed.value, date) else None,
        clause=(understanding.clauses[duty.clause].place or "") if duty.clause is not None else "",
        bearer=duty.bearer or "",
        side=duty.side,
        kind=duty.kind,
        act=duty.act,
        object=_line(duty.object),
        quantity=duty.quantity or "",
        words=words,
        deadline=_line(text[duty.due_start : duty.due_end]),
        anchor=duty.anchor or "",
        offset=duty.offset or "",
        workday=duty.workday,
        recurrence=duty.recurrence or "",
        condition=_line(duty.condition or ""),
        consequence=_line(duty.consequence or ""),
        due=duty.due,
        status=duty.status,
        done_on=duty.done_on,
        days_late=duty.days_late,
        soon=duty.status == "running" and duty.due is not None and as_of <= duty.due <= as_of + _SOON,
        limitation_ends=duty.limitation_ends,
        limitation_basis=duty.limitation_basis or "",
        evidence=duty.proof_matter or "",
        proof=duty.proof or "",
        chain=duty.chain,
        account=duty.account,
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _uid(understanding: Understanding, words: str, seen: dict[str, int]) -> str:
    """From file, words and ordinal among equal words: the same duty keeps it from month to month, whatever its day."""
    base = f"{understanding.document.name}\n{fold_text(words)}"
    seen[base] = seen.get(base, 0) + 1
    return sha256(f"{base}\n{seen[base]}".encode()).hexdigest()[:32]


def _totals(duties: tuple[DutyRow, ...]) -> Iterable[Total]:
    """Per paper and paying side in the order of the duties, then the folder's per side."""
    kept = [row for row in duties if row.account is not None]
    for name in dict.fromkeys(row.document for row in kept):
        yield from _by_side(name, [row for row in kept if row.document == name])
    yield from _by_side("合计", kept)


def _by_side(name: str, rows: list[DutyRow]) -> Iterable[Total]:
    for side in _OPEN_SIDES:
        own = [row for row in rows if row.side == side]
        if own:
            yield _total(name, side, own)


def _total(name: str, side: Side, rows: list[DutyRow]) -> Total:
    accounts = [row.account for row in rows if row.account is not None]
    late = [row.account for row in rows if row.account is not None and row.status == "overdue"]
    return Total(
        name=name,
        side=side,
        accounts=len(accounts),
        promised=sum((one.promised or _NOTHING for one in accounts), _NOTHING),
        paid=sum((one.paid for one in accounts), _NOTHING),
        owed=sum((one.owed or _NOTHING for one in accounts), _NOTHING),
        overdue=sum((one.owed or _NOTHING for one in late), _NOTHING),
        interest=sum((one.interest or _NOTHING for one in accounts), _NOTHING),
        unsure=sum(one.promised is None for one in accounts),
    )
