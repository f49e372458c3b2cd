"""Writes small OFD files (GB/T 33190-2016) as the office programs do: text with distances, lines, pictures, seals."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.2  # millimetres: 12 points
LEFT, TOP, PITCH, PER_LINE = 25.0, 35.0, 7.0, 36


def text(x: float, y: float, words: str, *, size: float = SIZE, attributes: str = "", step: float | None = None) -> str:
    """A text object whose baseline is at (x, y), millimetres from the top left corner."""
    steps = f'DeltaX="g {len(words) - 1} {step or size}"' if len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} 180 {size * 1.3}" Font="1" Size="{size}" {attributes}>'
        f'<ofd:TextCode X="0" Y="{size}" {steps}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def prose(paragraphs: Sequence[str], top: float = TOP) -> list[str]:
    """Paragraphs with the first line set in by two characters."""
    objects = []
    y = top
    for paragraph in paragraphs:
        objects.append(text(LEFT + 2 * SIZE, y, paragraph[: PER_LINE - 2]))
        y += PITCH
        for start in range(PER_LINE - 2, len(paragraph), PER_LINE):
            objects.append(text(LEFT, y, paragraph[start : start + PER_LINE]))
            y += PITCH
    return objects


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{x0} {y0} {max(x1 - x0, 0.1)} {max(y1 - y0, 0.1)}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def image(x: float, y: float, width: float, height: float, resource: str = "50") -> str:
    """A picture from the resources."""
    return (
        f'<ofd:ImageObject ID="7" Boundary="{x} {y} {width} {height}" CTM="{width} 0 0 {height} 0 0"'
        f' ResourceID="{resource}"/>'
    )


def page(objects: Sequence[str], template: str | None = None, box: str = "0 0 210 297") -> str:
    """A page's content part."""
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    area = f"<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"
    return f'<ofd:Page {NS}>{area}{used}<ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(
    pages: Sequence[str],
    *,
    parts: Mapping[str, str | bytes] | None = None,
    common: str = "",
    body: str = "",
    tail: str = "",
) -> bytes:
    """The file; `parts` are added or exchanged, `common`, `body`, `tail` go into CommonData, DocBody and Document."""
    listed = "".join(f'<ofd:Page ID="{100 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    files: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD {NS} Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f"</ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{tail}</ofd:Document>",
        **{f"Doc_0/Pages/Page_{i}/Content.xml": content for i, content in enumerate(pages)},
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def resources(media: Mapping[str, bytes]) -> tuple[str, dict[str, str | bytes]]:
    """CommonData entry and parts for pictures by resource id."""
    items = "".join(
        f'<ofd:MultiMedia ID="{key}" Type="Image"><ofd:MediaFile>image_{key}.png</ofd:MediaFile></ofd:MultiMedia>'
        for key in media
    )
    parts: dict[str, str | bytes] = {f"Doc_0/Res/image_{key}.png": data for key, data in media.items()}
    parts["Doc_0/DocumentRes.xml"] = f'<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias>{items}</ofd:MultiMedias></ofd:Res>'
    return "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>", parts
