"""The same promise at different rates to different firms (公平竞争): what each government of the folder promised to whom.

Compared are promises of one government (甲方) of one kind and unit: 设备补助 10% against 设备补助 8%. Promises that follow a
published policy for everybody are none, nor are different rates for one firm in one paper.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from contract_audit.chinese.text import fold_text
from contract_audit.model import Provision, Resemblance, SharedFact, Struct, Understanding, Value

_GIVES = re.compile(r"奖励|奖补|补助|补贴|扶持|返还|贴息|资助|支持|减免|免收|免除|优惠|让利|兑现|给予")
_RENT = re.compile(r"租金|房租")
# What the promise is measured by; the first that fits the words of the provision.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("个人所得税奖励", re.compile(r"个人所得税|个税")),
    ("税收奖励", re.compile(r"增值税|企业所得税|所得税|地方留成|留存|财政贡献|经济贡献|税收")),
    ("贷款贴息", re.compile(r"贷款|贴息|利息")),
    ("设备补助", re.compile(r"设备")),
    ("租金减免", _RENT),
    ("物流补贴", re.compile(r"物流|运费|运输")),
    ("电价补贴", re.compile(r"电价|用电|电费")),
    ("用工补贴", re.compile(r"用工|招工|就业|员工|培训")),
    ("装修补贴", re.compile(r"装修|洁净")),
    ("固定资产投资奖励", re.compile(r"固定资产|投资额|建设投资|建设补助")),
)  # fmt: skip
_FOR_ALL = re.compile(r"公开|普惠|同等|统一|各类企业|所有企业|与其他企业|申报指南|国家|省级?(?:有关|政策|专项)|上级")
_CAP = re.compile(r"(?:不超过|最高|上限|不高于|封顶|总额)[^，。；]{0,10}$")
_DUTY = re.compile(r"违约金|滞纳金|逾期|乙方应|乙方须|未达|不足|低于|追回|退还")


class Promise(Struct, frozen=True, kw_only=True):
    """One promise with a rate: `rates` in the unit (fractions for %, yuan else), words and span in the document's text."""

    document: str
    government: str
    firm: str
    kind: str
    unit: str
    rates: tuple[Decimal, ...]
    words: str
    start: int
    end: int


def promises(understanding: Understanding) -> tuple[Promise, ...]:
    """What the government side of a paper promises the enterprise at a rate; nothing where either is unknown."""
    government = next((party.name for party in understanding.parties if party.side == "government"), "")
    firm = next((party.name for party in understanding.parties if party.side == "investor"), "")
    if not government or not firm:
        return ()
    found = []
    for provision in understanding.provisions:
        words = understanding.document.text[provision.start : provision.end]
        kind = _kind(provision, fold_text(words))
        if kind is None:
            continue
        for unit, rates in _rates(understanding, provision).items():
            found.append(
                Promise(
                    document=understanding.document.name,
                    government=fold_text(government),
                    firm=fold_text(firm),
                    kind=kind,
                    unit=unit,
                    rates=tuple(sorted(rates)),
                    words=words.strip(),
                    start=provision.start,
                    end=provision.end,
                )
            )
    return tuple(found)


def _kind(provision: Provision, folded: str) -> str | None:
    if (
        provision.side not in ("government", "both")
        or provision.polarity == "negative"
        or provision.force == "prohibition"
    ):
        return None
    hedged = any(hedge.kind == "public_policy" for hedge in provision.hedges)
    if hedged or not _GIVES.search(folded) or _FOR_ALL.search(folded) or _DUTY.search(folded):
        return None
    return next((name for name, pattern in _KINDS if pattern.search(folded)), None)


def _rates(understanding: Understanding, provision: Provision) -> dict[str, set[Decimal]]:
    """Rates of the provision by unit: % and money per something; caps (最高不超过…) are no rates."""
    text = understanding.document.text
    rates: dict[str, set[Decimal]] = {}
    for value in understanding.values:
        if not (provision.start <= value.start < provision.end) or not value.sure or value.amount is None:
            continue
        unit = _unit(value)
        if unit and not _CAP.search(fold_text(text[provision.start : value.start])):
            rates.setdefault(unit, set()).add(value.amount)
    return rates


def _unit(value: Value) -> str:
    if value.kind == "percent":
        return "%"
    return f"元/{value.per}" if value.kind == "money" and value.per else ""


def unequal(all_promises: Iterable[Promise]) -> dict[str, tuple[Resemblance, ...]]:
    """By document: the papers of the same government that promise another firm the same at another rate.

    `facts` of each hold both words; the rates stand in front of them. Papers of one firm are not held against each other.
    """
    groups: dict[tuple[str, str, str], list[Promise]] = {}
    for promise in all_promises:
        groups.setdefault((promise.government, promise.kind, promise.unit), []).append(promise)
    pairs: dict[str, dict[tuple[str, str], list[SharedFact]]] = {}
    for same in groups.values():
        for own, other in _contrasts(same):
            facts = pairs.setdefault(own.document, {}).setdefault((other.document, other.firm), [])
            facts.append(_fact(own, other))
    return {
        document: tuple(
            Resemblance(document=name, title="", company=firm, signed_on=None, points=Decimal(0), facts=tuple(facts))
            for (name, firm), facts in sorted(others.items())
        )
        for document, others in pairs.items()
    }


def _contrasts(same: list[Promise]) -> Iterator[tuple[Promise, Promise]]:
    """Each promise with the first of every other firm that has other rates, unless that firm has these rates too."""
    by_firm: dict[str, list[Promise]] = {}
    for promise in same:
        by_firm.setdefault(promise.firm, []).append(promise)
    for firm, own_promises in by_firm.items():
        for own in own_promises:
            for other_firm, others in by_firm.items():
                if other_firm != firm and all(other.rates != own.rates for other in others):
                    yield own, others[0]


def _fact(own: Promise, other: Promise) -> SharedFact:
    return SharedFact(
        name=own.kind,
        own=f"{_shown(own)}：{own.words}",
        other=f"{_shown(other)}：{other.words}",
        points=Decimal(0),
        start=own.start,
        end=own.end,
        other_start=other.start,
        other_end=other.end,
    )


def _shown(promise: Promise) -> str:
    if promise.unit == "%":
        return "、".join(f"{(rate * 100).normalize():f}%" for rate in promise.rates)
    return "、".join(f"{rate.normalize():f}{promise.unit}" for rate in promise.rates)
