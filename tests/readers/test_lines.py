"""Which lines belong together."""

import pytest

from contract_audit.readers.lines import group_lines, is_page_line, starts_paragraph


@pytest.mark.parametrize(
    "line",
    [
        "第三条 项目用地", "第十二章　附则", "（一）投资强度", "(2)税收", "一、项目概况", "3、交地", "3．1 期限", "1.2.3 指标",
        "2. 供地", "①第一年", "⑴ 第二年", "a) 其他", "附件一：红线图", "附表", "甲方（盖章）：某县人民政府", "联系电话：0519",
        "2025年3月18日", "二〇一三年九月十二日", "    年  月  日", "| a | b |", "□ 是", "● 要点",
    ],
)  # fmt: skip
def test_lines_that_open_a_paragraph(line: str) -> None:
    assert starts_paragraph(line)


@pytest.mark.parametrize("line", ["2.5亿元，其中", "12.5%的部分", "甲方应当", "30日内完成，逾期的", "的税收", "万元。"])
def test_lines_that_may_go_on(line: str) -> None:
    assert not starts_paragraph(line)


@pytest.mark.parametrize(
    "line", ["- 3 -", "—12—", "第 1 页 共 4 页", "第3页", "共5页 第2页", "3 / 12", "Page 3 of 7", "第二页"]
)
def test_lines_that_number_the_page(line: str) -> None:
    assert is_page_line(line)


@pytest.mark.parametrize("line", ["3", "第一条", "1-2", "第1页所列的设备", "2023/2024年度"])
def test_lines_that_do_not_number_the_page(line: str) -> None:
    assert not is_page_line(line)


PROSE = "乙方应当按照约定的投资规模和建设内容实施项目，不得擅自变更投资主体，也不得把项目用地出租或者转让给第三人使用，违反的应当承担责任。"


def wrapped(width: int, *paragraphs: str, indent: str = "") -> tuple[list[str], list[list[int]]]:
    """The paragraphs broken after `width` hanzi, and the groups they should come back as."""
    lines: list[str] = []
    groups = []
    for paragraph in paragraphs:
        text = indent + paragraph
        parts = [text[start : start + width] for start in range(0, len(text), width)]
        groups.append(list(range(len(lines), len(lines) + len(parts))))
        lines += parts
    return lines, groups


@pytest.mark.parametrize("indent", ["", "　　"])
def test_broken_lines_are_joined_and_paragraphs_are_not(indent: str) -> None:
    paragraphs = (
        "项目投资协议书",
        f"一、{PROSE}",
        f"（一）{PROSE}",
        "二、项目用地",
        f"1、{PROSE}",
        "2、甲方不得干预。",
    )
    lines, groups = wrapped(24, *paragraphs, indent=indent)
    assert group_lines(lines) == groups


def test_unbroken_paragraphs_stay_apart() -> None:
    lines = [
        "投资协议书",
        "合同编号：1号",
        "甲方：某县人民政府",
        "鉴于乙方拟投资建设项目，双方协商一致",
        "一、项目",
        f"1、{PROSE}",
        PROSE,
    ]
    assert group_lines(lines) == [[index] for index in range(len(lines))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("乙方应当按照约定的投资规模，", "在规定的时间内完成建设。"),
        ("按照《中华人民共和国", "民法典》的规定执行。"),
        ("甲方应于2025年6", "月30日前支付。"),
        ("（一）乙方拟投资建设的项目用地位于开发区，面积约一百", "二十亩，以实测为准。"),
        ("项目公司缴纳的税收由", "县财政拨付。"),
        ("前五年缴纳税收", "的地方留成部分予以奖励。"),
    ],
)
def test_a_sentence_that_goes_on_is_joined(first: str, second: str) -> None:
    assert group_lines(["标题", first, second, "末段。"]) == [[0], [1, 2], [3]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("二、项目用地", "位于开发区内，面积一百亩。"),
        ("甲方代表：张三，县长", "本协议一式四份。"),
        ("2025年3月18日", "附件所列的内容，以批复为准。"),
        ("包括以下内容：", "土地、厂房和设备。"),
        ("达成协议如下", ""),
    ],
)
def test_headings_fields_and_dates_are_not_joined(first: str, second: str) -> None:
    assert group_lines([first, second])[0] == [0]


def test_an_empty_line_parts_paragraphs() -> None:
    assert group_lines(["甲方应当，", "", "乙方应当。"]) == [[0], [2]]
