"""Whether two quotes are of the same words: how a finding is held against what should be found."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_BLANK = "\ue000"
_BLANKS = re.compile(r"_+|[×✕□＊*]{2,}|[Xx]{2,}|\(\s*\)|\[\s*\]|【\s*】|〔\s*〕|〈\s*〉")
_LENGTH_RATIO = 3
_LENGTH_FREE = 60
_RUN = 12
_RUN_SHARE = 0.6


@lru_cache(maxsize=8192)
def bare(quote: str) -> str:
    r"""A quote as it is compared: no white space, no punctuation, a blank to be filled in as one character.

    >>> bare("| 返还 | 60％ |") == bare("返还\t60%"), len(bare("投资____万元"))
    (True, 5)
    """
    text = _BLANKS.sub(_BLANK, unicodedata.normalize("NFKC", quote))
    return "".join(
        char
        for char in text
        if char == _BLANK or not (char.isspace() or unicodedata.category(char)[0] in "PZC" or char == "|")
    )


def overlap(found: str, wanted: str) -> int:
    """Characters that a finding's quote shares with a label's in one run, 0 where that is not enough to be the same."""
    found, wanted = bare(found), bare(wanted)
    if not found or not wanted:
        return 0
    if found in wanted:
        return len(found)
    if wanted in found:
        return len(wanted) if len(found) <= max(_LENGTH_FREE, _LENGTH_RATIO * len(wanted)) else 0
    run = SequenceMatcher(None, found, wanted, autojunk=False).find_longest_match().size
    return run if run >= min(_RUN, _RUN_SHARE * min(len(found), len(wanted))) else 0
