"""From lines to the clause tree: which number lies under which, and to whom plain paragraphs belong.

The nesting of styles is learned from the document: a style that first shows up below another stays below it. Where the
document is silent the usual order of numbering holds (`numbering.RANK`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from contract_audit.chinese.numerals import in_chinese
from contract_audit.clauses import inline
from contract_audit.clauses.headings import heading_of, is_of_a_party, is_statement
from contract_audit.clauses.lines import Line, attachment_match, classify, finished, is_recital_head, told_attachment
from contract_audit.clauses.nesting import LEAD, Node, Open, depth_of, follows
from contract_audit.clauses.numbering import STRUCTURAL, Label
from contract_audit.model import Clause, ClauseKind, Document

_ENDING = ("attachment", "signature")
_ATTACHED = re.compile(r"\s*附件?\s*[：:]\s*(?:[1１一]|《)")
# How the closing words of a letter, of minutes or of a pledge begin: after the last number they belong to the whole paper.
_CLOSING = re.compile(
    r"\s*(?:会议|以上|特此|专此|本(?:函|纪要|承诺书)|请(?:你|贵)|出席|列席|参会|记录|抄送|联系人|(?:企业)?代表[：:])"
)


@dataclass(slots=True)
class Builder:
    """The state while lines are read in order."""

    document: Document
    lines: tuple[Line, ...]
    turns: tuple[int, ...]  # indices of the lines with a number, and of those that end a list
    nodes: list[Node] = field(default_factory=list)
    stack: list[Open] = field(default_factory=list)
    under: dict[str, str | None] = field(default_factory=dict)  # style → style it was first seen under
    root: int | None = None  # the attachment or recital that clauses now belong to
    current: int | None = None  # the node that rows and continuations extend


def parse(document: Document) -> tuple[Clause, ...]:
    """The clauses of a document in order, as a tree by `parent`; empty for a document without text."""
    lines = classify(document)
    turns = tuple(index for index, line in enumerate(lines) if line.label is not None or line.role in _ENDING)
    builder = Builder(document, lines, turns)
    for index, line in enumerate(builder.lines):
        _HANDLERS[line.role](builder, line, index)
    _unname_statements(builder)
    return _frozen(builder.nodes)


# ---- One kind of line at a time --------------------------------------------------------------------------------


def _add(builder: Builder, kind: ClauseKind, line: Line, parent: int | None) -> int:
    path = builder.nodes[parent].path if parent is not None else ()
    node = Node(kind, line.start, line.end, parent, path=path, page=line.block.page, body=line.body, tail=line.text)
    builder.nodes.append(node)
    if parent is not None:
        builder.nodes[parent].children += 1
    builder.current = len(builder.nodes) - 1
    return builder.current


def _title(builder: Builder, line: Line, _: int) -> None:
    builder.nodes[_add(builder, "title", line, None)].heading = line.text.strip()
    builder.current = None


def _alone(builder: Builder, line: Line, _: int) -> None:
    """Table of contents and drafter's notes: a clause for each line, outside the tree."""
    kind: ClauseKind = "toc" if line.role == "toc" else "note"
    parent = builder.root if kind == "toc" else _holder(builder)
    _add(builder, kind, line, parent)


def _head(builder: Builder, line: Line, _: int) -> None:
    recital = is_recital_head(line)
    current = builder.current
    if current is not None and builder.nodes[current].kind == "preamble" and builder.root is None and not recital:
        _extend(builder, current, line)
        return
    builder.stack.clear()
    builder.root = None
    index = _add(builder, "preamble", line, None)
    builder.root = index if recital else None


def _signature(builder: Builder, line: Line, _: int) -> None:
    builder.stack.clear()
    current = builder.current
    if current is not None and builder.nodes[current].kind == "signature":
        _extend(builder, current, line)
        return
    builder.root = None
    _add(builder, "signature", line, None)


def _attachment(builder: Builder, line: Line, _: int) -> None:
    builder.stack.clear()
    builder.under.clear()
    index = _add(builder, "attachment", line, None)
    match = attachment_match(line.text)
    told = None if match else told_attachment(line.text)
    match = match or told
    node = builder.nodes[index]
    node.heading = (told.group() if told else line.text).strip()
    node.path = ((match["kind"] + (match["n"] or "")) if match else node.heading,)
    builder.root = index


def _row(builder: Builder, line: Line, _: int) -> None:
    """A row belongs to the clause above it; right after the head it begins the body of a paper that is a table."""
    if builder.current is None or builder.nodes[builder.current].kind == "preamble":
        _add(builder, "clause", line, _holder(builder))
    else:
        _extend(builder, builder.current, line)


def _heading(builder: Builder, line: Line, _: int) -> None:
    """A heading without a number: a level of its own between chapters and articles."""
    style = f"heading{line.block.level or 0}"
    _numbered_as(builder, line, Label(style, 0, "", 0), None)
    node = builder.nodes[-1]
    node.heading = line.text.strip()
    node.path = (*node.path, node.heading)


def _numbered(builder: Builder, line: Line, _: int) -> None:
    if line.label is not None:
        in_recital = builder.root is not None and builder.nodes[builder.root].kind == "preamble"
        if in_recital and (line.label.style in STRUCTURAL or (line.label.value == 1 and builder.stack)):
            builder.root = None
            builder.stack.clear()
            builder.under.clear()
        _numbered_as(builder, line, line.label, line.label.text)


def _numbered_as(builder: Builder, line: Line, label: Label, printed: str | None) -> None:
    depth = depth_of(builder.stack, builder.nodes, builder.under, label)
    sibling = builder.stack[depth] if depth < len(builder.stack) and builder.stack[depth].style == label.style else None
    del builder.stack[depth:]
    parent = builder.stack[-1].node if builder.stack else builder.root
    builder.under.setdefault(label.style, builder.stack[-1].style if builder.stack else None)
    index = _add(builder, _kind(builder, label, parent), line, parent)
    node = builder.nodes[index]
    if printed:
        node.label = printed
        node.path = (*_path_above(builder, label, node.path), printed)
        node.heading = heading_of(line.rest, line.block.kind == "heading")
        node.paragraphs = 1 if line.rest and node.heading != line.rest else 0
    builder.stack.append(Open(label.style, label.value, label.prefix, index, sibling.siblings + 1 if sibling else 1))
    _split_inline(builder, index, line)


def _path_above(builder: Builder, label: Label, path: tuple[str, ...]) -> tuple[str, ...]:
    """The labels to print before this one: a decimal carries those of the clauses whose figures it repeats."""
    count = len(label.prefix)
    entries = builder.stack[-count:]
    repeats = bool(count) and tuple(entry.value for entry in entries) == label.prefix
    return path[: len(path) - count] if repeats else path


def _kind(builder: Builder, label: Label, parent: int | None) -> ClauseKind:
    if label.style == "part":
        return "part"
    if label.style in ("chapter", "section"):
        return "chapter"
    above = builder.nodes[parent].kind if parent is not None else None
    if above == "preamble":
        return "item"
    if above in (None, "part", "chapter") or label.style == "article":
        return "article"
    return "clause" if above in ("article", "attachment") else "item"


def _plain(builder: Builder, line: Line, index: int) -> None:
    """A paragraph without number: a continuation, the text under a heading, a further 款, or the words after a list."""
    current = builder.current
    before = builder.lines[index - 1] if index else None
    following = builder.lines[index + 1] if index + 1 < len(builder.lines) else None
    if current is not None and before is not None and _continues(builder.nodes[current], before, line):
        _extend(builder, current, line)
        return
    if current is not None and before is not None and _names(builder.nodes[current], before, line):
        _extend(builder, current, line)
        builder.nodes[current].heading = line.text.strip()
        return
    if attachment_match(line.text) or _ATTACHED.match(line.text):
        _list_of_attachments(builder, line)
        return
    owner = _owner(builder, index)
    caption = following is not None and following.role == "row" and not finished(line.text)
    if owner is not None and owner == current and (caption or not _has_text(builder.nodes[owner])):
        _extend(builder, owner, line)
        builder.nodes[owner].paragraphs += 0 if caption else 1
        _split_inline(builder, owner, line)
        return
    _further(builder, line, owner, caption=caption)
    if following is not None and _opens_list(builder, line, following):
        _push_lead(builder, owner)


def _opens_list(builder: Builder, line: Line, following: Line) -> bool:
    """Whether a line without number stands above a list of its own: 乙方责任： or 补助按下列标准： before 1."""
    label = following.label
    if label is None or label.value != 1 or label.prefix or label.style in STRUCTURAL:
        return False
    return is_of_a_party(line.text) or (bool(builder.stack) and line.text.rstrip().endswith(("：", ":")))


def _push_lead(builder: Builder, owner: int | None) -> None:
    """The line just added holds the numbers below it; the one before it of its kind is closed."""
    leads = [depth for depth, entry in enumerate(builder.stack) if entry.style == LEAD]
    owners = [depth + 1 for depth, entry in enumerate(builder.stack) if entry.node == owner]
    del builder.stack[min([*leads, *owners], default=0) :]
    index = next(index for index in range(len(builder.nodes) - 1, -1, -1) if builder.nodes[index].kind == "clause")
    builder.stack.append(Open(LEAD, 0, (), index))


def _unname_statements(builder: Builder) -> None:
    """A numbered line that is nothing but its heading, with nothing below it, states something."""
    for node in builder.nodes:
        bare = node.label is not None and node.heading is not None and not node.children and not node.paragraphs
        text = builder.document.text[node.body : node.end].strip() if bare else None
        if text and text == node.heading and is_statement(text):
            node.heading = None


def _further(builder: Builder, line: Line, owner: int | None, *, caption: bool) -> None:
    index = _add(builder, "clause", line, owner)
    builder.nodes[index].heading = None if caption or len(line.text) <= 40 else heading_of(line.text, False)
    if owner is not None and not caption:
        above = builder.nodes[owner]
        above.paragraphs += 1
        if above.kind == "article" and above.path and above.paragraphs > 1:
            builder.nodes[index].path = (*above.path, f"第{in_chinese(above.paragraphs)}款")
    _split_inline(builder, index, line)


def _names(node: Node, before: Line, line: Line) -> bool:
    """Whether a line is the heading of what stands alone on the line before: a number, or 附件一."""
    if heading_of(line.text, False) != line.text.strip():
        return False
    if before.role == "attachment":
        match = attachment_match(before.text)
        return match is not None and not match["title"].strip()
    return before.label is not None and not before.rest and node.heading is None


def _list_of_attachments(builder: Builder, line: Line) -> None:
    """附件：1.红线图 2.承诺书 at the end: names of attachments, no clauses of the body."""
    builder.stack.clear()
    builder.root = _add(builder, "clause", line, None)
    _split_inline(builder, builder.root, line)


def _has_text(node: Node) -> bool:
    return node.paragraphs > 0 or node.children > 0 or node.kind in ("title", "signature")


def _continues(node: Node, before: Line, line: Line) -> bool:
    """Whether a line goes on with the sentence of the line before: a hard line break inside a paragraph."""
    if before.role not in ("numbered", "plain") or node.end < before.start or finished(before.text):
        return False
    return len(before.rest) > 25 and node.heading != before.rest


def _owner(builder: Builder, index: int) -> int | None:
    """The clause that a plain paragraph belongs to: the last item while its list goes on, else what holds the list."""
    stack, line = builder.stack, builder.lines[index]
    if not stack:
        return builder.root
    top = stack[-1]
    if top.siblings == 1 and not builder.nodes[top.node].children and not finished(builder.nodes[top.node].tail):
        return top.node
    bare = builder.nodes[top.node]
    if _goes_on(builder, index, top) or (
        bare.heading is not None and not _has_text(bare) and not is_of_a_party(line.text)
    ):
        return top.node
    for depth in range(len(stack) - 1, 0, -1):
        holder = builder.nodes[stack[depth - 1].node]
        if holder.tail.rstrip().endswith(("：", ":")) and stack[depth].siblings > 1:
            return stack[depth - 1].node
    if _CLOSING.match(line.text) and not any(other.label for other in builder.lines[index:]):
        return builder.root
    single = all(not node.children and node.paragraphs <= 1 for node in _siblings(builder, top))
    if len(stack) == 1 and top.siblings > 2 and single:
        return builder.root
    return top.node


def _siblings(builder: Builder, top: Open) -> Iterator[Node]:
    parent = builder.nodes[top.node].parent
    return (node for node in builder.nodes if node.parent == parent and node.label)


def _goes_on(builder: Builder, index: int, top: Open) -> bool:
    """Whether the next number in the text continues the list that is open."""
    place = bisect_right(builder.turns, index)
    line = builder.lines[builder.turns[place]] if place < len(builder.turns) else None
    if line is None or line.label is None or line.role in _ENDING:
        return False
    return line.label.style == top.style and follows(top, line.label)


def _extend(builder: Builder, index: int, line: Line) -> None:
    node = builder.nodes[index]
    node.end = line.end
    node.tail = line.text
    builder.current = index


def _holder(builder: Builder) -> int | None:
    return builder.stack[-1].node if builder.stack else builder.root


def _split_inline(builder: Builder, index: int, line: Line) -> None:
    """Give the list inside a paragraph nodes of its own; the words after the list become a further paragraph."""
    offset = line.start
    found = inline.items(line.text, line.body - offset)
    if not found:
        return
    end = builder.nodes[index].end
    builder.nodes[index].end = offset + found[0].start
    builder.nodes[index].tail = line.text[: found[0].start]
    _inline_nodes(builder, index, found, line)
    stop = offset + found[-1].end
    if line.text[found[-1].end :].strip():
        tail = _add(builder, "clause", line, index)
        builder.nodes[tail].start = builder.nodes[tail].body = stop
        builder.nodes[tail].end = end
        builder.nodes[tail].page = builder.document.page_at(stop)


def _inline_nodes(builder: Builder, parent: int, found: tuple[inline.Item, ...], line: Line) -> None:
    offset = line.start
    for item in found:
        index = _add(builder, "item", line, parent)
        node = builder.nodes[index]
        node.label = item.label
        node.path = (*node.path, item.label)
        node.start, node.end = offset + item.start, offset + (item.children[0].start if item.children else item.end)
        node.body = node.start + len(item.label)
        node.page = builder.document.page_at(node.start)
        node.paragraphs = 1
        _inline_nodes(builder, index, item.children, line)


# ---- Result ----------------------------------------------------------------------------------------------------


def _frozen(nodes: list[Node]) -> tuple[Clause, ...]:
    stops = [node.end for node in nodes]
    levels: list[int] = []
    for node in nodes:
        levels.append(0 if node.parent is None else levels[node.parent] + bool(nodes[node.parent].path))
    for index in range(len(nodes) - 1, -1, -1):
        parent = nodes[index].parent
        if parent is not None:
            stops[parent] = max(stops[parent], stops[index])
    return tuple(
        Clause(
            kind=node.kind,
            label=node.label,
            heading=node.heading,
            level=levels[index],
            path=node.path,
            start=node.start,
            end=node.end,
            stop=stops[index],
            page=node.page,
            parent=node.parent,
        )
        for index, node in enumerate(nodes)
    )


_HANDLERS = {
    "title": _title,
    "head": _head,
    "numbered": _numbered,
    "heading": _heading,
    "plain": _plain,
    "row": _row,
    "signature": _signature,
    "attachment": _attachment,
    "note": _alone,
    "toc": _alone,
}
