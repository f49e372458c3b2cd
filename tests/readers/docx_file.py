"""Word files written by hand: the smallest XML that shows a construct, zipped as Word does."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from contract_audit.model import Document
from contract_audit.readers import read_bytes
from contract_audit.settings import Settings

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def t(text: str) -> str:
    """A w:t element."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(content: str, properties: str = "") -> str:
    """A run; plain text is wrapped in w:t."""
    inner = content if content.startswith("<") else t(content)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def p(content: str = "", properties: str = "") -> str:
    """A paragraph; plain text is wrapped in a run."""
    inner = content if content.startswith("<") or not content else r(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def num(level: int, list_id: int = 1) -> str:
    """Paragraph properties that put a paragraph on a level of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def tc(content: str, properties: str = "") -> str:
    """A table cell; plain text is wrapped in a paragraph."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"


def tr(cells: Iterable[str], properties: str = "") -> str:
    """A table row of plain texts or w:tc elements."""
    inner = "".join(cell if cell.startswith(("<w:tc>", "<w:sdt>")) else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def tbl(*rows: str | Sequence[str]) -> str:
    """A table of w:tr elements or sequences of cells."""
    return f"<w:tbl>{''.join(row if isinstance(row, str) else tr(row) for row in rows)}</w:tbl>"


def level(index: int, text: str, numeral: str = "decimal", start: int = 1, more: str = "") -> str:
    """A w:lvl element."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{numeral}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(
    *levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>', more: str = ""
) -> str:
    """A numbering part with one list definition 0 of these levels."""
    definition = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return f"<w:numbering {NAMESPACES}>{definition}{more}{nums}</w:numbering>"


def styles(*items: str) -> str:
    """A styles part."""
    return f"<w:styles {NAMESPACES}>{''.join(items)}</w:styles>"


def style(
    key: str, *, kind: str = "paragraph", name: str = "", based_on: str = "", inner: str = "", more: str = ""
) -> str:
    """A w:style element."""
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"{more}><w:name w:val="{name or key}"/>{parent}{inner}</w:style>'


def docx(*body: str, parts: dict[str, tuple[str, str | bytes]] | None = None, **named: str) -> bytes:
    """A docx with this body.

    `named`: XML of the parts styles, numbering, footnotes, comments … by relationship kind. `parts`: further parts by
    relationship id as (kind/name, content), the kind being that of the relationship: {"rId9": ("image/media/a.png", …)}.
    """
    relations = {f"r_{kind}": (kind, f"{kind}.xml", content) for kind, content in named.items()}
    for key, (place, content) in (parts or {}).items():
        kind, _, name = place.partition("/")
        relations[key] = (kind, name, content)
    links = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{name}"/>'
        for key, (kind, name, _) in relations.items()
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE_RELATIONS}">{links}</Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>",
    }
    files |= {f"word/{name}": content for _, name, content in relations.values()}
    return zipped(files)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rewritten(data: bytes, exchange: dict[str, str]) -> bytes:
    """The zip in `data` with strings exchanged in all of its parts."""
    files: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            for old, new in exchange.items():
                text = text.replace(old, new)
            files[name] = text
    return zipped(files)


def document(data: bytes, name: str = "a.docx") -> Document:
    """The one document in `data`."""
    (found,) = read_bytes(data, name, Settings())
    return found


def read(*body: str, **more: str) -> Document:
    """The document with this body, read."""
    return document(docx(*body, **more))


def lines(found: Document) -> list[str]:
    """Each block as a reader sees it: label and text."""
    return [(block.label or "") + found.text[block.start : block.end] for block in found.blocks]
