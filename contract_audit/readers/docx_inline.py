"""What stands inside one paragraph of a docx, sorted into what a reader of the accepted text sees, hidden and deleted.

Insertions, content controls, smart tags, hyperlinks and field results are text like any other; tracked deletions, moves
away and struck-out text are "deleted"; vanished, white and unreadably small text is "hidden". Field codes are neither.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from contract_audit.model import Stream
from contract_audit.readers.assemble import Aside, Run, plain
from contract_audit.readers.clean import SYMBOLS
from contract_audit.readers.docx_fields import Fields
from contract_audit.readers.docx_package import MC, Element, Path, R, W, first_child, switched_on, value
from contract_audit.readers.docx_styles import NO_LOOK, RunLook, Styles, run_look

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_EMU_PER_POINT = 12_700
_PRIVATE_USE = 0xF000
_TINY = 4  # half-points: 2 pt cannot be read on paper

_SKIPPED = frozenset(
    W + tag
    for tag in (
        "rPr",
        "pPr",
        "sdtPr",
        "sdtEndPr",
        "sectPr",
        "proofErr",
        "footnoteReference",
        "endnoteReference",
        "annotationRef",
        "footnoteRef",
        "endnoteRef",
        "commentReference",
        "separator",
        "continuationSeparator",
        "softHyphen",
        "rt",
        "delInstrText",
        "smartTagPr",
        "customXmlPr",
    )
)
_RUN_PROPERTIES = W + "rPr"
_STYLE_LENGTH = re.compile(r"(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?")
_POINTS = {"pt": 1.0, "": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}


class Picture(NamedTuple):
    """A picture by relationship id; shown size in points (0 where the file does not say), page if known."""

    relation: str
    width: float
    height: float
    floating: bool
    page: int | None


class Content(msgspec.Struct):
    """All that one paragraph holds. `page` is that of its first visible character, if pages are known."""

    page: int | None
    runs: list[Run] = []
    asides: list[Aside] = []
    boxes: list[tuple[Element, Path]] = []
    toc: bool = False
    size: int | None = None  # half-points, of the first accepted run with a size of its own
    last: Stream = "accepted"  # stream of the text added last


class Inline:
    """Reads the paragraphs of one part in order; pages and open fields carry over from one paragraph to the next."""

    def __init__(self, part: str, styles: Styles, page: int | None) -> None:
        self.page = page
        self.pictures: list[Picture] = []
        self.objects = 0
        self.stream: Stream = "accepted"  # what unmarked text is: "deleted" inside deleted rows and regions
        self._part = part
        self._styles = styles
        self._fields = Fields()
        self._frame = (0.0, 0.0, False)
        self._plain_ground = True
        self._seen: dict[tuple[RunLook, RunLook, bool], Stream] = {}
        self._look = NO_LOOK
        self._handlers: dict[str, Callable[[Element, Path, Stream, Content], None]] = {
            W + "r": self._run,
            W + "t": self._text,
            W + "delText": self._deleted_text,
            _M + "t": self._text,
            W + "tab": self._tab,
            W + "ptab": self._tab,
            W + "br": self._break,
            W + "cr": self._break,
            W + "noBreakHyphen": self._hyphen,
            W + "sym": self._symbol,
            W + "del": self._deletion,
            W + "moveFrom": self._deletion,
            W + "fldChar": self._field_mark,
            W + "instrText": self._field_code,
            W + "lastRenderedPageBreak": self._page_break,
            MC + "AlternateContent": self._alternative,
            W + "txbxContent": self._box,
            W + "object": self._object,
            _WP + "anchor": self._drawing,
            _WP + "inline": self._drawing,
            _A + "blip": self._picture,
            _V + "imagedata": self._picture,
            _V + "shape": self._shape,
            _V + "textpath": self._word_art,
        }

    def paragraph(self, element: Element, path: Path, look: RunLook, *, plain_ground: bool) -> Content:
        """What the w:p `element` holds. `look` is that of its style; `plain_ground`: white text would be invisible."""
        content = Content(self.page, toc=self._fields.in_toc)
        self._look = look
        self._plain_ground = plain_ground
        self._walk(element, path, self.stream, content)
        for text, text_path, stream in self._fields.give_up():
            self._add(text, text_path, stream, content)
        return content

    def _walk(self, parent: Element, path: Path, stream: Stream, content: Content) -> None:
        handlers = self._handlers
        for index, child in enumerate(parent):
            tag = child.tag
            handler = handlers.get(tag)
            if handler is not None:
                handler(child, (*path, index), stream, content)
            elif isinstance(tag, str) and tag not in _SKIPPED:
                self._walk(child, (*path, index), stream, content)

    def _run(self, run: Element, path: Path, stream: Stream, content: Content) -> None:
        properties = first_child(run, _RUN_PROPERTIES)
        own = NO_LOOK if properties is None else run_look(properties)
        if stream == "accepted":
            seen = (own, self._look, self._plain_ground)
            known = self._seen.get(seen)
            if known is None:
                known = self._seen[seen] = self._seen_as(own)
            stream = known
            if content.size is None and known == "accepted":
                content.size = own.size
        self._walk(run, path, stream, content)

    def _seen_as(self, own: RunLook) -> Stream:
        named = self._styles.run_look(own.style) if own.style else NO_LOOK
        layers = (own, named, self._look)
        # Toggle properties of a character style and the paragraph style cancel each other (17.7.3).
        vanish = own.vanish if own.vanish is not None else bool(named.vanish) != bool(self._look.vanish)
        struck = own.struck if own.struck is not None else bool(named.struck) != bool(self._look.struck)
        size = next((look.size for look in layers if look.size is not None), None)
        if vanish or (size is not None and size <= _TINY):
            return "hidden"
        if _first_of(layers, "white") and not _first_of(layers, "shaded") and self._plain_ground:
            return "hidden"
        return "deleted" if struck else "accepted"

    def _add(self, text: str, path: Path, stream: Stream, content: Content) -> None:
        if self._fields.coding is not None:
            self._fields.mute(text, path, stream)
        elif stream == "accepted":
            content.runs.append(Run(text, self._part, path))
            content.last = stream
        elif stream == content.last:
            content.asides[-1] = Aside(stream, content.asides[-1].text + text, content.asides[-1].page)
        else:
            content.asides.append(Aside(stream, text, self.page))
            content.last = stream

    def _text(self, element: Element, path: Path, stream: Stream, content: Content) -> None:
        text = element.text
        if text:
            self._add(text.replace("\n", " ").replace("\t", " "), path, stream, content)

    def _deleted_text(self, element: Element, path: Path, _stream: Stream, content: Content) -> None:
        self._text(element, path, "deleted", content)

    def _tab(self, _element: Element, path: Path, stream: Stream, content: Content) -> None:
        self._add("\t", path, stream, content)

    def _break(self, _element: Element, path: Path, stream: Stream, content: Content) -> None:
        self._add("\n", path, stream, content)

    def _hyphen(self, _element: Element, path: Path, stream: Stream, content: Content) -> None:
        self._add("-", path, stream, content)

    def _symbol(self, element: Element, path: Path, stream: Stream, content: Content) -> None:
        try:
            code = int(value(element, "char") or "", 16)
        except ValueError:
            return
        if code < _PRIVATE_USE and "wingdings" in (value(element, "font") or "").lower():
            code |= _PRIVATE_USE  # symbol fonts are written with or without this offset
        char = SYMBOLS.get(code, chr(code) if 0 < code < 0xD800 else "")
        if char:
            self._add(char, path, stream, content)

    def _deletion(self, element: Element, path: Path, _stream: Stream, content: Content) -> None:
        self._walk(element, path, "deleted", content)

    def _alternative(self, element: Element, path: Path, stream: Stream, content: Content) -> None:
        """Drawings come twice, for new and for old readers: only the first form counts."""
        chosen = next((index for index, child in enumerate(element) if child.tag == MC + "Choice"), None)
        if chosen is None:
            chosen = next((index for index, child in enumerate(element) if child.tag == MC + "Fallback"), None)
        if chosen is not None:
            self._walk(element[chosen], (*path, chosen), stream, content)

    def _box(self, element: Element, path: Path, stream: Stream, content: Content) -> None:
        if stream == "accepted":
            content.boxes.append((element, path))
        else:
            self._walk(element, path, stream, content)

    def _object(self, _element: Element, _path: Path, stream: Stream, _content: Content) -> None:
        self.objects += stream == "accepted"

    def _page_break(self, _element: Element, _path: Path, _stream: Stream, content: Content) -> None:
        if self.page is not None:
            self.page += 1
            if not plain(content.runs).strip():
                content.page = self.page

    # ---- Fields

    def _field_mark(self, element: Element, path: Path, stream: Stream, content: Content) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._form_box(element, path, stream, content)
            self._fields.begin(path)
        elif kind == "separate":
            self._fields.separate()
            content.toc = content.toc or self._fields.in_toc
        elif kind == "end":
            shown = self._fields.end()
            if shown is not None:
                self._add(*shown, stream, content)

    def _field_code(self, element: Element, path: Path, _stream: Stream, _content: Content) -> None:
        self._fields.code(element.text or "", path)

    def _form_box(self, element: Element, path: Path, stream: Stream, content: Content) -> None:
        box = element.find(f"{W}ffData/{W}checkBox")
        if box is not None:
            state = switched_on(box.find(W + "checked"))
            checked = bool(switched_on(box.find(W + "default"))) if state is None else state
            self._add("☑" if checked else "□", path, stream, content)

    # ---- Pictures

    def _drawing(self, element: Element, path: Path, stream: Stream, content: Content) -> None:
        extent = element.find(_WP + "extent")
        if extent is not None:
            width, height = (_emu(extent.get(name)) for name in ("cx", "cy"))
            self._frame = (width, height, element.tag == _WP + "anchor")
        self._walk(element, path, stream, content)

    def _shape(self, element: Element, path: Path, stream: Stream, content: Content) -> None:
        style = element.get("style") or ""
        sizes = {name: float(size) * _POINTS[unit] for name, size, unit in _STYLE_LENGTH.findall(style)}
        self._frame = (sizes.get("width", 0.0), sizes.get("height", 0.0), "position:absolute" in style.replace(" ", ""))
        self._walk(element, path, stream, content)

    def _word_art(self, element: Element, path: Path, stream: Stream, content: Content) -> None:
        """Letters drawn along a path: old titles, and watermarks (送审稿) in headers."""
        text = element.get("string")
        if text:
            self._add(text, path, stream, content)

    def _picture(self, element: Element, _path: Path, stream: Stream, _content: Content) -> None:
        relation = element.get(R + "embed") or element.get(R + "id") or element.get(R + "link")
        if relation and stream != "deleted":
            self.pictures.append(Picture(relation, *self._frame, self.page))


def _first_of(layers: tuple[RunLook, ...], name: str) -> bool:
    return bool(next((state for look in layers if (state := getattr(look, name)) is not None), False))


def _emu(text: str | None) -> float:
    return int(text) / _EMU_PER_POINT if text and text.isdigit() else 0.0
