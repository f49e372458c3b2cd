"""Inverted index over profiles: which earlier papers and register rows share telling marks or rare phrases with one."""

import math
from collections.abc import Iterable

import msgspec

from contract_audit.casefile.similarity_profile import Profile
from contract_audit.casefile.similarity_score import PRODUCT, TEXT, WEIGHTS, by_group, mark_points, text_points
from contract_audit.casefile.similarity_text import codes

_COMMON_SHARE, _COMMON_LEAST = 0.002, 4  # phrases in more papers than this are boilerplate
_COMMON_MARK = 400  # marks of more papers than this find no candidates (they still count)
_WORTH = 2.5  # points from which a candidate is looked at closely
_MOST_CANDIDATES = 24
_BOILERPLATE = -1


class Candidate(msgspec.Struct, frozen=True):
    """An entry of the index with the points of each kind of mark it shares, without the comparison of products."""

    place: int
    points: dict[str, float]
    shared: tuple[str, ...]  # marks, kind:value
    phrases: tuple[int, ...]  # rare phrases that both have
    containment: float

    @property
    def sum(self) -> float:
        """Points of all groups, each held to its most."""
        return sum(by_group(self.points).values())


class Index:
    """Profiles by their marks and phrases. Building is linear in their sizes; it holds no texts."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        """Index the profiles; places are their positions."""
        self.profiles = tuple(profiles)
        self._names = frozenset(entry.name for entry in self.profiles)
        self._papers = sum(1 for entry in self.profiles if entry.row is None)
        self._common = max(_COMMON_LEAST, int(_COMMON_SHARE * self._papers))
        self._marks: dict[str, list[int]] = {}
        self._terms: dict[str, float] = {}
        self._phrases: dict[int, int | list[int]] = {}  # one place, several, or _BOILERPLATE
        for place, entry in enumerate(self.profiles):
            for mark in entry.marks:
                self._marks.setdefault(mark, []).append(place)
            self._add_phrases(place, entry.phrases)

    def _add_phrases(self, place: int, kept: bytes) -> None:
        known, common = self._phrases, self._common
        for code in codes(kept):
            places = known.get(code)
            if places is None:
                known[code] = place
            elif isinstance(places, list):
                if len(places) < common:
                    places.append(place)
                else:
                    known[code] = _BOILERPLATE
            elif places != _BOILERPLATE:
                known[code] = [places, place]

    def candidates(self, own: Profile) -> list[Candidate]:
        """Entries worth a close look, the likest first; the profile itself, if it is one of them, is not left out."""
        sharers = 2 if own.name in self._names else 1  # the paper and the candidate say nothing of the others
        points: dict[int, dict[str, float]] = {}
        shared: dict[int, list[str]] = {}
        for mark, words in own.marks.items():
            places = self._marks.get(mark, ())
            if 0 < len(places) <= _COMMON_MARK:
                kind = mark.partition(":")[0]
                value = mark_points(kind, words.words, len(places) - sharers, len(self.profiles))
                for place in places:
                    given = points.setdefault(place, {})
                    given[kind] = min(WEIGHTS[kind].most, given.get(kind, 0.0) + value)
                    shared.setdefault(place, []).append(mark)
        rare, whole = self._rare(own)
        texts: dict[int, float] = {}
        for _code, places, weight in rare:
            for place in places:
                texts[place] = texts.get(place, 0.0) + weight
        for place, weight in texts.items():
            points.setdefault(place, {})[TEXT] = text_points(weight / whole, self._papers)
        ranked = sorted(((sum(by_group(given).values()), -place) for place, given in points.items()), reverse=True)
        best = [-place for value, place in ranked[:_MOST_CANDIDATES] if value >= _WORTH]
        return [
            Candidate(
                place=place,
                points=_once(points[place]),
                shared=tuple(shared.get(place, ())),
                phrases=tuple(code for code, places, _weight in rare if place in places),
                containment=texts.get(place, 0.0) / whole,
            )
            for place in best
        ]

    def _rare(self, own: Profile) -> tuple[list[tuple[int, list[int], float]], float]:
        """Own phrases that few papers have, with those papers and a weight; and the weight of all own phrases not common."""
        size = self._papers + 1
        found: list[tuple[int, list[int], float]] = []
        whole = 1e-9
        for code in codes(own.phrases):
            places = self._phrases.get(code)
            if places == _BOILERPLATE:
                continue
            several = [] if places is None else places if isinstance(places, list) else [places]
            weight = math.log((size + 1) / (len(several) + 1)) if several else math.log(size + 1)
            whole += weight
            if several:
                found.append((code, several, weight))
        return found, whole

    def term_points(self, term: str) -> float:
        """Points for a shared word of the subject, by the number of entries that have it."""
        if term not in self._terms:
            sharers = sum(term in entry.subject.words for entry in self.profiles)
            self._terms[term] = mark_points(PRODUCT, term, sharers - 2, len(self.profiles))
        return self._terms[term]


def _once(points: dict[str, float]) -> dict[str, float]:
    """The same firm counts once, by its code or its name, not again by the distinctive part of the name."""
    doubled = {"字号", "信用代码"} if "企业名称" in points else {"字号"} if "信用代码" in points else set()
    return {kind: value for kind, value in points.items() if kind not in doubled}
