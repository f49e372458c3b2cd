"""Breach has a price for one side only: what `relation` asks of the answers to breach."""

import re
from collections.abc import Iterator

from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Provision, Side
from contract_audit.rulespec import RelationCheck

_BREACH = re.compile(
    r"违约|违反|逾期|[未没不][^，。；的]{0,12}(?:履行|完成|兑现|支付|交付|接通|提供|落实|拨付|到位|开工|动工|投产|竣工|付清|改正|整改|达到|达标|建成|报送)"
    r"|未按|未能|没按|没有按|不按|不照|不履行|拒不|达不到|延误|耽误|迟延|延期|延迟|拖延|每[拖晚迟误]|晚[付交发给建通]|[晚迟误慢]了|拖欠|迟迟|中途|撂|反悔|食言|变卦|不兑现|不守|因[^，。；]{0,16}原因"
)
_ANSWER = re.compile(
    r"违约金|滞纳金|赔偿|赔付|赔|误工费|(?:支付|付给)[^，。；]{0,8}[0-9][0-9,.]*万?元|承担[^，。；]{0,12}(?:责任|损失)|利息|[计付]息|报价利率|LPR|补偿|双倍|少收|免收|减收|(?:按|每[^，。；]{0,6}?)(?:一)?[日天月周][^。；]{0,24}(?:分之|‰|%|元)"
    r"|(?:保证金|押金|定金|保函)[^，。；]{0,10}(?:扣除|扣缴|扣收|抵扣|没收|不予?退)|(?:没收|不予?退还?|从)[^，。；]{0,8}(?:保证金|押金|定金|保函)[^，。；退]{0,12}(?:[扣没付]|$)"
)
_OURS = re.compile(
    r"[我本该贵]?[县市区镇乡村局](?:方|里|上(?![市级])|政府)|[我本][县市区镇乡局]|政府方?|管委会|园区方?|财政"
    r"|(?:平台|城投|城建|城发|国资|国投|产投|建投|交投|文旅|旅投|农投|水投|开发|代建|水务|供水|供电)[^，。；]{0,2}(?:公司|集团)|[承代]建[方人单]"
)
_THEIRS = re.compile(r"企业|项目公司|[你贵该]?公司|投资[方人商]|承租[方人]|竞得[方人]|受让[方人]|[你贵]司")
_CLAIMS = re.compile(
    r"(?:可以?|有权|得|并)[^，。；]{0,6}(?:要求|请求|主张|获得|得到|收取|取得|领取)[^，。；]{0,12}(?:赔|补偿|违约金|利息)|按[^，。；]{0,12}(?:收取|领取)[^，。；]{0,6}(?:补偿|赔|违约金)"
)
_NO_BREACH = re.compile(
    r"法律|法规|不可抗力|公共利益|国家政策|政策(?:调整|变化)|由(?:有关|主管|相关)部门"
)  # losses that nobody's breach has caused
_LOOSE = ("permission", "prohibition", "citation", "definition")
_CONCRETE = ("plant", "land", "infrastructure", "payment", "reward")
_QUOTE, _SHORT_LINE = 120, 12
_HEADED = 2  # answers of the other side under a heading: what the paper says of breach is there


def check(parameters: RelationCheck, case: Case) -> Iterator[Outcome]:
    """Breach has a price for the other side only, though `side` owes something concrete.

    Quoted is the heading that has one of `words` (违约责任), else the first sentence on the other side's breach.
    """
    if case.understanding.parties and not any(party.side in parameters.side for party in case.understanding.parties):
        return
    liable = [
        (provision, _breaker(case, provision))
        for provision in case.understanding.provisions
        if _answers(case, provision)
    ]
    theirs = [provision for provision, breaker in liable if breaker == "investor"]
    if not theirs or any(breaker in {*parameters.side, "both"} for _, breaker in liable):
        return
    heading = _heading(parameters, case, theirs[0])
    if not _owes(parameters, case) and not (heading is not None and len(theirs) >= _HEADED):
        return
    start, end = heading or (_sentence_start(case, theirs[0]), theirs[0].end)
    yield Outcome(start=start, end=min(end, start + _QUOTE))


def _owes(parameters: RelationCheck, case: Case) -> bool:
    """Whether `side` has a concrete duty, or the paper tells of its breach: 甲方未能按时供水的，工期顺延."""
    return any(
        item.side in parameters.side and item.kind in _CONCRETE for item in case.understanding.obligations
    ) or any(
        _tells_breach(case, provision) and _breaker(case, provision) in parameters.side
        for provision in case.understanding.provisions
    )


def _tells_breach(case: Case, provision: Provision) -> bool:
    own = fold_text(case.text(provision.start, provision.end))
    return provision.kind not in ("title", "signature") and _BREACH.search(own) is not None


def _heading(parameters: RelationCheck, case: Case, first: Provision) -> tuple[int, int] | None:
    """The span of the heading that has one of the words, the surest word first; else of a short line of its own above."""
    headings = [(clause, clause.heading) for clause in case.understanding.clauses if clause.heading]
    for word in parameters.words:
        for clause, heading in headings:
            if word in heading and not _OF_A_SIDE.search(heading):  # 甲方责任 tells duties
                start = case.document.text.find(heading, clause.start)
                return start, start + len(heading)
    text = case.document.text
    for provision in case.understanding.provisions:
        line = text[provision.start : provision.end].strip()
        alone = text[provision.end : provision.end + 1] in ("\n", "：", ":") and len(line) <= _SHORT_LINE
        named = any(word in line for word in parameters.words) and not _OF_A_SIDE.search(line)
        if provision.start < first.start and alone and named and text[provision.end :].lstrip("：:")[:1] == "\n":
            return provision.start, provision.end
    return None


def _sentence_start(case: Case, provision: Provision) -> int:
    """Where the first statement of the provision's sentence starts."""
    begin = behind_last("\n。；;", case.document.text, provision.start)
    return min(one.start for one in case.understanding.provisions if begin <= one.start <= provision.start)


def _answers(case: Case, provision: Provision) -> bool:
    own = fold_text(case.text(provision.start, provision.end))
    binds = _ANEW.search(own) or (_ANYBODY.search(own) and not _WAIVES.search(own))  # 哪一方不照办，都要赔对方的损失
    denied = provision.polarity != "positive" and not binds
    if provision.kind in ("title", "signature") or denied or not _ANSWER.search(own):
        return False
    if provision.force in _LOOSE and not (provision.force == "permission" and _CLAIMS.search(own)):
        return False
    words = _told(case, provision)
    return _BREACH.search(words) is not None and not _NO_BREACH.search(words)


_WAIVES = re.compile(r"不(?:[再予因]|因此)?[^，。；]{0,4}(?:承担|负|赔|追究)")
_ANEW = re.compile(r"(?:修改|变更|调整|改|替换)为[：:]?[“\"]")  # 原第七条删除，修改为：“…”: what is agreed instead


def _told(case: Case, provision: Provision) -> str:
    """The provision's words, after the condition above it that tells the breach where its own words do not."""
    own = fold_text(case.text(provision.start, provision.end))
    if _BREACH.search(own):
        return own
    above = [fold_text(case.text(stem.start, stem.end)) for stem in provision.stems]
    goes_on = _GOES_ON.match(own) is not None
    start = behind_last("\n。" if goes_on else "\n。；", case.document.text, provision.start)
    before = fold_text(case.text(start, provision.start))  # 乙方未完成改造，工期顺延，乙方赔偿误工损失
    goes_on = goes_on or own.startswith((*_names(case), "其", "应", "须", "并", "由"))
    above += [before] if goes_on and not _ANSWER.search(before) else []
    return "，".join([*(words for words in above if _BREACH.search(words) and not _TITLE.fullmatch(words)), own])


# 甲方未按约定提供配套的，工期顺延；造成乙方损失的，依法赔偿
_GOES_ON = re.compile(
    r"(?:由此|因此|给[^，。；]{1,8})?(?:造成|导致|致使|引起)|由此|因此|[给致]?[甲乙丙丁]方(?:因此|由此)"
)
_TITLE = re.compile(r"[^\u4e00-\u9fff]*违约(?:责任|处理|条款)?[：:]?")  # 10、违约：… tells whose breach behind it


def _breaker(case: Case, provision: Provision) -> Side:
    """Whose breach it is: the party named with it; where none is, or nobody's fault is told of, the bearer."""
    words = _told(case, provision)
    if _is_defined_theirs(case) and "违约方" in words:
        return "investor"
    if _ANYBODY.search(words) or _shares_answer(case, provision):
        return "both"
    names = _names(case)
    words = re.sub(
        rf"(?:造成|导致|致使?|给|向|对|补偿|赔偿|赔付?)(?:{'|'.join(map(re.escape, names)) or '(?!)'})", "", words
    )  # who suffers
    breach = _BREACH.search(words)
    told = words[: _phrase_end(words, breach.end())] if breach is not None else words
    if provision.side in ("government", "investor") and (_NO_FAULT.search(words) or _names_nobody(case, told)):
        return provision.side
    return _named_first(words, names) or provision.side


def _named_first(words: str, names: dict[str, Side]) -> Side | None:
    """The side of the party that the words name first, by its name or by what such a party is called."""
    told: list[tuple[int, Side]] = [(words.index(name), side) for name, side in names.items() if name in words]
    ours, theirs = _OURS.search(words), _THEIRS.search(words)
    told += [(ours.start(), "government")] if ours is not None else []
    told += [(theirs.start(), "investor")] if theirs is not None else []
    return min(told, key=lambda one: one[0], default=(0, None))[1]


_DEFINES = re.compile(r"违约方[”\"」]?，?[系是]?[均仅]?指(?P<who>[^。；\n]{2,40})")


def _is_defined_theirs(case: Case) -> bool:
    """本协议所称违约方，指未按约定履行义务的乙方: the word for either side means one."""
    return case.once(_defines_theirs)[0]


def _defines_theirs(case: Case) -> Iterator[bool]:
    told = _DEFINES.search(case.folded.text)
    sides = {side for name, side in _names(case).items() if told and name in told["who"]}
    yield sides == {"investor"}


_OF_A_SIDE = re.compile(r"[甲乙丙丁双各]方(?:的)?(?:权利|义务|责任)|(?:企业|政府|公司|园区)(?:的)?责任|安全|社会责任")
_ANYBODY = re.compile(
    r"任何一[方边家]|任一[方边]|[哪每]一?[方边家]|一方|双方|两[方边家]|各方|彼此|违约[方者]|守约方|责任方|过错方|有过错|谁(?:违约|误|不|没|先|耽误|的原因)"
)


def _shares_answer(case: Case, provision: Provision) -> bool:
    """甲方逾期交地，乙方逾期开工的，每日支付…: right before it another side's breach is told, and what follows answers both."""
    start = behind_last("\n。；：", case.document.text, provision.start)
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
    owned: dict[str, Side] = dict.fromkeys(case.once(_owned), "government")
    named = {name: party.side for party in case.understanding.parties for name in (party.role, *party.aliases) if name}
    return {**owned, **named}


def _owned(case: Case) -> Iterator[str]:
    """Short names of companies that by the paper's words belong to the government: 由甲方出资的国有独资公司…（以下简称“开发集团”）."""
    return (match["name"] for match in _OWNED.finditer(case.folded.text))


_OWNED = re.compile(
    r"(?:国有(?:独资|全资|控股)|(?:甲方|政府|管委会|国资委?|[县市区镇](?:里|上)?)(?:直属|下属|所属|全资|出资|控股|属)|[县市区]属(?:国有)?)"
    r"[^，。；\n]{0,40}?(?:公司|集团)[（(](?:以?下称?|简称)[^（）()“”\"]{0,4}[“\"](?P<name>[^“”\"\n]{2,12})[”\"]"
)


def _names_nobody(case: Case, words: str) -> bool:
    """逾期未纠正的: whose, the sentence before says."""
    return not (_OURS.search(words) or _THEIRS.search(words) or any(name in words for name in _names(case)))
