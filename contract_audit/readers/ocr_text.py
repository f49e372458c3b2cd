"""Characters put right after recognition: marks as Chinese print has them, and specks of dirt taken for dots left out."""

import re

_HAN = re.compile(r"[\u4e00-\u9fff]")
_WIDE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]")
_MARKS = dict(zip(",:;!?", "，：；！？", strict=True))
_BRACKETS = {"(": "（", ")": "）"}
# Letters taken for figures: inside numbers and before units, and in credit codes (GB 32100), which have no I and no O.
_UNIT = "年月日号万亿元亩%％平个天"
_ZERO = re.compile(rf"(?<=[0-9.,])[OoQ](?=[0-9OoQ{_UNIT}.,])|(?<![A-Za-z0-9])[OoQ](?=\.[0-9])")
_ONE = re.compile(rf"(?<=[0-9.,])[lI|](?=[0-9OlI{_UNIT}.,])|(?<![A-Za-z0-9])[lI|](?=[0-9.][0-9.,]*[{_UNIT}])")
_CODE = re.compile(r"(?<=信用代码)[：:\s]{0,3}[0-9A-Za-z]{18}(?![0-9A-Za-z])")
_CODE_FIGURES = str.maketrans("OoIl", "0011")
_DASH = re.compile(r"(?<=[第统（])—(?=[\u4e00-\u9fff）])")  # no dash follows these: it is the number one
_PARTED = re.compile(r"\d{1,2}( +)[.、]")  # the number of a paragraph, its dot printed a little apart
_DIRT = frozenset(".'`´")


def mended(text: str) -> list[tuple[int, str]]:
    """The characters of a recognised line that stay, each with its offset in `text`; lines without hanzi stay as they are.

    Recognition tells half from full width by chance: brackets in a Chinese line are full, other marks beside a Chinese
    character are. A dot stands between figures or Latin words, never beside hanzi alone.
    """
    if not _HAN.search(text):
        return list(enumerate(text))
    text = _CODE.sub(lambda code: code.group().translate(_CODE_FIGURES), _ONE.sub("1", _ZERO.sub("0", text)))
    text = _DASH.sub("一", text)
    parted = _PARTED.match(text)
    apart = range(*parted.span(1)) if parted else range(0)
    kept: list[tuple[int, str]] = []
    for offset, char in enumerate(text):
        before = kept[-1][1] if kept else ""
        after = text[offset + 1 : offset + 2]
        if offset in apart:
            continue
        beside_wide = bool(_WIDE.match(before) or _WIDE.match(after))
        if char in _DIRT and (
            not before or (_WIDE.match(before) and (not after or _WIDE.match(after) or before in "、）"))
        ):
            continue
        kept.append((offset, _BRACKETS.get(char) or (_MARKS.get(char, char) if beside_wide else char)))
    return kept
