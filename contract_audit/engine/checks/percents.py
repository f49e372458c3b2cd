"""Shares of one whole that do not make all of it: told up to 合计100%, or as instalments from the advance to the last."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate

from contract_audit.engine.case import Case, Missing, Outcome
from contract_audit.engine.checks.sentences import last_stop, with_values
from contract_audit.engine.checks.told_alike import Kinds, without_figures

_ADDS_UP = re.compile(r"(?:合计|共计|总计|共)[为是]?\s*$")


def check(case: Case) -> Iterator[Outcome | Missing]:
    """Outcomes for shares that a sentence adds up, then for instalments."""
    kinds = Kinds("比例")
    yield from _of_percents(case, kinds)
    yield from _of_instalments(case)
    yield from kinds.left_out()


def _of_percents(case: Case, kinds: Kinds) -> Iterator[Outcome]:
    """Shares named one after another in a sentence that ends 合计100% and do not make it."""
    text = case.document.text
    percents = [value for value in case.understanding.values if value.kind == "percent" and value.sure]
    starts = [value.start for value in percents]
    added_to = 0  # what stands before a total is no part of the next
    for index, total in enumerate(percents):
        if total.amount != 1 or not _ADDS_UP.search(text[max(0, total.start - 5) : total.start]):
            continue
        begin = last_stop(case, "\n。", total.start, added_to)
        added_to = total.end
        kind = without_figures(text[begin : total.start]), ""
        if kinds.is_full(kind):
            continue
        before = percents[bisect_left(starts, begin, hi=index) : index]
        parts = [value.amount for value in before]
        terms = [part for part in parts if part is not None]
        added = sum(terms, Decimal(0))
        if len(terms) >= 2 and len(terms) == len(parts) and added != 1:
            kinds.add(kind)
            arithmetic = f"{'＋'.join(map(_in_percent, terms))}＝{_in_percent(added)}"
            quoted = last_stop(case, "\n，、；。", total.start - 5, 0)
            yield Outcome(
                start=quoted,
                end=total.end,
                values={"arithmetic": f"{arithmetic}，不足或超过100%"},
                conditions=(arithmetic,),
            )


@lru_cache(maxsize=1024)
def _in_percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"


_FIRST, _LAST = re.compile("预付|首付|首期|定金|开工|签约|合同签订|进场|到货"), re.compile("质保|质量保证|保修")
_RUNNING = re.compile("付至|付到|累计|违约|滞纳|剩余|其余|余款|利率|税率|不低于|不超过|或者?")

_LEAST_PARTS = 3
_IN_PARTS = re.compile(
    r"分[0-9两二三四五六]{1,2}(?:次|期|回|笔|批|步|年|个?年度)(?:拨付|兑付|支付|给付|兑现|退还|返还|发放|到位|缴纳)"
)
_PAID_OFF = re.compile(
    r"分[0-9两二三四五六]{1,2}(?:次|期|回|笔|批|步)(?:付清|付完|缴清|交清|结清|支付完)|(?:合起来|加起来|合计|共计?|刚好|正好)[^，。；]{0,4}(?:付完|付清|缴清|结清)"
)


def _of_instalments(case: Case) -> Iterator[Outcome]:
    """Instalments from the advance to the retained part, as shares of one price, that do not make the whole price."""
    text = case.document.text
    percents = (value for value in case.understanding.values if value.kind == "percent" and value.sure)
    for start, stop, shares in with_values(text, percents, "。；\n"):
        if len(shares) < _LEAST_PARTS:
            continue
        words = text[start:stop]
        terms = [share.amount for share in shares if share.amount is not None]
        if len(terms) < _LEAST_PARTS:
            continue
        paid_off = _PAID_OFF.search(words) or (_FIRST.search(words) and _LAST.search(words))
        parted = _IN_PARTS.search(words) and sum((share.amount or Decimal(0) for share in shares), Decimal(0)) > 1
        whole = (paid_off or parted) and not _RUNNING.search(words)
        if not whole or len(terms) != len(shares):
            continue
        runs = [*accumulate(reversed(terms))]  # what the last make, the last two, the last three …
        if 1 in runs[1:]:  # 按设备投资的6%补助，首年50%、次年50%: what stands before them is no instalment
            continue
        added = (runs[-1] * 100).normalize()
        arithmetic = f"{'＋'.join(case.text(share.start, share.end) for share in shares)}＝{added:f}%，不足或超过100%"
        said = _PAID_OFF.search(words, shares[-1].end - start)
        end = start + said.end() if said else shares[-1].end
        yield Outcome(
            start=shares[0].start,
            end=end,
            values={"arithmetic": arithmetic},
            conditions=(arithmetic,),
        )
