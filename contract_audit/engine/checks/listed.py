"""A whole and the parts that a paper lists for it: items under a lead-in, items before a closing total, rows of a table."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, takewhile
from operator import attrgetter

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case
from contract_audit.engine.checks.tables import Table, is_in_row, tables
from contract_audit.model import Value

_N = "0-9零〇一二三四五六七八九十"
_NUMERALS, _CUT, _SENTENCE = re.compile(f"[{_N}]+"), re.compile("[；;：:]"), re.compile("[^。]+")
_LABEL = re.compile(
    rf"\s*(?:第[{_N}]+[条款项]|[（(][{_N}]{{1,3}}[)）]|[{_N}]{{1,3}}[、.．)）](?![0-9])|[0-9]{{1,2}}(?:[.．][0-9]{{1,2}})+|[①-⑳]|[A-Za-z][.．、)）])\s*"
)
# The words of a sum, and with what may stand between them and its figure: 总装机容量为, 三个年度承诺税收合计不低于.
SUM_WORDS = (
    r"(?:共计|合计|总计|总共|加总|加起来|相加|总面积|总用地|总建筑面积|总投资额?|总人数|总额|总装机(?:容量|规模)?|总容量|总产能|总产量|总库容"
    r"|总功率|总户数|总套数|总长度?|总里程|总床位数?|总泊位数?|总车位数?|[两三四五各](?:年|期|批|项|宗)共(?:投入|投资|安排|支付)?)"
)
SUMS_UP = re.compile(
    rf"{SUM_WORDS}[^，。；：\n0-9]{{0,10}}$|(?:合计|共计|总计)[：:]$"
    r"|(?:以上|上述|上列|前述)[^。；\n]{0,24}(?:全部|总|各项)[^。；\n]{0,10}[，,]?共(?:为|计|约|是)?$"
)
OF_SUM = re.compile("[计总共加]|之和")  # stands in what any pattern of sums before a figure matches
_WITHIN = re.compile(r"其中|含|包括|即|折|占|计|约合|相当于|分为")
# What says that a figure is no part: it runs on, it is one of each, it is already in another.
_NO_PART = re.compile(
    r"累计|截至|每|单价|均价|平均|已含|已包含|不含|不计|另计|违约|罚|逾期|利息|[×xX*]\s*$|由[^，。；]{0,16}(?:增|调|提|降|减)"
)
_OF_ABOVE = re.compile(r"以上|上述|上列|前述|前列|[两三四五六七八九]项|各项|之和")
_OF_ALL_YEARS = re.compile(r"[两二三四五六](?:个?(?:完整)?(?:会计)?年度?|期|批)(?:累计|共)[^，。；：\n0-9]{0,10}$")
# 年纳税总额, 销售总额 are measures of their own; the sums before them are none of their parts.
_OF_ITS_OWN = re.compile(r"(?:税收?|产值|收入|销售|利润|进出口|薪酬|工资)总额[^，。；0-9]{0,6}$")
_IS_THE_SUM = re.compile(r"[，,]?[^，。；\n]{0,6}(?:上列|上述|以上|前述|各)[^，。；\n]{0,10}之和")
_OWN_PARTS = re.compile(r"[^，。；]{0,6}[，,（(][^，。；]{0,6}(?:其中|包括|含|由|分)")  # 总投资6.6亿元，其中…
_NO_SUM = re.compile(r"平均|均|差额|相差|不含|(?<![年度期批])累计|每|单价")
_TOTAL_ROW = re.compile(
    r"^[^，。；0-9]{0,12}(?:合计|总计|共计|小计|总额|总数|总和)(?:金额|面积|（[^）]*）)?$|^[合总小]\s*计$"
)
_NAMED_TOTAL = re.compile(r"^(?:项目)?(?:总投资|投资总额|总投资额|总造价|总面积|总建筑面积)(?:（[^）]*）)?$")
_KINDS = ("money", "area", "number", "percent")
_LEAD = 30  # characters before a value that say what it is
_START = attrgetter("start")


class Part(msgspec.Struct, frozen=True):
    """One part: its words with the span, and its size in the unit of the whole."""

    words: str
    start: int
    end: int
    size: Decimal
    value: Value


class Listed(msgspec.Struct, frozen=True):
    """A whole (None where the paper only lists) and its parts; `lead`: the words that bring in the list or the total."""

    total: Value | None
    parts: tuple[Part, ...]
    lead: str
    closing: bool = False  # the total stands behind its parts
    start: int = -1  # of the table
    named: bool = False  # its total stands in a row 总投资, not in one that says 合计


class _Piece(msgspec.Struct, frozen=True):
    """A stretch between semicolons, line ends and the colon of a lead-in; `opens`: it is such a lead-in."""

    start: int
    end: int
    shape: str
    opens: bool
    values: tuple[Value, ...]
    further: bool = False  # a further sentence of the item before


def size(value: Value) -> Decimal | None:
    """The amount, or the one bound that is told (不低于600万元)."""
    return value.low if value.low is not None else value.high


def are_like(one: Value, other: Value) -> bool:
    """Whether two values can be parts of one whole: of one kind and unit, both exact or bound on one side."""
    return (one.kind, one.unit, one.currency, one.low is None, one.high is None) == (
        other.kind, other.unit, other.currency, other.low is None, other.high is None,
    )  # fmt: skip


def in_lines(case: Case) -> tuple[Listed, ...]:
    """Lists outside tables: those that a lead-in with the whole opens, and those that a total closes."""
    return case.once(_in_lines)


def _in_lines(case: Case) -> Iterator[Listed]:
    pieces = _pieces(case)
    closings = [_closing_value(case, piece) for piece in pieces]
    for index, (piece, closing) in enumerate(zip(pieces, closings, strict=True)):
        if piece.opens:
            yield from _opened(case, pieces, closings, index)
        if closing is not None:
            yield from _closed(case, pieces, index, closing)


def _closed(case: Case, pieces: list[_Piece], index: int, total: Value) -> Iterator[Listed]:
    """The items above a total; the last of them may stand in the piece of the total (竣工时缴纳20万元，合计100万元)."""
    piece = pieces[index]
    own = _main(case, piece, total) is not total
    above: Iterable[_Piece] = map(pieces.__getitem__, range(index - 1, -1, -1))
    if own:
        rest = msgspec.structs.replace(piece, values=tuple(one for one in piece.values if one is not total))
        above = chain((rest,), above)
    parts = _items(case, above, total)
    lead = case.text(piece.start, piece.end)
    if _OF_ALL_YEARS.search(case.text(piece.start, total.start)) and not all(
        re.search("[年期批]", part.words) for part in parts
    ):
        return  # 未来三年累计进货额 is no total of what stands before it
    level = own or piece.shape in ("", pieces[index - 1].shape) or _OF_ABOVE.search(lead)
    if len(parts) > 1 and level and not _OF_ITS_OWN.search(case.text(piece.start, total.start)):
        yield Listed(total, tuple(reversed(parts)), lead, closing=True)


def _opened(case: Case, pieces: list[_Piece], closings: list[Value | None], index: int) -> Iterator[Listed]:
    """The items below a lead-in, for each of its values that they may make."""
    piece = pieces[index]
    if piece.further and not piece.values:  # 投资规模：10亿元。具体为：
        piece = pieces[index - 1]
    for total in piece.values:
        if sum(are_like(value, total) for value in piece.values) == 1:
            below = range(index + 1, _end_below(case, pieces, index))
            listed = takewhile(lambda at: closings[at] is None, below)
            parts = _items(case, map(pieces.__getitem__, listed), total)
            if len(parts) > 1:
                yield Listed(total, tuple(parts), case.text(piece.start, piece.end))


def _end_below(case: Case, pieces: list[_Piece], index: int) -> int:
    """Where the pieces below a lead-in end: at the next line that is numbered as its own line is.

    第二条 总投资…，其中：…；… ends before 第三条.
    """
    piece = pieces[index]
    end = case.document.text.find("\n", piece.end)
    if not piece.shape or index + 1 == len(pieces) or pieces[index + 1].start >= end:
        return len(pieces)
    behind = range(index + 1, len(pieces))
    return next((at for at in behind if end < pieces[at].start and pieces[at].shape == piece.shape), len(pieces))


def _items(case: Case, pieces: Iterable[_Piece], total: Value) -> list[Part]:
    """The parts in a run of pieces of one shape, each with one value like the total; none where one is not plain."""
    parts: list[Part] = []
    shape = None
    for piece in pieces:
        value = _main(case, piece, total)
        if piece.further and value is None:
            continue
        known = size(value) if value is not None else None
        if piece.opens or value is None or known is None or (shape is not None and piece.shape != shape):
            break
        if not _is_plain(case, piece, value):
            return []
        shape = piece.shape
        parts.append(Part(fold_text(case.text(piece.start, piece.end)), piece.start, piece.end, known, value))
    return parts


def _main(case: Case, piece: _Piece, total: Value) -> Value | None:
    """The first value of the piece that is like the total."""
    return next((value for value in piece.values if are_like(value, total)), None)


def _is_plain(case: Case, piece: _Piece, value: Value) -> bool:
    """Whether the piece names one part: what else is like it stands in brackets or after 其中, and nothing says it is none."""
    lead = case.text(piece.start, value.start)
    tail = case.text(value.end, piece.end)
    others = [other for other in piece.values if other is not value and are_like(other, value)]
    if _NO_PART.search(lead) or re.match(r"[^，。；（(]{0,4}(?:包含|包括|计|含)在", tail):
        return False
    return all(
        _WITHIN.search(case.text(value.end, other.start)) or re.search("[（(]", case.text(value.end, other.start))
        for other in others
    )


def _closing_value(case: Case, piece: _Piece) -> Value | None:
    """The value of a piece behind a word of sum: 以上资金合计19,500万元; 至此付清（合计100%）; 竣工时缴纳20万元，合计100万元."""
    for value in piece.values:
        before = case.text(max(piece.start, value.start - _LEAD), value.start)
        after = case.text(value.end, piece.end)
        led = OF_SUM.search(before) and (SUMS_UP.search(before) or _OF_ALL_YEARS.search(before))
        told = led or _IS_THE_SUM.match(after)
        if told and not (_NO_SUM.search(before) or _OWN_PARTS.match(after)):
            like = [other for other in piece.values if are_like(other, value)]
            return value if like.index(value) <= 1 and value is like[-1] else None
    return None


def _pieces(case: Case) -> list[_Piece]:
    """The pieces of the lines that have values, in order; any other line parts them, and a table but one that is led in."""
    text, values = case.document.text, case.once(counted)
    found: list[_Piece] = []
    parting = _Piece(0, 0, "", opens=True, values=())
    position = first = 0
    for line in text.split("\n"):
        start, position = position, position + len(line) + 1
        while first < len(values) and values[first].start < start:
            first += 1
        last = first
        while last < len(values) and values[last].start < position - 1:
            last += 1
        in_table = is_in_row(case, start)
        if last > first and not in_table:
            found += _pieces_of_line(text, start, position - 1, values[first:last])
        elif line and found and found[-1] != parting and not (in_table and found[-1].opens):
            found.append(parting)
    return found


def counted(case: Case) -> Iterator[Value]:
    """The values that can be a whole or a part, in order."""
    return (value for value in case.understanding.values if is_counted(value))


_OWN = ("期", "份")  # phases are a name, who holds copies is reckoned in `copies`


def is_counted(value: Value) -> bool:
    """Whether a value can be a whole or a part: a sure sum, area, count or share, and no price of one thing."""
    return value.kind in _KINDS and value.sure and not value.per and size(value) is not None and value.unit not in _OWN


def _pieces_of_line(text: str, start: int, end: int, values: Sequence[Value]) -> Iterator[_Piece]:
    cuts = [start]
    for mark in _CUT.finditer(text, start, end):
        at = mark.start()
        follows = _LABEL.match(text, at + 1, end)
        if mark.group() in "；;" or follows or _within(values, cuts[-1], at):
            cuts.append(at + 1)
    shape = ""
    for first, last in zip(cuts, [*cuts[1:], end], strict=True):
        label = _LABEL.match(text, first, last)
        shape = _NUMERALS.sub("N", label.group().strip()) if label else (shape if first > start else "")
        begin = label.end() if label else first
        for sentence in _SENTENCE.finditer(text, begin, last):
            low, high = sentence.span()
            inside = _within(values, low, high)
            opens = high == last and text[last - 1] in "：:"
            yield _Piece(low, high, shape if low == begin else "", opens, inside, low > begin)


def _within(values: Sequence[Value], start: int, end: int) -> tuple[Value, ...]:
    """Of values in order those in [start, end)."""
    first = bisect_left(values, start, key=_START)
    return tuple(value for value in values[first : bisect_left(values, end, lo=first, key=_START)] if value.end <= end)


def in_tables(case: Case) -> tuple[Listed, ...]:
    """Columns of tables: what stands in the rows, and the figure of the last row that sums them up, if one does."""
    return case.once(_in_tables)


def _in_tables(case: Case) -> Iterator[Listed]:
    for table in tables(case):
        figures = _figures(case, table)
        sums_up = [any(map(_TOTAL_ROW.match, words)) for words in table.cells]
        named = not sums_up[-1] and any(map(_NAMED_TOTAL.match, table.cells[-1]))
        sums_up[-1] |= named
        for column in range(1, max(map(len, table.cells))):
            total, parts = _column(table, column, figures, sums_up)
            if len(parts) > 1:
                begin, stop = _line_above(case, table.rows[0].start)
                lead = f"{case.text(begin, stop)}\n{fold_text(case.text(table.rows[0].start, table.rows[0].end))}"
                yield Listed(total, tuple(parts), lead, closing=True, start=table.rows[0].start, named=named)


def _column(
    table: Table, column: int, figures: dict[int, Value], sums_up: list[bool]
) -> tuple[Value | None, list[Part]]:
    """The figure in the last row that sums up, and those of the others; none where a cell below the head has words."""
    parts: list[Part] = []
    total = None
    for row, words, is_sum in zip(table.rows, table.cells, sums_up, strict=True):
        value = figures.get(row.cells[column].start) if column < len(words) else None
        known = size(value) if value is not None else None
        if is_sum:
            total = value
        elif value is not None and known is not None and (not parts or are_like(value, parts[0].value)):
            parts.append(Part("，".join(words), row.start, row.end, known, value))
        elif column < len(words) and words[column] and row is not table.rows[0]:
            return None, []
    return total, parts


def _figures(case: Case, table: Table) -> dict[int, Value]:
    """The figures of cells that have just one, by where the cell begins."""
    cells = [cell for row in table.rows for cell in row.cells]
    starts = [cell.start for cell in cells]
    inside: dict[int, list[Value]] = {}
    for value in case.understanding.values_in(table.rows[0].start, table.rows[-1].end):
        cell = cells[bisect_right(starts, value.start) - 1]
        if is_counted(value) and cell.start <= value.start < cell.end:
            inside.setdefault(cell.start, []).append(value)
    return {start: values[0] for start, values in inside.items() if len(values) == 1}


def above(case: Case, found: Listed) -> list[Value]:
    """The values told in the line above a table."""
    return [value for value in case.understanding.values_in(*_line_above(case, found.start)) if is_counted(value)]


def _line_above(case: Case, start: int) -> tuple[int, int]:
    """The span of the line before the one that begins at `start`, empty lines left out."""
    text = case.document.text
    stop = start
    while stop and text[stop - 1] == "\n":
        stop -= 1
    return text.rfind("\n", 0, stop) + 1, stop


_BRINGS_IN = re.compile(
    r"(?:。|[^，。；：:\n]{0,16}[，,：:（(]?)[^，。；\n0-9]{0,8}(?:其中|包括|包含|内含|含|构成|组成|分为|主要)"
)

_GOES_ON = re.compile(r"。(?:其中|包括|具体为|构成为|由)")


def in_sentences(case: Case) -> tuple[Listed, ...]:
    """A figure and those that follow it in its sentence, each with the words up to the next: 总投资10亿元，其中品牌价值9亿元…."""
    return case.once(_in_sentences)


def _in_sentences(case: Case) -> Iterator[Listed]:
    text = case.document.text
    values = case.once(counted)
    for index, total in enumerate(values):
        bracket = text[total.end : total.end + 1] in ("（", "(")
        if not bracket and not _BRINGS_IN.match(text, total.end):
            continue
        marks = "。\n）)" if bracket else "。\n"
        first = total.end + 1 if _GOES_ON.match(text, total.end) else total.end
        stop = min((at for mark in marks if (at := text.find(mark, first)) >= 0), default=len(text))
        behind = values[index + 1 : bisect_right(values, stop, key=lambda value: value.start)]
        inside = [value for value in behind if value.end <= stop and are_like(value, total)]
        smaller = [value for value in inside if (size(value) or 0) < (size(total) or 0)]
        if len(smaller) > 0 and smaller == inside:
            yield Listed(total, tuple(_parts_between(text, total, smaller, stop)), text[total.start : stop])


def _parts_between(text: str, total: Value, values: list[Value], stop: int) -> Iterator[Part]:
    """Each value with its words: from the mark behind the one before it to the mark behind it and its remark."""
    begin = total.end
    for value in values:
        mark = re.compile(r"[^，,、；;。\n（(]*(?:[（(][^）)\n]*[）)])?").match(text, value.end, stop)
        end = mark.end() if mark else value.end
        known = size(value)
        if known is not None:
            yield Part(fold_text(text[begin:end]), begin, end, known, value)
        begin = end
