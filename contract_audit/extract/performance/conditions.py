"""Duties for a case that did not come about: 化学品库未能在年底前通过验收的，甲方应…, and the store was accepted in time."""

import re

from contract_audit.deeds import Event, event, likeness
from contract_audit.extract.performance.anchors import Case
from contract_audit.extract.performance.joining import ENOUGH, Joins, Record
from contract_audit.model import Obligation

# The failure that a duty supposes, in the phrases before it: 若未交付， 乙方未能于…前引入车队的，
_FAILED = re.compile(
    r"(?P<who>[^，。；\n]*?)(?:逾期)?(?:未能?|没有|不能)(?:在|于|按期|如期|按时)?(?P<deed>[^，。；\n]+?)(?:的|时|，)*$"
)
_PHRASES = re.compile(r"[，；。\n]")
_SUPPOSES = re.compile(r"^(?:若|如果?|倘若?|假如)|若|的$")
_BACK = 2


def averted(case: Case, duties: list[Obligation], joins: Joins) -> dict[int, Record]:
    """Duties without proof (by index) that were owed only on a failure, with the record that the thing was done in time."""
    found: dict[int, Record] = {}
    for index, duty in enumerate(duties if case.wanted else ()):
        deed = supposed_failure(case.paper.document.text, duty) if index not in joins.proofs else None
        if deed is None or not deed.acts:
            continue
        record = _done(case, duties, index, deed, joins)
        if record is not None and (duty.due is None or record.done_on <= duty.due):
            found[index] = record
    return found


def supposed_failure(text: str, duty: Obligation) -> Event | None:
    """The deed whose failure the duty supposes; None where it supposes none."""
    if duty.due_end <= duty.due_start:
        return None
    for phrase in _PHRASES.split(text[duty.start : duty.due_start])[:-1]:
        failed = _FAILED.fullmatch(phrase) if _SUPPOSES.search(phrase) else None
        if failed is not None:
            return event(f"{failed['who']} {failed['deed']}")
    return None


def _done(case: Case, duties: list[Obligation], index: int, deed: Event, joins: Joins) -> Record | None:
    """The one record of the deed; of a bare one (若未交付) the proof, in time, of the duty right before it."""
    if not deed.things and len(deed.content) <= 1:
        for other in range(index - 1, max(-1, index - 1 - _BACK), -1):
            due, record = duties[other].due, joins.proofs.get(other)
            if duties[other].clause == duties[index].clause and deed.acts & case.wanted[other].acts:
                return record if record is not None and due is not None and record.done_on <= due else None
        return None
    scored = [(likeness(record.told, deed, case.scale), record) for record in case.told]
    fitting = [record for score, record in scored if score >= ENOUGH]
    return min(fitting, key=lambda record: record.done_on) if fitting else None
