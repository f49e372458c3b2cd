"""Clauses to provisions: one normative statement of one bearer each, with its force, hedges and lead-ins.

Works on the folded text of the whole document and maps every offset back at the end. For each clause its own lines are
cut into paragraphs, sentences and segments (`parts`); bearer (`bearers`), force and denials (`force`) are read off each;
list items and table rows take over subject, condition and force of the lead-ins above them.
"""

import re
from bisect import bisect_left, bisect_right
from itertools import takewhile

from contract_audit.chinese.text import fold
from contract_audit.clauses import hedges as hedge_words
from contract_audit.clauses.bearers import UNKNOWN, Bearer, bearer_of, heading_bearer
from contract_audit.clauses.draft import Draft, Flow, LeadIn, Reading, emit_plain, finish
from contract_audit.clauses.force import Scope, force_of, is_drafters_note, negations_of
from contract_audit.clauses.headings import is_of_a_party
from contract_audit.clauses.numbering import wording_start
from contract_audit.clauses.parts import Segment, segments, sentences
from contract_audit.clauses.rows import headers_of, read_row
from contract_audit.clauses.scan import scan
from contract_audit.clauses.schedules import debtor, statement_of_table
from contract_audit.model import Block, Clause, Document, Force, Party, Provision

_LEADS_IN = re.compile(r"[：:]\s*$|(?:如下|以下|下列|下述|下表|如下表)[^，。；]{0,12}[。：:]?\s*$")
_CASES = re.compile(
    r"(?:有|出现|发生|具备|符合)?(?:下列|以下|下述)[^，。；]{0,8}(?:情形|情况|行为|条件|事由|原因)(?:之一)?的?"
)
# 甲方不得有下列行为：, 本协议不包含以下内容：, 正式协议不得规定：
_DENIES_ITEMS = re.compile(
    r"(?:(?:不得|禁止|严禁|不准|不许)[^，。；：]{0,16}(?:(?:下列|以下|如下)[^，。；：]{0,10}|规定|约定|承诺|包含|包括|写入|要求|含有)"
    r"|(?:不|未|没有)(?:再|得)?(?:包含|包括|含有?|作出?|做出?|提供|给予|承诺|约定|设定|规定|写入)[^，。；：]{0,10}(?:下列|以下|如下)[^，。；：]{0,10})"
    r"[：:]?\s*$"
)
_ASKS = re.compile(r"(?:[^建讯访]问|询问|提问|咨询)$")  # 企业问：…: what follows is asked, and answered later
_REFERS_BACK = re.compile(
    r"(?:其中|上述|前述|前款|前项|前条|上款|该(?:等|项|笔|部分)?(?:资金|款项|奖励|补助|补贴|费用|部分|政策|优惠"
    r"|金额|保证金)"
    r"|此项|此款|否则|不然|其余(?!事项|内容|条款|约定|各[项条款]|未尽|问题|工作)|剩余|余款|余下|以上|本款|(?:高出|超出|超过|不足|低于|结余)(?:的)?部分|差额|差价|溢价)"
)
_NAMES_BEFORE = re.compile(r"上述|前述|前款|前项|前条|上条|上款|以此|据此|对此|就此")
_HANDED = re.compile(
    r"(?:补给|返还|返给|退还|退给|补足|补齐|拨付|兑付|兑现|支付|付给|给予|承担|负担|解决|抵扣|冲抵|奖励|补助"
    r"|补贴)(?:给|予)?$"
)
_OBJECT = re.compile(r"[款金税租费]|资金|损失|差额|差价|部分|责任|奖(?!励$)|补(?:贴|助)(?!$)")
_HEAD_FIELD = re.compile(r"[^，。；：]{1,16}：")
_ASIDE = re.compile(r"（(?:备注|注|说明|批注)[：:][^）\n]*）")


def provisions(document: Document, clauses: tuple[Clause, ...], parties: tuple[Party, ...]) -> tuple[Provision, ...]:
    """All provisions of a document in order. `clauses` from `parse`, `parties` with their sides; no error is raised."""
    folded = fold(document.text)
    scanned = scan(folded.text, parties)
    found = hedge_words.find(folded.text)
    draft = Draft(
        document, clauses, parties, folded, scanned, found, [start for _, start, _ in found], headers_of(document)
    )
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
            emit_plain(draft, index, low, high, "title" if clause.kind == "title" else "signature")
        return
    flow = _flow(draft, index)
    first = draft.folded.folded(wording_start(draft.document.text, clause.start, clause.label), 0)[0]
    for block in _blocks(draft.document, clause):
        low, high = draft.folded.folded(max(block.start, clause.start), min(block.end, clause.end))
        low = max(low, first)
        if low >= high:
            continue
        if block.kind == "table_row":
            read_row(draft, flow, block, low, high)
        else:
            _paragraph(draft, flow, clause, low, high)


def _flow(draft: Draft, index: int) -> Flow:
    clause = draft.clauses[index]
    stems: list[Scope] = []
    lead: LeadIn | None = None
    heading: Bearer | None = None
    for above in _above(draft, index):
        if above in draft.leads:
            stems.insert(0, draft.leads[above].span)
            lead = lead or draft.leads[above]
        heading = heading or _heading_of(draft, above)
    kinds = {clause.kind, *(draft.clauses[above].kind for above in _above(draft, index))}
    if draft.opening and not kinds & {"preamble", "attachment"}:
        stems.insert(0, draft.opening.span)
        lead = lead or draft.opening
    return Flow(index, tuple(stems), lead, _heading_of(draft, index) or heading, recital="preamble" in kinds)


def _above(draft: Draft, index: int) -> list[int]:
    """Indices of the clauses above one, nearest first."""
    found = []
    parent = draft.clauses[index].parent
    while parent is not None:
        found.append(parent)
        parent = draft.clauses[parent].parent
    return found


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
    if _is_caption(draft, clause, start, end) or (clause.kind == "preamble" and _is_party_line(text[start:end])):
        emit_plain(draft, flow.clause, start, end, "title")
        return
    if is_of_a_party(draft.folded.text[start:end]):
        draft.leads.pop(flow.clause, None)
        flow.lead = flow.topic = None
        flow.heading = draft.headings[flow.clause] = heading_bearer(draft.scanned, start, end)
        emit_plain(draft, flow.clause, start, end, "title")
        return
    if clause.heading and _is_heading_line(draft, clause, start, end):
        emit_plain(draft, flow.clause, start, end, "title")
        return
    spans = sentences(text, start, end)
    for order, (low, high) in enumerate(spans):
        if order == 0 and len(spans) > 1 and clause.heading and _is_heading_line(draft, clause, low, high):
            emit_plain(draft, flow.clause, low, high, "title")
            flow.label_stem = (low, high)
            continue
        _sentence(draft, flow, clause, low, high, last=order == len(spans) - 1)


_ADDRESSEE = re.compile(r"[^，。；：]{2,40}(?:公司|银行|政府|局|委员会|集团|合作社|商会|协会|厂|院|中心)：")


def _is_caption(draft: Draft, clause: Clause, start: int, end: int) -> bool:
    """The name of a table or of an attachment (a short line without punctuation), or an addressee with a colon."""
    text = draft.folded.text[start:end]
    if clause.label is not None or clause.kind not in ("clause", "attachment", "preamble"):
        return False
    if _ADDRESSEE.fullmatch(text):
        return True
    short = end - start <= 30 and not re.search(r"[，。；：]", text)
    return short and (clause.kind != "clause" or draft.folded.original(start, end)[1] + 1 in draft.headers)


def _is_party_line(text: str) -> bool:
    match = _HEAD_FIELD.match(text)
    return bool(match) and len(text) < 80 and not re.search(r"[。；]", text)


def _is_heading_line(draft: Draft, clause: Clause, start: int, end: int) -> bool:
    heading = fold(clause.heading or "").text
    own = draft.folded.text[start:end]
    return (
        own == heading
        or own.rstrip("：。") == heading.rstrip("：。")
        or (clause.kind == "attachment" and own.endswith(heading))
    )


def _sentence(draft: Draft, flow: Flow, clause: Clause, start: int, end: int, *, last: bool) -> None:
    if flow.topic and flow.heading and flow.heading.side != flow.topic.side:
        flow.topic = None
    colon = _colon(draft.scanned.masked, start, end)
    if colon is not None:
        _inline_lead(draft, flow, start, colon)
        start = colon + 1
    opening: Scope | None = None
    for segment in segments(draft.scanned, start, end):
        conditioned = any(part.kind == "condition" for part in segment.parts)
        flow.opening = None if conditioned else opening
        _statement(draft, flow, clause, segment)
        opening = _opening(segment) or (None if conditioned else opening)
    if last and _LEADS_IN.search(draft.folded.text, start, min(end + 1, len(draft.folded.text))):
        _remember_lead(draft, flow, clause, start, end)


def _opening(segment: Segment) -> Scope | None:
    """The conditions a statement begins with: they hold for what follows in its sentence, too."""
    leading = list(takewhile(lambda part: part.kind != "main", segment.parts))
    if not any(part.kind == "condition" for part in leading):
        return None
    return leading[0].start, leading[-1].end


def _colon(masked: str, start: int, end: int) -> int | None:
    """The colon after a lead-in or heading at the start of a sentence, if words follow it."""
    colon = masked.find("：", start, min(end, start + 48))
    if colon < 0 or colon >= end - 1 or masked.startswith("其中", colon - 2):
        return None
    between_figures = masked[colon - 1].isdigit() and masked[colon + 1].isdigit()
    return (
        None
        if between_figures
        or ("，" in masked[start:colon] and not masked[start:colon].endswith(("承诺", "如下", "意见", "约定")))
        else colon
    )


def _inline_lead(draft: Draft, flow: Flow, start: int, colon: int) -> None:
    """「甲方承诺：…」 gives subject and force to what follows; 「投资规模：…」 only its words."""
    found = segments(draft.scanned, start, colon)
    if not found:
        return
    segment = found[-1]
    says = any(part.subject or part.agent or part.tokens for part in segment.parts)
    asks = bool(_ASKS.search(draft.folded.text, start, colon))
    flow.label_stem = (start, colon)
    if says or asks:
        bearer = bearer_of(draft.scanned, segment, _inherited(flow), draft.parties)
        force, own = force_of(draft.scanned, segment, bearer)
        polarity, _, _ = negations_of(draft.scanned, segment)
        denies = bool(_DENIES_ITEMS.search(draft.folded.text, start, colon))
        flow.lead = LeadIn((start, colon), bearer, force if own else None, polarity, denies, asks)
        flow.topic = None


def _remember_lead(draft: Draft, flow: Flow, clause: Clause, start: int, end: int) -> None:
    """Keep the last statement of a clause that ends with a colon for the items below."""
    if not draft.out or draft.out[-1].clause != flow.clause:
        return
    last, text = statement_of_table(draft, flow.clause, start), draft.folded.text[start:end]
    name = last.bearer
    bearer = Bearer(name, last.side, last.known_by)
    force: Force | None = last.force if last.force not in ("statement", "recital", "citation") else None
    if _CASES.search(text) and not re.search(r"不得|禁止|严禁", text):
        force = "condition"
    low, high = draft.folded.folded(last.start, last.end)
    lead = LeadIn((low, high), bearer, force, last.polarity, bool(_DENIES_ITEMS.search(text)))
    if clause.kind == "preamble":
        draft.opening = _opening_of(draft, lead, text) or draft.opening
    else:
        draft.leads[flow.clause] = lead


def _opening_of(draft: Draft, lead: LeadIn, text: str) -> LeadIn | None:
    """The lead-in as one that all clauses stand under: 我们承诺：; 就来函所提答复如下： is said by the office written to."""
    bearer = lead.bearer
    if bearer.known_by == "said":
        one_sided = bearer.side in ("government", "investor") and _PROMISES.search(text)
        return lead if one_sided else None
    offices = [party for party in draft.parties if party.side == "government"]
    if (
        bearer.side == "unknown"
        and len(offices) == 1
        and _REPLIES.search(text)
        and _ADDRESSED.search(draft.folded.text)
    ):
        return LeadIn(lead.span, Bearer(offices[0].role or None, "government", "inherited"), lead.force, lead.polarity)
    return None


_PROMISES = re.compile(r"承诺|保证|答复|议定|同意|要求|函复|决定")
_REPLIES = re.compile(r"(?:答复|函复|回复|复函|批复)如下")
_ADDRESSED = re.compile(r"[贵你](?:公司|司|企业|单位|厂)")


def _inherited(flow: Flow) -> Bearer:
    if flow.lead and flow.lead.bearer.side != "unknown" and flow.topic is None:
        return Bearer(flow.lead.bearer.name, flow.lead.bearer.side, "inherited")
    if flow.topic:
        return Bearer(flow.topic.name, flow.topic.side, "inherited")
    return flow.heading or UNKNOWN


# ---- One provision ---------------------------------------------------------------------------------------------


def _statement(draft: Draft, flow: Flow, clause: Clause, segment: Segment) -> None:
    bearer = bearer_of(draft.scanned, segment, _inherited(flow), draft.parties)
    if bearer == UNKNOWN:
        bearer = debtor(draft, segment, _statement_above(draft, flow.clause))
    stems = _stems(draft, flow, segment)
    finish(
        draft,
        flow.clause,
        segment,
        "item" if clause.kind == "item" else "sentence",
        _read(draft, flow, clause, segment, bearer),
        stems,
    )
    if bearer.known_by == "said" and not any(part.agent for part in segment.stating):
        flow.topic = bearer
    flow.before = (segment.start, segment.end)


def _read(draft: Draft, flow: Flow, clause: Clause, segment: Segment, bearer: Bearer) -> Reading:
    whole = ((segment.start, segment.end),)
    if flow.recital:
        return Reading(bearer, "recital", *negations_of(draft.scanned, segment)[:2])
    if clause.kind == "note" and is_drafters_note(draft.folded.text[segment.start : segment.end]):
        return Reading(bearer, "citation", "negative", whole)
    force, own = force_of(draft.scanned, segment, bearer)
    polarity, denied, turned = negations_of(draft.scanned, segment)
    if turned and force == "prohibition":
        force = "duty"
    if flow.lead and flow.lead.denies:
        return Reading(bearer, "prohibition", "negative", whole)
    if flow.lead and flow.lead.asks:
        return Reading(bearer, "request", polarity, denied)
    if not own and flow.lead and flow.lead.force:
        force = flow.lead.force
        if flow.lead.polarity == "negative":
            polarity, denied = "negative", whole
    return Reading(bearer, force, polarity, (*denied, *_asides(draft, segment)))


def _stems(draft: Draft, flow: Flow, segment: Segment) -> tuple[Scope, ...]:
    stems = flow.stems
    if flow.lead and flow.lead.span not in stems and flow.lead.span != flow.label_stem:
        stems = (*stems, flow.lead.span)
    if flow.label_stem:
        stems = (*stems, flow.label_stem)
    if flow.opening and flow.opening not in stems:
        stems = (*stems, flow.opening)
    masked = draft.scanned.masked
    if _REFERS_BACK.match(masked, segment.start) or _NAMES_BEFORE.search(masked, segment.start, segment.end):
        before = flow.before or _scope_above(draft, flow.clause)
    else:
        before = flow.before if _is_elliptical(draft, segment) else None
    return (*stems, before) if before and before not in stems else stems


def _scope_above(draft: Draft, clause: int) -> Scope | None:
    above = _statement_above(draft, clause)
    return draft.folded.folded(above.start, above.end) if above is not None else None


def _statement_above(draft: Draft, clause: int) -> Provision | None:
    """The last statement of the clause before, at the same level or above: what 前款, 上述 in the first sentence mean."""
    last = draft.out[-1] if draft.out else None
    if last is None or last.clause is None or last.kind in ("title", "signature") or last.force == "recital":
        return None
    parent = draft.clauses[clause].parent
    if draft.clauses[last.clause].parent != parent and last.clause != parent:
        return None
    return last


def _is_elliptical(draft: Draft, segment: Segment) -> bool:
    """Whether something is handed over that only the statement before names: …，甲方于季末后十五日内等额补给乙方."""
    end = segment.end
    mentions = draft.scanned.mentions_in(segment.start, end)
    if mentions and mentions[-1].end == end:
        end = mentions[-1].start
    gives = _HANDED.search(draft.scanned.masked, segment.start, end)
    return bool(gives) and not _OBJECT.search(draft.scanned.masked, segment.start, end)


def _asides(draft: Draft, segment: Segment) -> tuple[Scope, ...]:
    """Bracketed notes of a drafter inside a sentence: what they say is not agreed."""
    text = draft.folded.text
    return tuple(
        match.span() for match in _ASIDE.finditer(text, segment.start, segment.end) if is_drafters_note(match.group())
    )
