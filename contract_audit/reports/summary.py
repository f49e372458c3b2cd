"""What a scan comes to, in figures and in the five lines that every user sees first."""

from collections import Counter

from contract_audit.model import Audit, Finding, Scan, Severity, Struct
from contract_audit.reports.numbering import is_done_late, is_late, standing, wrongs
from contract_audit.reports.wording import SEVERITIES, chinese_date


class Summary(Struct, frozen=True, kw_only=True):
    """Counts of a scan. `partly` and `unread` are documents; files that gave no document count as unread.

    `fails` are the wrongs by grade, without `reminders` (即将到期) and doubts (`reviews`); `overdue` and `done_late` are those
    of them that are about a duty still undone, or done late.
    """

    documents: int
    read: int
    partly: int
    unread: int
    fails: dict[Severity, int]
    reminders: int
    reviews: int
    overdue: int
    done_late: int
    undecided: int
    broken_rules: int
    filtered: int
    unplaced: int  # evidence rows that proved nothing

    @property
    def wrongs(self) -> int:
        """How many wrongs there are, of whatever grade."""
        return sum(self.fails.values())


def summarise(scan: Scan) -> Summary:
    """Count what the scan found, and what it could not read or decide."""
    statuses = Counter(audit.understanding.document.status for audit in scan.audits)
    findings = [finding for audit in scan.audits for finding in audit.findings]
    standings = Counter(map(standing, findings))
    grades = Counter(finding.severity for finding in wrongs(findings))
    late = [finding for finding in wrongs(findings) if is_late(finding)]
    done = sum(map(is_done_late, late))
    return Summary(
        documents=len(scan.audits) + len(scan.skipped),
        read=statuses["read"],
        partly=statuses["partly_read"],
        unread=statuses["unreadable"] + len(scan.skipped),
        fails={severity: grades[severity] for severity in SEVERITIES},
        reminders=standings["reminder"],
        reviews=standings["doubt"],
        overdue=len(late) - done,
        done_late=done,
        undecided=sum(len(audit.undecided) for audit in scan.audits),
        broken_rules=len(scan.broken_rules),
        filtered=sum(len(audit.filtered) for audit in scan.audits),
        unplaced=len(scan.unplaced),
    )


def summary_lines(scan: Scan) -> tuple[str, ...]:
    """The five lines: documents read, not fully read, findings by grade, late duties, what is undecided."""
    summary = summarise(scan)
    filtered = f"；按本地过滤不列 {summary.filtered} 项" if summary.filtered else ""
    unplaced = f"；履约凭证 {summary.unplaced} 行未对应到义务，须人工核对" if summary.unplaced else ""
    broken = f"；规则文件有误未加载 {summary.broken_rules} 个" if summary.broken_rules else ""
    named = "（缺事实或参数，均已列明）" if summary.undecided else ""
    return (
        f"文件：共 {summary.documents} 份，完整读取 {summary.read} 份（基准日 {chinese_date(scan.as_of)}）",
        f"未完整读取：{summary.partly + summary.unread} 份（部分读取 {summary.partly}，未能读取 {summary.unread}）",
        f"问题：{summary.wrongs} 项（{grades(summary.fails)}）{reminded(summary)}；待核 {summary.reviews} 项{filtered}",
        f"逾期义务（已计入问题）：未完成 {summary.overdue} 项，已完成（迟延）{summary.done_late} 项{unplaced}",
        f"未判定：{summary.undecided} 项{named}{broken}",
    )


def grades(counts: dict[Severity, int]) -> str:
    """高 6，中 6，低 0."""
    return "，".join(f"{SEVERITIES[severity]} {count}" for severity, count in counts.items())


def reminded(summary: Summary) -> str:
    """What is said of reminders beside a count of wrongs; nothing where there are none."""
    return f"，另列近期到期提示{summary.reminders}项（不计入问题）" if summary.reminders else ""


def failing(audit: Audit) -> tuple[Finding, ...]:
    """The findings that are wrongs, in the order of the text."""
    return wrongs(audit.findings)
