"""A second, softer look at evidence rows that proved nothing and duties that nothing proves.

What is compared is all that stands around a duty (the words before it in its sentence, the head of its table), not its
main phrase alone; a row is joined only where it and the duty are each other's best choice by far. What is merely
possible is left to a person, and the duty is not called overdue for certain.
"""

import re
from collections.abc import Iterator

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import SINGLE, Event, event, is_apart, is_less, is_near, is_other_thing, rarity
from contract_audit.deeds.concepts import WORKS
from contract_audit.extract.duties.own_words import without_time
from contract_audit.extract.performance.anchor_fit import other_number
from contract_audit.extract.performance.anchors import Case
from contract_audit.extract.performance.attribution import Told, meant_of
from contract_audit.extract.performance.components import is_component
from contract_audit.extract.performance.joining import Joins, Record, has_time, is_provable
from contract_audit.model import Evidence, Obligation, Understanding

_MAYBE = 2.4  # closeness from which a row might be meant
_CLEAR = 1.2  # how much nearer the best duty of a row must be than the next one, and the best row of a duty
_WHOLE, _PERFORMED = 0.4, 0.6  # probabilities below which a row tells of a part, of a step on the way
# Probabilities from which a left-over row may tell of the whole of a duty: of little about it, if surely of the whole; or of
# more, if perhaps of the whole (of unproved duties with such rows more than half were done on open papers).
_MAY_TELL, _SURELY_WHOLE = 0.05, 0.9
_LIKELY, _MAY_BE_WHOLE = 0.3, 0.3
_SENTENCE = re.compile(r"[。；;\n]")
_SAYS_NOTHING = re.compile(
    r"[甲乙丙丁双三各]方|[贵你我本该](?:公司|司|单位|企业|县|市|区|镇|乡|园区)|\d{4}年|\d{1,2}月|\d{1,2}日|应当?|负责|承诺|保证|确保|之?前|以前|底前"
)
_UNSEEN = 0.5  # weight of a record's word that no duty has
_WORDS, _THINGS, _ACTS, _AMOUNTS, _MARKS = 4.0, 0.8, 1.0, 1.2, 0.8
_LEAST = 0.05  # weight of a pair that every duty has


class Wording(msgspec.Struct, frozen=True):
    """What a duty and its surroundings say: the event sought, and the pairs of characters around it."""

    sought: Event
    pairs: frozenset[str]


class Maybe(msgspec.Struct, frozen=True):
    """A row that might prove a duty; `reported`: its day is that of a report, not of what was done."""

    record: Record
    reported: bool = False


class Bond(msgspec.Struct, frozen=True):
    """How close a row is to a duty (its index)."""

    closeness: float
    record: Record
    duty: int


def doubtful(
    case: Case, duties: list[Obligation], joins: Joins, rows: tuple[Evidence, ...], closed: frozenset[int], told: Told
) -> dict[int, Maybe]:
    """The open duties (by index) that a left-over row might prove, with that row; `closed` are proved in other ways.

    A row that most likely tells of a part or of a step on the way leaves no doubt that the whole is late.
    """
    found = {duty: Maybe(record) for duty, record in _perhaps_whole(case, duties, joins, closed, told).items()}
    found |= {
        duty: Maybe(record, reported=True) for duty, record in _told_by_the_way(case, duties, joins, rows, closed)
    }
    bonds = [
        bond
        for bond in _bonds(case, duties, joins, rows)
        if _may_be_whole(bond, told) and not _is_of_another(case, bond.record, bond.duty)
    ]
    best: dict[int, float] = {}  # the closeness of each row's nearest duty
    for bond in bonds:
        best.setdefault(id(bond.record), bond.closeness)  # the closest come first
    for bond in sorted(bonds, key=lambda one: one.closeness):
        settled = bond.duty in joins.proofs or bond.duty in closed or not is_provable(duties[bond.duty])
        if not settled and bond.closeness >= max(_MAYBE, best[id(bond.record)] - _CLEAR):
            found[bond.duty] = Maybe(bond.record)
    return found


def _perhaps_whole(
    case: Case, duties: list[Obligation], joins: Joins, closed: frozenset[int], told: Told
) -> dict[int, Record]:
    """Open duties of which a left-over row may tell, though its words are others, and if it does, of the whole.

    What is done at a place of another name (六路 where 八路 is owed) tells of none.
    """
    found: dict[int, tuple[float, Record]] = {}
    for record in joins.left:
        for meant in told.get(id(record.row), ()):
            if meant.duty in joins.proofs or meant.duty in closed or not is_provable(duties[meant.duty]):
                continue
            if _is_of_another(case, record, meant.duty):
                continue
            surely = meant.about >= _MAY_TELL and min(meant.whole, meant.performed) >= _SURELY_WHOLE
            likely = meant.about >= _LIKELY and meant.whole >= _MAY_BE_WHOLE and meant.performed >= _PERFORMED
            if surely or likely:
                best = found.get(meant.duty)
                if best is None or meant.about > best[0]:
                    found[meant.duty] = (meant.about, record)
    return {duty: record for duty, (_, record) in found.items()}


def _is_of_another(case: Case, record: Record, duty: int) -> bool:
    """Whether a row tells of a place of another name or number, or of one of the things that the phase owed consists of."""
    told, wanted = record.told, case.wanted[duty]
    if is_other_thing(told.words, wanted.words) or other_number(told, wanted):
        return True
    return is_component(case.paper.document.text, wanted, record.row.matter)


def _may_be_whole(bond: Bond, told: Told) -> bool:
    meant = meant_of(told, bond.record.row, bond.duty)
    return meant is None or (meant.whole >= _WHOLE and meant.performed >= _PERFORMED)


def _told_by_the_way(
    case: Case, duties: list[Obligation], joins: Joins, rows: tuple[Evidence, ...], closed: frozenset[int]
) -> Iterator[tuple[int, Record]]:
    """Open duties with a number that a placed row reaches by the way: 收购台账报送（4210吨） and 收购不少于4000吨."""
    placed = tuple(joins.proofs.values())
    for bond in _bonds(case, duties, Joins({}, placed), rows):
        told, sought = bond.record.told, case.wanted[bond.duty]
        reached = any(
            unit == other and unit not in _NO_NUMBER and value >= least
            for unit, value in told.amounts
            for other, least in sought.amounts
        )
        settled = bond.duty in joins.proofs or bond.duty in closed or not is_provable(duties[bond.duty])
        if reached and not settled and bond.closeness >= _MAYBE:
            yield bond.duty, bond.record


_NO_NUMBER = frozenset({"元", "%", "层"})


def _bonds(case: Case, duties: list[Obligation], joins: Joins, rows: tuple[Evidence, ...]) -> list[Bond]:
    """Every left-over row with every duty that it might be meant for, the closest first."""
    own = {id(row) for row in rows}
    left = [record for record in joins.left if id(record.row) in own]
    if not left:
        return []
    around = _wordings(case.paper, duties, case.wanted)
    weights = rarity([wording.pairs for wording in around], least=_LEAST)
    bonds = [
        Bond(_closeness(record, duty, around[index], weights), record, index)
        for record in left
        for index, duty in enumerate(duties)
        if has_time(duty)
    ]
    return sorted((bond for bond in bonds if bond.closeness), key=lambda one: -one.closeness)


def _wordings(paper: Understanding, duties: list[Obligation], wanted: list[Event]) -> list[Wording]:
    return [Wording(sought, _pairs(_around(paper, duty))) for duty, sought in zip(duties, wanted, strict=True)]


def _around(paper: Understanding, duty: Obligation) -> str:
    """The duty's words with those before it in its sentence, from the end of the duty before it, and its stems."""
    text = paper.document.text
    provision = paper.provisions[duty.provision] if duty.provision is not None else None
    if provision is None or provision.kind == "table_row":
        return without_time(text, duty)
    before = [one.end for one in paper.obligations if one.end <= duty.start and one.due_end > one.due_start]
    low = max(0, duty.start - _LEAD_CHARS)
    start = max([low, *before[-1:], *(mark.end() for mark in _SENTENCE.finditer(text, low, duty.start))])
    stems = " ".join(text[stem.start : stem.end] for stem in provision.stems)
    return f"{stems} {text[start : duty.start]} {without_time(text, duty)}"


_LEAD_CHARS = 200


def _pairs(words: str) -> frozenset[str]:
    text = _SAYS_NOTHING.sub(" ", fold_text(words))
    return frozenset(
        pair for size in (1, 2) for index in range(len(text)) if _is_word(pair := text[index : index + size], size)
    )


def _is_word(pair: str, size: int) -> bool:
    return len(pair) == size and not set(pair) & _STOP and all("\u4e00" <= char <= "\u9fff" for char in pair)


_STOP = frozenset("的了在于将由并和及与把应须后前内其该本为使以按各")


def _closeness(record: Record, duty: Obligation, wording: Wording, weights: dict[str, float]) -> float:
    """How much a row might be meant for a duty: words in common, things, acts, amounts, numbers, the day; 0 = not at all."""
    told, sought = record.told, wording.sought
    if is_less(told, sought) or is_apart(told, sought) or _tells_the_start(told, duty, sought):
        return 0.0
    if _is_only_brought(told, sought):
        return 0.0
    pairs = _pairs(told.words)
    whole = sum(weights.get(pair, _UNSEEN * (SINGLE if len(pair) == 1 else 1.0)) for pair in pairs)
    if not whole:
        return 0.0
    score = _WORDS * sum(weights[pair] for pair in pairs & wording.pairs) / whole
    score += _THINGS * bool(told.things & sought.things)
    score += _ACTS * (1.0 if told.acts & sought.acts else 0.5 if is_near(told, sought) else 0.0)
    score += _AMOUNTS * bool(told.amounts & sought.amounts) + _MARKS * bool(told.marks & sought.marks)
    return max(score + _nearness(record, duty), 0.0)


_BROUGHT = re.compile(
    r"(?:设备|机组|材料|管材|变压器|主机|仪器)[^，。；]{0,4}(?P<act>到货|到场|进场|运抵|运到)(?:$|[（(])"
)


def _is_only_brought(told: Event, sought: Event) -> bool:
    """扩容设备到货 where works are owed, or that they run."""
    match = _BROUGHT.search(told.words)
    return match is not None and bool(sought.acts - {"arrive", "enter"} or (not sought.acts and sought.things & WORKS))


def _tells_the_start(told: Event, duty: Obligation, sought: Event) -> bool:
    """The row tells of what the duty counts from (材料收到), not of what is owed (审核完毕)."""
    if not duty.anchor:
        return False
    acts = event(duty.anchor).acts
    return bool(told.acts & acts) and not told.acts & sought.acts


def _nearness(record: Record, duty: Obligation) -> float:
    if duty.due is None:
        return 0.0
    days = abs((record.done_on - duty.due).days)
    return next((points for within, points in _NEAR if days <= within), _FAR)


_NEAR, _FAR = ((45, 0.8), (150, 0.4), (400, 0.0)), -1.0  # points by days between the row and the due date
