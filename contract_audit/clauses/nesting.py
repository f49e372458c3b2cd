"""Which number lies under which: learned from the document, by the usual order of styles only where it is silent."""

from dataclasses import dataclass

from contract_audit.clauses.numbering import RANK, STRUCTURAL, Label
from contract_audit.model import ClauseKind

LEAD = "lead"  # a line without number that a list stands below


@dataclass(slots=True)
class Node:
    """A clause under construction. `blocks` counts plain paragraphs of its own (款)."""

    kind: ClauseKind
    start: int
    end: int
    parent: int | None
    label: str | None = None
    heading: str | None = None
    path: tuple[str, ...] = ()
    page: int | None = None
    body: int = 0  # where the wording begins
    paragraphs: int = 0
    children: int = 0
    tail: str = ""  # last line of its own text


@dataclass(slots=True)
class Open:
    """A numbered clause that may still get siblings or children: an entry of the stack."""

    style: str
    value: int
    prefix: tuple[int, ...]
    node: int
    siblings: int = 1


def depth_of(stack: list[Open], nodes: list[Node], under: dict[str, str | None], label: Label) -> int:
    """How many entries of the stack stay open above a new clause with this number.

    `under` tells for each style below which style it was first seen (None: at the top).
    """
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].style == label.style and follows(stack[depth], label):
            return depth
    if label.value == 1 and (nested := _nested_depth(stack, nodes, label)) is not None:
        return nested
    if label.value != 1 or label.style in STRUCTURAL:
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth].style == label.style:
                return depth
    return _usual_depth(stack, under, label)


def follows(entry: Open, label: Label) -> bool:
    """Whether a number is the next one after an open clause of the same style (第十七条之一 after 第十七条, too)."""
    if label.prefix:
        return entry.prefix == label.prefix and label.value == entry.value + 1
    return label.value == entry.value + 1 or (label.value == entry.value and label.text.find("之") > 0)


def _nested_depth(stack: list[Open], nodes: list[Node], label: Label) -> int | None:
    """A list that begins: below the clause whose number its decimals repeat, or below a lead-in or heading right before it."""
    for depth in range(len(stack) - 1, -1, -1):
        entry = stack[depth]
        if label.prefix and (*entry.prefix, entry.value) == label.prefix:
            return depth + 1
    if not stack or label.style in STRUCTURAL or label.prefix:
        return None
    top = nodes[stack[-1].node]
    lead_in = stack[-1].style == LEAD or top.tail.rstrip().endswith(("：", ":"))
    bare_heading = top.heading is not None and not top.paragraphs and not top.children
    first = label.style not in {entry.style for entry in stack}
    return len(stack) if lead_in or (bare_heading and first) else None


def _usual_depth(stack: list[Open], under: dict[str, str | None], label: Label) -> int:
    if label.style in under and label.style not in {entry.style for entry in stack}:
        above = under[label.style]
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth].style == above:
                return depth + 1
    rank = _rank(label.style)
    depth = len(stack)
    while depth and _rank(stack[depth - 1].style) >= rank:
        depth -= 1
    return depth


def _rank(style: str) -> float:
    """Rank of a style, outermost first; headings without number lie between chapters and articles."""
    if style == LEAD:
        return -1.0
    if style.startswith("heading"):
        return RANK["section"] + (int(style[7:]) + 1) / 20
    if style.startswith("auto"):
        return RANK["article"] + (int(style[4:]) + 1) / 20
    return RANK[style]
