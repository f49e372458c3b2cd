"""Text files: encodings, tables, page furniture, places."""

import pytest

from contract_audit.model import Document
from contract_audit.readers import read_bytes, txt
from contract_audit.settings import Settings

SAMPLE = "投资协议书\r\n甲方：某县人民政府\r\n\r\n一、项目概况\r\n"


def read(text: str, encoding: str = "utf-8") -> Document:
    return txt.read(text.encode(encoding), "a.txt", Settings())


def lines(found: Document) -> list[str]:
    return [found.text[block.start : block.end] for block in found.blocks]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings(encoding: str) -> None:
    assert lines(read(SAMPLE, encoding)) == ["投资协议书", "甲方：某县人民政府", "一、项目概况"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("lead", ["", "a", "ab", "甲"])
def test_long_texts_are_known_for_texts(encoding: str, lead: str) -> None:
    text = lead + "投资协议书甲方应当。\n" * 9000
    (found,) = read_bytes(text.encode(encoding), "a.txt", Settings())
    assert (found.format, found.status, len(found.text)) == ("txt", "read", len(text) - 1)


def test_undecodable_bytes_are_said() -> None:
    found = txt.read("甲方应当".encode("gb18030") + b"\xff\xff" + "乙方".encode("gb18030"), "a.txt", Settings())
    assert found.status == "partly_read"
    assert found.problems[0].code == "damaged"
    assert "甲方应当" in found.text


def test_rows_between_strokes_are_table_rows() -> None:
    found = read("见下表：\n| 年度 | 金额 |\n|---|:---:|\n| 第一年 | 1,200 |\n| 合计 | |\n以上。")
    assert found.tables == ((("年度", "金额"), ("第一年", "1,200"), ("合计", "")),)
    assert lines(found) == ["见下表：", "年度\t金额", "第一年\t1,200", "合计\t", "以上。"]
    assert [block.kind for block in found.blocks] == ["paragraph", *["table_row"] * 3, "paragraph"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("节点\t时间\n开工\t2023年8月\n投产\t2024年9月", 3),
        ("序号\t事项\t期限\n1\t通水\t2023年8月", 2),
        ("第一条\t甲方供地。\n第二条\t乙方建设。\n第三条\t一式四份。", 0),  # numbers of clauses
        ("总则\t1\n供地\t3\n附则\t12", 0),  # a list of contents
        ("甲方（盖章）\t乙方（盖章）\n代表：\t代表：\n日期\t日期", 0),
    ],
)
def test_rows_parted_by_tabs_are_table_rows(text: str, rows: int) -> None:
    document = read(text)
    assert sum(block.kind == "table_row" for block in document.blocks) == rows


def test_ruled_rows_may_run_over_several_lines() -> None:
    found = read("┌──┬──┐\n│年度│支付│\n├──┼──┤\n│第一│二○二六│\n│年　│年底前│\n├──┼──┤\n│合计│一次│\n└──┴──┘\n")
    assert found.tables == ((("年度", "支付"), ("第一年", "二○二六年底前"), ("合计", "一次")),)


def test_page_numbers_and_running_heads_are_not_text() -> None:
    pages = "\x0c".join(f"某县投资协议\n第{n}条 甲方应当{n}。\n- {n} -" for n in range(1, 5))
    found = read(pages)
    assert lines(found) == [f"第{n}条 甲方应当{n}。" for n in range(1, 5)]
    assert found.headers == ("- 1 -", "- 2 -", "- 3 -", "- 4 -", "某县投资协议")
    assert [block.page for block in found.blocks] == [1, 2, 3, 4]
    assert found.pages == 4


def test_a_sentence_broken_by_a_page_number_is_one_paragraph() -> None:
    found = read("乙方应当按照约定的投资规模，\n第 1 页 共 2 页\n在规定的时间内完成建设。\n")
    assert lines(found) == ["乙方应当按照约定的投资规模，在规定的时间内完成建设。"]


def test_latin_words_keep_their_space_when_lines_are_joined() -> None:
    assert lines(read("按照 Loan Prime，\nRate 执行。"))[0] == "按照 Loan Prime，Rate 执行。"
    assert lines(read("报价利率（Loan\nPrime Rate）计算。"))[0] == "报价利率（Loan Prime Rate）计算。"


def test_pieces_give_offsets_in_the_decoded_file() -> None:
    text = "　　乙方应当\u00ad按照约定的投资规模，\n  在规定的时间内完成。\r\n| 甲 | 乙丙 |\n"
    found = read(text)
    for block in found.blocks:
        for piece in block.pieces:
            length = piece.end - piece.start
            assert text[piece.offset : piece.offset + length] == found.text[piece.start : piece.end]
    assert lines(found) == ["乙方应当按照约定的投资规模，在规定的时间内完成。", "甲\t乙丙"]


def test_an_empty_text_has_no_blocks() -> None:
    assert read("\n\n").blocks == ()


def test_control_characters_inside_chinese_text_are_dropped() -> None:
    text = "甲方应\x02当在三\x07十日内交\x1f付土地。"
    rest = "乙方应当按照约定的投资规模和建设内容实施项目，不得擅自变更投资主体，不得转让用地。"
    rest += rest
    (found,) = read_bytes((text + rest).encode(), "a.txt", Settings())
    assert (found.status, found.text) == ("read", "甲方应当在三十日内交付土地。" + rest)
