"""Checks data against the part of JSON Schema that the schemas here use; a keyword it does not know is an error."""

import re
from collections.abc import Iterator
from typing import Any

_SILENT = frozenset(
    (
        "$schema",
        "$defs",
        "definitions",
        "title",
        "description",
        "default",
        "id",
        "$id",
        "format",
        "required",
        "additionalProperties",
    )
)
_TYPES = {"string": str, "boolean": bool, "object": dict, "array": list, "null": type(None)}


def faults(data: Any, schema: dict[str, Any], root: dict[str, Any] | None = None, place: str = "$") -> Iterator[str]:
    """Every place of `data` that does not satisfy `schema`."""
    root = root if root is not None else schema
    if "$ref" in schema:
        yield from faults(data, _target(schema["$ref"], root), root, place)
    for keyword, wanted in schema.items():
        if keyword in _SILENT or keyword == "$ref":
            continue
        yield from _CHECKS[keyword](data, wanted, root, place)
    if isinstance(data, dict):
        yield from _members(data, schema, root, place)


def _target(reference: str, root: dict[str, Any]) -> dict[str, Any]:
    found: Any = root
    for step in reference.removeprefix("#/").split("/") if reference != "#" else ():
        found = found[step]
    return found


def _members(data: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], place: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in data:
            yield f"{place}: {name} is missing"
    others = schema.get("additionalProperties", True)
    for name in data.keys() - schema.get("properties", {}).keys():
        if others is False:
            yield f"{place}: {name} is not allowed"
        elif isinstance(others, dict):
            yield from faults(data[name], others, root, f"{place}.{name}")


def _type(data: Any, wanted: Any, _root: Any, place: str) -> Iterator[str]:
    names = wanted if isinstance(wanted, list) else [wanted]
    if not any(_is(data, name) for name in names):
        yield f"{place}: {data!r} is no {wanted}"


def _is(data: Any, name: str) -> bool:
    if name in ("integer", "number"):
        return isinstance(data, int if name == "integer" else int | float) and not isinstance(data, bool)
    return isinstance(data, _TYPES[name])


def _enum(data: Any, wanted: list[Any], _root: Any, place: str) -> Iterator[str]:
    if data not in wanted:
        yield f"{place}: {data!r} is none of {wanted}"


def _properties(data: Any, wanted: dict[str, Any], root: Any, place: str) -> Iterator[str]:
    if isinstance(data, dict):
        for name in data.keys() & wanted.keys():
            yield from faults(data[name], wanted[name], root, f"{place}.{name}")


def _items(data: Any, wanted: Any, root: Any, place: str) -> Iterator[str]:
    if isinstance(data, list) and isinstance(wanted, dict):
        for number, item in enumerate(data):
            yield from faults(item, wanted, root, f"{place}[{number}]")


def _any_of(data: Any, wanted: list[Any], root: Any, place: str) -> Iterator[str]:
    if all(any(faults(data, one, root, place)) for one in wanted):
        yield f"{place}: satisfies none of {len(wanted)}"


def _one_of(data: Any, wanted: list[Any], root: Any, place: str) -> Iterator[str]:
    if sum(not any(faults(data, one, root, place)) for one in wanted) != 1:
        yield f"{place}: satisfies not just one of {len(wanted)}"


def _pattern(data: Any, wanted: str, _root: Any, place: str) -> Iterator[str]:
    if isinstance(data, str) and not re.search(wanted, data):
        yield f"{place}: {data!r} does not match {wanted}"


def _bound(least: bool, of: str) -> Any:
    def check(data: Any, wanted: float, _root: Any, place: str) -> Iterator[str]:
        if isinstance(data, list) if of == "items" else isinstance(data, int | float):
            size = len(data) if of == "items" else data
            if size < wanted if least else size > wanted:
                yield f"{place}: {size} is beyond {wanted}"

    return check


def _unique(data: Any, wanted: bool, _root: Any, place: str) -> Iterator[str]:
    if wanted and isinstance(data, list) and any(data.index(item) != number for number, item in enumerate(data)):
        yield f"{place}: items repeat"


def _prefix_items(data: Any, wanted: list[Any], root: Any, place: str) -> Iterator[str]:
    for number, (item, schema) in enumerate(zip(data, wanted, strict=False)):
        yield from faults(item, schema, root, f"{place}[{number}]")


_CHECKS = {
    "type": _type,
    "enum": _enum,
    "properties": _properties,
    "items": _items,
    "prefixItems": _prefix_items,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "pattern": _pattern,
    "minItems": _bound(True, "items"),
    "maxItems": _bound(False, "items"),
    "minimum": _bound(True, "value"),
    "maximum": _bound(False, "value"),
    "uniqueItems": _unique,
}
