"""Local filters (本地过滤): findings an office has decided not to be shown, kept apart from the rules.

Each names its reason, who approved it and until when; nothing is dropped silently: what a filter keeps out is listed.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.errors import UsageError
from contract_audit.model import Audit, Filtered, Finding, LocalFilter

_KEYS = {
    "规则": "rule", "理由": "reason", "批准人": "approver", "有效期至": "until", "文件": "document", "条文": "words",
}  # fmt: skip
_NEEDED = ("规则", "理由", "批准人", "有效期至")


def load_filters(path: Path) -> tuple[LocalFilter, ...]:
    """The filters of a YAML list of 规则, 理由, 批准人, 有效期至[, 文件, 条文]; raises UsageError naming the wrong entry."""
    import yaml

    try:
        loaded = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}：本地过滤文件无法读取，请检查路径、权限和 UTF-8 编码") from error
    except yaml.YAMLError as error:
        raise UsageError(f"{path}：本地过滤文件不是正确的 YAML：{str(error).splitlines()[-1].strip()}") from error
    if not isinstance(loaded, list):
        raise UsageError(f"{path}：本地过滤文件应是一个列表，每项写明{'、'.join(_NEEDED)}")
    return tuple(_filter(path, number, entry) for number, entry in enumerate(loaded, start=1))


def _filter(path: Path, number: int, entry: object) -> LocalFilter:
    if not isinstance(entry, dict):
        raise UsageError(f"{path}：第{number}项应逐行写明{'、'.join(_NEEDED)}")
    missing = [key for key in _NEEDED if not entry.get(key)]
    unknown = [str(key) for key in entry if key not in _KEYS]
    if missing or unknown:
        told = f"缺少{'、'.join(missing)}" if missing else f"不认识{'、'.join(unknown)}，可用{'、'.join(_KEYS)}"
        raise UsageError(f"{path}：第{number}项{told}")
    try:
        until = date.fromisoformat(str(entry["有效期至"]))
    except ValueError:
        raise UsageError(f"{path}：第{number}项的有效期至应写作 2026-12-31 的样式") from None
    return LocalFilter(
        rule=str(entry["规则"]).upper(),
        reason=str(entry["理由"]),
        approver=str(entry["批准人"]),
        until=until,
        document=str(entry.get("文件", "")),
        words=str(entry.get("条文", "")),
    )


def apply_filters(
    audits: tuple[Audit, ...], filters: tuple[LocalFilter, ...], as_of: date
) -> tuple[tuple[Audit, ...], tuple[str, ...]]:
    """The audits without what the filters keep out, and notes on filters that have expired or kept nothing out."""
    alive = [entry for entry in filters if as_of <= entry.until]
    kept = tuple(_filtered(audit, alive) for audit in audits) if alive else audits
    used = {item.filter for audit in kept for item in audit.filtered}
    return kept, tuple(_notes(filters, alive, used))


def _filtered(audit: Audit, filters: list[LocalFilter]) -> Audit:
    taken = [
        (finding, next((entry for entry in filters if _holds(entry, finding, audit)), None))
        for finding in audit.findings
    ]
    out = tuple(Filtered(finding=finding, filter=entry) for finding, entry in taken if entry is not None)
    if not out:
        return audit
    left = tuple(finding for finding, entry in taken if entry is None)
    return msgspec.structs.replace(audit, findings=left, filtered=(*audit.filtered, *out))


def _holds(entry: LocalFilter, finding: Finding, audit: Audit) -> bool:
    if entry.rule != finding.rule or fold_text(entry.document) not in fold_text(finding.document):
        return False
    index = audit.understanding.clause_at(finding.start) if finding.stream == "accepted" else None
    document = audit.understanding.document
    clause = audit.understanding.clauses[index] if index is not None else None
    around = document.text[clause.start : clause.end] if clause else finding.quote
    return fold_text(entry.words) in fold_text(around + finding.quote)


def _notes(filters: Iterable[LocalFilter], alive: list[LocalFilter], used: set[LocalFilter]) -> Iterator[str]:
    for entry in filters:
        if entry not in alive:
            yield f"本地过滤 {entry.rule}（{entry.reason}）已于{entry.until.isoformat()}到期，不再适用"
        elif entry not in used:
            yield f"本地过滤 {entry.rule}（{entry.reason}）没有用到，请核对规则编号、文件和条文"
