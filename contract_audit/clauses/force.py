"""How strongly a segment binds, whether it is denied, and the scopes inside which its words are denied."""

import re
from typing import Literal

from contract_audit.chinese.text import behind_last
from contract_audit.clauses import lexicon
from contract_audit.clauses.bearers import Bearer
from contract_audit.clauses.parts import Part, Segment
from contract_audit.clauses.scan import Kind, Scan, Token
from contract_audit.model import Force

Polarity = Literal["positive", "negative"]
Scope = tuple[int, int]

_REFUSE = re.compile(lexicon.REFUSE)
_CITED_BEFORE = re.compile(
    r"原(?:合同|协议|约定|条款|第)|(?:合同|协议|办法|文件|纪要)?第[0-9.一二三四五六七八九十百]{1,5}[条款项]|条款"
    r"|(?:该|上述|前述)(?:纪要|文件|办法|通知|批复|政策)|(?:口头|此前|以前|原先)[^，。；]{0,10}(?:说定|谈定|谈好|说好|约定|许诺|答应|承诺)|约定(?![将把由])|所提|请求|诉求|承诺的|(?<![方府会局])承诺(?![将把由在按])"
)
_QUOTES_OTHER = re.compile(
    r"(?:(?<!本)(?<!该)(?:合同|协议|协议书|合同书|纪要|办法|文件|规定|意见|公告"
    r"|\ue001)(?:第[0-9一二三四五六七八九十百]{1,4}条)?(?:[^，。；]{0,4})?(?:约定|规定|载明|明确)|会议指出)(?:[：:]"
    r"|$)"
)
_NOTE = re.compile(
    r"正式文本|此句|此处|删去|删除|不应写|不宜写|建议|待定|待商|起草|修改|供参考|批注|审核时|请[^，。]{0,8}(?:核实"
    r"|确认|斟酌)"
)
_STATES_A_FACT = re.compile(
    r"为准$|本(?:合同|协议|函|承诺书|补充协议|条款?)|一式[一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾0-9]+份|有效期"
    r"|不[低高少大小多]于|不超过|[0-9][,.]*(?:%|万|亿|元|亩|平方|人|名|吨|[个套台])|[是为]"
)
_DONE_THING = re.compile(r"[^，。；于将向]{1,8}的")
_MARKS_NOUN = re.compile(
    r"[按以对把将]|支付|追回|扣|退|[视认当算记列折][为作同成算入]|(?:登记|认定|折算|标注|记录|录入)[为成]?|所载|载明"
)
_ATTRIBUTE = re.compile(
    r"[一-龥]{1,3}?(?:事项|部分|款项|资金|费用|手续|任务|问题|工程|余款|比例)|[^，。；、不]{1,20}?的|[^，。；不]{1,20}?的(?=，)"
)
_TO_SOMEBODY = re.compile(r"曾?[向对与给为就]")  # 未向任何企业承诺…的: a statement, no description
_JOINS = re.compile(r"[并且及、的由和]")
_ENDS_DENIAL = re.compile(
    r"(?:并且?|且|而|同时|还|另|仍|却|则|改|只|仅|由|从|自|第[0-9一二三四五六七八九十]|[差余]额|超出|不足部分|其余|全部|全额|均)"
    r"|[^，。；不未无]{1,6}[款费金](?:自|于)[^，。；]{2,20}[内前](?:一次性|全额)?[付支结]"
)
# 流程未走完、款项未到，均不得作为迟付的理由: what is no excuse stands before the denial.
_NO_EXCUSE = re.compile(r"不(?:得|能|应|可)?(?:作为|成为|构成|视为)[^，。；]{0,14}(?:理由|事由|借口|抗辩|障碍)")
_DRAFT = r"(?:送审|征求意见|讨论|报审)?稿|草案|初稿"
_UNDONE_HEAD = re.compile(
    rf"(?:双方确认[：:，]?|现|将)?(?:废止|删除|删去|取消|撤销)(?:原|第|《|\ue001|本(?:协议|合同)第|{_DRAFT})"
)
# What an earlier text said, where its sentence goes on to take it out: 原第十一条约定由仲裁委员会裁决，…，改为提起诉讼.
_FORMERLY = re.compile(
    rf"(?:原|{_DRAFT})(?:合同|协议|文本|稿)?第[0-9一二三四五六七八九十百]{{1,4}}[条款项](?:第[0-9一二三四五六七八九十]{{1,3}}[款项])?"
    r"(?:中)?(?:关于|的|所|约定|规定|载明|写|“|\ue001)"
)
_TAKEN_OUT = re.compile(rf"[^。；\n]*(?:删去|删除|{lexicon.REPLACE}|废止|不再(?:执行|保留|适用))")
# What an older contract said and is no longer done: 原合同第六条写明：…；第九条写明：…。上述内容2021年以后未再执行.
_OLDER = re.compile(
    r"[^，。；原]{0,12}[，,]?原(?:合同|协议|合同书|协议书)(?:第[0-9一二三四五六七八九十百]{1,4}[条款项])?(?:中)?(?:关于|约定|规定|载明|写明)"
)
_GOES_ON = re.compile(r"第[0-9一二三四五六七八九十百]{1,4}[条款项](?:约定|规定|载明|写明)")
_UNDONE = r"(?:未再|不再|停止|终止|没有再)(?:执行|履行|兑现|保留|适用)|予以纠正|属违规|系违规|已(?:清退|废止|作废|取消)"
_NO_LONGER = re.compile(rf"[^。；\n]*(?:{_UNDONE})|[^\n]{{0,120}}?。(?:上述|以上|该|前述|这些)[^。\n]*(?:{_UNDONE})")
# What was asked for, and what is done elsewhere, is nobody's promise: 贵公司提出返还税款；对某公司请求返还税款的问题；保证收益的做法.
_ASKED = re.compile(
    r"[^，。；]{0,6}?(?:来函|来文|来信|[贵你](?:公司|司))[^，。；]{0,6}?(?:提出|请求|要求|申请|希望|建议|主张|恳请|所[请提求])|对[^，。；]{2,30}(?:请求|要求|提出)[^，。；]{0,40}(?:问题|请求|要求|诉求|事项)$"
    r"|[^，。；]{2,60}的(?:做法|行为)$|(?:[^，。；]{0,4}提出)?请(?!示)[^，。；]{4,40}(?:一事|一项|一节|事项|问题|的请求|的要求)$"
)
# 乙方提出由甲方兜底其贷款; 贵公司在函中称邻区已承诺零地价.
_TOLD = re.compile(
    r"[^，。；]{0,6}?(?:[甲乙丙]方|企业|项目公司|投资[人方]|[贵你](?:公司|司|方))[^，。；]{0,6}?(?:(?:提出|提议|请求|恳请|希望|主张)[^，。；的]{0,4}?(?:由|请|让|要)?"
    r"(?:甲方|我[省市县区镇乡州园]|[省市县区镇乡]里|政府|管委会|贵方|财政|开发区|高新区|经开区|园区)|表示(?:其|曾|希望|已有|外地|邻)|[^有所统自宣]称(?![为号职谓])[^，。；]{4,})"
)
_WHETHER_SO = re.compile(r"(?:关于)?[“\"「‘]?(?:能否|可否|是否可以|可不可以)")
# What others do or once did: 以往有的地方以“零地价”争抢项目.
_DONE_ELSEWHERE = re.compile(r"(?:以往|过去|此前)?(?:有的|有些|一些|个别|外地)(?:地方|地区|县市|县区|市县|园区)|以往")
_NOT_LINKED = ("不挂钩", "不相挂钩", "不关联", "不相关", "不作关联", "无关")
# 关于代缴社保一事，我区无权决定: what is asked about is refused.
_ABOUT = re.compile(
    r"(?:关于|对于?|至于|就)[^，。；]{2,60}(?:一事|事宜|事项|问题|请求|要求|诉求|申请|(?:希望|要求|请求|申请|所提|提出)[^，。；]{0,16}的[^，。；]{1,12})$"
)
_DECLINES = re.compile(
    r"[^，。；不无难没]{0,10}(?:无权|无法|不宜|不便|难以|不作(?!为)|不能(?:同意|满足|支持|答应|办理|承诺|给予)"
    r"|不予(?:支持|同意|考虑|采纳|受理|认可|办理|安排)|不属于?|不符合?|没有(?:权限|依据|政策)|爱莫能助|无能为力|帮不上|办不到|做不到|不能答应"
    r"|(?:只能|须|应|需|要)?由[^，。；]{2,12}(?:机关|部门|法院|银行)[^，。；]{0,6}(?:决定|认定|核定))"
)
_REFUSED = re.compile(
    r"(?:[^，。；]{0,12}(?:认为|研究)[：:，]?|[^，。；]{0,8}[与同][^，。；]{1,10})?(?:均|也|都)?(?:不符合?|不合|相抵触|相悖|违反|违背|不予|不能|无法|没有依据|于法无据|不宜|不得)"
    r"|[^，。；]{0,10}(?:执行|按照?|依照?)(?:国家|省|法律|现行)[^，。；]{0,10}(?:规定|政策|办理|执行)$"
    r"|(?:我[省市县区镇乡州]|甲方|管委会|政府|本[县市区局]|[县市区镇乡]里)?(?:对此|一律|均|都|概)?"
    r"不(?:代|减|免|作|承|同意|另|给|安排|补|返|负担|垫|兜|提供|办理)[^，。；]{0,12}$"
    r"|[敬恳]?请[^，。；]{0,8}(?:谅解|理解|体谅|见谅|鉴谅|知悉|周知)$"
    r"|[该此这][^，。；]{1,6}应?当?由[^，。；]{2,10}(?:自行|依法)[^，。；]{0,10}$"
)
# What follows a request that is granted: 来函希望…。经研究，同意。
_GRANTED = re.compile(
    r"[。；，\s]*(?:(?!不予|不能|不得|不宜|不作|无法|未予|难以|于法|没有|无权|不同意)[^。；]){0,30}?"
    r"(?:同意|照办|照准|应允|核给|给予|予以支持|安排|拨付|拨给|兑现|承担)"
)
_DENIES = frozenset({"prohibit", "deny", "exempt"})
_RATE = re.compile(
    r"由[^，。；]{1,12}(?:按|每)[^。；]{0,30}[0-9一二三四五六七八九十]+(?:\.[0-9]+)?(?:万?元|%|成)|由[^，。；]{1,12}百分之"
)
_UNDOING = frozenset({"repeal", "reject", "replace"})
_STRONG = frozenset({"duty", "give", "permit", "effort"})


def is_drafters_note(text: str) -> bool:
    """Whether a note speaks about the draft (在正式文本中删去) instead of being a term of the agreement."""
    return bool(_NOTE.search(text))


def force_of(scan: Scan, segment: Segment, bearer: Bearer) -> tuple[Force, bool]:
    """The force of a segment, and whether its own words show it (if not, a lead-in may give another)."""
    mains = segment.mains
    if not mains:
        return "condition", True
    tokens = [token for part in segment.stating for token in part.tokens]
    kinds = {token.kind for token in tokens}
    defines = any(token.kind == "define" for part in segment.parts for token in part.tokens)
    if defines and not kinds & {"hard", "duty"}:
        return "definition", True
    cited = _CITED_BEFORE.search(scan.text, segment.start, segment.end)
    if cited and _promises_instead(scan, segment, tokens):
        return _by_words(scan, segment, _put_instead(tokens), bearer)
    first = mains[0]
    if (_QUOTES_OTHER.search(scan.masked, first.start, first.end) and len(mains) > 1) or _cites(scan, segment):
        return "citation", True
    if _is_asked(scan, segment):
        return "request", True
    if _DONE_ELSEWHERE.match(scan.masked, first.start) or _is_former(scan, segment):
        return "report", True
    if kinds & _UNDOING and cited:
        return "citation" if _UNDONE_HEAD.match(scan.masked, segment.start) else "report", True
    return _by_words(scan, segment, tokens, bearer)


def _promises_instead(scan: Scan, segment: Segment, tokens: list[Token]) -> bool:
    """Whether something is promised in the place of what is undone: 原第六条停止执行，改为由甲方每千瓦时补助0.06元."""
    place = next((token.end for token in tokens if token.kind == "replace"), segment.end)
    return any(token.kind in _STRONG for token in _put_instead(tokens)) or (
        _RATE.search(scan.masked, place, segment.end) is not None
    )


def _put_instead(tokens: list[Token]) -> list[Token]:
    """The words behind 改为."""
    place = next((place for place, token in enumerate(tokens) if token.kind == "replace"), len(tokens))
    return tokens[place + 1 :]


def _is_asked(scan: Scan, segment: Segment) -> bool:
    """What somebody asks for or does, and at most that it is refused."""
    first, *others = (scan.masked[part.start : part.end].strip() for part in segment.mains)
    whether = _WHETHER_SO.match(scan.text, segment.mains[0].start)  # “能否给予补贴”: a question that the paper answers
    return (
        bool(_ASKED.match(first) or _TOLD.match(first) or whether)
        and all(_REFUSED.match(other) for other in others)
        and not _GRANTED.match(scan.masked, segment.end)
    )


def _is_former(scan: Scan, segment: Segment) -> bool:
    """Whether a segment tells what an earlier text said and the sentence takes out: 原第九条约定…，因…，改为…."""
    start = segment.mains[0].start
    told = _FORMERLY.match(scan.text, start)
    return told is not None and _TAKEN_OUT.match(scan.text, segment.end) is not None


def _is_of_older(scan: Scan, segment: Segment) -> bool:
    """Whether the sentence quotes an older contract, or goes on quoting it: 原合同第六条写明：…；第九条写明：…."""
    begin = behind_last("\n。；", scan.text, segment.mains[0].start)
    if _OLDER.match(scan.text, begin):
        return True
    line = scan.text.rfind("\n", 0, begin) + 1
    return _GOES_ON.match(scan.text, begin) is not None and _OLDER.search(scan.text, line, begin) is not None


def _cites(scan: Scan, segment: Segment) -> bool:
    """《…办法》规定，… : what follows is said by another paper, or was by an older contract and is no longer done."""
    first = segment.parts[0]
    if _is_of_older(scan, segment) and _NO_LONGER.match(scan.text, segment.start):
        return True
    return len(segment.parts) > 1 and bool(_QUOTES_OTHER.search(scan.masked, first.start, first.end))


def _by_words(scan: Scan, segment: Segment, tokens: list[Token], bearer: Bearer) -> tuple[Force, bool]:
    kinds = {token.kind for token in tokens}
    order = [token.kind for token in tokens if token.kind in ("prohibit", "hard", "duty", "permit", "give", "effort")]
    if order and order[0] == "prohibit":
        return "prohibition", True
    if "give" in kinds and _asked_of_others(scan, segment):
        kinds = kinds - {"give"}
    if "effort" in kinds and not kinds & {"hard", "give"} and not (bearer.side == "investor" and "duty" in kinds):
        return "effort", True
    if "hard" in kinds:
        return "commitment", True
    if "duty" in kinds:
        return "duty", True
    if "permit" in kinds:
        return "permission", True
    if _tells_past(scan, segment) and ("give" not in kinds or _gave(scan, segment)):
        return "report", True
    if "give" in kinds:
        return "commitment", any(part.subject or part.agent for part in segment.stating)
    if "prohibit" in kinds:
        return "prohibition", True
    return _plain(scan, segment, bearer)


def _asked_of_others(scan: Scan, segment: Segment) -> bool:
    """协调银行给予支持, 争取给予补助: every giving follows a word of effort in its part and is not joined to it."""
    return _every_giving_follows("effort", _JOINS, scan, segment)


_YET_TO_COME = re.compile(r"[由将应须再待]|年[底末]|[下次]一?[届年]|[以今之]后")  # 已缴罚款年底由财政退还


def _gave(scan: Scan, segment: Segment) -> bool:
    """甲方已向乙方返还…: every giving follows a word of the past in its part, with nothing between that is yet to come."""
    return _every_giving_follows("past", _YET_TO_COME, scan, segment)


def _every_giving_follows(kind: Kind, parting: re.Pattern[str], scan: Scan, segment: Segment) -> bool:
    """Whether every word of giving follows a word of the kind in its part, with nothing between that parts the two."""
    return all(
        any(
            other.kind == kind and other.end <= token.start and not parting.search(scan.masked, other.end, token.start)
            for other in part.tokens
        )
        for part in segment.stating
        for token in part.tokens
        if token.kind == "give"
    )


# 前款按下表支付，资金已列入预算: where the money comes from is told by the way.
_FUNDED = re.compile(
    r"(?:所需|建设|改造|工程|项目|相关|上述|其)*(?:资金|经费|费用|款项)[^，。；]{0,4}?已(?:经)?[^，。；]{0,8}?(?:列入|纳入|落实|安排|筹[集措]|到位|备足)"
)


def _tells_past(scan: Scan, segment: Segment) -> bool:
    """已于…完成 as the verb of a part, not as a mark of a noun (按已缴价款的1%)."""
    for part in segment.stating:
        if len(segment.mains) > 1 and _FUNDED.match(scan.masked, part.start, part.end):
            continue
        for token in part.tokens:
            marks = _MARKS_NOUN.search(scan.masked, part.start, token.start) or _DONE_THING.match(
                scan.masked, token.end, part.end
            )
            if token.kind == "past" and not marks:
                return True
    return False


def _plain(scan: Scan, segment: Segment, bearer: Bearer) -> tuple[Force, bool]:
    """A plain present sentence binds where somebody known does something in it; figures and forms are mere statements."""
    acts = any(part.subject or part.agent or part.recipient for part in segment.stating)
    if not acts and all(_STATES_A_FACT.search(scan.masked, part.start, part.end) for part in segment.mains):
        return "statement", False
    if acts and bearer.side != "unknown":
        return "commitment", True
    bound = bearer.side == "government" or bearer.known_by != "default"
    return "commitment" if bound and bearer.side != "unknown" else "statement", False


def negations_of(scan: Scan, segment: Segment) -> tuple[Polarity, tuple[Scope, ...], bool]:
    """Polarity, the denied scopes, and whether a double negation (不得拒绝) turned a prohibition into a duty."""
    if declined := _declined(scan, segment):
        return "negative", (declined,), False
    return _denials(scan, segment)


def _denials(scan: Scan, segment: Segment) -> tuple[Polarity, tuple[Scope, ...], bool]:
    """The same by the denying words one by one."""
    scopes: list[Scope] = []
    polarity: Polarity = "positive"
    turned, turned_until = False, -1
    for index, part in enumerate(segment.parts):
        for token in part.tokens:
            if token.kind in ("repeal", "reject") and _undoes(scan, segment, token):
                scopes.append(_undone(scan, segment, token))
                polarity = "negative"
            elif token.kind == "replace" and _CITED_BEFORE.search(scan.text, segment.start, segment.end):
                scopes.append((segment.start, token.start))
            elif token.kind in ("prohibit", "deny", "exempt"):
                start = (
                    segment.start if _NO_EXCUSE.match(scan.masked, token.start) else _denial_start(scan, part, token)
                )
                scope = (start, _scope_end(scan, segment, index, token))
                if refused := _turned(scan, token, scope):
                    turned, turned_until = True, scope[1]
                    scopes.append((scope[0], refused.end()))  # 不得以换届为由拖延支付: denied up to 拖延
                elif token.start < turned_until:
                    continue
                elif not any(start <= scope[0] and scope[1] <= end for start, end in scopes):
                    scopes.append(scope)
                    if part.kind == "main" and not _describes(scan, part, token) and _governs(part, token):
                        polarity = "negative"
    return polarity, tuple(sorted(set(scopes))), turned and polarity == "positive"


def _declined(scan: Scan, segment: Segment) -> Scope | None:
    """The whole of 关于…一事，我区无权决定, up to the end of the part that declines."""
    first, *others = segment.parts
    if not others or not _ABOUT.match(scan.text[first.start : first.end]):
        return None
    return next(
        ((segment.start, part.end) for part in others if _DECLINES.match(scan.masked, part.start, part.end)), None
    )


def _undone(scan: Scan, segment: Segment, token: Token) -> Scope:
    """What is undone stands before (第五条自即日起废止) or after the word (删除原协议第五条)."""
    behind = token.end < segment.end and scan.masked[token.end] not in "，。；）\n\t"
    return (token.start, segment.end) if behind else (segment.start, token.end)


def _undoes(scan: Scan, segment: Segment, token: Token) -> bool:
    """Whether 废止, 不予同意 … end something named before, and do not merely describe (已取消的收费)."""
    if scan.masked.startswith("的", token.end):
        return False
    return token.kind == "reject" or bool(_CITED_BEFORE.search(scan.text, segment.start, segment.end))


def _denial_start(scan: Scan, part: Part, token: Token) -> int:
    """Where what is denied begins: at the denying character, or at 与 where a link is denied (与税收均不挂钩)."""
    place = _negator(scan, token)
    linked = scan.masked.rfind("与", part.start, place) if scan.masked.startswith(_NOT_LINKED, place) else -1
    return linked if linked >= 0 else place


def _negator(scan: Scan, token: Token) -> int:
    """Where the denying character stands: 绝不, 也不 are denied from 不 on, so that words that hold it are not denied themselves."""
    return next((place for place in range(token.start, token.end) if scan.masked[place] in "不未无没"), token.start)


def _turned(scan: Scan, token: Token, scope: Scope) -> re.Match[str] | None:
    """The word of refusing that a denial turns round: anywhere behind 不得, 不会, 不因, right behind any other denial."""
    if token.kind == "prohibit" or scan.masked.startswith(("不以", "不会", "不因"), scope[0]):
        return _REFUSE.search(scan.masked, token.end, scope[1])
    return _REFUSE.match(scan.masked, token.end, scope[1]) if token.kind == "deny" else None


def _governs(part: Part, token: Token) -> bool:
    """Whether the denial is the main verb of its part: nothing that promises stands before it, and it does not describe."""
    return (
        not any(other.kind in _STRONG and other.start < token.start for other in part.tokens)
        or token.kind == "prohibit"
    )


# A denial that is complete in its part: 双方没有异议，…; 已得的指标不受影响，….
_SAYS_ALL = re.compile(r"(?:任何|其他|受|有)?(?:分歧|争议|异议|纠纷|疑问|疑义|影响)")


def _scope_end(scan: Scan, segment: Segment, index: int, token: Token) -> int:
    """To the end of what the denial governs: its part and those after it that have no subject and no verb of their own."""
    part = segment.parts[index]
    if part.kind != "main":
        return part.end
    if described := _describes(scan, part, token):
        return described.end()
    end = _until_contrast(part, token.end)
    if end < part.end or _SAYS_ALL.fullmatch(scan.masked, token.end, part.end):
        return end
    for following in segment.parts[index + 1 :]:
        if following.kind != "main" or following.subject or following.agent:
            break
        if following.tokens and following.tokens[0].kind != "deny":
            break
        denies = following.tokens and following.tokens[0].kind in _DENIES
        if not denies and _ENDS_DENIAL.match(scan.masked, following.start, following.end):
            break
        end = following.end
    return end


def _describes(scan: Scan, part: Part, token: Token) -> re.Match[str] | None:
    """未竞得的按规定退还: the denial only tells which case is meant."""
    if not scan.masked.startswith(("未", "尚未"), token.start) or _TO_SOMEBODY.match(scan.masked, token.end):
        return None
    return _ATTRIBUTE.match(scan.masked, token.end, part.end)


def _until_contrast(part: Part, start: int) -> int:
    return next((token.start for token in part.tokens if token.kind == "contrast" and token.start >= start), part.end)
