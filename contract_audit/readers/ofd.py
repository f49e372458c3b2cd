"""OFD (GB/T 33190-2016, the government's own fixed layout) to Document. Boxes are in points, origin bottom left."""

import math
from collections.abc import Sequence

from contract_audit.errors import DocumentError
from contract_audit.model import Box, Document, Seal
from contract_audit.readers import ocr
from contract_audit.readers.ofd_package import Numbers, OfdDocument, Package, PageParts, children, numbers, text_of
from contract_audit.readers.ofd_page import PageContent, Picture, add_objects, content_of, page_matrix
from contract_audit.readers.pdf_directions import sheets_of
from contract_audit.readers.pdf_document import Page, document_of, not_read, recognised_page
from contract_audit.readers.pdf_sheet import Affine, move_rect, then
from contract_audit.readers.picture_seals import has_size_of_seal, is_red
from contract_audit.readers.triage import judge_layer
from contract_audit.settings import Settings

_UNIT = (0.0, 0.0, 1.0, 1.0)
_MIN_PICTURE_SHARE = 0.15  # of the page: a smaller picture is a logo or a seal


def read(data: bytes, name: str, settings: Settings) -> Document:
    """Read an OFD file: text objects, pictures by recognition, signatures and stamps as seals.

    Raises DocumentError: password, damaged, too_large, empty. Pages that could not be read are listed in `problems`.
    """
    package = Package(data, settings)
    listed = [(document, entry) for document in package.documents() for entry in document.pages]
    if not listed:
        raise DocumentError("damaged", "OFD 文件中没有页面，已损坏；请向提供方重新索取")
    pages: list[Page] = []
    for number, (document, entry) in enumerate(listed[: settings.max_pages], 1):
        try:
            pages.append(_read_page(package, document, document.page(entry), number, settings))
        except DocumentError as error:
            pages.append(not_read(error.code, f"第 {number} 页未读取：{error.message}", number))
    if len(listed) > settings.max_pages:
        message = f"共 {len(listed)} 页，只读取了前 {settings.max_pages} 页；请拆分后分别检查"
        pages.append(not_read("page_limit", message, settings.max_pages + 1))
    return document_of(pages, data=data, name=name, format="ofd", page_count=len(listed))


def _read_page(package: Package, document: OfdDocument, parts: PageParts, number: int, settings: Settings) -> Page:
    content = content_of(parts)
    notes, watermark, stamps = _annotations(parts, content)
    text = sheets_of((), content.characters, content.box, number, content.rules)
    read_page = Page(
        sheets=text.sheets,
        hidden=text.hidden,
        watermark=text.watermark + watermark,
        notes=tuple(notes),
        seals=(
            *(_seal(parts, number, boundary) for boundary in (*parts.seals, *stamps) if len(boundary) == 4),
            *_red_pictures(package, document, content, number, settings),
        ),
    )
    layer = "".join(run.text for sheet in text.sheets for run in sheet.runs)
    large = [picture for picture in content.pictures if _share(picture, content) >= _MIN_PICTURE_SHARE]
    share = min(1.0, sum(_share(picture, content) for picture in large))
    verdict = judge_layer(layer, share, content.paths, covered=False)
    if verdict == "garbled":
        message = f"第 {number} 页文字编码错误，提取出的是乱码，未读取；请另存为 PDF 后重新检查"
        return not_read("unsupported", message, number)
    return _with_pictures(package, document, read_page, large, number, settings) if large else read_page


def _annotations(parts: PageParts, content: PageContent) -> tuple[list[str], str, list[Numbers]]:
    """Remarks, watermark words and boundaries of stamps; typewritten notes become part of the content."""
    notes: list[str] = []
    stamps: list[Numbers] = []
    watermark = ""
    for annotation in (item for root in parts.annotations for item in root.iter("{*}Annot")):
        kind = annotation.get("Type")
        shown = PageContent(box=content.box, characters=[], rules=[], pictures=[])
        for appearance in children(annotation, "Appearance"):
            x, y = (*numbers(appearance.get("Boundary")), 0.0, 0.0)[:2]
            add_objects(shown, appearance, then((1.0, 0.0, 0.0, 1.0, x, y), page_matrix(parts)))
            if kind == "Stamp":
                stamps.append(numbers(appearance.get("Boundary")))
        words = "".join(char.glyph.text for char in shown.characters)
        remark = text_of(annotation, "Remark")
        if remark:
            notes.append(remark)
        if kind == "Watermark":
            watermark += words
        else:
            content.characters.extend(shown.characters)
    return notes, watermark, stamps


def _seal(parts: PageParts, number: int, boundary: Sequence[float]) -> Seal:
    x, y, width, height = boundary
    return Seal(page=number, box=Box(number, *move_rect(page_matrix(parts), (x, y, x + width, y + height))))


def _red_pictures(
    package: Package, document: OfdDocument, content: PageContent, number: int, settings: Settings
) -> list[Seal]:
    """Seals that were set on the page as plain pictures."""
    from contract_audit.readers.picture import colours_of

    seals = []
    for picture in content.pictures:
        rect = move_rect(picture.matrix, _UNIT)
        data = package.data(document.media.get(picture.resource, "")) if has_size_of_seal(rect) else None
        try:
            if data is not None and is_red(colours_of(data, settings)):
                seals.append(Seal(page=number, box=Box(number, *rect)))
        except DocumentError:  # a picture of that size that cannot be opened hides no text
            continue
    return seals


def _share(picture: Picture, content: PageContent) -> float:
    x0, y0, x1, y1 = move_rect(picture.matrix, _UNIT)
    _, _, width, height = content.box
    seen = max(0.0, min(x1, width) - max(x0, 0.0)) * max(0.0, min(y1, height) - max(y0, 0.0))
    return seen / (width * height)


def _with_pictures(
    package: Package, document: OfdDocument, page: Page, pictures: list[Picture], number: int, settings: Settings
) -> Page:
    """The page with what is recognised on its pictures behind its own text."""
    if not ocr.installed():
        message = f"第 {number} 页有图片，其中文字未读取；请安装文字识别组件后重新检查：{ocr.INSTALL}"
        return _partly(page, not_read("needs_ocr", message, number))
    for picture in pictures:
        try:
            page = _partly(page, _recognise(package, document, picture, number, settings))
        except DocumentError as error:
            page = _partly(page, not_read(error.code, f"第 {number} 页：{error.message}", number))
    return page


def _partly(page: Page, more: Page) -> Page:
    return Page(
        sheets=page.sheets + more.sheets,
        hidden=page.hidden,
        watermark=page.watermark,
        notes=page.notes,
        seals=page.seals or more.seals,
        problems=page.problems + more.problems,
        unread=page.unread or more.unread,
    )


def _recognise(package: Package, document: OfdDocument, picture: Picture, number: int, settings: Settings) -> Page:
    from contract_audit.readers.ocr_page import recognise
    from contract_audit.readers.picture import colours_of, pixels_of

    data = package.data(document.media.get(picture.resource, ""))
    if data is None:
        raise DocumentError("damaged", "图片缺失，未读取")
    image = pixels_of(colours_of(data, settings))
    height, width = image.shape[:2]
    a, b, c, d, _, _ = picture.matrix
    recognised = recognise(image, number, math.sqrt(abs(a * d - b * c) / (width * height)), settings.ocr_threads)
    to_points: Affine = then((1 / width, 0.0, 0.0, 1 / height, 0.0, 0.0), picture.matrix)
    return recognised_page(recognised, to_points)
