"""Several agreements in one file: where each begins and ends."""

import re
from itertools import pairwise

from contract_audit.clauses.lines import PARTY, SIGN, attachment_match
from contract_audit.model import Document

# A title names its kind of paper at its end; collections of samples put 第一篇 or 篇一 before it.
_TITLE = re.compile(
    r"\s*(?:第?[一二三四五六七八九十0-9]{1,3}?篇|篇[一二三四五六七八九十0-9]{1,3})?[：:\s]*[^。；：:，]{0,60}"
    r"(?:合\s*同\s*书?|协\s*议\s*书?|备忘录|意向书|承诺书)\s*(?:[（(][^（）()]{1,20}[)）])?\s*$"
)


def split(document: Document) -> tuple[tuple[int, int], ...]:
    """Half-open block ranges of the agreements in a file, in order, together covering all blocks.

    A new one begins only at a title line after which two parties are named and a signature block follows, if the part
    before it has been signed too; an agreement that is an attachment of another stays with it.
    """
    lines = [document.text[block.start : block.end] for block in document.blocks]
    signs = [index for index, line in enumerate(lines) if SIGN.match(line) and "。" not in line.rstrip("。")]
    starts = [0]
    for index, line in enumerate(lines):
        titled = document.blocks[index].kind == "title" or bool(_TITLE.match(line))
        if titled and _begins(lines, signs, starts[-1], index):
            starts.append(index)
    bounds = [*starts, len(lines)]
    return tuple(pairwise(bounds)) if lines else ()


def _begins(lines: list[str], signs: list[int], start: int, index: int) -> bool:
    signed_before = any(start < sign < index for sign in signs)
    signed_after = any(sign > index for sign in signs)
    if index == start or not (signed_before and signed_after) or attachment_match(lines[index]):
        return False
    attached = any(attachment_match(line) for line in lines[max(_last_sign(signs, index), index - 3) : index])
    parties = {
        match.group().strip()[:2]
        for line in lines[index + 1 : index + 15]
        if (match := PARTY.match(line)) and not SIGN.match(line)
    }
    return not attached and len(parties) > 1


def _last_sign(signs: list[int], index: int) -> int:
    """The last signature line before `index`, 0 if there is none."""
    return max((sign for sign in signs if sign < index), default=0)
