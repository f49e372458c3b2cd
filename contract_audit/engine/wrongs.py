"""One wrong, one finding: what several rules found of the same words is joined, and each quote is one that a reader follows."""

import re
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from contract_audit.chinese.quotes import bare
from contract_audit.engine.case import Case
from contract_audit.engine.rivals import outdone, reads_rather
from contract_audit.model import Finding, Severity, Side
from contract_audit.rulespec import Pack, ProvisionCheck, Rule, WordingCheck

GRADES: tuple[Severity, ...] = ("low", "medium", "high")
_CLOSE = 12  # findings of one category nearer than this in one sentence are one wrong
_STRETCH = 128  # characters of the text that are looked up together
_GROWN = 60  # characters without punctuation that one wrong found by several rules may be to be quoted whole
_TOLD = 56  # characters up to which the statements that follow the words of a wrong are quoted with them
_SENTENCE_END = re.compile(r"[。；;\n]")
# What somebody said of it, in minutes: 施工单位代表表示困难较大.
_SAID_OF_IT = re.compile(r"(?<=[，,])[^，。；]{0,12}(?:代表|负责人|同志|方面)(?:表示|反映|提出|认为|要求|希望)")
_CONDITION = re.compile(r"(?:的|时|后|情况下|前提下)[，,]\Z")
_STATEMENT_END = re.compile(r"[，,：:\t|]")


class Stamped(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with what deciding between findings needs."""

    finding: Finding
    rule: Rule
    provision: int | None
    side: Side | None = None  # of whoever owes or promises what was found
    earlier: bool = False  # no law forbade it at the signing, or it is an existing commitment
    first: Finding | None = None  # as its own rule found it, where its quote has grown


def distinct(stamped: list[Stamped], case: Case) -> list[Stamped]:
    """The findings that stay, with the words a reader needs, in no order."""
    return _in_context(_joined(stamped, case), case)


def _joined(stamped: list[Stamped], case: Case) -> list[Stamped]:
    """One wrong, one finding: of findings of one category on the same words the graver, then the earlier rule, stays;
    a rule that yields to a category goes where that category stands on the same words.
    """
    ranked = sorted(stamped, key=_rank)
    kept: list[Stamped] = []
    standing = _Standing()
    for item in ranked:
        near = sorted(standing.near(item.finding))
        place = next((place for place in near if _is_same(item.finding, kept[place].finding, case)), None)
        if place is None:
            standing.add(item.finding, len(kept))
            kept.append(item)
        elif item.rule.id != kept[place].rule.id and item.finding.facts.get("arithmetic"):
            kept[place] = _with_doubt(kept[place], item.finding)
        elif item.rule.id != kept[place].rule.id and item.finding.verdict == kept[place].finding.verdict:
            kept[place] = _grown(kept[place], item.finding, case)
            standing.add(kept[place].finding, place)
    apart = [
        item
        for item in kept
        if not any(_lies_in(item.finding, kept[place].finding) for place in standing.near(item.finding))
    ]
    return _settled(_without_outdone(apart, case), case)


class _Standing:
    """Where findings stand: those of one category and stream that lie near each other are held against each other."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str, int], set[int]] = {}

    def add(self, finding: Finding, place: int) -> None:
        """Note that the finding kept at `place` has this span."""
        for key in self._keys(finding):
            self._places.setdefault(key, set()).add(place)

    def near(self, finding: Finding) -> set[int]:
        """The places of all kept findings that overlap it or stand close by, and of some others."""
        return set().union(*(self._places.get(key, ()) for key in self._keys(finding)))

    @staticmethod
    def _keys(finding: Finding) -> Iterator[tuple[str, str, int]]:
        for stretch in range((finding.start - _CLOSE) // _STRETCH, (finding.end + _CLOSE) // _STRETCH + 1):
            yield finding.category, finding.stream, stretch


def _lies_in(one: Finding, other: Finding) -> bool:
    """Whether a finding's words are part of those that another of its category has grown to."""
    return (
        one is not other
        and one.category == other.category
        and one.stream == other.stream
        and one.facts.get("due") == other.facts.get("due")
        and other.start <= one.start
        and one.end <= other.end
        and one.end - one.start < other.end - other.start
    )


def _without_outdone(kept: list[Stamped], case: Case) -> list[Stamped]:
    """Without those whose words read far more like another that stands on them; each winner tells what it stands for."""
    gone = outdone([(item.rule, item.finding, item.first or item.finding) for item in kept], case)
    beaten: dict[int, list[str]] = {}
    for loser, winner in gone.items():
        beaten.setdefault(winner, []).append(f"同一处的规则{kept[loser].rule.id}不再提示：整句措辞更近本类")
    return [_told(item, tuple(beaten.get(place, ()))) for place, item in enumerate(kept) if place not in gone]


def _told(item: Stamped, conditions: tuple[str, ...]) -> Stamped:
    finding = msgspec.structs.replace(item.finding, conditions=(*item.finding.conditions, *conditions))
    return msgspec.structs.replace(item, finding=finding)


def _settled(kept: list[Stamped], case: Case) -> list[Stamped]:
    """Without those that give way; of two that yield to one another the narrower rule's stays, then the graver."""
    ordered = sorted(kept, key=_breadth)
    of_category: dict[str, list[int]] = {}
    of_provision: dict[int, list[int]] = {}
    for place, item in enumerate(ordered):
        of_category.setdefault(item.finding.category, []).append(place)
        if item.provision is not None:
            of_provision.setdefault(item.provision, []).append(place)

    def goes(place: int, item: Stamped) -> bool:
        rivals = {other for category in _winning(item.rule, case.pack) for other in of_category.get(category, ())}
        if _by_wording(item) and item.provision is not None:
            rivals.update(of_provision[item.provision])
        return any(
            _gives_way(item, ordered[other], case) and (other < place or not _gives_way(ordered[other], item, case))
            for other in rivals - {place}
        )

    return [item for place, item in enumerate(ordered) if not goes(place, item)]


def _by_wording(item: Stamped) -> bool:
    return isinstance(item.rule.check, WordingCheck)


def _breadth(item: Stamped) -> int:
    return 2 if _by_wording(item) else int(item.rule.wide)


def _rank(item: Stamped) -> tuple[bool, bool, int, str, int]:
    """What was found before what is undecided, by a rule's words before by wording, the graver, then the earlier rule."""
    finding = item.finding
    return finding.verdict == "review", _by_wording(item), -GRADES.index(finding.severity), item.rule.id, finding.start


def _in_context(kept: list[Stamped], case: Case) -> list[Stamped]:
    """Words found in a provision with the statements that end their sentence, while that is short.

    What follows is often the half that shows the wrong. No quote grows into another of its category.
    """
    told = []
    starts: dict[str, list[int]] = {}
    for item in sorted(kept, key=lambda item: item.finding.start):
        starts.setdefault(item.finding.category, []).append(item.finding.start)
    for item in kept:
        finding = item.finding
        if isinstance(item.rule.check, ProvisionCheck) and finding.stream == "accepted":
            of_category = starts[finding.category]
            later = of_category[bisect_left(of_category, finding.end) :][:1]
            end = _last_statement(finding, min(later, default=None), case)
            item = _requoted(item, _with_condition(item, end, case), end, case)
        told.append(item)
    return told


def _with_condition(item: Stamped, end: int, case: Case) -> int:
    """The start of a quote that ends at `end`, with the condition before it in its provision where both together are short."""
    start = item.finding.start
    if item.provision is None:
        return start
    first = case.understanding.provisions[item.provision].start
    return first if first < start and end - first <= _TOLD and _CONDITION.search(case.text(first, start)) else start


def _last_statement(finding: Finding, limit: int | None, case: Case) -> int:
    """The end of the last whole statement of the sentence that a quote can take in, before `limit`."""
    text = case.understanding.document.text
    longest = min(finding.start + _TOLD, len(text) if limit is None else limit)
    rest = text[finding.end : longest + 1]
    sentence = _SENTENCE_END.split(rest, maxsplit=1)[0]
    if told := _SAID_OF_IT.search(sentence):
        sentence = sentence[: told.start()]
    ends = [match.start() for match in _STATEMENT_END.finditer(sentence)]
    if len(sentence) < len(rest) or longest == len(text):
        ends.append(len(sentence.rstrip("，,")))
    ends = [end for end in ends if finding.end + end <= longest]
    return finding.end + max(ends, default=0)


def _requoted(item: Stamped, start: int, end: int, case: Case) -> Stamped:
    """The finding over another span of its stream: its words change in the message too."""
    finding = item.finding
    text = case.understanding.document.stream_text(finding.stream)[start:end]
    message = finding.message.replace(finding.quote, text)
    return msgspec.structs.replace(
        item, finding=msgspec.structs.replace(finding, start=start, end=end, quote=text, message=message)
    )


def _grown(item: Stamped, other: Finding, case: Case) -> Stamped:
    """The finding with the words that another rule found of the same wrong, where both together stay short."""
    finding = item.finding
    start, end = min(finding.start, other.start), max(finding.end, other.end)
    text = case.understanding.document.stream_text(finding.stream)[start:end]
    if len(bare(text)) > _GROWN or _SENTENCE_END.search(text.rstrip("。；;")):
        return item
    return msgspec.structs.replace(_requoted(item, start, end, case), first=item.first or finding)


def _with_doubt(item: Stamped, other: Finding) -> Stamped:
    """The finding with what another rule worked out about the same words: each doubt keeps its sum."""
    finding = item.finding
    known = {(place.role, place.start) for place in finding.related}
    finding = msgspec.structs.replace(
        finding,
        message=f"{finding.message}；另：{other.facts['arithmetic']}",
        conditions=(*finding.conditions, *other.conditions),
        related=(*finding.related, *(place for place in other.related if (place.role, place.start) not in known)),
    )
    return msgspec.structs.replace(item, finding=finding)


def _is_same(one: Finding, other: Finding, case: Case) -> bool:
    """Findings of one category on the same words, or close by in one sentence; two due days are two wrongs."""
    if one.category != other.category or one.stream != other.stream:
        return False
    if "due" in one.facts and "due" in other.facts and one.facts["due"] != other.facts["due"]:
        return False
    if one.start < other.end and other.start < one.end:
        return True
    if one.facts.get("field") != other.facts.get("field"):
        return False  # two fields of a form left open
    first, second = sorted((one, other), key=lambda finding: finding.start)
    between = case.document.stream_text(one.stream)[first.end : second.start]
    return one.clause == other.clause and len(between) < _CLOSE and not _SENTENCE_END.search(between)


def _winning(rule: Rule, pack: Pack) -> tuple[str, ...]:
    """The categories that win on the same words as the rule's."""
    return (*rule.yields_to, *pack.info.yields_to.get(rule.category, ()))


def _gives_way(item: Stamped, other: Stamped, case: Case) -> bool:
    """Whether the other's category wins on these words.

    What is known by its wording alone wins over a rule only where the words read more like it, and goes where they do not.
    """
    one, two = item.finding, other.finding
    wins = two.category in _winning(item.rule, case.pack)
    loses = _by_wording(item) and not _by_wording(other) and one.category in _winning(other.rule, case.pack)
    if not (wins or loses) or one.stream != two.stream or (two.verdict == "review" and one.verdict == "fail"):
        return False
    same_provision = item.provision is not None and item.provision == other.provision
    if not (same_provision or (one.start < two.end and two.start < one.end)):
        return False
    if wins:
        return not _by_wording(other) or not reads_rather(one, two, case)
    return reads_rather(two, one, case)
