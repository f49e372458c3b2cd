"""Numerals as contracts write them, to exact decimals: 5,000 三千五百 叁仟伍佰 2亿3000万 二〇二三.

A numeral that cannot be read for certain is None, never a guess: a wrong amount is worse than a missing one.
"""

import re
from decimal import Decimal

DIGITS = {
    char: value
    for value, chars in enumerate(
        ("〇零", "一壹弌", "二贰貳两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
CHINESE = "".join(DIGITS) + "".join(_TENS) + "".join(_MYRIADS)
_POINT = re.compile(rf"([{CHINESE}]+)点([零〇一二三四五六七八九]+)([万亿]?)")
# 两点 is two points (有两点三项意见), never a decimal.
RUN = rf"[0-9{CHINESE}](?:(?!千[瓦伏米克])[0-9{CHINESE}]|[,.](?=[0-9])|(?<![0-9两])点(?=[零〇一二三四五六七八九]))*"

_PIECE = re.compile(rf"[0-9][0-9,.]*|[{CHINESE}]")
_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")


def number(text: str) -> Decimal | None:
    """The value of a whole numeral in folded text, or None where it is no numeral or can be read in two ways.

    >>> number("2亿3000万"), number("壹仟零伍万叁仟陆佰"), number("二〇二三"), number("三万五"), number("一点二亿")
    (Decimal('230000000'), Decimal('10053600'), Decimal('2023'), Decimal('35000'), Decimal('120000000'))
    """
    if "点" in text:
        return _decimal(text)
    if text.isascii():
        return _arabic(text)
    if all(char in DIGITS or char in "0123456789" for char in text):
        return _positional(text)
    pieces = _PIECE.findall(text)
    return _compound(pieces) if pieces and "".join(pieces) == text else None


def in_chinese(count: int) -> str:
    """A small count in Chinese numerals, in figures from 100 on.

    >>> in_chinese(10), in_chinese(21), in_chinese(100)
    ('十', '二十一', '100')
    """
    if count > 99:
        return str(count)
    tens, ones = divmod(count, 10)
    head = ("" if tens == 1 else _DIGITS_ONE_TO_NINE[tens - 1]) + "十" if tens else ""
    return head + (_DIGITS_ONE_TO_NINE[ones - 1] if ones else "")


_DIGITS_ONE_TO_NINE = "一二三四五六七八九"


def _decimal(text: str) -> Decimal | None:
    """Numerals with a decimal point in characters: 二十二点五, 一点二亿."""
    match = _POINT.fullmatch(text)
    whole = number(match[1]) if match is not None else None
    if match is None or whole is None:
        return None
    digits = "".join(str(DIGITS[char]) for char in match[2])
    value = Decimal(f"{whole}.{digits}") * _MYRIADS.get(match[3], 1)
    return value if value % 1 else Decimal(int(value))


def _arabic(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "")) if _ARABIC.fullmatch(text) else None


def _positional(text: str) -> Decimal | None:
    """Digits written one by one: 二〇二三, 二0一六. Two bare digits (三五) mean 三到五 as often as 35."""
    if len(text) == 2 and not set(text) & {"〇", "零"}:
        return None
    return Decimal("".join(str(DIGITS.get(char, char)) for char in text))


def _compound(pieces: list[str]) -> Decimal | None:
    total = section = Decimal(0)  # section: what stands below the next 万 or 亿
    current: Decimal | None = None
    last = 0  # the last multiplier, which a bare final digit (三万五) is a tenth of
    for piece in pieces:
        if piece in _TENS:
            if current is None and not (piece in "十拾" and last == 0):
                return None
            last = _TENS[piece]
            section += (Decimal(1) if current is None else current) * last
            current = None
        elif piece in _MYRIADS:
            section += current or 0
            last = _MYRIADS[piece]
            if section == 0 and (total == 0 or last == 10**4):
                return None
            total = (total + section) * last if last == 10**8 else total + section * last
            section, current = Decimal(0), None
        elif piece in "零〇":
            last = 10
        else:
            digit = Decimal(DIGITS[piece]) if piece in DIGITS else _arabic(piece)
            if digit is None or current is not None:
                return None
            current = digit
    return _finish(total + section, current, last, pieces[-1])


def _finish(total: Decimal, rest: Decimal | None, last: int, piece: str) -> Decimal | None:
    if rest is None:
        return total
    if last <= 10:
        return total + rest
    return total + rest * last / 10 if piece in DIGITS else None  # 2亿3000 may lack its 万
