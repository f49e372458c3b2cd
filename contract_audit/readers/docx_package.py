"""The zip of XML parts that a docx is: parts by relationship, parsed without entities, network or DTD."""

import posixpath
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from contract_audit.errors import DocumentError
from contract_audit.readers.zips import open_zip, read_entry
from contract_audit.settings import Settings

Element = Any  # lxml ships no types
Path = tuple[int, ...]  # child indices from a part's root

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_MAX_XML_BYTES = 32 * 1024 * 1024  # 2,600 pages of contract; parsed it takes ten times as much memory
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# "Strict" files use other namespaces for the same elements; exchanging them keeps one reader.
_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), f"http://schemas.openxmlformats.org/{usual}".encode())
    for strict, usual in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("officeDocument/math", "officeDocument/2006/math"),
        ("drawingml/main", "drawingml/2006/main"),
        ("drawingml/wordprocessingDrawing", "drawingml/2006/wordprocessingDrawing"),
        ("drawingml/picture", "drawingml/2006/picture"),
    )
)


class Relation(NamedTuple):
    """A relationship of a part: the last word of its type (styles, image …) and the part it points at."""

    kind: str
    target: str
    external: bool


class Package:
    """A docx opened under limits. `main` is the name of the part that holds the body, `body` its root element."""

    def __init__(self, data: bytes, settings: Settings) -> None:
        self._archive = open_zip(data, settings)
        self._limit = settings.max_zip_bytes
        self._names = {name.replace("\\", "/").lstrip("/"): name for name in self._archive.namelist()}
        self.main = next(
            (relation.target for relation in self.relations("").values() if relation.kind == "officeDocument"),
            "word/document.xml",
        )
        body = self.root(self.main)
        if body is None:
            raise DocumentError("damaged", "文件已损坏（缺少正文部分），请用 Word/WPS 打开并另存后再检查")
        self.body: Element = body

    def relations(self, part: str) -> dict[str, Relation]:
        """Relationships of `part` ("" for the package) by id; none if the part has none."""
        folder, file = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for item in root.iter(_RELATION) if root is not None else ():
            target = unquote(item.get("Target", ""))
            external = item.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target, external)
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts of that kind that `part` points at and that are there, in order of their names."""
        targets = {relation.target for relation in self.relations(part).values() if relation.kind == kind}
        return sorted(targets & self._names.keys())

    def roots(self, kind: str) -> Iterator[tuple[str, Element]]:
        """Name and root element of every XML part of that kind that the main part points at."""
        for part in self.related(self.main, kind):
            root = self.root(part)
            if root is not None:
                yield part, root

    def data(self, part: str) -> bytes | None:
        """The bytes of a part, None if it is not there."""
        name = self._names.get(part)
        return None if name is None else read_entry(self._archive, name, self._limit)

    def root(self, part: str) -> Element | None:
        """The root element of an XML part, None if the part is not there.

        Raises DocumentError: too_large, damaged; also for a DOCTYPE, which no docx has and which only attacks use.
        """
        name = self._names.get(part)
        return None if name is None else parse_xml(read_entry(self._archive, name, _MAX_XML_BYTES))


def parse_xml(data: bytes) -> Element:
    """The root element of `data`. Comments stay, so that child indices are those of any other XML reader."""
    if b"<!DOCTYPE" in data[:4096]:
        raise DocumentError(
            "damaged", "文件内部含 DOCTYPE 声明（正常 docx 没有，可能是攻击文件），未读取；请核实文件来源"
        )
    if b"http://purl.oclc.org/ooxml/" in data[:8192]:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            "damaged", "文件内部结构已损坏或嵌套过深，无法读取；请用 Word/WPS 打开并另存后再检查"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(
            "damaged", "文件内部含 DOCTYPE 声明（正常 docx 没有，可能是攻击文件），未读取；请核实文件来源"
        )
    return root


_VAL = W + "val"


def first_child(element: Element, tag: str) -> Element | None:
    """The first child with that tag; several times as fast as `find`, which matters where it is called per paragraph."""
    return next(element.iterchildren(tag), None)


def value(element: Element | None, attribute: str | None = None) -> str | None:
    """The w:val (or another w: attribute) of `element`; None without element or attribute."""
    if element is None:
        return None
    text: str | None = element.get(W + attribute if attribute else _VAL)
    return text


def number(element: Element | None, attribute: str | None = None) -> int | None:
    """`value` as an integer; None where it is absent or no integer."""
    text = value(element, attribute)
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def switched_on(element: Element | None) -> bool | None:
    """The state of an on/off property: None absent, False for val 0/false/off, True otherwise."""
    return None if element is None else value(element) not in ("0", "false", "off")
