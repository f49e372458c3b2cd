"""Parts told for each of several things (1#、2#厂房各14000平方米) count as often as things are named."""

import re
from decimal import Decimal
from functools import partial

from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import listed
from contract_audit.model import Value

_EACH = re.compile(
    r"(?:(?P<names>[^，。；：:（）()\n]*、[^，。；：:（）()\n]*)|(?P<count>[0-9两二三四五六七八九十]+)(?:[栋幢座期年套个家条台批层]|标段)[^，。；：:]{0,6})"
    r"各(?:自)?(?:占地|投资|建筑面积|面积)?(?:约|为)?$"
)
_BEFORE = 40  # characters before a figure that name what it is of


def is_made_by_each(case: Case, outcome: Outcome, total: Value, tolerance: Decimal) -> bool:
    """Whether the related parts make the total once each counts for all the things it is told of."""
    values = case.kept((is_made_by_each, total.kind), lambda: _by_start(case, total.kind))
    starts = [part.start for part in outcome.related if part.start in values]
    known = [(values[start], case.kept((_times, start), partial(_times, case, start))) for start in starts]
    if all(times == 1 for _, times in known):
        return False
    added = sum(((listed.size(value) or Decimal(0)) * times for value, times in known), Decimal(0))
    whole = listed.size(total) or Decimal(0)
    return abs(added - whole) <= whole * tolerance


def _by_start(case: Case, kind: str) -> dict[int, Value]:
    return {value.start: value for value in case.understanding.values if value.kind == kind}


def _times(case: Case, start: int) -> Decimal:
    """Of how many things the figure at `start` is told."""
    each = _EACH.search(fold_text(case.text(max(0, start - _BEFORE), start)))
    if each is None:
        return Decimal(1)
    if each["names"] is not None:
        return Decimal(each["names"].count("、") + 1)
    return number(each["count"].replace("两", "二")) or Decimal(1)
