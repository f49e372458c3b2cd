"""What a worker does: read and understand one file; judge one understood paper. Everything here runs in a child.

Understood papers lie as files in a private spool folder between the two stages, so that a folder of any size is read
whole before it is judged, and no process holds more than one paper and its family.
"""

import gc
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import msgspec

from contract_audit import readers
from contract_audit.audit import agreements, judge, understand
from contract_audit.batch.collect import Source
from contract_audit.batch.papers import Paper, Unpacked, nothing_understood
from contract_audit.casefile import Likeness, card, profile, promises, side_by_side
from contract_audit.engine.run import index_of
from contract_audit.errors import DocumentError
from contract_audit.extract import settle
from contract_audit.model import Audit, Context, Document, Skipped, Understanding
from contract_audit.readers.archive import members
from contract_audit.readers.detect import detect
from contract_audit.rulespec import Pack
from contract_audit.settings import Settings


def read_source(source: Source, settings: Settings, spool: str) -> tuple[Paper, ...] | Unpacked:
    """Read and understand one file; an archive is only unpacked."""
    path = Path(source.path)
    if _is_archive(path, settings):
        with suppress(DocumentError):  # the reader turns the same error into an unreadable document with its reason
            return Unpacked(members=tuple(_unpack(path, source.name, settings, spool)))
    converted = Path(source.converted) if source.converted else None
    documents = readers.read(path, settings, name=source.name, converted=converted)
    return tuple(_keep(agreement, spool) for document in documents for agreement in agreements(document))


def convert_sources(paths: tuple[str, ...], settings: Settings, spool: str) -> dict[str, str]:
    """Convert all files that need LibreOffice in as few calls as possible; results, files of the spool, by path."""
    folder = tempfile.mkdtemp(dir=spool)
    found = readers.convert([Path(path) for path in paths], Path(folder), settings)
    return {str(path): str(converted) for path, converted in found.items()}


def settle_paper(file: str, context: Context) -> Understanding:
    """One paper of the spool with its duties' statuses as of the context's day."""
    understanding = _load_paper(file)
    return understanding if understanding.document.status == "unreadable" else settle(understanding, context)


def judge_paper(
    file: str,
    family: tuple[str, ...],
    context: Context,
    pack_file: str,
    likely: tuple[tuple[Likeness, str | None], ...] = (),
) -> Audit:
    """Judge one paper of the spool among the papers of its family; what reports do not use is left out.

    `likely`: what earlier papers it resembles, with their files where they lie in the spool.
    """
    understanding = _load_paper(file)
    pack = _load_pack(pack_file)
    if understanding.document.status == "unreadable":
        return Audit(
            understanding=understanding,
            as_of=context.as_of,
            findings=(),
            undecided=(),
            pack_version=pack.info.version,
        )
    papers = tuple(_load_paper(member) for member in family)
    text = understanding.document.text
    resembles = tuple(
        side_by_side(likeness, text, _load_paper(other).document.text) if other is not None else likeness.resemblance
        for likeness, other in likely
    )
    return _slim(judge(understanding, pack, msgspec.structs.replace(context, family=papers, resembles=resembles)))


def _load_paper(file: str) -> Understanding:
    """One paper of the spool."""
    understanding: Understanding = pickle.loads(Path(file).read_bytes())
    return understanding


@lru_cache(maxsize=1)
def _load_pack(file: str) -> Pack:
    """The rules as the parent loaded them: once a worker, and the same for all even if a rule file changes meanwhile."""
    pack: Pack = pickle.loads(Path(file).read_bytes())
    index_of(pack)
    spare_collector()
    return pack


def spare_collector() -> None:
    """What is loaded now lives as long as the worker: the collector need not look through it again and again, nor through a
    paper each time that it has grown a little: of what is made of papers hardly anything forms cycles.
    """
    gc.freeze()
    gc.set_threshold(_COLLECTED_AT)


_COLLECTED_AT = 50_000  # new objects; by default every 700


def _keep(document: Document, spool: str) -> Paper:
    understanding = understand(document) if document.status != "unreadable" else nothing_understood(document)
    file = Path(spool, f"{_digest(document.name)}.paper")
    file.write_bytes(pickle.dumps(understanding, protocol=pickle.HIGHEST_PROTOCOL))
    readable = document.status != "unreadable"
    return Paper(
        file=str(file),
        card=card(understanding),
        profile=profile(understanding) if readable else None,
        promises=promises(understanding),
    )


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def _is_archive(path: Path, settings: Settings) -> bool:
    try:
        if path.stat().st_size > settings.max_file_bytes:
            return False
        data = path.read_bytes()
        return data.startswith(b"PK") and detect(data, settings) == "zip"
    except (OSError, DocumentError):
        return False  # the reader says why


def _unpack(path: Path, name: str, settings: Settings, spool: str) -> Iterator[Source | Skipped]:
    for inner, content in members(path.read_bytes(), settings, readers.DOCUMENT_SUFFIXES):
        full = f"{name}/{inner}"
        if isinstance(content, DocumentError):
            yield Skipped(name=full, code=content.code, message=content.message)
            continue
        file = Path(spool, f"{_digest(full)}{Path(inner).suffix}")
        file.write_bytes(content)
        yield Source(path=str(file), name=full)


def _slim(audit: Audit) -> Audit:
    document = audit.understanding.document
    blocks = tuple(msgspec.structs.replace(block, pieces=()) for block in document.blocks)
    understanding = msgspec.structs.replace(
        audit.understanding,
        document=msgspec.structs.replace(document, blocks=blocks),
        provisions=(),
        values=tuple(value for value in audit.understanding.values if value.kind == "money"),
        references=(),
    )
    return msgspec.structs.replace(audit, understanding=understanding)
