"""密级 marks (保守国家秘密法, GB/T 9704): 绝密, 机密, 秘密 at the top of the first page."""

import re

from contract_audit.model import Document

_MARK = re.compile(
    r"""\s*(?:\d{4,8}\s+)?                                      # 份号
        (?:密\s*级\s*[：:]\s*)?[【〔\[（(]?\s*
        (?P<level>绝\s*密|机\s*密|秘\s*密)
        \s*[】〕\]）)]?
        (?:\s*[★☆*＊]\s*(?:[\d一二三四五六七八九十]{1,3}\s*(?:年|个月|月|日|天)|长期|解密.{0,12})?)?
        (?:\s*(?:特急|特提|加急|平急|急件))?\s*""",
    re.X,
)
_TOP_LINES = 6
_LONGEST = 60  # characters: a line that carries a mark carries little else


def secrecy_mark(document: Document) -> str | None:
    """The 密级 that stands alone on one of the first lines or in a header: 绝密, 机密 or 秘密; None without one."""
    top = [document.text[block.start : block.end] for block in document.blocks[:_TOP_LINES]]
    for line in (*document.headers, *top):
        for part in line.splitlines():
            mark = _MARK.fullmatch(part.strip()) if len(part) <= _LONGEST else None
            if mark:
                return re.sub(r"\s", "", mark["level"])
    return None
