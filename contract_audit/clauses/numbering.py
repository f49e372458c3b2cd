"""Clause numbers as printed: what stands at the start of a line, its style and its value.

A style is one way of numbering (第一条, 一、, （一）, 1、, 1.1, ①, a)); which style nests in which is a matter of the document
and decided in `tree`. Numbers that scanners misread (`l、` for 1、, `(-)` for （一）) count as what they stand for.
"""

import re
import unicodedata

import msgspec

from contract_audit.chinese.numerals import number

_HAN = "〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰廿"
_D = "[0-9０-９]"
_ANY = rf"(?:{_D}{{1,4}}|[{_HAN}]{{1,6}}|[{_HAN}](?:[ \u3000][{_HAN}]){{1,4}})"
_DOT = "[.．]"
_PARTED = "[.–-]"  # what parts the figures of a decimal once it is folded to half width
_OPEN, _CLOSE = "[（(〔【﹙]", "[）)〕】﹚]"
_AFTER = "[、.．，,﹑]"
# After 1、 a date may follow at once; after 1. or 1, a figure would make it a decimal or an amount.
_ENUM = rf"[ \u3000]?[、﹑][.．]?|[.．]、?(?!{_D}(?!{_D}{{3}}\s?年))|[，,](?!{_D})"
_DASH = "—–－ー-"  # what a misread 一 looks like; the hyphen last, it stands in classes
_STROKE = "lI|"  # what a misread 1 looks like

# Outermost first: the usual order of nesting, used only until the document shows its own.
STYLES: tuple[tuple[str, str], ...] = (
    ("part", rf"第\s?({_ANY})\s?(?:编|篇|部分)[：:、]?"),
    ("chapter", rf"第\s?({_ANY})\s?章[：:、]?"),
    ("section", rf"第\s?({_ANY})\s?节[：:、]?"),
    ("article", rf"第\s?({_ANY})\s?[条條](?:之[{_HAN}]{{1,2}})?[：:、]?"),
    ("ordinal", rf"其([{_HAN}]{{1,3}})[，,、：:]|之([{_HAN}]{{1,3}})(?:[：:、]|[ \u3000]+)(?=[一-龥])"),
    ("matter", rf"第\s?({_ANY})\s?(?:项|款)"),
    ("chinese", rf"([{_HAN}]{{1,5}})[ \u3000]?{_AFTER}{{1,2}}|([{_HAN}]{{1,3}})[ \u3000\t]+(?=[一-龥])|([{_DASH}])、"),
    ("chinese_paren", rf"{_OPEN}\s?([{_HAN}]{{1,5}}|[{_DASH}])\s?{_CLOSE}{_AFTER}?|([㈠-㈩])"),
    ("chinese_half", rf"([{_HAN}]{{1,4}}){_CLOSE}{_AFTER}?"),
    ("decimal4", rf"({_D}{{1,2}}(?:{_DOT}{_D}{{1,2}}){{3}})(?!{_D}){_AFTER}?"),
    ("decimal3", rf"({_D}{{1,2}}(?:{_DOT}{_D}{{1,2}}){{2}})(?!{_D}|{_DOT}{_D}){_AFTER}?"),
    (
        "decimal2",
        rf"({_D}{{1,3}}{_DOT}{_D}{{1,2}})(?!{_D}|{_DOT}{_D}){_AFTER}?|第\s?({_D}{{1,2}}{_DOT}{_D}{{1,2}})\s?条[：:、]?"
        rf"|({_D}{{1,2}}[-－–]{_D}{{1,2}})(?:[、.．]|[ \u3000]*)(?=[一-龥“《])",
    ),
    ("digit", rf"({_D}{{1,3}})(?:{_ENUM})|({_D}{{1,2}})[ \u3000\t]+(?=[一-龥“《])|([⒈-⒛])|([{_STROKE}])、"),
    ("digit_paren", rf"{_OPEN}\s?({_D}{{1,3}}|[{_STROKE}])\s?{_CLOSE}{_AFTER}?|([⑴-⒇])"),
    ("digit_half", rf"({_D}{{1,2}}){_CLOSE}{_AFTER}?"),
    ("circled", f"([①-⑳❶-❿]){_AFTER}?"),
    ("roman", rf"([Ⅰ-Ⅻ]|[IVX]{{1,4}}){_AFTER}"),
    ("roman_paren", rf"{_OPEN}?([ⅰ-ⅹ]|[ivx]{{1,4}}){_CLOSE}"),
    ("letter", rf"([A-ZＡ-Ｚ])(?:{_CLOSE}|{_AFTER})"),
    ("letter_small", rf"([a-zａ-ｚ])(?:{_CLOSE}|{_AFTER})"),
    ("letter_paren", rf"{_OPEN}([A-Za-zＡ-Ｚａ-ｚ]){_CLOSE}"),
)
_DECIMALS = ("decimal2", "decimal3", "decimal4")
_PLAIN = [style for style, _ in STYLES if style not in _DECIMALS]
_SPLIT = _PLAIN.index("digit") + 1
RANK = {
    style: rank for rank, style in enumerate([*_PLAIN[:_SPLIT], *_DECIMALS, *_PLAIN[_SPLIT:]])
}  # 1 → 1.1 → 1.1.1 → (1)
STRUCTURAL = frozenset({"part", "chapter", "section", "article"})

_LABEL = tuple((style, re.compile(pattern)) for style, pattern in STYLES)
_FIRST = re.compile(rf"[第其之（(〔【﹙0-9０-９A-ZＡ-Ｚa-zａ-ｚ①-⑳❶-❿⑴-⒛㈠-㈩Ⅰ-ⅹ|{_HAN}{_DASH}]")
# A figure followed by one of these is a quantity that happens to start the line.
_UNIT = re.compile(
    r"(?:万|亿|元|%|％|‰|米|亩|吨|公里|公顷|公斤|千|倍|个|年|月|日|天|周|份|号|栋|幢|层|名|人|家|台|套|辆|平方|㎡"
    r"|兆|度|升|级|折|期"
    r"|[-—~～至到]\s?[0-9０-９])"
)
_MEASURE = re.compile(r"[万亿元%％‰亩吨倍㎡米]|平方")  # … even behind a space
# 第五条 followed by one of these is a reference inside a sentence, not the number of the line.
_CITED = re.compile(
    r"第|所|规定|约定|中|的|之|项下|至|到|以[外上下内]|外的|里的?|载明|列明|[、和与及或][第本]|本[编章节条款项]"
)
_SPACE = " \u3000\t\xa0"


class Label(msgspec.Struct, frozen=True):
    """A number at the start of a line: `text` as printed, `end` where the wording begins, `prefix` of a decimal (4 of 4.2)."""

    style: str
    value: int
    text: str
    end: int
    prefix: tuple[int, ...] = ()
    bare: bool = False  # a figure and a space without a mark: believed only in sequence


def label_at(line: str) -> Label | None:
    """The number at the start of `line` (original text of one paragraph), or None.

    `Label.end` counts from the start of the line, white space after the number included.
    """
    start = _skip(line, 0)
    if not _FIRST.match(line, start):
        return None
    for style, pattern in _LABEL:
        match = pattern.match(line, start)
        if match and (label := _label(style, match, line)):
            return label
    return None


def wording_start(text: str, start: int, label: str | None) -> int:
    """Offset where the wording of a clause begins that starts at `start`: after a typed number, its mark and white space.

    `label` as printed; where it is an automatic number, which is not part of the text, `start` itself counts.
    """
    position = _skip(text, start)
    if not label or not text.startswith(label, position):
        return position
    position += len(label)
    while position < len(text) and text[position] in "：:，," and label[-1] not in "、.．":
        position += 1
    return _skip(text, position)


def automatic(label: str, level: int | None) -> Label:
    """The label of a paragraph that a word processor numbered; a form unknown here is a style of its own level."""
    for printed in (label, label + "、"):
        found = label_at(printed)
        if found and found.end == len(printed):
            return Label(found.style, found.value, label, 0, found.prefix)
    return Label(f"auto{level or 0}", 0, label, 0)


def value_of(numeral: str) -> int | None:
    """The value of a clause number in figures, Chinese numerals, letters or enclosed figures; None where it is none."""
    if len(numeral) == 1:
        return _value_of_char(numeral)
    plain = unicodedata.normalize("NFKC", numeral).replace(" ", "").replace("廿", "二十")
    value = number(plain)
    return int(value) if value is not None and value == int(value) else None


def _value_of_char(char: str) -> int | None:
    if char in _DASH or char in _STROKE:
        return 1
    plain = unicodedata.normalize("NFKC", char)
    if plain.isascii() and plain.isalpha():
        return ord(plain.lower()) - ord("a") + 1
    value = unicodedata.numeric(char, 0)
    return int(value) or None


def _label(style: str, match: re.Match[str], line: str) -> Label | None:
    index = match.lastindex or 1
    numeral = match.group(index)
    end = _skip(line, match.end())
    if not _believable(style, line, match.end(), end):
        return None
    printed = match.group().strip().rstrip("：:，," if style in ("article", "chapter", "ordinal") else "：:")
    if style.startswith("decimal"):
        figures = [int(figure) for figure in re.split(_PARTED, unicodedata.normalize("NFKC", numeral))]
        return Label(style, figures[-1], printed, end, tuple(figures[:-1]))
    value = _roman(numeral) if style.startswith("roman") else value_of(numeral)
    return Label(style, value, printed, end, (), style in ("digit", "chinese") and index == 2) if value else None


def _believable(style: str, line: str, mark: int, rest: int) -> bool:
    """Whether what follows the mark lets the figure be a clause number rather than a quantity or a reference."""
    last = line[mark - 1]
    if style in ("article", "matter", "chapter") and last not in "：:、":
        return not _CITED.match(line, mark)
    if style.startswith("decimal") and last == "条":
        return not _CITED.match(line, mark)
    if style.startswith("decimal") and last.isdigit():
        return not (_UNIT if rest == mark else _MEASURE).match(line, rest)
    if style == "digit" and last in _SPACE:
        return not _UNIT.match(line, rest)
    return True


def _roman(numeral: str) -> int:
    figures = [{"i": 1, "v": 5, "x": 10}.get(char, 0) for char in unicodedata.normalize("NFKC", numeral).lower()]
    return sum(
        -figure if figure < max(figures[index + 1 :], default=0) else figure for index, figure in enumerate(figures)
    )


def _skip(line: str, start: int) -> int:
    while start < len(line) and line[start] in _SPACE:
        start += 1
    return start
