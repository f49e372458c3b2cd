"""Search that finds one and two Chinese characters: on SQLite each character is a token and words are phrases.

A trigram index silently finds nothing for 返还 or 税; a word segmenter misses words that cross its borders. Digits stand
in every item (第12条), so a digit is followed by a second token, itself with the next character: 77亩 is 7 77 7 7亩 亩.
By the rare pair the index leaps over the items that hold each character somewhere.
"""

import re
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from sqlalchemy import ColumnElement

from contract_audit.ledger.schema import items
from contract_audit.model.ledger import LedgerItem

# Words that many items share, and words that each item has of its own.
_SHARED = attrgetter(
    "document", "title", "clause", "contract", "project", "company", "unit", "owner_unit", "owner", "court"
)
_OWN = attrgetter(
    "quote", "message", "own_problem", "own_measure", "feedback", "promised", "note", "case_number", "words",
    "document_number",
)  # fmt: skip
_REMEMBERED = 8_192  # shared words whose tokens are kept at hand
# What is rare in Chinese text is changed to what is common: half-width marks to full-width ones, full-width letters and
# digits to half-width ones; white space goes. A pattern that seldom matches is several times faster than a table.
_RARE = re.compile("[\\s\u200b\ufeff(),;:!?０-９Ａ-Ｚａ-ｚ％]+")
_FOLDING: dict[int, str | None] = {code: chr(code - 0xFEE0) for code in map(ord, "０１２３４５６７８９％")}
_FOLDING |= {code: chr(code - 0xFEE0) for start in "Ａａ" for code in range(ord(start), ord(start) + 26)}
_FOLDING |= {ord(mark): chr(ord(mark) + 0xFEE0) for mark in "(),;:!?"}
_FOLDING |= dict.fromkeys(map(ord, " \t\r\n\x0b\x0c\u2028\u2029\x85\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff"))
_BORDER = "ǁ"  # a letter that no agreement uses parts the fields, so that no hit crosses them
_TOKEN_BORDER = f" {_BORDER} "
_DIGITS = re.compile("([0-9]+.?)")  # with the character behind them


def folded(words: str) -> str:
    """Words as they are compared.

    >>> folded("返 还 ６０％ (Ａ)")
    '返还60%（a）'
    """
    return _RARE.sub(_folded_run, words).lower()


def searchable(item: LedgerItem) -> str:
    """All words of an item that a search looks into, folded, parted by a mark that no search asks for."""
    return folded(_BORDER.join((*filter(None, _SHARED(item)), *_own_words(item))))


def item_tokens(item: LedgerItem) -> str:
    """The tokens of `searchable`, for the index."""
    shared = _TOKEN_BORDER.join(map(_shared_tokens, filter(None, _SHARED(item))))
    return f"{shared}{_TOKEN_BORDER}{tokens(folded(_BORDER.join(_own_words(item))))}"


def tokens(words: str) -> str:
    """Folded words as tokens: one a character, and after a digit also the digit with the character behind it.

    >>> tokens("约77亩"), tokens("第7")
    ('约 7 77 7 7亩 亩', '第 7')
    """
    parts = _DIGITS.split(words)
    if len(parts) == 1:
        return " ".join(words)
    parts[0::2] = map(" ".join, parts[0::2])
    parts[1::2] = map(_digit_tokens, parts[1::2])
    return " ".join(parts)


def _own_words(item: LedgerItem) -> list[str]:
    values = list(filter(None, _OWN(item)))
    values += [source.words for source in item.sources if source.words]
    values += item.extra.values()
    return values


@lru_cache(maxsize=_REMEMBERED)
def _shared_tokens(words: str) -> str:
    return tokens(folded(words))


@lru_cache(maxsize=_REMEMBERED)
def _digit_tokens(run: str) -> str:
    pairs = (f"{digit} {digit}{after}" for digit, after in pairwise(run))
    return " ".join((*pairs, run[-1]))


def matching(words: str) -> str:
    """The query of the index for every one of the words (parted by spaces); empty where nothing is left to look for."""
    return " AND ".join(f'"{tokens(word)}"' for word in _wanted(words))


def holding(words: str) -> list[ColumnElement[bool]]:
    """The same without an index: conditions on the column of folded words."""
    return [items.c.words.contains(word, autoescape=True) for word in _wanted(words)]


def _wanted(words: str) -> list[str]:
    return [word for part in words.split() if (word := folded(part).replace('"', ""))]


def _folded_run(found: re.Match[str]) -> str:
    return found[0].translate(_FOLDING)
