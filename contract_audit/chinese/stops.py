"""Sentences without end: what reads a sentence once for each of its words would take for ever, so they are read in parts.

The longest sentence of any agreement known has some three hundred characters; far beyond that a full stop is put in the
place of a mark (of a character where no mark stands), so that offsets stay. Who uses it says so to the reader.

    >>> with_stops("甲方供地，乙方建厂，" * 120)[990:1000]
    '甲方供地，乙方建厂。'
"""

import re

LONGEST = 1000  # characters of a sentence that is read as a whole
_SENTENCE = re.compile(r"[^。\n]+")
_MARKS = ("；;", "，,：:", "、 \u3000")  # the ends of larger parts first


def with_stops(text: str) -> str:
    """The text with stops in sentences that are longer than `LONGEST`; itself where there are none."""
    if max(map(len, text.replace("\n", "。").split("。"))) <= LONGEST:
        return text
    return _SENTENCE.sub(lambda sentence: _parted(sentence.group()), text)


def _parted(sentence: str) -> str:
    parts = []
    start = 0
    while len(sentence) - start > LONGEST:
        end = start + LONGEST
        found = (max(sentence.rfind(mark, start + LONGEST // 2, end) for mark in marks) for marks in _MARKS)
        place = next((place for place in found if place >= 0), end - 1)
        parts.append(sentence[start:place] + "。")
        start = place + 1
    return "".join((*parts, sentence[start:]))
