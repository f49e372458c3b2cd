"""Pictures of pages (photos, scans, screenshots; jpg, png, tif and what else Pillow opens) to Documents by recognition.

Boxes are in pixels of the picture as displayed (EXIF orientation applied), origin top left.
"""

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from contract_audit.errors import DocumentError
from contract_audit.model import Document
from contract_audit.readers import ocr
from contract_audit.readers.pdf_document import Page, document_of, not_read, recognised_page
from contract_audit.settings import Settings

_PAGE_POINTS = 595.0  # width of A4: what a picture shows that does not say how large it is
_MIN_SIDE = 30  # pixels: smaller pictures are lines and bullets, and upset the recogniser (RapidOCR #538)
_DPI = (60, 1300)  # what else a file claims is a default of the software that wrote it
_FORMATS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "TIFF": "tif", "BMP": "bmp", "GIF": "gif", "WEBP": "webp"}


def read(data: bytes, name: str, settings: Settings) -> Document:
    """Read a picture; each frame of a multi-page TIFF is a page.

    Raises DocumentError: damaged, empty (nothing written on it). Pages that could not be read are in `problems`.
    """
    with opened(data) as picture:
        format = _FORMATS.get(picture.format or "", "picture")
        count = getattr(picture, "n_frames", 1) if format == "tif" else 1
        frames = islice(ImageSequence.Iterator(picture), min(count, settings.max_pages))
        pages = [_read_frame(frame, number, settings) for number, frame in enumerate(frames, 1)]
    if count > settings.max_pages:
        message = f"共 {count} 页，只读取了前 {settings.max_pages} 页；请拆分后分别检查"
        pages.append(not_read("page_limit", message, settings.max_pages + 1))
    return document_of(pages, data=data, name=name, format=format, page_count=count)


def read_pictures(pictures: Sequence[bytes], name: str, settings: Settings) -> Document:
    """Read pictures that are the pages of one document (a Word file made of scans), in order; `sha256` is of the pictures.

    Raises DocumentError `empty` where nothing is written on them. Pictures that cannot be opened are in `problems`.
    """
    pages = []
    for number, data in enumerate(pictures[: settings.max_pages], 1):
        try:
            with opened(data) as picture:
                pages.append(_read_frame(picture, number, settings))
        except DocumentError as error:
            pages.append(not_read(error.code, f"第 {number} 张图片：{error.message}", number))
    if len(pictures) > settings.max_pages:
        message = f"共 {len(pictures)} 张图片，只读取了前 {settings.max_pages} 张；请拆分后分别检查"
        pages.append(not_read("page_limit", message, settings.max_pages + 1))
    return document_of(pages, data=b"".join(pictures), name=name, format="picture", page_count=len(pictures))


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The Pillow picture in `data`, closed at the end; nothing is decoded yet. Raises DocumentError: damaged, too_large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is tighter
            picture = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise DocumentError("too_large", "图片像素过多，未读取；请降低分辨率后重新扫描") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise DocumentError("damaged", "图片已损坏，无法打开；请重新扫描或拍摄") from error
    with picture:
        yield picture


def _read_frame(frame: Any, number: int, settings: Settings) -> Page:
    width, height = frame.size
    if width * height > settings.max_image_pixels:
        message = f"第 {number} 页图片过大（{width * height // 1_000_000} 百万像素），未识别；请降低分辨率后重新扫描"
        return not_read("too_large", message, number)
    if min(width, height) < _MIN_SIDE:
        return Page()
    if not ocr.installed():
        message = f"第 {number} 页是图片，未读取；请安装文字识别组件后重新检查：{ocr.INSTALL}"
        return not_read("needs_ocr", message, number)
    return _recognise(frame, number, settings)


def _recognise(frame: Any, number: int, settings: Settings) -> Page:
    from contract_audit.readers.ocr_page import recognise

    try:
        upright = ImageOps.exif_transpose(frame)
        pixels = pixels_of(_on_white(upright))
    except (OSError, ValueError, SyntaxError):
        return not_read("damaged", f"第 {number} 页图片已损坏，未读取；请重新扫描或拍摄", number)
    try:
        recognised = recognise(pixels, number, _points_per_pixel(upright), settings.ocr_threads)
    except DocumentError as error:
        return not_read(error.code, f"第 {number} 页{error.message}", number)
    return recognised_page(recognised)


def colours_of(data: bytes, settings: Settings) -> Any:
    """A picture opened within limits, in RGB, what is transparent in it white. Raises DocumentError: damaged, too_large."""
    with opened(data) as picture:
        if picture.width * picture.height > settings.max_image_pixels:
            raise DocumentError("too_large", "图片像素过多，未识别；请降低分辨率后重新扫描")
        try:
            return _on_white(picture)
        except (OSError, ValueError, SyntaxError) as error:
            raise DocumentError("damaged", "图片已损坏，未读取") from error


def pixels_of(picture: Any) -> Any:
    """The pixels of a picture in RGB as recognition takes them: height × width × 3, blue-green-red."""
    import cv2
    import numpy as np

    return cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGR)


def _on_white(picture: Any) -> Any:
    """The picture in three colours, what is transparent in it white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _points_per_pixel(picture: Any) -> float:
    """How large a pixel is on paper, as the file says if that makes a page; else as if the picture were A4 wide."""
    width, height = picture.size
    dpi = float(picture.info.get("dpi", (0, 0))[0])
    if _DPI[0] <= dpi <= _DPI[1] and 0.5 < 72 / dpi * min(width, height) / _PAGE_POINTS < 2.5:
        return 72 / dpi
    return float(_PAGE_POINTS / min(width, 1.5 * height))
