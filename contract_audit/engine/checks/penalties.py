"""Penalties out of proportion: rates by the hour, day, week or month, and sums held against the largest sum of the paper.

A hundredth a day is beyond what courts leave standing (民法典第五百八十五条, 合同编通则解释第六十五条); the other periods are
reckoned by days. A single sum is out of proportion where it is more than anything else that the paper is about.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks.sentences import with_values
from contract_audit.model import Value
from contract_audit.rulespec import AgreeCheck

_PENAL = re.compile(r"违约金|滞纳金|罚|惩|赔")
_LATE = r"(?:逾期|迟延|延误|延期|延迟|拖延|拖欠|超期|超过|迟|晚|满|拖)?"
_PERIODS: tuple[tuple[re.Pattern[str], Decimal], ...] = tuple(
    (re.compile(words), Decimal(days))
    for words, days in (
        (rf"每{_LATE}(?:24|二十四)个?(?:小时|钟头)", "1"),
        (rf"每{_LATE}[一1]?个?(?:小时|钟头)|[按逐]小时|{_LATE}[一1]个?小时", "0.041666667"),
        (
            rf"每{_LATE}[一1]?个?(?:自然|工作|日历)?[日天]|[按逐][日天]|(?:[期迟晚延误]|逾期)[^，。；]{{0,6}}一[日天]|日(?:息|罚息)?$",
            "1",
        ),
        (rf"每{_LATE}[一1]?个?(?:周|星期)|[按逐]周", "7"),
        (rf"每{_LATE}[一1]?旬", "10"),
        (rf"每{_LATE}[一1]?个?月|[按逐]月|月息$", "30"),
    )
)
_WITHIN = 36  # characters from the period to what is due for it
_PAID = re.compile(r"支付|计收|计付|计算|计罚|计|加收|加付|缴纳|缴|承担|赔|罚|扣|收取|给付|违约金|滞纳金")
_SHARE_DONE = re.compile(r"(?:不足|低于|达到|未达|超过|不低于|不到|完成|少于|高于)[^，。；]{0,12}$")
_CAPPED = re.compile(
    r"(?:累计|总额|总计|合计|最高|最多|上限|总和)[^，。；]{0,20}(?:不(?:得)?[超逾]|不高于|为限|封顶|为止|以内)|(?:最高|最多|上限)[额比例]{0,2}(?:为|是|至|：)|[扣计罚付]满[^，。；]{0,16}(?:为止|止)"
    r"|为(?:上)?限|[^不]封顶|年化|年利率|LPR|报价利率"
)
_OF_A_MONTH = re.compile(r"(?:[当每]?月(?:度)?的?(?:租|租金|服务费|物业费|管理费|使用费))[^，。；]{0,4}$")
_OF_A_DAY = re.compile(
    r"日(?:租金|服务费|使用费|管理费|均租金)(?:[（(][^（()）]{0,24}[)）])?的?[^，。；]{0,4}$"
)  # what is due for the day is no more than a day costs
_LIMIT, _LIMIT_OF_A_MONTH = Decimal("0.01"), Decimal("0.05")  # a day; of what is due for a month

_SUM_BEFORE = re.compile(
    r"(?:违约金|罚款|罚金|赔偿金|惩罚金|滞纳金)(?:人民币|标准|金额|为|计|按|共计?|合计|：|每次?|每?[日天]|的)*$"
    r"|(?:罚款?|扣罚|赔偿|赔付?|处以)(?:[甲乙丙]方|对方|人民币|每[日天次])*$"
)
_SUM_AFTER = re.compile(
    r"^[整正]?(?:[（(][^（()）]{0,20}[）)])?(?:人民币)?(?:的|作为|作)?(?:违约金|罚款|罚金|赔偿金|惩罚)"
)
_PRICE = re.compile(
    r"(?:价款?|价格|租金|总额|货款|工程款|补偿款|投资额?|服务费|使用费|承包费|管理费|合同金额|经费|造价)[^，。；0-9\n]{0,12}$"
)
_YEARLY = {"月": 12, "季": 4, "季度": 4, "年": 1}
_LEAST_BASE = 10_000


def check(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """One outcome a rate or sum that is out of proportion."""
    text, values = case.document.text, case.understanding.values
    known = (
        value for value in values if value.sure and value.kind in ("percent", "money") and value.amount is not None
    )
    for start, end, _inside in with_values(text, known, "。；;\n"):
        if not _PENAL.search(text, start, end) or _CAPPED.search(text, start, end):
            continue
        for value in case.understanding.values_in(start, end):
            before, after = text[start : value.start], text[value.end : end]
            if value.amount is None or not value.sure:
                continue
            if value.kind == "percent":
                yield from _rate(value, before, after)
            elif value.kind == "money" and _is_penalty(before, after) and (base := case.once(_base)):
                yield from _sum(value, before, base[0])


def _period(before: str, value: Value) -> tuple[int, Decimal] | None:
    """Where the period begins that is nearest before a value, and its days."""
    found = [
        (match.start(), days)
        for words, days in _PERIODS
        for match in words.finditer(before)
        if len(before) - match.end() <= _WITHIN
    ]
    if found:
        return max(found, key=lambda item: (item[0], -item[1]))
    return (len(before), Decimal(1)) if value.per == "日" else None


def _rate(value: Value, before: str, after: str) -> Iterator[Outcome]:
    told = _period(before, value)
    if told is None or value.amount is None or _SHARE_DONE.search(before) or _OF_A_DAY.search(before):
        return
    start, days = told
    if not _PAID.search(before[start:] + after[:_WITHIN]):
        return
    limit = _LIMIT_OF_A_MONTH if _OF_A_MONTH.search(before) else _LIMIT
    daily = value.amount / days
    if daily >= limit:
        words = f"{value.amount * 100:.2f}%÷{days:.3g}日＝每日{daily * 100:.2f}%"
        yield _outcome(value, before, start, words)


def _is_penalty(before: str, after: str) -> bool:
    return bool(_SUM_BEFORE.search(before) or _SUM_AFTER.match(after))


def _sum(value: Value, before: str, base: Decimal) -> Iterator[Outcome]:
    """A sum a day of a hundredth of the largest other sum of the paper, or once of all of it."""
    told = _period(before, value)
    start, days = told if told is not None else (len(before), None)
    share = (value.amount or Decimal(0)) / base
    if days is None and share >= 1:
        yield _outcome(value, before, start, f"违约金为全文其他最大金额{base / 10000:f}万元的{share:.1f}倍")
    elif days is not None and share / days >= _LIMIT:
        words = f"每日合全文其他最大金额{base / 10000:f}万元的{share / days * 100:.2f}%"
        yield _outcome(value, before, start, words)


def _base(case: Case) -> Iterator[Decimal]:
    """The largest sum of the paper that is no penalty, by the year where it is due by the month; none where no price is told."""
    text, sums, priced = case.document.text, [], False
    for value in case.understanding.values:
        if value.kind != "money" or value.high is None or value.per not in (None, *_YEARLY):
            continue
        before = text[max(0, value.start - 40) : value.start].rpartition("\n")[2]
        if _is_penalty(before, text[value.end : value.end + 40]):
            continue
        priced = priced or bool(_PRICE.search(before) or _PRICE.search(text[value.start : value.end]))
        monthly = re.search(r"月(?:租|租金|服务费|使用费)[^，。；]{0,6}$", before)
        sums.append(value.high * (12 if monthly else _YEARLY.get(value.per or "", 1)))
    largest = max(sums, default=Decimal(0))
    if priced and largest >= _LEAST_BASE:
        yield largest


def _outcome(value: Value, before: str, start: int, arithmetic: str) -> Outcome:
    """Quoted from the period on, or from the words that name the penalty."""
    part = max(before.rfind(mark) for mark in "，,：") + 1
    first = value.start - len(before) + (min(start, part) if len(before) - start <= _WITHIN else part)
    return Outcome(start=first, end=value.end, values={"arithmetic": arithmetic}, conditions=(arithmetic,))
