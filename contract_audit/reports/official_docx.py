"""Official documents as docx in the layout of GB/T 9704-2012: a paper is a tuple of parts, `render` makes the file.

A4, margins 37/35/28/26 mm (type area 156 × 225 mm), body 三号仿宋 on 22 lines of 28 characters, title 二号小标宋, headings
一、黑体 （一）楷体 1.（1）仿宋, page numbers — 1 — outside at the foot. Fonts are named, never shipped: an office PC has
them, and each names a fallback. The file carries no clock: equal parts and day give equal bytes.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal
from xml.sax.saxutils import escape

from msgspec.structs import replace

from contract_audit.chinese.numerals import in_chinese
from contract_audit.model import Struct
from contract_audit.reports.official_page import BODY, LATIN, blank
from contract_audit.reports.zip_bytes import joined

Align = Literal["left", "center", "right", "justify"]
BLANK_DAY = "　　　　年　　月　　日"
FILL_IN = "＿＿＿＿＿＿＿＿"
_CHARACTER_PT = 16

_KEPT_MOST, _BODY_LEAST = 5, 18  # paragraphs before a signature; characters from which one is body

_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\r": "<w:br/>"}
_MARK = re.compile("([\t\n\r])")
_TYPE_AREA_MM = 156
_TWIPS_A_MM, _TWIPS_A_POINT = 1440 / 25.4, 20
_JUSTIFIED = {"left": "left", "center": "center", "right": "right", "justify": "both"}
# One millimetre between rule and text: a date or two characters fit a narrow column.
_TABLE_PROPERTIES = (
    '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
    '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar><w:tblLook w:firstColumn="1" '
    'w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" w:noVBand="1" w:val="04A0"/></w:tblPr>'
)


class Title(Struct, frozen=True):
    """The title, 二号小标宋, centred; its lines as given (break where the words allow)."""

    lines: tuple[str, ...]


class Centred(Struct, frozen=True):
    """A centred line under the title: 发文字号, （代拟稿）, a date in brackets."""

    text: str


class Recipient(Struct, frozen=True):
    """主送机关: flush left, ends with a full-width colon."""

    text: str


class Heading(Struct, frozen=True):
    """A numbered heading: level 1 一、黑体, 2 （一）楷体, 3 1.仿宋, 4 （1）仿宋; the number is set from `number` (1-based)."""

    level: Literal[1, 2, 3, 4]
    number: int
    text: str


class Text(Struct, frozen=True, kw_only=True):
    """A body paragraph, first line indented by two characters; `lead` stands before it in 黑体."""

    text: str
    lead: str = ""
    indent: bool = True
    align: Align = "justify"


class Cell(Struct, frozen=True, kw_only=True):
    """A table cell over `columns` columns; `label` cells are 黑体 and centred."""

    text: str
    columns: int = 1
    label: bool = False
    align: Align = "left"


class Row(Struct, frozen=True, kw_only=True):
    """A table row; `height_mm` is the least height (room for opinions and signatures); `header` repeats on each page."""

    cells: tuple[Cell, ...]
    height_mm: float = 0
    header: bool = False


class Table(Struct, frozen=True, kw_only=True):
    """A ruled table in 小四仿宋; `widths` are shares of the type area's width; never the first part of a new page."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]


class Signature(Struct, frozen=True, kw_only=True):
    """署名 and date at the right, room for a seal; `day` None leaves the date to be written by hand."""

    unit: str
    day: date | None = None


class Attachments(Struct, frozen=True):
    """附件说明: 附件：1. …"""

    names: tuple[str, ...]


class PageBreak(Struct, frozen=True):
    """What follows begins on a new page."""


Part = Title | Centred | Recipient | Heading | Text | Table | Signature | Attachments | PageBreak


class _Line(Struct, frozen=True, kw_only=True):
    """A paragraph of the body: runs of words with their East Asian font, "" for that of the style."""

    runs: tuple[tuple[str, str], ...] = ()
    style: str = ""
    align: Align | None = None
    right_pt: float | None = None
    keep_next: bool | None = None
    new_page: bool = False


_Piece = _Line | str  # a string is a finished table
_BLANK = _Line()


def render(parts: tuple[Part, ...], *, title: str, day: date) -> bytes:
    """The docx of `parts`; `title` and `day` go into the file's properties."""
    body = "".join(piece if isinstance(piece, str) else _paragraph(piece) for piece in _pieces(parts))
    return joined(blank().filled(body, _escaped(title), day))


def _pieces(parts: tuple[Part, ...]) -> list[_Piece]:
    """One part after another; an empty line parts the head from the body, a page break goes into what follows it."""
    pieces: list[_Piece] = []
    head, new_page = False, False
    for part in parts:
        if isinstance(part, PageBreak):
            new_page = True
            continue
        if head and not isinstance(part, Title | Centred):
            pieces.append(_BLANK)
        head = isinstance(part, Title | Centred)
        if isinstance(part, Signature):
            _keep_last(pieces)
        first = len(pieces)
        pieces += _made(part)
        if new_page:
            _break_before(pieces, first)
            new_page = False
    return pieces


def _keep_last(pieces: list[_Piece]) -> None:
    """A signature never stands alone on a page: words of the body go with it, and the lines to be signed between."""
    lines = [(place, piece) for place, piece in enumerate(pieces) if isinstance(piece, _Line)]
    for place, line in reversed(lines[-_KEPT_MOST:]):
        pieces[place] = replace(line, keep_next=True)
        if sum(len(words.replace("　", "")) for words, _ in line.runs) >= _BODY_LEAST:
            return


def _break_before(pieces: list[_Piece], first: int) -> None:
    """The first paragraph from there opens a page."""
    for place, piece in enumerate(pieces[first:], start=first):
        if isinstance(piece, _Line):
            pieces[place] = replace(piece, new_page=True)
            return


def heading_number(level: int, number: int) -> str:
    """The number of a heading (GB/T 9704 7.3.3).

    >>> [heading_number(level, 12) for level in (1, 2, 3, 4)]
    ['十二、', '（十二）', '12.', '（12）']
    """
    if level > 2:
        return f"{number}." if level == 3 else f"（{number}）"
    chinese = in_chinese(number)
    return f"{chinese}、" if level == 1 else f"（{chinese}）"


def _made(part: Part) -> Iterator[_Piece]:
    match part:
        case Title():
            yield from (_line(line, style="Title") for line in part.lines)
        case Centred():
            yield _line(part.text, align="center")
        case Recipient():
            yield _line(part.text if part.text.endswith("：") else f"{part.text}：")
        case Heading():
            yield _line(heading_number(part.level, part.number) + part.text, style=f"Heading{part.level}")
        case Text():
            yield from _text(part)
        case Attachments():
            yield from _attachments(part)
        case Signature():
            yield from _signature(part)
        case Table():
            yield _table(part)
            yield _BLANK


def _line(text: str, style: str = "Normal", align: Align | None = None) -> _Line:
    return _Line(runs=((text, ""),) if text else (), style=style, align=align)


def _text(part: Text) -> Iterator[_Piece]:
    """Each line of the text is a paragraph of its own."""
    for place, line in enumerate(part.text.split("\n")):
        lead = ((part.lead, "黑体"),) if part.lead and place == 0 else ()
        yield _Line(runs=(*lead, (line, "")), style="BodyText" if part.indent else "Normal", align=part.align)


def _attachments(part: Attachments) -> Iterator[_Piece]:
    """附件 stands after an empty line, two characters in; further names under the first."""
    yield _BLANK
    for number, name in enumerate(part.names, start=1):
        lead = "附件：" if number == 1 else "　　　"
        count = f"{number}." if len(part.names) > 1 else ""
        yield _line(f"{lead}{count}{name}", style="BodyText", align="left")


def _signature(part: Signature) -> Iterator[_Piece]:
    """The date ends four characters from the right; the unit is centred over it (GB/T 9704 7.3.5.1)."""
    yield from (replace(_BLANK, keep_next=True),) * 2
    day = BLANK_DAY if part.day is None else f"{part.day.year}年{part.day.month}月{part.day.day}日"
    overhang = (_width(part.unit) - _width(day)) / 2
    day_right = max(4.0, overhang)
    for text, right in ((part.unit, day_right - overhang), (day, day_right)):
        yield replace(_line(text, align="right"), right_pt=right * _CHARACTER_PT, keep_next=text == part.unit)


def _paragraph(line: _Line) -> str:
    """The properties stand in the order that the schema asks for."""
    properties = [f'<w:pStyle w:val="{line.style}"/>'] if line.style not in ("", "Normal") else []
    if line.keep_next is not None:
        properties.append("<w:keepNext/>" if line.keep_next else '<w:keepNext w:val="0"/>')
    if line.new_page:
        properties.append("<w:pageBreakBefore/>")
    if line.right_pt is not None:
        properties.append(f'<w:ind w:right="{_twips(line.right_pt * _TWIPS_A_POINT)}"/>')
    if line.align is not None:
        properties.append(f'<w:jc w:val="{_JUSTIFIED[line.align]}"/>')
    if not properties and not line.style:
        return "<w:p/>"
    shown = f"<w:pPr>{''.join(properties)}</w:pPr>" if properties else "<w:pPr/>"
    return f"<w:p>{shown}{''.join(_run(words, font) for words, font in line.runs)}</w:p>"


def _run(text: str, font: str) -> str:
    """Words in the East Asian font also where a mark exists in both scripts (“ ” — …)."""
    fonts = f' w:eastAsia="{font}" w:ascii="{LATIN}" w:hAnsi="{LATIN}"' if font else ""
    words = "".join(_MARKS.get(piece) or _words(piece) for piece in _MARK.split(text) if piece)
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"{fonts}/></w:rPr>{words}</w:r>'


def _words(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{space}>{_escaped(text)}</w:t>"


def _table(part: Table) -> str:
    scale = _TYPE_AREA_MM / sum(part.widths)
    widths = tuple(width * scale for width in part.widths)
    columns = "".join(f'<w:gridCol w:w="{_twips(width * _TWIPS_A_MM)}"/>' for width in widths)
    rows = "".join(_row(row, widths) for row in part.rows)
    return f"<w:tbl>{_TABLE_PROPERTIES}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _row(row: Row, widths_mm: tuple[float, ...]) -> str:
    least = _twips(row.height_mm * _TWIPS_A_MM)
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if row.height_mm else ""
    header = "<w:tblHeader/>" if row.header else ""
    place, cells = 0, []
    for cell in row.cells:
        width = sum(widths_mm[place : place + cell.columns])
        cells.append(_cell(cell, _twips(width * _TWIPS_A_MM), marked=cell.label or row.header))
        place += cell.columns
    return f"<w:tr><w:trPr>{height}<w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int, *, marked: bool) -> str:
    """Each line of the text is a paragraph of its own."""
    align: Align = "center" if marked else cell.align
    font = "黑体" if marked else BODY
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    lines = "".join(
        _paragraph(_Line(runs=((line, font),), style="TableText", align=align)) for line in cell.text.split("\n")
    )
    properties = f'<w:tcW w:type="dxa" w:w="{width}"/>{span}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}</w:tc>"


def _twips(length: float) -> int:
    return round(length)


def _escaped(text: str) -> str:
    """Text of XML; characters that XML does not know are left out."""
    return escape(_NO_XML.sub("", text))


def _width(text: str) -> float:
    """In characters: Latin letters and digits take half of one."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)
