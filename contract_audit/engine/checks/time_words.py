"""Words of a time in its part of a sentence, and lengths of time as days."""

import re
from functools import lru_cache

from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks.sentences import last_stop
from contract_audit.model import Value

_ISO = re.compile(r"P(?:(?P<y>[0-9.]+)Y)?(?:(?P<m>[0-9.]+)M)?(?:(?P<d>[0-9.]+)D)?")
_STOPS = "，。；;\n"
_PART = re.compile(f"[{_STOPS}]")


@lru_cache(maxsize=2048)  # the lengths of one paper, each of which is asked for by several comparisons
def iso_days(iso: str) -> float | None:
    """An ISO duration of years, months and days as days."""
    match = _ISO.fullmatch(iso)
    if match is None or not (match["y"] or match["m"] or match["d"]):
        return None
    return float(match["y"] or 0) * 365.25 + float(match["m"] or 0) * 30.44 + float(match["d"] or 0)


def part_start(case: Case, position: int) -> int:
    """Where the part of the sentence begins that leads up to a place, at most 60 characters before it."""
    return last_stop(case, _STOPS, position, max(0, position - 60))


def part_end(case: Case, position: int) -> int:
    """Where the part of the sentence ends that follows a place, at most 60 characters behind it."""
    text = case.document.text
    match = _PART.search(text, position, position + 60)
    return match.start() if match else min(position + 60, len(text))


def outcome_of(case: Case, one: Value, two: Value) -> Outcome:
    """An outcome on the words of the two values and what leads in to the first."""
    start = one.start
    return Outcome(
        start=max(part_start(case, start), start - 8),
        end=two.end,
        values={"value": case.text(one.start, one.end), "other": case.text(two.start, two.end)},
    )
