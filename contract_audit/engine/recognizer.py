"""Wrongs known by their wording as a whole: a linear classifier and a small network over characters and pairs of characters.

A text is the set of its characters and pairs of neighbouring characters, numbers as one character; what it weighs is the
sum of the weights of its features with the square root of their number as divisor, so that long texts do not outweigh short
ones. Each category has a linear support vector machine, one against the rest (Joachims, Text Categorization with Support
Vector Machines, ECML 1998); beside them one hidden layer of rectified units that all categories share sees which words
stand together, and each unit speaks for or against each category (Rumelhart, Hinton and Williams, Nature 323, 1986). The
score is the sum of both and the category's bias. Above 0 the words are more like the wrong than like lawful writing. (On
agreements by writers left out of the training, four in five of what is told being right, both together find 76 of 100 wrongs
and the linear classifier alone 74; of plainly worded clauses by others 82 and 78.)

What is shown is the part of a sentence with the best score, but the sentence as a whole weighs more than the part: of a few
words alone too many are chance. The weights are data, `recognizer.npz` of a rule folder, written by
`python -m contract_audit.score.learn` and kept as whole numbers from -127 to 127 with a scale a column: they are added up as
such, which takes a quarter of the memory, and a text has the same score whatever stands beside it.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import msgspec
import numpy as np
import numpy.typing as npt

from contract_audit.chinese.text import fold_text
from contract_audit.engine.features import FeatureTable, Numbers
from contract_audit.engine.likeness import bare, neighbours, written

Floats = npt.NDArray[np.float32]
Steps = npt.NDArray[np.int8]

_FLOOR = 0.0  # scores below it are not told
_REACH = -0.3  # a sentence that scores less as a whole has no part that is told (seen on 60 papers: none below -0.2)
_BATCH = 1024  # texts scored together: memory stays small however long the paper
_FEW = 16  # texts whose weights are gathered together
_TOLD = 6  # pairs that weighed most, told with what is recognised
_OWN = 0.3  # what the words of a part weigh in its score; the rest is what its sentence scores as a whole
_PARTS = 3  # neighbouring parts of a sentence that are looked at together
_SHORT = 6  # characters that can show a wrong
_LONG = 64  # characters; of a longer place a part is told where one shows the wrong, which a reader takes in at once
_LEVELS = 127  # of a weight, to each side
_SMALL = np.iinfo(np.int16).max // _LEVELS  # so many weights always make a small whole number
_SENTENCE = re.compile(rf"[^。；;\n]{{{_SHORT},}}")
_PART = re.compile(r"[^，,：:\t]+")
_COMMA = re.compile(r"[，,]")
# A code, a date, a step of a scale (1,000以下 | 2%) alone shows no wrong.
_WORDS = re.compile(r"(?![以上下至到元万亿年月日内含])[\u4e00-\u9fff]")


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a text worded like a category: its span, the score, and the pairs of characters that weighed most."""

    category: str
    start: int
    end: int
    score: float
    weightiest: tuple[str, ...]


class _Layers(msgspec.Struct, frozen=True, kw_only=True):
    """`bias`: categories; `threshold`: units; `out`: units × categories."""

    categories: tuple[str, ...]
    features: tuple[str, ...]
    bias: Floats
    threshold: Floats
    out: Floats


class Weights(_Layers, frozen=True, kw_only=True):
    """What is trained. `linear`: features × categories; `hidden`: features × units."""

    linear: Floats
    hidden: Floats


class Stored(_Layers, frozen=True, kw_only=True):
    """`Weights` as they are kept. `columns`: features × categories and units, in steps; `scale`: what a step of each weighs."""

    columns: Steps
    scale: Floats


class Recognizer:
    """Scores of texts, and the places of a text that are worded like a wrong, by the given weights."""

    def __init__(self, weights: Stored) -> None:
        self.categories = weights.categories
        self._weights = weights
        self._table = FeatureTable(weights.features)

    def recognise(self, text: str, near: Callable[[str], frozenset[str]]) -> tuple[Recognised, ...]:
        """The places of a folded text that are worded like a category, best first and long ones last; one place is told once
        for categories `near` each other, at the window with the best score.

        Only sentences that score as a whole are looked at window by window.
        """
        as_written = bare if fold_text(text) == text else written  # a part of what folding leaves alone is left alone
        sentences = [found.span() for found in _SENTENCE.finditer(text)]
        whole = self._scored([as_written(text[start:end]) for start, end in sentences])
        hopeful = np.flatnonzero((whole > _REACH).any(axis=1)).tolist()
        windows_of = [(number, span) for number in hopeful for span in _windows_in(text, *sentences[number])]
        spans = [span for _, span in windows_of]
        wholes = whole[[number for number, _ in windows_of]]
        parts = [row for row, (number, span) in enumerate(windows_of) if span != sentences[number]]
        alone = wholes.copy()  # a window that is its sentence is scored already
        alone[parts] = self._scored([as_written(text[slice(*spans[row])]) for row in parts])
        scores = _OWN * alone + (1 - _OWN) * wholes
        told_of = (scores > _FLOOR) & (alone > _FLOOR)  # a sentence does not make a wrong of each of its parts
        above = [
            (spans[row][1] - spans[row][0] > _LONG, -float(scores[row, column]), int(row), int(column))
            for row, column in np.argwhere(told_of)
        ]
        taken = np.zeros((len(self.categories), len(text)), dtype=bool)  # characters told of, by category
        told: list[tuple[float, int, int]] = []
        for _, score, row, column in sorted(above):
            start, end = spans[row]
            if not taken[column, start:end].any():
                alike = near(self.categories[column])
                taken[[number for number, name in enumerate(self.categories) if name in alike], start:end] = True
                told.append((-score, row, column))
        weightiest = self._weightiest([as_written(text[slice(*spans[row])]) for _, row, _ in told])
        return tuple(
            Recognised(
                category=self.categories[column],
                start=spans[row][0],
                end=spans[row][1],
                score=score,
                weightiest=weightiest(place, column),
            )
            for place, (score, row, column) in enumerate(told)
        )

    def scores(self, texts: Sequence[str]) -> Floats:
        """The score of each text (row) for each category (column)."""
        return self._scored([written(text) for text in texts])

    def _scored(self, texts: Sequence[str]) -> Floats:
        """The scores of texts as `written` gives them."""
        weights, categories = self._weights, len(self.categories)
        means = np.zeros((len(texts), len(weights.scale)), dtype=np.float32)
        for first in range(0, len(texts), _BATCH):
            numbers, rows = self._table.known(texts[first : first + _BATCH])
            starts = np.flatnonzero(np.diff(numbers, prepend=-1))
            sums = _summed(weights.columns, rows, [*starts.tolist(), len(rows)])
            sizes = np.diff(starts, append=len(rows))
            means[first + numbers[starts]] = sums * weights.scale / np.sqrt(sizes)[:, None]
        units = np.maximum(means[:, categories:] + weights.threshold, 0)
        # Not `@`: for so little the library would start threads, which then wait busily for more and take all processors.
        spoken = np.einsum("tu,uc->tc", units, weights.out)
        return np.asarray(means[:, :categories] + weights.bias + spoken, dtype=np.float32)

    def _weightiest(self, texts: Sequence[str]) -> Callable[[int, int], tuple[str, ...]]:
        """What tells the pairs of characters of one of the texts that weigh most towards a category by themselves (a column),
        heaviest first.
        """
        numbers, rows = self._table.known(texts)
        firsts = np.searchsorted(numbers, np.arange(len(texts) + 1)).tolist()
        columns = self._weights.columns

        def of_text(place: int, column: int) -> tuple[str, ...]:
            own = rows[firsts[place] : firsts[place + 1]]
            weighed = sorted(
                (-weight, feature)
                for weight, row in zip(columns[own, column].tolist(), own.tolist(), strict=True)
                if weight > 0 and len(feature := self._weights.features[row]) > 1
            )
            return tuple(feature for _, feature in weighed[:_TOLD])

        return of_text


def _summed(columns: Steps, rows: Numbers, bounds: list[int]) -> npt.NDArray[np.int32]:
    """The sums of the columns over the rows from each of the bounds to the next: those of a text."""
    sums = np.empty((len(bounds) - 1, columns.shape[1]), dtype=np.int32)
    for first in range(0, len(sums), _FEW):
        some = bounds[first : first + _FEW + 1]
        steps = columns.take(rows[some[0] : some[-1]], axis=0)  # of few texts: it stays in the processor's cache
        for own, (begin, end) in zip(sums[first:], pairwise(some), strict=False):
            kind = np.int16 if end - begin <= _SMALL else np.int32
            np.add.reduce(steps[begin - some[0] : end - some[0]], axis=0, dtype=kind, out=own)
    return sums


def features(text: str) -> frozenset[str]:
    """Characters and pairs of neighbouring characters, numbers as one character, white space left out.

    >>> sorted(features("返 60％"))
    ['%', '0', '0%', '返', '返0']
    """
    words = written(text)
    return neighbours(words).union(words)


def windows(text: str) -> tuple[tuple[int, int], ...]:
    """What is recognised by itself: the sentences of a text, and one to three neighbouring parts between commas."""
    return tuple(span for sentence in _SENTENCE.finditer(text) for span in _windows_in(text, *sentence.span()))


def _windows_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The windows of the sentence at [start, end) of a text, in order."""
    parts = [part.span() for part in _PART.finditer(text, start, end)]
    found = {(start, end)}.union(
        (first, last) for place, (first, _) in enumerate(parts) for _, last in parts[place : place + _PARTS]
    )
    return sorted(
        span
        for span in found
        if span[1] - span[0] >= _SHORT and _WORDS.search(text, *span) and not _is_case(text, *span)
    )


def _is_case(text: str, start: int, end: int) -> bool:
    """Whether a window is a case alone (成交价高于每亩十万元的，…): it says nothing of what follows from it."""
    return text[end - 1] == "的" and text[end : end + 1] in ("，", ",") and not _COMMA.search(text, start, end)


def write(path: Path, weights: Weights) -> None:
    """The weights as a file that `read` reads; the many as whole numbers, each column with a scale of its own."""
    linear_scale, linear = _scaled(weights.linear)
    hidden_scale, hidden = _scaled(weights.hidden)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            categories=np.array(weights.categories),
            features=np.array(weights.features),
            bias=weights.bias,
            linear=linear,
            linear_scale=linear_scale,
            hidden=hidden,
            hidden_scale=hidden_scale,
            threshold=weights.threshold,
            out=weights.out,
        )


def _scaled(weights: Floats) -> tuple[Floats, Steps]:
    """The scale of each column, and the weights in its steps."""
    scale = np.abs(weights).max(axis=0, initial=1e-6) / _LEVELS
    return scale.astype(np.float32), np.rint(weights / scale).astype(np.int8)


@lru_cache(maxsize=4)
def read(path: Path) -> Recognizer:
    """The weights that `write` wrote; raises OSError where the file is missing, ValueError where it is broken."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            weights = Stored(
                categories=tuple(stored["categories"].tolist()),
                features=tuple(stored["features"].tolist()),
                columns=np.hstack([stored["linear"], stored["hidden"]]),
                scale=np.hstack([stored["linear_scale"], stored["hidden_scale"]]),
                bias=stored["bias"],
                threshold=stored["threshold"],
                out=stored["out"],
            )
    except (BadZipFile, KeyError) as error:
        raise ValueError(f"措辞识别用表读不出：{path.name}") from error
    return Recognizer(weights)
