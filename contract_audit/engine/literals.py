"""Words that any match of a pattern must contain: what lets most patterns be ruled out without being run.

`required` reads the RE2 syntax that rules use (literals, classes, groups, alternations, repeats) and returns a set of
words of which at least one stands in every match, or None where there is no such set. It errs on the side of None.
(Idea: the prefilter of RE2's FilteredRE2; Russ Cox, "Regular Expression Matching with a Trigram Index", 2012.)
"""

import re

import msgspec

Words = frozenset[str]
_QUANTIFIER = re.compile(r"[*+?]\??|\{(\d+)(?:,(\d*))?\}\??")
_GROUP_OPEN = re.compile(r"\((?:\?(?:P?<[^>]+>|[a-zA-Z-]*:))?")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_MANY = 64  # more alternatives than this rule nothing out


class _Part(msgspec.Struct, frozen=True):
    """A piece of a sequence: an exact word, or the words required by something that is not one."""

    exact: str | None
    required: Words | None


def required(pattern: str) -> Words | None:
    """Words of which one stands in every match of `pattern`; None if there are none, or too many."""
    try:
        words, end = _alternation(pattern, 0)
    except (IndexError, ValueError):
        return None
    return words if end == len(pattern) else None


def _alternation(pattern: str, position: int) -> tuple[Words | None, int]:
    """Branches up to the closing bracket or the end: all must require something."""
    branches: list[Words | None] = []
    while True:
        words, position = _sequence(pattern, position)
        branches.append(words)
        if position >= len(pattern) or pattern[position] != "|":
            break
        position += 1
    if any(branch is None for branch in branches):
        return None, position
    union = frozenset().union(*(branch for branch in branches if branch is not None))
    return (union if len(union) <= _MANY else None), position


def _sequence(pattern: str, position: int) -> tuple[Words | None, int]:
    parts: list[_Part] = []
    while position < len(pattern) and pattern[position] not in "|)":
        part, position = _piece(pattern, position)
        minimum, position = _repeat(pattern, position)
        if minimum == 0:
            part = _Part(None, None)
        elif minimum != 1 and part.exact is not None:
            parts.append(part)
            part = _Part(None, None)
        parts.append(part)
    return _best(parts), position


def _best(parts: list[_Part]) -> Words | None:
    """The most telling requirement of a sequence: the longest shortest word, then the fewest words."""
    candidates: list[Words] = []
    run = ""
    for part in [*parts, _Part(None, None)]:
        if part.exact is not None:
            run += part.exact
            continue
        if run:
            candidates.append(frozenset({run}))
        run = ""
        if part.required is not None:
            candidates.append(part.required)
    return max(candidates, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _piece(pattern: str, position: int) -> tuple[_Part, int]:
    """One literal, class or group, without its quantifier."""
    char = pattern[position]
    if char == "(":
        opened = _GROUP_OPEN.match(pattern, position)
        if opened is None or (pattern.startswith("(?", position) and opened.end() == position + 1):
            raise ValueError(pattern)
        words, end = _alternation(pattern, opened.end())
        if pattern[end] != ")":
            raise ValueError(pattern)
        return _Part(None, words), end + 1
    if char == "[":
        matched = _CLASS.match(pattern, position)
        if matched is None:
            raise ValueError(pattern)
        return _Part(None, None), matched.end()
    if char in ".^$":
        return _Part(None, None), position + 1
    if char == "\\":
        escaped = pattern[position + 1]
        return (_Part(None, None) if escaped.isalnum() else _Part(escaped, None)), position + 2
    return _Part(char, None), position + 1


def _repeat(pattern: str, position: int) -> tuple[int, int]:
    """The least number of repeats that a quantifier at `position` asks for (1 without one), and what follows."""
    match = _QUANTIFIER.match(pattern, position)
    if match is None:
        return 1, position
    text = match.group()
    least = int(match.group(1)) if match.group(1) else (1 if text[0] == "+" else 0)
    exact = match.group(1) and match.group(2) is None
    # More than one repeat is not an exact word any longer: the caller keeps one and cuts the run.
    return (least if least == 0 else (1 if exact and least == 1 else 2)), match.end()
