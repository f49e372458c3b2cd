"""A term held against its first and last day, told as two days or in another place."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks.terms import JOINS, TERM_SLACK
from contract_audit.engine.checks.time_words import iso_days, outcome_of
from contract_audit.engine.checks.told_alike import Kinds


def check(case: Case, kinds: Kinds) -> Iterator[Outcome]:
    """Outcomes for every term whose days are not as far apart as it says."""
    yield from _two_days(case, kinds)
    yield from _end_of_term(case)


def _two_days(case: Case, kinds: Kinds) -> Iterator[Outcome]:
    """A term and its first and last day told apart: 五年，自2019年2月1日起，至2021年1月31日止; 18个月，自…开工至…竣工."""
    values = case.understanding.values
    for place, value in enumerate(values):
        days = iso_days(value.low_iso or "") if value.kind == "duration" and value.sure else None
        if days is None or place + 2 >= len(values):
            continue
        first, last = values[place + 1], values[place + 2]
        if first.kind != "date" or last.kind != "date" or last.until is None or first.since is None:
            continue
        lasting = (last.until - first.since).days + 1
        if abs(days - lasting) <= max(_SHORT_SLACK, days / 10):
            continue
        said = case.text(value.end, first.start), case.text(first.end, last.start + 1)
        if not kinds.is_full(said) and JOINS.fullmatch(said[0]) and _TO_THE_LAST.fullmatch(said[1]):
            kinds.add(said)
            yield outcome_of(case, value, last)


def _end_of_term(case: Case) -> Iterator[Outcome]:
    """The one term that runs from a day, and the day on which it is said to end: 十年，自2024年7月1日起; 期满即2030年6月30日."""
    values = case.understanding.values
    terms = [
        (one, (two.since + timedelta(days=round(days))))
        for one, two in pairwise(values)
        if one.kind == "duration" and one.sure and two.kind == "date" and two.since is not None and two.until is None
        and (days := iso_days(one.low_iso or "")) is not None and JOINS.fullmatch(case.text(one.end, two.start))
    ]  # fmt: skip
    if len(terms) != 1:
        return
    _, end = terms[0]
    for value in values:
        day = value.until or value.since
        before = case.text(max(0, value.start - _SHORT_SLACK), value.start)
        if (
            value.kind == "date"
            and day is not None
            and _AT_ITS_END.search(before)
            and abs((day - end).days) > TERM_SLACK
        ):
            yield outcome_of(case, value, value)


_AT_ITS_END = re.compile(r"(?:期满|届满|到期)(?:之日|日)?[，,（(]?(?:即|为|是)[^，。；]{0,2}$")
_SHORT_SLACK = 15  # days
# 起，至; 开工至; 起算，到
_TO_THE_LAST = re.compile(
    r"(?:之日)?起?(?:计?算|计)?(?:正式|全面)?(?:开工|动工|施工|开业|运营|起租)?[，、,\s]*[至到].?|[—–－~～-]+.?|(?:正式|全面)?(?:开工|动工)[，、]?[0-9二]?"
)
