"""The zip of XML parts that an OFD file is (GB/T 33190-2016): parts by path, pages, resources, seals."""

import math
import posixpath
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml import etree

from contract_audit.errors import DocumentError
from contract_audit.readers.zips import open_zip, read_entry
from contract_audit.settings import Settings

Element = Any  # lxml ships no types
Numbers = tuple[float, ...]

_MAX_XML_BYTES = 32 * 1024 * 1024
_REMEDY = "请向提供方重新索取，或用 OFD 阅读器另存为 PDF 后再检查"
_A4 = (0.0, 0.0, 210.0, 297.0)


class PageParts(msgspec.Struct, frozen=True, kw_only=True):
    """One page: its box (x, y, width, height; millimetres), the roots of its content (templates first) and of its annotations."""

    box: Numbers
    contents: tuple[Element, ...]
    annotations: tuple[Element, ...]
    seals: tuple[Numbers, ...]  # boundaries of signatures on this page


class Package:
    """An OFD file opened under limits."""

    def __init__(self, data: bytes, settings: Settings) -> None:
        self._archive = open_zip(data, settings)
        self._limit = settings.max_zip_bytes
        self._names = {name.replace("\\", "/").lstrip("/"): name for name in self._archive.namelist()}
        if "Encryptions.xml" in self._names:
            raise DocumentError("password", "OFD 文件已加密，未读取；请解密（或另存为不加密的文件）后再检查")
        main = self.root("OFD.xml")
        if main is None:
            raise DocumentError("damaged", f"OFD 文件缺少入口文件，已损坏；{_REMEDY}")
        self._bodies = children(main, "DocBody")

    def data(self, path: str) -> bytes | None:
        """The bytes of a part, None if it is not there."""
        name = self._names.get(path)
        return None if name is None else read_entry(self._archive, name, self._limit)

    def root(self, path: str) -> Element | None:
        """The root element of a part, None if it is not there. Raises DocumentError: damaged, too_large."""
        name = self._names.get(path)
        return None if name is None else _parse(read_entry(self._archive, name, _MAX_XML_BYTES))

    def documents(self) -> Iterator["OfdDocument"]:
        """The documents in the file, usually one."""
        for body in self._bodies:
            path = resolve("", text_of(body, "DocRoot"))
            root = self.root(path)
            if root is not None:
                yield OfdDocument(self, posixpath.dirname(path), root, resolve("", text_of(body, "Signatures")))


class OfdDocument:
    """One document of an OFD file: pages with their templates, annotations and seals; pictures by resource id."""

    def __init__(self, package: Package, folder: str, root: Element, signatures: str) -> None:
        self._package = package
        self._folder = folder
        self._root = root
        self._box = _box(root, _A4)
        self._templates = {
            template.get("ID", ""): resolve(folder, template.get("BaseLoc", ""))
            for template in root.iter("{*}TemplatePage")
        }
        self._seals = self._find_seals(signatures)
        self._annotations = self._find_annotations()
        self.media = self._find_media()
        self.pages = [page for pages in children(root, "Pages") for page in children(pages, "Page")]

    def page(self, entry: Element) -> PageParts:
        """The parts of the page that an entry of `pages` names. Raises DocumentError: damaged, too_large."""
        path = resolve(self._folder, entry.get("BaseLoc", ""))
        root = self._package.root(path)
        if root is None:
            raise DocumentError("damaged", f"内容缺失；{_REMEDY}")
        contents = []
        for template in root.iter("{*}Template"):
            content = self._package.root(self._templates.get(template.get("TemplateID", ""), ""))
            if content is not None:
                contents.append(content)
        identity = entry.get("ID", "")
        return PageParts(
            box=_box(root, self._box),
            contents=(*contents, root),
            annotations=tuple(self._annotations.get(identity, ())),
            seals=tuple(self._seals.get(identity, ())),
        )

    def _find_seals(self, path: str) -> dict[str, list[Numbers]]:
        """Boundaries of signature stamps by page id."""
        seals: dict[str, list[Numbers]] = {}
        listing = self._package.root(path) if path else None
        for entry in listing.iter("{*}Signature") if listing is not None else ():
            signature = self._package.root(resolve(posixpath.dirname(path), entry.get("BaseLoc", "")))
            for stamp in signature.iter("{*}StampAnnot") if signature is not None else ():
                seals.setdefault(stamp.get("PageRef", ""), []).append(numbers(stamp.get("Boundary")))
        return seals

    def _find_annotations(self) -> dict[str, list[Element]]:
        """Annotation roots by page id."""
        found: dict[str, list[Element]] = {}
        path = resolve(self._folder, text_of(self._root, "Annotations"))
        listing = self._package.root(path) if path else None
        for page in children(listing, "Page"):
            part = self._package.root(resolve(posixpath.dirname(path), text_of(page, "FileLoc")))
            if part is not None:
                found.setdefault(page.get("PageID", ""), []).append(part)
        return found

    def _find_media(self) -> dict[str, str]:
        """Paths of picture files by resource id."""
        media: dict[str, str] = {}
        for kind in ("PublicRes", "DocumentRes"):
            for common in children(self._root, "CommonData"):
                for listed in children(common, kind):
                    path = resolve(self._folder, (listed.text or "").strip())
                    resources = self._package.root(path)
                    if resources is None:
                        continue
                    folder = resolve(posixpath.dirname(path), resources.get("BaseLoc", ""))
                    for item in resources.iter("{*}MultiMedia"):
                        media[item.get("ID", "")] = resolve(folder, text_of(item, "MediaFile"))
        return media


def children(element: Element | None, name: str) -> list[Element]:
    """Child elements of that local name, whatever the namespace of the standard's edition."""
    return [] if element is None else element.findall(f"{{*}}{name}")


def text_of(element: Element, name: str) -> str:
    """The text of the first child of that name, empty without one."""
    found = children(element, name)
    return (found[0].text or "").strip() if found else ""


def resolve(folder: str, location: str) -> str:
    """A location (ST_Loc) as a path from the root of the package: absolute with a slash, else relative to `folder`."""
    location = location.strip().replace("\\", "/")
    if not location:
        return folder if folder else ""
    joined = location if location.startswith("/") else posixpath.join("/", folder, location)
    return posixpath.normpath(joined).lstrip("/")


def numbers(text: str | None) -> Numbers:
    """The numbers of an array attribute; what is no finite number ends it."""
    found: list[float] = []
    for word in (text or "").split():
        try:
            number = float(word)
        except ValueError:
            break
        if not math.isfinite(number):
            break
        found.append(number)
    return tuple(found)


def _box(element: Element, default: Numbers) -> Numbers:
    for found in element.iter("{*}PhysicalBox"):
        box = numbers(found.text)
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            return box
    return default


def _parse(data: bytes) -> Element:
    if b"<!DOCTYPE" in data[:4096]:
        raise DocumentError("damaged", "OFD 文件内部含 DOCTYPE 声明（可能是攻击文件），未读取；请核实文件来源")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError("damaged", f"OFD 文件内部结构已损坏或嵌套过深，无法读取；{_REMEDY}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError("damaged", "OFD 文件内部含 DOCTYPE 声明（可能是攻击文件），未读取；请核实文件来源")
    return root
