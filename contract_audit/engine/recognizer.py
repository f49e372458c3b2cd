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
`python -m contract_audit.score.learn` and kept as whole numbers from -127 to 127 with a scale a column.
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
from contract_audit.engine.likeness import bare, neighbours, written

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

_FLOOR = 0.0  # scores below it are not told
_REACH = -0.3  # a sentence that scores less as a whole has no part that is told (seen on 60 papers: none below -0.2)
_BATCH = 1024  # texts scored together: memory stays small however long the paper
_TOLD = 6  # pairs that weighed most, told with what is recognised
_OWN = 0.3  # what the words of a part weigh in its score; the rest is what its sentence scores as a whole
_PARTS = 3  # neighbouring parts of a sentence that are looked at together
_SHORT = 6  # characters that can show a wrong
_LONG = (
    64  # characters of a place that a reader cannot take in at once: a part of it is told, where one shows the wrong
)
_CODE_BITS = 21  # of a character's number
_NO_KEY = 2**63 - 1  # greater than that of any feature
_LEVELS = 127  # of a weight, to each side
_SENTENCE = re.compile(r"[^。；;\n]+")
_PART = re.compile(r"[^，,：:\t]+")
_COMMA = re.compile(r"[，,]")


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a text worded like a category: its span, the score, and the pairs of characters that weighed most."""

    category: str
    start: int
    end: int
    score: float
    weightiest: tuple[str, ...]


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """What is trained. `linear`: features × categories; `bias`: categories; `hidden`: features × units; `threshold`: units;
    `out`: units × categories.
    """

    categories: tuple[str, ...]
    features: tuple[str, ...]
    linear: Floats
    bias: Floats
    hidden: Floats
    threshold: Floats
    out: Floats


class Recognizer:
    """Scores of texts, and the places of a text that are worded like a wrong, by the given weights."""

    def __init__(self, weights: Weights) -> None:
        self.categories = weights.categories
        self._weights = weights
        self._rows = {feature: row for row, feature in enumerate(weights.features)}
        self._columns = np.hstack([weights.linear, weights.hidden])
        keys = np.array([_key(feature) for feature in weights.features] + [_NO_KEY], dtype=np.int64)
        self._order = np.argsort(keys)  # rows in the order of their keys
        self._keys = keys[self._order]

    def recognise(self, text: str, near: Callable[[str], frozenset[str]]) -> tuple[Recognised, ...]:
        """The places of a folded text that are worded like a category, best first and long ones last; one place is told once
        for categories `near` each other, at the window with the best score.

        Only sentences that score as a whole are looked at window by window.
        """
        as_written = bare if fold_text(text) == text else written  # a part of what folding leaves alone is left alone
        sentences = [found.span() for found in _SENTENCE.finditer(text) if len(found.group()) >= _SHORT]
        whole = self._scored([as_written(text[start:end]) for start, end in sentences])
        hopeful = np.flatnonzero((whole > _REACH).any(axis=1)).tolist()
        windows_of = [(number, span) for number in hopeful for span in _windows_in(text, *sentences[number])]
        spans = [span for _, span in windows_of]
        alone = self._scored([as_written(text[start:end]) for start, end in spans])
        scores = _OWN * alone + (1 - _OWN) * whole[[number for number, _ in windows_of]]
        told_of = (scores > _FLOOR) & (alone > _FLOOR)  # a sentence does not make a wrong of each of its parts
        above = [
            (spans[row][1] - spans[row][0] > _LONG, -float(scores[row, column]), int(row), int(column))
            for row, column in np.argwhere(told_of)
        ]
        taken = np.zeros((len(self.categories), len(text)), dtype=bool)  # characters told of, by category
        alike = [
            [self.categories.index(name) for name in near(own) if name in self.categories] for own in self.categories
        ]
        told: list[Recognised] = []
        for _, score, row, column in sorted(above):
            (start, end), category = spans[row], self.categories[column]
            if not taken[column, start:end].any():
                taken[alike[column], start:end] = True
                words = self.weightiest(text[start:end], category)
                told.append(Recognised(category=category, start=start, end=end, score=-score, weightiest=words))
        return tuple(told)

    def scores(self, texts: Sequence[str]) -> Floats:
        """The score of each text (row) for each category (column)."""
        return self._scored([written(text) for text in texts])

    def _scored(self, texts: Sequence[str]) -> Floats:
        """The scores of texts as `written` gives them."""
        means = np.zeros((len(texts), self._columns.shape[1]), dtype=np.float32)
        for first in range(0, len(texts), _BATCH):
            numbers, rows = self._known(texts[first : first + _BATCH])
            starts = np.flatnonzero(np.diff(numbers, prepend=-1))
            roots = np.sqrt(np.diff(starts, append=len(rows)).astype(np.float32))
            spans = pairwise([*starts.tolist(), len(rows)])
            # A text at a time: what is added up for it stays in the processor's cache.
            for number, root, (begin, end) in zip(numbers[starts].tolist(), roots, spans, strict=True):
                total = np.take(self._columns, rows[begin:end], axis=0).sum(axis=0)
                np.divide(total, root, out=means[first + number])
        weights, categories = self._weights, len(self.categories)
        units = np.maximum(means[:, categories:] + weights.threshold, 0)
        # Not `@`: for so little the library would start threads, which then wait busily for more and take all processors.
        spoken = np.einsum("tu,uc->tc", units, weights.out)
        return np.asarray(means[:, :categories] + weights.bias + spoken, dtype=np.float32)

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
        """The pairs of characters of a text that weigh most towards a category by themselves, heaviest first."""
        column = self.categories.index(category)
        weighed = sorted(
            (-float(self._columns[self._rows[feature], column]), feature)
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


def _scaled(weights: Floats) -> tuple[Floats, npt.NDArray[np.int8]]:
    """The scale of each column, and the weights in its steps."""
    scale = np.abs(weights).max(axis=0, initial=1e-6) / _LEVELS
    return scale.astype(np.float32), np.rint(weights / scale).astype(np.int8)


@lru_cache(maxsize=4)
def read(path: Path) -> Recognizer:
    """The weights that `write` wrote; raises OSError where the file is missing, ValueError where it is broken."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            weights = Weights(
                categories=tuple(stored["categories"].tolist()),
                features=tuple(stored["features"].tolist()),
                bias=stored["bias"],
                linear=stored["linear"] * stored["linear_scale"],
                hidden=stored["hidden"] * stored["hidden_scale"],
                threshold=stored["threshold"],
                out=stored["out"],
            )
    except (BadZipFile, KeyError) as error:
        raise ValueError(f"措辞识别用表读不出：{path.name}") from error
    return Recognizer(weights)
