"""问题清单.xlsx: the list in the form of the notices' annex, every finding's detail, and what was not read or decided.

The first sheet has exactly the seven columns of the form; to their right stand hidden columns with id and fingerprint,
so that an edited sheet can be read back.
"""

from collections.abc import Iterator

from contract_audit.model import Audit, Finding, Scan
from contract_audit.reports import sheets, wording
from contract_audit.reports.identity import finding_id
from contract_audit.reports.sheets import Column, Sheet
from contract_audit.reports.summary import Unfinished, failing, summarise, unfinished
from contract_audit.rulespec import Pack

TITLE = "招商引资协议问题清单"
SOURCES = ("自查", "投诉", "审计", "巡查")
# The form's columns, in its order, with widths in characters that fill an A4 landscape page.
ISSUE_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("地区(单位)", 16, "centre"),
    Column("来源", 7, "centre", SOURCES),
    Column("存在问题", 54),
    Column("整改责任地区(单位)", 18, "centre"),
    Column("整改时限", 10, "centre"),
    Column("整改措施", 46),
)
KEY_COLUMNS = (Column("编号", 14, hidden=True), Column("指纹", 18, hidden=True))
DETAIL_COLUMNS = (
    Column("序号", 6, "centre"),
    Column("文件", 24),
    Column("合同名称", 24),
    Column("签订日期", 11),
    Column("问题类别", 16),
    Column("规则", 9),
    Column("问题", 20),
    Column("等级", 6),
    Column("结论", 6),
    Column("条款", 12),
    Column("页", 5),
    Column("原文", 36),
    Column("说明", 44),
    Column("依据", 40),
    Column("修改建议", 40),
    Column("有关部门", 16),
    Column("判定条件", 30),
    Column("采用的事实", 24),
    Column("关联条文", 30),
    Column("把握", 14),
    Column("编号", 14),
    Column("指纹", 18),
)
UNFINISHED_COLUMNS = (
    Column("序号", 6, "centre"),
    Column("文件", 40),
    Column("情形", 12),
    Column("位置", 10),
    Column("说明及处理办法", 90),
)
NO_UNIT = "（未识别到政府方，请填写）"
_ALL_READ = "所有文件均完整读取，所有适用规则均已判定。"


def render(scan: Scan, pack: Pack) -> bytes:
    """The workbook as bytes; dates inside the file are the scan's day, so that equal input gives equal bytes."""
    return sheets.render(issue_sheets(scan, pack), title=TITLE, day=scan.as_of)


def issue_sheets(scan: Scan, pack: Pack) -> tuple[Sheet, ...]:
    """The form, the details and the list of what was not read or decided."""
    return (
        Sheet(
            name="问题清单",
            title=TITLE,
            subtitle=_coverage(scan),
            columns=ISSUE_COLUMNS + KEY_COLUMNS,
            rows=tuple(_issue_row(number, *found) for number, found in enumerate(_issues(scan), start=1)),
        ),
        Sheet(
            name="问题明细",
            columns=DETAIL_COLUMNS,
            rows=tuple((number, *_detail(*found, pack)) for number, found in enumerate(_findings(scan), start=1)),
            wide=3,
            filtered=True,
        ),
        unfinished_sheet(unfinished(scan)),
    )


def unfinished_sheet(found: tuple[Unfinished, ...]) -> Sheet:
    """What was not read or not decided: a list that hides it would pass for clean."""
    rows = tuple(
        (number, item.document, item.kind, item.place, item.message) for number, item in enumerate(found, start=1)
    )
    return Sheet(name="未读取与未判定", columns=UNFINISHED_COLUMNS, rows=rows or ((None, None, None, None, _ALL_READ),))


def responsible(unit: str, departments: tuple[str, ...]) -> str:
    """整改责任地区(单位), with the departments that must look at it."""
    return unit + (f"\n（会同：{'、'.join(departments)}）" if departments else "")


def _issue_row(number: int, audit: Audit, finding: Finding) -> tuple[sheets.Value, ...]:
    party = wording.government_party(audit.understanding)
    unit = party.name if party else NO_UNIT
    return (
        number,
        unit,
        SOURCES[0],
        wording.issue_sentence(finding, audit.understanding),
        responsible(unit, finding.departments),
        None,  # 整改时限 is for a person to set
        finding.remedy,
        finding_id(finding),
        finding.fingerprint,
    )


def _detail(audit: Audit, finding: Finding, pack: Pack) -> tuple[str, ...]:
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
