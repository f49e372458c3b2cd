"""Whether a line goes on with the paragraph above it: what its width, its indent and its first words say."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import msgspec

from contract_audit.readers.labels import is_labelled
from contract_audit.readers.pdf_lines import Line, is_full
from contract_audit.readers.pdf_sheet import Sheet

_OWN_LINE = re.compile(  # never the middle of a sentence
    r"\s*(?:附[件表录图]\s*[一二三四五六七八九十\d]*\s*[：:]|[甲乙丙丁戊]\s*方(?:\s*[：:（(]|\s)|[\d〇○零一二三四五六七八九十]{4}\s*年.{1,6}月.{1,4}日\s*$)"
)
_STOPS = "。；：！？;:!?"
_STOP_INSIDE = re.compile(rf"[{_STOPS}](?=.)")
_TIGHT_EMS = 0.5  # room that a full line may leave
_LOOSE_EMS = 3.0  # the same where the sentence is not over: a number or name that was not to be parted
_OPEN = "，、,（(《“"
_OPEN_EMS = 10.0  # the same after a mark that ends no paragraph
_SET_IN_EMS = 2.4  # paragraphs begin two characters in
_MAX_TITLE = 70  # characters
CELL_PADDING = 8.0  # points between text and border


class Paragraph(msgspec.Struct):
    """Lines that a reader takes as one paragraph, each with the sheet it stands on."""

    lines: list[tuple[Sheet, Line]]
    is_toc: bool = False
    is_closed: bool = False  # known to be complete


class Style(msgspec.Struct, frozen=True):
    """How a file sets its paragraphs."""

    em: float  # type size of most lines, points
    indents: bool  # new paragraphs begin further in than the margin
    runs_on: bool  # sentences more often go on after a stop at the end of a full line than paragraphs end there


def style_of(lines: Sequence[Line]) -> Style:
    """The style of all lines of running text of a file, in reading order."""
    after_end = [line for before, line in pairwise(lines) if before.text[-1] in _STOPS and not _is_tight(before, line)]
    inset = sum(line.x0 > (line.left or 0.0) + 0.8 * line.em for line in after_end)
    # By chance, one stop in as many as a line has characters falls on a line's end, and so does a paragraph's.
    inside = sum(len(_STOP_INSIDE.findall(line.text)) for line in lines)
    unlabelled = sum(not is_labelled(line.text) for line in after_end)
    return Style(
        em=median(line.em for line in lines) if lines else 0.0,
        indents=2 * inset > len(after_end),
        runs_on=inside > (1 + _TIGHT_EMS) * unlabelled,
    )


def continues(paragraph: Paragraph, sheet: Sheet, line: Line, style: Style) -> bool:
    """Whether `line`, the next on `sheet`, goes on where the paragraph's last line had to break."""
    before_sheet, before = paragraph.lines[-1]
    if paragraph.is_closed or _OWN_LINE.match(line.text) or not _same_size(before, line):
        return False
    if before_sheet is sheet and before.y0 > line.y1 and before.y0 - line.y1 > 2.5 * line.height:
        return False
    if not _hangs(paragraph, line, style):
        return False
    labelled = is_labelled(line.text)
    if before.text[-1] not in _STOPS:  # a sentence that is not over: what looks like a label is a number in it
        loose = _OPEN_EMS if before.text[-1] in _OPEN else _LOOSE_EMS
        return _is_tight(before, line) or (not labelled and is_full(before, line, loose * line.em))
    return (
        not labelled and _is_tight(before, line) and (style.indents or (style.runs_on and before.text[-1] not in "：:"))
    )


def _same_size(before: Line, line: Line) -> bool:
    return abs(before.em - line.em) <= (0.35 if line.is_recognised else 0.2) * line.em


def could_be_title(paragraph: Paragraph) -> bool:
    """Whether the words could be a title: no number before them, no sentence, no field."""
    text = "".join(line.text for _, line in paragraph.lines)
    return len(text) <= _MAX_TITLE and not (set(text) & set("。；：;:")) and not is_labelled(text)


def joins_in_cell(before: Line, line: Line) -> bool:
    """Whether two lines of one table cell are one paragraph."""
    return is_full(before, line, CELL_PADDING) and before.text[-1] not in _STOPS


def _is_tight(before: Line, line: Line) -> bool:
    return is_full(before, line, _TIGHT_EMS * line.em)


def _hangs(paragraph: Paragraph, line: Line, style: Style) -> bool:
    """Whether the line begins where a second line of the paragraph would: at the margin, or in line with the one above."""
    em, first, before = line.em, paragraph.lines[0][1], paragraph.lines[-1][1]
    if before is first and _is_set_in(before) and not _is_central(line):  # a title above the text
        return False
    if line.x0 <= (line.left or 0.0) + 0.8 * em:
        return True
    if em > 1.1 * style.em and _is_central(line) and _is_central(before):  # a title over two lines
        return True
    if len(paragraph.lines) > 1:
        return abs(line.x0 - before.x0) < 0.5 * em
    if line.x0 < first.x0 - 0.8 * em:  # the paragraph as a whole is set in, its first line more
        return True
    return is_labelled(first.text) and 0.8 * em < line.x0 - first.x0 < 5 * em  # set in below its label


def _is_set_in(line: Line) -> bool:
    """Whether the line is central and keeps further from both margins than the first line of a paragraph does."""
    inset = line.x0 - (line.left if line.left is not None else line.x0)
    return inset > _SET_IN_EMS * line.em and _is_central(line)


def _is_central(line: Line) -> bool:
    """Whether the line has as much room on its left as on its right."""
    if line.left is None or line.right is None:
        return False
    return abs((line.x0 - line.left) - (line.right - line.x1)) < 1.5 * line.em
