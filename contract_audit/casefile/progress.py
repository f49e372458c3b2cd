"""The 三率 of a folder: how many signed projects were started (开工率) and produce (投产率), how much of the agreed
investment is made (投资完成率). Only evidence counts; the list behind every number is kept.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from contract_audit.casefile.families import Card, card, families
from contract_audit.casefile.register import RegisterRow
from contract_audit.deeds import event
from contract_audit.model import Audit, Struct, Understanding
from contract_audit.model.calendar import Project, Rate

# Papers that belong to a project or to a purchase, and are no signed project of their own.
_NO_PROJECT = frozenset({"补充", "纪要", "函", "承诺书", "采购", "施工", "监管", "兑现", "法规政策"})
_TRIAL = ("试生产", "试产", "试车", "试制", "试运行", "试机")
_FULL_SHARE = Decimal("0.001")


class Telling(Struct, frozen=True, kw_only=True):
    """One thing on record for a paper: 事项, day, proof, sum in yuan where it has one."""

    matter: str
    day: date
    proof: str
    amount: Decimal | None


def groups(audits: tuple[Audit, ...], register: tuple[RegisterRow, ...] = ()) -> tuple[tuple[int, ...], ...]:
    """Papers by project, as indices into `audits`, each once; copies of one paper stand once."""
    cards = tuple(card(audit.understanding) for audit in audits)
    found: list[tuple[int, ...]] = []
    seen: set[int] = set()
    copies: dict[object, int] = {}
    for index, others in enumerate(families(cards, register)):
        if index in seen or (cards[index].title and copies.setdefault(_paper(cards[index]), index) != index):
            continue
        members = tuple(sorted({index, *others}, key=lambda one: (cards[one].signed_on or date.max, cards[one].name)))
        seen.update(members)
        found.append(members)
    return tuple(found)


def _paper(one: Card) -> object:
    return one.title, one.kind, one.investors, one.signed_on


def projects(
    audits: tuple[Audit, ...], grouped: tuple[tuple[int, ...], ...], drafts: frozenset[int]
) -> tuple[tuple[Project, ...], tuple[tuple[str, str], ...]]:
    """The signed projects, and the papers that are none with the reason; `drafts` are indices of papers not signed."""
    found: list[Project] = []
    left_out: list[tuple[str, str]] = []
    for members in grouped:
        main = next((one for one in members if _no_project(audits[one], one in drafts) is None), None)
        if main is None:
            left_out += [
                (audits[one].understanding.document.name, _no_project(audits[one], one in drafts) or "")
                for one in members
            ]
        else:
            found.append(
                _project(audits[main].understanding, [told for one in members for told in tellings(audits[one])])
            )
    return tuple(found), tuple(left_out)


def _no_project(audit: Audit, draft: bool) -> str | None:
    understanding = audit.understanding
    if understanding.document.status == "unreadable":
        return "未能读取"
    if draft:
        return "未签署"
    if understanding.kind in _NO_PROJECT:
        return f"{understanding.kind}，不是单独的签约项目"
    if not any(party.side == "investor" for party in understanding.parties):
        return "未识别到企业方"
    return None


def tellings(audit: Audit) -> Iterator[Telling]:
    """What the evidence says of one paper: rows that prove its duties, whole or in part, and rows that found no place."""
    for duty in audit.understanding.obligations:
        if duty.proof_matter and duty.done_on:
            yield Telling(matter=duty.proof_matter, day=duty.done_on, proof=duty.proof or "", amount=duty.paid)
    parts = [row for duty in audit.understanding.obligations for row in duty.parts]
    for row in (*parts, *(item.evidence for item in audit.unplaced)):
        if row.done_on is not None and row.done_on <= audit.as_of:
            yield Telling(matter=row.matter, day=row.done_on, proof=row.proof, amount=row.amount)


def _project(paper: Understanding, told: list[Telling]) -> Project:
    producing = _earliest(one for one in told if "produce" in event(one.matter).acts and not _is_trial(one.matter))
    started = _earliest(one for one in told if "start" in event(one.matter).acts) or producing
    sums = sorted(((amount, one) for one in told if (amount := _invested(one)) is not None), key=lambda pair: pair[0])
    signed, name = paper.fact("signed_on"), paper.fact("project")
    return Project(
        document=paper.document.name,
        name=str(name.value) if name else paper.title or paper.document.name,
        company=next((party.name for party in paper.parties if party.side == "investor"), ""),
        signed_on=signed.value if signed is not None and isinstance(signed.value, date) else None,
        planned=_sum(paper, "total_investment_yuan") or _sum(paper, "fixed_investment_yuan"),
        started=_words(started),
        invested=sums[-1][0] if sums else None,
        invested_by=_words(sums[-1][1]) if sums else "",
        producing=_words(producing),
    )


def _is_trial(matter: str) -> bool:
    return any(word in matter for word in _TRIAL)


def _earliest(told: Iterator[Telling]) -> Telling | None:
    return min(told, key=lambda one: (one.day, one.matter), default=None)


def _words(told: Telling | None) -> str:
    if told is None:
        return ""
    proof = f"（{told.proof}）" if told.proof else ""
    return f"{told.day.isoformat()} {told.matter}{proof}"


def _invested(told: Telling) -> Decimal | None:
    """The investment that a record states: 累计完成固定资产投资2.1亿元; payments and registered capital are none."""
    said = event(told.matter)
    if "fixed" not in said.things and not ("投资" in told.matter and "reach" in said.acts):
        return None
    if {"subsidy", "company"} & said.things or {"pay", "return"} & said.acts - {"reach"}:
        return None
    sums = [value for unit, value in said.amounts if unit == "元"]
    return max(sums, default=told.amount)


def _sum(paper: Understanding, name: str) -> Decimal | None:
    fact = paper.fact(name)
    return fact.value if fact is not None and isinstance(fact.value, Decimal) else None


def rates(listed: tuple[Project, ...]) -> tuple[Rate, ...]:
    """开工率, 投资完成率, 投产率 of the projects listed; projects without an agreed sum are left out of the second."""
    signed = Decimal(len(listed))
    planned = [one for one in listed if one.planned]
    without = len(listed) - len(planned)
    silent = sum(one.invested is None for one in planned)
    note = f"{without}个项目协议未载投资额，未计入；" if without else ""
    return (
        _rate("开工率", Decimal(sum(bool(one.started) for one in listed)), signed, "有开工或投产凭证的项目÷签约项目"),
        _rate(
            "投资完成率",
            sum((one.invested or Decimal(0) for one in planned), Decimal(0)),
            sum((one.planned or Decimal(0) for one in planned), Decimal(0)),
            f"凭证所载累计完成投资（元）÷协议总投资（元）；{note}{silent}个项目无投资凭证，按零计",
        ),
        _rate(
            "投产率",
            Decimal(sum(bool(one.producing) for one in listed)),
            signed,
            "有投产凭证的项目（试生产不计）÷签约项目",
        ),
    )


def _rate(name: str, numerator: Decimal, denominator: Decimal, note: str) -> Rate:
    share = (numerator / denominator).quantize(_FULL_SHARE) if denominator else None
    return Rate(name=name, numerator=numerator, denominator=denominator, share=share, note=note)
