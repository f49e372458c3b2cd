"""Times that list items take from the words above them: 甲方应在2022年12月31日前完成下列事项：（1）…（2）…"""

import re
from bisect import bisect_left
from datetime import date

import msgspec

from contract_audit.extract.times import Time, times_in
from contract_audit.model import Obligation, Provision, Span, Value

# What ends a lead-in whose items are each to be done by its time, and not conditions, papers or kinds of something.
_LEADS = re.compile(
    r"(?:(?:[下后]列|以下|如下|下述)(?:各?[项条款]|几[项件]|[一二三四五六七八九十0-9]+[项件])?(?:的|前期|配套|建设|主要|重点|具体|相关|准备|报批)*"
    r"(?:工作|事项|义务|任务|手续|内容|工程|配套|设施|节点|目标|事宜|职责|事情|事|条件建设)?(?:的?(?:办理|建设|交付|落实|工作))?"
    r"|(?:[，]|[前内日月底末])(?:[甲乙丙]方|项目公司|[^，。；：]{0,6}(?:政府|管委会|公司))?(?:应当?|须|必须|需|负责|承诺|保证|确保|要|完成|做到|办[结妥理好]|达到|做好)*)[：:]?\s*$"
)
_NO_DUTIES = re.compile(r"提[交供]|报送|出具|具备|满足|符合|支付|缴|拨|情形|之一|标准|方式|违约")
_REMARK = re.compile(r"^\s*[（(]?(?:注|说明|备注|其中)")


class Lead(msgspec.Struct, frozen=True):
    """The time of a lead-in and the span of the lead-in's words."""

    time: Time
    span: Span


def lead_of(
    text: str, provision: Provision, before: Provision | None, values: list[Value], signed: date | None
) -> Lead | None:
    """The lead-in of a list item that has no time itself, where the lead-in has one and says that the items are to be done.

    `before` is the provision before, `values` are those of the paper in order of their place.
    """
    if provision.kind not in ("item", "sentence") or not provision.stems or _REMARK.match(text, provision.start):
        return None
    stem = provision.stems[-1]
    if not stem.end <= provision.start or not _begins_item(provision, before, stem):
        return None
    words = text[stem.start : stem.end]
    if not _LEADS.search(words):
        return None
    first = bisect_left(values, stem.start, key=lambda value: value.start)
    inside = list(values[first : bisect_left(values, stem.end, key=lambda value: value.start)])
    whole = msgspec.structs.replace(provision, start=stem.start, end=stem.end, kind="sentence", stems=())
    times = times_in(text, whole, inside, signed)
    if len(times) != 1 or not (times[0].due or times[0].anchor) or times[0].recurrence:
        return None
    return None if _NO_DUTIES.search(text, times[0].end, stem.end) else Lead(times[0], stem)


def _begins_item(provision: Provision, before: Provision | None, stem: Span) -> bool:
    """The first statement of its item: what follows the comma is said of it."""
    if before is None or provision.kind == "item":
        return True
    return before.clause != provision.clause or before.end <= stem.end


def without_leads(duties: list[Obligation], leads: list[Lead]) -> list[Obligation]:
    """The duties without those of lead-ins whose items stand for them."""
    spans = {lead.span for lead in leads}
    return [
        duty
        for duty in duties
        if not any(span.start <= duty.start and duty.end <= span.end and duty.due_start < span.end for span in spans)
    ]
