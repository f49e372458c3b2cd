"""Writes small PDFs: Chinese text in a font that is not embedded, lines, pictures, rotation, boxes, passwords."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

A4 = (595, 842)
SIZE = 12.0
LEFT, TOP = 72.0, 760.0
PER_LINE = 36  # characters of a full line
PITCH = 20.0


def at(x: float, y: float, text: str, size: float = SIZE, *, turn: str = "1 0 0 1", mode: int = 0) -> str:
    """One string with its baseline at (x, y)."""
    return f"BT /F1 {size} Tf {mode} Tr {turn} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return f"0.5 w {x0} {y0} m {x1} {y1} l S"


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[str]:
    """All lines of a full grid."""
    across = [rule(xs[0], y, xs[-1], y) for y in ys]
    return across + [rule(x, ys[0], x, ys[-1]) for x in xs]


def set_lines(paragraph: str, *, indent: int = 2, per_line: int = PER_LINE) -> list[tuple[int, str]]:
    """A paragraph broken into lines: (indent in characters, text), as a word processor would set it."""
    lines = [(indent, paragraph[: per_line - indent])]
    rest = paragraph[per_line - indent :]
    while rest:
        lines.append((0, rest[:per_line]))
        rest = rest[per_line:]
    return lines


def prose(paragraphs: Iterable[str], *, indent: int = 2, top: float = TOP, per_line: int = PER_LINE) -> list[str]:
    """Paragraphs set from `top` downwards."""
    content = []
    y = top
    for paragraph in paragraphs:
        for inset, text in set_lines(paragraph, indent=indent, per_line=per_line):
            content.append(at(LEFT + inset * SIZE, y, text))
            y -= PITCH
    return content


def write(
    pages: Sequence[Sequence[str]],
    *,
    size: tuple[float, float] = A4,
    box: Sequence[float] | None = None,
    rotate: int = 0,
    images: dict[str, Any] | None = None,
    password: str | None = None,
) -> bytes:
    """A PDF with one page per list of content operators; `images` are Pillow pictures by resource name."""
    pdf = pikepdf.new()
    font = _font(pdf)
    drawn = {f"/{name}": _image(pdf, picture) for name, picture in (images or {}).items()}
    for content in pages:
        page = pdf.add_blank_page(page_size=size)
        page.obj.Contents = pdf.make_stream("\n".join(content).encode())
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary(drawn))
        if box is not None:
            page.obj.MediaBox = Array(box)
        if rotate:
            page.obj.Rotate = rotate
    return save(pdf, password)


def save(pdf: pikepdf.Pdf, password: str | None = None) -> bytes:
    """The bytes of a file, encrypted if there is a password to open it."""
    out = io.BytesIO()
    encryption = pikepdf.Encryption(owner=password, user=password) if password else None
    pdf.save(out, encryption=encryption if encryption else False)
    return out.getvalue()


def placed(name: str, x: float, y: float, width: float, height: float) -> str:
    """A picture of `images` on the page."""
    return f"q {width} 0 0 {height} {x} {y} cm /{name} Do Q"


def _font(pdf: pikepdf.Pdf) -> Any:
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=Name("/STSong-Light"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=4),
        FontDescriptor=pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name("/STSong-Light"),
                Flags=6,
                FontBBox=Array([-25, -254, 1000, 880]),
                ItalicAngle=0,
                Ascent=880,
                Descent=-120,
                CapHeight=880,
                StemV=93,
            )
        ),
        DW=1000,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/STSong-Light"),
            Encoding=Name("/UniGB-UCS2-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
        )
    )


def _image(pdf: pikepdf.Pdf, picture: Any) -> Any:
    rgb = picture.convert("RGB")
    return pdf.make_stream(
        rgb.tobytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=rgb.width,
        Height=rgb.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
