"""Render the corpus agreements (NAME.txt) as the files an office has: docx, docx with automatic numbers, PDF.

    python corpus/render.py OUTPUT [--form docx|numbered|pdf|scan …] [--half dev|check …]

writes OUTPUT/<form>/<half>/NAME.docx, .pdf or .tif. Everything is made here: no office suite and, but for scans (made
only when asked for), no fonts are needed.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pdf_writer import HEIGHT, SIZE, WIDTH, page_contents, pdf_bytes, text_width

HERE = Path(__file__).parent
HALVES = ("dev", "check")

# A line as rendered: kind title, line or row; a row has cells, everything else one text.
Line = tuple[str, tuple[str, ...]]

# Typed numbers that Word writes as automatic ones: pattern, numbering format, the text around the number.
_CHINESE = r"[一二三四五六七八九十百]+"
_NUMBERS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(rf"第({_CHINESE})章\s*"), "chineseCountingThousand", "第%1章"),
    (re.compile(rf"第({_CHINESE})条\s*"), "chineseCountingThousand", "第%1条"),
    (re.compile(rf"({_CHINESE})、"), "chineseCountingThousand", "%1、"),
    (re.compile(rf"（({_CHINESE})）"), "chineseCountingThousand", "（%1）"),
    (re.compile(r"(\d{1,2})、"), "decimal", "%1、"),
    (re.compile(r"(\d{1,2})\.(?!\d)\s*"), "decimal", "%1."),
    (re.compile(r"（(\d{1,2})）"), "decimal", "（%1）"),
)


_PAGE_NUMBER = re.compile(r"-\s*\d+\s*-")  # left in a text by a careless copy; Word and PDF number pages by themselves


def read_lines(path: Path) -> tuple[Line, ...]:
    """The lines of one agreement: `| a | b |` is a table row, the first line the title."""
    lines: list[Line] = []
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.startswith("|") and text.rstrip().endswith("|"):
            lines.append(("row", tuple(cell.strip() for cell in text.strip().strip("|").split("|"))))
        elif text.strip() and not _PAGE_NUMBER.fullmatch(text.strip()):
            lines.append(("line" if lines else "title", (text,)))
    return tuple(lines)


def docx_file(lines: tuple[Line, ...], path: Path, *, numbered: bool = False) -> None:
    """Write a Word file; with `numbered`, consecutive typed numbers become automatic ones and leave the text."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "仿宋_GB2312", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    numbering = _Numbering(document) if numbered else None
    for group in _groups(lines):
        if group[0][0] == "row":
            _table(document, [cells for _kind, cells in group])
            continue
        ((kind, (text,)),) = group
        number = numbering.take(text) if numbering is not None and kind == "line" else None
        paragraph = document.add_paragraph(text[number[1] :] if number else text)
        if number:
            _attach(paragraph, number[0])
        if kind == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.runs[0].bold = True
    if lines and lines[-1][0] == "row":
        document.add_paragraph()  # the format wants a paragraph after a table; converters lose the table without
    document.save(str(path))


def _groups(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Rows that follow one another together, everything else alone."""
    rows: list[Line] = []
    for line in lines:
        if line[0] == "row":
            rows.append(line)
            continue
        if rows:
            yield rows
            rows = []
        yield [line]
    if rows:
        yield rows


def _table(document: Any, rows: list[tuple[str, ...]]) -> None:
    table = document.add_table(rows=0, cols=max(map(len, rows)), style="Table Grid")
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text


def _attach(paragraph: Any, number_id: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    numbering = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", "0"), ("w:numId", str(number_id))):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        numbering.append(child)
    properties.append(numbering)


class _Numbering:
    """Automatic numbers of one document: a list goes on while its typed numbers do, a new one starts at one."""

    def __init__(self, document: Any) -> None:
        self._part = document.part.numbering_part.element
        self._next_id = 1000
        self._open: dict[int, tuple[int, int]] = {}  # index in _NUMBERS → (last value, number id)

    def take(self, text: str) -> tuple[int, int] | None:
        """Number id and length of the typed number, where Word would count to the same number."""
        for index, (pattern, form, around) in enumerate(_NUMBERS):
            match = pattern.match(text)
            if match is None:
                continue
            value = int(match[1]) if match[1].isdigit() else _chinese_value(match[1])
            last, number_id = self._open.get(index, (0, 0))
            if value == 1:
                number_id = self._define(form, around)
            elif value != last + 1:
                return None
            for deeper in [other for other in self._open if other > index]:
                del self._open[deeper]
            self._open[index] = (value, number_id)
            return number_id, match.end()
        return None

    def _define(self, form: str, around: str) -> int:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        self._next_id += 1
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._next_id}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{around}"/></w:lvl></w:abstractNum>'
        )
        first_number = self._part.find(f"{{{self._part.nsmap['w']}}}num")
        if first_number is None:
            self._part.append(abstract)
        else:
            first_number.addprevious(abstract)  # the schema wants all abstract definitions first
        self._part.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._next_id}"><w:abstractNumId w:val="{self._next_id}"/></w:num>'
            )
        )
        return self._next_id


def _chinese_value(text: str) -> int:
    """一 … 九十九 as a number.

    >>> [_chinese_value(text) for text in ("三", "十", "十二", "二十", "三十五")]
    [3, 10, 12, 20, 35]
    """
    digits = "一二三四五六七八九"
    tens, ten, units = text.rpartition("十")
    return (digits.index(tens) + 1 if tens else 1) * 10 * bool(ten) + (digits.index(units) + 1 if units else 0)


def pdf_file(lines: tuple[Line, ...], path: Path) -> None:
    """Write a PDF with pages, page numbers and ruled tables."""
    path.write_bytes(pdf_bytes(lines))


def _numbered_file(lines: tuple[Line, ...], path: Path) -> None:
    docx_file(lines, path, numbered=True)


def scan_file(lines: tuple[Line, ...], path: Path) -> None:
    """Write what an office copier makes of the printed pages: a black-and-white TIFF, a little skewed, with dirt.

    Equal lines and fonts give equal pages. Raises FileNotFoundError where the machine has none of `_FONTS`.
    """
    pages = [_scanned(_printed(content), number) for number, content in enumerate(page_contents(lines))]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4", dpi=(_SCAN_DPI, _SCAN_DPI))


_SCAN_DPI = 200
_SKEWS = (0.5, -0.4, 0.8, -0.7)  # degrees, page by page
_SPECKS = 6e-6  # of the pixels
_FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("C:/Windows/Fonts/simsun.ttc", 0),
    ("/System/Library/Fonts/Supplemental/Songti.ttc", 6),
)
_DRAWN = re.compile(r"Tf (\S+) (\S+) Td <(\w+)> Tj|([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re")


def _printed(content: str) -> Any:
    """One page of the PDF writer, drawn with a font of this machine."""
    from PIL import Image, ImageDraw, ImageFont

    scale = _SCAN_DPI / 72
    font_path, index = next(((path, index) for path, index in _FONTS if Path(path).is_file()), (_FONTS[0]))
    font = ImageFont.truetype(font_path, round(SIZE * scale), index=index)
    page = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    pen = ImageDraw.Draw(page)
    for match in _DRAWN.finditer(content):
        if match[3]:
            x, y = float(match[1]), (HEIGHT - float(match[2])) * scale
            for char in bytes.fromhex(match[3]).decode("utf-16-be"):
                pen.text((x * scale, y), char, 0, font, anchor="ls")
                x += text_width(char)
        else:
            left, bottom, width, height = (float(match[group]) for group in (4, 5, 6, 7))
            box = (left * scale, (HEIGHT - bottom - height) * scale, (left + width) * scale, (HEIGHT - bottom) * scale)
            pen.rectangle(box, outline=0, width=2)
    return page


def _scanned(page: Any, number: int) -> Any:
    import numpy as np
    from PIL import Image, ImageFilter

    rng = np.random.default_rng(number)
    skewed = page.rotate(_SKEWS[number % len(_SKEWS)], Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(skewed.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32)
    grey = grey + rng.normal(0, 20, grey.shape)
    specks = Image.fromarray((rng.random(grey.shape) < _SPECKS).astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(3))
    return Image.fromarray(((grey > 150) & (np.asarray(specks) == 0)).astype(np.uint8) * 255).convert("1")


FORMS: dict[str, tuple[str, Callable[[tuple[Line, ...], Path], None]]] = {
    "docx": (".docx", docx_file),
    "numbered": (".docx", _numbered_file),
    "pdf": (".pdf", pdf_file),
    "scan": (".tif", scan_file),
}
NO_FONT_NEEDED = ("docx", "numbered", "pdf")


def render(output: Path, forms: tuple[str, ...] = NO_FONT_NEEDED, halves: tuple[str, ...] = HALVES) -> int:
    """Render every agreement in every form asked for; returns the number of files written."""
    written = 0
    for half in halves:
        for source in sorted((HERE / half).glob("*.txt")):
            lines = read_lines(source)
            for form in forms:
                suffix, write = FORMS[form]
                target = output / form / half / f"{source.stem}{suffix}"
                target.parent.mkdir(parents=True, exist_ok=True)
                write(lines, target)
                written += 1
    return written


def main() -> None:
    """Parse the command line and render."""
    parser = argparse.ArgumentParser(description="把 corpus 中的协议生成 docx、自动编号 docx 和 PDF")
    parser.add_argument("output", type=Path)
    parser.add_argument("--form", action="append", choices=tuple(FORMS))
    parser.add_argument("--half", action="append", choices=HALVES)
    arguments = parser.parse_args()
    count = render(arguments.output, tuple(arguments.form or NO_FONT_NEEDED), tuple(arguments.half or HALVES))
    sys.stdout.write(f"{arguments.output}：{count} 份\n")


if __name__ == "__main__":
    main()
