"""OFD files: text, tables, templates, seals, pictures, and what is refused."""

import io
from pathlib import Path

import msgspec
import pytest
from ofd_file import LEFT, NS, SIZE, image, ofd, page, prose, resources, rule, text
from PIL import Image, ImageDraw

from contract_audit.errors import DocumentError
from contract_audit.model import Document
from contract_audit.readers import ocr, read_bytes
from contract_audit.readers import ofd as reader
from contract_audit.settings import Settings

PAGE = Path(__file__).with_name("page.png")
MM = 72 / 25.4
PARAGRAPHS = [
    "第一条甲方应于签约后三十日内将项目用地交付乙方，并完成场地平整和给排水、供电、通信等配套工程，乙方应当配合。",
    "第二条乙方应当自取得施工许可证之日起三十日内开工建设，并于开工之日起十八个月内竣工投产，逾期承担违约责任。",
]


def read(data: bytes, **limits: int) -> Document:
    return reader.read(data, "a.ofd", msgspec.structs.replace(Settings(), **limits))


def lines(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def test_text_objects_become_paragraphs_over_lines_and_pages() -> None:
    second = [*prose([PARAGRAPHS[1]], top=60)]
    document = read(ofd([page(prose([PARAGRAPHS[0]])), page(second)]))
    assert lines(document) == PARAGRAPHS
    assert (document.format, document.status, document.pages) == ("ofd", "read", 2)
    assert document.page_at(document.text.index("第二条")) == 2


def test_boxes_are_points_from_the_bottom_left() -> None:
    document = read(ofd([page([text(50, 100, "支付条件")])]))
    (box,) = document.boxes(2, 4)
    assert (box.x0, box.x1) == pytest.approx(((50 + 2 * SIZE) * MM, (50 + 4 * SIZE) * MM), abs=0.1)
    assert box.y0 < (297 - 100) * MM < box.y1


@pytest.mark.parametrize(
    "code",
    [
        '<ofd:TextCode X="0" Y="4.2" DeltaX="g 3 4.2">投资总额</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="4.2" DeltaX="4.2 4.2 4.2">投资总额</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="4.2" DeltaX="4.2 g 2 4.2">投资总额</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="4.2">投资总额</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="4.2" DeltaX="g 1 4.2">投资</ofd:TextCode>'
        '<ofd:TextCode X="8.4" Y="4.2" DeltaX="g 1 4.2">总额</ofd:TextCode>',
    ],
)
def test_distances_between_characters(code: str) -> None:
    content = f'<ofd:TextObject ID="9" Boundary="50 90 60 6" Font="1" Size="4.2">{code}</ofd:TextObject>'
    document = read(ofd([page([content])]))
    assert document.text == "投资总额"
    assert document.boxes(3, 4)[0].x0 == pytest.approx((50 + 3 * 4.2) * MM, abs=0.1)


def test_a_transform_scales_and_turns_text() -> None:
    scaled = text(50, 100, "投资", size=12, attributes='CTM="0.3528 0 0 0.3528 0 0"')
    (box,) = read(ofd([page([scaled])])).boxes(0, 2)
    assert box.x1 - box.x0 == pytest.approx(24 * 0.3528 * MM, abs=0.1)
    turned = text(100, 100, "支付条件成就", attributes='CTM="0 1 -1 0 0 0"')
    assert read(ofd([page([turned])])).text == "支付条件成就"


def test_slanted_text_is_a_watermark_and_hidden_text_is_evidence() -> None:
    slanted = text(60, 150, "内部资料", size=20, attributes='CTM="0.7 -0.7 0.7 0.7 0 0"')
    hidden = text(60, 200, "土地款返还六成", attributes='Visible="false"')
    document = read(ofd([page([*prose(PARAGRAPHS), slanted, hidden])]))
    assert lines(document) == PARAGRAPHS
    assert "内部资料" in document.headers
    assert [passage.text for passage in document.hidden] == ["土地款返还六成"]


def test_lines_make_tables() -> None:
    rules = [rule(25, y, 145, y) for y in (100, 110, 120)] + [rule(x, 100, x, 120) for x in (25, 65, 105, 145)]
    rows = [("期次", "条件", "金额"), ("一期", "开工", "1,200")]
    cells = [
        text(27 + 40 * column, 107 + 10 * row, words)
        for row, line in enumerate(rows)
        for column, words in enumerate(line)
    ]
    assert read(ofd([page([*prose(PARAGRAPHS), *rules, *cells])])).tables == (tuple(rows),)


def test_what_templates_hold_belongs_to_the_page() -> None:
    template = page([text(LEFT, 15, "云岭县招商协议文本")])
    common = '<ofd:TemplatePage ID="77" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    pages = [page(prose([paragraph]), template="77") for paragraph in PARAGRAPHS]
    document = read(ofd(pages, common=common, parts={"Doc_0/Tpls/Tpl_0/Content.xml": template}))
    assert lines(document) == PARAGRAPHS
    assert document.headers == ("云岭县招商协议文本",)


def test_signatures_are_seals() -> None:
    parts = {
        "Doc_0/Signs/Signatures.xml": f"<ofd:Signatures {NS}>"
        '<ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>',
        "Doc_0/Signs/Sign_0/Signature.xml": f"<ofd:Signature {NS}><ofd:SignedInfo>"
        '<ofd:StampAnnot ID="1" PageRef="101" Boundary="120 200 42 42"/></ofd:SignedInfo></ofd:Signature>',
    }
    body = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"
    document = read(ofd([page(prose([p])) for p in PARAGRAPHS], parts=parts, body=body))
    (seal,) = document.seals
    assert seal.box is not None
    assert (seal.page, seal.box.x0, seal.box.y1) == (2, pytest.approx(120 * MM), pytest.approx((297 - 200) * MM))


def test_annotations_give_stamps_notes_and_words() -> None:
    whole = '<ofd:Appearance Boundary="0 0 210 297">'
    annotations = (
        f'<ofd:PageAnnot {NS}><ofd:Annot ID="1" Type="Stamp"><ofd:Appearance Boundary="100 200 42 42"/></ofd:Annot>'
        '<ofd:Annot ID="2" Type="Highlight"><ofd:Remark>请法制办复核</ofd:Remark></ofd:Annot>'
        f'<ofd:Annot ID="3" Type="Watermark">{whole}{text(50, 150, "样本")}</ofd:Appearance></ofd:Annot>'
        f'<ofd:Annot ID="4" Type="Path">{whole}{text(LEFT, 250, "同意签署。")}</ofd:Appearance></ofd:Annot>'
        "</ofd:PageAnnot>"
    )
    parts = {
        "Doc_0/Annots/Annotations.xml": f'<ofd:Annotations {NS}><ofd:Page PageID="100">'
        "<ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>",
        "Doc_0/Annots/Page_0/Annotation.xml": annotations,
    }
    tail = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    document = read(ofd([page(prose(PARAGRAPHS))], parts=parts, tail=tail))
    assert lines(document) == [*PARAGRAPHS, "同意签署。"]
    assert (document.comments, document.headers, len(document.seals)) == (("请法制办复核",), ("样本",), 1)


def red_ring() -> bytes:
    picture = Image.new("RGB", (120, 120), "white")
    ImageDraw.Draw(picture).ellipse((4, 4, 116, 116), outline="#c8191e", width=8)
    return png(picture)


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_small_red_picture_is_a_seal() -> None:
    common, parts = resources({"50": red_ring()})
    document = read(ofd([page([*prose(PARAGRAPHS), image(120, 200, 42, 42)])], common=common, parts=parts))
    assert lines(document) == PARAGRAPHS
    assert [seal.page for seal in document.seals] == [1]


def test_a_page_that_is_a_picture_is_recognised_and_its_words_have_places() -> None:
    common, parts = resources({"50": PAGE.read_bytes()})
    document = read(ofd([page([image(0, 0, 148.5, 124.7)])], common=common, parts=parts))
    assert "乙方：恒远制造有限公司" in document.text
    start = document.text.index("项目投资协议")
    (box,) = document.boxes(start, start + 6)
    assert box.y1 == pytest.approx((297 - 124.7 * 50 / 840) * MM, abs=8)  # the title stands 50 of 840 pixels down


def test_without_recognition_a_picture_page_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    common, parts = resources({"50": PAGE.read_bytes()})
    document = read(ofd([page(prose(PARAGRAPHS)), page([image(0, 0, 210, 297)])], common=common, parts=parts))
    assert (document.status, lines(document)) == ("partly_read", PARAGRAPHS)
    assert [(problem.code, problem.page) for problem in document.problems] == [("needs_ocr", 2)]


def test_pages_that_are_missing_broken_or_too_many_are_listed() -> None:
    data = ofd([page(prose(PARAGRAPHS)), "<broken", page([]), page([])])
    document = read(data, max_pages=3)
    assert (document.status, lines(document)) == ("partly_read", PARAGRAPHS)
    assert [(problem.code, problem.page) for problem in document.problems] == [("damaged", 2), ("page_limit", 4)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ofd([page(prose(PARAGRAPHS))], parts={"Encryptions.xml": "<x/>"}), "password"),
        (ofd([page([])]), "empty"),
        (ofd([]), "damaged"),
        (ofd([page([])], parts={"OFD.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "damaged"),
        (ofd([page([])], parts={"OFD.xml": "<" + "x" * 30}), "damaged"),
        (ofd([page([])], parts={"Doc_0/big.xml": b" " * 250_000_000}), "too_large"),
    ],
    ids=["encrypted", "blank", "no pages", "doctype", "broken", "bomb"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(data)
    assert caught.value.code == code


def test_odd_numbers_do_no_harm() -> None:
    odd = text(50, 100, "支付", attributes='CTM="nan 0 0 inf 0 0"').replace("g 1 4.2", "g 99999999 4.2")
    assert lines(read(ofd([page([odd, *prose(PARAGRAPHS)])]))) == [*PARAGRAPHS, "支付"]


def test_it_is_found_by_content() -> None:
    (document,) = read_bytes(ofd([page(prose(PARAGRAPHS))]), "合同.pdf", Settings())
    assert document.format == "ofd"
