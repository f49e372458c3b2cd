"""Check kind `absence`: something that should be in the document is not."""

from collections.abc import Callable, Iterator, Sequence

from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.patterns import bits, places
from contract_audit.engine.view import View
from contract_audit.model import Side
from contract_audit.rulespec import AbsenceCheck, Group


def check(parameters: AbsenceCheck, case: Case) -> Iterator[Outcome]:
    """One outcome where what makes the missing thing necessary is given and the thing stands nowhere."""
    if len(case.document.text) < parameters.min_chars:
        return
    given = _given(parameters, case)
    if given is None or _is_excused(parameters, case):
        return
    headed = _headed_clauses(parameters, case)
    absent = [group for group in parameters.missing if not _is_present(group, parameters, case, headed)]
    if len(absent) < (parameters.count or len(parameters.missing)):
        return
    start, end = _quote(parameters, case, given)
    names = "、".join(word.removeprefix("@") for group in absent for word in group.any[:3])
    yield Outcome(start=start, end=end, values={"missing": names}, conditions=(f"全文未见：{names or '该内容'}",))


def meets(
    groups: Sequence[Group], case: Case, side: Sequence[Side], fits: Callable[[View], bool] | None = None
) -> View | None:
    """The first provision of `side` (empty: anyone's) that holds a hit of every group not denied, and that `fits`."""
    sources = [(group, case.source(group)) for group in groups]
    among = case.all_views
    for _, source in sources:
        among = case.views_with(source, among)
    for view in map(case.views.__getitem__, bits(among)):
        if (side and view.provision.side not in side) or (fits is not None and not fits(view)):
            continue
        if all(_counts(group, source, view) for group, source in sources):
            return view
    return None


def _counts(group: Group, source: str, view: View) -> bool:
    if group.negated == "allow":
        return True
    wanted = group.negated == "require"
    return any(view.is_denied(hit, source) == wanted for hit in view.hits(source))


def _given(parameters: AbsenceCheck, case: Case) -> View | bool | None:
    """What makes the thing necessary: a provision, True where nothing is asked for, None where it is not given."""
    if parameters.given_categories and case.found.isdisjoint(parameters.given_categories) and not parameters.given:
        return None
    if parameters.given_categories and not case.found.isdisjoint(parameters.given_categories):
        return True
    if not parameters.given:
        return True
    return next(
        (view for groups in parameters.given if (view := meets(groups, case, parameters.given_side)) is not None), None
    )


def _is_present(group: Group, parameters: AbsenceCheck, case: Case, headed: frozenset[int] | None) -> bool:
    source = case.source(group)
    provisions = (case.views[index].provision for index in bits(case.views_with(source)))
    if any(
        (not parameters.missing_side or provision.side in parameters.missing_side)
        and not (parameters.said and provision.kind == "title")
        and (headed is None or provision.clause in headed)
        for provision in provisions
    ):
        return True
    # What is said over several statements of a sentence (政府换届、部门调整，均不得作为理由) stands in none of them whole.
    everywhere = not parameters.missing_side and headed is None
    return everywhere and any("，" in case.folded.text[start:end] for start, end in places(source, case.folded.text))


def _headed_clauses(parameters: AbsenceCheck, case: Case) -> frozenset[int] | None:
    """Indices of clauses below a heading of the wanted kind; None = look everywhere."""
    if not parameters.heading:
        return None
    inside: set[int] = set()
    for index, clause in enumerate(case.understanding.clauses):
        heading = clause.heading or ""
        if any(word in heading for word in parameters.heading) or clause.parent in inside:
            inside.add(index)
    return frozenset(inside)


def _is_excused(parameters: AbsenceCheck, case: Case) -> bool:
    return any(case.occurs(exception) for exception in parameters.unless)


def _quote(parameters: AbsenceCheck, case: Case, given: View | bool) -> tuple[int, int]:
    if parameters.quote == "given" and isinstance(given, View):
        return given.provision.start, given.provision.end
    if parameters.quote == "heading":
        for clause in case.understanding.clauses:
            if clause.heading and any(word in clause.heading for word in parameters.heading):
                start = case.document.text.find(clause.heading, clause.start)
                return (start, start + len(clause.heading)) if start >= 0 else (clause.start, clause.end)
    return case.heading()
