"""Due dates counted from events: which record dates the anchor of a duty, and what day follows from it.

An anchor may be the duty right before it (领证之日起30日内), a record told in its own words, or an event known by the duty
that its record proves. Two records of different days that fit equally well date nothing.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from contract_audit.chinese.numerals import CHINESE
from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event, Weights, event
from contract_audit.deeds.likeness import abbreviated
from contract_audit.extract.duties.compared import is_compared
from contract_audit.extract.duties.defined import event_of_day
from contract_audit.extract.duties.event_days import after_full, counted_on, hanging_day
from contract_audit.extract.duties.wanted import without_time
from contract_audit.extract.performance.anchor_duties import duty_named
from contract_audit.extract.performance.anchor_fit import asks, is_bare, is_of_things, main_works, may_date, moves_in, names_event
from contract_audit.extract.performance.anchor_nodes import node_of
from contract_audit.extract.performance.anchor_rivals import (
    come_in,
    handed_in,
    handed_with,
    last_piece,
    nearness,
    of_other_phase,
    of_the_thing,
    passed_on,
    phrases,
    signed_apart,
)
from contract_audit.extract.performance.joining import Known, Record, is_provable, other_phase, record_of
from contract_audit.model import Obligation, Understanding

_BACK = 4  # how many duties before may be meant by an anchor
_PHRASE_HEAD = re.compile(r"[，,；;。：:]")
_DOER = re.compile(
    r"由|协调|负责|委托|督促|[甲乙丙]方"
)  # what stands before the time is who acts, not what is handed over
_EACH = re.compile(r"每|各[批次期]|逐[批次]")  # 每批货物交付之日: as many days as there are lots
_BACK_FROM = re.compile(
    rf"前(?:至少|不少于|不得少于|的|第)?[0-9{CHINESE}]+(?:（[0-9]+）)?个?(?:半?[年月日天周季]|工作日|自然日|日历)|^提前"
)


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
    if case.paper.obligations[index].due is not None or not duty.anchor or duty.recurrence or _EACH.search(duty.anchor):
        return duty
    duty = msgspec.structs.replace(duty, due=None, chain=case.paper.obligations[index].chain)
    if _UNDEFINED.search(duty.anchor) or is_compared(case.paper.document.text, duty):
        return duty
    record = _record(case, duties, index, proofs)
    day = after_full(duty.anchor, record.done_on) if record is not None else None
    if record is None or day is None:
        return duty
    due = _due(case.paper.document.text[duty.due_start : duty.due_end], duty, day)
    if due is None:
        return duty
    note = f"起算事件“{duty.anchor}”：{record.done_on.isoformat()}（{record.row.matter}）"
    return msgspec.structs.replace(duty, due=due, chain=(*duty.chain, note))


def anchor_records(case: Case, duties: list[Obligation], proofs: dict[int, Record]) -> Iterator[Record]:
    """The records that duties count from."""
    for index, duty in enumerate(duties):
        if duty.anchor and duty.due is not None:
            record = _record(case, duties, index, proofs)
            if record is not None:
                yield record


def _due(words: str, duty: Obligation, day: date) -> date | None:
    if duty.offset is None:
        return hanging_day(words, day)
    return counted_on(duty.anchor or "", day, duty.offset, workday=duty.workday, back=_counts_back(words))


def _counts_back(words: str) -> bool:
    """True for 期满前30日 and 会议召开5日前, not for 开工满12个月前."""
    return bool(_BACK_FROM.search(words)) or (words.rstrip().endswith("前") and not re.search("[满起后]", words))


def _record(case: Case, duties: list[Obligation], index: int, proofs: dict[int, Record]) -> Record | None:
    if not (case.told or case.dated):
        return None
    node = node_of(case.paper, duties, index)
    if node is not None:
        return proofs.get(node)
    anchor = main_works(_anchor_event(case, index))
    named = event_of_day(case.paper.document.text, _time_words(case, index))
    words = named or duties[index].anchor or ""
    if not names_event(words, anchor):
        return None
    before = None if named else _duty_before(case, duties, index, anchor)  # T日 is one day for all
    known = [one for record in (*case.told, *case.dated) if record is not proofs.get(index) for one in phrases(record)]
    direct = _told_directly(case, duties[index], (words, anchor), known)
    if direct is not None or asks(words):
        return direct
    meant = duty_named(case.paper.document.text, duties, case.wanted, index, (words, anchor)) if before is None else None
    added = (
        _ADDED.search(case.paper.document.text, max(0, duties[index].due_start - _BARE), duties[index].due_start)
        if before is not None
        else None
    )
    if before is not None and (before in proofs or added or _is_its_own(duties[index], anchor)):
        apart = signed_apart(known, anchor, case.wanted[before], proofs, before)
        apart = apart or handed_in(words, case.wanted[before], known, proofs)
        return apart or of_the_thing(known, (words, anchor), proofs, before) or proofs.get(before)
    known += [
        Known(case.wanted[other], record, duty=other)
        for other, record in proofs.items()
        if other != index and is_of_things(record, anchor.things)
    ]
    known = [
        one for one in known if may_date(words, anchor, one) and not of_other_phase(case.wanted, anchor, one, proofs)
    ]
    got: list[Known] = []
    gets = bool(anchor.acts & _RECEIVING and _RECEIVED.search(words))
    if gets:
        got = [one for one in known if one.words.acts & _RECEIVING]
        known = _of_that_paper(case, duties[index], (words, anchor), known)
    if is_bare(words, anchor) and (not gets or len(words) <= _BARE):
        known = _of_condition(case, duties[index], known)
    if anchor.acts & {"produce", "build", "start"}:
        own = case.wanted[index].marks & {mark for one in known for mark in one.words.marks if mark[0] == "期"}
        known = [one for one in known if own or not other_phase(one.words, anchor, case.wanted)]
    found = record_of(anchor, known, case.scale, index)
    if found is None or _tells_one_of_two(words, found):
        found = _last_of_several(case, words, known, index)
    found = found or passed_on(anchor, known) or (come_in(known) if moves_in(words) else None)
    found = found or handed_in(words, case.wanted[index], known, proofs)
    found = found or _said_paper(case, duties[index], got) or _said_in_clause(case, duties[index], anchor, known or got)
    found = found or handed_with(anchor, proofs.get(index))
    named = proofs.get(meant) if meant is not None and found is None else None
    return named if named is not None and is_of_things(named, anchor.things or case.wanted[meant].things) else found


_ADDED = re.compile(r"[，,]并(?:应|须)?(?:在|于|自)?$")  # 取得授信，并在取得后七日内送: of that and no other


def _tells_one_of_two(words: str, record: Record) -> bool:
    """价款付清且宗地移交: a record of one of the two is not enough."""
    parts, told = [event(part) for part in _AND_ALSO.split(words)], event(record.row.matter)
    return len(parts) > 1 and not all(
        part.acts & told.acts or any(len(pair) > 1 for pair in part.pairs & told.pairs) for part in parts
    )


_AND_ALSO = re.compile(r"(?:，|,)?(?:并且|而且|且|同时)")


def _last_of_several(case: Case, words: str, known: list[Known], index: int) -> Record | None:
    """塔迁走、土清完之后: the last of the events, once each of them is known."""
    parts = [event(part) for part in _EACH_OF.split(words)]
    if len(parts) == 1 or not all(part.acts and part.pairs for part in parts):
        return None
    records = [record_of(part, known, case.scale, index) for part in parts]
    told = [record for record in records if record is not None]
    return max(told, key=lambda record: record.done_on) if len(told) == len(parts) else None


_EACH_OF = re.compile(r"[、和与及]|(?:，|,)?(?:并且|而且|且|同时)")


_RECEIVED = re.compile(r"[收接]到|收悉|签收|收讫|提交|递交|报送|提出|送达|申请|申报|受理")
_RECEIVING = frozenset({"receive", "submit"})
_GENERIC = re.compile(
    r"[收接]到|收悉|签收|收讫|受理|提交|提出|递交|报送|送达|提供|出具|完整|齐全|齐备|合格|全部|书面|相关|有关|相应|符合|要求|规定|"
    r"上述|材料|资料|文件|手续|通知书?|函|[甲乙丙]方|项目公司|管委|委会|政府|企业|公司|[该的之日后起向其并将]"
)


def _of_that_paper(case: Case, duty: Obligation, got: tuple[str, Event], known: list[Known]) -> list[Known]:
    """Records of the paper that is received: 收到用气计划 is no receipt of another plan.

    A bare 收到材料 is told by what the sentence says before (申报设备补助的); without that any application would do.
    """
    text, (words, anchor) = case.paper.document.text, got
    if _THIS_PAPER.search(words):  # 收到本函之日
        return [one for one in known if one.duty is None and _RECEIPT_OF_IT.search(one.record.row.matter)]
    wanted = _content(words)
    named = anchor.things & _NAMED_PAPERS
    if not wanted and not named:
        provision = case.paper.provisions[duty.provision] if duty.provision is not None else None
        clause = case.paper.clauses[duty.clause].start if duty.clause is not None else duty.start
        wanted = _content(text[provision.start : duty.due_start]) if provision is not None else frozenset()
        said = event(f"{text[min(clause, duty.start) : duty.due_start]} {text[duty.due_end : duty.end]}").pairs
        told = [one for one in known if anchor.acts & one.words.acts and _is_said(one.words.content, said)]
        told = told or _of_that_thing(case, duty, anchor, known)
        if told:
            return told
    return [
        one
        for one in known
        if named & one.words.things or (wanted and len(wanted & one.words.pairs) * 2 >= min(len(wanted), _FEW_PAIRS))
    ]


_THIS_PAPER = re.compile(r"(?:收|接|签收|送达)[^，。；]{0,4}本(?:复|承诺)?(?:函|通知|意向书|承诺书|纪要)")
_RECEIPT_OF_IT = re.compile(
    r"(?:收到|签收|接到|送达|收悉)[^，。；]{0,6}(?:函|通知|意向书|承诺书|纪要)|(?:函|通知|意向书|承诺书|纪要)[^，。；]{0,4}(?:签收|送达|收讫|送到)"
)


def _said_paper(case: Case, duty: Obligation, got: list[Known]) -> Record | None:
    """The one paper sent that the sentence speaks of: 提交天然气用量及接口方案的，自签收该方案之日起; 收到申请."""
    text = case.paper.document.text
    start = max(text.rfind(mark, 0, duty.due_start) for mark in "。；\n") + 1
    said = event(f"{text[start : duty.due_start]} {text[duty.due_end : duty.end]}")
    names = "".join(party.name for party in case.paper.parties)
    scored = [(_nearness(one.words, said, names), one.record) for one in got]
    best = max((score for score, _ in scored), default=0)
    meant = [record for score, record in scored if best >= _SAID_ENOUGH and best - score < 1]
    return meant[0] if len({record.done_on for record in meant}) == 1 else None


def _nearness(told: Event, said: Event, names: str) -> int:
    """Things in common doubled, words in common, and words that one of the two shortens (水电 for 用水、用电)."""
    named = {pair for pair in told.content if not _GENERIC.search(pair) and pair not in names}
    short = msgspec.structs.replace(told, content=frozenset(named), pairs=frozenset(named))
    return (
        2 * len(told.things & said.things) + len(named & said.pairs) + min(abbreviated(short, said), _SAID_ENOUGH - 1)
    )


_SAID_ENOUGH = 3


def _told_directly(case: Case, duty: Obligation, asked: tuple[str, Event], known: list[Known]) -> Record | None:
    """The last piece of the land handed over, or the one record of a demand for what the sentence speaks of: 来函要求接收设备."""
    whole = last_piece(event(duty.anchor or ""), known, case.paper)
    if whole is not None or not asks(asked[0]):
        return whole
    text = case.paper.document.text
    start = max(text.rfind(mark, 0, duty.due_start) for mark in "。；\n") + 1
    said = event(f"{text[start : duty.due_start]} {text[duty.due_end : duty.end]}")
    names = "".join(party.name for party in case.paper.parties)
    own = [one for one in known if one.duty is None and may_date(*asked, one)]
    meant = [one.record for one in own if _nearness(one.words, said, names) >= _SAID_ENOUGH]
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
        meant = [record for score, record in scored if best >= _SAID_ENOUGH and best - score < 1]
        if len({record.done_on for record in meant}) == 1:
            return meant[0]
    return None


_OF_WORKS = frozenset(
    {"start", "build", "produce", "operate", "open", "full"}
)  # 竣工验收 is of works, which must be named
_CLAUSE_CHARS = 400


def _of_that_thing(case: Case, duty: Obligation, anchor: Event, known: list[Known]) -> list[Known]:
    """The one record of a paper got that speaks of the things the duty is about: 收到通知后7日内接通用水 and 收到接水通知."""
    wanted = event(case.paper.document.text[duty.due_end : duty.end]).things
    got = [one for one in known if anchor.acts & one.words.acts & _RECEIVING and one.duty is None]
    alike = [one for one in got if one.words.things & wanted]
    return alike if len(alike) == 1 else []


def _is_said(content: frozenset[str], said: frozenset[str]) -> bool:
    """Most of what the record names stands in the clause before."""
    named = {pair for pair in content if not _GENERIC.search(pair)}
    common = named & said
    return bool(common) and (common == named or (len(common) >= _FEW_SAID and len(common) * 2 >= len(named)))


_FEW_SAID, _BARE = 2, 4
_IF = re.compile(r"[^，。；\n]+的(?=，[^，。；]{0,6}$)")


def _of_condition(case: Case, duty: Obligation, known: list[Known]) -> list[Known]:
    """Records of the case that a conditional sentence speaks of: 变更住所的，登记后15日内告知 counts from no other 登记."""
    text = case.paper.document.text
    provision = case.paper.provisions[duty.provision] if duty.provision is not None else None
    condition = _IF.search(text, provision.start, duty.due_start) if provision is not None else None
    if condition is None:
        return known
    wanted = _content(condition.group())
    return [one for one in known if len(wanted & one.words.pairs) * 2 >= min(len(wanted), _MORE_PAIRS)]


_NAMED_PAPERS = frozenset({"invoice", "guarantee"})
_FEW_PAIRS, _MORE_PAIRS = 4, 6


def _content(words: str) -> frozenset[str]:
    """Pairs of characters that say what a paper is about."""
    return frozenset(pair for part in _GENERIC.split(fold_text(words)) for pair in event(part).pairs if len(pair) > 1)


def _with_subject(case: Case, index: int) -> str:
    """满600个 after 坐席满300个之日 is of the same: the words before the number are taken from the anchor before."""
    words = case.paper.obligations[index].anchor or ""
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
    defined = event_of_day(case.paper.document.text, _time_words(case, index))
    words = defined or _with_subject(case, index)
    anchor = event(words)
    if asks(words):  # nothing is connected there
        anchor = msgspec.structs.replace(anchor, acts=_RECEIVED_ONLY)
    elif moves_in(words):
        anchor = msgspec.structs.replace(anchor, acts=anchor.acts | _COMES)
    if anchor.things or anchor.marks:
        return anchor
    text, duty = case.paper.document.text, case.paper.obligations[index]
    if anchor.acts == {"publish"}:  # 经公示核定的补助，自公示结束之日起
        sentence = max(text.rfind(mark, 0, duty.due_start) for mark in "。；\n") + 1
        return msgspec.structs.replace(anchor, things=event(text[sentence : duty.due_start]).things)
    phrase = _PHRASE_HEAD.split(text[duty.start : max(duty.start, duty.due_start)])[-1]
    if _DOER.search(phrase):
        return anchor
    before = event(phrase)
    return msgspec.structs.replace(anchor, things=before.things, marks=before.marks - {("期", "余")})


_RECEIVED_ONLY, _COMES = frozenset({"receive"}), frozenset({"arrive"})


def _duty_before(case: Case, duties: list[Obligation], index: int, anchor: Event) -> int | None:
    """The duty right before in the same clause that the anchor speaks of: …领取施工许可证，领证之日起30日内开工."""
    text = case.paper.document.text
    for other in range(index - 1, max(-1, index - _BACK), -1):
        if duties[other].clause != duties[index].clause:
            return None
        if "expire" in anchor.acts - case.wanted[other].acts:
            continue  # 租期届满结清费用 is no payment of the deposit
        named = anchor.pairs & event(without_time(text, duties[other])).pairs
        acts = anchor.acts & case.wanted[other].acts or (
            _DONE.search(duties[index].anchor or "")
            and anchor.acts <= _JUST_DONE
            and len(max(named, key=len, default="")) > 1
        )
        bare = _JUST_GOT.fullmatch(duties[index].anchor or "") and case.wanted[other].acts & _RECEIVING
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
