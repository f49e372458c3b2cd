"""Every character of the text leads back to the element it came from."""

import io
import zipfile

from docx_file import document, docx, level, num, numbering, p, r, t, tbl, tc
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from contract_audit.readers.clean import exchanged

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STANDS_FOR = {W + "tab": "\t", W + "br": "\n", W + "noBreakHyphen": "-"}

CHARACTERS = st.text(alphabet="甲乙协议 投资，。（）1a\u3000\u00ad\u200b\t\x85", max_size=6)
RUNS = st.one_of(
    CHARACTERS.map(r),
    CHARACTERS.map(lambda text: r(text, "<w:vanish/>")),
    CHARACTERS.map(lambda text: f'<w:ins w:id="1" w:author="a">{r(text)}</w:ins>'),
    CHARACTERS.map(lambda text: f"<w:del w:id='1' w:author='a'>{r(text)}</w:del>"),
    CHARACTERS.map(lambda text: f"<w:sdt><w:sdtPr/><w:sdtContent>{r(text)}</w:sdtContent></w:sdt>"),
    CHARACTERS.map(lambda text: f"<w:hyperlink><!-- c -->{r(text)}</w:hyperlink>"),
    CHARACTERS.map(lambda text: r(t(text) + "<w:tab/>" + t("后"))),
    CHARACTERS.map(lambda text: r(t(text) + "<w:br/>" + t("次行"))),
)
PARAGRAPHS = st.builds(
    lambda runs, numbered, removed: p(
        "".join(runs) or r(""),
        (num(0) if numbered else "") + (f"<w:rPr>{MARK}</w:rPr>" if removed else ""),
    ),
    st.lists(RUNS, max_size=4),
    st.booleans(),
    st.booleans(),
)
MARK = '<w:del w:id="3" w:author="a"/>'
TABLES = st.lists(PARAGRAPHS, min_size=2, max_size=3).map(lambda cells: tbl([tc(cell) for cell in cells]))
BODIES = st.lists(st.one_of(PARAGRAPHS, TABLES), min_size=1, max_size=6)
LISTS = numbering(level(0, "第%1条"))


def source_text(data: bytes, part: str, path: tuple[int, ...]) -> str:
    """What the element shows, found with nothing but the part's name and the child indices."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        element = etree.fromstring(archive.read(part))
    for index in path:
        element = element[index]
    return STANDS_FOR.get(element.tag) or exchanged(element.text or "").replace("\t", " ")


def visible_characters(data: bytes) -> list[str]:
    """All characters of the body that are neither deleted nor hidden, without white space, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    texts = (
        element.text or ""
        for element in root.iter(W + "t")
        if not any(parent.tag == W + "del" for parent in element.iterancestors())
        and element.getparent().find(f"{W}rPr/{W}vanish") is None
    )
    return [char for text in texts for char in exchanged(text) if not char.isspace() and char not in "\u00ad\u200b\x85"]


@given(BODIES)
@settings(max_examples=150, deadline=None)
def test_pieces_lead_back_to_their_elements(body: list[str]) -> None:
    data = docx(*body, p("末"), numbering=LISTS)
    found = document(data)
    assert "\n".join(found.text[block.start : block.end] for block in found.blocks) == found.text
    pieces = [piece for block in found.blocks for piece in block.pieces]
    for piece in pieces:
        shown = found.text[piece.start : piece.end]
        source = source_text(data, piece.part or "", piece.path)[piece.offset : piece.offset + len(shown)]
        assert shown.replace("\t", " ") == source.replace("\t", " ")
    taken = "".join(found.text[piece.start : piece.end] for piece in pieces)
    assert [char for char in taken if not char.isspace()] == visible_characters(data)
    for block in found.blocks:
        covered = "".join(found.text[piece.start : piece.end] for piece in block.pieces)
        if block.kind != "table_row":
            assert covered == found.text[block.start : block.end]
