"""The event that fulfils a duty: the act of its main phrase, the things and numbers of all its words, its time left out."""

import re
from decimal import Decimal

import msgspec

from contract_audit.deeds import Event, amounts_of, event
from contract_audit.extract.duties.defined import spelled_out
from contract_audit.extract.duties.grids import in_words
from contract_audit.extract.duties.named_before import first_of, heading, with_named
from contract_audit.extract.duties.nodes import Columns, columns
from contract_audit.extract.duties.own_words import (
    PHRASE,
    REMARK,
    main_phrases,
    own_item,
    with_antecedent,
    without_time,
)
from contract_audit.extract.duties.shares import promised_yuan, share_of
from contract_audit.model import Obligation, Provision, Understanding

MONEY = frozenset({"subsidy", "rent", "price", "guarantee", "damages", "wages"})


def has_sum(amounts: frozenset[tuple[str, Decimal]]) -> bool:
    """True where there is a sum of money among the quantities."""
    return any(unit == "元" for unit, _ in amounts)


def sought(understanding: Understanding, duty: Obligation) -> Event:
    """The event that fulfils a duty: the act of its main phrase, things and numbers of all its words.

    The time words are left out: their event comes before. A table row takes the act from the words above the table.
    """
    text = understanding.document.text
    own, phrases = _worded(understanding, duty)
    own, phrases = spelled_out(text, own), [spelled_out(text, one) for one in phrases]
    told, main, remarks = event(REMARK.sub("", own)), event(" ".join(phrases)), event(own)
    provision = understanding.provisions[duty.provision] if duty.provision is not None else None
    stems = event(" ".join(text[stem.start : stem.end] for stem in provision.stems) if provision else "")
    numbered = own_item(text, duty) is not None or bool(event(duty.anchor or "").marks)  # 1号冷库交付之日起90日内、2号…
    part = {("期", str(duty.part))} if duty.part is not None and not numbered else set()
    topic = (
        event(_topic(understanding, duty) or heading(understanding, duty))
        if main.acts & _OF_THINGS and not main.things
        else event("")
    )
    own_things = (topic.things - {"progress"} if not main.acts & PAYING else frozenset()) or told.things
    lead, acts = event(phrases[0]).acts, main.acts or told.acts or stems.acts & _OF_TABLES or _shared_acts(text, duty)
    if acts == {"pay"} and told.acts == {"hand_over"}:  # 厂房一栋，2024年5月底前交到乙方手上: whole words tell which
        lead = acts = told.acts
    amounts = _of_main(_amounts(understanding, duty, remarks), main)
    amounts |= _amounts_before(topic, amounts, pays=bool(main.acts & PAYING))
    if not acts and _PART_OF.match(text, duty.start):  # 分两次交付，其中上半年30套
        acts, things_before = _before(understanding, duty)
        own_things = own_things or things_before
    if acts and acts <= _OF_PHASES and "jobs" in own_things and any(unit == "人" for unit, _ in main.amounts):
        acts = lead = frozenset({"reach"})  # 投产时用工不少于260人，其中年底前60人
    if _names_nothing(told, acts, phrases):
        told, lead, acts, own_things, amounts = _by_its_lead(
            event(lead_in(understanding, duty)), own, phrases[0], (told, lead, acts, own_things, amounts)
        )
    own_things -= {"capital"} if acts and acts <= {"register", "license"} else set()  # 完成工商注册，注册资本5000万元
    paid_for = _paid_for(text, provision, told) if has_sum(amounts) and not acts & PAYING else None
    if paid_for is not None:
        acts = lead = frozenset({"pay"})
        told, own_things = msgspec.structs.replace(told, parts=frozenset()), paid_for or own_things
    told, own_things = _with_others(understanding, duty, acts, told, own_things)
    marks = _own_marks(remarks, main) or stems.marks or topic.marks
    return msgspec.structs.replace(
        told,
        acts=acts,
        lead=lead,
        things=_things(understanding, duty, own_things or stems.things - {"progress"}, main.acts),
        pairs=told.pairs | topic.pairs,
        content=told.content | topic.content,
        marks=marks | part | _anchor_marks(duty, told, main, remarks, acts),
        amounts=amounts,
    )


_Owed = tuple[Event, frozenset[str], frozenset[str], frozenset[str], frozenset[tuple[str, Decimal]]]


def _by_its_lead(led: Event, own: str, phrase: str, owed: _Owed) -> _Owed:
    """What is owed (event, leading acts, acts, things, amounts) with what the words above it (`led`) name."""
    told, lead, acts, things, amounts = owed
    named = event(_WHEN.sub("", REMARK.sub("", own))).acts - {"build"}  # 11户的搬迁安置，年底前完成
    acts, things, amounts = led.acts or named or acts, led.things or things, amounts or led.amounts
    if "capital" in things and "到位" in phrase:  # 注册资本3000万元，于年底前到位
        acts = lead = frozenset({"pay"})
    told = msgspec.structs.replace(
        told, pairs=told.pairs | led.pairs, content=told.content | led.content, parts=told.parts | led.parts
    )  # 综合楼封顶：6月30日
    return told, lead, acts, things, amounts


def _amounts_before(topic: Event, own: frozenset[tuple[str, Decimal]], *, pays: bool) -> frozenset[tuple[str, Decimal]]:
    """Quantities of what the sentence speaks of before the duty: 宿舍两栋共9600平方米，甲方…盖好."""
    units = {unit for unit, _ in own}
    counted = {one for one in topic.amounts if one[0] in _COUNTED - units}
    return frozenset(
        counted | ({one for one in topic.amounts if one[0] == "元"} if pays and "元" not in units else set())
    )


def _with_others(
    understanding: Understanding, duty: Obligation, acts: frozenset[str], told: Event, own_things: frozenset[str]
) -> tuple[Event, frozenset[str]]:
    """The event and its things with what the duties and events before it name: what was asked, what recurs, what is sent."""
    if acts and acts <= _ANSWERS and not (own_things - {"permit"} or told.papers):
        told = _with_asked(understanding, duty, told)
        own_things |= told.things
    again = first_of(understanding, duty, acts) if not own_things and acts else None
    if again is not None:
        told, own_things = with_named(told, again), again.things
    if acts == {"submit"}:
        told, own_things = _with_sent(told, own_things, event(duty.anchor or ""))
    return told, own_things


def _with_sent(told: Event, own_things: frozenset[str], sent: Event) -> tuple[Event, frozenset[str]]:
    """What is handed in once it is there, where nothing else is named: 核验报告出具后10日内送甲方备查."""
    if own_things or told.documents or not sent.pairs:
        return told, own_things
    content = told.content | sent.content
    return msgspec.structs.replace(told, documents=sent.documents, content=content), sent.things


def _names_nothing(told: Event, acts: frozenset[str], phrases: list[str]) -> bool:
    nothing = not (acts or told.things or told.parts or told.amounts) and len(told.content) < _NAMED
    return nothing or bool(_BARE_DONE.fullmatch("".join(phrases).replace(" ", "")))


_WHEN = re.compile(r"[^，。；]*(?:之[前后]|[前后时])的")  # 投产之前的联动调试
_COUNTED = frozenset({"平方米", "栋", "套", "台", "亩", "公里", "吨", "间", "座"})  # 宿舍两栋共9600平方米，甲方…盖好
_PAID = re.compile(r"支付|付款|拨付|兑付|兑现|缴[纳存付]|给付")
_SUM = re.compile(r"金额|比例|价款|款额|(?:补助|奖励|补贴)额|万元")


def _paid_for(text: str, provision: Provision | None, told: Event) -> frozenset[str] | None:
    """What a sum is paid for where no verb says that it is paid, and None where it is no payment: 设备购置补助 | 420万元.

    Under 兑付节点 | 比例 | 金额 | 兑付时限 the cells name when, and the sum is what is owed.
    """
    heads = columns(text, provision).heads if provision is not None else ()
    if sum(bool(_PAID.search(head)) for head in heads) > 1 and any(_SUM.search(head) for head in heads):
        return event(" ".join(heads)).things
    return told.things if "subsidy" in told.things else None


_ANSWERS = frozenset({"obtain", "review", "reply"})


def _with_asked(understanding: Understanding, duty: Obligation, told: Event) -> Event:
    """An answer with what the duty before in its clause hands in: 报送环评报告书，受理后60日内作出审批决定."""
    before = [one for one in understanding.obligations if one.clause == duty.clause and one.end <= duty.start]
    timed = before and before[-1].due_end > before[-1].due_start and not re.search("该|此|上述", duty.anchor or "")
    asked = event(without_time(understanding.document.text, before[-1])) if timed else event("")
    if "submit" not in asked.acts:
        return told
    return msgspec.structs.replace(
        told,
        things=told.things | asked.things,
        papers=asked.papers,
        parts=told.parts | asked.parts,
        pairs=told.pairs | asked.pairs,
        content=told.content | asked.content,
    )


def _anchor_marks(
    duty: Obligation, told: Event, main: Event, remarks: Event, acts: frozenset[str]
) -> frozenset[tuple[str, str]]:
    """The numbers that a duty takes from the event it counts from: 一期开工后20个月内完工, 二期投产后退还余款."""
    kinds = {kind for kind, _ in main.marks}
    of_phase = (
        main.acts and main.acts <= _OF_PHASES and not (told.things or any(kind == "期" for kind, _ in told.marks))
    )
    taken = "期" if of_phase or (acts & PAYING and ("期", "余") in remarks.marks) else ""
    places = "号栋层" if acts & _OF_PLACES else ""
    return frozenset(
        mark
        for mark in event(duty.anchor or "").marks
        if mark[0] in taken or (mark[0] in places and mark[0] not in kinds)
    )


_OF_REST = {("期", "余")}  # 余款完工后付 says nothing of the share before it
PAYING = frozenset({"pay", "return", "reduce"})
_OF_TABLES = frozenset({"pay", "return", "hand_over"})  # what words above a table may say of rows that name things only
_HEADING_CHARS = 14


_AT_EVENT = re.compile(r"[^，,；。：:]*(?:之日起|[之以]?后|[之以]?前|[之以]?内)[，,]?")
_OF_THINGS = frozenset({"hand_over", "build", "connect", "open", "pay", "return"})


def _things(
    understanding: Understanding, duty: Obligation, own: frozenset[str], acts: frozenset[str]
) -> frozenset[str]:
    """The duty's things; what a payment is for may stand before it: 装修补贴分两次给付：完工后付一半, 物流补贴：…支付45万元.

    So may what is handed over or built: 厂房由甲方建，1月底封顶，3月底前交给乙方装机器.
    """
    pays = bool(acts & PAYING)
    if acts & _OF_THINGS and not (own and pays):
        own |= _things_before(understanding, duty)
    if not pays or duty.clause is None:
        return own
    text = understanding.document.text
    before = text[understanding.clauses[duty.clause].start : duty.start].strip("，。；：:、 \n\t")
    topic = _AT_EVENT.sub("", _SENTENCE.split(before)[-1])
    return own | event(topic).things if not own or len(topic) <= _HEADING_CHARS else own


def _own_marks(whole: Event, main: Event) -> frozenset[tuple[str, str]]:
    """The numbers of the phrase around the time; those of the rest only where it has none of that kind (7号、8号两栋，7号…)."""
    kinds = {kind for kind, _ in main.marks}
    return main.marks | {mark for mark in whole.marks - _OF_REST if mark[0] not in kinds}


_OF_PLACES = frozenset({"produce", "install", "build", "operate", "enter", "start", "arrive"})


def _shared_acts(text: str, duty: Obligation) -> frozenset[str]:
    """11层于4月10日前、12层于5月31日前分别移交: the act stands after the last of them."""
    rest = _SENTENCE.split(text[duty.end :], maxsplit=1)[0]
    return event(rest[rest.index("分别") :]).acts if "分别" in rest else frozenset()


def _topic(understanding: Understanding, duty: Obligation) -> str:
    """What the sentence speaks of before the duty: 综合楼三层空着，甲方于2月10日前腾出."""
    text = understanding.document.text
    clause = understanding.clauses[duty.clause] if duty.clause is not None else None
    start = duty.start if clause is None else clause.start + len(clause.label or "")  # 2、6号楼 is one building
    before = [one.end for one in understanding.obligations if one.end <= duty.start and one.due_end > one.due_start]
    start = max([start, *before[-1:]])
    said = _SENTENCE.split(text[start : duty.start])[-1] if start < duty.start else ""
    if (
        said.strip("，, ")
        or duty.clause is None
        or not _PART_OF.match(text, duty.start)
        or event(text[duty.start : duty.end]).acts & PAYING
    ):
        return said
    whole = _SENTENCE.split(text[understanding.clauses[duty.clause].start : duty.start])
    return next((part for part in reversed(whole) if event(part).things), said)  # 周转房60套…。首批24套…，其余36套…


_NAMED = 2  # pairs of characters from which a duty's words name something


# 甲方负责于10月31日前办结: what is to be done stands before.
_BARE_DONE = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:负责|确保|应当?|须|要|于|在|并|全部|一次|现)*(?:办[结完妥好]|完成|做完|结束|解决|落实|到位)"
)


def _in_columns(understanding: Understanding, duty: Obligation) -> tuple[str, list[str]] | None:
    """All words and the main phrase of a day in a row of several (子项目 | 开工 | 竣工): names of the row, its column's head."""
    provision = understanding.provisions[duty.provision] if duty.provision is not None else None
    if provision is None or (duty.due_end <= duty.due_start and duty.shared_end <= duty.shared_start):
        return None
    text, table = understanding.document.text, columns(understanding.document.text, provision)
    if duty.shared_end > duty.shared_start and duty.part is None:
        return _in_slot(text, duty, provision, table)
    head = _OF_TIME.sub("", table.head(duty.due_start))
    days = [one.due_start for one in understanding.obligations if one.provision == duty.provision and one.due_end]
    if not event(head).acts:
        return None
    alone = len({table.head(day) for day in days}) < len((head, duty))
    if alone and not _names_phase_only(text, table, duty):
        return None
    cells = [
        text[low:high].strip()
        for low, high in table.cells
        if not any(low <= day <= high for day in days) and not (alone and low > duty.due_start)
    ]
    own = next((cell for cell in table.cells if cell[0] <= duty.due_start <= cell[1]), (duty.due_start, duty.due_end))
    main = f"{text[own[0] : duty.due_start]} {text[duty.due_end : own[1]]}".strip() or head
    return f"{' '.join(cells)} {head} {main}", [f"{head} {main}"]


def owed_words(understanding: Understanding, duty: Obligation) -> str:
    """A duty's words without its time; of a day in a row of several with the names of the row and the head of its column."""
    return _worded(understanding, duty)[0]


def _worded(understanding: Understanding, duty: Obligation) -> tuple[str, list[str]]:
    """The words of a duty without its time, and its main phrases."""
    text = understanding.document.text
    own, phrases = _in_columns(understanding, duty) or (without_time(text, duty), main_phrases(text, duty))
    return f"{_numbered(understanding, duty)}{with_antecedent(text, duty, own)}", phrases


def _numbered(understanding: Understanding, duty: Obligation) -> str:
    """Which of several payments or lots a row under 期次, 批次 is about: 第3期."""
    if duty.provision is None:
        return ""
    text = understanding.document.text
    table = columns(text, understanding.provisions[duty.provision])
    cells = (
        text[low:high].strip()
        for head, (low, high) in zip(table.heads, table.cells, strict=False)
        if _LOT.fullmatch(head)
    )
    return next((f"第{cell}期 " for cell in cells if _BARE_NUMBER.fullmatch(cell)), "")


_LOT = re.compile(r"(?:[还付支缴拨]?款)?[期批笔](?:[次数别]|号)?")
_BARE_NUMBER = re.compile(r"[0-9一二三四五六七八九十]{1,2}")


def _in_slot(text: str, duty: Obligation, provision: Provision, table: Columns) -> tuple[str, list[str]]:
    """The words of a duty in a column of time: its row's label, with the figure to be reached and the period of its head."""
    label = text[duty.shared_start : duty.shared_end]
    if duty.due_end > duty.due_start:
        return (label, [label]) if event(label).acts else (f"{label}施工完成", [f"{label}施工完成"])
    cell = text[duty.due_start : duty.end].strip()
    if not any(char.isdigit() for char in cell):
        return f"{label}{cell}", [f"{label}{cell}"]
    stems = tuple(text[stem.start : stem.end] for stem in provision.stems)
    owed = f"{table.head(duty.due_start)}{in_words(label, cell, stems)}"
    return owed, [f"{owed}，达到"]


def _names_phase_only(text: str, table: Columns, duty: Obligation) -> bool:
    """Whether the first cell names a phase (一期 under 开工) and neither it nor one up to the day tells of an act."""
    before = [text[low:high] for low, high in table.cells if low <= duty.due_start]
    phase = any(kind == "期" for kind, _ in event(before[0]).marks) if len(before) > 1 else False
    return phase and not event(" ".join(before)).acts


_OF_TIME = re.compile(r"[时期]限|时间|日期|节点|最[迟晚]|之?前")


def lead_in(understanding: Understanding, duty: Obligation) -> str:
    """The words before a duty that names nothing itself: 两座高压塔由供电所迁走，甲方负责于10月31日前办结, “…投产”，现延长到…."""
    text = understanding.document.text
    start = understanding.clauses[duty.clause].start if duty.clause is not None else duty.start
    said = _SENTENCE.split(text[min(start, duty.start) : duty.start])[-1].rstrip("，, ")
    before = [one for one in understanding.obligations if one.due_end > one.due_start and one.due_end <= duty.start]
    if before and before[-1].due_end > duty.start - len(said) - 1:
        return PHRASE.split(text[before[-1].due_end : duty.start].rstrip("，, "))[-1]
    return said


def _before(understanding: Understanding, duty: Obligation) -> tuple[frozenset[str], frozenset[str]]:
    """Acts and things of the duty before in the same provision, for words that name neither."""
    before = [one for one in understanding.obligations if one.provision == duty.provision and one.start < duty.start]
    if not before:
        return frozenset(), frozenset()
    told = event(without_time(understanding.document.text, before[-1]))
    return told.acts, told.things


_PART_OF = re.compile(r"其中|另|首批|余下|其余|剩余")
_OF_PHASES = frozenset({"start", "build", "produce", "operate", "full"})


def _things_before(understanding: Understanding, duty: Obligation) -> frozenset[str]:
    """Things of the duty before in the same sentence, its time left out."""
    before = [one for one in understanding.obligations if one.provision == duty.provision and one.start < duty.start]
    return event(without_time(understanding.document.text, before[-1])).things if before else frozenset()


def _amounts(understanding: Understanding, duty: Obligation, own: Event) -> frozenset[tuple[str, Decimal]]:
    """The duty's numbers; of money what it promises, else the sums of its provision where it names no share of them."""
    promised = promised_yuan(understanding, duty)
    others = {amount for amount in own.amounts if amount[0] != "元"}
    if promised is not None:
        return frozenset({*others, ("元", promised)})
    text = understanding.document.text
    if share_of(text[duty.start : duty.end]) is not None:
        return frozenset(others)
    if duty.provision is None or duty.part is not None:
        return own.amounts
    provision = understanding.provisions[duty.provision]
    sums = amounts_of(text[provision.start : provision.end])
    return own.amounts | {amount for amount in sums if amount[0] == "元"}


def _of_main(amounts: frozenset[tuple[str, Decimal]], main: Event) -> frozenset[tuple[str, Decimal]]:
    """The numbers without those that only another phrase names in a unit of the main one: 共260人，其中年底前60人."""
    units = {unit for unit, _ in main.amounts} - {"元"}
    return frozenset(one for one in amounts if one[0] not in units or one in main.amounts)


_SENTENCE = re.compile(r"[。；;\n]")
