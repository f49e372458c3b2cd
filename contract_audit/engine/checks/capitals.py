"""An amount in capitals (壹贰叁) beside one in figures that is not the same."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Value
from contract_audit.rulespec import AgreeCheck

_CAPITALS = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟弐參]")
_WORDS = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟弐參一二三四五六七八九十百千两]")
_BETWEEN_PAIR = re.compile(r"[\s（(【\[：:，,；;即为¥￥整元正大小写折合人民币RMB）)、]*")
_OPENS_PAIR = re.compile(r"[（(【\[：:¥￥大小]")
_FAR = 12  # characters between two amounts that stand side by side
_APART = 60  # … of which one is called 大写 and the other 小写
_CALLED = re.compile(r"(?P<how>[大小])写[）)]?(?:金额)?(?:为|计)?[：:\s]*(?:人民币)?[¥￥]?\s*$")
_AROUND = re.compile(r"[约近逾余超多]")  # the sum is told roundly
# A figure that only the word 小写 shows to be an amount: 伍拾万元整（小写：550000）.
_BARE = re.compile(
    r"[^，。；\n0-9]{0,8}小写[：:为\s）)]*[¥￥]?\s*(?P<figure>[0-9][0-9,]*(?:\.[0-9]{1,2})?)(?![0-9,.]*\s*[万亿元千百])"
)


def check(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """One outcome a pair that tells two amounts; both ways of writing must be there."""
    money = [value for value in case.understanding.values if value.kind == "money" and value.sure]
    for one, two in pairwise(money):
        if one.currency == two.currency and two.per in (None, one.per) and _is_pair(case, one, two):
            yield from _compared(case, one, two)
    for value in money:
        yield from _with_bare_figure(case, value)


def _is_pair(case: Case, one: Value, two: Value) -> bool:
    """Whether two neighbouring amounts are one told twice, in capitals and in figures."""
    between = case.text(one.end, two.start)
    if len(between) > _FAR or not _BETWEEN_PAIR.fullmatch(between):
        return _are_called_so(case, one, two)
    parted = between.strip("整元正") or _OPENS_PAIR.match(case.text(two.start, two.end))
    words = _CAPITALS if "，" in between or "、" in between else _WORDS
    written = [bool(words.search(case.text(value.start, value.end))) for value in (one, two)]
    return bool(parted) and written[0] != written[1]


def _are_called_so(case: Case, one: Value, two: Value) -> bool:
    """Whether one is called 大写 and the other 小写, in one line, whatever stands between them."""
    between = case.text(one.end, two.start)
    if len(between) > _APART or "\n" in between:
        return False
    called = [_CALLED.search(case.text(max(0, value.start - _FAR), value.start)) for value in (one, two)]
    ways = {match["how"] for match in called if match}
    capital = [bool(_CAPITALS.search(case.text(value.start, value.end))) for value in (one, two)]
    return ways == {"大", "小"} and capital[0] != capital[1]


def _compared(case: Case, one: Value, two: Value) -> Iterator[Outcome]:
    told, again = _size(one), _size(two)
    round_ = _AROUND.search(case.text(max(0, one.start - 1), one.end) + case.text(two.start, two.end))
    if told is None or again is None:
        return
    slack = abs(told) * Decimal("0.005") if round_ else Decimal("0.005")
    if abs(told - again) > slack:
        yield _outcome(one.start, two.end, told, again)


def _with_bare_figure(case: Case, value: Value) -> Iterator[Outcome]:
    told = _size(value)
    match = _BARE.match(fold_text(case.document.text[value.end : value.end + 40]))
    if told is None or match is None or not _CAPITALS.search(case.text(value.start, value.end)):
        return
    again = Decimal(match["figure"].replace(",", ""))
    if again != told:
        yield _outcome(value.start, value.end + match.end("figure"), told, again)


def _outcome(start: int, end: int, told: Decimal, again: Decimal) -> Outcome:
    return Outcome(
        start=start,
        end=end,
        values={"value": f"{told:f}元", "other": f"{again:f}元"},
        conditions=(f"{told:f}元 ≠ {again:f}元",),
    )


def _size(value: Value) -> Decimal | None:
    """The amount, or the one bound that is told: 最高为人民币捌仟万元."""
    return next((size for size in (value.amount, value.low, value.high) if size is not None), None)
