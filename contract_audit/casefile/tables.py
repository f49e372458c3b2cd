"""Small tables that people keep (csv or xlsx with a Chinese header row) as rows of text with their line numbers."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.errors import UsageError

MAX_BYTES = 20 * 1024 * 1024
_HEADER_DEPTH = 20  # rows searched for the header: forms often carry a title and a note above it


class Row(msgspec.Struct, frozen=True):
    """One row: its 1-based number in the file, and its cells by column name (folded, without notes in brackets)."""

    number: int
    cells: dict[str, str]


def read_rows(path: Path, required: tuple[str, ...], title: str) -> tuple[Row, ...]:
    """The rows under the header of a csv (UTF-8 or GBK) or xlsx file; empty rows are left out.

    `required` are columns that must be there; `title` is what the user calls the file, for messages.
    Raises UsageError where the file cannot be read as such a table.
    """
    lines = list(_lines(path, title))
    for place, line in enumerate(lines[:_HEADER_DEPTH]):
        names = [column_name(cell) for cell in line]
        if all(name in names for name in required):
            return tuple(_rows(lines, place, names, [_unit(cell) for cell in line]))
    raise UsageError(f"{path}：{title}缺少表头，应有这些列：{'、'.join(required)}")


def column_name(cell: str) -> str:
    """A header cell as a name: 「 金额（万元） 」 → 金额."""
    return fold_text(cell).partition("（")[0]


def _unit(cell: str) -> str:
    """The unit that a header gives for its column: 金额（万元） → 万元, 用地（亩） → 亩."""
    inside = fold_text(cell).partition("（")[2].partition("）")[0]
    return inside if inside in ("元", "万元", "亿元", "亩", "平方米") else ""


def _rows(lines: list[list[str]], place: int, names: list[str], units: list[str]) -> Iterator[Row]:
    for number, line in enumerate(lines[place + 1 :], start=place + 2):
        cells = {
            name: text if not text or not unit or unit[-1] in text else text + unit
            for name, unit, text in zip(names, units, (cell.strip() for cell in line), strict=False)
            if name
        }
        if any(cells.values()):
            yield Row(number, cells)


def _lines(path: Path, title: str) -> Iterator[list[str]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path}：{title}超过 {MAX_BYTES // 1024 // 1024} MB，请拆分后再用")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}：{title}无法读取（{error.strerror}），请检查路径和权限") from error
    if data.startswith(b"PK"):
        return _xlsx_lines(data, path, title)
    return _csv_lines(data, path, title)


def _csv_lines(data: bytes, path: Path, title: str) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield from csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in text.partition("\n")[0] else ",")
        return
    raise UsageError(f"{path}：{title}不是 UTF-8 或 GBK 编码的文本，请另存为 CSV 或 xlsx")


def _xlsx_lines(data: bytes, path: Path, title: str) -> Iterator[list[str]]:
    import zipfile

    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UsageError(f"{path}：{title}已损坏或不是 xlsx 表格，请重新另存") from error
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield [_cell_text(value) for value in row]


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
