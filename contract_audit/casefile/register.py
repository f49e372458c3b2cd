"""The project register (项目台账) as rows: what is known of each project, however many columns the office keeps."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from contract_audit.casefile.tables import Row, read_rows
from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.text import fold_text
from contract_audit.model import Struct

_LIST = re.compile(r"[；;、，,\n/]")
_FILES = re.compile(r"[；;、\n]")  # a comma may be part of a file's name
# Headings that offices use for the columns named first.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "company": ("企业名称", "投资方", "投资主体", "乙方", "项目单位", "投资企业", "客商名称", "签约企业"),
    "uscc": ("统一社会信用代码", "信用代码", "社会信用代码"),
    "representative": ("法定代表人", "法人代表", "法人", "负责人"),
    "holders": ("股东", "股东情况", "股东名称", "控股股东", "实际控制人"),
    "signed_on": ("签约日期", "签约时间", "签订日期", "签订时间", "签约年月", "合同签订时间"),
    "site": ("建设地点", "项目选址", "选址", "落户地点", "地块", "宗地编号", "用地位置", "项目地址"),
    "content": ("建设内容", "建设规模及内容", "建设内容及规模", "项目内容", "项目简介", "主要建设内容", "建设规模"),
    "product": ("产品", "主要产品", "产品方案", "产品及产能"),
    "capacity": ("产能", "设计产能", "年产能", "生产规模"),
    "equipment": ("设备", "主要设备", "主要设备清单"),
    "investment": ("总投资", "总投资额", "投资总额", "投资额", "计划总投资", "合同投资额"),
    "land": ("用地", "用地面积", "占地面积", "占地", "用地规模", "供地面积"),
    "state": ("状态", "项目状态", "进展", "项目进展", "进展情况", "建设状态"),
    "files": ("文件", "合同文件", "协议文件", "文件名"),
}


class RegisterRow(Struct, frozen=True, kw_only=True):
    """One project of the register. `files` are names or stems of its papers; `row` is 1-based, header included.

    Sums and areas keep their words (3.2亿元, 86亩); what the register has no column for is empty.
    """

    project: str
    company: str
    uscc: str
    files: tuple[str, ...]
    row: int
    representative: str = ""
    holders: tuple[str, ...] = ()
    signed_on: date | None = None
    site: str = ""
    content: str = ""
    product: str = ""
    capacity: str = ""
    equipment: str = ""
    investment: str = ""
    land: str = ""
    state: str = ""


def load_register(path: Path, notes: list[str]) -> Iterator[RegisterRow]:
    """The rows of a csv or xlsx register; a doubtful row is a note (Chinese, with its number) and the rest is used.

    Raises UsageError where the file is no table with a column 项目名称.
    """
    for row in read_rows(path, ("项目名称",), "项目台账"):
        if not row.cells["项目名称"]:
            notes.append(f"{path.name} 第{row.number}行：“项目名称”为空，未采用")
            continue
        yield register_row(row)


def register_row(row: Row) -> RegisterRow:
    """The project that a row tells of."""
    return RegisterRow(
        project=row.cells["项目名称"],
        company=_cell(row, "company"),
        uscc=_cell(row, "uscc").upper(),
        files=_listed(_FILES, _cell(row, "files")),
        row=row.number,
        representative=_cell(row, "representative"),
        holders=_listed(_LIST, _cell(row, "holders")),
        signed_on=_day(_cell(row, "signed_on")),
        site=_cell(row, "site"),
        content=_cell(row, "content"),
        product=_cell(row, "product"),
        capacity=_cell(row, "capacity"),
        equipment=_cell(row, "equipment"),
        investment=_cell(row, "investment"),
        land=_land(row),
        state=_cell(row, "state"),
    )


def _cell(row: Row, name: str) -> str:
    return next((row.cells[column] for column in _COLUMNS[name] if row.cells.get(column)), "")


def _listed(borders: re.Pattern[str], cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in borders.split(cell) if part.strip())


def _land(row: Row) -> str:
    """The area with its unit: a bare number in a register is in 亩."""
    words = _cell(row, "land")
    return f"{words}亩" if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", words) else words


def _day(words: str) -> date | None:
    """The day, the first of the month where only a month is given; None where it is no date."""
    found, _frame = dates(fold_text(words.replace("/", "-").replace(".", "-")), Frame())
    return found[0].since if len(found) == 1 and found[0].sure else None
