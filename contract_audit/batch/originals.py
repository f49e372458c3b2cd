"""Marked copies of the originals: each is read again and written in a child process, with the limits of its reading."""

from datetime import date
from importlib import import_module
from pathlib import Path

from contract_audit.batch.allowance import allowance
from contract_audit.batch.collect import collect
from contract_audit.batch.pool import Pool, Report, Task, no_more
from contract_audit.errors import DocumentError
from contract_audit.model import Finding, Scan, Skipped, Struct
from contract_audit.reports.marking import Marked
from contract_audit.reports.numbering import numbered
from contract_audit.settings import Settings

_MARK = "contract_audit.batch.originals:mark_original"
# Format as read → who writes marks into it.
_WRITERS = {"docx": "contract_audit.reports.marked_docx", "pdf": "contract_audit.reports.marked_pdf"}


class Original(Struct, frozen=True, kw_only=True):
    """One original and what became of it: a marked copy, or why there is none."""

    name: str
    result: Marked | Skipped


def mark_originals(
    scan: Scan, paths: tuple[Path, ...], settings: Settings, report: Report, jobs: int = 1
) -> tuple[Original, ...]:
    """A marked copy of every file below `paths` that has findings in `scan`, in the order of the scan."""
    places = {source.name: Path(source.path) for source in collect(paths).sources}
    found: dict[str, list[tuple[int, Finding]]] = {
        _file_name(audit.understanding.document.name, places): [] for audit in scan.audits
    }
    for one in numbered(scan):
        found[_file_name(one.audit.understanding.document.name, places)].append((one.number, one.finding))
    originals: dict[str, Marked | Skipped] = {}
    tasks = []
    for index, (name, findings) in enumerate(found.items()):
        path = places.get(name)
        if not findings:
            continue
        if path is None:
            originals[name] = Skipped(name=name, code="archived", message="在压缩包内，未加标注；请解压后再试")
            continue
        allowed = allowance(path, settings)
        tasks.append(
            Task(
                key=(index,),
                name=name,
                function=_MARK,
                arguments=(path, name, tuple(findings), scan.as_of, settings),
                memory_bytes=allowed.memory_bytes,
                seconds=allowed.seconds,
            )
        )
    with Pool(jobs, settings.tasks_per_worker, settings.ocr_memory_bytes) as pool:
        outcomes = pool.run("标注", tasks, report, no_more)
    names = {task.key: task.name for task in tasks}
    originals |= {names[key]: outcome for key, outcome in outcomes.items() if isinstance(outcome, Marked | Skipped)}
    return tuple(Original(name=name, result=originals[name]) for name in found if name in originals)


def mark_original(
    path: Path, name: str, findings: tuple[tuple[int, Finding], ...], as_of: date, settings: Settings
) -> Marked:
    """Read the file again and write its marked copy. Raises DocumentError where its format takes no marks."""
    from contract_audit import readers
    from contract_audit.audit import agreements
    from contract_audit.reports.marking import Note, notes_on

    documents = [
        agreement for document in readers.read(path, settings, name=name) for agreement in agreements(document)
    ]
    form = documents[0].format if documents else ""
    if form not in _WRITERS:
        raise DocumentError("unsupported", f"{form or '该'} 格式不能加标注；请另存为 .docx 或 PDF 后再试")
    noted: list[tuple[object, tuple[Note, ...]]] = [(document, notes_on(document, findings)) for document in documents]
    marked: Marked = import_module(_WRITERS[form]).mark(path.read_bytes(), tuple(noted), as_of)
    return marked


def _file_name(document: str, places: dict[str, Path]) -> str:
    """`c.pdf#2` is in the file c.pdf."""
    if document in places:
        return document
    stem, hash_mark, ordinal = document.rpartition("#")
    return stem if hash_mark and ordinal.isdecimal() else document
