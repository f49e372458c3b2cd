"""Official documents as docx in the layout of GB/T 9704-2012: a paper is a tuple of parts, `render` makes the file.

A4, margins 37/35/28/26 mm (type area 156 × 225 mm), body 三号仿宋 on 22 lines of 28 characters, title 二号小标宋, headings
一、黑体 （一）楷体 1.（1）仿宋, page numbers — 1 — outside at the foot. Fonts are named, never shipped: an office PC has
them, and each names a fallback. The file carries no clock: equal parts and day give equal bytes.
"""

from copy import deepcopy
from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

from contract_audit.model import Struct
from contract_audit.reports.identity import GENERATOR
from contract_audit.reports.official_page import prepare_document, set_font
from contract_audit.reports.zip_bytes import same_bytes

Align = Literal["left", "center", "right", "justify"]
BLANK_DAY = "　　　　年　　月　　日"
FILL_IN = "＿＿＿＿＿＿＿＿"
_NUMERALS = "零一二三四五六七八九十"
_CHARACTER_PT = 16

_KEPT_MOST, _BODY_LEAST = 5, 18  # paragraphs before a signature; characters from which one is body


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


def render(parts: tuple[Part, ...], *, title: str, day: date) -> bytes:
    """The docx of `parts`; `title` and `day` go into the file's properties."""
    document = prepare_document()
    _write(document, parts)
    properties = document.core_properties
    stamp = datetime.combine(day, time())
    properties.title, properties.keywords, properties.author = title, GENERATOR, ""
    properties.comments, properties.last_modified_by = "", ""
    properties.created = properties.modified = stamp
    properties.revision = 1
    buffer = BytesIO()
    document.save(buffer)
    return same_bytes(buffer.getvalue())


def _write(document: Any, parts: tuple[Part, ...]) -> None:
    """One part after another; an empty line parts the head from the body, a page break goes into what follows it."""
    head, new_page = False, False
    for part in parts:
        if isinstance(part, PageBreak):
            new_page = True
            continue
        if head and not isinstance(part, Title | Centred):
            _blank(document)
        head = isinstance(part, Title | Centred)
        if isinstance(part, Signature):
            _keep_last(document)
        before = len(document.paragraphs) if new_page else 0
        _WRITERS[type(part)](document, part)
        if new_page:
            document.paragraphs[before].paragraph_format.page_break_before = True
            new_page = False


def _keep_last(document: Any) -> None:
    """A signature never stands alone on a page: words of the body go with it, and the lines to be signed between."""
    for paragraph in reversed(document.paragraphs[-_KEPT_MOST:]):
        paragraph.paragraph_format.keep_with_next = True
        if len(paragraph.text.replace("　", "")) >= _BODY_LEAST:
            return


def heading_number(level: int, number: int) -> str:
    """The number of a heading (GB/T 9704 7.3.3).

    >>> [heading_number(level, 12) for level in (1, 2, 3, 4)]
    ['十二、', '（十二）', '12.', '（12）']
    """
    if level > 2:
        return f"{number}." if level == 3 else f"（{number}）"
    chinese = chinese_count(number)
    return f"{chinese}、" if level == 1 else f"（{chinese}）"


def chinese_count(number: int) -> str:
    """1 to 99 in Chinese numerals, above that in digits.

    >>> chinese_count(10), chinese_count(21), chinese_count(40)
    ('十', '二十一', '四十')
    """
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else f"{_NUMERALS[tens] if tens > 1 else ''}十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def _title(document: Any, part: Title) -> None:
    for line in part.lines:
        _paragraph(document, line, style="Title")


def _centred(document: Any, part: Centred) -> None:
    _paragraph(document, part.text, align="center")


def _recipient(document: Any, part: Recipient) -> None:
    _paragraph(document, part.text if part.text.endswith("：") else f"{part.text}：")


def _heading(document: Any, part: Heading) -> None:
    _paragraph(document, heading_number(part.level, part.number) + part.text, style=f"Heading {part.level}")


def _text(document: Any, part: Text) -> None:
    """Each line of the text is a paragraph of its own."""
    for place, line in enumerate(part.text.split("\n")):
        paragraph = _paragraph(document, "", style="Body Text" if part.indent else "Normal", align=part.align)
        if part.lead and place == 0:
            set_font(_run(paragraph, part.lead), "黑体")
        _run(paragraph, line)


def _attachments(document: Any, part: Attachments) -> None:
    """附件 stands after an empty line, two characters in; further names under the first."""
    _blank(document)
    for number, name in enumerate(part.names, start=1):
        lead = "附件：" if number == 1 else "　　　"
        count = f"{number}." if len(part.names) > 1 else ""
        _paragraph(document, f"{lead}{count}{name}", style="Body Text", align="left")


def _signature(document: Any, part: Signature) -> None:
    """The date ends four characters from the right; the unit is centred over it (GB/T 9704 7.3.5.1)."""
    for _line in range(2):
        _blank(document).paragraph_format.keep_with_next = True
    day = BLANK_DAY if part.day is None else f"{part.day.year}年{part.day.month}月{part.day.day}日"
    overhang = (_width(part.unit) - _width(day)) / 2
    day_right = max(4.0, overhang)
    for text, right in ((part.unit, day_right - overhang), (day, day_right)):
        paragraph = _paragraph(document, text, align="right")
        paragraph.paragraph_format.keep_with_next = text == part.unit
        _indent_right(paragraph, right)


def _table(document: Any, part: Table) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    scale = 156 / sum(part.widths)
    table = document.add_table(rows=0, cols=len(part.widths), style="Table Grid")
    table.autofit = False
    _narrow_margins(table)
    for column, width in zip(table.columns, part.widths, strict=True):
        column.width = Mm(width * scale)
    for row in part.rows:
        added = table.add_row()
        if row.height_mm:
            added.height, added.height_rule = Mm(row.height_mm), WD_ROW_HEIGHT_RULE.AT_LEAST
        _row_marks(added, header=row.header)
        _cells(added, row, tuple(width * scale for width in part.widths))
    _blank(document)


def _narrow_margins(table: Any) -> None:
    """One millimetre between rule and text: a date or two characters fit a narrow column."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.append(margins) if look is None else look.addprevious(margins)


def _cells(added: Any, row: Row, widths_mm: tuple[float, ...]) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.shared import Mm

    place, empty = 0, added.cells  # asked for once: python-docx counts the whole row each time
    for cell in row.cells:
        written = empty[place]
        if cell.columns > 1:
            written = written.merge(empty[place + cell.columns - 1])
        written.width = Mm(sum(widths_mm[place : place + cell.columns]))
        written.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        marked = cell.label or row.header
        model = _cell_line("center" if marked else cell.align, "黑体" if marked else "仿宋_GB2312")
        _fill(written, cell.text.split("\n"), model)
        place += cell.columns


@lru_cache
def _cell_line(align: Align, font: str) -> Any:
    """A paragraph of a table cell with one empty run, to be copied: making one anew takes ten times as long."""
    from docx.oxml import OxmlElement
    from docx.text.paragraph import Paragraph

    nowhere: Any = None  # the paragraph is of no document yet
    paragraph: Any = Paragraph(OxmlElement("w:p"), nowhere)
    _set_style(paragraph, "Table Text")
    paragraph.alignment = _alignment(align)
    set_font(_run(paragraph, ""), font)
    return paragraph._p


def _fill(written: Any, lines: list[str], model: Any) -> None:
    """One paragraph a line, copied from the model, in place of the empty one that a cell comes with."""
    last = written.paragraphs[0]._p
    for number, line in enumerate(lines):
        made = deepcopy(model)
        last.getparent().replace(last, made) if number == 0 else last.addnext(made)
        made.r_lst[0].text = line
        last = made


def _row_marks(row: Any, *, header: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader") if header else ("w:cantSplit",):
        properties.append(OxmlElement(name))


def _paragraph(document: Any, text: str, style: str = "Normal", align: Align | None = None) -> Any:
    paragraph = document.add_paragraph()
    _set_style(paragraph, style)
    if text:
        _run(paragraph, text)
    if align is not None:
        paragraph.alignment = _alignment(align)
    return paragraph


def _set_style(paragraph: Any, name: str) -> None:
    """The style by its id, which is the name without spaces: python-docx would go through all styles for each paragraph."""
    paragraph._p.style = None if name == "Normal" else name.replace(" ", "")


def _run(paragraph: Any, text: str) -> Any:
    """Words in the East Asian font also where a mark exists in both scripts (“ ” — …)."""
    run = paragraph.add_run(text)
    set_font(run, None)
    return run


def _blank(document: Any) -> Any:
    return document.add_paragraph()


def _alignment(align: Align) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return getattr(WD_ALIGN_PARAGRAPH, align.upper())


def _indent_right(paragraph: Any, characters: float) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.right_indent = Pt(characters * _CHARACTER_PT)


def _width(text: str) -> float:
    """In characters: Latin letters and digits take half of one."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


_WRITERS: dict[type, Any] = {
    Title: _title,
    Centred: _centred,
    Recipient: _recipient,
    Heading: _heading,
    Text: _text,
    Table: _table,
    Signature: _signature,
    Attachments: _attachments,
}
