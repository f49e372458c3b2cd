"""Options of forms that were not chosen: ☑银行保函 □现金, 【×】按留成的七成奖励. What is not ticked is not agreed."""

import re

from contract_audit.clauses.force import Scope

_MARK = re.compile(
    r"(?P<struck>[【\[（(]\s*[×xX✗✘]\s*[】\]）)])|(?P<empty>[□☐▢](?![□☐▢]))"
    r"|(?P<ticked>[☑☒■✓✔]|[【\[（(]\s*[√✓✔]\s*[】\]）)])"
)
_STOPS, _STOPS_BESIDE = re.compile(r"[。；\n\t]"), re.compile(r"[，。；\n\t]")
_BESIDE = 4  # lines before and after one in which the other options may stand


def unticked(text: str, start: int, end: int) -> tuple[Scope, ...]:
    """The spans of folded `text` between `start` and `end` that belong to options which nobody chose.

    An empty box is an option left out only where another one near it is ticked; a form of which no box is ticked is
    not filled in. A struck mark leaves its option out by itself.
    """
    line = text.rfind("\n", 0, start) + 1
    marks = list(_MARK.finditer(text, line, end))
    if not any(mark["struck"] or mark["empty"] for mark in marks):
        return ()
    chosen = _is_filled_in(text, line, end)
    found: list[Scope] = []
    for place, mark in enumerate(marks):
        stop = (_STOPS_BESIDE if place else _STOPS).search(text, mark.end())  # ☑银行保函 □现金，…: a word among words
        until = min(marks[place + 1].start() if place + 1 < len(marks) else end, stop.start() if stop else end)
        low, high = max(mark.start(), start), min(until, end)
        if low < high and (mark["struck"] or (mark["empty"] and chosen)):
            found.append((low, high))
    return tuple(found)


def _is_filled_in(text: str, start: int, end: int) -> bool:
    """Whether a box is ticked in the lines around."""
    for _ in range(_BESIDE):
        start = max(text.rfind("\n", 0, max(start - 1, 0)), 0)
        following = text.find("\n", end + 1)
        end = following if following >= 0 else len(text)
    return any(mark["ticked"] for mark in _MARK.finditer(text, start, end))
