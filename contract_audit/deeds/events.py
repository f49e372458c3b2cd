"""When do two phrases tell of the same event? Acts and things by concept, not by equal words; numbers and names must agree.

移交 4 号楼 and 二期4号厂房整体移交 are one event; 第一期补助 and 第二期补助 are not; 提交保函 and 退还保函 are not.
"""

import re
from decimal import Decimal
from functools import lru_cache
from itertools import chain, islice, pairwise

import msgspec

from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.openings import Table
from contract_audit.chinese.text import fold_text
from contract_audit.deeds.concepts import ACTS, DOCUMENTS, PAPERS, THINGS, WORKS
from contract_audit.deeds.portions import amounts, ordinals, portion

_REMEMBERED = 2048  # phrases: more than those of one paper


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
    missing: frozenset[str] = frozenset()  # things of which some are not done
    short: bool = False  # says itself that it is only a part: 1.1公里（全长1.6公里）
    first: bool = False  # the first of several payments: 首笔
    beside: frozenset[str] = frozenset()  # works named side by side: 供水管和污水管
    documents: frozenset[str] = frozenset()  # what is handed in, by kind: 预案, 名单
    steps: frozenset[str] = frozenset()  # steps of works, where nothing tells of their end: 吊装, 立杆
    words: str = ""


_ACTS, _PAPERS, _DOCUMENTS, _THINGS = map(Table, (ACTS, PAPERS, DOCUMENTS, THINGS))
_WORKS = Table({name: pattern for name, pattern in THINGS.items() if name in WORKS})
_NUMBERED = re.compile(
    rf"(?P<no>[0-9]{{1,4}}(?:[、及和-][0-9]{{1,3}}(?=号|#))?)(?:号|#)|(?P<phase>(?:(?<![分末尾后])第?{RUN}|首|头一?)(?:期(?![限间末])|[笔批])|(?:第{RUN}|首|头一?)次(?!性|日|月|年|登记))"
    r"|(?P<first>首付|预付|首款)|(?P<rest>余款|尾款|尾数|剩余|余额|其余|余下|结余|另一半|[末尾](?:一)?[期笔批次](?!限)|最后一?[期笔批次](?!限))"
    rf"|(?<![0-9a-zA-Z.])(?P<line>[0-9]{{1,2}}(?:[、及和-][0-9]{{1,2}})*)(?=线(?![路缆束城]|[以之]?[内外上下]))"
    rf"|第(?P<year>{RUN})个?年|(?P<fiscal>20[0-9]{{2}})年度"
    r"|(?P<zone>[甲乙丙丁东南西北A-F])区(?!人|政)"
    r"|(?P<age>(?<![创高更])新(?!建|增|购|设|区|城|能|材|型)|[老旧])(?=[^，。；]{0,2}(?:渠|厂|路|桥|楼|校|址|管|站|井))"
    r"|(?<![A-Za-z0-9])(?P<letter>[A-H](?:[、和及与][A-H])*)(?=[座栋幢宗片]|标段|地块|厂房|车间|库|馆)|(?P<hall>[一二三四五六七八九])(?=车间|分厂|标段|泵站|窑)"
    r"|(?P<flank>[东南西北])侧|(?P<stay>临(?=[电水](?!线))|(?:临时|正式|永久)(?=[^，。；]{0,3}(?:用?[水电气]|供[水电气热]|接入|接通|送电|线路)))"
    r"|(?P<block>[A-H]-?[0-9]{1,2})(?=号?楼|栋|幢|座|厂房|车间|库|交付|移交|交房|竣工|分别|[、和与及]|的)|(?P<cn>[一二三四五六七八九十]{1,3})号(?!文|令|公告)"
    rf"|(?P<floor>{RUN})(?:层|楼)(?!以上|高|栋|面|板)"
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
    r"|(?P<paper>(?:交[接地付房]|移交|验收|成交)[^，。；《》]{0,6}(?:书|单|表|证明|清单)》?)(?:已?经?由?(?:[双各三]方|甲乙双方)?(?:共同)?)(?:签署|签订|签字|签发|签认)"
)
# What comes before a deed or puts it off, and is none: drafts, drawings, lists, accounts, materials brought, places chosen.
_BEFOREHAND = (
    r"样本|样稿|草[稿案]|初稿|范本|列入|拟[于好定]|预计|打算|展期|延期|缓[交付缴建]|图样|效果图|定了?稿|说明书|会签|请示|走流程|核对无误|退票|让补|报名|摸底|入户|查出|查明|定标|开标|评标|遴选|打分|排产|下单|付了?定金|贴了?标签|画了?[红白]|意向|尺寸|选[址在]"
    r"|账户[^，。；]{0,3}(?:已开|开[立好设]|设立|办好|批)|开[立设][^，。；]{0,6}账户|[一二初]阶段|再借|续[借租]|口头|约[定好]|询价|比价|报价|测算|花名册[^，。；]{0,4}公示|坑[^，。；]{0,3}挖|挖[^，。；]{0,6}[坑洞]"
    r"|请款|拉来|运来|备料|进料|(?:材料|石料|砂石|管材|苗木|板材|电杆|钢材|树苗)[^，。；]{0,4}(?:进场|到场|运到|拉到|到货|入库)|堆着"
)
NOT_YET = re.compile(_BEFOREHAND)
_PARTS = re.compile(
    r"便道|毛路|临时(?=[^，。；]{0,6}(?:道路|通道|便桥))|路基|基层|土建|正负零|±0|零米|[池井罐墙箱窑炉塔]体(?=[^，。；]{0,4}(?:浇筑|砌筑|拼装|施工|完[成工]|成型))|基础(?=完成|完工|施工|浇筑|验收|部分)|垫层|(?<![办施任场营资接设报业])主体(?!(?:工程|结构)?(?:正式|全面|如期)?(?:开工|动工))|封顶|部分|一半|过半|结构(?=(?:分部)?(?:工程)?[^，。；]{0,2}验收)|启动(?!送电|供[水电气热]|投运|运行|使用)|开始|着手|筹备|"
    r"正在|初步(?!设计|方案|勘)|初验|预验|意向|招标|立项(?!目|备案|批复|核准)|样机|方案|论证|"
    r"可研|可行性|放样|征求|" + _BEFOREHAND + "|"
    r"现场(?:核查|勘查|查看|检查|考察|踏勘|评审|看)|看了|调研|走访|座谈|沟通|洽谈|商议|讨论|"
    r"试(?:生产|产|车|运行|机|制|转|投)"
)
# A step of building or laying that is not yet the works, unless the step itself is what is owed.
_STEPS = re.compile(
    r"钢[架柱梁](?=[^，。；]{0,4}(?:立|吊|安装|拼装|完|到位))|[立竖](?:起|好|了)?(?:钢?[架柱](?![子石])|杆(?=[0-9塔完好]|$))|吊装(?!设备|机|车)"
    r"|(?:支|骨|构|框|管|网)架(?=[^，。；]{0,4}(?:立|搭|安装|拼装|完|到位|成型))|立柱(?=[^，。；]{0,4}(?:完|到位|浇|安装))|顶管|沟槽|管沟|支模|绑扎|铺膜|放线|测量|勘[测界]|拼装到位|焊接(?=[至到完])|预埋|穿线|排管"
)
_ENDS = frozenset({"accept", "operate", "produce", "hand_over", "record", "open", "connect"})
_WORD = re.compile("(?:(?![的了在于将由并和及与把应须后前内其该本为使以按各])[\u4e00-\u9fff])+")


@lru_cache(maxsize=_REMEMBERED)
def event(words: str) -> Event:
    """What a phrase of an agreement is about."""
    return _event(_SIGNED_PAPER.sub(r"\g<paper>", _folded(words)))


def shares(one: Event, words: str) -> bool:
    """Whether the event that a phrase tells may have a thing, or two pairs of characters, in common with another: a glance at the
    words, where reading all that they tell takes five times as long.
    """
    text, naming = _glanced_at(words)
    common = (pair for pair in one.pairs if len(pair) > 1 and pair in text)
    return _THINGS.has_any(one.things, naming) or sum(1 for _ in islice(common, 2)) > 1


@lru_cache(maxsize=_REMEMBERED)
def _glanced_at(words: str) -> tuple[str, str]:
    """The words as a phrase is read, and those of them that may name things."""
    text = _plain(_SIGNED_PAPER.sub(r"\g<paper>", _folded(words)))
    return text, _naming(text)


@lru_cache(maxsize=_REMEMBERED)
def amounts_of(words: str) -> frozenset[tuple[str, Decimal]]:
    """Only the quantities of the event that a phrase tells."""
    return frozenset(amounts(_plain(_SIGNED_PAPER.sub(r"\g<paper>", _folded(words)))))


@lru_cache(maxsize=_REMEMBERED)
def marks_of(words: str) -> frozenset[tuple[str, str]]:
    """Only the marks of the event that a phrase tells."""
    if MAY_MARK.search(words) is None:
        return frozenset()
    return _all_marks(_plain(_SIGNED_PAPER.sub(r"\g<paper>", _folded(words))))


# fold_text writes Ⅱ as two letters.
_ROMAN = re.compile(r"(?<![A-Za-z0-9.-])(?P<n>I{1,3}|IV|V)(?=(?:号|回|段|线|期|标段|区|路))")
_ROMANS = {"I": "一", "II": "二", "III": "三", "IV": "四", "V": "五"}


def _folded(words: str) -> str:
    """Folded words, Ⅱ回路 as 第二回路."""
    text = _ROMAN.sub(lambda match: f"第{_ROMANS[match['n']]}", fold_text(words))
    return _FROM_TO.sub(_each_number, text)


# 1#—3#楼, 1至3号 are three.
_FROM_TO = re.compile(
    r"(?<![0-9月.])(?P<first>[0-9]{1,2})(?:号|#)?(?:楼|厂房|车间)?(?:-|—|～|至|到)+(?P<last>[0-9]{1,2})(?P<mark>号|#)(?![0-9])"
)
_MOST_NUMBERS = 20
_TELLING_FIGURES = re.compile(rf"5G|20[0-9]{{2}}(?=年度)|{_FROM_TO.pattern}")
_FIGURES = str.maketrans("123456789", "1" * 9)


def figures_aside(text: str) -> str:
    """The words, as long as they are, with each figure from 1 to 9 as 1, but where it says more than how many or which: 5G,
    2024年度, 1至3号. Phrases that are the same so tell of the same acts and things; numbers and quantities may differ.
    """
    parts, position = [], 0
    for telling in _TELLING_FIGURES.finditer(text):
        parts += [text[position : telling.start()].translate(_FIGURES), telling.group()]
        position = telling.end()
    return "".join([*parts, text[position:].translate(_FIGURES)])


def _each_number(match: re.Match[str]) -> str:
    first, last = int(match["first"]), int(match["last"])
    if not first < last <= first + _MOST_NUMBERS:
        return match.group()
    return "、".join(f"{number}{match['mark']}" for number in range(first, last + 1))


@lru_cache(maxsize=_REMEMBERED)
def recorded(words: str) -> Event:
    """What a record tells as done, with what it denies (设备未安装) or calls a part of the whole (六成) set apart."""
    told = portion(_SIGNED_PAPER.sub(r"\g<paper>", _folded(words)))
    done = _event(told.done)
    parts = done.parts | {ASKED} if _ASKS.search(told.done) and not _GRANTS.search(told.done) else done.parts
    return msgspec.structs.replace(done, parts=parts, short=told.short, first=told.first)


ASKED = "申请"  # a part of what is granted: 材料已报, 受理
_ASKS = re.compile(r"申请|申报|受理|报审|送审|报批|报件|(?:材料|资料|要件)[^，。；]{0,4}(?:报|递|提交|送[审达]|上传)")
_GRANTS = re.compile(
    r"批[复准文]|获|取得|核发|颁发|领[取到证]|通过|到账|拨付|下[发达]|办[结妥好]|同意|完[成毕]|付|收齐|转报|并申请"
)


def denied(words: str) -> Event:
    """What a record says is not done yet: 工艺验证未开展, （设备未安装）."""
    parts = [part for part in _SEGMENT.split(fold_text(words)) if portion(part).undone]
    found = _event("，".join(parts))
    faulty = any("整改" in part for part in parts)  # what is to be put right has not been accepted
    return msgspec.structs.replace(found, acts=found.acts | {"accept"}) if faulty else found


_SEGMENT = re.compile(r"[，；;。（）()]|,(?![0-9]{3})")


def _event(text: str) -> Event:
    text = _plain(text)
    things = _things(text)
    bare = _PARTIES.sub(" ", text)
    own = _own_words(_SEALED.sub(" ", bare))
    named = re.sub(r"[^\u4e00-\u9fff]|[（(][^（）()]*[）)]", "", _OF_PROJECT.sub("", own))
    acts = _acts(text, things)
    return Event(
        acts,
        things,
        _all_marks(text),
        frozenset(amounts(text)),
        frozenset(chain.from_iterable(_WORD.findall(bare))) | _pairs(bare),
        _parts(text),
        len(named) >= _NAME_CHARS,
        frozenset(words for match in _PURPOSE.finditer(text) if len(words := _NO_PURPOSE.sub("", match["words"])) > 1),
        acts,
        _PAPERS.names_in(text),
        _pairs(own),
        beside=_beside(text),
        documents=_DOCUMENTS.names_in(text),
        steps=_steps(text),
        words=text,
    )


def _things(text: str) -> frozenset[str]:
    return _THINGS.names_in(_naming(text))


def _naming(text: str) -> str:
    """The words of a phrase that may name things."""
    return _NOT_IT.sub("", text) if _NOT_IT.search(text) else text


def _plain(text: str) -> str:
    return _BEGUN.sub(r"\g<what>开工", _MONEY_FOR.sub("货款", text))


def _steps(text: str) -> frozenset[str]:
    """The steps of works that are named, unless the words beside them tell that the works have ended."""
    steps = frozenset(_STEPS.findall(text))
    return frozenset() if steps and _ACTS.names_in(_STEPS.sub(" ", text)) & _ENDS else steps


# 厂房门前道路 is a road, where the plant only says which; 经五路以西80亩 is land; what an office is called is nothing owed.
_NOT_IT = re.compile(
    r"(?:住房(?:[和与及]?城乡)?(?:建设|保障)|水务|水利|土地(?:储备|整备|收购)|公共交通|食品药品)(?=[^，。；\s]{0,6}[局委厅部办]|[^，。；\s]{0,4}中心)"
    r"|(?:[\u4e00-\u9fff]{1,3}(?:路|大道|大街))(?:以?[东南西北](?:侧|边|面)?|旁|边)(?=(?:的)?(?:[0-9]|地块|宗地|净地|土地|场地|厂房))|(?:厂房|厂区|车间|宿舍|项目|地块|宗地|园区|仓库|楼)(?:的)?(?:门[前口]|周边|[东南西北]侧|[旁外]侧?|红线外|围墙外)(?=[^，。；]{2})"
)
_SEALED = re.compile(r"[表单书]?(?:签章|签认|盖章)")  # 核验表签章: how it is shown, not what was done
# Who acts or is acted for, which says nothing of what is done.
_PARTIES = re.compile(
    r"在线(?=监[测控视]|检测|计量|分析)|[甲乙丙丁双三各]方"
    r"|[贵你我本该](?:公司|司|单位|企业|县|市|区|镇|乡|园区|局|方|院)|投资[方人]"
)
_MONEY_FOR = re.compile(r"(?:到货|验收|安装|投产|竣工|签约|开工|交房)款")  # a payment, not the arrival
# 启动一期建设 is its start, whatever is named between.
_BEGUN = re.compile(
    r"[开动]工建设|施工(?:正式|全面)?(?:启动|开始)|(?:启动|开始)(?P<what>[^，。；、的未]{0,8}?)(?:建设|施工)(?!图|方案|招标|许可|前期|准备|[用条资规])"
)
_START_ORDER = re.compile(PAPERS["start_order"])


def _acts(text: str, things: frozenset[str]) -> frozenset[str]:
    """The acts; lines that run produce, and a licence that is fetched is no receipt of money."""
    acts = _ACTS.names_in(text)
    if _NAME_OF_PAPER.search(text):
        acts -= _WORKS_AGREED - _ACTS.names_in(_NAME_OF_PAPER.sub(r"\g<signs>", text))
    if "produce" in acts and "lines" in things:
        acts -= {"connect"}
    if acts & {"license", "obtain", "hand_over"} and "pay" in acts and not _MONEY.search(text):
        acts -= {"pay"}  # 把办学许可证发给学校, 净地交到乙方手上
    if "交到" in text and things & _PLACES and not _MONEY.search(text):
        acts = acts - {"pay"} | {"hand_over"}  # 厂房一栋，2024年5月底前交到乙方手上
    if _START_ORDER.search(text):
        acts -= {"obtain", "license", "receive"}
    return acts - {"receive"} if acts & {"license", "register"} else acts


_PLACES = frozenset({"land", "plant", "rooms", "warehouse", "dormitory", "structure"})
_WORKS_AGREED = frozenset({"clear", "connect", "build", "operate", "install", "hand_over", "open", "produce", "move"})
# 签完搬迁协议 tells of the paper, not that anybody has moved.
_NAME_OF_PAPER = re.compile(
    r"(?P<signs>签[订署了好完妥下]{0,2})(?![订署了好完妥下]|劳动|用工|聘用)[\u4e00-\u9fff]{2,6}?(?=协议|合同)"
    r"|(?<![\u4e00-\u9fff])(?![\u4e00-\u9fff]{0,6}(?:劳动|用工|聘用))[\u4e00-\u9fff]{2,10}?(?=(?:协议|合同)书?(?:已|均|全部)*(?:签|盖章|用印))"
)
_MONEY = re.compile(r"[万亿]?元|款|费|租|资金|补[助贴偿]|奖|保证金|押金|税")
_OF_PROJECT = re.compile(
    rf"第?{RUN}期|首期|项目|工程|厂区|企业|公司|单位|施工|土建|整体|全部|正式|主体|厂房|车间|结构|生产线|设备|消防|规划|备案|竣工|完成|验收"
    r"|合格|组织|通过|取得|证书?|报告|意见|手续|办理|全面|如期|顺利|[甲乙丙]方|[于在的了并及和与]"
)


def _own_words(text: str) -> str:
    """The words that tell of no act: what is acted on."""
    for _, pattern in _ACTS.possible(text):
        text = pattern.sub(" ", text)
    return text


_NAME_CHARS = 3
_AND = re.compile(r"[^，。；、]{0,8}(?:和|及|与|、)[^，。；、]{0,10}")


def _beside(text: str) -> frozenset[str]:
    """The works that stand side by side in an enumeration, if they are two or more and the last phrase speaks of no one alone."""
    places = sorted(
        (match.start(), match.end(), name)
        for name, pattern in _WORKS.possible(text)
        for match in pattern.finditer(text)
    )
    found: set[str] = set()
    for (_, end, one), (start, _, other) in pairwise(places):
        if one != other and end <= start and _AND.fullmatch(text, end, start):
            found |= {one, other}
    last = _WORKS.names_in(re.split("[，。；]", text)[-1]) & found
    alone = last and last != found  # 道路与天桥由甲方修建，道路8月底前通车: the road
    return frozenset() if alone else frozenset(found)


_REAL = re.compile(r"(?<!试)投产|正式(?:生产|投)|量产|下线|达产|(?<!试)投运|通过试")


_ENDED_WELL = re.compile(r"合格|通过|签字|完毕|移交|交付|到账|办结|投产|投用")
_UNDER_WAY = re.compile(r"现场|看了|调研|走访|座谈|沟通|洽谈|商议|讨论|征求")
_HELD = re.compile(r"专场|第[一二三四五六七八九十0-9]+[场届]|(?:招聘|洽谈|座谈|对接|推介|见面)会")
_TALKS = re.compile(r"洽谈|座谈|沟通|走访")
_SAME_PART = {"便": "临时", "封": "主体", "结": "主体", "试": "试", "可": "可研"}


def _parts(text: str) -> frozenset[str]:
    """The parts named; the roof on is the main structure done, and a trial run is none once production is named."""
    found = {_SAME_PART.get(part[:1], part) for part in _PARTS.findall(text)}
    if _ENDED_WELL.search(text):
        found = {part for part in found if not _UNDER_WAY.match(part)}
    if _HELD.search(text):
        found = {part for part in found if not _TALKS.match(part)}  # 用工洽谈第二场 is itself what was held
    return frozenset(found - {"试"} if _REAL.search(text) else found)


def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, none of which is one that only joins words."""
    return frozenset(map("".join, chain.from_iterable(map(pairwise, _WORD.findall(text)))))


def _all_marks(text: str) -> frozenset[tuple[str, str]]:
    numbered = (mark for match in _NUMBERED.finditer(text) for mark in _mark(str(match.lastgroup), match.group()))
    return frozenset([*numbered, *((f"第{unit}", str(place)) for unit, place in ordinals(text))])


# One of them stands, folded or not, in what any mark is read from; 工期 is none.
MAY_MARK = re.compile("[号线#＃笔批次首预余尾剩另末后第头度区新老旧A-ZＡ-ＺⅠ-Ⅻ车厂段站窑侧临正永层楼]|(?<!工)期")
# The kind of mark by the name of its group in _NUMBERED.
_MARK_KINDS = {
    "flank": "侧", "year": "年", "fiscal": "年", "zone": "区", "block": "栋", "cn": "号", "hall": "号",
    "floor": "层", "code": "码", "stay": "暂",
}  # fmt: skip
_PLAIN_MARKS = {"first": ("期", "1"), "rest": ("期", "余")}


def _mark(name: str, words: str) -> list[tuple[str, str]]:
    """The marks of one numbering by the name of its group: 3号 and 5号, 二期, 余款, 2024年度, 甲区, 东侧, 新渠, A7栋."""
    bare = words.strip("第号#年度个区层楼侧")
    if name in ("no", "line"):
        return [("号", part) for part in re.split("[、及和-]", bare)]
    if name == "letter":
        return [("栋", letter) for letter in words if letter.isalpha() and letter.isascii()]
    if name == "phase":
        value = Decimal(1) if words[0] in "首头" else number(re.sub("[期笔批次]", "", bare))
        return [("期", str(value))]
    if name in _PLAIN_MARKS:
        return [_PLAIN_MARKS[name]]
    if name == "age":
        return [("旧", "新" if words == "新" else "旧")]
    if name == "stay":
        return [("暂", "临时" if words[0] == "临" else "永久")]
    if name in ("year", "fiscal", "cn", "hall", "floor"):
        bare = str(number(bare))
    return [(_MARK_KINDS[name], bare.replace("-", "") if name == "block" else bare)]
