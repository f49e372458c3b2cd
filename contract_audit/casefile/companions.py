"""Companion files a user keeps beside the agreements: 履约情况, 机构沿革, 项目台账, 地方参数.

A file that is no such table is an error of use; a wrong row is a note that names file and row, and the rest is used.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from contract_audit.casefile.local import load_local
from contract_audit.casefile.register import RegisterRow, load_register
from contract_audit.casefile.tables import Row, read_rows
from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.text import fold_text
from contract_audit.errors import UsageError
from contract_audit.model import Evidence, Struct

_NUMERAL = re.compile(RUN)

Institution = tuple[str, str, date | None, str]  # 原名称, 现名称, 变更日期, 承接单位


class Companions(Struct, frozen=True, kw_only=True):
    """All companion files of one scan; `notes` are doubtful rows, in Chinese, with file and row.

    Local parameters are numbers, numbers by their first day of force, or words (园区主导产业).
    """

    evidence: tuple[Evidence, ...] = ()
    institutions: tuple[Institution, ...] = ()
    register: tuple[RegisterRow, ...] = ()
    local: dict[str, Decimal] = msgspec.field(default_factory=dict)
    local_dated: dict[str, tuple[tuple[date, Decimal], ...]] = msgspec.field(default_factory=dict)
    local_words: dict[str, str] = msgspec.field(default_factory=dict)
    notes: tuple[str, ...] = ()


def load_companions(
    performance: tuple[Path, ...] = (),
    institutions: Path | None = None,
    register: Path | None = None,
    local: Path | None = None,
) -> Companions:
    """Read the files that are given; a folder given for performance stands for the performance tables below it.

    Raises UsageError for a file that is not what it should be.
    """
    notes: list[str] = []
    numbers, dated, words = load_local(local) if local else ({}, {}, {})
    return Companions(
        evidence=tuple(
            row for given in performance for path in _performance_files(given) for row in _evidence(path, notes)
        ),
        institutions=tuple(_institutions(institutions, notes)) if institutions else (),
        register=tuple(load_register(register, notes)) if register else (),
        local=numbers,
        local_dated=dated,
        local_words=words,
        notes=tuple(notes),
    )


def _performance_files(path: Path) -> tuple[Path, ...]:
    """The file itself, or the tables below a folder whose names say what they are (履约…, ….performance.csv)."""
    if not path.is_dir():
        return (path,)
    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in (".csv", ".xlsx"))
    tables = tuple(file for file in files if "履约" in file.name or "performance" in file.name.lower())
    if not tables:
        raise UsageError(f"{path}：文件夹中没有履约情况表（名称含“履约”或 performance 的 csv、xlsx）")
    return tables


def _evidence(path: Path, notes: list[str]) -> Iterator[Evidence]:
    for row in read_rows(path, ("合同", "事项", "完成日期"), "履约情况文件"):
        contract, matter = row.cells["合同"], row.cells.get("事项", "")
        if not contract or not matter:
            notes.append(_row_note(path, row, "“合同”或“事项”为空，未采用"))
            continue
        done = _day(row, "完成日期", path, notes)
        if row.cells.get("完成日期") and done is None:
            continue
        yield Evidence(
            contract=contract,
            matter=matter,
            done_on=done,
            proof=row.cells.get("凭证", ""),
            amount=_amount(row, path, notes),
            row=row.number,
            file=path.name,
        )


def _institutions(path: Path, notes: list[str]) -> Iterator[Institution]:
    for row in read_rows(path, ("原名称",), "机构沿革文件"):
        if not row.cells["原名称"]:
            notes.append(_row_note(path, row, "“原名称”为空，未采用"))
            continue
        changed = _day(row, "变更日期", path, notes)
        yield row.cells["原名称"], row.cells.get("现名称", ""), changed, row.cells.get("承接单位", "")


def _day(row: Row, column: str, path: Path, notes: list[str]) -> date | None:
    text = row.cells.get(column, "")
    if not text:
        return None
    found, _frame = dates(fold_text(text), Frame())
    if len(found) == 1 and found[0].full and found[0].sure and found[0].since == found[0].until:
        return found[0].since
    notes.append(_row_note(path, row, f"“{column}”写作“{text}”，不是完整日期（如 2023-04-01），未采用"))
    return None


def _amount(row: Row, path: Path, notes: list[str]) -> Decimal | None:
    text = row.cells.get("金额", "")
    if not text:
        return None
    folded = fold_text(text).removesuffix("整").removesuffix("元").removeprefix("人民币").lstrip("¥￥")
    amount = number(folded) if _NUMERAL.fullmatch(folded) else None
    if amount is None:
        notes.append(_row_note(path, row, f"“金额”写作“{text}”，读不出数额，按未填处理"))
    return amount


def _row_note(path: Path, row: Row, message: str) -> str:
    return f"{path.name} 第{row.number}行：{message}"
