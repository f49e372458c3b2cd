"""How many copies a paper is made in, and who holds how many: 一式八份，甲方四份、乙方三份、项目公司二份 makes nine."""

import re
from collections.abc import Iterator
from decimal import Decimal

from contract_audit.chinese.numerals import number
from contract_audit.engine.case import Case, Outcome, reckoned

_N = "[0-9]{1,2}|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}"
_MADE = re.compile(rf"(?:[一壹]式|正本|共)(?P<n>{_N})份")
_STOP = re.compile(r"[。\n]")
_SHARE = re.compile(
    rf"(?P<who>[^。\n]*?)(?P<each>各自?)?(?:执有?|持有?|存档?|留存?|保[存留]|备案?|收执|留)?(?P<n>{_N})份"
)
_HOLDERS = {"双方": 2, "两方": 2, "三方": 3, "四方": 4}
_SEVERAL = re.compile("[、和与及]|以及")
# What makes the holders unclear, or other papers than the one counted.
_UNCLEAR = re.compile("其余|剩余|余下|若干|相关|有关|副本|等|每份|另|各部门|一份以上")


def check(case: Case) -> Iterator[Outcome]:
    """One outcome for each sentence whose holders have other numbers of copies than it says there are."""
    text = case.folded.text
    for made in _MADE.finditer(text):
        stop = _STOP.search(text, made.end())
        end = stop.start() if stop else len(text)
        total = number(made["n"])
        if total is None or _UNCLEAR.search(text, made.start(), end):
            continue
        held = _held(text[made.end() : end])
        if held is None or len(held[0]) == 0 or sum(held[0]) == total:
            continue
        terms, length = held
        if len(terms) == 1 and sum(terms) < total:
            continue  # who has the others is not told
        start, last = case.folded.original(made.start(), made.end() + length)
        arithmetic = f"{'＋'.join(f'{term}' for term in terms)}＝{sum(terms)}份，写为{total}份"
        yield reckoned(start, last, arithmetic)


def _held(words: str) -> tuple[list[Decimal], int] | None:
    """How many copies each holder, or all holders told together, have, and where the last is told; None if unclear."""
    terms: list[Decimal] = []
    position = 0
    for share in _SHARE.finditer(words):
        count = number(share["n"])
        holders = _holders(share["who"], each=bool(share["each"]))
        if count is None or holders is None:
            return None
        terms.append(count * holders)
        position = share.end()
    return terms, position


def _holders(who: str, *, each: bool) -> int | None:
    """How many hold copies: 1 without 各; 三方各 three; 甲方、乙方、县商务局各 three; None where none is named."""
    named = re.split("[，,；;]", who.strip("，,；;、 "))[-1]
    if not named:
        return None
    if not each:
        return 1
    if any(word in named for word in _HOLDERS):
        return next(count for word, count in _HOLDERS.items() if word in named)
    return 1 + len(_SEVERAL.findall(named)) if _SEVERAL.search(named) else None
