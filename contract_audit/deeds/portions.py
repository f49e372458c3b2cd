"""How much of a thing a record tells: what it denies (设备未安装), and whether it says itself that it is only a part of it.

1.1公里（全长1.6公里）, 完成约六成, 18台中的4台, 仅完成沟槽 are parts; they fulfil no duty that asks for the whole.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from contract_audit.chinese.numerals import DIGITS, RUN, number
from contract_audit.chinese.openings import Table
from contract_audit.deeds.concepts import ACTS

UNITS = (
    "平方米|平米|㎡|亩|公顷|条|台套|台|套|万元|亿元|元|人|名|间|公里|千米|米|场(?![区地站馆])|家|%|层|座|项|个|处|盏|份|栋|幢|户|辆|吨"
    "|件|口|眼|孔|樘|丛|块(?!地)|箱(?!涵)|桶|袋|组(?![织建成长团合])|部(?![门分委署队件])|批|面|根|所|次|千伏安|千瓦|张|棵|株|床|立方米|尾|羽|头|只|艘|架|公斤|千克|把(?=$|[^\u4e00-\u9fff手]|交|给|已|全)|本(?=$|[^\u4e00-\u9fff])|基(?=$|[^\u4e00-\u9fff])|杆(?![塔件秤])"
)
_SCALE: dict[str, tuple[str, Decimal]] = {
    "万元": ("元", Decimal(10**4)),
    "亿元": ("元", Decimal(10**8)),
    "名": ("人", Decimal(1)),
    "千米": ("公里", Decimal(1)),
    "平米": ("平方米", Decimal(1)),
    "㎡": ("平方米", Decimal(1)),
    "公顷": ("亩", Decimal(15)),
    "台套": ("台", Decimal(1)),
    "套": ("套", Decimal(1)),
    "幢": ("栋", Decimal(1)),
    "户": ("套", Decimal(1)),
}
_AMOUNT = re.compile(
    rf"百分之(?P<share>{RUN})|(?P<tenths>[一二三四五六七八九])成(?!功|立|交|品|果|本|都|为)(?P<half>半)?"
    rf"|(?<![第0-9])(?:(?P<times>[0-9]{{1,3}})[×xX*])?(?P<n>{RUN})(?:余|多|来)?(?P<unit>{UNITS})(?!级|号|路|期)"
)
_ORDINAL = re.compile(
    rf"(?:第(?P<n>{RUN})|首)(?P<unit>条(?=[一-龥]{{0,5}}线)|线|台|座|场|栋|幢|套|户|辆|间|处|回(?=路))"
)
_COUNTED = "(?:户|套|根|台|条|间|栋|家|座|处|个|组|亩|米|公里|人|名|辆|件|头|口|张|份|盏|村|棵|株)"
_TROUBLE = "返修|返工|整改|未|没|待|漏|缓|阻|卡|坏|[在正]|暂|明年|来年|下[月周批次]"
_DENIAL = re.compile(
    r"(?:尚|仍|还|暂|均|都|又)?(?:未(?!来|发现|提出|提异议|见异常|见问题|收到|有异议|出现|发生|逾期|超|满|央)|没有(?!异议|"
    r"问题)|没(?=[完通建到拿接交付验安装见修铺开办])|尚无|缺(?!口)"
    r"|(?<![接招等期])待(?![遇岗业产])(?=[^，。；、（）()]{0,6}[验安通建交办审付整装修铺完补续拨栽种迁拆砌])"
    r"|(?<![接招等期])待[^，。；、（）()遇岗业产命]{2,6}(?=$|[，。；（）()])"
    r"|正在?(?=[粉装建铺修搭砌挖办谈清拆走])|在建|在办|进行中|推进中|停工(?![补损费期令报通])|暂停|中断)[^，。；、（）() ]*"
    r"|[^，。；、（）() ]*(?:整改|施工|办理|审批|审核|审查|评审|调试|安装|筹备|协商|洽谈|流程|返修|返工|砌筑|浇筑|铺设|制作"
    r"|生产)中(?![\u4e00-\u9fff])"
    r"|[^，。；、（）() ]*(?:砌体|主体|基础|桩基|装修|施工|安装|调试|整改|返修|收尾|筹备|设计|报批|审批|招标)"
    r"(?:阶段|返修|返工|整改)(?![\u4e00-\u9fff])"
    r"|[^，。；、（）() ]*(?:流标|废标|退件|驳回|不予[^，。；]{0,4}|不合格|打回|失败|作废|撤回|落空|搁置|叫停|补正)[^，。；、（）() ]*"
    rf"|(?:尚[余差欠剩]|还[剩差欠])[0-9一二两三四五六七八九十]+{_COUNTED}[^，。；（）()]*"
    r"|(?:(?<=[，。；（(])|^)[^，。；、（）() ]{2,}等待?(?:配件|备件|批复|审批|资金|指标|通知|厂家|手续|图纸|化验|结果)(?=$|[，。；）)])"
    r"|[^，。；、（）() ]*[仍尚还正]在(?:进行|施工|推进|办理|砌|装|建|修|铺|挖|协调|洽谈)[^，。；、（）() ]*"
    r"|[^，。；、（）() ]*(?:提出|要求|限期|责令|需|须|存在)[^，。；、（）() ]{0,8}整改(?!完|到位|好)[^，。；、（）() ]*"
    r"|[^，。；、（）() ]*(?<!合同)(?:另行|另期|另批|择期|后续再?|下一?[批步]再?)"
    r"(?:移交|交付|交接|验收|安装|接通|施工|实施|建设|办理|完善|补[建做装交])[^，。；、（）() ]*"
    r"|[不未]包?[含括](?!税)[^，。；、（）()]{2,12}(?=$|[，。；）)])"
    r"|(?<![免消清拆去])除(?![尘涝雪险草锈湿霜臭铁污磷渣])[^，。；、（）()]{2,12}外(?=$|[，。；）)])"
    rf"|(?:[另还]有?|其余)[0-9一二两三四五六七八九十]+{_COUNTED}[^，。；（）()]*?(?:{_TROUBLE})[^，。；（）()]*"
)
# What is said of the rest: 剩余6户未签, 余下有一排铁塔 deny it, 剩余6户签完 tells that it is done.
_REST = re.compile(
    rf"(?<![0-9一二三四五六七八九十百])(?:(?:剩余|剩下?|余下?|其余)(?=[0-9一二两三四五六七八九十百]+{_COUNTED})|(?:剩余|余下|其余)(?=[^，。；]*(?:有|存在|遗留|涉及|受阻)))"
    r"(?:[（(][^（）()]*[）)]|[^，。；、（）() ])*"
)
_REST_OPEN = re.compile(rf"{_TROUBLE}|意向|协商|[商洽约]谈|动员|做工作")
_REST_OF_MONEY = re.compile(r"[款金费租]|元")
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_ONLY = re.compile(
    r"仅|只(?!要|有在)|部分|局部|过半|一半(?!款)|半数|大部|多数|首段|前段|分段(?!验)|陆续|初步(?!设计|方案|勘)|个别|阶段性"
    r"|[到至][^，。；、0-9]{1,8}(?:[东南西北]侧?|(?<!红线)(?<!围墙)外)约?[0-9.]+(?:公里|千米|米)"  # 敷设至厂西500米
)
_DONE_IN_PART = re.compile(r"[（(](?:仅|只)?部分(?:完成|履行|建成|交付|移交|到位|通过)[^（）()]*[）)]")
_FIRST = re.compile(r"首笔|第一笔|首付")
_WHOLE_BEFORE = re.compile(
    r"(?:全长|全部|总[长计数量额]?|共计?|合计|合同|约定|应[付交建到配装]?|计划|设计|需|核定|规模|目标|余)[一-龥]{0,3}[:：为是]?(?:约)?$"
)
_WHOLE_AFTER = re.compile(r"(?:的|土地|宗地|净地|厂房|宿舍|公寓|设备|货款|资金|[房款])?(?:中的?|之中|里)|/")


class Portion(msgspec.Struct, frozen=True):
    """What a phrase tells as done, what it says is not done, and whether the done is a part by its own words.

    `first`: it is the first of several payments (首笔), a part where the whole is owed at once.
    """

    done: str
    undone: str
    short: bool
    first: bool


def portion(text: str) -> Portion:
    """The portions of folded `text`; without denials or words of parts it is all done."""
    told = _REST.sub(_unless_done, text)
    denials = [match.group() for match in _DENIAL.finditer(told)]
    undone = "，".join([*denials, *(match.group() for match in _REST.finditer(text) if not _unless_done(match))])
    done = _DENIAL.sub("", _REMARK.sub(_unless_denied, told)) if undone else text
    whole = _whole(done)
    if whole is not None:
        done = done[: whole[0]] + done[whole[1] :]
    short = whole is not None or bool(_ONLY.search(done)) or bool(_DONE_IN_PART.search(text))
    return Portion(done, undone, short, bool(_FIRST.search(done)))


def _unless_done(rest: re.Match[str]) -> str:
    """What is told of the rest, if it is that it is done: 剩余35亩启用; nothing for 剩余35亩, 余下有铁塔."""
    words = rest.group()
    governed = _ACTS.names_in(rest.string[max(0, rest.start() - _ACT_CHARS) : rest.start()])
    if governed and not _REST_OPEN.search(words):
        return words  # 移交剩余22亩
    done = not _REST_OPEN.search(words) and bool(_ACTS.names_in(words))
    return words if done or _REST_OF_MONEY.search(words) else ""


_ACTS, _ACT_CHARS = Table(ACTS), 2


def _unless_denied(remark: re.Match[str]) -> str:
    """A remark of what is not done (2#、3#楼整改中) tells nothing of what is."""
    return "" if _DENIAL.search(remark.group()) else remark.group()


def _whole(text: str) -> tuple[int, int] | None:
    """The span of a quantity that another of its unit is a part of: 4台（合同18台）, 18台中的4台."""
    found: dict[str, list[tuple[Decimal, re.Match[str]]]] = {}
    for unit, value, match in quantities(text):
        found.setdefault(unit, []).append((value, match))
    for entries in found.values():
        least, most = (pick(entries, key=lambda entry: entry[0]) for pick in (min, max))
        if least[0] == most[0]:
            continue
        before = text[max(0, most[1].start() - 8) : most[1].start()]
        if _WHOLE_BEFORE.search(before) or _WHOLE_AFTER.match(text, most[1].end()):
            return most[1].span()
    fraction = _FRACTION.search(text)
    return fraction.span("all") if fraction and int(fraction["few"]) < int(fraction["all"]) else None


_FRACTION = re.compile(rf"(?P<few>[0-9]+)/(?P<all>[0-9]+)(?:{UNITS})")


def quantities(text: str) -> Iterator[tuple[str, Decimal, re.Match[str]]]:
    """Unit, value and place of each quantity of folded `text`, in the unit that stands for all of its kind."""
    for match in _AMOUNT.finditer(text):
        if match["tenths"]:
            value = number(match["tenths"])
            value = None if value is None else value * 10 + (5 if match["half"] else 0)
        else:
            value = number(match["share"] or match["n"])
        if value is not None and match["times"]:
            value *= Decimal(match["times"])
        unit, factor = _SCALE.get(match["unit"] or "%", (match["unit"] or "%", Decimal(1)))
        if unit == "米" and value is not None and value >= _SHORTEST_RUN and not _is_across(text, match):
            unit, factor = "公里", _METRE
        if value is not None:
            yield unit, value * factor, match


# How far works run (水泥路800米) is a quantity of them; how wide or high they are and where they stand (宽60米, 红线外80米) is none.
_SHORTEST_RUN, _METRE = 50, Decimal("0.001")
_ACROSS = re.compile(
    r"[宽厚高深径距外内净跨隔离]度?(?:为|是|不[少低小]于|约|达|[:：])*$|(?:标高|海拔|方圆|周边|范围|半径|[东南西北]侧?)约?$"
)
_ACROSS_BEHIND = re.compile(r"(?:的?[宽厚高深](?!度?[为约]?[0-9])|[以之]?[外内处]|[远跨开]|范围|半径|直径|口径|深处)")


def _is_across(text: str, match: re.Match[str]) -> bool:
    """Whether a length says how wide, high or far off, and not how long something is."""
    return bool(
        _ACROSS.search(text[max(0, match.start() - 8) : match.start()]) or _ACROSS_BEHIND.match(text, match.end())
    )


_HEADS = re.compile(r"(?<=人数)(?:为|达到?|共|合计|[:：])?\s*(?P<n>[0-9]+)(?![0-9.,]*(?:名|人|%|万))")
_POSTS = re.compile(r"坐席|席位|岗位|座席|就业|用工")
_POINT = re.compile(r"(?P<whole>[〇零一二三四五六七八九十])点(?P<part>[〇零一二三四五六七八九]{1,3})(?=[万亿成倍公])")
_ADDED = re.compile(r"(?P<one>[0-9.]+)(?P<of>[万亿]?)元?[+＋](?P<more>[0-9.]+)(?P<unit>[万亿])元?")
_NO_YUAN = re.compile(
    r"(?:(?<=[0-9])|(?<=累计[一二三四五六七八九十])|(?<=累计[一二三四五六七八九][十百千]))[万亿]"
    r"(?=$|[，。；、）)\s]|到|入|已|付|退|的)"
)


def _together(match: re.Match[str]) -> str:
    one, more = (number(match[name] + (match[of] or match["unit"])) for name, of in (("one", "of"), ("more", "unit")))
    return match.group() if one is None or more is None else f"{(one + more) / 10**4:f}万元"


def _figures(text: str) -> str:
    """一点二亿 as 1.2亿, 2500万+1500万 as 4000万元, and the 元 that 退10万 leaves out; 参保人数231 are so many 人."""
    text = _HEADS.sub(r"\g<n>人", _ADDED.sub(_together, text))
    text = _NO_YUAN.sub(r"\g<0>元", text)
    return _POINT.sub(
        lambda match: f"{number(match['whole'])}.{''.join(str(DIGITS[char]) for char in match['part'])}", text
    )


def amounts(text: str) -> list[tuple[str, Decimal]]:
    """Quantities of folded `text` as (unit, value): money in 元, shares in %, 第七条 as the seventh of its kind."""
    text = _figures(text)
    posts = bool(_POSTS.search(text))
    found = [("人" if unit == "个" and posts else unit, value) for unit, value, _ in quantities(text)]
    return [*found, *ordinals(text)]


def ordinals(text: str) -> list[tuple[str, Decimal]]:
    """第七条, 首台 as (unit, place)."""
    found = []
    for match in _ORDINAL.finditer(text):
        value = number(match["n"]) if match["n"] else Decimal(1)
        unit = "条" if match["unit"] == "线" else match["unit"]
        if value is not None:
            found.append((_SCALE.get(unit, (unit, Decimal(1)))[0], value))
    return found
