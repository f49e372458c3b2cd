"""The alternatives of a pattern and the words that any match of one must contain: what lets most be ruled out unrun.

`alternatives` reads the RE2 syntax that rules use (literals, classes, groups, alternations, repeats) and returns, for
each alternative of a pattern, sets of words: any match of it holds at least one word of every set. An alternative that
requires nothing has no sets. What it does not understand is one alternative that requires nothing.
(Idea: the prefilter of RE2's FilteredRE2; Russ Cox, "Regular Expression Matching with a Trigram Index", 2012.)
"""

import re
from collections.abc import Iterator

import msgspec

Words = frozenset[str]
_QUANTIFIER = re.compile(r"[*+?]\??|\{(\d+)(?:,(\d*))?\}\??")
_GROUP_OPEN = re.compile(r"\((?:\?(?:P?<[^>]+>|:))?")
_KNOWN_ESCAPES = "dDsSwWbBtnrfv"  # letters that stand for something other than themselves and take nothing after them
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_MANY = 64  # more alternatives than this rule nothing out


class _Part(msgspec.Struct, frozen=True):
    """A piece of a sequence: an exact word, or the sets of words required by something that is not one."""

    exact: str | None
    required: tuple[Words, ...] = ()


_ANYTHING = _Part(None)


class Alternative(msgspec.Struct, frozen=True):
    """One alternative of a pattern: its own pattern, the word that it is if it is one, and the sets of words it requires."""

    pattern: str
    word: str | None
    required: tuple[Words, ...]


def alternatives(pattern: str) -> tuple[Alternative, ...]:
    """The alternatives of `pattern`, in order; any match of one holds a word of each of its sets."""
    try:
        found, end = _alternation(pattern, 0)
    except (IndexError, ValueError):
        end = -1
    return found if end == len(pattern) else (Alternative(pattern, None, ()),)


def _alternation(pattern: str, position: int) -> tuple[tuple[Alternative, ...], int]:
    """Alternatives up to the closing bracket or the end."""
    found: list[Alternative] = []
    while True:
        begin = position
        parts, position = _sequence(pattern, position)
        words = [part.exact for part in parts]
        word = "".join(filter(None, words)) if words and None not in words else None
        found.append(Alternative(pattern[begin:position], word, tuple(_required(parts))))
        if position >= len(pattern) or pattern[position] != "|":
            return tuple(found), position
        position += 1


def _any_of(found: tuple[Alternative, ...]) -> tuple[Words, ...]:
    """What all alternatives of a group require together: everything of a single one, else one word of each one's best."""
    if len(found) == 1:
        return found[0].required
    if not all(alternative.required for alternative in found):
        return ()
    union = frozenset().union(*(_best(alternative.required) for alternative in found))
    return (union,) if len(union) <= _MANY else ()


def _best(required: tuple[Words, ...]) -> Words:
    """The most telling set: the longest shortest word, then the fewest words."""
    return max(required, key=lambda words: (min(map(len, words)), -len(words)))


def _sequence(pattern: str, position: int) -> tuple[list[_Part], int]:
    parts: list[_Part] = []
    while position < len(pattern) and pattern[position] not in "|)":
        part, position = _piece(pattern, position)
        minimum, position = _repeat(pattern, position)
        if minimum == 0:
            part = _ANYTHING
        elif minimum != 1 and part.exact is not None:
            parts.append(part)
            part = _ANYTHING
        parts.append(part)
    return parts, position


def _required(parts: list[_Part]) -> Iterator[Words]:
    run = ""
    for part in [*parts, _ANYTHING]:
        if part.exact is not None:
            run += part.exact
            continue
        if run:
            yield frozenset({run})
        run = ""
        yield from part.required


def _piece(pattern: str, position: int) -> tuple[_Part, int]:
    """One literal, class or group, without its quantifier."""
    char = pattern[position]
    if char == "(":
        opened = _GROUP_OPEN.match(pattern, position)
        if opened is None or (pattern.startswith("(?", position) and opened.end() == position + 1):
            raise ValueError(pattern)
        found, end = _alternation(pattern, opened.end())
        if pattern[end] != ")":
            raise ValueError(pattern)
        return _Part(None, _any_of(found)), end + 1
    if char == "[":
        matched = _CLASS.match(pattern, position)
        if matched is None or "[:" in matched.group():
            raise ValueError(pattern)
        return _ANYTHING, matched.end()
    if char in ".^$":
        return _ANYTHING, position + 1
    if char == "\\":
        escaped = pattern[position + 1]
        if escaped.isalnum() and escaped not in _KNOWN_ESCAPES:
            raise ValueError(pattern)
        return (_ANYTHING if escaped.isalnum() else _Part(escaped)), position + 2
    return _Part(char), position + 1


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
