"""Page furniture: headers, footers, page numbers and level watermarks, which are no part of the agreement's text."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from contract_audit.readers.pdf_lines import Line, rows_of
from contract_audit.readers.pdf_sheet import Run

_EDGE = 0.15  # share of the page height at top and bottom in which furniture stands
_NUMBER_EDGE = 0.12
_LONG, _MIN_LONG = 12, 5  # characters of a long run; how many of them show where the text block lies
_MARGINAL = 4  # characters: what stands outside the text block and is longer is text
_SAME_PLACE = 5.0  # points
_DASHES = r"[-—–―·•\s。.一~]*"  # 一: how a dash beside a figure is recognised
_PAGE_OF = re.compile(_DASHES + r"第\s*\d{1,4}\s*页\s*[,，/／|]?\s*共\s*\d{1,4}\s*页" + _DASHES)
_PAGE_NUMBER = re.compile(
    _DASHES
    + r"(第?\s*\d{1,4}\s*页?|\d{1,4}\s*[/／|]\s*\d{1,4}|page\s*\d{1,4}(\s*(of|/)\s*\d{1,4})?|[ⅰ-ⅿivxIVX]{1,5})"
    + _DASHES,
    re.IGNORECASE,
)
_IS_TEXT = re.compile(r"\s*(附[件表录]|第[零〇一二三四五六七八九十百\d]+[编章节条])|.*[。；，、：]\s*$")

# Per masked text: page index, distance from the nearer edge (negative from below), plain text.
Seen = dict[str, list[tuple[int, float, str]]]


def split_furniture(
    pages: Sequence[tuple[Sequence[Run], float]],
) -> tuple[list[list[Run]], list[str]]:
    """Body runs of each page and the furniture's distinct lines in order of appearance.

    `pages` gives per page its runs outside tables and its height, both in points of reading space.
    """
    margins = [_split_margins(runs) for runs, _ in pages]
    rows = [rows_of(runs) for runs, _ in margins]
    heights = [height for _, height in pages]
    seen = _occurrences(rows, heights)
    body_size = _median([Line(tuple(row)).em for page in rows for row in page])
    bodies: list[list[Run]] = []
    furniture: dict[str, None] = dict.fromkeys(run.text for _, outside in margins for run in outside)
    for page, height in zip(rows, heights, strict=True):
        body: list[Run] = []
        for index, row in enumerate(page):
            is_number = _is_number(row, height, outermost=index in (0, len(page) - 1))
            if is_number or _repeats(row, height, seen, len(pages), body_size):
                furniture.setdefault(_words(row))
            else:
                body.extend(row)
        bodies.append(body)
    return bodies, list(furniture)


def _split_margins(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """Runs of the text block, and the few characters outside it: parts of a seal across page edges, line numbers."""
    long = [run for run in runs if len(run.glyphs) >= _LONG]
    if len(long) < _MIN_LONG:
        return list(runs), []
    left, right = min(run.x0 for run in long), max(run.x1 for run in long)
    inside: list[Run] = []
    outside: list[Run] = []
    for run in runs:
        gap = 0.3 * run.height
        small = len(run.glyphs) <= _MARGINAL and (run.x0 > right + gap or run.x1 < left - gap)
        (outside if small else inside).append(run)
    return inside, outside


def _words(row: list[Run]) -> str:
    return " ".join(run.text for run in row)


def _mask(row: list[Run]) -> str:
    """The words of a row with figures masked; recognition gives brackets and commas now full, now half width."""
    return re.sub(r"\d+", "#", re.sub(r"\s", "", unicodedata.normalize("NFKC", _words(row))))


def _figures(words: str) -> list[str]:
    return re.findall(r"\d+", words)


def _occurrences(rows: list[list[list[Run]]], heights: list[float]) -> Seen:
    seen: Seen = defaultdict(list)
    for index, (page, height) in enumerate(zip(rows, heights, strict=True)):
        for row in page:
            seen[_mask(row)].append((index, _distance(row, height), _words(row)))
    return seen


def _distance(row: list[Run], height: float) -> float:
    middle = row[0].middle
    return height - middle if middle > height / 2 else -middle


def _repeats(row: list[Run], height: float, seen: Seen, pages: int, body_size: float) -> bool:
    """Whether the row stands on so many pages at the same place that it is a header, footer or watermark."""
    at_edge, size = abs(_distance(row, height)) < _EDGE * height, Line(tuple(row)).em
    if _IS_TEXT.match(_words(row)) or (not at_edge and size < 1.5 * body_size):
        return False
    same_place = _same_place(row, height, seen)
    # Titles of several papers in one file and figures that change are furniture only if they stand on most pages.
    title = size > 1.15 * body_size
    constant = all(_figures(words) == _figures(_words(row)) for _, _, words in same_place)
    needed = max(3.0, pages / 2) if title else max(2.0, min(3.0, pages / 2) if constant else pages / 2)
    return len({page for page, _, _ in same_place}) >= needed


def _same_place(row: list[Run], height: float, seen: Seen) -> list[tuple[int, float, str]]:
    distance = _distance(row, height)
    return [entry for entry in seen[_mask(row)] if abs(entry[1] - distance) <= _SAME_PLACE]


def _is_number(row: list[Run], height: float, *, outermost: bool) -> bool:
    """Whether the row only numbers the page; a bare number does so only as the last thing on the page's edge."""
    words = _words(row)
    if _PAGE_OF.fullmatch(words):
        return True
    return outermost and abs(_distance(row, height)) < _NUMBER_EDGE * height and bool(_PAGE_NUMBER.fullmatch(words))


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0
