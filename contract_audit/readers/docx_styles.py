"""Styles of a docx, resolved along their basedOn chains as far as reading needs them."""

from typing import NamedTuple, TypeVar

from contract_audit.readers.docx_package import Element, W, first_child, number, switched_on, value

_T = TypeVar("_T")

_MAX_CHAIN = 24
_TITLE_NAMES = ("title", "标题")
_WHITE = "FFFFFF"


class RunLook(NamedTuple):
    """What run properties say about being seen; None where they say nothing."""

    vanish: bool | None = None
    struck: bool | None = None
    white: bool | None = None
    size: int | None = None  # half-points
    shaded: bool | None = None
    style: str | None = None


class Style(NamedTuple):
    """A style as written: its own properties only."""

    name: str
    based_on: str | None
    look: RunLook
    list_id: str | None
    level: int | None
    outline: int | None
    align: str | None


class ParagraphLook(NamedTuple):
    """What a paragraph's properties come to with its style: list, level and how it is set."""

    list_id: str | None
    level: int
    outline: int | None
    centred: bool
    size: int | None
    title: bool
    toc: bool
    run: RunLook
    mark_removed: bool  # the paragraph mark is a tracked deletion or moved away
    mark_hidden: bool


class _Properties(NamedTuple):
    """What one w:pPr says itself."""

    style: str | None = None
    list_id: str | None = None
    level: int | None = None
    outline: int | None = None
    align: str | None = None
    mark_removed: bool = False
    mark_hidden: bool = False


class Styles:
    """All styles of one document. Looks are kept: a document has few different ones."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        self._run_looks: dict[str | None, RunLook] = {None: RunLook()}
        self._looks: dict[_Properties, ParagraphLook] = {}
        for item in root.findall(W + "style") if root is not None else ():
            key = value(item, "styleId") or ""
            self._styles[key] = _style(item)
            if value(item, "type") == "paragraph" and value(item, "default") in ("1", "true", "on"):
                self._default = key

    @property
    def lists(self) -> dict[str, str]:
        """Style id → the numId its own properties name."""
        return {key: style.list_id for key, style in self._styles.items() if style.list_id}

    def paragraph(self, properties: Element | None, style_levels: dict[tuple[str, str], int]) -> ParagraphLook:
        """The look of a paragraph with these w:pPr (may be None).

        `style_levels`, the levels that lists link to styles, comes from the numbering part and is one for all calls.
        """
        own = _NO_PROPERTIES if properties is None else _paragraph_properties(properties)
        look = self._looks.get(own)
        if look is None:
            look = self._looks[own] = self._resolved(own, style_levels)
        return look

    def run_look(self, key: str | None) -> RunLook:
        """The run properties of a style, the nearest setting in its chain first."""
        look = self._run_looks.get(key)
        if look is None:
            looks = [style.look for _, style in self._chain(key)]
            look = self._run_looks[key] = RunLook(
                _first(*(look.vanish for look in looks)),
                _first(*(look.struck for look in looks)),
                _first(*(look.white for look in looks)),
                _first(*(look.size for look in looks)),
                _first(*(look.shaded for look in looks)),
            )
        return look

    def _resolved(self, own: _Properties, style_levels: dict[tuple[str, str], int]) -> ParagraphLook:
        key = own.style if own.style in self._styles else self._default
        chain = self._chain(key)
        list_id, level = self._list(own, chain, style_levels)
        return ParagraphLook(
            list_id=list_id,
            level=level,
            outline=_first(own.outline, *(style.outline for _, style in chain)),
            centred=_first(own.align, *(style.align for _, style in chain)) == "center",
            size=self.run_look(key).size,
            title=bool(chain) and chain[0][1].name in _TITLE_NAMES,
            toc=any(style.name.startswith("toc ") for _, style in chain),
            run=self.run_look(key),
            mark_removed=own.mark_removed,
            mark_hidden=own.mark_hidden,
        )

    def _list(
        self, own: _Properties, chain: list[tuple[str, Style]], style_levels: dict[tuple[str, str], int]
    ) -> tuple[str | None, int]:
        """List and level. Each is looked up on its own: a style may name the list, another the level."""
        list_id = _first(own.list_id, *(style.list_id for _, style in chain))
        if list_id is None or list_id == "0":
            return None, 0
        level = own.level
        for key, style in chain:
            if level is None:
                level = _first(style_levels.get((key, list_id)), style.level)
        return list_id, level or 0

    def _chain(self, key: str | None) -> list[tuple[str, Style]]:
        chain: list[tuple[str, Style]] = []
        while key is not None and key in self._styles and len(chain) < _MAX_CHAIN:
            chain.append((key, self._styles[key]))
            key = self._styles[key].based_on
        return chain


_NO_PROPERTIES = _Properties()
_VANISH, _STRIKE, _DSTRIKE, _COLOUR, _SIZE, _SHADE, _HIGHLIGHT, _RUN_STYLE = (
    W + tag for tag in ("vanish", "strike", "dstrike", "color", "sz", "shd", "highlight", "rStyle")
)
_TELLING = frozenset((_VANISH, _STRIKE, _DSTRIKE, _COLOUR, _SIZE, _SHADE, _HIGHLIGHT, _RUN_STYLE))
_STYLE, _LIST, _OUTLINE, _ALIGN, _MARK = (W + tag for tag in ("pStyle", "numPr", "outlineLvl", "jc", "rPr"))
_LIST_ID, _LEVEL = W + "numId", W + "ilvl"
_GONE = frozenset((W + "del", W + "moveFrom"))
_UNSEEN = frozenset((W + "vanish", W + "specVanish"))
NO_LOOK = RunLook()


def run_look(properties: Element) -> RunLook:
    """What a w:rPr itself says, its character style by name."""
    items = [item for item in properties if item.tag in _TELLING]
    if not items:
        return NO_LOOK
    found: dict[str, Element] = {item.tag: item for item in items}
    size = number(found.get(_SIZE))
    colour = value(found.get(_COLOUR))
    vanish = switched_on(found.get(_VANISH))
    strikes = [switched_on(found[tag]) for tag in (_STRIKE, _DSTRIKE) if tag in found]
    return RunLook(
        vanish,
        any(strikes) if strikes else None,
        None if colour is None else colour.upper() == _WHITE,
        size,
        True if _SHADE in found or _HIGHLIGHT in found else None,
        value(found.get(_RUN_STYLE)),
    )


def _style(item: Element) -> Style:
    properties = item.find(W + "pPr")
    run = item.find(W + "rPr")
    own = _NO_PROPERTIES if properties is None else _paragraph_properties(properties)
    return Style(
        name=(value(item.find(W + "name")) or "").lower(),
        based_on=value(item.find(W + "basedOn")),
        look=NO_LOOK if run is None else run_look(run),
        list_id=own.list_id,
        level=own.level,
        outline=own.outline,
        align=own.align,
    )


def _paragraph_properties(properties: Element) -> _Properties:
    found = {item.tag: item for item in properties}
    lists, mark = found.get(_LIST), found.get(_MARK)
    marks = () if mark is None else tuple(mark)
    return _Properties(
        style=value(found.get(_STYLE)),
        list_id=None if lists is None else value(first_child(lists, _LIST_ID)),
        level=None if lists is None else number(first_child(lists, _LEVEL)),
        outline=number(found.get(_OUTLINE)),
        align=value(found.get(_ALIGN)),
        mark_removed=any(item.tag in _GONE for item in marks),
        mark_hidden=any(item.tag in _UNSEEN and switched_on(item) for item in marks),
    )


def _first(*values: _T | None) -> _T | None:
    return next((item for item in values if item is not None), None)
