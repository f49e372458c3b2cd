"""Cross references: which clause or attachment the words 第三条第二款, 前款, 附件二 mean, or that there is none.

"There is none" is said only where the numbering is known to be complete; a reference that may be right and cannot be
followed is left out rather than called wrong.
"""

import re

from contract_audit.chinese.text import Folded, fold
from contract_audit.clauses.attached import listed, mentioned, ranged, wanting
from contract_audit.clauses.numbering import label_at, value_of, wording_start
from contract_audit.clauses.other_papers import is_accounted_for, leads_out, of_another
from contract_audit.clauses.outline import Outline, opening_lines, outline_of
from contract_audit.clauses.reference_words import (
    CITED,
    CITES,
    INLINE,
    JOINED,
    NEXT,
    OTHER_COLUMN,
    QUANTITY,
    RECKONED,
    REFERENCE,
    SUB_PART,
)
from contract_audit.clauses.rows import headers_of
from contract_audit.model import Clause, Document, Reference


def references(document: Document, clauses: tuple[Clause, ...]) -> tuple[Reference, ...]:
    """All cross references of a document in order; `target` is an index into `clauses`, None where it does not exist.

    References into other papers have kind `external` and no target. Numbers that head a clause are no references.
    """
    folded = fold(document.text)
    outline = outline_of(clauses, opening_lines(document.text))
    old = _quoted_rows(document, folded)
    found = []
    for here, clause in enumerate(clauses):
        if clause.kind == "toc":
            continue
        first = wording_start(document.text, clause.start, clause.label)
        if clause.kind == "attachment":
            first += len(clause.heading or "")
        start = folded.folded(first, 0)[0]
        outside = -1  # where the last reference into another paper ended: 原协议第九条、第十四条
        inside = -1  # where the last reference ended at all: 依照3.1及3.9
        for match in REFERENCE.finditer(folded.text, start, folded.folded(clause.end, 0)[0]):
            quoted = any(low <= match.start() < high for low, high in old)
            joined = outside >= 0 and _is_joined(folded.text, outside, match) and not match["own"]
            listed_on = inside >= 0 and bool(JOINED.fullmatch(folded.text, inside, match.start()))
            reference = (
                _made(folded, match, "external", None)
                if quoted or joined
                else _resolve(folded, match, outline, here, listed_on=listed_on)
            )
            if reference is not None and reference.target is None and of_another(folded.text, match):
                reference = _made(folded, match, "external", None)
            if reference is not None:
                outside = match.end() if reference.kind == "external" else -1
                inside = match.end()
                found.append(reference)
    found += (*listed(folded, clauses), *ranged(folded, clauses))
    known = [(reference.start, reference.end) for reference in found]
    found += [
        said
        for said in (*mentioned(folded, clauses), *wanting(folded, clauses))
        if not any(_names_the_same(document.text, said, start, end) for start, end in known)
    ]
    return tuple(sorted(found, key=lambda reference: reference.start))


def _names_the_same(text: str, said: Reference, start: int, end: int) -> bool:
    """Whether a number stands near a name, in the same part of the sentence: 后附红线图（附件一）."""
    between = text[min(end, said.end) : max(start, said.start)]
    return start < said.end + NEXT and said.start - NEXT < end and not re.search("[，。；\n]", between)


def _is_joined(text: str, end: int, match: re.Match[str]) -> bool:
    """Whether a reference goes on from one that ended at `end`: 、第十四条, or 第五章第3.2条."""
    return end == match.start() or JOINED.fullmatch(text, end, match.start()) is not None


def _quoted_rows(document: Document, folded: Folded) -> list[tuple[int, int]]:
    """Rows of tables that list the clauses of another agreement (a column 原约定, 修改前, 主合同条款)."""
    headers = headers_of(document)
    rows = [block for block in document.blocks if block.start in headers]
    old = [
        block
        for block in rows
        if OTHER_COLUMN.search(document.text, headers[block.start].start, headers[block.start].end)
    ]
    return [folded.folded(block.start, block.end) for block in old]


def _resolve(folded: Folded, match: re.Match[str], outline: Outline, here: int, *, listed_on: bool) -> Reference | None:
    before = folded.text[max(0, match.start() - 44) : match.start()]
    if match["kind"] or match["appended"]:
        return _attachment(folded, match, outline, here, before)
    if match["relative"]:
        return _relative(folded, match, outline, here)
    if match["decimal"] and not (listed_on or _is_decimal_reference(folded.text, match, before)):
        return None
    if not match["own"] and leads_out(before):
        return _made(folded, match, "external", None)
    if match["decimal"]:
        return _decimal(folded, match, outline)
    if match["chapter"]:
        return _chapter(folded, match, outline)
    return _article(folded, match, outline)


def _is_decimal_reference(text: str, match: re.Match[str], before: str) -> bool:
    """4.1条 or 按照3.2约定 name a clause, 4.1亿元 or 容积率按2.0 does not."""
    if QUANTITY.match(text, match.end()):
        return False
    if RECKONED.search(before) and not CITED.match(text, match.end()):
        return False
    return (
        match["decimal"].startswith("第")
        or "条" in (match["dsubs"] or "")
        or bool(match["own"] or CITES.search(before) or CITED.match(text, match.end()))
    )


def _chapter(folded: Folded, match: re.Match[str], outline: Outline) -> Reference | None:
    """A chapter beyond the last one; papers without chapters may call their articles so."""
    word = match["chapter"]
    if word.endswith("部分") and not match["own"]:
        return None  # 第二部分 of a sum or of the works
    number = value_of(word[1:].removesuffix("章").removesuffix("部分")) or 0
    last = outline.chapters or outline.highest
    known = not outline.chapters and number in outline.headed
    return _made(folded, match, "clause", None) if number > last > 0 and not known else None


def _article(folded: Folded, match: re.Match[str], outline: Outline) -> Reference | None:
    label = match["article"]
    key = (
        value_of(label[1 : label.index("条")].strip("（）()")) or 0,
        label.split("条之")[1] if "条之" in label else "",
    )
    target = _numbered_so(outline, key, label)
    if target is None:
        if key[0] in outline.headed or any(figures.startswith(f"{key[0]}.") for figures in outline.decimals):
            return None
        beyond = outline.complete or key[0] > outline.highest > 0 or outline.skipped == key[0]
        return _made(folded, match, "clause", None) if beyond else None
    return _below(folded, match, outline, target, match["subs"] or "", "clause")


def _numbered_so(outline: Outline, key: tuple[int, str], label: str) -> int | None:
    """The clause of a number: a figure means the point that bears it where points run on below headings 一、二、 ."""
    named, point = outline.articles.get(key), outline.running.get(key)
    in_figures = re.search("[0-9]", label) is not None
    return point if point is not None and (named is None or in_figures) else named


def _decimal(folded: Folded, match: re.Match[str], outline: Outline) -> Reference | None:
    figures = match["decimal"].removeprefix("第")
    target = outline.decimals.get(figures)
    if target is not None:
        return _below(folded, match, outline, target, (match["dsubs"] or "").strip("条款"), "clause")
    if not outline.decimals:
        return _point(folded, match, outline, figures)
    siblings = [key for key in outline.decimals if key.rpartition(".")[0] == figures.rpartition(".")[0]]
    first = int(figures.split(".")[0])
    beyond_all = bool(outline.decimals) and first > max(int(key.split(".")[0]) for key in outline.decimals)
    known = bool(siblings) or beyond_all
    beyond = not siblings or _is_run(siblings)
    return _made(folded, match, "clause", None) if known and beyond else None


def _point(folded: Folded, match: re.Match[str], outline: Outline, figures: str) -> Reference | None:
    """5.3 in a paper whose points are numbered anew below each article: the third point of the fifth one."""
    article, _, points = figures.partition(".")
    target = outline.articles.get((int(article), ""))
    if not match["own"] and re.search("(?:协议|合同)$", folded.text[: match.start()][-2:]):
        return None  # minutes and letters call the agreement they are about so
    if target is None or "." in points:
        return _made(folded, match, "clause", None) if outline.complete and int(article) > outline.highest else None
    return _below(folded, match, outline, target, f"第{points}项", "clause")


def _is_run(siblings: list[str]) -> bool:
    lasts = sorted(int(key.rpartition(".")[2]) for key in siblings)
    return lasts == list(range(1, len(lasts) + 1))


def _relative(folded: Folded, match: re.Match[str], outline: Outline, here: int) -> Reference | None:
    word = match["relative"]
    if match["fsubs"]:
        return _below_the_one_before(folded, match, outline, here)
    if match["rsubs"]:
        article = _up_to_article(outline, here)
        return None if article is None else _below(folded, match, outline, article, match["rsubs"], "relative")
    if match["psubs"] or match["ksubs"]:
        parent = outline.clauses[here].parent
        holder = here if outline.children.get(here) else parent
        return (
            None
            if holder is None
            else _below(folded, match, outline, holder, match["psubs"] or match["ksubs"], "relative")
        )
    if word in ("前条", "上条", "上一条"):
        article = _up_to_article(outline, here)
        return _made(folded, match, "relative", _sibling_before(outline, article) if article is not None else None)
    earlier = _sibling_before(outline, here)
    above = outline.clauses[here].parent
    return _made(
        folded, match, "relative", next((index for index in (earlier, above, here) if index is not None), None)
    )


def _below_the_one_before(folded: Folded, match: re.Match[str], outline: Outline, here: int) -> Reference | None:
    """前款第（三）项 or 前条第二款: a part of the paragraph or article right before the one that speaks."""
    if match["relative"][:2] in ("前款", "上款"):
        earlier = _paragraph_before(outline, here)
    else:
        article = _up_to_article(outline, here)
        earlier = _sibling_before(outline, article) if article is not None else None
    return None if earlier is None else _below(folded, match, outline, earlier, match["fsubs"], "relative")


def _paragraph_before(outline: Outline, here: int) -> int | None:
    """The paragraph before, passing over the items of a list that belongs to it; the clause that holds the first one."""
    siblings = outline.children.get(outline.clauses[here].parent, [])
    plain = [other for other in siblings if other < here and outline.clauses[other].label is None]
    return plain[-1] if plain else outline.clauses[here].parent


def _up_to_article(outline: Outline, here: int) -> int | None:
    index: int | None = here
    while index is not None and outline.clauses[index].kind != "article":
        index = outline.clauses[index].parent
    return index


def _sibling_before(outline: Outline, index: int) -> int | None:
    siblings = outline.children.get(outline.clauses[index].parent, [])
    earlier = [
        other for other in siblings if other < index and outline.clauses[other].kind in ("article", "clause", "item")
    ]
    return earlier[-1] if earlier else None


def _below(
    folded: Folded, match: re.Match[str], outline: Outline, target: int, subs: str, kind: str
) -> Reference | None:
    """Follow 第二款第（三）项 below a clause; what certainly is not there is not found, what may be there is the clause."""
    for sub in SUB_PART.finditer(subs):
        number = value_of(sub["n"])
        numbered = [index for index in outline.children.get(target, []) if outline.clauses[index].label]
        values = {_value(outline.clauses[index]): index for index in reversed(numbered)}
        if number in values:
            target = values[number]
            continue
        paragraph = _paragraph(outline, target, number or 0) if sub["unit"] == "款" else None
        if paragraph is not None:
            target = paragraph
            continue
        complete = sorted(values) == list(range(1, len(values) + 1))
        if match["fsubs"] and sub["unit"] != "款":
            most = 0 if values else _points_within(folded, outline.clauses[target])
        else:
            most = max(_plain_count(outline, target), 0 if values else _sentences(folded, outline.clauses[target]))
        certain = complete and number is not None and number > len(values) and most < number
        return _made(folded, match, "clause" if kind == "clause" else "relative", None if certain else target)
    return _made(folded, match, "clause" if kind == "clause" else "relative", target)


def _sentences(folded: Folded, clause: Clause) -> int:
    """How many parts an undivided clause may be counted to have: its sentences, or the points numbered inside them."""
    words = folded.text[folded.folded(clause.start, 0)[0] : folded.folded(clause.stop, 0)[0]]
    return max(len(re.findall("[。；]", words)), len(INLINE.findall(words)), words.count("\n") + 1)


def _points_within(folded: Folded, clause: Clause) -> int:
    """How many points the words of one paragraph may be counted to have: those numbered inside it, or those that ； parts."""
    words = folded.text[folded.folded(clause.start, 0)[0] : folded.folded(clause.end, 0)[0]]
    return max(len(INLINE.findall(words)), words.count("；") + 1)


def _value(clause: Clause) -> int:
    label = clause.label or ""
    found = label_at(label) or label_at(label + "、")
    return found.value if found else 0


def _paragraph(outline: Outline, article: int, number: int) -> int | None:
    if number == 1:
        return article
    plain = [index for index in outline.children.get(article, []) if outline.clauses[index].label is None]
    return plain[number - 2] if 0 <= number - 2 < len(plain) else None


def _plain_count(outline: Outline, article: int) -> int:
    return 1 + sum(outline.clauses[index].label is None for index in outline.children.get(article, []))


def _attachment(folded: Folded, match: re.Match[str], outline: Outline, here: int, before: str) -> Reference | None:
    """The attachment meant; where none is headed so and the paper accounts for it, the clause that speaks of it."""
    number, name = match["number"], (match["name"] or match["titled"] or "").strip("《》")
    if not number and not name:
        return None
    if leads_out(before):
        return _made(folded, match, "external", None)
    for index in outline.attachments:
        if _is_attachment(outline.clauses[index], match["kind"] or "附件", number, name):
            return _point_of(folded, match, outline, index) or _made(folded, match, "attachment", index)
    return _made(folded, match, "attachment", here if is_accounted_for(folded.text, match, name) else None)


_POINT_OF = re.compile(r"(?:的|之|中)?第?[（(]?(?P<n>[0-9一二三四五六七八九十]{1,3})[)）]?(?P<unit>[条项])")


def _point_of(folded: Folded, match: re.Match[str], outline: Outline, index: int) -> Reference | None:
    """附件一第6项 where the first attachment numbers three points; None where it has it, or its points are not plain."""
    point = _POINT_OF.match(folded.text, match.end()) if match["number"] else None
    number = value_of(point["n"]) if point else None
    clause = outline.clauses[index]
    lines = folded.text[folded.folded(clause.start, 0)[0] : folded.folded(clause.stop, 0)[0]].split("\n")[1:]
    opened = [int(found.group(1)) for line in lines if (found := _OPENS_POINT.match(line))]
    if point is None or number is None or len(opened) < _FEWEST_POINTS or opened != list(range(1, len(opened) + 1)):
        return None
    if number <= len(opened) or any("|" in line or "\t" in line for line in lines):
        return None
    start, end = folded.original(match.start(), point.end())
    return Reference(start=start, end=end, text=folded.text[match.start() : point.end()], kind="clause", target=None)


_OPENS_POINT = re.compile(r"[ \u3000]*[（(]?([0-9]{1,2})[)）.、．]")
_FEWEST_POINTS = 2


def _is_attachment(clause: Clause, kind: str, number: str | None, name: str) -> bool:
    if number:
        printed = "".join(clause.path[-1].split() if clause.path else ()).removeprefix(kind)
        return printed == number or (printed != "" and value_of(printed) == value_of(number))
    return bool(name) and name in fold(clause.heading or "").text


def _made(folded: Folded, match: re.Match[str], kind: str, target: int | None) -> Reference:
    start, end = folded.original(match.start(), match.end())
    text = folded.text[match.start() : match.end()]
    if kind == "external":
        return Reference(start=start, end=end, text=text, kind="external", target=None)
    if kind == "attachment":
        return Reference(start=start, end=end, text=text, kind="attachment", target=target)
    return Reference(
        start=start, end=end, text=text, kind="relative" if kind == "relative" else "clause", target=target
    )
