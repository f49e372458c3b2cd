r"""Second reading: are the words of a finding like those known as wrong, or like lawful ones that share a few of them?

A naive Bayes classifier over pairs of neighbouring characters, each category (with its neighbours) against everything
else (Manning, Raghavan and Schütze, Introduction to Information Retrieval, chapter 13). It finds nothing by itself: a
wide rule may name a wrong only where the words weigh towards it. Its counts are data, `likeness.tsv` of a rule folder: a line of the
categories, then a line a pair,

    pair \t texts \t number of category=texts that show its wrong …

made from examples, clause banks and labelled agreements by `python -m contract_audit.score.learn`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from contract_audit.chinese.text import fold_text
from contract_audit.engine.features import FeatureTable, Numbers

Floats = npt.NDArray[np.float64]

_SMOOTHING = 0.03  # a pair never seen on one side weighs much, but not for ever
_RARE = 5  # pairs of fewer texts are chance
_FEW = 3  # pairs of fewer papers are names and turns of one writer
_NUMBER = re.compile(r"\d[\d,.]*")
_CELL_END = re.compile(r"\s*[\t|]\s*")  # of a table row as a document has it, or as plain text draws it
# The number of a clause says nothing about its words, and 第九条 before 例行检查 would make 条例 of them.
_CLAUSE_NUMBER = re.compile(
    r"\s*(?:第[0-9〇零一二三四五六七八九十百]{1,6}[编章节条款项][:：、]?|[(（〔【]?[0-9一二三四五六七八九十]{1,3}[)）〕】、]"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?!\.?[0-9]|\s*[万亿元%米亩倍吨个折])|[0-9]{1,2}\.(?![0-9])|[①-⑳⑴-⒇])"
)
_ENOUGH = 500  # pairs in texts of a category (some twenty clauses) below which nothing is said


# A text and the categories of wrongs that its words show; none where they are lawful.
Shown = tuple[str, frozenset[str]]


class Likeness:
    """Counts of texts by pairs of characters: over all texts, and over the texts that show a wrong, by its category."""

    def __init__(self, texts: dict[str, int], wrong: dict[str, dict[str, int]]) -> None:
        self.texts, self.wrong = texts, wrong
        self._weights: dict[frozenset[str], Floats | None] = {}  # of all pairs, by categories, as they are asked for

    def lean(self, text: str, categories: frozenset[str]) -> float | None:
        """How much the text leans to these categories, in nats: above 0 to the wrong, below to lawful writing.

        None where too few texts of them are known to say.
        """
        return self.leans([(text, categories)])[0]

    def leans(self, read: Sequence[tuple[str, frozenset[str]]]) -> list[float | None]:
        """As `lean`, of each of many texts to its categories."""
        numbers, pairs = self._table.known([written(text) for text, _ in read])
        firsts = np.searchsorted(numbers, np.arange(len(read) + 1)).tolist()
        weights = [self._weights_of(categories) for _, categories in read]
        return [
            None if weight is None else float(np.add.reduce(weight.take(pairs[first:last])))
            for weight, (first, last) in zip(weights, pairwise(firsts), strict=True)
        ]

    def _weights_of(self, categories: frozenset[str]) -> Floats | None:
        """How much each pair leans to the categories; None where too few texts of them are known to say."""
        if categories not in self._weights:
            shown = np.zeros_like(self._seen)
            for category in sorted(categories & self.wrong.keys()):
                counts = self.wrong[category]
                shown[[*map(self._places.__getitem__, counts)]] += [*counts.values()]
            self._weights[categories] = self._weighed(shown) if shown.sum() >= _ENOUGH else None
        return self._weights[categories]

    def _weighed(self, shown: Numbers) -> Floats:
        """How much each pair leans to the wrong that so many of its texts show."""
        logarithms = np.log(np.arange(self._seen.max() + 1) + _SMOOTHING)
        lawful, showing = np.maximum(self._seen - shown, 0), shown.sum()
        leaning: Floats = logarithms[shown] - logarithms[lawful] - np.log(showing / (self._seen.sum() - showing))
        return leaning

    @cached_property
    def _seen(self) -> Numbers:
        return np.fromiter(self.texts.values(), dtype=np.int64)

    @cached_property
    def _table(self) -> FeatureTable:
        return FeatureTable(tuple(self.texts))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {pair: place for place, pair in enumerate(self.texts)}


def pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, numbers as one character, white space left out.

    >>> sorted(pairs("返还 60％"))
    ['0%', '返还', '还0']
    """
    return neighbours(written(text))


def neighbours(words: str) -> frozenset[str]:
    """Pairs of neighbouring characters of a text as `written` gives it."""
    return frozenset(words[index : index + 2] for index in range(len(words) - 1))


def written(text: str) -> str:
    """The words of a text folded, without the clause's own number, numbers as one character, white space left out.

    >>> written("第九条 例行检查每年 3 次")
    '例行检查每年0次'
    """
    return bare(fold_text(text))


def bare(folded: str) -> str:
    """As `written`, of a text that is folded."""
    number = _CLAUSE_NUMBER.match(folded)
    words = folded[number.end() :] if number else folded
    if "\t" in words or "|" in words:
        words = _CELL_END.sub("|", words).strip("|")
    return "".join(_NUMBER.sub("0", words).split())


def learn(papers: Iterable[Iterable[Shown]]) -> Likeness:
    """Counts over the texts of papers (an agreement, the examples of a rule, a single clause)."""
    seen: Counter[str] = Counter()
    standing: Counter[str] = Counter()  # papers by pair
    wrong: dict[str, Counter[str]] = {}
    for paper in papers:
        here: set[str] = set()
        for text, categories in paper:
            found = pairs(text)
            here |= found
            seen.update(found)
            for category in categories:
                wrong.setdefault(category, Counter()).update(found)
        standing.update(here)
    kept = {pair: count for pair, count in seen.items() if count >= _RARE and standing[pair] >= _FEW}
    return Likeness(
        kept, {name: {pair: n for pair, n in counts.items() if pair in kept} for name, counts in wrong.items()}
    )


def write(likeness: Likeness, path: Path) -> None:
    """The counts as a table, in the order of the pairs."""
    names = sorted(likeness.wrong)
    by_pair: dict[str, list[str]] = {}
    for number, name in enumerate(names):
        for pair, count in likeness.wrong[name].items():
            by_pair.setdefault(pair, []).append(f"{number}={count}")
    lines = (f"{pair}\t{count}\t{' '.join(by_pair.get(pair, ()))}\n" for pair, count in sorted(likeness.texts.items()))
    path.write_text("".join((" ".join(names) + "\n", *lines)), encoding="utf-8", newline="\n")


@lru_cache(maxsize=4)
def read(path: Path) -> Likeness:
    """The counts in a table that `write` wrote; raises OSError where it is missing, ValueError where it is broken."""
    header, *lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    texts: dict[str, int] = {}
    names = header.split()
    wrong: list[dict[str, int]] = [{} for _ in names]
    for line in lines:
        pair, count, shown = line.split("\t")
        texts[pair] = int(count)
        for entry in shown.split():
            number, shows = entry.split("=")
            wrong[int(number)][pair] = int(shows)
    return Likeness(texts, dict(zip(names, wrong, strict=True)))
