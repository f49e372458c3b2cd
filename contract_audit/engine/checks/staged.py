"""Wholes told with the number of their instalments, and terms told with their stages, that do not add up."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter

from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import behind_last
from contract_audit.engine.case import Case, Outcome, reckoned
from contract_audit.engine.checks import listed
from contract_audit.engine.checks.totals import shown
from contract_audit.model import Value

_N = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_DIVIDED = re.compile(
    r"分(?P<count>[2-6二两三四五六])个?(?:次|期|笔|批|步|阶段|年度?)[^。；：:\n0-9]{0,12}[：:，](?:即|分别为|具体为|其中)?"
)
_BEFORE = 40  # characters between a whole and the number of its instalments
_NO_PART = re.compile(r"每[次期笔批年月]|累计|其余|余款|剩余|不低于|不少于|超过|利息|违约|罚|或者|另")
_MONTHS = rf"(?P<n>{_N})个月"
_TERM = re.compile(
    rf"(?:总工期|工期|建设期限?|建设周期|周期|总期限)[^，。；：\n0-9一二三四五六七八九十]{{0,6}}{_MONTHS}[^0-9一二三四五六七八九十\n]{{0,4}}?(?:其中|包括|含|分为|：)"
)
_STAGE = re.compile(rf"[\u4e00-\u9fff]{_MONTHS}")
_ALONGSIDE = re.compile(
    r"穿插|交叉|同步|同时|平行|并行|重叠|第[^，。；]{1,5}个?月|(?<!不)(?<!不得)(?<!互不)搭接|不含|另计|以内|不超过"
)
_ONE_BY_ONE = re.compile(r"依次|先后|逐段|首尾|互?不(?:得)?搭接|合计|前后衔接|衔接进行")
_REACH = 400  # characters behind a term in which its stages stand
_MANY = 3  # stages that together take longer than the whole, though nothing says that they follow one another


def check(case: Case) -> Iterator[Outcome]:
    """One outcome for each whole that its instalments, and each term that its stages, do not make; quoted is the whole."""
    yield from _instalments(case)
    yield from _stages(case)


def _instalments(case: Case) -> Iterator[Outcome]:
    """注册资本5,000万元，分三次缴足：…2,000万元，…1,500万元，…1,000万元: as many sums as it says, of another total."""
    text = case.document.text
    for match in _DIVIDED.finditer(text):
        begin = behind_last("\n。；", text, match.start(), max(0, match.start() - _BEFORE))
        end = min((at for mark in "。\n" if (at := text.find(mark, match.end())) >= 0), default=len(text))
        before = [one for one in _between(case, begin, match.start()) if one.end <= match.start()]
        total = before[-1] if before else None
        if total is None or total.kind not in ("money", "area") or _NO_PART.search(text, match.start(), end):
            continue
        parts = [one for one in _between(case, match.end(), end) if listed.are_like(one, total)]
        wanted = number(match["count"]) or Decimal(0)
        # 总投资6亿元，其中固定资产投资5.2亿元，分两期: of either
        wholes = [listed.size(one) for one in before if listed.are_like(one, total)]
        if len(parts) == wanted and _added(parts) not in wholes:
            terms = "＋".join(case.text(part.start, part.end) for part in parts)
            told = f"{terms}＝{shown(case, _added(parts), total)}，写为{case.text(total.start, total.end)}"
            yield reckoned(total.start, total.end, told)


def _between(case: Case, start: int, end: int) -> tuple[Value, ...]:
    """The values that can be a whole or a part and begin in [start, end)."""
    values = case.once(listed.counted)
    first = bisect_left(values, start, key=_START)
    return values[first : bisect_left(values, end, lo=first, key=_START)]


_START = attrgetter("start")


def _added(parts: list[Value]) -> Decimal:
    return sum((listed.size(part) or Decimal(0) for part in parts), Decimal(0))


def _stages(case: Case) -> Iterator[Outcome]:
    """总工期24个月，其中主体12个月、安装8个月、调试6个月: stages one after another that take longer or shorter."""
    text = case.folded.text
    for match in _TERM.finditer(text):
        line = text.find("\n", match.end())
        behind = text[match.end() : min(line if line >= 0 else len(text), match.end() + _REACH)]
        sentence = behind.split("。", 1)[0]
        stages = [number(stage["n"]) or Decimal(0) for stage in _STAGE.finditer(sentence)]
        whole, added = number(match["n"]), sum(stages, Decimal(0))
        if whole is None or len(stages) <= 1 or _ALONGSIDE.search(behind):
            continue
        in_turn = _ONE_BY_ONE.search(behind) is not None
        if (in_turn and added != whole) or (len(stages) >= _MANY and added > whole):
            terms = "＋".join(f"{stage}" for stage in stages)
            start, end = case.folded.original(match.start(), match.end("n") + len("个月"))
            yield reckoned(start, end, f"{terms}＝{added}个月，总期限写为{whole}个月")
