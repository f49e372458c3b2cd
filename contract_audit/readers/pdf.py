"""PDF to Document: each page's text layer, or what is recognised on it, to sheets; the sheets to one text."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

from contract_audit.errors import DocumentError
from contract_audit.model import Document, Problem, Seal
from contract_audit.readers import ocr, pdf_fonts
from contract_audit.readers.pdf_directions import PageText
from contract_audit.readers.pdf_document import Page, document_of, not_read
from contract_audit.readers.pdf_page import MAX_CHARACTERS, Survey, page_text, survey
from contract_audit.readers.pdf_seals import notes_on, seals_on, settle_annotations, signature_seals
from contract_audit.readers.triage import Verdict, judge_layer
from contract_audit.settings import Settings

_MIN_PICTURE_SHARE = 0.15  # of the page: a smaller picture beside text is a logo or a seal
_READ_ANEW = ("picture", "garbled", "foreign")
_WHY = {
    "picture": "是图片，没有文字",
    "garbled": "的文字层编码错误，提取出的是乱码",
    "foreign": "是扫描图片，所带文字是扫描软件识别的，未经核对",
}


def read(data: bytes, name: str, settings: Settings) -> Document:
    """Read a PDF. Boxes are in user space, points; pages are 1-based.

    Raises DocumentError: password, damaged, empty. Pages that could not be read are listed in `problems`.
    """
    with opened(data) as file:
        count = len(file)
        if count == 0:
            raise DocumentError("damaged", "PDF 中没有页面，文件可能已损坏；请向提供方重新索取")
        pages = [_read_page(file, index, settings) for index in range(min(count, settings.max_pages))]
    if count > settings.max_pages:
        message = f"共 {count} 页，只读取了前 {settings.max_pages} 页；请拆分后分别检查"
        pages.append(not_read("page_limit", message, settings.max_pages + 1))
    return document_of(pages, data=data, name=name, format="pdf", page_count=count)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The pdfium document in `data`, closed at the end. Raises DocumentError: password, damaged."""
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise DocumentError(
                "password", "PDF 设有打开密码，未读取；请去除密码（或打印为新的 PDF）后再检查"
            ) from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise DocumentError("password", "PDF 使用了不支持的加密方式，未读取；请另存为不加密的 PDF") from error
        raise DocumentError("damaged", "PDF 已损坏或不完整，无法打开；请向提供方重新索取") from error
    try:
        yield file
    finally:
        file.close()


def _read_page(file: Any, index: int, settings: Settings) -> Page:
    number = index + 1
    try:
        page = file[index]
    except pypdfium2.PdfiumError:
        return not_read("damaged", f"第 {number} 页已损坏，未读取；请向提供方重新索取", number)
    notes, signatures = notes_on(page), signature_seals(page, number)
    if settle_annotations(page):
        page.close()
        page = file[index]
    try:
        read_page = _read_content(page, number, settings)
    finally:
        page.close()
    seals = (*signatures, *(seal for seal in read_page.seals if not _known(seal, signatures)))
    return msgspec.structs.replace(read_page, notes=tuple(notes), seals=seals)


def _known(seal: Seal, others: tuple[Seal, ...]) -> bool:
    """Whether the middle of the seal lies in one of the others: the picture of a signature field."""
    box = seal.box
    if box is None:
        return False
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(o.box is not None and o.box.x0 <= x <= o.box.x1 and o.box.y0 <= y <= o.box.y1 for o in others)


def _read_content(page: Any, number: int, settings: Settings) -> Page:
    found = survey(page)
    text = page_text(page, number, found)
    layer = "".join(run.text for sheet in text.sheets for run in sheet.runs)
    verdict = judge_layer(layer, found.picture_share, found.paths, covered=found.covered)
    if verdict in _READ_ANEW:
        return _read_anew(page, number, found, text, verdict, settings)
    read_page = Page(
        sheets=text.sheets,
        hidden=text.hidden,
        watermark=text.watermark,
        seals=seals_on(page, number, found, settings),
    )
    if found.lost:
        message = (
            f"第 {number} 页有 {found.lost} 处文字未读出：文件没有嵌入字体，本机又没有中文字体；{pdf_fonts.INSTALL}"
        )
        return msgspec.structs.replace(read_page, **_unread("no_font", message, number))
    if found.cut:
        message = f"第 {number} 页字符过多，只读取了前 {MAX_CHARACTERS} 个；请核实文件来源"
        return msgspec.structs.replace(read_page, **_unread("too_large", message, number))
    return _read_pictures(page, number, found, read_page, settings)


def _read_anew(page: Any, number: int, found: Survey, text: PageText, verdict: Verdict, settings: Settings) -> Page:
    """A page whose text layer is missing or not to be trusted, by recognition; a foreign layer is better than nothing."""
    kept = text.sheets if verdict == "foreign" else ()
    if not ocr.installed():
        message = f"第 {number} 页{_WHY[verdict]}；请安装文字识别组件后重新检查：{ocr.INSTALL}"
        return not_read("needs_ocr", message, number, kept)
    from contract_audit.readers.pdf_scan import recognise_page

    try:
        return recognise_page(page, number, found, settings)
    except DocumentError as error:
        return not_read(error.code, error.message, number, kept)


def _read_pictures(page: Any, number: int, found: Survey, read_page: Page, settings: Settings) -> Page:
    """The page with the words of large pictures beside its text; without recognition the pictures are listed."""
    large = [picture for picture in found.pictures if picture.share >= _MIN_PICTURE_SHARE]
    if not large or not read_page.sheets:
        return read_page
    if not ocr.installed():
        message = f"第 {number} 页有较大的图片，其中文字未读取；请安装文字识别组件后重新检查：{ocr.INSTALL}"
        return msgspec.structs.replace(read_page, **_unread("needs_ocr", message, number))
    from contract_audit.readers.pdf_scan import recognise_page, with_pictures

    try:
        recognised = recognise_page(page, number, found, settings)
    except DocumentError as error:
        return msgspec.structs.replace(read_page, **_unread(error.code, error.message, number))
    first, *others = read_page.sheets
    for sheet in recognised.sheets:
        first = with_pictures(first, sheet, [picture.rect for picture in large])
    return msgspec.structs.replace(read_page, sheets=(first, *others), seals=read_page.seals or recognised.seals)


def _unread(code: str, message: str, number: int) -> dict[str, object]:
    return {"problems": (Problem(code=code, message=message, page=number),), "unread": True}
