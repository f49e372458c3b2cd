"""Characters put right after recognition: marks as Chinese print has them, and specks of dirt taken for dots left out."""

import re

_HAN = re.compile(r"[\u4e00-\u9fff]")
_WIDE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]")
_MARKS = dict(zip(",:;!?", "，：；！？", strict=True))
_BRACKETS = {"(": "（", ")": "）"}
_DIRT = frozenset(".'`´")


def mended(text: str) -> list[tuple[int, str]]:
    """The characters of a recognised line that stay, each with its offset in `text`; lines without hanzi stay as they are.

    Recognition tells half from full width by chance: brackets in a Chinese line are full, other marks beside a Chinese
    character are. A dot stands between figures or Latin words, never beside hanzi alone.
    """
    if not _HAN.search(text):
        return list(enumerate(text))
    kept: list[tuple[int, str]] = []
    for offset, char in enumerate(text):
        before = kept[-1][1] if kept else ""
        after = text[offset + 1 : offset + 2]
        beside_wide = bool(_WIDE.match(before) or _WIDE.match(after))
        if char in _DIRT and (
            not before or (_WIDE.match(before) and (not after or _WIDE.match(after) or before in "、）"))
        ):
            continue
        kept.append((offset, _BRACKETS.get(char) or (_MARKS.get(char, char) if beside_wide else char)))
    return kept
