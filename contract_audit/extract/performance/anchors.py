"""Due dates counted from events: which record dates the anchor of a duty, and what day follows from it.

An anchor may be the duty right before it (领证之日起30日内), a record told in its own words, or an event known by the duty
that its record proves. Two records of different days that fit equally well date nothing.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from contract_audit.chinese.text import behind_last
from contract_audit.deeds import Event, Weights, event, recorded
from contract_audit.extract.duties.compared import is_compared
from contract_audit.extract.duties.defined import event_of_day
from contract_audit.extract.duties.event_days import after_full, counted_on, counts_back, hanging_day
from contract_audit.extract.duties.own_words import without_time
from contract_audit.extract.performance.anchor_cases import is_of_its_case, of_condition
from contract_audit.extract.performance.anchor_duties import (
    day_named,
    duties_named,
    in_full,
    is_of_all,
    last_lot,
    said_before,
    same_event_before,
    without_lots,
)
from contract_audit.extract.performance.anchor_fit import (
    asks,
    is_bare,
    is_of_things,
    main_works,
    may_date,
    moves_in,
    names_event,
    of_no_other_number,
    other_number,
)
from contract_audit.extract.performance.anchor_nodes import node_of
from contract_audit.extract.performance.anchor_papers import (
    RECEIVED,
    RECEIVING,
    SAID_ENOUGH,
    is_of_what_is_got,
    named_in,
    of_that_paper,
    paper_itself,
    said_paper,
)
from contract_audit.extract.performance.anchor_rivals import (
    come_in,
    handed_in,
    handed_with,
    last_piece,
    names_it,
    nearness,
    of_its_number,
    of_other_phase,
    of_the_thing,
    passed_on,
    phrases,
    says_event,
    signed_apart,
    tells_one_of_two,
    without_parts,
)
from contract_audit.extract.performance.joining import Known, Record, is_provable, other_phase, record_of
from contract_audit.extract.performance.proof_days import day_in_proof, shown_by_paper, start_told
from contract_audit.model import Obligation, Understanding

_BACK = 4  # how many duties before may be meant by an anchor
_PHRASE_HEAD = re.compile(r"[，,；;。：:]")
_DOER = re.compile(
    r"由|协调|负责|委托|督促|[甲乙丙]方"
)  # what stands before the time is who acts, not what is handed over
_EACH = re.compile(r"每|各[批次期]|逐[批次]")  # 每批货物交付之日: as many days as there are lots


# No record can say when 条件具备: the words name no event.
_UNDEFINED = re.compile(
    r"期间(?:及|和|以及)|条件(?:具备|成熟|许可|允许|合适)|(?:具备|满足|符合)[^，。；]{0,10}条件|时机|相当规模|实质性|合适|适当"
)


class Case(msgspec.Struct, frozen=True):
    """What settling one paper works on; `wanted` are the fulfilling events, one for each duty."""

    paper: Understanding
    wanted: list[Event]
    scale: Weights
    told: list[Record]  # evidence and reports: they prove
    dated: list[Record]  # events the paper dates itself: they only date anchors


def dated(case: Case, duties: list[Obligation], index: int, proofs: dict[int, Record]) -> Obligation:
    """The duty with its due date, where the event it counts from is a proved duty of this paper or stands in a record."""
    duty = duties[index]
    if not counts_from_event(case, duty, index) or (duty.due is not None and _stands(case, duty)):
        return duty
    record = anchor_record(case, duties, index, proofs)
    if record is None or not is_of_its_case(case.paper, duty, asked_event(case, index), record):
        return duty
    return dated_by(case, duty, index, record)


def counts_from_event(case: Case, duty: Obligation, index: int) -> bool:
    """Whether the due date of the duty (`index` among those of the paper) hangs on one event, which the paper does not date."""
    if case.paper.obligations[index].due is not None or not duty.anchor or duty.recurrence:
        return False
    known = _EACH.search(duty.anchor) or _UNDEFINED.search(duty.anchor)
    return not known and not is_compared(case.paper.document.text, duty)


def dated_by(case: Case, duty: Obligation, index: int, record: Record) -> Obligation:
    """The duty with the due date that follows from the record of its event; as it is where none follows."""
    due = counted(case, duty, record.done_on)
    if due is None:
        return duty
    note = f"起算事件“{duty.anchor}”：{record.done_on.isoformat()}（{record.row.matter}）"
    chain = (*case.paper.obligations[index].chain, note)
    return msgspec.structs.replace(duty, due=due, chain=chain, counted_from=start_told(record, due))


def _stands(case: Case, duty: Obligation) -> bool:
    """Whether the day found before is that of a record which tells the event itself: what else is proved does not matter."""
    anchor = event(duty.anchor or "")
    return any(
        says_event(recorded(record.row.matter), anchor) and counted(case, duty, record.done_on) == duty.due
        for record in case.told
    )


def anchor_records(case: Case, duties: list[Obligation], proofs: dict[int, Record]) -> Iterator[Record]:
    """The records that duties count from."""
    for index, duty in enumerate(duties):
        if duty.anchor and duty.due is not None:
            record = anchor_record(case, duties, index, proofs)
            if record is not None:
                yield record


def counted(case: Case, duty: Obligation, happened: date) -> date | None:
    """The due date, the event that the duty counts from having `happened`."""
    day = after_full(duty.anchor or "", happened)
    return None if day is None else _due(case.paper.document.text[duty.due_start : duty.due_end], duty, day)


def _due(words: str, duty: Obligation, day: date) -> date | None:
    if duty.offset is None:
        return hanging_day(words, day)
    return counted_on(duty.anchor or "", day, duty.offset, workday=duty.workday, back=counts_back(words))


def anchor_record(case: Case, duties: list[Obligation], index: int, proofs: dict[int, Record]) -> Record | None:
    """The record of the event that duty `index` counts from; None where none is clear."""
    if not (case.told or case.dated):
        return None
    node = node_of(case.paper, duties, index)
    if node is not None:
        return proofs.get(node)
    words, anchor = asked_event(case, index)
    named = _defined_event(case, index)
    if not names_event(words, anchor):
        return None
    asked = (words, anchor)
    told = (record for record in (*case.told, *case.dated) if record is not proofs.get(index))
    known = without_parts([one for record in told for one in phrases(record)])
    proofs = of_no_other_number(proofs, anchor)
    direct = (
        day_in_proof(words, case.told, proofs.get(index))
        or of_its_number(anchor, known, proofs.get(index))
        or _told_directly(case, duties[index], asked, known)
        or paper_itself(words, case.told)
    )
    if direct is not None or asks(words):
        return direct
    text = case.paper.document.text
    before = None if named else _duty_before(case, duties, index, anchor)  # T日 is one day for all
    if before is not None:
        added = _ADDED.search(text, max(0, duties[index].due_start - _BARE), duties[index].due_start)
        if before in proofs or added or _is_its_own(duties[index], anchor):
            apart = signed_apart(known, anchor, case.wanted[before], proofs, before)
            apart = apart or handed_in(words, case.wanted[before], known, proofs)
            return apart or of_the_thing(known, asked, proofs, before) or proofs.get(before)
    meant = (before,) if before is not None else duties_named(text, duties, case.wanted, index, asked)
    lot = last_lot(case.wanted[meant[0]], anchor, known) if len(meant) == 1 else None
    if lot is None and len(meant) == 1:
        known = without_lots(case.wanted[meant[0]], known, whole=is_of_all(words))
    found = lot or _likest(case, duties, (index, asked), known, proofs)
    if found is not None and says_event(recorded(found.row.matter), anchor):
        return found
    found = found or shown_by_paper(words, anchor, case.told)
    shown = lot or day_named(meant, case.wanted, index, asked, proofs)
    if shown is None and meant and found is not None and not names_it(found, anchor):
        return None  # the duty that is meant is not done, and what is found is of something else
    return shown or found


def asked_event(case: Case, index: int) -> tuple[str, Event]:
    """The words and the event that duty `index` counts from."""
    words = _defined_event(case, index) or in_full(case.paper.document.text, case.paper.obligations[index])
    return words, main_works(_anchor_event(case, index))


def _likest(
    case: Case,
    duties: list[Obligation],
    sought: tuple[int, tuple[str, Event]],
    known: list[Known],
    proofs: dict[int, Record],
) -> Record | None:
    """The record likest to the event of a duty (its index, the anchor's words and event), told or shown by a proved duty."""
    index, (words, anchor) = sought
    own_row = proofs[index].row if index in proofs else None
    known = [
        *known,
        *(
            Known(case.wanted[other], record, duty=other)
            for other, record in proofs.items()
            if other != index and record.row is not own_row and is_of_things(record, anchor.things)
        ),
    ]
    known = [
        one
        for one in known
        if may_date(words, anchor, one)
        and not of_other_phase(case.wanted, anchor, one, proofs)
        and (one.duty is not None or is_of_what_is_got(words, one.words))
    ]
    got: list[Known] = []
    gets = bool(anchor.acts & RECEIVING and RECEIVED.search(words))
    if gets:
        got = [one for one in known if one.words.acts & RECEIVING]
        known = of_that_paper(case.paper, duties[index], (words, anchor), known)
    if is_bare(words, anchor) and (not gets or len(words) <= _BARE):
        known = of_condition(case.paper, duties[index], known)
    if anchor.acts & {"produce", "build", "start"}:
        own = case.wanted[index].marks & {mark for one in known for mark in one.words.marks if mark[0] == "期"}
        known = [one for one in known if own or not other_phase(one.words, anchor, case.wanted)]
    found = record_of(anchor, known, case.scale, index)
    if found is None or tells_one_of_two(words, found):
        found = _last_of_several(case, words, known, index)
    found = found or passed_on(anchor, known) or (come_in(known) if moves_in(words) else None)
    found = found or handed_in(words, case.wanted[index], known, proofs) or said_paper(case.paper, duties[index], got)
    found = found or _said_in_clause(case, duties[index], anchor, known or got)
    return found or handed_with(anchor, proofs.get(index))


def _defined_event(case: Case, index: int) -> str | None:
    """The event of the day that the time words name; 最后一批签署之日 only says which lot of what they name themselves."""
    named = event_of_day(case.paper.document.text, _time_words(case, index))
    return None if named is not None and _LAST_LOT.match(named) else named


_LAST_LOT = re.compile(r"最后一|最末|末批")
_ADDED = re.compile(r"[，,]并(?:应|须)?(?:在|于|自)?$")  # 取得授信，并在取得后七日内送: of that and no other


def _last_of_several(case: Case, words: str, known: list[Known], index: int) -> Record | None:
    """塔迁走、土清完之后: the last of the events, once each of them is known."""
    parts = [event(part) for part in _EACH_OF.split(words)]
    if len(parts) == 1 or not all(part.acts and part.pairs for part in parts):
        return None
    records = [record_of(part, known, case.scale, index) for part in parts]
    told = [record for record in records if record is not None]
    return max(told, key=lambda record: record.done_on) if len(told) == len(parts) else None


_EACH_OF = re.compile(r"[、和与及]|(?:，|,)?(?:并且|而且|且|同时)")


def _told_directly(case: Case, duty: Obligation, asked: tuple[str, Event], known: list[Known]) -> Record | None:
    """The last piece of the land handed over, or the one record of a demand for what the sentence speaks of: 来函要求接收设备."""
    whole = last_piece(event(duty.anchor or ""), known, case.paper)
    if whole is not None or not asks(asked[0]):
        return whole
    text = case.paper.document.text
    start = behind_last("\n。；", text, duty.due_start)
    said = event(f"{text[start : duty.due_start]} {text[duty.due_end : duty.end]}")
    names = "".join(party.name for party in case.paper.parties)
    own = [one for one in known if one.duty is None and may_date(*asked, one)]
    meant = [one.record for one in own if named_in(one.words, said, names) >= SAID_ENOUGH]
    return meant[0] if len({record.done_on for record in meant}) == 1 else None


def _said_in_clause(case: Case, duty: Obligation, anchor: Event, known: list[Known]) -> Record | None:
    """The one record of a bare event (受理, 验收通过) that speaks of what the articles around the duty are about."""
    if not is_bare(duty.anchor or "", anchor) or duty.clause is None or anchor.acts & _OF_WORKS:
        return None
    text, clauses = case.paper.document.text, case.paper.clauses
    own = clauses[duty.clause]
    spans = [(own.start, max(own.end, duty.end))]
    if own.parent is not None and own.start - clauses[own.parent].start <= _CLAUSE_CHARS:
        spans.append((clauses[own.parent].start, duty.end))
    told = [one for one in known if one.duty is None and one.words.acts & anchor.acts]
    for start, end in spans:
        scored = [(nearness(one, event(text[start:end])), one.record) for one in told]
        best = max((score for score, _ in scored), default=0)
        meant = [record for score, record in scored if best >= SAID_ENOUGH and best - score < 1]
        if len({record.done_on for record in meant}) == 1:
            return meant[0]
    return None


_OF_WORKS = frozenset(
    {"start", "build", "produce", "operate", "open", "full"}
)  # 竣工验收 is of works, which must be named
_CLAUSE_CHARS = 400


_BARE = 4


def _with_subject(case: Case, index: int) -> str:
    """满600个 after 坐席满300个之日 is of the same: the words before the number are taken from the anchor before."""
    words = in_full(case.paper.document.text, case.paper.obligations[index])
    before = case.paper.obligations[index - 1] if index else None
    if before is None or before.provision != case.paper.obligations[index].provision or not words.startswith(_COUNTS):
        return words
    return f"{(before.anchor or '').partition('满')[0].partition('达')[0]}{words}"


_COUNTS = ("满", "达到", "达")


def _time_words(case: Case, index: int) -> str:
    duty = case.paper.obligations[index]
    return case.paper.document.text[duty.due_start : duty.due_end]


def _anchor_event(case: Case, index: int) -> Event:
    """The event a duty counts from; a bare one (交付之日) is of the thing right before it: 3号厂房自交付之日起."""
    words = _defined_event(case, index) or _with_subject(case, index)
    anchor = event(words)
    if asks(words):  # nothing is connected there
        anchor = msgspec.structs.replace(anchor, acts=_RECEIVED_ONLY)
    elif moves_in(words):
        anchor = msgspec.structs.replace(anchor, acts=anchor.acts | _COMES)
    if anchor.things or anchor.marks:
        return anchor
    same = same_event_before(case.paper.document.text, case.paper.obligations, index, anchor)
    if same is not None:
        return same
    text, duty = case.paper.document.text, case.paper.obligations[index]
    if anchor.acts == {"publish"}:  # 经公示核定的补助，自公示结束之日起
        sentence = behind_last("\n。；", text, duty.due_start)
        return msgspec.structs.replace(anchor, things=event(text[sentence : duty.due_start]).things)
    phrase = _PHRASE_HEAD.split(text[duty.start : max(duty.start, duty.due_start)])[-1]
    if _DOER.search(phrase):
        return anchor
    before = event(phrase or said_before(text, words, duty))
    return msgspec.structs.replace(anchor, things=before.things, marks=before.marks - {("期", "余")})


_RECEIVED_ONLY, _COMES = frozenset({"receive"}), frozenset({"arrive"})


def _duty_before(case: Case, duties: list[Obligation], index: int, anchor: Event) -> int | None:
    """The duty right before in the same clause that the anchor speaks of: …领取施工许可证，领证之日起30日内开工."""
    text = case.paper.document.text
    for other in range(index - 1, max(-1, index - _BACK), -1):
        if duties[other].clause != duties[index].clause:
            return None
        if "expire" in anchor.acts - case.wanted[other].acts or other_number(anchor, case.wanted[other]):
            continue  # 租期届满结清费用 is no payment of the deposit, A2厂房 no A1厂房
        named = anchor.pairs & event(without_time(text, duties[other])).pairs
        acts = anchor.acts & case.wanted[other].acts or (
            _DONE.search(duties[index].anchor or "")
            and anchor.acts <= _JUST_DONE
            and len(max(named, key=len, default="")) > 1
        )
        bare = _JUST_GOT.fullmatch(duties[index].anchor or "") and case.wanted[other].acts & RECEIVING
        own = _is_its_own(duties[index], anchor) and anchor.acts & case.wanted[other].acts
        if is_provable(duties[other]) and ((acts and named) or bare or own):
            return other
    return None


def _is_its_own(duty: Obligation, anchor: Event) -> bool:
    """A bare 接收之日, 移交后 right behind 交丙方保管 is that hand-over and no other; so is 签署之日 behind 签署对账单."""
    words = duty.anchor or ""
    return len(words) <= _BARE and bool(anchor.acts & {"hand_over", "sign"}) and not (anchor.things or anchor.marks)


# 出具供水方案，方案确定后三个月内: the event is that what was just spoken of is done.
_DONE = re.compile(r"(?:确定|敲定|定稿|定下来?|完成|办[完妥好结]|落实|结束|到位|[出拿]来|审定|通过)$")
_JUST_GOT = re.compile(
    r"(?:[甲乙丙]方|[^，。；]{0,10}(?:公司|政府|管委会|单位|企业|部门|[局办处]))?(?:收到|接到|受理|收悉|签收|送达|提交|报送|递交)(?:后|之)?"
)
_JUST_DONE = frozenset({"build", "obtain", "review", "submit"})
