"""Agreements with their wrongs marked in the text (corpus/marked): ⟦category|words⟧.

Several categories on the same words are divided by commas; a question mark behind a category says that two good reviewers
may differ. Marks do not nest and do not cross the end of a line; what is not marked is lawful.
"""

import re
from pathlib import Path

from contract_audit.errors import UsageError
from contract_audit.model import Struct
from contract_audit.score.gold import Label

_MARK = re.compile(r"⟦([^|⟦⟧\n]+)\|([^⟦⟧\n]+)⟧")
_LEFT_OVER = re.compile(r"[⟦⟧]")


class Marked(Struct, frozen=True, kw_only=True):
    """An agreement without its marks; `flags`: where each marked wrong begins in the text, and what it is."""

    text: str
    flags: tuple[tuple[int, Label], ...]


def read_marked(path: Path) -> Marked:
    """The agreement of a file; raises UsageError where a mark does not close."""
    written = path.read_text(encoding="utf-8")
    parts, flags = [], []
    length = end = 0
    for mark in _MARK.finditer(written):
        parts += [written[end : mark.start()], mark.group(2)]
        start = length + mark.start() - end
        for name in mark.group(1).split(","):
            category = name.strip()
            label = Label(category=category.rstrip("?"), quote=mark.group(2), optional=category.endswith("?"))
            flags.append((start, label))
        length, end = start + len(mark.group(2)), mark.end()
    text = "".join(parts) + written[end:]
    broken = _LEFT_OVER.search(text)
    if broken:
        raise UsageError(f"{path}：第{text.count(chr(10), 0, broken.start()) + 1}行的标记没有写完整（⟦类别|原文⟧）")
    return Marked(text=text, flags=tuple(flags))
