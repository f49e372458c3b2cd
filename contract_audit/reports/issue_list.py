"""问题清单.xlsx: the list in the form of the notices' annex, every finding's detail, and what was not read or decided.

The first sheet has exactly the seven columns of the form; to their right stand hidden columns with id and fingerprint,
so that an edited sheet can be read back. Every cell is written as text or number: contract text never becomes a formula.
"""

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial
from io import BytesIO
from typing import Any

import xlsxwriter

from contract_audit.model import Audit, Finding, Scan
from contract_audit.reports import wording
from contract_audit.reports.identity import GENERATOR, finding_id
from contract_audit.reports.summary import Unfinished, failing, summarise, unfinished
from contract_audit.rulespec import Pack

TITLE = "招商引资协议问题清单"
SOURCES = ("自查", "投诉", "审计", "巡查")
# The form's columns, in its order, with widths in characters that fill an A4 landscape page.
ISSUE_COLUMNS = (
    ("序号", 5),
    ("地区(单位)", 16),
    ("来源", 7),
    ("存在问题", 54),
    ("整改责任地区(单位)", 18),
    ("整改时限", 10),
    ("整改措施", 46),
)
KEY_COLUMNS = ("编号", "指纹")
DETAIL_COLUMNS = (
    ("序号", 6),
    ("文件", 24),
    ("合同名称", 24),
    ("签订日期", 11),
    ("问题类别", 16),
    ("规则", 9),
    ("问题", 20),
    ("等级", 6),
    ("结论", 6),
    ("条款", 12),
    ("页", 5),
    ("原文", 36),
    ("说明", 44),
    ("依据", 40),
    ("修改建议", 40),
    ("有关部门", 16),
    ("判定条件", 30),
    ("采用的事实", 24),
    ("关联条文", 30),
    ("把握", 14),
    ("编号", 14),
    ("指纹", 18),
)
UNFINISHED_COLUMNS = (("序号", 6), ("文件", 40), ("情形", 12), ("位置", 10), ("说明及处理办法", 90))
_FONT = "仿宋_GB2312"
_CELL_LIMIT = 32_767  # characters in one cell; beyond it XlsxWriter drops the text and only returns a code
_CUT_MARK = "……（超出单元格上限，全文见 findings.jsonl）"

_LINE_HEIGHT = 15.5  # points, at 11 pt
_MAX_HEIGHT = 409  # the most that a row may have

Columns = tuple[tuple[str, int], ...]
Sheet = Any  # xlsxwriter has no type information
Formats = dict[str, Any]


def render(scan: Scan, pack: Pack) -> bytes:
    """The workbook as bytes; dates inside the file are the scan's day, so that equal input gives equal bytes."""
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties(
            {"title": TITLE, "keywords": GENERATOR, "created": datetime.combine(scan.as_of, time())}
        )
        formats = _formats(workbook)
        _issue_sheet(workbook.add_worksheet("问题清单"), formats, scan)
        _detail_sheet(workbook.add_worksheet("问题明细"), formats, scan, pack)
        _unfinished_sheet(workbook.add_worksheet("未读取与未判定"), formats, unfinished(scan))
    return buffer.getvalue()


def _formats(workbook: Any) -> Formats:
    make = partial(workbook.add_format)
    body = {"font_name": _FONT, "font_size": 11, "border": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "title": make(
            {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter", "text_wrap": True}
        ),
        "large": make({"font_name": "黑体", "font_size": 18}),
        "small": make({"font_name": _FONT, "font_size": 11}),
        "header": make({**body, "font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"}),
        "text": make({**body, "align": "left"}),
        "centre": make({**body, "align": "center"}),
        "key": make({"font_name": "Consolas", "font_size": 9}),
    }


def _issue_sheet(sheet: Sheet, formats: Formats, scan: Scan) -> None:
    last = len(ISSUE_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, "", formats["title"])
    sheet.write_rich_string(0, 0, formats["large"], TITLE + "\n", formats["small"], _coverage(scan), formats["title"])
    sheet.set_row(0, 52)
    _header(sheet, formats, 1, ISSUE_COLUMNS)
    for offset, name in enumerate(KEY_COLUMNS):
        sheet.write_string(1, last + 1 + offset, name, formats["key"])
    row = 1
    for row, (audit, finding) in enumerate(_issues(scan), start=2):
        _issue_row(sheet, formats, row, audit, finding)
    _issue_page(sheet, row)


def _issue_row(sheet: Sheet, formats: Formats, row: int, audit: Audit, finding: Finding) -> None:
    party = wording.government_party(audit.understanding)
    unit = party.name if party else "（未识别到政府方，请填写）"
    departments = f"\n（会同：{'、'.join(finding.departments)}）" if finding.departments else ""
    cells = (
        (unit, "centre"),
        (SOURCES[0], "centre"),
        (wording.issue_sentence(finding, audit.understanding), "text"),
        (unit + departments, "centre"),
        ("", "centre"),  # 整改时限 is for a person to set
        (finding.remedy, "text"),
    )
    _row(sheet, formats, row, row - 1, ISSUE_COLUMNS, cells)
    for column, key in enumerate((finding_id(finding), finding.fingerprint), start=len(ISSUE_COLUMNS)):
        sheet.write_string(row, column, key, formats["key"])


def _issue_page(sheet: Sheet, last_row: int) -> None:
    last = len(ISSUE_COLUMNS) - 1
    _page(sheet, 2)
    sheet.print_area(0, 0, max(last_row, 2), last)
    for offset in range(len(KEY_COLUMNS)):
        sheet.set_column(last + 1 + offset, last + 1 + offset, None, None, {"hidden": True})
    sheet.data_validation(
        2,
        2,
        max(last_row, 2) + 200,  # rows that people add below get the choice as well
        2,
        {
            "validate": "list",
            "source": list(SOURCES),
            "error_type": "warning",
            "error_title": "来源",
            "error_message": f"通常填写{'、'.join(SOURCES)}之一，确需另填请选“是”。",
        },
    )


def _detail_sheet(sheet: Sheet, formats: Formats, scan: Scan, pack: Pack) -> None:
    _header(sheet, formats, 0, DETAIL_COLUMNS)
    row = 0
    for row, (audit, finding) in enumerate(_findings(scan), start=1):
        cells = tuple((text, "text") for text in _detail_cells(audit, finding, pack))
        _row(sheet, formats, row, row, DETAIL_COLUMNS, cells)
    sheet.autofilter(0, 0, max(row, 1), len(DETAIL_COLUMNS) - 1)
    _page(sheet, 1, wide=3)
    sheet.repeat_columns(0, 1)


def _detail_cells(audit: Audit, finding: Finding, pack: Pack) -> tuple[str, ...]:
    signed = wording.signing_date(audit.understanding)
    category = pack.taxonomy.categories.get(finding.category)
    verdict = wording.VERDICTS[finding.verdict]
    return (
        finding.document,
        wording.contract_title(audit.understanding),
        signed.isoformat() if signed else "",
        category.name if category else finding.category,
        finding.rule,
        finding.title,
        wording.SEVERITIES[finding.severity],
        verdict if finding.in_force else f"{verdict}（签订后新规）",
        (finding.clause or "") + ("" if finding.stream == "accepted" else wording.STREAMS[finding.stream]),
        "" if finding.page is None else str(finding.page),
        finding.quote,
        finding.message,
        "\n".join(wording.basis_line(basis) for basis in finding.basis),
        finding.remedy,
        "、".join(finding.departments),
        "\n".join(finding.conditions),
        "\n".join(wording.fact_words(finding.facts)),
        "\n".join(f"{related.role}：{related.quote}" for related in finding.related),
        f"{wording.CONFIDENCES[finding.confidence]}。{finding.confidence_reason}",
        finding_id(finding),
        finding.fingerprint,
    )


def _unfinished_sheet(sheet: Sheet, formats: Formats, rows: tuple[Unfinished, ...]) -> None:
    _header(sheet, formats, 0, UNFINISHED_COLUMNS)
    for row, item in enumerate(rows, start=1):
        cells = tuple((text, "text") for text in (item.document, item.kind, item.place, item.message))
        _row(sheet, formats, row, row, UNFINISHED_COLUMNS, cells)
    if not rows:
        _text(sheet, 1, 4, "所有文件均完整读取，所有适用规则均已判定。", formats["text"])
    _page(sheet, 1)


def _coverage(scan: Scan) -> str:
    """The line under the title: a list that hides what was not read would pass for clean."""
    summary = summarise(scan)
    return (
        f"基准日：{wording.chinese_date(scan.as_of)}　共{summary.documents}份文件，"
        f"未完整读取{summary.partly + summary.unread}份，未判定{summary.undecided}项，待核{summary.reviews}项"
        "（见“未读取与未判定”“问题明细”）"
    )


def _issues(scan: Scan) -> Iterator[tuple[Audit, Finding]]:
    return ((audit, finding) for audit in scan.audits for finding in failing(audit))


def _findings(scan: Scan) -> Iterator[tuple[Audit, Finding]]:
    return ((audit, finding) for audit in scan.audits for finding in audit.findings)


def _header(sheet: Sheet, formats: Formats, row: int, columns: Columns) -> None:
    for column, (name, width) in enumerate(columns):
        sheet.write_string(row, column, name, formats["header"])
        sheet.set_column(column, column, width)
    sheet.set_row(row, 30)


def _row(
    sheet: Sheet, formats: Formats, row: int, number: int, columns: Columns, cells: tuple[tuple[str, str], ...]
) -> None:
    """A numbered row, as high as its longest cell needs: not every office program fits rows when it opens a file."""
    sheet.write_number(row, 0, number, formats["centre"])
    lines = 1
    for column, (text, style) in enumerate(cells, start=1):
        _text(sheet, row, column, text, formats[style])
        lines = max(lines, _lines(text, columns[column][1]))
    sheet.set_row(row, min(_MAX_HEIGHT, lines * _LINE_HEIGHT + 6))


def _lines(text: str, width: int) -> int:
    """Lines that `text` takes in a column of `width` half-width characters; Chinese characters take two."""
    room = max(2, width - 1)
    return sum(max(1, -(-_half_widths(part) // room)) for part in text.split("\n"))


def _half_widths(text: str) -> int:
    """In GBK a Chinese character takes two bytes and a Latin one takes one: the widths in which they are printed."""
    return len(text.encode("gbk", "replace"))


def _page(sheet: Sheet, header_rows: int, wide: int = 1) -> None:
    sheet.set_landscape()
    sheet.center_horizontally()
    sheet.set_paper(9)
    sheet.fit_to_pages(wide, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.repeat_rows(0, header_rows - 1)
    sheet.freeze_panes(header_rows, 0)
    sheet.set_footer(f'&C&"{_FONT}"&10第 &P 页，共 &N 页')


def _text(sheet: Sheet, row: int, column: int, text: str, style: Any) -> None:
    if not text:
        sheet.write_blank(row, column, None, style)
        return
    if len(text) > _CELL_LIMIT:
        text = text[: _CELL_LIMIT - len(_CUT_MARK)] + _CUT_MARK
    sheet.write_string(row, column, text, style)
