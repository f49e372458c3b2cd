"""Check kind `compare`: a fact or ratio against a number, another fact, a local parameter or dated limits."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from contract_audit.engine.case import Case, Missing, Outcome
from contract_audit.engine.checks.absence import meets
from contract_audit.rulespec import CompareCheck, Limit, Ratio
from contract_audit.vocabulary import FACTS


def check(parameters: CompareCheck, case: Case) -> Iterator[Outcome | Missing]:
    """One outcome where the comparison holds; Missing where what is needed is not there; nothing where it does not apply."""
    value, words = _measured(parameters, case)
    if value is None or not _is_given(parameters, case):
        return
    limit, missing = _limit(parameters.limit, case)
    if limit is None:
        if missing:
            yield Missing(missing)
        return
    if not _holds(parameters, value, limit):
        return
    quoted = case.understanding.fact(parameters.quote_fact or parameters.fact or words)
    start, end = (quoted.start, quoted.end) if quoted is not None else case.heading()
    arithmetic = f"{_name(parameters)}为{_plain(value)}，对照{_plain(limit)}"
    yield Outcome(
        start=start,
        end=end,
        values={"value": _plain(value), "limit": _plain(limit), "arithmetic": arithmetic},
        conditions=(arithmetic,),
    )


def _name(parameters: CompareCheck) -> str:
    if parameters.fact is not None:
        return FACTS[parameters.fact].title
    assert parameters.ratio is not None
    return f"{FACTS[parameters.ratio.numerator].title}÷{FACTS[parameters.ratio.denominator].title}"


def _is_given(parameters: CompareCheck, case: Case) -> bool:
    if any(case.occurs(exception) for exception in parameters.unless):
        return False
    return not parameters.given or any(meets(groups, case, ()) is not None for groups in parameters.given)


def _measured(parameters: CompareCheck, case: Case) -> tuple[Decimal | None, str]:
    if parameters.fact is not None:
        return _number(case, parameters.fact), parameters.fact
    if parameters.ratio is not None:
        return _ratio(case, parameters.ratio), parameters.ratio.numerator
    return None, ""


def _number(case: Case, name: str) -> Decimal | None:
    """The fact's number if it is sure; a doubtful figure decides nothing."""
    fact = case.understanding.fact(name)
    if fact is None or fact.confidence == "low" or not isinstance(fact.value, Decimal):
        return None
    return fact.value


def _ratio(case: Case, ratio: Ratio) -> Decimal | None:
    above, below = _number(case, ratio.numerator), _number(case, ratio.denominator)
    return above / below if above is not None and below else None


def _limit(limit: Limit, case: Case) -> tuple[Decimal | None, str]:
    """The limit, or None and the Chinese name of what is missing."""
    if limit.number is not None:
        return limit.number * limit.scale, ""
    if limit.fact is not None:
        number = _number(case, limit.fact)
        return (number * limit.scale if number is not None else None), ""
    if limit.ratio is not None:
        number = _ratio(case, limit.ratio)
        return (number * limit.scale if number is not None else None), ""
    if limit.local is not None:
        found = case.context.local.get(limit.local)
        return (found * limit.scale if found is not None else None), f"地方参数「{limit.local}」"
    return _dated(limit.dated, case.law_day), ""


def _dated(values: dict[str, Decimal], day: date) -> Decimal | None:
    """The value with the latest from-date not after `day`."""
    past = [(since, value) for text, value in values.items() if (since := date.fromisoformat(text)) <= day]
    return max(past)[1] if past else None


def _holds(parameters: CompareCheck, value: Decimal, limit: Decimal) -> bool:
    slack = abs(limit) * parameters.tolerance
    return {
        "lt": value < limit - slack,
        "le": value <= limit,
        "gt": value > limit + slack,
        "ge": value >= limit,
        "differs": abs(value - limit) > slack,
    }[parameters.op]


def _plain(number: Decimal) -> str:
    rounded = number.quantize(Decimal("0.01")).normalize()
    return f"{rounded:f}"
