"""Automatic numbers of a docx, computed as Word does: they are nowhere in the text (ECMA-376 part 1, 17.9)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from contract_audit.readers.clean import SYMBOLS
from contract_audit.readers.docx_numerals import WIDTHS, formatted
from contract_audit.readers.docx_package import MC, Element, W, number, switched_on, value

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_BULLET = "•"
_LONGEST = 64  # characters of a label's pattern


class Level(NamedTuple):
    """One level of a list definition (w:lvl)."""

    numeral: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # 1-based level whose numbers restart this one; 0 never; None any higher level
    legal: bool = False  # isLgl: all numbers of this label as arabic digits
    style: str | None = None


class _Instance(NamedTuple):
    """A w:num: the definition it uses, start overrides by level, and levels it defines anew."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Numbering:
    """The lists of one document. Definitions come from numbering.xml; every `label` call counts one paragraph."""

    def __init__(self, root: Element | None, style_lists: dict[str, str]) -> None:
        """`style_lists`: numbering style id → the numId it names (what w:numStyleLink points through)."""
        self._definitions: dict[str, dict[int, Level]] = {}
        self._instances: dict[str, _Instance] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._used: set[str] = set()
        self._begun: set[tuple[str, int]] = set()
        self.style_levels: dict[tuple[str, str], int] = {}
        if root is None:
            return
        links = self._read_definitions(root)
        for item in root.findall(W + "num"):
            self._instances[value(item, "numId") or ""] = _instance(item)
        for definition, style in links.items():
            target = self._instances.get(style_lists.get(style, ""))
            if target is not None and target.definition not in links:
                self._definitions[definition] = self._definitions.get(target.definition, {})
        for list_id, instance in self._instances.items():
            for index, level in (self._definitions.get(instance.definition, {}) | instance.levels).items():
                if level.style:
                    self.style_levels[level.style, list_id] = index

    def _read_definitions(self, root: Element) -> dict[str, str]:
        """Read all w:abstractNum; give those that are only a link, with the numbering style they point at."""
        links = {}
        for item in root.findall(W + "abstractNum"):
            key = value(item, "abstractNumId") or ""
            self._definitions[key] = dict(_levels(item))
            link = value(item.find(W + "numStyleLink"))
            if link:
                links[key] = link
        return links

    def label(self, list_id: str, index: int) -> str | None:
        """The number of the next paragraph at level `index` (0-based) of list `list_id`, as printed; None without one.

        Lists that share a definition count on together.
        """
        instance = self._instances.get(list_id)
        if instance is None or not 0 <= index < _LEVELS or instance.definition not in self._definitions:
            return None
        levels = self._definitions[instance.definition] | instance.levels
        level = levels.get(index)
        if level is None:
            return None
        counts = self._count(list_id, instance, levels, index)
        if level.numeral == "bullet":
            return _bullet(level.text)
        return (
            _PLACE.sub(lambda place: _numeral(levels, counts, int(place[1]) - 1, level.legal), level.text).strip()
            or None
        )

    def _count(self, list_id: str, instance: _Instance, levels: dict[int, Level], index: int) -> list[int | None]:
        counts = self._counters.setdefault(instance.definition, [None] * _LEVELS)
        for higher in range(index):
            # A level that is skipped counts as begun: 1.1 before any 1 makes the first level-one number 2.
            if counts[higher] is None:
                counts[higher] = levels.get(higher, Level()).start
        count = counts[index]
        if self._overrides(list_id, instance, index, count):
            counts[index] = instance.starts[index]
        else:
            counts[index] = (
                self._definitions[instance.definition].get(index, levels[index]).start if count is None else count + 1
            )
        for deeper in range(index + 1, _LEVELS):
            restart = levels.get(deeper, Level()).restart
            if restart is None or index < restart:
                counts[deeper] = None
        return counts

    def _overrides(self, list_id: str, instance: _Instance, index: int, count: int | None) -> bool:
        """True if the start override of this level takes effect now.

        It does on the first paragraph of the list, and once on a deeper level that has not begun; a level that other
        lists of the definition have counted before runs on (as Word prints it: 14,600 numbers in 95 real documents).
        """
        first = list_id not in self._used
        fresh = count is None and (list_id, index) not in self._begun
        self._used.add(list_id)
        self._begun.add((list_id, index))
        return index in instance.starts and (first or fresh)


def _numeral(levels: dict[int, Level], counts: list[int | None], index: int, legal: bool) -> str:
    level = levels.get(index, Level())
    count = counts[index]
    return formatted(level.start if count is None else count, "decimal" if legal else level.numeral)


def _bullet(text: str) -> str:
    """The mark of a bulleted level; letters stand for signs of a symbol font."""
    char = text.strip()[:1]
    if not char or char.isalnum() or 0xE000 <= ord(char) <= 0xF8FF:
        return SYMBOLS.get(ord(char or " "), _BULLET)
    return char


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for item in parent.findall(W + "lvl"):
        index = number(item, "ilvl")
        if index is not None:
            yield index, _level(item)


def _level(item: Element) -> Level:
    start = number(item.find(W + "start"))
    return Level(
        numeral=_number_format(item),
        text=(value(item.find(W + "lvlText")) or "")[:_LONGEST],
        start=1 if start is None else start,
        restart=number(item.find(W + "lvlRestart")),
        legal=bool(switched_on(item.find(W + "isLgl"))),
        style=value(item.find(W + "pStyle")),
    )


def _number_format(item: Element) -> str:
    """The level's ST_NumberFormat; a custom format (001, 002 …) as `custom` and its width, as far as it is known."""
    plain = item.find(W + "numFmt")
    if plain is not None:
        return value(plain) or "decimal"
    custom = item.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    first = (value(custom, "format") or "").partition(",")[0].strip()
    if first.isdigit() and first.startswith("0") and f"custom{len(first)}" in WIDTHS:
        return f"custom{len(first)}"
    return value(item.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")) or "decimal"


def _instance(item: Element) -> _Instance:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in item.findall(W + "lvlOverride"):
        index = number(override, "ilvl")
        if index is None:
            continue
        start = number(override.find(W + "startOverride"))
        if start is not None:
            starts[index] = start
        anew = override.find(W + "lvl")
        if anew is not None:
            levels[index] = _level(anew)
    return _Instance(value(item.find(W + "abstractNumId")) or "", starts, levels)
