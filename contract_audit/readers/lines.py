"""Which lines of a text belong together: paragraphs broken by layout are joined, all others are left alone.

A wrong join merges two clauses, a missed join only leaves a sentence in two blocks; so lines are joined where the page
width or the words show that the sentence goes on, and never before a label, a heading, a party or a date line.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from contract_audit.readers.labels import is_labelled

_ATTACHMENT = re.compile(r"\s*附\s*[件表录图]")
_FIELD = re.compile(r"\s*[^，。；：:（(]{1,12}(?:[（(][^）)]{1,10}[）)])?\s*[：:]")
_DATE = re.compile(r"\s*(?:\d{4}|[一二三四五六七八九〇○零]{4}|\s{2,})\s*年.{1,8}月.{0,8}日?\s*$")
_TABLE = re.compile(r"\s*(?:[|│┃║]|[┌├└┏┣┗╔╠╚+][─━═+\-┬┼┴┐┤┘┳╋┻┓┫┛╦╬╩╗╣╝\s]+$)")
_PAGE = re.compile(
    r"""\s*(?:
        [-—–－─~]+\s*\d{1,4}\s*[-—–－─~]+
      | 第?\s*[\d一二三四五六七八九十百]{1,5}\s*页\s*(?:[，,/／|]?\s*共\s*[\d一二三四五六七八九十百]{1,5}\s*页)?
      | 共\s*\d{1,4}\s*页\s*[，,/／|]?\s*第\s*\d{1,4}\s*页
      | [Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?
      | \d{1,4}\s*/\s*\d{1,4}
    )\s*""",
    re.X,
)
_SENTENCE_ENDS = "。！？；：…!?;:"
# A line that ends in one of these, or the next that begins in one, cannot be the end or the beginning of a paragraph.
_GOES_ON = "，、,（(“‘《〈【[—应由在将向与和及或对按经于从把被其该不须自所并且若如但因以即"
_CARRIED_OVER = "，。、；：）)”’》〉】]！？％%的得者之等"
_UNITS = "年月日天时元万亿千百亩平㎡米公吨个倍度号户人％%"
_PAIRS = {"（": "）", "(": ")", "“": "”", "《": "》", "【": "】"}
_LONG = 20  # characters: a shorter line with a comma but without end mark may be a heading
_LONGER = 32  # characters: so long a line without end mark is none, comma or not


def is_page_line(line: str) -> bool:
    """True for a line that only numbers the page: - 3 -, 第 1 页 共 4 页, 3/12."""
    return _PAGE.fullmatch(line) is not None


def is_table_line(line: str) -> bool:
    """True for a row or border of a table drawn with strokes."""
    return _TABLE.match(line) is not None


def starts_paragraph(line: str) -> bool:
    """True if the line opens with a label, an attachment, a form field (甲方：) or is a date or table row."""
    return is_labelled(line) or any(pattern.match(line) for pattern in (_ATTACHMENT, _FIELD, _DATE, _TABLE))


def group_lines(lines: Sequence[str]) -> list[list[int]]:
    """Indices of `lines` that form one paragraph each, in order; empty lines part paragraphs and are left out."""
    layout = _Layout(lines)
    groups: list[list[int]] = []
    previous: int | None = None
    for index, line in enumerate(lines):
        if not line.strip():
            previous = None
            continue
        if previous is not None and layout.joins(lines[previous], line):
            groups[-1].append(index)
        else:
            groups.append([index])
        previous = index
    return groups


class _Layout:
    """What the lines of one text say about its page: the width it was broken at, and whether paragraphs are indented."""

    def __init__(self, lines: Sequence[str]) -> None:
        prose = [line for line in lines if line.strip() and not is_table_line(line)]
        self.width = _broken_width(prose)
        after_short = [_indent(line) for before, line in pairwise(prose) if self.width and not self._is_full(before)]
        self.indents = bool(after_short) and sum(map(bool, after_short)) * 10 >= len(after_short) * 6
        self.all_indented = sum(map(bool, map(_indent, prose))) * 10 >= len(prose) * 9

    def joins(self, line: str, following: str) -> bool:
        """True if `following` continues the paragraph of `line`."""
        if is_table_line(line) or _DATE.match(line) or is_table_line(following) or is_labelled(following):
            return False
        if _indent(following) > (_indent(line) if self.all_indented else 0):
            return False
        text, rest = line.rstrip(), following.strip()
        ended = text[-1] in _SENTENCE_ENDS
        if self.width and self._is_full(line):
            return self.indents or (not ended and not starts_paragraph(following))
        return not ended and not starts_paragraph(following) and _goes_on(text, rest)

    def _is_full(self, line: str) -> bool:
        return display_width(line.rstrip()) >= self.width - 4


def _goes_on(text: str, rest: str) -> bool:
    """True if the words alone show that the sentence in `text`, which has no end mark, is continued by `rest`."""
    if text[-1] in _GOES_ON or rest[0] in _CARRIED_OVER or _is_open(text):
        return True
    if text[-1].isdigit() and (rest[0].isdigit() or rest[0] in _UNITS):
        return True
    if _FIELD.match(text) or rest[-1] not in _SENTENCE_ENDS:
        return False
    return len(text) >= (_LONG if any(mark in text for mark in "，；") else _LONGER)


def _is_open(text: str) -> bool:
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS.items())


def _indent(line: str) -> int:
    return display_width(line[: len(line) - len(line.lstrip())])


def _broken_width(lines: Sequence[str]) -> int:
    """The column at which the lines were broken, 0 where they were not: many lines end there, few go beyond."""
    widths = sorted(display_width(line.rstrip()) for line in lines)
    if len(widths) < 4:
        return 0
    width = widths[-1 - len(widths) // 50]  # a stray longer line in fifty does not move the margin
    full = sum(width - 4 <= value <= width for value in widths)
    return width if full >= 3 and full * 4 >= len(widths) and width >= 2 * _LONG else 0


@lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def display_width(text: str) -> int:
    """Columns that `text` takes on a terminal with Chinese glyphs (hanzi and full-width marks take two)."""
    return len(text) if text.isascii() else sum(map(_columns, text))
