"""Check kind `wording`: the words as a whole are those of a known wrong, whatever words a list of rules may name.

What is recognised comes from `engine.recognizer`; here each place becomes a finding with the score it reached and the
pairs of characters that weighed most, so that a reader can judge it by hand.
"""

import re
from collections.abc import Iterator

from contract_audit.engine.case import Case, Excepted, Missing, Outcome, applies
from contract_audit.engine.checks.provision import decide
from contract_audit.engine.recognizer import Recognised
from contract_audit.model import SCORED
from contract_audit.rulespec import ProvisionCheck, WordingCheck

# 一、关于优先选用贵公司产品的请求: the title under which a paper answers what was asked.
_ASKED = re.compile(r"关于[^，。；]*的(?:请求|诉求|申请|要求|建议)\Z")


def check(parameters: WordingCheck, case: Case) -> Iterator[Outcome | Missing]:
    """One outcome for each place recognised as the category's wording; between doubt and bar a person decides."""
    if case.recognised is None:
        yield Missing("措辞识别用表（规则目录的 recognizer.npz）")
        return
    for place in case.recognised:
        if place.category == parameters.like and place.score > parameters.doubt:
            outcome = _outcome(parameters, place, case)
            if outcome is not None:
                yield outcome


def _names_columns(case: Case, position: int) -> bool:
    """Whether a row that is no provision stands there: the head of a table."""
    block = next((block for block in case.document.blocks if block.start <= position < block.end), None)
    return block is not None and block.kind == "table_row"


def _outcome(parameters: WordingCheck, place: Recognised, case: Case) -> Outcome | None:
    start, end = case.folded.original(place.start, place.end)
    if _ASKED.search(case.folded.text, place.start, place.end) or case.text(start, end) in (
        case.understanding.title or ""
    ):
        return None
    shared = [
        (min(end, provision.end) - max(start, provision.start), -index)
        for index, provision in enumerate(case.understanding.provisions)
        if provision.start < end and start < provision.end
    ]
    index = -max(shared)[1] if shared else None  # the provision that shares most
    if index is None and _names_columns(case, start):
        return None
    lowered = False
    if index is not None:
        first = min(case.understanding.provisions[-other].start for _, other in shared)
        start = max(start, first)  # without the number of the clause
        if case.understanding.provisions[index].force in ("request", "recital", "citation"):
            return None
        if _is_undone(case, index, start, end):
            return None
        view = case.views[index]
        cleared = place.score <= parameters.excused and _is_cleared(parameters.like, case, index)
        if cleared or case.holds(parameters.unless, view, view.own_start, len(view.text)):
            return None
        lowered = case.holds(parameters.lower, view, view.own_start, len(view.text)) is not None
    return Outcome(
        start=start,
        end=end,
        conditions=(
            f"按措辞识别，与该类违规写法相近{SCORED}{place.score:.2f}分，须高于{parameters.bar:.2f}；"
            f"分量最重的字对：{'、'.join(place.weightiest)}〕",
        ),
        shift=-1 if lowered else 0,
        verdict="fail" if place.score > parameters.bar else "review",
        provision=index,
    )


# Where a denial begins with its own word it says what shall not be: that may be the wrong (不得再批准同类企业).
_DENIAL = re.compile("[不未无没免禁停暂非勿莫别]|拒绝|取消|杜绝")
_OWN_VERB = re.compile("[，\\t][^，\\t]{9,}$")  # a last part with a subject of its own: …，图纸是否获批不予考虑


def _is_undone(case: Case, index: int, start: int, end: int) -> bool:
    """Whether most of a place is denied by what follows it: 来函所请…，不予考虑; | 奖励留成的70% | 废止 |."""
    denied = (
        span
        for span in case.understanding.provisions[index].negations
        if span.start <= start and min(span.end, end) - start > (end - start) / 2
    )
    told = (case.text(span.start, span.end) for span in denied)
    return any(not _DENIAL.match(words) and not _OWN_VERB.search(words) for words in told)


def _is_cleared(category: str, case: Case, index: int) -> bool:
    """Whether an exception of a rule of the category clears a provision in which no other of its rules found the wrong.

    What few broad words find, the exceptions of few broad words do not clear.
    """
    if index in case.charged.get(category, ()):
        return False
    narrow = (
        rule for rule in case.pack.rules if rule.category == category and not rule.wide and rule.status != "draft"
    )
    told = (
        decide(rule.check, case, case.views[index], index)
        for rule in narrow
        if isinstance(rule.check, ProvisionCheck) and applies(rule, case)
    )
    return any(isinstance(one, Excepted) and one.clears for one in told)
