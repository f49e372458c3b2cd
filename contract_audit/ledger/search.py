"""Search that finds one and two Chinese characters: on SQLite each character is a token and words are phrases.

A trigram index silently finds nothing for 返还 or 税; a word segmenter misses words that cross its borders.
"""

import re
from operator import attrgetter

from sqlalchemy import ColumnElement

from contract_audit.ledger.schema import items
from contract_audit.model.ledger import LedgerItem

_FIELDS = (
    "document", "title", "clause", "quote", "message", "contract", "project", "company", "unit", "owner_unit", "owner",
    "own_problem", "own_measure", "feedback", "promised", "note", "case_number", "court", "words", "document_number",
)  # fmt: skip
_field_values = attrgetter(*_FIELDS)
# What is rare in Chinese text is changed to what is common: half-width marks to full-width ones, full-width letters and
# digits to half-width ones; white space goes. A pattern that seldom matches is several times faster than a table.
_RARE = re.compile("[\\s\u200b\ufeff(),;:!?０-９Ａ-Ｚａ-ｚ％]+")
_FOLDING: dict[int, str | None] = {code: chr(code - 0xFEE0) for code in map(ord, "０１２３４５６７８９％")}
_FOLDING |= {code: chr(code - 0xFEE0) for start in "Ａａ" for code in range(ord(start), ord(start) + 26)}
_FOLDING |= {ord(mark): chr(ord(mark) + 0xFEE0) for mark in "(),;:!?"}
_FOLDING |= dict.fromkeys(map(ord, " \t\r\n\x0b\x0c\u2028\u2029\x85\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff"))
_BORDER = "ǁ"  # a letter that no agreement uses parts the fields, so that no hit crosses them


def folded(words: str) -> str:
    """Words as they are compared.

    >>> folded("返 还 ６０％ (Ａ)")
    '返还60%（a）'
    """
    return _RARE.sub(_folded_run, words).lower()


def searchable(item: LedgerItem) -> str:
    """All words of an item that a search looks into, parted by a mark that no search asks for."""
    values = list(filter(None, _field_values(item)))
    values += [source.words for source in item.sources if source.words]
    values += item.extra.values()
    return folded(_BORDER.join(values))


def tokens(words: str) -> str:
    """Folded words as one token a character."""
    return " ".join(words)


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
