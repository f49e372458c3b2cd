"""Which rows of a performance file (履约情况) speak of which paper; what joins nothing is said, never guessed."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from msgspec import structs

from contract_audit.casefile.families import Card, families, find_by_file
from contract_audit.casefile.register import RegisterRow
from contract_audit.chinese.text import fold_text
from contract_audit.model import Evidence, Struct

_NEAR = 80.0  # similarity in percent from which a name is offered as the one that may be meant


class Joined(Struct, frozen=True, kw_only=True):
    """Evidence by paper (aligned with the cards) and notes on rows that joined nothing or too much."""

    evidence: tuple[tuple[Evidence, ...], ...]
    notes: tuple[str, ...]


def join_evidence(
    evidence: tuple[Evidence, ...], cards: tuple[Card, ...], register: tuple[RegisterRow, ...] = ()
) -> Joined:
    """Give each paper its rows: 合同 is a file name or stem, a contract number, a project or a title.

    A name that several unlike papers answer to by file stem or title joins none of them. Papers of one family borrow
    each other's rows.
    """
    rows: list[list[Evidence]] = [[] for _card in cards]
    notes: list[str] = []
    found: dict[str, tuple[list[int], str]] = {}
    for item in evidence:
        if item.contract not in found:
            found[item.contract] = _find(item.contract, cards, register)
            if note := found[item.contract][1]:
                notes.append(f"履约情况 第{item.row}行：{note}")
        for index in found[item.contract][0]:
            rows[index].append(item)
    if any(rows):
        _share(rows, families(cards, register))
    return Joined(evidence=tuple(tuple(own) for own in rows), notes=tuple(notes))


def _share(rows: list[list[Evidence]], related: tuple[tuple[int, ...], ...]) -> None:
    """Let the papers of one family use each other's rows: a record of the main agreement proves what a supplement says."""
    own = [tuple(given) for given in rows]
    for index, others in enumerate(related):
        seen = {id(item) for item in own[index]}
        for other in others:
            rows[index] += [structs.replace(item, borrowed=True) for item in own[other] if id(item) not in seen]
            seen |= {id(item) for item in own[other]}


def _find(name: str, cards: tuple[Card, ...], register: tuple[RegisterRow, ...]) -> tuple[list[int], str]:
    """Indices of the papers meant, and a note where none or too many are."""
    folded = fold_text(name)
    by_file = find_by_file(cards, name)
    if by_file:
        return _only_alike(by_file, cards, name)
    number = _bare(folded)
    by_number = [index for index, paper in enumerate(cards) if number and _bare(paper.number) == number]
    by_project = [index for index, paper in enumerate(cards) if paper.project == folded]
    if by_number or by_project:
        return by_number or by_project, ""
    by_title = [index for index, paper in enumerate(cards) if paper.title == folded.strip("《》")]
    if by_title:
        return _only_alike(by_title, cards, name)
    listed = [
        index
        for row in register
        if fold_text(row.project) == folded
        for file in row.files
        for index in find_by_file(cards, file)
    ]
    return (listed, "") if listed else ([], f"合同“{name}”没有对应的文件{_nearest(folded, cards)}")


def _bare(number: str) -> str:
    """A contract number without brackets and dashes, which people write in many ways: 〔2023〕 [2023] (2023)."""
    return "".join(char for char in number if char.isalnum())


def _only_alike(indices: list[int], cards: tuple[Card, ...], name: str) -> tuple[list[int], str]:
    """All of them where they are one paper in several files, else none."""
    keys = {(cards[index].title, cards[index].investors, cards[index].signed_on) for index in indices}
    folders = {PurePosixPath(cards[index].name.partition("#")[0]).parent for index in indices}
    if len(keys) == 1 or (len(folders) == 1 and len({cards[index].stem for index in indices}) == 1):
        return indices, ""
    places = "、".join(cards[index].name for index in indices[:3])
    return [], f"合同“{name}”对应多份不同文件（{places}），未采用，请写明文件夹和文件名"


def _nearest(folded: str, cards: tuple[Card, ...]) -> str:
    from rapidfuzz import fuzz, process

    choices = [choice for paper in cards for choice in (paper.stem, paper.number, paper.project, paper.title) if choice]
    best = process.extractOne(folded, _distinct(choices), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return f"，是否指“{best[0]}”" if best else "，请核对名称"


def _distinct(choices: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(choices))
