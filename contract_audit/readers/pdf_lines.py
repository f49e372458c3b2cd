"""Characters to runs, runs to rows; lines and tables as the later steps see them."""

import math
import re
from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter

import msgspec

from contract_audit.readers.pdf_sheet import Glyph, Run, make_run, spaces

# A number followed by a tab is the label of its line, not a column of its own.
_BARE_LABEL = re.compile(
    r"(第[零〇一二三四五六七八九十百\d]+[编章节条款]|[零〇一二三四五六七八九十]+[、．.]?|[（(][零〇一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d+([.．]\d+)*[.．、]?|[①-⑳•●])"
)
FIELD = re.compile(r"(?:[^：:，。；\s]\s+){0,7}[^：:，。；\s]{1,20}[：:]")  # 乙方（盖章）：, 日  期：
_CLOSING = frozenset("，。、；：！？）》”’】〕」』,.;:!?)]}%％℃")
_OPENING = frozenset("（《“‘【〔「『([{￥¥")
_SAME_LINE = 0.4  # of a character's size: raised figures are still on the line, the next line is not
_WIDE_GAP = 1.6  # line heights between characters: from here on they are separate runs
_TAB_GAP = 5.0  # a label and its text may stand this far apart


class Line(msgspec.Struct, frozen=True):
    """One line of running text with the bounds of its column, all in reading space; `cells` > 1 where gaps part it."""

    runs: tuple[Run, ...]
    left: float | None = None  # bounds of a narrow column; None: the page's own margins hold
    right: float | None = None

    @property
    def x0(self) -> float:
        """Left edge of the first character."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """Right edge of the last character."""
        return self.runs[-1].x1

    @property
    def y0(self) -> float:
        """Bottom edge."""
        return min(run.y0 for run in self.runs)

    @property
    def y1(self) -> float:
        """Top edge."""
        return max(run.y1 for run in self.runs)

    @property
    def height(self) -> float:
        """Height of the tallest run."""
        return max(run.height for run in self.runs)

    @property
    def is_recognised(self) -> bool:
        """Whether the line was read from a picture."""
        return self.runs[0].glyphs[0].score < 1

    @property
    def em(self) -> float:
        """Width of a Chinese character in this line, points: boxes are up to half as high again as the type is big.

        Recognition gives characters only rough widths, but lines a close height.
        """
        if self.is_recognised:
            return 0.85 * self.height
        return self.runs[0].em if len(self.runs) == 1 else max(self.runs, key=lambda run: len(run.glyphs)).em

    def separator(self, index: int) -> str:
        """What stands before run `index` > 0: a tab where it begins a field of its own (乙方：…), else the gap as spaces."""
        if FIELD.match(self.runs[index].text):
            return "\t"
        return spaces(self.runs[index].x0 - self.runs[index - 1].x1, self.em)

    @property
    def text(self) -> str:
        """The words of the line."""
        first, *others = self.runs
        return first.text + "".join(self.separator(i) + run.text for i, run in enumerate(others, 1))


class Grid(msgspec.Struct, frozen=True):
    """A table: cells by row and column, each a tuple of lines from top to bottom; empty where nothing stands."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    x0: float
    y0: float
    x1: float
    y1: float
    ruled: bool = True
    nested: tuple["Grid", ...] = ()


# What a page consists of: a line, a table, or lines that are known to be one paragraph.
Item = Line | Grid | tuple[Line, ...]


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """Runs from the characters of one page in one direction, top to bottom, left to right."""
    runs: list[Run] = []
    for row in _glyph_rows(glyphs):
        row.sort(key=attrgetter("x0"))
        y0, y1 = min(glyph.y0 for glyph in row), max(glyph.y1 for glyph in row)
        runs.extend(make_run(part, y0, y1) for part in _split_at_gaps(_without_doubles(row), y1 - y0))
    return runs


def _glyph_rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    top = math.inf  # baseline of the last row's first character
    for glyph in sorted(glyphs, key=attrgetter("base"), reverse=True):
        below = top - glyph.base
        if below == 0 or below < _SAME_LINE * max(1.0, glyph.y1 - glyph.y0, glyph.x1 - glyph.x0):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            top = glyph.base
    return rows


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """Drop the second of two equal characters on one spot: how some exporters print bold."""
    kept = row[:1]
    for glyph in row[1:]:
        last = kept[-1]
        if glyph.text != last.text or glyph.x0 - last.x0 > 0.3 * (last.x1 - last.x0):
            kept.append(glyph)
    return kept


def _split_at_gaps(row: list[Glyph], height: float) -> list[list[Glyph]]:
    parts = [row[:1]]
    height = max(height, 4.0)
    for index, (before, glyph) in enumerate(pairwise(row), 1):
        gap = glyph.x0 - before.x1
        if gap > _WIDE_GAP * height and not (gap < _TAB_GAP * height and _belongs(parts[-1], row[index:])):
            parts.append([])
        parts[-1].append(glyph)
    return parts


def _belongs(part: list[Glyph], rest: list[Glyph]) -> bool:
    return _is_label(part) or _is_spaced_name(part, rest)


def _is_label(part: list[Glyph]) -> bool:
    return len(part) <= 9 and bool(_BARE_LABEL.fullmatch("".join(glyph.text for glyph in part)))


def _is_spaced_name(part: list[Glyph], rest: list[Glyph]) -> bool:
    """Whether a lone character is the first of a name spread out to the width of longer ones: 甲　方：, 住　所：."""
    return len(part) == 1 and not part[0].text.isascii() and any(glyph.text in "：:" for glyph in rest[1:4])


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs on one height, left to right; rows top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.base):
        if rows and rows[-1][0].base - run.base < _SAME_LINE * max(run.height, rows[-1][0].height):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.x0)
    return rows


def is_full(before: Line, line: Line, slack: float) -> bool:
    """Whether the first word of `line` would not have fitted at the end of `before`, give or take `slack` points."""
    room = (before.right if before.right is not None else before.x1) - before.x1
    return room < _first_word_width(line) + slack


def _first_word_width(line: Line) -> float:
    """Width of what cannot be parted at the start of a line: a number or Latin word, a character with its marks."""
    glyphs = line.runs[0].glyphs
    stop = 1
    while stop < len(glyphs):
        before, glyph = glyphs[stop - 1].text, glyphs[stop].text
        glued = glyph in _CLOSING or before in _OPENING or (_is_wordlike(before) and _is_wordlike(glyph))
        if not glued:
            break
        stop += 1
    return glyphs[stop - 1].x1 - glyphs[0].x0


def _is_wordlike(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in ".,%-/@_")
