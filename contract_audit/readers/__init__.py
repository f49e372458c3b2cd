"""Bytes to documents, by content and never by suffix.

`read(path, settings)` returns every document in the file: usually one, several for a zip or a file that holds several
agreements. What cannot be read comes back as a Document with status `unreadable` and the reason in `problems`.
"""

import hashlib
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
    "ods": "office",
}
_PACKED = {"rar": "RAR", "7z": "7z"}

# What a folder scan picks up; what each file really is, `detect` says.
# fmt: off
DOCUMENT_SUFFIXES = frozenset((
    ".docx", ".docm", ".dotx", ".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt",
    ".html", ".htm", ".mht", ".mhtml", ".pdf",
    ".txt", ".ofd", ".xlsx", ".xlsm", ".xls", ".et",
    ".ods", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp",
    ".heic", ".zip", ".rar", ".7z",
))
# fmt: on


def read(path: Path, settings: Settings, *, name: str | None = None) -> tuple[Document, ...]:
    """Every document in the file at `path`, named `name` (default: the file's own name).

    Never raises for bad content: a file that cannot be read is one Document with status `unreadable` whose `problems`
    say why and what to do.
    """
    name = name or path.name
    try:
        size = path.stat().st_size
        if size > settings.max_file_bytes:
            raise DocumentError(
                "too_large",
                f"文件 {size >> 20} MB，超过上限 {settings.max_file_bytes >> 20} MB，未读取；请拆分或压缩图片后再检查",
            )
        data = path.read_bytes()
    except OSError as error:
        return (_unreadable(name, b"", "unsupported", f"无法打开文件：{error.strerror or error}；请检查路径和权限"),)
    except DocumentError as error:
        return (_unreadable(name, b"", error.code, error.message),)
    return read_bytes(data, name, settings)


def read_bytes(data: bytes, name: str, settings: Settings) -> tuple[Document, ...]:
    """Every document in `data`, as `read` does for a file."""
    try:
        kind = detect(data, settings)
        if kind == "zip":
            return _read_archive(data, name, settings)
        if kind in _PACKED:
            raise DocumentError("unsupported", f"{_PACKED[kind]} 压缩包不能直接读取；请解压，或改存为 zip 后再检查")
        document: Document = import_module(f"contract_audit.readers.{FORMATS[kind]}").read(data, name, settings)
    except DocumentError as error:
        return (_unreadable(name, data, error.code, error.message, error.page),)
    except (MemoryError, RecursionError):
        return (_unreadable(name, data, "memory", "读取所需内存超过上限，未读取；请拆分文件后再检查"),)
    if document.secrecy is None:
        document = msgspec.structs.replace(document, secrecy=secrecy_mark(document))
    return (document,)


def _read_archive(data: bytes, name: str, settings: Settings) -> tuple[Document, ...]:
    from contract_audit.readers.archive import members

    documents: list[Document] = []
    for inner, content in members(data, settings, DOCUMENT_SUFFIXES):
        full = f"{name}/{inner}"
        if isinstance(content, DocumentError):
            documents.append(_unreadable(full, b"", content.code, content.message))
        else:
            documents.extend(read_bytes(content, full, settings))
    return tuple(documents)


def _unreadable(name: str, data: bytes, code: str, message: str, page: int | None = None) -> Document:
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=Path(name).suffix.lower().lstrip("."),
        status="unreadable",
        problems=(Problem(code=code, message=message, page=page),),
    )
