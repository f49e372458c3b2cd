"""Numbers at the start of a line, as far as layout goes: a line with one opens a paragraph, whatever stood above it.

What the numbers mean is found out later (`clauses.numbering`); here only a citation (第五条的规定), a decimal amount
(2.5亿元) and the number of a clause must be told apart.
"""

import re
import unicodedata

from contract_audit.chinese.numerals import number

_HAN = "零〇○一二三四五六七八九十百千"
_D = r"\d０-９"
_CITED = r"(?!第|所|规定|约定|中|的|之(?![一二三四五六七八九])|项下|至|到|[、和与及或][第本]|本[编章节条款项])"
_LABEL = re.compile(
    rf"""\s*(?:
        第\s*[{_HAN}{_D}.．]+\s*(?:[编篇章节条款项]|部分){_CITED}
      | [（(]\s*(?:[{_HAN}]{{1,4}}|[{_D}]{{1,3}}|[a-zA-Z])\s*[）)]
      | (?:[{_HAN}]{{1,4}}|[壹贰叁肆伍陆柒捌玖拾]{{1,3}})\s*[、．.，]
      | [{_D}]{{1,3}}\s*[、．)）](?![{_D}])
      | \d{{1,3}}\.(?!\d)
      | \d{{1,2}}(?:[.．]\d{{1,2}}){{1,4}}(?![\d.,，、万亿千百元个年月日天亩倍米人度吨公平％%])
      | [①-⑳⑴-⒇⒈-⒛㈠-㈩]
      | [a-zA-Z]\s*[.、)）]
      | \d{{1,2}}(?:\.\d{{1,2}})*[ \u3000]+(?=[一-龥]{{2,15}}\s*$)
      | [●•■◆▪※★☆◇□☑☒【]
    )""",
    re.X,
)

_NUMERALS = re.compile(rf"[{_HAN}]+|\d+")


def is_labelled(line: str) -> bool:
    """Whether the line begins with the number of a clause, or with a mark that takes its place."""
    return _LABEL.match(line) is not None


def label_value(line: str) -> tuple[str, tuple[int, ...]] | None:
    """The form of the number at the start of the line (第#条, #.#) and its figures; None where it has none or no figures."""
    match = _LABEL.match(line)
    printed = unicodedata.normalize("NFKC", match.group()) if match else ""
    figures = [number(figure) for figure in _NUMERALS.findall(printed)]
    if not figures or None in figures:
        return None
    return _NUMERALS.sub("#", "".join(printed.split())), tuple(int(figure) for figure in figures if figure is not None)


def without_label(line: str) -> str:
    """The words of the line behind its number."""
    match = _LABEL.match(line)
    return line[match.end() :] if match else line
