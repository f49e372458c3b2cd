"""One document from file to findings: the file to read first.

read → clauses → parties → values → provisions → facts → obligations  (`understand`: depends on the document alone)
understanding + rules + day, evidence, family → findings               (`judge`)
"""

import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import msgspec

from contract_audit import clauses, engine, extract, readers
from contract_audit.chinese.markup import agreed
from contract_audit.chinese.stops import LONGEST, with_stops
from contract_audit.errors import DocumentError
from contract_audit.model import Audit, Context, Document, Problem, Understanding
from contract_audit.readers.slicing import slice_document
from contract_audit.rulespec import Pack
from contract_audit.settings import Settings


def agreements(document: Document) -> tuple[Document, ...]:
    """The agreements that a read file holds, each a document of its own (`c.pdf#1`, `c.pdf#2` …); most files hold one."""
    ranges = clauses.split(document)
    if len(ranges) < 2:
        return (document,)
    return tuple(slice_document(document, blocks, ordinal) for ordinal, blocks in enumerate(ranges, start=1))


def understand(document: Document) -> Understanding:
    """Everything that can be said of a document without rules, day or other papers.

    Only what is agreed is read: offsets are those of the document, whose text keeps struck words and notes of a draft.
    A sentence without end is read in parts, and the document says so among its problems.
    """
    text = agreed(document.text)
    read = with_stops(text)
    written = document if read == text else _with_problem(document, _ENDLESS)
    document = msgspec.structs.replace(document, text=read)
    tree = clauses.parse(document)
    parties = extract.parties(document, tree)
    values = extract.values(document, extract.signed_on(document, tree))
    provisions = clauses.provisions(document, tree, parties)
    facts = extract.facts(document, tree, parties, values)
    obligations = extract.obligations(document, tree, provisions, values, parties, facts)
    mode, mode_reason = extract.mode(document, tree)
    return Understanding(
        document=written,
        title=next((str(fact.value) for fact in facts if fact.name == "title"), None),
        kind=next((str(fact.value) for fact in facts if fact.name == "kind"), None),
        clauses=tree,
        references=clauses.references(document, tree),
        provisions=provisions,
        parties=parties,
        values=values,
        facts=facts,
        obligations=obligations,
        mode=mode,
        mode_reason=mode_reason,
    )


_ENDLESS = Problem(
    code="endless",
    message=f"有超过 {LONGEST:,} 字没有句号也不换行的文字，已分段审查，跨段的约定可能未审出；请核对原件标点后重新扫描",
)


def _with_problem(document: Document, problem: Problem) -> Document:
    if problem in document.problems:
        return document
    return msgspec.structs.replace(document, status="partly_read", problems=(*document.problems, problem))


def judge(understanding: Understanding, pack: Pack, context: Context) -> Audit:
    """Findings on one understood document as of `context.as_of`, with the duties' statuses settled by the evidence."""
    settled, unplaced = extract.settle_all(understanding, context)
    findings, undecided = engine.run(pack, settled, context)
    return Audit(
        understanding=settled,
        as_of=context.as_of,
        findings=findings,
        undecided=undecided,
        pack_version=pack.info.version,
        unplaced=unplaced,
    )


def audit(path: str | Path, pack: Pack, *, as_of: date, context: Context | None = None) -> Audit:
    """Read, understand and judge the one agreement in `path`.

    Raises DocumentError where the file holds no agreement or more than one (use `contract-audit scan` for those).
    """
    read = readers.read(Path(path), Settings())
    documents = [agreement for document in read for agreement in agreements(document)]
    if len(documents) != 1:
        raise DocumentError("several", f"{path}：含 {len(documents)} 份文件，请用 scan 命令处理")
    return judge(understand(documents[0]), pack, context or Context(as_of=as_of))


class _Callable(ModuleType):
    """Once this module is imported, Python finds it as `contract_audit.audit`, where users expect the function."""

    def __call__(self, path: str | Path, pack: Pack, *, as_of: date, context: Context | None = None) -> Audit:
        return audit(path, pack, as_of=as_of, context=context)


sys.modules[__name__].__class__ = _Callable
