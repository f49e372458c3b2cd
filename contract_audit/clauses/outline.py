"""The tree of a paper's clauses as look-up tables by number: what a reference may name."""

from itertools import pairwise

import msgspec

from contract_audit.clauses.numbering import label_at, value_of
from contract_audit.clauses.reference_words import ARTICLES_OPEN, FIGURES_OPEN, LEAST_POINTS, OPENS_LINE, PLAIN_POINT
from contract_audit.model import Clause


class Outline(msgspec.Struct, frozen=True):
    """Look-up tables of a clause tree; `running` holds points 1, 2, 3 … that run on through the chapters of a paper."""

    clauses: tuple[Clause, ...]
    articles: dict[tuple[int, str], int]
    running: dict[tuple[int, str], int]
    decimals: dict[str, int]
    children: dict[int | None, list[int]]
    attachments: tuple[int, ...]
    highest: int
    complete: bool
    chapters: int  # how many chapters there are, numbered without a gap; 0: none, or not so
    skipped: int  # the one number that the articles leave out; 0: none, or more than one
    headed: frozenset[int]  # numbers that open a line, whether or not the tree took them for those of clauses


def opening_lines(text: str) -> frozenset[int]:
    """The numbers with which lines begin: a paper whose headings are 六 违约责任 has a sixth article."""
    found = {value_of(match["n"]) for match in OPENS_LINE.finditer(text)}
    figures = [int(match["n"]) for match in FIGURES_OPEN.finditer(text)]
    if not ARTICLES_OPEN.search(text) and all(one < two for one, two in pairwise(figures)):
        found |= set(figures)  # they run on through the paper; points that begin anew below each heading are not meant
    return frozenset(number for number in found if number is not None)


def outline_of(clauses: tuple[Clause, ...], headed: frozenset[int]) -> Outline:
    """The tables of a clause tree; `headed` holds the numbers that open lines of the paper."""
    articles: dict[tuple[int, str], int] = {}
    decimals: dict[str, int] = {}
    children: dict[int | None, list[int]] = {}
    doubled = False
    for index, clause in enumerate(clauses):
        children.setdefault(clause.parent, []).append(index)
        if clause.label and "." in clause.label.strip("."):
            decimals.setdefault(_figures(clause.label), index)
        if clause.kind == "article" and clause.label:
            key = _article_key(clause.label)
            doubled = doubled or key in articles
            articles.setdefault(key, index)
    running = {} if any("条" in (clauses[index].label or "") for index in articles.values()) else _flat(clauses)
    if not articles:
        articles = running
        doubled = doubled or bool(
            articles
        )  # the numbering of points is no sure one of articles: only what lies beyond it
    numbers = sorted({number for number, _ in articles})
    complete = bool(numbers) and not doubled and numbers == list(range(1, numbers[-1] + 1))
    attachments = tuple(index for index, clause in enumerate(clauses) if clause.kind == "attachment")
    highest = numbers[-1] if numbers else 0
    chapters = [
        value_of(clause.label.strip(" 第章：:、")) for clause in clauses if clause.kind == "chapter" and clause.label
    ]
    run = len(chapters) if chapters == list(range(1, len(chapters) + 1)) else 0
    left_out = sorted(set(range(1, highest)) - set(numbers)) if not doubled else []
    skipped = left_out[0] if len(left_out) == 1 and len(numbers) >= LEAST_POINTS else 0
    return Outline(clauses, articles, running, decimals, children, attachments, highest, complete, run, skipped, headed)


def _flat(clauses: tuple[Clause, ...]) -> dict[tuple[int, str], int]:
    """Points numbered 1, 2, 3 … through the whole paper, which references call 第N条; none where they begin anew."""
    points = [
        (index, found.value)
        for index, clause in enumerate(clauses)
        if clause.label and clause.kind == "clause" and PLAIN_POINT.fullmatch(clause.label)
        and (found := label_at(clause.label) or label_at(clause.label + "、")) is not None
    ]  # fmt: skip
    values = [value for _, value in points]
    if len(values) < LEAST_POINTS or values != list(range(1, len(values) + 1)):
        return {}
    return {(value, ""): index for index, value in points}


def _article_key(label: str) -> tuple[int, str]:
    found = label_at(label if label_at(label) else label + "、")
    return (found.value if found else 0, label.split("条之")[1] if "条之" in label else "")


def _figures(label: str) -> str:
    found = label_at(label)
    return ".".join(str(figure) for figure in (*found.prefix, found.value)) if found else label
