"""Which papers of a folder belong to one project: the main agreement, its supplements, minutes, letters, proofs.

Papers are known here by their cards, so that a folder of any size can be compared without holding its texts.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from contract_audit.casefile.register import RegisterRow
from contract_audit.chinese.text import fold, fold_text
from contract_audit.model import Struct, Understanding

_CITED_TITLE = re.compile(r"《([^《》\n]{4,80})》")
_COMPANY = re.compile(r"[\u4e00-\u9fa5（）A-Za-z0-9]{2,40}?(?:有限公司|股份公司|集团公司)")
_MIN_PROJECT = 5  # shorter project names (本项目, 该项目) are no names


class Card(Struct, frozen=True, kw_only=True):
    """What a folder must know of a paper to join it with others; all names folded.

    `name` is the document's name, not folded. `cites` are titles in 《》 and `companies` the firms that the text names.
    """

    name: str
    title: str
    number: str
    project: str
    kind: str
    investors: frozenset[str]
    signed_on: date | None
    cites: frozenset[str]
    companies: frozenset[str]

    @property
    def stem(self) -> str:
        """The file name without folder and suffix, folded."""
        return fold_text(PurePosixPath(self.name.partition("#")[0]).stem)


def card(understanding: Understanding) -> Card:
    """The card of one understood paper."""
    folded = fold(understanding.document.text).text
    signed = understanding.fact("signed_on")
    return Card(
        name=understanding.document.name,
        title=fold_text(understanding.title or ""),
        number=_fact_text(understanding, "number"),
        project=_fact_text(understanding, "project"),
        kind=understanding.kind or "",
        investors=frozenset(fold_text(party.name) for party in understanding.parties if party.side == "investor"),
        signed_on=signed.value if signed is not None and isinstance(signed.value, date) else None,
        cites=frozenset(match.group(1) for match in _CITED_TITLE.finditer(folded)),
        companies=frozenset(match.group() for match in _COMPANY.finditer(folded)),
    )


def _fact_text(understanding: Understanding, name: str) -> str:
    fact = understanding.fact(name)
    return fold_text(str(fact.value)) if fact is not None else ""


def families(cards: tuple[Card, ...], register: tuple[RegisterRow, ...] = ()) -> tuple[tuple[int, ...], ...]:
    """For each card the other papers of its project, in order of date (undated last, then by name).

    Two papers are joined where one enterprise stands in both and they name the same project or one cites the other's
    title, or where the register lists them under one project. Copies of the same paper (title, parties, kind and date
    alike, as a docx beside its PDF) are no further papers.
    """
    groups = _Groups(len(cards))
    for one, other in _candidates(cards):
        if _share_company(cards[one], cards[other]):
            groups.join(one, other)
    for row in register:
        listed = [index for name in row.files for index in find_by_file(cards, name)]
        for index in listed[1:]:
            groups.join(listed[0], index)
    return tuple(_others(index, groups, cards) for index in range(len(cards)))


def find_by_file(cards: tuple[Card, ...], name: str) -> list[int]:
    """Indices of the papers that a person means by a file's name: with its folder, its suffix, or only the stem."""
    folded = fold_text(name)
    exact = [index for index, paper in enumerate(cards) if fold_text(paper.name) == folded]
    return exact or [
        index
        for index, paper in enumerate(cards)
        if folded in (paper.stem, fold_text(PurePosixPath(paper.name.partition("#")[0]).name))
    ]


def _candidates(cards: tuple[Card, ...]) -> Iterator[tuple[int, int]]:
    """Pairs worth a look: the same project, or a title that the other cites. Folders of thousands stay quick."""
    by_project: dict[str, dict[frozenset[str], int]] = {}
    by_title: dict[str, list[int]] = {}
    for index, paper in enumerate(cards):
        by_title.setdefault(paper.title, []).append(index)
    for index, paper in enumerate(cards):
        if len(paper.project) >= _MIN_PROJECT:
            alike = by_project.setdefault(paper.project, {})
            yield from ((other, index) for other in alike.values())
            alike.setdefault(paper.investors, index)  # one paper stands for all with the same parties
        for title in sorted(paper.cites):
            yield from ((other, index) for other in by_title.get(title, ()) if other != index)


def _share_company(one: Card, other: Card) -> bool:
    return _names(one, other) or _names(other, one)


def _names(one: Card, other: Card) -> bool:
    """An enterprise of `one` is a party of the other or stands in its text."""
    return any(
        name in other.investors or any(company.endswith(name) for company in other.companies) for name in one.investors
    )


def _others(index: int, groups: "_Groups", cards: tuple[Card, ...]) -> tuple[int, ...]:
    papers: dict[object, int] = {_identity(cards[index]): index}
    for member in sorted(
        groups.of(index), key=lambda member: (cards[member].signed_on or date.max, cards[member].name)
    ):
        papers.setdefault(_identity(cards[member]), member)
    return tuple(member for member in papers.values() if member != index)


def _identity(paper: Card) -> object:
    return paper.title, paper.kind, paper.investors, paper.signed_on


class _Groups:
    """Disjoint sets of indices that only grow together."""

    def __init__(self, size: int) -> None:
        self._members = [[index] for index in range(size)]

    def of(self, index: int) -> list[int]:
        return self._members[index]

    def join(self, one: int, other: int) -> None:
        first, second = self._members[one], self._members[other]
        if first is second:
            return
        first.extend(second)
        for member in second:
            self._members[member] = first
