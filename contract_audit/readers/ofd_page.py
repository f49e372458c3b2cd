"""The objects of an OFD page: characters with boxes, ruling lines and pictures, in points with the origin bottom left."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from contract_audit.readers.clean import cleaned
from contract_audit.readers.ofd_package import Element, PageParts, children, numbers
from contract_audit.readers.pdf_directions import Character, direction, is_inside
from contract_audit.readers.pdf_sheet import Affine, Glyph, Rect, move, move_rect, then

POINTS_PER_MM = 72 / 25.4
_MAX_OBJECTS = 100_000
_MAX_DEPTH = 8
_RULE_POINTS = 3.0
_MAX_ADVANCE = 1.3  # type sizes: a longer step to the next character is a gap
_ASCENT, _DESCENT = 0.88, 0.12  # of the type size: OFD names no font metrics


class Picture(NamedTuple):
    """A picture: the id of its resource, and the transform from its unit square (y down) to points."""

    resource: str
    matrix: Affine


class PageContent(msgspec.Struct):
    """What stands on a page."""

    box: Rect
    characters: list[Character]
    rules: list[Rect]
    pictures: list[Picture]
    paths: int = 0


def content_of(page: PageParts) -> PageContent:
    """The content of a page, templates included."""
    _, _, width, height = page.box
    to_points = page_matrix(page)
    content = PageContent(
        box=(0.0, 0.0, width * POINTS_PER_MM, height * POINTS_PER_MM), characters=[], rules=[], pictures=[]
    )
    for root in page.contents:
        for layer in root.iter("{*}Layer"):
            add_objects(content, layer, to_points)
    return content


def page_matrix(page: PageParts) -> Affine:
    """From millimetres with the origin top left to points with the origin bottom left."""
    x, y, _, height = page.box
    k = POINTS_PER_MM
    return (k, 0.0, 0.0, -k, -x * k, (y + height) * k)


def add_objects(content: PageContent, parent: Element, matrix: Affine, depth: int = 0) -> None:
    """Add the objects below `parent`, whose space `matrix` maps to points."""
    for element in parent:
        kind = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if len(content.characters) + content.paths > _MAX_OBJECTS:
            return
        if kind == "PageBlock" and depth < _MAX_DEPTH:
            add_objects(content, element, matrix, depth + 1)
        elif kind == "TextObject":
            content.characters.extend(_characters(element, then(_object_matrix(element), matrix), content.box))
        elif kind == "PathObject":
            content.paths += 1
            content.rules.extend(_rules(element, then(_object_matrix(element), matrix)))
        elif kind == "ImageObject":
            content.pictures.append(Picture(element.get("ResourceID", ""), then(_object_matrix(element), matrix)))


def _object_matrix(element: Element) -> Affine:
    """From the object's own space to that around it: CTM, then the corner of its boundary."""
    boundary = numbers(element.get("Boundary"))
    ctm = numbers(element.get("CTM"))
    own: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    if len(ctm) == 6:
        own = (ctm[0], ctm[1], ctm[2], ctm[3], ctm[4], ctm[5])
    shift = boundary[:2] if len(boundary) == 4 else (0.0, 0.0)
    return then(own, (1.0, 0.0, 0.0, 1.0, shift[0], shift[1]))


def _characters(element: Element, matrix: Affine, box: Rect) -> Iterator[Character]:
    size = (numbers(element.get("Size")) or (0.0,))[0]
    scale = (numbers(element.get("HScale")) or (1.0,))[0]
    hidden = element.get("Visible") == "false"
    x0, y0 = move(matrix, 0.0, 0.0)
    x1, y1 = move(matrix, 1.0, 0.0)
    angle = direction(math.atan2(y1 - y0, x1 - x0))
    place = (0.0, 0.0)
    for code in children(element, "TextCode"):
        text = code.text or ""
        place = ((numbers(code.get("X")) or place[:1])[0], (numbers(code.get("Y")) or place[1:])[0])
        rights, downs = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        x, y = place
        for index, char in enumerate(text):
            natural = size * scale * (0.55 if char.isascii() else 1.0)
            step = rights[index] if index < len(rights) else (0.0 if downs else natural)
            plain = cleaned(char)
            if plain.strip():
                wide = step if 0 < step <= _MAX_ADVANCE * size else natural
                rect = move_rect(matrix, (x, y - _ASCENT * size, x + wide, y + _DESCENT * size))
                across, base = move(matrix, x, y)
                glyph = Glyph(*rect, plain, base)
                yield Character(glyph, across, angle, hidden or not is_inside(glyph, box))
            x, y = x + step, y + (downs[index] if index < len(downs) else 0.0)
        place = (x, y)


def _steps(text: str | None, limit: int) -> list[float]:
    """The distances from character to character: `g n v` stands for n times v."""
    words = (text or "").split()
    steps: list[float] = []
    index = 0
    while index < len(words) and len(steps) < limit:
        if words[index] == "g" and index + 2 < len(words):
            count, value = numbers(words[index + 1]), numbers(words[index + 2])
            steps.extend([value[0] if value else 0.0] * min(limit, int(count[0]) if count else 0))
            index += 3
        else:
            steps.extend(numbers(words[index]) or (0.0,))
            index += 1
    return steps[:limit]


def _rules(element: Element, matrix: Affine) -> Iterator[Rect]:
    """Axis-parallel lines of a path: stroked segments, and filled boxes thin enough to be lines."""
    segments = list(_segments(children(element, "AbbreviatedData"), matrix))
    if not segments or element.get("Visible") == "false":
        return
    xs = [x for x0, _, x1, _ in segments for x in (x0, x1)]
    ys = [y for _, y0, _, y1 in segments for y in (y0, y1)]
    bounds = (min(xs), min(ys), max(xs), max(ys))
    if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= _RULE_POINTS:
        yield bounds
    elif element.get("Stroke") != "false":
        for x0, y0, x1, y1 in segments:
            if min(abs(x1 - x0), abs(y1 - y0)) <= _RULE_POINTS / 2:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def _segments(data: list[Element], matrix: Affine) -> Iterator[Rect]:
    """Straight segments as (x0, y0, x1, y1) from point to point; curves only move the pen."""
    for element in data:
        words = (element.text or "").split()
        start = last = move(matrix, 0.0, 0.0)
        index = 0
        while index < len(words):
            operator = words[index]
            count = _OPERANDS.get(operator)
            operands = numbers(" ".join(words[index + 1 : index + 1 + (count or 0)]))
            if count is None or len(operands) != count:
                break
            index += 1 + count
            point = start if operator == "C" else move(matrix, operands[-2], operands[-1])
            if operator in ("L", "C"):
                yield (*last, *point)
            if operator in ("M", "S"):
                start = point
            last = point
