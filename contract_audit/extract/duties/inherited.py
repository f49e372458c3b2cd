"""Times that list items take from the words above them: 甲方应在2022年12月31日前完成下列事项：（1）…（2）…"""

import re
from bisect import bisect_left
from datetime import date

import msgspec

from contract_audit.chinese.text import behind_last
from contract_audit.extract.duties.times import Time, times_in
from contract_audit.model import Obligation, Provision, Span, Value

# What ends a lead-in whose items are each to be done by its time, and not conditions, papers or kinds of something.
_LEADS = re.compile(
    r"(?:(?:(?:[下后]列|以下|下面|如下|下述|这)(?:各?[项条款]|[几一二两三四五六七八九十0-9]+[项件桩样个])?|(?<=[办做完成好落实到责])[几两三四五六七八九十0-9]+[项件桩])(?:的|前期|配套|建设|主要|重点|具体|相关|准备|报批)*"
    r"(?:工作|事项|义务|任务|手续|内容|工程|配套|设施|节点|目标|事宜|职责|事情|事|条件建设)?(?:的?(?:办理|建设|交付|落实|工作))?(?:[，][^，。；：]{2,16})?"
    r"|(?:[，]|[前内日月底末])(?:[甲乙丙]方|项目公司|[^，。；：]{0,6}(?:政府|管委会|公司))?(?:应当?|须|必须|需|负责|承诺|保证|确保|要|完成|做到|办[结妥理好]|达到|做好)*)[：:]?\s*$"
)
_NO_DUTIES = re.compile(r"提[交供]|报送|出具|具备|满足|符合|支付|缴|拨|情形|之一|标准|方式|违约")
_REMARK = re.compile(
    r"\s*(?:[（(]?(?:注|说明|备注|其中)|双方[^，。；]{0,14}(?:签字|签认|签收|签章|画押|盖章|确认))"
)  # no deeds


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
    if provision.kind == "sentence" and "\t" in text[stem.start : stem.end]:
        return None  # the last row of a table leads in nothing below it
    if not stem.end <= provision.start or not _begins_item(provision, before, stem):
        return None
    if "\n" in text[stem.end : provision.start] and not _numbered_alike(text, stem, provision):
        return None
    begin = behind_last("\n。；", text, stem.start)
    stem = Span(begin + len(text[begin : stem.start]) - len(text[begin : stem.start].lstrip()), stem.end)
    if not _LEADS.search(text[stem.start : stem.end]):
        return None
    first = bisect_left(values, stem.start, key=lambda value: value.start)
    inside = list(values[first : bisect_left(values, stem.end, key=lambda value: value.start)])
    whole = msgspec.structs.replace(provision, start=stem.start, end=stem.end, kind="sentence", stems=())
    times = times_in(text, whole, inside, signed)
    if len(times) != 1 or not (times[0].due or times[0].anchor) or times[0].recurrence:
        return None
    if times[0].before or not (times[0].due or times[0].offset) or _NO_DUTIES.search(text, times[0].end, stem.end):
        return None
    return Lead(times[0], stem)


_LABEL = re.compile(r"\s*(?P<label>[（(]?[0-9一二三四五六七八九十①-⑳]{1,3}(?:[.．][0-9]{1,2})*[）)、.．项]?\s*)")


def _numbered_alike(text: str, stem: Span, provision: Provision) -> bool:
    """Whether the item's line is numbered as the first line below the lead-in is."""
    line = text.rfind("\n", 0, provision.start) + 1
    first = text.find("\n", stem.end - 1) + 1
    labels = [_LABEL.match(text, start) for start in (first, line)]
    forms = {re.sub(r"[0-9一二三四五六七八九十①-⑳]+", "n", one["label"].strip()) for one in labels if one is not None}
    return None not in labels and len(forms) == 1


def _begins_item(provision: Provision, before: Provision | None, stem: Span) -> bool:
    """The first statement of its item: what follows the comma is said of it."""
    if before is None or provision.kind == "item":
        return True
    return before.clause != provision.clause or before.end <= stem.end


def under_lead(provision: Provision, lead: Lead, provisions: tuple[Provision, ...]) -> Provision:
    """The item with the bearer of the words that hold the time: 甲方应于…前完成下列各项，逐项由双方签认."""
    holder = next((one for one in provisions if one.start <= lead.time.start < one.end), None)
    if holder is None or holder.side not in ("government", "investor") or provision.known_by == "said":
        return provision
    return msgspec.structs.replace(provision, bearer=holder.bearer, side=holder.side, known_by="inherited")


def in_own_words(duty: Obligation) -> Obligation:
    """The duty of an item, whose time stands above it: none of its own words tell when."""
    return msgspec.structs.replace(duty, due_start=duty.start, due_end=duty.start)


def without_leads(duties: list[Obligation], leads: list[Lead]) -> list[Obligation]:
    """The duties without those of lead-ins whose items stand for them."""
    spans = {lead.span for lead in leads}
    return [
        duty
        for duty in duties
        if not any(span.start <= duty.start and duty.end <= span.end and duty.due_start < span.end for span in spans)
    ]
