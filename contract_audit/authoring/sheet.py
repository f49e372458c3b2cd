"""Rules as a workbook that lawyers edit, and back (`rules export`, `rules import`): nothing is lost on the way.

Five sheets joined by the rule's number: 规则, 依据, 词组, 例外, 示例. What has no column of its own stands as one line of
YAML in the column 其他.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from contract_audit.authoring.plain import flow, plain, yaml_text
from contract_audit.engine import read_rule, rule_files
from contract_audit.errors import RuleError, RulesError
from contract_audit.rulespec import Pack, Rule

Table = dict[str, Any]

# Column → key of the YAML; the last column of a sheet takes whatever has no column.
_RULE = {
    "类别": "category", "名称": "title", "状态": "status", "等级": "severity", "等级理由": "grade_reason", "说明": "message",
    "建议": "remedy", "已签文本的建议": "remedy_signed", "会同部门": "departments", "让位于": "yields_to", "备注": "notes",
}  # fmt: skip
_BASIS = {
    "法律": "law",
    "条": "article",
    "事项": "where",
    "除外事项": "unless",
    "主体": "parties",
    "文件种类": "kinds",
    "管谁": "binds",
    "哪种机关": "bodies",
    "由谁履行": "owed_by",
    "按哪一天": "selected_by",
    "引至": "until",
    "已签或送审": "mode",
    "适用对象": "scope",
}
_GROUP = {"词": "any", "正则": "pattern", "位置": "place", "引用": "mark", "否定": "negated"}
_UNLESS = {"说明": "label", "词": "any", "正则": "pattern", "套语": "hedge", "范围": "within"}
_EXAMPLE = {"条文": "text", "引文": "quote", "理由": "why"}
_NUMBER, _FILE, _REST = "编号", "文件名", "其他"
_ROLES = {"不成立": "unless", "降一级": "lower", "升一级": "raise"}
_KINDS = {"应提示": "flag", "不应提示": "lookalike", "已知漏报": "known_miss", "已知误报": "known_false"}
_LISTS = frozenset(
    {"any", "hedge", "departments", "yields_to", "where", "unless", "parties", "kinds", "bodies"}
)  # one entry a line of the cell
_SHEETS = ("规则", "依据", "词组", "例外", "示例")


def export_rules(pack: Pack, root: Path, target: Path, only: frozenset[str] = frozenset()) -> int:
    """Write the rules (or those numbered in `only`) of the folder `root` to the workbook `target`; returns how many."""
    import xlsxwriter

    files = {path.stem[:6]: path.stem for path in rule_files(root)}
    rules = [rule for rule in pack.rules if not only or rule.id in only]
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bg_color": "#D9E2F3"})
        for name in _SHEETS:
            rows = list(_rows(name, rules, files))
            columns = _columns(name)
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            sheet.write_row(0, 0, columns, head)
            sheet.set_column(0, len(columns) - 1, 24, wrap)
            for index, row in enumerate(rows, start=1):
                for column, title in enumerate(columns):
                    sheet.write_string(index, column, row.get(title, ""), wrap)
    return len(rules)


def import_rules(source: Path, root: Path, pack: Pack) -> tuple[Path, ...]:
    """Write every rule of the workbook into the rule folder `root`; returns the files whose text changed.

    Raises RulesError, and writes nothing, where one of them is not a sound rule.
    """
    made = {_file(root, name, rule): yaml_text(rule) for name, rule in _read(source)}
    _check(made, pack)
    changed = []
    files = {path.stem[:6]: path for path in rule_files(root)}
    for path, text in made.items():
        there = files.get(path.stem[:6], path)
        if there.is_file() and plain(read_rule(there, pack)) == yaml.safe_load(text):
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text(text, encoding="utf-8")
        changed.append(there)
    return tuple(changed)


def _check(made: dict[Path, str], pack: Pack) -> None:
    import tempfile

    errors = []
    with tempfile.TemporaryDirectory(prefix="contract_audit_") as spool:
        for path, text in made.items():
            trial = Path(spool) / path.parent.name / path.name
            trial.parent.mkdir(exist_ok=True)
            trial.write_text(text, encoding="utf-8")
            try:
                read_rule(trial, pack)
            except RuleError as error:
                errors.append(RuleError(path, error.line, error.field, error.message))
    if errors:
        raise RulesError(tuple(errors))


def _file(root: Path, name: str, rule: Table) -> Path:
    folder = str(rule.get("category", "")).split(".")[0] or "illegal"
    return root / folder / f"{name or str(rule.get('id')) + '_imported'}.yaml"


def _columns(sheet: str) -> tuple[str, ...]:
    columns: dict[str, tuple[str, ...]] = {
        "规则": (_NUMBER, _FILE, *_RULE, _REST),
        "依据": (_NUMBER, *_BASIS),
        "词组": (_NUMBER, *_GROUP),
        "例外": (_NUMBER, "作用", *_UNLESS),
        "示例": (_NUMBER, "种类", *_EXAMPLE, _REST),
    }
    return columns[sheet]


def _rows(sheet: str, rules: Iterable[Rule], files: dict[str, str]) -> Iterator[dict[str, str]]:
    for rule in rules:
        value = plain(rule)
        own = [_overview(value) | {_FILE: files.get(rule.id, "")}] if sheet == "规则" else _PARTS[sheet](value)
        yield from ({_NUMBER: rule.id} | row for row in own)


def _overview(value: Table) -> dict[str, str]:
    check = {key: item for key, item in value["check"].items() if not _has_sheet(value["check"], key)}
    elsewhere = {"id", "basis", "check", "examples", *_RULE.values()}
    rest = {key: item for key, item in value.items() if key not in elsewhere} | {"check": check}
    return _cells(value, _RULE) | {_REST: flow(rest)}


def _basis_rows(value: Table) -> Iterator[dict[str, str]]:
    yield from (_cells(entry, _BASIS) for entry in value["basis"])


def _group_rows(value: Table) -> Iterator[dict[str, str]]:
    if _has_sheet(value["check"], "groups"):
        yield from (_cells(entry, _GROUP) for entry in value["check"]["groups"])


def _unless_rows(value: Table) -> Iterator[dict[str, str]]:
    for title, role in _ROLES.items():
        if _has_sheet(value["check"], role):
            yield from ({"作用": title} | _cells(entry, _UNLESS) for entry in value["check"].get(role, ()))


def _example_rows(value: Table) -> Iterator[dict[str, str]]:
    for title, kind in _KINDS.items():
        for entry in value["examples"].get(kind, ()):
            rest = {key: item for key, item in entry.items() if key not in _EXAMPLE.values()}
            yield {"种类": title} | _cells(entry, _EXAMPLE) | ({_REST: flow(rest)} if rest else {})


_PARTS: dict[str, Callable[[Table], Iterator[dict[str, str]]]] = {
    "依据": _basis_rows,
    "词组": _group_rows,
    "例外": _unless_rows,
    "示例": _example_rows,
}


def _has_sheet(check: Table, key: str) -> bool:
    """Groups and exceptions of rules on one provision have sheets of their own."""
    return check["kind"] == "provision" and key in ("groups", *_ROLES.values())


def _cells(value: Table, columns: dict[str, str]) -> dict[str, str]:
    return {title: _cell(value[key]) for title, key in columns.items() if key in value}


def _cell(item: Any) -> str:
    return "\n".join(item) if isinstance(item, list) else flow(item) if isinstance(item, bool) else str(item)


def _read(source: Path) -> Iterator[tuple[str, Table]]:
    """(file name, plain rule) of every row of the first sheet, with what the others hold for its number."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(source, data_only=True)
    except (OSError, InvalidFileException, KeyError, ValueError):
        raise RulesError((RuleError(source, 1, "", "不是可读取的 xlsx 工作簿"),)) from None
    missing = [name for name in _SHEETS if name not in book.sheetnames]
    if missing:
        raise RulesError(
            (RuleError(source, 1, "", f"缺少工作表 {'、'.join(missing)}，请用 rules export 的工作簿修改"),)
        )
    tables = {name: _table(book[name]) for name in _SHEETS}
    for row in tables["规则"]:
        own = {name: [entry for entry in tables[name] if entry[_NUMBER] == row[_NUMBER]] for name in _SHEETS[1:]}
        yield row.get(_FILE, ""), _rule(row, own)


def _table(sheet: Any) -> list[dict[str, str]]:
    from openpyxl.utils.escape import unescape

    rows = sheet.iter_rows(values_only=True)
    head = [str(title or "") for title in next(rows, ())]
    read = (
        {title: unescape(str(cell)) for title, cell in zip(head, row, strict=False) if cell is not None} for row in rows
    )
    return [row for row in read if row.get(_NUMBER)]


def _rule(row: dict[str, str], own: dict[str, list[dict[str, str]]]) -> Table:
    rest = yaml.safe_load(row.get(_REST, "") or "{}")
    check = rest.pop("check", {})
    if groups := [_entry(entry, _GROUP) for entry in own["词组"]]:
        check["groups"] = groups
    for title, role in _ROLES.items():
        if entries := [_entry(entry, _UNLESS) for entry in own["例外"] if entry.get("作用") == title]:
            check[role] = entries
    examples: Table = {}
    for title, kind in _KINDS.items():
        entries = [_entry(entry, _EXAMPLE) | _more(entry) for entry in own["示例"] if entry.get("种类") == title]
        if entries:
            examples[kind] = entries
    basis = [_entry(entry, _BASIS) for entry in own["依据"]]
    return {"id": row[_NUMBER], **_entry(row, _RULE), "basis": basis, **rest, "check": check, "examples": examples}


def _more(entry: dict[str, str]) -> Table:
    more: Table = yaml.safe_load(entry.get(_REST, "") or "{}")
    return more


def _entry(row: dict[str, str], columns: dict[str, str]) -> Table:
    return {key: _value(key, row[title]) for title, key in columns.items() if row.get(title)}


def _value(key: str, cell: str) -> Any:
    if key in _LISTS:
        return [line for line in cell.split("\n") if line]
    return cell == "true" if key == "mark" else cell
