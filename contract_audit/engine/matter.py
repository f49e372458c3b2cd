"""What a finding is about: by its words, its kind of paper and who owes it, the law that speaks of it is chosen."""

import re

from contract_audit.chinese.text import fold_text
from contract_audit.engine import law
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.second_reading import words_of

_NEAR = 30  # characters of the sentence around the words found
_STOP = re.compile(r"[。；;\n]")
_FIRMS = "公司|集团|城投|国投|农投|产投|旅投|交投"
_COMPANY = re.compile(rf"^[^局委办部会府]+(?:{_FIRMS})$")
_OFFICE = re.compile(r"(?:局|委员会|管委会|办公室|部门|政府|专班|指挥部)$")
_PERFORMER = re.compile(rf"(?:[局办]|委员会|办公室|中心|[大支]?队|部门|{_FIRMS})$")
_USUAL = {"government": frozenset({"government"}), "investor": frozenset({"enterprise"})}


def matter_of(outcome: Outcome, case: Case) -> law.Matter:
    """What an outcome is about: its words, the places that belong to it, and the provision that they stand in."""
    said = [words_of(outcome, case), *(related.quote for related in outcome.related)]
    stands_in = [] if outcome.provision is None else [case.views[outcome.provision].text, _around(outcome, case)]
    spoken = "\n".join([*(fold_text(words) for words in said), *stands_in])
    parties = case.understanding.parties
    return law.Matter(
        words=spoken,
        parties=frozenset(party.kind for party in parties),
        bearers=_bearers(outcome, case),
        named=frozenset(
            party.kind
            for party in (() if outcome.side else parties)  # of a duty it is known who owes it
            if any(name in spoken for name in (party.role, party.name, *party.aliases))
        ),
        paper=case.understanding.kind or law.UNKNOWN_PAPER,
        mode=case.mode,
        law_day=case.law_day,
        due=outcome.due,
        third=_is_third(outcome, case),
    )


def _around(outcome: Outcome, case: Case) -> str:
    """What the sentence says around the words found: 支持方式如需变动，… tells of what they speak, and is often quoted too."""
    if outcome.provision is None or outcome.stream != "accepted":
        return ""
    before = case.text(max(0, outcome.start - _NEAR), outcome.start)
    after = case.text(outcome.end, outcome.end + _NEAR)
    return fold_text(f"{_STOP.split(before)[-1]}\n{_STOP.split(after)[0]}")


def _is_third(outcome: Outcome, case: Case) -> bool:
    """Whether a bureau, or a company on the government side, is to perform that is no party, nor a party's short name."""
    if outcome.provision is None:
        return False
    provision = case.understanding.provisions[outcome.provision]
    bearer = provision.bearer or ""
    if (outcome.side or provision.side) != "government" or not _PERFORMER.search(bearer):
        return False
    names = [name for party in case.understanding.parties for name in (party.role, party.name, *party.aliases)]
    return not any(_shortens(bearer, name) for name in names)


def _shortens(short: str, name: str) -> bool:
    """Whether the characters of a name's short form stand in it in order: 管委会 of a 管理委员会.

    >>> _shortens("开投公司", "洮原开投资产运营有限公司"), _shortens("县水利局", "朔原县人民政府")
    (True, False)
    """
    rest = iter(name)
    return all(char in rest for char in short)


def _bearers(outcome: Outcome, case: Case) -> frozenset[str]:
    """Kinds of those who owe or promise what was found: the one named, else all of its side, which may have none known."""
    if outcome.provision is None:  # of what is missing in the paper
        public = frozenset(party.kind for party in case.understanding.parties if party.side == "government")
        return public if outcome.side is None else frozenset()
    provision = case.understanding.provisions[outcome.provision]
    side = outcome.side or provision.side
    of_side = [party for party in case.understanding.parties if party.side == side]
    named = [party for party in of_side if provision.bearer in (party.role, party.name, *party.aliases)]
    if not named and _COMPANY.match(provision.bearer or ""):  # no party, as those of minutes: 由县城投公司…
        return frozenset({"platform_company" if side == "government" else "enterprise"})
    if not named and side != "government" and _OFFICE.search(provision.bearer or ""):  # a bureau named among firms
        return frozenset({"department"})
    return frozenset(party.kind for party in named or of_side) or _USUAL.get(side, frozenset())
