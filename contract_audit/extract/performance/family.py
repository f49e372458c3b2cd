"""What other papers of one project say of a duty: dates moved (变更), agreements ended (终止), things reported done."""

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from contract_audit.chinese.dates import Frame, dates
from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.deeds import Event, Weights, event, likeness
from contract_audit.extract.duties.own_words import without_time
from contract_audit.extract.facts.signature import supplement
from contract_audit.extract.performance.joining import Record
from contract_audit.model import Clause, Evidence, Obligation, Understanding, Value

_MOVED = re.compile(r"(?:变更|调整|改|修改|延长|延期|推迟|顺延|延后)(?:为|至|到)")
_WRITTEN_ANEW = re.compile(r"[条款项目](?:的?内容)?[，,]?(?:全文)?(?:变更|修改|调整|修订|改)为\s*[：:]?\s*[“\"]?\s*$")
_OLD_DATE = re.compile(
    r"由\s*[“\"]?(?P<old>[^”\"，。；]{4,24}?)[”\"]?\s*(?:变更|调整|改|修改|延长|延期|推迟|顺延|延后)(?:为|至|到)"
)
# The whole agreement, not one of its articles: 原合同自2024年5月1日起终止, but not 原合同第五条终止执行.
_ENDED = re.compile(
    r"(?:原|上述|前述|所签)(?:投资)?(?:合同|协议)书?(?:自[^，。；第]{0,20}起)?(?:予以|即行|同时|提前|协商一致)*(?:解除|"
    r"终止)(?!执行|[^。；\n]{0,6}的)"
    r"|(?:解除|终止)(?:原|上述|前述|所签)(?:投资)?(?:合同|协议)书?(?!第|[^。；\n]{0,6}的)"
)
_LIKE = 3.0
_WORDS = 60
_DATED_AFTER = re.compile(r"(?P<words>[^，。；：\n]{3,24})(?:于|(?:日期|时间|日)(?:为|是|：))$")
_STOP = re.compile(r"[。；\n]")


def later_papers(understanding: Understanding, family: tuple[Understanding, ...]) -> list[tuple[date, Understanding]]:
    """The papers of the family signed after this one, in order of their dates."""
    own = signing_day(understanding)
    dated = [(day, paper) for paper in family if (day := signing_day(paper)) is not None]
    return sorted(
        ((day, paper) for day, paper in dated if own is None or day > own),
        key=lambda entry: entry[0],
    )


def signing_day(understanding: Understanding) -> date | None:
    """The day the paper was signed or issued."""
    fact = understanding.fact("signed_on")
    return fact.value if fact is not None and isinstance(fact.value, date) else None


def moved_dates(
    understanding: Understanding, wanted: list[Event], papers: list[tuple[date, Understanding]], scale: Weights
) -> dict[int, tuple[date | None, str]]:
    """The days that the latest papers moved duties to (by index), with the notes for their chains; None: an event decides."""
    duties, clauses = understanding.obligations, understanding.clauses
    found: dict[int, tuple[date | None, str]] = {}
    for signed, paper in papers:
        text = paper.document.text
        for later in paper.obligations:
            start = behind_last("\n。；", text, later.start)
            anew = _WRITTEN_ANEW.search(text, start, later.start)  # 原协议4.1条变更为：乙方应于…
            tells = later.replaces is not None or anew or _MOVED.search(text, later.start, later.due_start + 1)
            if not tells or (later.due is None and not (later.anchor and later.offset)):
                continue
            if paper.document is understanding.document:
                duties = tuple(duty for duty in understanding.obligations if duty.start < paper.obligations[0].start)
            new = later.due.isoformat() if later.due is not None else text[later.due_start : later.due_end]
            note = f"{paper.title or '后签文件'}（{signed.isoformat()}）变更为 {new}"
            words = text[start : later.end]
            named = bool(event(without_time(text, later)).acts - {"reach"})
            beside = [one.due_end for one in paper.obligations if start < one.due_end <= later.start]
            own = text[max([start, *beside]) : later.end]  # 竣工期限调整为…，投产期限调整为…: each its own
            if later.due is None:  # 二期开工时限改为净地移交之日起2个月内 changes what stands before 改为
                words, own = (_MOVED.split(part, maxsplit=1)[0] for part in (words, own))
            places = _referred(duties, clauses, words) or _rows_named(
                understanding, duties, words, _old_days(words, later, signed)
            )
            meant: Iterable[int] = places
            if not places or (named and len(places) > 1):
                likest = _meant(duties, wanted, later, own if named else words, (signed, scale), found)
                meant = places.intersection(likest) or likest
            for index in meant:
                found[index] = (later.due, note)
    return found


def own_supplement(understanding: Understanding) -> list[tuple[date, Understanding]]:
    """The supplement that stands in the same file behind the agreement, as a paper with the duties it holds."""
    found = supplement(understanding.document)
    if found is None:
        return []
    start, signed = found
    duties = tuple(duty for duty in understanding.obligations if duty.start >= start)
    return [(signed, msgspec.structs.replace(understanding, obligations=duties))]


# 第四条第（4）项, 4.2, 第五条第（二）款
_REFERENCE = re.compile(
    r"(?:(?:原|主)?(?:合同|协议)(?:书)?(?:的)?第?|第(?=[0-9]+\.[0-9.]+条))(?P<article>[0-9一二三四五六七八九十]+(?:\.[0-9]+)*)条?(?:第?[（(]?(?P<item>[0-9一二三四五六七八九十]{1,3})[）)]?[款项目])?"
)


def _referred(duties: tuple[Obligation, ...], clauses: tuple[Clause, ...], words: str) -> set[int]:
    """The dated duties (by index) of the clause that a change refers to."""
    match = _REFERENCE.search(words)
    if match is None:
        return set()
    wanted = [_number(match["article"])] + ([_number(match["item"])] if match["item"] else [])
    found = set()
    for index, duty in enumerate(duties):
        labels: list[str] = []
        place = duty.clause
        while place is not None:
            labels.insert(0, _number(clauses[place].label or ""))
            place = clauses[place].parent
        if duty.due is not None and any(labels[at : at + len(wanted)] == wanted for at in range(len(labels))):
            found.add(index)
    return found


def referring(understanding: Understanding) -> dict[int, int]:
    """Duties of the supplement in the same file that only name a clause (第四条第（4）项的期限调整为…), with the duty there."""
    found = supplement(understanding.document)
    if found is None:
        return {}
    text, duties = understanding.document.text, understanding.obligations
    earlier = tuple(duty for duty in duties if duty.start < found[0])
    meant: dict[int, int] = {}
    for index, duty in enumerate(duties[len(earlier) :], len(earlier)):
        named = event(without_time(text, duty)).acts
        words = text[duty.start : duty.end]
        places = set() if named else _referred(earlier, understanding.clauses, words)
        places = places or _rows_named(understanding, earlier, words, _old_days(words, duty, found[1]))
        if len(places) == 1:
            meant[index] = places.pop()
    return meant


_ROW = re.compile(r"第(?P<place>[0-9一二三四五六七八九十]{1,3})[期项笔批号]")


def _rows_named(understanding: Understanding, duties: tuple[Obligation, ...], words: str, olds: set[date]) -> set[int]:
    """The dated table rows (by index) that a change names by number and old day: 清偿表第3期的付款时间由6月30日前改为…"""
    match = _ROW.search(words)
    if match is None:
        return set()
    text, found = understanding.document.text, set()
    for index, duty in enumerate(duties):
        provision = understanding.provisions[duty.provision] if duty.provision is not None else None
        if provision is None or provision.kind != "table_row" or duty.due not in olds:
            continue
        head = re.split(r"[\t|]", text[provision.start : provision.end].strip("| "), maxsplit=1)[0]
        if _number(head) == _number(match["place"]):
            found.add(index)
    return found


def _number(label: str) -> str:
    """A clause number in figures: 第四条, （四） and 4 are one."""
    bare = re.sub(r"[第条款项目（）()、.．\s]+$|^[第（(\s]+", "", fold_text(label))
    value = number(bare) if bare and "." not in bare else None
    return bare if value is None else f"{value:f}"


def _meant(
    duties: tuple[Obligation, ...],
    wanted: list[Event],
    later: Obligation,
    words: str,
    by: tuple[date, Weights],
    moved: dict[int, tuple[date | None, str]],
) -> list[int]:
    """The duties that a change means: of those with its old date the likest; without an old date one that is very alike."""
    signed, scale = by
    told = event(words)
    olds = _old_days(words, later, signed)
    scored = []
    for index, duty in enumerate(duties):
        alike = likeness(told, wanted[index], scale, partly=True)
        known = {duty.due, moved[index][0]} if index in moved else {duty.due}
        if alike > 0 and (known & olds if olds else alike >= _LIKE + 1):
            scored.append((alike, index))
    best = max((alike for alike, _ in scored), default=0.0)
    return [index for alike, index in scored if alike >= best - (_SAME if olds else _LIKE)]


_SAME = 0.5


def _old_days(words: str, later: Obligation, signed: date) -> set[date]:
    """The day that the change says no longer holds, where it says so."""
    if later.replaces is not None:
        return {later.replaces}
    old = _OLD_DATE.search(words)
    if old is None:
        return set()
    moments, _ = dates(fold_text(old["old"]), Frame(signed))
    return {moment.until for moment in moments if moment.until is not None}


def ended_on(papers: list[tuple[date, Understanding]]) -> tuple[date, str] | None:
    """The day a later paper ended the agreement, with the note; conditions (…的，可以解除) end nothing."""
    for signed, paper in papers:
        text = paper.document.text
        for provision in paper.provisions:
            if provision.force in ("permission", "condition", "citation", "definition", "recital"):
                continue
            if provision.condition is None and _ENDED.search(text, provision.start, provision.end):
                return signed, f"{paper.title or '后签文件'}（{signed.isoformat()}）约定终止"
    return None


def told_by(understanding: Understanding, papers: tuple[Understanding, ...], as_of: date) -> list[Record]:
    """What later papers report as done on a day after this one was signed: 已于2023年4月8日移交."""
    own = signing_day(understanding)
    found = [
        _report(paper, value, as_of, require_done=True)
        for _, paper in later_papers(understanding, papers)
        for value in paper.values
    ]
    return [record for record in found if record is not None and (own is None or record.done_on > own)]


def dated_events(understanding: Understanding) -> list[Record]:
    """Events before signing that the paper itself dates: 2022年7月18日，乙方竞得…地块. They date anchors, they prove nothing."""
    signed = signing_day(understanding)
    if signed is None:
        return []
    found = [_report(understanding, value, signed, require_done=False) for value in understanding.values]
    return [record for record in found if record is not None and record.done_on < signed]


def _report(paper: Understanding, value: Value, as_of: date, *, require_done: bool) -> Record | None:
    day = value.until
    if value.kind != "date" or not value.sure or day is None or day != value.since or day > as_of:
        return None
    text = paper.document.text
    stop = _STOP.search(text, value.end)
    following = [other.start for other in paper.values if other.kind == "date" and other.start >= value.end]
    end = min([*following, stop.start() if stop else len(text), value.end + _WORDS])
    words = text[value.start : end]
    named = _DATED_AFTER.search(text, max(0, value.start - _WORDS), value.start)
    if named is not None and not require_done:  # 成交确认书签订于2024年6月12日
        words = named["words"]
    if require_done and not (text[: value.start].endswith(("已于", "已在", "已经于")) or _is_report(paper, value)):
        return None
    row = Evidence(contract=paper.document.name, matter=words, done_on=day, proof=paper.title or paper.document.name)
    return Record(row, event(words), day)


def _is_report(paper: Understanding, value: Value) -> bool:
    return any(
        provision.force == "report" and provision.start <= value.start < provision.end for provision in paper.provisions
    )
