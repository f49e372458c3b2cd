"""Whose statement a segment is: said in it, taken over from what stands above or before, or told by what is done."""

import re

import msgspec

from contract_audit.chinese.openings import compiled
from contract_audit.chinese.past_money import PAST_MONEY
from contract_audit.clauses import lexicon
from contract_audit.clauses.parts import Part, Segment
from contract_audit.clauses.scan import Mention, Scan
from contract_audit.model import KnownBy, Party, Side

_BENEFIT = compiled(lexicon.BENEFIT)
_SANCTION = compiled(lexicon.SANCTION)
_GOVERNMENT_ACT = compiled(lexicon.GOVERNMENT_ACT)
_REFUND = compiled(lexicon.REFUND)
_GRANT = compiled(lexicon.GRANT)
_INVESTOR_ACT = compiled(lexicon.INVESTOR_ACT)
_HANDS_OVER = re.compile(r"无息|不计|原额|一次性|[日月后规约]|全额|等额|足额|差额|按|[%成]|给予|予以")
_GIVES_ITSELF = re.compile(
    r"(?:自行|自愿|应当?|须|将|可以?|负责|依法|同意|承诺|按[^，。；]{1,20}){0,3}(?:给予|予以|支付|奖励|补偿|补助"
    r"|返还|退还|赔偿|兑现|拨付|承担)"
)
# 乙方认为需要的其他支持, in a list of what the government gives: the enterprise only wants it.
_WANTED = re.compile(r"[^，]{1,12}(?:认为|需要?|所需|提出|要求|申请|反映)[^，的]{0,10}的[^的，]{1,16}$")
_PAID = re.compile(
    r"(?:赔偿|补偿|支付|返还|退还|给|奖励|兑现|交付|移交|供应|向|为|授予|确保|保证|协助|支持|帮助|[付汇划转归]至"
    r"|[汇划转归]入|交由|[交退还付拨借])$"
)


class Bearer(msgspec.Struct, frozen=True):
    """Who bears a statement: the name as said, the side, how it is known."""

    name: str | None
    side: Side
    known_by: KnownBy


UNKNOWN = Bearer(None, "unknown", "default")


def bearer_of(scan: Scan, segment: Segment, inherited: Bearer, parties: tuple[Party, ...]) -> Bearer:
    """The bearer of a segment; `inherited` is what the lead-in, the sentence before or the heading would give."""
    said = _said(scan, segment, parties)
    if said and said.known_by == "default" and inherited.side not in ("unknown", _recipient_side(scan, segment)):
        said = None
    text = scan.masked[segment.start : segment.end]
    if said and said.side == "investor" and inherited.side == "government" and _WANTED.fullmatch(text):
        said = None
    candidate = said or inherited
    if candidate.side in ("investor", "unknown") and _is_benefit(scan, segment, said):
        return _government(parties)
    if candidate.side != "unknown" and not (said is None and candidate.side == "both"):
        return candidate
    if _GOVERNMENT_ACT.search(text):
        return _government(parties)
    if _INVESTOR_ACT.search(text):
        return Bearer(None, "investor", "default")
    return candidate


def _said(scan: Scan, segment: Segment, parties: tuple[Party, ...]) -> Bearer | None:
    mains = segment.stating or segment.parts
    for part in mains:
        if part.agent:
            return _bearer(part.agent, part.partners if not part.subject else ())
    for part in mains:
        if part.subject:
            return _bearer(part.subject, part.partners)
    recipient = next((part.recipient for part in mains if part.recipient and _is_paid(scan, part)), None)
    conditional = next((part.subject for part in segment.parts if part.kind != "main" and part.subject), None)
    if (
        conditional
        and conditional.side == "investor"
        and any(_SANCTION.search(scan.masked, part.start, part.end) for part in segment.mains)
    ):
        return _government(parties)
    if conditional and (recipient is None or recipient.side != conditional.side or conditional.side == "both"):
        return _bearer(conditional, ())
    if recipient and (payer := _opposite(recipient.side, parties)):
        return payer
    return None


def _recipient_side(scan: Scan, segment: Segment) -> Side:
    return next((part.recipient.side for part in segment.stating if part.recipient and _is_paid(scan, part)), "unknown")


def _is_paid(scan: Scan, part: Part) -> bool:
    """Whether the recipient of a part is handed something: 赔偿乙方, 向乙方支付."""
    recipient = part.recipient
    return recipient is not None and bool(
        _PAID.search(scan.masked, max(part.start, recipient.start - 4), recipient.start)
    )


def _bearer(mention: Mention, partners: tuple[Mention, ...]) -> Bearer:
    sides = {mention.side, *(partner.side for partner in partners)}
    name = "、".join([mention.text, *(partner.text for partner in partners)])
    return Bearer(name, mention.side if len(sides) == 1 else "both", "said")


def _opposite(side: Side, parties: tuple[Party, ...]) -> Bearer | None:
    if side == "investor":
        return _government(parties)
    if side != "government":
        return None
    firms = [party.role for party in parties if party.side == "investor"]
    return Bearer(firms[0] if len(firms) == 1 else None, "investor", "default")


def _government(parties: tuple[Party, ...]) -> Bearer:
    offices = [party.role for party in parties if party.side == "government"]
    return Bearer(offices[0] if len(offices) == 1 else None, "government", "default")


def _is_benefit(scan: Scan, segment: Segment, said: Bearer | None) -> bool:
    """Whether the enterprise is the one that gets something: 乙方享受…, 乙方…按…给予补助, 项目公司免缴…."""
    for part in segment.mains:
        if part not in segment.stating and PAST_MONEY.fullmatch(scan.masked, part.start, part.end):
            continue
        match = _BENEFIT.search(scan.masked, part.start, part.end)
        given = None if match else _GRANT.search(scan.masked, part.start, part.end)
        if match is None and given is None and not part.subject:
            match = _REFUND.search(scan.masked, part.start, part.end)
        match = match or given
        if match is None or part.agent:
            continue
        before = {
            token.kind
            for token in part.tokens
            if token.start < match.start() and not scan.masked.startswith("未", token.start)
        }
        handed = given is not None or _HANDS_OVER.match(match.group())
        if before & {"prohibit", "deny"} or (before & {"duty", "hard"} and handed):
            continue
        if said and part.subject and _GIVES_ITSELF.match(scan.masked, part.subject.end, part.end):
            continue
        return True
    return False


def _names_nothing_else(heading: str, mentions: tuple[Mention, ...]) -> bool:
    """【甲方】, ★乙方须办, （甲）管委会负责: no word beside the party but that it acts."""
    for mention in mentions:
        heading = heading.replace(mention.text, "", 1)
    return bool(_ACTS_ONLY.fullmatch(heading))


_ACTS_ONLY = re.compile(
    r"(?:[^\u4e00-\u9fffA-Za-z0-9]|[（(【]?[甲乙丙丁一二三四五六七八九十0-9]{1,2}[）)】、.．]|第[一二三四五六七八九十]{1,2}[章节条]|属于?|由"
    r"|应|须|需|要|负责|办理|办|做|承担|完成|的|各?项|如下|以下)*"
)


def heading_bearer(scan: Scan, start: int, end: int) -> Bearer | None:
    """The bearer that a heading [start, end) gives to what stands below it: 甲方的权利和义务, 扶持政策."""
    text = scan.masked[start:end]
    mentions = scan.mentions_in(start, end)
    sides = {mention.side for mention in mentions}
    named = len(sides) == 1
    if named and (re.search(lexicon.HEADING_OF, text) or _names_nothing_else(text, mentions)):
        side = mentions[0].side
        return Bearer(mentions[0].text, side, "heading") if side != "both" else None
    if mentions:
        return None
    if re.search(lexicon.GOVERNMENT_HEADING, text):
        return Bearer(None, "government", "heading")
    return Bearer(None, "investor", "heading") if re.search(lexicon.INVESTOR_HEADING, text) else None
