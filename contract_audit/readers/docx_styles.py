"""Styles of a docx, resolved along their basedOn chains as far as reading needs them."""

from typing import NamedTuple, TypeVar

from contract_audit.readers.docx_package import Element, W, number, switched_on, value

_T = TypeVar("_T")

_MAX_CHAIN = 24
_TITLE_NAMES = ("title", "标题")
_WHITE = "FFFFFF"
_TINY = 4  # half-points: 2 pt cannot be read on paper


class RunLook(NamedTuple):
    """What run properties say about being seen; None where they say nothing."""

    vanish: bool | None = None
    struck: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
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
    size: int | None  # half-points


class ParagraphLook(NamedTuple):
    """What a paragraph's properties come to with its style: list, level and how it is set."""

    style: str | None
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


class Styles:
    """All styles of one document."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        self._looks: dict[str | None, RunLook] = {None: RunLook()}
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
        """The look of a paragraph with these w:pPr (may be None). `style_levels` comes from the numbering part."""
        key = self._default
        own = _NO_PROPERTIES
        mark = None
        if properties is not None:
            key = value(properties.find(W + "pStyle")) or key
            own = _paragraph_properties(properties)
            mark = properties.find(W + "rPr")
        chain = self._chain(key)
        list_id, level = self._list(own, chain, style_levels)
        return ParagraphLook(
            style=key,
            list_id=list_id,
            level=level,
            outline=_first(own.outline, *(style.outline for _, style in chain)),
            centred=_first(own.align, *(style.align for _, style in chain)) == "center",
            size=_first(*(style.size for _, style in chain)),
            title=bool(chain) and chain[0][1].name in _TITLE_NAMES,
            toc=any(style.name.startswith(("toc ", "toc标题", "目录")) for _, style in chain),
            run=self.run_look(key),
            mark_removed=mark is not None
            and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None),
            mark_hidden=mark is not None
            and bool(switched_on(mark.find(W + "vanish")) or switched_on(mark.find(W + "specVanish"))),
        )

    def run_look(self, key: str | None) -> RunLook:
        """The run properties of a style, the nearest setting in its chain first."""
        if key not in self._looks:
            looks = [style.look for _, style in self._chain(key)]
            self._looks[key] = RunLook(
                _first(*(look.vanish for look in looks)),
                _first(*(look.struck for look in looks)),
                _first(*(look.white for look in looks)),
                _first(*(look.tiny for look in looks)),
                _first(*(look.shaded for look in looks)),
            )
        return self._looks[key]

    def _list(
        self, own: "_Properties", chain: list[tuple[str, Style]], style_levels: dict[tuple[str, str], int]
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


class _Properties(NamedTuple):
    list_id: str | None = None
    level: int | None = None
    outline: int | None = None
    align: str | None = None


_NO_PROPERTIES = _Properties()
_RUN_SWITCHES = {W + "vanish": "vanish", W + "strike": "struck", W + "dstrike": "struck"}


def run_look(properties: Element) -> RunLook:
    """What a w:rPr itself says, its character style by name."""
    found: dict[str, bool | None] = {}
    style = None
    for item in properties:
        tag = item.tag
        if tag in _RUN_SWITCHES:
            name = _RUN_SWITCHES[tag]
            found[name] = bool(found.get(name)) or switched_on(item)
        elif tag == W + "color":
            found["white"] = (value(item) or "").upper() == _WHITE
        elif tag == W + "sz":
            size = number(item)
            found["tiny"] = size is not None and size <= _TINY
        elif tag in (W + "shd", W + "highlight"):
            found["shaded"] = True
        elif tag == W + "rStyle":
            style = value(item)
    return RunLook(
        found.get("vanish"), found.get("struck"), found.get("white"), found.get("tiny"), found.get("shaded"), style
    )


def _style(item: Element) -> Style:
    properties = item.find(W + "pPr")
    run = item.find(W + "rPr")
    own = _NO_PROPERTIES if properties is None else _paragraph_properties(properties)
    return Style(
        name=(value(item.find(W + "name")) or "").lower(),
        based_on=value(item.find(W + "basedOn")),
        look=RunLook() if run is None else run_look(run),
        list_id=own.list_id,
        level=own.level,
        outline=own.outline,
        align=own.align,
        size=None if run is None else number(run.find(W + "sz")),
    )


def _paragraph_properties(properties: Element) -> _Properties:
    lists = properties.find(W + "numPr")
    return _Properties(
        list_id=None if lists is None else value(lists.find(W + "numId")),
        level=None if lists is None else number(lists.find(W + "ilvl")),
        outline=number(properties.find(W + "outlineLvl")),
        align=value(properties.find(W + "jc")),
    )


def _first(*values: _T | None) -> _T | None:
    return next((item for item in values if item is not None), None)
