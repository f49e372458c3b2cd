"""A small PDF writer for Chinese agreements: A4, one font by name (Adobe-GB1, not embedded), pages, ruled tables.

Characters are written as UCS-2 codes under a predefined character map, so every reader gets the text back exactly.
"""

import zlib
from collections.abc import Iterator

Line = tuple[str, tuple[str, ...]]

WIDTH, HEIGHT = 595, 842
_LEFT, _RIGHT, _TOP, _BOTTOM = 79, 521, 740, 100
SIZE = 14
_LEADING = 25
_PADDING = 4
# What a typesetter hangs over the margin rather than starts a line with.
_NO_START = "，。、；：？！）》”’】〕%"


def pdf_bytes(lines: tuple[Line, ...]) -> bytes:
    """The agreement as a PDF file; equal lines give equal bytes."""
    return _file(list(page_contents(lines)))


def text_width(text: str, size: float = SIZE) -> float:
    """Points that the text takes: a Chinese character its size, a Latin one half of it."""
    return sum(size if ord(char) > 0x2E7F or char in "—“”‘’…《》（）〔〕" else size / 2 for char in text)


def _wrap(text: str, width: float) -> list[str]:
    lines, line = [], ""
    for char in text:
        if line and text_width(line + char) > width and char not in _NO_START:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def page_contents(lines: tuple[Line, ...]) -> Iterator[str]:
    """Content of each page; a table row is never parted."""
    content: list[str] = []
    y = _TOP
    number = 1
    for kind, cells in lines:
        height = _row_height(cells) if kind == "row" else 0.0
        pieces = _placed(kind, cells)
        for piece in [None] if kind == "row" else pieces:
            need = height if piece is None else _LEADING
            if y - need < _BOTTOM:
                yield "\n".join([*content, _footer(number)])
                content, y, number = [], _TOP, number + 1
            if piece is None:
                content.append(_row(cells, y, height))
            else:
                content.append(_text(piece[0], y - SIZE, piece[1]))
            y -= int(need)
    yield "\n".join([*content, _footer(number)])


def _placed(kind: str, cells: tuple[str, ...]) -> list[tuple[float, str]]:
    """Lines of a paragraph with their left edges: the first indented by two characters, a title centred."""
    text = cells[0]
    if kind == "title":
        return [((WIDTH - text_width(line)) / 2, line) for line in _wrap(text, _RIGHT - _LEFT)]
    first, *rest = _wrap("　　" + text, _RIGHT - _LEFT)
    return [(_LEFT + 2 * SIZE, first[2:]), *((float(_LEFT), line) for line in rest)]


def _column_width(cells: tuple[str, ...]) -> float:
    return (_RIGHT - _LEFT) / len(cells)


def _row_height(cells: tuple[str, ...]) -> float:
    width = _column_width(cells) - 2 * _PADDING
    return max(len(_wrap(cell, width)) for cell in cells) * (SIZE + 4) + 2 * _PADDING


def _row(cells: tuple[str, ...], top: float, height: float) -> str:
    width = _column_width(cells)
    parts = []
    for index, cell in enumerate(cells):
        left = _LEFT + index * width
        parts.append(f"0.7 w {left:.1f} {top - height:.1f} {width:.1f} {height:.1f} re S")
        y = top - _PADDING - SIZE
        for line in _wrap(cell, width - 2 * _PADDING):
            parts.append(_text(left + _PADDING, y, line))
            y -= SIZE + 4
    return "\n".join(parts)


def _footer(number: int) -> str:
    text = f"— {number} —"
    return _text((WIDTH - text_width(text)) / 2, 60, text)


def _text(x: float, y: float, text: str) -> str:
    codes = text.encode("utf-16-be").hex().upper()
    return f"BT /F1 {SIZE} Tf {x:.1f} {y:.1f} Td <{codes}> Tj ET"


_CODES_OF_ASCII = 95  # the first glyphs of Adobe-GB1 are proportional Latin; here half a character wide
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1)"
    f" /Supplement 2 >> /DW 1000 /W [1 {_CODES_OF_ASCII} 500 814 939 500] /FontDescriptor 5 0 R >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
)


def _file(pages: list[str]) -> bytes:
    """Objects 1 catalog, 2 page tree, 3-5 font, then a page and its content in turn."""
    first = 3 + len(_FONT)
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *(part.encode() for part in _FONT),
    ]
    for index, page in enumerate(pages):
        data = zlib.compress(page.encode())
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {first + 2 * index + 1} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(data), data))
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(body),
    )  # fmt: skip
