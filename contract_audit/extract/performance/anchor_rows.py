"""Which row of evidence dates the event that a duty counts from, where no rule of `anchors` knows one: weighed like `attribution`.

A logistic regression over pairs of a duty that counts from an event and a row; the weights are data (`attribution.json`),
trained on the labelled due dates of the open corpus (`python -m contract_audit.score.attribute`): right is a row from whose
day the labelled due date follows. A row is compared with all rows of the paper.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event, is_apart, likeness
from contract_audit.extract.duties.wanted import PAYING, owed_words
from contract_audit.extract.performance.anchor_cases import is_of_its_case
from contract_audit.extract.performance.anchor_fit import asks, may_date, names_event
from contract_audit.extract.performance.anchors import Case, asked_event, counted, counts_from_event
from contract_audit.extract.performance.attribution import (
    FULL,
    Meant,
    Told,
    add_leads,
    meant_of,
    model,
    pairs_of,
    remarks,
    without_common,
)
from contract_audit.extract.performance.joining import Joins, Known, Record
from contract_audit.model import Evidence, Obligation

_LIKELY = 0.6  # chosen on open papers and cases: a wrong day makes a false delay, a missing one is told as waiting
_SAYS_LITTLE = re.compile(r"[甲乙丙丁]方|项目公司|公司|企业|之日|后|完成|完毕")
# What is asked for is not got, what is tried not done: a row with such words is the event only where the event has them.
_NOT_YET = re.compile(r"申请|受理|申报|报审|送审|报批|递交|预审|试[产运车投生烧]|调试")
_FAR = 400  # days between the due date that follows and the day of performance beyond which all are alike
_UNKNOWN = 0.5  # what is not known of a row, the gap of a duty that is not performed
_WORDS, _ACT, _THING = 0.6, 0.2, 0.2  # shares of what makes a duty the event that another counts from
_LEADS = {"lead_words": "words", "lead_letters": "letters", "lead_like": "like", "lead_through_duty": "through_duty"}


class Dating(msgspec.Struct, frozen=True):
    """A row as the event that a duty counts from: its record, and what is measured of the two (`ANCHOR`)."""

    record: Record
    measures: dict[str, float]


class Rows(msgspec.Struct, frozen=True):
    """The rows of a paper and what is known of them; `owed` are the pairs of characters of each duty, by its index."""

    case: Case
    joins: Joins
    told: Told
    rows: Sequence[Evidence]
    owed: dict[int, frozenset[str]]
    pairs: Counter[str]  # in how many rows each pair of characters stands, and each character
    letters: Counter[str]

    @classmethod
    def of(cls, case: Case, duties: list[Obligation], joins: Joins, told: Told, rows: Sequence[Evidence]) -> "Rows":
        """The rows as they now stand to the duties."""
        return cls(
            case=case,
            joins=joins,
            told=told,
            rows=rows,
            owed={index: pairs_of(owed_words(case.paper, duty)) for index, duty in enumerate(duties)},
            pairs=Counter(pair for row in rows for pair in pairs_of(row.matter)),
            letters=Counter(letter for row in rows for letter in _letters(row.matter)),
        )


def likely_anchors(
    case: Case, duties: list[Obligation], joins: Joins, told: Told, rows: Sequence[Evidence]
) -> dict[int, Record]:
    """The rows that most likely date what the duties still without a day count from, by the index of the duty.

    None where nothing is known of what the rows tell of: a row that is compared with no other duty says little.
    """
    waiting = [index for index, duty in enumerate(duties) if duty.due is None and counts_from_event(case, duty, index)]
    if not (told and waiting):
        return {}
    known = Rows.of(case, duties, joins, told, rows)
    likeliest = {index: _likeliest(known, index) for index in waiting}
    return {index: record for index, record in likeliest.items() if record is not None}


def _likeliest(known: Rows, index: int) -> Record | None:
    weighed = model().anchor
    found = [(weighed.probability(one.measures), one.record) for one in datings(known, index)]
    probability, record = max(found, key=lambda one: one[0], default=(0.0, None))
    if record is None or probability < _LIKELY:
        return None
    paper = known.case.paper
    return record if is_of_its_case(paper, paper.obligations[index], asked_event(known.case, index), record) else None


def datings(known: Rows, index: int) -> list[Dating]:
    """What is measured of each row that may date the event, and from whose day a due date of duty `index` follows.

    What one of the parties asks for, and what does not happen, no row dates.
    """
    case, joins = known.case, known.joins
    words, anchor = asked_event(case, index)
    if asks(words) or not names_event(words, anchor):
        return []
    bare = _SAYS_LITTLE.sub("", words) or words
    found = []
    for row in known.rows:
        records = [record for record in case.told if record.row is row]
        proved = [other for other, record in joins.proofs.items() if record.row is row and other != index]
        if not any(_may_date(case, record, (words, anchor), proved) for record in records):
            continue
        due = counted(case, case.paper.obligations[index], records[0].done_on)
        if due is None:
            continue
        proof = joins.proofs.get(index)
        gap = _UNKNOWN if proof is None else min(abs((proof.done_on - due).days), _FAR) / _FAR
        meant = known.told.get(id(row), ())
        best = max(meant, key=lambda one: one.about, default=None)
        measures = {
            **_words(row, bare, known),
            **remarks(row, words),
            **_events(case, [record.told for record in records], anchor),
            "through_duty": max(_through(known, meant, index, pairs_of(bare), anchor), default=0.0),
            "tells_of_own": own.about if (own := meant_of(known.told, row, index)) else 0.0,
            "tells_of_any": best.about if best else 0.0,
            "whole": best.whole if best else _UNKNOWN,
            "performed": best.performed if best else _UNKNOWN,
            "after_performance": proof is not None and records[0].done_on > proof.done_on,
            "gap": gap,
        }
        found.append(Dating(records[0], measures))
    add_leads({number: one.measures for number, one in enumerate(found)}, _LEADS)
    return found


def _may_date(case: Case, record: Record, asked: tuple[str, Event], proved: list[int]) -> bool:
    """Whether the record can be the event (its words, and what they tell) at all; `proved` are other duties it performs.

    What is only asked for or tried is not it, another phase is not this one, and 方案备案, owed by another duty, is no 竣工备案.
    """
    row, (words, anchor) = record.row, asked
    if _NOT_YET.search(f"{row.matter} {row.proof or ''}") and not _NOT_YET.search(words):
        return False
    if record.told.short and anchor.acts & PAYING:
        return False  # 付首期回购款（部分）
    phases = {mark for mark in anchor.marks if mark[0] == "期"}
    if phases - record.told.marks.union(*(case.wanted[other].marks for other in proved)):
        return False
    if anchor.acts and any(anchor.acts - case.wanted[other].acts - record.told.acts for other in proved):
        return False
    return may_date(words, anchor, Known(record.told, record))


def _letters(words: str) -> frozenset[str]:
    return without_common(fold_text(words))


def _words(row: Evidence, bare: str, known: Rows) -> dict[str, float]:
    """Shares of the anchor's words that the row has, each weighed by how few rows have it."""
    pairs, letters = pairs_of(bare), _letters(bare)
    proof = pairs_of(row.proof or "")
    return {
        "words": _weighed(pairs & pairs_of(row.matter), pairs, known.pairs),
        "letters": _weighed(letters & _letters(row.matter), letters, known.letters),
        "words_of_proof": len(pairs & proof) / max(len(pairs), 1),
    }


def _weighed(shared: frozenset[str], all_of: frozenset[str], spread: Counter[str]) -> float:
    whole = sum(1 / max(spread[one], 1) for one in all_of)
    return sum(1 / spread[one] for one in shared) / whole if whole else 0.0


def _events(case: Case, told: list[Event], anchor: Event) -> dict[str, float]:
    return {
        "like": max(likeness(one, anchor, case.scale, partly=True) for one in told) / FULL,
        "acts": any(one.acts & anchor.acts for one in told),
        "acts_lacking": bool(anchor.acts) and all(anchor.acts - one.acts for one in told),
        "other_things": bool(anchor.things) and all(one.things and not one.things & anchor.things for one in told),
        "apart": all(is_apart(one, anchor) for one in told),
    }


def _through(
    known: Rows, meant: tuple[Meant, ...], index: int, words: frozenset[str], anchor: Event
) -> Iterator[float]:
    """How surely the row performs another duty, by how much that duty is the event: 移交之日 and 移交厂房 of a clause before."""
    for one in meant:
        if one.duty != index:
            wanted = known.case.wanted[one.duty]
            same = _WORDS * len(words & known.owed[one.duty]) / max(len(words), 1)
            same += _ACT * bool(anchor.acts & wanted.acts) + _THING * bool(anchor.things & wanted.things)
            yield one.about * min(one.whole, one.performed) * same
