"""What went wrong with one agreement, one line each: the reading list of whoever mends a rule or an extractor."""

from collections.abc import Iterator

from contract_audit.model import Finding
from contract_audit.score.matching import Matched
from contract_audit.score.measure import DutyCheck, Measured


def error_lines(sample: Measured) -> Iterator[str]:
    """Misses, false alarms and repeats; facts, duties and whole-document defects that were read wrongly."""
    yield from _finding_lines(sample.matched)
    for fact in sample.facts:
        if not fact.right:
            yield f"事实 {fact.name} 应为“{fact.wanted}” 读作“{fact.found}”"
    for name in sample.invented:
        yield f"事实 {name} 文中没有，却读出了"
    for duty in sample.duties:
        if not (duty.due_right and duty.status_right):
            yield _duty_line(duty)
    for category, (there, found) in sample.checks.items():
        if there != found:
            yield f"整份 {category} 应为{'有' if there else '无'}，判为{'有' if found else '无'}"


def _finding_lines(matched: Matched) -> Iterator[str]:
    for flag in matched.missed:
        yield f"漏报 {flag.category} “{flag.quote}” {flag.why}"
    for trap, finding in matched.lookalikes:
        yield f"误报 {_named(finding)} 相似：“{trap.quote}” {trap.why}"
    for finding in matched.alarms:
        yield f"误报 {_named(finding)} {finding.message}"
    for finding in matched.repeats:
        yield f"重复 {_named(finding)}"


def _named(finding: Finding) -> str:
    return f"{finding.rule} {finding.category} {finding.clause or ''}“{finding.quote}”"


def _duty_line(duty: DutyCheck) -> str:
    wanted, found = duty.wanted, duty.found
    read = f"读作 {found.due} {found.status}（{found.side}）" if found is not None else "没有读到"
    return f"义务 “{wanted.quote}” 应为 {wanted.due} {wanted.status}（{wanted.bearer}），{read}"
