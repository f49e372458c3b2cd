"""Pictures of a docx: seals are recorded, pages that are pictures are handed to recognition."""

import io
import warnings
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from contract_audit.errors import DocumentError
from contract_audit.model import Document, Problem
from contract_audit.readers.docx_inline import Picture
from contract_audit.readers.docx_package import Package
from contract_audit.readers.slicing import shifted
from contract_audit.settings import Settings

_POINTS_PER_CM = 28.35
_SEAL_CM = (2.0, 7.0)  # official seals are 4.2 to 5 cm wide, private ones down to 2
_SEAL_SHAPE = (0.6, 1.7)  # width to height; square, round or oval
_RED_SHARE = 0.6  # of the ink
_PAGE_AREA_CM2 = 300.0  # half of an A4 page: smaller pictures are figures and photographs
_PAGE_PIXELS = 500_000
_SAMPLE_SIDE = 128


class Ink(NamedTuple):
    """Pixels of a picture, and the share of red in what is neither white nor transparent."""

    pixels: int
    red: float


class Sorted(NamedTuple):
    """Seals (with page) and the pictures large enough to hold text, in reading order."""

    seals: list[int | None]
    pages: list[bytes]


def sort_pictures(package: Package, part: str, pictures: Iterable[Picture], settings: Settings) -> Sorted:
    """Tell seals from pages of text among the pictures that `part` shows; all others are drawings and logos."""
    relations = package.relations(part)
    found = Sorted([], [])
    inks: dict[str, Ink] = {}
    taken: set[str] = set()
    for picture in pictures:
        relation = relations.get(picture.relation)
        if relation is None or relation.external:
            continue
        target = relation.target
        if target not in inks:
            inks[target] = _ink(package.data(target) or b"", settings)
        if _is_seal(picture, inks[target]):
            found.seals.append(picture.page)
        elif target not in taken and _is_page(picture, inks[target]):
            taken.add(target)
            found.pages.append(package.data(target) or b"")
    return found


def with_pages(document: Document, pages: list[bytes], settings: Settings) -> Document:
    """`document` with what recognition reads on its page-sized pictures, put behind its own text.

    Boxes of those blocks are in pixels of the picture, whose number takes the place of the page.
    """
    from contract_audit.readers.picture import read_pictures

    try:
        scanned = read_pictures(pages, document.name, settings)
    except DocumentError as error:
        # Nothing written on them: photographs and drawings, of which nothing is missing.
        return document if error.code == "empty" else _not_read(document, error.code, len(pages))
    except MemoryError:
        return _not_read(document, "memory", len(pages))
    behind = len(document.text) + 1 if document.text else 0
    parts = [text for text in (document.text, scanned.text) if text]
    return msgspec.structs.replace(
        document,
        status="read" if document.status == scanned.status == "read" else "partly_read",
        problems=document.problems + scanned.problems,
        pages=document.pages if document.text else scanned.pages,
        text="\n".join(parts),
        blocks=document.blocks + shifted(scanned.blocks, behind, len(document.tables)),
        tables=document.tables + scanned.tables,
        headers=document.headers + scanned.headers,
        seals=document.seals + scanned.seals,
    )


def _not_read(document: Document, code: str, count: int) -> Document:
    problem = Problem(
        code=code, message=f"正文中有 {count} 张整页图片，图片中的文字未能读取；请提供可编辑文本或清晰扫描件"
    )
    return msgspec.structs.replace(document, status="partly_read", problems=(*document.problems, problem))


def _is_seal(picture: Picture, ink: Ink) -> bool:
    """A floating picture of a seal's size, or any picture of its size that is mostly red."""
    width, height = picture.width / _POINTS_PER_CM, picture.height / _POINTS_PER_CM
    if height == 0 or not _SEAL_SHAPE[0] <= width / height <= _SEAL_SHAPE[1] or max(width, height) > _SEAL_CM[1]:
        return False
    return (picture.floating and min(width, height) >= _SEAL_CM[0]) or ink.red >= _RED_SHARE


def _is_page(picture: Picture, ink: Ink) -> bool:
    area = picture.width * picture.height / _POINTS_PER_CM**2
    return ink.pixels >= _PAGE_PIXELS and (area == 0 or area >= _PAGE_AREA_CM2)


def _ink(data: bytes, settings: Settings) -> Ink:
    """Size and colour of a picture; nothing of one that cannot be opened or is too large to be."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit follows
            image = Image.open(io.BytesIO(data))
        with image:
            pixels = image.width * image.height
            if pixels > settings.max_image_pixels:
                return Ink(pixels, 0.0)
            image.thumbnail((_SAMPLE_SIDE, _SAMPLE_SIDE))
            bands = image.convert("RGBA").tobytes()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return Ink(0, 0.0)
    colours = zip(bands[0::4], bands[1::4], bands[2::4], bands[3::4], strict=True)
    ink = [(r, g, b) for r, g, b, alpha in colours if alpha > 64 and min(r, g, b) < 200]
    red = sum(r > 100 and r - max(g, b) > 40 for r, g, b in ink)
    return Ink(pixels, red / len(ink) if ink else 0.0)
