"""Which duty a row of evidence tells of, and whether it tells of the whole: all that speaks for it weighed at once.

Logistic regressions over pairs of a row and a duty of the same paper. What is measured of a pair is listed in `ABOUT` and
`WHOLE`; the weights are data (`attribution.json`), trained on the rows of the open corpus, each labelled by hand with the
duty it tells of (`python -m contract_audit.score.attribute`). A row is compared with all duties of its paper: how far one
is ahead of the next counts more than how like it is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from math import exp

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import is_apart, is_less, likeness, rarity
from contract_audit.extract.duties.wanted import PAYING, owed_words
from contract_audit.extract.performance.anchors import Case
from contract_audit.extract.performance.joining import Record, fit, has_time, records
from contract_audit.model import Evidence, Obligation

_WITHIN = {"a_year_before": -365, "long_before": -120, "before": -30, "in_time": 0, "soon_after": 45, "after": 180}
_DAYS = (*_WITHIN, "long_after", "no_day")  # days from the due date to the row, in steps
ABOUT = (
    "like", "acts_alike", "words_of_row", "words_of_duty", "rarest_word", "acts", "things", "other_things", "numbers",
    "same_sum", "lesser_sum", "only_one_of_money", "same_count", "same_unit", "apart", "less", "order", "recurring",
    "counted", "words_counted_from", "counted_from_by_another", "proof_words", *_DAYS, "lead_like", "lead_acts_alike",
    "lead_words", "lead_rarest",
)  # fmt: skip
WHOLE = (
    *ABOUT, "like_whole", "duty_of_money", "last_act", "lesser_count", "unfinished", "share", "early_step",
    "first_of_several", "rest", "paper_of_progress",
)  # fmt: skip
ANCHOR = (
    "words", "letters", "words_of_proof", "like", "acts", "acts_lacking", "other_things", "apart", "through_duty", "tells_of_own",
    "tells_of_any", "whole", "performed", "after_performance", "gap", "lead_words", "lead_letters", "lead_like",
    "lead_through_duty", "unfinished", "share", "early_step", "first_of_several", "rest", "paper_of_progress",
)  # fmt: skip  # of a row beside the event that a duty counts from (`anchor_rows`)
STEP = "words_of_a_step"  # beside `WHOLE`: the odds that the words of the row are those of a step on the way
_LEADS = {
    "lead_like": "like", "lead_acts_alike": "acts_alike", "lead_words": "words_of_row", "lead_rarest": "rarest_word",
}  # fmt: skip
_SAYS = {
    "unfinished": re.compile(r"(?<![0-9十百千万])余|未|没|仅|只|缺|差|待|暂|停"),
    "share": re.compile(r"[一二三四五六七八九两]成|一半|百分之|[0-9]%|其中"),
    "early_step": re.compile(
        r"基[础坑]|沟槽|管沟|开挖|挖|土方|放线|测量|吊装|钢[架柱]|立起|封顶|打桩|桩基|垫层|路基|水稳|支模|浇筑|砌|抹灰|粉刷|外墙|贴砖"
        r"|备料|到场|进场|焊接|空车|联动|调试|招标|询价|比选|开标|评审|报批|报送|送审|受理|会[签审商]|公示|摸底|踏勘|设计|勘|交底|调研|走访|座谈"
    ),
    "first_of_several": re.compile(r"头|首|第一|（一）|[东西南北]片|之一|里头|一张|先|部分|当年|全年|今年"),
    "rest": re.compile(r"余下|最后|尾|末|剩|补足|凑齐|至此|全部|收齐|结清|付清|第?二笔|另一|（二）"),
}
_OF_PROGRESS = re.compile(
    r"日志|[日周旬月季]报|简报|进度|受理|收文|回执|送审|请示|申请|(?<!分工)(?<!任命)(?<!任免)通知(?!书)|会议|纪要|截图|招标|送货|到货|开箱"
)
FULL = 5.0  # likeness of what is certainly the same event
_PARTED = re.compile(r"[\s，。；、：（）()“”《》|/]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SAYS_LITTLE = frozenset("的了在和与及并向由将于为是后前内起日年月个到")
_OF_PROOF = "凭"
_FEW = 3
_LEAST = 0.05  # weight of a pair that every duty has


class Weighing(msgspec.Struct, frozen=True):
    """A logistic regression: the log-odds are the bias and the sum of what is measured, each by its weight."""

    bias: float
    weights: dict[str, float]

    def odds(self, measured: Mapping[str, float]) -> float:
        """The logarithm of the odds; what has no weight does not count."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in measured.items())

    def probability(self, measured: Mapping[str, float]) -> float:
        """The probability, 0 to 1."""
        return 1 / (1 + exp(-max(min(self.odds(measured), 50.0), -50.0)))


class Model(msgspec.Struct, frozen=True):
    """`about`: the row tells of this duty; if it does, `whole`: of the whole of it, `performed`: of more than a step to it.

    `step`: by the words of the row alone, it tells of a step on the way; its odds are measured for the two before.
    `anchor`: the row dates the event that the duty counts from.
    """

    about: Weighing
    whole: Weighing
    performed: Weighing
    step: Weighing
    anchor: Weighing


class Meant(msgspec.Struct, frozen=True):
    """How surely a row tells of a duty (its index), of the whole of it, of more than a step on the way to it."""

    duty: int
    about: float
    whole: float
    performed: float


class Measured(msgspec.Struct, frozen=True):
    """A row beside all duties with a time, by their index: what is measured, and the row's words that the duty has not."""

    row: Evidence
    pairs: dict[int, dict[str, float]]
    words: dict[int, tuple[str, ...]]


Told = dict[int, tuple[Meant, ...]]  # by the id of the row, the duties it may tell of, the surest first


@cache
def model() -> Model:
    """The weights that the package ships with."""
    return msgspec.json.decode(files(__package__).joinpath("attribution.json").read_bytes(), type=Model)


def attribution(case: Case, duties: list[Obligation], rows: Sequence[Evidence], as_of: date) -> Told:
    """What each row may tell of; nothing in a paper with fewer than three duties that have a time."""
    weighed = model()
    found: Told = {}
    for one in measured(case, duties, rows, as_of):
        meant = []
        for index, values in one.pairs.items():
            known = {**values, STEP: weighed.step.odds(dict.fromkeys(one.words[index], 1.0))}
            meant.append(
                Meant(
                    duty=index,
                    about=weighed.about.probability(known),
                    whole=weighed.whole.probability(known),
                    performed=weighed.performed.probability(known),
                )
            )
        found[id(one.row)] = tuple(sorted(meant, key=lambda one: -one.about))
    return found


def measured(case: Case, duties: list[Obligation], rows: Sequence[Evidence], as_of: date) -> Iterable[Measured]:
    """What is measured of each row up to `as_of` with each duty that has a time, by the index of the duty."""
    timed = [index for index, duty in enumerate(duties) if has_time(duty)]
    if len(timed) < _FEW or not case.wanted:  # being ahead of nobody says nothing
        return
    owed = {index: owed_words(case.paper, duties[index]) for index in timed}
    words = {index: pairs_of(said) for index, said in owed.items()}
    anchors = {index: pairs_of(duties[index].anchor or "") for index in timed}
    telling = rarity(words.values(), least=_LEAST)
    known = sorted((row for row in rows if row.done_on is not None and row.done_on <= as_of), key=_day)
    places = _places(timed, duties)
    for number, row in enumerate(known):
        told = records((row,), as_of)
        if not told:
            continue
        place, said, proof = number / max(len(known) - 1, 1), pairs_of(row.matter), pairs_of(row.proof or "")
        pairs = {
            index: {
                **_events(case, duties[index], index, told),
                **_words(said, proof, words[index], telling),
                **remarks(row, owed[index]),
                "words_counted_from": _share(said, anchors[index]),
                "counted_from_by_another": max(
                    (_share(said, anchors[one]) for one in timed if one != index), default=0.0
                ),
                **_time(row, duties[index], abs(place - places[index]) if index in places else 0.5),
            }
            for index in timed
        }
        add_leads(pairs, _LEADS)
        yield Measured(row, pairs, {index: own_words(said, proof, own) for index, own in words.items()})


def own_words(told: frozenset[str], proof: frozenset[str], owed: frozenset[str]) -> tuple[str, ...]:
    """Of the pairs of characters of a row those that the duty has not, and all of its proof, which are marked as such."""
    return (*sorted(told - owed), *sorted(f"{_OF_PROOF}{pair}" for pair in proof))


def meant_of(told: Told, row: Evidence, duty: int) -> Meant | None:
    """What a row may tell of one duty (its index); None where nothing is known of the two."""
    return next((one for one in told.get(id(row), ()) if one.duty == duty), None)


def _day(row: Evidence) -> date:
    return row.done_on or date.max


def _places(timed: list[int], duties: list[Obligation]) -> dict[int, float]:
    """Where each dated duty stands among the due dates, 0 to 1: rows and duties run in much the same order."""
    due = sorted((day, index) for index in timed if (day := duties[index].due) is not None)
    return {index: place / max(len(due) - 1, 1) for place, (_, index) in enumerate(due)}


def _events(case: Case, duty: Obligation, index: int, told: list[Record]) -> dict[str, float]:
    """Acts, things, numbers and sums of the events of a row beside those of a duty."""
    sought, scale = case.wanted[index], case.scale
    events = [record.told for record in told]
    sums, sums_owed = ({v for one in side for u, v in one.amounts if u == "元"} for side in (events, [sought]))
    counts, counts_owed = ({a for one in side for a in one.amounts if a[0] != "元"} for side in (events, [sought]))
    of_money = bool(sums_owed or sought.acts & PAYING)
    return {
        "like_whole": max(fit(record, duty, sought, scale) for record in told) / FULL,
        "like": max(fit(record, duty, sought, scale, partly=True) for record in told) / FULL,
        "acts_alike": max(likeness(one, sought, scale, partly=True) for one in events) / FULL,
        "acts": any(one.acts & sought.acts for one in events),
        "things": any(one.things & sought.things for one in events),
        "other_things": all(one.things and sought.things and not one.things & sought.things for one in events),
        "numbers": any(one.marks & sought.marks for one in events),
        "same_sum": bool(sums & sums_owed),
        "lesser_sum": not sums & sums_owed and any(paid < owed for paid in sums for owed in sums_owed),
        "only_one_of_money": bool(sums) != of_money,
        "duty_of_money": of_money,
        "same_count": bool(counts & counts_owed),
        "same_unit": bool({unit for unit, _ in counts} & {unit for unit, _ in counts_owed}),
        "lesser_count": not counts & counts_owed
        and any(unit == other and count < owed for unit, count in counts for other, owed in counts_owed),
        "last_act": bool(sought.lead) and any(one.acts & sought.lead for one in events),
        "apart": all(is_apart(one, sought) for one in events),
        "less": all(is_less(one, sought) for one in events),
        "recurring": duty.recurrence is not None,
        "counted": duty.anchor is not None,
    }


def _words(
    told: frozenset[str], proof: frozenset[str], owed: frozenset[str], telling: dict[str, float]
) -> dict[str, float]:
    """Pairs of characters that row and duty share, weighed by how few duties of the paper have them."""
    common = told & owed
    unknown = max(telling.values(), default=1.0)
    shared = sum(telling[pair] for pair in common)
    said = sum(telling.get(pair, unknown) for pair in told)
    return {
        "words_of_row": shared / said if said else 0.0,
        "words_of_duty": shared / (sum(telling[pair] for pair in owed) or 1.0),
        "rarest_word": max((telling[pair] for pair in common), default=0.0),
        "proof_words": bool(proof & owed),
    }


def remarks(row: Evidence, owed: str) -> dict[str, float]:
    """Words by which a row tells of a part or of the rest, unless the duty itself is about them: 进场 where 进场 is owed."""
    said = {
        name: float(any(found.group() not in owed for found in pattern.finditer(row.matter)))
        for name, pattern in _SAYS.items()
    }
    return {**said, "paper_of_progress": float(bool(_OF_PROGRESS.search(row.proof or "")))}


def _share(told: frozenset[str], other: frozenset[str]) -> float:
    return len(told & other) / len(told) if told else 0.0


def _time(row: Evidence, duty: Obligation, order: float) -> dict[str, float]:
    """How the day of a row lies to the due date, and how differently the two stand in the order of days."""
    days = None if duty.due is None or row.done_on is None else (row.done_on - duty.due).days
    step = "no_day" if days is None else next((name for name, last in _WITHIN.items() if days <= last), "long_after")
    return {"order": order, **{name: name == step for name in _DAYS}}


def add_leads(pairs: dict[int, dict[str, float]], leads: Mapping[str, str]) -> None:
    """By how much each is ahead of the best of the others, or behind it; `leads` are the new measures with what they are of."""
    for lead, name in leads.items():
        values = sorted((measures[name] for measures in pairs.values()), reverse=True)
        second = values[1] if len(values) > 1 else 0.0
        for measures in pairs.values():
            best = second if measures[name] >= values[0] else values[0]
            measures[lead] = measures[name] - best


def pairs_of(words: str) -> frozenset[str]:
    """Pairs of neighbouring characters, numbers as one character, none over a mark of punctuation.

    >>> sorted(pairs_of("退押金 60 万元"))
    ['0万', '万元', '押金', '退押', '金0']
    """
    text = _PARTED.sub("|", _NUMBER.sub("0", fold_text(words).replace(" ", "")))
    return frozenset(
        pair
        for index in range(len(text) - 1)
        if "|" not in (pair := text[index : index + 2]) and not set(pair) <= _SAYS_LITTLE
    )


def without_common(words: str) -> frozenset[str]:
    """The Chinese characters of folded words that say something."""
    return frozenset(letter for letter in words if "\u4e00" <= letter <= "\u9fff") - _SAYS_LITTLE
