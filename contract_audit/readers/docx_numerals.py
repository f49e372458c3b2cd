"""Counters as Word prints them: the number formats of ECMA-376 part 1, 17.18.59 that Chinese documents use."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)


def formatted(count: int, numeral: str) -> str:
    """`count` in the ST_NumberFormat `numeral`; formats that are not listed, and counts below 1, print as decimal."""
    if numeral in ("none", "bullet"):
        return ""
    form = _FORMS.get(numeral)
    return str(count) if form is None or count < 1 else form(count)


def _grouped(count: int, digits: str, units: str, zero: str, *, bare_ten: bool) -> str:
    """Counting by 十百千: 一百零一. `bare_ten` writes 10 to 19 as 十…, the legal numerals keep 壹拾."""
    if count >= 10_000:
        return str(count)
    text = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = count // 10**power % 10
        if digit:
            text += (zero if gap else "") + digits[digit] + (units[power - 1] if power else "")
            gap = False
        else:
            gap = bool(text)
    return text[1:] if bare_ten and 10 <= count < 20 else text


def _counting(count: int) -> str:
    return _grouped(count, _DIGITS, "十百千", "零", bare_ten=True)


def _japanese(count: int) -> str:
    text = _grouped(count, _DIGITS, "十百千", "", bare_ten=True)
    return text.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _legal(count: int) -> str:
    return _grouped(count, _LEGAL, "拾佰仟", "零", bare_ten=False)


def _legal_traditional(count: int) -> str:
    return _grouped(count, _LEGAL_TRADITIONAL, "拾佰仟", "零", bare_ten=False)


def _positional(count: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(count))


def _counting_to_99(count: int) -> str:
    """The format chineseCounting: tens with 十 and everything from 100 on digit by digit: 九十九, 一〇〇."""
    return _counting(count) if count < 100 else _positional(count)


def _roman(count: int) -> str:
    if count >= 4000:
        return str(count)
    text = ""
    for unit, letters in _ROMAN:
        text += letters * (count // unit)
        count %= unit
    return text


def _letters(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26) * min((count - 1) // 26 + 1, 32)


def _ordinal(count: int) -> str:
    teen = 10 <= count % 100 <= 20
    return str(count) + ("th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th"))


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda count: characters[count - 1] if count <= len(characters) else str(count)


def _enclosed(first: str, size: int) -> Callable[[int], str]:
    return lambda count: chr(ord(first) + count - 1) if count <= size else str(count)


def _full_width(count: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(count))


def _padded(width: int) -> Callable[[int], str]:
    return lambda count: str(count).zfill(width)


def _stems_and_branches(count: int) -> str:
    return _STEMS[(count - 1) % 10] + _BRANCHES[(count - 1) % 12] if count <= 60 else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting_to_99,
    "taiwaneseCounting": _counting_to_99,
    "chineseCountingThousand": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _japanese,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal_traditional,
    "japaneseLegal": _legal_traditional,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _stems_and_branches,
    "ideographEnclosedCircle": _enclosed("㊀", 10),
    "decimalEnclosedCircle": _enclosed("①", 20),
    "decimalEnclosedCircleChinese": _enclosed("①", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": _padded(2),
    "numberInDash": lambda count: f"- {count} -",
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "ordinal": _ordinal,
    "hex": "{:X}".format,
}
WIDTHS = {f"custom{width}": width for width in (2, 3, 4, 5)}
_FORMS |= {name: _padded(width) for name, width in WIDTHS.items()}
