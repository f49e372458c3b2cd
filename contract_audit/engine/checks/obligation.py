"""Check kind `obligation`: duties and time. Statuses were settled before; here they become findings."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import combinations

from contract_audit.engine.case import SEGMENT_MARKS, Case, Outcome, View
from contract_audit.model import Obligation
from contract_audit.rulespec import ObligationCheck

_QUOTE = 40
# What must come first: each kind before the kinds to its right (登记 → 开工 → 投产).
_SEQUENCE = ("registration", "start", "production")


def check(parameters: ObligationCheck, case: Case) -> Iterator[Outcome]:
    """Outcomes of the rule's test over the obligations of its side and kinds."""
    chosen = [
        (index, obligation)
        for index, obligation in enumerate(case.understanding.obligations)
        if obligation.side in parameters.side and (not parameters.kinds or obligation.kind in parameters.kinds)
    ]
    for obligation, outcome in _TESTS[parameters.test](parameters, case, [obligation for _, obligation in chosen]):
        if not _is_excused(parameters, case, obligation):
            yield outcome


_Found = Iterator[tuple[Obligation, Outcome]]


def _is_excused(parameters: ObligationCheck, case: Case, obligation: Obligation) -> bool:
    view = _view(case, obligation)
    return view is not None and case.holds(parameters.unless, view, view.own_start, len(view.text)) is not None


def _view(case: Case, obligation: Obligation) -> View | None:
    return case.views[obligation.provision] if obligation.provision is not None else None


def _overdue(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    for obligation in obligations:
        if obligation.status not in ("overdue", "done_late") or (obligation.days_late or 0) <= 0:
            continue
        if obligation.status == "overdue":
            state = f"截至{case.context.as_of.isoformat()}无履行证据，已逾期{obligation.days_late}天"
        else:
            state = f"实际于{_iso(obligation.done_on)}完成，逾期{obligation.days_late}天"
        yield obligation, _outcome(case, obligation, {"limit": state})


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
    """From signing to the due date fewer days than the work can take; `words` must stand in the provision."""
    signed_on = case.signed_on
    for obligation in obligations:
        if signed_on is None or obligation.due is None or parameters.days is None:
            continue
        days = (obligation.due - signed_on).days
        if not 0 <= days < parameters.days or not _has_words(parameters, case, obligation):
            continue
        yield obligation, _outcome(case, obligation, {"days": str(days), "limit": str(parameters.days)})


def _has_words(parameters: ObligationCheck, case: Case, obligation: Obligation) -> bool:
    view = _view(case, obligation)
    text = view.text if view is not None else case.text(obligation.start, obligation.end)
    return not parameters.words or any(word in text for word in parameters.words)


def _conflicting(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    """A later step due before an earlier one, or one act and object due on two different days."""
    dated = [obligation for obligation in obligations if obligation.due is not None]
    for one, other in combinations(dated, 2):
        assert one.due is not None and other.due is not None
        first, second = (one, other) if one.due < other.due else (other, one)
        out_of_order = (
            first.kind in _SEQUENCE
            and second.kind in _SEQUENCE
            and _SEQUENCE.index(first.kind) > _SEQUENCE.index(second.kind)
        )
        twice = one.due != other.due and bool(one.object) and _same_duty(one, other)
        if out_of_order or twice:
            values = {"other": f"{second.act}{second.object}（{_iso(second.due)}）"}
            yield first, _outcome(case, first, values, other=second)


def _same_duty(one: Obligation, other: Obligation) -> bool:
    return one.act == other.act and one.object == other.object and one.quantity == other.quantity


def _before_signing(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    signed_on = case.signed_on
    for obligation in obligations:
        if signed_on is not None and obligation.due is not None and obligation.due < signed_on:
            yield obligation, _outcome(case, obligation, {})


def _missing_deadline(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    """A concrete duty without any time, of a kind for which no other duty in the document states one."""
    timed = {
        item.kind
        for item in case.understanding.obligations
        if item.due or item.offset or item.recurrence or item.anchor
    }
    for obligation in obligations:
        has_time = obligation.due or obligation.offset or obligation.recurrence or obligation.anchor
        if not has_time and obligation.kind not in timed and _has_words(parameters, case, obligation):
            start, end = _segment(case, obligation.start, obligation.end)
            yield obligation, Outcome(start=start, end=end, values=_common(obligation), provision=obligation.provision)


def _missing_standard(parameters: ObligationCheck, case: Case, obligations: list[Obligation]) -> _Found:
    """Handing over without any standard in the document (`words` are the marks of a standard)."""
    text = case.folded.text
    if any(word in text for word in parameters.words):
        return
    for obligation in obligations[:1]:
        start, end = _segment(case, obligation.start, obligation.end)
        yield obligation, Outcome(start=start, end=end, values=_common(obligation), provision=obligation.provision)


_TESTS: dict[str, Callable[[ObligationCheck, Case, list[Obligation]], _Found]] = {
    "overdue": _overdue,
    "due_soon": _due_soon,
    "infeasible": _infeasible,
    "conflicting": _conflicting,
    "before_signing": _before_signing,
    "missing_deadline": _missing_deadline,
    "missing_standard": _missing_standard,
}


def _outcome(case: Case, obligation: Obligation, values: dict[str, str], other: Obligation | None = None) -> Outcome:
    start, end = _quote(case, obligation)
    related = (case.related("对照期限", *_quote(case, other)),) if other is not None else ()
    return Outcome(
        start=start, end=end, values=_common(obligation) | values, related=related, provision=obligation.provision
    )


def _common(obligation: Obligation) -> dict[str, str]:
    return {
        "act": f"{obligation.act}{obligation.object}",
        "due": _iso(obligation.due),
        "done_on": _iso(obligation.done_on),
        "days": str(obligation.days_late or ""),
        "anchor": obligation.anchor or "",
        "proof": obligation.proof or "",
    }


def _quote(case: Case, obligation: Obligation) -> tuple[int, int]:
    """From the time words to the end of their segment: 「2023年2月1日前交付厂房」."""
    if obligation.due_end <= obligation.due_start:
        return _segment(case, obligation.start, obligation.end)
    _, end = _segment(case, obligation.due_start, obligation.due_end)
    return obligation.due_start, min(max(end, obligation.due_end), obligation.due_end + _QUOTE)


def _segment(case: Case, start: int, end: int) -> tuple[int, int]:
    """The span without its trailing marks, grown to the end of its segment, at most 60 characters."""
    text = case.document.text
    ends = [found for mark in SEGMENT_MARKS if (found := text.find(mark, max(start, end - 1))) >= 0]
    return start, min([*ends, start + 60, len(text)])


def _iso(day: object) -> str:
    return day.isoformat() if hasattr(day, "isoformat") else ""
