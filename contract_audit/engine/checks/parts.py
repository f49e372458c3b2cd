"""Check kind `parts`: what a whole is said to be made of, where much of it is something else (凑数): a firm's investment
of public works, old plants, brands at their own valuation and years of purchases.

The parts are read from lists, tables and sentences; the whole is the figure that the paper tells by the rule's words.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import listed
from contract_audit.engine.checks.listed import Listed, Part
from contract_audit.engine.patterns import places
from contract_audit.model import Value
from contract_audit.rulespec import PartsCheck

_LEAD = 24  # characters before a figure that say what it is
_FINANCED = re.compile(
    r"资金来源|筹措|筹集|融资|资金构成|来源于"
)  # who lends or grants the money is not what it builds
_SAME = Decimal("0.01")


def check(parameters: PartsCheck, case: Case) -> Iterator[Outcome]:
    """One outcome for each whole, at the first place where it is told, that parts make which are none of it."""
    if any(case.occurs(exception) for exception in parameters.unless):
        return
    seen: set[int] = set()
    for found in (*listed.in_lines(case), *listed.in_tables(case), *listed.in_sentences(case)):
        told = None if _FINANCED.search(found.lead) else _told(parameters, case, found)
        if told is None or told[0] in seen:
            continue
        whole = listed.size(told[1]) or Decimal(0)
        away = [part for part in found.parts if part.value is not told[1] and _is_away(parameters, case, part)]
        added = sum((part.size for part in away), Decimal(0))
        if whole and whole * parameters.share <= added <= whole * (1 + _SAME):
            seen.add(told[0])
            yield _outcome(case, told, away, added / whole)


def _told(parameters: PartsCheck, case: Case, found: Listed) -> tuple[int, Value] | None:
    """The whole of a list with the start of its words: the figure of its lead-in or sum, told by the rule's words first."""
    size = listed.size(found.total) if found.total is not None else None
    if size is None:
        size = sum((part.size for part in found.parts), Decimal(0))
    like = found.total or found.parts[0].value
    source = case.source(parameters.whole)
    for value in case.understanding.values:
        if value.kind != like.kind or value.per or abs((listed.size(value) or Decimal(0)) - size) > size * _SAME:
            continue
        begin = behind_last("\n，。；：\t|", case.document.text, value.start)
        begin = max(begin, value.start - _LEAD)
        if not case.text(begin, value.start).strip():  # a cell: the row's name says what it is
            begin = case.document.text.rfind("\n", 0, value.start) + 1
        lead = fold_text(case.text(begin, value.start))
        led = places(source, lead.rstrip("|\t "))
        behind = places(source, fold_text(case.text(value.end, value.end + _LEAD).split("，")[0].split("。")[0]))
        if led or behind:
            return (value.start - len(lead) + led[0][0] if led else value.start), value
    return None


def _is_away(parameters: PartsCheck, case: Case, part: Part) -> bool:
    """Whether the words of a part say that it is none of the whole, and nothing that it is."""
    return bool(places(case.source(parameters.part), part.words)) and not places(
        case.source(parameters.own), part.words
    )


def _outcome(case: Case, told: tuple[int, Value], away: list[Part], share: Decimal) -> Outcome:
    start, whole = told
    terms = "＋".join(case.text(part.value.start, part.value.end) for part in away)
    arithmetic = f"其中{terms}，占{case.text(whole.start, whole.end)}的{share:.1%}"
    named = "；".join(part.words.strip("，； ")[:40] for part in away)
    return Outcome(
        start=start,
        end=whole.end,
        values={"arithmetic": arithmetic, "other": named},
        conditions=(arithmetic,),
        related=tuple(case.related("计入的内容", part.start, part.end) for part in away),
    )
