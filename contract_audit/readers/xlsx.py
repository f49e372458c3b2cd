"""Workbooks as annexes: every sheet is a table, its rows are blocks."""

import datetime
import hashlib
import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from contract_audit.errors import DocumentError
from contract_audit.model import Document, Problem
from contract_audit.readers.assemble import Aside, Assembler, shown
from contract_audit.readers.clean import cleaned
from contract_audit.readers.zips import open_zip, read_entry
from contract_audit.settings import Settings

_MAX_ROWS = 20_000  # of all sheets together, empty ones not counted: an annex, not a data base
_MAX_COLUMNS = 200
_MAX_SCANNED = 100_000  # rows, empty ones counted
_DAMAGED = "表格文件已损坏，无法读取；请用 Excel/WPS 打开并另存后再检查"


def read(data: bytes, name: str, settings: Settings) -> Document:
    """The document in a workbook: per visible sheet its name as a heading and its used cells as one table.

    Cells are the values last calculated, written as a reader sees them; hidden sheets come as hidden passages. Empty
    rows are left out; what lies beyond 20,000 rows is not read, and a problem says so. Raises DocumentError: damaged, too_large.
    """
    _refuse_doctypes(data, settings)
    assembler = Assembler()
    complete = True
    for title, visible, grid, whole in _sheets(data):
        complete = complete and whole
        if not visible:
            for row in grid:
                assembler.aside(Aside("hidden", "\t".join(row), None))
        elif grid:
            assembler.paragraph([shown(title)], kind="heading")
            assembler.table([[[shown(cell)] for cell in row] for row in grid], [None] * len(grid))
    problems = () if complete else (_TOO_MANY_ROWS,)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="xlsx",
        status="partly_read" if problems else "read",
        problems=problems,
        text=assembler.text,
        blocks=tuple(assembler.blocks),
        tables=tuple(assembler.grids),
        hidden=assembler.passages("hidden"),
    )


_TOO_MANY_ROWS = Problem(
    code="page_limit", message=f"工作簿超过 {_MAX_ROWS} 行，其后的内容未读取；请只保留与协议有关的附表后再检查"
)


def _refuse_doctypes(data: bytes, settings: Settings) -> None:
    """Refuse a workbook whose parts declare entities: openpyxl would expand them."""
    archive = open_zip(data, settings)
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in read_entry(
            archive, entry, settings.max_zip_bytes
        ):
            raise DocumentError("damaged", "文件内部含 DOCTYPE 声明（可能是攻击文件），未读取；请核实文件来源")


def _sheets(data: bytes) -> Iterator[tuple[str, bool, list[list[str]], bool]]:
    """Name, visibility and used cells of every sheet, and whether these are all within the limits of the workbook."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    rows, scanned = _MAX_ROWS, _MAX_SCANNED
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of features it drops; none of them is text
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            grid: list[list[str]] = []
            whole = True
            for row in sheet.iter_rows(max_col=_MAX_COLUMNS):
                texts = [_shown(cell) if cell.value is not None else "" for cell in row]
                scanned -= 1
                whole = scanned >= 0 and (len(grid) < rows or not any(texts))
                if not whole:
                    break
                if any(texts):
                    grid.append(texts)
            rows -= len(grid)
            yield sheet.title, sheet.sheet_state == "visible", _trimmed(grid), whole
        book.close()
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        raise DocumentError("damaged", _DAMAGED) from error


def _trimmed(grid: list[list[str]]) -> list[list[str]]:
    """The rows without the empty columns at both sides."""
    filled = [index for row in grid for index, text in enumerate(row) if text]
    left, right = min(filled, default=0), max(filled, default=-1) + 1
    return [row[left:right] for row in grid]


def _shown(cell: Any) -> str:
    """The value of a cell as a reader sees it: percentages as such, dates without midnight, whole numbers as such."""
    value = cell.value
    if isinstance(value, datetime.datetime) and value.time() != datetime.time.min:
        return value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value * 100:.10g}%" if "%" in (cell.number_format or "") else f"{value:.12g}"
    return cleaned(str(value)).strip()
