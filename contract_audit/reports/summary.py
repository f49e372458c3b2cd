"""What a scan comes to, in figures and in the five lines that every user sees first."""

from collections import Counter
from collections.abc import Iterable

from contract_audit.model import Audit, Finding, Obligation, Scan, Severity, Struct, Unplaced
from contract_audit.reports.wording import READ_STATUSES, SEVERITIES, STREAMS, one_line


class Unfinished(Struct, frozen=True, kw_only=True):
    """One thing that was not read or not decided, for the page that says so: where, what kind, why and what to do."""

    document: str
    kind: str
    place: str
    message: str


class Summary(Struct, frozen=True, kw_only=True):
    """Counts of a scan. `partly` and `unread` are documents; files that gave no document count as unread."""

    documents: int
    read: int
    partly: int
    unread: int
    fails: dict[Severity, int]  # findings with verdict fail
    reviews: int
    overdue: int
    done_late: int
    undecided: int
    broken_rules: int
    filtered: int
    unplaced: int  # evidence rows that proved nothing


def summarise(scan: Scan) -> Summary:
    """Count what the scan found, and what it could not read or decide."""
    statuses = Counter(audit.understanding.document.status for audit in scan.audits)
    findings = [finding for audit in scan.audits for finding in audit.findings]
    fails = Counter(finding.severity for finding in findings if finding.verdict == "fail")
    duties = Counter(duty.status for audit in scan.audits for duty in audit.understanding.obligations)
    return Summary(
        documents=len(scan.audits) + len(scan.skipped),
        read=statuses["read"],
        partly=statuses["partly_read"],
        unread=statuses["unreadable"] + len(scan.skipped),
        fails={severity: fails[severity] for severity in SEVERITIES},
        reviews=sum(finding.verdict == "review" for finding in findings),
        overdue=duties["overdue"],
        done_late=duties["done_late"],
        undecided=sum(len(audit.undecided) for audit in scan.audits),
        broken_rules=len(scan.broken_rules),
        filtered=sum(len(audit.filtered) for audit in scan.audits),
        unplaced=len(scan.unplaced),
    )


def summary_lines(scan: Scan) -> tuple[str, ...]:
    """The five lines: documents read, not fully read, findings by grade, overdue duties, undecided."""
    summary = summarise(scan)
    grades = "，".join(f"{SEVERITIES[severity]} {count}" for severity, count in summary.fails.items())
    filtered = f"；按本地过滤不列 {summary.filtered} 项" if summary.filtered else ""
    unplaced = f"；履约凭证 {summary.unplaced} 行未对应到义务，须人工核对" if summary.unplaced else ""
    broken = f"；规则文件有误未加载 {summary.broken_rules} 个" if summary.broken_rules else ""
    return (
        f"文件：共 {summary.documents} 份，完整读取 {summary.read} 份（基准日 {scan.as_of.isoformat()}）",
        f"未完整读取：{summary.partly + summary.unread} 份（部分读取 {summary.partly}，未能读取 {summary.unread}）",
        f"问题：{sum(summary.fails.values())} 项（{grades}）；待核 {summary.reviews} 项{filtered}",
        f"逾期义务：逾期未履行 {summary.overdue} 项，逾期履行 {summary.done_late} 项{unplaced}",
        f"未判定：{summary.undecided} 项（缺事实或参数，均已列明）{broken}",
    )


def unfinished(scan: Scan) -> tuple[Unfinished, ...]:
    """Everything not read or not decided, in the order of the scan; then broken rules and doubtful companion rows."""
    return (
        *(Unfinished(document=item.name, kind="未能读取", place="", message=item.message) for item in scan.skipped),
        *(row for audit in scan.audits for row in _unfinished_document(audit)),
        *(Unfinished(document=name, kind="规则未加载", place="", message=why) for name, why in scan.broken_rules),
        *(_unplaced(item) for item in scan.unplaced),
        *(Unfinished(document="", kind="资料说明", place="", message=note) for note in scan.notes),
    )


def _unplaced(item: Unplaced) -> Unfinished:
    row = item.evidence
    place = f"第{row.row}行" if row.row is not None else ""
    meant = f"，可能指：{'；'.join(item.candidates)}" if item.candidates else ""
    message = f"履约情况“{row.matter}”没有对应到义务{meant}，请人工核对"
    return Unfinished(document=item.document, kind="待核凭证", place=place, message=message)


def _unfinished_document(audit: Audit) -> Iterable[Unfinished]:
    document = audit.understanding.document
    for problem in document.problems:
        page = f"第{problem.page}页" if problem.page is not None else ""
        kind = READ_STATUSES[document.status] if document.status != "read" else "读取提示"
        yield Unfinished(document=document.name, kind=kind, place=page, message=problem.message)
    for label, passages in (("hidden", document.hidden), ("deleted", document.deleted)):
        if passages:
            message = f"文件含{STREAMS[label]} {len(passages)} 处，未计入正文，请人工核对"
            yield Unfinished(document=document.name, kind="读取提示", place="", message=message)
    for item in audit.undecided:
        message = f"{item.title}（{item.rule}）：未能判定，缺少{item.missing}"
        yield Unfinished(document=document.name, kind="未判定", place="", message=message)
    for kept_out in audit.filtered:
        finding, reason = kept_out.finding, kept_out.filter
        decided = f"{reason.reason}（{reason.approver}批准，至{reason.until.isoformat()}）"
        message = f"{finding.title}（{finding.rule}）“{one_line(finding.quote)}”：{decided}"
        yield Unfinished(document=document.name, kind="本地过滤", place=finding.clause or "", message=message)


def failing(audit: Audit) -> tuple[Finding, ...]:
    """The findings that are wrongs, in the order of the text."""
    return tuple(finding for finding in audit.findings if finding.verdict == "fail")


def late_duties(audit: Audit) -> tuple[Obligation, ...]:
    """Duties that are overdue or were done late, in the order of the text."""
    return tuple(duty for duty in audit.understanding.obligations if duty.status in ("overdue", "done_late"))
