"""What is to be done about a finding: the redraft of its case, what to do where the paper is signed, the paper's own names."""

import re
from collections.abc import Iterator
from functools import partial
from operator import itemgetter

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.second_reading import words_of
from contract_audit.model import Party
from contract_audit.remedyspec import RemedyCase
from contract_audit.rulespec import Pack, Rule

_MEANT = {"甲方": "{government}", "乙方": "{investor}", "本协议": "{this}"}
_SAID = re.compile("[甲乙]方(?![式面])|本协议")
_NOBODY = {"government": "政府方", "investor": "企业方"}
_PARTY_ROLE = re.compile("[甲乙丙丁戊己庚辛]方")
# 我委, 你公司, 本县 mean something else to whoever reads the list; 园区 is a place; 项目公司 is founded later.
_NO_NAME = re.compile("[我你贵本该].*|园区|项目公司|平台公司")


class Measure(msgspec.Struct, frozen=True):
    """The remedy with placeholders of `names`, and who must look at it."""

    remedy: str
    departments: tuple[str, ...]


def measure(rule: Rule, outcome: Outcome, case: Case, *, earlier: bool) -> Measure:
    """What is to be done; `earlier`: no law forbade it at the signing, or it is an existing commitment."""
    chosen = next((one for one in rule.remedy_cases if _holds(one, outcome, case)), RemedyCase())
    remedy = chosen.remedy or rule.remedy
    if case.mode == "signed":
        remedy = mending(rule, case.pack, earlier=earlier).replace("{remedy}", remedy)
        if outcome.verdict == "review":
            remedy = doubted(rule, remedy, case)
    return Measure(_SAID.sub(lambda said: _MEANT[said.group()], remedy), chosen.departments or rule.departments)


def mending(rule: Rule, pack: Pack, *, earlier: bool = False) -> str:
    """What is to be done about what a rule finds in a signed paper, around {remedy}."""
    told = pack.info.remedies.signed
    way = told.get(rule.category) or told.get(rule.category.split(".")[0])
    if way is not None and way.earlier is not None and earlier:
        return way.earlier
    return rule.remedy_signed or (way.text if way is not None else "{remedy}")


def doubted(rule: Rule, remedy: str, case: Case) -> str:
    """The remedy of a finding that a person must decide first, where a signed paper is to be put right."""
    told = case.pack.info.remedies
    leads = case.mode == "signed" and bool({rule.category, rule.category.split(".")[0]} & told.signed.keys())
    return f"{told.doubted}{remedy}" if leads else remedy


def names(outcome: Outcome, case: Case) -> dict[str, str]:
    """What the placeholders of a remedy's parties, of this paper and of the one that mends it are filled with."""
    filled = dict(case.once(_names_of_all))
    own = _bearer(outcome, case)
    if own is not None:
        filled[own.side] = called(own, case)
    return filled


def _names_of_all(case: Case) -> Iterator[tuple[str, str]]:
    """Those of a finding whose bearer is not known; a public body goes before a company of its side that signs with it."""
    told, kind = case.pack.info.remedies, case.understanding.kind
    issued = kind in case.pack.info.one_sided_kinds
    yield "this", f"本{kind}" if issued else "本协议"
    yield "paper", told.issued_by if issued else told.agreed_by
    parties = sorted(case.understanding.parties, key=lambda party: party.kind == "platform_company")
    for side, nobody in _NOBODY.items():
        first = next((party for party in parties if party.side == side), None)
        yield side, called(first, case) if first is not None else nobody


def called(party: Party, case: Case) -> str:
    """What the paper itself calls a party most often: 甲方, 区政府, 公司; its full name where it has no other."""
    return case.kept((called, party), partial(_read_name, party, case.document.text))


def _read_name(party: Party, text: str) -> str:
    told = [party.role] if _PARTY_ROLE.fullmatch(party.role) else []
    told += [word for word in party.aliases if not _NO_NAME.fullmatch(word)]
    often, name = max(((text.count(word), word) for word in told), key=itemgetter(0), default=(0, ""))
    return name if often else party.name


def _bearer(outcome: Outcome, case: Case) -> Party | None:
    """The party that owes or promises what was found; an enterprise only of duties: the wrongs are the government's."""
    provision = None if outcome.provision is None else case.understanding.provisions[outcome.provision]
    said = outcome.duty.bearer if outcome.duty is not None else provision.bearer if provision is not None else None
    sides = ("government", "investor") if outcome.duty is not None else ("government",)
    parties = (party for party in case.understanding.parties if party.side in sides)
    return next((party for party in parties if said in (party.role, party.name, *party.aliases)), None)


def _holds(one: RemedyCase, outcome: Outcome, case: Case) -> bool:
    duty = outcome.duty
    if one.done is not None and (duty is None or one.done != (duty.status == "done_late")):
        return False
    if one.duties and (duty is None or duty.kind not in one.duties):
        return False
    words = fold_text(words_of(outcome, case)) if one.where else ""
    return not one.where or any(word in words for word in one.where)
