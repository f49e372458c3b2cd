"""When do two phrases tell of the same event? Acts and things by concept, not by equal words; numbers and names must agree.

移交 4 号楼 and 二期4号厂房整体移交 are one event; 第一期补助 and 第二期补助 are not; 提交保函 and 退还保函 are not.
"""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from math import log

import msgspec

from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.text import fold_text
from contract_audit.deeds.concepts import ACTS, NEAR_ACTS, NEAR_THINGS, PAPERS, SHOWN_BY, THINGS
from contract_audit.deeds.portions import amounts, ordinals, portion


class Event(msgspec.Struct, frozen=True):
    """What a phrase tells: acts, things, marks that must not disagree (号, 期, 区), quantities, pairs of characters."""

    acts: frozenset[str]
    things: frozenset[str]
    marks: frozenset[tuple[str, str]]
    amounts: frozenset[tuple[str, Decimal]]
    pairs: frozenset[str]  # characters and pairs of characters
    parts: frozenset[str]  # words that tell of a part or a beginning only: 路基, 主体, 启动
    named: bool  # names something that no list of things knows: 危废暂存中心
    purposes: frozenset[str]  # what money is for: 物流(补贴), 装修(补助)
    lead: frozenset[str]  # acts of the first phrase: what 并 adds governs nothing
    papers: frozenset[str] = frozenset()  # permits and reviews by kind: 环评, 施工许可
    content: frozenset[str] = frozenset()  # pairs of characters of what is acted on
    undone: frozenset[str] = frozenset()  # acts that the record denies: 设备未安装
    lacking: frozenset[str] = frozenset()  # pairs of characters of what is not done
    short: bool = False  # says itself that it is only a part: 1.1公里（全长1.6公里）
    first: bool = False  # the first of several payments: 首笔
    words: str = ""


_ACT_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in ACTS.items())
_PAPER_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in PAPERS.items())
_THING_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in THINGS.items())
_NUMBERED = re.compile(
    rf"(?P<no>[0-9]{{1,4}}(?:[、及和-][0-9]{{1,3}}(?=号|#))?)(?:号|#)|(?P<phase>(?<!分)第?{RUN}|首)(?:期(?![限间末])|[笔批]|次(?!性|日|月|年|登记))"
    r"|(?P<first>首付|预付|首款)|(?P<rest>余款|尾款|剩余|余额|其余|余下|结余|另一半)"
    rf"|第(?P<year>{RUN})个?年|(?P<fiscal>20[0-9]{{2}})年度"
    r"|(?P<zone>[甲乙丙丁东南西北A-F])区(?!人|政)"
    r"|(?P<age>新(?!建|增|购|设|区|城|能|材|型)|[老旧])(?=[^，。；]{0,2}(?:渠|厂|路|桥|楼|校|址|管|站|井))"
    r"|(?P<block>[A-H]-?[0-9]{1,2})(?=号?楼|栋|幢|座|厂房|车间|库)|(?P<cn>[一二三四五六七八九十]{1,3})号(?!文|令|公告)"
    r"|(?P<code>[A-Z]{1,4}-?[0-9]{1,4})(?![0-9A-Za-z])"
)
_PURPOSE = re.compile(
    r"(?P<words>[\u4e00-\u9fff]{2,4}?)(?:专项|配套)?(?:补助|补贴|奖励|奖补|扶持|资助|贴息|补偿|租金|保证金|押金|租费|搬迁费)"
)
_NO_PURPOSE = re.compile(
    r"支付|拨付|兑付|兑现|一次性?|给予|发放|全部|剩余|相应|上述|该|项"
    r"|企业|[甲乙丙]方|财政|政府|的|向|付|余|款|首|第|期|笔|度"
)
# Signing the paper that records an event is the event: 《交地确认书》签署之日, 签署验收单.
_SIGNED_PAPER = re.compile(
    r"签[署订]?(?=《?[^，。；《》]{0,6}(?:交[接地付房]|移交|验收|交钥匙)[^，。；《》]{0,6}(?:书|单|表|证明|清单)》?)"
    r"|(?P<paper>(?:交[接地付房]|移交|验收|成交)[^，。；《》]{0,6}(?:书|单|表|证明|清单)》?)(?:签署|签订|签字|签发)"
)
_PARTS = re.compile(
    r"路基|基层|垫层|主体(?!开工|动工)|封顶|部分|一半|过半|启动|开始|着手|筹备|正在|初步|初验|预验|意向|招标|立项(?!目)|样机|方案|论证|"
    r"可研|试(?:生产|产|车|运行|机|制|转|投|营业)"
)
_STOP = frozenset("的了在于将由并和及与把应须后前内其该本为使以按各")


def event(words: str) -> Event:
    """What a phrase of an agreement is about."""
    return _event(_SIGNED_PAPER.sub(r"\g<paper>", fold_text(words)))


@lru_cache(maxsize=4096)
def recorded(words: str) -> Event:
    """What a record tells as done, with what it denies (设备未安装) or calls a part of the whole (六成) set apart."""
    told = portion(_SIGNED_PAPER.sub(r"\g<paper>", fold_text(words)))
    return msgspec.structs.replace(_event(told.done), short=told.short, first=told.first)


def denied(words: str) -> Event:
    """What a record says is not done yet: 工艺验证未开展, （设备未安装）."""
    parts = [part for part in _SEGMENT.split(fold_text(words)) if portion(part).undone]
    return _event("，".join(parts))


_SEGMENT = re.compile(r"[，,；;。（）()]")


@lru_cache(maxsize=4096)
def _event(text: str) -> Event:
    things = _named_in(text, _THING_PATTERNS)
    own = _own_words(text)
    named = re.sub(r"[^\u4e00-\u9fff]|[（(][^（）()]*[）)]", "", _OF_PROJECT.sub("", own))
    acts = _acts(text, things)
    return Event(
        acts,
        things,
        frozenset([*_marks(text), *((f"第{unit}", str(place)) for unit, place in ordinals(text))]),
        frozenset(amounts(text)),
        frozenset(
            word for size in (1, 2) for index in range(len(text)) if _is_word(word := text[index : index + size])
        ),
        _parts(text),
        len(named) >= _NAME_CHARS,
        frozenset(words for match in _PURPOSE.finditer(text) if len(words := _NO_PURPOSE.sub("", match["words"])) > 1),
        acts,
        _named_in(text, _PAPER_PATTERNS),
        frozenset(pair for index in range(len(own)) if len(pair := own[index : index + 2]) > 1 and _is_word(pair)),
        words=text,
    )


_START_ORDER = re.compile(PAPERS["start_order"])


def _named_in(text: str, patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> frozenset[str]:
    return frozenset(name for name, pattern in patterns if pattern.search(text))


def _acts(text: str, things: frozenset[str]) -> frozenset[str]:
    """The acts; lines that run produce, and a licence that is fetched is no receipt of money."""
    acts = _named_in(text, _ACT_PATTERNS)
    if "produce" in acts and "lines" in things:
        acts -= {"connect"}
    if _START_ORDER.search(text):
        acts -= {"obtain", "license", "receive"}
    return acts - {"receive"} if acts & {"license", "register"} else acts


_OF_PROJECT = re.compile(
    rf"第?{RUN}期|首期|项目|工程|厂区|企业|公司|单位|施工|土建|整体|全部|正式|主体|厂房|车间|结构|生产线|设备|消防|规划|备案|竣工|完成|验收"
    r"|合格|组织|通过|取得|证书?|报告|意见|手续|办理|全面|如期|顺利|[甲乙丙]方|[于在的了并及和与]"
)


def _own_words(text: str) -> str:
    """The words that tell of no act: what is acted on."""
    for _, pattern in _ACT_PATTERNS:
        text = pattern.sub(" ", text)
    return text


_NAME_CHARS = 3


_REAL = re.compile(r"(?<!试)投产|正式(?:生产|投)|量产|下线|达产")


def _parts(text: str) -> frozenset[str]:
    """The parts named; the roof on is the main structure done, and a trial run is none once production is named."""
    found = {"主体" if part == "封顶" else "试" if part.startswith("试") else part for part in _PARTS.findall(text)}
    return frozenset(found - {"试"} if _REAL.search(text) else found)


def _is_word(pair: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in pair) and not set(pair) & _STOP


def _marks(text: str) -> list[tuple[str, str]]:
    return [mark for match in _NUMBERED.finditer(text) for mark in _mark(str(match.lastgroup), match.group())]


def _mark(name: str, words: str) -> list[tuple[str, str]]:
    """The marks of one numbering by the name of its group: 3号 and 5号, 二期, 余款, 2024年度, 甲区, 新渠, A7栋."""
    bare = words.strip("第号#年度个区")
    if name == "no":
        return [("号", part) for part in re.split("[、及和-]", bare)]
    if name == "phase":
        value = Decimal(1) if words.startswith("首") else number(re.sub("[期笔批次]", "", bare))
        return [("期", str(value))]
    plain = {"first": ("期", "1"), "rest": ("期", "余"), "age": ("旧", "新" if words == "新" else "旧")}
    if name in plain:
        return [plain[name]]
    kind = {"year": "年", "fiscal": "年", "zone": "区", "block": "栋", "cn": "号", "code": "码"}[name]
    return [
        (
            kind,
            str(number(bare))
            if name in ("year", "fiscal", "cn")
            else bare.replace("-", "")
            if name == "block"
            else bare,
        )
    ]


class Weights(msgspec.Struct, frozen=True):
    """How telling pairs, acts and things are among the events at hand: rare ones (疏港, 保税) say more than common ones."""

    of: dict[str, float]

    def total(self, marks: Iterable[str], unknown: float = 0.0) -> float:
        """The summed weight, `unknown` for each that none of the events has."""
        return sum(self.of.get(mark, unknown) for mark in marks)


def weights(events: list[Event]) -> Weights:
    """Weights by how many of the events have a mark (inverse document frequency, at most 1)."""
    counts = Counter(mark for one in events for mark in (*one.pairs, *one.acts, *one.things))
    size = len(events) + 1
    return Weights(
        {
            mark: max(log(size / (count + 0.5)) / log(2 * size), 0.0) * (0.4 if len(mark) == 1 else 1.0)
            for mark, count in counts.items()
        }
    )


def likeness(told: Event, sought: Event, scale: Weights, *, partly: bool = False) -> float:
    """How much the told event (evidence) looks like the sought one (duty, anchor): 0 = another event, from 4 the same.

    What is told of a part only is nothing like the whole, unless `partly` is asked for.
    """
    acts = _acts_score(told, sought, scale)
    if acts is None or _marks_clash(told, sought) or _is_other_paper(told, sought):
        return 0.0
    pays = bool(_PAYING & told.acts & sought.acts)
    if not partly and is_less(told, sought):
        return 0.0
    if "design" in told.things - sought.things:
        return 0.0  # drawings of a pipe are no pipe
    common = told.things & sought.things
    score = acts + len(common) + scale.total(common, 0.5) + min(scale.total(told.pairs & sought.pairs), 4.0)
    score += min(_SHORT_FORM * abbreviated(told, sought), 2 * _SHORT_FORM)
    score += 1.5 * len(told.marks & sought.marks) + _amount_score(told.amounts, sought.amounts)
    score -= len(sought.parts - told.parts)  # 完成改造方案 is not done by the works alone
    score -= _OTHER_MONEY * (pays and _is_other_sum(told.amounts, sought.amounts))
    score -= _OTHER_MONEY * _is_other_purpose(told.purposes, sought.purposes)
    if sought.things and told.things:
        near = any(told.things & group and sought.things & group for group in NEAR_THINGS)
        score -= 0.3 * len(sought.things ^ told.things) if common else 0.0 if near else 2.0
    elif not sought.things and told.acts & sought.acts & _SPEAKING:
        score += 1.0
    return max(score, 0.0)


_SHORT_FORM = 0.6


def abbreviated(told: Event, sought: Event) -> int:
    """Words that one of the two shortens: 修规 for 修建性详细规划, 固投 for 固定资产投资."""
    return sum(
        any(one.words.find(pair[1], place + 2, place + _SPREAD) >= 0 for place in _places(one.words, pair[0]))
        for other, one in ((told, sought), (sought, told))
        for pair in other.content - one.pairs
    )


_SPREAD = 7


def _places(text: str, char: str) -> list[int]:
    return [index for index, one in enumerate(text) if one == char]


# Acts that say by themselves what was done: 开工, 投产, 注册 need no object.
_SPEAKING = frozenset({"start", "produce", "register", "win", "license", "operate"})
# An act that governs its phrase: 收到验收申请 tells of receiving, not of acceptance.
_GOVERNING = frozenset({"return", "reduce", "receive", "sign", "expire", "submit", "publish", "move"})


# What ends a work is not proved by its earlier steps: a road is open when traffic runs, not when it is built.
_FINAL = {
    "open": frozenset({"open", "connect", "accept", "operate", "hand_over"}),
    "produce": frozenset({"produce", "operate"}),
    "full": frozenset({"full"}),
}


_BUILT, _WORKED = frozenset({"accept", "build", "record"}), frozenset({"build", "open", "connect", "start", "install"})


_PAYING = frozenset({"pay", "return"})
_OTHER_MONEY = 1.5  # off the likeness of two payments of different sums, and of different purposes (物流补贴, 设备奖补)


def _is_other_sum(told: frozenset[tuple[str, Decimal]], sought: frozenset[tuple[str, Decimal]]) -> bool:
    ours, theirs = ({value for unit, value in amounts if unit == "元"} for amounts in (told, sought))
    return bool(ours and theirs) and not ours & theirs


def _is_other_purpose(told: frozenset[str], sought: frozenset[str]) -> bool:
    """Both say what the money is for, and no character of the one is in the other."""
    return bool(told and sought) and set("".join(told)).isdisjoint("".join(sought))


def is_less(told: Event, sought: Event) -> bool:
    """What is told is a part of what is sought: fewer, 六成, 仅…, a first step (路基), one of several papers, a denied act."""
    pays = bool(_PAYING & told.acts & sought.acts)
    if told.parts - sought.parts and not pays:
        return True
    parted = any(kind == "期" for kind, _ in sought.marks) or any(unit == "%" for unit, _ in sought.amounts)
    if (told.short or (told.first and pays and not parted)) and not told.amounts & sought.amounts:
        return True
    if (
        told.undone & sought.acts
        or len(told.lacking & sought.content) >= _LACKS
        or (sought.acts <= _PAPERWORK and told.papers and sought.papers - told.papers)
    ):
        return True
    return _falls_short(told.amounts, sought.amounts, pays=pays)


_LACKS = 2
_PAPERWORK = frozenset({"obtain", "license", "accept", "submit", "record", "review", "register", "receive", "build"})


def _is_other_paper(told: Event, sought: Event) -> bool:
    """环评批复 is no 施工许可证, where papers are what is owed."""
    return sought.acts <= _PAPERWORK and bool(told.papers and sought.papers) and not told.papers & sought.papers


def _acts_score(told: Event, sought: Event, scale: Weights) -> float | None:
    """Points for the acts; None where they are different acts. What is told without a verb (第一期补助) may be any."""
    ours = told.acts | {"full"} if told.acts and _is_last(told, sought) else told.acts
    theirs = sought.acts
    governing = sought.lead & _GOVERNING
    if governing and ours and not governing & ours and not any(governing & near and ours & near for near in NEAR_ACTS):
        return None
    if "pay" in theirs and not theirs & _WORKS and ours and not ours & _MONEY_MOVES:
        return None  # 按进场设备发票金额支付: the money is what is owed
    for act, proofs in _FINAL.items():
        if act in theirs and ours and not proofs & ours:
            return None
    if theirs & {"accept", "record"} and theirs <= _BUILT and ours and ours <= _WORKED:
        return None
    if ours & theirs:
        shared = told.things & sought.things or told.papers & sought.papers or _same_content(told, sought)
        other = ours & theirs <= _OF_ANYTHING and not shared and bool(told.content and sought.content)
        return 1.5 + 2.0 * min(scale.total(ours & theirs, 0.5), 1.0) - (_OTHER_OBJECT if other else 0.0)
    if not ours or not theirs:
        return 1.0 if told.things & sought.things or _same_content(told, sought) else 1.0 - _OTHER_OBJECT
    if any(ours & SHOWN_BY.get(act, frozenset()) for act in theirs) and (
        told.things & sought.things & _BUILDINGS or "build" not in theirs
    ):
        return 1.5
    if "build" in theirs and "produce" in ours and told.things & sought.things & {"lines", "equipment"}:
        return 1.5  # lines that run have been built
    return 1.0 if any(ours & near and theirs & near for near in NEAR_ACTS) else None


_WORKS = frozenset({"clear", "hand_over", "build", "sign", "register", "win", "reach"})
_MONEY_MOVES = frozenset({"pay", "return", "reduce", "receive", "submit", "reach"})
# Acts that say little without their object: 取得, 提交, 签订.
_OF_ANYTHING = frozenset(
    {"obtain", "receive", "submit", "license", "sign", "accept", "review", "hold", "publish", "reach"}
)
_OTHER_OBJECT = 2.0


def _same_content(told: Event, sought: Event) -> bool:
    common = {pair for pair in told.content & sought.content if not _PHASED.fullmatch(pair)}
    return bool(common or told.amounts & sought.amounts or abbreviated(told, sought))


_BUILDINGS = frozenset({"plant", "rooms", "dormitory", "warehouse", "parking", "canteen", "school", "structure"})
_PHASED = re.compile(r"[一二三四五首两]期|期[\u4e00-\u9fff]|项目|工程|公司|企业|完成|全部")


def _is_last(told: Event, sought: Event) -> bool:
    """第七条 of seven, or as many as are sought: all of them."""
    counts = {(unit, value) for unit, value in sought.amounts if unit not in ("元", "%", "平方米", "亩")}
    return bool(told.amounts & counts)


def _marks_clash(told: Event, sought: Event) -> bool:
    kinds = {kind for kind, _ in sought.marks if kind[0] == "第"}
    for kind in ("号", "期", "区", "年", "栋", "旧", *sorted(kinds)):
        ours, theirs = ({mark for mark in event.marks if mark[0] == kind} for event in (told, sought))
        if ours and theirs and not ours & theirs:
            return True
    if "land" not in told.things & sought.things:
        return False
    places, phases = ({value for kind, value in event.marks if kind in "号期"} for event in (told, sought))
    return bool(places and phases) and not places & phases  # 1号宗地 is the plot of 一期


def _amount_score(told: frozenset[tuple[str, Decimal]], sought: frozenset[tuple[str, Decimal]]) -> float:
    score = 0.0
    for unit, value in sought:
        others = [amount for other, amount in told if other == unit]
        if value in others:
            score += 2.0 if unit == "元" else 1.5  # sums are the most telling
    return score


def _falls_short(told: frozenset[tuple[str, Decimal]], sought: frozenset[tuple[str, Decimal]], *, pays: bool) -> bool:
    """8 of 26 lines, 6000 of 15600 m², 六成 of the whole: a part is not the whole. Shares of money are compared as sums."""
    for unit in {unit for unit, _ in sought} - {"%", "层", "米"}:
        ours = [value for other, value in told if other == unit]
        if ours and max(ours) < min(value for other, value in sought if other == unit):
            return True
    shares = [value for unit, value in told if unit == "%"]
    whole = min((value for unit, value in sought if unit == "%"), default=_ALL)
    return bool(shares) and not pays and max(shares) < whole


_ALL = Decimal(100)
