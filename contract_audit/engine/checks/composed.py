"""A whole whose parts another sentence gives: 其中固定资产投资9亿元。固定资产投资由厂房3.1亿元、设备2.2亿元组成."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter

from contract_audit.engine.case import Case
from contract_audit.model import Value

_COMPOSED = re.compile(
    r"(?:^|[。；\n])[\s0-9.、（）()]{0,8}(?:上述|前述|该)?(?P<name>[\u4e00-\u9fff]{2,10}(?:投资|资金|面积|价款|费用))(?:总?额)?(?:由|包括)"
    r"(?P<parts>[^。；\n]{8,240}?)(?:组成|构成|[。\n])"
)
_SIGN = re.compile("(?:投资|资金|面积|价款|费用)(?:总?额)?(?:由|包括)")  # stands in each match
_UNCLEAR = re.compile(r"等|其他来源|其余|剩余|余款|不低于|不少于|超过|每|累计|[（(]")
_REACH, _FEWEST = 400, 2  # characters before the parts in which the whole is named
_START = attrgetter("start")


def composed(case: Case) -> Iterator[tuple[Value, list[Value]]]:
    """Each sum or area that is told with its name, and the parts that a later sentence says the same is made of."""
    text = case.document.text
    if _SIGN.search(text) is None:
        return
    sized = [
        value
        for value in case.understanding.values
        if value.kind in ("money", "area") and value.sure and not value.per and value.amount is not None
    ]
    for match in _COMPOSED.finditer(text):
        first = bisect_left(sized, match.start("parts"), key=_START)
        parts = sized[first : bisect_left(sized, match.end("parts"), lo=first, key=_START)]
        total = _named(text, sized[:first], match)
        if total is None or len(parts) < _FEWEST or _UNCLEAR.search(match["parts"]):
            continue
        if all(part.kind == total.kind and (part.amount or 0) < (total.amount or 0) for part in parts):
            yield total, parts


def _named(text: str, before: list[Value], match: re.Match[str]) -> Value | None:
    """The last value before the parts that is called by the name of what they make."""
    told = re.compile(rf"{re.escape(match['name'])}(?:总?额)?(?:约|为|共|计|人民币)*$")
    for value in reversed(before):
        if match.start() - value.end > _REACH:
            return None
        if told.search(text, max(0, value.start - 24), value.start):
            return value
    return None
