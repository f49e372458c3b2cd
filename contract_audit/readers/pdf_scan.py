"""Pages of a PDF that must be recognised: rendered within limits, read, and mapped back to user space."""

import math
from collections.abc import Sequence
from typing import Any

from contract_audit.errors import DocumentError
from contract_audit.readers.ocr_page import DPI, recognise
from contract_audit.readers.pdf_document import Page, recognised_page
from contract_audit.readers.pdf_page import Survey, display_matrix
from contract_audit.readers.pdf_sheet import Affine, Glyph, Rect, Run, Sheet, inverse, make_run, move, move_rect, then
from contract_audit.settings import Settings


def recognise_page(page: Any, number: int, found: Survey, settings: Settings) -> Page:
    """Render and recognise a page (`number` 1-based).

    Raises DocumentError: too_large where a picture on the page has more pixels than may be decoded, ocr_failed.
    """
    pixels = max((picture.pixels for picture in found.pictures), default=0)
    if pixels > settings.max_image_pixels:
        message = f"第 {number} 页图片过大（{pixels // 1_000_000} 百万像素），未识别；请降低分辨率后重新扫描"
        raise DocumentError("too_large", message, page=number)
    width, height = page.get_size()
    scale = min(DPI / 72, math.sqrt(settings.max_render_pixels / max(1.0, width * height)))
    bitmap = page.render(scale=scale, prefer_bgrx=False)
    image = bitmap.to_numpy()[:, :, :3].copy()
    bitmap.close()
    to_user = then((1 / scale, 0, 0, -1 / scale, 0, height), inverse(display_matrix(page, found.box)))
    return recognised_page(recognise(image, number, 1 / scale, settings.ocr_threads), to_user)


def with_pictures(sheet: Sheet, recognised: Sheet, pictures: Sequence[Rect]) -> Sheet:
    """The text sheet of a page with the lines recognised inside `pictures` (user space) added, where no text lies over them."""
    to_sheet = inverse(sheet.back)
    areas = [move_rect(to_sheet, picture) for picture in pictures]
    matrix = then(recognised.back, to_sheet)
    moved = [_moved(run, matrix) for run in recognised.runs]
    added = [
        run
        for run in moved
        if any(_inside(run, area) for area in areas) and not any(_overlap(run, own) for own in sheet.runs)
    ]
    return Sheet(
        page=sheet.page,
        width=sheet.width,
        height=sheet.height,
        runs=(*sheet.runs, *added),
        rules=(*sheet.rules, *(move_rect(matrix, rule) for rule in recognised.rules if added)),
        back=sheet.back,
    )


def _moved(run: Run, matrix: Affine) -> Run:
    _, y0, _, y1 = move_rect(matrix, run[:4])
    glyphs = [
        Glyph(*move_rect(matrix, glyph.rect), glyph.text, move(matrix, glyph.x0, glyph.base)[1], glyph.score)
        for glyph in run.glyphs
    ]
    return make_run(glyphs, y0, y1)


def _inside(run: Run, rect: Rect) -> bool:
    return rect[0] <= run.middle_x <= rect[2] and rect[1] <= run.middle <= rect[3]


def _overlap(run: Run, other: Run) -> bool:
    return (
        run.x0 < other.x1 and other.x0 < run.x1 and abs(run.middle - other.middle) < 0.5 * max(run.height, other.height)
    )
