"""Old projects dressed as new (以旧充新): which earlier papers and register rows a paper resembles, and why.

Marks of who, where, what and how much are united with rare phrases to one sum of points; a lawful supplement, extension
or second phase that names its original is no resemblance, nor is a paper's own register row, its copy, or the formal
agreement after a letter of intent with the same firm.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from contract_audit.casefile.register import RegisterRow
from contract_audit.casefile.similarity_index import Candidate, Index
from contract_audit.casefile.similarity_profile import Mark, Profile, bare_number, row_profile
from contract_audit.casefile.similarity_score import (
    MACHINES,
    PRODUCT,
    SAME_TRADE,
    TEXT,
    WEIGHTS,
    by_group,
    product_likeness,
    product_points,
    rounded,
)
from contract_audit.casefile.similarity_text import common_passages
from contract_audit.chinese.text import fold_text
from contract_audit.model import Resemblance, SharedFact, Struct

LEAST = 6.5  # points from which an earlier paper is named
_LEAST_SAME = 2.0  # of which so many for what is built or on which parcel: a firm may well have two projects
_PROJECT_KINDS = frozenset({"投资", "入园", "框架", "监管", ""})
_LEASE = "厂房租赁"
_NOT_SIGNED = re.compile(r"拟签|待签|在谈|洽谈|储备|评审|意向|未签|谋划|跟踪")
_SAME_MONTH_DAYS = 31
_MOST = 3
_SAME_MACHINE, _LIKE_MACHINE = 72.0, 58.0  # likeness of names in percent; less will do where the numbers are equal
_Pair = tuple[float, Mark, Mark]  # points, the machine here, the machine there


class Likeness(Struct, frozen=True, kw_only=True):
    """A resemblance with what is needed to show passages side by side: the earlier paper's position, and shared phrases."""

    resemblance: Resemblance
    other: int | None
    phrases: tuple[int, ...]


def resemblances(papers: Sequence[Profile], register: Sequence[RegisterRow] = ()) -> tuple[tuple[Likeness, ...], ...]:
    """For each paper the earlier papers of the same collection and the register rows it resembles, the likest first."""
    index = Index((*papers, *(row_profile(row) for row in register)))
    return tuple(likenesses(paper, index) for paper in papers)


def likenesses(own: Profile, index: Index) -> tuple[Likeness, ...]:
    """What of the index the paper resembles with at least `LEAST` points; at most three, the likest first."""
    if not _is_of_a_project(own) or not own.marks:
        return ()
    found = []
    for candidate in index.candidates(own):
        other = index.profiles[candidate.place]
        if other.name == own.name or not _is_earlier(own, other) or _is_lawful(own, other):
            continue
        likeness = _likeness(own, other, candidate, index)
        if likeness is not None:
            found.append(likeness)
    found.sort(key=lambda item: (-item.resemblance.points, item.resemblance.document))
    return tuple(found[:_MOST])


def _likeness(own: Profile, other: Profile, candidate: Candidate, index: Index) -> Likeness | None:
    points = dict(candidate.points)
    machines = tuple(_machines(own, other))
    points[MACHINES] = min(WEIGHTS[MACHINES].most, sum(worth for worth, _ours, _theirs in machines))
    if sum(by_group(points).values()) + WEIGHTS[PRODUCT].most < LEAST:
        return None  # whatever is made: the dictionary need not be asked
    alike, terms = product_likeness(own.subject.words, other.subject.words)
    points[PRODUCT] = product_points(alike, max(map(index.term_points, terms), default=0.0))
    groups = by_group(points)
    total = sum(groups.values())
    same = groups.get("what", 0.0) + points.get("宗地", 0.0) + points.get("建筑面积", 0.0)
    if total < LEAST or same < _LEAST_SAME:
        return None
    resemblance = Resemblance(
        document=other.name,
        title=other.title or other.project,
        company=other.company,
        signed_on=other.signed_on,
        points=rounded(total),
        facts=tuple(_facts(own, other, candidate, points, (terms, machines))),
        certain=not _may_be_own_row(own, other),
    )
    return Likeness(
        resemblance=resemblance,
        other=None if other.row is not None else candidate.place,
        phrases=candidate.phrases,
    )


def _facts(
    own: Profile,
    other: Profile,
    candidate: Candidate,
    points: dict[str, float],
    alike: tuple[tuple[str, ...], tuple[_Pair, ...]],
) -> Iterator[SharedFact]:
    """One entry a kind, the weightiest first; several marks of a kind (equipment) stand together.

    `alike`: terms that both subjects have, and machines that answer to one another.
    """
    terms, machines = alike
    for kind, value in sorted(points.items(), key=lambda item: (-item[1], item[0])):
        if not value:
            continue
        if kind == PRODUCT:
            yield _fact(kind, value, own.subject, other.subject, note=f"（共有：{'、'.join(terms[:6])}）")
        elif kind == MACHINES:
            yield _fact(
                kind, value, _together([pair[1] for pair in machines]), _together([pair[2] for pair in machines])
            )
        elif kind == TEXT:
            share = f"少见语句重合{candidate.containment:.0%}"
            yield SharedFact(name=kind, own=share, other=share, points=rounded(value))
        else:
            names = [name for name in candidate.shared if name.startswith(f"{kind}:")]
            ours, theirs = [own.marks[name] for name in names], [other.marks[name] for name in names]
            yield _fact(kind, value, _together(ours), _together(theirs))


def _machines(own: Profile, other: Profile) -> Iterator[_Pair]:
    """Machines of both lists that are the same under slightly other names, each with its points."""
    from rapidfuzz import fuzz, process

    left = {name.partition(":")[2]: mark for name, mark in other.marks.items() if name.startswith(f"{MACHINES}:")}
    for name, mark in own.marks.items():
        if not left or not name.startswith(f"{MACHINES}:"):
            continue
        choice, score, _place = process.extractOne(name.partition(":")[2], list(left), scorer=fuzz.ratio)
        same_number = _digits(mark.words) == _digits(left[choice].words)
        if score >= (_LIKE_MACHINE if same_number else _SAME_MACHINE):
            yield WEIGHTS[MACHINES].each if same_number else SAME_TRADE, mark, left.pop(choice)


def _digits(words: str) -> str:
    return "".join(char for char in words if char.isdigit())


def _together(marks: list[Mark]) -> Mark:
    words = "、".join(dict.fromkeys(mark.words for mark in marks))
    return Mark(words, marks[0].start, marks[0].end)


def _fact(kind: str, value: float, ours: Mark, theirs: Mark, note: str = "") -> SharedFact:
    return SharedFact(
        name=kind,
        own=ours.words + note,
        other=theirs.words,
        points=rounded(value),
        start=ours.start,
        end=ours.end,
        other_start=theirs.start,
        other_end=theirs.end,
    )


def side_by_side(likeness: Likeness, text: str, other_text: str) -> Resemblance:
    """The resemblance with the passages that both original texts have, the longest ones, in the order of `text`."""
    passages = tuple(
        SharedFact(
            name=TEXT,
            own=text[common.start : common.end],
            other=other_text[common.other_start : common.other_end],
            points=rounded(0),
            start=common.start,
            end=common.end,
            other_start=common.other_start,
            other_end=common.other_end,
        )
        for common in common_passages(text, other_text, likeness.phrases)
    )
    return msgspec.structs.replace(likeness.resemblance, passages=passages)


# ---- What is no resemblance ------------------------------------------------------------------------------------


def _is_earlier(own: Profile, other: Profile) -> bool:
    """Signed before the paper, as far as dates tell; a register lists what was there before."""
    if other.row is None and (not _is_of_a_project(other) or _is_copy(own, other)):
        return False
    if other.row is not None and _NOT_SIGNED.search(other.state) and _same_firm(own, other):
        return False
    if own.signed_on is not None and other.signed_on is not None:
        return other.signed_on < own.signed_on
    if other.row is not None or other.signed_on is not None:
        return own.drafted or own.signed_on is None
    return own.drafted and not other.drafted


def _is_of_a_project(paper: Profile) -> bool:
    """An agreement about a project; a lease is one where it tells what is to be made with which machines."""
    told = any(mark.startswith((f"{MACHINES}:", "产能:")) for mark in paper.marks)
    return paper.kind in _PROJECT_KINDS or (paper.kind == _LEASE and bool(paper.project) and told)


def _is_copy(own: Profile, other: Profile) -> bool:
    return (own.title, own.company, own.signed_on) == (other.title, other.company, other.signed_on)


def _is_lawful(own: Profile, other: Profile) -> bool:
    return _is_own_row(own, other) or _names_original(own, other) or _accompanies(own, other)


def _names_original(own: Profile, other: Profile) -> bool:
    """The paper says that it continues an agreement, and names this one by title, number or date."""
    if not own.follows:
        return False
    if other.number and other.number in own.cited_numbers:
        return True
    if other.signed_on is not None and (other.signed_on.year, other.signed_on.month) in own.cited_months:
        return True
    titles = (other.title, other.project)
    return any(len(title) > 4 and (title in cited or cited in title) for title in titles for cited in own.cited_titles)


def _accompanies(own: Profile, other: Profile) -> bool:
    """Papers of one project with one firm: the agreement after a letter of intent, the supervision agreement or the lease
    beside it.
    """
    beside = other.kind == "框架" or not {"监管", _LEASE}.isdisjoint((own.kind, other.kind))
    return own.kind != other.kind and beside and _same_firm(own, other)


def _is_own_row(own: Profile, other: Profile) -> bool:
    """The register's entry of the paper itself."""
    if other.row is None:
        return False
    stem = fold_text(re.sub(r"^.*/|\.[A-Za-z]+$", "", own.name))
    if stem in {fold_text(re.sub(r"^.*/|\.[A-Za-z]+$", "", name)) for name in other.files}:
        return True
    if own.drafted or own.signed_on is None or other.signed_on is None or not _same_firm(own, other):
        return False
    return abs((own.signed_on - other.signed_on).days) <= _SAME_MONTH_DAYS


def _may_be_own_row(own: Profile, other: Profile) -> bool:
    """A row of the same firm and project that says neither when it was signed nor how it stands."""
    unsaid = other.row is not None and other.signed_on is None and not other.state
    return unsaid and _same_firm(own, other) and _same_project(own, other)


def _same_firm(own: Profile, other: Profile) -> bool:
    return any(mark in other.marks for mark in own.marks if mark.startswith(("企业名称:", "信用代码:")))


def _same_project(own: Profile, other: Profile) -> bool:
    one, two = bare_number(own.project), bare_number(other.project)
    return bool(one and two) and (one in two or two in one)
