"""Comments stand at the exact words, and nothing else of the document changes."""

from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from contract_audit import readers
from contract_audit.errors import DocumentError
from contract_audit.model import Document
from contract_audit.reports.marked_docx import mark
from contract_audit.reports.marking import AUTHOR, Note
from contract_audit.settings import Settings

DAY = date(2026, 6, 30)


def agreement() -> bytes:
    """Runs of different looks, a tab and a break inside runs, a table, a content control, a field, a tracked insertion."""
    book = docx.Document()
    book.add_heading("云岭县项目投资合同", 0)
    paragraph = book.add_paragraph("第一条 甲方应于")
    paragraph.add_run("2023年2月1日").bold = True
    paragraph.add_run("前向乙方交付厂房15600平方米，逾期每日支付违约金。")
    both = book.add_paragraph().add_run("甲方代表\t乙方代表")
    both.add_break()
    both.add_text("第二行的文字，甲方承诺返还税收60%。")
    table = book.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "年度扶持资金"
    table.cell(0, 1).text = "每年一百万元"
    inserted = book.add_paragraph("第三条 ")
    mark_up = docx.oxml.OxmlElement("w:ins")
    mark_up.set(qn("w:id"), "7")
    mark_up.set(qn("w:author"), "某人")
    run = inserted.add_run("甲方优先协调用地指标。")
    mark_up.append(run._r)
    inserted._p.append(mark_up)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "协议.docx"
    path.write_bytes(data)
    (document,) = readers.read(path, Settings())
    return document


def note(document: Document, quote: str, number: int = 1) -> Note:
    start = document.text.index(quote)
    return Note(number=number, start=start, end=start + len(quote), quote=quote, words=f"第{number}处\n说明")


def commented(content: bytes) -> dict[str, str]:
    """What stands between the borders of every comment, by the comment's first line."""
    book = docx.Document(BytesIO(content))
    heads = {comment.comment_id: comment.text.split("\n")[0] for comment in book.comments}
    found: dict[str, str] = {}
    current: list[int] = []
    for element in book.element.body.iter():
        tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        identity = element.get(qn("w:id"))
        if tag == "commentRangeStart":
            current.append(int(identity))
        elif tag == "commentRangeEnd":
            current.remove(int(identity))
        text = {"t": element.text or "", "tab": "\t", "br": "\n"}.get(tag, "")
        for one in current:
            found[heads[one]] = found.get(heads[one], "") + text
    return found


def looks(content: bytes) -> list[tuple[str, Any]]:
    """Every character of the body with the looks of its run."""
    book = docx.Document(BytesIO(content))
    out = []
    for run in book.element.body.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        shown = "" if properties is None else "".join(sorted(child.tag for child in properties))
        if run.find(qn("w:commentReference")) is not None:
            continue
        for child in run:
            text = {"t": child.text or "", "tab": "\t", "br": "\n"}.get(child.tag.rpartition("}")[2], "")
            out += [(char, shown) for char in text]
    return out


QUOTES = (
    "甲方应于2023年2月1日前向乙方",  # over three runs
    "2月1日",  # inside a run
    "交付厂房15600平方米",
    "逾期每日支付违约金",
    "乙方代表",  # beside a tab in one run
    "返还税收60%",  # after a break in the same run
    "扶持资金",  # in a cell
    "优先协调用地指标",  # in a tracked insertion
)


@pytest.mark.parametrize("quote", QUOTES)
def test_the_commented_words_are_the_quote(tmp_path: Path, quote: str) -> None:
    data = agreement()
    document = read(tmp_path, data)
    marked = mark(data, ((document, (note(document, quote),)),), DAY)
    assert (marked.placed, marked.unplaced) == (1, ())
    assert commented(marked.content) == {"第1处": quote}
    assert looks(marked.content) == looks(data)


def test_every_place_at_once_overlapping_or_not(tmp_path: Path) -> None:
    data = agreement()
    document = read(tmp_path, data)
    notes = tuple(note(document, quote, number) for number, quote in enumerate(QUOTES, start=1))
    marked = mark(data, ((document, notes),), DAY)
    assert commented(marked.content) == {f"第{number}处": quote for number, quote in enumerate(QUOTES, start=1)}
    assert looks(marked.content) == looks(data)


def test_every_window_of_a_paragraph(tmp_path: Path) -> None:
    data = agreement()
    document = read(tmp_path, data)
    start = document.text.index("甲方应于")
    borders = range(start, start + 40, 3)
    notes = tuple(
        Note(number=number, start=left, end=right, quote=document.text[left:right], words=f"第{number}处")
        for number, (left, right) in enumerate(pairwise(borders), start=1)
    )
    found = commented(mark(data, ((document, notes),), DAY).content)
    assert found == {f"第{one.number}处": one.quote for one in notes}


def test_words_that_do_not_stand_there_are_not_marked(tmp_path: Path) -> None:
    data = agreement()
    document = read(tmp_path, data)
    wrong = Note(number=3, start=5, end=9, quote="别的文字", words="说明")
    hidden = Note(number=4, start=0, end=0, quote="隐藏的文字", words="说明")
    marked = mark(data, ((document, (wrong, hidden)),), DAY)
    assert (marked.placed, marked.unplaced) == (0, (3, 4))
    other = docx.Document()
    other.add_paragraph("完全不同的一份文件")
    buffer = BytesIO()
    other.save(buffer)
    assert mark(buffer.getvalue(), ((document, (note(document, "扶持资金"),)),), DAY).unplaced == (1,)


def test_words_that_moved_are_found_if_they_stand_in_one_place_only(tmp_path: Path) -> None:
    data = agreement()
    document = read(tmp_path, data)
    moved = Note(number=1, start=0, end=4, quote="扶持资金", words="第1处")
    twice = Note(number=2, start=1, end=3, quote="甲方", words="第2处")
    marked = mark(data, ((document, (moved, twice)),), DAY)
    assert commented(marked.content) == {"第1处": "扶持资金"}
    assert marked.unplaced == (2,)


def test_comments_say_who_when_and_what_and_bytes_are_equal(tmp_path: Path) -> None:
    data = agreement()
    document = read(tmp_path, data)
    first = mark(data, ((document, (note(document, "扶持资金"),)),), DAY).content
    assert mark(data, ((document, (note(document, "扶持资金"),)),), DAY).content == first
    (comment,) = docx.Document(BytesIO(first)).comments
    assert (comment.author, comment.text, comment.timestamp.date()) == (AUTHOR, "第1处\n说明", DAY)
    assert set(ZipFile(BytesIO(data)).namelist()) <= set(ZipFile(BytesIO(first)).namelist())


def test_what_is_no_docx_is_refused_with_a_reason(tmp_path: Path) -> None:
    document = read(tmp_path, agreement())
    with pytest.raises(DocumentError, match="另存为"):
        mark(b"PK\x03\x04 broken", ((document, ()),), DAY)
