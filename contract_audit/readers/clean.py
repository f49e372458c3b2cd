"""Characters put right once, at reading: nothing later in the program meets a control character or a soft hyphen.

Two kinds of repair, so that offsets into the original stay exact: some characters are exchanged one for one (exotic
spaces, Kangxi radicals that PDF fonts give for common hanzi, check boxes of symbol fonts), others are dropped (control
characters, soft hyphens, zero-width marks, bidi controls, byte order marks, variation selectors).
"""

import re
import unicodedata

# Private-use code points at which symbol fonts (Wingdings, Wingdings 2, Symbol) keep what forms are made of.
SYMBOLS = {
    0xF0FE: "☑",
    0xF052: "☑",
    0xF0FC: "√",
    0xF050: "√",
    0xF0FD: "☒",
    0xF053: "☒",
    0xF0FB: "×",
    0xF04F: "×",
    0xF0A8: "□",
    0xF06F: "□",
    0xF0A3: "□",
    0xF071: "□",
    0xF0B7: "•",
    0xF09F: "•",
    0xF06C: "●",
    0xF06E: "■",
    0xF075: "◆",
    0xF0A7: "▪",
    0xF0D8: "➢",
}


def _single_characters() -> dict[int, str]:
    table = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F], " ")
    for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table | SYMBOLS


_EXCHANGED = _single_characters()
_TO_EXCHANGE = re.compile("[" + "".join(map(re.escape, map(chr, _EXCHANGED))) + "]")
_DROPPED = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff"
)
_TO_DROP = re.compile(f"[{_DROPPED}]")
_KEPT = re.compile(f"[^{_DROPPED}]+")


def exchanged(text: str) -> str:
    """`text` with every exchangeable character exchanged; the length stays the same."""
    return text.translate(_EXCHANGED) if _TO_EXCHANGE.search(text) else text


def kept(text: str) -> list[tuple[int, str]]:
    """The clean stretches of `text`, each with the offset in `text` of its first character."""
    text = exchanged(text)
    if not _TO_DROP.search(text):
        return [(0, text)] if text else []
    return [(match.start(), match.group()) for match in _KEPT.finditer(text)]


def cleaned(text: str) -> str:
    """`text` exchanged and without what is dropped; line ends and tabs stay."""
    return _TO_DROP.sub("", exchanged(text))
