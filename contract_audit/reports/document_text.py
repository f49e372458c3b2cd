"""One document as read and understood, in lines for a person at a terminal."""

from collections.abc import Iterator

from contract_audit.model import Obligation, Understanding
from contract_audit.reports import wording
from contract_audit.reports.document_json import plain
from contract_audit.vocabulary import FACTS

_QUOTE = 60  # characters of a quoted duty or clause that a line shows


def document_lines(understanding: Understanding) -> Iterator[str]:
    """Status and problems, parties, facts, duties, clauses."""
    document = understanding.document
    yield f"文件：{document.name}（{document.format}，{wording.READ_STATUSES[document.status]}，{len(document.text)} 字）"
    for problem in document.problems:
        page = f"第{problem.page}页：" if problem.page is not None else ""
        yield f"  注意：{page}{problem.message}"
    if document.status == "unreadable":
        return
    yield f"文本状态：{wording.MODES[understanding.mode]}（{understanding.mode_reason}）"
    yield from _section("主体", _parties(understanding))
    yield from _section("事实", _facts(understanding))
    yield from _section("义务", (_duty(understanding, duty) for duty in understanding.obligations))
    yield from _section("条款", _clauses(understanding))
    for stream in ("hidden", "deleted"):
        passages = document.hidden if stream == "hidden" else document.deleted
        yield from _section(wording.STREAMS[stream], (wording.one_line(passage.text) for passage in passages))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"\n{title}（{len(found)}）"
        yield from (f"  {line}" for line in found)


def _parties(understanding: Understanding) -> Iterator[str]:
    for party in understanding.parties:
        aliases = f"，又称{'、'.join(party.aliases)}" if party.aliases else ""
        code = f"，{party.uscc}" if party.uscc else ""
        yield f"{party.role}：{party.name}（{wording.SIDES[party.side]}{aliases}{code}）"


def _facts(understanding: Understanding) -> Iterator[str]:
    for fact in understanding.facts:
        sure = "" if fact.confidence == "high" else f"（把握{wording.CONFIDENCES[fact.confidence]}）"
        yield f"{FACTS[fact.name].title}：{wording.one_line(str(plain(fact.value)))}{sure}"


def _duty(understanding: Understanding, duty: Obligation) -> str:
    place = understanding.clauses[duty.clause].place if duty.clause is not None else None
    late = f"，逾期{duty.days_late}日" if duty.days_late else ""
    quote = _short(understanding.document.text[duty.start : duty.end])
    side = wording.SIDES[duty.side]
    return f"{place or ''}〔{side}〕{quote} → {_term(understanding, duty)}，{wording.OBLIGATION_STATUSES[duty.status]}{late}"


def _term(understanding: Understanding, duty: Obligation) -> str:
    """The date, else the words of the paper that say from when it counts, else that there is none."""
    if duty.due is not None:
        return f"期限 {duty.due.isoformat()}"
    if duty.recurrence is not None:
        return f"每期 {duty.recurrence}"
    if duty.anchor is not None:
        words = wording.one_line(understanding.document.text[duty.due_start : duty.due_end])
        return f"按“{words or duty.anchor}”计算"
    return "未约定期限"


def _clauses(understanding: Understanding) -> Iterator[str]:
    for clause in understanding.clauses:
        text = _short(understanding.document.text[clause.start : clause.end])
        label = clause.label or ""
        yield f"{'  ' * clause.level}{text if text.startswith(label) else f'{label} {text}'}"


def _short(text: str) -> str:
    line = wording.one_line(text)
    return line if len(line) <= _QUOTE else f"{line[:_QUOTE]}…"
