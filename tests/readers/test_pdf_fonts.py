"""Where the machine has no Chinese font, characters that pdfium leaves out are counted and said."""

import subprocess
import sys
from pathlib import Path

from pdf_file import at, write

from contract_audit.readers import pdf
from contract_audit.readers.pdf_fonts import has_chinese_font
from contract_audit.settings import Settings

LINES = [at(80, 700, "甲方"), at(80, 670, "序"), at(80, 640, "乙方应当缴清价款")]
# pdfium looks for fonts in the folders it was started with: here one that does not exist.
WITHOUT_FONTS = """
import ctypes, pathlib, sys
import pypdfium2.raw as pdfium
from contract_audit.readers import pdf
from contract_audit.readers.pdf_fonts import has_chinese_font
from contract_audit.settings import Settings
pdfium.FPDF_DestroyLibrary()
folder = ctypes.create_string_buffer(b"/nonexistent")
folders = (ctypes.POINTER(ctypes.c_char) * 2)(ctypes.cast(folder, ctypes.POINTER(ctypes.c_char)), None)
config = pdfium.FPDF_LIBRARY_CONFIG(version=2)
config.m_pUserFontPaths = ctypes.cast(folders, type(config.m_pUserFontPaths))
pdfium.FPDF_InitLibraryWithConfig(config)
document = pdf.read(pathlib.Path(sys.argv[1]).read_bytes(), "a.pdf", Settings())
print(has_chinese_font(), *(f"{problem.code}:{problem.page}:{problem.message}" for problem in document.problems))
"""


def test_a_page_that_lost_characters_for_want_of_a_font_is_listed_as_not_fully_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(write([LINES]))
    command = [sys.executable, "-X", "utf8", "-c", WITHOUT_FONTS, str(path)]
    said = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    assert said.startswith("False no_font:1:第 1 页有 1 处文字未读出")
    assert "请安装中文字体" in said


def test_with_a_font_the_same_page_is_read_whole() -> None:
    assert has_chinese_font(), "本机没有中文字体，请先运行 make setup"
    document = pdf.read(write([LINES]), "a.pdf", Settings())
    assert document.problems == ()
    assert "序" in document.text
