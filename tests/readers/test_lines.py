"""Which lines belong together."""

import itertools

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


@pytest.mark.parametrize("width", [20, 25, 33, 40])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_lines_are_joined_at_any_width_in_the_middle_of_words_and_numbers(width: int, indent: str) -> None:
    amounts = "项目总投资1.85亿元，其中设备投资10500万元，流动资金2.35亿元由乙方自行筹措，2027年12月31日前完成。"
    paragraphs = [f"{number}、{text}" for number, text in enumerate([PROSE, amounts, PROSE[7:], amounts[3:]] * 3, 1)]
    lines, groups = wrapped(width, *paragraphs, indent=indent)
    assert group_lines(lines) == groups


def test_lines_of_different_lengths_are_joined_where_sentences_are_cut() -> None:
    lengths = itertools.cycle([21, 34, 27, 39])
    lines, groups = [], []
    for number in range(1, 9):
        rest = f"第{'一二三四五六七八'[number - 1]}条 {PROSE}{PROSE[:-1]}，以书面约定为准。"
        groups.append([])
        while rest:
            length = next(lengths)
            groups[-1].append(len(lines))
            lines.append(rest[:length])
            rest = rest[length:]
    assert group_lines(lines) == groups


def test_a_number_inside_a_broken_sentence_is_no_label() -> None:
    sentence = "乙方违反上述约定的，除应当按照第八条承担违约责任以外，甲方还可以依照"
    broken = [sentence, "第九条收回土地并要求赔偿由此造成的全部损失，乙方对此不持任何异议。"]
    filler = [f"第{number}条{PROSE}"[:35] for number in "一二三四五六"]
    lines = [part for line in filler for part in (line, PROSE[-12:])] + [
        "第七条" + broken[0][:32],
        broken[0][32:] + broken[1],
    ]
    assert group_lines(lines)[-1] == [len(lines) - 2, len(lines) - 1]


def test_a_party_line_as_long_as_the_width_is_complete() -> None:
    lines, _ = wrapped(24, f"一、{PROSE}", f"二、{PROSE}", f"三、{PROSE}")
    party = "甲方：云岭县恒远制造有限公司（以下简称甲方）"
    assert group_lines([party, "双方经平等协商订立本协议。", *lines])[:2] == [[0], [1]]


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
        ("项目未达标的，丙方有权要求乙方按投", "资本金加年化5%回购丙方所持股权。"),
        ("乙方应通过招标拍卖挂牌方式依法", "参与竞买，能否取得以公开结果为准。"),
        ("甲方应于2025年12月31日前交付1号厂", "房，2026年12月31日前交付2号厂房。"),
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
        ("（起草人注：乙方来函要求写入税收返还，本稿已删。）", "为发展本县产业，双方订立本合同。"),
        ("签订时间　2023年5月30日", "依据常务会议意见，双方签订协议如下。"),
        ("关于加快推进产业园企业入驻有关问题的专题会议纪要", "会议由县长主持，研究了下列问题。"),
        ("三、乙方逾期开工竣工投产的违约责任", "乙方逾期开工的，每日支付违约金。"),
        ("江苏恒远智能装备制造股份有限公司", "你公司来函收悉，现答复意见通知于后。"),
    ],
)
def test_headings_fields_and_dates_are_not_joined(first: str, second: str) -> None:
    assert group_lines([first, second])[0] == [0]


def test_an_empty_line_parts_paragraphs() -> None:
    assert group_lines(["甲方应当，", "", "乙方应当。"]) == [[0], [2]]
