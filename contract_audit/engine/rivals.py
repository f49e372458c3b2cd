"""Rivals: of findings of unlike categories on the same words, the one goes whose category the words read far less like.

Few words of a rule may stand in a clause of another matter: 亏损由甲方补足 is a guaranteed return or an indemnity without end,
as the rest of the sentence tells. The recognizer has read the whole sentence for all categories.
"""

from collections.abc import Iterator, Sequence

from contract_audit.engine.case import Case
from contract_audit.engine.second_reading import scores_of
from contract_audit.model import Finding
from contract_audit.rulespec import ProvisionCheck, Rule, WordingCheck

# By how much the words must read more like the other category (of false findings on papers no rule was made for one in six
# goes, of true ones one in five hundred; from 0.3 to 0.5 the same).
_MARGIN = 0.3
_STRETCH = 128  # characters of the text that are looked up together


def outdone(found: Sequence[tuple[Rule, Finding]], case: Case) -> dict[int, int]:
    """The findings, by their places in the sequence, that go, each with the place of the one that it goes for."""
    pairs = [
        (place, rival)
        for place, rival in _sharing_words([finding for _, finding in found])
        if _may_go(*found[place], found[rival][1], case)
    ]
    places = sorted({place for pair in pairs for place in pair})
    likes = dict(
        zip(places, scores_of([(found[place][1].quote, found[place][1]) for place in places], case), strict=True)
    )
    gone: dict[int, int] = {}
    for place, rival in pairs:
        own, other = (found[one][1].category for one in (place, rival))
        if not {own, other} <= likes[place].keys():
            continue
        margin = max(likes[one][other] for one in (place, rival)) - max(likes[one][own] for one in (place, rival))
        if margin > _MARGIN:
            gone[place] = rival
    return gone


def _sharing_words(findings: Sequence[Finding]) -> Iterator[tuple[int, int]]:
    """The places of each two findings, in both orders, that have characters of one stream in common."""
    standing: dict[tuple[str, int], list[int]] = {}
    for place, finding in enumerate(findings):
        for stretch in range(finding.start // _STRETCH, finding.end // _STRETCH + 1):
            standing.setdefault((finding.stream, stretch), []).append(place)
    pairs = {(one, two) for places in standing.values() for one in places for two in places if one != two}
    for one, two in sorted(pairs):
        if findings[one].start < findings[two].end and findings[two].start < findings[one].end:
            yield one, two


def _may_go(rule: Rule, finding: Finding, rival: Finding, case: Case) -> bool:
    """Whether a finding goes by words, and its rival stands and is of a category that nobody takes for its own."""
    by_words = isinstance(rule.check, ProvisionCheck | WordingCheck) and not rule.particular
    return by_words and rival.verdict == "fail" and rival.category not in case.pack.taxonomy.near(finding.category)
