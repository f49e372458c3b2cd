"""Clauses to provisions: one normative statement of one bearer each, with its force, hedges and lead-ins.

Works on the folded text of the whole document and maps every offset back at the end. For each clause its own lines are
cut into paragraphs, sentences and segments (`parts`); bearer (`bearers`), force and denials (`force`) are read off each;
list items and table rows take over subject, condition and force of the lead-ins above them.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

import msgspec

from contract_audit.chinese.text import Folded, fold
from contract_audit.clauses import hedges as hedge_words
from contract_audit.clauses.bearers import UNKNOWN, Bearer, bearer_of, heading_bearer
from contract_audit.clauses.force import Polarity, Scope, force_of, is_drafters_note, negations_of
from contract_audit.clauses.parts import Segment, segments, sentences
from contract_audit.clauses.scan import Scan, scan
from contract_audit.model import Block, Clause, Document, Force, Hedge, HedgeKind, Party, Provision, Span

_LEADS_IN = re.compile(r"[：:]\s*$|(?:如下|以下|下列|下述|下表|如下表)[^，。；]{0,12}[。：:]?\s*$")
_CASES = re.compile(
    r"(?:有|出现|发生|具备|符合)?(?:下列|以下|下述)[^，。；]{0,8}(?:情形|情况|行为|条件|事由|原因)(?:之一)?的?"
)
_REFERS_BACK = re.compile(
    r"(?:其中|上述|前述|前款|前项|前条|上款|该(?:等|项|笔|部分)?(?:资金|款项|奖励|补助|补贴|费用|部分|政策|优惠|金额|保证金)|此项|此款|其余|剩余|以上|本款|同时)"
)
_HEAD_FIELD = re.compile(r"[^，。；：]{1,16}：")
_REPEALED = re.compile(r"废止|作废|删除|不再执行|停止执行|予以取消|予以撤销")
_OLD_COLUMN = re.compile(r"原(?:约定|条款|内容|合同|协议|表述|规定|文)|修改前|调整前|变更前|清理前")
_DUTY_COLUMN = re.compile(r"(?:责任|承办|牵头|实施|落实|义务)(?:单位|主体|部门|方|人)")
_ASIDE = re.compile(r"（(?:备注|注|说明|批注)[：:][^）\n]*）")
_RECITAL_KINDS = frozenset({"preamble"})


class LeadIn(msgspec.Struct, frozen=True):
    """What a lead-in gives to the items below it."""

    span: Scope
    bearer: Bearer
    force: Force | None
    polarity: Polarity


@dataclass(slots=True)
class Draft:
    """What reading one document needs and gathers."""

    document: Document
    clauses: tuple[Clause, ...]
    parties: tuple[Party, ...]
    folded: Folded
    scanned: Scan
    hedges: tuple[tuple[HedgeKind, int, int], ...]
    hedge_starts: list[int]
    leads: dict[int, LeadIn] = field(default_factory=dict)
    headings: dict[int, Bearer | None] = field(default_factory=dict)
    opening: LeadIn | None = None  # 我们承诺：, 会议议定： before the first clause
    out: list[Provision] = field(default_factory=list)


@dataclass(slots=True)
class Flow:
    """What passes from sentence to sentence inside one clause."""

    clause: int
    stems: tuple[Scope, ...]
    lead: LeadIn | None
    heading: Bearer | None
    topic: Bearer | None = None
    before: Scope | None = None  # the provision before, for sentences that refer back
    label_stem: Scope | None = None


def provisions(document: Document, clauses: tuple[Clause, ...], parties: tuple[Party, ...]) -> tuple[Provision, ...]:
    """All provisions of a document in order. `clauses` from `parse`, `parties` with their sides; no error is raised."""
    folded = fold(document.text)
    scanned = scan(folded.text, parties)
    found = hedge_words.find(folded.text)
    draft = Draft(document, clauses, parties, folded, scanned, found, [start for _, start, _ in found])
    for index in range(len(clauses)):
        _clause(draft, index)
    return tuple(draft.out)


# ---- Clauses and their lines -----------------------------------------------------------------------------------


def _clause(draft: Draft, index: int) -> None:
    clause = draft.clauses[index]
    if clause.kind == "toc":
        return
    start, end = draft.folded.folded(clause.start, clause.end)
    if clause.kind in ("title", "signature"):
        for low, high in _lines(draft, start, end):
            _emit_plain(draft, index, low, high, "title" if clause.kind == "title" else "signature")
        return
    flow = _flow(draft, index)
    first = start + _label_length(draft, clause, start)
    for block in _blocks(draft.document, clause):
        low, high = draft.folded.folded(max(block.start, clause.start), min(block.end, clause.end))
        low = max(low, first)
        if low >= high:
            continue
        if block.kind == "table_row":
            _row(draft, flow, block, low, high)
        else:
            _paragraph(draft, flow, clause, low, high)


def _flow(draft: Draft, index: int) -> Flow:
    clause = draft.clauses[index]
    stems: list[Scope] = []
    lead: LeadIn | None = None
    heading: Bearer | None = None
    above = clause.parent
    while above is not None:
        if above in draft.leads:
            stems.insert(0, draft.leads[above].span)
            lead = lead or draft.leads[above]
        heading = heading or _heading_of(draft, above)
        above = draft.clauses[above].parent
    if draft.opening and clause.kind not in ("preamble", "attachment") and not _in_attachment(draft, index):
        stems.insert(0, draft.opening.span)
        lead = lead or draft.opening
    own = _heading_of(draft, index)
    return Flow(index, tuple(stems), lead, own or heading)


def _in_attachment(draft: Draft, index: int) -> bool:
    parent = draft.clauses[index].parent
    while parent is not None:
        if draft.clauses[parent].kind == "attachment":
            return True
        parent = draft.clauses[parent].parent
    return False


def _heading_of(draft: Draft, index: int) -> Bearer | None:
    if index not in draft.headings:
        clause = draft.clauses[index]
        bearer = None
        if clause.heading and clause.kind not in ("title", "preamble"):
            place = draft.document.text.find(clause.heading, clause.start, clause.end)
            bearer = (
                heading_bearer(draft.scanned, *draft.folded.folded(place, place + len(clause.heading)))
                if place >= 0
                else None
            )
        draft.headings[index] = bearer
    return draft.headings[index]


def _label_length(draft: Draft, clause: Clause, start: int) -> int:
    """Folded length of a number typed in the text, the mark after it included."""
    if not clause.label or not draft.document.text.startswith(
        clause.label, _first_ink(draft.document.text, clause.start)
    ):
        return 0
    ink = _first_ink(draft.document.text, clause.start)
    _, end = draft.folded.folded(clause.start, ink + len(clause.label))
    while end < len(draft.folded.text) and draft.folded.text[end] in "，：、" and clause.label[-1] not in "、）)":
        end += 1
    return end - start


def _first_ink(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _blocks(document: Document, clause: Clause) -> list[Block]:
    first = bisect_right(document.blocks, clause.start, key=lambda block: block.start) - 1
    last = bisect_left(document.blocks, clause.end, key=lambda block: block.start)
    return [block for block in document.blocks[max(first, 0) : last] if block.end > clause.start]


def _lines(draft: Draft, start: int, end: int) -> list[Scope]:
    found = []
    for line in re.finditer(r"[^\n]+", draft.folded.text[start:end]):
        found.append((start + line.start(), start + line.end()))
    return found


# ---- Paragraphs ------------------------------------------------------------------------------------------------


def _paragraph(draft: Draft, flow: Flow, clause: Clause, start: int, end: int) -> None:
    text = draft.scanned.masked
    if clause.kind == "preamble" and (_is_party_line(text[start:end]) or end - start < 6):
        _emit_plain(draft, flow.clause, start, end, "title")
        return
    if clause.heading and _is_heading_line(draft, clause, start, end):
        _emit_plain(draft, flow.clause, start, end, "title")
        return
    spans = sentences(text, start, end)
    for order, (low, high, _) in enumerate(spans):
        if order == 0 and len(spans) > 1 and clause.heading and _is_heading_line(draft, clause, low, high):
            _emit_plain(draft, flow.clause, low, high, "title")
            flow.label_stem = (low, high)
            continue
        _sentence(draft, flow, clause, low, high, last=order == len(spans) - 1)


def _is_party_line(text: str) -> bool:
    match = _HEAD_FIELD.match(text)
    return bool(match) and len(text) < 80 and not re.search(r"[。；]", text)


def _is_heading_line(draft: Draft, clause: Clause, start: int, end: int) -> bool:
    heading = fold(clause.heading or "").text
    own = draft.folded.text[start:end]
    return (
        own == heading
        or own.rstrip("：。") == heading.rstrip("：。")
        or clause.kind == "attachment"
        and own.endswith(heading)
    )


def _sentence(draft: Draft, flow: Flow, clause: Clause, start: int, end: int, *, last: bool) -> None:
    colon = _colon(draft.scanned.masked, start, end)
    if colon is not None:
        _inline_lead(draft, flow, start, colon)
        start = colon + 1
    for segment in segments(draft.scanned, start, end):
        provision = _provision(draft, flow, clause, segment)
        draft.out.append(provision)
    if (
        last
        and draft.folded.text[max(end - 1, 0) : end + 1].endswith(("：", "如下", "下表"))
        or last
        and _LEADS_IN.search(draft.folded.text[start:end])
    ):
        _remember_lead(draft, flow, clause, start, end)


def _colon(masked: str, start: int, end: int) -> int | None:
    """The colon after a lead-in or heading at the start of a sentence, if words follow it."""
    colon = masked.find("：", start, min(end, start + 48))
    if colon < 0 or colon >= end - 1 or masked.startswith("其中", colon - 2):
        return None
    between_figures = masked[colon - 1].isdigit() and masked[colon + 1].isdigit()
    return (
        None
        if between_figures
        or "，" in masked[start:colon]
        and not masked[start:colon].endswith(("承诺", "如下", "意见", "约定"))
        else colon
    )


def _inline_lead(draft: Draft, flow: Flow, start: int, colon: int) -> None:
    """「甲方承诺：…」 gives subject and force to what follows; 「投资规模：…」 only its words."""
    found = segments(draft.scanned, start, colon)
    if not found:
        return
    segment = found[-1]
    says = any(part.subject or part.agent or part.tokens for part in segment.parts)
    flow.label_stem = (start, colon)
    if says:
        bearer = bearer_of(draft.scanned, segment, _inherited(flow), draft.parties)
        force, own = force_of(draft.scanned, segment, bearer)
        polarity, _, _ = negations_of(draft.scanned, segment)
        flow.lead = LeadIn((start, colon), bearer, force if own else None, polarity)
        flow.topic = None


def _remember_lead(draft: Draft, flow: Flow, clause: Clause, start: int, end: int) -> None:
    """Keep the last statement of a clause that ends with a colon for the items below."""
    if not draft.out or draft.out[-1].clause != flow.clause:
        return
    last = draft.out[-1]
    name = last.bearer
    bearer = Bearer(name, last.side, last.known_by)
    force: Force | None = last.force if last.force not in ("statement", "recital", "citation") else None
    text = draft.folded.text[start:end]
    if _CASES.search(text) and not re.search(r"不得|禁止|严禁", text):
        force = "condition"
    low, high = draft.folded.folded(last.start, last.end)
    lead = LeadIn((low, high), bearer, force, last.polarity)
    if clause.kind == "preamble":
        one_sided = bearer.side in ("government", "investor") and re.search(
            r"承诺|保证|答复|议定|同意|要求|函复|决定", text
        )
        draft.opening = lead if one_sided else draft.opening
    else:
        draft.leads[flow.clause] = lead


def _inherited(flow: Flow) -> Bearer:
    if flow.lead and flow.lead.bearer.side != "unknown" and flow.topic is None:
        return Bearer(flow.lead.bearer.name, flow.lead.bearer.side, "inherited")
    if flow.topic:
        return Bearer(flow.topic.name, flow.topic.side, "inherited")
    return flow.heading or UNKNOWN


# ---- One provision ---------------------------------------------------------------------------------------------


def _provision(draft: Draft, flow: Flow, clause: Clause, segment: Segment) -> Provision:
    scanned = draft.scanned
    bearer = bearer_of(scanned, segment, _inherited(flow), draft.parties)
    force, own = force_of(scanned, segment, bearer)
    polarity, scopes, turned = negations_of(scanned, segment)
    if turned and force == "prohibition":
        force = "duty"
    if not own and flow.lead and flow.lead.force:
        force = flow.lead.force
        if flow.lead.polarity == "negative":
            polarity, scopes = "negative", ((segment.start, segment.end),)
    if clause.kind in _RECITAL_KINDS:
        force = "recital"
    elif clause.kind == "note" and is_drafters_note(draft.folded.text[segment.start : segment.end]):
        force, polarity, scopes = "citation", "negative", ((segment.start, segment.end),)
    scopes = (*scopes, *_asides(draft, segment))
    stems = _stems(draft, flow, segment)
    if bearer.known_by == "said" and any(part.subject for part in segment.mains):
        flow.topic = bearer
    elif flow.topic is None and bearer.side != "unknown" and bearer.known_by == "said":
        flow.topic = None
    flow.before = (segment.start, segment.end)
    kind = "item" if clause.kind == "item" else "sentence"
    return _frozen(draft, flow.clause, segment, bearer, force, polarity, scopes, stems, kind)


def _stems(draft: Draft, flow: Flow, segment: Segment) -> tuple[Scope, ...]:
    stems = flow.stems
    if flow.lead and flow.lead.span not in stems and flow.lead.span != flow.label_stem:
        stems = (*stems, flow.lead.span)
    if flow.label_stem:
        stems = (*stems, flow.label_stem)
    if flow.before and _REFERS_BACK.match(draft.scanned.masked, segment.start):
        stems = (*stems, flow.before)
    return stems


def _asides(draft: Draft, segment: Segment) -> tuple[Scope, ...]:
    """Bracketed notes of a drafter inside a sentence: what they say is not agreed."""
    text = draft.folded.text
    return tuple(
        match.span() for match in _ASIDE.finditer(text, segment.start, segment.end) if is_drafters_note(match.group())
    )


def _frozen(
    draft: Draft, clause: int, segment: Segment, bearer: Bearer, force: Force, polarity: Polarity,
    scopes: tuple[Scope, ...], stems: tuple[Scope, ...], kind: str,
) -> Provision:  # fmt: skip
    start, end = _trim(draft.folded.text, segment.start, segment.end)
    condition = [part for part in segment.parts if part.kind == "condition"]
    exception = _exception(draft.folded.text, start, end)
    return Provision(
        start=_original(draft, start, end).start,
        end=_original(draft, start, end).end,
        clause=clause,
        bearer=bearer.name,
        side=bearer.side,
        known_by=bearer.known_by,
        force=force,
        polarity=polarity,
        hedges=_hedges(draft, start, end),
        stems=tuple(_original(draft, *stem) for stem in stems),
        negations=tuple(_original(draft, *scope) for scope in scopes),
        condition=_original(draft, condition[0].start, condition[-1].end) if condition else None,
        exception=_original(draft, *exception) if exception else None,
        kind="item" if kind == "item" else "table_row" if kind == "table_row" else "sentence",
    )


def _original(draft: Draft, start: int, end: int) -> Span:
    return Span(*draft.folded.original(start, end))


def _trim(text: str, start: int, end: int) -> Scope:
    while start < end and text[start] in "，。；：、 \t\n":
        start += 1
    while end > start and text[end - 1] in "，。；、 \t\n":
        end -= 1
    return start, end


def _hedges(draft: Draft, start: int, end: int) -> tuple[Hedge, ...]:
    first = bisect_left(draft.hedge_starts, start)
    last = bisect_left(draft.hedge_starts, end)
    found = []
    for kind, low, high in draft.hedges[first:last]:
        span = _original(draft, low, min(high, end))
        found.append(Hedge(kind=kind, start=span.start, end=span.end))
    return tuple(found)


_EXCEPTION = re.compile(r"除[^，。；\n]{1,60}外|[^，。；\n]{1,60}(?:的)?除外")


def _exception(text: str, start: int, end: int) -> Scope | None:
    match = _EXCEPTION.search(text, start, end)
    return match.span() if match else None


def _emit_plain(draft: Draft, clause: int, start: int, end: int, kind: str) -> None:
    """A title, heading, party line or signature line: no statement of anybody."""
    low, high = _trim(draft.folded.text, start, end)
    if low >= high:
        return
    span = _original(draft, low, high)
    draft.out.append(
        Provision(
            start=span.start,
            end=span.end,
            clause=clause,
            bearer=None,
            side="unknown",
            known_by="default",
            force="statement",
            polarity="positive",
            kind="signature" if kind == "signature" else "title",
        )  # fmt: skip
    )


# ---- Table rows ------------------------------------------------------------------------------------------------


def _row(draft: Draft, flow: Flow, block: Block, start: int, end: int) -> None:
    header = _header(draft, block)
    if header is None:
        _emit_plain(draft, flow.clause, start, end, "title")
        return
    segment = Segment(start, end, tuple(part for piece in segments(draft.scanned, start, end) for part in piece.parts))
    if not segment.parts:
        return
    titles = [draft.document.text[cell.start : cell.end] for cell in header.cells]
    lead = draft.leads.get(flow.clause) or flow.lead
    inherited = Bearer(lead.bearer.name, lead.bearer.side, "inherited") if lead else flow.heading or UNKNOWN
    bearer = _row_bearer(draft, block, titles) or bearer_of(draft.scanned, segment, inherited, draft.parties)
    force, _ = force_of(draft.scanned, segment, bearer)
    if lead and lead.force and force in ("statement", "commitment", "condition"):
        force = lead.force
    polarity, scopes, _ = negations_of(draft.scanned, segment)
    if _REPEALED.search(draft.folded.text, start, end):
        force, polarity, scopes = "report", "negative", ((start, end),)
    else:
        scopes = (*scopes, *_old_cells(draft, block, titles))
    stems = [
        *flow.stems,
        *([lead.span] if lead and lead.span not in flow.stems else []),
        draft.folded.folded(header.start, header.end),
    ]
    draft.out.append(_frozen(draft, flow.clause, segment, bearer, force, polarity, scopes, tuple(stems), "table_row"))


def _header(draft: Draft, block: Block) -> Block | None:
    """The first row of the table that `block` belongs to, or None if it is that row."""
    blocks = draft.document.blocks
    index = bisect_left(blocks, block.start, key=lambda other: other.start)
    first = index
    while first and blocks[first - 1].kind == "table_row" and blocks[first - 1].table == block.table:
        first -= 1
    return None if first == index else blocks[first]


def _row_bearer(draft: Draft, block: Block, titles: list[str]) -> Bearer | None:
    for title, cell in zip(titles, block.cells, strict=False):
        if _DUTY_COLUMN.search(title):
            mentions = draft.scanned.mentions_in(*draft.folded.folded(cell.start, cell.end))
            name = draft.document.text[cell.start : cell.end].strip()
            if mentions and name:
                return Bearer(name, mentions[0].side, "said")
    return None


def _old_cells(draft: Draft, block: Block, titles: list[str]) -> tuple[Scope, ...]:
    """Cells under 原约定, 修改前: quoted, no longer agreed."""
    return tuple(
        draft.folded.folded(cell.start, cell.end)
        for title, cell in zip(titles, block.cells, strict=False)
        if _OLD_COLUMN.search(title)
    )
