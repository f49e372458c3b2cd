"""Why a rule did or did not fire on a clause: every rule tried, with the first condition that failed or all that held."""

from collections.abc import Iterator

import msgspec

from contract_audit.engine import law
from contract_audit.engine.case import FORCES, SIDES, Case, Outcome, applies
from contract_audit.engine.checks import CHECKS
from contract_audit.engine.checks.provision import decide
from contract_audit.engine.run import index_of
from contract_audit.engine.second_reading import read_again
from contract_audit.model import Context, Provision, Understanding
from contract_audit.rulespec import Pack, ProvisionCheck, Rule, WordingCheck


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One rule tried on one provision or document: whether it fired, and why (Chinese)."""

    rule: str
    title: str
    fired: bool
    why: str


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """One provision as understood, and the rules tried on it that came near (some of their words stand there) or fired."""

    text: str
    understood: str
    attempts: tuple[Attempt, ...]


def explain(
    pack: Pack, understanding: Understanding, context: Context, clauses: frozenset[int]
) -> tuple[Explained, ...]:
    """The provisions of the clauses (indices), each with its attempts; rules on the whole document stand with the last."""
    case = Case(understanding, context, pack, index_of(pack))
    explained = []
    for index, view in enumerate(case.views):
        provision = view.provision
        if provision.clause not in clauses:
            continue
        attempts = [
            attempt
            for rule in pack.rules
            if isinstance(rule.check, ProvisionCheck)
            and (attempt := _attempt(rule, rule.check, case, index)) is not None
        ]
        attempts += _nearly_worded(pack, case, provision)
        explained.append(
            Explained(
                text=case.text(provision.start, provision.end),
                understood=_understood(case, index),
                attempts=tuple(sorted(attempts, key=lambda attempt: not attempt.fired)),
            )
        )
    others = [rule for rule in pack.rules if not isinstance(rule.check, ProvisionCheck)]
    spans = [(understanding.clauses[index].start, understanding.clauses[index].stop) for index in clauses]
    explained += [item for rule in others for item in _whole(rule, case, spans)]
    return tuple(explained)


def _understood(case: Case, index: int) -> str:
    provision = case.understanding.provisions[index]
    known = {"said": "写明", "inherited": "承上文", "heading": "据标题", "default": "按文义推定"}[provision.known_by]
    parts = [f"义务人{provision.bearer or ''}（{SIDES[provision.side]}，{known}）", f"语气{FORCES[provision.force]}"]
    if provision.polarity == "negative":
        parts.append("否定")
    parts += [f"限定「{case.text(hedge.start, hedge.end)}」" for hedge in provision.hedges]
    parts += [f"承接「{case.text(stem.start, stem.end)}」" for stem in provision.stems]
    return "；".join(parts)


def _attempt(rule: Rule, check: ProvisionCheck, case: Case, index: int) -> Attempt | None:
    view = case.views[index]
    if not any(view.says(case.source(group)) for group in check.groups):
        return None
    outside = _outside(rule, case)
    outcome = outside or decide(check, case, view, index)
    if isinstance(outcome, Outcome):
        ((verdict, doubt),) = read_again([(rule, outcome)], case)
        if verdict != "pass":
            case.charged.setdefault(rule.category, set()).add(index)
        why = "；".join((*outcome.conditions, *([doubt] if doubt else [])))
        return Attempt(rule=rule.id, title=rule.title, fired=verdict != "pass", why=why)
    return Attempt(rule=rule.id, title=rule.title, fired=False, why=outcome)


def _nearly_worded(pack: Pack, case: Case, provision: Provision) -> Iterator[Attempt]:
    """The rules that look at wording as a whole and found the provision somewhat like their category, but not enough."""
    for place in case.recognised or ():
        start, end = case.folded.original(place.start, place.end)
        if start < provision.end and provision.start < end:
            for rule in pack.rules:
                check = rule.check
                if isinstance(check, WordingCheck) and check.like == place.category and place.score <= check.doubt:
                    why = f"措辞识别：{place.score:.2f}分，不高于{check.doubt:.2f}，不提示"
                    yield Attempt(rule=rule.id, title=rule.title, fired=False, why=why)


def _outside(rule: Rule, case: Case) -> str:
    """Why the rule does not look at this document at all; empty if it does."""
    if rule.status == "draft":
        return "规则尚在草拟"
    if not applies(rule, case):
        return "不在规则的适用范围（合同种类、签订日期或文本状态）"
    if law.select(rule, case.pack, case.law_day, case.context.as_of) is None:
        return "签订日和基准日均无施行的依据"
    return ""


def _whole(rule: Rule, case: Case, spans: list[tuple[int, int]]) -> list[Explained]:
    """Outcomes of rules on facts, duties and structure that lie in the clauses."""
    if _outside(rule, case):
        return []
    found = []
    for outcome in CHECKS[type(rule.check)](rule.check, case):
        if not isinstance(outcome, Outcome) or not any(start <= outcome.start < stop for start, stop in spans):
            continue
        attempt = Attempt(rule=rule.id, title=rule.title, fired=True, why="；".join(outcome.conditions) or "条件成立")
        found.append(Explained(text=case.text(outcome.start, outcome.end), understood="", attempts=(attempt,)))
    return found
