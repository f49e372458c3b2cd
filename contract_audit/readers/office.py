"""Old Word, WPS, RTF, ODT, spreadsheets and web pages: LibreOffice turns them into docx or xlsx, which are then read.

LibreOffice runs without macros and network content, on a profile of its own, in a process group that is killed when the
time is over; many files go through one call. Offsets of the document refer to the converted file.
"""

import email
import email.policy
import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from contract_audit.errors import DocumentError
from contract_audit.model import Document, Problem
from contract_audit.readers import docx, xlsx
from contract_audit.readers.office_numbers import mended
from contract_audit.readers.zips import read_entry
from contract_audit.settings import Settings

_BATCH = 30
_PER_FILE_S = 5.0  # on top of the time-out of one file, for each further file of a batch
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)
# No macros, no linked content from elsewhere, no updates of links: a contract must not reach out of the machine.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


class _Route(NamedTuple):
    """How one format goes through LibreOffice: the suffix it is known by, the result, and a forced import filter."""

    suffix: str
    target: str = "docx"
    infilter: str | None = None


_ROUTES = {
    "doc": _Route(".doc"),
    "rtf": _Route(".rtf"),
    "odt": _Route(".odt"),
    "works": _Route(".wps"),
    "wordxml": _Route(".xml"),
    "html": _Route(".html", infilter="HTML (StarWriter)"),
    "mhtml": _Route(".html", infilter="HTML (StarWriter)"),
    "xls": _Route(".xls", "xlsx"),
    "xlsb": _Route(".xlsb", "xlsx"),
    "ods": _Route(".ods", "xlsx"),
}
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def read(data: bytes, name: str, settings: Settings) -> Document:
    """The document in `data`, of any format in the table of routes. Raises DocumentError: needs_office, timeout, damaged."""
    from contract_audit.readers.detect import detect

    kind = detect(data, settings)
    result = convert([(kind, data)], settings)[0]
    if isinstance(result, DocumentError):
        raise result
    return read_converted(data, kind, result, name, settings)


def read_converted(data: bytes, kind: str, converted: bytes, name: str, settings: Settings) -> Document:
    """The document in `converted`, named and marked as what the original `data` of format `kind` is."""
    reader = docx if _ROUTES[kind].target == "docx" else xlsx
    document = mended(reader.read(converted, name, settings))
    if _repeats_input_fields(converted):
        document = msgspec.structs.replace(document, problems=(*document.problems, _REPEATED))
    return msgspec.structs.replace(document, format=kind, sha256=hashlib.sha256(data).hexdigest())


def convert(files: Sequence[tuple[str, bytes]], settings: Settings) -> list[bytes | DocumentError]:
    """Each (format, bytes) as docx or xlsx, or the reason why not; in the order of `files`.

    Files of one kind share a call of LibreOffice (30 at most, one second for the call and some 50 ms a file); if it
    fails or takes too long, those without a result are tried again one by one.
    """
    program = _program()
    if program is None:
        return [DocumentError("needs_office", _NO_OFFICE)] * len(files)
    results: list[bytes | DocumentError] = [DocumentError("damaged", _FAILED)] * len(files)
    groups: dict[tuple[str, str | None], list[int]] = {}
    for index, (kind, _) in enumerate(files):
        route = _ROUTES[kind]
        groups.setdefault((route.target, route.infilter), []).append(index)
    for indices in groups.values():
        for start in range(0, len(indices), _BATCH):
            _convert_batch(program, files, indices[start : start + _BATCH], results, settings)
    return results


_NO_OFFICE = "本机未安装 LibreOffice，旧格式（doc、wps、rtf 等）未读取；请安装 LibreOffice，或用 Word/WPS 另存为 docx"
_FAILED = "LibreOffice 无法打开此文件（可能已损坏或设有密码），未读取；请用 Word/WPS 打开并另存为 docx"
_REPEATED = Problem(
    code="conversion_fields",
    message="文件含填空域，经 LibreOffice 转换后域内文字可能重复出现；请对照原件，或用 Word/WPS 另存为 docx 后重查",
)
_SLOW = "LibreOffice 转换超时，未读取；请用 Word/WPS 打开并另存为 docx"


def _convert_batch(
    program: str,
    files: Sequence[tuple[str, bytes]],
    indices: Sequence[int],
    results: list[bytes | DocumentError],
    settings: Settings,
) -> None:
    done, late = _call(program, [files[index] for index in indices], settings)
    for place, index in enumerate(indices):
        if place in done:
            results[index] = done[place]
        elif len(indices) > 1:
            _convert_batch(program, files, [index], results, settings)
        elif late:
            results[index] = DocumentError("timeout", _SLOW)


def _call(program: str, files: Sequence[tuple[str, bytes]], settings: Settings) -> tuple[dict[int, bytes], bool]:
    """One run of LibreOffice: the results by position in `files`, and whether it was stopped by the clock."""
    route = _ROUTES[files[0][0]]
    with tempfile.TemporaryDirectory(prefix="contract_audit_", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        profile = home / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        sources = []
        for place, (kind, data) in enumerate(files):
            source = home / f"{place}{_ROUTES[kind].suffix}"
            source.write_bytes(prepared(kind, data))
            sources.append(str(source))
        command = [
            program,
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            *([f"--infilter={route.infilter}"] if route.infilter else []),
            "--convert-to",
            _FILTERS[route.target],
            "--outdir",
            str(home / "out"),
            *sources,
        ]
        late = _run(command, home, settings.office_timeout_s + _PER_FILE_S * (len(files) - 1))
        found = ((place, home / "out" / f"{place}.{route.target}") for place in range(len(files)))
        return {place: path.read_bytes() for place, path in found if path.is_file() and path.stat().st_size}, late


def _run(command: list[str], folder: Path, timeout_s: float) -> bool:
    """Run `command` and everything it starts; True if it had to be killed."""
    # A proxy that does not answer: whatever still wants to fetch something fails at once.
    environment = os.environ | {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
    )
    try:
        process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        return True
    finally:
        _kill_group(process)
    return False


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children; LibreOffice leaves some behind when it is stopped or crashes."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def installed() -> bool:
    """True if LibreOffice is found on this machine."""
    return _program() is not None


def _program() -> str | None:
    found = (shutil.which(program) for program in _PROGRAMS)
    return next(filter(None, found), None) or next((place for place in _PLACES if Path(place).is_file()), None)


def prepared(kind: str, data: bytes) -> bytes:
    """`data` as LibreOffice can make a true copy of it; most formats stay as they are."""
    change = _PREPARED.get(kind)
    return data if change is None else change(data)


def _repeats_input_fields(converted: bytes) -> bool:
    """True if input fields went through LibreOffice, which writes the content of such a field several times."""
    with zipfile.ZipFile(io.BytesIO(converted)) as archive:
        body = "word/document.xml"
        return body in archive.namelist() and b"<w:instrText" in (xml := archive.read(body)) and b" FILLIN " in xml


def _without_input_fields(data: bytes) -> bytes:
    """An ODT whose input fields are plain text: LibreOffice writes their content several times into a docx."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry: read_entry(archive, entry, entry.file_size) for entry in archive.infolist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts.items():
            archive.writestr(entry, _INPUT_FIELD.sub(b"", content) if entry.filename == "content.xml" else content)
    return buffer.getvalue()


def _web_page(data: bytes) -> bytes:
    """The HTML part of a web archive (MHTML), as LibreOffice cannot open the archive itself."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    page = message.get_body(preferencelist=("html",))
    content = page.get_content() if page is not None else ""
    if not isinstance(content, str):
        return b""
    return b'<meta charset="utf-8">' + content.encode("utf-8", "replace")


_INPUT_FIELD = re.compile(rb"</?text:text-input\b[^>]*>")
_PREPARED: dict[str, Callable[[bytes], bytes]] = {"mhtml": _web_page, "odt": _without_input_fields}
