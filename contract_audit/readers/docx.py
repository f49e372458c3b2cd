"""Word documents (docx, docm, dotx): accepted text, hidden and deleted text apart, numbers computed."""

import hashlib
from itertools import chain
from typing import NamedTuple

from contract_audit.errors import DocumentError
from contract_audit.model import Document, Problem, Seal
from contract_audit.readers.assemble import Assembler, plain
from contract_audit.readers.clean import cleaned
from contract_audit.readers.docx_blocks import Item, Table, assemble, item_asides
from contract_audit.readers.docx_body import Body
from contract_audit.readers.docx_inline import Inline
from contract_audit.readers.docx_numbering import Numbering
from contract_audit.readers.docx_package import Element, Package, W, value
from contract_audit.readers.docx_pictures import sort_pictures, with_pages
from contract_audit.readers.docx_styles import Styles
from contract_audit.settings import Settings

_LAST_PAGE_BREAK = W + "lastRenderedPageBreak"
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read(data: bytes, name: str, settings: Settings) -> Document:
    """The document in the bytes of a docx.

    Block.pieces name the w:t (or w:tab, w:br …) elements by part and child indices. Pages are those of the last time
    Word laid the file out, absent where it did not note them. Raises DocumentError for a package that cannot be read.
    """
    package = Package(data, settings)
    root = package.body
    definitions = _definitions(package)
    paged = next(root.iter(_LAST_PAGE_BREAK), None) is not None
    walker = definitions.walker(package.main, 1 if paged else None)
    assembler = Assembler()
    for index, child in enumerate(root):
        if child.tag == W + "body":
            assemble(walker.items(child, (index,)), assembler)
    footnotes = _footnotes(package, definitions, assembler)
    headers = _headers(package, definitions, assembler)
    pictures = sort_pictures(package, package.main, walker.inline.pictures, settings)
    problems = _problems(walker)
    document = Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="docx",
        status="partly_read" if problems else "read",
        problems=problems,
        pages=walker.inline.page,
        text=assembler.text,
        blocks=tuple(assembler.blocks),
        tables=tuple(assembler.grids),
        hidden=assembler.passages("hidden"),
        deleted=assembler.passages("deleted"),
        comments=_comments(package, definitions),
        footnotes=footnotes,
        headers=headers,
        seals=tuple(Seal(page=page) for page in pictures.seals),
    )
    if pictures.pages:
        document = with_pages(document, pictures.pages, settings)
    if not document.text and not document.problems:
        raise DocumentError("empty", "文件里没有文字，请核对是否传错文件")
    return document


class _Definitions(NamedTuple):
    """What all parts of one package share; the numbers of each part are counted anew."""

    styles: Styles
    lists: Element | None

    def walker(self, part: str, page: int | None) -> Body:
        return Body(self.styles, Numbering(self.lists, self.styles.lists), Inline(part, self.styles, page))


def _definitions(package: Package) -> _Definitions:
    styles, lists = (next((root for _, root in package.roots(kind)), None) for kind in ("styles", "numbering"))
    return _Definitions(Styles(styles), lists)


def _problems(walker: Body) -> tuple[Problem, ...]:
    inserted = walker.inline.objects + walker.unread_parts
    if not inserted:
        return ()
    message = f"正文中嵌有 {inserted} 个其他文件（如 Excel 表），未读取；请单独另存后一并检查"
    return (Problem(code="unsupported", message=message),)


def _side_text(
    part: str, elements: list[Element], definitions: _Definitions, assembler: Assembler | None = None
) -> list[str]:
    """The text of each of `elements` of a part beside the body; what is hidden or deleted there goes to `assembler`."""
    texts = []
    for element in elements:
        items = definitions.walker(part, None).items(element)
        texts.append("\n".join(filter(None, map(_item_text, items))))
        if assembler is not None:
            for aside in chain.from_iterable(map(item_asides, items)):
                assembler.aside(aside, in_body=False)
    return texts


def _item_text(item: Item) -> str:
    if isinstance(item, Table):
        return "\n".join(
            "\t".join(filter(None, ("".join(map(_item_text, cell.items)) for cell in row))) for row in item.rows
        )
    return cleaned((item.label or "") + plain(item.runs)).strip()


def _footnotes(package: Package, definitions: _Definitions, assembler: Assembler) -> tuple[str, ...]:
    texts: list[str] = []
    for kind in ("footnote", "endnote"):
        for part, root in package.roots(f"{kind}s"):
            notes = [note for note in root.findall(W + kind) if value(note, "type") not in _SEPARATORS]
            texts += _side_text(part, notes, definitions, assembler)
    return tuple(filter(None, texts))


def _headers(package: Package, definitions: _Definitions, assembler: Assembler) -> tuple[str, ...]:
    """Headers and footers of all sections, each text once."""
    texts: list[str] = []
    for part, root in chain(package.roots("header"), package.roots("footer")):
        texts += _side_text(part, [root], definitions, assembler)
    return tuple(dict.fromkeys(filter(None, texts)))


def _comments(package: Package, definitions: _Definitions) -> tuple[str, ...]:
    texts: list[str] = []
    for part, root in package.roots("comments"):
        texts += _side_text(part, root.findall(W + "comment"), definitions)
    return tuple(filter(None, texts))
