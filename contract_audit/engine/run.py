"""Rules on one case: applicable? → check → stamp → one wrong, one finding."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.engine import law, remedies
from contract_audit.engine.case import Case, Missing, Outcome, applies
from contract_audit.engine.checks import CHECKS
from contract_audit.engine.index import PatternIndex
from contract_audit.engine.load import word_tests
from contract_audit.engine.matter import matter_of
from contract_audit.engine.second_reading import read_again
from contract_audit.engine.unlawful import lawful_first
from contract_audit.engine.wrongs import GRADES, Stamped, distinct
from contract_audit.model import Block, Context, Finding, Severity, Side, Undecided, Understanding
from contract_audit.rulespec import AbsenceCheck, ObligationCheck, Pack, PartyCheck, Rule, WordingCheck
from contract_audit.vocabulary import REGULATION

_SURROUNDINGS = 30  # folded characters kept on either side of a quote

_NO_AGREEMENT = Undecided(
    rule="全部规则",
    category="",
    title="不是协议",
    missing="协议的各方：按标题和内容是法规或者政策文件，未按协议审查；确为协议的，请在首部写明各方后重新扫描",
)
_PRIVATE = Undecided(
    rule="全部规则",
    category="",
    title="不是政府方的协议",
    missing="政府方：各方都是企业或者个人，文中也没有政府机关、园区和国有公司，未按招商协议审查；确有政府方的，请写明全称后重新扫描",
)
_PUBLIC = re.compile(
    r"招商引资|招商局|人民政府|管委会|管理委员会|国有独资|国有全资|国有控股|国资|[县市区]财政|财政局|[县市区镇乡]政府"
)
_EXISTING = "；本协议签订于{before}前，属存量承诺，依{law}继续有效，宜守信兑现与合规清理并行"
_ON_TRIAL = "规则试行，留待人工判断"
_LATER = "；签订时尚无该规定，系此后施行，不溯及既往，建议协商清理"


@lru_cache(maxsize=64)
def index_of(pack: Pack) -> PatternIndex:
    """The pattern index over all words of a pack's rules; made once a pack."""
    return PatternIndex((test for rule in pack.rules for test in word_tests(rule.check)), pack.words)


def run(
    pack: Pack, understanding: Understanding, context: Context
) -> tuple[tuple[Finding, ...], tuple[Undecided, ...]]:
    """All findings of the pack on one document, in text order, and the rules that could not decide."""
    if understanding.kind == REGULATION:
        return (), (_NO_AGREEMENT,)
    if context.mode != "draft" and _is_private(understanding):  # what is handed in for joint review concerns the office
        return (), (_PRIVATE,)
    case = Case(understanding, context, pack, index_of(pack))
    stamped: list[Stamped] = []
    undecided: list[Undecided] = []
    for rules in _turns(pack):
        told = [one for rule in rules if rule.status != "draft" for one in _outcomes(rule, case)]
        undecided += (one for one in told if isinstance(one, Undecided))
        borne_out = list(_borne_out([one for one in told if isinstance(one, _Found)], case))
        _remember(borne_out, case)
        stamped += borne_out
    findings = _number(lawful_first(distinct(stamped, case), case), case)
    return findings, tuple(undecided)


@lru_cache(maxsize=64)
def _turns(pack: Pack) -> tuple[tuple[Rule, ...], ...]:
    """The rules by turns, none of which asks what others of its turn found: those that go by wording run when the exceptions of
    all others are known; those that ask what else was found, last, and one by one.
    """
    turns: dict[tuple[int, str], list[Rule]] = {}
    for rule in pack.rules:
        asks = isinstance(rule.check, AbsenceCheck | PartyCheck) and rule.check.given_categories
        turn = (2, rule.id) if asks else (int(isinstance(rule.check, WordingCheck)), "")
        turns.setdefault(turn, []).append(rule)
    return tuple(tuple(turns[turn]) for turn in sorted(turns, key=itemgetter(0)))


class _Found(NamedTuple):
    """What the check of a rule found, with what it may cite."""

    rule: Rule
    outcome: Outcome
    selection: law.Selection


def _outcomes(rule: Rule, case: Case) -> Iterator[_Found | Undecided]:
    """What the rule's check finds or lacks, where a law forbids it."""
    if not applies(rule, case):
        return
    selection: law.Selection | None = None
    for outcome in CHECKS[type(rule.check)](rule.check, case):
        selection = selection or law.select(rule, case.pack, case.law_day, case.context.as_of)
        if selection is None:
            return  # no law forbids it on either day
        if isinstance(outcome, Missing):
            action = _to_obtain(outcome, rule)
            yield Undecided(rule=rule.id, category=rule.category, title=rule.title, missing=outcome.what, action=action)
        else:
            yield _Found(rule, outcome, selection)


def _to_obtain(missing: Missing, rule: Rule) -> str:
    """What an office does to give a local parameter: whom it asks, and where the answer is entered."""
    if not missing.parameter:
        return ""
    name, _, unit = missing.parameter.partition("_")
    whom = f"向{'、'.join(rule.departments)}部门取得" if rule.departments else "取得"
    stated = f"（{unit}）" if unit else ""
    return (
        f"{whom}当地现行的{name}{stated}，写入地方参数文件的“{missing.parameter}”一项，用 --local 指定该文件后重新审查"
    )


def _remember(found: Sequence[Stamped], case: Case) -> None:
    """Note in the case what rules found, for those that run later."""
    for item in found:
        if item.provision is not None and not isinstance(item.rule.check, WordingCheck):
            case.charged.setdefault(item.rule.category, set()).add(item.provision)
        if item.finding.verdict == "fail":
            case.found.add(item.finding.category)


def _is_private(understanding: Understanding) -> bool:
    """An ordinary contract between firms or persons: two parties are known, and no public body is spoken of anywhere."""
    parties = understanding.parties
    known = len(parties) > 1 and all(party.kind in ("enterprise", "person") for party in parties)
    return known and not _PUBLIC.search(understanding.document.text)


def _stamp(rule: Rule, outcome: Outcome, selection: law.Selection, case: Case) -> Stamped:
    document = case.understanding.document
    existing = _is_existing(rule, case)
    shift = outcome.shift - (0 if selection.in_force else 1) - (1 if existing else 0)
    quote = document.stream_text(outcome.stream)[outcome.start : outcome.end]
    index = case.understanding.clause_at(outcome.start) if outcome.stream == "accepted" else None
    clause = case.understanding.clauses[index].place if index is not None else None
    values = _values(quote, clause, outcome, case)
    bases = law.fitting(selection, rule, case.pack, matter_of(outcome, case))
    message = _filled(rule.message, values)
    if existing:
        protection = law.protection(case.pack)
        bases = law.protected(bases, case.pack, case.understanding.kind, in_force=selection.in_force)
        before = case.pack.info.existing_commitment_before
        message += _EXISTING.format(before=before, law=protection.number or protection.law)
    elif not selection.in_force:
        message += _LATER
    confidence, reason = _confidence(rule, outcome, case)
    earlier = existing or not selection.in_force
    measure = remedies.measure(rule, outcome, case, earlier=earlier)
    finding = Finding(
        document=document.name,
        rule=rule.id,
        category=rule.category,
        title=rule.title,
        stream=outcome.stream,
        severity=_shifted(rule.severity, shift),
        verdict="review" if outcome.verdict == "review" or rule.status == "trial" else "fail",
        in_force=selection.in_force,
        confidence=confidence,
        confidence_reason=reason,
        clause=clause,
        page=document.page_at(outcome.start) if outcome.stream == "accepted" else None,
        start=outcome.start,
        end=outcome.end,
        quote=quote,
        message=message,
        basis=bases,
        remedy=_filled(measure.remedy, values | remedies.names(outcome, case)),
        departments=measure.departments,
        related=outcome.related,
        facts={name: value for name, value in outcome.values.items() if value},
        conditions=(*outcome.conditions, _ON_TRIAL) if rule.status == "trial" else outcome.conditions,
        fingerprint="",
        fingerprint_parts={},
        secrecy=document.secrecy,
    )
    side = _side(outcome, case)
    return Stamped(finding=finding, rule=rule, provision=outcome.provision, side=side, earlier=earlier)


def _is_existing(rule: Rule, case: Case) -> bool:
    """Whether it is a commitment of before the day from which such promises are forbidden without exception (存量承诺)."""
    day = case.signed_on if rule.existing_commitment and case.mode == "signed" else None
    return day is not None and day < case.pack.info.existing_commitment_before


def _side(outcome: Outcome, case: Case) -> Side | None:
    """The side that owes or promises what was found."""
    return outcome.side or (
        None if outcome.provision is None else case.understanding.provisions[outcome.provision].side
    )


def _borne_out(found: Sequence[_Found], case: Case) -> Iterator[Stamped]:
    """The findings as they are, as ones that a person must decide, or none, where their words read like lawful writing."""
    readings = read_again([(one.rule, one.outcome) for one in found], case)
    for (rule, outcome, selection), (verdict, why) in zip(found, readings, strict=True):
        if verdict != "pass":
            item = _stamp(rule, outcome, selection, case)
            yield item if verdict == "fail" or item.finding.verdict == "review" else _doubted(item, why, case)


def _doubted(item: Stamped, why: str, case: Case) -> Stamped:
    """The finding as one that a person must decide."""
    finding = msgspec.structs.replace(
        item.finding,
        verdict="review",
        confidence="low",
        confidence_reason="按已知写法复核，措辞不足以认定，请人工判断",
        conditions=(*item.finding.conditions, why),
        remedy=remedies.doubted(item.rule, item.finding.remedy, case),
    )
    return msgspec.structs.replace(item, finding=finding)


def _values(quote: str, clause: str | None, outcome: Outcome, case: Case) -> dict[str, str]:
    """What placeholders are filled with."""
    return {"quote": quote, "clause": clause or "", **dict(case.once(_values_of_all)), **outcome.values}


def _values_of_all(case: Case) -> Iterator[tuple[str, str]]:
    """The placeholders that are the same in all messages of a paper."""
    yield "as_of", case.context.as_of.isoformat()
    yield "title", case.understanding.title or ""
    for name in ("party_a", "party_b", "signed_on"):
        fact = case.understanding.fact(name)
        yield name, str(fact.value) if fact is not None else ""


def _filled(template: str, values: dict[str, str]) -> str:
    """The sentence; a placeholder without a value becomes empty words, never an error in front of a reader."""
    return _PLACEHOLDER.sub(lambda place: _told(values.get(place["name"], ""), opening=place["opening"]), template)


def _told(value: str, opening: str) -> str:
    """A value inside a sentence: on one line, the cells of a row held apart, and marks inside marks as they are printed."""
    line = _BREAK.sub(" ", _CELL.sub("｜", value)) if "\t" in value or "\n" in value else value
    return f"{opening}{line.translate(_INNER_MARKS)}" if opening else line


_PLACEHOLDER = re.compile(r"(?P<opening>“?)\{(?P<name>\w+)\}")
_CELL = re.compile(r" *\t\s*")
_BREAK = re.compile(r"\s*\n\s*")
_INNER_MARKS = str.maketrans("“”", "‘’")


def _shifted(severity: Severity, shift: int) -> Severity:
    return GRADES[max(0, min(2, GRADES.index(severity) + shift))]


def _confidence(rule: Rule, outcome: Outcome, case: Case) -> tuple[Severity, str]:
    """How sure the finding is: recognised characters, bearers known by default and wording taken as a whole lower it."""
    if outcome.stream != "accepted":
        return "medium", "见于隐藏或已删除的文字"
    doubtful = case.once(_doubtful_blocks)
    blocks = [block for block in doubtful if block.start < outcome.end and outcome.start < block.end]
    if any(block.confidence < 0.8 for block in blocks):
        return "low", "原文由图像识别，识别把握较低，请核对原件"
    if blocks:
        return "medium", "原文由图像识别，请核对原件"
    if isinstance(rule.check, WordingCheck):
        return "medium", "由整句措辞认定，请对照依据核对"
    if isinstance(rule.check, ObligationCheck) and outcome.verdict == "review":
        return "low", "履约凭证不能确定，请人工认定"
    if outcome.provision is not None and case.understanding.provisions[outcome.provision].known_by == "default":
        return "medium", "义务人未写明，按文义推定"
    return "high", _shown_by(rule, outcome, case)


def _shown_by(rule: Rule, outcome: Outcome, case: Case) -> str:
    """What bears the finding out: words of the paper, their absence, or the evidence given for it."""
    check = rule.check
    if isinstance(check, AbsenceCheck) or (isinstance(check, ObligationCheck) and check.test in _ABSENT):
        return "全文未见"
    if not isinstance(check, ObligationCheck) or check.test != "overdue":
        return "期限按履约情况表推算" if "履约情况表" in outcome.values.get("start", "") else "原文写明"
    return "按履约情况表认定" if case.context.evidence else "期限由原文写明，未提供履约情况表"


_ABSENT = ("missing_deadline", "missing_standard")


def _doubtful_blocks(case: Case) -> Iterator[Block]:
    return (block for block in case.document.blocks if block.confidence < 1)


def _number(stamped: list[Stamped], case: Case) -> tuple[Finding, ...]:
    """Findings in text order with their fingerprints: rule, words, clause, family, ordinal among equals."""
    ordered = sorted(
        (item.finding for item in stamped),
        key=lambda finding: (finding.stream, finding.start, finding.end, finding.rule),
    )
    seen: dict[tuple[str, ...], int] = {}
    return tuple(_with_fingerprint(finding, case, seen) for finding in ordered)


def _with_fingerprint(finding: Finding, case: Case, seen: dict[tuple[str, ...], int]) -> Finding:
    index = case.understanding.clause_at(finding.start) if finding.stream == "accepted" else None
    clause = case.understanding.clauses[index] if index is not None else None
    text = fold_text(case.document.text[clause.start : clause.end]) if clause is not None else ""
    key = (finding.rule, fold_text(finding.quote), hashlib.sha256(text.encode()).hexdigest()[:16], *case.once(_family))
    ordinal = seen[key] = seen.get(key, 0) + 1
    digest = hashlib.sha256("\x1f".join((*key, str(ordinal))).encode()).hexdigest()[:32]
    parts = {"rule": key[0], "quote": key[1], "clause_text": key[2], "family": key[3], "ordinal": str(ordinal)}
    parts |= _surroundings(finding, case)
    return msgspec.structs.replace(finding, fingerprint=digest, fingerprint_parts=parts)


def _surroundings(finding: Finding, case: Case) -> dict[str, str]:
    """What stands before and after the quote, folded: no part of the digest, but a ledger knows an edited clause by it."""
    if finding.stream != "accepted":
        return {}
    text = case.document.text
    before = fold_text(text[max(0, finding.start - 2 * _SURROUNDINGS) : finding.start])
    after = fold_text(text[finding.end : finding.end + 2 * _SURROUNDINGS])
    return {
        "before": before.replace("\n", " ")[-_SURROUNDINGS:],
        "after": after.replace("\n", " ")[:_SURROUNDINGS],
    }


def _family(case: Case) -> Iterator[str]:
    """Which papers belong together whatever their file names: project (else title) and the enterprise."""
    facts = (case.understanding.fact(name) for name in ("project", "party_b"))
    names = [fold_text(str(fact.value)) for fact in facts if fact is not None]
    yield "／".join(names) or fold_text(case.understanding.title or case.document.name)
