"""Values of a text: dates, recurrences, durations, deadlines, money, areas, percentages, counts, with exact spans.

fold → mend line breaks and OCR slips → mask identifiers → dates → number runs with units → ranges, bounds → deadlines;
tables give their cells the unit of header or caption. Linear in the length of the text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

import msgspec

from contract_audit.chinese.dates import Frame, Moment, dates
from contract_audit.chinese.masks import mask
from contract_audit.chinese.numerals import CHINESE
from contract_audit.chinese.text import Folded, fold
from contract_audit.chinese.workdays import add_months
from contract_audit.extract.values.cycles import cycles
from contract_audit.extract.values.headers import in_table, labelled
from contract_audit.extract.values.periods import periods
from contract_audit.extract.values.quantities import quantities
from contract_audit.extract.values.units import tokens
from contract_audit.model import Document, Span, Value

_NUMBERED = "\ue002"  # stands for a list number at the head of a line
_DATED = "\ue003"  # stands for characters already read as a date or recurrence
_N = f"0-9{CHINESE}"
_ANY = re.compile(f"[{_N}半每年月季元春国节]")  # without one of these there is no value
_UNIT = "年月日万亿元亩%平个天"
# Letters that OCR puts for 0 and 1, only inside numbers or right before a unit.
_ZERO = re.compile(rf"(?<=[{_N}.,])[OoQ]+(?=[OoQ{_N}{_UNIT}.,])|(?<![A-Za-z0-9])[OoQ](?=\.[0-9]|[0-9][月日])")
_SLIPPED_ONE = re.compile(
    rf"(?<=[0-9.,])[lI]+(?=[0-9OolI{_UNIT}.,])|(?<=年)[lI]{{1,2}}(?=月)|(?<=月)[lI]{{1,2}}(?=[日号])|(?<![A-Za-z0-9])[lI](?=[0-9O.][0-9OolI,.]*[{_UNIT}])"
)
# A list number parted only by a space would run into the number after it: 3.3 2025年3月.
_LABEL = re.compile(
    r"^[ \u3000]*(?:[A-Z]?[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?=[ \u3000]+\S)|[A-Z][0-9]{1,2}(?=[ \u3000]+[^\sA-Za-z|])"
    r"|[0-9]{1,2}[.．](?=[ \u3000]+[0-9]|(?:19|20)[0-9]{2}[年./-])"
    r"|[0-9]{1,2}(?=[ \u3000]+(?:(?:19|20)[0-9]{2}[年./-]|[^0-9\s万亿元年月日个%％亩平㎡])))",
    re.MULTILINE,
)
_BREAK = re.compile(
    r"(?<=[^。！？；：:\n\t|])\n(?=[^\n\t| |]*(?:\n|$))(?![（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|[第附\n]|[甲乙丙丁]方)"
)


class Table(msgspec.Struct, frozen=True):
    """Rows of cells as spans into a text, header first, and the words above them."""

    rows: list[list[Span]]
    caption: str


def values_in(text: str, ref: date | None) -> tuple[Value, ...]:
    """Values of plain text (any length; table cells parted by tabs or bars), dates read against the day `ref`.

    `ref` gives dates without a year their year where no full date stands before them; with None those stay unsure.
    """
    return tuple(_read(text, _tables(text), Frame(ref), mend=True)[0])


def values(document: Document, signed_on: date | None) -> tuple[Value, ...]:
    """Values of a document's accepted text, block by block; 今年 and years left out are read against its signing day."""
    found: list[Value] = []
    frame = Frame(signed_on)
    for start, end, tables in _pieces(document):
        read, after = _read(document.text[start:end], tables, frame, mend=False)
        frame = after.aged if after.last == frame.last else after
        found.extend(moved(value, start) for value in read)
    return tuple(found)


def moved(value: Value, by: int) -> Value:
    """The same value, its span shifted by `by` characters."""
    return msgspec.structs.replace(value, start=value.start + by, end=value.end + by)


def _pieces(document: Document) -> Iterator[tuple[int, int, list[Table]]]:
    """Stretches of text that are read together: a paragraph, or all rows of one table with the line above as caption."""
    if not document.blocks:
        yield 0, len(document.text), _tables(document.text)
        return
    caption = ""
    for table, blocks in groupby(document.blocks, key=lambda block: block.table if block.cells else None):
        for rows in [list(blocks)] if table is not None else ([block] for block in blocks):
            start, end = rows[0].start, rows[-1].end
            if table is None:
                caption = document.text[start:end]
                yield start, end, []
            else:
                cells = [[Span(cell.start - start, cell.end - start) for cell in row.cells] for row in rows]
                yield start, end, [Table(cells, caption)]


def _tables(text: str) -> list[Table]:
    """Tables in plain text: neighbouring lines with tabs or bars between cells."""
    if "\t" not in text and "|" not in text:
        return []
    tables: list[Table] = []
    rows: list[list[Span]] = []
    caption, offset = "", 0
    for line in [*text.split("\n"), ""]:
        mark = "\t" if "\t" in line else "|"
        if line.count(mark) >= (1 if mark == "\t" else 2):
            rows.append(_cells(line, mark, offset))
        else:
            if len(rows) > 1:
                tables.append(Table(rows, caption))
            rows, caption = [], line
        offset += len(line) + 1
    return tables


def _cells(line: str, mark: str, offset: int) -> list[Span]:
    cells, start = [], 0
    for part in line.split(mark):
        cells.append(Span(offset + start, offset + start + len(part)))
        start += len(part) + 1
    return cells[1:-1] if mark == "|" else cells


def _read(text: str, tables: list[Table], frame: Frame, *, mend: bool) -> tuple[list[Value], Frame]:
    if not text:
        return [], frame
    text = _LABEL.sub(lambda match: _NUMBERED * len(match.group()), text)
    folded = _joined(fold(text)) if mend and "\n" in text else fold(text)
    if not _ANY.search(folded.text):
        return [], frame
    raw = _SLIPPED_ONE.sub(_ones, _ZERO.sub(_zeros, folded.text))
    masked = mask(raw)
    given = labelled(masked)
    grids = [[[Span(*folded.folded(cell.start, cell.end)) for cell in row] for row in table.rows] for table in tables]
    for grid, table in zip(grids, tables, strict=True):
        given.update(in_table(masked, grid, table.caption))
    recurring = cycles(masked)
    masked = _blanked(masked, recurring)
    before = frame
    moments, frame = dates(masked, frame)
    frame = frame.aged if _leaves_its_year(moments, before) else frame
    for grid in grids:
        moments = _with_header_years(_with_bare_years(moments, masked, grid), grid)
    plain = _blanked(masked, moments)
    run = tokens(plain, given)
    found = [*recurring, *map(_dated, moments), *quantities(plain, run), *periods(plain, raw, run)]
    return [_placed(value, folded, raw) for value in _settled(found)], frame


def _leaves_its_year(moments: list[Moment], frame: Frame) -> bool:
    """Whether days without a year stand before a later year that is told: …8月15日前预拨，余额于2019年2月10日前付清.

    The paper then tells the years that are not its own, and the days of the next paragraph are again of its own.
    """
    own = frame.today
    if own is None or frame.year_from is None or frame.year_from.year != own.year:
        return False
    later = (one.start for one in moments if one.full and one.until is not None and one.until.year > own.year)
    first = next(later, None)
    return first is not None and any(
        one.yearless and one.sure and one.until is not None and one.until.year == own.year and one.start < first
        for one in moments
    )


def _with_header_years(moments: list[Moment], grid: list[list[Span]]) -> list[Moment]:
    """Month and day in a cell have the year of the column's header: 2025年 | 6月30日前."""
    years = {
        column: moment.since.year
        for column, cell in enumerate(grid[0])
        for moment in moments
        if cell.start <= moment.start < cell.end and moment.since is not None and not moment.yearless
    }
    columns = {
        cell.start: (cell.end, years[column]) for row in grid[1:] for column, cell in enumerate(row) if column in years
    }
    if not columns:
        return moments
    return [_in_column(moment, columns) if moment.yearless else moment for moment in moments]


_YEARS = re.compile(r"(?:会计|考核|自然|计划|投资|租赁|纳税)?(?:年度|年份|年)")
_BARE_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def _with_bare_years(moments: list[Moment], text: str, grid: list[list[Span]]) -> list[Moment]:
    """Years told without 年 in a column or row that is headed 年度 or 年份."""
    names = [text[cell.start : cell.end].strip() for cell in grid[0]]
    columns = {index for index, name in enumerate(names) if _YEARS.fullmatch(name)}
    cells = [row[index] for row in grid[1:] for index in columns if index < len(row)]
    if 0 in columns:
        cells += grid[0][1:]
    found = [
        Moment(start=cell.start, end=cell.end, since=date(year, 1, 1), until=date(year, 12, 31))
        for cell in cells
        if _BARE_YEAR.fullmatch(text, cell.start, cell.end) and (year := int(text[cell.start : cell.end]))
    ]
    return sorted([*moments, *found], key=lambda moment: moment.start) if found else moments


def _in_column(moment: Moment, columns: dict[int, tuple[int, int]]) -> Moment:
    year = next((year for start, (end, year) in columns.items() if start <= moment.start < end), None)
    if year is None:
        return moment
    since, until = (day and add_months(day, 12 * (year - day.year)) for day in (moment.since, moment.until))
    return msgspec.structs.replace(moment, since=since, until=until, yearless=False)


def _joined(folded: Folded) -> Folded:
    """Line ends inside a sentence taken out: a value broken by the layout is one value."""
    texts: list[str] = []
    offsets: list[int] = []
    start = 0
    for match in _BREAK.finditer(folded.text):
        texts.append(folded.text[start : match.start()])
        offsets += folded.offsets[start : match.start()]
        start = match.end()
    return Folded("".join([*texts, folded.text[start:]]), (*offsets, *folded.offsets[start:]), folded.length)


def _zeros(match: re.Match[str]) -> str:
    return "0" * len(match.group())


def _ones(match: re.Match[str]) -> str:
    return "1" * len(match.group())


def _blanked(text: str, spans: Sequence[Value] | Sequence[Moment]) -> str:
    parts, position = [], 0
    for span in spans:
        parts += [text[position : span.start], _DATED * (span.end - span.start)]
        position = span.end
    return "".join([*parts, text[position:]])


def _dated(moment: Moment) -> Value:
    return Value(
        kind="date", start=moment.start, end=moment.end, since=moment.since, until=moment.until,
        since_time=moment.since_time, until_time=moment.until_time, sure=moment.sure,
    )  # fmt: skip


def _settled(found: Iterable[Value]) -> list[Value]:
    """In text order, without the parts of a deadline (its anchor's date, the length it counts)."""
    kept: list[Value] = []
    for value in sorted(found, key=lambda value: (value.start, -value.end)):
        whole = next(
            (other for other in reversed(kept[-3:]) if other.kind == "deadline" and other.end >= value.end), None
        )
        inner = value.kind in ("date", "duration") or (value.kind == "deadline" and whole is not None)
        if whole is None or not inner:
            kept.append(value)
    return kept


def _placed(value: Value, folded: Folded, raw: str) -> Value:
    """The value at its place in the original text; a number mended from OCR slips is not sure."""
    start, end = folded.original(value.start, value.end)
    mended = raw[value.start : value.end] != folded.text[value.start : value.end]
    return msgspec.structs.replace(value, start=start, end=end, sure=value.sure and not mended)
