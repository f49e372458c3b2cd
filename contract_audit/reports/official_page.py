"""Page, styles, fonts and page numbers of official documents (GB/T 9704-2012), set on an empty docx.

The line grid is the one that gives 22 lines of 28 characters in Word and LibreOffice: exact lines of 28.95 pt, and
characters drawn together by 0.25 pt, since 28 characters of 16 pt are wider than the 156 mm of the type area.
"""

import re
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from contract_audit.model import Struct
from contract_audit.reports.identity import GENERATOR
from contract_audit.reports.zip_bytes import Member, deflated

BODY = "仿宋_GB2312"
LATIN = "Times New Roman"
_LINE_PT = 28.95
_GRID_PITCH = 579  # twentieths of a point
_TITLE_LINE_PT = 35
_BODY, _PROPERTIES = "word/document.xml", "docProps/core.xml"

# Name as offices have it → the name it falls back to, family for programs that have neither.
FONTS = {
    "方正小标宋简体": ("方正小标宋_GBK", "roman"),
    "仿宋_GB2312": ("仿宋", "modern"),
    "楷体_GB2312": ("楷体", "modern"),
    "黑体": ("SimHei", "modern"),
    "宋体": ("SimSun", "auto"),
}
# Style → (font, size in points, bold); headings as 7.3.3 has them.
_STYLES = {
    "Normal": (BODY, 16),
    "Body Text": (BODY, 16),
    "Title": ("方正小标宋简体", 22),
    "Heading 1": ("黑体", 16),
    "Heading 2": ("楷体_GB2312", 16),
    "Heading 3": (BODY, 16),
    "Heading 4": (BODY, 16),
}


class Blank(Struct, frozen=True, kw_only=True):
    """An empty paper as compressed parts, and the text around the words of its body and its properties."""

    members: tuple[Member, ...]
    body: tuple[str, str]
    properties: tuple[str, str, str, str]  # before the title, before and after the two equal days

    def filled(self, body: str, title: str, day: date) -> tuple[Member, ...]:
        """The parts of a paper: `body` is XML of paragraphs and tables, `title` escaped."""
        stamp = day.strftime("%Y-%m-%dT00:00:00Z")
        before, between, middle, after = self.properties
        texts = {
            _BODY: f"{self.body[0]}{body}{self.body[1]}",
            _PROPERTIES: f"{before}{title}{between}{stamp}{middle}{stamp}{after}",
        }
        return tuple(
            deflated(member.name, texts[member.name].encode()) if member.name in texts else member
            for member in self.members
        )


@lru_cache(maxsize=1)
def blank() -> Blank:
    """The empty paper with the page, the styles, the fonts and the page numbers: made once, filled for every paper."""
    import docx

    document = docx.Document()
    _drop_thumbnail(document)
    _page(document)
    _styles(document)
    _table_text(document)
    _font_table(document)
    _page_numbers(document)
    _properties(document.core_properties)
    buffer = BytesIO()
    document.save(buffer)
    with ZipFile(buffer) as package:
        parts = {entry.filename: package.read(entry) for entry in package.infolist()}
    head, section, tail = parts[_BODY].decode().partition("<w:sectPr")
    before, between, middle, after = re.split("空白|2000-01-01T00:00:00Z", parts[_PROPERTIES].decode())
    return Blank(
        members=tuple(deflated(name, content) for name, content in parts.items()),
        body=(head, section + tail),
        properties=(before, between, middle, after),
    )


def _properties(properties: Any) -> None:
    properties.title, properties.keywords, properties.author = "空白", GENERATOR, ""
    properties.comments, properties.last_modified_by = "", ""
    properties.created = properties.modified = datetime(2000, 1, 1)
    properties.revision = 1


def set_font(run: Any, name: str | None) -> None:
    """Set the East Asian font of a run; None keeps the style's and only says which script the run is in."""
    from docx.oxml.ns import qn

    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:hint"), "eastAsia")
    if name is not None:
        fonts.set(qn("w:eastAsia"), name)
        fonts.set(qn("w:ascii"), LATIN)
        fonts.set(qn("w:hAnsi"), LATIN)


def _drop_thumbnail(document: Any) -> None:
    """The template's preview picture is of another document."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _page(document: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(_GRID_PITCH))
    document.settings.odd_and_even_pages_header_footer = True


def _styles(document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, (font, size) in _STYLES.items():
        style = document.styles[name]
        properties = style.element.get_or_add_rPr()
        for tag in ("w:rFonts", "w:spacing", "w:kern"):
            for found in properties.findall(qn(tag)):
                properties.remove(found)
        for found in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
            style.element.pPr.remove(found)
        fonts = properties.get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(script), LATIN)
        fonts.set(qn("w:eastAsia"), font)
        style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        layout = style.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.widow_control = False  # with it a page may hold 21 lines
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = Pt(_TITLE_LINE_PT if name == "Title" else _LINE_PT)
        layout.keep_with_next = name.startswith("Heading")
        if name != "Title":
            _draw_together(properties)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Body Text", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        _indent_first_line(document.styles[name])


def _draw_together(properties: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5")
    # The schema's order: after colour, before size.
    size = properties.find(qn("w:sz"))
    if size is None:
        properties.append(spacing)
    else:
        size.addprevious(spacing)


def _indent_first_line(style: Any) -> None:
    """Two characters; the length beside it is for programs that do not count in characters."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.paragraph_format.first_line_indent = Pt(32)
    style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def _table_text(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(12)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(20)
    snap = OxmlElement("w:snapToGrid")  # cells have lines of their own, not those of the page
    snap.set(qn("w:val"), "0")
    style.element.pPr.insert_element_before(snap, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def _font_table(document: Any) -> None:
    """fontTable.xml: each font with the name to try next, so that a machine without it stays close."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, (other, family) in FONTS.items()
    )
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{entries}</w:fonts>'
    ).encode()


def _page_numbers(document: Any) -> None:
    """— 1 — in 四号宋体: odd pages at the right, even pages at the left, one character from the edge (7.5)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    section = document.sections[0]
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Normal"]
        paragraph.alignment = align
        layout = paragraph.paragraph_format
        layout.left_indent = layout.right_indent = Pt(14)
        for content in ("— ", None, " —"):
            run = paragraph.add_run(content or "")
            run.font.size = Pt(14)
            set_font(run, "宋体")
            if content is None:
                _field(run, "PAGE")


def _field(run: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "instruction", "separate", "text", "end"):
        if kind == "instruction":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {code} "
        elif kind == "text":
            element = OxmlElement("w:t")
            element.text = "1"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
