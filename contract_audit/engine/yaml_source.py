"""YAML with places: every value keeps its line, duplicate keys are errors, scalars stay text until typed.

`convert` turns a parsed file into a type of rulespec; all errors of a file come back with line, field and the nearest
right name, in Chinese.
"""

import difflib
import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from contract_audit.errors import RuleError

T = TypeVar("T")

# LibYAML is ten times as fast as the pure parser; a Python built without it still reads the rules.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "null", "~", "Null", "NULL"})
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_MISSING = re.compile(r"missing required field `([^`]+)`")
_ENUM = re.compile(r"Invalid (?:enum )?value '?([^']+?)'?$")
_EXPECTED = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_PATH = re.compile(r" - at `([^`]+)`")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_TYPE_NAMES = {
    "str": "文字",
    "int": "整数",
    "bool": "是/否",
    "array": "列表",
    "object": "键值对",
    "decimal": "数字",
    "date": "日期",
}


class Source:
    """One parsed YAML file: plain values and the node tree that knows their lines."""

    def __init__(self, path: Path) -> None:
        """Parse `path`; raises RuleError where it is no YAML, has duplicate keys or cannot be read."""
        self.path = path
        try:
            text = path.read_text(encoding="utf-8")
            node = yaml.compose(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise RuleError(
                path, line, "", f"YAML 写法有误（{error.problem or '无法解析'}），请检查缩进、冒号和引号"
            ) from None
        except (OSError, UnicodeDecodeError):
            raise RuleError(path, 1, "", "文件无法读取，请确认是 UTF-8 编码的文本文件") from None
        if node is None:
            raise RuleError(path, 1, "", "文件是空的，请写入内容或删除文件")
        self.node: yaml.Node = node
        self.value = self._plain(node)

    def error(self, field: str, message: str) -> RuleError:
        """An error at the line of `field` (`$.check.groups[0]` or `check.groups[0]`)."""
        return RuleError(self.path, self.line(field), field.removeprefix("$").lstrip("."), message)

    def line(self, field: str) -> int:
        """The 1-based line of the value at `field`, or of its nearest ancestor."""
        node: yaml.Node = self.node
        line = node.start_mark.line
        for key, index in _STEP.findall("." + field.removeprefix("$").lstrip(".")):
            found = _child(node, key, index)
            if found is None:
                break
            node, line = found
        return line + 1

    def _plain(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return None if not node.style and node.value in _NULLS else node.value  # LibYAML: plain is ""
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(child) for child in node.value]
        mapping: dict[str, Any] = {}
        assert isinstance(node, yaml.MappingNode)
        for key, child in node.value:
            if key.value in mapping:
                raise RuleError(self.path, key.start_mark.line + 1, key.value, "同一个键写了两次，请合并或删去一个")
            mapping[key.value] = self._plain(child)
        return mapping


def _child(node: yaml.Node, key: str, index: str) -> tuple[yaml.Node, int] | None:
    if key and isinstance(node, yaml.MappingNode):
        for name, child in node.value:
            if name.value == key:
                return child, name.start_mark.line
    if index.isdigit() and isinstance(node, yaml.SequenceNode) and int(index) < len(node.value):
        child = node.value[int(index)]
        return child, child.start_mark.line
    return None


def read_yaml(path: Path, kind: type[T]) -> T:
    """The YAML file `path` as `kind`; raises RuleError with line, field and what would have been right."""
    return convert(Source(path), kind)


def convert(source: Source, kind: type[T]) -> T:
    """The file as `kind`; raises RuleError with line, field and what would have been right."""
    try:
        return msgspec.convert(source.value, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _translated(source, str(error), kind) from None


def _translated(source: Source, text: str, kind: type[object]) -> RuleError:
    place = _PATH.search(text)
    field = place.group(1) if place else "$"
    bare = _PATH.sub("", text)
    if unknown := _UNKNOWN.search(bare):
        name = unknown.group(1)
        near = difflib.get_close_matches(name, _known_fields(kind), n=1, cutoff=0.5)
        hint = f"，最接近的是 {near[0]}" if near else ""
        return source.error(f"{field}.{name}", f"不认识的字段 {name}{hint}")
    if missing := _MISSING.search(bare):
        return source.error(field, f"缺少必填字段 {missing.group(1)}")
    if wrong := _EXPECTED.search(bare):
        want, got = (
            " 或 ".join(_TYPE_NAMES.get(part.strip(), part.strip()) for part in side.split("|"))
            for side in wrong.groups()
        )
        return source.error(field, f"应为{want}，写成了{got}")
    if enum := _ENUM.search(bare):
        return source.error(field, f"取值 {enum.group(1)} 不在允许的范围内，可用的取值见 contract-audit rules schema")
    return source.error(field, f"内容不合要求（{bare}）")


def _known_fields(kind: type[object]) -> tuple[str, ...]:
    """Every field name that occurs anywhere inside `kind`: near enough for a hint, and cheap."""
    schema = str(msgspec.json.schema(kind))
    return tuple(dict.fromkeys(re.findall(r"'([a-z_]+)': \{", schema)))
