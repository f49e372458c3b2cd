"""Files that are there whole or not at all: written beside their place, then moved into it."""

import os
import tempfile
from functools import cache
from pathlib import Path

from contract_audit.errors import ReportError


def write_bytes(path: Path, content: bytes) -> None:
    """Put `content` at `path`, making missing folders; an existing file stays as it was until all bytes are on disk.

    Raises ReportError with the reason and what to do.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".~", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise ReportError(path, _reason(error)) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())  # mkstemp makes files private; a report is for the office
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise ReportError(path, _reason(error)) from error


@cache
def _umask() -> int:
    """Read once: it can only be read by setting it, which other threads would notice."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有写入权限，或文件正被 Excel、WPS 等打开；请关闭该文件或换一个输出位置"
    if isinstance(error, IsADirectoryError):
        return "该位置是一个文件夹；请写明文件名"
    if isinstance(error, NotADirectoryError | FileExistsError):
        return "上级路径中有一个不是文件夹；请换一个输出位置"
    return f"无法写入（{error.strerror or error}）；请检查磁盘空间和路径"
