"""Whether this machine can read Chinese text whose font is not in the file.

pdfium measures such text by a font of the system. Where the system has none for Chinese, a piece of text that is one
character long has no width, and pdfium leaves it out of the page's text without a word.
"""

import ctypes
from functools import cache
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

INSTALL = "请安装中文字体（如宋体、文泉驿微米黑）后重新检查"
_NO_WIDTH = 0.01  # points: what is narrower pdfium takes for nothing drawn
_ONE_CHARACTER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 50 50]/Contents 4 0 R/Resources<</Font<</F 5 0 R>> >> >>endobj
4 0 obj<</Length 34>>stream
BT /F 20 Tf 10 10 Td <4E2D> Tj ET

endstream endobj
5 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>endobj
6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000
/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>endobj
7 0 obj<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/Ascent 880/Descent -120>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


@cache
def has_chinese_font() -> bool:
    """True if pdfium finds a font for Chinese text that brings none; asked once a process."""
    file = pypdfium2.PdfDocument(_ONE_CHARACTER)
    page = file[0]
    text = page.get_textpage()
    try:
        return bool(pdfium.FPDFText_CountChars(text.raw))
    finally:
        text.close()
        page.close()
        file.close()


def is_lost(handle: Any) -> bool:
    """Whether a text object has no width, so that its text is not among the page's."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return bool(found) and right.value - left.value < _NO_WIDTH
