"""What the event that a duty counts from tells of the duty itself: of what matter it is, and what its share comes to.

技改公示满 and 技改钱到账96万 are of one matter, though the duty says no more than 30日内拨付; 8% of 核验额 is known once a
record tells it (核定11000万元).
"""

import re
from decimal import Decimal

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import event, recorded
from contract_audit.extract.duties.shares import promised_yuan, share_of
from contract_audit.extract.duties.wanted import PAYING
from contract_audit.extract.performance.anchors import Case, anchor_record
from contract_audit.extract.performance.joining import Joins, Record, is_provable
from contract_audit.extract.performance.leftover import paid_yuan
from contract_audit.model import Obligation

_OF_TOLD_SUM = re.compile(r"(?P<base>核[定验实查算]|认定|审定|评估|决算|结算)(?:金?额|价款?|总额|数额|值)")
_HEAD = re.compile(r"[\u4e00-\u9fff]{2}")
_CENT = Decimal("0.01")


def paid_after(case: Case, duties: list[Obligation], joins: Joins) -> dict[int, Record]:
    """Unproved payments (by index) that name nothing they are for, with the one left record of money of the same matter.

    The matter is what the record of their event begins with, and no other duty speaks of.
    """
    found: dict[int, Record] = {}
    for index, duty in enumerate(duties):
        wanted = case.wanted[index] if index < len(case.wanted) else None
        if wanted is None or index in joins.proofs or not (duty.anchor and duty.due) or not is_provable(duty):
            continue
        if not wanted.acts & PAYING or wanted.amounts or wanted.purposes:
            continue
        start = anchor_record(case, duties, index, joins.proofs)
        head = _HEAD.match(start.row.matter) if start is not None else None
        if start is None or head is None or head.group() in event(duty.anchor).pairs:
            continue
        paid = [
            record
            for record in joins.left
            if record.told.acts & PAYING
            and record.done_on >= start.done_on
            and record.row.matter.startswith(head.group())
        ]
        others = any(head.group() in one.pairs for place, one in enumerate(case.wanted) if place != index)
        if len(paid) == 1 and not others:
            found[index] = paid[0]
    return found


_UP_TO = re.compile(r"付至(?:合同)?(?:总?价款?|总?金?额)?的?(?P<share>[0-9]+(?:\.[0-9]+)?)%")


def paid_up_to(case: Case, duties: list[Obligation], joins: Joins) -> dict[int, Record]:
    """Unproved payments up to a share (付至合同价的97%), by index, with the one record that tells that so much is paid."""
    found: dict[int, Record] = {}
    for index, duty in enumerate(duties):
        owed = _UP_TO.search(case.paper.document.text, duty.start, duty.end)
        if owed is None or index in joins.proofs or not is_provable(duty):
            continue
        rows = [f"{record.row.matter} {record.row.proof or ''}" for record in joins.left]
        paid = [
            record
            for record, words in zip(joins.left, rows, strict=True)
            if record.told.acts & PAYING
            and any(one["share"] == owed["share"] for one in _UP_TO.finditer(fold_text(words)))
        ]
        if len(paid) == 1:
            found[index] = paid[0]
    return found


def paid_short(case: Case, duties: list[Obligation], joins: Joins) -> dict[int, tuple[Decimal, Record]]:
    """Payments (by index) of a share of a sum that only the record of their event tells, proved by less than that: what is
    owed in yuan, and the record.
    """
    found: dict[int, tuple[Decimal, Record]] = {}
    for index, record in joins.proofs.items():
        owed = _share_of_told(case, duties, index, joins)
        paid = paid_yuan(record) if owed is not None and not record.settles else None
        if owed is not None and paid is not None and paid < owed:
            found[index] = (owed, record)
    return found


def _share_of_told(case: Case, duties: list[Obligation], index: int, joins: Joins) -> Decimal | None:
    """The share of 核定额 that the duty promises, in yuan; None where it is no such share or no single sum is told."""
    duty, text = duties[index], case.paper.document.text
    words = text[duty.start : duty.end]
    base, share = _OF_TOLD_SUM.search(words), share_of(words)
    if base is None or share is None or not duty.anchor or promised_yuan(case.paper, duty) is not None:
        return None
    start = anchor_record(case, duties, index, joins.proofs)
    sums = {value for unit, value in recorded(start.row.matter).amounts if unit == "元"} if start is not None else set()
    return (sums.pop() * share).quantize(_CENT) if len(sums) == 1 else None
