"""Joins decided by `attribution`: each row goes to the duty that it most surely tells of, the surest rows first.

A duty that has its proof is out of the way for the rows that come after, so that a row may find its place although its
words alone would not be enough. What tells of a part or of a step on the way proves nothing.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import (
    Event,
    deeds,
    event,
    is_less,
    is_one_of_two,
    is_other_thing,
    lacks,
    recorded,
    same_event,
    tells_of,
)
from contract_audit.extract.duties.own_words import REMARK
from contract_audit.extract.duties.shares import promised_yuan
from contract_audit.extract.duties.wanted import PAYING
from contract_audit.extract.performance.anchor_fit import other_number
from contract_audit.extract.performance.anchors import Case, counted, counts_from_event
from contract_audit.extract.performance.attribution import Meant, Told, meant_of
from contract_audit.extract.performance.components import is_component
from contract_audit.extract.performance.conditions import supposed_failure
from contract_audit.extract.performance.counted_from import waits_for
from contract_audit.extract.performance.debts import are_instalments, is_bill, only_sum
from contract_audit.extract.performance.joining import BESIDE, Joins, Record, fit, is_provable
from contract_audit.extract.performance.leftover import paid_yuan
from contract_audit.model import Obligation

# Probabilities, chosen on open papers and cases that were left out of training.
_SURE = 0.5  # from which a row proves a duty
_ALSO = 0.3  # from which a row of several events proves another duty too
_FEWEST, _FEWEST_ALIKE = 0.35, 0.05  # below which it does not tell of the duty, however little else there is
_WHOLE, _WHOLE_ALIKE = 0.43, 0.3  # from which it tells of the whole; where its words are alike anyhow
_WHOLE_OF_PART = 0.6  # from which it does though it names a part
_CERTAIN = 0.9  # from which a thing of another name is the same
_STEP = 0.5  # from which it tells of more than a step on the way
_CERTAIN_STEP = 0.2  # below which what is alike a part of the duty is none
_NOTHING, _AGAIN = 0.1, 0.1  # odds that it tells of no duty; chance that it tells once more of a proved one
_LEAST = 1e-6  # of a probability, lest the odds have no bound


Alike = frozenset[tuple[int, int]]  # rows (by id) and duties (by index) that are joined by likeness


class Claim(msgspec.Struct, frozen=True):
    """A row (its id) that may prove an open duty (its index), and how surely it tells of the whole of it."""

    surety: float
    duty: int
    row: int


class Settling(msgspec.Struct):
    """What is known while rows are given to duties."""

    case: Case
    duties: list[Obligation]
    told: Told
    free: list[Record]
    alike: Alike
    proofs: dict[int, Record]


def alike_pairs(joins: Joins) -> Alike:
    """The pairs that these joins make."""
    return frozenset((id(record.row), index) for index, record in joins.proofs.items())


def reassigned(case: Case, duties: list[Obligation], joins: Joins, told: Told, alike: Alike) -> Joins:
    """The joins with every row where it most surely belongs; what settles a sum, and rows nothing is known of, stay."""
    kept = {index: record for index, record in joins.proofs.items() if record.settles or not told.get(id(record.row))}
    free = [*joins.left, *(record for index, record in joins.proofs.items() if index not in kept)]
    state = Settling(case, duties, told, free, alike, kept)
    placed = {id(record.row) for record in (*kept.values(), *joins.yearly)}
    waiting = dict.fromkeys(id(record.row) for record in free if id(record.row) not in placed)
    while claims := [claim for row in waiting for claim in _claims(row, state)]:
        best = max(claims, key=lambda one: (one.surety, -one.duty))
        del waiting[best.row]
        for duty in _proved(best, state):
            state.proofs[duty] = _likest(best.row, duty, state)
    used = {id(record) for record in state.proofs.values()}
    return Joins(state.proofs, tuple(record for record in free if id(record) not in used), joins.yearly)


def _claims(row: int, state: Settling) -> Iterator[Claim]:
    """What a row surely proves. That it tells again of a proved duty is likely only where it tells of a part of it."""
    meant = state.told.get(row, ())
    again = sum(_odds(one.about) * (1 - one.whole + _AGAIN) for one in meant if one.duty in state.proofs)
    for one in meant:
        if one.duty in state.proofs or not _may_prove(one, row, state):
            continue
        rivals = [
            other for other in meant if other.duty not in state.proofs and not _is_same(one.duty, other.duty, state)
        ]
        if any(_nobody_can_tell(row, one.duty, other.duty, state) for other in rivals):
            continue
        against = sum(_weight(other, row, one.duty, state) for other in rivals)
        if _odds(one.about) / (_odds(one.about) + against + again + _NOTHING) >= _SURE:
            yield Claim(one.about * one.whole, one.duty, row)


def _nobody_can_tell(row: int, duty: int, other: int, state: Settling) -> bool:
    """The row fits as well one that differs by its number alone (1号宿舍, 2号宿舍), or the same debt that was due before."""
    duties, wanted = state.duties, state.case.wanted
    if are_instalments([duty, other], duties, wanted):
        return (duties[other].due or date.max) < (duties[duty].due or date.max)
    ours, theirs = wanted[duty].marks, wanted[other].marks
    if (
        (row, duty) in state.alike
        or not (ours - theirs and theirs - ours)
        or wanted[duty].acts & PAYING
        or "期" in {kind for kind, _ in ours}
    ):
        return False
    told = {mark for record in state.free if id(record.row) == row for mark in record.told.marks}
    alike = msgspec.structs.replace(wanted[other], marks=ours)
    return not told & (ours | theirs) and same_event(wanted[duty], alike)


def _weight(rival: Meant, row: int, duty: int, state: Settling) -> float:
    """The odds of another duty. Where the words of the row are like the duty, one of which it tells a part (分两次交付，其中
    上半年30套) or that recurs (每半年一场，首场于…) is no rival; nor is the same debt that is due later.
    """
    told = (record.told for record in state.free if id(record.row) == row)
    if are_instalments([duty, rival.duty], state.duties, state.case.wanted) or any(
        waits_for(one, state.duties[rival.duty]) for one in told
    ):
        return 0.0
    if (row, duty) not in state.alike:
        return _odds(rival.about)
    return _odds(rival.about) * rival.whole if is_provable(state.duties[rival.duty]) else 0.0


def _may_prove(one: Meant, row: int, state: Settling) -> bool:
    """Whether a row that tells of this duty would prove it."""
    alike = (row, one.duty) in state.alike
    fewest, least = (_FEWEST_ALIKE, _WHOLE_ALIKE) if alike else (_FEWEST, _WHOLE)
    if one.about < fewest or not is_provable(state.duties[one.duty]) or _is_long_before(one.duty, row, state):
        return False
    if _has_its_name(one.duty, row, state):
        return True
    if _tells_some_of_it(one, row, state):
        return False
    if alike and (_owes_start(one.duty, row, state) or _owes_this_part(one.duty, row, state)):
        return True
    if one.whole < least or (one.performed < _STEP and not (alike and _owes_a_step(one.duty, row, state))):
        return False
    if alike:
        return True
    if _pays_less(one.duty, row, state):
        return False
    if one.whole < _WHOLE_OF_PART and _is_only_part(one.duty, row, state):
        return False
    dated = state.duties[one.duty].due is not None  # of what has no day nobody can say whether it is late
    return dated and any(_can_prove(record.told, one, state) for record in state.free if id(record.row) == row)


def _tells_some_of_it(one: Meant, row: int, state: Settling) -> bool:
    """Whether the row tells of one of two deeds or things that are owed together, or says itself that some is lacking."""
    if one.whole < _CERTAIN and _tells_first_of_two(one.duty, row, state):
        return True
    return _is_one_component(one.duty, row, state) or _is_surely_part(one.duty, row, state)


def _has_its_name(index: int, row: int, state: Settling) -> bool:
    """Whether the row is called what a cell of the table calls the task, done on the day that the row gives."""
    duty, paper = state.duties[index], state.case.paper
    provision = paper.provisions[duty.provision] if duty.provision is not None else None
    if provision is None or provision.kind != "table_row":
        return False
    cells = {cell.strip() for cell in fold_text(paper.document.text[duty.start : duty.end]).split("\t")}
    return any(id(record.row) == row and fold_text(record.row.matter).strip() in cells for record in state.free)


def _tells_first_of_two(index: int, row: int, state: Settling) -> bool:
    """Whether two deeds are owed together, each with its own object, and the row tells only the first: 注册公司并实缴资本."""
    owed = deeds(_NEXT_PHRASE.split(REMARK.sub("", state.case.wanted[index].words))[0])
    told = [record.told for record in state.free if id(record.row) == row]
    if not owed or not any(tells_of(one, owed[0]) for one in told):
        return False
    return not any(one.acts & owed[1].acts or one.things & owed[1].things for one in told)


_NEXT_PHRASE = re.compile("[，；。](?!并|且|同时)")


def _owes_a_step(index: int, row: int, state: Settling) -> bool:
    """Whether no more is owed than what else is but a step: papers handed in (受理 shows it), goods brought, works begun."""
    owed = state.case.wanted[index].acts
    told = [record.told for record in state.free if id(record.row) == row]
    return any(owed <= _FIRST_STEPS and owed <= one.acts and not one.undone & owed for one in told if owed)


_FIRST_STEPS = frozenset({"submit", "arrive", "start"})


def _owes_start(index: int, row: int, state: Settling) -> bool:
    """Whether no more is owed than the start of works, and the row tells that they began: 首台风机基坑开挖, by the order to start."""
    told = [record.told for record in state.free if id(record.row) == row]
    return state.case.wanted[index].acts == _START and any(
        one.acts >= _START and not one.undone & _START for one in told
    )


_START = frozenset({"start"})


def _owes_this_part(index: int, row: int, state: Settling) -> bool:
    """Whether the part of which the row tells (主体封顶) is what is owed, and nothing of it is lacking."""
    owed = state.case.wanted[index]
    told = [record.told for record in state.free if id(record.row) == row]
    return any(
        one.parts == owed.parts and one.acts & owed.acts and one.things == owed.things and not (one.short or one.undone)
        for one in told
        if one.parts
    )


def _is_one_component(index: int, row: int, state: Settling) -> bool:
    """Whether the paper says of what the phase that is owed consists, and the row tells of one of these things alone."""
    matters = [record.row.matter for record in state.free if id(record.row) == row]
    paper = state.case.paper.document.text
    return bool(matters) and is_component(paper, state.case.wanted[index], matters[0])


def _is_surely_part(index: int, row: int, state: Settling) -> bool:
    """Whether the row by its own words lacks some of what is owed, whatever else speaks for it: （辅房另行移交）."""
    told = [record.told for record in state.free if id(record.row) == row]
    return any(lacks(one, state.case.wanted[index]) for one in told)


def _pays_less(index: int, row: int, state: Settling) -> bool:
    """Whether the row tells of a smaller sum than the duty promises: 尾款先付500万 where 1430万元 are owed is a part of it.

    An invoice pays nothing.
    """
    records = [record for record in state.free if id(record.row) == row]
    if state.case.wanted[index].acts & PAYING and all(is_bill(record.told) for record in records):
        return True
    paid = [paid_yuan(record) for record in records]
    promised = promised_yuan(state.case.paper, state.duties[index]) or only_sum(state.case.wanted[index])
    return promised is not None and any(sum_ is not None and sum_ < promised for sum_ in paid)


def _is_long_before(index: int, row: int, state: Settling) -> bool:
    """Whether the row is of a day long before the event that the duty counts from."""
    case, duty = state.case, state.duties[index]
    if duty.due is None or not counts_from_event(case, duty, index):
        return False
    begun = [one.done_on for one in case.told if counted(case, case.paper.obligations[index], one.done_on) == duty.due]
    days = [record.done_on for record in state.free if id(record.row) == row]
    return bool(begun) and min(begun) - max(days) > _LONG_BEFORE


_LONG_BEFORE = timedelta(days=180)


def _is_only_part(index: int, row: int, state: Settling) -> bool:
    """Whether the row by its own words tells of a step, or of a part (1.9公里 of 2.6公里, one of two things) the first of all."""
    sought = state.case.wanted[index]
    records = [record for record in state.free if id(record.row) == row]
    one_of_two = is_one_of_two(recorded(records[0].row.matter), sought)
    if not (one_of_two or all(is_less(one.told, sought) for one in records)):
        return False
    if all((one.told.parts | one.told.steps) - (sought.parts | sought.steps | _SHARES) for one in records):
        return True
    before = {id(one.row) for one in state.case.told if one.done_on < records[0].done_on}
    return not any(one.duty == index and one.about >= _SURE for other in before for one in state.told.get(other, ()))


_SHARES = frozenset({"一半", "过半", "部分"})  # of which the second may complete the whole


def _can_prove(told: Event, meant: Meant, state: Settling) -> bool:
    """Whether an event that is not like the duty can still prove it.

    What the duty counts from (材料收到 where 审核完毕 is owed) and what it supposes to fail cannot; nor, unless all else is for
    it, another thing, or one that stands beside a project (员工食堂 where 投产 is owed).
    """
    duty, sought = state.duties[meant.duty], state.case.wanted[meant.duty]
    if _is_foreign(told, sought) or is_other_thing(told.words, sought.words) or other_number(told, sought):
        return False
    failed = supposed_failure(state.case.paper.document.text, duty)
    for other in (event(duty.anchor) if duty.anchor else None, failed):
        if other is not None and told.acts & other.acts and not told.acts & sought.acts:
            return False
    other_things = bool(told.things) and (
        not told.things & sought.things if sought.things else told.things <= BESIDE | {"jobs"}
    )
    return meant.about >= _CERTAIN or not other_things or bool(told.content & sought.content) or _is_house(told, sought)


def _is_foreign(told: Event, sought: Event) -> bool:
    """Whether the words of the record, which tell of no act, have not a character of what is owed: 票务系统升级, 支架安装."""
    own = {char for char in told.words if "\u4e00" <= char <= "\u9fff"}
    says_nothing = told.amounts or event(told.words).acts  # 付川禾公司, 9台开起来
    return not says_nothing and len(own) >= _NAME_CHARS and not own & set(sought.words)


_NAME_CHARS = 4


def _is_house(told: Event, sought: Event) -> bool:
    """A building handed over where what is owed is called no more than 房屋."""
    return "hand_over" in told.acts & sought.acts and told.things <= _BUILDINGS and "房屋" in sought.words


_BUILDINGS = frozenset({"plant", "rooms", "warehouse", "dormitory", "structure"})


def _is_same(duty: int, other: int, state: Settling) -> bool:
    wanted = state.case.wanted
    return duty == other or (
        same_event(wanted[duty], wanted[other]) and not are_instalments([duty, other], state.duties, wanted)
    )


def _proved(claim: Claim, state: Settling) -> Iterator[int]:
    """The duty, others that are the same event, and those that the row tells of too: 厂房移交，双电源合闸; 水厂二期投产供水."""
    several = sum(id(record.row) == claim.row for record in state.case.told) > 1
    yield claim.duty
    for one in state.told.get(claim.row, ()):
        if one.duty in state.proofs or one.duty == claim.duty or not _may_prove(one, claim.row, state):
            continue
        alike = (claim.row, one.duty) in state.alike
        if _is_rest_of(claim.duty, one.duty, claim.row, state):
            continue
        if alike or _is_same(claim.duty, one.duty, state) or (several and one.about >= _ALSO):
            yield one.duty


def _is_rest_of(paid: int, index: int, row: int, state: Settling) -> bool:
    """Whether the duty owes what is left (余额, 余款) of the sum of which the row pays the part named first."""
    owed, first = state.case.wanted[index], state.case.wanted[paid]
    same = state.duties[index].clause == state.duties[paid].clause
    told = [record.told for record in state.free if id(record.row) == row]
    return (
        same
        and _REST in owed.marks - first.marks
        and bool(owed.acts & PAYING)
        and not any(_REST in one.marks for one in told)
    )


_REST = ("期", "余")


def _likest(row: int, duty: int, state: Settling) -> Record:
    """Of the events that a row tells of, the one most like what is owed."""
    told = [record for record in state.free if id(record.row) == row]
    owed, sought = state.duties[duty], state.case.wanted[duty]
    return max(told, key=lambda record: fit(record, owed, sought, state.case.scale, partly=True))


def performed(records: dict[int, tuple[Record, ...]], told: Told) -> dict[int, tuple[Record, ...]]:
    """The records that tell of parts of duties (by index) without those of mere steps; with a step gone nothing is settled."""
    found: dict[int, tuple[Record, ...]] = {}
    for index, parts in records.items():
        real = tuple(one for one in parts if not _is_step(meant_of(told, one.row, index)))
        if real != parts:
            real = tuple(msgspec.structs.replace(one, settles=False) for one in real)
        if real:
            found[index] = real
    return found


def _is_step(meant: Meant | None) -> bool:
    return meant is not None and meant.performed < _CERTAIN_STEP


def _odds(probability: float) -> float:
    return probability / max(1 - probability, _LEAST)
