"""Check kind `relation`: what provisions say of one another: only one side answers for breach; duties that wait in a circle."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import islice

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Provision, Side
from contract_audit.rulespec import RelationCheck

_BREACH = re.compile(
    r"违约|违反|逾期|[未没不][^，。；的]{0,12}(?:履行|完成|兑现|支付|交付|接通|提供|落实|拨付|到位|开工|投产|竣工|付清)|未按|未能|没按|没有按|不按|不照|不履行|延误|耽误|迟延|延期|延迟|拖延|每拖|晚[付交]|拖欠|迟迟|中途|撂|反悔|食言|变卦|不兑现|不守|因[^，。；]{0,16}原因"
)
_ANSWER = re.compile(
    r"违约金|滞纳金|赔偿|赔付|赔|误工费|(?:支付|付给)[^，。；]{0,8}[0-9][0-9,.]*万?元|承担[^，。；]{0,12}(?:责任|损失)|利息|[计付]息|报价利率|LPR|补偿|双倍|少收|免收|减收|(?:按|每[^，。；]{0,6}?)(?:一)?[日天月周][^。；]{0,24}(?:分之|‰|%|元)"
)
_OURS = re.compile(r"[县市区镇乡村](?:方|里|上(?![市级]))|政府方?|管委会|园区方?|财政")
_CLAIMS = re.compile(
    r"(?:可以?|有权|得|并)[^，。；]{0,6}(?:要求|请求|主张|获得|得到|收取|取得|领取)[^，。；]{0,12}(?:赔|补偿|违约金|利息)|按[^，。；]{0,12}(?:收取|领取)[^，。；]{0,6}(?:补偿|赔|违约金)"
)
_WAITS = re.compile(r"(?P<event>[^，。；]{2,36}?)(?:之日起|以后|之后|后)(?!续|期|勤|果)[，]?(?P<deed>[^。；]{2,60})")
# Each with sets of words, of each of which one stands in every match; no match crosses the end of a sentence or line.
# 乙方先上设备，管委会再装变压器; 变压器未装妥的，设备进场可相应等待; 交付以入驻为前提，入驻以可供入住为基础.
_ORDERS = (
    (
        ("先", "再 才 始 方"),
        re.compile(
            r"(?P<event>[^，。；\n]{2,30}先[^，。；\n]{2,30})[，；](?P<deed>[^，。；\n]{2,40}(?:再|才|始|方可?)[^，。；\n]{1,30})"
        ),
    ),
    (
        ("未 没 不", "的 前 时", "等待 缓 推迟 顺延 不 无须"),
        re.compile(
            r"(?P<event>[^，。；\n]{2,24}(?:未|没|不)[^，。；\n]{2,16})(?:的|之前|前|时)，?(?P<deed>[^，。；\n]{2,30}(?:等待|暂缓|缓|推迟|顺延|不予?|暂不|无须|不必|可不)[^，。；\n]{0,12})"
        ),
    ),
    (
        ("以 取决于 须待 依赖 视",),
        re.compile(
            r"(?P<deed>[^，。；\n]{2,36}?)(?:须|应|则|又|亦|均)?(?:(?<![予可加得足难所用])以|取决于|须待|依赖于?|视)(?P<event>[^，。；\n]{3,30}?)(?:为(?:[\u4e00-\u9fff]{0,4}(?:前提|先决条件|条件|基础)|起点|依据|准)|而定|情况|(?=[，。；\n]|$))"
        ),
    ),
    (
        ("时 之日 后", "始 才 方 再 即"),
        re.compile(
            r"(?P<event>[^，。；\n]{3,30}?)(?:之时|之日|的同时|时|后|以后|之后)，?(?P<deed>[^，。；\n]{2,20}(?:始|才|方可?|再|即)[^，。；\n]{1,24})"
        ),
    ),
    (("等", "才 再 方"), re.compile(r"等(?P<event>[^，。；\n]{3,20}?)[后了]?(?:才|再|方)(?P<deed>[^，。；\n]{1,20})")),
    (("之时",), re.compile(r"(?P<event>[^，。；\n]{3,30}?)之时，?(?P<deed>[^，。；\n]{3,30})")),
    # 乙方在甲方取得批复后交付用地; 北环路由甲方组织建设，乙方开工后启动
    (
        ("后", "甲方 乙方 丙方", "在 于 待"),
        re.compile(
            r"(?P<deed>[甲乙丙]方(?:应|须)?(?:在|于|待)(?P<event>[^，。；\n]{3,30}?)(?:之后|以后|后)[^，。；\n续期勤果]{3,30})"
        ),
    ),
    (
        ("后", "启动 开始 动工 开工 实施 推进 施工", "，"),
        re.compile(
            r"(?P<deed>[^，。；\n]{4,36})[，](?:在|于|待)?(?P<event>[^，。；\n]{4,24}?)(?:之后|以后|后)"
            r"(?:再|方|才)?(?:启动|开始|动工|开工|实施|推进|施工)(?=[，。；\n]|$)"
        ),
    ),
)
_SPLIT_ORDERS = tuple((tuple(tuple(words.split()) for words in sets), order) for sets, order in _ORDERS)
_EVENT = re.compile(r"开工|动工|投产|竣工|供地|交地|交房|付款|验收|[三五七]通一平|摘牌|签约|注资|到位|备案|立项|过户")
_NOISE = re.compile(
    r"[甲乙丙丁]方|项目公司|(?:发包|承包|出租|承租|委托|代建|采购|受托|出让|受让)[人方]|供应商|应当|负责"
    r"|[0-9]+个?(?:工作|自然)?[日月]内?|[^\u4e00-\u9fff0-9]"
)
_NEAR, _QUOTE = 8, 120
_NO_BREACH = re.compile(
    r"法律|法规|不可抗力|公共利益|国家政策|政策(?:调整|变化)|由(?:有关|主管|相关)部门"
)  # losses that nobody's breach has caused
_LOOSE = ("permission", "prohibition", "citation", "definition")
_CONCRETE = ("plant", "land", "infrastructure", "payment", "reward")


def check(parameters: RelationCheck, case: Case) -> Iterator[Outcome]:
    """Outcomes of the rule's test."""
    if not any(case.occurs(exception) for exception in parameters.unless):
        yield from _TESTS[parameters.test](parameters, case)


def _one_sided(parameters: RelationCheck, case: Case) -> Iterator[Outcome]:
    """Breach has a price for the other side only, though `side` owes something concrete.

    Quoted is the heading that has one of `words` (违约责任), else the first sentence on the other side's breach.
    """
    if case.understanding.parties and not any(party.side in parameters.side for party in case.understanding.parties):
        return
    if not any(item.side in parameters.side and item.kind in _CONCRETE for item in case.understanding.obligations):
        return
    liable = [
        (provision, _breaker(case, provision))
        for provision in case.understanding.provisions
        if _answers(case, provision)
    ]
    theirs = [provision for provision, breaker in liable if breaker == "investor"]
    if not theirs or any(breaker in {*parameters.side, "both"} for _, breaker in liable):
        return
    headings = [(clause, clause.heading) for clause in case.understanding.clauses if clause.heading]
    for word in parameters.words:  # the surest first; 甲方责任 tells duties
        for clause, heading in headings:
            if word in heading and not _OF_A_SIDE.search(heading):
                start = case.document.text.find(heading, clause.start)
                yield Outcome(start=start, end=start + len(heading))
                return
    yield Outcome(start=theirs[0].start, end=min(theirs[0].end, theirs[0].start + _QUOTE))


def _answers(case: Case, provision: Provision) -> bool:
    if provision.kind in ("title", "signature") or provision.polarity != "positive":
        return False
    own = fold_text(case.text(provision.start, provision.end))
    if not _ANSWER.search(own):
        return False
    if provision.force in _LOOSE and not (provision.force == "permission" and _CLAIMS.search(own)):
        return False
    words = _told(case, provision)
    return _BREACH.search(words) is not None and not _NO_BREACH.search(words)


def _told(case: Case, provision: Provision) -> str:
    """The provision's words, after the condition above it that tells the breach where its own words do not."""
    own = fold_text(case.text(provision.start, provision.end))
    if _BREACH.search(own):
        return own
    above = [fold_text(case.text(stem.start, stem.end)) for stem in provision.stems]
    start = max(case.document.text.rfind(mark, 0, provision.start) for mark in "。；\n") + 1
    before = fold_text(case.text(start, provision.start))  # 乙方未完成改造，工期顺延，乙方赔偿误工损失
    above += (
        [before] if own.startswith((*_names(case), "其", "应", "须", "并", "由")) and not _ANSWER.search(before) else []
    )
    return "，".join([*(words for words in above if _BREACH.search(words)), own])


def _breaker(case: Case, provision: Provision) -> Side:
    """Whose breach it is: the party named with it; where none is, or nobody's fault is told of, the bearer."""
    words = _told(case, provision)
    if _ANYBODY.search(words) or _shares_answer(case, provision):
        return "both"
    names = _names(case)
    words = re.sub(
        rf"(?:造成|导致|致使?|给|向|对)(?:{'|'.join(map(re.escape, names)) or '(?!)'})", "", words
    )  # who suffers
    breach = _BREACH.search(words)
    told = words[: _phrase_end(words, breach.end())] if breach is not None else words
    if provision.side in ("government", "investor") and (_NO_FAULT.search(words) or _names_nobody(case, told)):
        return provision.side
    named = min((name for name in names if name in words), key=words.index, default=None)
    ours = _OURS.search(words)
    if ours is not None and (named is None or ours.start() < words.index(named)):
        return "government"
    return names[named] if named is not None else provision.side


_OF_A_SIDE = re.compile(r"[甲乙丙丁双各]方(?:的)?(?:权利|义务|责任)|(?:企业|政府|公司|园区)(?:的)?责任|安全|社会责任")
_ANYBODY = re.compile(
    r"任何一[方边家]|任一[方边]|[哪每]一?[方边家]|一方|双方|两[方边家]|各方|彼此|违约[方者]|守约方|责任方|过错方|有过错|谁(?:违约|误|不|没|先|耽误|的原因)"
)


def _shares_answer(case: Case, provision: Provision) -> bool:
    """甲方逾期交地，乙方逾期开工的，每日支付…: right before it another side's breach is told, and what follows answers both."""
    start = max(case.document.text.rfind(mark, 0, provision.start) for mark in "。；\n：") + 1
    before = fold_text(case.text(start, provision.start)).rstrip("，, 、")
    own = fold_text(case.text(provision.start, provision.end))
    if not before or _ANSWER.search(before) or not _BREACH.search(before) or not _BREACH.search(own):
        return False
    last = re.split("[，,]", before)[-1]
    names = _names(case)
    named = {names[name] for name in names if name in last}
    return (
        bool(_BREACH.search(last)) and ("government" in named or bool(_OURS.search(last))) and not last.endswith("的")
    )


_NO_FAULT = re.compile(r"非(?:因|由|系)?[^，。；]{0,12}(?:原因|过错|责任)")


def _phrase_end(words: str, place: int) -> int:
    end = words.find("，", place)
    return len(words) if end < 0 else end


def _names(case: Case) -> dict[str, Side]:
    return {name: party.side for party in case.understanding.parties for name in (party.role, *party.aliases) if name}


def _names_nobody(case: Case, words: str) -> bool:
    """逾期未纠正的: whose, the sentence before says."""
    return not (_OURS.search(words) or any(name in words for name in _names(case)))


def _circular(_: RelationCheck, case: Case) -> Iterator[Outcome]:
    """Two duties of different sides, each to be done after the other: 收到图纸后平整场地；场地平整后编制图纸."""
    waiting = [
        (index, provision, match)
        for index, provision in enumerate(case.understanding.provisions)
        if provision.side in ("government", "investor")
        and provision.kind not in ("title", "signature")
        and (match := _WAITS.match(fold_text(case.text(provision.start, provision.end)))) is not None
    ]
    pairs = (
        (one, other)
        for number, (place, one, first) in enumerate(waiting, start=1)
        for place_too, other, second in waiting[number : number + _NEAR]
        if one.side != other.side
        and place_too - place <= _NEAR
        and _speaks_of(first["event"], second["deed"])
        and _speaks_of(second["event"], first["deed"])
    )
    for one, other in islice(pairs, 1):
        end = other.end if other.end - one.start <= _QUOTE else one.end
        related = (case.related("互为前提", other.start, other.end),)
        yield Outcome(start=one.start, end=end, related=related)
        return
    yield from _ordered(case)


def _ordered(case: Case) -> Iterator[Outcome]:
    """Two halves of a sentence or neighbouring lines, each of which waits for what the other tells."""
    text = case.folded.text
    found = sorted(
        (
            (
                sentence.start() + match.start(),
                sentence.start() + match.end(),
                match["event"],
                match["deed"].replace(match["event"], " "),
            )
            for sentence in _SENTENCE.finditer(text)
            for sets, order in _SPLIT_ORDERS
            if all(any(word in sentence.group() for word in words) for words in sets)
            for match in order.finditer(sentence.group())
        ),
    )
    begins = [start for start, *_ in found]
    for place, (start, end, event, deed) in enumerate(found, start=1):
        behind = slice(bisect_left(begins, end, lo=place), bisect_right(begins, start + _QUOTE, lo=place))
        for start_too, end_too, event_too, deed_too in found[behind]:
            if end_too - start > _QUOTE or _ONE_AFTER_ANOTHER.search(text[start:end_too]):
                continue
            if _is_told_in(event, deed_too) and _is_told_in(event_too, deed):
                first, second = (case.folded.original(*span) for span in ((start, end), (start_too, end_too)))
                yield Outcome(start=second[0], end=second[1], related=(case.related("互为前提", *first),))
                return


_SENTENCE = re.compile(r"[^。\n]{6,}")  # no order is told in fewer characters
_ONE_AFTER_ANOTHER = re.compile(r"同时履行|当面|当日|不得|一手|[0-9]{4}年")


def _is_told_in(event: str, deed: str) -> bool:
    """Whether the event is the deed: the same side's, or nobody's, and they share a pair of characters that tells a thing."""
    owner, owner_too = _owner(event), _owner(deed)
    if owner is not None and owner_too is not None and owner != owner_too:
        return False
    bare, bare_too = _NOISE.sub("", event), _NOISE.sub("", deed)
    pairs = {bare[start : start + 2] for start in range(len(bare) - 1)} - _COMMON_PAIRS
    shared = sum(pair in bare_too for pair in pairs)
    return shared > 1 or (shared == 1 and (len(bare_too) <= _SHORT or (owner is not None and owner == owner_too)))


_SHORT = 4  # characters of a deed that is nothing but its verb and thing
_COMMON_PAIRS = frozenset(("完成", "进行", "开始", "可以", "之后", "以后", "组织", "办理", "项目", "工作", "收到"))
_OURS_TOLD = re.compile(r"甲方|[县市区镇乡村](?:里|上|政府)|管委会|园区|城投|平台公司")
_THEIRS_TOLD = re.compile(r"乙方|项目公司|企业|贵?公司|[贵你]司|投资[人方]")


def _owner(words: str) -> Side | None:
    """Whose the words are: the party named first."""
    ours, theirs = _OURS_TOLD.search(words), _THEIRS_TOLD.search(words)
    if ours is None and theirs is None:
        return None
    return "government" if theirs is None or (ours is not None and ours.start() < theirs.start()) else "investor"


def _speaks_of(event: str, deed: str) -> bool:
    """Whether the event is the deed: they share a word for an event, or two pairs of characters."""
    if set(_EVENT.findall(event)) & set(_EVENT.findall(deed)):
        return True
    bare, bare_too = _NOISE.sub("", event), _NOISE.sub("", deed)
    pairs = {bare[start : start + 2] for start in range(len(bare) - 1)}
    return sum(pair in bare_too for pair in pairs) > 1


_TESTS: dict[str, Callable[[RelationCheck, Case], Iterator[Outcome]]] = {
    "one_sided_liability": _one_sided,
    "circular": _circular,
}
