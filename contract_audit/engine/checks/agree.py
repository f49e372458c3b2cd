"""Check kind `agree`: things stated twice that must agree: capitals and figures, parts and total, names, dates, units."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Value
from contract_audit.rulespec import AgreeCheck

_CAPITALS = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟弐參]")
_BETWEEN_PAIR = re.compile(r"[\s（(【\[：:，,即为¥￥整元正大小写折合人民币RMB）)、]*")
_MORE = re.compile("等|余款|其余|另有|剩余|不低于|不少于|以上|超过|每年|每月|每亩|/|／|利息|违约金|分别|累计")
_WRONG_UNIT = re.compile(r"亿万元|万亿元|万万元|(?:亿|万)元(?:/|每)平方米|亩平方米|万元每平方米|亿元(?:/|每)亩")


def check(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """Outcomes of the one comparison the rule names."""
    yield from _COMPARISONS[parameters.what](parameters, case)


def _capitals(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """An amount in capitals (壹贰叁) beside one in figures that is not the same."""
    money = [value for value in case.understanding.values if value.kind == "money"]
    for one, two in pairwise(money):
        between = case.text(one.end, two.start)
        if two.start - one.end > 12 or not _BETWEEN_PAIR.fullmatch(between) or not between.strip("整元正"):
            continue
        written = [bool(_CAPITALS.search(case.text(value.start, value.end))) for value in (one, two)]
        if written[0] == written[1] or one.amount is None or two.amount is None:
            continue
        if abs(one.amount - two.amount) > abs(one.amount) * parameters.tolerance:
            yield Outcome(
                start=one.start,
                end=two.end,
                values={"value": f"{one.amount:f}元", "other": f"{two.amount:f}元"},
                conditions=(f"{one.amount:f}元 ≠ {two.amount:f}元",),
            )


def _sum(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """A total followed in the same sentence by all its parts, which add up to something else."""
    money = [
        value for value in case.understanding.values if value.kind in ("money", "area") and value.sure and not value.per
    ]
    for index, total in enumerate(money):
        parts = _parts(money[index + 1 :], total, case)
        if total.amount is None or len(parts) < 2:
            continue
        added = sum((part.amount for part in parts if part.amount is not None), Decimal(0))
        if abs(added - total.amount) <= abs(total.amount) * parameters.tolerance:
            continue
        terms = "＋".join(case.text(part.start, part.end) for part in parts)
        arithmetic = f"{terms}合计{_plain(added, total)}，与{_plain(total.amount, total)}不符"
        yield Outcome(
            start=total.start,
            end=total.end,
            values={"arithmetic": arithmetic},
            related=tuple(case.related("分项", part.start, part.end) for part in parts),
            conditions=(arithmetic,),
        )


def _parts(following: list[Value], total: Value, case: Case) -> list[Value]:
    """The values after `total` that the text gives as its parts, in brackets or after 其中, up to the closing mark."""
    if not following or following[0].kind != total.kind:
        return []
    lead = case.text(total.end, following[0].start)
    opened = re.match(r"[^。；;\n]{0,6}[（(]", lead)
    if not opened:
        return []
    closing = _closing(case.document.text, total.end + opened.end())
    inside = [value for value in following if value.end <= closing]
    words = case.text(total.end, closing)
    if any(value.kind != total.kind or value.amount is None for value in inside) or _MORE.search(words):
        return []
    return inside if "、" in words or "，" in words or "＋" in words or "和" in words else []


def _closing(text: str, start: int) -> int:
    """Offset of the bracket that closes the one just before `start`; the sentence end where none does."""
    depth = 1
    for offset in range(start, min(len(text), start + 200)):
        if text[offset] in "（(":
            depth += 1
        elif text[offset] in "）)":
            depth -= 1
            if depth == 0:
                return offset
        elif text[offset] in "。\n":
            return offset
    return min(len(text), start + 200)


def _plain(number: Decimal, like: Value) -> str:
    if like.kind == "area":
        return f"{number.normalize():f}平方米"
    scaled, unit = (number / 10000, "万元") if abs(number) >= 10000 else (number, "元")
    return f"{scaled.normalize():f}{unit}"


def _party_names(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """The name in the signature block is not the name in the heading."""
    heads = {party.role: party for party in case.understanding.parties}
    for fact in case.understanding.facts:
        role = fact.name.removeprefix("party_")
        party = next(
            (found for key, found in heads.items() if key == {"a": "甲方", "b": "乙方", "c": "丙方"}.get(role)), None
        )
        if party is None or fact.source != "signature" or str(fact.value) == party.name:
            continue
        yield Outcome(
            start=fact.start,
            end=fact.end,
            values={"name": party.name, "other": str(fact.value)},
            related=(case.related("首部名称", party.start, party.end),),
        )


def _signing_dates(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """Heading and signature block give different signing dates."""
    dates = [fact for fact in case.understanding.facts if fact.name == "signed_on"]
    for other in dates[1:]:
        if other.value != dates[0].value:
            yield Outcome(
                start=other.start,
                end=other.end,
                values={"value": str(dates[0].value), "other": str(other.value)},
                related=(case.related("另一处签订日期", dates[0].start, dates[0].end),),
            )
            return


def _unit(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """Units that cannot be meant: 亿万元, 万元每平方米."""
    for match in _WRONG_UNIT.finditer(case.document.text):
        start = match.start()
        while start > 0 and (case.document.text[start - 1].isdigit() or case.document.text[start - 1] in ".,，"):
            start -= 1
        yield Outcome(start=start, end=match.end(), values={"value": case.text(start, match.end())})


def _uscc(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """A credit code whose check digit is wrong (GB 32100-2015)."""
    for fact in case.understanding.facts:
        if fact.name == "uscc" and fact.source == "invalid":
            yield Outcome(start=fact.start, end=fact.end, values={"value": str(fact.value)})


_COMPARISONS: dict[str, Callable[[AgreeCheck, Case], Iterator[Outcome]]] = {
    "capitals": _capitals,
    "sum": _sum,
    "party_names": _party_names,
    "signing_dates": _signing_dates,
    "unit": _unit,
    "uscc": _uscc,
}
