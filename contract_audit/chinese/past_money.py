"""Money that was paid, or not, and of which the sentence goes on to speak: 甲方已超付的奖励30万元，由乙方退回."""

import re

_NAMED = r"(?:[0-9０-９零一二两三四五六七八九十百千万亿.,]+(?:万|亿)?元[^，的]{0,6}|款项?|资金|奖金|奖励|补[助贴]|费用|债务|借款)"
PAST_MONEY = re.compile(
    rf"[^，的]{{0,8}}(?:(?:已经?|业已|尚未|未|曾|多|超|误|错)[^，的]{{1,20}}|约定由[^，的给予]{{1,14}})的[^，的]{{0,12}}{_NAMED}$"
)


def after_past_money(text: str, start: int, end: int) -> int:
    """Where the words begin that say what is done: behind the money and its comma, or `start` where there is none."""
    comma = min((place for mark in "，," if (place := text.find(mark, start, end)) > 0), default=-1)
    return comma + 1 if comma > 0 and PAST_MONEY.fullmatch(text, start, comma) else start
