"""Targets reached by several rows of money over time: 2022年2100万元 and 2023年当年10350万元 of 累计12000万元.

A row tells either how much has come to so far (截至上半年累计5230万元) or how much has come since (三季度新增2870万元); what
is owed is at least a sum, and is done on the day of the row that reaches it.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from contract_audit.deeds import Event
from contract_audit.extract.duties.wanted import PAYING
from contract_audit.extract.performance.joining import Record

_AT_LEAST = re.compile(r"累计|不[低少]于|达到|至少|以上")
_SO_FAR = re.compile(r"累计|截[至止]|至此|合计|共计?")
_SINCE = re.compile(
    r"新增|当[年期季月]|[全本]年|季度|[上下]半年|20[0-9]{2}年(?![底末前])|第[0-9一二三四五六七八九十]+[批笔期]|[首再又]|追加|另"
)
_FEWEST = 2


def reached(wanted: Event, needed: Decimal, records: Sequence[Record]) -> tuple[Record, ...]:
    """The records up to the one with which the sum comes to at least `needed` yuan, that one settling it; none where it
    does not, where one row alone tells of it, or where the duty names no least sum.
    """
    if not _AT_LEAST.search(wanted.words):
        return ()
    total, told = Decimal(0), list[Record]()
    for record in sorted(records, key=lambda one: one.done_on):
        value = _yuan(record)
        if value is None:
            continue
        if _SO_FAR.search(record.row.matter):
            total = max(total, value)
        elif _SINCE.search(record.row.matter) or record.told.acts & wanted.acts & PAYING:
            total += value
        else:
            continue
        told.append(record)
        if total >= needed:
            whole = (*told[:-1], msgspec.structs.replace(record, settles=True))
            return whole if len(whole) >= _FEWEST else ()
    return ()


def _yuan(record: Record) -> Decimal | None:
    """The sum of the row, else the one sum of its words."""
    told = {value for unit, value in record.told.amounts if unit == "元"}
    return record.row.amount if record.row.amount is not None else told.pop() if len(told) == 1 else None
