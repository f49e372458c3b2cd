"""What is still open in a scan (未了事项): not read, not decided, for a person to judge, evidence without a place.

A paper that leaves these out would pass for complete: the page, the workbook and the opinions list them all from here.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from contract_audit.model import Audit, Scan, Struct, Undecided, Unplaced
from contract_audit.reports import wording
from contract_audit.reports.numbering import Numbers, numbers, standing

_JUDGE = "对照原文和依据核实，属实的列入问题，不属实的予以排除"
_READ_AGAIN = "核对原件该处内容，取得可以读取的文件后重新审查"
_SUPPLY = "补充所缺的事实或者参数后重新审查"
_PLACE_ROW = "认定该凭证对应哪项义务并在履约情况表中写明；不足以证明的补充凭证，与本协议无关的剔除"
_EXPLAIN_ROW = "核实该凭证与本协议的关系：有关的写明对应的义务并补充凭证，无关的剔除"


class Unfinished(Struct, frozen=True, kw_only=True):
    """One thing still open: where, of what kind, why, what a person has to do; `rule` is the id of an undecided rule."""

    document: str
    kind: str
    place: str
    message: str
    action: str
    rule: str = ""


def unfinished(scan: Scan) -> tuple[Unfinished, ...]:
    """Everything still open, in the order of the scan; then broken rules, evidence without a place, companion rows."""
    known = numbers(scan)
    return (
        *(_row(item.name, "未能读取", "", item.message, "取得可以读取的文件后重新审查") for item in scan.skipped),
        *(row for audit in scan.audits for row in _of_document(audit, known)),
        *_broken(scan),
        *(_unplaced(item) for item in scan.unplaced),
        *(_note(note) for note in scan.notes),
    )


def unfinished_of(scan: Scan, audit: Audit, known: Numbers) -> tuple[Unfinished, ...]:
    """What is still open of one document; of what concerns the whole scan only what may concern the document.

    `known`: the numbers of the scan, which the papers of all its documents share.
    """
    name = audit.understanding.document.name
    return (
        *_of_document(audit, known),
        *_broken(scan),
        *(_unplaced(item) for item in scan.unplaced if item.document == name),
        *(_note(note) for note in scan.notes if _concerns(note, name, alone=len(scan.audits) == 1)),
    )


def _concerns(note: str, name: str, *, alone: bool) -> bool:
    """Notes on other papers do not belong into the opinion on this one."""
    return PurePosixPath(name).stem in note or (alone and note.startswith("履约情况"))


def _row(document: str, kind: str, place: str, message: str, action: str, rule: str = "") -> Unfinished:
    return Unfinished(document=document, kind=kind, place=place, message=message, action=action, rule=rule)


def _of_document(audit: Audit, known: Numbers) -> Iterator[Unfinished]:
    document = audit.understanding.document
    name = document.name
    for problem in document.problems:
        page = f"第{problem.page}页" if problem.page is not None else ""
        kind = wording.READ_STATUSES[document.status] if document.status != "read" else "读取提示"
        yield _row(name, kind, page, problem.message, _READ_AGAIN)
    for label, passages in (("hidden", document.hidden), ("deleted", document.deleted)):
        if passages:
            message = f"文件含{wording.STREAMS[label]}{len(passages)}处，未计入正文"
            yield _row(name, "读取提示", "", message, "核对其内容，属于约定内容的写入正文后重新审查")
    for finding in audit.findings:
        if standing(finding) == "doubt":
            words = wording.quoted_problem(finding.quote, finding.message).lstrip("：")
            number = known.get((finding.document, finding.fingerprint))
            place = wording.place(finding) or "全文"
            yield _row(name, "待核问题", place, f"{words}{f'（序号{number}）' if number else ''}", _JUDGE)
    for item in audit.undecided:
        yield _undecided(name, item)
    for kept_out in audit.filtered:
        finding, reason = kept_out.finding, kept_out.filter
        until = wording.chinese_date(reason.until)
        message = f"{finding.title}（{finding.rule}）“{wording.one_line(finding.quote)}”：{reason.reason}"
        action = f"经{reason.approver}批准不列入问题，至{until}；到期重新判断"
        yield _row(name, "本地过滤", wording.place(finding), message, action)


def _undecided(name: str, item: Undecided) -> Unfinished:
    message = f"{item.title}：未能判定，缺少{item.missing}"
    return _row(name, "未判定", "", message, item.action or _SUPPLY, item.rule)


def _broken(scan: Scan) -> Iterator[Unfinished]:
    for name, why in scan.broken_rules:
        yield _row("", "规则未加载", "", f"{name}：{why}", "更正规则文件后重新审查")


def _unplaced(item: Unplaced) -> Unfinished:
    row = item.evidence
    day = wording.chinese_date(row.done_on) if row.done_on else ""
    matter = wording.quoted(row.matter)
    proof = f"（凭证：{row.proof}）" if row.proof else ""
    meant = f"；可能对应：{wording.official_days('；'.join(item.candidates))}" if item.candidates else ""
    action = _PLACE_ROW if item.candidates else _EXPLAIN_ROW
    message = f"{day}{matter}{proof}没有对应到协议约定的义务{meant}"
    return _row(item.document, "待核凭证", wording.evidence_row(row), message, action)


def _note(note: str) -> Unfinished:
    return _row("", "资料说明", "", wording.official_days(note), "核对所附资料后重新审查")
