"""One pdfium page: its characters with boxes, ruling lines and pictures.

pdfium is not safe in threads (pypdfium2 #303): everything here runs in the one thread of a worker process.
"""

import ctypes
import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from contract_audit.readers.clean import exchanged
from contract_audit.readers.pdf_directions import Character, PageText, direction, is_inside, sheets_of
from contract_audit.readers.pdf_fonts import has_chinese_font, is_lost
from contract_audit.readers.pdf_sheet import IDENTITY, Affine, Glyph, Rect, move, move_rect, then, turn

MAX_CHARACTERS = 200_000  # on one page: more is not a page of a contract
_MAX_OBJECTS = 100_000
_MAX_PATH_SEGMENTS = 2_000  # a path with more is a drawing, not the lines of a table
_RULE_THICKNESS = 3.0  # points: a filled box thinner than this is a line
_FORM_DEPTH = 5

_LINE_END_HYPHEN = 2  # what pdfium gives for a hyphen that ends a line; in contracts it belongs to a number (GL-2022)
_SKIPPED = frozenset({0xA0, 0xAD, 0x3000, 0xFFFE, 0xFFFF, 0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060})


class Picture(msgspec.Struct, frozen=True):
    """A picture placed on a page: its box in user space, and its pixels."""

    rect: Rect
    pixels: int
    share: float  # of the page's area


class Survey(msgspec.Struct):
    """What lies on a page besides characters."""

    box: Rect  # the visible page in user space, points, not turned by /Rotate
    rules: list[Rect]
    pictures: list[Picture]
    paths: int = 0
    texts: int = 0
    invisible: int = 0  # text objects drawn in render mode 3
    beneath: int = 0  # text objects that an opaque picture of most of the page was laid over
    tilted: bool = False  # some text does not simply run to the right
    cut: bool = False  # there were more characters than were read
    lost: int = 0  # text objects that could not be read for want of a Chinese font

    @property
    def picture_share(self) -> float:
        """Share of the page under pictures (scanners store a page in strips, so they count together)."""
        return min(1.0, sum(picture.share for picture in self.pictures))

    @property
    def covered(self) -> bool:
        """Whether most text cannot be seen: what is seen is a picture, and the text is someone's reading of it."""
        return 2 * max(self.invisible, self.beneath) > self.texts


def page_rect(page: Any) -> Rect:
    """The visible box of a page in user space, points, not turned by /Rotate."""
    left, bottom, right, top = page.get_bbox()
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def display_matrix(page: Any, box: Rect) -> Affine:
    """From user space to the page as displayed, points: shifted to the corner of its box and turned by /Rotate."""
    forward, _, _ = turn(page.get_rotation(), box[2] - box[0], box[3] - box[1])
    return then((1, 0, 0, 1, -box[0], -box[1]), forward)


def survey(page: Any) -> Survey:
    """Walk the page's objects once, form XObjects included."""
    found = Survey(box=page_rect(page), rules=[], pictures=[])
    mode_of, invisible = pdfium.FPDFTextObj_GetTextRenderMode, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    may_lose = not has_chinese_font()
    for handle, kind, matrix in _objects(page.raw):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.texts += 1
            found.lost += may_lose and is_lost(handle)
            found.invisible += mode_of(handle) == invisible
            if not found.tilted:
                a, b, c, d, _, _ = _matrix_of(handle) if matrix is IDENTITY else then(_matrix_of(handle), matrix)
                found.tilted = a <= 0 or d <= 0 or abs(b) > 1e-3 * a or abs(c) > abs(a)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.paths += 1
            found.rules.extend(_rules_of(handle, then(_matrix_of(handle), matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            picture = _picture(handle, then(_matrix_of(handle), matrix), found.box)
            found.pictures.append(picture)
            if picture.share > 0.6 and not pdfium.FPDFPageObj_HasTransparency(handle):
                found.beneath = found.texts
    return found


def largest_picture(page: Any) -> int:
    """Pixels of the largest picture on the page; 0 without one."""
    return max((picture.pixels for picture in survey(page).pictures), default=0)


def _picture(handle: Any, matrix: Affine, box: Rect) -> Picture:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(handle, width, height)
    x0, y0, x1, y1 = rect = move_rect(matrix, (0, 0, 1, 1))
    seen = max(0.0, min(x1, box[2]) - max(x0, box[0])) * max(0.0, min(y1, box[3]) - max(y0, box[1]))
    area = (box[2] - box[0]) * (box[3] - box[1])
    return Picture(rect, width.value * height.value, seen / area if area > 0 else 0.0)


def _objects(page: Any) -> Iterator[tuple[Any, int, Affine]]:
    """All objects with the matrix of the forms around them; stops at a number no real page has."""
    object_at, kind_of, form = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_FORM
    left = _MAX_OBJECTS
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        stack: list[tuple[Any, Affine, int]] = [(object_at(page, index), IDENTITY, 0)]
        while stack:
            if left == 0:
                return
            left -= 1
            handle, matrix, depth = stack.pop()
            kind = kind_of(handle)
            if kind != form:
                yield handle, kind, matrix
            elif depth < _FORM_DEPTH:
                inner = then(_matrix_of(handle), matrix)
                inside = min(max(pdfium.FPDFFormObj_CountObjects(handle), 0), left)
                stack.extend(
                    (pdfium.FPDFFormObj_GetObject(handle, i), inner, depth + 1) for i in reversed(range(inside))
                )


def _matrix_of(handle: Any) -> Affine:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, matrix):
        return (1, 0, 0, 1, 0, 0)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _rules_of(path: Any, matrix: Affine) -> Iterator[Rect]:
    """The axis-parallel lines a path draws: stroked segments, and filled boxes thin enough to be lines."""
    count = pdfium.FPDFPath_CountSegments(path)
    if not 2 <= count <= _MAX_PATH_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    segments, bounds = _segments_of(path, count, matrix)
    if bounds is None or not (fill.value or stroke.value):
        return
    if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= _RULE_THICKNESS:
        yield bounds
    elif stroke.value:
        for x0, y0, x1, y1 in segments:
            if min(abs(x1 - x0), abs(y1 - y0)) <= _RULE_THICKNESS / 2:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _segments_of(path: Any, count: int, matrix: Affine) -> tuple[list[Rect], Rect | None]:
    """Straight segments as (x0, y0, x1, y1) from point to point, and the box around all points."""
    x, y = ctypes.c_float(), ctypes.c_float()
    segments: list[Rect] = []
    points: list[tuple[float, float]] = []
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = move(matrix, x.value, y.value)
        points.append(point)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            segments.append((*last, *point))
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            segments.append((*point, *start))
            last = start
    if not points:
        return [], None
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return segments, (min(xs), min(ys), max(xs), max(ys))


def page_text(page: Any, number: int, found: Survey) -> PageText:
    """The text of a page (`number` 1-based) whose objects were surveyed as `found`."""
    upright, others = _characters(page, found)
    return sheets_of(upright, others, found.box, number, found.rules)


def _characters(page: Any, found: Survey) -> tuple[list[Glyph], list[Character]]:
    """Characters in user space: those that are seen and run to the right, and all others."""
    # A scanner's text layer is invisible by design: only beside visible text does invisible text hide something.
    look_for_hidden = 0 < found.invisible < found.texts
    text_page = page.get_textpage()
    raw = text_page.raw
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    into_rect, into_x, into_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    code_of, box_of, origin_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetCharOrigin,
    )
    (x0, y0, x1, y1), tilted = found.box, found.tilted
    count = pdfium.FPDFText_CountChars(raw)
    found.cut = count > MAX_CHARACTERS
    upright: list[Glyph] = []
    others: list[Character] = []
    last_bottom = last_top = base = math.nan
    for index in range(min(count, MAX_CHARACTERS)):
        code = code_of(raw, index)
        if code == _LINE_END_HYPHEN:
            code = ord("-")
        if code <= 32 or code in _SKIPPED:  # pdfium's own additions are spaces and line ends
            continue
        if not box_of(raw, index, into_rect):
            continue
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        # In a line of one font all characters reach as far from the baseline.
        if bottom != last_bottom or top != last_top or tilted:
            origin_of(raw, index, into_x, into_y)
            last_bottom, last_top, base = bottom, top, y.value
        glyph = Glyph(left, bottom, right, top, _character(code), base)
        seen = (x0 <= left and right <= x1 and y0 <= bottom and top <= y1) or is_inside(glyph, found.box)
        hidden = not seen or (look_for_hidden and _is_invisible(raw, index))
        if hidden or tilted:
            # pdfium counts the angle clockwise, and gives -1 for one it cannot tell.
            angle = direction(-max(0.0, pdfium.FPDFText_GetCharAngle(raw, index)))
            others.append(Character(glyph, x.value, angle, hidden))
        else:
            upright.append(glyph)
    text_page.close()
    return upright, others


@cache
def _character(code: int) -> str:
    """The character for a code point; private, compatibility and radical forms as the plain one, halves of pairs as �."""
    if code < 0x2E80 or 0x2FE0 <= code < 0xD800:
        return chr(code)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else exchanged(chr(code))


def _is_invisible(raw: Any, index: int) -> bool:
    handle = pdfium.FPDFText_GetTextObject(raw, index)
    return bool(pdfium.FPDFTextObj_GetTextRenderMode(handle) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
