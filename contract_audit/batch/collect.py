"""Paths that a person gave to the list of files to read, in a fixed order, with the names that reports print."""

import os
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from contract_audit.errors import UsageError
from contract_audit.model import Skipped, Struct
from contract_audit.readers import DOCUMENT_SUFFIXES
from contract_audit.reports.identity import GENERATOR


class Source(Struct, frozen=True, kw_only=True):
    """One file to read: where it is, and its name in reports (relative to the scanned root, with forward slashes).

    `converted` is the file that LibreOffice made of it, where that was done beforehand.
    """

    path: str
    name: str
    converted: str | None = None


class Collected(Struct, frozen=True, kw_only=True):
    """What a scan will read, what it refuses, and notes on what it leaves aside."""

    sources: tuple[Source, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...]


def collect(paths: tuple[Path, ...]) -> Collected:
    """Files of all `paths`: a file as it is, a folder with everything below that looks like a document.

    Companion tables, lock files, hidden files and reports of this program are left aside; other files are counted in a
    note, links that lead out of the folder are refused. Raises UsageError where a path does not exist or nothing is left.
    """
    sources: list[Source] = []
    skipped: list[Skipped] = []
    others: dict[str, int] = {}
    for path in paths:
        prefix = f"{path.resolve().name}/" if len(paths) > 1 else ""
        if path.is_dir():
            for file in _files(path):
                _sort_out(path, file, prefix, sources, skipped, others)
        elif path.is_file():
            sources.append(Source(path=str(path), name=display_name(path.name)))
        else:
            raise UsageError(f"{path} {'不是普通文件' if path.exists() else '找不到'}，请检查路径")
    if not sources and not skipped:
        raise UsageError(f"{'、'.join(map(str, paths))}：没有可审查的文件（docx、pdf、doc、wps、txt、图片、zip 等）")
    return Collected(sources=tuple(_distinct(sources)), skipped=tuple(skipped), notes=tuple(_note(others)))


def names_below(paths: tuple[Path, ...], roots: tuple[Path, ...], others: tuple[Path, ...] = ()) -> frozenset[str]:
    """The names that `collect(paths)` gives to files below `roots`; what lies below both belongs to the nearer path."""

    def nearest(path: str, folders: tuple[Path, ...]) -> int:
        file = Path(path).resolve()
        return max((len(one.resolve().parts) for one in folders if file.is_relative_to(one.resolve())), default=0)

    return frozenset(one.name for one in collect(paths).sources if nearest(one.path, roots) > nearest(one.path, others))


def display_name(name: str) -> str:
    """A file name as text: names that are no UTF-8 were most likely written as GBK by another system."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            yield Path(folder, name)


def _sort_out(
    root: Path, file: Path, prefix: str, sources: list[Source], skipped: list[Skipped], others: dict[str, int]
) -> None:
    if file.name.startswith((".", "~$")) or file.name.lower() in ("thumbs.db", "desktop.ini"):
        return
    suffix = file.suffix.lower()
    if suffix in _COMPANIONS or (file.is_file() and _is_own_report(file)):
        return
    if suffix and suffix not in DOCUMENT_SUFFIXES:
        others[suffix] = others.get(suffix, 0) + 1
        return
    name = prefix + display_name(file.relative_to(root).as_posix())
    fault = _fault(root, file)
    if fault is None:
        sources.append(Source(path=str(file), name=name))
    else:
        skipped.append(Skipped(name=name, code=fault[0], message=fault[1]))


def _fault(root: Path, file: Path) -> tuple[str, str] | None:
    """Why a directory entry must not be opened; a pipe would wait for ever, a link may lead anywhere."""
    real = Path(os.path.realpath(file))
    if not real.is_relative_to(os.path.realpath(root)):
        return "link", "是指向文件夹以外的链接，未读取；请复制原件到文件夹内"
    if not real.is_file():
        return "link", "是失效的链接或不是普通文件，未读取；请放入原件"
    return None


_COMPANIONS = frozenset([".json", ".jsonl", ".csv", ".yaml", ".yml", ".sarif"])


def _is_own_report(file: Path) -> bool:
    """True for lists and pages that this program wrote: they quote agreements and are none."""
    suffix = file.suffix.lower()
    try:
        if suffix == ".xlsx":
            with ZipFile(file) as archive:
                return GENERATOR.encode() in archive.read("docProps/core.xml")[:4_000]
        if suffix == ".html":
            with file.open("rb") as page:
                return f'content="{GENERATOR}"'.encode() in page.read(2_000)
    except (OSError, BadZipFile, KeyError, NotImplementedError, RuntimeError):
        return False  # damaged or odd: the reader will say so
    return False


def _distinct(sources: list[Source]) -> Iterator[Source]:
    """Every file once, every name once: the same name from two folders is told apart by its full path."""
    names: dict[str, str] = {}
    seen: set[str] = set()
    for source in sources:
        real = os.path.realpath(source.path)
        if real in seen:
            continue
        seen.add(real)
        name = source.name if source.name not in names else display_name(source.path.replace(os.sep, "/"))
        names[name] = real
        yield Source(path=source.path, name=name)


def _note(others: dict[str, int]) -> Iterator[str]:
    if others:
        kinds = "、".join(f"{suffix} {count} 个" for suffix, count in sorted(others.items()))
        yield f"文件夹中另有不是文书的文件未读取：{kinds}"
