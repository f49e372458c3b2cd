"""Check kind `obligation`: duties and time. Statuses were settled before; here they become findings."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice

import msgspec

from contract_audit.chinese.kept import is_kept
from contract_audit.engine.case import Case, Missing, Outcome
from contract_audit.engine.checks.called import stands_already
from contract_audit.engine.checks.deed_told import act, bearer, quote, segment, short_row
from contract_audit.engine.checks.fitting import days_given, fits, view_of
from contract_audit.engine.checks.relative import (
    reckoned_conflicts,
    reckoned_reach,
    relative_conflicts,
    relative_reach,
)
from contract_audit.engine.checks.sequence import conflicts, reach
from contract_audit.engine.checks.started import started
from contract_audit.engine.checks.told_alike import KindsOfDuties
from contract_audit.engine.checks.undated import timed_elsewhere
from contract_audit.model import Obligation
from contract_audit.rulespec import ObligationCheck


def check(parameters: ObligationCheck, case: Case) -> Iterator[Outcome | Missing]:
    """Outcomes of the rule's test over the obligations of its side and kinds; what was left out where they are too many."""
    chosen = [
        obligation
        for obligation in case.understanding.obligations
        if obligation.side in parameters.side and (not parameters.kinds or obligation.kind in parameters.kinds)
    ]
    for found in _TESTS[parameters.test](parameters, case, chosen):
        if isinstance(found, Missing):
            yield found
        elif not _is_excused(parameters, case, found[0]):
            yield found[1]
    if _TESTS[parameters.test] is _conflicting:
        for within in _reaches(case, chosen):
            yield Missing(f"义务过多，每项期限只与其后 {within} 项核对是否矛盾，其余请人工核对")


def _reaches(case: Case, obligations: list[Obligation]) -> set[int]:
    """How many duties each is held against, where not all are."""
    told = reach(case, obligations), relative_reach(case), reckoned_reach(case, obligations)
    return {within for within in told if within is not None}


_Found = Iterator[tuple[Obligation, Outcome] | Missing]


def _is_excused(parameters: ObligationCheck, case: Case, obligation: Obligation) -> bool:
    view = view_of(case, obligation) if parameters.unless else None
    alone = view is not None and view.provision.kind == "table_row"  # the rows beside it are other duties
    return (
        view is not None
        and case.holds(parameters.unless, view, view.own_start, len(view.text), alone=alone) is not None
    )


def _overdue(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    doubtful = _is_doubtful(case)
    for obligation in obligations:
        if _is_past_at_signing(case, obligation) and not (doubtful and _is_demanded(case, obligation)):
            continue  # contradictory, or told as done, and not late: nobody can be late on what is not yet agreed
        if obligation.status not in ("overdue", "done_late") or (obligation.days_late or 0) <= 0:
            continue
        if obligation.status == "overdue":
            parts = [note for note in obligation.chain if note.startswith("部分履行")]
            proof = f"只有{'、'.join(parts)}" if parts else "无履行证据"
            state = f"截至{case.context.as_of.isoformat()}{proof}，已逾期{obligation.days_late}天"
        else:
            state = f"实际于{_iso(obligation.done_on)}完成，逾期{obligation.days_late}天"
        if obligation.doubt:
            late = f"实际于{_iso(obligation.done_on)}完成，晚于约定期限" if obligation.done_on else "期限已过"
            state = f"{late}；{obligation.doubt}，请人工认定后再判断是否逾期"
        told = [note for note in obligation.chain if note.startswith(("期限末日", "履行情况"))]
        outcome = _outcome(case, obligation, {"limit": "，".join([state, *told])})
        yield obligation, msgspec.structs.replace(outcome, verdict="review") if obligation.doubt else outcome


def _due_soon(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    last = case.context.as_of + timedelta(days=parameters.days or 30)
    for obligation in obligations:
        if (
            obligation.status == "running"
            and obligation.due is not None
            and case.context.as_of <= obligation.due <= last
        ):
            days = (obligation.due - case.context.as_of).days
            yield obligation, _outcome(case, obligation, {"days": str(days)})


def _infeasible(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    """From signing (of a draft: from the day of review) to the due date fewer days than the work can take."""
    given = days_given(case, any_event=parameters.any_event)
    for obligation in obligations:
        days = given.get(id(obligation))
        if days is None or not 0 <= days < (parameters.days or 0) or not fits(parameters, case, obligation):
            continue
        if stands_already(case, obligation):
            continue
        yield obligation, _outcome(case, obligation, {"days": str(days), "limit": str(parameters.days)})


def _conflicting(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    """A later step due before an earlier one, or one thing due on two different days."""
    kinds = KindsOfDuties(case)
    for pairs, outcome_of in (
        (conflicts(case, obligations, kinds), _of_days),
        (relative_conflicts(case, obligations), _of_lengths),
        (reckoned_conflicts(case, obligations), _of_day_and_length),
    ):
        for first, second in pairs:
            kind = kinds.of(first, second)
            if not kinds.is_full(kind):
                kinds.add(kind)
                yield first, outcome_of(case, first, second)
    yield from kinds.left_out()


def _of_days(case: Case, first: Obligation, second: Obligation) -> Outcome:
    values = {"other": f"{act(case, second)}（{_in_words(second.due)}）"}
    found = _outcome(case, first, values, other=second)
    both = _next_rows(case, first, second)
    return found if both is None else msgspec.structs.replace(found, start=both[0], end=both[1])


def _of_lengths(case: Case, first: Obligation, second: Obligation) -> Outcome:
    told, told_too = (re.sub(r"之?[内前]$", "", case.text(item.due_start, item.due_end)) for item in (first, second))
    return _outcome(case, first, {"due": told, "other": f"{act(case, second)}（{told_too}）"}, other=second)


def _of_day_and_length(case: Case, first: Obligation, second: Obligation) -> Outcome:
    told = case.text(second.due_start, second.due_end)
    return _outcome(case, first, {"other": f"{told}{act(case, second)}"}, other=second)


def _next_rows(case: Case, one: Obligation, other: Obligation) -> tuple[int, int] | None:
    """The span of two short rows of one table that follow each other, so that both days are seen; else None."""
    row = short_row(case, one)
    row_too = short_row(case, other) if row is not None else None
    if row is None or row_too is None:
        return None
    (start, end), (start_too, end_too) = sorted((row, row_too))
    beside = start_too - end >= 0 and not case.text(end, start_too).strip(" |\n\t")
    return (start, end_too) if beside and end_too - start <= _BOTH_ROWS else None


_BOTH_ROWS = 80


def _is_past_at_signing(case: Case, obligation: Obligation) -> bool:
    return (
        case.mode == "signed"
        and case.signed_on is not None
        and obligation.due is not None
        and obligation.due < case.signed_on
        and not is_kept(case.document.text, obligation.due_end)  # agreed again as it was, and still not done
    )


def _is_doubtful(case: Case) -> bool:
    """True where so much was due before the signing that its day is rather misread than all of it late from the first."""
    written = [item.due for item in case.understanding.obligations if item.due is not None and not item.anchor]
    past = [due for due in written if case.signed_on is not None and due < case.signed_on]
    return len(past) >= _MANY_PAST


_MANY_PAST = 3
_LIMIT = re.compile(r"前|内|止|不迟于|最迟|截止")
_LIMIT_WORDS = 2  # characters behind the time words that may still belong to them: 2026年3月底 之前


def _before_signing(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    """A written limit before the signing, in a draft before the day of review; what counts from an event (会后2日内) is none.

    A day without such a word (2026年5月18日提交申请) or told in a recital is when something happened.
    """
    first = case.signed_on if case.mode == "signed" else max(case.context.as_of, case.signed_on or date.min)
    if case.mode == "signed" and _is_doubtful(case):
        return
    for obligation in obligations:
        written = obligation.due is not None and not obligation.anchor
        if first is None or not written or obligation.due is None or obligation.due >= first:
            continue
        if _is_demanded(case, obligation):
            yield obligation, _outcome(case, obligation, {"limit": _iso(first)})


def _is_demanded(case: Case, obligation: Obligation) -> bool:
    """Whether the words set a limit or say that something shall be done."""
    view = view_of(case, obligation)
    time = case.text(obligation.due_start, obligation.due_end + _LIMIT_WORDS)
    if not _YEAR.search(time):
        return False  # 春节前: of which year, nobody says
    if view is not None and view.provision.kind == "table_row":
        return _LIMIT.search(time) is not None and not _OLD_COLUMN.search(_head_above(case, obligation))
    if view is not None and view.provision.force not in ("commitment", "duty", "effort"):
        return False
    forced = view is not None and view.provision.force == "duty"
    return forced or (_LIMIT.search(time) is not None and not time.startswith("截至"))


_YEAR = re.compile(r"[0-9〇零一二三四五六七八九]{2,4}\s*年|今年|本年|当年|去年")
_OLD_COLUMN = re.compile(r"原|旧|已|完成情况|实际")


def _head_above(case: Case, obligation: Obligation) -> str:
    """The head of the column that the day of a table row stands in; empty where the row is of another length."""
    provision = case.understanding.provisions[obligation.provision] if obligation.provision is not None else None
    if provision is None or not provision.stems:
        return ""
    heads = case.text(provision.stems[-1].start, provision.stems[-1].end).split("\t")
    place = case.text(provision.start, obligation.due_start).count("\t")
    return heads[place] if place < len(heads) else ""


def _missing_deadline(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    """A concrete duty without any time, where no other duty of the side with a time speaks of the same thing."""
    timed = [
        item
        for item in case.understanding.obligations
        if item.side in parameters.side and _has_time(item) and item.kind != "reward" and not _IS_FUND.search(item.act)
    ]
    told = [case.text(item.start, item.end) for item in timed]
    for obligation in obligations:
        view = view_of(case, obligation)
        if _has_time(obligation) or view is None or view.provision.known_by == "default":
            continue
        text = case.text(obligation.start, obligation.end)
        named = [_with_number(text, word) for word in parameters.words if word in text]
        if not fits(parameters, case, obligation) or any(word in other for word in named for other in told):
            continue
        if timed_elsewhere(case, timed, obligation):
            continue
        yield obligation, _undated(case, obligation, *segment(case, obligation.start, obligation.end))


# Money for works (划给项目公司，专门用于道路、管网) is not the works.
_IS_FUND = re.compile(r"^(?:划|拨|支付|兑|汇)")


def _with_number(text: str, word: str) -> str:
    """35千伏 for 千伏: another voltage is another line."""
    match = re.search(rf"[0-9]+{word}", text) if word == "千伏" else None
    return match.group() if match else word


def _has_time(obligation: Obligation) -> bool:
    return bool(obligation.due or obligation.offset or obligation.recurrence or obligation.anchor)


def _missing_standard(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    """Handing over without any standard in the document (`words` are the marks of a standard)."""
    text = case.folded.text
    if any(word in text for word in parameters.words):
        return
    wanted = (item for item in obligations if any(act in case.text(item.start, item.end) for act in parameters.acts))
    for obligation in islice(wanted, 1):
        yield obligation, _undated(case, obligation, *segment(case, obligation.start, obligation.end))


def _vague(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    """Duties whose time words name no day and no event: 等开春以后抽时间拓宽村道."""
    for obligation in obligations:
        time = case.text(obligation.due_start, obligation.due_end)
        if not time or _has_time(obligation) or _SAYS_A_DAY.search(time) or not fits(parameters, case, obligation):
            continue
        yield obligation, _undated(case, obligation, *segment(case, obligation.due_start, obligation.end))


_SAYS_A_DAY = re.compile(r"[月日号底末旬]|季度|半年|[当次同每逐]|按[年季月]")
_TESTS: dict[str, Callable[[ObligationCheck, Case, list[Obligation]], _Found]] = {
    "overdue": _overdue,
    "due_soon": _due_soon,
    "infeasible": _infeasible,
    "conflicting": _conflicting,
    "before_signing": _before_signing,
    "missing_deadline": _missing_deadline,
    "missing_standard": _missing_standard,
    "vague": _vague,
}


def _outcome(case: Case, obligation: Obligation, values: dict[str, str], other: Obligation | None = None) -> Outcome:
    start, end = quote(case, obligation)
    related = (case.related("对照期限", *quote(case, other)),) if other is not None else ()
    return Outcome(
        start=start,
        end=end,
        values=_common(case, obligation) | values,
        related=related,
        provision=obligation.provision,
        due=obligation.due,
        side=obligation.side,
        duty=obligation,
    )


def _undated(case: Case, obligation: Obligation, start: int, end: int) -> Outcome:
    """What is found of a duty that has no day."""
    values = _common(case, obligation)
    return Outcome(start=start, end=end, values=values, provision=obligation.provision, duty=obligation)


def _common(case: Case, obligation: Obligation) -> dict[str, str]:
    return {
        "bearer": bearer(case, obligation),
        "act": act(case, obligation),
        "due": _iso(obligation.due),
        "done_on": _iso(obligation.done_on),
        "days": str(obligation.days_late or ""),
        "anchor": obligation.anchor or "",
        "start": started(obligation),
        "proof": obligation.proof or "",
    }


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _in_words(day: date | None) -> str:
    """For a day inside quotation marks, where papers leave everything as it is."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"
