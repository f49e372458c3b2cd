"""What may leave the machine in papers: personal numbers covered, documents with a 密级 mark left out and named.

findings.jsonl is the machine's own file and is not made from this; forms whose own column asks for a number take the
uncovered text for that column.
"""

from typing import Any, TypeVar

import msgspec

from contract_audit.chinese.personal import mask_personal
from contract_audit.model import Scan, Struct

# Keys, not words: covering them would break what is found by them. And data without any words.
_KEYS = frozenset(
    (
        "document",
        "name",
        "sha256",
        "fingerprint",
        "clause_hash",
        "family",
        "rule",
        "category",
        "code",
        "uscc",
        "secrecy",
    )
)
_WORDLESS = frozenset(("blocks", "clauses", "fingerprint_parts", "seals"))

_T = TypeVar("_T")


class Release(Struct, frozen=True, kw_only=True):
    """How much a paper may show: personal numbers, and documents with a 密级 mark."""

    personal: bool = False
    secret: bool = False


def released(scan: Scan, release: Release) -> Scan:
    """The scan as papers may show it; what is left out stands among its notes by name and mark."""
    if not release.secret:
        scan = _without_secret(scan)
    return scan if release.personal else covered(scan)


def covered(value: _T) -> _T:
    """The same data with every personal number in its words covered; offsets keep their meaning."""
    result: _T = _covered(value)
    return result


def secret_names(scan: Scan) -> tuple[str, ...]:
    """Names of the documents with a 密级 mark."""
    return tuple(audit.understanding.document.name for audit in scan.audits if audit.understanding.document.secrecy)


def secret_note(name: str, mark: str) -> str:
    """The line that names a document left out."""
    return f"{name}：标有密级“{mark}”，未列入本件（确需列入须经批准，并加 --include-secret）"


def _without_secret(scan: Scan) -> Scan:
    marked = [audit.understanding.document for audit in scan.audits if audit.understanding.document.secrecy]
    if not marked:
        return scan
    notes = tuple(secret_note(document.name, document.secrecy or "") for document in marked)
    kept = tuple(audit for audit in scan.audits if not audit.understanding.document.secrecy)
    return msgspec.structs.replace(scan, audits=kept, notes=(*scan.notes, *notes))


def _covered(value: Any) -> Any:
    if isinstance(value, str):
        return mask_personal(value)
    if isinstance(value, tuple):
        changed = tuple(_covered(item) for item in value)
        return changed if any(new is not old for new, old in zip(changed, value, strict=True)) else value
    if isinstance(value, dict):
        return {key: _covered(item) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        return _covered_struct(value)
    return value


def _covered_struct(value: msgspec.Struct) -> msgspec.Struct:
    changes = {}
    for name in value.__struct_fields__:
        old = getattr(value, name)
        if old is None or name in _WORDLESS or (name in _KEYS and isinstance(old, str)):
            continue
        new = _covered(old)
        if new is not old and new != old:
            changes[name] = new
    return msgspec.structs.replace(value, **changes) if changes else value
