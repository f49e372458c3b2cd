"""Zip containers under limits: docx, xlsx, ofd, odt and plain archives are all opened here."""

import io
import zipfile
import zlib

from contract_audit.errors import DocumentError
from contract_audit.settings import Settings

_SMALL = 1024 * 1024  # below this a high ratio is ordinary: XML parts compress well
_REMEDY = "请向提供方重新索取，或用 Word/WPS 打开后另存为新文件"


def open_zip(data: bytes, settings: Settings) -> zipfile.ZipFile:
    """The archive in `data`, refused by what its directory declares before anything is unpacked.

    Raises DocumentError: damaged, too_large (entries, total size, or one entry compressed beyond belief).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeError) as error:
        raise DocumentError("damaged", f"文件已损坏（压缩结构不完整），无法打开；{_REMEDY}") from error
    entries = archive.infolist()
    if len(entries) > settings.max_zip_entries:
        raise DocumentError(
            "too_large", f"压缩包内有 {len(entries)} 个条目，超过上限 {settings.max_zip_entries}，未读取"
        )
    total = sum(entry.file_size for entry in entries)
    if total > settings.max_zip_bytes:
        raise DocumentError(
            "too_large",
            f"解压后共 {total >> 20} MB，超过上限 {settings.max_zip_bytes >> 20} MB，疑似压缩炸弹，未读取；请核实文件来源",
        )
    for entry in entries:
        ratio = entry.file_size // max(1, entry.compress_size)
        if entry.file_size > _SMALL and ratio > settings.max_zip_ratio:
            raise DocumentError("too_large", f"内部文件压缩比达 {ratio} 倍，疑似压缩炸弹，未读取；请核实文件来源")
    return archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str, limit: int) -> bytes:
    """The bytes of one entry, never more than `limit` whatever the directory declared.

    Raises DocumentError: too_large, password (an encrypted entry), damaged.
    """
    try:
        with archive.open(entry) as stream:
            data = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError("damaged", f"压缩包内的文件已损坏，无法解压；{_REMEDY}") from error
    except RuntimeError as error:  # zipfile says "password required" with a plain RuntimeError
        raise DocumentError("password", "压缩包设有密码，未读取；请输入密码解压后再检查") from error
    if len(data) > limit:
        raise DocumentError("too_large", f"压缩包内单个文件超过 {limit >> 20} MB，未读取")
    return data
