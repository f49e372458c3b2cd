"""Where the word tests of a rule pack occur in the texts of one paper: decided when asked, and only once."""

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

from contract_audit.engine.index import Held, PatternIndex
from contract_audit.engine.patterns import as_bits, bits
from contract_audit.engine.texts import Spans, Texts, finder_in

Found = tuple[int, int, int]  # where it begins, its turn among those that begin there, where it ends
Finder = Callable[[int], Found | None]  # from where on → the first place found


class Sightings:
    """Which sources occur in which of several texts, and where; decided when asked, and only once.

    Sets of texts are bits of a number: bit 0 is the first text.
    """

    def __init__(self, index: PatternIndex) -> None:
        """Texts are added first, all of them before the first question."""
        self._index = index
        self._texts = Texts(index.speller)
        self._words: dict[int, list[tuple[int, int]]] = {}  # by text: where each begins, and which
        self._told: dict[str, tuple[int, tuple[tuple[int, int], ...]]] = {}
        self._first: dict[int, Spans] = {}  # by branch: where it was found first, in the texts that were searched
        self._searched: dict[int, tuple[int, int]] = {}  # by branch: the texts searched, and those where it was found

    def add(self, text: str) -> int:
        """Take a text in; its number."""
        self._texts.written.append(text)
        return len(self._texts.written) - 1

    def possible(self, source: str) -> int:
        """The texts that hold one of the source's words, or all that one of its branches requires; none for no source."""
        return self.held.sources[self._index.parts(source).number] if source and self._texts.written else 0

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
        parts, bit = self._index.parts(source), 1 << number
        sure, branches = self._prospects(source)
        words = self._word_places(parts.words, number) if sure & bit else []
        finders = [
            self._finder(branch, parts.branches[branch], number)
            for branch, having in branches
            if having & bit and not self._is_known_without(branch, bit)
        ]
        return tuple(_merged(words, finders, len(self._texts.written[number])) if finders else _apart(words))

    def is_whole(self, source: str, text: str) -> bool:
        """Whether one of the matches of a source in some words, which may be none of the texts, takes in all of them."""
        return _is_whole(self._index, source, text)

    def _word_places(self, turns: dict[int, int], number: int) -> list[Found]:
        """Where the words that have turns stand in a text, in the order in which they count."""
        known = self._words.get(number)
        if known is None:
            known = self._words[number] = self.held.places.in_text(number)
        lengths = self._index.lengths
        return sorted([(begin, turns[word], begin + lengths[word]) for begin, word in known if word in turns])

    def _finder(self, branch: int, turn: int, number: int) -> Finder:
        """What finds a branch in a text: from a character on the first place, with the branch's turn."""
        look = self._texts.finder(self._index.branches[branch].pattern, number)
        known = self._first.get(branch, {}).get(number)

        def find(position: int) -> Found | None:
            start, end = known if known is not None and position <= known[0] else look(position)
            return (start, turn, end) if start >= 0 else None

        return find

    def _is_known_without(self, branch: int, bit: int) -> bool:
        searched, found = self._searched.get(branch, (0, 0))
        return bool(searched & ~found & bit)

    def _prospects(self, source: str) -> tuple[int, tuple[tuple[int, int], ...]]:
        """The texts that hold the source's words, and the branches that may occur, with the texts where."""
        known = self._told.get(source)
        if known is None:
            parts, held = self._index.parts(source), self.held
            anywhere = held.branches.anywhere
            likely = tuple((branch, held.branches[branch]) for branch in parts.branches if anywhere[branch])
            known = self._told[source] = held.sets[parts.set], likely
        return known

    @cached_property
    def held(self) -> Held:
        """What the texts hold."""
        return self._index.held(self._texts.written)

    def _found(self, number: int, among: int) -> int:
        """Of the texts `among` those in which a branch occurs."""
        searched, found = self._searched.get(number, (0, 0))
        left = among & ~searched
        if left:
            first = self._first.setdefault(number, {})
            first |= self._texts.first(self._index.branches[number].pattern, bits(left))
            found = as_bits(first)
            self._searched[number] = searched | left, found
        return found & among


@lru_cache(maxsize=8192)  # the same few words are asked about again and again
def _is_whole(index: PatternIndex, source: str, text: str) -> bool:
    parts = index.parts(source)
    found = [(turn, index.lengths[word]) for word, turn in parts.words.items() if text.startswith(index.words[word])]
    likely = (
        (turn, index.branches[branch].pattern)
        for branch, turn in parts.branches.items()
        if index.may_hold(branch, text)
    )
    places = ((turn, finder_in(text, pattern, index.speller)(0)) for turn, pattern in likely)
    found += [(turn, end) for turn, (start, end) in places if start == 0]
    return bool(text and found) and min(found)[1] == len(text)


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
