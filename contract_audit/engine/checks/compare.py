"""Check kind `compare`: a fact or ratio against a number, another fact, a local parameter or dated limits."""

import re
from collections.abc import Iterator
from copy import copy
from datetime import date
from decimal import Decimal

import msgspec

from contract_audit.engine.case import Case, Missing, Outcome
from contract_audit.engine.checks.absence import meets
from contract_audit.model import DISPUTED, Fact, Related
from contract_audit.rulespec import CompareCheck, Limit, Ratio, Term
from contract_audit.vocabulary import FACTS


def check(parameters: CompareCheck, case: Case) -> Iterator[Outcome | Missing]:
    """One outcome where the comparison holds; Missing where what is needed is not there; nothing where it does not apply.

    Sums that capitals and figures tell differently count where it holds with the one as with the other.
    """
    readings = _readings(case)
    found = [list(_compared(parameters, reading)) for reading in readings]
    if len(found) == 1 or all(any(isinstance(one, Outcome) for one in outcomes) for outcomes in found):
        yield from found[0]


def _readings(case: Case) -> list[Case]:
    """The case itself, or where sums are disputed one for each way to read them: as in capitals, as in figures."""
    disputed = [fact for fact in case.understanding.facts if fact.source == DISPUTED]
    if not disputed:
        return [case]
    cases = []
    names = [name for name in dict.fromkeys(fact.name for fact in disputed) if case.understanding.fact(name) is None]
    for place in (0, -1):
        chosen = [sorted((fact for fact in disputed if fact.name == name), key=_size)[place] for name in names]
        told = [msgspec.structs.replace(fact, confidence="medium", source="正文") for fact in chosen]
        reading = copy(case)
        reading.understanding = msgspec.structs.replace(
            case.understanding, facts=(*told, *(fact for fact in case.understanding.facts if fact not in disputed))
        )
        cases.append(reading)
    return cases


def _size(fact: Fact) -> Decimal:
    return fact.value if isinstance(fact.value, Decimal) else Decimal(0)


def _is_for_another(parameters: CompareCheck, case: Case) -> bool:
    """Whether what another rule judges by is known: a local parameter, a fact."""
    known = parameters.unless_fact is not None and case.understanding.fact(parameters.unless_fact) is not None
    return known or parameters.unless_local in _given(case)


def _compared(parameters: CompareCheck, case: Case) -> Iterator[Outcome | Missing]:
    value, words = _measured(parameters, case)
    if value is None or _is_for_another(parameters, case) or not _is_given(parameters, case):
        return
    limit, missing = _limit(parameters.limit, case)
    if limit is None:
        if missing:
            own = f"{missing}（本协议：{_shown(parameters, case, value)}）"
            yield Missing(own, parameter=parameters.limit.local or "")
        return
    if not _holds(parameters, value, limit):
        return
    preferred = case.understanding.fact(parameters.quote_fact) if parameters.quote_fact is not None else None
    quoted = preferred or case.understanding.fact(words)
    start, end = (quoted.start, quoted.end) if quoted is not None else case.heading()
    arithmetic = f"{_shown(parameters, case, value)}，对照{_shown_limit(parameters, case, limit)}"
    yield Outcome(
        start=start,
        end=end,
        values={"value": _plain(value), "limit": _plain(limit), "arithmetic": arithmetic} | _indicator(parameters),
        conditions=(arithmetic,),
        related=tuple(_related(parameters, case)),
        verdict="review" if parameters.doubt and parameters.limit.local not in _given(case) else "fail",
    )


_INDICATORS = ("plot_ratio", "building_density", "intensity_yuan_per_mu", "tax_yuan_per_mu", "tax_yuan")


def _indicator(parameters: CompareCheck) -> dict[str, str]:
    """What tells two indicators apart that stand side by side: 容积率0.4，建筑系数20%; 每亩310万元，每亩年税收4.8万元."""
    name = parameters.fact or parameters.quote_fact
    return {"field": name} if name in _INDICATORS else {}


def _related(parameters: CompareCheck, case: Case) -> Iterator[Related]:
    """Where the figures stand that the comparison was made of."""
    ratios = [ratio for ratio in (parameters.ratio, parameters.limit.ratio) if ratio is not None]
    names = [name for ratio in ratios for name in (ratio.numerator, ratio.denominator)]
    names += [term.fact for term in parameters.limit.sum]
    names += [name for name in (parameters.limit.fact, parameters.limit.per) if name is not None]
    for name in dict.fromkeys(names):
        fact = case.understanding.fact(name)
        if fact is not None and fact.end > fact.start:
            yield case.related(FACTS[name].title, fact.start, fact.end)


def _shown(parameters: CompareCheck, case: Case, value: Decimal) -> str:
    """The compared figure with what it was made of: 总投资30亿元÷注册资本600万元＝500."""
    if parameters.ratio is None:
        return f"{_name(parameters)}为{_unit(parameters.fact or '', value)}"
    return f"{_division(parameters.ratio, case)}＝{_amount(parameters.ratio, value)}"


def _shown_limit(parameters: CompareCheck, case: Case, limit: Decimal) -> str:
    found = parameters.limit
    if found.ratio is not None and found.scale == 1:
        return f"{_division(found.ratio, case)}＝{_amount(found.ratio, limit)}"
    if found.sum:
        terms = "＋".join(_term(term, case) for term in found.sum if _number(case, term.fact) is not None)
        per = f"÷{_fact_words(found.per, case)}" if found.per is not None else ""
        times = f"的{_plain(found.scale)}倍" if found.scale != 1 else ""
        return f"（{terms}）{per}{times}＝{_unit(parameters.fact or 'total_investment_yuan', limit)}"
    if parameters.ratio is not None:
        return _amount(parameters.ratio, limit)
    return _unit(parameters.fact or "", limit)


def _division(ratio: Ratio, case: Case) -> str:
    return f"{_fact_words(ratio.numerator, case)}÷{_fact_words(ratio.denominator, case)}"


def _term(term: Term, case: Case) -> str:
    times = "" if term.times == 1 else f"×{_unit('total_investment_yuan', term.times)}"
    return f"{_fact_words(term.fact, case)}{times}"


def _fact_words(name: str, case: Case) -> str:
    number = _number(case, name)
    title = FACTS[name].title.partition("（")[0]
    return f"{title}{_unit(name, number)}" if number is not None else title


_UNITS = {"area_mu": "亩", "area_sqm": "平方米"}


def _unit(name: str, number: Decimal) -> str:
    """The number with the unit of the fact: 30亿元, 62亩, 31000平方米, 40%."""
    kind = FACTS[name].type if name in FACTS else "number"
    if kind == "rate":
        return f"{_plain(number * 100)}%"
    if kind != "money":
        return f"{_plain(number)}{_UNITS.get(kind, '')}"
    per = "/亩" if name.endswith("_per_mu") else ""
    for size, word in ((Decimal(100_000_000), "亿元"), (Decimal(10_000), "万元")):
        if abs(number) >= size:
            return f"{_plain(number / size)}{word}{per}"
    return f"{_plain(number)}元{per}"


def _amount(ratio: Ratio, number: Decimal) -> str:
    """A ratio's value with its unit: sums of money against one another are bare numbers."""
    above, below = FACTS[ratio.numerator].type, FACTS[ratio.denominator].type
    if above == below:
        return _plain(number)
    return f"{_unit(ratio.numerator, number)}/{_UNITS.get(below, '人' if ratio.denominator == 'jobs' else '')}".rstrip(
        "/"
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
        below = _number(case, parameters.ratio.denominator)
        small = parameters.least_denominator is not None and below is not None and below < parameters.least_denominator
        return None if small else _ratio(case, parameters.ratio), parameters.ratio.numerator
    return None, ""


def _number(case: Case, name: str) -> Decimal | None:
    """The fact's number if it is sure; a doubtful figure decides nothing."""
    fact = case.understanding.fact(name)
    if fact is None or fact.confidence == "low" or not isinstance(fact.value, Decimal):
        return None
    return fact.value


_FOREIGN = re.compile(r"美[元金]|欧元|英镑|日元|港[元币]|新加坡元|澳元|韩元|USD|EUR|HKD")


def _is_foreign(case: Case, name: str) -> bool:
    """Whether the figure is told in a foreign currency, which cannot be set against yuan."""
    fact = case.understanding.fact(name)
    return fact is not None and bool(_FOREIGN.search(case.text(fact.start, fact.end + 2)))


def _ratio(case: Case, ratio: Ratio) -> Decimal | None:
    above, below = _number(case, ratio.numerator), _number(case, ratio.denominator)
    if _is_foreign(case, ratio.numerator) != _is_foreign(case, ratio.denominator):
        return None
    return above / below if above is not None and below else None


def _limit(limit: Limit, case: Case) -> tuple[Decimal | None, str]:
    """The limit, or None and the Chinese name of what is missing."""
    if limit.number is not None and (limit.local is None or limit.local not in _given(case)):
        return limit.number * limit.scale, ""
    if limit.sum:
        return _sum(limit, case), ""
    if limit.fact is not None:
        number = _number(case, limit.fact)
        return (number * limit.scale if number is not None else None), ""
    if limit.ratio is not None:
        number = _ratio(case, limit.ratio)
        return (number * limit.scale if number is not None else None), ""
    if limit.local is not None:
        dated = dict(case.context.local_dated.get(limit.local, ()))
        found = _dated(dated, case.law_day) if dated else case.context.local.get(limit.local)
        return (found * limit.scale if found is not None else None), f"地方参数「{limit.local}」"
    return _dated({date.fromisoformat(text): value for text, value in limit.dated.items()}, case.law_day), ""


def _given(case: Case) -> set[str]:
    """Names of the local parameters that the office gives."""
    return {*case.context.local, *case.context.local_dated}


def _sum(limit: Limit, case: Case) -> Decimal | None:
    """The sum of the terms that are known, divided; None where a needed one or the divisor is not."""
    whole = Decimal(0)
    for term in limit.sum:
        number = _number(case, term.fact)
        if number is None and term.needed:
            return None
        whole += (number or Decimal(0)) * term.times
    if limit.per is not None:
        divisor = _number(case, limit.per)
        return whole * limit.scale / divisor if divisor else None
    return whole * limit.scale


def _dated(values: dict[date, Decimal], day: date) -> Decimal | None:
    """The value with the latest from-date not after `day`."""
    past = [(since, value) for since, value in values.items() if since <= day]
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
