"""A page of the original as a picture, with the words of a finding marked: what a reviewer checks a finding against."""

import io
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageOps

from contract_audit.errors import DocumentError
from contract_audit.model import Box
from contract_audit.readers.detect import detect
from contract_audit.readers.pdf_sheet import Affine, move_rect, then
from contract_audit.settings import Settings

_DPI = 144
_MARK = (255, 214, 0, 110)  # highlighter yellow, through which the words can be read
_EDGE = (214, 120, 0, 255)
_MARGIN = 1.5  # pixels around the words
_PICTURES = frozenset(("jpg", "png", "tif", "bmp", "gif", "webp"))
_DEFAULT = Settings()


def page_picture(path: Path, page: int, marks: Sequence[Box], settings: Settings = _DEFAULT) -> bytes:
    """Page `page` (1-based) of a PDF or picture file as PNG, with the boxes of `marks` that stand on it marked.

    Boxes are as `Document.boxes` gives them. Raises DocumentError: unsupported (formats without pages), password,
    damaged, page_limit (no such page), too_large.
    """
    data = path.read_bytes()
    kind = detect(data, settings)
    own = [mark for mark in marks if mark.page == page]
    if kind == "pdf":
        return _pdf_page(data, page, own, settings)
    if kind in _PICTURES:
        return _picture_page(data, page, own, settings)
    raise DocumentError("unsupported", f"{kind} 文件没有固定的页面，不能显示页面图；请另存为 PDF 后再试")


def _pdf_page(data: bytes, number: int, marks: Iterable[Box], settings: Settings) -> bytes:
    from contract_audit.readers.pdf import opened
    from contract_audit.readers.pdf_page import display_matrix, largest_picture, page_rect

    with opened(data) as file:
        _check_page(number, len(file))
        page = file[number - 1]
        if largest_picture(page) > settings.max_image_pixels:
            raise DocumentError("too_large", f"第 {number} 页图片过大，不能显示；请降低分辨率后重新扫描", page=number)
        width, height = page.get_size()
        scale = min(_DPI / 72, math.sqrt(settings.max_render_pixels / max(1.0, width * height)))
        bitmap = page.render(scale=scale)
        picture = bitmap.to_pil().convert("RGB")
        bitmap.close()
        to_pixels = then(display_matrix(page, page_rect(page)), (scale, 0, 0, -scale, 0, height * scale))
        page.close()
    return _marked(picture, marks, to_pixels)


def _picture_page(data: bytes, number: int, marks: Iterable[Box], settings: Settings) -> bytes:
    from contract_audit.readers.picture import opened

    with opened(data) as picture:
        _check_page(number, getattr(picture, "n_frames", 1))
        picture.seek(number - 1)
        if picture.width * picture.height > settings.max_image_pixels:
            raise DocumentError("too_large", f"第 {number} 页图片过大，不能显示；请降低分辨率后重新扫描", page=number)
        try:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
        except (OSError, ValueError, SyntaxError) as error:
            raise DocumentError("damaged", f"第 {number} 页图片已损坏，不能显示", page=number) from error
    return _marked(upright, marks, (1, 0, 0, 1, 0, 0))


def _check_page(number: int, count: int) -> None:
    if not 1 <= number <= count:
        raise DocumentError("page_limit", f"没有第 {number} 页，文件共 {count} 页", page=number)


def _marked(picture: Any, marks: Iterable[Box], to_pixels: Affine) -> bytes:
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for mark in marks:
        x0, y0, x1, y1 = move_rect(to_pixels, (mark.x0, mark.y0, mark.x1, mark.y1))
        pen.rectangle((x0 - _MARGIN, y0 - _MARGIN, x1 + _MARGIN, y1 + _MARGIN), fill=_MARK, outline=_EDGE)
    out = io.BytesIO()
    Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB").save(out, "PNG")
    return out.getvalue()
