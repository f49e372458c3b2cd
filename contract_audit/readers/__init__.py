"""Bytes to documents, by content and never by suffix.

`read(path, settings)` returns every document in the file: usually one, several for a zip or a file that holds several
agreements. What cannot be read comes back as a Document with status `unreadable` and the reason in `problems`.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import msgspec

from contract_audit.errors import DocumentError
from contract_audit.model import Document, Problem
from contract_audit.readers.detect import detect
from contract_audit.readers.secrecy import secrecy_mark
from contract_audit.settings import Settings

# Detected format → module of this package that reads it: `read(data, name, settings) -> Document`.
FORMATS = {
    "docx": "docx",
    "txt": "txt",
    "xlsx": "xlsx",
    "pdf": "pdf",
    "ofd": "ofd",
    "jpg": "picture",
    "png": "picture",
    "tif": "picture",
    "bmp": "picture",
    "gif": "picture",
    "webp": "picture",
    "doc": "office",
    "rtf": "office",
    "odt": "office",
    "html": "office",
    "mhtml": "office",
    "wordxml": "office",
    "works": "office",
    "xls": "office",
    "xlsb": "office",
    "ods": "office",
}
_PACKED = {"rar": "RAR", "7z": "7z"}

# What a folder scan picks up; what each file really is, `detect` says.
# fmt: off
DOCUMENT_SUFFIXES = frozenset((
    ".docx", ".docm", ".dotx", ".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt",
    ".html", ".htm", ".mht", ".mhtml", ".pdf",
    ".txt", ".ofd", ".xlsx", ".xlsm", ".xlsb", ".xls", ".et",
    ".ods", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp",
    ".heic", ".zip", ".rar", ".7z",
))
# fmt: on


def read(
    path: Path, settings: Settings, *, name: str | None = None, converted: Path | None = None
) -> tuple[Document, ...]:
    """Every document in the file at `path`, named `name` (default: the file's own name).

    `converted` is what `convert` made of it, if it did. Never raises for bad content: a file that cannot be read is one
    Document with status `unreadable` whose `problems` say why and what to do.
    """
    name = name or path.name
    try:
        data = _bytes(path, settings)
    except DocumentError as error:
        return (unreadable(name, b"", error),)
    if converted is None:
        return read_bytes(data, name, settings)
    return _guarded(data, name, lambda: _read_converted(data, converted.read_bytes(), name, settings))


def read_bytes(data: bytes, name: str, settings: Settings) -> tuple[Document, ...]:
    """Every document in `data`, as `read` does for a file."""
    return _guarded(data, name, lambda: _read_detected(data, name, settings))


def convert(paths: Sequence[Path], folder: Path, settings: Settings) -> dict[Path, Path]:
    """Convert all of `paths` that need LibreOffice, many a call, into `folder`; the results by original path.

    Paths that need no conversion, or whose conversion failed, are left out: `read` deals with them alone.
    """
    from contract_audit.readers import office

    needing: list[tuple[Path, str, bytes]] = []
    for path in paths:
        with suppress(DocumentError):
            data = _bytes(path, settings)
            kind = detect(data, settings)
            if FORMATS.get(kind) == "office":
                needing.append((path, kind, data))
    found = {}
    results = office.convert([(kind, data) for _, kind, data in needing], settings)
    for number, ((path, _, _), result) in enumerate(zip(needing, results, strict=True)):
        if not isinstance(result, DocumentError):
            found[path] = folder / f"{number}.converted"
            found[path].write_bytes(result)
    return found


def _bytes(path: Path, settings: Settings) -> bytes:
    limit = settings.max_file_bytes
    try:
        size = path.stat().st_size
        if size > limit:
            raise DocumentError(
                "too_large", f"文件 {size >> 20} MB，超过上限 {limit >> 20} MB，未读取；请拆分或压缩图片后再检查"
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DocumentError("unreachable", f"无法打开文件（{reason}），未读取；请检查路径和权限") from error


def _guarded(data: bytes, name: str, reading: Callable[[], tuple[Document, ...]]) -> tuple[Document, ...]:
    try:
        return reading()
    except DocumentError as error:
        return (unreadable(name, data, error),)
    except (MemoryError, RecursionError):
        return (unreadable(name, data, DocumentError("memory", "读取所需内存超过上限，未读取；请拆分文件后再检查")),)


def _read_detected(data: bytes, name: str, settings: Settings) -> tuple[Document, ...]:
    kind = detect(data, settings)
    if kind == "zip":
        return _read_archive(data, name, settings)
    if kind in _PACKED:
        raise DocumentError("unsupported", f"{_PACKED[kind]} 压缩包不能直接读取；请解压，或改存为 zip 后再检查")
    reader = import_module(f"contract_audit.readers.{FORMATS[kind]}")
    return (_marked(reader.read(data, name, settings)),)


def _read_converted(data: bytes, converted: bytes, name: str, settings: Settings) -> tuple[Document, ...]:
    from contract_audit.readers import office

    return (_marked(office.read_converted(data, detect(data, settings), converted, name, settings)),)


def _marked(document: Document) -> Document:
    return document if document.secrecy else msgspec.structs.replace(document, secrecy=secrecy_mark(document))


def _read_archive(data: bytes, name: str, settings: Settings) -> tuple[Document, ...]:
    from contract_audit.readers.archive import members

    documents: list[Document] = []
    for inner, content in members(data, settings, DOCUMENT_SUFFIXES):
        full = f"{name}/{inner}"
        if isinstance(content, DocumentError):
            documents.append(unreadable(full, b"", content))
        else:
            documents.extend(read_bytes(content, full, settings))
    return tuple(documents)


def unreadable(name: str, data: bytes, error: DocumentError) -> Document:
    """The document that stands for a file of which nothing could be read."""
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=Path(name).suffix.lower().lstrip("."),
        status="unreadable",
        problems=(Problem(code=error.code, message=error.message, page=error.page),),
    )
