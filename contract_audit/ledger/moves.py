"""What people do with items: move, edit, prove, note, merge. Each is a change in the writer's transaction."""

from collections.abc import Mapping
from datetime import date
from hashlib import file_digest
from pathlib import Path

import msgspec

from contract_audit.errors import LedgerError
from contract_audit.ledger.states import Decision, decided
from contract_audit.ledger.writer import Writer
from contract_audit.model.ledger import LedgerItem, Proof, Source

# What people may set by hand or in a table; the rest belongs to scans or to moves.
EDITABLE = (
    "unit", "owner_unit", "owner", "due", "own_problem", "own_measure", "feedback", "promised", "note", "dispute",
    "amount_yuan", "case_number", "court", "company", "project",
)  # fmt: skip
_SCANNED = (
    "document", "rule", "category", "title", "severity", "verdict", "clause", "page", "quote", "message", "basis",
    "remedy", "departments", "contract", "project", "company", "signed_on", "secrecy", "fingerprint", "clause_hash",
    "family", "context",
)  # fmt: skip


def move(writer: Writer, number: int, decision: Decision) -> LedgerItem:
    """Bring an item into another state. Raises LedgerError where the state machine refuses."""
    before = writer.item(number)
    return writer.change(before, decided(before, decision), "move", decision.words or "")


def edit(writer: Writer, number: int, values: Mapping[str, object], words: str = "") -> LedgerItem:
    """Set fields of `EDITABLE`; what is equal already changes nothing."""
    before = writer.item(number)
    unknown = sorted(values.keys() - set(EDITABLE))
    if unknown:
        raise LedgerError(f"第{number}项：{'、'.join(unknown)} 不能修改")
    return writer.change(before, msgspec.structs.replace(before, **values), "edit", words)


def note(writer: Writer, number: int, words: str) -> LedgerItem:
    """A remark in the history of an item."""
    before = writer.item(number)
    return writer.change(before, before, "note", words)


def prove(writer: Writer, number: int, path: Path, day: date, words: str = "") -> LedgerItem:
    """Register a file as proof of rectification: its name, SHA-256 and size as of now, its date, who vouches for it."""
    before = writer.item(number)
    if day > writer.today:
        raise LedgerError(f"第{number}项：凭证日期 {day} 晚于今天")
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
    except OSError as error:
        raise LedgerError(f"{path}：凭证文件无法读取（{error.strerror}），请检查路径") from error
    if size == 0:
        raise LedgerError(f"{path}：凭证文件是空的")
    if any(proof.sha256 == digest for proof in before.proofs):
        raise LedgerError(f"第{number}项：该凭证文件已登记过")
    proof = Proof(name=path.name, sha256=digest, size_bytes=size, day=day, who=writer.who, note=words)
    return writer.change(before, msgspec.structs.replace(before, proofs=(*before.proofs, proof)), "prove", words)


def add_source(writer: Writer, number: int, source: Source) -> LedgerItem:
    """The same issue was reported from elsewhere too."""
    before = writer.item(number)
    if source in before.sources:
        return before
    return writer.change(before, msgspec.structs.replace(before, sources=(*before.sources, source)), "source")


def merge(writer: Writer, number: int, into: int, words: str = "") -> LedgerItem:
    """Merge item `number` into item `into`: its sources and proofs go over, and what `into` does not know yet.

    If `into` has lost its text and `number` is the text found again, `into` takes over the place in the document.
    Raises LedgerError for an item merged already.
    """
    source, target = writer.item(number), writer.item(into)
    if number == into:
        raise LedgerError("不能把一项并入它自己")
    for item in (source, target):
        if item.merged_into is not None:
            raise LedgerError(f"第{item.number}项已并入第{item.merged_into}项")
    changed = _joined(source, target, writer.today)
    left = source
    if changed.fingerprint == source.fingerprint and source.fingerprint is not None:
        left = msgspec.structs.replace(source, fingerprint=None, rule=None)  # one text, one item
    left = msgspec.structs.replace(left, merged_into=into)
    writer.change(source, left, "merge", words)
    return writer.change(target, changed, "merge", f"并入第{number}项。{words}")


def _joined(source: LedgerItem, target: LedgerItem, today: date) -> LedgerItem:
    sources = tuple(dict.fromkeys((*target.sources, *source.sources)))
    known = {proof.sha256 for proof in target.proofs}
    proofs = (*target.proofs, *(proof for proof in source.proofs if proof.sha256 not in known))
    filled = {
        name: getattr(source, name) for name in EDITABLE if getattr(target, name) is None and getattr(source, name)
    }
    filled["extra"] = source.extra | target.extra
    joined = msgspec.structs.replace(target, **filled, sources=sources, proofs=proofs)
    takes_text = source.rule is not None and source.gone_on is None
    if not takes_text or (target.rule is not None and target.gone_on is None):
        return joined
    text = {name: getattr(source, name) for name in _SCANNED}
    joined = msgspec.structs.replace(joined, **text, gone_on=None)
    if target.left_state is not None and target.state == "checking":
        return msgspec.structs.replace(joined, state=target.left_state, left_state=None, state_since=today)
    return joined
