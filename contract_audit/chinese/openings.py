"""Faster search with long alternations: look at the first character before trying hundreds of words at every place.

`re` finds this by itself only for plain literals. The patterns here are those of `lexicon` and `hedges`: literals, simple
classes, groups and lookarounds.
"""

import re


def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled so that it is tried only where one of its first characters stands."""
    return re.compile(f"(?=[{re.escape(''.join(sorted(first_characters(pattern))))}])(?:{pattern})")


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
        if "^" in branch[1:end] or "-" in branch[1:end]:
            raise ValueError("a negated or ranged class is no short list of characters")
        return set(branch[1:end]) | _rest_if_optional(branch, end + 1)
    size = 6 if branch.startswith("\\u") else 1
    return {branch[:size].encode().decode("unicode_escape") if size > 1 else branch[0]} | _rest_if_optional(
        branch, size
    )


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
