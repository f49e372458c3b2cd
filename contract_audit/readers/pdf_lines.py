"""Characters to runs, runs to rows; lines and tables as the later steps see them."""

import re
from collections.abc import Iterable
from itertools import pairwise
from statistics import median

import msgspec

from contract_audit.readers.pdf_sheet import Glyph, Run, make_run

# A number followed by a tab is the label of its line, not a column of its own.
_BARE_LABEL = re.compile(
    r"(第[零〇一二三四五六七八九十百\d]+[编章节条款]|[零〇一二三四五六七八九十]+[、．.]?|[（(][零〇一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d+([.．]\d+)*[.．、]?|[①-⑳•●])"
)
FIELD = re.compile(r"(?:[^：:，。；\s]\s+){0,7}[^：:，。；\s]{1,20}[：:]")  # 乙方（盖章）：, 日  期：
_CLOSING = frozenset("，。、；：！？）》”’】〕」』,.;:!?)]}%％℃")
_OPENING = frozenset("（《“‘【〔「『([{￥¥")
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
    def em(self) -> float:
        """Width of a Chinese character in this line, points: boxes are up to half as high again as the type is big."""
        widths = [glyph.x1 - glyph.x0 for run in self.runs for glyph in run.glyphs if not glyph.text.isascii()]
        return median(widths) if widths else 0.8 * self.height

    def separator(self, index: int) -> str:
        """What stands before run `index` > 0: a tab where it begins a field of its own (乙方：…), else one space."""
        return "\t" if FIELD.match(self.runs[index].text) else " "

    @property
    def text(self) -> str:
        """The words of the line."""
        first, *others = self.runs
        return first.text + "".join(self.separator(i) + run.text for i, run in enumerate(others, 1))


class Grid(msgspec.Struct, frozen=True):
    """A table: cells by row and column, each a tuple of lines from top to bottom; empty where nothing stands."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    y1: float  # top edge
    y0: float
    ruled: bool = True
    nested: tuple["Grid", ...] = ()


# What a page consists of: a line, a table, or lines that are known to be one paragraph.
Item = Line | Grid | tuple[Line, ...]


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """Runs from the characters of one page in one direction, top to bottom, left to right."""
    runs: list[Run] = []
    for row in _glyph_rows(glyphs):
        row.sort(key=lambda glyph: glyph.x0)
        runs.extend(make_run(part) for part in _split_at_gaps(_without_doubles(row)))
    return runs


def _glyph_rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    rows: list[tuple[float, float, list[Glyph]]] = []  # centre, height, characters
    for glyph in sorted(glyphs, key=lambda glyph: (-(glyph.y0 + glyph.y1), glyph.x0)):
        centre, height = (glyph.y0 + glyph.y1) / 2, max(1.0, glyph.y1 - glyph.y0)
        for row in rows[:-4:-1]:
            if abs(row[0] - centre) < 0.5 * min(height, row[1]):
                row[2].append(glyph)
                break
        else:
            rows.append((centre, height, [glyph]))
    return [row[2] for row in rows]


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """Drop the second of two equal characters on one spot: how some exporters print bold."""
    kept = row[:1]
    for glyph in row[1:]:
        last = kept[-1]
        if glyph.text != last.text or glyph.x0 - last.x0 > 0.3 * (last.x1 - last.x0):
            kept.append(glyph)
    return kept


def _split_at_gaps(row: list[Glyph]) -> list[list[Glyph]]:
    parts = [row[:1]]
    for before, glyph in pairwise(row):
        gap, height = glyph.x0 - before.x1, max(glyph.y1 - glyph.y0, 4.0)
        if gap > _WIDE_GAP * height and not (gap < _TAB_GAP * height and _is_label(parts[-1])):
            parts.append([glyph])
        else:
            parts[-1].append(glyph)
    return parts


def _is_label(part: list[Glyph]) -> bool:
    return len(part) <= 9 and bool(_BARE_LABEL.fullmatch("".join(glyph.text for glyph in part)))


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs on one height, left to right; rows top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        if rows and abs(rows[-1][0].middle - run.middle) < 0.5 * min(run.height, rows[-1][0].height):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.x0)
    return rows


def is_full(before: Line, line: Line, padding: float = 0.0) -> bool:
    """Whether the first word of `line` would not have fitted at the end of `before`."""
    room = (before.right if before.right is not None else before.x1) - before.x1 - padding
    return room < _first_word_width(line) + 0.5 * line.em


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
