"""Personal data in text — identity numbers, phones, bank accounts — covered with stars, character for character.

The result has the length of the text, so every offset still holds. Full-width digits and numbers set in groups or with
spaces are found; identity numbers by their check digit (GB 11643), bank cards by theirs (ISO/IEC 7812), accounts of
firms, which have none, by the words before them. Credit codes (GB 32100) and amounts are left alone.
"""

import re
from collections.abc import Iterator
from datetime import date

_PLAIN = str.maketrans("０１２３４５６７８９Ｘｘ＋－—–　（）", "0123456789Xx+--- ()")
_GAP = r"[ -]{0,2}"
_MONEY = r"(?![0-9A-Za-z]|[.,][0-9]|[ ]?(?:元|万|亿|千|百|平方|㎡|%|亩|吨))"
_BEGIN = r"(?<![0-9A-Za-z.,¥￥$])(?<![0-9A-Za-z][-])"
_ACCOUNT_WORDS = r"(?:账\s*号|帐\s*号|账\s*户|帐\s*户|卡\s*号|存折号)[^0-9\n\t。；]{0,12}?"
_IDENTITY_WORDS = r"(?:身份证|居民证|证件)[^0-9\n\t。；]{0,12}?"


def _spaced(head: str, rest: int, last: str = "[0-9]") -> str:
    return head + rf"(?:{_GAP}[0-9]){{{rest}}}{_GAP}{last}"


_KINDS = {
    "account": re.compile(rf"{_ACCOUNT_WORDS}(?P<number>[0-9](?:{_GAP}[0-9]){{7,29}}){_MONEY}"),
    "old_identity": re.compile(rf"{_IDENTITY_WORDS}(?P<number>[1-9](?:{_GAP}[0-9]){{14}}){_MONEY}"),
    "named_identity": re.compile(rf"{_IDENTITY_WORDS}(?P<number>{_spaced('[1-8]', 16, '[0-9Xx]')})(?![0-9A-Za-z])"),
    "identity": re.compile(rf"{_BEGIN}(?P<number>{_spaced('[1-9]', 16, '[0-9Xx]')})(?![0-9A-Za-z])"),
    "card": re.compile(rf"{_BEGIN}(?P<number>[3-6](?:{_GAP}[0-9]){{15,18}}){_MONEY}"),
    # 138 1234 5678, 1 3 8 1 2 …: other groupings are tables and dates.
    "mobile": re.compile(
        rf"{_BEGIN}(?:\(?\+?86\)?[ -]?)?(?P<number>1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}}|1[ ][3-9](?:[ ][0-9]){{9}}){_MONEY}"
    ),
    "landline": re.compile(
        rf"{_BEGIN}(?P<number>\(?0[1-9][0-9]{{1,2}}(?:\)[ ]?|[ ]?-[ ]?|[ ])[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}(?:-[0-9]{{1,5}})?){_MONEY}"
    ),
}
_KEPT = {  # characters that stay readable at either end, so that a person can be asked which number is meant
    "account": (0, 4), "old_identity": (3, 3), "named_identity": (3, 4), "identity": (3, 4),
    "card": (0, 4), "mobile": (3, 4), "landline": (4, 2),
}  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE_REACH = 12  # characters before a number in which the word 代码 says what it is
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SIEVE = re.compile(r"\d(?:[ 　()（）\-－—–]{0,3}\d){6}")  # on the text as it is: most texts hold no such number


def mask_personal(text: str) -> str:
    """`text` with the middle of every personal number covered by stars; equal length, otherwise unchanged.

    >>> mask_personal("联系人 张三，１３８ 1234 5678；身份证 11010519491231002X")
    '联系人 张三，１３８ **** 5678；身份证 110***********002X'
    """
    if _SIEVE.search(text) is None:
        return text
    plain = text.translate(_PLAIN)
    covered = list(text)
    for kind, start, end in _numbers(plain):
        places = [place for place in range(start, end) if plain[place] in "0123456789Xx"]
        first, last = _KEPT[kind]
        for place in places[first : len(places) - last]:
            covered[place] = "*"
    return "".join(covered)


def _numbers(plain: str) -> Iterator[tuple[str, int, int]]:
    """Kind and span of every personal number; the surer kind takes the words first."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(plain):
            start, end = match.span("number")
            digits = re.sub(r"[^0-9Xx]", "", match["number"])
            if kind == "card" and "代码" in plain[max(0, start - _CODE_REACH) : start]:
                continue  # credit codes of associations look like cards
            if kind == "account" and _ISO_DAY.fullmatch(match["number"]) and _is_day(digits):
                continue  # 转入乙方账户，截至2022-06-30
            if _holds(kind, digits) and not any(start < other[1] and other[0] < end for other in taken):
                taken.append((start, end))
                yield kind, start, end


def _holds(kind: str, digits: str) -> bool:
    if kind == "identity":
        return _is_identity(digits)
    if kind == "named_identity":  # mistyped ones too
        return digits[6:8] in ("19", "20")
    if kind == "card":
        return _luhn(digits)
    return kind != "old_identity" or _is_day(f"19{digits[6:12]}")


def _is_identity(digits: str) -> bool:
    """GB 11643: the 18th character is a check digit, characters 7 to 14 a day of birth."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _is_day(digits[6:14]) and "10X98765432"[total % 11] == digits[17].upper()


def _is_day(digits: str) -> bool:
    try:
        return 1850 < date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}").year < 2100
    except ValueError:
        return False


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
