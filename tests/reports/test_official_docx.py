"""Official documents: the layout of GB/T 9704 as numbers in the file, and files that are equal for equal input."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from contract_audit.chinese.numerals import in_chinese
from contract_audit.reports.official_docx import (
    BLANK_DAY,
    Attachments,
    Cell,
    Centred,
    Heading,
    PageBreak,
    Recipient,
    Row,
    Signature,
    Table,
    Text,
    Title,
    render,
)

DAY = date(2026, 11, 21)
PARTS = (
    Title(("合法性审查意见书",)),
    Centred("云政法审〔　　〕　　号"),
    Recipient("云岭县商务局"),
    Heading(1, 1, "基本情况"),
    Heading(2, 2, "送审材料"),
    Text(text="甲方“应当”依法\n另起一段", lead="问题："),
    Table(
        widths=(1, 3),
        rows=(
            Row(header=True, cells=(Cell(text="序号"), Cell(text="意见"))),
            Row(height_mm=30, cells=(Cell(text="签字", columns=2),)),
        ),
    ),
    Attachments(("修改稿", "依据")),
    Signature(unit="云岭县司法局", day=DAY),
    PageBreak(),
    Signature(unit="云岭县招商引资项目联合评审工作领导小组", day=None),
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(PARTS, title="意见书", day=DAY)


def opened(content: bytes):
    return docx.Document(BytesIO(content))


def test_the_page_is_that_of_the_standard(content: bytes) -> None:
    section = opened(content).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"
    # 22 lines of the grid fit the type area of 225 mm and 23 do not.
    assert 22 * 579 / 20 <= Mm(225).pt < 23 * 579 / 20


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
    ],
)
def test_fonts_are_named_by_style_in_black_and_have_a_second_name(content, style, font, size) -> None:
    found = opened(content).styles[style]
    fonts = found.element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == font
    assert not [name for name in fonts if "Theme" in name]
    assert found.font.size.pt == size
    assert str(found.font.color.rgb) == "000000"
    table = ZipFile(BytesIO(content)).read("word/fontTable.xml").decode()
    assert f'w:name="{font}"><w:altName' in table


def test_numbers_quotes_and_paragraphs(content: bytes) -> None:
    document = opened(content)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "一、基本情况" in texts and "（二）送审材料" in texts
    assert "问题：甲方“应当”依法" in texts and "另起一段" in texts
    assert "附件：1.修改稿" in texts and "　　　2.依据" in texts
    body = next(paragraph for paragraph in document.paragraphs if paragraph.text == "另起一段")
    assert body.runs[0]._r.rPr.rFonts.get(qn("w:hint")) == "eastAsia"


def test_a_signature_stands_over_its_date_and_is_never_alone(content: bytes) -> None:
    paragraphs = opened(content).paragraphs
    place = next(index for index, paragraph in enumerate(paragraphs) if paragraph.text == "云岭县司法局")
    unit, day = paragraphs[place : place + 2]
    assert day.text == "2026年11月21日"
    # Middle of both lines at the same distance from the right edge: the unit has 6 characters, the date 3 and 8 halves.
    middle = [paragraph.paragraph_format.right_indent.pt / 16 + width / 2 for paragraph, width in ((unit, 6), (day, 7))]
    assert middle[0] == pytest.approx(middle[1], abs=0.01)
    assert day.paragraph_format.right_indent.pt == 64
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in paragraphs[place - 3 : place + 1])


def test_a_long_unit_reaches_the_edge_and_a_date_may_stay_blank(content: bytes) -> None:
    unit, day = opened(content).paragraphs[-2:]
    assert day.text == BLANK_DAY
    assert unit.paragraph_format.right_indent.pt == 0


def test_page_numbers_stand_outside_and_a_break_opens_a_page(content: bytes) -> None:
    document = opened(content)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment for footer in (section.footer, section.even_page_footer)]
    assert [side.name for side in sides] == ["RIGHT", "LEFT"]
    assert section.footer.paragraphs[0].text == "— 1 —"
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.paragraph_format.page_break_before] == [""]


def test_tables_repeat_their_head_and_leave_room(content: bytes) -> None:
    table = opened(content).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert round(table.rows[1].height.mm) == 30
    assert table.cell(1, 0).text == table.cell(1, 1).text == "签字"
    assert sum(column.width.mm for column in table.columns) == pytest.approx(156, abs=0.1)


def test_equal_parts_give_equal_bytes_without_a_clock(content: bytes) -> None:
    assert render(PARTS, title="意见书", day=DAY) == content
    package = ZipFile(BytesIO(content))
    assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name in package.namelist() if "thumbnail" in name]
    properties = opened(content).core_properties
    assert (properties.created.date(), properties.modified.date(), properties.title) == (DAY, DAY, "意见书")


def test_marks_of_xml_are_words_and_what_xml_does_not_know_is_left_out() -> None:
    text = " 面积<40亩&“>30”\f期限\t三年\x00 "
    document = opened(render((Text(text=text),), title="<甲&乙>", day=DAY))
    assert document.paragraphs[0].text == " 面积<40亩&“>30”期限\t三年 "
    assert document.core_properties.title == "<甲&乙>"


def test_a_table_after_a_break_opens_its_page_with_the_line_behind_it() -> None:
    table = Table(widths=(1,), rows=(Row(cells=(Cell(text="甲"),)),))
    paragraphs = opened(render((Text(text="前"), PageBreak(), table), title="表", day=DAY)).paragraphs
    assert [paragraph.paragraph_format.page_break_before for paragraph in paragraphs] == [None, True]


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (19, "十九"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_counts(number: int, words: str) -> None:
    assert in_chinese(number) == words
