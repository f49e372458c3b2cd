"""Which words a pattern cannot match without: a look at these tells quickly that most patterns have nothing to find.

RE2 alone would be linear too, but an automaton of hundreds of patterns with gaps has too many states to keep: it is built
anew on every text. Here each pattern gives up a set of literals of which at least one stands in every match.
"""

import re
from typing import NamedTuple

_MAX_CLASS = 24  # a larger class of characters filters nothing
_QUANTIFIER = re.compile(r"(?:(?P<some>\+)|[*?]|\{(?P<least>\d+)(?:,\d*)?\})\??")
_FLAGS = re.compile(r"\(\?[a-zA-Z-]+\)")
_GROUP = re.compile(r"\((?:\?(?:P?<\w+>|[a-zA-Z-]*:))?")
_CLASS = re.compile(r"\[(\^?)((?:\\.|\[:\^?\w+:\]|[^\]\\])(?:\\.|\[:\^?\w+:\]|[^\]\\])*)\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:[pP](?:\{\^?\w+\}|\w)|x(?:\{[0-9a-fA-F]+\}|[0-9a-fA-F]{2})|[0-9A-Za-z])")
_SPECIAL = ".^$"


class Required(NamedTuple):
    """`literals`: one of them stands in every match (None: no such words known); `whole`: they are all that can match."""

    literals: frozenset[str] | None
    whole: bool


_NOTHING = Required(None, whole=False)


def required(source: str) -> Required:
    """The words of an RE2 pattern.

    >>> sorted(required("返还|奖励").literals or ()), required("返还|奖励").whole
    (['奖励', '返还'], True)
    >>> sorted(required("按?(?:缴税|纳税)[^。]{0,9}返还").literals or ()), required(".{0,9}").literals
    (['返还'], None)
    """
    if re.search(r"\(\?[a-zA-Z]*i", source):  # letters in either case: not worth the trouble
        return _NOTHING
    found, end = _alternatives(source, 0)
    return found if end == len(source) else _NOTHING


def _alternatives(source: str, place: int) -> tuple[Required, int]:
    """The alternatives from `place` to the closing bracket or the end."""
    branches: list[Required] = []
    while True:
        branch, place = _sequence(source, place)
        branches.append(branch)
        if place >= len(source) or source[place] == ")":
            break
        place += 1
    if any(branch.literals is None for branch in branches):
        return _NOTHING, place
    literals = frozenset[str]().union(*(branch.literals or () for branch in branches))
    return Required(literals, whole=all(branch.whole for branch in branches)), place


def _sequence(source: str, place: int) -> tuple[Required, int]:
    """One branch: of the words that must stand in it, those that filter best."""
    candidates: list[Required] = []
    run, parts = "", 0
    while place < len(source) and source[place] not in "|)":
        item, end = _item(source, place)
        quantifier = _QUANTIFIER.match(source, end)
        if quantifier is None and isinstance(item, str):
            run += item
            place = end
            continue
        parts += 1
        if run:
            candidates.append(Required(frozenset({run}), whole=False))
            run = ""
        found = Required(frozenset({item}), whole=True) if isinstance(item, str) else item
        if quantifier is None:
            candidates.append(found)
        elif quantifier["some"] or int(quantifier["least"] or 0):
            candidates.append(Required(found.literals, whole=False))
        place = quantifier.end() if quantifier else end
    if run:
        candidates.append(Required(frozenset({run}), whole=not parts))
        parts += 1
    best = max(candidates, key=_filtering, default=_NOTHING)
    return Required(best.literals, whole=best.whole and parts == 1), place


def _item(source: str, place: int) -> tuple[Required | str, int]:
    """What stands at `place` and where it ends: a plain character, or what a group or class requires."""
    char = source[place]
    if flags := _FLAGS.match(source, place):
        return _NOTHING, flags.end()
    if char == "(":
        opening = _GROUP.match(source, place)
        inside, end = _alternatives(source, opening.end() if opening else place + 1)
        return inside, end + 1
    if char == "[" and (members := _CLASS.match(source, place)):
        return _of_class(members), members.end()
    if char == "\\":
        escape = _ESCAPE.match(source, place)
        return (_NOTHING, escape.end()) if escape else (source[place + 1 : place + 2], place + 2)
    return (_NOTHING, place + 1) if char in _SPECIAL else (char, place + 1)


def _of_class(members: re.Match[str]) -> Required:
    inside = members[2]
    if members[1] or len(inside) > _MAX_CLASS or any(char in inside for char in "\\-["):
        return _NOTHING
    return Required(frozenset(inside), whole=True)


def _filtering(candidate: Required) -> tuple[int, int]:
    """Long words filter better than short ones, few better than many; none at all filter least."""
    literals = candidate.literals or frozenset()
    return min(map(len, literals), default=0), -len(literals)


class LiteralIndex:
    """Patterns by their literals: which of them a text may hold, found in one pass over the text."""

    def __init__(self, sources: tuple[str, ...]) -> None:
        """Take the literals of every pattern; a pattern without any may always match."""
        self._by_head: dict[str, list[tuple[str, list[int]]]] = {}
        self._single: dict[str, list[int]] = {}
        self.whole: frozenset[int] = frozenset()
        always: set[int] = set()
        whole: set[int] = set()
        owners: dict[str, list[int]] = {}
        for index, source in enumerate(sources):
            found = required(source)
            if found.literals is None or "" in found.literals:
                always.add(index)
                continue
            whole |= {index} if found.whole else set()
            for literal in found.literals:
                owners.setdefault(literal, []).append(index)
        for literal, indices in owners.items():
            if len(literal) == 1:
                self._single[literal] = indices
            else:
                self._by_head.setdefault(literal[:2], []).append((literal, indices))
        self.always, self.whole = frozenset(always), frozenset(whole)

    def candidates(self, text: str) -> set[int]:
        """Indices of the patterns that may match in `text`; those in `whole` do match."""
        found: set[int] = set(self.always)
        for char in set(text):
            if char in self._single:
                found.update(self._single[char])
        by_head = self._by_head
        for place in range(len(text) - 1):
            entries = by_head.get(text[place : place + 2])
            if entries is None:
                continue
            for literal, indices in entries:
                if text.startswith(literal, place):
                    found.update(indices)
        return found
