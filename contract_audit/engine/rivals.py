"""Rivals: of findings of unlike categories on the same words, the one goes whose category the words read far less like.

Few words of a rule may stand in a clause of another matter: 亏损由甲方补足 is a guaranteed return or an indemnity without end,
as the rest of the sentence tells. The recognizer has read words and sentence for all categories.
"""

from collections.abc import Sequence

from contract_audit.engine.case import Case
from contract_audit.engine.overlaps import overlapping
from contract_audit.engine.second_reading import scores_of, words_alone
from contract_audit.model import Finding
from contract_audit.rulespec import ProvisionCheck, Rule, WordingCheck

# By how much the words must read more like the other category (of false findings on papers no rule was made for one in seven
# goes, of true ones one in a thousand; from 0.15 to 0.3 the same).
_MARGIN = 0.2
_CERTAIN = 0.5  # words that score more for their own category stand whatever else they may be
_SHORT = 6  # characters that can show a wrong


def outdone(found: Sequence[tuple[Rule, Finding, Finding]], case: Case) -> dict[int, int]:
    """The findings, by their places in the sequence, that go, each with the place of the one that it goes for.

    Each is given with its rule, and as the rule itself found it, before its quote grew: only words that both found are
    contested, not those of a neighbour's statement that one of them is quoted with.
    """
    spans = [(first.start, first.end) for _, _, first in found]
    pairs = [
        (place, rival)
        for place, rival in sorted(overlapping(spans))
        if _may_go(*found[place][:2], found[rival][1], case)
    ]
    places = sorted({place for pair in pairs for place in pair})
    likes = dict(
        zip(places, scores_of([(found[place][1].quote, found[place][1]) for place in places], case), strict=True)
    )
    owned = words_alone([_own_words(found[place][1], found[rival][1]) for place, rival in pairs], case)
    gone: dict[int, int] = {}
    for (place, rival), words in zip(pairs, owned, strict=True):
        own, other = (found[one][1].category for one in (place, rival))
        if not {own, other} <= words.keys():
            continue
        margin = max(likes[one][other] for one in (place, rival)) - max(likes[one][own] for one in (place, rival))
        if min(margin, words[other] - words[own]) > _MARGIN and words[own] < _CERTAIN:
            gone[place] = rival
    return gone


def reads_rather(finding: Finding, rival: Finding, case: Case) -> bool:
    """Whether the words of both, or their sentences, read more like the category of the one than like that of its rival."""
    likes = scores_of([(one.quote, one) for one in (finding, rival)], case)
    own, other = (max(like.get(one.category, 0.0) for like in likes) for one in (finding, rival))
    return own > other


def _own_words(finding: Finding, rival: Finding) -> str:
    """What a finding quotes beside its rival; all of it where that is too little to show anything."""
    before = finding.quote[: max(0, rival.start - finding.start)]
    behind = finding.quote[max(0, rival.end - finding.start) :]
    return max((before, behind), key=len) if max(len(before), len(behind)) >= _SHORT else finding.quote


def _may_go(rule: Rule, finding: Finding, rival: Finding, case: Case) -> bool:
    """Whether a finding goes by words, and its rival stands in the same stream and is of a category that nobody takes for its
    own.
    """
    by_words = isinstance(rule.check, ProvisionCheck | WordingCheck) and not rule.particular
    stands = rival.verdict == "fail" and rival.stream == finding.stream
    return by_words and stands and rival.category not in case.pack.taxonomy.near(finding.category)
