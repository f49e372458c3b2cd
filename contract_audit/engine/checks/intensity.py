"""An intensity stated beside the investment and the land that it is made of, which make another: 60亩, 15,000万元, 每亩400万元."""

import re
from collections.abc import Iterator
from decimal import Decimal

from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import per_area
from contract_audit.engine.checks.dimensions import MU
from contract_audit.model import DISPUTED, Value
from contract_audit.rulespec import AgreeCheck

_INVESTED = re.compile(r"固定资产(?:总?投资|投入)(?:额|总额|规模)?(?:约|为|共计?|合计|人民币|不低于|不少于|：)*$")
_INTENSITY = re.compile(r"(?:投资)?强度[^，。；0-9]{0,12}$")
_LAND = re.compile(r"(?:用地|土地|地块|宗地|占地)(?:总?面积)?(?:约|为|共计?|合计|：)*$")
_NOT_ONE = re.compile(r"预留|另行|老厂|原厂|分别|起步区")


def check(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """One outcome a line that names one land, one fixed investment and an intensity beyond what they make."""
    yield from per_area.check(parameters, case)
    text = case.document.text
    values = [value for value in case.understanding.values if value.sure and value.low]
    for line in re.finditer(r"[^\n]+", text):
        if "强度" not in line.group() or _NOT_ONE.search(line.group()):
            continue
        inside = [value for value in values if line.start() <= value.start and value.end <= line.end()]
        lands = _named(text, inside, "area", _LAND)
        invested = _named(text, inside, "money", _INVESTED) or _of_phase(text, lands, values)
        stated = [value for value in _named(text, inside, "money", _INTENSITY) if value.per == "亩"]
        if len(lands) != 1 or len(invested) != 1 or len(stated) != 1 or _is_disputed(case, invested[0]):
            continue
        made = (invested[0].low or Decimal(0)) / ((lands[0].low or Decimal(1)) / MU)
        if (stated[0].low or Decimal(0)) > made * (1 + parameters.tolerance):
            yield _outcome(case, lands[0], invested[0], stated[0], made)


_PHASE = re.compile(r"(?P<phase>[一二三四五首]期)[^，。；\n0-9]{0,12}$")


def _of_phase(text: str, lands: list[Value], values: list[Value]) -> list[Value]:
    """What is invested in the phase that the land is for, told anywhere: 一期固定资产投资7.2亿元 … 一期用地160亩."""
    told = _PHASE.search(text, max(0, lands[0].start - 24), lands[0].start) if len(lands) == 1 else None
    if told is None:
        return []
    return [
        value
        for value in _named(text, values, "money", _INVESTED)
        if (own := _PHASE.search(text, max(0, value.start - 24), value.start)) and own["phase"] == told["phase"]
    ]


def _is_disputed(case: Case, value: Value) -> bool:
    """Whether the sum is told in capitals and in figures that differ: other checks weigh both readings."""
    return any(fact.source == DISPUTED and fact.start == value.start for fact in case.understanding.facts)


def _named(text: str, values: list[Value], kind: str, words: re.Pattern[str]) -> list[Value]:
    return [
        value for value in values
        if value.kind == kind and (kind != "money" or bool(value.per) == (words is _INTENSITY))
        and words.search(text[max(0, value.start - 24) : value.start])
    ]  # fmt: skip


def _outcome(case: Case, land: Value, invested: Value, stated: Value, made: Decimal) -> Outcome:
    land_words, money_words = (case.text(value.start, value.end) for value in (land, invested))
    arithmetic = f"{money_words}÷{land_words}＝{made / 10000:.1f}万元/亩，写为{case.text(stated.start, stated.end)}"
    return Outcome(
        start=stated.start,
        end=stated.end,
        values={"arithmetic": arithmetic},
        conditions=(arithmetic,),
        related=(
            case.related("用地", land.start, land.end),
            case.related("固定资产投资", invested.start, invested.end),
        ),
    )
