"""Which record proves which duty: evidence rows and reports of other papers joined by meaning.

Clear cases go first. A record that could be meant for two duties proves neither: it is left to a person.
"""

import re
from datetime import date

import msgspec

from contract_audit.deeds import (
    Event,
    Weights,
    denied,
    event,
    is_one_of_two,
    is_size,
    is_total,
    is_unclear,
    likeness,
    recorded,
    same_event,
    tells_both,
)
from contract_audit.deeds.concepts import NEAR_THINGS
from contract_audit.extract.duties.wanted import PAYING, has_sum
from contract_audit.extract.performance.acceptance import with_acceptance
from contract_audit.extract.performance.counted_from import is_its_event, waits_for
from contract_audit.extract.performance.debts import (
    are_instalments,
    is_bill,
    is_paid_apart,
    is_paid_by_other,
    is_payment,
    names_other_sum,
    paid_up,
)
from contract_audit.model import Evidence, Obligation

ENOUGH, _ANCHOR_ENOUGH = 3.5, 2.0  # likeness from which a record proves a duty, dates an anchor
CLEAR = 0.7  # how much better than the next one a join must be
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
        parts = _whole_parts([part for part in _MARK.split(row.matter) if len(part) > 2]) or [row.matter]
        lacks = denied(f"{row.matter}；{'；'.join(_REMARKS.findall(row.proof or ''))}")
        for part in parts:
            told = msgspec.structs.replace(
                _told(part, row), undone=lacks.acts, lacking=lacks.content, missing=lacks.things
            )
            only_denied = denied(part).pairs and not recorded(part).acts  # …，二期设备未到
            if (told.words and not only_denied) or len(parts) == 1:
                found.append(Record(row, _with_amount(told, row, alone=len(parts) == 1), row.done_on))
    return found


_REMARKS = re.compile(r"[（(]([^（）()]*)[）)]")  # 交接单（注明辅房另行移交）
# 4,500万元 is one sum, a remark in brackets is no event
_MARK = re.compile(r"(?:[，；;]|,(?![0-9]{3}))(?![^（(]*[）)])")


def _whole_parts(parts: list[str]) -> list[str]:
    """The parts of a row; a thing without an act goes with an act without a thing: 8路公交延伸，铁擎路口站启用.

    So does a bare step that ends the works before it (东环路沥青面层完成，开放交通), and a bare total: 40个就位，共50个.
    """
    found: list[str] = []
    for part in parts:
        before = event(found[-1]) if found else None
        now = event(part)
        alone = before is not None and not before.acts and before.things and now.acts and not now.things
        total = before is not None and is_total(part) and not before.marks
        if alone or total or (before is not None and (_is_bare_end(before, now) or is_size(before, now))):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def _is_bare_end(before: Event, now: Event) -> bool:
    """A last step without a thing of its own, behind works or a payment: 立变压器，合闸; 第二批11.6万元，付清."""
    if now.things or now.amounts or now.marks or not now.acts or len(now.content) > _BARE_WORDS:
        return False
    if now.acts <= _ENDS_WORKS and before.things and before.acts <= _WORKS:
        return not _DENIES.search(before.words)
    return now.acts <= PAYING and has_sum(before.amounts)


_BARE_WORDS = 4
_ENDS_WORKS = frozenset({"open", "connect", "accept", "operate", "hand_over"})
_WORKS = _ENDS_WORKS | {"build", "install", "clear", "start"}
_DENIES = re.compile(r"未|没|不|待")


def _told(words: str, row: Evidence) -> Event:
    """The event of a record; where its words name no act (厂房, 3号楼), the paper that proves it does (移交确认书)."""
    told = recorded(words)
    if is_payment(told, words, row):
        return msgspec.structs.replace(told, acts=frozenset({"pay"}))
    if not told.acts and told.things & {"jobs", "fixed"} and told.amounts:
        return msgspec.structs.replace(told, acts=frozenset({"reach"}))  # 花名册用工526人
    if _OF_A_STAGE.search(row.proof or "") and told.acts & _WORKS and not _LIES_HIDDEN.search(words):
        return msgspec.structs.replace(told, short=True)
    if told.acts or told.short or not row.proof:
        return told
    return msgspec.structs.replace(told, acts=event(row.proof).acts)


_OF_A_STAGE = re.compile(r"隐蔽(?:工程)?验收")  # proves what later works cover
_LIES_HIDDEN = re.compile(r"桩|基础|地下|管|沟|缆|线|涵|埋")  # is covered when it is done


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


_OF_PHASES = frozenset({"start", "build", "produce", "operate"})


def other_phase(told: Event, anchor: Event, wanted: list[Event]) -> bool:
    """True where a record of one phase (一期投产) meets the bare event (投产) of a project that has several phases.

    Or a first line (首条线量产) the production of the project, where the paper itself tells the two apart.
    """
    first = {mark for mark in told.marks - anchor.marks if mark[0].startswith("第")}
    if first and _OF_ALL.search(anchor.words) and any(first & one.marks for one in wanted):
        return True
    phases = {value for one in wanted if one.acts & _OF_PHASES for kind, value in one.marks if kind == "期"}
    named, named_too = ({value for kind, value in one.marks if kind == "期"} for one in (told, anchor))
    return len(phases) > 1 and bool(named) and not named_too and not anchor.things


_OF_ALL = re.compile(r"项目|全部|整体|全面|全线")


class Known(msgspec.Struct, frozen=True):
    """A record by its own words, or by those of the duty (its index) that it proves."""

    words: Event
    record: Record
    duty: int | None = None


def record_of(anchor: Event, known: list[Known], scale: Weights, index: int) -> Record | None:
    """The record of the event that duty `index` counts from; None where none fits, or two of different days equally well.

    Where records fit equally well, the one that proves a duty before this is meant, if it is the only one.
    """
    paid = paid_up(anchor, [(one.words, one.duty is not None, one.record.done_on, one.record) for one in known])
    if paid is not None:
        return paid
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
BESIDE = frozenset({
    "land", "road", "lamp", "parking", "power", "water", "canal", "sewage", "gas", "heat", "network", "bus", "rail",
    "green", "school", "dormitory", "rooms", "canteen",
})  # fmt: skip


def _anchor_likeness(told: Event, anchor: Event, scale: Weights) -> float:
    """As `likeness`; another thing is another event, for an anchor has few words by which to tell."""
    works = _WORKS_END | {"install"}
    if "accept" in anchor.acts - told.acts and anchor.acts <= works and told.acts & {"install", "build"}:
        return 0.0  # 安装调试验收合格: the acceptance is what counts
    if (anchor.papers and not anchor.papers & told.papers) or _is_other_payment(told, anchor):
        return 0.0
    if (
        anchor.acts & _WORKS_END
        and "fitout" in told.things ^ anchor.things
        and "clean" not in told.things & anchor.things
    ):
        return 0.0  # the works inside a building are not the building
    near = any(told.things & group and anchor.things & group for group in NEAR_THINGS)
    if told.things and anchor.things and not told.things & anchor.things and not near:
        return 0.0
    if "review" in anchor.acts - told.acts and not {"accept", "obtain"} & told.acts:
        return 0.0  # 安装完成并经审计: the audit is what counts
    if not anchor.things and anchor.acts & _OF_PROJECT and told.things and told.things <= BESIDE | {"jobs"}:
        return 0.0
    own = {pair for pair in anchor.content if not _DOERS.search(pair)}
    if own and anchor.acts <= _WORKS_END and not (own & told.content or anchor.things & told.things):
        return 0.0
    ends_works = not own & told.content and not anchor.things and anchor.acts and anchor.acts <= _WORKS_END
    if ends_works and (told.named or "produce" in told.acts):
        return 0.0
    if anchor.acts == {"build"} and "accept" in told.acts - anchor.acts and not (anchor.parts or anchor.things):
        shown = likeness(msgspec.structs.replace(told, acts=told.acts | {"build"}), anchor, scale)
        return (
            _SHOWN * (shown + _SAME_ACT) if shown else 0.0
        )  # 完工 is shown by the acceptance, less clearly than by itself
    by_concept = likeness(told, anchor, scale) if anchor.acts and told.acts else 0.0
    return max(by_concept and by_concept + (_SAME_ACT if told.acts & anchor.acts else 0.0), _said_again(told, anchor))


def _is_other_payment(told: Event, anchor: Event) -> bool:
    """价款缴清 is not any payment."""
    return bool(anchor.acts & told.acts & PAYING and anchor.things) and not (
        anchor.things & told.things or anchor.content & told.content
    )


_SAME_ACT, _SHOWN = 1.5, 0.8
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


_UNCLEAR = 2.4  # likeness of a record whose words about the thing are not understood: no proof with a near day either
_HALF = 1.4  # likeness of one of two things owed: with all that speaks for it beside, no proof
_GOVERNED = frozenset({"return", "reduce", "receive", "submit", "review", "sign"})


def join(duties: list[Obligation], wanted: list[Event], told: list[Record], scale: Weights) -> Joins:
    """For each duty the record that proves it; a record goes to its best duty, unless two are equally good.

    A duty that has its record is no rival for the next one.
    """
    proofs: dict[int, tuple[float, Record]] = {}
    yearly: list[Record] = []
    waiting = told
    for _ in range(_ROUNDS):
        for record in waiting:
            _place(record, duties, wanted, scale, proofs, yearly)
        placed = {id(record) for record in (*yearly, *(record for _, record in proofs.values()))}
        before, waiting = waiting, [one for one in told if id(one) not in placed]  # with those a better one displaced
        if waiting == before:
            break
    return Joins({index: record for index, (_, record) in proofs.items()}, tuple(waiting), tuple(yearly))


def _place(
    record: Record,
    duties: list[Obligation],
    wanted: list[Event],
    scale: Weights,
    proofs: dict[int, tuple[float, Record]],
    yearly: list[Record],
) -> None:
    """Give the record to its duty and to others that name the same event, unless that is not clear.

    A record of a yearly duty is placed there and proves nothing else.
    """
    scored = [(fit(record, duty, wanted[index], scale), index) for index, duty in enumerate(duties) if has_time(duty)]
    scored = sorted((one for one in scored if one[0] >= ENOUGH and one[0] > _proved(proofs, one[1])), reverse=True)
    if not scored:
        return
    if duties[scored[0][1]].recurrence:  # 首场于…举行 is a duty beside 每半年一场
        once = [one for one in scored if _is_once(record, duties[one[1]], wanted[one[1]], proved=one[1] in proofs)]
        scored = once or scored
    score, index = scored[0]
    in_part = [
        fit(record, duty, wanted[place], scale, partly=True)
        for place, duty in enumerate(duties)
        if has_time(duty)
        and (duties[index].recurrence or not duty.recurrence)
        and (place not in proofs or proofs[place][0] < ENOUGH + CLEAR)
    ]
    if max(in_part, default=0.0) - score >= CLEAR:
        return  # a part of another duty
    if duties[index].recurrence:
        yearly.append(record)
        return
    for proved in _meant(record, scored, duties, wanted):
        proofs[proved] = (score, record)


def _is_once(record: Record, duty: Obligation, wanted: Event, *, proved: bool) -> bool:
    """首场于…举行 and 首次报送时间为… beside a duty that recurs: told by its number, or still to be proved."""
    return not duty.recurrence and bool(
        record.told.marks & wanted.marks or (("期", "1") in wanted.marks and not proved)
    )


def _meant(
    record: Record, scored: list[tuple[float, int]], duties: list[Obligation], wanted: list[Event]
) -> tuple[int, ...]:
    """The duties that the record proves, the likest first in `scored`: none where two are equally good."""
    score, index = scored[0]
    same = [
        other
        for _, other in scored[1:]
        if same_event(wanted[index], wanted[other]) and not is_paid_apart(duties[index], duties[other], wanted[index])
    ]
    both = [
        other for _, other in scored[1:] if other not in same and tells_both(record.told, wanted[index], wanted[other])
    ]
    clear = {*same, *both}
    rivals = [other for rival, other in scored[1:] if score - rival < CLEAR and other not in clear]
    debts = [place for rival, place in scored if score - rival < _AMONG_DEBTS]
    debts = [place for place in debts if place == index or are_instalments([index, place], duties, wanted)]
    if len(debts) > 1:
        return (min(debts, key=lambda place: duties[place].due or date.max),)  # the debt due first is paid first
    if any(not names_other_sum(record.told, wanted[index], wanted[other]) for other in rivals):
        return ()
    return (index, *same, *both)


_AMONG_DEBTS = 3.0  # how much less like one of several equal debts may be told than the next


def _proved(proofs: dict[int, tuple[float, Record]], index: int) -> float:
    return proofs[index][0] if index in proofs else 0.0


def fit(record: Record, duty: Obligation, wanted: Event, scale: Weights, *, partly: bool = False) -> float:
    """Likeness, with a little for the named bearer and for a day near the due date; `partly`: a part of it will do."""
    told = with_acceptance(record.told, record.row, wanted)
    score = max(likeness(told, wanted, scale, partly=partly), _said_in(told, wanted))
    if waits_for(told, duty):
        return 0.0
    if score and duty.anchor and is_its_event(told, event(duty.anchor), wanted, scale, score):
        return 0.0
    if not partly and is_one_of_two(told, wanted):
        score = min(score, _HALF)
    if not partly and is_unclear(told, wanted):
        score = min(score, _UNCLEAR)
    named = re.match(r"[甲乙丙]方", record.row.matter)
    if score and named and duty.bearer:
        score += 1.0 if duty.bearer.startswith(named.group()) else -1.0
    if score and wanted.acts & PAYING and (is_paid_by_other(record.row, duty) or is_bill(told)):
        return 0.0
    if score and duty.due is not None:
        score += 1.0 if abs((record.done_on - duty.due).days) <= _NEAR_DAYS else 0.0
    return score
