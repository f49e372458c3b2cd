"""Zip archives of documents: members by their real names, one archive inside another, no deeper."""

import zipfile
from collections.abc import Iterator, Set
from operator import itemgetter
from pathlib import PurePosixPath

from contract_audit.errors import DocumentError
from contract_audit.readers.zips import open_zip, read_entry
from contract_audit.settings import Settings

_UTF8_NAME = 0x800  # general purpose flag 11: the name is UTF-8; without it Windows tools wrote GBK
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def members(
    data: bytes, settings: Settings, suffixes: Set[str], depth: int = 0
) -> Iterator[tuple[str, bytes | DocumentError]]:
    """Name and bytes of every member that looks like a document by suffix, in name order; an error stands for its bytes.

    A zip inside the zip is opened once (`inner.zip/a.docx`); deeper ones are an error. Raises DocumentError if the
    archive itself is damaged, too large, or holds no document at all.
    """
    archive = open_zip(data, settings)
    entries = [(_name(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
    found = False
    for name, entry in sorted(entries, key=itemgetter(0)):
        if not _is_document(name, suffixes):
            continue
        found = True
        yield from _member(archive, name, entry, settings, suffixes, depth)
    if not found:
        raise DocumentError("empty", "压缩包里没有可检查的文档（docx、doc、pdf、txt、图片等），请核对内容")


def _member(
    archive: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo, settings: Settings, suffixes: Set[str], depth: int
) -> Iterator[tuple[str, bytes | DocumentError]]:
    try:
        content = read_entry(archive, entry, settings.max_file_bytes)
        if not name.lower().endswith(".zip") or content[:4] not in _ZIP:
            yield name, content
        elif depth:
            raise DocumentError("unsupported", "压缩包嵌套超过两层，内层未读取；请解压后再检查")
        else:
            for inner, part in members(content, settings, suffixes, depth + 1):
                yield f"{name}/{inner}", part
    except DocumentError as error:
        yield name, error


def _name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")  # zipfile decodes unmarked names as cp437
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _is_document(name: str, suffixes: Set[str]) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in path.parts)
    return not hidden and (not path.suffix or path.suffix.lower() in suffixes)
