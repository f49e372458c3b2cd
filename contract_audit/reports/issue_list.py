"""问题清单.xlsx: the list in the form of the notices' annex, every finding's detail, and what was not read or decided.

The first sheet has exactly the seven columns of the form; to their right stand hidden columns with id and fingerprint,
so that an edited sheet can be read back.
"""

from contract_audit.model import Audit, Finding, Scan
from contract_audit.reports import sheets, wording
from contract_audit.reports.identity import finding_id
from contract_audit.reports.numbering import Numbered, listed, numbered, standing
from contract_audit.reports.sheets import Column, Sheet
from contract_audit.reports.still_open import Unfinished, unfinished
from contract_audit.reports.summary import reminded, summarise
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
    Column("签订日期", 16),
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
    *KEY_COLUMNS,
)
UNFINISHED_COLUMNS = (
    Column("序号", 6, "centre"),
    Column("文件", 40),
    Column("情形", 12),
    Column("位置", 22),
    Column("说明", 64),
    Column("处理办法", 44),
)
REMINDER = "【近期到期提示，不计入问题】"
NO_UNIT = "（未识别到政府方，请填写）"
_NOTHING_OPEN = "文件均完整读取，适用的规则均已判定，没有待核的问题和凭证。"


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
            rows=tuple(_issue_row(one) for one in listed(scan)),
        ),
        Sheet(
            name="问题明细",
            columns=DETAIL_COLUMNS,
            rows=tuple((one.number, *_detail(one.audit, one.finding, pack)) for one in numbered(scan)),
            wide=3,
            filtered=True,
        ),
        unfinished_sheet(unfinished(scan)),
    )


def unfinished_sheet(found: tuple[Unfinished, ...]) -> Sheet:
    """What is still open: a list that hides it would pass for clean."""
    rows = tuple(
        (number, item.document, item.kind, item.place, _with_rule(item), item.action)
        for number, item in enumerate(found, start=1)
    )
    nothing = (None, None, None, None, _NOTHING_OPEN, None)
    return Sheet(name="未读取与未判定", columns=UNFINISHED_COLUMNS, rows=rows or (nothing,))


def _with_rule(item: Unfinished) -> str:
    return f"{item.message}（规则{item.rule}）" if item.rule else item.message


def responsible(unit: str, departments: tuple[str, ...]) -> str:
    """整改责任地区(单位), with the departments that must look at it."""
    return unit + (f"\n（会同：{'、'.join(departments)}）" if departments else "")


def _issue_row(one: Numbered) -> tuple[sheets.Value, ...]:
    audit, finding = one.audit, one.finding
    party = wording.government_party(audit.understanding)
    unit = party.name if party else NO_UNIT
    return (
        one.number,
        unit,
        SOURCES[0],
        REMINDER * (one.standing == "reminder") + wording.issue_sentence(finding, audit.understanding),
        responsible(unit, finding.departments),
        None,  # 整改时限 is for a person to set
        finding.remedy,
        finding_id(finding),
        finding.fingerprint,
    )


def _detail(audit: Audit, finding: Finding, pack: Pack) -> tuple[str, ...]:
    signed = wording.signing_date(audit.understanding)
    category = pack.taxonomy.categories.get(finding.category)
    verdict = wording.STANDINGS[standing(finding)]
    return (
        finding.document,
        wording.contract_title(audit.understanding),
        wording.chinese_date(signed) if signed else "",
        category.name if category else finding.category,
        finding.rule,
        finding.title,
        wording.SEVERITIES[finding.severity],
        verdict if finding.in_force else f"{verdict}（签订后新规）",
        wording.cited(finding.clause) + ("" if finding.stream == "accepted" else wording.STREAMS[finding.stream]),
        "" if finding.page is None else str(finding.page),
        wording.one_line(finding.quote),
        wording.official_days(wording.one_line(finding.message)),
        "\n".join(wording.basis_line(basis) for basis in finding.basis),
        finding.remedy,
        "、".join(finding.departments),
        "\n".join(wording.condition_words(finding)),
        "\n".join(wording.fact_words(finding)),
        "\n".join(f"{related.role}：{wording.one_line(related.quote)}" for related in finding.related),
        f"{wording.CONFIDENCES[finding.confidence]}。{finding.confidence_reason}",
        finding_id(finding),
        finding.fingerprint,
    )


def _coverage(scan: Scan) -> str:
    """The line under the title: a list that hides what was not read would pass for clean."""
    summary = summarise(scan)
    left = f"未判定{summary.undecided}项，待核问题{summary.reviews}项，待核凭证{summary.unplaced}行"
    is_open = summary.undecided + summary.reviews + summary.unplaced + summary.partly + summary.unread
    closing = "；以上均须核实，未核实前不能认为没有其他问题（见“未读取与未判定”“问题明细”）" if is_open else ""
    return (
        f"基准日：{wording.chinese_date(scan.as_of)}　共{summary.documents}份文件，问题{summary.wrongs}项{reminded(summary)}，"
        f"未完整读取{summary.partly + summary.unread}份，{left}{closing}"
    )
