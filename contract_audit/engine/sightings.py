"""Where the word tests of a rule pack occur in the texts of one paper: decided when asked, and only once."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from contract_audit.engine.index import Branch, Held, PatternIndex
from contract_audit.engine.patterns import Search, as_bits, bits, search

_BETWEEN = "。\n".encode()  # few patterns match over a full stop and a line end
_LINE_END = b"\n"
_NOWHERE = -1, -1  # the span of what is not found
_FEW = 4  # texts that are searched faster one by one than joined
Found = tuple[int, int, int]  # where it begins, its turn among those that begin there, where it ends
Finder = Callable[[int], Found | None]  # from where on → the first place found


class Sightings:
    """Which sources occur in which of several texts, and where; decided when asked, and only once.

    Sets of texts are bits of a number: bit 0 is the first text.
    """

    def __init__(self, index: PatternIndex) -> None:
        """Texts are added first, all of them before the first question."""
        self._index = index
        self._texts: list[str] = []
        self._data: list[bytes] = []  # the texts for RE2: given a str it would encode it anew for each pattern
        self._words: dict[int, tuple[list[int], list[int]]] = {}  # by text: which, and where each begins
        self._told: dict[str, tuple[int, tuple[tuple[int, int], ...]]] = {}
        self._first: dict[
            int, dict[int, tuple[int, int]]
        ] = {}  # by branch and text: where it was found first, in bytes
        self._searched: dict[int, tuple[int, int]] = {}  # by branch: the texts searched, and those where it was found

    def add(self, text: str) -> int:
        """Take a text in; its number."""
        self._texts.append(text)
        self._data.append(text.encode())
        return len(self._texts) - 1

    def possible(self, source: str) -> int:
        """The texts that hold one of the source's words, or all that one of its branches requires; none for no source."""
        return self._held.sources[self._index.parts(source).number] if source and self._texts else 0

    def where(self, source: str, among: int) -> int:
        """Of the texts `among` those in which the source occurs; an empty one never does."""
        if not source or not among:
            return 0
        sure, branches = self._prospects(source)
        found = sure & among
        for number, having in branches:
            left = among & having & ~found
            if left:
                found |= self._found(number, left)
        return found

    def places(self, source: str, number: int) -> tuple[tuple[int, int], ...]:
        """Spans of all matches in a text that are not empty, as `places` finds them: of what begins first, the first."""
        parts, lengths, bit = self._index.parts(source), self._index.lengths, 1 << number
        turns = parts.words
        known = zip(*self._words_in(number), strict=True)
        words = sorted((begin, turns[word], begin + lengths[word]) for word, begin in known if word in turns)
        branches = [
            self._finder(branch, parts.branches[branch], number)
            for branch, having in self._prospects(source)[1]
            if having & bit and not self._is_known_without(branch, bit)
        ]
        return tuple(_merged(words, branches, len(self._texts[number])) if branches else _apart(words))

    def _words_in(self, number: int) -> tuple[list[int], list[int]]:
        known = self._words.get(number)
        if known is None:
            known = self._words[number] = self._held.places.in_text(number)
        return known

    def _finder(self, branch: int, turn: int, number: int) -> Finder:
        """What finds a branch in a text: from a character on, later each time, the first place, with the branch's turn."""
        look, text, data = search(self._index.branches[branch].pattern), self._texts[number], self._data[number]
        known, last = self._first.get(branch, {}).get(number), self._last(branch, number)
        characters = octets = 0  # the same place of the text

        def find(position: int) -> Found | None:
            nonlocal characters, octets
            if position > last:
                return None
            octets += len(text[characters:position].encode())
            characters = position
            start, end = known if known is not None and octets <= known[0] else look(data, octets)
            if start < 0:
                return None
            first = characters + len(data[octets:start].decode())
            return first, turn, first + len(data[start:end].decode())

        return find

    def _last(self, branch: int, number: int) -> int:
        """The last character of a text at which a match of a branch may begin: no word of the rarest required begins later."""
        required = self._index.branches[branch].required
        if not required:
            return len(self._texts[number])
        rarest = self._index.sets[required[0]]
        words, begins = self._words_in(number)
        return next((begin for word, begin in zip(reversed(words), reversed(begins), strict=True) if word in rarest), -1)

    def _is_known_without(self, branch: int, bit: int) -> bool:
        searched, found = self._searched.get(branch, (0, 0))
        return bool(searched & ~found & bit)

    def _prospects(self, source: str) -> tuple[int, tuple[tuple[int, int], ...]]:
        """The texts that hold the source's words, and the branches that may occur, with the texts where."""
        known = self._told.get(source)
        if known is None:
            parts, held = self._index.parts(source), self._held
            likely = tuple((branch, held.branches[branch]) for branch in parts.branches if held.anywhere[branch])
            known = self._told[source] = held.sets[parts.set], likely
        return known

    @cached_property
    def _held(self) -> Held:
        return self._index.held(self._texts)

    def _found(self, number: int, among: int) -> int:
        """Of the texts `among` those in which a branch occurs."""
        searched, found = self._searched.get(number, (0, 0))
        left = among & ~searched
        if left:
            branch, numbers = self._index.branches[number], list(bits(left))
            places = _places(branch, [self._data[text] for text in numbers])
            first = {numbers[place]: (start, end) for place, start, end in places}
            self._first.setdefault(number, {}).update(first)
            found |= as_bits(first)
            self._searched[number] = searched | left, found
        return found & among


def _places(branch: Branch, texts: list[bytes]) -> Iterator[Found]:
    """The places of the texts in which a branch is found, with the span in the text."""
    look = search(branch.pattern)
    if len(texts) < _FEW:
        return _one_by_one(look, texts)
    if not branch.anchored:
        return _together(look, look, texts, _BETWEEN)
    if branch.by_line is not None and not any(_LINE_END in text for text in texts):
        return _together(search(branch.by_line), look, texts, _LINE_END)
    return _one_by_one(look, texts)


def _one_by_one(look: Search, texts: list[bytes]) -> Iterator[Found]:
    """The places of the texts in which something is found, with the span in the text."""
    for place, text in enumerate(texts):
        start, end = look(text)
        if start >= 0:
            yield place, start, end


def _together(look: Search, alone: Search, texts: list[bytes], between: bytes) -> Iterator[Found]:
    """As `_one_by_one`, in all texts at once; where a match runs over the end of a text, that text is searched `alone`."""
    ended = [text + between for text in texts]
    joined, begins = b"".join(ended), [0, *accumulate(map(len, ended))]
    start, end = look(joined)
    while start >= 0:
        place = bisect_right(begins, start) - 1
        begin, following = begins[place], begins[place + 1]
        if end > following - len(between):
            begin, (start, end) = 0, alone(texts[place])
        if start >= 0:
            yield place, start - begin, end - begin
        start, end = look(joined, following) if following < len(joined) else _NOWHERE


def _apart(words: list[Found]) -> Iterator[tuple[int, int]]:
    """Of places in order those that do not overlap one before."""
    position = 0
    for start, _, end in words:
        if start >= position:
            yield start, end
            position = end


def _merged(words: list[Found], branches: list[Finder], length: int) -> Iterator[tuple[int, int]]:
    """What words, their places in order, and branches find together: of what begins first, the first; then on from its end."""
    position, rest = 0, iter(words)
    word = next(rest, None)
    found = [find(0) for find in branches]
    while position <= length:
        while word is not None and word[0] < position:
            word = next(rest, None)
        for place, known in enumerate(found):
            if known is not None and known[0] < position:
                found[place] = branches[place](position)
        best = min((one for one in (word, *found) if one is not None), default=None)
        if best is None:
            return
        start, _, end = best
        if end > start:
            yield start, end
        position = max(end, start + 1)
