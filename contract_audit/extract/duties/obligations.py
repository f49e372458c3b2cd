"""Obligations from provisions: who owes what by when, with the anchor where the day is counted from an event.

A provision with several times is several obligations; each takes the words from the comma before its time to the comma
before the next.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from operator import attrgetter

import msgspec

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.kept import is_kept
from contract_audit.chinese.past_money import after_past_money
from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.extract.duties.acts import act_of, has_act, kind_of_act
from contract_audit.extract.duties.compared import compared
from contract_audit.extract.duties.grids import is_second_head
from contract_audit.extract.duties.inherited import Lead, in_own_words, lead_of, under_lead, without_leads
from contract_audit.extract.duties.nodes import columns, heads_of_tables, is_term
from contract_audit.extract.duties.single_duty import AMOUNTS, Known, cut_before, duty_of, phrase_at, trimmed
from contract_audit.extract.duties.subjects import asked_of, with_subjects
from contract_audit.extract.duties.table_duties import of_row
from contract_audit.extract.duties.times import Time, times_in
from contract_audit.extract.facts.signature import supplement
from contract_audit.model import Clause, Document, Fact, Obligation, Party, Provision, Value

_DUTY_FORCES = frozenset({"commitment", "duty", "effort", "statement", "permission", "condition", "recital"})
_BREAK = re.compile(r"[，；;。：:]|,(?![0-9]{3})")
_AND = re.compile(r"[、，,和与及以]+(?:于|在)?")
_DENIED = re.compile(r"不(?:得|再|予|能|将|向|把|对|就|与|同|和|另|承担|作|引进|引入|转让|变更|调整|迁)|严禁|禁止")
_BOUND = re.compile(r"不(?:得|能|应)?(?:[晚迟早]于|超过|[少低]于)")  # 不得晚于5月31日 forbids nothing but delay
_FAILING = re.compile(r"[^，。；]{0,4}(?:未|没有|不能|无法|逾期)")  # 2022年底前未投产的: a condition
# 签订后半年内未能摘牌的，协议终止: what follows if not, nothing that is owed
_ENDED_THEN = re.compile(r"[^，。；]{0,40}[，,][^，。；\n]{0,10}(?:终止|解除|失效|作废)")
_FAILING_SO = re.compile(r"[^，。；]{0,4}(?:未|没有|不能|无法|逾期)[^，。；]{0,30}的[，,]")
_SAME_AS = re.compile(r"(?:^|[\s|\t])同(?:本协议)?第?[0-9]{1,2}(?:\.[0-9]{1,2})*条?款?(?:$|[\s|\t])")
_TOTAL = re.compile(r"[\s|]*(?:合\s*计|小\s*计|总\s*计)")
_PAST = re.compile(r"已|曾|业经|完毕|签订的|签署的|以来")
_ALLOWED = re.compile(r"有权|(?<![到至能])可以|可向|可自|可在|可于")
_PERMITS = re.compile(
    r"(?:允许|准许|准予|许可)(?:[乙丙]方|项目公司|企业|其)[^，。；\n]*$"
)  # 允许乙方在2026年底前分期缴纳
_BREACH = re.compile(r"违约|逾期|迟延|延期|不可抗力|未按|未能|赔偿")
_ON_SIGNING = re.compile(r"(?:签字|盖章|签订|签署|签章)[^。；\n]{0,20}(?:之日起|后|时|起)?[^。；\n]{0,6}生效")
# What is agreed takes effect when it is signed (民法典第502条), unless it waits for something else.
_ON_OTHERS = re.compile(
    r"(?:批准|批复|备案|审批|审查|公证|通过|决议|缴|到账|交付|盖章|摘牌|成交|条件|获批|同意|起|后)[^。；\n]{0,16}生效(?!后|之日|期)"
    r"|生效(?:条件|的前提|日期?(?:为|是))"
)
_CONVENED = re.compile(r"[^。\n]{0,60}(?:召开|主持|召集|研究)")


def obligations(
    document: Document,
    clauses: tuple[Clause, ...],
    provisions: tuple[Provision, ...],
    values: tuple[Value, ...],
    parties: tuple[Party, ...],
    facts: tuple[Fact, ...],
) -> tuple[Obligation, ...]:
    """Every duty with a time, and major duties without one, in text order; due dates only from days the paper knows."""
    signed = next((fact.value for fact in facts if fact.name == "signed_on" and isinstance(fact.value, date)), None)
    first_known, later = _known(document, signed), supplement(document)
    later_known = first_known if later is None else _known(document, later[1])
    found: list[Obligation] = []
    ordered = sorted(values, key=lambda value: value.start)
    leads: list[Lead] = []
    first = 0
    heads = heads_of_tables(document.text, provisions)
    for index, provision in enumerate(provisions):
        if index in heads:  # a table before the first article
            provision = msgspec.structs.replace(provision, kind="table_row", force="commitment", stems=(heads[index],))
        if provision.kind in ("title", "signature") or is_second_head(document.text, provision):
            continue
        begun = after_past_money(document.text, provision.start, provision.end)
        provision = msgspec.structs.replace(provision, start=begun)
        following = provisions[index + 1] if index + 1 < len(provisions) else None
        if following is not None and _with_time_before(document.text, provision, following, ordered) is not following:
            continue
        known = later_known if later is not None and provision.start >= later[0] else first_known
        if index:
            provision = _with_time_before(document.text, provisions[index - 1], provision, ordered)
        while first < len(ordered) and ordered[first].end <= provision.start:
            first += 1
        inside = [value for value in _until(ordered, first, provision.end) if value.end > provision.start]
        of_table = of_row(document.text, provision, index, inside, known, parties)
        found += of_table or _of_text(document.text, provisions, (index, provision), (inside, ordered), known, leads)
    found = compared(document.text, without_leads(found, leads))
    return with_subjects(document.text, found, clauses, provisions, parties)


def _of_text(
    text: str,
    provisions: tuple[Provision, ...],
    at: tuple[int, Provision],
    read: tuple[list[Value], list[Value]],
    known: Known,
    leads: list[Lead],
) -> Iterator[Obligation]:
    """The duties of a provision by its own times or, for an item of a list, by that of its lead-in, which joins `leads`.

    `read` are the values inside the provision and those of the whole paper in order.
    """
    (index, provision), (inside, ordered) = at, read
    times = times_in(text, provision, inside, known.signing)
    lead = None if times else lead_of(text, provision, provisions[index - 1] if index else None, ordered, known.signing)
    if lead is None:
        yield from _of_provision(text, provision, index, inside, times, known)
        return
    leads.append(lead)
    item = under_lead(provision, lead, provisions)
    yield from (in_own_words(duty) for duty in _of_provision(text, item, index, inside, [lead.time], known))


def _with_time_before(text: str, before: Provision, provision: Provision, ordered: list[Value]) -> Provision:
    """The provision grown by the one before where that is nothing but its time: 自交地之日起四十日内，乙方交方案."""
    if text[before.end : provision.start].strip() not in ("，", ",") or before.kind in ("title", "signature"):
        return provision
    first = bisect_left(ordered, before.start, key=_START)
    times = [value for value in _until(ordered, first, before.end) if value.kind in ("date", "deadline")]
    rest = text[before.start : before.end]
    for value in times:
        rest = rest.replace(text[value.start : value.end], "")
    alone = len(times) == 1 and len(rest.strip("自从在于内前起，、 ")) < _LEAST_WORDS
    return msgspec.structs.replace(provision, start=before.start) if alone else provision


_START = attrgetter("start")
_LEAST_WORDS, _ACCOUNT_CHARS = 2, 60


def _until(ordered: list[Value], index: int, end: int) -> Iterator[Value]:
    while index < len(ordered) and ordered[index].start < end:
        yield ordered[index]
        index += 1


def _known(document: Document, signed: date | None) -> Known:
    """Signing, entry into force on signing, the meeting that minutes record."""
    head = fold_text(document.text[:600])
    return Known(
        signing=signed,
        effective=None if _ON_OTHERS.search(document.text) and not _ON_SIGNING.search(document.text) else signed,
        meeting=_meeting_day(head) if "会议" in head else None,
    )


def _meeting_day(head: str) -> date | None:
    """The day in the sentence that tells of the meeting, else the first of the head: the printed line may come before."""
    days = [moment for moment in dates(head, Frame())[0] if moment.full]
    told = [moment for moment in days if _CONVENED.match(head, moment.end)]
    return next((moment.until for moment in (*told, *days)), None)


def _of_provision(
    text: str, provision: Provision, number: int, inside: list[Value], times: list[Time], known: Known
) -> Iterator[Obligation]:
    if any(_pays_for_works(text, provision, time) for time in times):
        times = [time for time in times if not _pays_for_works(text, provision, time)]
    if not times and _owes_without_time(text, provision):
        yield duty_of(text, provision, number, (provision.start, provision.end), None, [], known)
    listed = _listed(text, times)
    for index, time in enumerate(times):
        start = provision.start if index == 0 else cut_before(text, times[index - 1].end, time.start)
        end = provision.end if index + 1 == len(times) else cut_before(text, time.end, times[index + 1].start)
        if time.due is None and _FAILING_SO.match(text, time.end):  # what then follows is owed at no time of its own
            if provision.force in ("commitment", "duty") and not _ENDED_THEN.match(text, time.end):
                yield duty_of(text, provision, number, (start, end), None, [], known)
            continue
        if _is_duty(text, provision, start, end, time):
            amounts = [value for value in inside if start <= value.start < end and value.kind in AMOUNTS]
            duty = duty_of(text, provision, number, (start, end), time, amounts, known)
            yield _in_list(text, duty, provision, listed[index]) if index in listed else duty


def _pays_for_works(text: str, provision: Provision, time: Time) -> bool:
    """Whether the event is that of the money for works that are owed without a time: 甲方建桥一座，所需资金列入预算后支付."""
    if time.due is not None or time.offset is not None or time.recurrence is not None:
        return False
    phrase = _FUNDS.search(text, provision.start, max(provision.start, time.end))
    return phrase is not None and has_act(_BREAK.split(text[provision.start : phrase.start()], maxsplit=1)[0])


_FUNDS = re.compile(
    r"[，,；;](?:所需|建设|改造|工程|项目|相关|上述|该|其|有关)*(?:资金|经费|费用|款项?|投资)[^，。；\n]{0,30}$"
)


def _listed(text: str, times: list[Time]) -> dict[int, tuple[int, int]]:
    """Times that stand in a row before one act, by index: which of the row, from 1, and where the words after it begin."""
    found: dict[int, tuple[int, int]] = {}
    first = 0
    for index, time in enumerate(times):
        following = times[index + 1] if index + 1 < len(times) else None
        if following is not None and _AND.fullmatch(text, time.end, following.start):
            continue
        if index > first:
            found.update((one, (one - first + 1, time.end)) for one in range(first, index + 1))
        first = index + 1
    return found


_ITEM = re.compile(r"[0-9][0-9.,]*\s*[万亿]?[\u4e00-\u9fff%％]{1,3}?(?=[、，；。和与及]|$)", re.MULTILINE)


def _in_list(text: str, duty: Obligation, provision: Provision, place: tuple[int, int]) -> Obligation:
    """The duty of one of several times: all have the act that follows the last of them."""
    part, start = place
    start, end = trimmed(text, start, provision.end)
    items = [match.end() for match in _ITEM.finditer(text, start, end)] if "分别" in text[start:end] else []
    if len(items) > 1 and part <= len(items):  # 分别达到3000万元、1.1亿元
        start, end = trimmed(text, provision.start, items[part - 1])
        duty = msgspec.structs.replace(duty, start=start, end=end)
    words = text[start:end]
    act, thing = act_of(words)
    kind = kind_of_act(_BREAK.split(words, maxsplit=1)[0], words, provision.side)
    return msgspec.structs.replace(
        duty, act=act, object=thing, kind=kind, part=part, shared_start=start, shared_end=end
    )


def _is_duty(text: str, provision: Provision, start: int, end: int, time: Time) -> bool:
    """Reports and definitions bind nobody, unless they move a date; a permission may still hold a duty in a later phrase."""
    if time.changed or (provision.force == "definition" and is_kept(text, time.end)):
        return True  # 原协议所称“9月30日前开通班车”不作调整: what is quoted stands
    own = phrase_at(text, start, end, time)
    if (
        (_SIGNED_OR_DONE.match(text, time.end) and not _IS_TO_SIGN.search(own))
        or _PERMITS.search(own)
        or _is_retold(text, provision, time)
        or _IF_SO.match(text, time.end)
        or _DEEMED_SO.match(text, time.end - 1)
        or _ABSTAINS.match(text, time.end)
        or (time.due is None and _OF_YEARS.match(text, time.end))
        or _RECEIPT.search(own)
    ):
        return False
    if _ACCOUNT.search(text, max(0, provision.start - _ACCOUNT_CHARS), time.start) and not _BINDS.search(own):
        return False
    if provision.force in (
        "report",
        "request",
    ):  # 30日内支付143万元，资金已列入预算: only a part of it tells of the past
        told = provision.known_by == "default" and not _BINDS.search(own)  # 已取得产权证，2023年12月具备进场条件
        return bool(time.due or time.offset) and not _PAST.search(own) and has_act(own) and not told
    if provision.force == "prohibition":  # 28日前交甲方存档，未获批复不得开工: only a later phrase forbids
        owes = has_act(own) or _REACHES.search(own)
        return bool(time.due or time.offset) and bool(owes) and not _DENIED.search(_BOUND.sub("", own))
    if provision.force not in _DUTY_FORCES:
        return False
    if (time.due is not None and _FAILING.match(text, time.end)) or _TOTAL.match(text, provision.start):
        return False
    if provision.kind == "table_row" and _SAME_AS.search(text, start, end):
        return False  # 同5.1: the duty stands there
    if provision.force in ("permission", "condition", "recital"):
        allowed = _ALLOWED.search(own) and not asked_of(text, provision.start, time.start)
        nobody = provision.force == "recital" and provision.bearer is None  # 一到霜降前后果子挤成堆: how things are
        return bool(time.due or time.offset or time.recurrence) and not (allowed or nobody)
    return not (provision.polarity == "negative" and _DENIED.search(own))


# 二〇二六年五月十二日在某地签署 is the signing itself; 8月31日前交地——8月19日交付 and 5月份租金已于5月5日付清 tell what was done.
_SIGNED_OR_DONE = re.compile(
    r"(?:于|在)?[^，。；\n]{0,8}签[署订](?=[。\n]|$)|[^，。；\n—]{1,16}——[^，。；\n]{0,4}[0-9]{4}年|份?的?[^，。；\n]{1,6}已(?:于|在)[0-9]",
    re.MULTILINE,
)
_IS_TO_SIGN = re.compile(
    r"(?:应当?|须|必须|争取|力争|确保|承诺|保证|计划|最迟)[^，。；\n]{0,4}[0-9〇一二三四五六七八九十]"
)  # 正式合同应在7月31日前签订
_REACHES = re.compile(r"(?:不[少低]于|达到|至少|满)[0-9]")  # 6月底前厂里做工的不少于80人，保险不能少一个
# 净地移交的标准：附着物清理完毕，场地平整至…: what a thing is like when it is given, not what is to be done.
_DESCRIBES = re.compile(r"(?:标准|条件|口径)(?:为|是|：|:)[^。；\n]*$")
# 供电所讲，变压器已到货，9月中旬装得上: somebody's account of how things stand, unless it promises.
_ACCOUNT = re.compile(
    r"(?:^|[。；\n）)])[^，。；\n由跟与和向对]{2,16}(?:讲|反映|介绍|汇报|通报|估计|预计|说)[，：:][^。；\n]*$"
)
_BINDS = re.compile(r"前|内|底|末|应|须|将|负责|承诺|保证|确保|力争|计划")
# 年底前不予冻结, 交地后三年内土地使用税暂不征收: what is left undone is not due.
_ABSTAINS = re.compile(
    r"[，,]?(?:一律|均|都|暂)?不予?(?:予|得|再|冻结|查封|起诉|追究|处罚|征收)"
    r"|[，,]?[^，。；\n]{0,20}(?:税|[费租]金?|款)(?:额|项)?(?:[，,]?[^，。；\n]{0,4})?(?:不予?|免予?|减半|暂缓|缓)(?:征收?|计征|计?收取?|计取|缴纳?)(?=$|[，。；的（]|[^\u4e00-\u9fff])"
)
# 并网后六年内所缴增值税…的一半: of which years what is counted is, not by when it is paid.
_OF_YEARS = re.compile(r"(?:内|期间)?(?:由其|其)?所(?:实际)?(?:缴|交|上缴|入库|[纳产实形发取获])[^，。；\n]*[，,、的]")
_DEEMED_SO = re.compile(r".?[，,]?(?:即为|即?视为|视同|即告)|即为")  # 乙方签收《交地确认书》即为交付
# 请于4月20日前将回执寄回 asks for the paper's own receipt, whose return is its signing.
_RECEIPT = re.compile(
    r"回执[^，。；]{0,4}(?:寄|返|送|交|传|发|退)(?:回|至|到|还)|[寄返送交传发退](?:回|还)[^，。；]{0,4}回执"
)
_RETOLD = re.compile(
    r"(?:原|主|前述|上述)(?:投资)?(?:合同|协议|补充协议)书?(?:[^。；\n约现]{0,12})(?:约定|规定|载明|确定)(?!的(?![“\"]))[^。；\n]*$"
)
# 主协议约定甲方于2022年底前移交的剩余38亩土地，甲方应在…前移交完毕
_OWED_NOW = re.compile(r"[^：:“”]的[^，。；：“”]{1,20}[，,](?:[甲乙丙丁]方|项目公司)(?:应当?|须|同意|承诺|保证|负责)")
# 原协议约定的厂房2023年底前交付、间隔2024年3月底前投用均未能实现: a failure told, not a duty.
_ONCE_AGREED = re.compile(r"原(?:投资)?(?:合同|协议)书?[^。；\n]{0,12}(?:约定|规定|确定)的|原定的?[^。；\n]*$")
_NOT_REALISED = re.compile(
    r"[^。；\n]{0,60}?(?:均|都|皆|一直|至今|仍|全部|始终)*未能?(?:实现|完成|兑现|如期|按期|按时|做到|履行|落地|达成)"
)
_ANEW = re.compile(r"现|改[为至到]|调整|变更|顺延|延[长期]|重新")


# 十年内，减资的，须经同意: what needs consent is not owed.
_IF_SO = re.compile(
    r"[，,]?[^，。；\n]{2,40}的[，,](?:应当?|必?须|需|要)?(?:事先|提前|先|经|征得|取得|获得|报)[^，。；\n]{0,12}(?:同意|"
    r"批准|认可|许可)"
)


def _is_retold(text: str, provision: Provision, time: Time) -> bool:
    """原合同约定：一期2022年12月31日前投产 tells what was agreed once."""
    line = behind_last("\n。；", text, time.start)
    if is_kept(text, time.end):
        return False
    if _ONCE_AGREED.search(text, line, time.start) and _NOT_REALISED.match(text, time.end):
        return True
    told = _RETOLD.search(text, line, time.start)
    return told is not None and not _ANEW.search(told.group()) and not _OWED_NOW.search(text, told.start(), time.start)


def _has_empty_time(text: str, provision: Provision) -> bool:
    """A row whose party is named and whose cell of time holds nothing: 高压线迁改 | 甲方 | —."""
    table = columns(text, provision)
    cells = zip(table.heads, table.cells, strict=False) if provision.known_by == "said" else ()
    return any(is_term(table, low) and _NOTHING.fullmatch(text[low:high]) for _, (low, high) in cells)


_NOTHING = re.compile(r"[\s—–－\-/／无空]*")


def _owes_without_time(text: str, provision: Provision) -> bool:
    """A major duty without any time: the rules on missing deadlines look at these."""
    aims = _is_aim(text, provision)
    owed = aims or provision.force in ("commitment", "duty") or _has_empty_time(text, provision)
    if not owed or (provision.polarity == "negative" and not aims) or provision.side == "unknown":
        return False
    words = text[provision.start : provision.end]
    line = behind_last("\n。；", text, provision.start)
    if (
        _IN_TABLE.search(words)
        or _DESCRIBES.search(text, line, provision.start)
        or _TIME_AHEAD.search(text, line, provision.start)
    ):
        return False
    first = _BREAK.split(words, maxsplit=1)[0]
    known = kind_of_act(first, words, provision.side) != "other"
    return (known or _is_measured_delivery(provision, words)) and not _BREACH.search(first)


def _is_aim(text: str, provision: Provision) -> bool:
    """A figure that the enterprise is to reach, whatever is said beside it: 达产后年纳税不少于2600万元，…，不与奖励挂钩."""
    if provision.side != "investor" or provision.force not in ("commitment", "duty", "statement"):
        return False
    reached = _REACHES.search(text, provision.start, provision.end)
    said = text[provision.start : reached.end()] if reached is not None else ""
    return _AIM.search(said) is not None and not _DENIED.search(_BOUND.sub("", said))


_AIM = re.compile(r"[纳缴上]税|税收|产值|营业收入|销售收入|销售额|用工|就业")


def _is_measured_delivery(provision: Provision, words: str) -> bool:
    """Something of so many units that the government gives or builds, whatever it is called: 提供会议中心一处."""
    given = provision.side == "government" and provision.known_by == "said"
    return given and _DELIVERS.search(words) is not None and _MEASURED.search(words) is not None


_IN_TABLE = re.compile("(?:按照?|依照?|见|如|以)(?:下|附)表")  # whose rows have the times: 前款按下表支付
# 楼宇办于登记办结之日起一个月内，免费提供办公室: the time stands in the statement before.
_TIME_AHEAD = re.compile(r"(?:[日月年天周]|之)[内前][，,]\s*$")
_DELIVERS = re.compile(
    r"提供|交给|交付|移交|腾|整理出|[修架建盖铺挖][一二三四五六两0-9]+[座条栋口处段]|修[成建筑]|建[成设造]|铺|架设|改造|安装|加装|布设|配建|拆除|搬走|迁走"
)
_MEASURED = re.compile(
    r"[0-9一二三四五六七八九十百两](?:余|多)?(?:平方米|㎡|亩|米|公里|处|座|间|套|栋|幢|条|台|个(?=[\u4e00-\u9fff]{2}))"
)
