"""One of several agreements in a file as a document of its own."""

from docx_file import document, docx, p, r, tbl

from contract_audit.model import Block, Box, Document, Piece, Problem, Seal
from contract_audit.readers.slicing import slice_document

DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>{}</w:delText></w:r></w:del>'


def two_agreements() -> Document:
    return document(
        docx(
            p("甲协议"),
            p(r("正文一") + DELETED.format("删一")),
            tbl(["a", "b"], ["c", tbl(["内一", "内二"]) + p()]),
            p("乙协议"),
            p(r("正文二") + DELETED.format("删二") + r("藏二", "<w:vanish/>")),
            tbl(["d", "e"]),
        )
    )


def test_slices_are_documents_of_their_own() -> None:
    whole = two_agreements()
    starts = [index for index, block in enumerate(whole.blocks) if "协议" in whole.text[block.start : block.end]]
    first = slice_document(whole, (0, starts[1]), 1)
    second = slice_document(whole, (starts[1], len(whole.blocks)), 2)
    assert (first.name, second.name) == ("a.docx#1", "a.docx#2")
    assert first.text + "\n" + second.text == whole.text
    assert first.tables == whole.tables[:2]
    assert second.tables == whole.tables[2:]
    for part, whole_blocks in ((first, whole.blocks[: starts[1]]), (second, whole.blocks[starts[1] :])):
        for block, before in zip(part.blocks, whole_blocks, strict=True):
            assert part.text[block.start : block.end] == whole.text[before.start : before.end]
            assert [part.text[piece.start : piece.end] for piece in block.pieces] == [
                whole.text[piece.start : piece.end] for piece in before.pieces
            ]
            assert [part.text[cell.start : cell.end] for cell in block.cells] == [
                whole.text[cell.start : cell.end] for cell in before.cells
            ]
            if block.table is not None:
                assert part.tables[block.table] == whole.tables[before.table or 0]
    assert [passage.text for passage in first.deleted] == ["删一"]
    assert [(passage.text, passage.start) for passage in second.deleted] == [("删二", 0)]
    assert [passage.text for passage in second.hidden] == ["藏二"]
    assert (second.deleted[0].at, second.text[4:7]) == (4, "正文二")


def test_seals_and_problems_go_by_page() -> None:
    def block(start: int, page: int) -> Block:
        return Block(
            kind="paragraph",
            start=start,
            end=start + 2,
            pieces=(Piece(start=start, end=start + 2, box=Box(page, 0, 0, 1, 1)),),
        )

    whole = Document(
        name="c.pdf", sha256="0", format="pdf", status="read", text="一一\n二二", blocks=(block(0, 1), block(3, 2)),
        seals=(Seal(page=1), Seal(page=2), Seal()), problems=(Problem(code="low_confidence", message="x", page=2),),
    )  # fmt: skip
    first, second = slice_document(whole, (0, 1), 1), slice_document(whole, (1, 2), 2)
    assert [seal.page for seal in first.seals] == [1, None]
    assert [seal.page for seal in second.seals] == [2, None]
    assert (len(first.problems), len(second.problems)) == (0, 1)
