"""Sentences, their comma parts, and where a new statement with its own bearer begins.

All offsets are those of folded text. A sentence ends at 。！？； or the line end; bracketed and quoted words are blanked in
`Scan.masked`, so that no cut falls inside them.
"""

import re
from typing import Literal

import msgspec

from contract_audit.chinese.past_money import PAST_MONEY
from contract_audit.clauses import lexicon
from contract_audit.clauses.scan import Mention, Scan, Token

PartKind = Literal["main", "condition", "adverbial"]

_END = re.compile(r"[。！？；\n]")
_ADVERBIAL = re.compile(
    r"(?:时|之?后|以后|之?前|以前|以?内|之内|期间|起|期满|届满|[0-9一二三四五六七八九十]日|月底|年底|季度末|同时"
    r"|的?情况下|前提下|条件下|基础上|范围内|原则|下|之?外|以外|为前提|为目的|过程中|结束|方式"
    r"|[前后头首][0-9一二两三四五六七八九十]{1,2}个?(?:年|月|季度))$"
)
# 在法律、法规允许的范围内: a frame, whatever marking words stand in it.
_FRAME = re.compile(r"[在于][^，]*(?:范围内?|框架内|条件下|基础上)$")
# 乙方每引进一家企业，甲方…: the case in which the next part holds.
_EACH = re.compile(
    r"[^，]{0,10}每(?:再|多)?(?:引进|引入|招引|新增|增加|增长|完成|达到|实现|取得|获得|培育|投入|建成|购置|超过|介绍|带动|吸纳)"
)
# 由甲方铺到乙方车间外: how far somebody lays it, not when or if.
_TO_A_PLACE = re.compile(r"[至到在通进][^，。；]{1,20}(?:[线墙门房间区厂楼路口场库院站][内外下]|旁|边|侧)$")
_OPENS_CONDITION = re.compile(
    r"(?:[但且并而则]|其中)?(?:如果?(?!实|下|期|数|约)|若|倘若?|假如|即使|即便|哪怕|凡|一旦|因(?!此|而)|由于|遇有?|当(?!地|事|年"
    r"|期|月|日)|除|经(?!营|济|开|办|费)|未经|非经|不论|无论|不管|不问)"
)
_ACTION = re.compile(
    r"提供|签订|办理|完成|建设|执行|实施|使用|缴纳|支付|履行|开展|组织|进行|作为|采取|结算|收取|计算|计付|计收|计息|偿付|结清|退还|退回|缴回|归还|补缴|补足|赔偿|处理|承担"
    r"|享有|出让|供给|交付|成立|设立|安排|修建|购置|新建|接入|落实|制定|建立|组建|通[水电气车]|[0-9%]$"
)
_HANDS_OVER = re.compile(r"移交|交给|腾[空出]|平整|拆除|[铺架敷]设")  # 按净地标准将整宗土地移交乙方
_HAPPENED = re.compile(
    r"(?:改|变|换|走|停|取消|调整|收紧|撤销?|合并|到期|下来)了$"
    r"|^(?:上级|上面|国家|省里|财政|业主|总包方?)[^，。]{0,6}(?:不|未|没)[^，]{1,6}$"
    r"|^[^，的]{2,16}(?:未|没有?)(?:到账|到位|下达|拨付|批准|通过|付款|付|拨|下来|落实|出具|完成)$"
)
_WHATEVER = re.compile(r"(?:不论|无论|不管|不问)[^，]{0,24}(?:有无|是否|何|原因|过错|责任|与否)")
_BREACH = re.compile(r"不按(?!时)|未按|不履行|未履行|违反|未能|拒不")
_OPENS_ADVERBIAL = re.compile(r"(?:按照?|根据|依据|依照|为(?!期|准|限|主|乙|甲)|鉴于|对于?|就|围绕|本着|通过|参照|本)")
_WEAK = frozenset({"contrast", "past", "define", "replace", "repeal"})
# A part with none of these joining words and no marking word names a topic (成交价超过8万元的部分，由甲方…), it does not state.
_SAYS = frozenset({"duty", "permit", "hard", "effort", "prohibit", "deny", "exempt"})
_RELATIVE = re.compile(
    r"(?:希望|要求|请求|申请|提出)[^，的]{1,10}的[^，的]{1,16}$|(?:涉及|申请|缴纳|上缴|缴存|表示|提出|反映|形成|引进|购置|购买|提供|发生|产生|取得|获得|支付|承担|投入|建设|新增"
    r"|租赁|租用|使用|签订|约定|应缴|实缴|实现|所[一-龥]{1,4})的[^的]{1,24}$"
    r"|之差$|差额$|(?:事项|事宜|问题|请求|诉求)$|的(?:请求|要求|诉求|申请|建议|请示|部分|差额|差价|缺口)$"
)
# 乙方应缴增值税的地方部分, 乙方设备搬迁运费: money or a thing that the next part speaks of.
_OWED = re.compile(r"(?:应当?|须|需|依法)(?:缴纳?|交纳?|纳|付|支付|承担|上缴)[^，]{0,20}[的之][^的，]{0,12}$")
_WHETHER = re.compile(r"是否|能否|可否|与否|如何|多少$")
_THING = re.compile(
    r"(?:[费款金税息租电水气路]|资金|经费|开支|支出|损失|差额|债务|工资|社保|管网|工程|设施|手续|证照|批文|批复|许可证?|指标"
    r"|土地|用地|厂房|宿舍|设备|问题|缺口|投资|部分)等?$"
)
# 甲方应当在2025年3月31日前，由县自然资源局发布公告: what is owed comes after, whoever does it for the bearer.
_WHEN_ONLY = re.compile(
    r"(?:应当?|必?须|需|负责|承诺|保证|确保|同意)[于在]?(?:最迟)?[0-9一二三四五六七八九十两〇年月日底末上下半季度第个工作天]+(?:之?前|以?内)$"
)
_NOUN_PHRASE = re.compile(r"的[一-龥、]{1,16}$")
# Money laid out for something is done, not named: 甲方安排一千五百万元用于乙方厂房的改造，由乙方自行施工.
_SPENDS = re.compile(
    r"(?:安排|拨付|投入|出资|筹集|给予|提供|支付|拿出|列支|落实)[^的，]{1,20}(?:用于|作为|支持|给予|补助)"
)
_UNMET = re.compile(r"^[^，不]{0,20}未[^，]{1,10}的[^的]{1,12}$")
_STATES = re.compile(r"[由以按将使经给为是在与被把依向]")
_NEW_DENIAL = re.compile(
    r"(?:也|亦|均|更|且)不(?![限含超低高少多])|"
    r"(?:[，、]|并且?|且|也|亦|均|但是?|但|同时|更|一律){0,3}(?:不得(?!不|(?:作为|成为|构成|视为)[^，。；]{0,14}(?:理由|事由|借口|抗辩|障碍))|严禁|禁止|不准|不许|不予|不再|不承诺"
    r"|不承担|不作|不做|不向|不将|不以|不提供|不收|绝不|决不|无权|不参与|不要求|不摊派|互不)"
)
_CONTRAST = re.compile(r"(?:但是|但(?!书)|然而|而是|而应|不过|同时)")
_BEFORE = re.compile(rf"{lexicon.BEFORE_SUBJECT}{{0,3}}")
_OWNER = re.compile(lexicon.OWNER)
_ACTS = re.compile(lexicon.ACTS)
_TOWARDS = re.compile(r"[被向与给把]|对(?!应)")
# 待出让金由市财政划回后六个月内支付: who acts in the opening clause of time does not bear the part.
_OPENING = re.compile(
    r"(?:待|自|从|在|于|经|当)[^，]{2,40}?(?:之?后|之日起|之日|时"
    r"|之?前)(?:[0-9一二三四五六七八九十百]{1,4}个?(?:工作日|自然日|月|日|年|天|季度)以?内)?"
)
_JOINED = re.compile(r"[和与及、或]+$|以及$|或者$")
_AGENT = re.compile(r"(?<![不交给转])由(?:相关|有关|各)?$")
_PAYS = re.compile(r"(?:来)?(?:出|承担|负担|负责|认账|兜|赔|付|支付|解决|买单|扛|管|的$)")
_CAUSED = re.compile(r"(?:责成|委托|请)$")
# 协调供电部门将专线接至厂区, 代表县政府签订: somebody else gets them to act, or acts for them.
_GOT_TO = re.compile(r"(?:协调|督促|敦促|商请|争取|促成|促使|说服|动员|代表)(?:有关|相关)?$")
_AGENT_NOUN = re.compile(
    r"(?:委托|指定|认可|提供|出资|聘请|选定|负责人)[^，。；]{0,6}的"
    r"|(?:缴纳|缴交|交纳|承担|支付|负担|申请|垫付)[^，。；]{0,4}的[^，。；由将应须给]{1,14}$"  # 应由乙方缴纳的供电费
)


class Part(msgspec.Struct, frozen=True):
    """What stands between two commas. `subject` acts in it, `agent` is named with 由, `recipient` receives."""

    start: int
    end: int
    kind: PartKind
    subject: Mention | None
    agent: Mention | None
    recipient: Mention | None
    partners: tuple[Mention, ...]  # joined to the subject with 和, 与, 、
    tokens: tuple[Token, ...]


class Segment(msgspec.Struct, frozen=True):
    """Neighbouring parts that make one statement of one bearer.

    `mains` say something rather than when or if; `stating` are those without a mere topic for what follows, all if none.
    """

    start: int
    end: int
    parts: tuple[Part, ...]
    mains: tuple[Part, ...]
    stating: tuple[Part, ...]


def sentences(masked: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences inside [start, end) as (start, end); marks left out, empty ones dropped."""
    found = []
    position = start
    for match in _END.finditer(masked, start, end):
        if masked[position : match.start()].strip():
            found.append((position, match.start()))
        position = match.end()
    if masked[position:end].strip():
        found.append((position, end))
    return found


def segments(scan: Scan, start: int, end: int) -> list[Segment]:
    """The statements of one sentence [start, end), in order; they leave out nothing but the commas between them."""
    cuts: list[list[Part]] = []
    current: list[Part] = []
    pending: list[Part] = []  # adverbials and conditions that may open the next statement
    mains: list[Part] = []  # main parts of `current`
    for part in parts(scan, start, end):
        if part.kind != "main":
            pending.append(part)
            continue
        begun = len(mains) > 3 or any(not _is_topic(scan, other, part) for other in mains)
        if begun and _opens(scan, part, pending):
            cuts.append(current)
            current, mains = [], []
        current += [*pending, part]
        mains.append(part)
        pending = []
    current += pending
    return [segment_of(scan, cut) for cut in (*cuts, current) if cut]


def segment_of(scan: Scan, cut: list[Part]) -> Segment:
    """A segment of the given parts, at least one."""
    mains = tuple(part for part in cut if part.kind == "main")
    stating = tuple(
        part for part, following in zip(mains, (*mains[1:], None), strict=False) if not _is_topic(scan, part, following)
    )
    return Segment(cut[0].start, cut[-1].end, tuple(cut), mains, stating or mains)


def parts(scan: Scan, start: int, end: int) -> list[Part]:
    """The comma parts of a sentence, classified; the last one is never a mere adverbial unless it stands alone."""
    found: list[Part] = []
    position = start
    masked = scan.masked
    while position < end:
        comma = masked.find("，", position, end)
        stop = comma if comma >= 0 else end
        if masked[position:stop].strip():
            found.append(_part(scan, position, stop, last=comma < 0))
        position = stop + 1
    return found


def _opens(scan: Scan, part: Part, pending: list[Part]) -> bool:
    """Whether a statement of its own begins with `part` (and what is pending before it)."""
    if _WHATEVER.match(scan.masked, part.start, part.end):
        return False
    if part.subject or part.agent or any(token.kind == "define" for token in part.tokens):
        return True
    if scan.masked.endswith("除外", part.start, part.end) or scan.masked.startswith("或", part.start):
        return False
    if any(other.kind == "adverbial" and other.subject for other in pending):
        return True
    if any(
        other.kind == "condition" and (other.subject or _OPENS_CONDITION.match(scan.masked, other.start))
        for other in pending
    ):
        return True
    if any(scan.masked[other.end - 1] == "的" for other in pending):
        return True
    return bool(_NEW_DENIAL.match(scan.masked, part.start) or _CONTRAST.match(scan.masked, part.start))


def _is_topic(scan: Scan, part: Part, following: Part | None) -> bool:
    """Whether a part only names what the next one is about: 成交价超过8万元的部分，由甲方…; 你公司申请的贷款，我县同意…."""
    text = scan.masked[part.start : part.end]
    if following is None:
        return False
    if _is_thing(part, following, text) or ((following.agent or following.subject) and PAST_MONEY.fullmatch(text)):
        return True
    if following.agent and _WHEN_ONLY.search(text):
        return True
    if any(token.kind in _SAYS for token in part.tokens) and not _UNMET.search(text):
        return False
    if _says_who(part, text) or (part.subject and _SPENDS.search(text)):
        return False
    if (("的" in text or text[-1] in "差额项宜题求") and _RELATIVE.search(text)) or (
        following.agent and not following.subject and _NOUN_PHRASE.search(text)
    ):
        return True
    return not (part.subject or part.agent or part.tokens or _STATES.search(text) or _ACTION.search(text))


def _says_who(part: Part, text: str) -> bool:
    """Whether somebody named with 由 does something about what a part names: 乙方所发生的后果由甲方承担, …."""
    relative = _RELATIVE.search(text)
    return bool(relative and part.agent and 0 <= text.find("的", relative.start()) < part.agent.start - part.start)


def _is_thing(part: Part, following: Part, text: str) -> bool:
    """Whether a part names money or a thing that somebody else does something about: 乙方应缴增值税的地方部分，由甲方…."""
    actor = following.agent or following.subject
    if actor is None or part.agent or (part.subject and part.subject.side == actor.side and not following.agent):
        return False
    if _OWED.search(text) or (following.agent and _WHETHER.search(text)):
        return True
    return following.agent is not None and not part.tokens and not _STATES.search(text) and bool(_THING.search(text))


def _part(scan: Scan, start: int, end: int, *, last: bool) -> Part:
    tokens = scan.tokens_in(start, end)
    subject, agent, recipient, partners = _roles(scan, start, end)
    kind = _kind(scan.masked[start:end], tokens, last=last)
    if kind == "adverbial" and agent is not None and _TO_A_PLACE.search(scan.masked, agent.end, end):
        kind = "main"
    return Part(start, end, kind, subject, agent, recipient, partners, tokens)


def _kind(text: str, tokens: tuple[Token, ...], *, last: bool) -> PartKind:
    says = any(token.kind not in _WEAK and token.kind not in ("deny", "effort") for token in tokens)
    if text.startswith("除") and text.endswith("外"):
        return "condition"
    if text.endswith("的") and not (text.endswith("目的") or (last and says)):
        return "condition"
    if _HAPPENED.search(text) and not (last or says):
        return "condition"
    if last:
        return "main"
    if (_OPENS_CONDITION.match(text) or _BREACH.search(text) or _EACH.match(text)) and not says:
        return "condition"
    if (
        text.endswith(("时", "后", "情况下", "前提下"))
        or _FRAME.match(text)
        or (_ADVERBIAL.search(text[-6:]) and not says)
    ):
        return "adverbial"
    if _OPENS_ADVERBIAL.match(text) and not says and not _ACTION.search(text) and not _HANDS_OVER.search(text):
        return "adverbial"
    return "main"


def _roles(
    scan: Scan, start: int, end: int
) -> tuple[Mention | None, Mention | None, Mention | None, tuple[Mention, ...]]:
    subject = agent = recipient = None
    partners: list[Mention] = []
    masked = scan.masked
    previous = -1
    opening = _OPENING.match(masked, start, end)
    start = opening.end() if opening else start
    for mention in scan.mentions_in(start, end):
        before = masked[max(start, mention.start - 8) : mention.start]
        adjoining, previous = mention.start == previous, mention.end
        if adjoining or _GOT_TO.search(before):  # 乙方 + 人力资源部门: a part of the one named before
            continue
        pays = before.endswith(("归", "算")) and _PAYS.match(masked, mention.end, end)
        if _AGENT.search(before) or pays or (subject is None and agent is None and _CAUSED.search(before)):
            if agent is None and not _AGENT_NOUN.match(masked, mention.end, end):
                agent = mention
        elif (
            subject is not None
            and mention.start - subject.end < 4
            and not masked[subject.end : mention.start].strip("和与及、或以者")
        ) or (agent is not None and mention.start - agent.end <= 1 and _JOINED.search(before)):
            partners.append(mention)
        elif subject is None and _is_subject(masked, mention, start, end):
            subject = mention
        elif recipient is None and before and before[-1] in lexicon.OBLIQUE:
            recipient = mention
    return subject, agent, recipient, tuple(partners)


def _is_subject(masked: str, mention: Mention, start: int, end: int) -> bool:
    if _OWNER.match(masked, mention.end, end):
        return False
    opening = _BEFORE.match(masked, start, mention.start)
    at_head = opening is not None and opening.end() == mention.start
    if at_head:
        return True
    before = masked[mention.start - 1]
    if before in lexicon.ADVERBIAL_END and not _TOWARDS.search(masked, max(start, mention.start - 40), mention.start):
        return True
    acts = _ACTS.match(masked, mention.end, end)
    return bool(acts) and before not in lexicon.OBLIQUE and before not in "的和与及、或"
