"""A scan to files. WRITERS is the closed list, by suffix: a writer makes the bytes, `write` puts them in place."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from contract_audit.errors import ReportError
from contract_audit.model import Scan
from contract_audit.reports.atomic import write_bytes
from contract_audit.reports.exported import Release, released
from contract_audit.rulespec import Pack

Writer = Callable[[Scan, Pack], bytes]

# Suffix → module, imported when first used: spreadsheets and templates are heavy.
WRITERS: dict[str, str] = {
    ".jsonl": "contract_audit.reports.findings_jsonl",
    ".json": "contract_audit.reports.scan_json",
    ".xlsx": "contract_audit.reports.issue_list",
    ".html": "contract_audit.reports.html",
    ".sarif": "contract_audit.reports.sarif",
}


# The machine's own file: exact, so that a ledger or another program works on what was found.
_EXACT = frozenset((".jsonl",))


def render(scan: Scan, pack: Pack, suffix: str, release: Release | None = None) -> bytes:
    """The bytes of the report of that suffix (one of WRITERS); equal input gives equal bytes.

    All but findings.jsonl show only what `release` allows (default: no personal numbers, no documents with 密级).
    """
    writer: Writer = import_module(WRITERS[suffix]).render
    return writer(scan if suffix in _EXACT else released(scan, release or Release()), pack)


def write(scan: Scan, pack: Pack, path: Path, release: Release | None = None) -> None:
    """Write the report that the suffix of `path` names, whole or not at all.

    Raises ReportError where the suffix is unknown or the place cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise ReportError(path, f"不认识的输出格式，可用的后缀：{'、'.join(WRITERS)}")
    write_bytes(path, render(scan, pack, suffix, release))
