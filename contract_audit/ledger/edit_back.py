"""Reading an edited table back: what people changed goes into the ledger, what two changed is shown, nothing is lost.

Each cell is held against two values: the one exported (by the item's version then, from the history) and today's.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from contract_audit.errors import LedgerError
from contract_audit.ledger.queries import history_of, value_at
from contract_audit.ledger.rows import value_text
from contract_audit.ledger.sheet import (
    BY_HEADER,
    CODES,
    COLUMNS,
    NUMBER,
    SHEET_NAME,
    VERSION,
    Column,
    cell_text,
    covered,
)
from contract_audit.ledger.states import Decision, decided
from contract_audit.ledger.tables import clean, parse_day, read_sheets
from contract_audit.ledger.writer import Writer
from contract_audit.model import Struct
from contract_audit.model.ledger import Action, LedgerItem, Source

_EDITED = tuple(column for column in COLUMNS if column.editable)
# These belong to a decision: they count when the state is changed with them.
_DECIDING = ("words", "reason", "approver", "document_number", "expires_on", "referred_to")
_DAYS = ("due", "expires_on")


class Conflict(Struct, frozen=True, kw_only=True):
    """A cell that was changed in the table and, since the export, in the ledger as well: the ledger keeps its own."""

    row: int
    number: int
    column: str
    exported: str
    table: str
    ledger: str


class EditBack(Struct, frozen=True, kw_only=True):
    """What reading back did, by item number; `refused` are sentences with the row."""

    changed: tuple[int, ...]
    created: tuple[int, ...]
    unchanged: int
    conflicts: tuple[Conflict, ...]
    refused: tuple[str, ...]


class _Line(Struct, frozen=True, kw_only=True):
    row: int
    cells: dict[str, str]


class _Reading:
    """One table being read back."""

    def __init__(self, writer: Writer, origin: str, *, prefer_table: bool) -> None:
        self.writer = writer
        self.origin = origin
        self.prefer_table = prefer_table
        self.conflicts: list[Conflict] = []
        self.refused: list[str] = []

    def apply(self, line: _Line) -> int | None:
        """Bring one row into the ledger; the number of the item if it changed."""
        try:
            number, version = _whole(line, NUMBER), _whole(line, VERSION)
            before = self.writer.item(number)
        except LedgerError as error:
            self.refused.append(f"第{line.row}行：{error}")
            return None
        if version > before.version:
            self.refused.append(f"第{line.row}行：表格比台账新（版本{version}，台账{before.version}），是否读错了台账")
            return None
        values, wanted = self._changes(line, before, version)
        after = msgspec.structs.replace(before, **values)
        after, words = self._moved(line, after, wanted)
        if after == before:
            self._note_conflicts(before)
            return None
        action: Action = "move" if after.state != before.state else "edit"
        after = self.writer.change(before, after, action, words or f"读回表格 {self.origin}")
        self._note_conflicts(after)
        return number

    def _note_conflicts(self, item: LedgerItem) -> None:
        """What the table said against the ledger stays readable in the item's history, once."""
        said = [conflict for conflict in self.conflicts if conflict.number == item.number]
        if not said:
            return
        words = f"表格 {self.origin} 与台账冲突，未采用：" + "；".join(
            f"{conflict.column}填为“{conflict.table}”" for conflict in said
        )
        if all(entry.words != words for entry in history_of(self.writer.connection, item.number)):
            self.writer.change(self.writer.item(item.number), item, "note", words)

    def _changes(self, line: _Line, before: LedgerItem, version: int) -> tuple[dict[str, object], dict[str, object]]:
        """New values of plain fields, and of the fields of a decision (the state among them)."""
        exported = self._as_exported(before, version)
        values: dict[str, object] = {}
        wanted: dict[str, object] = {}
        for column in _EDITED:
            if column.header not in line.cells:
                continue  # the column was deleted: nothing was said
            table = line.cells[column.header]
            was, now = cell_text(exported, column), cell_text(before, column)
            if _same(table, was) or _same(table, now):
                continue
            if was != now and not self.prefer_table:
                self._conflict(line, before, column, was, now)
                continue
            try:
                value = _parsed(column, table)
            except LedgerError as error:
                self.refused.append(f"第{line.row}行（第{before.number}项）：{error}")
                continue
            (wanted if column.field == "state" or column.field in _DECIDING else values)[column.field] = value
        return values, wanted

    def _moved(self, line: _Line, after: LedgerItem, wanted: dict[str, object]) -> tuple[LedgerItem, str]:
        state = wanted.pop("state", None)
        if state is None:
            if wanted:
                self.refused.append(
                    f"第{line.row}行（第{after.number}项）：办理说明、理由、文号等随状态变更填写，状态未变，未采用"
                )
            return after, ""
        decision = msgspec.convert({**wanted, "to": state, "who": self.writer.who, "day": self.writer.today}, Decision)
        try:
            return decided(after, decision), decision.words or ""
        except LedgerError as error:
            self.refused.append(f"第{line.row}行：{error}")
            return after, ""

    def _as_exported(self, item: LedgerItem, version: int) -> LedgerItem:
        """The item as it was at `version`, for the fields that a table shows."""
        if version == item.version:
            return item
        entries = history_of(self.writer.connection, item.number)
        texts = {name: value_at(entries, name, version, value_text(getattr(item, name))) for name in _SHOWN_FIELDS}
        kinds = {field.name: field.type for field in msgspec.structs.fields(LedgerItem)}
        values = {name: msgspec.convert(text, kinds[name], strict=False) for name, text in texts.items()}
        return msgspec.structs.replace(item, **values)

    def _conflict(self, line: _Line, item: LedgerItem, column: Column, was: str, now: str) -> None:
        self.conflicts.append(
            Conflict(
                row=line.row,
                number=item.number,
                column=column.header,
                exported=was,
                table=line.cells[column.header],
                ledger=now,
            )
        )

    def create(self, line: _Line) -> int | None:
        """Register a row that people added; the number it got."""
        cells = line.cells
        problem = cells.get("存在问题", "")
        kind = CODES["source_words"].get(cells.get("来源", "") or "自查")
        if not problem or kind is None:
            lack = "“存在问题”为空" if not problem else f"来源“{cells['来源']}”不在自查、投诉、审计、巡查、其他之内"
            self.refused.append(f"第{line.row}行：新增事项的{lack}")
            return None
        source = msgspec.convert(
            {"kind": kind, "origin": f"{self.origin} 第{line.row}行", "day": self.writer.today}, Source
        )
        item = LedgerItem(
            number=0, kind="dispute", sources=(source,), created_on=self.writer.today, state_since=self.writer.today
        )
        values: dict[str, object] = {}
        for column in _EDITED:
            text = cells.get(column.header, "")
            if text and column.field != "state" and column.field not in _DECIDING:
                try:
                    values[column.field] = _parsed(column, text)
                except LedgerError as error:
                    self.refused.append(f"第{line.row}行：{error}，该格未采用")
        return self.writer.create(msgspec.structs.replace(item, **values), f"表格 {self.origin} 新增").number


_SHOWN_FIELDS = (
    *(column.field for column in _EDITED),
    "message",
    "remedy",
)  # the last two show where nobody wrote their own


def edit_back(writer: Writer, path: Path, *, prefer_table: bool = False) -> EditBack:
    """Read an edited export back, in the writer's transaction.

    `prefer_table`: in a conflict the table's value is taken (the ledger's stays in the history).
    Raises LedgerError for a file that is no export.
    """
    reading = _Reading(writer, path.name, prefer_table=prefer_table)
    changed, created, seen = [], [], set[str]()
    unchanged = 0
    for line in _lines(path):
        number = line.cells.get(NUMBER, "")
        if not number:
            new = reading.create(line)
            created += [new] if new is not None else []
        elif number in seen:
            reading.refused.append(f"第{line.row}行：第{number}项在表格中出现多次，只采用第一行")
        else:
            seen.add(number)
            done = reading.apply(line)
            changed += [done] if done is not None else []
            unchanged += done is None
    return EditBack(
        changed=tuple(changed),
        created=tuple(created),
        unchanged=unchanged,
        conflicts=tuple(reading.conflicts),
        refused=tuple(reading.refused),
    )


def _lines(path: Path) -> Iterator[_Line]:
    sheets = read_sheets(path)
    sheet = next((sheet for sheet in sheets if sheet.name == SHEET_NAME), sheets[0])
    place = next((at for at, row in enumerate(sheet.rows) if NUMBER in row and "存在问题" in row), None)
    if place is None:
        raise LedgerError(f"{path}：不是导出的台账，缺少“{NUMBER}”和“存在问题”列")
    headers = sheet.rows[place]
    if VERSION not in headers:
        raise LedgerError(f"{path}：缺少隐藏的“{VERSION}”列，无法判断导出后台账有无变化；请重新导出再填")
    for number, row in enumerate(sheet.rows[place + 1 :], start=place + 2):
        cells = {header: cell for header, cell in zip(headers, row, strict=False) if header in BY_HEADER}
        if any(cells.values()):
            yield _Line(row=number, cells=cells)


def _whole(line: _Line, header: str) -> int:
    text = line.cells.get(header, "")
    if not text.isdecimal():
        raise LedgerError(f"“{header}”写作“{text}”，不是编号" if text else f"“{header}”为空")
    return int(text)


def _same(table: str, value: str) -> bool:
    """Equal but for what a spreadsheet program or the covering of personal numbers does to text."""
    return _plain(table) in (_plain(value), _plain(covered(value)))


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in clean(text).strip().split("\n"))


def _parsed(column: Column, text: str) -> object:
    """A cell as the field's value; raises LedgerError with what may be written."""
    if not text:
        if column.field == "state":
            raise LedgerError("“状态”不能为空")
        return None
    if column.field in _DAYS:
        return _day(column, text)
    if column.choices:
        code = CODES[column.field].get(text)
        if code is None:
            raise LedgerError(f"“{column.header}”写作“{text}”，应为：{'、'.join(column.choices)}")
        return code
    return text


def _day(column: Column, text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise LedgerError(f"“{column.header}”写作“{text}”，不是日期（如 2026-06-30）")
    return day
