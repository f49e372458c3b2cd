"""Recurrences: 每年12月31日前 · 每三年 · 每季度首月10日前 · 每半年."""

import re
from decimal import Decimal

from contract_audit.chinese.dates import DAY, FEASTS, LINK, MONTH
from contract_audit.chinese.numerals import RUN, number
from contract_audit.model import Value

_JOIN = r"(?:的|于|应于|应在|在|应当于|应当在|须于|须在|均于|不迟于|不晚于|最迟于|最迟不超过)?"
_IN_YEAR = (
    rf"(?P<m>{MONTH})月份?(?:(?P<d>{DAY})[日号]|(?P<mend>[底末]))?"
    rf"(?:{LINK}(?P<m2>{MONTH})月份?(?:(?P<d2>{DAY})[日号]|(?P<mend2>[底末]))?"
    rf"|(?:[、，和及与](?:{MONTH})月份?(?:(?:{DAY})[日号]|[底末])?)+)?"  # 每年4月和10月: told by its first month
)
_CYCLE = re.compile(
    rf"(?:每(?:满|间?隔)?(?:(?P<n>{RUN})(?=个?[年季月周星]))?(?P<half>半)?个?|[逐按](?=[年季月]度?(?:均?应?当?[于在])))"
    r"(?P<unit>年度|年|会计年度|自然年度|考核年度|完整年度|季度|季|月度|月|周|星期)(?!均|每|薪|租|）|（(?![0-9一二三四五六七八九十]{1,2}月))"
    rf"(?:(?P<join>{_JOIN})(?:(?P<inyear>{_IN_YEAR})|(?P<inquarter>(?:首|末|最后一个?|第[一二三]个|头一个)月的?(?:{DAY}[日号]|[底末])?)|(?P<feast>{FEASTS})|年?(?P<yearend>[底末])|(?P<md>{DAY})[日号])(?P<op>[之以]?前|[之以]?内)?)?"
)
_PRICE_BEFORE = re.compile(r"(?:每(?:亩|平方米|平米|㎡|人|户|间|吨|台)|元/?)$")
_PRICE_AFTER = re.compile(
    rf"(?:不低于|不少于|不超过|不高于|约|人民币|最高|最低)*(?:人民币|[¥￥$])?{RUN}[余多]?[千百]?[万亿]{{0,2}}(?:元|美元|港元|人民币)"
    r"|每(?:亩|平方米|平米|㎡|人|户|间|吨|台)"
)
_UNITS = {"年": "Y", "季": "Q", "月": "M", "周": "W", "星": "W"}


def cycles(text: str) -> list[Value]:
    """All recurrences of masked folded `text` (dates still in it), in order."""
    return [value for match in _CYCLE.finditer(text) if (value := _value(match)) is not None]


def _value(match: re.Match[str]) -> Value | None:
    every = _every(match)
    if every is None or _is_price(match):
        return None
    return Value(kind="recurrence", start=match.start(), end=match.end(), every=every, at=_at(match))


def _is_price(match: re.Match[str]) -> bool:
    """每亩每年800元, 每年500万元: the denominator of a price, not a rhythm."""
    if _at(match) is not None or match["feast"]:
        return False
    return bool(
        _PRICE_BEFORE.search(match.string, max(0, match.start() - 5), match.start())
        or _PRICE_AFTER.match(match.string, match.end())
    )


def _every(match: re.Match[str]) -> str | None:
    unit = match["unit"]
    letter = _UNITS["年" if "年" in unit else unit[0]]
    times = number(match["n"]) if match["n"] else Decimal(1)
    if times is None:
        return None
    if match["half"]:
        return {"Y": "P6M", "M": "P15D"}.get(letter)
    if letter == "Q":
        return f"P{3 * times}M"
    return f"P{7 * times}D" if letter == "W" else f"P{times}{letter}"


def _at(match: re.Match[str]) -> str | None:
    """The truncated ISO date inside the period: --12-31, ---10, ../--03-31, --03/--05."""
    op = match["op"] or ""
    before = op.endswith("前") or (match["join"] or "").endswith(("迟于", "晚于", "不超过"))
    if match["md"]:
        at = f"---{_two(match['md'])}"
    elif match["yearend"]:
        at = "--12-31"
    elif match["inyear"]:
        at = _month_day(match["m"], match["d"], match["mend"])
        if match["m2"]:
            return f"{at}/{_month_day(match['m2'], match['d2'], match['mend2'])}"
    else:
        return None
    return f"../{at}" if before else at


def _month_day(month: str, day: str | None, end: str | None) -> str:
    if day:
        return f"--{_two(month)}-{_two(day)}"
    return f"--{_two(month)}-{_LAST[int(_two(month)) - 1]}" if end else f"--{_two(month)}"


_LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _two(text: str) -> str:
    value = number(text)
    return f"{int(value):02d}" if value is not None else "00"
