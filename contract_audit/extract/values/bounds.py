"""What stands around a quantity: currency, 每亩, 不低于, 约 to the left; /平方米·月, 以上, 以内 to the right; ranges."""

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from contract_audit.chinese.numerals import DIGITS
from contract_audit.extract.values.units import CURRENCIES, Token, Unit

Bound = Literal["exact", "least", "most"]


class Amount(NamedTuple):
    """A token, or a range of two, with all its surroundings; `used` tokens make it up."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: Unit | None
    per: str | None
    currency: str | None
    sure: bool
    used: int


_PER = (
    "平方米|平米|㎡|m2|m²|立方米|m³|亩|公顷|千瓦时|kWh|人次|人|个?月|年度|年|日|天|吨|度|台套|台|套|间|户|家|栋|件|辆|次|季度|季|半年|股"
    "|小时|公里|千瓦|kW|标方|方|千克|公斤|车|床|学期|米|个|位"
)
_PER_NAMES = {
    "平米": "平方米", "㎡": "平方米", "m2": "平方米", "m²": "平方米", "天": "日", "个月": "月", "年度": "年", "季": "季度",
    "m³": "立方米",
}  # fmt: skip
_LEAST = (
    r"不(?:得|应|能|可)?(?:低于|少于|小于|短于)|至少|最[低少短]|下限|保底|(?<![不未])(?<!不[得应能可再予])超过?"
    r"|(?<!不)(?<!不[得应能可])[高大多]于|突破|[≥>]"
)
_MOST = (
    r"不(?:得|应|能|可|再|予)?(?:超过?|高于|大于|多于|长于|超出)|未超过|最[高多长]|至多|上限|封顶"
    r"|(?<!不)(?<!不[得应能可])[低少小短]于|不足|未满|不满|[≤<]"
)
_ABOUT = r"(?:大?约|将?近|暂定为?|达到?)"
_CURRENCY = "|".join(re.escape(word) for word in sorted(CURRENCIES, key=len, reverse=True))
_LEFT = re.compile(
    rf"(?:(?P<per>(?:每个?(?:{_PER}))+)(?:按照?|为|补[助贴]|奖励|给予|支付|收取|租金|价格|单价|地价)?)?"
    rf"(?:(?P<op>(?:最[高低多少])?(?:{_LEAST}|{_MOST}))(?:总额|[为是：]|可?给予|可?奖[励补]|补[助贴]|支持)?)?{_ABOUT}?(?P<per2>(?:每个?(?:{_PER}))+)?"
    rf"(?P<cur>(?:（?[大小]写）?：?)?(?:{_CURRENCY})(?:（[大小]写(?:金额)?：?）?|[大小]写)?[：为]?)?{_ABOUT}?$"
)
_REACH = 26
# The last characters of what _LEFT matches: most numbers have none of them before, and need no search.
CURRENCY_ENDS = frozenset("民币金元圆磅镑）写YDRPCWN$¥￥€£B：为")
_OTHER_ENDS = frozenset("于低少短过高大多破≥>超长出限足满≤<近约定达到最额照按助贴励予付取格价顶底是补持")
_PER_ENDS = frozenset("米㎡2²亩3³顷时h次人月年度日天吨套台间户家栋件辆季股里瓦W方克斤车床期个位")
_PER_RIGHT = re.compile(rf"[/每](?P<a>{_PER})(?:[·.*•・/每](?P<b>{_PER}))?(?:[·.*•・/每](?P<c>{_PER}))?(?![0-9])")
_INCLUSIVE = r"(?:（不?含[^）]{0,6}）)?"
_RIGHT = re.compile(
    rf"{_INCLUSIVE}(?:[及或]?以(?P<op>[上下内外])|之(?P<inside>内)|(?P<from>起步?(?![算诉草计至])|保底)|(?P<cap>封顶)|左右|上下)?{_INCLUSIVE}"
)
_SUBJECT_TO = re.compile(r"（(?:最终|具体|暂定|面积)?以[^（）]{1,20}为准）")
_LINK = re.compile(
    rf"{_INCLUSIVE}(?:-|—{{1,2}}|～|~|至|到)(?:人民币|¥|￥)?"
    rf"|{_INCLUSIVE}以上{_INCLUSIVE}、?(?:至|到|且|但)?(?:不足|低于|不超过)?"
)
_BELOW = re.compile(rf"{_INCLUSIVE}(?:以[下内])?{_INCLUSIVE}")
_DIGIT = f"[0-9{''.join(DIGITS)}]"
_COINS = re.compile(rf"(?:(?P<jiao>{_DIGIT})角)?(?:零?(?P<fen>{_DIGIT})分)?[整正]?(?:人民币)?")


def amount(text: str, run: list[Token], index: int) -> Amount:
    """The amount that begins with token `index` of the run of tokens over `text`."""
    first = run[index]
    second = run[index + 1] if index + 1 < len(run) else None
    last = second if second is not None and _joins(text, first, second) else first
    left = _LEFT.search(text, max(0, first.start - _REACH), first.start) if _has_left(text, first.start) else None
    end, coins = _coins(text, last)
    end, per = _per_right(text, end)
    low, high = _range(first, last)
    if last is first:
        end, bound = _right(text, end)
        bound = _left(left["op"] if left else None) or bound
        low, high = (low if bound != "most" else None), (high if bound != "least" else None)
    else:
        below = _BELOW.match(text, end)
        end = below.end() if below else end
    subject = _SUBJECT_TO.match(text, end)
    if left:
        per = [*_denominators(left["per"]), *_denominators(left["per2"]), *per]
    per = per or ([last.per] if last.per else [])
    return Amount(
        start=left.start() if left else first.start, end=subject.end() if subject else end,
        low=low + coins if low is not None else None, high=high + coins if high is not None else None,
        unit=last.unit, per="·".join(per) or None, currency=_currency(left["cur"]) if left else None,
        sure=first.sure and last.sure, used=1 if last is first else 2,
    )  # fmt: skip


def _has_left(text: str, start: int) -> bool:
    last = text[start - 1 : start]
    return (
        last in CURRENCY_ENDS or last in _OTHER_ENDS or (last in _PER_ENDS and "每" in text[max(0, start - 12) : start])
    )


def _joins(text: str, first: Token, second: Token) -> bool:
    """5000—8000万元, 500万元至800万元, 5000万元以上1亿元以下."""
    measured = second.unit is not None or (first.bare and second.scale != 1)  # 25~30亿 has no unit
    if not measured or first.unit not in (None, second.unit) or not 0 < second.start - first.end <= 16:
        return False
    gap = text[first.end : second.start]
    if not _LINK.fullmatch(gap):
        return False
    return "以上" not in gap or "不" in gap or "低" in gap or _closes_range(text, second.end)


def _closes_range(text: str, end: int) -> bool:
    match = _BELOW.match(text, end)
    return match is not None and match.end() > end


def _range(first: Token, last: Token) -> tuple[Decimal | None, Decimal | None]:
    low, high = first.value, last.value
    if first is not last and low is not None and high is not None and first.bare and last.scale != 1:
        low = low * last.scale if low * last.scale <= high else low  # 1~2亿元, but 8500到3万元
    return low, high


def _left(words: str | None) -> Bound | None:
    if not words:
        return None
    return "least" if re.search(_LEAST, words) and not re.search(r"不.?(?:超|高|大|多|长)|未超", words) else "most"


def _right(text: str, end: int) -> tuple[int, Bound]:
    match = _RIGHT.match(text, end)
    if match is None or match.end() == end:
        return end, "exact"
    if match["op"] in ("上", "外") or match["from"]:
        return match.end(), "least"
    return match.end(), "most" if match["op"] or match["inside"] or match["cap"] else "exact"


def _coins(text: str, token: Token) -> tuple[int, Decimal]:
    """角, 分 and 整 after the yuan; 分 without its digit is another word (分三期)."""
    if token.unit is None or token.unit.kind != "money":
        return token.end, Decimal(0)
    match = _COINS.match(text, token.end)
    if match is None:
        return token.end, Decimal(0)
    jiao, fen = (Decimal(DIGITS.get(match[name] or "0", match[name] or "0")) for name in ("jiao", "fen"))
    return match.end(), jiao / 10 + fen / 100


def _per_right(text: str, end: int) -> tuple[int, list[str]]:
    match = _PER_RIGHT.match(text, end)
    if match is None:
        return end, []
    return match.end(), [_PER_NAMES.get(word, word) for word in (match["a"], match["b"], match["c"]) if word]


def _denominators(words: str | None) -> list[str]:
    return [_PER_NAMES.get(word, word) for word in re.split("每个?", words)[1:]] if words else []


def _currency(words: str | None) -> str | None:
    return CURRENCIES.get(re.sub(r"[（）：为]|[大小]写(?:金额)?", "", words)) if words else None
