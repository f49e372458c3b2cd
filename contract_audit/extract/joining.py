"""Which record proves which duty: evidence rows and reports of other papers joined by meaning.

Clear cases go first. A record that could be meant for two duties proves neither: it is left to a person.
"""

import re
from datetime import date
from decimal import Decimal
from itertools import takewhile

import msgspec

from contract_audit.deeds import Event, Weights, denied, event, likeness, recorded
from contract_audit.deeds.concepts import NEAR_THINGS
from contract_audit.extract.shares import promised_yuan, share_of
from contract_audit.model import Evidence, Obligation, Understanding

ENOUGH, _ANCHOR_ENOUGH = 3.5, 2.0  # likeness from which a record proves a duty, dates an anchor
CLEAR = 0.7  # how much better than the next one a join must be
_SAME_SHARE = 0.5  # share of common words from which two duties name one event
_NEAR_DAYS, _ROUNDS = 150, 3


class Record(msgspec.Struct, frozen=True):
    """One event told by an evidence row (a row may tell several: 交付到位，企业投产)."""

    row: Evidence
    told: Event
    done_on: date
    settles: bool = False  # the last of several part payments that make up the sum


class Joins(msgspec.Struct, frozen=True):
    """Proofs by index of the duty, and records that proved nothing because they fit several duties or none."""

    proofs: dict[int, Record]
    left: tuple[Record, ...]
    yearly: tuple[Record, ...] = ()  # records placed at a yearly duty, which one record does not prove


def records(evidence: tuple[Evidence, ...], as_of: date) -> list[Record]:
    """The events that evidence tells of up to `as_of`."""
    found = []
    for row in evidence:
        if row.done_on is None or row.done_on > as_of:
            continue
        parts = [part for part in re.split(r"[，,；;]", row.matter) if len(part) > 2] or [row.matter]
        lacks = denied(row.matter)
        for part in parts:
            told = msgspec.structs.replace(_told(part, row), undone=lacks.acts, lacking=lacks.content)
            if told.words or len(parts) == 1:
                found.append(Record(row, _with_amount(told, row, alone=len(parts) == 1), row.done_on))
    return found


def _told(words: str, row: Evidence) -> Event:
    """The event of a record; where its words name no act (厂房, 3号楼), the paper that proves it does (移交确认书)."""
    told = recorded(words)
    if told.things & _MONEY and has_sum(told.amounts) and not told.acts & _PAYING:
        return msgspec.structs.replace(told, acts=frozenset({"pay"}))  # 搬迁运费补助3万元
    if not told.acts and told.things & {"jobs", "fixed"} and told.amounts:
        return msgspec.structs.replace(told, acts=frozenset({"reach"}))  # 花名册用工526人
    if told.acts or told.short or not row.proof:
        return told
    return msgspec.structs.replace(told, acts=event(row.proof).acts)


_MONEY = frozenset({"subsidy", "rent", "price", "guarantee", "damages", "wages"})


def has_sum(amounts: frozenset[tuple[str, Decimal]]) -> bool:
    """True where there is a sum of money among the quantities."""
    return any(unit == "元" for unit, _ in amounts)


def _with_amount(told: Event, row: Evidence, *, alone: bool) -> Event:
    if row.amount is None or not alone:
        return told
    return msgspec.structs.replace(told, amounts=told.amounts | {("元", row.amount)})


def has_time(duty: Obligation) -> bool:
    """True for duties with any time: only these are proved."""
    return bool(duty.due or duty.anchor or duty.offset or duty.recurrence)


def is_provable(duty: Obligation) -> bool:
    """True for duties that are done once: a yearly duty is not proved by one record."""
    return has_time(duty) and not duty.recurrence


def sought(understanding: Understanding, duty: Obligation) -> Event:
    """The event that fulfils a duty: the act of its main phrase, things and numbers of all its words.

    The time words are left out: their event comes before. A table row takes the act from the words above the table.
    """
    text = understanding.document.text
    own = without_time(text, duty)
    phrases = _main_phrases(text, duty)
    told, main, remarks = event(_REMARK.sub("", own)), event(" ".join(phrases)), event(own)
    provision = understanding.provisions[duty.provision] if duty.provision is not None else None
    stems = event(" ".join(text[stem.start : stem.end] for stem in provision.stems) if provision else "")
    part = {("期", str(duty.part))} if duty.part is not None else set()
    topic = event(_topic(understanding, duty)) if main.acts & _OF_THINGS and not main.things else event("")
    own_things = topic.things if topic.things and not main.acts & _PAYING else told.things
    acts, lead = main.acts or told.acts or stems.acts & _OF_TABLES, event(phrases[0]).acts
    amounts = _amounts(understanding, duty, remarks)
    acts = acts or _shared_acts(text, duty)
    part |= {mark for mark in event(duty.anchor or "").marks if mark[0] in "号栋层" and acts & _OF_PLACES}
    if "subsidy" in told.things and has_sum(amounts) and not acts & _PAYING:
        acts = lead = frozenset({"pay"})  # 设备购置补助 | 420万元
    return msgspec.structs.replace(
        told,
        acts=acts,
        lead=lead,
        things=_things(understanding, duty, own_things or stems.things, main.acts),
        pairs=told.pairs | topic.pairs,
        content=told.content | topic.content,
        marks=(_own_marks(remarks, main) or stems.marks or topic.marks) | part,
        amounts=amounts,
    )


_OF_REST = {("期", "余")}  # 余款完工后付 says nothing of the share before it
_PAYING = frozenset({"pay", "return", "reduce"})
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
    pays = bool(acts & _PAYING)
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
    start = understanding.clauses[duty.clause].start if duty.clause is not None else duty.start
    before = [one.end for one in understanding.obligations if one.end <= duty.start and one.due_end > one.due_start]
    start = max([start, *before[-1:]])
    return _SENTENCE.split(text[start : duty.start])[-1] if start < duty.start else ""


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
    sums = event(text[provision.start : provision.end]).amounts
    return own.amounts | {amount for amount in sums if amount[0] == "元"}


_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_CONDITION = re.compile(r"(?:之?[前后]|时|期间|情况下|以来)$")  # 在4号楼交付之前, 投产后
_ADDED = re.compile(r"并|且|同时|完成|取得|通过|办妥|向|交")
_PHRASE = re.compile(r"[，,；;。\n]")
_SENTENCE = re.compile(r"[。；;\n]")


# Who acts is not what is acted on.
_DOER = re.compile(
    r"(?:(?<=[，。；：:、\s])|^)(?:[甲乙丙丁]方|项目公司|[县市区镇]政府|管委会)(?=应|须|需|必须|负责|承诺|保证|确保|同意|在|"
    r"于|自|至|\s|$)"
)


def without_time(text: str, duty: Obligation) -> str:
    """A duty's words without its time and without the phrases that only say when."""
    if duty.due_end <= duty.due_start:
        return _DOER.sub("", text[duty.start : duty.end])
    if duty.part is not None:
        return text[duty.shared_start : duty.shared_end]
    before = "，".join(part for part in _PHRASE.split(text[duty.start : duty.due_start]) if not _CONDITION.search(part))
    return _DOER.sub("", f"{before} {text[max(duty.due_end, duty.start) : duty.end]}")


def _main_phrases(text: str, duty: Obligation) -> list[str]:
    """The words between the commas around the time, or the first phrase after it; then the phrases that 并 adds."""
    if duty.part is not None:
        return [_PHRASE.split(_REMARK.sub("", text[duty.shared_start : duty.shared_end]))[0]]
    if duty.due_end <= duty.due_start:
        return [_REMARK.sub("", text[duty.start : duty.end])]
    before = _PHRASE.split(_REMARK.sub("", text[duty.start : duty.due_start]))[-1]
    after = [part for part in _PHRASE.split(_REMARK.sub("", text[duty.due_end : duty.end])) if len(part) > 1]
    joined = takewhile(lambda part: _ADDED.match(part), after[1:])
    return [_DOER.sub("", f"{before} {after[0] if after else ''}"), *joined]


_OF_PHASES = frozenset({"start", "build", "produce", "operate"})


def other_phase(told: Event, anchor: Event, wanted: list[Event]) -> bool:
    """True where a record of one phase (一期投产) meets the bare event (投产) of a project that has several phases."""
    phases = {value for one in wanted if one.acts & _OF_PHASES for kind, value in one.marks if kind == "期"}
    named, named_too = ({value for kind, value in one.marks if kind == "期"} for one in (told, anchor))
    return len(phases) > 1 and bool(named) and not named_too and not anchor.things


class Known(msgspec.Struct, frozen=True):
    """A record by its own words, or by those of the duty (its index) that it proves."""

    words: Event
    record: Record
    duty: int | None = None


def record_of(anchor: Event, known: list[Known], scale: Weights, index: int) -> Record | None:
    """The record of the event that duty `index` counts from; None where none fits, or two of different days equally well.

    Where records fit equally well, the one that proves a duty before this is meant, if it is the only one.
    """
    scored = [
        (score, one)
        for one in known
        if (score := _anchor_likeness(one.words, anchor, scale)) >= (_ANCHOR_ENOUGH if one.duty is None else ENOUGH)
    ]
    if not scored:
        return None
    if "reach" in anchor.acts:  # the first record that tells of so many
        return min((one.record for _, one in scored), key=lambda record: record.done_on)
    best = max(score for score, _ in scored)
    rivals = [one for score, one in scored if best - score < CLEAR]
    if len({one.record.done_on for one in rivals}) == 1:
        return max(scored, key=lambda entry: entry[0])[1].record
    before = {one.record for one in known if one.duty is not None and one.duty < index}
    meant = [one.record for one in rivals if one.record in before]
    return meant[0] if len({record.done_on for record in meant}) == 1 else None


# 开工, 竣工, 验收 without a thing are the project's, not those of a road or a pipe to it.
_OF_PROJECT = frozenset({"build", "start", "accept", "operate"})
_BESIDE = frozenset({
    "land", "road", "lamp", "parking", "power", "water", "canal", "sewage", "gas", "heat", "network", "bus", "rail",
    "green", "school", "dormitory", "rooms",
})  # fmt: skip


def _anchor_likeness(told: Event, anchor: Event, scale: Weights) -> float:
    """As `likeness`; another thing is another event, for an anchor has few words by which to tell."""
    works = _WORKS_END | {"install"}
    if "accept" in anchor.acts - told.acts and anchor.acts <= works and told.acts & {"install", "build"}:
        return 0.0  # 安装调试验收合格: the acceptance is what counts
    near = any(told.things & group and anchor.things & group for group in NEAR_THINGS)
    if told.things and anchor.things and not told.things & anchor.things and not near:
        return 0.0
    if "review" in anchor.acts - told.acts and not {"accept", "obtain"} & told.acts:
        return 0.0  # 安装完成并经审计: the audit is what counts
    if not anchor.things and anchor.acts & _OF_PROJECT and told.things and told.things <= _BESIDE:
        return 0.0
    own = {pair for pair in anchor.content if not _DOERS.search(pair)}
    if own and anchor.acts <= _WORKS_END and not (own & told.content or anchor.things & told.things):
        return 0.0
    ends_works = not own & told.content and not anchor.things and anchor.acts and anchor.acts <= _WORKS_END
    if ends_works and (told.named or "produce" in told.acts):
        return 0.0
    by_concept = likeness(told, anchor, scale) if anchor.acts and told.acts else 0.0
    return max(by_concept and by_concept + (_SAME_ACT if told.acts & anchor.acts else 0.0), _said_again(told, anchor))


_SAME_ACT = 1.5
_DOERS = re.compile(r"[甲乙丙丁方]|项目|工程|公司|企业|全部|整体|通过|合格|完毕")
_WORKS_END = frozenset({"build", "accept", "record"})


_SAME_WORDS, _FEW, _MOST_WORDS, _MANY = 0.8, 3, 0.6, 5


def _said_again(told: Event, anchor: Event) -> float:
    """Likeness of words that say the anchor once more: for events that no list of acts knows (首批菌棒入房)."""
    wanted = {pair for pair in anchor.pairs if len(pair) > 1}
    common = wanted & told.pairs
    share = _SAME_WORDS if len(common) < _MANY else _MOST_WORDS
    if len(common) < _FEW or len(common) < share * len(wanted) or anchor.marks - told.marks:
        return 0.0
    return 0.0 if _GOVERNED & (told.lead ^ anchor.lead) else ENOUGH + len(common) / 4


def _said_in(told: Event, wanted: Event) -> float:
    """Likeness of a record whose words all stand in the duty, for deeds that no list of acts knows."""
    words = {pair for pair in told.pairs if len(pair) > 1}
    common = words & wanted.pairs
    if len(common) < _MANY or len(common) < _SAME_WORDS * len(words) or not told.marks <= wanted.marks:
        return 0.0
    if told.parts - wanted.parts or _GOVERNED & (told.lead ^ wanted.lead) or told.amounts - wanted.amounts:
        return 0.0
    return ENOUGH + 0.5


_GOVERNED = frozenset({"return", "reduce", "receive", "submit", "review", "sign"})


def join(duties: list[Obligation], wanted: list[Event], told: list[Record], scale: Weights) -> Joins:
    """For each duty the record that proves it; a record goes to its best duty, unless two are equally good.

    A duty that has its record is no rival for the next one.
    """
    proofs: dict[int, tuple[float, Record]] = {}
    yearly: list[Record] = []
    waiting = told
    for _ in range(_ROUNDS):
        left = [record for record in waiting if not _place(record, duties, wanted, scale, proofs, yearly)]
        if len(left) == len(waiting):
            break
        waiting = left
    return Joins({index: record for index, (_, record) in proofs.items()}, tuple(waiting), tuple(yearly))


def _place(
    record: Record,
    duties: list[Obligation],
    wanted: list[Event],
    scale: Weights,
    proofs: dict[int, tuple[float, Record]],
    yearly: list[Record],
) -> bool:
    """Give the record to its duty and to others that name the same event; False where that is not clear.

    A record of a yearly duty is placed there and proves nothing else.
    """
    scored = [(fit(record, duty, wanted[index], scale), index) for index, duty in enumerate(duties) if has_time(duty)]
    scored = sorted((one for one in scored if one[0] >= ENOUGH and one[0] > _proved(proofs, one[1])), reverse=True)
    if not scored:
        return False
    score, index = scored[0]
    in_part = [
        fit(record, duty, wanted[place], scale, partly=True) for place, duty in enumerate(duties) if has_time(duty)
    ]
    if max(in_part) - score >= CLEAR:
        return False  # a part of another duty
    if duties[index].recurrence:
        yearly.append(record)
        return True
    same = [other for _, other in scored[1:] if is_same_event(wanted[index], wanted[other])]
    both = [
        other for _, other in scored[1:] if other not in same and _tells_both(record.told, wanted[index], wanted[other])
    ]
    clear = {*same, *both}
    if any(other not in clear for rival, other in scored[1:] if score - rival < CLEAR):
        return False
    for proved in (index, *same, *both):
        proofs[proved] = (score, record)
    return True


def _tells_both(told: Event, one: Event, other: Event) -> bool:
    """水厂投产供水 tells of two duties: the works in use, and the water delivered."""
    if one.acts & other.acts or len(told.acts) < len((one, other)):
        return False
    return all(
        (told.acts & wanted.acts or (told.acts & {"produce", "operate"} and "build" in wanted.acts))
        and told.things & wanted.things
        for wanted in (one, other)
    )


def _proved(proofs: dict[int, tuple[float, Record]], index: int) -> float:
    return proofs[index][0] if index in proofs else 0.0


def fit(record: Record, duty: Obligation, wanted: Event, scale: Weights, *, partly: bool = False) -> float:
    """Likeness, with a little for the named bearer and for a day near the due date; `partly`: a part of it will do."""
    score = max(likeness(record.told, wanted, scale, partly=partly), _said_in(record.told, wanted))
    named = re.match(r"[甲乙丙]方", record.row.matter)
    if score and named and duty.bearer:
        score += 1.0 if duty.bearer.startswith(named.group()) else -1.0
    if score and duty.due is not None:
        score += 1.0 if abs((record.done_on - duty.due).days) <= _NEAR_DAYS else 0.0
    return score


def is_same_event(one: Event, other: Event) -> bool:
    """Two duties for one event (in the text and again in a table): no mark or number differs, most words in common."""
    if (one.marks and other.marks and one.marks != other.marks) or (
        one.amounts and other.amounts and one.amounts != other.amounts
    ):
        return False
    fewer = min(len(one.pairs), len(other.pairs))
    share = _SAME_SHARE / 2 if one.marks and one.marks == other.marks else _SAME_SHARE  # 2号冷库 names it
    return bool(fewer) and len(one.pairs & other.pairs) / fewer >= share and bool(one.acts & other.acts)
