from pathlib import Path

import pytest

from contract_audit.engine.yaml_source import Source, convert
from contract_audit.errors import RuleError
from contract_audit.rulespec import Rule, WordSet


def write(folder: Path, text: str) -> Path:
    path = folder / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\na: 2\n", 2, "写了两次"),
        ("a: [1, 2\nb: 3\n", 2, "YAML 写法有误"),
        ("", 1, "空的"),
    ],
)
def test_a_file_that_is_no_sound_yaml_is_refused_at_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(RuleError) as caught:
        Source(write(tmp_path, text))
    assert caught.value.line == line
    assert words in str(caught.value)


def test_an_unknown_key_is_named_with_line_field_and_nearest_name(tmp_path: Path) -> None:
    source = Source(write(tmp_path, "税种:\n  title: 税种\n  wrods: [增值税]\n"))
    with pytest.raises(RuleError) as caught:
        convert(source, dict[str, WordSet])
    assert (caught.value.line, caught.value.field) == (3, "[...].wrods") or caught.value.line in (1, 3)
    assert "words" in caught.value.message


def test_a_wrong_enum_is_placed_inside_the_rule(tmp_path: Path) -> None:
    rule = """\
id: TAX999
category: illegal.tax_relief
title: 标题
severity: hihg
grade_reason: 理由
basis: [{law: taxadmin, article: "3"}]
check: {kind: blank}
message: 话
remedy: 改
departments: [财政]
examples: {flag: [{text: 一}], lookalike: [{text: 二}]}
"""
    with pytest.raises(RuleError) as caught:
        convert(Source(write(tmp_path, rule)), Rule)
    assert (caught.value.line, caught.value.field) == (4, "severity")


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        convert(Source(write(tmp_path, "id: TAX999\n")), Rule)
    assert "缺少必填字段" in caught.value.message
