"""Money, areas, percentages and counts from tokens and their surroundings."""

import re
from decimal import Decimal

from contract_audit.chinese.numerals import DIGITS
from contract_audit.extract.values.bounds import CURRENCY_ENDS, Amount, amount
from contract_audit.extract.values.units import Token, Unit
from contract_audit.model import Value

# Words beside a bare 三亿五千万 that say it is money.
_ABOUT_MONEY = (
    "投资|资金|资本|金额|价款|总价|补[助贴]|奖|产值|收入|税|贷款|融资|[金款费]|造价|预算|认缴|出资|自筹|支出|财力"
)
_MONEY_BEFORE = re.compile(rf"(?:{_ABOUT_MONEY})[^，。；、\n0-9]{{0,6}}$")
_MONEY_AFTER = re.compile(rf"(?:元|的)?[^，。；、\n0-9]{{0,4}}(?:{_ABOUT_MONEY})")
_ENDS = re.compile(r"[，。；、）\n的]|$|以[上下内]|左右|人民币")
_DAILY = re.compile(
    r"(?:每[日天]|按[日天]|(?<!之)日息?(?![内起前后])|每?(?:逾期|迟延|延迟|延期|拖延|拖欠)(?:支付|付款|交付|交地|返还)?一?[日天])[^，。；\n]{0,30}$"
)
_YEARLY = re.compile(r"(?:年化|年利率|年息|年收益率?|年单利|年复利)[^，。；\n0-9]{0,8}$")
_MONTHLY = re.compile(r"(?:月息|月利率|每月|按月)[^，。；\n0-9]{0,8}$")
_AFTER_TENTHS = re.compile(r"(?P<digit>[一二三四五六七八九])(?=[，。；、）)\n的]|$)")  # 三成五: 35%
_LONE_YUAN = re.compile(r"[，。；、）（\n整正/每的]|$|人民币|以[上下内]|左右|起")


_RANGE = 16  # characters between the numbers of a range


def quantities(text: str, run: list[Token]) -> list[Value]:
    """The money, areas, percentages and counts of masked `text`; periods are read elsewhere (periods.py)."""
    found: list[Value] = []
    index = 0
    while index < len(run):
        token = run[index]
        if _is_idle(text, run, index):
            index += 1
            continue
        read = amount(text, run, index)
        value = _value(text, token, read)
        if value is not None:
            found.append(value)
        index += read.used if value is not None else 1
        while value is not None and index < len(run) and run[index].start < read.end:  # 350万元以上（含350万元）
            index += 1
    return found


def _is_idle(text: str, run: list[Token], index: int) -> bool:
    """A period, or a bare number that neither a currency nor a range makes an amount."""
    token = run[index]
    if token.unit is not None:
        return token.unit.kind == "period"
    if not token.bare or text[token.start - 1 : token.start] in CURRENCY_ENDS:
        return False
    following = run[index + 1] if index + 1 < len(run) else None
    if following is None or following.start - token.end > _RANGE:
        return True
    return following.unit is None and following.scale == 1


def _value(text: str, token: Token, read: Amount) -> Value | None:
    kind = read.unit.kind if read.unit else None
    if kind == "money" or (kind is None and read.currency):
        return _money(text, token, read)
    if kind == "area":
        return _plain("area", read)
    if kind == "percent":
        return _percent(text, read)
    if kind == "count":
        return _count(text, token, read)
    ranged = read.used > 1 and kind is None
    return _bare_money(text, token, read) if ranged or (kind is None and not token.bare) else None


def _money(text: str, token: Token, read: Amount) -> Value | None:
    number = text[token.start : token.end]
    if token.unit and len(number) == 2 and not number[0].isdigit() and not _LONE_YUAN.match(text, token.end):
        return None  # 三元材料, 二元结构
    code = read.unit.code if read.unit else "CNY"
    currency = read.currency if read.currency and code == "CNY" else code
    sure = read.sure and read.currency in (None, currency)
    if read.low is None and read.high is None and token.value is None:
        sure = False
    return Value(
        kind="money",
        start=read.start,
        end=read.end,
        low=read.low,
        high=read.high,
        currency=currency,
        per=read.per,
        sure=sure,
    )


def _bare_money(text: str, token: Token, read: Amount) -> Value | None:
    """三亿五千万的固定资产投资: no 元, so never sure."""
    if token.value is None or not _ENDS.match(text, read.end if read.used > 1 else token.end):
        return None
    named = "个亿" in text[token.start : read.end]  # nothing else is told so
    if (
        not named
        and not _MONEY_BEFORE.search(text, max(0, read.start - 14), read.start)
        and not _MONEY_AFTER.match(text, token.end)
    ):
        return None
    return Value(kind="money", start=read.start, end=read.end, low=read.low, high=read.high, currency="CNY", sure=False)


def _plain(kind: str, read: Amount) -> Value | None:
    unit = read.unit
    if unit is None:
        return None
    low, high = (_scaled(bound, unit) for bound in (read.low, read.high))
    return Value(kind="area", start=read.start, end=read.end, low=low, high=high, sure=read.sure)


def _scaled(value: Decimal | None, unit: Unit) -> Decimal | None:
    return None if value is None else round(value * unit.factor, 6)


def _percent(text: str, read: Amount) -> Value | None:
    unit = read.unit
    if unit is None or (read.low is None and read.high is None):
        return None
    low, high = (_scaled(bound, unit) for bound in (read.low, read.high))
    half = _AFTER_TENTHS.match(text, read.end) if text[read.end - 1 : read.end] == "成" and low == high else None
    if half is not None and low is not None:
        low = high = low + Decimal(DIGITS[half["digit"]]) / 100
        read = read._replace(end=half.end())
    per = read.per
    if per is None:
        before = text[max(0, read.start - 34) : read.start]
        for name, pattern in (("日", _DAILY), ("年", _YEARLY), ("月", _MONTHLY)):
            if pattern.search(before):
                per = name
                break
    return Value(kind="percent", start=read.start, end=read.end, low=low, high=high, per=per, sure=read.sure)


def _count(text: str, token: Token, read: Amount) -> Value | None:
    unit = read.unit
    if unit is None or token.value is None:
        return None
    number = text[token.start : token.end]
    if number.startswith("一") and len(number) == 2 and read.per is None:
        return None  # 一个, 一名, 一次: an article rather than a count
    return Value(
        kind="number", start=read.start, end=read.end, low=read.low, high=read.high, unit=unit.code, sure=read.sure
    )
