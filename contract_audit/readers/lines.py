"""Which lines of a text belong together: paragraphs broken by layout are joined, all others are left alone.

A wrong join merges two clauses, a missed join only leaves a sentence in two blocks; so lines are joined where the page
width or the words show that the sentence goes on, and never before a label, a heading, a party or a date line.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from contract_audit.readers.labels import is_labelled, label_value
from contract_audit.readers.line_width import Layout, indent, layout_of
from contract_audit.readers.line_words import FIELD, FORM, goes_on, is_complete, is_ended

_ATTACHMENT = re.compile(r"\s*附\s*[件表录图]")
_ATTACHMENT_HEAD = re.compile(r"\s*附\s*[件表录图][^，。；]{0,40}$")
_DATE = re.compile(
    r"\s*(?:\d{4}|[一二三四五六七八九〇○零]{4}|\s{2,})\s*年[\s\d一二三四五六七八九十元_＿×*]{1,8}月[\s\d一二三四五六七八九十_＿×*]{0,8}日?\s*$"
)
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


def is_page_line(line: str) -> bool:
    """True for a line that only numbers the page: - 3 -, 第 1 页 共 4 页, 3/12."""
    return _PAGE.fullmatch(line) is not None


def is_table_line(line: str) -> bool:
    """True for a row or border of a table drawn with strokes."""
    return _TABLE.match(line) is not None


def tab_rows(lines: Sequence[str]) -> frozenset[int]:
    """Indices of lines that are rows of tables whose cells are parted by tabs, as pasted from a sheet.

    Rows follow one another and have as many tabs; a tab behind the number of a clause, in a list of contents or between
    two signatures makes no row.
    """
    found: set[int] = set()
    for _, group in groupby(range(len(lines)), key=lambda index: lines[index].strip("\r ").count("\t")):
        rows = list(group)
        cells = [lines[index].split("\t") for index in rows]
        enough = len(rows) >= (_ROWS if len(cells[0]) > _PAIR else _ROWS_OF_PAIRS)
        if len(cells[0]) < _PAIR or not enough or any(_NO_ROW.search(lines[index]) for index in rows):
            continue
        labels = sum(
            is_labelled(f"{row[0]} ") or not row[0].strip() or _PAGE_NUMBER.match(row[-1]) is not None for row in cells
        )
        if len(cells[0]) > _PAIR or labels < len(rows) / 2:
            found.update(rows)
    return frozenset(found)


_PAIR, _ROWS, _ROWS_OF_PAIRS = 2, 2, 3
_NO_ROW = re.compile(r"盖章|签[字章名]|代表人?[：:]|[.…·]{3}")
_PAGE_NUMBER = re.compile(r"\s*[0-9]{1,3}\s*$")


def starts_paragraph(line: str) -> bool:
    """True if the line opens with a label, an attachment, a form field (甲方：) or is a date or table row."""
    return is_labelled(line) or any(pattern.match(line) for pattern in (_ATTACHMENT, FIELD, _DATE, _TABLE))


def group_lines(lines: Sequence[str]) -> list[list[int]]:
    """Indices of `lines` that form one paragraph each, in order; empty lines part paragraphs and are left out."""
    layout = layout_of([line for line in lines if line.strip() and not is_table_line(line)], starts_paragraph)
    counted = _Counted()
    groups: list[list[int]] = []
    previous: int | None = None
    for index, line in enumerate(lines):
        if not line.strip():
            previous = None
            continue
        if previous is not None and _joins(lines[previous], line, layout, counted, first=len(groups[-1]) == 1):
            groups[-1].append(index)
        else:
            groups.append([index])
            counted.note(line)
        previous = index
    return groups


class _Counted:
    """The last number of each form so far: what tells a number of a list from one inside a sentence."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, ...]] = {}

    def note(self, line: str) -> None:
        found = label_value(line)
        if found:
            self._last[found[0]] = found[1]

    def counts_on(self, line: str) -> bool:
        """Whether the number at the start of the line begins a list, or is the next of one."""
        found = label_value(line)
        if found is None:
            return True
        form, figures = found
        return figures[-1] == 1 or self._last.get(form) == (*figures[:-1], figures[-1] - 1)


def _joins(line: str, following: str, layout: Layout, counted: _Counted, *, first: bool) -> bool:
    """Whether `following` continues the paragraph that `line` ends, being its `first` line or a later one."""
    if is_table_line(line) or _DATE.match(line) or is_table_line(following):
        return False
    if indent(following) > (indent(line) if layout.all_indented else 0):
        return False
    text, rest = line.rstrip(), following.strip()
    if layout.is_full(line):
        return _goes_on_from_full(text, following, layout, counted, first=first)
    return not is_ended(text) and not starts_paragraph(following) and goes_on(text, rest)


def _goes_on_from_full(text: str, following: str, layout: Layout, counted: _Counted, *, first: bool) -> bool:
    if first and is_complete(text):
        return False
    if is_ended(text):
        if is_labelled(following):
            return False
        return layout.indents or (layout.runs_on and text[-1] not in "：:" and not starts_paragraph(following))
    if is_labelled(following):
        return not counted.counts_on(following)
    return layout.indents or not any(pattern.match(following) for pattern in (FORM, _DATE, _ATTACHMENT_HEAD))
