"""Characters of a PDF become the paragraphs a reader sees."""

from collections.abc import Sequence

import pytest
from pdf_file import LEFT, PER_LINE, PITCH, SIZE, TOP, at, prose, write

from contract_audit.errors import DocumentError
from contract_audit.model import Document
from contract_audit.readers import ocr, pdf
from contract_audit.settings import Settings

LONG = "甲方应于签约后三十日内将项目用地交付乙方，并完成场地平整和给排水、供电、通信等配套工程，乙方应当配合。"
LABELLED = (
    "第一条乙方应当自取得施工许可证之日起三十日内开工建设，并于开工之日起十八个月内竣工投产，逾期承担责任。",
    "（一）固定资产投资不低于三亿元，每亩投资强度不低于三百万元，达产后年纳税额不低于一千万元，连续五年。",
    "1.5亿元的流动资金由乙方自行筹措，不属于固定资产投资，亦不计入投资强度，由双方共同委托审计机构认定。",
)


@pytest.fixture(autouse=True)
def _without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition would put right what the text layer gets wrong."""
    monkeypatch.setattr(ocr, "installed", lambda: False)


def read(pages: Sequence[Sequence[str]]) -> Document:
    return pdf.read(write(pages), "a.pdf", Settings())


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


@pytest.mark.parametrize("indent", [2, 0])
def test_lines_that_layout_broke_are_one_paragraph(indent: int) -> None:
    paragraphs = [LONG, *LABELLED, LONG[:20] + "。", LONG]
    assert lines(read([prose(paragraphs, indent=indent)])) == paragraphs


def test_a_number_at_the_start_of_a_line_is_no_label_inside_a_sentence() -> None:
    paragraph = (
        "项目计划总投资人民币三亿元，其中固定资产投资不低于人民币壹亿捌仟万元整，共"
        + "2.5亿元以内，流动资金不计算在内。"
    )
    assert paragraph[34] in "万元整，共2"
    assert lines(read([prose([paragraph, LONG])])) == [paragraph, LONG]


def test_a_full_line_ending_a_paragraph_does_not_swallow_the_next() -> None:
    full = "乙" * 33 + "。"
    assert len(full) == 34
    assert lines(read([prose([LONG, full, LONG, full, LONG])])) == [LONG, full, LONG, full, LONG]


def test_a_paragraph_goes_on_over_the_page_end() -> None:
    first = [at(LEFT + 2 * SIZE, 80, LONG[:34])]
    second = [at(LEFT, TOP, LONG[34:]), at(LEFT + 2 * SIZE, TOP - PITCH, LABELLED[0][:30] + "。")]
    assert lines(read([[*prose([LONG]), *first], second])) == [LONG, LONG, LABELLED[0][:30] + "。"]


def test_headers_footers_and_page_numbers_are_kept_apart() -> None:
    pages = [
        [at(LEFT, 800, "云岭县招商项目投资协议"), *prose([text]), at(280, 40, f"第 {number} 页 共 3 页")]
        for number, text in enumerate(LABELLED, 1)
    ]
    document = read(pages)
    assert lines(document) == list(LABELLED)
    assert document.headers[0] == "云岭县招商项目投资协议"
    assert len(document.headers) == 4


@pytest.mark.parametrize("number", ["- 1 -", "— 1 —", "1", "1/12", "Page 1 of 3"])
def test_a_page_number_of_a_single_page_is_no_text(number: str) -> None:
    assert lines(read([[*prose([LONG]), at(290, 45, number)]])) == [LONG]


def test_attachment_headings_at_the_same_place_stay() -> None:
    pages = [[at(LEFT, 790, f"附件{number}：设备清单"), *prose([text])] for number, text in enumerate(LABELLED, 1)]
    expected = [line for number, text in enumerate(LABELLED, 1) for line in (f"附件{number}：设备清单", text)]
    assert lines(read(pages)) == expected


def test_equal_titles_of_two_papers_stay() -> None:
    title = at(220, 760, "项目投资协议", 22)
    pages = [
        [title, *prose([LABELLED[0], LONG], top=700)],
        prose([LABELLED[1]]),
        [title, *prose([LABELLED[2]], top=700)],
    ]
    assert lines(read(pages)).count("项目投资协议") == 2


def test_two_columns_are_read_one_after_the_other() -> None:
    left = prose([LONG, LABELLED[0]], per_line=18)
    right = [moved(item, 240.0) for item in prose([LABELLED[1], LONG], per_line=18)]
    assert lines(read([left + right])) == [LONG, LABELLED[0], LABELLED[1], LONG]


def moved(item: str, right: float) -> str:
    words = item.split()
    place = words.index("Tm") - 2
    words[place] = str(float(words[place]) + right)
    return " ".join(words)


@pytest.mark.parametrize(
    ("turn", "x", "y", "dx", "dy"),
    [("0 1 -1 0", 100, 72, PITCH, 0), ("-1 0 0 -1", 520, 100, 0, PITCH), ("0 -1 1 0", 500, 770, -PITCH, 0)],
    ids=["up", "upside down", "down"],
)
def test_turned_pages_read_the_same(turn: str, x: float, y: float, dx: float, dy: float) -> None:
    parts = [LONG[:34], LONG[34:], LABELLED[0][:34], LABELLED[0][34:]]
    content = [at(x + dx * i, y + dy * i, part, turn=turn) for i, part in enumerate(parts)]
    document = read([content])
    assert document.text.replace("\n", "") == "".join(parts)


def test_text_across_the_page_is_a_watermark() -> None:
    slanted = at(150, 300, "内部资料", 60, turn="0.7 0.7 -0.7 0.7")
    document = read([[slanted, *prose([LONG])]])
    assert lines(document) == [LONG]
    assert "内部资料" in document.headers


def test_invisible_text_is_evidence_and_no_text() -> None:
    hidden = at(LEFT, 300, "土地款返还百分之六十", mode=3)
    document = read([[*prose([LONG, LABELLED[0]]), hidden]])
    assert "返还" not in document.text
    assert [(passage.text, passage.page) for passage in document.hidden] == [("土地款返还百分之六十", 1)]
    assert document.stream_text("hidden")[: document.hidden[0].end] == document.hidden[0].text


def test_text_outside_the_visible_page_is_hidden() -> None:
    document = read([[*prose([LONG]), at(LEFT, 900, "另行奖励一千万元")]])
    assert document.text == LONG
    assert document.hidden[0].text == "另行奖励一千万元"


def test_bold_by_printing_twice_is_read_once() -> None:
    content = [at(LEFT, TOP, "投资协议"), at(LEFT + 0.3, TOP, "投资协议"), *prose([LONG], top=TOP - 40)]
    assert lines(read([content]))[0] == "投资协议"


def test_radicals_that_fonts_give_for_hanzi_become_hanzi() -> None:
    assert lines(read([[at(LEFT, TOP, "⼀次性⽀付⼟地款")]])) == ["一次性支付土地款"]


def test_a_title_over_two_lines_is_one_block() -> None:
    title = ["年产五万吨锂电池正极材料一体化", "项目投资协议"]
    content = [at(297.5 - len(part) * 11, 780 - 30 * i, part, 22) for i, part in enumerate(title)]
    document = read([[*content, *prose([LONG, LONG], top=680, per_line=30)]])
    assert lines(document)[:1] in ([title[0] + title[1]], [title[0]])
    assert document.blocks[0].kind == "title"


def test_contents_with_leaders_are_marked() -> None:
    document = read([[at(LEFT, TOP, "第一条总则" + "." * 20 + "3"), *prose([LONG], top=TOP - 40)]])
    assert [block.kind for block in document.blocks] == ["toc", "paragraph"]


def test_a_document_without_anything_on_it_is_empty() -> None:
    with pytest.raises(DocumentError) as caught:
        read([[]])
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    "line", ["第三条 厂房租期八年。", "附件一 厂房参数", "签订地：云岭县 签订时间：二〇二四年", "第二部分 建设"]
)
def test_a_half_space_between_words_is_kept(line: str) -> None:
    before, after = line.split(" ")
    gap = LEFT + SIZE * (len(before) + 0.5)
    assert lines(read([[at(LEFT, TOP, before), at(gap, TOP, after)]])) == [line]


def test_a_letter_spaced_line_has_no_spaces() -> None:
    spread = [at(LEFT + 1.5 * SIZE * place, TOP, char) for place, char in enumerate("项目投资协议")]
    assert lines(read([spread])) == ["项目投资协议"]


@pytest.mark.parametrize("label", ["第二部分", "第6项"])
def test_a_numbered_line_after_a_full_one_is_a_paragraph_of_its_own(label: str) -> None:
    full = "乙" * 33 + "。"
    assert lines(read([prose([LONG, full, label + LONG])])) == [LONG, full, label + LONG]


def test_a_title_does_not_swallow_the_line_below() -> None:
    title = "云岭县农产品冷链物流中心项目投资合作协议书"
    centred = at(LEFT + (PER_LINE - len(title)) / 2 * SIZE, TOP + 2 * PITCH, title)
    assert lines(read([[centred, *prose([LABELLED[0], LONG])]])) == [title, LABELLED[0], LONG]


def test_large_letters_under_the_text_are_a_watermark() -> None:
    mark = at(LEFT + SIZE, TOP - 2.5 * PITCH, "内部资料", 70)
    document = read([[mark, *prose([LABELLED[0], LONG, LABELLED[1]])]])
    assert lines(document) == [LABELLED[0], LONG, LABELLED[1]]
    assert document.headers == ("内部资料",)


def test_a_large_title_above_the_text_is_no_watermark() -> None:
    title = at(LEFT + 8 * SIZE, TOP + 2 * PITCH, "项目投资协议", 30)
    assert lines(read([[title, *prose([LABELLED[0], LONG])]])) == ["项目投资协议", LABELLED[0], LONG]
