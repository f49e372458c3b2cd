"""Tables that people filled: sheets of an xlsx as rows of text, and days, amounts as people write them."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.text import fold_text
from contract_audit.errors import LedgerError

_MAX_BYTES = 50 * 1024 * 1024
_MAX_COLUMNS = 200
_UNITS = {"亿元": 100_000_000, "万元": 10_000, "元": 1}
_AMOUNT = re.compile(r"(?:人民币|[¥￥])?(-?[0-9][0-9,]*(?:[.][0-9]+)?)(亿元|万元|元|亿|万)?(?:整)?")
# What cannot stand in a database or a workbook; it comes from pasted text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Sheet(msgspec.Struct, frozen=True):
    """One sheet: its name and its rows of cell texts; row numbers count from 1."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """All sheets of an xlsx file. Cells merged downwards say the same in each row. Raises LedgerError."""
    import openpyxl

    try:
        if path.stat().st_size > _MAX_BYTES:
            raise LedgerError(f"{path}：表格超过 {_MAX_BYTES // 1024 // 1024} MB，请拆分后再用")
        data = path.read_bytes()
    except OSError as error:
        raise LedgerError(f"{path}：表格无法读取（{error.strerror}），请检查路径和权限") from error
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise LedgerError(f"{path}：不是 xlsx 表格或已损坏；.xls、.et 请先另存为 xlsx") from error
    return tuple(Sheet(sheet.title, tuple(_rows(sheet))) for sheet in book.worksheets)


def _rows(sheet: Any) -> Iterator[tuple[str, ...]]:
    spread: dict[tuple[int, int], object] = {}
    for merged in sheet.merged_cells.ranges:
        if merged.min_col == merged.max_col:  # merged across columns is a title
            value = sheet.cell(merged.min_row, merged.min_col).value
            spread |= {(row, merged.min_col): value for row in range(merged.min_row + 1, merged.max_row + 1)}
    for number, line in enumerate(sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS), start=1):
        cells = [spread.get((number, place), value) for place, value in enumerate(line, start=1)]
        yield tuple(map(_text, cells))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return clean(str(value)).strip()


def clean(text: str) -> str:
    """Text without characters that no database or workbook takes."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("_x000D_", ""))


def parse_day(text: str) -> date | None:
    """A day as people write it: 2024-7-5, 2024.7.5, 2024年7月5日, 20240705; None where it is no single day.

    >>> parse_day("2024.7.5"), parse_day("2024年7月5日前"), parse_day("年底")
    (datetime.date(2024, 7, 5), datetime.date(2024, 7, 5), None)
    """
    found = re.fullmatch(
        r"\s*([0-9]{4})[-./年]?([0-9]{1,2})[-./月]?([0-9]{1,2})日?(?:之?以?前)?(?:\s+00:00:00)?\s*", text
    )
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    moments, _frame = dates(fold_text(text), Frame())
    if len(moments) == 1 and moments[0].full and moments[0].sure and moments[0].since == moments[0].until:
        return moments[0].since
    return None


def parse_amount(text: str, header: str = "") -> Decimal | None:
    """An amount in yuan; the unit stands in the cell or in the header: 金额（万元）.

    >>> parse_amount("1,200.5", "涉及金额（万元）"), parse_amount("3亿元"), parse_amount("若干")
    (Decimal('12005000.0'), Decimal('300000000'), None)
    """
    found = _AMOUNT.fullmatch(fold_text(text))
    if found is None:
        return None
    unit = found[2] or next((unit for unit in _UNITS if unit in fold_text(header)), "元")
    try:
        return Decimal(found[1].replace(",", "")) * _UNITS[unit if unit.endswith("元") else f"{unit}元"]
    except InvalidOperation:
        return None
