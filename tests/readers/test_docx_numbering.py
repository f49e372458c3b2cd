"""Automatic numbers as Word prints them."""

import pytest
from docx_file import level, num, numbering, p, read, style, styles

from contract_audit.readers.docx_numerals import formatted

ARTICLES = level(0, "第%1条", "chineseCountingThousand")


def labels(*paragraphs: str, **parts: str) -> list[str | None]:
    return [block.label for block in read(*paragraphs, **parts).blocks]


def nums(*ids: tuple[int, str]) -> str:
    return "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="0"/>{inner}</w:num>' for key, inner in ids)


@pytest.mark.parametrize(
    ("numeral", "counts"),
    [
        ("decimal", {1: "1", 21: "21"}),
        (
            "chineseCountingThousand",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一百", 101: "一百零一"},
        ),
        (
            "chineseCountingThousand",
            {110: "一百一十", 115: "一百一十五", 200: "二百", 1001: "一千零一", 1010: "一千零一十"},
        ),
        ("chineseCounting", {10: "十", 19: "十九", 99: "九十九", 100: "一〇〇", 101: "一〇一"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 100: "百", 101: "百一", 110: "百十"}),
        ("ideographDigital", {9: "九", 10: "一〇", 12: "一二"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 20: "贰拾", 101: "壹佰零壹"}),
        ("ideographLegalTraditional", {3: "參", 12: "壹拾貳"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {2: "⒉"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {7: "07", 12: "12"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
        ("lowerLetter", {2: "b"}),
        ("upperRoman", {4: "IV", 9: "IX", 1994: "MCMXCIV"}),
        ("lowerRoman", {3: "iii"}),
        ("ordinal", {1: "1st", 12: "12th", 23: "23rd"}),
        ("none", {5: ""}),
        ("neverHeardOf", {5: "5"}),
        ("chineseCounting", {0: "0"}),
    ],
)
def test_number_formats(numeral: str, counts: dict[int, str]) -> None:
    assert {count: formatted(count, numeral) for count in counts} == counts


def test_levels_count_and_restart_below_a_higher_one() -> None:
    lists = numbering(ARTICLES, level(1, "（%2）", "chineseCounting"), level(2, "%3."))
    found = labels(
        *(p("x", num(index)) for index in (0, 1, 1, 2, 2, 1, 0, 1, 2)),
        numbering=lists,
    )
    assert found == ["第一条", "（一）", "（二）", "1.", "2.", "（三）", "第二条", "（一）", "1."]


def test_a_label_may_show_all_higher_numbers() -> None:
    lists = numbering(level(0, "%1"), level(1, "%1.%2"), level(2, "%1.%2.%3"))
    assert labels(*(p("x", num(index)) for index in (0, 1, 2, 2)), numbering=lists) == ["1", "1.1", "1.1.1", "1.1.2"]


def test_legal_levels_show_arabic_digits_throughout() -> None:
    lists = numbering(level(0, "%1、", "chineseLegalSimplified", start=7), level(1, "%1.%2", more="<w:isLgl/>"))
    assert labels(p("x", num(0)), p("x", num(1)), numbering=lists) == ["柒、", "7.1"]


def test_articles_that_run_on_over_chapters() -> None:
    lists = numbering(
        level(0, "第%1章", "chineseCounting"), level(1, "第%2条", "chineseCounting", more='<w:lvlRestart w:val="0"/>')
    )
    found = labels(*(p("x", num(index)) for index in (0, 1, 1, 0, 1)), numbering=lists)
    assert found == ["第一章", "第一条", "第二条", "第二章", "第三条"]


def test_restart_only_after_a_named_level() -> None:
    restart = '<w:lvlRestart w:val="1"/>'
    lists = numbering(level(0, "%1"), level(1, "%1.%2"), level(2, "%3)", more=restart))
    found = labels(*(p("x", num(index)) for index in (0, 1, 2, 1, 2, 0, 2)), numbering=lists)
    assert found == ["1", "1.1", "1)", "1.2", "2)", "2", "1)"]


def test_a_skipped_level_counts_as_begun() -> None:
    lists = numbering(level(0, "%1"), level(1, "%1.%2"))
    assert labels(p("x", num(1)), p("x", num(1)), p("x", num(0)), numbering=lists) == ["1.1", "1.2", "2"]


def test_lists_with_one_definition_count_on_together() -> None:
    lists = numbering(ARTICLES, nums=nums((1, ""), (2, "")))
    assert labels(p("x", num(0, 1)), p("x", num(0, 2)), p("x", num(0, 1)), numbering=lists) == [
        "第一条",
        "第二条",
        "第三条",
    ]


def overrides(*levels: int) -> str:
    return "".join(
        f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for n, start in enumerate(levels)
    )


def test_a_start_override_counts_once() -> None:
    lists = numbering(level(0, "%1."), nums=nums((1, ""), (2, overrides(5))))
    found = labels(*(p("x", num(0, key)) for key in (1, 1, 2, 2, 1, 2)), numbering=lists)
    assert found == ["1.", "2.", "5.", "6.", "7.", "8."]


def test_a_start_override_restarts_only_the_level_at_which_the_list_comes_in() -> None:
    lists = numbering(level(0, "%1."), level(1, "%2)"), nums=nums((1, ""), (2, overrides(1, 1))))
    found = labels(
        *(p("x", num(*place)) for place in ((0, 1), (1, 1), (1, 1), (1, 2), (0, 2), (1, 2))), numbering=lists
    )
    assert found == ["1.", "1)", "2)", "1)", "2.", "1)"]


def test_the_override_of_a_deeper_level_waits_for_that_level() -> None:
    lists = numbering(level(0, "%1."), level(1, "%2)"), nums=nums((1, overrides(1, 4))))
    found = labels(*(p("x", num(index)) for index in (0, 1, 1, 0, 1)), numbering=lists)
    assert found == ["1.", "4)", "5)", "2.", "1)"]


def test_an_override_may_define_a_level_anew() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "附件%1")}</w:lvlOverride>'
    lists = numbering(level(0, "%1."), nums=nums((1, override)))
    assert labels(p("x", num(0)), numbering=lists) == ["附件1"]


def test_number_and_level_come_from_the_style_chain() -> None:
    linked = numbering(
        level(0, "第%1章", more='<w:pStyle w:val="Chapter"/>'), level(1, "第%2条", more='<w:pStyle w:val="Article"/>')
    )
    looks = styles(
        style("Chapter", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        style("Article", inner='<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'),
        style("Own", based_on="Article"),
        style("Plain", based_on="Article", inner='<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'),
    )
    found = labels(
        p("x", '<w:pStyle w:val="Chapter"/>'),
        p("x", '<w:pStyle w:val="Article"/>'),
        p("x", '<w:pStyle w:val="Own"/>'),
        p("x", '<w:pStyle w:val="Plain"/>'),
        p("x", '<w:pStyle w:val="Own"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        numbering=linked,
        styles=looks,
    )
    assert found == ["第1章", "第1条", "第2条", None, None]


def test_the_level_of_a_style_is_the_one_the_list_links_to_it() -> None:
    linked = numbering(level(0, "第%1条"), level(1, "（%2）", more='<w:pStyle w:val="Item"/>'))
    looks = styles(style("Item", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'))
    assert labels(p("x", '<w:pStyle w:val="Item"/>'), numbering=linked, styles=looks) == ["（1）"]


def test_the_default_paragraph_style_applies_without_being_named() -> None:
    looks = styles(style("a", more=' w:default="1"', inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'))
    assert labels(p("x"), p("x"), numbering=numbering(ARTICLES), styles=looks) == ["第一条", "第二条"]


def test_a_definition_may_be_a_link_to_a_numbering_style() -> None:
    lists = numbering(
        ARTICLES,
        more='<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>',
        nums=nums((1, "")) + '<w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num>',
    )
    looks = styles(style("L", kind="numbering", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'))
    assert labels(p("x", num(0, 9)), numbering=lists, styles=looks) == ["第一条"]


def test_custom_formats_keep_their_width() -> None:
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    lvl = f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{custom}<w:lvlText w:val="%1号"/></w:lvl>'
    assert labels(p("x", num(0)), numbering=numbering(lvl)) == ["001号"]


def test_bullets_and_empty_labels() -> None:
    lists = numbering(
        level(0, "\uf0b7", "bullet"), level(1, "◆", "bullet"), level(2, "", "none"), level(3, "o", "bullet")
    )
    assert labels(*(p("x", num(index)) for index in (0, 1, 2, 3)), numbering=lists) == ["•", "◆", None, "•"]


def test_a_numbered_paragraph_without_text_keeps_its_number() -> None:
    found = read(p("", num(0)), p("单独的正文"), numbering=numbering(ARTICLES))
    assert [(block.label, found.text[block.start : block.end]) for block in found.blocks] == [
        ("第一条", ""),
        (None, "单独的正文"),
    ]


@pytest.mark.parametrize(
    "properties", [num(0, 77), num(12), '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>']
)
def test_broken_references_do_not_break_reading(properties: str) -> None:
    assert read(p("正文", properties), numbering=numbering(ARTICLES)).text == "正文"


def test_numbers_are_never_part_of_the_text() -> None:
    found = read(p("项目", num(0)), p("用地", num(0)), numbering=numbering(ARTICLES))
    assert found.text == "项目\n用地"
    assert [block.level for block in found.blocks] == [0, 0]
