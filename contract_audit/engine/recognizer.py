r"""Wrongs known by their wording as a whole: a linear classifier over characters and pairs of characters.

Each category has a linear support vector machine, trained outside the product on everything that is labelled (Joachims,
Text Categorization with Support Vector Machines, ECML 1998; one against the rest). A text is the set of its
characters and pairs of neighbouring characters, numbers as one character; its score is the mean of their weights with the
square root of their number as divisor, so that long texts do not outweigh short ones, plus the category's bias. Above 0
the words are more like the wrong than like lawful writing. What is shown is the part of a sentence with the best score, but
the sentence as a whole weighs more than the part: of a few words alone too many are chance. (On clauses and agreements by
writers left out of the training, nine in ten of what is told being right, that finds 62 of 100 wrongs and the best part
alone 53.) The weights are data, `recognizer.tsv` of a rule folder: a
line of category=bias, then a line a feature,

    feature \t number of category=weight …

written by `python -m contract_audit.score.learn`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from contract_audit.chinese.text import fold_text
from contract_audit.engine.likeness import bare, neighbours, written

Scores = npt.NDArray[np.float32]  # texts × categories
Numbers = npt.NDArray[np.int64]
Measure = Callable[
    [Scores, Numbers], Scores
]  # weights of features, where those of each text start → texts × categories

_FLOOR = 0.0  # scores below it are not told
_ROUNDING = 0.001  # more than rounding may take from a bound
_BATCH = 1024  # texts scored together: memory stays small however long the paper
_TOLD = 6  # pairs that weighed most, told with what is recognised
_OWN = 0.3  # what the words of a part weigh in its score; the rest is what its sentence scores as a whole
_PARTS = 3  # neighbouring parts of a sentence that are looked at together
_SHORT = 6  # characters that can show a wrong
_CODE_BITS = 21  # of a character's number
_NO_KEY = 2**63 - 1  # greater than that of any feature
_SENTENCE = re.compile(r"[^。；;\n]+")
_PART = re.compile(r"[^，,：:]+")
_COMMA = re.compile(r"[，,]")


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a text worded like a category: its span, the score, and the pairs of characters that weighed most."""

    category: str
    start: int
    end: int
    score: float
    weightiest: tuple[str, ...]


class Recognizer:
    """Weights of features by category: `weights` has a row a feature and a column a category."""

    def __init__(self, bias: dict[str, float], features: Sequence[str], weights: Scores) -> None:
        self.categories = tuple(bias)
        self._bias = np.array(list(bias.values()), dtype=np.float32)
        self._rows = {feature: row for row, feature in enumerate(features)}
        self._weights = weights
        keys = np.array([_key(feature) for feature in features] + [_NO_KEY], dtype=np.int64)
        self._order = np.argsort(keys)  # rows in the order of their keys
        self._keys = keys[self._order]

    def recognise(self, text: str, near: Callable[[str], frozenset[str]]) -> tuple[Recognised, ...]:
        """The places of a folded text that are worded like a category, best first; one place is told once for categories
        `near` each other, at the window with the best score.

        Only sentences whose words allow a window to score are looked at window by window.
        """
        as_written = bare if fold_text(text) == text else written  # a part of what folding leaves alone is left alone
        sentences = [found.span() for found in _SENTENCE.finditer(text) if len(found.group()) >= _SHORT]
        whole, most = self._measured([as_written(text[start:end]) for start, end in sentences], _mean, _most)
        hopeful = np.flatnonzero((_OWN * most + (1 - _OWN) * whole > _FLOOR - _ROUNDING).any(axis=1)).tolist()
        windows_of = [(number, span) for number in hopeful for span in _windows_in(text, *sentences[number])]
        spans = [span for _, span in windows_of]
        (alone,) = self._measured([as_written(text[start:end]) for start, end in spans], _mean)
        scores = _OWN * alone + (1 - _OWN) * whole[[number for number, _ in windows_of]]
        told_of = (scores > _FLOOR) & (alone > _FLOOR)  # a sentence does not make a wrong of each of its parts
        above = [(-float(scores[row, column]), int(row), int(column)) for row, column in np.argwhere(told_of)]
        taken = np.zeros((len(self.categories), len(text)), dtype=bool)  # characters told of, by category
        alike = [
            [self.categories.index(name) for name in near(own) if name in self.categories] for own in self.categories
        ]
        told: list[Recognised] = []
        for score, row, column in sorted(above):
            (start, end), category = spans[row], self.categories[column]
            if not taken[column, start:end].any():
                taken[alike[column], start:end] = True
                words = self.weightiest(text[start:end], category)
                told.append(Recognised(category=category, start=start, end=end, score=-score, weightiest=words))
        return tuple(told)

    def scores(self, texts: Sequence[str]) -> Scores:
        """The score of each text (row) for each category (column)."""
        return self._measured([written(text) for text in texts], _mean)[0]

    def _measured(self, texts: Sequence[str], *measures: Measure) -> list[Scores]:
        """What texts as `written` gives them come to by each of the measures, with the bias."""
        measured = [np.zeros((len(texts), len(self.categories)), dtype=np.float32) for _ in measures]
        for first in range(0, len(texts), _BATCH):
            numbers, rows = self._known(texts[first : first + _BATCH])
            starts = np.flatnonzero(np.diff(numbers, prepend=-1))
            weights = self._weights[rows]
            for of_all, measure in zip(measured, measures, strict=True):
                if starts.size:
                    of_all[first + numbers[starts]] = measure(weights, starts)
        return [of_all + self._bias for of_all in measured]

    def _known(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Each feature of each text that has weights: the text's number and the feature's row, in order."""
        characters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(
            np.int64
        )
        numbers = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
        beside = np.flatnonzero(numbers[:-1] == numbers[1:])
        keys = np.concatenate([characters, characters[beside] << _CODE_BITS | characters[beside + 1]])
        distinct, copies = np.unique(keys, return_inverse=True)  # looked up in order, and once: a third of the time
        places = np.searchsorted(self._keys, distinct)[copies]
        known = self._keys[places] == keys
        found = np.concatenate([numbers, numbers[beside]])[known] * len(self._order) + self._order[places[known]]
        found.sort()
        found = found[np.diff(found, prepend=-1) > 0]  # each feature of a text counts once
        return found // len(self._order), found % len(self._order)

    def weightiest(self, text: str, category: str) -> tuple[str, ...]:
        """The pairs of characters of a text that weigh most towards a category, heaviest first."""
        column = self.categories.index(category)
        weighed = sorted(
            (-float(self._weights[self._rows[feature], column]), feature)
            for feature in features(text)
            if len(feature) > 1 and feature in self._rows
        )
        return tuple(feature for weight, feature in weighed[:_TOLD] if weight < 0)


def features(text: str) -> frozenset[str]:
    """Characters and pairs of neighbouring characters, numbers as one character, white space left out.

    >>> sorted(features("返 60％"))
    ['%', '0', '0%', '返', '返0']
    """
    words = written(text)
    return neighbours(words).union(words)


def _key(feature: str) -> int:
    """A character, or a pair of them, as a number."""
    key = 0
    for character in feature:
        key = key << _CODE_BITS | ord(character)
    return key


def _mean(weights: Scores, starts: Numbers) -> Scores:
    """Of the weights of the features of each text, from `starts` on, the sum divided by the root of their number."""
    lengths = np.sqrt(np.diff(starts, append=len(weights)).astype(np.float32))
    return np.asarray(np.add.reduceat(weights, starts, axis=0) / lengths[:, None])


def _most(weights: Scores, starts: Numbers) -> Scores:
    """What `_mean` is at most for any choice of features of each text: the norm of the weights above 0 (Cauchy-Schwarz)."""
    return np.asarray(np.sqrt(np.add.reduceat(np.square(np.maximum(weights, 0)), starts, axis=0)))


def windows(text: str) -> tuple[tuple[int, int], ...]:
    """What is recognised by itself: the sentences of a text, and one to three neighbouring parts between commas."""
    return tuple(span for sentence in _SENTENCE.finditer(text) for span in _windows_in(text, *sentence.span()))


def _windows_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The windows of the sentence at [start, end) of a text, in order."""
    parts = [part.span() for part in _PART.finditer(text, start, end)]
    found = {(start, end)}.union(
        (first, last) for place, (first, _) in enumerate(parts) for _, last in parts[place : place + _PARTS]
    )
    return sorted(span for span in found if span[1] - span[0] >= _SHORT and not _is_case(text, *span))


def _is_case(text: str, start: int, end: int) -> bool:
    """Whether a window is a case alone (成交价高于每亩十万元的，…): it says nothing of what follows from it."""
    return text[end - 1] == "的" and text[end : end + 1] in ("，", ",") and not _COMMA.search(text, start, end)


def write(path: Path, bias: dict[str, float], weights: Iterable[tuple[str, dict[int, float]]]) -> None:
    """The weights as a table: for each feature, in order, those of its categories (by number) that are not 0."""
    header = " ".join(f"{category}={value:.2f}" for category, value in bias.items())
    lines = (
        f"{feature}\t{' '.join(f'{number}={weight:.1f}' for number, weight in sorted(row.items()))}\n"
        for feature, row in weights
    )
    path.write_text("".join((header, "\n", *lines)), encoding="utf-8", newline="\n")


@lru_cache(maxsize=4)
def read(path: Path) -> Recognizer:
    """The weights in a table that `write` wrote; raises OSError where it is missing, ValueError where it is broken."""
    header, *lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    bias = {category: float(value) for category, value in map(_pair, header.split())}
    weights = np.zeros((len(lines), len(bias)), dtype=np.float32)
    for row, line in enumerate(lines):
        for number, weight in map(_pair, line.partition("\t")[2].split()):
            weights[row, int(number)] = float(weight)
    return Recognizer(bias, [line.partition("\t")[0] for line in lines], weights)


def _pair(entry: str) -> tuple[str, str]:
    name, _, value = entry.partition("=")
    return name, value
