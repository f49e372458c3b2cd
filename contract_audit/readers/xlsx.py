"""Workbooks as annexes: every sheet is a table, its rows are blocks."""

import datetime
import hashlib
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from contract_audit.errors import DocumentError
from contract_audit.model import Document, Problem
from contract_audit.readers.assemble import Aside, Assembler, shown
from contract_audit.readers.clean import cleaned
from contract_audit.readers.zips import open_zip, read_entry
from contract_audit.settings import Settings

_MAX_ROWS = 20_000  # of all sheets together: an annex, not a data base
_MAX_COLUMNS = 200
_DAMAGED = "表格文件已损坏，无法读取；请用 Excel/WPS 打开并另存后再检查"


def read(data: bytes, name: str, settings: Settings) -> Document:
    """The document in a workbook: per visible sheet its name as a heading and its used cells as one table.

    Cells are the values last calculated, written as a reader sees them; hidden sheets come as hidden passages. Rows
    beyond 20,000 are not read, and a problem says so. Raises DocumentError: damaged, too_large.
    """
    _refuse_doctypes(data, settings)
    assembler = Assembler()
    rows = 0
    for title, visible, grid in _sheets(data):
        within = grid[: _MAX_ROWS - rows]
        rows += len(grid)
        if not visible:
            for row in within:
                assembler.aside(Aside("hidden", "\t".join(row), None))
        elif within:
            assembler.paragraph([shown(title)], kind="heading")
            assembler.table([[[shown(cell)] for cell in row] for row in within], [None] * len(within))
    problems = () if rows <= _MAX_ROWS else (_TOO_MANY_ROWS,)
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


def _sheets(data: bytes) -> Iterator[tuple[str, bool, list[list[str]]]]:
    """Name, visibility and used cells of every sheet, as long as the rows of all together are within the limit."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    left = _MAX_ROWS + 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of features it drops; none of them is text
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            grid = _used(sheet.iter_rows(max_col=_MAX_COLUMNS), left)
            left -= len(grid)
            yield sheet.title, sheet.sheet_state == "visible", grid
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


def _used(rows: Iterable[tuple[Any, ...]], limit: int) -> list[list[str]]:
    """At most `limit` rows of texts, without the empty rows and columns at the edges."""
    grid: list[list[str]] = []
    for row in rows:
        if len(grid) >= limit:
            break
        texts = [_shown(cell.value, cell.number_format or "") for cell in row]
        if grid or any(texts):
            grid.append(texts)
    while grid and not any(grid[-1]):
        grid.pop()
    filled = [index for row in grid for index, text in enumerate(row) if text]
    return [row[min(filled) : max(filled) + 1] for row in grid] if filled else []


def _shown(value: object, number_format: str) -> str:
    """A cell value as a reader sees it: percentages as such, dates without midnight, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() != datetime.time.min:
        return value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value * 100:.10g}%" if "%" in number_format else f"{value:.12g}"
    return cleaned(str(value)).strip()
