"""A rule back to the plain values and the YAML text of its file; what equals its default is left out."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import yaml

from contract_audit.rulespec import Rule


class _Dumper(yaml.SafeDumper):
    """Text of several lines in quotation marks, so that an example stays one line of the file."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """One scalar node."""
        return self.represent_scalar("tag:yaml.org,2002:str", text, style='"' if "\n" in text else None)


_Dumper.add_representer(str, _Dumper.represent_text)

_ONE_LINE = 110  # characters up to which a list or mapping stays on one line


def plain(value: Any) -> Any:
    """Structs as mappings in the order of their fields, tuples as lists, dates and decimals as they are written."""
    if isinstance(value, msgspec.Struct):
        return _mapping(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _mapping(value: msgspec.Struct) -> dict[str, Any]:
    config = value.__struct_config__
    made = {config.tag_field: config.tag} if config.tag_field else {}
    for field in msgspec.structs.fields(value):
        item = getattr(value, field.name)
        if field.required or item != _default(field):
            made[field.encode_name] = plain(item)
    return made


def _default(field: msgspec.structs.FieldInfo) -> Any:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def yaml_text(rule: Rule | dict[str, Any]) -> str:
    """The text of a rule's file, as a person would write it: short lists on one line, one example a line."""
    return "".join(_lines(rule if isinstance(rule, dict) else plain(rule), 0))


def _lines(mapping: dict[str, Any], depth: int) -> list[str]:
    indent = "  " * depth
    lines: list[str] = []
    for key, item in mapping.items():
        short = flow(item)
        if not isinstance(item, dict | list) or (len(short) <= _ONE_LINE - len(key) and _is_flat(item)):
            lines.append(f"{indent}{key}: {short}\n")
        elif isinstance(item, dict):
            lines += [f"{indent}{key}:\n", *_lines(item, depth + 1)]
        else:
            lines += [f"{indent}{key}:\n", *(f"{indent}  - {flow(entry)}\n" for entry in item)]
    return lines


def _is_flat(item: Any) -> bool:
    entries = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    return not any(isinstance(entry, dict | list) for entry in entries)


def flow(item: Any) -> str:
    """One line of YAML; text is quoted where YAML would read it as anything else."""
    written = yaml.dump(item, Dumper=_Dumper, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10**6)
    return written.removesuffix("\n").removesuffix("\n...")
