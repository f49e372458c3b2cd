"""Search that finds one and two Chinese characters: on SQLite each character is a token and words are phrases.

A trigram index silently finds nothing for 返还 or 税; a word segmenter misses words that cross its borders. Digits stand
in every item (第12条), so a digit is followed by a second token, itself with the next character: 77亩 is 7 77 7 7亩 亩.
By the rare pair the index leaps over the items that hold each character somewhere.
"""

import re
from array import array
from collections.abc import Iterable
from functools import lru_cache
from operator import add, attrgetter

from sqlalchemy import ColumnElement, cast
from sqlalchemy.dialects.postgresql import TSQUERY

from contract_audit.ledger.schema import items
from contract_audit.model.ledger import LedgerItem

_FIELDS = attrgetter(
    "document", "title", "clause", "quote", "message", "contract", "project", "company", "unit", "owner_unit", "owner",
    "own_problem", "own_measure", "feedback", "promised", "note", "case_number", "court", "words", "document_number",
)  # fmt: skip
# What is rare in Chinese text is changed to what is common: half-width marks to full-width ones, full-width letters and
# digits to half-width ones; white space and straight quotes go. A pattern that seldom matches is several times faster than a table.
_RARE = re.compile("[\\s\u200b\ufeff()'\",;:!?０-９Ａ-Ｚａ-ｚ％]")
_FOLDING = {chr(code): chr(code - 0xFEE0) for code in map(ord, "０１２３４５６７８９％")}
_FOLDING |= {chr(code): chr(code - 0xFEE0) for start in "Ａａ" for code in range(ord(start), ord(start) + 26)}
_FOLDING |= {mark: chr(ord(mark) + 0xFEE0) for mark in "(),;:!?"}
BORDER = "ǁ"  # a letter that no agreement uses parts the fields, so that no hit crosses them
_PARTED = f"{BORDER} "
_END, _RUN = "\x00", "\x01"  # between texts and in the place of digits, while texts are spelled
_CONTROL = dict.fromkeys((0, 1))
_DIGITS = re.compile(f"([0-9][0-9]*[^{_END}]?)")  # with the character behind them; `[0-9]+` is searched for slowly
_SPACE = array("I", " ".encode("utf-32-le"))
_PAIRS = 8_192  # a digit with what follows it, kept at hand


def folded(words: str) -> str:
    """Words as they are compared.

    >>> folded("返 还 ６０％ (Ａ)")
    '返还60%（a）'
    """
    return _RARE.sub(_folded_mark, words).lower()


def searchable(item: LedgerItem) -> str:
    """All words of an item that a search looks into, folded, parted by a mark that no search asks for."""
    return folded(BORDER.join(_texts(item)))


def item_tokens(items: Iterable[LedgerItem]) -> list[str]:
    """The tokens of `searchable` for each item, for the index; a text that many items share is spelled once."""
    texts = [_texts(item) for item in items]
    distinct = list({text for values in texts for text in values})
    spelled = dict(zip(distinct, _spelled(distinct), strict=True))
    return [_PARTED.join([spelled[text] for text in values]) for values in texts]


def tokens(words: str) -> str:
    """Words as tokens parted by spaces: one a character, and after a digit also the digit with what is behind it.

    >>> tokens("约 77亩").split(), tokens("第7").split()
    (['约', '7', '77', '7', '7亩', '亩'], ['第', '7'])
    """
    return _spelled([words])[0]


def _texts(item: LedgerItem) -> list[str]:
    values: list[str] = list(filter(None, _FIELDS(item)))
    values += [source.words for source in item.sources if source.words]
    values += item.extra.values()
    return values


def _spelled(texts: list[str]) -> list[str]:
    """The tokens of texts, worked out together."""
    if not texts:
        return []
    joined = folded(_END.join(texts))
    if joined.count(_END) != len(texts) - 1 or _RUN in joined:
        joined = folded(_END.join(text.translate(_CONTROL) for text in texts))
    parts = _DIGITS.split(joined)
    between = _spaced(_RUN.join(parts[0::2])).split(_RUN)
    parts[0::2] = between
    parts[1::2] = map(_digit_tokens, parts[1::2])
    return "".join(parts).split(_END)


def _spaced(text: str) -> str:
    """A space after each character: `" ".join` makes an object of every Chinese one."""
    chars = array("I", text.encode("utf-32-le"))
    spaced = _SPACE * (2 * len(chars))
    spaced[0::2] = chars
    return spaced.tobytes().decode("utf-32-le")


def _digit_tokens(run: str) -> str:
    return "".join(map(_pair, run, run[1:])) + run[-1]


@lru_cache(maxsize=_PAIRS)
def _pair(digit: str, after: str) -> str:
    return f"{digit} {digit}{after} "


def matching(words: str) -> str:
    """The query of the index for every one of the words (parted by spaces); empty where nothing is left to look for."""
    return " AND ".join(f'"{tokens(word)}"' for word in wanted(words))


def grams(words: str) -> str | None:
    """The index entries of `searchable` words for PostgreSQL: pairs of neighbours, and the last character of each text.

    >>> grams("返还ǁ税")
    "'返还' '还' '税'"
    """
    return " ".join(map(_grams, filter(None, words.split(BORDER)))) or None


@lru_cache(maxsize=8_192)
def _grams(text: str) -> str:
    return " ".join(map(_quoted, map(add, text, f"{text[1:]} ")))


def _quoted(piece: str) -> str:
    """A piece as tsvector and tsquery take it; the filling behind the last character goes."""
    escaped = piece.rstrip().replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _asked(word: str) -> str:
    if len(word) == 1:
        return f"{_quoted(word)}:*"
    return " & ".join(map(_quoted, map(add, word, word[1:])))


def holding(words: str) -> list[ColumnElement[bool]]:
    """The same for PostgreSQL: pieces that its index knows; of a longer word they may stand apart, so it is compared."""
    sought = wanted(words)
    if not sought:
        return []
    return [
        items.c.grams.op("@@")(cast(" & ".join(map(_asked, sought)), TSQUERY)),
        *(items.c.words.contains(word, autoescape=True) for word in sought if len(word) > 2),
    ]


def wanted(words: str) -> list[str]:
    """The folded words that are looked for; an empty list where nothing is left to look for."""
    return [word for part in words.split() if (word := folded(part))]


def _folded_mark(found: re.Match[str]) -> str:
    return _FOLDING.get(found[0], "")
