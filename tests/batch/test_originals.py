"""Marked copies are made in children from the originals, whatever the scan called them."""

import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from contract_audit import engine
from contract_audit.batch import Options, scan
from contract_audit.batch.originals import Original, mark_originals
from contract_audit.batch.pool import Progress
from contract_audit.model import Skipped
from contract_audit.reports.marking import Marked
from contract_audit.settings import Settings

DAY = date(2024, 6, 30)
LINES = (
    "云岭县产业项目投资协议书",
    "甲方：云岭县人民政府",
    "乙方：恒远制造有限公司",
    "第一条 甲方应于2023年2月1日前向乙方交付标准厂房15600平方米。",
    "第二条 乙方缴纳的增值税、企业所得税县级留成部分，甲方按60%的比例返还乙方。",
    "甲方（盖章）：云岭县人民政府",
    "乙方（盖章）：恒远制造有限公司",
    "2023年1月28日",
)


def quiet(_progress: Progress) -> None:
    """No one watches."""


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Original]:
    """Marks on a docx, a copy inside a zip and a text file."""
    folder = tmp_path_factory.mktemp("协议")
    book = docx.Document()
    for line in LINES:
        book.add_paragraph(line)
    book.save(folder / "甲.docx")
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.write(folder / "甲.docx", "乙.docx")
    (folder / "丙.txt").write_text("\n".join(LINES), encoding="utf-8")
    found = scan((folder,), engine.load_rules(), Options(as_of=DAY, jobs=1))
    return {one.name: one for one in mark_originals(found, (folder,), Settings(), quiet)}


def test_a_docx_is_marked_at_every_finding(originals: dict[str, Original]) -> None:
    marked = originals["甲.docx"].result
    assert isinstance(marked, Marked)
    assert marked.placed >= 2 and marked.unplaced == ()


@pytest.mark.parametrize(("name", "why"), [("包.zip/乙.docx", "解压"), ("丙.txt", "另存为")])
def test_what_takes_no_marks_is_named_with_what_to_do(originals: dict[str, Original], name: str, why: str) -> None:
    skipped = originals[name].result
    assert isinstance(skipped, Skipped) and why in skipped.message


def test_several_agreements_of_one_file_are_marked_in_one_copy(tmp_path: Path) -> None:
    book = docx.Document()
    for company in ("恒远制造有限公司", "鼎新材料有限公司"):
        for line in LINES:
            book.add_paragraph(line.replace("恒远制造有限公司", company))
        book.add_page_break()
    book.save(tmp_path / "合订.docx")
    found = scan((tmp_path,), engine.load_rules(), Options(as_of=DAY, jobs=1))
    names = {audit.understanding.document.name for audit in found.audits}
    (original,) = mark_originals(found, (tmp_path,), Settings(), quiet)
    assert original.name == "合订.docx" and isinstance(original.result, Marked)
    assert original.result.placed == sum(len(audit.findings) for audit in found.audits)
    assert names == {"合订.docx#1", "合订.docx#2"}
