"""What a paper says of its own investment figure: what the investor has, what of the total it adds itself, what things cost elsewhere."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from contract_audit.model import Fact, Value

_STOP = re.compile(r"[。；\n，、\t|]")
_REACH = 40
_SHARE_REACH = 400  # characters behind the total in which the investor's own part is told
_MEANS = re.compile(
    r"(?:实缴(?:注册)?(?:资本|出资|资金)?|(?:净|总)资产|资产总额|所有者权益|货币资金|账面(?:资金|余额|存款)|银行存款"
    r"|(?:上年度?|去年|前一年度?|20[0-9]{2}年度?|近三年(?:平均)?|年)(?:实现|的)?(?:营业收入|销售收入|主营业务收入|营收))"
    r"(?:总额|合计|余额|为|约|共|仅|只有|不足|不到|人民币|：|:)*$"
)
_OF_THE_PROJECT = re.compile(r"达产|投产后|建成后|预计|项目|不低于|不少于|承诺|累计|每年")
_AIMED_AT = re.compile(r"(?:达产|投产|建成|满产)[^。\n]{0,60}$")  # 达产后年纳税…，年销售收入5.5亿元 is a target
_OWN = re.compile(
    r"(?:(?:乙方|公司|企业|投资方|丙方)?(?:自身|自己|本身|本次|此次|实际|真正|单独|当年|实质)(?:新增|在本地|在本县|在本市|仅|只)*[^，。；：0-9]{0,10}?"
    r"(?:投资|投入|出资|购置|采购|支出)(?:额|的)?[^，。；：0-9]{0,14}"
    r"|其中(?:投在|投入|在|用于)?(?:本|我|当)(?:县|市|区|镇|地|园区|项目)[^，。；：0-9]{0,6}(?:投资|投入)[^，。；：0-9]{0,8})$"
)
_NOT_OWN = re.compile(
    "超过|不足|低于|达到|未|每|亩|注册|认缴|贷款|补|奖|承诺|不少于|以上|年|工程款|违约|完成|[一二三四首]期"
)
_MARKET = re.compile(
    r"(?:市场(?:参考|公允|询|报|平均|售|均|公开|销售)?价(?:格)?|询价(?:结果)?|同类[^，。；0-9]{0,14}(?:价格?|报价|造价|投资)|厂家报价|供应商报价|出厂价"
    r"|发票(?:价|金额)|实际(?:成交|采购|购置|合同)价(?:格|款)?|采购价|购入价|合同价)[^，。；0-9]{0,10}$"
)
_BOOKED = re.compile(
    r"(?:作价|计价|计列|计作|申报|填报|按|列|计入|列入|折算|报价?|核定|入账|确认|登记)(?:为|成|的|价|以|投资|总投资|固定资产|设备)*(?:每[台套条组座])?(?:约|人民币)?$"
)
_NOT_BOOKED = re.compile("[不补奖税租贷]|违约|保证金|产值|收入")
_OTHER_MATTER = re.compile("土地|出让|竞[买得价]|地价|地块")  # what land costs says nothing of what is built on it
_SENTENCE = re.compile(r"[^。\n]+")


def own_means(text: str, values: tuple[Value, ...]) -> Iterator[Fact]:
    """The greatest sum in folded `text` that says what the investor has or earns today: paid-in capital, assets, turnover."""
    told = [
        value
        for value in _sums(values)
        if _MEANS.search(words := _words_before(text, value.start))
        and not _OF_THE_PROJECT.search(words)
        and not _AIMED_AT.search(text[text.rfind("。", 0, value.start) + 1 : value.start])
    ]
    if told:
        yield _fact("own_means_yuan", max(told, key=_amount))


def own_share(text: str, values: tuple[Value, ...], found: list[Fact]) -> Iterator[Fact]:
    """What of a total the investor itself adds now (其中乙方自身投资3,000万元), told behind the total; the greatest of them."""
    totals = [fact for fact in found if fact.name == "total_investment_yuan" and isinstance(fact.value, Decimal)]
    told = [
        value
        for value in _sums(values)
        for total in totals
        if total.end <= value.start <= total.end + _SHARE_REACH
        and _OWN.search(words := _words_before(text, value.start))
        and not _NOT_OWN.search(words)
    ]
    if told:
        yield _fact("own_share_yuan", max(told, key=_amount))


def prices_elsewhere(text: str, values: tuple[Value, ...]) -> Iterator[Fact]:
    """What a thing costs on the market and what it is counted for, told in one sentence; the pair that is furthest apart."""
    pairs = []
    sums = _sums(values)
    on_market = [value for value in sums if _MARKET.search(_words_before(text, value.start))]
    for sentence in _SENTENCE.finditer(text) if on_market else ():
        market = [value for value in on_market if sentence.start() <= value.start < sentence.end()]
        if not market or _OTHER_MATTER.search(sentence.group()):
            continue
        inside = [value for value in sums if sentence.start() <= value.start < sentence.end()]
        booked = [value for value in inside if value not in market and _is_booked(_words_before(text, value.start))]
        booked += [
            one
            for one, two in pairwise(inside)
            if two in market and one not in market and re.fullmatch(r"[（(][^，。；）)]*", text[one.end : two.start])
        ]
        pairs += [(_amount(two) / _amount(one), one, two) for one in market for two in booked if _amount(one)]
    if pairs:
        _, one, two = max(pairs, key=lambda pair: pair[0])
        yield _fact("market_price_yuan", one)
        yield _fact("booked_price_yuan", two)


def _is_booked(words: str) -> bool:
    """Whether the words before a sum say that it is counted as invested."""
    return bool(_BOOKED.search(words)) and not _NOT_BOOKED.search(words)


def _sums(values: tuple[Value, ...]) -> list[Value]:
    return [value for value in values if value.kind == "money" and value.sure and value.amount is not None]


def _amount(value: Value) -> Decimal:
    return value.amount or Decimal(0)


def _words_before(text: str, start: int) -> str:
    return _STOP.split(text[max(0, start - _REACH) : start])[-1]


def _fact(name: str, value: Value) -> Fact:
    return Fact(name=name, value=_amount(value), start=value.start, end=value.end, confidence="medium", source="正文")
