"""Faster search with long alternations: look at the first character before trying hundreds of words at every place.

`re` finds this by itself only for plain literals. The patterns here are word lists: literals, simple classes, groups and
lookarounds.
"""

import re
from collections.abc import Iterable, Mapping

_FEW = 64  # characters of a range that is spelled out
_RANGE = re.compile("(.)-(.)")


def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled so that it is tried only where one of its first characters stands."""
    return re.compile(f"(?=[{re.escape(''.join(sorted(first_characters(pattern))))}])(?:{pattern})")


class Table:
    """Named patterns of which a text has some: each is tried only where one of its first characters stands in the text."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        """Compile the patterns; what can begin with anything is always tried."""
        self._rows = tuple((name, re.compile(pattern), _openings(pattern)) for name, pattern in patterns.items())

    def possible(self, text: str) -> Iterable[tuple[str, re.Pattern[str]]]:
        """The names and patterns that may occur in a text, or in one made of its characters, in their order."""
        characters = set(text)
        return [
            (name, pattern) for name, pattern, first in self._rows if first is None or not first.isdisjoint(characters)
        ]

    def names_in(self, text: str) -> frozenset[str]:
        """The names of the patterns that occur in a text."""
        return frozenset(name for name, pattern in self.possible(text) if pattern.search(text))


def _openings(pattern: str) -> frozenset[str] | None:
    try:
        return frozenset(first_characters(pattern))
    except ValueError:
        return None


def first_characters(pattern: str) -> set[str]:
    """All characters that a match of `pattern` can begin with. Raises ValueError where the pattern can be empty."""
    found: set[str] = set()
    for branch in _branches(pattern):
        found |= _first(branch)
    return found


def _first(branch: str) -> set[str]:
    if not branch:
        raise ValueError("a branch that can be empty has no first character")
    if branch.startswith(("(?<=", "(?<!", "(?=", "(?!")):
        return _first(branch[_close(branch) + 1 :])
    if branch[0] == "(":
        end = _close(branch)
        inner = branch[branch.index(":") + 1 if branch.startswith("(?:") else branch.index(">") + 1 : end]
        return first_characters(inner) | _rest_if_optional(branch, end + 1)
    if branch[0] == "[":
        end = branch.index("]")
        return _listed(branch[1:end]) | _rest_if_optional(branch, end + 1)
    if branch[0] in ".^$" or (branch[0] == "\\" and branch[1] != "u"):
        raise ValueError("what is no plain character is no short list of characters")
    size = 6 if branch.startswith("\\u") else 1
    return {branch[:size].encode().decode("unicode_escape") if size > 1 else branch[0]} | _rest_if_optional(
        branch, size
    )


def _listed(members: str) -> set[str]:
    """The characters of a class, short ranges spelled out."""
    if members.startswith("^") or "\\" in members:
        raise ValueError("a negated class is no short list of characters")
    found = set(members)
    for first, last in _RANGE.findall(members):
        if ord(last) - ord(first) > _FEW:
            raise ValueError("a long range is no short list of characters")
        found |= set(map(chr, range(ord(first), ord(last))))
    return found


def _rest_if_optional(branch: str, end: int) -> set[str]:
    """First characters of what follows, where what stood before may be left out."""
    if branch.startswith(("?", "*"), end):
        return _first(branch[end + 1 :])
    if branch.startswith("{0,", end):
        return _first(branch[branch.index("}", end) + 1 :])
    return set()


def _branches(pattern: str) -> list[str]:
    branches, depth, start, in_class = [], 0, 0, False
    for index, char in enumerate(pattern):
        if in_class or char == "[":
            in_class = char != "]"
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            branches.append(pattern[start:index])
            start = index + 1
    return [*branches, pattern[start:]]


def _close(branch: str) -> int:
    """Index of the bracket that closes the one at the start."""
    depth, in_class = 0, False
    for index, char in enumerate(branch):
        if in_class or char == "[":
            in_class = char != "]"
        elif char in "()":
            depth += 1 if char == "(" else -1
            if depth == 0:
                return index
    raise ValueError("unbalanced brackets")
