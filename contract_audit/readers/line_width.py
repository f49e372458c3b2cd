"""At which width the lines of a text were broken, and what that says about the end of each."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

SENTENCE_ENDS = "。！？；：…!?;:"
_SHORTEST = 10  # characters: a shorter line tells nothing about the width
_SLACK = 3  # columns or characters that a full line may be short of the width: marks that may not open a line
_SHARE = 0.6  # of the lines that end inside a sentence must be full
_RAGGED = 0.4  # of all longer lines end inside a sentence: the text is broken, at no fixed width
_MANY = 8


@lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def display_width(text: str) -> int:
    """Columns that `text` takes on a terminal with Chinese glyphs (hanzi and full-width marks take two)."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def indent(line: str) -> int:
    """Columns of white space before the first character."""
    return display_width(line[: len(line) - len(line.lstrip())])


class Layout(NamedTuple):
    """How a text was broken into lines: from `fullest` on, in units of `measure`, a line is full (0: nothing is known)."""

    measure: Callable[[str], int]
    fullest: float
    ragged: bool = False  # broken at no fixed width
    indents: bool = False  # paragraphs begin further in than their other lines
    all_indented: bool = False
    runs_on: bool = False  # paragraphs begin with a number or a field, so that all other lines go on

    def is_full(self, line: str) -> bool:
        """Whether the line ends because the width was used up."""
        text = line.rstrip()
        if self.ragged and text[-1] in SENTENCE_ENDS:
            return False
        return bool(self.fullest) and self.measure(text) >= self.fullest


def layout_of(lines: Sequence[str], opens: Callable[[str], bool]) -> Layout:
    """The layout of running text without empty lines; `opens` tells lines that begin a paragraph by their words."""
    unfinished = [
        line.rstrip()
        for line, following in pairwise(lines)
        if len(line.strip()) >= _SHORTEST and line.rstrip()[-1] not in SENTENCE_ENDS and not opens(following)
    ]
    layout = max((_fixed(lines, unfinished, measure) for measure in (display_width, len)), key=_certainty)[1]
    if not layout.fullest:
        layout = _ragged(lines, unfinished)
    after_short = [
        following
        for line, following in pairwise(lines)
        if layout.fullest and not layout.is_full(line) and line.rstrip()[-1] in SENTENCE_ENDS
    ]
    return layout._replace(
        indents=len(after_short) > 1 and sum(map(bool, map(indent, after_short))) * 10 >= len(after_short) * 6,
        all_indented=sum(map(bool, map(indent, lines))) * 10 >= len(lines) * 9,
        runs_on=len(after_short) > _MANY and sum(map(opens, after_short)) * 4 >= len(after_short) * 3,
    )


def _certainty(found: tuple[float, Layout]) -> float:
    return found[0]


def _fixed(lines: Sequence[str], unfinished: Sequence[str], measure: Callable[[str], int]) -> tuple[float, Layout]:
    """The share of lines inside sentences that end at the usual width, and the layout if they are enough."""
    widths = Counter(map(measure, unfinished))
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    full = sum(count for width, count in widths.items() if abs(width - usual) <= _SLACK)
    beyond = sum(measure(line.rstrip()) > usual + 2 * _SLACK for line in lines)
    if full < 3 or full < _SHARE * len(unfinished) or 20 * beyond > len(lines):
        return 0.0, Layout(measure, 0)
    return full / len(unfinished), Layout(measure, usual - _SLACK)


def _ragged(lines: Sequence[str], unfinished: Sequence[str]) -> Layout:
    longer = sum(len(line.strip()) >= _SHORTEST for line in lines)
    if len(unfinished) < _MANY or len(unfinished) < _RAGGED * longer:
        return Layout(len, 0)
    return Layout(len, 0.6 * median(map(len, unfinished)), ragged=True)
