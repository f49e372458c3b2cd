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
from contract_audit.extract.duties.wanted import without_time
from contract_audit.extract.performance.anchors import Case, asked_event, counted
from contract_audit.extract.performance.attribution import (
    ANCHOR,
    FULL,
    Meant,
    Told,
    add_leads,
    meant_of,
    model,
    pairs_of,
    without_common,
)
from contract_audit.extract.performance.joining import Joins, Record
from contract_audit.model import Evidence, Obligation

_LIKELY = 0.5  # chosen on open papers and cases that were left out of training
_SAYS_LITTLE = re.compile(r"[甲乙丙丁]方|项目公司|公司|企业|之日|后|完成|完毕")
_FAR = 400  # days between the due date that follows and the day of performance beyond which all are alike
_UNKNOWN_GAP = 0.5  # of a duty that is not performed
_WORDS, _ACT, _THING = 0.6, 0.2, 0.2  # shares of what makes a duty the event that another counts from
_LEADS = {"lead_words": "words", "lead_letters": "letters", "lead_like": "like", "lead_through_duty": "through_duty"}


class Dating(msgspec.Struct, frozen=True):
    """A row as the event that a duty counts from: its record, and what is measured of the two (`ANCHOR`)."""

    record: Record
    measures: dict[str, float]


def likely_anchor(
    case: Case, duties: list[Obligation], index: int, joins: Joins, told: Told, rows: Sequence[Evidence]
) -> Record | None:
    """The row that most likely dates the event duty `index` counts from; None where none is likely enough."""
    weighed = model().anchor
    found = [(weighed.probability(one.measures), one.record) for one in datings(case, duties, index, joins, told, rows)]
    probability, record = max(found, key=lambda one: one[0], default=(0.0, None))
    return record if probability >= _LIKELY else None


def datings(
    case: Case, duties: list[Obligation], index: int, joins: Joins, told: Told, rows: Sequence[Evidence]
) -> list[Dating]:
    """What is measured of each row from whose day a due date of duty `index` would follow."""
    words, anchor = asked_event(case, index)
    bare = _SAYS_LITTLE.sub("", words) or words
    text = case.paper.document.text
    owed = {other: pairs_of(without_time(text, duty)) for other, duty in enumerate(duties)}
    spread = _Spread.of(rows)
    found = []
    for row in rows:
        records = [record for record in case.told if record.row is row]
        if not records:
            continue
        due = counted(case, case.paper.obligations[index], records[0].done_on)
        if due is None:
            continue
        proof = joins.proofs.get(index)
        gap = _UNKNOWN_GAP if proof is None else min(abs((proof.done_on - due).days), _FAR) / _FAR
        meant = told.get(id(row), ())
        measures = {
            **_words(row, bare, spread),
            **_events(case, [record.told for record in records], anchor),
            "through_duty": max(_through(case, meant, index, pairs_of(bare), anchor, owed), default=0.0),
            "tells_of_own": own.about if (own := meant_of(told, row, index)) else 0.0,
            "tells_of_any": max((one.about for one in meant), default=0.0),
            "performed": max(meant, key=lambda one: one.about).performed if meant else _UNKNOWN_GAP,
            "after_performance": proof is not None and records[0].done_on > proof.done_on,
            "gap": gap,
        }
        found.append(Dating(records[0], measures))
    add_leads({number: one.measures for number, one in enumerate(found)}, _LEADS)
    return found


class _Spread(msgspec.Struct, frozen=True):
    """In how many rows each pair of characters and each character stands."""

    pairs: Counter[str]
    letters: Counter[str]

    @classmethod
    def of(cls, rows: Sequence[Evidence]) -> "_Spread":
        return cls(
            Counter(pair for row in rows for pair in pairs_of(row.matter)),
            Counter(letter for row in rows for letter in _letters(row.matter)),
        )


def _letters(words: str) -> frozenset[str]:
    return without_common(fold_text(words))


def _words(row: Evidence, bare: str, spread: _Spread) -> dict[str, float]:
    """Shares of the anchor's words that the row has, each weighed by how few rows have it."""
    pairs, letters = pairs_of(bare), _letters(bare)
    proof = pairs_of(row.proof or "")
    return {
        "words": _weighed(pairs & pairs_of(row.matter), pairs, spread.pairs),
        "letters": _weighed(letters & _letters(row.matter), letters, spread.letters),
        "words_of_proof": len(pairs & proof) / max(len(pairs), 1),
    }


def _weighed(shared: frozenset[str], all_of: frozenset[str], spread: Counter[str]) -> float:
    whole = sum(1 / max(spread[one], 1) for one in all_of)
    return sum(1 / spread[one] for one in shared) / whole if whole else 0.0


def _events(case: Case, told: list[Event], anchor: Event) -> dict[str, float]:
    return {
        "like": max(likeness(one, anchor, case.scale, partly=True) for one in told) / FULL,
        "acts": any(one.acts & anchor.acts for one in told),
        "other_things": bool(anchor.things) and all(one.things and not one.things & anchor.things for one in told),
        "apart": all(is_apart(one, anchor) for one in told),
    }


def _through(
    case: Case,
    meant: tuple[Meant, ...],
    index: int,
    words: frozenset[str],
    anchor: Event,
    owed: dict[int, frozenset[str]],
) -> Iterator[float]:
    """How surely the row performs another duty, by how much that duty is the event: 移交之日 and 移交厂房 of a clause before."""
    for one in meant:
        if one.duty != index:
            wanted = case.wanted[one.duty]
            same = _WORDS * len(words & owed[one.duty]) / max(len(words), 1)
            same += _ACT * bool(anchor.acts & wanted.acts) + _THING * bool(anchor.things & wanted.things)
            yield one.about * min(one.whole, one.performed) * same
