"""The total investment told in two places as two sums: 第一条 总投资5亿元 … 第六条 以总投资6亿元为基数."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter

from contract_audit.engine.case import Case, Outcome
from contract_audit.model import Value
from contract_audit.rulespec import AgreeCheck

_ROUNDED = Decimal("0.02")  # 约5亿元 beside 4.98亿元
_REACH = 30
_CALLED = re.compile(
    r"(?:项目|工程)?(?:总投资(?:额|规模)?|(?<!固定资产)投资总额)(?:[（(][^（）()\n]{0,10}[）)])?(?:约|为|是|共|计|人民币|：|:|\s)*$"
)
# Words around a sum by which it is told of another project, another time, a part, or of what is supposed.
_OTHER = re.compile(
    r"[一二三四五首两各]期|分期|其他|另一|别的|关联|同类|邻|子公司|股东|原|此前|曾|累计|已|追加|新增|增资|调整|变更|由|从"
    r"|超过|达到|低于|少于|不足|未达|每|若|如果?|部分|以上|以下|平均|中央|上级|美元|等"
)


def check(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """One outcome, at the later place, where two sure sums are called the total investment of the one project."""
    told = [
        value
        for value in case.understanding.values
        if value.kind == "money"
        and value.sure
        and not value.per
        and value.amount is not None
        and _CALLED.search(words := _before(case, value))
        and not _OTHER.search(words + case.text(value.start, value.end) + _after(case, value))
        and not _no_longer_holds(case, value)
    ]
    for value in told[1:]:
        first, amount = told[0].amount or Decimal(0), value.amount or Decimal(0)
        if value.currency != told[0].currency or abs(amount - first) <= max(amount, first) * _ROUNDED:
            continue
        one, other = (case.text(place.start, place.end).strip() for place in (told[0], value))
        arithmetic = f"总投资前后不一致：前文为{one}，此处为{other}"
        yield Outcome(
            start=value.start, end=value.end, values={"arithmetic": arithmetic}, conditions=(arithmetic,),
            related=(case.related("前文", told[0].start, told[0].end),),
        )  # fmt: skip
        return


def _no_longer_holds(case: Case, value: Value) -> bool:
    """Under 原文, 修改前 of a table of changes, or denied."""
    denied = case.once(_denied)
    behind = bisect_right(denied, value.start, key=itemgetter(0))
    return behind > 0 and value.start < denied[behind - 1][1]


def _denied(case: Case) -> Iterator[tuple[int, int]]:
    """Where each denial in its provision begins, in text order, and how far it and those before it reach."""
    furthest = 0
    for start, end in sorted(
        (max(span.start, provision.start), min(span.end, provision.end))
        for provision in case.understanding.provisions
        for span in provision.negations
    ):
        furthest = max(furthest, end)
        yield start, furthest


def _before(case: Case, value: Value) -> str:
    return re.split(r"[。；\n\t|]", case.text(max(0, value.start - _REACH), value.start))[-1]


def _after(case: Case, value: Value) -> str:
    return re.split(r"[，。；\n\t|]", case.text(value.end, value.end + _REACH))[0]
