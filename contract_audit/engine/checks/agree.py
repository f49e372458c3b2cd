"""Check kind `agree`: things stated twice that must agree: capitals and figures, parts and total, names, dates, units."""

import re
from collections.abc import Callable, Iterator

from contract_audit.engine.case import Case, Missing, Outcome
from contract_audit.engine.checks import (
    capitals,
    deposits,
    intensity,
    lease_terms,
    measures,
    moved,
    naming,
    penalties,
    planning,
    rests,
    spans,
    strangers,
    sums,
    terms,
    told_twice,
)
from contract_audit.engine.checks.told_alike import Kinds
from contract_audit.rulespec import AgreeCheck

_MEETS = re.compile(r"会议|开会|会谈|洽谈|座谈|商谈|召开|协商时间")
_HOUR = re.compile(r"\s*(?:[上下中]午|凌晨|晚上?)|\s*[0-9０-９]{1,2}\s*[时点:：]")


def check(parameters: AgreeCheck, case: Case) -> Iterator[Outcome | Missing]:
    """Outcomes of the one comparison the rule names."""
    yield from _COMPARISONS[parameters.what](parameters, case)


def _signing_dates(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """Heading and signature block give different signing dates; parties that sign on different days do not disagree."""
    dates = [fact for fact in case.understanding.facts if fact.name == "signed_on"]
    heads, signed = ([fact for fact in dates if fact.source == source] for source in ("head", "signature"))
    days = {fact.value for fact in signed}
    for other in heads if signed else ():
        if other.value not in days and not _is_of_a_meeting(case, other.start, other.end):
            yield Outcome(
                start=other.start,
                end=other.end,
                values={"value": str(signed[0].value), "other": str(other.value)},
                related=(case.related("签署栏日期", signed[0].start, signed[0].end),),
            )
            return


def _is_of_a_meeting(case: Case, start: int, end: int) -> bool:
    """Whether a date tells when the parties met (时间：10月14日下午3时): what was agreed there is signed later."""
    text = case.document.text
    line = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end : end + 6]
    return case.understanding.kind == "纪要" or bool(
        _MEETS.search(line) or _HOUR.match(after) or _HOUR.search(text[start:end])
    )


def _terms(_: AgreeCheck, case: Case) -> Iterator[Outcome | Missing]:
    kinds = Kinds()
    yield from terms.check(case, kinds)
    yield from spans.check(case, kinds)
    yield from rests.check(case)
    yield from moved.check(case)
    yield from kinds.left_out()


_COMPARISONS: dict[str, Callable[[AgreeCheck, Case], Iterator[Outcome | Missing]]] = {
    "capitals": capitals.check,
    "sum": sums.check,
    "party_names": naming.party_names,
    "strangers": strangers.check,
    "intensity": intensity.check,
    "signing_dates": _signing_dates,
    "unit": measures.check,
    "uscc": naming.credit_codes,
    "terms": _terms,
    "planning": planning.check,
    "deposit": deposits.check,
    "penalty": penalties.check,
    "lease": lease_terms.check,
    "told_twice": told_twice.check,
}
