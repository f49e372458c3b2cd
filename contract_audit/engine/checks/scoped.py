"""Quantities of a paper, each with the words that name it and the phase or plot that it is told for, in prose and tables."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.engine.case import Case
from contract_audit.engine.checks.dimensions import MU
from contract_audit.engine.checks.tables import Table, is_in_row, tables
from contract_audit.model import Value

# 一期, 首期, A地块, 二号宗地, 南区: what a part of the project is called.
SCOPE = re.compile(
    r"第?[一二三四五六首][期批](?![间限满末])"
    r"|[A-Za-z甲乙丙东西南北中][ \-－]?[0-9]?(?:号)?(?:地块|宗地|片区|厂区|园区|区块?|组团)(?!域|位|别|间)"
    r"|(?:[一二三四五六1-9]|[1-9][0-9])(?:号|#)(?:地块|宗地|厂区)|地块[一二三四1-9A-Z]|启动区|起步区|扩建区"
)
_IN_SCOPE = re.compile("[期批块地片厂园区组]")  # one of them stands in the name of each part
_WHOLE = re.compile(r"总(?!部|装|成|承|监)|合计|共计?|全部|两期|各期|整个|整体|小计")
_STOPS = "\n。；"
_PIECE = re.compile(r"[，、：:；。（）()\n\t|]")
_FILL = re.compile(
    rf"^(?:其中|分别|依次|各|约|为|达到?|是|计|和|及|与|即|合|按|共计?|合计|小计|不?[低少高多]于|不?超过|至少|预计|计划|拟|项目|的|人民币|≥|≤|=|{SCOPE.pattern})*$"
)
_LEAST = re.compile(r"不(?:得|应|能)?[低小少]于|至少|≥|以上|下限|起$|最低|最少")
_MOST = re.compile(r"不(?:得|应|能)?(?:[高大多]于|超过)|≤|以下|以内|上限|最高|最多|至多|限高|控制在")
_UNIT = re.compile(r"(?P<unit>亿元|万元|元|平方米|㎡|m2|公顷|亩|%|米)(?:[/每](?P<per>亩|公顷|平方米|㎡))?")
_SIZES = {
    "亿元": Decimal(10) ** 8, "万元": Decimal(10) ** 4, "元": Decimal(1), "平方米": Decimal(1), "㎡": Decimal(1),
    "m2": Decimal(1), "公顷": Decimal(10) ** 4, "亩": MU, "%": Decimal("0.01"), "米": Decimal(1),
}  # fmt: skip
_KINDS = {"亿元": "money", "万元": "money", "元": "money", "%": "percent", "米": "length"}
_NUMBER = re.compile(r"^(?:约|≥|≤|不低于|不少于|不高于|不超过)*(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<rest>[^0-9]{0,12})$")
_CAPTION = 60  # characters above a table that may name what it lists
_TOTAL_ROW = re.compile(r"^(?:合\s?计|总\s?计|小\s?计|共计|总和)")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One quantity: money in yuan, area in square metres, shares as fractions; `per` of a unit price (亩, 公顷, 平方米).

    `words` name it, the nearest last; `lead` is what its sentence says before; `scope` names the phase or plot, empty for
    the whole; `bound` tells 不低于 (least) and 不超过 (most) from a plain figure; `row` is the table row's start, else -1.
    """

    kind: str
    amount: Decimal
    start: int
    end: int
    words: str
    lead: str = ""
    scope: str = ""
    per: str | None = None
    bound: str = "exact"
    row: int = -1
    total_row: bool = False


def quantities(case: Case) -> list[Told]:
    """Money and areas of the paper in order; of tables, whose units tell them apart from these, also shares and lengths."""
    in_tables = [told for table in tables(case) for told in _of_table(case, table)]
    prose = [
        told
        for value in case.understanding.values
        if value.kind in ("money", "area")
        and not is_in_row(case, value.start)
        and (told := _of_prose(case, value)) is not None
    ]
    return sorted((*prose, *in_tables), key=lambda told: told.start)


def _of_prose(case: Case, value: Value) -> Told | None:
    amount = value.low if value.low is not None else value.high
    if not value.sure or amount is None:
        return None
    text = case.document.text
    begin = behind_last(_STOPS, text, value.start)
    before = _folded(case, begin, value.start)
    pieces = _pieces_backwards(before)
    near = next(pieces)
    words = near
    if _FILL.match(near):  # 其中一期900万元、二期1,500万元: named as the sums before are
        named = next((name for piece in pieces if not _FILL.match(name := _bare(piece))), "")
        words = f"{named}\x1f{near}"
    said = near + text[value.start : value.end] + text[value.end : value.end + 3]
    return Told(
        kind=value.kind, amount=amount, start=value.start, end=value.end, words=words, lead=before,
        scope=_scope(near, before, text[text.rfind("\n", 0, begin) + 1 : begin]), per=value.per, bound=_bound(value, said),
    )  # fmt: skip


def _folded(case: Case, start: int, end: int) -> str:
    """A stretch of the text as folding leaves it, cut from the folded paper; the space before what follows is none of it."""
    first, last = case.folded.folded(start, end)
    return case.folded.text[first:last].removesuffix(" ")


def _pieces_backwards(words: str) -> Iterator[str]:
    """The pieces between the marks, the last first: most often it is the only one asked for."""
    turned, last = words[::-1], 0
    for mark in _PIECE.finditer(turned):
        yield turned[last : mark.start()][::-1]
        last = mark.end()
    yield turned[last:][::-1]


def _bare(piece: str) -> str:
    """A piece without its figures: 一期50亩 is as much a filling as 一期."""
    unlabelled = re.sub(r"^[0-9]{1,2}[.、．](?![0-9])", "", piece)
    return re.sub(r"[0-9][0-9,]*(?:\.[0-9]+)?(?:亿元|万元|元|亩|平方米|公顷|%)?(?:/[^\s]{1,3})?", "", unlabelled)


def _bound(value: Value, said: str) -> str:
    if _MOST.search(said) or (value.low is None and value.high is not None):
        return "most"
    return "least" if _LEAST.search(said) or value.high is None else "exact"


def _scope(near: str, before: str, line: str) -> str:
    """The part that a quantity is told for: named right before it, else earlier in its sentence or at the head of its line."""
    own = _scopes(near)
    if own:
        return "" if len(set(own)) > 1 else own[-1].removeprefix("第")
    if _WHOLE.search(near):
        return ""
    earlier = _scopes(before) or _scopes(line[:16])
    return str(earlier[-1]).removeprefix("第") if earlier else ""


def _scopes(words: str) -> list[str]:
    return SCOPE.findall(words) if _IN_SCOPE.search(words) is not None else []


def _of_table(case: Case, table: Table) -> Iterator[Told]:
    """The figures of a table, named by row and column; their units stand in the cell, the header, the row or the caption."""
    text = case.document.text
    first = table.rows[0].start
    above = text[max(0, first - _CAPTION) : first].rstrip("\n |\t")
    caption = fold_text(above[above.rfind("\n") + 1 :])
    header = table.cells[0]
    for row, cells in zip(table.rows[1:], table.cells[1:], strict=True):
        label = next((cell for cell in cells if cell and not _NUMBER.match(cell)), "")
        for column, cell in enumerate(cells):
            found = _NUMBER.match(cell)
            column_name = header[column] if column < len(header) else ""
            if found is None or column_name == label:
                continue
            unit = _unit(found["rest"], column_name, label, caption)
            if unit is None:
                continue
            span = row.cells[column]
            amount = Decimal(found["n"].replace(",", "")) * _SIZES[unit["unit"]]
            yield Told(
                kind=_KINDS.get(unit["unit"], "area"), amount=amount, start=span.start, end=span.end,
                words=f"{caption}\x1f{label}\x1f{column_name}", lead=label, per=unit["per"],
                scope=_scope_of_cell(label, column_name), bound=_bound_of_cell(cell + column_name), row=row.start,
                total_row=bool(_TOTAL_ROW.match(label)),
            )  # fmt: skip


def _unit(*sources: str) -> re.Match[str] | None:
    """The unit in the cell itself, else the one that a bracket of header, row or caption holds."""
    own = _UNIT.match(sources[0])
    if own is not None:
        return own
    for source in sources[1:]:
        for bracket in re.findall(r"[（(]([^（()）]*)[）)]", source):
            found = _UNIT.search(bracket)
            if found is not None:
                return found
    return None


def _scope_of_cell(label: str, column_name: str) -> str:
    found = SCOPE.findall(label) or SCOPE.findall(column_name)
    return str(found[-1]).removeprefix("第") if found else ""


def _bound_of_cell(words: str) -> str:
    return "most" if _MOST.search(words) else "least" if _LEAST.search(words) else "exact"
