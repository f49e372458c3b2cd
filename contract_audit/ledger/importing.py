"""Taking in a table that an office already keeps: complaints, audit remarks, case lists. Nothing in it is dropped."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from contract_audit.errors import LedgerError
from contract_audit.ledger.headers import IGNORED, Mapped, find_header, guess
from contract_audit.ledger.moves import add_source
from contract_audit.ledger.queries import every
from contract_audit.ledger.search import folded
from contract_audit.ledger.tables import Sheet, parse_amount, parse_day, read_sheets
from contract_audit.ledger.writer import Writer
from contract_audit.model import Struct
from contract_audit.model.ledger import DISPUTES, SOURCES, DisputeKind, ItemKind, LedgerItem, Source, SourceKind

_SAME = 92  # likeness in percent from which two wordings of one unit's problem are surely the same
_NEAR = 75  # … from which a person should look
_WORDS_OF_SOURCE: dict[SourceKind, tuple[str, ...]] = {
    "self_check": ("自查", "自纠", "排查"),
    "complaint": (
        "投诉",
        "信访",
        "来信",
        "来访",
        "举报",
        "热线",
        "网上",
        "网络",
        "媒体",
        "征集",
        "企业反映",
        "领导交办",
    ),
    "audit": ("审计", "财会"),
    "inspection": ("巡查", "巡视", "巡察", "督查", "督导", "检查"),
}
_WORDS_OF_KIND: dict[ItemKind, tuple[str, ...]] = {
    "enforcement": ("被执行人", "未执行", "未执结", "执行案", "尚未执行"),
    "pending_suit": ("被告", "未判决", "尚未判决", "已受理"),
}
_WORDS_OF_DISPUTE: dict[DisputeKind, tuple[str, ...]] = {
    "no_funds": ("资金紧张", "财政资金", "财力"),
    "policy_change": ("政策变化", "规划调整", "政策调整"),
    "unlawful_terms": ("不合规", "相悖", "优惠政策"),
    "overpromise": ("乱答应", "乱承诺", "违规承诺", "越权"),
    "breach": ("旧账", "不履行", "契约", "违约", "毁约", "不兑现", "失信"),
}


class Table(Struct, frozen=True, kw_only=True):
    """One sheet as it is understood: where its header stands (1-based), what its columns and all its rows mean."""

    sheet: str
    header_row: int
    columns: tuple[Mapped, ...]
    kind: ItemKind
    rows: tuple[tuple[int, tuple[str, ...]], ...]


class Imported(Struct, frozen=True, kw_only=True):
    """What an import did, by item number. `near` are new items that may be the same as an older one."""

    new: tuple[int, ...]
    joined: tuple[int, ...]  # items that were there already: they got one more source
    known: int  # rows that had been imported before
    near: tuple[tuple[int, int, int], ...]  # new item, older item, likeness in percent
    notes: tuple[str, ...]


def understand_tables(
    path: Path, given: Mapping[str, str], sheet: str | None = None, kind: ItemKind | None = None
) -> tuple[Table, ...]:
    """Read the sheets that hold a table, and guess what their columns mean. Raises LedgerError where none does."""
    sheets = [found for found in read_sheets(path) if sheet is None or found.name == sheet]
    if not sheets:
        raise LedgerError(f"{path}：没有名为“{sheet}”的工作表")
    tables = [table for found in sheets if (table := _table(found, given, kind)) is not None]
    if not tables:
        raise LedgerError(
            f"{path}：找不到表头（应有“存在问题”“责任单位”“企业名称”等列），请检查或用 --map 列名=含义 指明"
        )
    return tuple(tables)


def take_tables(writer: Writer, origin: str, tables: Sequence[Table], source: SourceKind) -> Imported:
    """Put the rows into the ledger: known ones are left, the same issue gets one more source, the rest is new."""
    taking = _Taking(writer, origin, source)
    for table in tables:
        for number, cells in table.rows:
            taking.row(table, number, cells)
    return Imported(
        new=tuple(taking.new),
        joined=tuple(taking.joined),
        known=taking.known,
        near=tuple(taking.near),
        notes=tuple(taking.notes),
    )


def _table(sheet: Sheet, given: Mapping[str, str], kind: ItemKind | None) -> Table | None:
    place = find_header(sheet.rows)
    if place is None:
        return None
    columns = guess(
        sheet.rows[place], {header: field for header, field in given.items() if header in sheet.rows[place]}
    )
    fields = {column.field for column in columns}
    if not fields & {"problem", "case_number", "company"}:
        return None
    title = sheet.name + "".join(cell for row in sheet.rows[: place + 1] for cell in row)
    rows = tuple(
        (at, row) for at, row in enumerate(sheet.rows[place + 1 :], start=place + 2) if _says_something(row, columns)
    )
    return Table(sheet=sheet.name, header_row=place + 1, columns=columns, kind=kind or _kind(title), rows=rows)


def _says_something(row: Sequence[str], columns: Sequence[Mapped]) -> bool:
    """A row of an issue: totals, notes below the table and empty lines of a form are none."""
    named = [column for column in columns if column.field not in (None, IGNORED) and column.place < len(row)]
    said = [column.field for column in named if row[column.place]]
    first = next((cell for cell in row if cell), "")
    return bool({"problem", "case_number", "company"} & set(said)) and not first.startswith(("合计", "备注：", "注："))


class _Taking:
    """One import in hand."""

    def __init__(self, writer: Writer, origin: str, source: SourceKind) -> None:
        self.writer = writer
        self.origin = origin
        self.source = source
        self.new: list[int] = []
        self.joined: list[int] = []
        self.near: list[tuple[int, int, int]] = []
        self.notes: list[str] = []
        self.known = 0
        self.by_unit: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.by_case: dict[str, int] = {}
        self.imported: set[tuple[str, str]] = set()
        for item in every(writer.connection):
            self._remember(item)

    def row(self, table: Table, number: int, cells: Sequence[str]) -> None:
        """Take one row in."""
        item = self._item(table, number, cells)
        source = item.sources[0]
        if (source.words, _subject(item)) in self.imported:
            self.known += 1
            return
        same = self._same(item)
        if same is not None and same[1] >= _SAME:
            add_source(self.writer, same[0], source)
            self.joined.append(same[0])
            self.imported.add((source.words, _subject(item)))
            return
        item = self.writer.create(item, f"{self.origin}“{table.sheet}”第{number}行")
        self.new.append(item.number)
        if same is not None:
            self.near.append((item.number, *same))
        self._remember(item)

    def _same(self, item: LedgerItem) -> tuple[int, int] | None:
        """The item that this row most likely is too, with the likeness; an equal case number decides."""
        from rapidfuzz.fuzz import ratio

        if item.case_number and (number := self.by_case.get(folded(item.case_number))) is not None:
            return number, 100
        words = folded(item.problem)
        rated = [
            (round(ratio(words, other, score_cutoff=_NEAR - 1)), number)
            for number, other in self.by_unit[_subject(item)]
            if other
        ]
        best = max(rated, default=(0, 0))
        rivals = sum(score >= best[0] - 2 for score, _ in rated)
        if best[0] < _NEAR or len(words) < 6:
            return None
        return best[1], best[0] if rivals == 1 else min(best[0], _SAME - 1)

    def _remember(self, item: LedgerItem) -> None:
        self.by_unit[_subject(item)].append((item.number, folded(item.problem)))
        if item.case_number:
            self.by_case[folded(item.case_number)] = item.number
        self.imported |= {(source.words, _subject(item)) for source in item.sources if source.words}

    def _item(self, table: Table, number: int, cells: Sequence[str]) -> LedgerItem:
        said, extra = _sorted_cells(table, cells)
        values: dict[str, object] = {name: said[name] for name in _PLAIN if name in said}
        for name, parse in (("due", self._day), ("amount_yuan", self._amount)):
            if name in said:
                header, text = next((c.header, said[name]) for c in table.columns if c.field == name)
                value = parse(text, header)
                values[name] = value
                if value is None:
                    extra[header] = text  # kept as written
                    self.notes.append(f"“{table.sheet}”第{number}行：“{header}”写作“{text}”，读不出，按原文留存")
        source = _source_kind(said.get("source", ""))
        if said.get("source") and (source is None or said["source"] != SOURCES[source]):
            extra["来源"] = said["source"]
        problem = said.get("problem") or _case_words(table.kind, said)
        return msgspec.structs.replace(
            LedgerItem(
                number=0,
                kind=table.kind,
                sources=(self._source(source or self.source, table, number, "；".join(filter(None, cells))),),
                created_on=self.writer.today,
                state_since=self.writer.today,
                own_problem=problem,
                own_measure=said.get("measure"),
                dispute=_dispute(f"{said.get('dispute', '')}{problem}"),
                extra=extra,
            ),
            **values,
        )

    def _source(self, kind: SourceKind, table: Table, number: int, words: str) -> Source:
        return Source(kind=kind, origin=f"{self.origin}“{table.sheet}”第{number}行", day=self.writer.today, words=words)

    def _day(self, text: str, _header: str) -> date | None:
        return parse_day(text)

    def _amount(self, text: str, header: str) -> Decimal | None:
        return parse_amount(text, header)


_PLAIN = ("unit", "owner_unit", "owner", "feedback", "promised", "company", "project", "case_number", "court", "note")


def _sorted_cells(table: Table, cells: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """A row as fields, and what has no field by its header."""
    said: dict[str, str] = {}
    extra: dict[str, str] = {}
    for column in table.columns:
        text = cells[column.place] if column.place < len(cells) else ""
        if not text or column.field == IGNORED:
            continue
        if column.field is None:
            extra[column.header] = text
        else:
            said[column.field] = text
            if column.field == "dispute":
                extra[column.header] = text
    return said, extra


def _subject(item: LedgerItem) -> str:
    """Whom an issue is about: without the same enterprise, or at least the same unit, nothing is the same issue."""
    return folded(item.company or item.unit or item.owner_unit or "")


def _case_words(kind: ItemKind, said: Mapping[str, str]) -> str:
    """A case list has no 存在问题: the case itself is the problem."""
    parties = f"{said.get('company', '')}诉{said.get('unit', '')}" if said.get("company") else said.get("unit", "")
    case = (
        f"（{said['court']} {said['case_number']}）"
        if "court" in said and "case_number" in said
        else said.get("case_number", "")
    )
    ending = {"enforcement": "案件尚未执行完毕", "pending_suit": "案件已受理尚未判决"}.get(kind, "")
    return f"{parties}{case}{ending}"


def _kind(title: str) -> ItemKind:
    plain = folded(title)
    for kind, words in _WORDS_OF_KIND.items():
        if any(word in plain for word in words):
            return kind
    return "dispute"


def _source_kind(text: str) -> SourceKind | None:
    for kind, words in _WORDS_OF_SOURCE.items():
        if any(word in text for word in words):
            return kind
    return "other" if text else None


def _dispute(text: str) -> DisputeKind | None:
    exact = {words: code for code, words in DISPUTES.items()}
    if text in exact:
        return exact[text]
    plain = folded(text)
    return next((code for code, words in _WORDS_OF_DISPUTE.items() if any(word in plain for word in words)), None)


def column_lines(tables: Sequence[Table]) -> Iterator[str]:
    """How the columns were understood, one line a table, for a person to confirm."""
    from contract_audit.ledger.headers import FIELD_WORDS

    for table in tables:
        parts = [
            f"{column.header}→{FIELD_WORDS[column.field]}" if column.field not in (None, IGNORED) else
            f"{column.header}→{'不用' if column.field == IGNORED else '按原列名留存'}"
            for column in table.columns
        ]  # fmt: skip
        yield f"工作表“{table.sheet}”，表头第{table.header_row}行，{len(table.rows)}行：{'，'.join(parts)}"
