"""Search that finds one and two Chinese characters: on SQLite each character is a token and words are phrases.

A trigram index silently finds nothing for 返还 or 税; a word segmenter misses words that cross its borders.
"""

from functools import lru_cache

from sqlalchemy import ColumnElement, text

from contract_audit.ledger.schema import items
from contract_audit.model.ledger import LedgerItem

_FIELDS = (
    "document", "title", "clause", "quote", "message", "contract", "project", "company", "unit", "owner_unit", "owner",
    "own_problem", "own_measure", "feedback", "promised", "note", "case_number", "court", "words", "document_number",
)  # fmt: skip
# Full-width forms become half-width, white space goes: 「６０ ％」 is found as 60%.
_FOLDING: dict[int, int | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDING |= dict.fromkeys(map(ord, " \t\r\n\u3000\u00a0\u200b\ufeff"))


def folded(words: str) -> str:
    """Words as they are compared.

    >>> folded("返 还 ６０％ Ａ")
    '返还60%a'
    """
    return words.translate(_FOLDING).lower()


def searchable(item: LedgerItem) -> str:
    """All words of an item that a search looks into, field by field on a line of its own."""
    values = [value for name in _FIELDS if (value := getattr(item, name))]
    values += [source.words for source in item.sources if source.words]
    values += item.extra.values()
    return "\n".join(map(folded, values))


def tokens(words: str) -> str:
    """Folded words as one token a character; a line end is a token too, so that no hit crosses fields."""
    return " ".join(map(_token, words))


def holds(words: str, *, sqlite: bool) -> ColumnElement[bool]:
    """The condition that an item holds every one of the words (parted by spaces)."""
    wanted = [folded(word) for word in words.split()]
    if sqlite:
        phrases = " AND ".join(f'"{tokens(word)}"' for word in wanted if word)
        hits = text("SELECT rowid FROM search WHERE search MATCH :phrases").bindparams(phrases=phrases)
        return items.c.number.in_(hits.columns(items.c.number))
    condition: ColumnElement[bool] = items.c.words.contains(wanted[0], autoescape=True)
    for word in wanted[1:]:
        condition &= items.c.words.contains(word, autoescape=True)
    return condition


@lru_cache(maxsize=32_768)
def _token(character: str) -> str:
    return f"{ord(character):x}"
