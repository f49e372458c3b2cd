"""Faster search with slow patterns: look at first characters, or for a sign, before trying them at every place.

`re` finds this by itself only for plain literals. The patterns here are word lists: literals, simple classes, groups and
lookarounds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import add

_FEW = 64  # characters of a range that is spelled out
_PAIR = 2
_RANGE = re.compile("(.)-(.)")
_REPEAT = re.compile(r"(?:(?P<optional>\?|\*|\{0,[0-9]*\})|\+|\{[0-9]+(?:,[0-9]*)?\})\??")


def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled so that it is tried only where one of its first characters stands."""
    return re.compile(f"(?=[{re.escape(''.join(sorted(first_characters(pattern))))}])(?:{pattern})")


def in_lines_with(
    sign: re.Pattern[str], pattern: re.Pattern[str], text: str, end: int | None = None
) -> Iterator[re.Match[str]]:
    """All matches before `end` of a slow pattern, none of which crosses a line end or lacks `sign`: few lines are tried."""
    end = len(text) if end is None else end
    found = sign.search(text, 0, end)
    while found is not None:
        line_end = text.find("\n", found.end(), end)
        line_end = end if line_end < 0 else line_end + 1
        yield from pattern.finditer(text, text.rfind("\n", 0, found.start()) + 1, line_end)
        found = sign.search(text, line_end, end)


class Table:
    """Named patterns of which a text has some: each is tried only where its first two characters stand in the text."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        """Compile the patterns; what can begin with anything is always tried."""
        self._rows = tuple((name, re.compile(pattern)) for name, pattern in patterns.items())
        self._by_name = dict(self._rows)
        rows: dict[str, set[int]] = {}
        for row, pattern in enumerate(patterns.values()):
            for head in _heads(pattern, _PAIR):
                rows.setdefault(head, set()).add(row)
        self._always = rows.pop("", set())
        self._by_head, self._heads = rows, frozenset(rows)

    def possible(self, text: str) -> Iterable[tuple[str, re.Pattern[str]]]:
        """The names and patterns that may occur in a text, or in one in which words of it are blanked, in their order."""
        heads = self._heads & _characters_and_pairs(text)
        return [self._rows[row] for row in sorted(self._always.union(*map(self._by_head.__getitem__, heads)))]

    def names_in(self, text: str) -> frozenset[str]:
        """The names of the patterns that occur in a text."""
        return frozenset([name for name, pattern in self.possible(text) if pattern.search(text)])

    def has_any(self, names: Iterable[str], text: str) -> bool:
        """Whether one of a few of the patterns occurs in a text."""
        return any(self._by_name[name].search(text) for name in names)


@lru_cache(maxsize=64)
def _characters_and_pairs(text: str) -> frozenset[str]:
    return frozenset((*text, *map(add, text, text[1:])))


def first_characters(pattern: str) -> set[str]:
    """All characters that a match of `pattern` can begin with. Raises ValueError where there is no short list of them."""
    found = _heads(pattern, 1)
    if "" in found:
        raise ValueError("what can be empty or begin with almost anything has no short list of first characters")
    return found


def _heads(pattern: str, size: int) -> set[str]:
    """What a match of `pattern` can begin with, `size` characters of it; fewer where it ends or anything may follow."""
    return {head for branch in _branches(pattern) for head in _heads_of(branch, size)}


def _heads_of(branch: str, size: int) -> set[str]:
    if not branch or not size:
        return {""}
    if branch.startswith(("(?<=", "(?<!", "(?=", "(?!")):
        return _heads_of(branch[_close(branch) + 1 :], size)
    if branch[0] in ".^$" or (branch[0] == "\\" and branch[1] != "u"):
        return {""}
    end = _element_end(branch)
    repeat = _REPEAT.match(branch, end)
    after = branch[repeat.end() if repeat else end :]
    rest = "." if repeat and repeat.group() not in ("?", "??") else after  # what is repeated may follow itself
    left_out = _heads_of(after, size) if repeat and repeat["optional"] else set()
    if branch[0] == "(":
        inner = branch[branch.index(":") + 1 if branch.startswith("(?:") else branch.index(">") + 1 : end - 1]
        return left_out.union(*(_heads_of(f"{one}{rest}", size) for one in _branches(inner)))
    return left_out | {
        one + head for one in _listed(branch[:end]) for head in (_heads_of(rest, size - 1) if one else {""})
    }


def _element_end(branch: str) -> int:
    """Where the group, class or character at the start ends."""
    if branch[0] == "(":
        return _close(branch) + 1
    if branch[0] == "[":
        return branch.index("]") + 1
    return 6 if branch[0] == "\\" else 1


def _listed(element: str) -> set[str]:
    """The characters of a class, short ranges spelled out, or the one that stands there; "" for too many to list."""
    if element[0] != "[":
        return {element.encode().decode("unicode_escape") if len(element) > 1 else element}
    members = element[1:-1]
    if members.startswith("^") or "\\" in members:
        return {""}
    found = set(members)
    for first, last in _RANGE.findall(members):
        if ord(last) - ord(first) > _FEW:
            return {""}
        found |= set(map(chr, range(ord(first), ord(last))))
    return found


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
